//! Many rows as one value. sqlx hands rows over one at a time from its thread, each column copied by itself; with 400,000
//! rows that took most of the time of unlocking. Here SQLite joins a page into one value and this takes it apart:
//! for each row ids of 16 bytes, a line of words and numbers, and the ciphertext.

use super::{
    StoreError,
    dossier::{DossierRow, LoadedEntry, SheetRow},
    value::ValueRow,
};
use crate::{
    ids::{CircleId, DossierId, EntryId, UserId},
    keys::Sealing,
};
use std::str::{FromStr, SplitAsciiWhitespace};

/// Of `value v` and its `dossier d`.
macro_rules! sheet {
    () => {
        "d.id || d.circle_id || coalesce(d.vault_id, zeroblob(16)) || d.salt || d.created_by || v.circle_id
         || format('%s %d %d %d %s %d %d %d\n', d.kind, d.created_at, d.changed_at, d.binned_at,
                   v.field, v.circle_version, v.field_version, length(v.sealed))
         || v.sealed"
    };
}
pub(super) use sheet;

/// Of `entry e`.
macro_rules! entry {
    () => {
        "e.id || e.dossier_id || e.circle_id
         || format('%s %d %d %d\n', e.field, e.circle_version, e.field_version, length(e.sealed))
         || e.sealed"
    };
}
pub(super) use entry;

/// Of `value v` alone.
macro_rules! value {
    () => {
        "v.circle_id
         || format('%s %d %d %d %d\n', v.field, v.revision, v.circle_version, v.field_version, length(v.sealed))
         || v.sealed"
    };
}
pub(super) use value;

/// Rows of dossiers with their values, as SQLite joined them: to be taken apart where there is time for it.
#[derive(Default)]
pub struct Sheets(Vec<u8>);

/// The same of entries.
#[derive(Default)]
pub struct Entries(Vec<u8>);

impl Sheets {
    pub(super) fn of(packed: Option<Vec<u8>>) -> Self {
        Self(packed.unwrap_or_default())
    }

    /// The rows, by dossier.
    pub fn take_apart(&self) -> Result<Vec<SheetRow>, StoreError> {
        let mut rows = take_all(&self.0, |row| row.sheet())?;
        rows.sort_by_key(|row| row.dossier.id);
        Ok(rows)
    }
}

impl Entries {
    pub(super) fn of(packed: Option<Vec<u8>>) -> Self {
        Self(packed.unwrap_or_default())
    }

    /// The rows.
    pub fn take_apart(&self) -> Result<Vec<LoadedEntry>, StoreError> {
        take_all(&self.0, |row| row.entry())
    }
}

/// The present values of one dossier.
pub(super) fn values(dossier: DossierId, packed: &[u8]) -> Result<Vec<ValueRow>, StoreError> {
    take_all(packed, |row| row.value(dossier))
}

fn take_all<T>(
    packed: &[u8],
    take: impl Fn(&mut Packed<'_>) -> Option<T>,
) -> Result<Vec<T>, StoreError> {
    let mut rest = Packed(packed);
    let mut rows = Vec::new();
    while !rest.0.is_empty() {
        rows.push(take(&mut rest).ok_or(StoreError::Damaged("row"))?);
    }
    Ok(rows)
}

struct Packed<'a>(&'a [u8]);

impl<'a> Packed<'a> {
    fn sheet(&mut self) -> Option<SheetRow> {
        let (id, circle_id, vault_id) = (self.id()?, self.id()?, self.id()?);
        let (salt, created_by, sealed_in) = (self.id()?, self.id()?, self.id()?);
        let mut line = self.line()?;
        let dossier = DossierRow {
            id: DossierId::from_bytes(id).ok()?,
            kind: line.next()?.to_owned(),
            circle_id: CircleId::from_bytes(circle_id).ok()?,
            vault_id: match vault_id {
                [0, ..] if vault_id.iter().all(|byte| *byte == 0) => None,
                id => Some(CircleId::from_bytes(id).ok()?),
            },
            salt: salt.to_vec(),
            created_at: number(&mut line)?,
            created_by: UserId::from_bytes(created_by).ok()?,
            changed_at: number(&mut line)?,
            binned_at: number(&mut line)?,
        };
        Some(SheetRow {
            dossier,
            field: line.next()?.to_owned(),
            sealing: self.sealing(sealed_in, line)?,
        })
    }

    fn value(&mut self, dossier_id: DossierId) -> Option<ValueRow> {
        let sealed_in = self.id()?;
        let mut line = self.line()?;
        Some(ValueRow {
            dossier_id,
            field: line.next()?.to_owned(),
            revision: number(&mut line)?,
            sealing: self.sealing(sealed_in, line)?,
        })
    }

    fn entry(&mut self) -> Option<LoadedEntry> {
        let (id, dossier, sealed_in) = (self.id()?, self.id()?, self.id()?);
        let mut line = self.line()?;
        Some(LoadedEntry {
            id: EntryId::from_bytes(id).ok()?,
            dossier_id: DossierId::from_bytes(dossier).ok()?,
            field: line.next()?.to_owned(),
            sealing: self.sealing(sealed_in, line)?,
        })
    }

    /// What ends a line: nothing may come after it, or a word before it had a space in it.
    fn sealing(&mut self, circle: &[u8], mut line: SplitAsciiWhitespace<'_>) -> Option<Sealing> {
        let sealing = Sealing {
            circle_id: CircleId::from_bytes(circle).ok()?,
            circle_version: number(&mut line)?,
            field_version: number(&mut line)?,
            sealed: self.take(number(&mut line)?)?.to_vec(),
        };
        line.next().is_none().then_some(sealing)
    }

    fn id(&mut self) -> Option<&'a [u8]> {
        self.take(16)
    }

    fn line(&mut self) -> Option<SplitAsciiWhitespace<'a>> {
        let length = self.0.iter().position(|byte| *byte == b'\n')?;
        let line = std::str::from_utf8(self.take(length)?).ok()?;
        self.take(1)?;
        Some(line.split_ascii_whitespace())
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }
}

fn number<N: FromStr>(line: &mut SplitAsciiWhitespace<'_>) -> Option<N> {
    line.next()?.parse().ok()
}
