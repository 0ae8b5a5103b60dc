//! `kluis recovery`

use super::{new::write_secret, user::done};
use crate::{
    args::{Global, Recovery, RecoveryAction},
    failure::{Failure, usage},
    out::Out,
    session::{self, workstation},
    words::{self, reasons},
};
use dossierkluis::{
    error::Error,
    practice::{Locked, Practice, Salvaged, system_clock},
    store::{StoreError, folder_of},
};
use serde_json::json;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

/// Getting ready for loss, and what helps after it.
pub async fn run(global: &Global, args: &Recovery, out: &Out) -> Result<u8, Failure> {
    match &args.action {
        RecoveryAction::Keyring => keyring(&args.dir, out),
        RecoveryAction::Salvage { to } => salvage(global, &args.dir, to, out).await,
        RecoveryAction::Split { files } => {
            // The former shares stop working the moment that there are new ones: those must have a place each.
            let apart: BTreeSet<_> = files.iter().collect();
            if apart.len() < files.len() || files.iter().any(|file| file.exists()) {
                return Err(usage("exists"));
            }
            if files.iter().any(|file| !folder_of(file).is_dir()) {
                return Err(Failure::io(&std::io::ErrorKind::NotFound.into()));
            }
            session::with(global, &args.dir, out, async |practice, password| {
                split(practice, password.expose(), files, out).await
            })
            .await
        }
        RecoveryAction::Unsplit => {
            session::with(global, &args.dir, out, async |practice, password| {
                practice.end_split(password.expose()).await?;
                done(practice.user().to_string(), out)
            })
            .await
        }
    }
}

async fn split(
    practice: &Practice,
    password: &str,
    files: &[PathBuf],
    out: &Out,
) -> Result<u8, Failure> {
    let style = practice.house_style().await?;
    let sheets = practice.split_recovery(password).await?;
    for (file, sheet) in files.iter().zip(&sheets) {
        let paper = || sheet.to_pdf(&style, out.language());
        write_secret(file, &paper, &|| sheet.code())?;
    }
    out.warn(out.pick(
        "geef de drie delen aan drie mensen en wis de bestanden: wie er twee heeft, kan uw wachtwoord vervangen",
        "give the three shares to three people and delete the files: whoever has two can replace your password",
    ));
    done(practice.user().to_string(), out)
}

/// Needs no password: nothing is opened, and nobody gets in by it who could not before.
fn keyring(dir: &Path, out: &Out) -> Result<u8, Failure> {
    let written = Locked::rebuild_keyring(dir)?;
    out.say(&json!({ "copy_written": written }), || {
        out.pick(
            "Het sleutelbestand is weer opgebouwd uit de nieuwste kopie. Meld u aan zoals altijd.",
            "The key file was put together again from the newest copy. Sign in as always.",
        )
        .to_owned()
    })?;
    Ok(0)
}

async fn salvage(global: &Global, dir: &Path, to: &Path, out: &Out) -> Result<u8, Failure> {
    let mut locked = Locked::open(dir, system_clock(), &workstation())?;
    let user = session::who(global, &locked)?;
    let password = session::secret(
        global.password_file.as_deref(),
        out.pick("Wachtwoord: ", "Password: "),
    )?;
    let bar = out.bar();
    let salvaged = locked
        .salvage(&user, password.expose(), to, &|progress| bar.show(progress))
        .await
        .map_err(|error| match error {
            Error::Store(StoreError::Damaged(_)) => Failure::plain("nothing_to_save", 5),
            other => other.into(),
        })?;
    drop(bar);
    say(&salvaged, out)?;
    let whole =
        salvaged.damaged.is_empty() && salvaged.parts.is_empty() && salvaged.files.is_empty();
    Ok(if whole { 0 } else { 5 })
}

fn say(salvaged: &Salvaged, out: &Out) -> Result<(), Failure> {
    let damaged: Vec<String> = salvaged.damaged.iter().map(ToString::to_string).collect();
    let names: BTreeMap<String, &str> = salvaged
        .names
        .iter()
        .map(|(id, name)| (id.to_string(), name.as_str()))
        .collect();
    let called: Vec<String> = damaged
        .iter()
        .map(|id| match names.get(id) {
            Some(name) => format!("{name} ({id})"),
            None => id.clone(),
        })
        .collect();
    let files: Vec<String> = salvaged.files.iter().map(ToString::to_string).collect();
    let json = json!({
        "saved": salvaged.saved, "damaged": damaged, "names": names, "parts": salvaged.parts, "missing_files": files,
    });
    out.say(&json, || {
        let mut lines = vec![format!(
            "{}: {}",
            out.pick("Dossiers gered", "Dossiers saved"),
            salvaged.saved
        )];
        let heads = [
            (
                out.pick(
                    "Niet heel, nog in de oude map",
                    "Not whole, in the old folder still",
                ),
                &called,
            ),
            (
                out.pick(
                    "Bestand van een document ontbreekt",
                    "File of a document is missing",
                ),
                &files,
            ),
        ];
        for (head, ids) in heads {
            lines.extend(ids.iter().map(|id| format!("{head}: {id}")));
        }
        for part in &salvaged.parts {
            let part = words::or_code(reasons::LOST, part, out.dutch);
            lines.push(format!("{}: {part}", out.pick("Onvolledig", "Incomplete")));
        }
        lines.join("\n")
    })
}
