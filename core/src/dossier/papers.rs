//! Documents as entries: what the room of documents needs of the story.

use super::{content::EntryContent, edit::refuse_binned, read::kind_field, story::refuse_health};
use crate::{
    audit::EventKind,
    catalogue::{self, Shape},
    error::Error,
    ids::{ChangeId, EntryId},
    keys::Spot,
    session::Practice,
    store::{self, Write, dossier::DossierRow, entry::EntryRow, erasure::Erasure, files},
};
use uuid::Uuid;

impl Practice {
    /// Whether a document would be taken in, before the work of sealing it.
    pub(crate) fn check_document(
        &self,
        row: &DossierRow,
        field: &str,
        content: &EntryContent,
    ) -> Result<(), Error> {
        let def = kind_field(&row.kind, field)?;
        self.permit(row.home(), def.id, catalogue::Level::Edit)?;
        refuse_binned(row, def.id)?;
        let content = content.clone().check(def.id, Shape::Document)?;
        refuse_health(&row.kind, def, &content, None)
    }

    /// What a document was before a change.
    pub(crate) async fn former_content(
        &self,
        row: &DossierRow,
        field: &str,
        id: EntryId,
        version: ChangeId,
    ) -> Result<EntryContent, Error> {
        let permit = self.permit(row.home(), field, catalogue::Level::View)?;
        let record = Uuid::from_bytes(*id.as_bytes());
        let mut conn = self.store.read().await?;
        let changes = store::change::of_record(&mut conn, row.id, record, field).await?;
        let change = changes.iter().find(|change| change.id == version);
        let change = change.ok_or(Error::NotFound)?;
        let spot = Spot {
            dossier: row.id,
            salt: &row.salt,
            record: *change.id.as_bytes(),
        };
        let opened = self
            .ring()
            .open(&permit, row.home(), &spot, &change.sealing)?;
        EntryContent::parse(&opened)
    }

    /// Removes an entry for good, with its history, its files and what the log of the database still had of it.
    pub(crate) async fn destroy_entry(&self, id: EntryId) -> Result<(), Error> {
        let (row, entry) = self.entry_row(id).await?;
        let mut write = self.store.write().await?;
        store::dossier::touch(write.conn(), row.id, self.now()).await?;
        self.erase_with_files(write, &row, &entry).await?;
        Ok(self.store.fold_log().await?)
    }

    /// Ends a change with the erasing of an entry: its rows with the only copies of the keys of its files, then the files.
    pub(super) async fn erase_with_files(
        &self,
        mut write: Write<'_>,
        row: &DossierRow,
        entry: &EntryRow,
    ) -> Result<(), Error> {
        let id = entry.id;
        let sealed = store::document::of_entry(write.conn(), id).await?;
        store::entry::erase(write.conn(), id).await?;
        let erasure = Erasure::of_entry(id, self.now());
        store::erasure::note(write.conn(), &erasure).await?;
        let event = self.event(EventKind::EntryErased).about(row.id);
        self.log(&mut write, event.part(&entry.field).object(id))
            .await?;
        write.commit().await?;
        self.memory_mut().remove_entry(id);
        store::erasure::append(&self.folder, &self.store_key, &[erasure])?;
        Ok(files::remove(&self.folder, &sealed)?)
    }
}

/// What was issued stays as it is: an invoice is cancelled by a credit note and not changed.
pub(crate) fn refuse_issued(field: &str) -> Result<(), Error> {
    if field == catalogue::INVOICES {
        Err(Error::refused(field, "issued"))
    } else {
        Ok(())
    }
}

impl Practice {
    /// What comes out of an entry: of a document never the key of its file, of a disclosure no value of a field that this user
    /// may not see.
    pub(crate) fn as_shown(
        &self,
        row: &DossierRow,
        field: &str,
        mut content: EntryContent,
    ) -> EntryContent {
        let shape = catalogue::field(field).and_then(catalogue::FieldDef::shape);
        if let (Some(Shape::Document), Some(file)) = (shape, &mut content.file) {
            zeroize::Zeroize::zeroize(&mut file.key);
        }
        if let Some(disclosure) = &mut content.disclosure {
            for line in &mut disclosure.lines {
                if self
                    .permit(row.home(), &line.field, catalogue::Level::View)
                    .is_err()
                {
                    zeroize::Zeroize::zeroize(&mut line.value);
                }
            }
        }
        content
    }
}
