//! People, groups and circles.

use crate::{
    dto::{CircleInfo, GroupInfo, Invitation, People, Statement, UserInfo, word},
    failure::{Answer, id},
    state::Shell,
};
use tauri::State;

#[tauri::command]
#[specta::specta]
pub async fn people(shell: State<'_, Shell>) -> Answer<People> {
    let practice = shell.practice().await?;
    Ok(People {
        users: practice
            .users()
            .await?
            .into_iter()
            .map(UserInfo::from)
            .collect(),
        groups: practice
            .groups()
            .await?
            .into_iter()
            .map(GroupInfo::from)
            .collect(),
        circles: practice
            .circles()
            .await?
            .into_iter()
            .map(CircleInfo::new)
            .collect(),
        manage: practice.refuse_unless_manager().is_ok(),
    })
}

#[tauri::command]
#[specta::specta]
pub async fn invite_user(
    shell: State<'_, Shell>,
    name: String,
    groups: Vec<String>,
) -> Answer<Invitation> {
    let groups: Vec<_> = groups
        .iter()
        .map(|group| id(group))
        .collect::<Answer<_>>()?;
    let practice = shell.practice().await?;
    Ok(practice.invite(&name, &groups).await?.into())
}

/// A new one-time password for somebody who has not signed in yet.
#[tauri::command]
#[specta::specta]
pub async fn renew_invitation(shell: State<'_, Shell>, user: String) -> Answer<Invitation> {
    let practice = shell.practice().await?;
    Ok(practice.renew_invitation(id(&user)?).await?.into())
}

#[tauri::command]
#[specta::specta]
pub async fn disable_user(shell: State<'_, Shell>, user: String) -> Answer<()> {
    Ok(shell.practice().await?.block(id(&user)?).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn set_user_expiry(
    shell: State<'_, Shell>,
    user: String,
    expires: Option<String>,
) -> Answer<()> {
    let expires = expires.unwrap_or_default();
    Ok(shell
        .practice()
        .await?
        .set_password_rules(id(&user)?, None, Some(&expires))
        .await?)
}

#[tauri::command]
#[specta::specta]
pub async fn require_password_change(shell: State<'_, Shell>, user: String) -> Answer<()> {
    Ok(shell
        .practice()
        .await?
        .set_password_rules(id(&user)?, Some(true), None)
        .await?)
}

#[tauri::command]
#[specta::specta]
pub async fn add_statement(
    shell: State<'_, Shell>,
    user: String,
    statement: Statement,
) -> Answer<()> {
    let practice = shell.practice().await?;
    Ok(practice
        .add_statement(
            id(&user)?,
            &word(&statement.kind),
            &statement.signed,
            &statement.note,
        )
        .await?)
}

#[tauri::command]
#[specta::specta]
pub async fn new_group(shell: State<'_, Shell>, name: String) -> Answer<String> {
    Ok(shell.practice().await?.new_group(&name).await?.to_string())
}

#[tauri::command]
#[specta::specta]
pub async fn set_member(
    shell: State<'_, Shell>,
    group: String,
    user: String,
    member: bool,
) -> Answer<()> {
    shell
        .practice()
        .await?
        .set_group_member(id(&group)?, id(&user)?, member)
        .await?;
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub async fn new_circle(shell: State<'_, Shell>, name: String) -> Answer<String> {
    Ok(shell.practice().await?.new_circle(&name).await?.to_string())
}

#[tauri::command]
#[specta::specta]
pub async fn set_circle_member(
    shell: State<'_, Shell>,
    circle: String,
    user: String,
    member: bool,
) -> Answer<()> {
    let (practice, circle, user) = (shell.practice().await?, id(&circle)?, id(&user)?);
    if member {
        practice.add_to_circle(circle, user).await?;
    } else {
        practice.remove_from_circle(circle, user).await?;
    }
    Ok(())
}
