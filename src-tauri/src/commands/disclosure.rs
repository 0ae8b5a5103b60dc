//! What leaves a dossier for somebody outside, and what arrives.

use super::transfer::telling;
use crate::{
    dto::{
        AnswerPreview, ApprovedPart, DisclosureProfile, Letter, NewRequest, PackageReport,
        PeerCopy, PieceTrace, ReceiveReport, Registered, Reply, number,
    },
    failure::{Answer, id},
    files,
    state::Shell,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use dossierkluis::{
    crypto::WorkFactor,
    disclosure::{self as core, Arrival, PROFILES},
    practice::Practice,
};
use tauri::{AppHandle, Manager, State};
use zeroize::Zeroizing;

/// Who may ask what for, and what may go out.
#[tauri::command]
#[specta::specta]
pub fn disclosure_profiles() -> Vec<DisclosureProfile> {
    PROFILES.iter().map(Into::into).collect()
}

/// The register: of one dossier, or of all that this person may read.
#[tauri::command]
#[specta::specta]
pub async fn disclosures(shell: State<'_, Shell>, of: Option<String>) -> Answer<Vec<Registered>> {
    let of = of.as_deref().map(id).transpose()?;
    let found = shell.practice().await?.disclosures(of).await?;
    Ok(found.into_iter().map(Into::into).collect())
}

#[tauri::command]
#[specta::specta]
pub async fn register_request(
    shell: State<'_, Shell>,
    dossier: String,
    request: NewRequest,
) -> Answer<String> {
    let practice = shell.practice().await?;
    let entry = practice
        .register_request(id(&dossier)?, &request.into())
        .await?;
    Ok(entry.to_string())
}

/// Corrects what a request says while it is open. revision: what the page showed.
#[tauri::command]
#[specta::specta]
pub async fn change_request(
    shell: State<'_, Shell>,
    request: String,
    change: NewRequest,
    revision: u32,
) -> Answer<()> {
    let practice = shell.practice().await?;
    let change = change.into();
    Ok(practice
        .change_request(id(&request)?, &change, revision.into())
        .await?)
}

/// The letter exactly as it would go.
#[tauri::command]
#[specta::specta]
pub async fn preview_answer(
    shell: State<'_, Shell>,
    request: String,
    reply: Reply,
) -> Answer<AnswerPreview> {
    let practice = shell.practice().await?;
    let preview = practice
        .preview_answer(id(&request)?, &reply.into())
        .await?;
    with_paper(&practice, preview).await
}

/// Approves the letter with this digest.
#[tauri::command]
#[specta::specta]
pub async fn answer_request(
    shell: State<'_, Shell>,
    request: String,
    reply: Reply,
    digest: String,
    revision: u32,
) -> Answer<()> {
    let practice = shell.practice().await?;
    practice
        .answer_request(id(&request)?, &reply.into(), &digest, revision.into())
        .await?;
    Ok(())
}

/// The letter of a refusal exactly as it would go.
#[tauri::command]
#[specta::specta]
pub async fn preview_refusal(
    shell: State<'_, Shell>,
    request: String,
    reply: Reply,
) -> Answer<AnswerPreview> {
    let practice = shell.practice().await?;
    let preview = practice
        .preview_refusal(id(&request)?, &reply.into())
        .await?;
    with_paper(&practice, preview).await
}

async fn with_paper(practice: &Practice, preview: core::Preview) -> Answer<AnswerPreview> {
    let paper = practice.letter_paper(&preview.letter).await?;
    Ok(AnswerPreview {
        paper: STANDARD.encode(&*paper),
        ..preview.into()
    })
}

/// Refuses with the letter of this digest.
#[tauri::command]
#[specta::specta]
pub async fn refuse_request(
    shell: State<'_, Shell>,
    request: String,
    reply: Reply,
    digest: String,
    revision: u32,
) -> Answer<()> {
    let practice = shell.practice().await?;
    practice
        .refuse_request(id(&request)?, &reply.into(), &digest, revision.into())
        .await?;
    Ok(())
}

/// The letter that went, once more.
#[tauri::command]
#[specta::specta]
pub async fn disclosure_letter(shell: State<'_, Shell>, request: String) -> Answer<Letter> {
    let practice = shell.practice().await?;
    Ok((&*practice.disclosure_letter(id(&request)?).await?).into())
}

/// The same; base64 of a PDF.
#[tauri::command]
#[specta::specta]
pub async fn letter_paper(shell: State<'_, Shell>, request: String) -> Answer<String> {
    let practice = shell.practice().await?;
    let letter = practice.disclosure_letter(id(&request)?).await?;
    Ok(STANDARD.encode(&*practice.letter_paper(&letter).await?))
}

/// File dialog; false when cancelled. Only a letter that stands in the register.
#[tauri::command]
#[specta::specta]
pub async fn save_letter(app: AppHandle, request: String, name: String) -> Answer<bool> {
    let Some(path) = files::choose_new(&app, &name).await else {
        return Ok(false);
    };
    let shell = app.state::<Shell>();
    let practice = shell.practice().await?;
    let letter = practice.disclosure_letter(id(&request)?).await?;
    practice.save_paper(&path, &practice.letter_paper(&letter).await?)?;
    Ok(true)
}

/// The copy beside what stands in the dossier.
#[tauri::command]
#[specta::specta]
pub async fn peer_copy(
    shell: State<'_, Shell>,
    dossier: String,
    language: String,
) -> Answer<PeerCopy> {
    let practice = shell.practice().await?;
    Ok(practice.peer_copy(id(&dossier)?, &language).await?.into())
}

/// What of it still leads to somebody, after it was mended by hand.
#[tauri::command]
#[specta::specta]
pub async fn check_peer_copy(
    shell: State<'_, Shell>,
    dossier: String,
    parts: Vec<ApprovedPart>,
) -> Answer<Vec<PieceTrace>> {
    let practice = shell.practice().await?;
    let parts = Zeroizing::new(approved(parts));
    let found = practice.check_peer_copy(id(&dossier)?, &parts).await?;
    let found = found.into_iter().map(|(part, trace)| PieceTrace {
        part: number(part),
        reason: trace.code().to_owned(),
    });
    Ok(found.collect())
}

/// File dialog; false when cancelled.
#[tauri::command]
#[specta::specta]
pub async fn save_peer_copy(
    app: AppHandle,
    dossier: String,
    parts: Vec<ApprovedPart>,
    language: String,
) -> Answer<bool> {
    let parts = Zeroizing::new(approved(parts));
    let Some(path) = files::choose_new(&app, "intervisie.txt").await else {
        return Ok(false);
    };
    let shell = app.state::<Shell>();
    let practice = shell.practice().await?;
    practice
        .save_peer_copy(id(&dossier)?, &parts, &language, &path)
        .await?;
    Ok(true)
}

/// File dialog; null when cancelled. The package opens with this password, or for this recipient.
#[tauri::command]
#[specta::specta]
pub async fn package_dossier(
    app: AppHandle,
    request: String,
    password: String,
) -> Answer<Option<PackageReport>> {
    let password = Zeroizing::new(password);
    let Some(path) = files::choose_new(&app, "dossier.age").await else {
        return Ok(None);
    };
    let shell = app.state::<Shell>();
    let practice = shell.practice().await?;
    let to = practice.outward(&password, WorkFactor::CURRENT).await?;
    shell.task.begin();
    let report = practice
        .package_dossier(
            id(&request)?,
            &path,
            &to,
            (&telling(&app), &|| shell.task.is_cancelled()),
        )
        .await?;
    Ok(Some(report.into()))
}

/// File dialog; null when cancelled. Everything that this person may read, for another firm.
#[tauri::command]
#[specta::specta]
pub async fn package_practice(
    app: AppHandle,
    firm: String,
    password: String,
) -> Answer<Option<PackageReport>> {
    let password = Zeroizing::new(password);
    let Some(path) = files::choose_new(&app, "praktijk.age").await else {
        return Ok(None);
    };
    let shell = app.state::<Shell>();
    let practice = shell.practice().await?;
    let to = practice.outward(&password, WorkFactor::CURRENT).await?;
    shell.task.begin();
    let report = practice
        .package_practice(
            &firm,
            &path,
            &to,
            (&telling(&app), &|| shell.task.is_cancelled()),
        )
        .await?;
    Ok(Some(report.into()))
}

/// File dialog; null when cancelled. Whole or not at all.
#[tauri::command]
#[specta::specta]
pub async fn receive_package(
    app: AppHandle,
    password: String,
    circle: Option<String>,
    vault: Option<String>,
) -> Answer<Option<ReceiveReport>> {
    let password = Zeroizing::new(password);
    let Some(path) = files::choose(&app, &["age"]).await else {
        return Ok(None);
    };
    let shell = app.state::<Shell>();
    let practice = shell.practice().await?;
    let arrival = Arrival {
        circle: match circle.as_deref() {
            Some(circle) => id(circle)?,
            None => practice.own_circle(),
        },
        vault: vault.as_deref().map(id).transpose()?,
    };
    let password = Some(password.as_str()).filter(|password| !password.is_empty());
    let report = practice
        .receive_package(&path, password, &arrival, &telling(&app))
        .await?;
    Ok(Some(report.into()))
}

fn approved(parts: Vec<ApprovedPart>) -> Vec<core::ApprovedPart> {
    parts.into_iter().map(Into::into).collect()
}
