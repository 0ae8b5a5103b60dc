//! Users, groups and circles.

use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Clone, Copy, Debug, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CircleKind {
    Practice,
    Own,
    Made,
    StandIn,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CircleInfo {
    pub id: String,
    pub name: String,
    pub kind: CircleKind,
    pub members: Vec<String>,
    pub mine: bool,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct GroupInfo {
    pub id: String,
    pub name: String,
    pub members: Vec<String>,
    pub administers: bool,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct People {
    pub users: Vec<UserInfo>,
    pub groups: Vec<GroupInfo>,
    pub circles: Vec<CircleInfo>,
    pub manage: bool,
}

#[derive(Clone, Copy, Debug, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum UserState {
    Active,
    Invited,
    Disabled,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UserInfo {
    pub id: String,
    pub name: String,
    pub groups: Vec<String>,
    pub state: UserState,
    pub expires: Option<String>,
    pub statements: Vec<Statement>,
    pub last_sign_in: Option<String>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StatementKind {
    Confidentiality,
    ProfessionalSecrecy,
    DerivedSecrecy,
}

#[derive(Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    pub kind: StatementKind,
    pub signed: String,
    pub note: String,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    pub user: String,
    pub password: String,
}

/// A stand-in that this person gave or is.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StandIn {
    pub id: String,
    pub giver: String,
    pub stand_in: String,
    /// Whether this person gave it.
    pub mine: bool,
    /// Whether this person stands in; otherwise, and where it is not mine, it is one of others that this person can end.
    pub for_me: bool,
    pub may_end: bool,
    /// The first and the last day, ISO 8601.
    pub from: String,
    pub until: String,
    /// waiting, running, ended or returned.
    pub state: String,
    /// How many; 0 of one of others.
    pub dossiers: u32,
    /// There is a report to read.
    pub unread: bool,
}

/// Something that was seen or done by whoever stood in.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Deed {
    pub at: String,
    pub event: String,
    pub dossier: String,
    pub name: String,
    pub part: Option<String>,
    /// Not of what was refused.
    pub success: bool,
}
