//! Import and export.

use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::BTreeMap;

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportColumn {
    pub heading: String,
    pub samples: Vec<String>,
    pub guess: Option<String>,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportFile {
    pub name: String,
    pub rows: u32,
    pub columns: Vec<ImportColumn>,
    pub encoding: Option<String>,
    pub delimiter: Option<String>,
}

#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportPlan {
    pub kind: String,
    pub circle: String,
    /// For employees.
    pub vault: Option<String>,
    pub mapping: Vec<Option<String>>,
    pub skip_refused: bool,
    pub skip_duplicates: bool,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Refused {
    pub line: u32,
    pub field: String,
    pub reason: String,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Duplicate {
    pub line: u32,
    pub name: String,
    pub like: String,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportReport {
    pub added: u32,
    pub ready: u32,
    pub refused: Vec<Refused>,
    pub duplicates: Vec<Duplicate>,
    pub preview: Vec<BTreeMap<String, String>>,
}

#[derive(Clone, Copy, Debug, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    Csv,
    Xlsx,
    Json,
}

#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ExportPlan {
    pub kinds: Vec<String>,
    pub format: ExportFormat,
    pub fields: Option<Vec<String>>,
}
