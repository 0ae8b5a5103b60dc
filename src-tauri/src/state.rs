//! What the window's process keeps: the practice, locked or open, and what belongs to the open session.

use crate::{
    args::Args,
    failure::{Answer, Failure},
    folders::Folders,
    idle::Idle,
    practice::{Locked, Practice},
    task::Task,
    unsealed::Unsealed,
    window::Windows,
};
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::{RwLock, RwLockReadGuard};

/// Managed by tauri; there is one.
pub struct Shell {
    pub args: Args,
    pub folders: Folders,
    pub windows: Windows,
    pub idle: Idle,
    pub task: Task,
    pub unsealed: Unsealed,
    /// Commands read; signing in and locking write. A waiting lock lets no further command in.
    hold: RwLock<Hold>,
    locking: AtomicBool,
}

/// The practice is in exactly one of these.
pub enum Hold {
    /// No practice in the folder, or a step that failed on the way.
    Nothing,
    Locked(Locked),
    Open(Box<Practice>),
}

impl Shell {
    pub fn new(args: Args, folders: Folders, windows: Windows) -> Self {
        Self {
            args,
            folders,
            windows,
            idle: Idle::default(),
            task: Task::default(),
            unsealed: Unsealed::default(),
            hold: RwLock::new(Hold::Nothing),
            locking: AtomicBool::new(false),
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

    /// Whether this call is the one that locks: something is open, and no other call is at it.
    pub fn begin_lock(&self) -> bool {
        self.idle.is_running() && !self.locking.swap(true, Ordering::AcqRel)
    }

    /// Stops what runs, seals the open texts, and lets the core give up its keys.
    pub async fn close_practice(&self) {
        if let Ok(practice) = self.practice().await {
            self.task.cancel();
            practice.stop();
        }
        let mut hold = self.hold.write().await;
        if let Hold::Open(practice) = std::mem::replace(&mut *hold, Hold::Nothing) {
            self.seal(&practice).await;
            *hold = Hold::Locked(practice.lock().await);
        }
        self.locking.store(false, Ordering::Release);
    }

    async fn seal(&self, practice: &Practice) {
        for ((dossier, field), text) in self.unsealed.take_all() {
            if practice.keep_draft(&dossier, &field, &text).await.is_err() {
                tracing::warn!("an open text could not be kept");
            }
        }
    }
}
