//! The sealed files of documents, in a folder beside the database: a database page by page is no place for two gigabytes.
//! A file is whole when its row is committed; what has no row is swept away at the next opening.

use super::{
    StoreError,
    folder::{Aside, sync_folder},
};
use crate::ids::FileId;
use std::{
    collections::HashSet,
    fs::{self, File},
    path::{Path, PathBuf},
};

/// Begins the name of a file that is being sealed.
const ASIDE: &str = ".aside-";
/// The folder, inside that of the practice.
pub const DOCUMENTS: &str = "documents";

/// Where a sealed file lies.
pub fn path(practice: &Path, id: FileId) -> PathBuf {
    practice.join(DOCUMENTS).join(id.to_string())
}

/// A place for a file that is being sealed; it goes when it is dropped.
pub fn aside(practice: &Path) -> Result<Aside, StoreError> {
    let folder = practice.join(DOCUMENTS);
    if !folder.exists() {
        make_private(&folder)?;
        sync_folder(practice)?;
    }
    let file = tempfile::Builder::new().prefix(ASIDE).tempfile_in(folder)?;
    Ok(Aside::new(file))
}

/// Puts a sealed file in its place, durably.
pub fn keep(practice: &Path, id: FileId, aside: Aside) -> Result<(), StoreError> {
    aside
        .whole()?
        .persist_noclobber(path(practice, id))
        .map_err(|error| error.error)?;
    sync_folder(&practice.join(DOCUMENTS))
}

/// Removes sealed files whose rows are gone. Their keys went with the rows; what a disk still holds of them opens with
/// nothing.
pub fn remove(practice: &Path, ids: &[FileId]) -> Result<(), StoreError> {
    for id in ids {
        let path = path(practice, *id);
        match fs::symlink_metadata(&path) {
            // Not where a link leads.
            Ok(found) if found.is_file() => File::options().write(true).open(&path)?.set_len(0)?,
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error.into()),
        }
        fs::remove_file(path)?;
    }
    Ok(())
}

/// Removes sealed files that have no row, whole or half: an adding or a removal that was cut off. What else somebody put in
/// the folder is left alone.
pub fn sweep(practice: &Path, known: &HashSet<FileId>) -> Result<(), StoreError> {
    let folder = practice.join(DOCUMENTS);
    if !folder.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_str().unwrap_or_default();
        let unknown = name.parse().is_ok_and(|id| !known.contains(&id));
        if (unknown || name.starts_with(ASIDE)) && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
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
