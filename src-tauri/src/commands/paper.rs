//! Invoices, reports, mailing lists, and how the papers look.

use super::transfer::telling;
use crate::{
    dto::{
        HouseStyle, InvoicePreview, InvoiceRow, Issued, MailingReport, NewInvoice, NewReport,
        ReportPreview, ReportProfile,
    },
    failure::{Answer, Failure, id},
    files,
    state::Shell,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use dossierkluis::{
    paper::{Language, Template},
    transfer::Channel,
};
use tauri::{AppHandle, Manager, State};

/// What an invoice would look like.
#[tauri::command]
#[specta::specta]
pub async fn preview_invoice(
    shell: State<'_, Shell>,
    dossier: String,
    invoice: NewInvoice,
) -> Answer<InvoicePreview> {
    let (practice, new) = (shell.practice().await?, invoice.asked()?);
    let preview = practice.preview_invoice(id(&dossier)?, &new).await?;
    Ok(preview.into())
}

/// Gives it the next number of the year; it is fixed from then on.
#[tauri::command]
#[specta::specta]
pub async fn issue_invoice(
    shell: State<'_, Shell>,
    dossier: String,
    invoice: NewInvoice,
) -> Answer<Issued> {
    let (practice, new) = (shell.practice().await?, invoice.asked()?);
    Ok(practice.issue_invoice(id(&dossier)?, &new).await?.into())
}

/// Cancels it with a credit note. Answers which.
#[tauri::command]
#[specta::specta]
pub async fn credit_invoice(shell: State<'_, Shell>, number: String) -> Answer<Issued> {
    Ok(shell
        .practice()
        .await?
        .credit_invoice(&number)
        .await?
        .into())
}

#[tauri::command]
#[specta::specta]
pub async fn invoices(shell: State<'_, Shell>) -> Answer<Vec<InvoiceRow>> {
    let all = shell.practice().await?.invoices().await?;
    let rows: Result<Vec<_>, _> = all.into_iter().map(InvoiceRow::new).collect();
    Ok(rows?)
}

/// File dialog; false when cancelled. A year of 0 is every year.
#[tauri::command]
#[specta::specta]
pub async fn export_invoices(app: AppHandle, year: u32) -> Answer<bool> {
    let Some(path) = files::choose_new(&app, "facturen.csv").await else {
        return Ok(false);
    };
    let shell = app.state::<Shell>();
    let practice = shell.practice().await?;
    practice.export_invoices(&path, year.into()).await?;
    Ok(true)
}

/// File dialog; null when cancelled. The channel is post, email, telephone or newsletter.
#[tauri::command]
#[specta::specta]
pub async fn mailing_list(
    app: AppHandle,
    channel: String,
    language: String,
) -> Answer<Option<MailingReport>> {
    let channel = Channel::from_word(&channel).ok_or_else(|| Failure::new("not_found"))?;
    let name = format!("{}.csv", channel.word());
    let Some(path) = files::choose_new(&app, &name).await else {
        return Ok(None);
    };
    let shell = app.state::<Shell>();
    let practice = shell.practice().await?;
    shell.task.begin();
    let language = Language::from_code(&language);
    let report = practice
        .mailing_list(&path, channel, language, &telling(&app), &|| {
            shell.task.is_cancelled()
        })
        .await?;
    Ok(Some(report.into()))
}

/// The profiles: which fields go to a commissioner.
#[tauri::command]
#[specta::specta]
pub async fn report_profiles(shell: State<'_, Shell>) -> Answer<Vec<ReportProfile>> {
    let profiles = shell.practice().await?.report_profiles().await?;
    Ok(profiles.into_iter().map(Into::into).collect())
}

/// All of them, in the place of the former ones. For who manages the practice.
#[tauri::command]
#[specta::specta]
pub async fn save_report_profiles(
    shell: State<'_, Shell>,
    profiles: Vec<ReportProfile>,
) -> Answer<()> {
    let profiles: Vec<_> = profiles.into_iter().map(Into::into).collect();
    let practice = shell.practice().await?;
    Ok(practice.save_report_profiles(&profiles).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn preview_report(
    shell: State<'_, Shell>,
    dossier: String,
    report: NewReport,
) -> Answer<ReportPreview> {
    let practice = shell.practice().await?;
    let shown = practice
        .preview_report(id(&dossier)?, &report.into())
        .await?;
    Ok(ReportPreview {
        lines: shown.lines.iter().map(Into::into).collect(),
        data: STANDARD.encode(&*shown.pdf),
        digest: shown.digest,
    })
}

/// File dialog; null when cancelled. Lets the report of this digest go, and says whether the same bytes are kept with the documents of
/// the dossier: not where something protected is on it.
#[tauri::command]
#[specta::specta]
pub async fn send_report(
    app: AppHandle,
    dossier: String,
    report: NewReport,
    digest: String,
) -> Answer<Option<bool>> {
    let Some(path) = files::choose_new(&app, "rapportage.pdf").await else {
        return Ok(None);
    };
    let shell = app.state::<Shell>();
    let practice = shell.practice().await?;
    let kept = practice
        .send_report(id(&dossier)?, &report.into(), &digest, &path)
        .await?;
    Ok(Some(kept.is_some()))
}

#[tauri::command]
#[specta::specta]
pub async fn house_style(shell: State<'_, Shell>) -> Answer<HouseStyle> {
    Ok(shell.practice().await?.house_style().await?.into())
}

#[tauri::command]
#[specta::specta]
pub async fn save_house_style(shell: State<'_, Shell>, style: HouseStyle) -> Answer<()> {
    let practice = shell.practice().await?;
    let style = style.over(practice.house_style().await?);
    Ok(practice.save_house_style(&style).await?)
}

/// A letter with made-up content in a style that is not kept yet; base64 of a PDF.
#[tauri::command]
#[specta::specta]
pub async fn preview_style(
    shell: State<'_, Shell>,
    style: HouseStyle,
    language: String,
) -> Answer<String> {
    let practice = shell.practice().await?;
    let style = style.over(practice.house_style().await?);
    let language = Language::from_code(&language);
    let pdf = practice.preview_style(Template::Letter, &style, language)?;
    Ok(STANDARD.encode(&*pdf))
}
