//! The log.

use crate::{
    dto::{AuditEvent, AuditPage, number},
    failure::{Answer, id},
    session::people,
    state::Shell,
};
use tauri::State;

/// Newest first.
#[tauri::command]
#[specta::specta]
pub async fn audit_log(
    shell: State<'_, Shell>,
    about: Option<String>,
    offset: u32,
    limit: u32,
) -> Answer<AuditPage> {
    let practice = shell.practice().await?;
    let about = about.as_deref().map(id).transpose()?;
    let page = practice
        .audit_log(about, offset.into(), limit.into())
        .await?;
    let names = people(&practice).await?;
    let events = page
        .entries
        .into_iter()
        .map(|entry| AuditEvent::new(entry, &names, &|id| practice.known_name(id)))
        .collect();
    Ok(AuditPage {
        total: number(page.total),
        events,
    })
}
