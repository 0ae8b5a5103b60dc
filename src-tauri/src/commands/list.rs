//! Lists, search and recents.

use crate::{
    dto::{Ending, Hit, ListPage, ListQuery, PlayedPart, Progress, Row, SearchResult},
    failure::{Answer, id},
    state::Shell,
};
use dossierkluis::dossier::{self as core, SortBy};
use tauri::State;

/// Hits shown at once; the page says when there are more.
const HITS: usize = 60;
const RECENTS: usize = 12;
/// Days ahead.
const ENDING: u32 = 60;
/// No page of a list is longer, whatever is asked for.
const ROWS: u32 = 500;

#[tauri::command]
#[specta::specta]
pub async fn list_dossiers(shell: State<'_, Shell>, query: ListQuery) -> Answer<ListPage> {
    Ok(shell.practice().await?.list(&asked(query)?).await?.into())
}

#[tauri::command]
#[specta::specta]
pub async fn search(shell: State<'_, Shell>, text: String) -> Answer<SearchResult> {
    let practice = shell.practice().await?;
    let (found, more) = practice.search(&text, HITS).await?;
    let loading = practice.loading().map(Progress::from);
    Ok(SearchResult {
        hits: found.into_iter().map(Hit::from).collect(),
        more,
        loading,
    })
}

#[tauri::command]
#[specta::specta]
pub async fn recents(shell: State<'_, Shell>) -> Answer<Vec<Row>> {
    let rows = shell.practice().await?.recents(RECENTS).await?;
    Ok(rows.into_iter().map(Row::from).collect())
}

/// Trainings and certificates that end within sixty days or ended in the last thirty, of what can be read now.
#[tauri::command]
#[specta::specta]
pub async fn endings(shell: State<'_, Shell>) -> Answer<Vec<Ending>> {
    let endings = shell.practice().await?.endings(ENDING).await?;
    Ok(endings.into_iter().map(Ending::from).collect())
}

/// The parts that somebody plays in other dossiers.
#[tauri::command]
#[specta::specta]
pub async fn parts_played(shell: State<'_, Shell>, id: String) -> Answer<Vec<PlayedPart>> {
    let practice = shell.practice().await?;
    let parts = practice.parts_played(crate::failure::id(&id)?).await?;
    Ok(parts.into_iter().map(PlayedPart::from).collect())
}

fn asked(query: ListQuery) -> Answer<core::ListQuery> {
    Ok(core::ListQuery {
        kinds: query.kinds,
        sort: match query.sort.as_str() {
            "name" => SortBy::Name,
            "changed" => SortBy::Changed,
            _ => SortBy::Field(query.sort),
        },
        descending: query.descending,
        filter: query.filter,
        field: None,
        circle: query.circle.as_deref().map(id).transpose()?,
        offset: query.offset as usize,
        limit: query.limit.min(ROWS) as usize,
    })
}
