//! The practice folder: one process at a time, and files that are replaced whole or not at all.

use super::{LOCK, StoreError};
use std::{
    fs::{File, OpenOptions, TryLockError},
    io::Write,
    path::Path,
    time::Duration,
};
use tempfile::NamedTempFile;

/// A program that is just ending, or a child that it is just starting, has the lock a moment longer.
const TRIES: u32 = 15;
const PAUSE: Duration = Duration::from_millis(20);

/// Held as long as this process has the folder; the operating system releases it when the process ends.
pub struct FolderLock(#[allow(dead_code, reason = "held, not read")] File);

impl FolderLock {
    /// Takes the folder for this process alone.
    pub fn take(folder: &Path) -> Result<Self, StoreError> {
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(folder.join(LOCK))?;
        for _ in 0..TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(Self(file)),
                Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
        }
        Err(StoreError::InUse)
    }
}

/// For its owner alone: what lies in it is encrypted, but nobody else has any business with it.
pub fn private_folder() -> tempfile::Builder<'static, 'static> {
    #[allow(unused_mut, reason = "other systems have no modes")]
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder
}

/// The folder that a path lies in.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A temporary beside a path, for [`put_in_place`]; dropping it leaves nothing behind.
pub fn aside_of(path: &Path) -> Result<NamedTempFile, StoreError> {
    Ok(NamedTempFile::new_in(folder_of(path))?)
}

/// Puts a file that is written whole in its place, replacing what is there.
pub fn put_in_place(file: NamedTempFile, path: &Path) -> Result<(), StoreError> {
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Writes a file whole: a temporary beside it, fsync, rename, fsync of the folder. Readable by its owner alone.
pub fn write_durably(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let folder = path.parent().ok_or(StoreError::Missing)?;
    let mut temporary = NamedTempFile::new_in(folder)?;
    temporary.write_all(bytes)?;
    put_in_place(temporary, path)?;
    sync_folder(folder)
}

/// Makes a rename or a new file in the folder durable.
pub(super) fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    // Windows cannot open a folder as a file, and its renames are durable by themselves.
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
