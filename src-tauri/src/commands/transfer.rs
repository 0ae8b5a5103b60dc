//! Import and export.

use crate::{
    dto::{ExportPlan, ImportFile, ImportPlan, ImportReport},
    failure::{Answer, Failure},
    files,
    state::Shell,
};
use tauri::{AppHandle, State};

/// File dialog; null when cancelled.
#[tauri::command]
#[specta::specta]
pub async fn choose_import(app: AppHandle) -> Answer<Option<ImportFile>> {
    match files::choose(&app, &["csv", "tsv", "txt", "xlsx", "xlsm", "vcf", "vcard"]).await {
        None => Ok(None),
        Some(_) => Err(Failure::new("import")),
    }
}

#[tauri::command]
#[specta::specta]
pub async fn preview_import(shell: State<'_, Shell>, plan: ImportPlan) -> Answer<ImportReport> {
    let (_, _) = (shell, plan);
    Err(Failure::new("import"))
}

/// All or nothing. Progress events; throws "cancelled".
#[tauri::command]
#[specta::specta]
pub async fn run_import(shell: State<'_, Shell>, plan: ImportPlan) -> Answer<ImportReport> {
    let (_, _) = (shell, plan);
    Err(Failure::new("import"))
}

#[tauri::command]
#[specta::specta]
pub async fn cancel_task(shell: State<'_, Shell>) -> Answer<()> {
    shell.task.cancel();
    Ok(())
}

/// File dialog; null when cancelled, else how many were written.
#[tauri::command]
#[specta::specta]
pub async fn export_dossiers(app: AppHandle, plan: ExportPlan) -> Answer<Option<u32>> {
    let (_, _) = (app, plan);
    Err(Failure::new("export"))
}
