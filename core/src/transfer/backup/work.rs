//! Where a backup is worked on, and how long work is watched.

use super::pack::Watch;
use crate::{dossier::Progress, error::Error, store::StoreError};
use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

/// The folder, inside that of the practice: what is in it is sealed like everything there.
const PLACE: &str = ".backup";

/// A place for one backup or drill at a time; it goes when it is dropped.
pub(crate) struct Workplace(PathBuf);

impl Workplace {
    /// Takes the place.
    pub fn take(practice: &Path) -> Result<Self, Error> {
        let place = practice.join(PLACE);
        match make_private(&place) {
            Err(StoreError::Io(ErrorKind::AlreadyExists)) => Err(Error::Export("busy")),
            Err(error) => Err(error.into()),
            Ok(()) => Ok(Self(place)),
        }
    }

    /// Makes a folder in it.
    pub fn room(&self, name: &str) -> Result<PathBuf, Error> {
        let room = self.0.join(name);
        make_private(&room)?;
        Ok(room)
    }

    /// Removes what a backup that was cut off left behind; at a sign-in none is being made.
    pub fn sweep(practice: &Path) -> Result<(), StoreError> {
        match fs::remove_dir_all(practice.join(PLACE)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }
}

impl Drop for Workplace {
    fn drop(&mut self) {
        if fs::remove_dir_all(&self.0).is_err() {
            tracing::warn!("the place of a backup is left for the next sign-in");
        }
    }
}

/// Makes a folder for its owner alone.
pub(super) fn make_private(folder: &Path) -> Result<(), StoreError> {
    #[allow(unused_mut, reason = "other systems have no modes")]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    Ok(builder.create(folder)?)
}

/// Who hears how far it is, and what stops it.
#[derive(Clone, Copy)]
pub(crate) struct Ear<'a> {
    /// Hears.
    pub progress: &'a (dyn Fn(Progress) + Sync),
    /// The user stops it.
    pub cancelled: &'a Arc<AtomicBool>,
    /// The lock stops it.
    pub stopping: &'a (dyn Fn() -> bool + Sync),
}

/// Does work that waits for disks on a thread of its own, and tells how far it is. `total` in bytes.
pub(crate) async fn watched<T: Send + 'static>(
    (task, total): (&'static str, u64),
    ear: Ear<'_>,
    work: impl FnOnce(Watch<'_>) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let (done, stop) = (
        Arc::new(AtomicU64::new(0)),
        Arc::new(AtomicBool::new(false)),
    );
    let (counted, stopped) = (Arc::clone(&done), Arc::clone(&stop));
    let mut running = tokio::task::spawn_blocking(move || {
        work(&|more| {
            counted.fetch_add(more, Ordering::Relaxed);
            !stopped.load(Ordering::Relaxed)
        })
    });
    let number = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
    loop {
        match tokio::time::timeout(Duration::from_millis(100), &mut running).await {
            Ok(finished) => return finished.map_err(|_| Error::Cancelled)?,
            Err(_) => (ear.progress)(Progress {
                task,
                done: number(done.load(Ordering::Relaxed).min(total)),
                total: number(total),
            }),
        }
        if ear.cancelled.load(Ordering::Relaxed) || (ear.stopping)() {
            stop.store(true, Ordering::Relaxed);
        }
    }
}
