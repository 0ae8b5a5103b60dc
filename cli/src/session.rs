//! Signing in, and locking again whatever happens.

use crate::{
    args::Global,
    failure::{Failure, usage},
    fetch,
    out::Out,
};
use dossierkluis::{
    ids::CircleId,
    practice::{Locked, Practice, Stopper, system_clock},
};
use std::{io::Read, path::Path};

/// A secret that was typed or read.
pub struct Secret(String);

impl Secret {
    /// For the core, which takes its own copies and wipes them.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        // Best effort: the bytes are overwritten before they go.
        let mut bytes = std::mem::take(&mut self.0).into_bytes();
        bytes.fill(0);
        std::hint::black_box(&bytes);
    }
}

/// Signs in, does something, and locks.
pub async fn with<F>(global: &Global, dir: &Path, out: &Out, work: F) -> Result<u8, Failure>
where
    F: AsyncFnOnce(&Practice, &Secret) -> Result<u8, Failure>,
{
    let locked = Locked::open(dir, system_clock(), &workstation())?;
    let user = who(global, &locked)?;
    let password = secret(
        global.password_file.as_deref(),
        out.pick("Wachtwoord: ", "Password: "),
    )?;
    let practice = locked
        .unlock(&user, password.expose())
        .await
        .map_err(|(_, error)| error)?;
    tell_recoveries(&practice, out).await;
    let Some(name) = &global.vault else {
        return finish(practice, &password, work).await;
    };
    finish(practice, &password, async |practice, password| {
        open_vault(practice, global, name, out).await?;
        work(practice, password).await
    })
    .await
}

/// Says that the account got a new password without the old one, once. What cannot be told now is told the next time.
async fn tell_recoveries(practice: &Practice, out: &Out) {
    let told = practice.recoveries().await.unwrap_or_default();
    for one in &told {
        let day = fetch::moment(one.at);
        let how = match (one.how.as_str(), out.dutch) {
            ("together", true) => "met twee hersteldelen",
            ("together", false) => "with two recovery shares",
            (_, true) => "met het herstelblad",
            (_, false) => "with the recovery sheet",
        };
        let text = out.pick("uw wachtwoord is vervangen", "your password was replaced");
        out.warn(&format!("{text} {how}: {day}"));
    }
    if !told.is_empty() {
        let _ = practice.saw_recoveries().await;
    }
}

/// Opens the vault with this name, with the password that was given for it.
pub async fn open_vault(
    practice: &Practice,
    global: &Global,
    name: &str,
    out: &Out,
) -> Result<CircleId, Failure> {
    let vault = fetch::vault(practice, name).await?.id;
    let password = vault_secret(global, out)?;
    let opened = practice.open_vault(vault, password.expose()).await;
    opened.map_err(Failure::of_vault)?;
    Ok(vault)
}

/// The password of a vault.
pub fn vault_secret(global: &Global, out: &Out) -> Result<Secret, Failure> {
    secret(
        global.vault_password_file.as_deref(),
        out.pick("Wachtwoord van de kluis: ", "Password of the vault: "),
    )
}

/// Does something in an open practice, and locks.
pub async fn finish<F>(practice: Practice, password: &Secret, work: F) -> Result<u8, Failure>
where
    F: AsyncFnOnce(&Practice, &Secret) -> Result<u8, Failure>,
{
    let watching = tokio::spawn(interrupted(practice.stopper()));
    let done = work(&practice, password).await;
    let locked = practice.lock().await;
    watching.abort();
    let code = done?;
    locked?;
    Ok(code)
}

/// Ctrl+C stops what runs and lets the practice be locked, so that nothing half written stays. A second one ends the program at once.
async fn interrupted(stopper: Stopper) {
    if tokio::signal::ctrl_c().await.is_err() {
        return;
    }
    stopper.stop();
    if tokio::signal::ctrl_c().await.is_ok() {
        #[cfg(unix)]
        let _ =
            rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
        #[cfg(not(unix))]
        std::process::abort();
    }
}

/// Opens everything into memory, with a bar.
pub async fn load(practice: &Practice, out: &Out) -> Result<(), Failure> {
    let bar = out.bar();
    Ok(practice.load(&|progress| bar.show(progress)).await?)
}

/// Who signs in; the only one there is, when nobody was named.
pub fn who(global: &Global, locked: &Locked) -> Result<String, Failure> {
    match (&global.as_user, locked.users().as_slice()) {
        (Some(user), _) => Ok(user.clone()),
        (None, [one]) if !locked.hides_users() => Ok(one.id.to_string()),
        _ => Err(usage("who")),
    }
}

/// A secret from a file, without the newline at its end, or from the terminal.
pub fn secret(file: Option<&Path>, prompt: &str) -> Result<Secret, Failure> {
    let Some(file) = file else {
        return rpassword::prompt_password(prompt)
            .map(Secret)
            .map_err(|_| usage("no_terminal"));
    };
    let mut text = std::fs::read_to_string(file).map_err(|_| usage("password_file"))?;
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    Ok(Secret(text))
}

/// A new secret; typed twice when there is no file.
pub fn new_secret(file: Option<&Path>, out: &Out) -> Result<Secret, Failure> {
    let first = secret(file, out.pick("Nieuw wachtwoord: ", "New password: "))?;
    if file.is_none() {
        let again = secret(None, out.pick("Nogmaals: ", "Once more: "))?;
        if first.expose() != again.expose() {
            return Err(usage("passwords_differ"));
        }
    }
    Ok(first)
}

/// A text from the arguments or from standard input.
pub fn text(given: Option<&str>, stdin: bool) -> Result<String, Failure> {
    if !stdin {
        return Ok(given.unwrap_or_default().to_owned());
    }
    let mut text = String::new();
    std::io::stdin()
        .lock()
        .read_to_string(&mut text)
        .map_err(|error| Failure::io(&error))?;
    if text.ends_with('\n') {
        text.pop();
    }
    Ok(text)
}

/// The name of this computer, for the log.
pub fn workstation() -> String {
    let file = std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let named = |name: &str| std::env::var(name).ok();
    file.or_else(|| named("HOSTNAME"))
        .or_else(|| named("COMPUTERNAME"))
        .map(|name| name.trim().to_owned())
        .unwrap_or_default()
}
