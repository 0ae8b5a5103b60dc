//! Import and export.

use crate::{
    dto::{ExportPlan, ImportFile, ImportPlan, ImportReport, number},
    event,
    failure::{Answer, Failure, id},
    files,
    state::Shell,
};
use dossierkluis::{
    access::Home,
    catalogue,
    dossier::Progress,
    transfer::{
        self,
        table::{Table, read_table},
    },
};
use std::{path::PathBuf, sync::Arc};
use tauri::{AppHandle, Manager, State, async_runtime};

/// File dialog; null when cancelled.
#[tauri::command]
#[specta::specta]
pub async fn choose_import(app: AppHandle) -> Answer<Option<ImportFile>> {
    let shell = app.state::<Shell>();
    let session = shell.practice().await?.stopper();
    let Some(path) =
        files::choose(&app, &["csv", "tsv", "txt", "xlsx", "xlsm", "vcf", "vcard"]).await
    else {
        return Ok(None);
    };
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let table = Arc::new(read(path).await?);
    let file = ImportFile::new(name, &table);
    let mut small = shell.small();
    // Somebody who comes after the lock must not find it.
    if session.is_stopped() {
        return Err(Failure::locked());
    }
    small.table = Some(table);
    Ok(Some(file))
}

#[tauri::command]
#[specta::specta]
pub async fn preview_import(shell: State<'_, Shell>, plan: ImportPlan) -> Answer<ImportReport> {
    let (practice, table, plan) = (shell.practice().await?, table(&shell)?, asked(plan)?);
    let report = practice.preview_import(&table, &plan)?;
    Ok(ImportReport::preview(&report, &table, &plan, &practice))
}

/// All or nothing. Progress events; throws "cancelled".
#[tauri::command]
#[specta::specta]
pub async fn run_import(app: AppHandle, plan: ImportPlan) -> Answer<ImportReport> {
    let shell = app.state::<Shell>();
    let (practice, table, plan) = (shell.practice().await?, table(&shell)?, asked(plan)?);
    shell.task.begin();
    let report = practice
        .import(&table, &plan, &telling(&app), &|| shell.task.is_cancelled())
        .await?;
    Ok(ImportReport::done(&report, &table, &plan, &practice))
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
    let Some(path) = files::choose_new(&app, &plan.file_name()).await else {
        return Ok(None);
    };
    let shell = app.state::<Shell>();
    let (practice, plan) = (shell.practice().await?, plan.asked());
    shell.task.begin();
    let written = practice
        .export_dossiers(&path, &plan, &telling(&app), &|| shell.task.is_cancelled())
        .await?;
    Ok(Some(number(written)))
}

async fn read(path: PathBuf) -> Answer<Table> {
    let unreadable = || Failure::new("import");
    async_runtime::spawn_blocking(move || read_table(&path))
        .await
        .map_err(|_| unreadable())?
        .map_err(|_| unreadable())
}

fn table(shell: &Shell) -> Answer<Arc<Table>> {
    shell
        .small()
        .table
        .clone()
        .ok_or_else(|| Failure::new("import"))
}

/// Where a new dossier of this kind will lie.
pub fn home(circle: &str, vault: Option<&str>) -> Answer<Home> {
    Ok(Home {
        circle: id(circle)?,
        vault: vault.map(id).transpose()?,
    })
}

fn asked(plan: ImportPlan) -> Answer<transfer::ImportPlan> {
    let field = |name: &String| {
        catalogue::field(name)
            .map(|def| def.id)
            .ok_or_else(|| Failure::new("not_found"))
    };
    let mapping = plan
        .mapping
        .iter()
        .map(|name| name.as_ref().map(field).transpose())
        .collect::<Answer<_>>()?;
    Ok(transfer::ImportPlan {
        kind: plan.kind,
        home: home(&plan.circle, plan.vault.as_deref())?,
        mapping,
        skip_refused: plan.skip_refused,
        skip_duplicates: plan.skip_duplicates,
    })
}

pub fn telling(app: &AppHandle) -> impl Fn(Progress) + Sync + '_ {
    |progress| event::progress(app, progress.into())
}
