//! Taking documents in, replacing and destroying them.

use super::media;
use crate::{
    catalogue::{self, Level, Shape},
    crypto::{Key, SealedFile, hex, seal_file, sealed_length},
    dossier::{EntryContent, FileRef, ID_COPY_GROUNDS, Progress, Rare, Saved, refuse_issued},
    error::Error,
    ids::{DossierId, EntryId, FileId},
    session::Practice,
    store::{self, Aside, StoreError, document::FileRow, files},
};
use std::{
    fs::File,
    io::{Cursor, Read},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};
use zeroize::Zeroizing;

/// A document to be taken in.
#[derive(Default)]
pub struct NewDocument {
    /// What it is called; its file name where this is empty.
    pub title: String,
    /// One of the kinds of document; empty for none.
    pub kind: String,
    /// The day that it is about, ISO 8601; empty for none.
    pub on: String,
    /// A note.
    pub text: String,
    /// A copy of an identity document that was blacked out and watermarked.
    pub redacted: bool,
    /// The statutory ground on which a whole copy of an identity document is kept; empty for none.
    pub ground: String,
    /// The writer saw the warning about medical words or a BSN and keeps it all the same.
    pub confirmed: bool,
}

/// Where a document comes from.
pub enum Source {
    /// A file outside, which stays where it is.
    File(PathBuf),
    /// Made inside the program, with this name.
    Bytes(String, Zeroizing<Vec<u8>>),
}

impl Source {
    fn name(&self) -> String {
        match self {
            Self::File(path) => {
                let name = path.file_name().unwrap_or_default();
                name.to_string_lossy().into_owned()
            }
            Self::Bytes(name, _) => name.clone(),
        }
    }

    fn size(&self) -> Result<u64, Error> {
        match self {
            Self::File(path) => Ok(path.metadata().map_err(StoreError::from)?.len()),
            Self::Bytes(_, bytes) => Ok(bytes.len() as u64),
        }
    }

    fn open(self) -> Result<Box<dyn Read>, Error> {
        match self {
            Self::File(path) => Ok(Box::new(File::open(path).map_err(StoreError::from)?)),
            Self::Bytes(_, bytes) => Ok(Box::new(Cursor::new(bytes))),
        }
    }
}

/// A file that lies sealed in its place and is not yet anybody's.
pub(crate) struct Kept {
    /// What the entry says of it.
    pub file: FileRef,
    /// Its row.
    pub row: FileRow,
}

impl Practice {
    /// Takes a file into a dossier, as a document of this entry list. It passes through sealed and in chunks; the original
    /// stays where it is. `cancelled` breaks it off, and nothing remains.
    pub async fn add_document(
        &self,
        dossier: DossierId,
        field: &str,
        new: &NewDocument,
        source: Source,
        progress: &(dyn Fn(Progress) + Sync),
        cancelled: &Arc<AtomicBool>,
    ) -> Result<EntryId, Error> {
        // Before hours of sealing, and again in the change.
        let row = self.dossier_row(dossier).await?;
        let named = FileRef {
            name: source.name(),
            ..FileRef::default()
        };
        let content = new.content(named);
        refuse_whole_id(field, &content)?;
        self.check_document(&row, field, &content)?;
        let id = EntryId::make();
        let kept = self.seal_in(id, source, progress, cancelled).await?;
        let content = new.content(kept.file);
        let file = kept.row.id;
        let done = self
            .add_any_entry(dossier, field, id, content, Some(&kept.row))
            .await
            .map(|(id, _)| id);
        self.keep_or_remove(file, done).await
    }

    /// Puts a new version in the place of a document's file; the former stays in its history. `revision` is what the writer
    /// saw.
    pub async fn replace_document(
        &self,
        id: EntryId,
        source: Source,
        revision: i64,
        progress: &(dyn Fn(Progress) + Sync),
        cancelled: &Arc<AtomicBool>,
    ) -> Result<Saved, Error> {
        let (row, mut content) = self.document(id).await?;
        self.permit(row.home(), &content.0, Level::Edit)?;
        refuse_issued(&content.0)?;
        let former = content.1.file.take().unwrap_or_default().into_inner();
        if content.1.kind.as_deref() == Some(ID_COPY) && former.ground.is_empty() {
            // A copy that was blacked out is not to be exchanged for one that is whole.
            return Err(Error::refused("kind", "id_copy_ground"));
        }
        let kept = self.seal_in(id, source, progress, cancelled).await?;
        let file = kept.row.id;
        content.1.file = Some(Rare::from(FileRef {
            ground: former.ground,
            ..kept.file
        }));
        let done = self
            .edit_any_entry(id, content.1, revision, Some(&kept.row))
            .await;
        self.keep_or_remove(file, done).await
    }

    /// Destroys a document with every version: its rows, with the only copies of their keys, then the sealed files.
    pub async fn destroy_document(&self, id: EntryId) -> Result<(), Error> {
        let (row, content) = self.document(id).await?;
        self.permit(row.home(), &content.0, Level::Edit)?;
        refuse_issued(&content.0)?;
        self.refuse_signed_paper(row.id, id).await?;
        self.destroy_entry(id).await
    }

    /// Removes sealed files that belong to no document: an adding or a removal that was cut off.
    pub(crate) async fn sweep_documents(&self) -> Result<(), Error> {
        let known = store::document::all(&mut *self.store.read().await?).await?;
        Ok(files::sweep(&self.folder, &known.into_iter().collect())?)
    }

    /// Seals a file into its place, beside everything else that goes on.
    pub(crate) async fn seal_in(
        &self,
        entry: EntryId,
        source: Source,
        progress: &(dyn Fn(Progress) + Sync),
        cancelled: &Arc<AtomicBool>,
    ) -> Result<Kept, Error> {
        let name = source.name();
        let total = source.size()?;
        let (done, stop) = (Arc::new(AtomicU64::new(0)), self.stopper());
        let (folder, cancel) = (self.folder.clone(), Arc::clone(cancelled));
        let counted = Arc::clone(&done);
        let mut task = tokio::task::spawn_blocking(move || {
            seal_aside(&folder, &mut *source.open()?, &mut |size| {
                counted.store(size, Ordering::Relaxed);
                !stop.is_stopped() && !cancel.load(Ordering::Relaxed)
            })
        });
        let sealed = loop {
            match tokio::time::timeout(Duration::from_millis(100), &mut task).await {
                Ok(sealed) => break sealed.map_err(|_| Error::Cancelled)??,
                Err(_) => progress(at(done.load(Ordering::Relaxed), total)),
            }
        };
        let kept = sealed.keep(&self.folder, entry, &name)?;
        progress(at(kept.file.size, kept.file.size));
        Ok(kept)
    }

    /// Seals what is read into its place, at once and on this thread: a document that comes in a package.
    pub(crate) fn keep_read(
        &self,
        entry: EntryId,
        name: &str,
        input: &mut dyn Read,
    ) -> Result<Kept, Error> {
        let stop = self.stopper();
        seal_aside(&self.folder, input, &mut |_| !stop.is_stopped())?.keep(
            &self.folder,
            entry,
            name,
        )
    }

    /// A sealed file whose change failed goes again.
    /// Not where its row is there all the same: then only the telling failed.
    pub(crate) async fn keep_or_remove<T>(
        &self,
        file: FileId,
        done: Result<T, Error>,
    ) -> Result<T, Error> {
        if done.is_err()
            && let Ok(mut conn) = self.store.read().await
            && let Ok(false) = store::document::is_known(&mut conn, file).await
            && files::remove(&self.folder, &[file]).is_err()
        {
            tracing::warn!("a sealed file of nobody is left for the next sign-in");
        }
        done
    }
}

const ID_COPY: &str = "id_copy";

/// A copy of an identity document is blacked out and watermarked before it comes in, or rests on a statutory ground; and it lies
/// where few can see it.
pub(crate) fn refuse_whole_id(field: &str, content: &EntryContent) -> Result<(), Error> {
    let shape = catalogue::field(field).and_then(catalogue::FieldDef::shape);
    let file = content.file.as_ref().ok_or(Error::NotFound)?;
    let copy = content.kind.as_deref() == Some(ID_COPY);
    let known = file.ground.is_empty() || ID_COPY_GROUNDS.contains(&file.ground.as_str());
    if shape != Some(Shape::Document) || field == catalogue::INVOICES {
        Err(Error::NotFound)
    } else if !known {
        Err(Error::refused("ground", "choice"))
    } else if copy != (field == "id_documents") {
        Err(Error::refused("kind", "id_copy_place"))
    } else if copy && !file.redacted && file.ground.is_empty() {
        Err(Error::refused("kind", "id_copy_ground"))
    } else {
        Ok(())
    }
}

impl NewDocument {
    /// The content of the entry, with what is said of its file.
    pub(super) fn content(&self, file: FileRef) -> EntryContent {
        let filled = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        EntryContent {
            title: filled(&self.title).or_else(|| filled(&file.name)),
            kind: filled(&self.kind),
            on: filled(&self.on),
            text: self.text.clone(),
            file: Some(Rare::from(FileRef {
                redacted: self.redacted,
                ground: self.ground.clone(),
                ..file
            })),
            confirmed: self.confirmed,
            ..EntryContent::default()
        }
    }
}

/// A file that lies sealed beside its place.
struct Sealed {
    id: FileId,
    aside: Aside,
    key: Key,
    file: SealedFile,
    media: &'static str,
}

/// Seals what is read beside its place. `watch` hears how many bytes are done and says whether to go on.
fn seal_aside(
    practice: &Path,
    input: &mut dyn Read,
    watch: &mut dyn FnMut(u64) -> bool,
) -> Result<Sealed, Error> {
    let mut head = Vec::with_capacity(512);
    (&mut *input)
        .take(512)
        .read_to_end(&mut head)
        .map_err(StoreError::from)?;
    let mut input = head.as_slice().chain(input);
    let mut aside = files::aside(practice)?;
    let (id, key) = (FileId::make(), Key::make()?);
    let file = seal_file(&key, id.as_bytes(), &mut input, &mut aside, watch)?;
    if aside.length()? == sealed_length(file.size) {
        let media = media(&head);
        Ok(Sealed {
            id,
            aside,
            key,
            file,
            media,
        })
    } else {
        Err(Error::Store(StoreError::Damaged("document")))
    }
}

impl Sealed {
    /// Puts it in its place, durably, for this entry.
    fn keep(self, practice: &Path, entry: EntryId, name: &str) -> Result<Kept, Error> {
        files::keep(practice, self.id, self.aside)?;
        let file = FileRef {
            name: name.to_owned(),
            media: self.media.to_owned(),
            size: self.file.size,
            sha256: hex(&self.file.sha256),
            id: self.id.to_string(),
            key: self.key.to_hex(),
            ..FileRef::default()
        };
        let row = FileRow {
            id: self.id,
            entry_id: entry,
        };
        Ok(Kept { file, row })
    }
}

fn at(done: u64, total: u64) -> Progress {
    Progress {
        task: "document",
        done: usize::try_from(done).unwrap_or(usize::MAX),
        total: usize::try_from(total).unwrap_or(usize::MAX),
    }
}
