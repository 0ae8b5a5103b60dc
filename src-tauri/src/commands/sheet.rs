//! The recovery sheet.

use crate::{
    dto::RecoverySheet,
    failure::{Answer, Failure},
    files,
    state::Shell,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use dossierkluis::{error::Error, paper::Language};
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

/// The sheet that was made last, until it is confirmed; base64 of a PDF.
#[tauri::command]
#[specta::specta]
pub async fn sheet_paper(shell: State<'_, Shell>, language: String) -> Answer<String> {
    Ok(STANDARD.encode(&*printed(&shell, &language).await?))
}

/// File dialog; false when cancelled.
#[tauri::command]
#[specta::specta]
pub async fn save_recovery_sheet(app: AppHandle, language: String) -> Answer<bool> {
    let Some(path) = files::choose_new(&app, "Dossierkluis herstelblad.pdf").await else {
        return Ok(false);
    };
    let shell = app.state::<Shell>();
    let paper = printed(&shell, &language).await?;
    shell.practice().await?.save_paper(&path, &paper)?;
    Ok(true)
}

async fn printed(shell: &Shell, language: &str) -> Answer<Zeroizing<Vec<u8>>> {
    let style = shell.practice().await?.house_style().await?;
    let small = shell.small();
    let sheet = small.sheet.as_ref();
    let sheet = sheet.ok_or_else(|| Failure::new("not_found"))?;
    let paper = sheet.to_pdf(&style, Language::from_code(language));
    Ok(paper.map_err(Error::from)?)
}
