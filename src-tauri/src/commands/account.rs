//! Founding a practice, and one's own password.

use crate::{
    dto::{RecoverySheet, Session, Strength},
    failure::{Answer, Failure},
    session::{self, describe},
    state::{Hold, Shell, workstation},
};
use dossierkluis::{
    catalogue::Role,
    crypto::{WorkFactor, rate},
    practice::{Founding, Locked, system_clock},
};
use tauri::{AppHandle, Manager};
use zeroize::Zeroizing;

#[tauri::command]
#[specta::specta]
pub async fn password_strength(password: String, words: Vec<String>) -> Answer<Strength> {
    let (password, words) = (
        Zeroizing::new(password),
        words.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    Ok(rate(&password, &words, LEAST_SCORE).into())
}

/// What a short password must at least score; a practice may ask for more.
const LEAST_SCORE: u8 = 3;

#[tauri::command]
#[specta::specta]
pub async fn create_practice(
    app: AppHandle,
    practice: String,
    name: String,
    password: String,
) -> Answer<RecoverySheet> {
    let (shell, password) = (app.state::<Shell>(), Zeroizing::new(password));
    let hold = shell.hold().await?;
    if !matches!(*hold, Hold::Nothing) {
        return Err(Failure::new("occupied"));
    }
    let founding = Founding {
        practice: &practice,
        user: &name,
        password: &password,
        work: WorkFactor::CURRENT,
        roles: &[Role::Coach],
    };
    let (opened, sheet) =
        Locked::found(&shell.folder(), &founding, system_clock(), &workstation()).await?;
    session::enter(&app, hold, opened).await?;
    let shown = RecoverySheet::from(&sheet);
    shell.small().sheet = Some(sheet);
    Ok(shown)
}

/// Also the first sign-in of an invited colleague, whose one-time password is `old`.
#[tauri::command]
#[specta::specta]
pub async fn change_password(app: AppHandle, old: String, next: String) -> Answer<Session> {
    let (shell, old, next) = (
        app.state::<Shell>(),
        Zeroizing::new(old),
        Zeroizing::new(next),
    );
    let practice = shell.practice().await?;
    practice.change_password(&old, &next).await?;
    session::load(&app);
    describe(&shell, &practice).await
}
