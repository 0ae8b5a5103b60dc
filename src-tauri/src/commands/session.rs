//! Sign-in, lock and what belongs to the person signed in.

use crate::{failure::Answer, idle::Now, lock, state::Shell};
use tauri::{AppHandle, State};

/// Locks now. The page is replaced, so there is nobody to answer to.
#[tauri::command]
#[specta::specta]
pub async fn lock(app: AppHandle) -> Answer<()> {
    lock::start(&app);
    Ok(())
}

/// Real input only (isTrusted), at most once a second. Answers when it will lock, in milliseconds since 1970.
#[tauri::command]
#[specta::specta]
pub async fn touch(shell: State<'_, Shell>) -> Answer<i64> {
    shell.idle.touch(Now::read());
    Ok(shell.idle.lock_at())
}
