//! Reading documents: each reading is in the log.

use super::link::read_link;
use crate::{
    access::Home,
    audit::EventKind,
    catalogue::{Level, Shape},
    crypto::{Key, open_file, sealed_length},
    dossier::{EntryContent, FileRef, Progress},
    error::Error,
    ids::{ChangeId, EntryId, FileId},
    session::Practice,
    store::{self, StoreError, dossier::DossierRow, files},
};
use std::{fs::File, io::Write, path::Path};
use zeroize::Zeroizing;

/// A document for showing: the whole of it, in memory.
pub struct Shown {
    /// Its content.
    pub bytes: Zeroizing<Vec<u8>>,
    /// Its media type.
    pub media: String,
    /// Its name.
    pub name: String,
}

/// The most that is shown inside the window.
const SHOWN: u64 = 100 * 1024 * 1024;

impl Practice {
    /// A document, or an earlier version of it, for showing. Logged.
    pub async fn show_document(
        &self,
        id: EntryId,
        version: Option<ChangeId>,
    ) -> Result<Shown, Error> {
        let (file, shut) = self.file_to_read(id, version).await?;
        let size = match &*file.path {
            "" => file.size,
            path => std::fs::metadata(path).map_err(StoreError::from)?.len(),
        };
        if size > SHOWN {
            return Err(Error::refused("document", "too_large_to_show"));
        }
        let mut bytes = Zeroizing::new(Vec::with_capacity(
            usize::try_from(size).unwrap_or_default(),
        ));
        self.open_sealed(&file, &mut *bytes, (&|_| (), &|| shut(self)))?;
        Ok(Shown {
            bytes,
            media: file.media.clone(),
            name: file.name.clone(),
        })
    }

    /// Writes a document to a file outside, where it is not protected any more. Logged. The file is whole or not
    /// there.
    pub async fn save_document(
        &self,
        id: EntryId,
        version: Option<ChangeId>,
        path: &Path,
        progress: &(dyn Fn(Progress) + Sync),
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<(), Error> {
        self.refuse_own_folder(path)?;
        let (file, shut) = self.file_to_read(id, version).await?;
        let stop = || shut(self) || cancelled();
        tokio::task::block_in_place(|| {
            let mut aside = store::aside_of(path)?;
            self.open_sealed(&file, &mut aside, (progress, &stop))?;
            Ok(store::put_in_place(aside, path)?)
        })
    }

    /// The row of a document's dossier, and the document: its entry list and its content with the key of the file.
    pub(crate) async fn document(
        &self,
        id: EntryId,
    ) -> Result<(DossierRow, (String, EntryContent)), Error> {
        let (row, entry) = self.entry_row(id).await?;
        let shape = crate::catalogue::field(&entry.field).and_then(|def| def.shape());
        if shape != Some(Shape::Document) {
            return Err(Error::NotFound);
        }
        let content = self.open_entry(&row, &entry.field, &entry)?;
        Ok((row, (entry.field, content)))
    }

    /// What a change of a document must state.
    pub async fn document_revision(&self, id: EntryId) -> Result<i64, Error> {
        Ok(self.entry_row(id).await?.1.revision)
    }

    async fn file_to_read(
        &self,
        id: EntryId,
        version: Option<ChangeId>,
    ) -> Result<(FileRef, impl Fn(&Self) -> bool), Error> {
        let (row, (field, content)) = self.document(id).await?;
        let content = match version {
            Some(version) => self.former_content(&row, &field, id, version).await?,
            None => content,
        };
        let file = content.file.clone().ok_or(Error::NotFound)?;
        refuse_away(&file)?;
        self.log_now(
            self.event(EventKind::DocumentRead)
                .about(row.id)
                .part(&field)
                .object(id),
        )
        .await?;
        let home = row.home();
        // Whatever is being read ends when its vault closes.
        let shut = move |practice: &Self| practice.is_shut(home, &field);
        Ok((file.into_inner(), shut))
    }

    /// Whether what was being read may not be read any more.
    pub(super) fn is_shut(&self, home: Home, field: &str) -> bool {
        self.rights().decide(home, field, Level::View).is_err()
    }

    /// Refuses where this user may not read a document as things are now: what is about to be handed out of a vault is not, once
    /// that has closed.
    pub async fn refuse_unless_readable(&self, id: EntryId) -> Result<(), Error> {
        self.document(id).await.map(|_| ())
    }

    /// Opens a sealed file, or reads a linked one, into something; what was written before an error is to be thrown away. Where
    /// there is much of it this takes its time on a thread of its own.
    pub(crate) fn open_sealed(
        &self,
        file: &FileRef,
        output: &mut (impl Write + Send),
        (progress, cancelled): (&dyn Fn(Progress), &dyn Fn() -> bool),
    ) -> Result<(), Error> {
        refuse_away(file)?;
        let total = usize::try_from(file.size).unwrap_or(usize::MAX);
        let stop = self.stopper();
        let mut watch = |done: u64| {
            progress(Progress {
                task: "document",
                done: usize::try_from(done).unwrap_or(usize::MAX),
                total,
            });
            !stop.is_stopped() && !cancelled()
        };
        tokio::task::block_in_place(|| {
            if file.path.is_empty() {
                self.unseal(file, output, &mut watch)
            } else {
                let mut take = |part: &[u8]| output.write_all(part).map_err(StoreError::from);
                read_link(Path::new(&file.path), &mut take, &mut watch).map(|_| ())
            }
        })
    }

    fn unseal(
        &self,
        file: &FileRef,
        output: &mut (impl Write + Send),
        watch: &mut dyn FnMut(u64) -> bool,
    ) -> Result<(), Error> {
        let damaged = || Error::Store(StoreError::Damaged("document"));
        let id: FileId = file.id.parse().map_err(|_| damaged())?;
        let mut sealed = File::open(files::path(&self.folder, id)).map_err(|error| {
            if error.kind() == std::io::ErrorKind::NotFound {
                damaged()
            } else {
                Error::Store(error.into())
            }
        })?;
        let found = sealed.metadata().map_err(|_| damaged())?;
        let length = sealed_length(file.size);
        if !found.is_file() || found.len() != length {
            return Err(damaged());
        }
        let key = Key::from_hex(&file.key)?;
        open_file(&key, id.as_bytes(), length, &mut sealed, output, watch)?;
        Ok(())
    }
}

/// A link of another firm leads to nothing of this one, or to what whoever made the package wants to be read.
fn refuse_away(file: &FileRef) -> Result<(), Error> {
    if file.away {
        Err(Error::refused("document", "link_away"))
    } else {
        Ok(())
    }
}
