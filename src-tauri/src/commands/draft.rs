//! Drafts: an open text, sealed, for this person and field only.

use crate::{
    failure::{Answer, Failure},
    state::Shell,
};
use tauri::State;
use zeroize::Zeroizing;

#[tauri::command]
#[specta::specta]
pub async fn keep_draft(shell: State<'_, Shell>, id: String, field: String, text: String) -> Answer<()> {
    let spot = (id, field);
    // First of all: should the lock come in between, the text is sealed on its way.
    shell.unsealed.put(spot.clone(), Zeroizing::new(text));
    let practice = shell.practice().await?;
    match shell.unsealed.take(&spot) {
        Some(text) => practice.keep_draft(&spot.0, &spot.1, &text).await.map_err(|()| Failure::locked()),
        None => Ok(()),
    }
}
