//! The authorisation matrix.

use crate::{
    dto::{GrantEffect, Level, Matrix, MatrixField, MatrixGroup, Waiting},
    failure::{Answer, Failure, id},
    session::people,
    state::Shell,
};
use tauri::State;

#[tauri::command]
#[specta::specta]
pub async fn matrix(shell: State<'_, Shell>) -> Answer<Matrix> {
    let practice = shell.practice().await?;
    let (matrix, waiting, names) = (
        practice.matrix().await?,
        practice.waiting().await?,
        people(&practice).await?,
    );
    Ok(Matrix {
        fields: matrix.fields.into_iter().map(MatrixField::from).collect(),
        groups: matrix.groups.iter().map(MatrixGroup::new).collect(),
        waiting: waiting
            .iter()
            .map(|waiting| Waiting::new(waiting, &names))
            .collect(),
        manage: matrix.manage,
    })
}

/// What set_grant would do, before it is done.
#[tauri::command]
#[specta::specta]
pub async fn preview_grant(
    shell: State<'_, Shell>,
    field: String,
    group: String,
    level: Level,
) -> Answer<GrantEffect> {
    let practice = shell.practice().await?;
    let effect = practice
        .preview_right(&field, id(&group)?, level.into())
        .await?;
    Ok(GrantEffect::new(&effect, &people(&practice).await?))
}

#[tauri::command]
#[specta::specta]
pub async fn set_grant(
    shell: State<'_, Shell>,
    field: String,
    group: String,
    level: Level,
) -> Answer<GrantEffect> {
    let practice = shell.practice().await?;
    let effect = practice
        .set_right(&field, id(&group)?, level.into())
        .await?;
    Ok(GrantEffect::new(&effect, &people(&practice).await?))
}

/// Gives what waits to this user; only somebody who holds the key can.
#[tauri::command]
#[specta::specta]
pub async fn give_waiting(shell: State<'_, Shell>, key: String, user: String) -> Answer<()> {
    Ok(shell
        .practice()
        .await?
        .give_waiting(&key, id(&user)?)
        .await?)
}

/// A field can be given a key of its own; taking it away again is not offered.
#[tauri::command]
#[specta::specta]
pub async fn set_protected(shell: State<'_, Shell>, field: String, on: bool) -> Answer<()> {
    if !on {
        return Err(Failure::new("denied"));
    }
    shell.practice().await?.protect(&field).await?;
    Ok(())
}
