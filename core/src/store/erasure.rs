//! What was erased for good: a table, and the same in a file beside the database that outlives a restore. Ids and moments
//! alone; each line is authenticated under the store key.

use super::{Conn, StoreError, folder_of, tag::Tagger, write_durably};
use crate::{
    crypto::Key,
    ids::{DossierId, EntryId, FileId},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeSet,
    fs::{self, OpenOptions},
    io::Write,
    path::Path,
};
use uuid::Uuid;

/// The file, beside the database.
pub const LEDGER: &str = "erasures.jsonl";
const LABEL: &[u8] = b"dossierkluis erasures 1";

/// One thing that was erased.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, sqlx::FromRow)]
#[serde(deny_unknown_fields)]
pub struct Erasure {
    /// Which.
    pub id: Uuid,
    /// `dossier` or `entry`.
    pub kind: String,
    /// When, in ms.
    pub erased_at: i64,
}

/// A line of the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    erasure: Erasure,
    tag: String,
}

/// What the file says.
#[derive(Default)]
pub struct Ledger {
    /// What was erased.
    pub erasures: Vec<Erasure>,
    /// Lines that are not as they were written, or not of this practice.
    pub damaged: usize,
}

impl Erasure {
    /// Of a whole dossier.
    pub fn of_dossier(id: DossierId, at: i64) -> Self {
        Self {
            id: Uuid::from_bytes(*id.as_bytes()),
            kind: "dossier".to_owned(),
            erased_at: at,
        }
    }

    /// Of one entry, a document among them.
    pub fn of_entry(id: EntryId, at: i64) -> Self {
        Self {
            id: Uuid::from_bytes(*id.as_bytes()),
            kind: "entry".to_owned(),
            erased_at: at,
        }
    }

    fn line(&self, tagger: &Tagger) -> Result<String, StoreError> {
        let line = Line {
            erasure: self.clone(),
            tag: STANDARD.encode(tagger.tag(&self.plain())?),
        };
        let text = serde_json::to_string(&line).map_err(|_| DAMAGED)?;
        Ok(text + "\n")
    }

    fn plain(&self) -> Vec<u8> {
        let mut plain = self.id.as_bytes().to_vec();
        plain.extend_from_slice(&self.erased_at.to_le_bytes());
        plain.extend_from_slice(self.kind.as_bytes());
        plain
    }
}

const DAMAGED: StoreError = StoreError::Damaged("erasures");

/// Notes an erasure, inside the change that makes it.
pub async fn note(conn: &mut Conn, erasure: &Erasure) -> Result<(), StoreError> {
    sqlx::query("INSERT OR IGNORE INTO erasure (id, kind, erased_at) VALUES (?, ?, ?)")
        .bind(erasure.id)
        .bind(&erasure.kind)
        .bind(erasure.erased_at)
        .execute(conn)
        .await?;
    Ok(())
}

/// Every erasure that the database knows of.
pub async fn all(conn: &mut Conn) -> Result<Vec<Erasure>, StoreError> {
    Ok(sqlx::query_as("SELECT * FROM erasure ORDER BY id")
        .fetch_all(conn)
        .await?)
}

/// Erases again what came back with an older database. Gives the sealed files that go with it.
pub async fn replay(conn: &mut Conn, erasure: &Erasure) -> Result<Vec<FileId>, StoreError> {
    let bytes = erasure.id.as_bytes();
    let sealed = if erasure.kind == "dossier" {
        let id = DossierId::from_bytes(bytes).map_err(|_| DAMAGED)?;
        let sealed = super::document::of_dossier(conn, id).await?;
        super::dossier::erase(conn, id).await?;
        sealed
    } else {
        let id = EntryId::from_bytes(bytes).map_err(|_| DAMAGED)?;
        let sealed = super::document::of_entry(conn, id).await?;
        super::entry::erase(conn, id).await?;
        sealed
    };
    note(conn, erasure).await?;
    Ok(sealed)
}

/// Adds erasures to the file, durably.
pub fn append(folder: &Path, key: &Key, erasures: &[Erasure]) -> Result<(), StoreError> {
    let path = folder.join(LEDGER);
    let mut file = OpenOptions::new().create(true).append(true).open(&path)?;
    file.write_all(lines(key, erasures)?.as_bytes())?;
    file.sync_all()?;
    super::folder::sync_folder(folder_of(&path))
}

/// Writes the file anew, whole or not at all.
pub fn rewrite(folder: &Path, key: &Key, erasures: &[Erasure]) -> Result<(), StoreError> {
    write_durably(&folder.join(LEDGER), lines(key, erasures)?.as_bytes())
}

fn lines(key: &Key, erasures: &[Erasure]) -> Result<String, StoreError> {
    let tagger = Tagger::of(key, LABEL)?;
    erasures
        .iter()
        .map(|erasure| erasure.line(&tagger))
        .collect()
}

/// Reads the file; nothing where there is none.
pub fn read(folder: &Path, key: &Key) -> Result<Ledger, StoreError> {
    let tagger = Tagger::of(key, LABEL)?;
    let mut ledger = Ledger::default();
    for text in text(folder)?.lines() {
        match serde_json::from_str::<Line>(text) {
            Ok(line) if STANDARD.encode(tagger.tag(&line.erasure.plain())?) == line.tag => {
                ledger.erasures.push(line.erasure);
            }
            _ => ledger.damaged += 1,
        }
    }
    Ok(ledger)
}

/// Adds the lines of one practice folder to those of another, without a key: what is not authentic is found when it is read.
pub fn carry_over(from: &Path, to: &Path) -> Result<(), StoreError> {
    let (former, present) = (text(from)?, text(to)?);
    let all: BTreeSet<&str> = former.lines().chain(present.lines()).collect();
    if all.is_empty() {
        return Ok(());
    }
    let text: String = all.iter().flat_map(|line| [line, "\n"]).collect();
    write_durably(&to.join(LEDGER), text.as_bytes())
}

fn text(folder: &Path) -> Result<String, StoreError> {
    match fs::read(folder.join(LEDGER)) {
        // A damaged line is counted as such, not a reason to read none.
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn some(count: u8) -> Vec<Erasure> {
        let one = |at| Erasure {
            id: Uuid::from_bytes([at; 16]),
            kind: "dossier".to_owned(),
            erased_at: i64::from(at),
        };
        (0..count).map(one).collect()
    }

    #[test]
    fn lines_are_read_back_and_forged_ones_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let key = Key::from_slice(&[3; 32]).unwrap();
        append(folder.path(), &key, &some(2)).unwrap();
        append(folder.path(), &key, &some(3)[2..]).unwrap();
        assert_eq!(read(folder.path(), &key).unwrap().erasures, some(3));
        let path = folder.path().join(LEDGER);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(
            &path,
            text.replacen("\"erased_at\":1", "\"erased_at\":9", 1) + "{half",
        )
        .unwrap();
        let ledger = read(folder.path(), &key).unwrap();
        assert_eq!((ledger.erasures.len(), ledger.damaged), (2, 2));
        let other = Key::from_slice(&[4; 32]).unwrap();
        assert!(read(folder.path(), &other).unwrap().erasures.is_empty());
    }

    #[test]
    fn two_files_become_one() {
        let key = Key::from_slice(&[3; 32]).unwrap();
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        append(from.path(), &key, &some(3)).unwrap();
        append(to.path(), &key, &some(1)).unwrap();
        carry_over(from.path(), to.path()).unwrap();
        assert_eq!(read(to.path(), &key).unwrap().erasures, some(3));
    }
}
