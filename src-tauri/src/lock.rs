//! Locking: the open texts first, then the keys, then the window. Each step has its limit; nothing may hold up the next.

use crate::{event, files, state::Shell, window};
use std::time::Duration;
use tauri::{AppHandle, Manager, async_runtime};

/// How long the page has to hand over its open texts.
const HAND_OVER: Duration = Duration::from_millis(150);
/// How long the end of the program waits for the core. Whoever shuts a computer down waits longer than this.
const EXIT: Duration = Duration::from_secs(20);
/// How long the window waits for the core. The keys are on their way out by then; the page must go regardless.
const CLOSE: Duration = Duration::from_millis(800);

/// Begins to lock, and returns at once: the page that asked will not be there to hear the end.
pub fn start(app: &AppHandle) {
    let app = app.clone();
    async_runtime::spawn(async move { now(&app).await });
}

/// Locks. A second call while one runs does nothing; so does one while nothing is open.
pub async fn now(app: &AppHandle) {
    let shell = app.state::<Shell>();
    if !shell.begin_lock() {
        return;
    }
    close(app, CLOSE).await;
    tracing::info!("locked");
    if window::replace(app).is_err() {
        tracing::error!("the window could not be replaced");
        app.exit(1);
    }
}

/// Locks, and puts a restored practice that waits in the place of the present one. Returns at once, as the lock does.
pub fn and_swap(app: &AppHandle) {
    let app = app.clone();
    async_runtime::spawn(async move {
        let shell = app.state::<Shell>();
        if !shell.begin_lock() {
            return;
        }
        close(&app, EXIT).await;
        let swapped = shell.swap_restored().await;
        if window::replace(&app).is_err() {
            app.exit(1);
        }
        if let Err(failure) = swapped {
            tracing::error!(
                code = failure.code,
                "the restored practice could not be put in place"
            );
            event::trouble(&app, failure);
        }
    });
}

/// Whoever closes the window waits for the backup that is due, unless it is asked again.
pub async fn on_close(app: &AppHandle) {
    let shell = app.state::<Shell>();
    if shell.begin_closing() {
        crate::backup::before_closing(app).await;
    } else {
        shell.task.cancel();
    }
    and_exit(app).await;
}

/// Closes the session and ends the program: an open text survives this too, and so does what is being written.
pub async fn and_exit(app: &AppHandle) {
    let shell = app.state::<Shell>();
    if shell.begin_lock() {
        close(app, EXIT).await;
    } else if tokio::time::timeout(EXIT, shell.at_rest()).await.is_err() {
        tracing::warn!("something is still being written");
    }
    app.exit(0);
}

async fn close(app: &AppHandle, limit: Duration) {
    event::locking(app);
    files::dismiss(app);
    tokio::time::sleep(HAND_OVER).await;
    let closing = async_runtime::spawn({
        let app = app.clone();
        async move { app.state::<Shell>().close_practice().await }
    });
    if tokio::time::timeout(limit, closing).await.is_err() {
        tracing::warn!("the practice is still closing");
    }
}
