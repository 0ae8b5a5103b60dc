//! Copies of the keyring beside it, written whenever it is: a disk loses a file, not three at once.
//!
//! They say what the keyring says, or nothing. An older one would make a former password work again.

use super::{KeyringFile, StoreError, write_durably};
use std::{fs, path::Path, time::UNIX_EPOCH};

/// The copies, inside the practice folder.
pub const COPIES: [&str; 2] = ["keyring.copy-1.json", "keyring.copy-2.json"];

/// Makes every copy say this. One that cannot be written goes.
pub(super) fn refresh(folder: &Path, bytes: &[u8]) {
    for name in COPIES {
        let path = folder.join(name);
        if let Err(error) = write_durably(&path, bytes) {
            tracing::warn!(%error, "a copy of the keyring could not be written");
            let _ = fs::remove_file(path);
        }
    }
}

/// Every copy that can be read whole, and when it was written, in ms.
pub(super) fn sound(folder: &Path) -> Vec<(KeyringFile, i64)> {
    let read = |name: &&str| {
        let path = folder.join(name);
        let file = KeyringFile::parse(&fs::read(&path).ok()?).ok()?;
        Some((file, written(&path)))
    };
    COPIES.iter().filter_map(read).collect()
}

/// When the newest sound copy was written, in ms; `None` where there is none.
pub fn newest(folder: &Path) -> Option<i64> {
    let newest = sound(folder)
        .into_iter()
        .max_by_key(|(copy, _)| copy.revision());
    newest.map(|(_, written)| written)
}

/// Makes copies that are behind or missing say what the keyring says: a change was cut off, or an older program wrote it.
pub fn catch_up(folder: &Path) -> Result<(), StoreError> {
    let bytes = fs::read(folder.join(super::KEYRING))?;
    let differs = |name: &str| fs::read(folder.join(name)).ok().as_ref() != Some(&bytes);
    if COPIES.iter().any(|name| differs(name)) {
        refresh(folder, &bytes);
    }
    Ok(())
}

fn written(path: &Path) -> i64 {
    let since = fs::metadata(path)
        .and_then(|found| found.modified())
        .ok()
        .and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}
