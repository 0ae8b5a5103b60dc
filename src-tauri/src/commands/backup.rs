//! Backups: making them, trying them, and putting them back.

use crate::{
    commands::transfer::telling,
    dto::{
        BackupInfo, BackupPlan, BackupState, Backups, DrillInfo, PickedBackup, kilobytes,
        maybe_moment,
    },
    event,
    failure::{Answer, Failure},
    files, lock,
    state::{Hold, Shell},
};
use dossierkluis::{
    crypto::{Opener, Passphrase},
    error::Error,
    practice::{Practice, backup_opener},
    transfer::backup::{moment_of, restore},
};
use std::path::{Path, PathBuf};
use tauri::{AppHandle, Manager, State};
use zeroize::Zeroizing;

/// How backups stand; everybody may know.
#[tauri::command]
#[specta::specta]
pub async fn backup_state(shell: State<'_, Shell>) -> Answer<BackupState> {
    let practice = shell.practice().await?;
    standing(&practice).await
}

async fn standing(practice: &Practice) -> Answer<BackupState> {
    let state = practice.backup_state().await?;
    let (standing, has_key) = (
        practice.backup_standing().await?,
        practice.has_backup_key().await?,
    );
    Ok(BackupState::new(standing, has_key, &state))
}

#[tauri::command]
#[specta::specta]
pub async fn backups(shell: State<'_, Shell>) -> Answer<Backups> {
    let practice = shell.practice().await?;
    let state = practice.backup_state().await?;
    Ok(Backups {
        state: standing(&practice).await?,
        plan: practice.backup_plan().await?.into(),
        last: state.last().map(BackupInfo::from),
        drill: state.drill.as_ref().map(DrillInfo::from),
        there: practice
            .backups_there()
            .await?
            .iter()
            .map(BackupInfo::from)
            .collect(),
    })
}

#[tauri::command]
#[specta::specta]
pub async fn save_backup_plan(shell: State<'_, Shell>, plan: BackupPlan) -> Answer<()> {
    Ok(shell
        .practice()
        .await?
        .save_backup_plan(&plan.into())
        .await?)
}

/// Folder dialog; null when cancelled.
#[tauri::command]
#[specta::specta]
pub async fn choose_backup_folder(app: AppHandle) -> Answer<Option<String>> {
    let shell = app.state::<Shell>();
    drop(shell.practice().await?);
    let folder = files::choose_folder(&app).await;
    Ok(folder.map(|path| path.to_string_lossy().into_owned()))
}

/// The next one of the plan. Progress events; throws "cancelled".
#[tauri::command]
#[specta::specta]
pub async fn make_backup(app: AppHandle) -> Answer<BackupInfo> {
    let shell = app.state::<Shell>();
    let practice = shell.practice().await?;
    shell.task.begin();
    let made = practice
        .back_up_as_planned(&telling(&app), shell.task.cancel_flag())
        .await;
    event::backups(&app);
    Ok(BackupInfo::from(&made?))
}

/// One of the list, by its name, for a drill or a restore.
#[tauri::command]
#[specta::specta]
pub async fn pick_backup(shell: State<'_, Shell>, name: String) -> Answer<PickedBackup> {
    let there = shell.practice().await?.backups_there().await?;
    let path = there.into_iter().map(|backup| PathBuf::from(backup.path));
    let path = path.into_iter().find(|path| path.ends_with(&name));
    picked(&shell, path.ok_or_else(|| Failure::new("not_found"))?).await
}

/// File dialog; null when cancelled. Also where there is no practice yet.
#[tauri::command]
#[specta::specta]
pub async fn choose_backup(app: AppHandle) -> Answer<Option<PickedBackup>> {
    match files::choose(&app, &["age"]).await {
        Some(path) => picked(&app.state::<Shell>(), path).await.map(Some),
        None => Ok(None),
    }
}

async fn picked(shell: &Shell, path: PathBuf) -> Answer<PickedBackup> {
    let found = std::fs::metadata(&path).map_err(|_| Failure::new("io"))?;
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let at = moment_of(&name);
    let loss = match (at, shell.practice().await) {
        (Some(at), Ok(practice)) => Some(practice.changes_since(at).await?.into()),
        _ => None,
    };
    shell.small().backup = Some(path);
    Ok(PickedBackup {
        name,
        at: at.and_then(maybe_moment),
        size: kilobytes(found.len()),
        loss,
    })
}

/// Tries to restore the backup that was picked, with the code on a sheet or its password. Progress events.
#[tauri::command]
#[specta::specta]
pub async fn drill_backup(app: AppHandle, secret: String, is_password: bool) -> Answer<DrillInfo> {
    let (secret, shell) = (Zeroizing::new(secret), app.state::<Shell>());
    let (practice, path) = (shell.practice().await?, waiting(&shell)?);
    shell.task.begin();
    let drill = practice
        .drill(
            &path,
            opener(&secret, is_password)?,
            &telling(&app),
            shell.task.cancel_flag(),
        )
        .await
        .map_err(of_backup)?;
    event::backups(&app);
    Ok(DrillInfo::from(&drill))
}

/// Puts the backup that was picked in the place of the present practice, which is locked first and kept beside it. Where
/// there is none yet, it is simply put there; the answer is whether the page is to look again.
#[tauri::command]
#[specta::specta]
pub async fn restore_backup(app: AppHandle, secret: String, is_password: bool) -> Answer<bool> {
    let (secret, shell) = (Zeroizing::new(secret), app.state::<Shell>());
    let (path, with) = (waiting(&shell)?, opener(&secret, is_password)?);
    shell.task.begin();
    if let Ok(practice) = shell.practice().await {
        practice
            .prepare_restore(&path, with, &telling(&app), shell.task.cancel_flag())
            .await
            .map_err(of_backup)?;
        drop(practice);
        lock::and_swap(&app);
        return Ok(false);
    }
    restore_first(&app, &path, with).await?;
    shell.small().backup = None;
    Ok(true)
}

/// On a new machine.
async fn restore_first(app: &AppHandle, path: &Path, with: Opener) -> Answer<()> {
    let shell = app.state::<Shell>();
    let hold = shell.hold().await?;
    if !matches!(*hold, Hold::Nothing) {
        return Err(Failure::new("busy"));
    }
    let folder = shell.folder();
    restore(
        path,
        &folder,
        with,
        None,
        &telling(app),
        shell.task.cancel_flag(),
    )
    .await
    .map_err(of_backup)?;
    Ok(())
}

fn waiting(shell: &Shell) -> Answer<PathBuf> {
    let path = shell.small().backup.clone();
    path.ok_or_else(|| Failure::new("not_found"))
}

fn opener(secret: &str, is_password: bool) -> Answer<Opener> {
    if is_password {
        Ok(Opener::Password(Passphrase::new(secret)))
    } else {
        backup_opener(secret).map_err(of_backup)
    }
}

/// It is the code, or the password of the backup, that does not fit.
fn of_backup(error: Error) -> Failure {
    match error {
        Error::WrongPassword => Failure::new("wrong_backup_key"),
        other => other.into(),
    }
}
