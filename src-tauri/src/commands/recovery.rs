//! Recovery by two people, a keyring from its copies, saving from a damaged database, and destroying what is here.

use crate::{
    dto::{Salvaged, Share},
    failure::{Answer, Failure},
    files,
    state::{Hold, Shell, workstation},
    swap, window,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use dossierkluis::{
    error::Error,
    paper::Language,
    practice::{Locked, system_clock},
    store::{StoreError, write_durably},
};
use tauri::{AppHandle, Manager, State};
use zeroize::Zeroizing;

/// Gives a user a new password with two of the three shares. The practice stays locked.
#[tauri::command]
#[specta::specta]
pub async fn recover_together(
    shell: State<'_, Shell>,
    user: String,
    one: String,
    two: String,
    next: String,
) -> Answer<()> {
    let (one, two, next) = (
        Zeroizing::new(one),
        Zeroizing::new(two),
        Zeroizing::new(next),
    );
    let mut hold = shell.hold().await?;
    let locked = take_locked(&mut hold)?;
    match locked.recover_together(&user, [&one, &two], &next).await {
        Ok(locked) => {
            *hold = Hold::Locked(locked);
            Ok(())
        }
        Err((locked, error)) => {
            *hold = Hold::Locked(*locked);
            Err(error.into())
        }
    }
}

/// Three shares for three people; those of a former split stop working. They are kept until they are saved.
#[tauri::command]
#[specta::specta]
pub async fn split_recovery(shell: State<'_, Shell>, password: String) -> Answer<Vec<Share>> {
    let password = Zeroizing::new(password);
    let sheets = shell.practice().await?.split_recovery(&password).await?;
    let shown = sheets.iter().map(Share::from).collect();
    shell.small().shares = sheets;
    Ok(shown)
}

/// One of the shares, until they were given out; base64 of a PDF.
#[tauri::command]
#[specta::specta]
pub async fn share_paper(shell: State<'_, Shell>, number: u8, language: String) -> Answer<String> {
    Ok(STANDARD.encode(&*printed(&shell, number, &language).await?))
}

/// File dialog; false when cancelled.
#[tauri::command]
#[specta::specta]
pub async fn save_share(app: AppHandle, number: u8, language: String) -> Answer<bool> {
    let name = format!("Dossierkluis hersteldeel {number}.pdf");
    let Some(path) = files::choose_new(&app, &name).await else {
        return Ok(false);
    };
    let shell = app.state::<Shell>();
    let paper = printed(&shell, number, &language).await?;
    shell.practice().await?.save_paper(&path, &paper)?;
    Ok(true)
}

async fn printed(shell: &Shell, number: u8, language: &str) -> Answer<Zeroizing<Vec<u8>>> {
    let style = shell.practice().await?.house_style().await?;
    let small = shell.small();
    let share = small.shares.iter().find(|share| share.number == number);
    let share = share.ok_or_else(|| Failure::new("not_found"))?;
    let paper = share.to_pdf(&style, Language::from_code(language));
    Ok(paper.map_err(Error::from)?)
}

/// The shares were given out: they are shown no more.
#[tauri::command]
#[specta::specta]
pub async fn forget_shares(shell: State<'_, Shell>) -> Answer<()> {
    shell.small().shares = Vec::new();
    Ok(())
}

/// Two people can open this account no more.
#[tauri::command]
#[specta::specta]
pub async fn end_split(shell: State<'_, Shell>, password: String) -> Answer<()> {
    let password = Zeroizing::new(password);
    Ok(shell.practice().await?.end_split(&password).await?)
}

/// The person has read how the account was recovered.
#[tauri::command]
#[specta::specta]
pub async fn saw_recoveries(shell: State<'_, Shell>) -> Answer<()> {
    Ok(shell.practice().await?.saw_recoveries().await?)
}

/// When the newest copy of the keyring was written, in ms, where the keyring needs one; null where there is none.
#[tauri::command]
#[specta::specta]
pub async fn keyring_copy(shell: State<'_, Shell>) -> Answer<Option<i64>> {
    Ok(Locked::copy_of_keyring(&shell.folder()))
}

/// Puts the newest copy of the keyring in the place of one that is damaged, missing or older.
#[tauri::command]
#[specta::specta]
pub async fn rebuild_keyring(shell: State<'_, Shell>) -> Answer<i64> {
    Ok(Locked::rebuild_keyring(&shell.folder())?)
}

/// Saves what is whole from a damaged database, and goes on with that; the damaged folder is kept beside it.
#[tauri::command]
#[specta::specta]
pub async fn salvage(shell: State<'_, Shell>, user: String, password: String) -> Answer<Salvaged> {
    let password = Zeroizing::new(password);
    let folder = shell.folder();
    let saved = swap::beside(&folder, "saved", (system_clock())());
    let mut hold = shell.hold().await?;
    let mut locked = take_locked(&mut hold)?;
    let salvaged = locked.salvage(&user, &password, &saved, &|_| ()).await;
    let salvaged = match salvaged {
        Ok(salvaged) => salvaged,
        Err(error) => {
            *hold = Hold::Locked(locked);
            return Err(match error {
                Error::Store(StoreError::Damaged(_)) => Failure::new("nothing_to_save"),
                other => other.into(),
            });
        }
    };
    // The folder is let go before it changes its name.
    drop(locked);
    let kept = swap::into_place(&folder, &saved, (system_clock())())?;
    *hold = Hold::Locked(Locked::open(&folder, system_clock(), &workstation())?);
    Ok(Salvaged::new(&salvaged, &kept))
}

/// Destroys the practice here, after everything was asked, and gives the certificate, which is saved where the person
/// chooses; null when cancelled, and then nothing was done.
#[tauri::command]
#[specta::specta]
pub async fn retire(app: AppHandle, typed: String, password: String) -> Answer<Option<String>> {
    let password = Zeroizing::new(password);
    let shell = app.state::<Shell>();
    let leave = shell
        .practice()
        .await?
        .prepare_retirement(&typed, &password)
        .await?;
    let Some(path) = files::choose_new(&app, "Dossierkluis bewijs van vernietiging.txt").await
    else {
        return Ok(None);
    };
    if path.starts_with(shell.folder()) {
        return Err(Failure::new("export"));
    }
    // The place is taken first: a certificate could not be made again.
    write_durably(&path, b"").map_err(|_| Failure::new("export"))?;
    shell.close_practice().await;
    let mut hold = shell.hold().await?;
    let certificate = take_locked(&mut hold)?.retire(leave)?;
    let text = certificate.to_text();
    write_durably(&path, text.as_bytes()).map_err(|_| Failure::new("export"))?;
    Ok(Some(text))
}

/// The certificate was read: what the page still has of the practice goes with it.
#[tauri::command]
#[specta::specta]
pub async fn leave_retired(app: AppHandle) -> Answer<()> {
    window::replace(&app).map_err(|_| Failure::new("store"))
}

fn take_locked(hold: &mut Hold) -> Answer<Locked> {
    match std::mem::replace(hold, Hold::Nothing) {
        Hold::Locked(locked) => Ok(locked),
        other => {
            *hold = other;
            Err(Failure::new("not_found"))
        }
    }
}
