//! Vaults: opening, closing, and everything about them.

use super::transfer::telling;
use crate::{
    dto::{NewVault, RecoverySheet, VaultInfo, number},
    event,
    failure::{Answer, Failure, id},
    files,
    state::Shell,
};
use dossierkluis::{crypto::WorkFactor, ids::CircleId, vault as core};
use tauri::{AppHandle, Manager, State, async_runtime};
use zeroize::Zeroizing;

/// The vaults that this person may try to open.
#[tauri::command]
#[specta::specta]
pub async fn vaults(shell: State<'_, Shell>) -> Answer<Vec<VaultInfo>> {
    let practice = shell.practice().await?;
    let left = practice.open_vaults_left();
    let closes = |id: CircleId| left.iter().find(|(open, _)| *open == id).map(|(_, s)| *s);
    let vaults = practice.vaults().await?.into_iter();
    Ok(vaults
        .map(|info| {
            let closes = closes(info.id);
            VaultInfo::new(info, closes)
        })
        .collect())
}

/// Makes a vault, which is then open, and gives its recovery sheet: to be saved with save_recovery_sheet.
#[tauri::command]
#[specta::specta]
pub async fn found_vault(app: AppHandle, vault: NewVault) -> Answer<RecoverySheet> {
    let shell = app.state::<Shell>();
    let password = Zeroizing::new(vault.password);
    let members: Vec<_> = vault
        .members
        .iter()
        .map(|user| id(user))
        .collect::<Answer<_>>()?;
    let practice = shell.practice().await?;
    let new = core::NewVault {
        name: &vault.name,
        password: &password,
        members: &members,
        medical: vault.medical,
        minutes: vault.minutes,
    };
    let (_, sheet) = practice.found_vault(&new).await?;
    let shown = RecoverySheet::from(&sheet);
    shell.small().sheet = Some(sheet);
    event::vaults(&app);
    Ok(shown)
}

/// Throws wrong_password, throttled.
#[tauri::command]
#[specta::specta]
pub async fn open_vault(app: AppHandle, vault: String, password: String) -> Answer<()> {
    let shell = app.state::<Shell>();
    let password = Zeroizing::new(password);
    let opened = shell
        .practice()
        .await?
        .open_vault(id(&vault)?, &password)
        .await;
    // Also where something in it is damaged: the rest is open.
    event::vaults(&app);
    opened?;
    catch_up(&app);
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub async fn close_vault(app: AppHandle, vault: String) -> Answer<()> {
    let shell = app.state::<Shell>();
    let closed = shell.practice().await?.close_vault(id(&vault)?).await;
    // It is closed, also where that could not be logged.
    shell.outside.close_all();
    event::vaults(&app);
    Ok(closed?)
}

#[tauri::command]
#[specta::specta]
pub async fn change_vault_password(
    app: AppHandle,
    vault: String,
    old: String,
    next: String,
) -> Answer<()> {
    let (old, next) = (Zeroizing::new(old), Zeroizing::new(next));
    let shell = app.state::<Shell>();
    let practice = shell.practice().await?;
    practice
        .change_vault_password(id(&vault)?, &old, &next)
        .await?;
    event::vaults(&app);
    Ok(())
}

/// A new recovery sheet for a vault; the former stops working. To be saved with save_recovery_sheet.
#[tauri::command]
#[specta::specta]
pub async fn new_vault_sheet(
    shell: State<'_, Shell>,
    vault: String,
    password: String,
) -> Answer<RecoverySheet> {
    let password = Zeroizing::new(password);
    let practice = shell.practice().await?;
    let sheet = practice.new_vault_sheet(id(&vault)?, &password).await?;
    let shown = RecoverySheet::from(&sheet);
    shell.small().sheet = Some(sheet);
    Ok(shown)
}

/// Opens a vault with the code of its recovery sheet and puts it under a new password.
#[tauri::command]
#[specta::specta]
pub async fn recover_vault(
    app: AppHandle,
    vault: String,
    code: String,
    next: String,
) -> Answer<()> {
    let (code, next) = (Zeroizing::new(code), Zeroizing::new(next));
    let shell = app.state::<Shell>();
    let practice = shell.practice().await?;
    practice.recover_vault(id(&vault)?, &code, &next).await?;
    event::vaults(&app);
    Ok(())
}

/// A new key, and everything sealed again. Progress events with task "rekey".
#[tauri::command]
#[specta::specta]
pub async fn rekey_vault(app: AppHandle, vault: String, password: String) -> Answer<()> {
    let shell = app.state::<Shell>();
    let password = Zeroizing::new(password);
    let practice = shell.practice().await?;
    shell.task.begin();
    practice
        .rekey_vault(id(&vault)?, &password, &telling(&app), &|| {
            shell.task.is_cancelled()
        })
        .await?;
    event::vaults(&app);
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub async fn set_vault_member(
    shell: State<'_, Shell>,
    vault: String,
    user: String,
    member: bool,
) -> Answer<()> {
    let practice = shell.practice().await?;
    let (vault, user) = (id(&vault)?, id(&user)?);
    if member {
        practice.add_to_vault(vault, user).await?;
    } else {
        practice.remove_from_vault(vault, user).await?;
    }
    Ok(())
}

/// Another member answers for it from now on.
#[tauri::command]
#[specta::specta]
pub async fn hand_over_vault(shell: State<'_, Shell>, vault: String, user: String) -> Answer<()> {
    let practice = shell.practice().await?;
    Ok(practice.hand_over_vault(id(&vault)?, id(&user)?).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn set_vault(
    shell: State<'_, Shell>,
    vault: String,
    name: String,
    minutes: u32,
) -> Answer<()> {
    let practice = shell.practice().await?;
    Ok(practice.set_vault(id(&vault)?, &name, minutes).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn move_to_vault(shell: State<'_, Shell>, dossier: String, vault: String) -> Answer<()> {
    let practice = shell.practice().await?;
    Ok(practice.move_to_vault(id(&dossier)?, id(&vault)?).await?)
}

/// File dialog; null when cancelled, else how many employees were written. The file opens with the age program.
#[tauri::command]
#[specta::specta]
pub async fn export_vault(app: AppHandle, vault: String, password: String) -> Answer<Option<u32>> {
    let password = Zeroizing::new(password);
    let Some(path) = files::choose_new(&app, "kluis.zip.age").await else {
        return Ok(None);
    };
    let shell = app.state::<Shell>();
    let practice = shell.practice().await?;
    let vault: CircleId = id(&vault)?;
    let known = practice
        .vaults()
        .await?
        .into_iter()
        .find(|info| info.id == vault);
    let name = known.ok_or_else(|| Failure::new("not_found"))?.name;
    let to = practice.outward(&password, WorkFactor::CURRENT).await?;
    shell.task.begin();
    let written = practice
        .export_vault(vault, &name, &path, &to, &telling(&app), &|| {
            shell.task.is_cancelled()
        })
        .await?;
    Ok(Some(number(written)))
}

/// What was left to be done by somebody who has this vault open.
fn catch_up(app: &AppHandle) {
    let app = app.clone();
    async_runtime::spawn(async move {
        let shell = app.state::<Shell>();
        let Ok(practice) = shell.practice().await else {
            return;
        };
        if let Err(error) = practice.maintain().await {
            tracing::warn!(code = Failure::from(error).code, "work was left in a vault");
        }
    });
}
