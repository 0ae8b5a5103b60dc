//! A saved folder in the place of the damaged one, which is kept beside it.

use crate::failure::{Answer, Failure};
use chrono::{DateTime, Utc};
use dossierkluis::store::rename_durably;
use rustix::fs::{CWD, RenameFlags, renameat_with};
use std::path::{Path, PathBuf};

/// A place beside the practice that is not taken.
pub fn beside(folder: &Path, word: &str, now: DateTime<Utc>) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let day = now.format("%Y-%m-%d-%H%M%S");
    folder.with_file_name(format!("{name}.{word}-{day}"))
}

/// Puts the saved folder in place in one step, so that at no moment there is none; gives where the damaged one lies now.
pub fn into_place(folder: &Path, saved: &Path, now: DateTime<Utc>) -> Answer<PathBuf> {
    let failed = |_| Failure::new("io");
    renameat_with(CWD, saved, CWD, folder, RenameFlags::EXCHANGE).map_err(failed)?;
    let kept = beside(folder, "damaged", now);
    rename_durably(saved, &kept).map_err(|_| Failure::new("io"))?;
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn both_folders_are_there_afterwards() -> std::io::Result<()> {
        let root = tempfile::tempdir()?;
        let (folder, saved) = (root.path().join("practice"), root.path().join("saved"));
        for (path, text) in [(&folder, "damaged"), (&saved, "whole")] {
            fs::create_dir(path)?;
            fs::write(path.join("what"), text)?;
        }
        let Ok(kept) = into_place(&folder, &saved, DateTime::default()) else {
            return Err(std::io::ErrorKind::Other.into());
        };
        assert_eq!(fs::read_to_string(folder.join("what"))?, "whole");
        assert_eq!(fs::read_to_string(kept.join("what"))?, "damaged");
        assert!(!saved.exists());
        Ok(())
    }
}
