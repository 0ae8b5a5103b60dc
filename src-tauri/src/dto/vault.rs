//! Vaults and documents.

use super::{moment, number};
use dossierkluis::{document as core, vault};
use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct VaultInfo {
    pub id: String,
    pub name: String,
    pub medical: bool,
    pub open: bool,
    /// Seconds until it closes by itself; null while it is closed.
    pub closes_in: Option<u32>,
    pub members: Vec<String>,
    pub keeper: String,
    pub minutes: u32,
    pub renewed: String,
    pub renewed_by: String,
    /// The practice wants its key renewed by now.
    pub due: bool,
    pub dossiers: u32,
}

#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewVault {
    pub name: String,
    pub password: String,
    pub members: Vec<String>,
    pub medical: bool,
    pub minutes: u32,
}

/// A file that was chosen or dropped and waits for what is to be done with it.
#[derive(Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Picked {
    pub name: String,
    pub size: u32,
    pub media: String,
}

#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewDocument {
    pub title: String,
    pub kind: String,
    pub on: String,
    pub text: String,
    pub ground: String,
    /// The writer saw the warning about medical words or a BSN and keeps it all the same.
    #[serde(default)]
    #[specta(optional)]
    pub confirmed: bool,
}

/// A document for showing; data is base64.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ShownDocument {
    pub name: String,
    pub media: String,
    pub data: String,
}

#[derive(Clone, Copy, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    Unchanged,
    Changed,
    Missing,
    Away,
}

/// A part that somebody plays in another dossier.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlayedPart {
    pub dossier: String,
    pub name: String,
    pub kind: String,
    pub entry: String,
    pub role: String,
}

/// A training, certificate, consent, ground or authorisation that ends soon, or ended lately.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Ending {
    pub dossier: String,
    pub name: String,
    /// The list that it is in.
    pub field: String,
    pub title: String,
    pub until: String,
}

/// The file of a document. A link has a path.
#[derive(Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FileInfo {
    pub name: String,
    pub media: String,
    pub size: u32,
    pub path: Option<String>,
    pub redacted: bool,
    pub ground: Option<String>,
}

impl VaultInfo {
    pub fn new(info: vault::VaultInfo, closes_in: Option<i64>) -> Self {
        Self {
            id: info.id.to_string(),
            name: info.name.to_string(),
            medical: info.medical,
            open: info.open,
            closes_in: closes_in.map(number),
            members: info.members.iter().map(ToString::to_string).collect(),
            keeper: info.keeper.to_string(),
            minutes: info.minutes,
            renewed: moment(info.renewed_at),
            renewed_by: info.renewed_by.to_string(),
            due: info.due,
            dossiers: number(info.dossiers),
        }
    }
}

impl From<dossierkluis::dossier::Ending> for Ending {
    fn from(ending: dossierkluis::dossier::Ending) -> Self {
        Self {
            dossier: ending.dossier.to_string(),
            name: ending.name.to_string(),
            field: ending.field.to_owned(),
            title: ending.title.to_string(),
            until: ending.until,
        }
    }
}

impl From<dossierkluis::dossier::PlayedPart> for PlayedPart {
    fn from(part: dossierkluis::dossier::PlayedPart) -> Self {
        Self {
            dossier: part.dossier.to_string(),
            name: part.name.to_string(),
            kind: part.kind,
            entry: part.entry.to_string(),
            role: part.role,
        }
    }
}

impl From<NewDocument> for core::NewDocument {
    fn from(new: NewDocument) -> Self {
        Self {
            title: new.title,
            kind: new.kind,
            on: new.on,
            text: new.text,
            // Only what the page blacked out itself is (add_picture).
            redacted: false,
            ground: new.ground,
            confirmed: new.confirmed,
        }
    }
}

impl From<core::LinkState> for LinkState {
    fn from(state: core::LinkState) -> Self {
        match state {
            core::LinkState::Unchanged => Self::Unchanged,
            core::LinkState::Changed => Self::Changed,
            core::LinkState::Missing => Self::Missing,
            core::LinkState::Away => Self::Away,
        }
    }
}

impl From<dossierkluis::dossier::FileRef> for FileInfo {
    fn from(file: dossierkluis::dossier::FileRef) -> Self {
        Self {
            path: super::filled(&file.path),
            ground: super::filled(&file.ground),
            name: file.name,
            media: file.media,
            size: number(file.size),
            redacted: file.redacted,
        }
    }
}
