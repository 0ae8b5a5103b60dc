//! The authorisation matrix.

use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    None,
    View,
    Edit,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MatrixField {
    pub id: String,
    pub section: String,
    pub protected: bool,
    pub protectable: bool,
    pub levels: BTreeMap<String, Level>,
    pub held: bool,
    pub medical: bool,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MatrixGroup {
    pub id: String,
    pub name: String,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Matrix {
    pub fields: Vec<MatrixField>,
    pub groups: Vec<MatrixGroup>,
    pub waiting: Vec<Waiting>,
    pub manage: bool,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Waiting {
    pub key: String,
    pub field: Option<String>,
    pub circle: Option<String>,
    pub user: String,
    pub user_name: String,
    pub can_give: bool,
    pub holders: Vec<String>,
    /// Why nobody can give it as things are: statement_missing or no_medical_for_role.
    pub barred: Option<String>,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct GrantEffect {
    pub gain: Vec<String>,
    pub lose: Vec<String>,
    pub wait: Vec<String>,
    /// Who must sign a statement of derived secrecy first.
    pub unsigned: Vec<String>,
    /// Who cannot be given it in this role.
    pub excluded: Vec<String>,
    pub resealed: u32,
}
