//! The committed head, kept beside the database.
//!
//! SQLite takes a lost or damaged write-ahead log for an empty one, and a whole older file for the present one: both would
//! silently lose acknowledged changes. So every commit moves a counter and a random token inside the database, and
//! then writes them here, authenticated under the store key. At opening the database must have got at least this far,
//! and have the same token where it got exactly this far.
//!
//! The record is written without waiting for the disk (an fsync would double the price of a save): it only ever says what
//! is already durable in the database, so after a power cut it may be behind, never ahead. It is made durable at closing. One that
//! cannot be written is behind too; the next change and the closing try again.
//! Two equal copies lie in it, so that one flipped byte is an intact read.

use super::{StoreError, tag::Tagger};
use crate::crypto::Key;
use std::{
    fs::{File, OpenOptions},
    io::{Read, Seek, SeekFrom, Write},
    path::Path,
};

const COPY: usize = 8 + 16 + 32;
const LABEL: &[u8] = b"dossierkluis witness 1";

/// How far the database has got.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub commits: i64,
    pub token: [u8; 16],
}

/// The file, open for writing.
pub(super) struct Witness {
    file: File,
    tagger: Tagger,
    /// A head that could not be recorded yet.
    owed: Option<Head>,
}

impl Witness {
    /// Opens the file, or makes it where `new`.
    pub fn open(path: &Path, store_key: &Key, new: bool) -> Result<Self, StoreError> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create_new(new)
            .open(path)
            .map_err(|error| match error.kind() {
                std::io::ErrorKind::NotFound => StoreError::Damaged("witness missing"),
                _ => error.into(),
            })?;
        Ok(Self {
            file,
            tagger: Tagger::of(store_key, LABEL)?,
            owed: None,
        })
    }

    /// Compares what was recorded with what the database says of itself.
    pub fn compare(&mut self, found: Head) -> Result<(), StoreError> {
        let recorded = self.read()?;
        match found.commits.cmp(&recorded.commits) {
            std::cmp::Ordering::Less => Err(StoreError::RolledBack("changes are missing")),
            std::cmp::Ordering::Equal if found.token != recorded.token => {
                Err(StoreError::RolledBack("another history"))
            }
            _ => Ok(()),
        }
    }

    /// Records a head that is durable in the database, now or at the next opportunity: the change that it is of was made.
    pub fn record_or_owe(&mut self, head: Head) {
        self.owed = self.record(head).err().map(|error| {
            tracing::warn!(%error, "the witness of a change could not be written");
            head
        });
    }

    /// Records a head that is durable in the database.
    pub fn record(&mut self, head: Head) -> Result<(), StoreError> {
        let copy = self.encode(head)?;
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(&[copy, copy].concat())?;
        Ok(())
    }

    /// Makes the record durable.
    pub fn sync(&mut self) -> Result<(), StoreError> {
        if let Some(head) = self.owed {
            self.record(head)?;
        }
        Ok(self.file.sync_data()?)
    }

    /// Makes every writing fail from now on, as a disk does that broke.
    #[cfg(test)]
    pub fn break_off(&mut self, path: &Path) {
        if let Ok(file) = File::open(path) {
            self.file = file;
        }
    }

    fn read(&mut self) -> Result<Head, StoreError> {
        let mut bytes = Vec::new();
        self.file.seek(SeekFrom::Start(0))?;
        Read::by_ref(&mut self.file)
            .take(2 * COPY as u64 + 1)
            .read_to_end(&mut bytes)?;
        let copies = bytes
            .chunks_exact(COPY)
            .filter_map(|copy| self.decode(copy));
        copies
            .max_by_key(|head| head.commits)
            .ok_or(StoreError::Damaged("witness"))
    }

    fn encode(&self, head: Head) -> Result<[u8; COPY], StoreError> {
        let mut copy = [0; COPY];
        copy[..8].copy_from_slice(&head.commits.to_le_bytes());
        copy[8..24].copy_from_slice(&head.token);
        let tag = self.tagger.tag(&copy[..24])?;
        copy[24..].copy_from_slice(&tag);
        Ok(copy)
    }

    fn decode(&self, copy: &[u8]) -> Option<Head> {
        let (plain, tag) = copy.split_at(24);
        if self.tagger.tag(plain).ok()? != tag {
            return None;
        }
        let (commits, token) = plain.split_first_chunk::<8>()?;
        Some(Head {
            commits: i64::from_le_bytes(*commits),
            token: token.try_into().ok()?,
        })
    }
}
