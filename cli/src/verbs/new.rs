//! `kluis new`

use crate::{
    args::{Global, New, Role},
    failure::{Failure, new_file, usage},
    out::Out,
    session::{self, workstation},
};
use dossierkluis::{
    access::Text,
    catalogue,
    crypto::WorkFactor,
    error::Error,
    paper::PaperError,
    practice::{Founding, Locked, Practice, RecoverySheet, system_clock},
};
use serde_json::json;
use std::{fs::OpenOptions, io::Write, ops::Deref, path::Path};

/// Founds a practice.
pub async fn run(global: &Global, args: &New, out: &Out) -> Result<u8, Failure> {
    if let Some(file) = &args.recovery {
        new_file(file)?;
    }
    // A practice without its sheet would be there when it turns out that the sheet cannot be written.
    if let Some(file) = &args.recovery {
        write_private(file, b"")?;
        std::fs::remove_file(file).map_err(|error| Failure::io(&error))?;
    }
    let password = session::new_secret(global.password_file.as_deref(), out)?;
    let roles: Vec<catalogue::Role> = args.role.iter().map(|role| role_of(*role)).collect();
    let founding = Founding {
        practice: &args.practice,
        user: &args.user,
        password: password.expose(),
        work: work(args.work)?,
        roles: &roles,
    };
    let (practice, sheet) =
        Locked::found(&args.dir, &founding, system_clock(), &workstation()).await?;
    session::finish(practice, &password, async |practice, _| {
        match &args.recovery {
            Some(file) => write_sheet(practice, file, &sheet, out).await?,
            None => out.warn(out.pick(
                "er is geen herstelblad bewaard (--recovery): zonder blad is een vergeten wachtwoord niet te herstellen",
                "no recovery sheet was kept (--recovery): without it a forgotten password cannot be recovered",
            )),
        }
        let result = json!({ "practice": args.practice, "user": args.user, "id": practice.user().to_string() });
        out.say(&result, || format!("{}: {}", out.pick("Praktijk gemaakt", "Practice made"), args.practice))?;
        Ok(0)
    })
    .await
}

/// Today's work, or what a test asks for.
pub fn work(asked: Option<u8>) -> Result<WorkFactor, Failure> {
    asked.map_or(Ok(WorkFactor::CURRENT), |work| {
        WorkFactor::new(work).ok_or_else(|| usage("work"))
    })
}

fn role_of(role: Role) -> catalogue::Role {
    match role {
        Role::Administrator => catalogue::Role::Administrator,
        Role::Coach => catalogue::Role::Coach,
        Role::Physician => catalogue::Role::Physician,
        Role::Reception => catalogue::Role::Reception,
    }
}

/// The code of the account, and on a line of its own that of backups.
fn codes(sheet: &RecoverySheet) -> Text {
    let mut text = sheet.code();
    if let Some(code) = sheet.backup_code() {
        text.push('\n');
        text.push_str(&code);
    }
    text
}

/// Writes the sheet for its owner alone, and never over another file.
pub async fn write_sheet(
    practice: &Practice,
    file: &Path,
    sheet: &RecoverySheet,
    out: &Out,
) -> Result<(), Failure> {
    let style = practice.house_style().await?;
    let paper = || sheet.to_pdf(&style, out.language());
    write_secret(file, &paper, &|| codes(sheet))
}

/// Writes a secret for its owner alone, and never over another file: a paper to print, or its code.
pub fn write_secret<P: Deref<Target = Vec<u8>>>(
    file: &Path,
    paper: &dyn Fn() -> Result<P, PaperError>,
    code: &dyn Fn() -> Text,
) -> Result<(), Failure> {
    let pdf = file
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"));
    if pdf {
        return write_private(file, &paper().map_err(Error::from)?);
    }
    let mut line = code();
    line.push('\n');
    write_private(file, line.as_bytes())
}

/// Writes for its owner alone, and never over another file.
pub fn write_private(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(file).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(|error| Failure::io(&error))
}
