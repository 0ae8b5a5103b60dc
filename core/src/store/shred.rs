//! Destroying a practice folder. The keys go first, so that whatever a disk keeps of the rest opens with nothing.

use super::{
    DATABASE, FolderLock, KEYRING, LOCK, StoreError,
    copies::COPIES,
    erasure::LEDGER,
    files::DOCUMENTS,
    folder::{is_random, sync_folder},
};
use crate::{crypto::hex, ids::FileId};
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File},
    io::{Read, Write},
    path::{Path, PathBuf},
};

/// Written at once.
const PIECE: usize = 1 << 16;

/// What was destroyed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shredded {
    /// Files.
    pub files: u64,
    /// Bytes in them.
    pub bytes: u64,
    /// SHA-256 over the content of all files, in the order in which they went.
    pub sha256: String,
    /// Files that are none of the program's, and were left alone.
    pub left: u64,
}

/// Overwrites and removes every file of the practice, and then the folder where nothing else is in it.
pub fn shred(folder: &Path, lock: FolderLock) -> Result<Shredded, StoreError> {
    let (mut done, mut digest) = (Shredded::default(), Sha256::new());
    let (files, left) = listed(folder)?;
    for path in files {
        let size = destroy(&path, &mut digest)?;
        (done.files, done.bytes) = (done.files + 1, done.bytes + size);
    }
    done.sha256 = hex(&digest.finalize());
    done.left = left;
    drop(lock);
    let _ = fs::remove_file(folder.join(LOCK));
    sync_folder(folder)?;
    if left == 0 {
        let _ = fs::remove_dir(folder.join(DOCUMENTS));
        // Somebody may stand in it; it is empty all the same.
        let _ = fs::remove_dir(folder);
    }
    Ok(done)
}

/// The files of the practice, the keys first and then the database, and the number of all others.
fn listed(folder: &Path) -> Result<(Vec<PathBuf>, u64), StoreError> {
    let (mut ours, mut left) = (Vec::new(), 0);
    let mut places = vec![(folder.to_owned(), false)];
    while let Some((place, documents)) = places.pop() {
        let Ok(entries) = fs::read_dir(&place) else {
            continue;
        };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let known = if documents { is_document } else { is_ours };
            let kind = entry.file_type()?;
            if kind.is_file() && known(&name) {
                ours.push(entry.path());
            } else if kind.is_dir() && name == DOCUMENTS && !documents {
                // Not where it is a link: that leads to what is somebody else's.
                places.push((entry.path(), true));
            } else if name != LOCK {
                left += 1;
            }
        }
    }
    ours.sort_by_key(|path| (rank(path), path.clone()));
    Ok((ours, left))
}

fn is_ours(name: &str) -> bool {
    name == LEDGER
        || is_left_aside(name)
        || (name != LOCK
            && ["practice.", "keyring."]
                .iter()
                .any(|ours| name.starts_with(ours)))
}

/// Whether a sealed file of a document is called so.
fn is_document(name: &str) -> bool {
    is_left_aside(name)
        || name
            .parse::<FileId>()
            .is_ok_and(|id| id.to_string() == name)
}

/// What a crash left of a file that was being written.
fn is_left_aside(name: &str) -> bool {
    name.strip_prefix(".tmp").is_some_and(is_random)
}

fn rank(path: &Path) -> u8 {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name == KEYRING || COPIES.contains(&name.as_ref()) {
        0
    } else if name.starts_with(DATABASE) {
        1
    } else {
        2
    }
}

/// Reads a file into the digest, writes zeros over it, and removes it. Gives its length.
fn destroy(path: &Path, digest: &mut Sha256) -> Result<u64, StoreError> {
    let mut file = File::options().read(true).write(true).open(path)?;
    let (mut piece, mut size) = (vec![0; PIECE], 0);
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            break;
        }
        digest.update(piece.get(..read).unwrap_or_default());
        size += read as u64;
    }
    std::io::Seek::rewind(&mut file)?;
    piece.fill(0);
    let mut left = size;
    while left > 0 {
        let now = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
        file.write_all(piece.get(..now).unwrap_or_default())?;
        left -= now as u64;
    }
    file.sync_all()?;
    file.set_len(0)?;
    file.sync_all()?;
    drop(file);
    fs::remove_file(path)?;
    Ok(size)
}
