//! What the page is told without having asked.

use crate::{
    dto::{Picked, Progress},
    failure::Failure,
};
use tauri::{AppHandle, Emitter};

/// Hand over open texts now: the window goes right after.
pub fn locking(app: &AppHandle) {
    emit(app, "locking", ());
}

/// Seconds until the lock, when nobody touches anything.
pub fn lock_soon(app: &AppHandle, seconds: u64) {
    emit(app, "lock_soon", seconds);
}

/// How far the running task is.
pub fn progress(app: &AppHandle, progress: Progress) {
    emit(app, "progress", progress);
}

/// A vault was opened or closed: what is shown of it is to be read again.
pub fn vaults(app: &AppHandle) {
    emit(app, "vaults", ());
}

/// A backup was made, or tried, or failed.
pub fn backups(app: &AppHandle) {
    emit(app, "backups", ());
}

/// The program closes as soon as the backup is made.
pub fn closing(app: &AppHandle) {
    emit(app, "closing", ());
}

/// A file was dropped on the window and waits like one that was chosen.
pub fn picked(app: &AppHandle, picked: Picked) {
    emit(app, "picked", picked);
}

/// Something went wrong that nobody asked for.
pub fn trouble(app: &AppHandle, failure: Failure) {
    emit(app, "trouble", failure);
}

fn emit<T: serde::Serialize + Clone>(app: &AppHandle, event: &str, payload: T) {
    // A page that is not there (any more) needs no telling.
    let _ = app.emit(event, payload);
}
