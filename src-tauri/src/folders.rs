//! Where things lie: the practice on disk, and what the web view insists on writing, in memory.

use rustix::fs::statfs;
use std::{
    env, fs, io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// Begins the name of every directory that this program makes in memory; the process id follows.
const PREFIX: &str = "dossierkluis-web-";
/// The file system types of statfs(2) that live in memory.
const MEMORY: [u64; 2] = [0x0102_1994, 0x8584_58f6];

/// The folder of the practice and, beside the usual one, that of the demonstration.
#[derive(Clone, Debug)]
pub struct Folders {
    pub practice: PathBuf,
    pub demo: PathBuf,
}

impl Folders {
    /// `data` is the user's data directory (`$XDG_DATA_HOME`). A demonstration never lies beside a practice elsewhere.
    pub fn new(given: Option<PathBuf>, data: &Path) -> Self {
        let usual = data.join("dossierkluis");
        Self {
            practice: given.unwrap_or_else(|| usual.join("practice")),
            demo: usual.join("demo"),
        }
    }
}

/// A directory for the web view that never reaches a disk, for this user alone. It goes when the program ends.
pub fn web_data() -> io::Result<TempDir> {
    let base = memory().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
    sweep(&base);
    in_memory()
}

/// A directory that never reaches a disk, for this user alone. It goes when it is dropped, or at the next start.
pub fn in_memory() -> io::Result<TempDir> {
    let base = memory().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
    tempfile::Builder::new()
        .prefix(&format!("{PREFIX}{}-", std::process::id()))
        .permissions(fs::Permissions::from_mode(0o700))
        .tempdir_in(base)
}

fn memory() -> Option<PathBuf> {
    let own = env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    own.into_iter()
        .chain([PathBuf::from("/dev/shm")])
        .find(|path| is_memory(path))
}

fn is_memory(path: &Path) -> bool {
    // The width and sign of f_type differ between architectures.
    #[allow(
        clippy::cast_sign_loss,
        clippy::unnecessary_cast,
        clippy::cast_possible_truncation
    )]
    statfs(path).is_ok_and(|found| MEMORY.contains(&(found.f_type as u32 as u64)))
}

/// Takes away what a killed process left. Failing at it is no reason not to start.
fn sweep(base: &Path) {
    for entry in fs::read_dir(base).into_iter().flatten().flatten() {
        if owner(&entry.file_name().to_string_lossy())
            .is_some_and(|id| !Path::new("/proc").join(id).exists())
        {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// The process id in a directory name of ours.
fn owner(name: &str) -> Option<String> {
    let (id, _) = name.strip_prefix(PREFIX)?.split_once('-')?;
    id.parse::<u32>().ok().map(|id| id.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_folder_leaves_the_demonstration_where_it_was() {
        let folders = Folders::new(Some("/elsewhere".into()), Path::new("/data"));
        assert_eq!(folders.practice, Path::new("/elsewhere"));
        assert_eq!(folders.demo, Path::new("/data/dossierkluis/demo"));
    }

    #[test]
    fn only_our_own_names_have_an_owner() {
        assert_eq!(owner("dossierkluis-web-12-abc"), Some("12".into()));
        assert_eq!(owner("dossierkluis-web-../../etc-abc"), None);
        assert_eq!(owner("something-else"), None);
    }

    #[test]
    fn what_was_left_goes_and_what_lives_stays() -> io::Result<()> {
        let base = tempfile::tempdir()?;
        let (dead, alive) = (
            format!("{PREFIX}999999999-a"),
            format!("{PREFIX}{}-a", std::process::id()),
        );
        for name in [&dead, &alive] {
            fs::create_dir(base.path().join(name))?;
        }
        sweep(base.path());
        assert!(!base.path().join(dead).exists());
        assert!(base.path().join(alive).exists());
        Ok(())
    }
}
