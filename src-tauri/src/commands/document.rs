//! Documents: taken in, looked at, replaced, destroyed.

use super::transfer::telling;
use crate::{
    dto::{LinkState, NewDocument, Picked, Saved, ShownDocument},
    failure::{Answer, Failure, id},
    files,
    state::Shell,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use dossierkluis::{
    crypto::WorkFactor,
    document::{self, Source},
    ids::ChangeId,
    practice::Practice,
};
use std::path::PathBuf;
use tauri::{AppHandle, Manager, State};
use zeroize::Zeroizing;

/// File dialog; null when cancelled. The file waits for add_document, link_document or replace_document.
#[tauri::command]
#[specta::specta]
pub async fn choose_document(app: AppHandle) -> Answer<Option<Picked>> {
    let shell = app.state::<Shell>();
    let session = shell.practice().await?.stopper();
    let Some(path) = files::choose(&app, &["*"]).await else {
        return Ok(None);
    };
    let picked = files::look_at(&path)?;
    let mut small = shell.small();
    if session.is_stopped() {
        return Err(Failure::locked());
    }
    small.picked = Some(path);
    Ok(Some(picked))
}

/// The picture that was chosen, to be blacked out before it comes in.
#[tauri::command]
#[specta::specta]
pub async fn show_picked(shell: State<'_, Shell>) -> Answer<ShownDocument> {
    drop(shell.practice().await?);
    let path = picked(&shell)?;
    let info = files::look_at(&path)?;
    if !info.media.starts_with("image/") || info.size > 25 * 1024 * 1024 {
        return Err(Failure::new("not_a_picture"));
    }
    let bytes = Zeroizing::new(std::fs::read(path).map_err(|_| Failure::new("io"))?);
    Ok(ShownDocument {
        name: info.name,
        media: info.media,
        data: STANDARD.encode(&*bytes),
    })
}

/// Takes the chosen file in. Progress events with task "document"; cancel_task breaks it off.
#[tauri::command]
#[specta::specta]
pub async fn add_document(
    app: AppHandle,
    dossier: String,
    field: String,
    document: NewDocument,
) -> Answer<String> {
    let shell = app.state::<Shell>();
    let (practice, path) = (shell.practice().await?, picked(&shell)?);
    let new = document.into();
    take_in(
        &app,
        &practice,
        (&dossier, &field),
        &new,
        Source::File(path),
    )
    .await
}

/// Takes a picture in that the page made of the chosen one: blacked out and watermarked. data is base64.
#[tauri::command]
#[specta::specta]
pub async fn add_picture(
    app: AppHandle,
    dossier: String,
    field: String,
    document: NewDocument,
    name: String,
    data: String,
) -> Answer<String> {
    let shell = app.state::<Shell>();
    let practice = shell.practice().await?;
    let data = Zeroizing::new(data);
    let bytes = STANDARD.decode(data.as_bytes());
    let bytes = Zeroizing::new(bytes.map_err(|_| Failure::new("not_a_picture"))?);
    let new = document::NewDocument {
        redacted: true,
        ..document.into()
    };
    let source = Source::Bytes(name, bytes);
    take_in(&app, &practice, (&dossier, &field), &new, source).await
}

async fn take_in(
    app: &AppHandle,
    practice: &Practice,
    (dossier, field): (&str, &str),
    new: &document::NewDocument,
    source: Source,
) -> Answer<String> {
    let shell = app.state::<Shell>();
    shell.task.begin();
    let entry = practice
        .add_document(
            id(dossier)?,
            field,
            new,
            source,
            &telling(app),
            shell.task.cancel_flag(),
        )
        .await?;
    shell.small().picked = None;
    Ok(entry.to_string())
}

/// Links the chosen file where it lies.
#[tauri::command]
#[specta::specta]
pub async fn link_document(
    shell: State<'_, Shell>,
    dossier: String,
    field: String,
    document: NewDocument,
) -> Answer<String> {
    let (practice, path) = (shell.practice().await?, picked(&shell)?);
    let new = document.into();
    shell.task.begin();
    let entry = practice
        .link_document(id(&dossier)?, &field, &new, &path, &|| {
            shell.task.is_cancelled()
        })
        .await?;
    shell.small().picked = None;
    Ok(entry.to_string())
}

/// Links a linked document to the chosen file: where its own lies now.
#[tauri::command]
#[specta::specta]
pub async fn relink_document(
    shell: State<'_, Shell>,
    entry: String,
    revision: u32,
) -> Answer<Saved> {
    let (practice, path) = (shell.practice().await?, picked(&shell)?);
    shell.task.begin();
    let saved = practice
        .relink_document(id(&entry)?, &path, revision.into(), &|| {
            shell.task.is_cancelled()
        })
        .await?;
    shell.small().picked = None;
    Ok(saved.into())
}

/// Reads the whole linked file; stop_link_state breaks it off.
#[tauri::command]
#[specta::specta]
pub async fn link_state(shell: State<'_, Shell>, entry: String) -> Answer<LinkState> {
    let practice = shell.practice().await?;
    let look = shell.looks.begin(&entry);
    let state = practice
        .link_state(id(&entry)?, &|| look.is_cancelled())
        .await;
    shell.looks.done(&entry, &look);
    Ok(state?.into())
}

#[tauri::command]
#[specta::specta]
pub async fn stop_link_state(shell: State<'_, Shell>, entry: String) -> Answer<()> {
    shell.looks.stop(&entry);
    Ok(())
}

/// Puts the chosen file in the place of a document; the former stays as an earlier version.
#[tauri::command]
#[specta::specta]
pub async fn replace_document(app: AppHandle, entry: String, revision: u32) -> Answer<Saved> {
    let shell = app.state::<Shell>();
    let (practice, path) = (shell.practice().await?, picked(&shell)?);
    shell.task.begin();
    let saved = practice
        .replace_document(
            id(&entry)?,
            Source::File(path),
            revision.into(),
            &telling(&app),
            shell.task.cancel_flag(),
        )
        .await?;
    shell.small().picked = None;
    Ok(saved.into())
}

/// For showing inside the window; logged. Throws invalid_value with reason too_large_to_show.
#[tauri::command]
#[specta::specta]
pub async fn show_document(
    shell: State<'_, Shell>,
    entry: String,
    version: Option<String>,
) -> Answer<ShownDocument> {
    let practice = shell.practice().await?;
    let shown = practice
        .show_document(id(&entry)?, version_of(version)?)
        .await?;
    Ok(ShownDocument {
        data: STANDARD.encode(&*shown.bytes),
        media: shown.media,
        name: shown.name,
    })
}

/// File dialog; false when cancelled. The file is not protected where it is written.
#[tauri::command]
#[specta::specta]
pub async fn save_document(
    app: AppHandle,
    entry: String,
    version: Option<String>,
    name: String,
) -> Answer<bool> {
    let Some(path) = files::choose_new(&app, &name).await else {
        return Ok(false);
    };
    let shell = app.state::<Shell>();
    let practice = shell.practice().await?;
    shell.task.begin();
    practice
        .save_document(
            id(&entry)?,
            version_of(version)?,
            &path,
            &telling(&app),
            &|| shell.task.is_cancelled(),
        )
        .await?;
    Ok(true)
}

/// File dialog; false when cancelled. The file opens with the age program and this password.
#[tauri::command]
#[specta::specta]
pub async fn export_document(
    app: AppHandle,
    entry: String,
    name: String,
    password: String,
) -> Answer<bool> {
    let password = Zeroizing::new(password);
    let Some(path) = files::choose_new(&app, &format!("{name}.age")).await else {
        return Ok(false);
    };
    let shell = app.state::<Shell>();
    let practice = shell.practice().await?;
    let to = practice.outward(&password, WorkFactor::CURRENT).await?;
    shell.task.begin();
    practice
        .export_document(id(&entry)?, &path, &to, &telling(&app), &|| {
            shell.task.is_cancelled()
        })
        .await?;
    Ok(true)
}

/// Opens it with the program that the computer has for it, from a private place in memory. It is destroyed with
/// close_outside, at the lock, and when a vault closes.
#[tauri::command]
#[specta::specta]
pub async fn open_outside(app: AppHandle, entry: String) -> Answer<()> {
    let shell = app.state::<Shell>();
    let practice = shell.practice().await?;
    let document = id(&entry)?;
    let shown = practice.show_document(document, None).await?;
    let still = async || Ok(practice.refuse_unless_readable(document).await?);
    shell
        .outside
        .open(&entry, (&shown.name, &shown.bytes), still)
        .await
}

/// Destroys the copy that another program was given.
#[tauri::command]
#[specta::specta]
pub async fn close_outside(shell: State<'_, Shell>, entry: String) -> Answer<()> {
    shell.outside.close(&entry);
    Ok(())
}

/// Destroys a document with every version of it, for good.
#[tauri::command]
#[specta::specta]
pub async fn destroy_document(shell: State<'_, Shell>, entry: String) -> Answer<()> {
    Ok(shell
        .practice()
        .await?
        .destroy_document(id(&entry)?)
        .await?)
}

fn version_of(version: Option<String>) -> Answer<Option<ChangeId>> {
    version.as_deref().map(id).transpose()
}

fn picked(shell: &Shell) -> Answer<PathBuf> {
    let path = shell.small().picked.clone();
    path.ok_or_else(|| Failure::new("nothing_picked"))
}
