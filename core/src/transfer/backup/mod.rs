//! Backups: one age file with a zip in it that unpacks to a practice folder. What lies in that folder is sealed by the
//! practice's own keys as ever: who opens the age file has a folder, not a readable text.
//!
//! Writing is in `pack`, reading back in `unpack`; `make` puts them together for an open practice and proves what it made;
//! `plan` says when and where, as pure functions; `restore` makes a folder of a backup again.

mod make;
mod pack;
mod plan;
mod restore;
mod state;
mod unpack;
mod work;

pub use plan::{Backup, BackupPlan, BackupState, Drill, Standing, backup_name, moment_of};
pub use restore::{finish_swap, restore, swap_in, waiting_place};

pub(crate) use unpack::{check_folder, digest, unpack};
pub(crate) use work::{Ear, Workplace, watched};

use crate::{ids::FileId, store::files::DOCUMENTS};
use serde::{Deserialize, Serialize};

/// The form of a backup; a later form is refused.
const FORMAT: u32 = 1;
/// What the manifest says that it is.
const WHAT: &str = "dossierkluis backup";
/// The last file in the zip.
const MANIFEST: &str = "manifest.json";

/// What a backup says of itself. Numbers, moments and digests of sealed files alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    what: String,
    format: u32,
    /// Version of the program that wrote it.
    pub program: String,
    /// When, in ms.
    pub made_at: i64,
    /// Dossiers in it.
    pub dossiers: usize,
    /// Entries of dossiers in it.
    pub entries: usize,
    /// The last link of the log in it.
    pub log: i64,
    /// The files in it.
    files: Vec<Packed>,
}

/// One file in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Packed {
    path: String,
    size: u64,
    sha256: String,
}

impl Manifest {
    /// Sealed files of documents in it.
    pub fn documents(&self) -> usize {
        let documents = self.files.iter().filter(|file| file.path.contains('/'));
        documents.count()
    }

    /// Whether the sealed file of a document is in it.
    fn has_document(&self, id: FileId) -> bool {
        let name = format!("{DOCUMENTS}/{id}");
        self.files.iter().any(|file| file.path == name)
    }
}
