//! A practice folder out of a backup; never over a present one.

use super::{
    Manifest, unpack,
    work::{Ear, watched},
};
use crate::{
    crypto::Opener,
    dossier::Progress,
    error::Error,
    store::{
        FolderAside, FolderLock, KEYRING, KeyringFile, StoreError,
        erasure::{self, LEDGER},
        refuse_occupied, rename_durably,
    },
};
use chrono::{DateTime, Utc};
use std::{
    ffi::OsString,
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicBool},
};

/// Makes a practice of a backup in a new or empty folder. Where there is a present practice, what was erased in it since is
/// erased again at the first sign-in, before anybody sees anything; who was shut out of it stays shut out, and
/// people keep the passwords that they have now.
pub async fn restore(
    backup: &Path,
    folder: &Path,
    with: Opener,
    present: Option<&Path>,
    progress: &(dyn Fn(Progress) + Sync),
    cancelled: &Arc<AtomicBool>,
) -> Result<Manifest, Error> {
    if let Some(present) = present {
        refuse_absent(present)?;
    }
    let aside = FolderAside::of(folder)?;
    let ear = Ear {
        progress,
        cancelled,
        stopping: &|| false,
    };
    let total = fs::metadata(backup).map_err(StoreError::from)?.len();
    let (from, into) = (backup.to_owned(), aside.path().to_owned());
    let manifest = watched(("restore", total), ear, move |watch| {
        unpack(&from, &with, &into, true, watch)
    })
    .await?;
    carry_over(present, aside.path())?;
    aside.put_in_place(folder)?;
    Ok(manifest)
}

/// What is said to be the present practice must be one, or what was erased would come back unnoticed.
fn refuse_absent(present: &Path) -> Result<(), StoreError> {
    if present.join(KEYRING).exists() || present.join(LEDGER).exists() {
        Ok(())
    } else {
        Err(StoreError::Io(ErrorKind::NotFound))
    }
}

/// Takes over what must not come undone.
fn carry_over(present: Option<&Path>, restored: &Path) -> Result<(), Error> {
    let mut keyring = KeyringFile::read(restored)?;
    let Some(present) = present else {
        return Ok(());
    };
    erasure::carry_over(present, restored)?;
    // A present keyring that is damaged may be the very reason to restore.
    let Ok(now) = KeyringFile::read(present) else {
        return Ok(());
    };
    if now.practice != keyring.practice {
        return Err(Error::refused("present", "another_practice"));
    }
    keyring.carry_over(&now);
    Ok(keyring.write(restored)?)
}

/// Where a restored practice waits beside the present one.
pub fn waiting_place(folder: &Path) -> PathBuf {
    with_ending(folder, ".restoring")
}

/// Puts the restored practice that waits in the place of the present one, which is kept beside it under a name with this
/// moment. Gives where. Nobody may have the present one open.
pub fn swap_in(folder: &Path, now: DateTime<Utc>) -> Result<PathBuf, Error> {
    let waiting = waiting_place(folder);
    KeyringFile::read(&waiting)?;
    let kept = with_ending(folder, &now.format("-%Y-%m-%dT%H%M%SZ").to_string());
    refuse_occupied(&kept)?;
    // Not while somebody works in it; let go before it moves, which some systems want.
    drop(FolderLock::take(folder)?);
    rename_durably(folder, &kept)?;
    rename_durably(&waiting, folder)?;
    Ok(kept)
}

/// After a start: ends a change of places that was cut off between its two steps, and removes what waits and was never put in
/// place; the backup that it came from is still there. What is no practice was put there by somebody else, and stays.
pub fn finish_swap(folder: &Path) -> Result<(), Error> {
    let waiting = waiting_place(folder);
    let waits = match KeyringFile::read(&waiting) {
        Err(StoreError::Missing) => return Ok(()),
        read => read?,
    };
    if folder.exists() {
        if KeyringFile::read(folder).is_ok_and(|present| present.practice != waits.practice) {
            return Ok(());
        }
        // Out of its place first: what a removal that is cut off leaves is swept as what was never whole.
        let aside = FolderAside::of(&with_ending(folder, ".weg"))?;
        rename_durably(&waiting, &aside.path().join("weg"))?;
    } else {
        rename_durably(&waiting, folder)?;
    }
    Ok(())
}

fn with_ending(folder: &Path, ending: &str) -> PathBuf {
    let mut name: OsString = folder.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    folder.with_file_name(name)
}
