//! Sign-in and lock.

use crate::{
    dto::{Catalogue, PracticeState, Session, Status, UserName},
    failure::Answer,
    idle::Now,
    lock,
    session::{self, describe},
    state::{Hold, Shell},
};
use tauri::{AppHandle, State};
use zeroize::Zeroizing;

#[tauri::command]
#[specta::specta]
pub async fn status(shell: State<'_, Shell>) -> Answer<Status> {
    let language = session::language(&shell);
    let hold = shell.hold().await?;
    let demo = shell.small().demo;
    let state = |state| Status {
        state,
        practice: None,
        users: Vec::new(),
        hidden: false,
        language,
        demo,
    };
    Ok(match &*hold {
        Hold::Nothing => state(PracticeState::None),
        Hold::Open(_) => state(PracticeState::Open),
        Hold::Locked(locked) => Status {
            practice: locked.practice_name().map(str::to_owned),
            users: locked.users().into_iter().map(UserName::from).collect(),
            hidden: locked.hides_users(),
            ..state(PracticeState::Locked)
        },
    })
}

#[tauri::command]
#[specta::specta]
pub async fn sign_in(app: AppHandle, user: String, password: String) -> Answer<Session> {
    let password = Zeroizing::new(password);
    session::open(&app, async |locked| locked.unlock(&user, &password).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn recover(app: AppHandle, user: String, code: String, next: String) -> Answer<Session> {
    let (code, next) = (Zeroizing::new(code), Zeroizing::new(next));
    session::open(&app, async |locked| {
        locked.recover(&user, &code, &next).await
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn session(shell: State<'_, Shell>) -> Answer<Session> {
    let practice = shell.practice().await?;
    describe(&shell, &practice).await
}

/// Locks now. The page is replaced, so there is nobody to answer to.
#[tauri::command]
#[specta::specta]
pub async fn lock(app: AppHandle) -> Answer<()> {
    lock::start(&app);
    Ok(())
}

/// Real input only (isTrusted), at most once a second. Answers when it will lock, in milliseconds since 1970.
#[tauri::command]
#[specta::specta]
pub async fn touch(shell: State<'_, Shell>) -> Answer<i64> {
    shell.idle.touch(Now::read());
    Ok(shell.idle.lock_at())
}

#[tauri::command]
#[specta::specta]
pub async fn catalogue(shell: State<'_, Shell>) -> Answer<Catalogue> {
    let practice = shell.practice().await?;
    let protected: Vec<_> = practice
        .matrix()
        .await?
        .fields
        .into_iter()
        .filter(|field| field.protected)
        .map(|field| field.id)
        .collect();
    Ok(Catalogue::new(&|def| protected.contains(&def.id)))
}
