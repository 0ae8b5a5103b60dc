//! Many new dossiers at once: prepared on every core, written with few statements, in one change.

use super::{NewDossier, Prepared, content::EntryContent, load::open_row, memory::Opened};
use crate::{
    access::{Text, When},
    catalogue,
    error::Error,
    ids::{DossierId, EntryId},
    name,
    session::Practice,
    store::{self, Write, entry::EntryRow},
};
use zeroize::Zeroizing;

/// A dossier to be made with its story.
pub(crate) struct NewBulk {
    /// The dossier.
    pub dossier: NewDossier,
    /// Entry list and content.
    pub entries: Vec<(&'static str, EntryContent)>,
}

/// An entry with its list and its folded text.
type Folded = (EntryId, &'static str, Text);
/// What the memory keeps of a new dossier.
pub(crate) type Remembered = (Opened, Vec<Folded>);

/// A dossier with its story, ready to be written and remembered.
pub(crate) struct Bulk {
    prepared: Prepared,
    entries: Vec<EntryRow>,
    opened: Opened,
    folded: Vec<Folded>,
}

impl Bulk {
    /// Which dossier it will be.
    pub fn id(&self) -> DossierId {
        self.prepared.row.id
    }
}

impl Practice {
    /// Checks and seals a new dossier with its story.
    pub(crate) fn prepare_bulk(&self, new: &NewBulk) -> Result<Bulk, Error> {
        self.with_story(self.prepare(&new.dossier)?, new)
    }

    /// Seals a new dossier with its story; its values were checked and have their stored form.
    pub(crate) fn prepare_checked_bulk(&self, new: &NewBulk) -> Result<Bulk, Error> {
        self.with_story(self.prepare_checked(&new.dossier)?, new)
    }

    fn with_story(&self, prepared: Prepared, new: &NewBulk) -> Result<Bulk, Error> {
        let (mut entries, mut folded) = (
            Vec::with_capacity(new.entries.len()),
            Vec::with_capacity(new.entries.len()),
        );
        for (field, content) in &new.entries {
            let id = EntryId::make();
            folded.push((id, *field, Zeroizing::new(name::fold(&content.words()))));
            entries.push(self.bulk_entry(&prepared.row, field, id, content)?);
        }
        let fields = new.dossier.fields.iter();
        let values: Vec<_> = fields.map(|(id, value)| (&**id, &**value)).collect();
        let opened = open_row(&prepared.row, &values);
        Ok(Bulk {
            prepared,
            entries,
            opened,
            folded,
        })
    }

    /// Checks and seals one new entry of a dossier.
    pub(crate) fn bulk_entry(
        &self,
        row: &store::dossier::DossierRow,
        field: &str,
        id: EntryId,
        content: &EntryContent,
    ) -> Result<EntryRow, Error> {
        let def = catalogue::field(field).ok_or(Error::NotFound)?;
        let content = content
            .clone()
            .check(field, def.shape().ok_or(Error::NotFound)?)?;
        if let Some(act) = content.act(def) {
            // Nothing can have been recorded yet for a dossier that is not there.
            self.rights().decide_act(&[], &act, When::Now(""))?;
        }
        let now = self.now();
        Ok(EntryRow {
            id,
            dossier_id: row.id,
            field: field.to_owned(),
            revision: 1,
            created_at: now,
            created_by: self.user,
            changed_at: now,
            changed_by: self.user,
            binned_at: 0,
            sealing: self.seal_entry(row, field, id, &content)?,
        })
    }

    /// Writes what was prepared, inside a change. The caller logs.
    pub(crate) async fn write_bulk(
        &self,
        write: &mut Write<'_>,
        all: &[Bulk],
    ) -> Result<(), Error> {
        let rows: Vec<_> = all.iter().map(|one| &one.prepared.row).collect();
        store::dossier::insert_many(write.conn(), &rows).await?;
        let values: Vec<_> = all.iter().flat_map(|one| &one.prepared.values).collect();
        store::value::insert_many(write.conn(), &values).await?;
        let entries: Vec<_> = all.iter().flat_map(|one| &one.entries).collect();
        Ok(store::entry::insert_many(write.conn(), &entries).await?)
    }

    /// Puts in memory what was written, but what lies in vaults that closed after it was sealed.
    pub(crate) fn remember_bulk(&self, all: Vec<Remembered>) {
        let mut memory = self.memory_mut();
        memory.disorder();
        for (opened, folded) in all {
            let id = opened.row.id;
            memory.put(opened);
            for (entry, field, text) in folded {
                memory.put_entry((id, entry), field, &text);
            }
        }
        let has_vaults = !self.rights().vaults.is_empty();
        if has_vaults {
            self.withhold_from(&mut memory);
        }
    }
}

impl Bulk {
    /// What the memory keeps of it.
    pub fn into_remembered(self) -> Remembered {
        (self.opened, self.folded)
    }
}
