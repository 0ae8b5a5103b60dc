//! Users, groups and circles.

use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Clone, Copy, Debug, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CircleKind {
    Practice,
    Own,
    Made,
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
