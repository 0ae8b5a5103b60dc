//! The log.

use crate::{
    dto::{AuditEvent, AuditPage, number},
    failure::{Answer, id},
    session::people,
    state::Shell,
};
use dossierkluis::practice::Practice;
use std::collections::HashMap;
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
    let (names, places) = (people(&practice).await?, places(&practice).await?);
    let events = page
        .entries
        .into_iter()
        .map(|entry| AuditEvent::new(entry, (&names, &places), &|id| practice.known_name(id)))
        .collect();
    Ok(AuditPage {
        total: number(page.total),
        events,
    })
}

/// The names of the circles and groups that this user knows, by their ids.
async fn places(practice: &Practice) -> Answer<HashMap<String, String>> {
    let circles = practice.circles().await?.into_iter();
    let mut places: HashMap<_, _> = circles
        .map(|circle| (circle.id.to_string(), circle.name.to_string()))
        .collect();
    let groups = practice.groups().await?.into_iter();
    places.extend(groups.map(|group| (group.id.to_string(), group.name.to_string())));
    Ok(places)
}
