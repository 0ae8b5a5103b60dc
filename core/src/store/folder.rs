//! The practice folder: one process at a time, and files that are replaced whole or not at all.

use super::{DATABASE, KEYRING, LOCK, StoreError};
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{
        ErrorKind::{DirectoryNotEmpty, InvalidInput, NotFound, Unsupported},
        Write,
    },
    path::Path,
    sync::mpsc::{SyncSender, sync_channel},
    thread::JoinHandle,
    time::Duration,
};
use tempfile::{NamedTempFile, TempDir};

/// A program that is just ending, or a child that it is just starting, has the lock a moment longer.
const TRIES: u32 = 50;
const PAUSE: Duration = Duration::from_millis(20);
/// How the name of a folder begins that is not whole yet.
const PART: &str = ".dossierkluis-part-";

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

/// A folder beside a path, to be put in its place when it is whole; dropping it leaves nothing behind, and what a crash left
/// goes when the next one is made. For its owner alone: what lies in it is encrypted, but nobody else has any business with it.
pub struct FolderAside {
    folder: TempDir,
    /// Tells others that somebody is at work in it. Windows cannot lock a folder, and leftovers stay there.
    _busy: Option<File>,
}

impl FolderAside {
    /// Makes one beside a path where nothing is yet or an empty folder, and the folder around it where there is none.
    pub fn of(path: &Path) -> Result<Self, StoreError> {
        refuse_occupied(path)?;
        let around = folder_of(path);
        if is_part(path) || is_within_practice(around)? {
            return Err(StoreError::Occupied);
        }
        fs::create_dir_all(around)?;
        // Once more: a way through a folder that was not there yet leads elsewhere now.
        if is_within_practice(around)? {
            return Err(StoreError::Occupied);
        }
        for left in fs::read_dir(around)?.flatten() {
            // Not through a link, and nothing that only looks like one of ours.
            let folder = left.file_type().is_ok_and(|kind| kind.is_dir());
            if folder && is_part(&left.path()) && busy(&left.path()).is_some() {
                // What cannot be removed is no reason not to begin.
                let _ = fs::remove_dir_all(left.path());
            }
        }
        #[allow(unused_mut, reason = "other systems have no modes")]
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = builder.prefix(PART).tempdir_in(around)?;
        let busy = busy(folder.path());
        Ok(Self {
            folder,
            _busy: busy,
        })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Puts all of it in its place, where nothing is or an empty folder, durably.
    pub fn put_in_place(self, path: &Path) -> Result<(), StoreError> {
        let part = self.path().to_owned();
        self.put_part_in_place(&part, path)
    }

    /// Puts a folder that lies in it in its place, and forgets the rest.
    pub fn put_part_in_place(self, part: &Path, path: &Path) -> Result<(), StoreError> {
        match fs::remove_dir(path) {
            Err(error) if error.kind() == DirectoryNotEmpty => return Err(StoreError::Occupied),
            Err(error) if error.kind() != NotFound => return Err(error.into()),
            _ => {}
        }
        for within in fs::read_dir(part)?.flatten() {
            if within.path().is_dir() {
                sync_folder(&within.path())?;
            }
        }
        sync_folder(part)?;
        rename_durably(part, path)
    }
}

/// Refuses a place where something is: all but nothing and an empty folder.
pub fn refuse_occupied(folder: &Path) -> Result<(), StoreError> {
    match fs::read_dir(folder).map(|mut found| found.next().is_some()) {
        Ok(true) => Err(StoreError::Occupied),
        Ok(false) => Ok(()),
        Err(error) if error.kind() == NotFound => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Whether a folder, which need not be there yet, lies in a practice: with that one it would be moved or destroyed.
fn is_within_practice(folder: &Path) -> Result<bool, StoreError> {
    let there = folder.ancestors().find(|one| one.exists());
    let there = there.unwrap_or(Path::new(".")).canonicalize()?;
    // Also one whose keyring was lost.
    let is_practice = |one: &Path| one.join(KEYRING).exists() || one.join(DATABASE).exists();
    Ok(there.ancestors().any(is_practice))
}

/// Whether this is a name that the program gives to a folder that is not whole yet.
fn is_part(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.strip_prefix(PART).is_some_and(is_random)
}

/// What makes a temporary name unlike every other (`tempfile`): six letters or digits.
pub(super) fn is_random(text: &str) -> bool {
    text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Held by whoever works in a folder; none while somebody else does.
fn busy(folder: &Path) -> Option<File> {
    let file = File::open(folder).ok()?;
    file.try_lock().ok()?;
    Some(file)
}

/// Gives a file or folder another name beside it.
pub fn rename_durably(from: &Path, to: &Path) -> Result<(), StoreError> {
    fs::rename(from, to)?;
    sync_folder(folder_of(to))
}

/// The folder that a path lies in.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Bytes after which the disk is told to begin.
const EARLY: usize = 16 << 20;

/// Bytes handed to the system at once: for two mebibytes and more Linux looks for as much memory in one piece, which was found to
/// make writing eight times slower where there was none.
const AT_ONCE: usize = 512 << 10;

/// A temporary beside a path, for [`put_in_place`]; dropping it leaves nothing behind. The disk begins while there is more
/// to come, so that at the end only the last of a large file is waited for.
pub struct Aside {
    file: NamedTempFile,
    since: usize,
    disk: Option<Disk>,
}

/// Brings a file to the disk beside the writing of it.
struct Disk {
    nudge: SyncSender<()>,
    thread: JoinHandle<std::io::Result<()>>,
}

impl Disk {
    fn start(file: File) -> Self {
        let (nudge, nudged) = sync_channel(1);
        let thread = std::thread::spawn(move || nudged.iter().try_for_each(|()| file.sync_data()));
        Self { nudge, thread }
    }
}

impl Aside {
    /// A temporary with a name of its own.
    pub fn new(file: NamedTempFile) -> Self {
        Self {
            file,
            since: 0,
            disk: None,
        }
    }

    /// Bytes written so far.
    pub fn length(&self) -> Result<u64, StoreError> {
        Ok(self.file.as_file().metadata()?.len())
    }

    /// Where it lies until it is put in its place.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Makes what was written durable.
    pub fn settle(&mut self) -> Result<(), StoreError> {
        if let Some(Disk { nudge, thread }) = self.disk.take() {
            drop(nudge);
            // The system tells an error of writing once, so maybe there and not here.
            thread
                .join()
                .map_err(|_| StoreError::Io(std::io::ErrorKind::Other))??;
        }
        Ok(self.file.as_file().sync_all()?)
    }

    /// The file, durable.
    pub(super) fn whole(mut self) -> Result<NamedTempFile, StoreError> {
        self.settle()?;
        Ok(self.file)
    }
}

impl Write for Aside {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(&bytes[..bytes.len().min(AT_ONCE)])?;
        self.since += written;
        if self.since >= EARLY {
            self.since = 0;
            if self.disk.is_none() {
                self.disk = Some(Disk::start(self.file.as_file().try_clone()?));
            }
            // Where it is still busy it gets to this later, or ended with an error that is told at the end.
            let _ = self.disk.as_ref().map(|disk| disk.nudge.try_send(()));
        }
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

/// A temporary beside a path, for [`put_in_place`]. Refused where a folder is, before anything is said to be done.
pub fn aside_of(path: &Path) -> Result<Aside, StoreError> {
    if path.is_dir() {
        return Err(std::io::Error::from(std::io::ErrorKind::IsADirectory).into());
    }
    Ok(Aside::new(NamedTempFile::new_in(folder_of(path))?))
}

/// Puts a file that is written whole in its place, replacing what is there, durably.
pub fn put_in_place(aside: Aside, path: &Path) -> Result<(), StoreError> {
    aside.whole()?.persist(path).map_err(|error| error.error)?;
    sync_folder(folder_of(path))
}

/// Writes a file whole: a temporary beside it, fsync, rename, fsync of the folder. Readable by its owner alone.
pub fn write_durably(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let mut aside = aside_of(path)?;
    aside.write_all(bytes)?;
    put_in_place(aside, path)
}

/// Makes a rename or a new file in the folder durable.
pub(super) fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    // Windows cannot open a folder as a file, and its renames are durable by themselves.
    if cfg!(unix) {
        match File::open(folder)?.sync_all() {
            // Some network file systems know no such thing.
            Err(error) if matches!(error.kind(), InvalidInput | Unsupported) => {}
            done => done?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let found = fs::read_dir(folder).unwrap().flatten();
        found
            .map(|one| one.file_name().to_string_lossy().into_owned())
            .collect()
    }

    #[test]
    fn a_folder_is_whole_or_not_there() {
        let around = tempfile::tempdir().unwrap();
        let place = around.path().join("praktijk");
        let aside = FolderAside::of(&place).unwrap();
        fs::write(aside.path().join("iets"), "half").unwrap();
        drop(aside);
        assert!(names(around.path()).is_empty());
        let aside = FolderAside::of(&place).unwrap();
        fs::create_dir(&place).unwrap();
        fs::write(aside.path().join("iets"), "heel").unwrap();
        aside.put_in_place(&place).unwrap();
        assert_eq!(names(around.path()), ["praktijk"]);
        let late = place.with_extension("laat");
        let aside = FolderAside::of(&late).unwrap();
        let refused = aside.put_in_place(&place);
        assert!(matches!(refused, Err(StoreError::Occupied)));
        assert!(matches!(FolderAside::of(&place), Err(StoreError::Occupied)));
        assert_eq!(fs::read(place.join("iets")).unwrap(), b"heel");
        assert_eq!(names(around.path()), ["praktijk"]);
    }

    #[cfg(unix)]
    #[test]
    fn what_a_crash_left_goes_and_what_is_at_work_stays() {
        let around = tempfile::tempdir().unwrap();
        let place = around.path().join("praktijk");
        let left = around.path().join(format!("{PART}dood12"));
        fs::create_dir_all(left.join("documents")).unwrap();
        fs::write(left.join("practice.db"), "half").unwrap();
        // Not ours, whatever they are called.
        let strange = [format!("{PART}mijn-map"), format!("{PART}lang-12")]
            .map(|name| around.path().join(name));
        strange
            .iter()
            .for_each(|path| fs::create_dir(path).unwrap());
        let (elsewhere, link) = (
            tempfile::tempdir().unwrap(),
            around.path().join(format!("{PART}naar12")),
        );
        std::os::unix::fs::symlink(elsewhere.path(), &link).unwrap();
        let first = FolderAside::of(&place).unwrap();
        assert!(!left.exists());
        assert!(elsewhere.path().exists() && strange.iter().all(|path| path.exists()));
        assert!(
            FolderAside::of(&left).is_err(),
            "a practice of that name would go one day"
        );
        let second = FolderAside::of(&place).unwrap();
        assert!(first.path().exists() && second.path().exists());
    }
}
