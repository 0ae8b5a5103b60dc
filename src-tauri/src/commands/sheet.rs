//! The recovery sheet.

use crate::{
    dto::RecoverySheet,
    failure::{Answer, Failure},
    files,
    state::Shell,
};
use dossierkluis::store::write_durably;
use tauri::{AppHandle, Manager, State};
use zeroize::Zeroizing;

/// Types back the group of the sheet that RecoverySheet.ask names; throws code "recovery_mismatch".
#[tauri::command]
#[specta::specta]
pub async fn confirm_recovery(shell: State<'_, Shell>, answer: String) -> Answer<()> {
    shell
        .practice()
        .await?
        .confirm_sheet(&Zeroizing::new(answer))?;
    shell.small().sheet = None;
    Ok(())
}

/// A new sheet for the person signed in (also when the first was never confirmed). The old one stops working.
#[tauri::command]
#[specta::specta]
pub async fn new_recovery_sheet(
    shell: State<'_, Shell>,
    password: String,
) -> Answer<RecoverySheet> {
    let sheet = shell
        .practice()
        .await?
        .new_sheet(&Zeroizing::new(password))
        .await?;
    let shown = RecoverySheet::from(&sheet);
    shell.small().sheet = Some(sheet);
    Ok(shown)
}

/// Saves the sheet as a printable file where the person chooses; false when cancelled.
#[tauri::command]
#[specta::specta]
pub async fn save_recovery_sheet(app: AppHandle) -> Answer<bool> {
    let Some(path) = files::choose_new(&app, "Dossierkluis herstelblad.html").await else {
        return Ok(false);
    };
    let shell = app.state::<Shell>();
    let page = shell
        .small()
        .sheet
        .as_ref()
        .map(dossierkluis::practice::RecoverySheet::to_html)
        .ok_or_else(|| Failure::new("not_found"))?;
    write_durably(&path, page.as_bytes()).map_err(|_| Failure::new("export"))?;
    Ok(true)
}
