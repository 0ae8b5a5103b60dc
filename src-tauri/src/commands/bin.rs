//! The bin.

use crate::{
    dto::{BinItem, BinWhat, moment},
    failure::{Answer, id},
    state::Shell,
};
use dossierkluis::dossier::{self as core, BinnedWhat};
use tauri::State;

#[tauri::command]
#[specta::specta]
pub async fn bin_entry(shell: State<'_, Shell>, entry: String) -> Answer<()> {
    Ok(shell.practice().await?.bin_entry(id(&entry)?).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn bin_dossier(shell: State<'_, Shell>, id: String) -> Answer<()> {
    Ok(shell
        .practice()
        .await?
        .bin_dossier(crate::failure::id(&id)?)
        .await?)
}

#[tauri::command]
#[specta::specta]
pub async fn bin(shell: State<'_, Shell>) -> Answer<Vec<BinItem>> {
    let items = shell.practice().await?.bin().await?;
    Ok(items.into_iter().map(BinItem::from).collect())
}

#[tauri::command]
#[specta::specta]
pub async fn restore_from_bin(shell: State<'_, Shell>, id: String) -> Answer<()> {
    let practice = shell.practice().await?;
    let item = practice
        .bin()
        .await?
        .into_iter()
        .map(|item| item.what)
        .find(|what| id_of(*what) == id);
    match item {
        Some(BinnedWhat::Dossier(dossier)) => Ok(practice.restore_dossier(dossier).await?),
        Some(BinnedWhat::Entry(entry)) => Ok(practice.restore_entry(entry).await?),
        None => Err(crate::failure::Failure::new("not_found")),
    }
}

fn id_of(what: BinnedWhat) -> String {
    match what {
        BinnedWhat::Dossier(id) => id.to_string(),
        BinnedWhat::Entry(id) => id.to_string(),
    }
}

impl From<core::BinItem> for BinItem {
    fn from(item: core::BinItem) -> Self {
        let what = match item.what {
            BinnedWhat::Dossier(_) => BinWhat::Dossier,
            BinnedWhat::Entry(_) => BinWhat::Entry,
        };
        Self {
            id: id_of(item.what),
            what,
            kind: item.kind.to_owned(),
            name: item.name.to_string(),
            binned: moment(item.binned_at),
            expires: moment(item.expires_at),
        }
    }
}
