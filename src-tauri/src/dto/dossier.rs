//! Dossiers, their fields, entries and drafts.

use super::CircleInfo;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ValueType {
    Text,
    LongText,
    Date,
    Email,
    Phone,
    Url,
    Postcode,
    Country,
    Choice,
    Bsn,
    Iban,
    Money,
    Number,
    Picture,
    IdDocument,
    Kvk,
    VatId,
    Entries,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FieldInfo {
    pub id: String,
    pub section: String,
    pub value_type: ValueType,
    pub choices: Vec<String>,
    pub protected: bool,
    pub shape: Option<String>,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct KindInfo {
    pub id: String,
    pub fields: Vec<String>,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Catalogue {
    pub kinds: Vec<KindInfo>,
    pub fields: Vec<FieldInfo>,
    pub sections: Vec<String>,
}

#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ListQuery {
    pub kinds: Vec<String>,
    pub sort: String,
    pub descending: bool,
    pub filter: String,
    pub circle: Option<String>,
    pub offset: u32,
    pub limit: u32,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    pub id: String,
    pub kind: String,
    pub name: String,
    pub sort_name: String,
    pub date_of_birth: Option<String>,
    pub town: Option<String>,
    pub organisation: Option<String>,
    pub job_title: Option<String>,
    pub department: Option<String>,
    pub work_location: Option<String>,
    pub circle: String,
    pub vault: Option<String>,
    pub changed: String,
}

#[derive(Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    pub task: String,
    pub done: u32,
    pub total: u32,
}

/// loading: the memory of this session is still being filled; null when complete.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ListPage {
    pub total: u32,
    pub rows: Vec<Row>,
    pub loading: Option<Progress>,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Hit {
    pub row: Row,
    pub field: String,
    pub snippet: String,
    /// Begin and end in the snippet, in UTF-16 units as the page counts.
    pub marks: Vec<(u32, u32)>,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SearchResult {
    pub hits: Vec<Hit>,
    pub more: bool,
    pub loading: Option<Progress>,
}

#[derive(Clone, Copy, Debug, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum WithheldReason {
    NoGrant,
    KeyMissing,
    Medical,
    VaultClosed,
}

#[derive(Serialize, Type)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum FieldState {
    Shown {
        value: Option<String>,
        revision: u32,
        editable: bool,
    },
    Masked {
        revision: u32,
        editable: bool,
    },
    Withheld {
        reason: WithheldReason,
    },
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Dossier {
    pub id: String,
    pub kind: String,
    pub name: String,
    pub circle: CircleInfo,
    /// The vault of an employee.
    pub vault: Option<String>,
    pub created: String,
    pub changed: String,
    pub binned: Option<String>,
    pub fields: BTreeMap<String, FieldState>,
    /// Newest first: only entries this user may read; withheldEntries names the kinds that may not be read.
    pub entries: Vec<Entry>,
    pub withheld_entries: BTreeMap<String, WithheldReason>,
    pub editable_entries: Vec<String>,
    pub drafts: Vec<Draft>,
}

#[derive(Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EntryContent {
    pub text: String,
    pub on: Option<String>,
    pub title: Option<String>,
    pub channel: Option<String>,
    pub role: Option<String>,
    pub state: Option<String>,
    pub parent: Option<String>,
    pub telephone: Option<String>,
    pub email: Option<String>,
    pub until: Option<String>,
    /// Euro cents.
    pub amount: Option<String>,
    pub hours: Option<String>,
    /// The dossier of whoever plays the part.
    pub dossier: Option<String>,
    pub kind: Option<String>,
    /// Of a document; what the page sends is not looked at.
    pub file: Option<super::FileInfo>,
    /// Who wrote it, and where, where that was another practice; what the page sends is not looked at.
    #[serde(default)]
    #[specta(optional)]
    pub origin: Option<String>,
    /// Of a contact with another professional: who that is.
    #[serde(default)]
    #[specta(optional)]
    pub professional: Option<String>,
    /// Of such a contact: ask or inform.
    #[serde(default)]
    #[specta(optional)]
    pub exchange: Option<String>,
    /// The writer saw the warning (invalid_value with reason medical_words or bsn_in_text) and keeps the text all the same.
    #[serde(default)]
    #[specta(optional)]
    pub confirmed: bool,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    pub id: String,
    pub field: String,
    pub content: EntryContent,
    pub revision: u32,
    pub created: String,
    pub created_by: String,
    pub changed: String,
    pub changed_by: String,
    pub editable: bool,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Saved {
    pub revision: u32,
    pub warnings: Vec<String>,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    pub id: String,
    pub at: String,
    pub by: String,
    pub before: Option<String>,
    pub masked: bool,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EntryChange {
    pub id: String,
    pub at: String,
    pub by: String,
    pub before: EntryContent,
}

#[derive(Clone, Copy, Debug, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum BinWhat {
    Dossier,
    Entry,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BinItem {
    pub id: String,
    pub what: BinWhat,
    pub kind: String,
    pub name: String,
    pub binned: String,
    pub expires: String,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    pub dossier: String,
    pub name: String,
    pub field: String,
    pub text: String,
    pub at: String,
}
