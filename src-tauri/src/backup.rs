//! The backups of the plan: while the program runs, and when it closes. What is due is decided in the core.

use crate::{commands::transfer::telling, event, failure::Failure, state::Shell};
use dossierkluis::{error::Error, practice::Practice, transfer::backup::finish_swap};
use std::{path::Path, sync::Arc, time::Duration};
use tauri::{AppHandle, Manager, async_runtime};

/// How often it is asked whether one is due.
const LOOK: Duration = Duration::from_secs(60);

/// Beside everything else, and silent: it is told when it is done.
pub fn watch(app: AppHandle) {
    async_runtime::spawn(async move {
        let mut minute = tokio::time::interval(LOOK);
        loop {
            minute.tick().await;
            look(&app).await;
        }
    });
}

async fn look(app: &AppHandle) {
    let shell = app.state::<Shell>();
    let Ok(practice) = shell.practice().await else {
        return;
    };
    if !matches!(practice.backup_is_due(false).await, Ok(true)) {
        return;
    }
    // Not the task of the window, which somebody may be waiting for and may cancel.
    let made = practice.back_up_as_planned(&|_| (), &Arc::default()).await;
    tell(app, made.map(|_| ()));
}

/// Makes the backup that is due at closing, with progress for the page, until it is cancelled.
pub async fn before_closing(app: &AppHandle) {
    let shell = app.state::<Shell>();
    let Ok(practice) = shell.practice().await else {
        return;
    };
    if matches!(practice.backup_is_due(true).await, Ok(true)) {
        event::closing(app);
        tell(app, make(app, &practice).await);
    }
}

async fn make(app: &AppHandle, practice: &Practice) -> Result<(), Error> {
    let shell = app.state::<Shell>();
    shell.task.begin();
    let flag = shell.task.cancel_flag();
    practice.back_up_as_planned(&telling(app), flag).await?;
    Ok(())
}

fn tell(app: &AppHandle, made: Result<(), Error>) {
    event::backups(app);
    match made {
        Ok(()) | Err(Error::Cancelled | Error::Export("busy")) => {}
        Err(error) => {
            let code = Failure::from(error).code;
            tracing::warn!(code, "a backup could not be made");
        }
    }
}

/// At the start: a restore that a power cut stopped between its two steps is ended.
pub fn end_restore(folder: &Path) {
    if let Err(error) = finish_swap(folder) {
        let code = Failure::from(error).code;
        tracing::warn!(code, "a restore could not be ended");
    }
}
