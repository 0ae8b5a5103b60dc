//! `kluis retire`

use crate::{
    args::{Global, Retire},
    failure::{Failure, new_file},
    out::Out,
    session::{self, workstation},
};
use dossierkluis::practice::{Locked, system_clock};
use serde_json::json;
use std::{fs::OpenOptions, io::Write};

/// Destroys the practice in this folder, and writes a certificate. The place for that is taken first: afterwards it could
/// not be made again.
pub async fn run(global: &Global, args: &Retire, out: &Out) -> Result<u8, Failure> {
    let (file, dir) = (&args.certificate, args.dir.canonicalize());
    let place = file
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let place = place.unwrap_or(std::path::Path::new(".")).canonicalize();
    if let (Ok(place), Ok(dir)) = (place, dir)
        && place.starts_with(dir)
    {
        return Err(Failure::plain("export", 1).with("reason", "own_folder"));
    }
    let locked = Locked::open(&args.dir, system_clock(), &workstation())?;
    let user = session::who(global, &locked)?;
    let password = session::secret(
        global.password_file.as_deref(),
        out.pick("Wachtwoord: ", "Password: "),
    )?;
    let practice = locked
        .unlock(&user, password.expose())
        .await
        .map_err(|(_, error)| error)?;
    let leave = practice
        .prepare_retirement(&args.confirm, password.expose())
        .await;
    let locked = practice.lock().await?;
    let leave = leave?;
    new_file(file)?;
    let mut page = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(file)
        .map_err(|error| Failure::io(&error))?;
    let certificate = locked.retire(leave)?;
    page.write_all(certificate.to_text().as_bytes())
        .and_then(|()| page.sync_all())
        .map_err(|error| Failure::io(&error))?;
    let done = &certificate.destroyed;
    let json = json!({ "files": done.files, "bytes": done.bytes, "sha256": done.sha256, "left": done.left });
    out.say(&json, || certificate.to_text())?;
    Ok(0)
}
