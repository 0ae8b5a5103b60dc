//! Documents that stay where they are, on this PC or on the network.

use super::{
    NewDocument,
    keep::{hex, refuse_whole_id},
    media,
};
use crate::{
    catalogue::Level,
    dossier::FileRef,
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
}

impl Practice {
    /// Links a file where it lies. It is not protected there; the program only watches whether it changes.
    pub async fn link_document(
        &self,
        dossier: DossierId,
        field: &str,
        new: &NewDocument,
        path: &Path,
    ) -> Result<EntryId, Error> {
        let row = self.dossier_row(dossier).await?;
        self.permit(row.home(), field, Level::Edit)?;
        refuse_whole_id(field, new)?;
        let path = path.canonicalize().map_err(StoreError::from)?;
        if path.to_str().is_none() {
            return Err(Error::refused("document", "form"));
        }
        self.refuse_own_folder(&path)?;
        let file = blocking({
            let path = path.clone();
            move || look_at(&path)
        })
        .await?;
        let (id, _) = self
            .add_any_entry(dossier, field, EntryId::make(), new.content(file), None)
            .await?;
        Ok(id)
    }

    /// Looks whether a linked file is still there and unchanged.
    pub async fn link_state(&self, id: EntryId) -> Result<LinkState, Error> {
        let (_, (_, content)) = self.document(id).await?;
        let file = content.file.as_ref().ok_or(Error::NotFound)?;
        if file.path.is_empty() {
            return Err(Error::NotFound);
        }
        let path = file.path.clone();
        let now = blocking(move || look_at(Path::new(&path))).await;
        Ok(match now {
            Ok(now) if now.size == file.size && now.sha256 == file.sha256 => LinkState::Unchanged,
            Ok(_) => LinkState::Changed,
            Err(_) => LinkState::Missing,
        })
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, Error> {
    Ok(tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| Error::Cancelled)??)
}

fn look_at(path: &Path) -> Result<FileRef, StoreError> {
    let mut file = File::open(path)?;
    let (mut hash, mut size, mut head) = (Sha256::new(), 0_u64, Vec::new());
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = file.read(&mut buffer)?;
        let part = &buffer[..read];
        if head.is_empty() {
            head.extend_from_slice(&part[..part.len().min(512)]);
        }
        hash.update(part);
        size += read as u64;
        if read == 0 {
            break;
        }
    }
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
