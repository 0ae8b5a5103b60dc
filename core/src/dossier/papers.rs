//! Documents as entries: what the room of documents needs of the story.

use super::{
    Saved, content::EntryContent, edit::refuse_binned, read::kind_field, story::refuse_health,
};
use crate::{
    catalogue::{self, Shape},
    error::Error,
    ids::{ChangeId, DossierId, EntryId},
    keys::Spot,
    session::Practice,
    store::{self, document::FileRow, dossier::DossierRow, files},
};
use uuid::Uuid;

impl Practice {
    /// Adds a document to the story, with the row of its sealed file.
    pub(crate) async fn put_document(
        &self,
        dossier: DossierId,
        field: &str,
        id: EntryId,
        content: EntryContent,
        file: Option<FileRow>,
    ) -> Result<EntryId, Error> {
        let (id, _) = self
            .add_any_entry(dossier, field, id, content, file.as_ref())
            .await?;
        Ok(id)
    }

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

    /// Changes a document, with the row of its new version.
    pub(crate) async fn change_document(
        &self,
        id: EntryId,
        content: EntryContent,
        revision: i64,
        file: Option<FileRow>,
    ) -> Result<Saved, Error> {
        self.edit_any_entry(id, content, revision, file.as_ref())
            .await
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
        let sealed = store::document::of_entry(write.conn(), id).await?;
        store::entry::erase(write.conn(), id).await?;
        store::dossier::touch(write.conn(), row.id, self.now()).await?;
        let event = self.event(crate::audit::EventKind::EntryErased);
        let event = event.about(row.id).part(&entry.field).object(id);
        self.log(&mut write, event).await?;
        write.commit().await?;
        self.memory_mut().remove_entry(id);
        files::remove(&self.folder, &sealed)?;
        Ok(self.store.fold_log().await?)
    }
}

/// What comes out of a document: never the key of its file.
pub(super) fn without_key(field: &str, content: EntryContent) -> EntryContent {
    let mut content = content;
    let shape = catalogue::field(field).and_then(catalogue::FieldDef::shape);
    if let (Some(Shape::Document), Some(file)) = (shape, &mut content.file) {
        zeroize::Zeroize::zeroize(&mut file.key);
    }
    content
}
