//! Drafts: an open text, sealed, for this person and field only.

use crate::{dto::Draft, failure::Answer, state::Shell};
use tauri::State;
use zeroize::Zeroizing;

#[tauri::command]
#[specta::specta]
pub async fn keep_draft(
    shell: State<'_, Shell>,
    id: String,
    field: String,
    text: String,
) -> Answer<()> {
    let (dossier, spot) = (crate::failure::id(&id)?, (id, field));
    // First of all: should the lock come in between, the text is sealed on its way.
    shell.unsealed.put(spot.clone(), Zeroizing::new(text));
    let practice = shell.practice().await;
    let text = shell.unsealed.take(&spot);
    let practice = practice?;
    match text {
        Some(text) => Ok(practice.keep_draft(dossier, &spot.1, &text).await?),
        None => Ok(()),
    }
}

#[tauri::command]
#[specta::specta]
pub async fn drop_draft(shell: State<'_, Shell>, id: String, field: String) -> Answer<()> {
    let dossier = crate::failure::id(&id)?;
    shell.unsealed.take(&(id, field.clone()));
    Ok(shell.practice().await?.drop_draft(dossier, &field).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn drafts(shell: State<'_, Shell>) -> Answer<Vec<Draft>> {
    Ok(shell
        .practice()
        .await?
        .drafts()
        .await?
        .into_iter()
        .map(Draft::from)
        .collect())
}
