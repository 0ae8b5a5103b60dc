//! The one long task of the window: an import, an export. It can be cancelled, and the lock cancels it.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
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

/// The linked files that are being looked at, by document: each is stopped by itself, and beside the one long task.
#[derive(Debug, Default)]
pub struct Looks(Mutex<HashMap<String, Task>>);

impl Looks {
    /// Begins to look; a former look at the same document stops.
    pub fn begin(&self, entry: &str) -> Task {
        let task = Task::default();
        if let Some(former) = self.tasks().insert(entry.to_owned(), task.clone()) {
            former.cancel();
        }
        task
    }

    /// Forgets a look that is over, unless another has begun.
    pub fn done(&self, entry: &str, look: &Task) {
        let mut tasks = self.tasks();
        if tasks
            .get(entry)
            .is_some_and(|now| Arc::ptr_eq(&now.0, &look.0))
        {
            tasks.remove(entry);
        }
    }

    /// Stops looking.
    pub fn stop(&self, entry: &str) {
        if let Some(task) = self.tasks().remove(entry) {
            task.cancel();
        }
    }

    fn tasks(&self) -> MutexGuard<'_, HashMap<String, Task>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_that_is_over_does_not_end_the_next_one() {
        let looks = Looks::default();
        let first = looks.begin("een");
        let second = looks.begin("een");
        looks.done("een", &first);
        assert!(first.is_cancelled() && !second.is_cancelled());
        looks.stop("een");
        assert!(second.is_cancelled());
    }
}
