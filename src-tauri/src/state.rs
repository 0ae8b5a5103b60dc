//! What the window's process keeps: the practice, locked or open, and what belongs to the open session.

use crate::{
    args::Args,
    dto::Language,
    failure::{Answer, Failure, id},
    folders::Folders,
    handed::HandedOver,
    idle::Idle,
    outside::Outside,
    task::{Looks, Task},
    unsealed::Unsealed,
    window::Windows,
};
use dossierkluis::{
    practice::{Locked, Practice, RecoverySheet, ShareSheet, Stopper, system_clock},
    transfer::{backup::swap_in, table::Table},
};
use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

/// Managed by tauri; there is one.
pub struct Shell {
    #[cfg_attr(
        not(feature = "e2e"),
        allow(dead_code, reason = "all else is for tests")
    )]
    pub args: Args,
    pub folders: Folders,
    pub windows: Windows,
    pub idle: Idle,
    pub task: Task,
    pub looks: Looks,
    pub unsealed: Unsealed,
    pub outside: Outside,
    /// Commands read; signing in and locking write. A waiting lock lets no further command in.
    hold: RwLock<Hold>,
    locking: AtomicBool,
    closing: AtomicBool,
    stopper: Mutex<Stopper>,
    small: Mutex<Small>,
}

/// The practice is in exactly one of these.
pub enum Hold {
    /// No practice in the folder, or a step that failed on the way.
    Nothing,
    Locked(Locked),
    Open(Box<Practice>),
}

/// The little that is worth remembering beside it.
#[derive(Default)]
pub struct Small {
    /// The demonstration is open in place of the practice, until the program ends.
    pub demo: bool,
    /// That of whoever was signed in last.
    pub language: Option<Language>,
    /// The file that is being imported.
    pub table: Option<Arc<Table>>,
    /// The file that was chosen or dropped to become a document.
    pub picked: Option<PathBuf>,
    /// The backup that was picked to be tried or put back.
    pub backup: Option<PathBuf>,
    /// Until it is confirmed, so that it can be saved.
    pub sheet: Option<RecoverySheet>,
    /// Until they are given out, so that they can be saved.
    pub shares: Vec<ShareSheet>,
    /// The form that the computer was handed over with. While it is there nothing else can be asked for.
    pub handed: Option<HandedOver>,
}

impl Shell {
    pub fn new(args: Args, folders: Folders, windows: Windows) -> Self {
        Self {
            args,
            folders,
            windows,
            idle: Idle::default(),
            task: Task::default(),
            looks: Looks::default(),
            unsealed: Unsealed::default(),
            outside: Outside::default(),
            hold: RwLock::new(Hold::Nothing),
            locking: AtomicBool::new(false),
            closing: AtomicBool::new(false),
            stopper: Mutex::default(),
            small: Mutex::default(),
        }
    }

    /// The open practice, for as long as one command needs it.
    pub async fn practice(&self) -> Answer<RwLockReadGuard<'_, Practice>> {
        let hold = self.hold.read().await;
        RwLockReadGuard::try_map(hold, |hold| match hold {
            Hold::Open(practice) => Some(&**practice),
            Hold::Nothing | Hold::Locked(_) => None,
        })
        .map_err(|_| Failure::locked())
    }

    /// The practice as it is, to change it from one state to the other. Takes the folder when nobody has it yet.
    pub async fn hold(&self) -> Answer<RwLockWriteGuard<'_, Hold>> {
        let mut hold = self.hold.write().await;
        let folder = self.folder();
        if matches!(*hold, Hold::Nothing) && Locked::exists(&folder) {
            *hold = Hold::Locked(Locked::open(&folder, system_clock(), &workstation())?);
        }
        Ok(hold)
    }

    /// The folder that is in use.
    pub fn folder(&self) -> PathBuf {
        if self.small().demo {
            self.folders.demo.clone()
        } else {
            self.folders.practice.clone()
        }
    }

    pub fn small(&self) -> MutexGuard<'_, Small> {
        self.small.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this call is the one that locks: something is open, and no other call is at it.
    pub fn begin_lock(&self) -> bool {
        self.idle.is_running() && !self.locking.swap(true, Ordering::AcqRel)
    }

    /// Whether this is the first time that the window is asked to close: the second time nothing is waited for.
    pub fn begin_closing(&self) -> bool {
        !self.closing.swap(true, Ordering::AcqRel)
    }

    /// Puts the restored practice that waits in the place of the one that was just closed.
    pub async fn swap_restored(&self) -> Answer<()> {
        let mut hold = self.hold.write().await;
        // Lets go of the folder.
        *hold = Hold::Nothing;
        swap_in(&self.folder(), system_clock()())?;
        Ok(())
    }

    /// Stops what runs, seals the open texts, and lets the core give up its keys.
    pub async fn close_practice(&self) {
        // Without asking for the practice: the asking would wait for what is to be stopped.
        self.task.cancel();
        self.stopper().stop();
        let mut hold = self.hold.write().await;
        if let Hold::Open(practice) = std::mem::replace(&mut *hold, Hold::Nothing) {
            self.seal(&practice).await;
            match practice.lock().await {
                Ok(locked) => *hold = Hold::Locked(locked),
                // The keys are gone all the same; the folder is taken again at the next look.
                Err(error) => tracing::warn!(
                    code = Failure::from(error).code,
                    "the practice closed with a failure"
                ),
            }
        }
        self.forget();
        self.locking.store(false, Ordering::Release);
    }

    /// Keeps what stops the practice that is open now.
    pub fn keep_stopper(&self, practice: &Practice) {
        *self.stopper() = practice.stopper();
    }

    fn stopper(&self) -> MutexGuard<'_, Stopper> {
        self.stopper.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until no command and no lock is under way.
    pub async fn at_rest(&self) {
        drop(self.hold.write().await);
    }

    /// What was remembered of the session. A text that came too late to be sealed must not wait for whoever comes next.
    fn forget(&self) {
        drop(self.unsealed.take_all());
        let mut small = self.small();
        (small.sheet, small.table, small.picked) = (None, None, None);
        small.backup = None;
        small.shares = Vec::new();
        small.handed = None;
        drop(small);
        self.outside.close_all();
        self.idle.stop();
    }

    async fn seal(&self, practice: &Practice) {
        for ((dossier, field), text) in self.unsealed.take_all() {
            let Ok(dossier) = id(&dossier) else { continue };
            if practice.keep_draft(dossier, &field, &text).await.is_err() {
                tracing::warn!("an open text could not be kept");
            }
        }
    }
}

/// The name of this computer, for the log.
pub fn workstation() -> String {
    rustix::system::uname()
        .nodename()
        .to_string_lossy()
        .into_owned()
}
