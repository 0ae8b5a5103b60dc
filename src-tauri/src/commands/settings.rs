//! Settings of the practice and preferences of the person signed in.

use crate::{
    dto::{Preferences, Settings},
    failure::Answer,
    session::start_clock,
    state::Shell,
};
use tauri::State;

#[tauri::command]
#[specta::specta]
pub async fn settings(shell: State<'_, Shell>) -> Answer<Settings> {
    Ok(shell.practice().await?.settings().await?.into())
}

#[tauri::command]
#[specta::specta]
pub async fn save_settings(shell: State<'_, Shell>, settings: Settings) -> Answer<()> {
    let practice = shell.practice().await?;
    practice.save_settings(&settings.into()).await?;
    start_clock(&shell, &practice).await
}

#[tauri::command]
#[specta::specta]
pub async fn save_preferences(shell: State<'_, Shell>, preferences: Preferences) -> Answer<()> {
    let practice = shell.practice().await?;
    shell.small().language = Some(preferences.language);
    practice.save_preferences(&preferences.into()).await?;
    start_clock(&shell, &practice).await
}
