//! The form of a package: a zip inside an age file, with `manifest.json`, one JSON file for each dossier, and the documents as they
//! are, each version once. Version 1. A reader refuses what it does not know. Of a linked file there is the place where it lay.

use crate::{catalogue, dossier::EntryContent, error::Error, ids::DossierId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use zeroize::Zeroize;

/// The first words of every manifest.
pub(super) const FORMAT: &str = "dossierkluis package 1";
/// The manifest's place.
pub(super) const MANIFEST: &str = "manifest.json";

/// What is in a package, with the digest of everything.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    pub format: String,
    /// RFC 3339.
    pub made: String,
    /// The practice that it comes from.
    pub practice: String,
    /// Who made it.
    pub by: String,
    pub dossiers: Vec<Listed>,
    pub documents: Vec<Listed>,
    /// Dossiers that did not go along, with the reason.
    pub left_out: Vec<LeftOut>,
}

/// One file of the package.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Listed {
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// In hexadecimal.
    pub sha256: String,
}

/// Something that is not in the package.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LeftOut {
    /// The dossier or, inside a dossier, the field or entry list.
    pub what: String,
    /// A word of the program.
    pub reason: String,
}

impl LeftOut {
    /// Of the dossier in which it would have been.
    pub fn of(&self, dossier: &str) -> NotPacked {
        NotPacked {
            dossier: dossier.to_owned(),
            what: self.what.clone(),
            reason: self.reason.clone(),
        }
    }

    /// Whether it is written as a sender writes it: it will be read by somebody.
    pub fn is_plain(&self) -> bool {
        let known =
            catalogue::field(&self.what).is_some() || self.what.parse::<DossierId>().is_ok();
        let word = |c: char| c.is_ascii_lowercase() || c == '_';
        known && self.reason.len() <= 40 && self.reason.chars().all(word)
    }
}

/// Something that is not in a package, and of which dossier.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NotPacked {
    /// The dossier; empty where a whole dossier is not there.
    pub dossier: String,
    /// The dossier or, inside a dossier, the field or entry list.
    pub what: String,
    /// A word of the program.
    pub reason: String,
}

/// One dossier.
#[derive(Serialize, Deserialize, Zeroize)]
#[serde(deny_unknown_fields)]
pub(super) struct Packed {
    pub id: String,
    pub kind: String,
    /// In ms since 1970 UTC, as all times here.
    pub created_at: i64,
    pub changed_at: i64,
    #[zeroize(skip)]
    pub fields: BTreeMap<String, PackedValue>,
    pub entries: Vec<PackedEntry>,
    #[zeroize(skip)]
    pub left_out: Vec<LeftOut>,
}

/// One value with what stood there before.
#[derive(Serialize, Deserialize, Zeroize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackedValue {
    pub value: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<PackedChange>,
}

/// A value that was replaced.
#[derive(Serialize, Deserialize, Zeroize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackedChange {
    pub at: i64,
    pub before: String,
}

/// One entry of the story.
#[derive(Serialize, Deserialize, Zeroize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackedEntry {
    pub id: String,
    pub field: String,
    pub created_at: i64,
    pub changed_at: i64,
    /// The name of its writer.
    pub by: String,
    pub content: EntryContent,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<PackedEntryChange>,
    /// Where the document lies in the package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
}

/// What an entry said before.
#[derive(Serialize, Deserialize, Zeroize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackedEntryChange {
    pub at: i64,
    pub before: EntryContent,
    /// Where the document of then lies in the package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
}

impl PackedEntry {
    /// What it says and said before, each with the place of its document.
    pub fn contents(&self) -> impl Iterator<Item = (&EntryContent, Option<&String>)> {
        let now = (&self.content, self.document.as_ref());
        let before = self.history.iter();
        std::iter::once(now).chain(before.map(|one| (&one.before, one.document.as_ref())))
    }
}

impl Drop for Packed {
    fn drop(&mut self) {
        for value in self.fields.values_mut() {
            value.zeroize();
        }
        self.entries.zeroize();
    }
}

/// A refusal of a package, in a word of the program.
pub(super) fn refused(reason: &'static str) -> Error {
    Error::refused("package", reason)
}
