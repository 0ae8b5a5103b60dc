//! Shares, recoveries, and what was saved.

use super::number;
use dossierkluis::practice as core;
use serde::Serialize;
use specta::Type;
use std::path::Path;

/// groups: the code in readable groups.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Share {
    pub number: u8,
    pub groups: Vec<String>,
}

/// That the account got a new password without the old one.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Recovery {
    /// ISO 8601.
    pub at: String,
    /// Two people together, and not the recovery sheet.
    pub together: bool,
}

/// A dossier that could not be saved.
#[derive(Serialize, Type)]
pub struct LostDossier {
    pub id: String,
    /// Where it can still be read.
    pub name: Option<String>,
}

/// parts: tables of which rows are lost; `changes` where the last changes are.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Salvaged {
    pub saved: u32,
    pub damaged: Vec<LostDossier>,
    pub parts: Vec<String>,
    pub missing_files: u32,
    /// Where the damaged folder lies now.
    pub kept: String,
}

impl From<&core::ShareSheet> for Share {
    fn from(sheet: &core::ShareSheet) -> Self {
        let groups = sheet.groups();
        Self {
            number: sheet.number,
            groups: groups.iter().map(|group| group.to_string()).collect(),
        }
    }
}

impl From<core::Recovery> for Recovery {
    fn from(told: core::Recovery) -> Self {
        Self {
            at: super::moment(told.at),
            together: told.how == "together",
        }
    }
}

impl Salvaged {
    /// What was saved, and where the damaged folder lies.
    pub fn new(salvaged: &core::Salvaged, kept: &Path) -> Self {
        Self {
            saved: number(salvaged.saved),
            damaged: salvaged
                .damaged
                .iter()
                .map(|id| LostDossier {
                    id: id.to_string(),
                    name: salvaged.names.get(id).map(|name| name.to_string()),
                })
                .collect(),
            parts: salvaged.parts.clone(),
            missing_files: number(salvaged.files.len()),
            kept: kept.display().to_string(),
        }
    }
}
