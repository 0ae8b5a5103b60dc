//! The story of a dossier: notes, goals, contacts, people around the client.

use crate::{
    dto::{EntryChange, EntryContent, Saved},
    failure::{Answer, id},
    session::people,
    state::Shell,
};
use tauri::State;

#[tauri::command]
#[specta::specta]
pub async fn add_entry(
    shell: State<'_, Shell>,
    id: String,
    field: String,
    content: EntryContent,
) -> Answer<String> {
    let practice = shell.practice().await?;
    let (entry, _) = practice
        .add_entry(crate::failure::id(&id)?, &field, content.into())
        .await?;
    Ok(entry.to_string())
}

#[tauri::command]
#[specta::specta]
pub async fn edit_entry(
    shell: State<'_, Shell>,
    entry: String,
    content: EntryContent,
    revision: u32,
) -> Answer<Saved> {
    Ok(shell
        .practice()
        .await?
        .edit_entry(id(&entry)?, content.into(), revision.into())
        .await?
        .into())
}

#[tauri::command]
#[specta::specta]
pub async fn entry_history(shell: State<'_, Shell>, entry: String) -> Answer<Vec<EntryChange>> {
    let practice = shell.practice().await?;
    let (changes, names) = (
        practice.entry_history(id(&entry)?).await?,
        people(&practice).await?,
    );
    Ok(changes
        .into_iter()
        .map(|change| EntryChange::new(change, &names))
        .collect())
}
