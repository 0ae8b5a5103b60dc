//! Sign-in, the open session, preferences and settings.

use super::{CircleInfo, Recovery};
use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Clone, Copy, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    Nl,
    En,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    System,
    Light,
    Dark,
}

/// "none": no practice yet.
#[derive(Clone, Copy, Debug, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PracticeState {
    None,
    Locked,
    Open,
}

/// Users are empty when the list is hidden: then a name is typed.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    pub state: PracticeState,
    pub practice: Option<String>,
    pub users: Vec<UserName>,
    pub hidden: bool,
    pub language: Language,
    pub demo: bool,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UserName {
    pub id: String,
    pub name: String,
}

#[derive(Clone, Copy, Debug, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StrengthProblem {
    TooWeak,
    Common,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Strength {
    pub score: u8,
    pub ok: bool,
    pub problem: Option<StrengthProblem>,
    pub hint: Option<String>,
}

/// groups: the code in readable groups; ask: which group (1-based) must be typed back.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecoverySheet {
    pub practice: String,
    pub user: String,
    pub made: String,
    pub groups: Vec<String>,
    pub ask: u32,
    /// The code that opens backups, on the sheet of an administrator.
    pub backups: Option<Vec<String>>,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DemoUser {
    pub user: String,
    /// administrator, coach, physician, reception; or vault, for what opens with this password on top of that.
    pub role: String,
    pub password: String,
}

/// What must happen before anything else.
#[derive(Clone, Copy, Debug, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum First {
    ChangePassword,
    RecoverySheet,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    pub user: UserName,
    pub practice: String,
    pub demo: bool,
    pub administrator: bool,
    /// What must happen first: change the password (invited, demanded or expired), or confirm a recovery sheet.
    pub first: Option<First>,
    /// Milliseconds since 1970.
    pub lock_at: i64,
    pub lock_minutes: u32,
    pub preferences: Preferences,
    pub waiting: u32,
    pub circles: Vec<CircleInfo>,
    pub password_expires: Option<String>,
    /// Two people together can give this user a new password.
    pub split: bool,
    /// How the account was recovered, until the person has seen it.
    pub recoveries: Vec<Recovery>,
}

#[derive(Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Preferences {
    pub language: Language,
    pub theme: Theme,
    pub lock_minutes: u32,
    pub text_size: u32,
}

#[derive(Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    pub practice: String,
    pub hide_users: bool,
    pub lock_minutes: u32,
    pub lock_maximum: u32,
    pub password_score: u8,
    pub bin_days: u32,
    /// Months after which the key of a vault should be renewed; 0 for never.
    pub vault_months: u32,
}
