//! The sealed files of documents, in a folder beside the database: a database page by page is no place for two gigabytes.
//! A file is whole when its row is committed; what has no row is swept away at the next opening.

use super::{StoreError, folder::sync_folder};
use crate::ids::FileId;
use std::{
    collections::HashSet,
    fs::{self, File},
    path::{Path, PathBuf},
};
use tempfile::NamedTempFile;

/// The folder, inside that of the practice.
pub const DOCUMENTS: &str = "documents";

/// Where a sealed file lies.
pub fn path(practice: &Path, id: FileId) -> PathBuf {
    practice.join(DOCUMENTS).join(id.to_string())
}

/// A place for a file that is being sealed; it goes when it is dropped.
pub fn aside(practice: &Path) -> Result<NamedTempFile, StoreError> {
    let folder = practice.join(DOCUMENTS);
    if !folder.exists() {
        make_private(&folder)?;
        sync_folder(practice)?;
    }
    Ok(NamedTempFile::new_in(folder)?)
}

/// Puts a sealed file in its place, durably.
pub fn keep(practice: &Path, id: FileId, aside: NamedTempFile) -> Result<(), StoreError> {
    aside.as_file().sync_all()?;
    aside
        .persist_noclobber(path(practice, id))
        .map_err(|error| error.error)?;
    sync_folder(&practice.join(DOCUMENTS))
}

/// Removes sealed files whose rows are gone. Their keys went with the rows; what a disk still holds of them opens with
/// nothing.
pub fn remove(practice: &Path, ids: &[FileId]) -> Result<(), StoreError> {
    for id in ids {
        let path = path(practice, *id);
        match File::options().write(true).open(&path) {
            Ok(file) => file.set_len(0)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error.into()),
        }
        fs::remove_file(path)?;
    }
    Ok(())
}

/// Removes what has no row: an adding or a removal that was cut off. Gives how many.
pub fn sweep(practice: &Path, known: &HashSet<FileId>) -> Result<usize, StoreError> {
    let folder = practice.join(DOCUMENTS);
    if !folder.exists() {
        return Ok(0);
    }
    let mut swept = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let id = name.to_str().and_then(|name| name.parse::<FileId>().ok());
        if id.is_none_or(|id| !known.contains(&id)) {
            fs::remove_file(entry.path())?;
            swept += 1;
        }
    }
    Ok(swept)
}

#[cfg(unix)]
fn make_private(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> std::io::Result<()> {
    fs::create_dir(folder)
}
