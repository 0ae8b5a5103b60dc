//! The log.

use serde::Serialize;
use specta::Type;

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AuditPage {
    pub total: u32,
    pub events: Vec<AuditEvent>,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AuditEvent {
    pub seq: u32,
    pub at: String,
    pub event: String,
    pub user: String,
    pub subject: Option<String>,
    pub subject_name: Option<String>,
    /// Field or entry list; `circle` or `group` for what `object_name` names.
    pub part: Option<String>,
    /// Whom or what it is about, where that has a name.
    pub object_name: Option<String>,
    pub success: bool,
    pub count: Option<u32>,
    pub reason: Option<String>,
}
