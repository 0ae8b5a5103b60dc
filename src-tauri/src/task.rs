//! The one long task of the window: an import, an export. It can be cancelled, and the lock cancels it.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Shared with the running task.
#[derive(Clone, Debug, Default)]
pub struct Task(Arc<AtomicBool>);

impl Task {
    /// A fresh start: an earlier cancel is not meant for this task.
    pub fn begin(&self) {
        self.0.store(false, Ordering::Relaxed);
    }

    /// For a task that looks for itself.
    pub fn cancel_flag(&self) -> &Arc<AtomicBool> {
        &self.0
    }

    /// Asks the task to stop.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
