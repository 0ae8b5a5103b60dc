//! A second practice folder with the database as it was at one moment, while people go on working.

use super::{
    Conn, KEYRING, StoreError, WITNESS,
    connect::{Store, connect, read_head},
    document,
    witness::Witness,
};
use crate::{crypto::Key, ids::FileId};
use sqlx::{Connection, Row};
use std::{fs, path::Path, sync::Arc};

/// Tries at a moment at which the keyring does not change.
const TRIES: u32 = 8;

/// What a database holds, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// Dossiers, those in the bin included.
    pub dossiers: usize,
    /// Entries of dossiers, those in the bin included.
    pub entries: usize,
    /// The last link of the log.
    pub log: i64,
    /// The sealed files that it names.
    pub files: Vec<FileId>,
}

impl Store {
    /// Writes the database, under the same key, and the keyring into an empty folder, as both were at one moment; with the
    /// witness of that very database, so that the folder opens by itself. Tells what the database holds.
    ///
    /// `VACUUM INTO` reads one state and writes every page anew, sealed; writers are not held up. Whatever the database and the
    /// keyring say at the same moment opens: an interrupted change of either is made for that (invariant 12). That they
    /// are of the same moment is sure when the keyring was the same before and after.
    pub async fn snapshot(
        &self,
        practice: &Path,
        into: &Path,
        key: &Arc<Key>,
    ) -> Result<Contents, StoreError> {
        let database = into.join(super::DATABASE);
        let name = database
            .to_str()
            .ok_or(StoreError::Io(std::io::ErrorKind::InvalidInput))?;
        for _ in 0..TRIES {
            let keyring = fs::read(practice.join(KEYRING))?;
            sqlx::query("VACUUM INTO ?")
                .bind(name)
                .execute(&mut *self.read().await?)
                .await?;
            if fs::read(practice.join(KEYRING))? == keyring {
                fs::write(into.join(KEYRING), keyring)?;
                return vouch(into, key).await;
            }
            fs::remove_file(&database)?;
        }
        Err(StoreError::InUse)
    }

    /// What the database holds.
    pub async fn contents(&self) -> Result<Contents, StoreError> {
        contents(&mut *self.read().await?).await
    }
}

/// Gives a folder the witness of the database that lies in it, and tells what that holds.
async fn vouch(folder: &Path, key: &Arc<Key>) -> Result<Contents, StoreError> {
    let mut conn = connect(folder, key, false).await?;
    let (head, found) = (read_head(&mut conn).await, contents(&mut conn).await);
    conn.close().await?;
    let mut witness = Witness::open(&folder.join(WITNESS), key, true)?;
    witness.record(head?)?;
    found
}

async fn contents(conn: &mut Conn) -> Result<Contents, StoreError> {
    let row = sqlx::query(
        "SELECT (SELECT count(*) FROM dossier), (SELECT count(*) FROM entry), (SELECT coalesce(max(seq), 0) FROM audit)",
    )
    .fetch_one(&mut *conn)
    .await?;
    let count = |at| -> Result<usize, StoreError> {
        Ok(usize::try_from(row.try_get::<i64, _>(at)?).unwrap_or(0))
    };
    Ok(Contents {
        dossiers: count(0)?,
        entries: count(1)?,
        log: row.try_get(2)?,
        files: document::all(conn).await?,
    })
}

/// What changed since a moment, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Since {
    /// Dossiers that were made.
    pub made: i64,
    /// Older dossiers that were changed.
    pub changed: i64,
    /// Entries that were written or changed.
    pub entries: i64,
    /// Documents among them that were taken in.
    pub documents: i64,
}

/// What changed since a moment (ms).
pub async fn since(conn: &mut Conn, at: i64) -> Result<Since, StoreError> {
    let row = sqlx::query(
        "SELECT (SELECT count(*) FROM dossier WHERE created_at > ?1),
                (SELECT count(*) FROM dossier WHERE created_at <= ?1 AND changed_at > ?1),
                (SELECT count(*) FROM entry WHERE changed_at > ?1),
                (SELECT count(*) FROM entry e WHERE e.changed_at > ?1
                     AND EXISTS (SELECT 1 FROM document_file f WHERE f.entry_id = e.id))",
    )
    .bind(at)
    .fetch_one(conn)
    .await?;
    Ok(Since {
        made: row.try_get(0)?,
        changed: row.try_get(1)?,
        entries: row.try_get(2)?,
        documents: row.try_get(3)?,
    })
}
