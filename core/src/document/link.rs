//! Documents that stay where they are, on this PC or on the network.

use super::{NewDocument, keep::refuse_whole_id, media};
use crate::{
    catalogue::Level,
    crypto::hex,
    dossier::{FileRef, Rare, Saved},
    error::Error,
    ids::{DossierId, EntryId},
    session::Practice,
    store::StoreError,
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::{fs::File, io::Read, path::Path};

/// How a linked file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// As it was when it was linked.
    Unchanged,
    /// There, with another content.
    Changed,
    /// Not there, or the place cannot be reached.
    Missing,
    /// At the firm from which the dossier came; not looked for.
    Away,
}

impl Practice {
    /// Links a file where it lies. It is not protected there; the program only watches whether it changes. `cancelled` breaks the
    /// reading of it off.
    pub async fn link_document(
        &self,
        dossier: DossierId,
        field: &str,
        new: &NewDocument,
        path: &Path,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<EntryId, Error> {
        let row = self.dossier_row(dossier).await?;
        self.permit(row.home(), field, Level::Edit)?;
        refuse_whole_id(field, &new.content(FileRef::default()))?;
        let file = self.look_at_new(path, cancelled)?;
        let (id, _) = self
            .add_any_entry(dossier, field, EntryId::make(), new.content(file), None)
            .await?;
        Ok(id)
    }

    /// Links a linked document to where its file lies now. `revision` is what the writer saw.
    pub async fn relink_document(
        &self,
        id: EntryId,
        path: &Path,
        revision: i64,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<Saved, Error> {
        let (row, (field, mut content)) = self.document(id).await?;
        self.permit(row.home(), &field, Level::Edit)?;
        let former = content.file.take().filter(|file| !file.path.is_empty());
        let former = former.ok_or(Error::NotFound)?.into_inner();
        content.file = Some(Rare::from(FileRef {
            redacted: former.redacted,
            ground: former.ground,
            ..self.look_at_new(path, cancelled)?
        }));
        self.edit_any_entry(id, content, revision, None).await
    }

    /// A file that is to be linked, as it is now.
    fn look_at_new(
        &self,
        path: &Path,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<FileRef, Error> {
        let path = path.canonicalize().map_err(StoreError::from)?;
        if path.to_str().is_none() {
            return Err(Error::refused("document", "form"));
        }
        self.refuse_own_folder(&path)?;
        let stopped = || self.is_stopping() || cancelled();
        tokio::task::block_in_place(|| look_at(&path, &stopped))
    }

    /// Looks whether a linked file is still there and unchanged. That reads the whole of it; the lock, its vault's closing and
    /// `cancelled` break it off.
    pub async fn link_state(
        &self,
        id: EntryId,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<LinkState, Error> {
        let (row, (field, content)) = self.document(id).await?;
        let file = content.file.as_ref().ok_or(Error::NotFound)?;
        if file.path.is_empty() {
            return Err(Error::NotFound);
        }
        if file.away {
            return Ok(LinkState::Away);
        }
        let stopped = || self.is_stopping() || cancelled() || self.is_shut(row.home(), &field);
        let now = tokio::task::block_in_place(|| look_at(Path::new(&file.path), &stopped));
        match now {
            Ok(now) if now.size == file.size && now.sha256 == file.sha256 => {
                Ok(LinkState::Unchanged)
            }
            Ok(_) => Ok(LinkState::Changed),
            Err(Error::Cancelled) => Err(Error::Cancelled),
            Err(_) => Ok(LinkState::Missing),
        }
    }
}

/// Reads a linked file where it lies, part by part. `watch` hears how many bytes there were, and says whether to go on.
pub(super) fn read_link(
    path: &Path,
    take: &mut dyn FnMut(&[u8]) -> Result<(), StoreError>,
    watch: &mut dyn FnMut(u64) -> bool,
) -> Result<u64, Error> {
    // What is no file may never end, or never begin.
    if !std::fs::metadata(path).map_err(StoreError::from)?.is_file() {
        return Err(Error::Store(StoreError::Io(std::io::ErrorKind::NotFound)));
    }
    let mut input = File::open(path).map_err(StoreError::from)?;
    let (mut buffer, mut done) = (vec![0; 1 << 20], 0_u64);
    loop {
        let read = input.read(&mut buffer).map_err(StoreError::from)?;
        if read == 0 {
            return Ok(done);
        }
        take(&buffer[..read])?;
        done += read as u64;
        if !watch(done) {
            return Err(Error::Cancelled);
        }
    }
}

fn look_at(path: &Path, stopped: &dyn Fn() -> bool) -> Result<FileRef, Error> {
    let (mut hash, mut head) = (Sha256::new(), Vec::new());
    let mut take = |part: &[u8]| {
        if head.is_empty() {
            head.extend_from_slice(&part[..part.len().min(512)]);
        }
        hash.update(part);
        Ok(())
    };
    let size = read_link(path, &mut take, &mut |_| !stopped())?;
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    Ok(FileRef {
        name: name.unwrap_or_default(),
        media: media(&head).to_owned(),
        size,
        sha256: hex(&hash.finalize()),
        path: path.to_string_lossy().into_owned(),
        ..FileRef::default()
    })
}
