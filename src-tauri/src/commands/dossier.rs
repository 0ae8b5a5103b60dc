//! One dossier and its fields.

use crate::{
    dto::{
        Change, CircleInfo, Dossier, Draft, Entry, FieldState, Saved, WithheldReason, maybe_moment,
        moment,
    },
    failure::{Answer, Failure},
    session::people,
    state::Shell,
};
use dossierkluis::{
    access::View,
    dossier::{NewDossier, Reveal, display_name},
    practice::Practice,
};
use std::collections::BTreeMap;
use tauri::State;
use zeroize::Zeroizing;

/// Logged as opened. Protected values one may see come as "masked".
#[tauri::command]
#[specta::specta]
pub async fn open_dossier(shell: State<'_, Shell>, id: String) -> Answer<Dossier> {
    let practice = shell.practice().await?;
    let view = practice
        .open_dossier(crate::failure::id(&id)?, Reveal::Nothing)
        .await?;
    shown(&practice, view).await
}

/// The same again after a change, for the dossier that lies open; not logged another time.
#[tauri::command]
#[specta::specta]
pub async fn reread_dossier(shell: State<'_, Shell>, id: String) -> Answer<Dossier> {
    let practice = shell.practice().await?;
    let view = practice.reread_dossier(crate::failure::id(&id)?).await?;
    shown(&practice, view).await
}

#[tauri::command]
#[specta::specta]
pub async fn reveal_field(
    shell: State<'_, Shell>,
    id: String,
    field: String,
) -> Answer<Option<String>> {
    let value = shell
        .practice()
        .await?
        .reveal(crate::failure::id(&id)?, &field)
        .await?;
    Ok(value.as_deref().cloned())
}

/// value null empties the field. Throws "invalid_value" {field, reason}, "lost_race" {found, revision}.
#[tauri::command]
#[specta::specta]
pub async fn set_field(
    shell: State<'_, Shell>,
    id: String,
    field: String,
    value: Option<String>,
    revision: u32,
) -> Answer<Saved> {
    let (practice, value) = (shell.practice().await?, value.map(Zeroizing::new));
    let value = value.as_deref().map(String::as_str);
    Ok(practice
        .set_field(crate::failure::id(&id)?, &field, value, revision.into())
        .await?
        .into())
}

#[tauri::command]
#[specta::specta]
pub async fn field_history(
    shell: State<'_, Shell>,
    id: String,
    field: String,
) -> Answer<Vec<Change>> {
    let practice = shell.practice().await?;
    let (changes, names) = (
        practice.history(crate::failure::id(&id)?, &field).await?,
        people(&practice).await?,
    );
    Ok(changes
        .into_iter()
        .map(|change| Change::new(change, &names))
        .collect())
}

#[tauri::command]
#[specta::specta]
pub async fn restore_field(
    shell: State<'_, Shell>,
    id: String,
    field: String,
    change: String,
) -> Answer<Saved> {
    let practice = shell.practice().await?;
    Ok(practice
        .restore_field(
            crate::failure::id(&id)?,
            &field,
            crate::failure::id(&change)?,
        )
        .await?
        .into())
}

#[tauri::command]
#[specta::specta]
pub async fn create_dossier(
    shell: State<'_, Shell>,
    kind: String,
    circle: String,
    vault: Option<String>,
    fields: BTreeMap<String, String>,
) -> Answer<String> {
    let new = NewDossier {
        kind,
        home: super::transfer::home(&circle, vault.as_deref())?,
        fields,
    };
    Ok(shell.practice().await?.create(&new).await?.to_string())
}

#[tauri::command]
#[specta::specta]
pub async fn move_dossier(shell: State<'_, Shell>, id: String, circle: String) -> Answer<()> {
    let practice = shell.practice().await?;
    Ok(practice
        .move_dossier(crate::failure::id(&id)?, crate::failure::id(&circle)?)
        .await?)
}

async fn shown(practice: &Practice, view: View) -> Answer<Dossier> {
    let names = people(practice).await?;
    let entries: Result<_, _> = view
        .entries
        .iter()
        .map(|entry| Entry::new(entry, &names))
        .collect();
    let drafts = practice
        .drafts()
        .await?
        .into_iter()
        .filter(|draft| draft.dossier == view.id)
        .map(Draft::from)
        .collect();
    Ok(Dossier {
        id: view.id.to_string(),
        kind: view.kind.to_owned(),
        name: display_name(&view),
        circle: circle_of(practice, &view).await?,
        vault: view.vault.map(|vault| vault.to_string()),
        created: moment(view.created_at),
        changed: moment(view.changed_at),
        binned: maybe_moment(view.binned_at),
        fields: view
            .fields
            .iter()
            .map(|(field, seen)| ((*field).to_owned(), FieldState::from(seen)))
            .collect(),
        entries: entries?,
        withheld_entries: view
            .withheld_entries
            .iter()
            .filter_map(|(field, reason)| {
                let reason = WithheldReason::of(*reason)?;
                Some(((*field).to_owned(), reason))
            })
            .collect(),
        editable_entries: view
            .editable_entries
            .iter()
            .map(|field| (*field).to_owned())
            .collect(),
        drafts,
    })
}

async fn circle_of(practice: &Practice, view: &View) -> Answer<CircleInfo> {
    let circle = practice
        .circles()
        .await?
        .into_iter()
        .find(|circle| circle.id == view.circle);
    circle
        .map(CircleInfo::new)
        .ok_or_else(|| Failure::new("not_found"))
}
