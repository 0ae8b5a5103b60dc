//! The encrypted SQLite store. It moves rows and ciphertext and cannot open a value: it never sees a circle or field
//! key. Every statement of the program is in this folder, beside the table that it works on.

mod connect;
mod folder;
#[allow(unsafe_code, reason = "what SQLite calls for memory is a C interface")]
pub mod heap;
mod journal;
mod keyring;
mod migrate;
mod packed;
mod snapshot;
mod tag;
mod threads;
mod witness;

pub mod account;
pub mod audit;
pub mod change;
pub mod circle;
pub mod copies;
pub mod document;
pub mod dossier;
pub mod draft;
pub mod entry;
pub mod erasure;
pub mod files;
pub mod group;
pub mod invoice;
pub mod key;
pub mod retired;
pub mod salvage;
pub mod setting;
pub mod shred;
pub mod stand_in;
pub mod statement;
pub mod value;
pub mod vault;
pub mod wreck;

pub use connect::{Link, Reader, SignedLink, Store, Write, is_behind};
pub use folder::{
    Aside, FolderAside, FolderLock, aside_of, folder_of, put_in_place, refuse_occupied,
    rename_durably, write_durably,
};
pub use keyring::{Entrance, KeyringFile, UserEntry};
pub use packed::{Entries, Sheets};
pub use snapshot::{Contents, Since, since};
pub use threads::await_threads;

/// The database, beside the keyring and the witness.
pub const DATABASE: &str = "practice.db";
/// What the sign-in screen needs, and the only thing readable without a key.
pub const KEYRING: &str = "keyring.json";
/// The committed head, to notice a lost journal and an older file put back.
pub const WITNESS: &str = "practice.head";
const LOCK: &str = "practice.lock";

/// A connection to the open store.
pub type Conn = sqlx::SqliteConnection;

/// What can go wrong with the files. Carries no text of SQLite's: only its number.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum StoreError {
    /// A page, a journal or a row is not what was written.
    #[error("the store is damaged: {0}")]
    Damaged(&'static str),
    /// The database holds fewer changes than were acknowledged, or others.
    #[error("the store is older than it was: {0}")]
    RolledBack(&'static str),
    /// Another process has the practice open.
    #[error("the practice is open in another program")]
    InUse,
    /// There is no practice here.
    #[error("no practice here")]
    Missing,
    /// There is already something here.
    #[error("the folder is not empty")]
    Occupied,
    /// Written by a later version.
    #[error("the store is from a newer version: {needs}")]
    Newer {
        /// The version of the program that it needs; empty where that is not known.
        needs: String,
    },
    /// The disk is full; nothing was changed.
    #[error("the disk is full")]
    Full,
    /// The operating system refused to read or write.
    #[error("input or output failed: {0}")]
    Io(std::io::ErrorKind),
    /// A row is not there.
    #[error("not found")]
    NotFound,
    /// Any other answer of SQLite, by its result code.
    #[error("the database answered {0}")]
    Sql(i32),
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull => Self::Full,
            kind => Self::Io(kind),
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::Io(error) => error.into(),
            sqlx::Error::Database(error) => {
                from_code(error.code().and_then(|code| code.parse().ok()).unwrap_or(1))
            }
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => Self::Damaged("row"),
            _ => Self::Sql(1),
        }
    }
}

/// The primary result codes of SQLite (sqlite.org/rescode.html) that mean something to a person.
fn from_code(code: i32) -> StoreError {
    match code & 0xff {
        11 | 26 => StoreError::Damaged("database"),
        // Every statement is fixed and tried out: one that is refused has no table, or a page that cannot be decrypted.
        1 => StoreError::Damaged("schema"),
        13 => StoreError::Full,
        10 => StoreError::Io(std::io::ErrorKind::Other),
        5 | 6 => StoreError::InUse,
        _ => StoreError::Sql(code),
    }
}
