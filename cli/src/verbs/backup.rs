//! `kluis backup`

use crate::{
    args::{self, Global},
    failure::{Failure, usage},
    fetch,
    out::Out,
    session,
};
use dossierkluis::{
    crypto::{Opener, Outward, Passphrase},
    error::Error,
    practice::{Practice, backup_opener},
    transfer::backup::{Backup, BackupPlan},
};
use serde_json::json;
use std::{
    path::{Path, PathBuf, absolute},
    sync::Arc,
};

/// Makes a backup and proves it.
pub async fn run(global: &Global, args: &args::Backup, out: &Out) -> Result<u8, Failure> {
    session::with(global, &args.dir, out, async |practice, _| {
        if let Some(folder) = &args.into {
            keep_in(practice, folder).await?;
        }
        let bar = out.bar();
        let backup = match &args.file {
            Some(file) => {
                let to = outward(practice, args, out).await?;
                let file = whole_path(file)?;
                practice
                    .back_up(&file, to, &|at| bar.show(at), &Arc::default())
                    .await?
            }
            None => {
                practice
                    .back_up_as_planned(&|at| bar.show(at), &Arc::default())
                    .await?
            }
        };
        drop(bar);
        say(&backup, out)
    })
    .await
}

async fn keep_in(practice: &Practice, folder: &Path) -> Result<(), Failure> {
    let plan = BackupPlan {
        folder: whole_path(folder)?.to_string_lossy().into_owned(),
        ..practice.backup_plan().await?
    };
    Ok(practice.save_backup_plan(&plan).await?)
}

/// The practice remembers where its backups are, whatever the folder that it is called from.
fn whole_path(path: &Path) -> Result<PathBuf, Failure> {
    absolute(path).map_err(|error| Failure::io(&error))
}

/// For whom: the sheets, unless it is said otherwise.
async fn outward(practice: &Practice, args: &args::Backup, out: &Out) -> Result<Outward, Failure> {
    if let Some(recipient) = &args.recipient {
        let recipient = recipient.parse().map_err(|_| usage("recipient"))?;
        return Ok(Outward::Recipient(recipient));
    }
    let Some(file) = &args.backup_password_file else {
        return Ok(practice.backup_recipients().await?);
    };
    let (password, work) = (
        session::new_secret(Some(file), out)?,
        super::new::work(args.work)?,
    );
    Ok(practice.outward(password.expose(), work).await?)
}

fn say(backup: &Backup, out: &Out) -> Result<u8, Failure> {
    let json = json!({
        "file": backup.path, "at": fetch::time(backup.at), "size": backup.size, "sha256": backup.sha256,
        "dossiers": backup.dossiers, "documents": backup.documents, "log": backup.log, "checked": true,
    });
    out.say(&json, || {
        let proven = out.pick(
            "geschreven, teruggelezen en in orde bevonden",
            "written, read back and found sound",
        );
        let dossiers = out.pick("dossiers", "dossiers");
        let documents = out.pick("documenten", "documents");
        format!(
            "{}: {proven}\n{} {dossiers}, {} {documents}\nSHA-256 {}",
            backup.path, backup.dossiers, backup.documents, backup.sha256
        )
    })?;
    Ok(0)
}

/// What opens a backup: the code in a file, the password in a file, or a code that is asked for.
pub fn opener(
    identity: Option<&Path>,
    password: Option<&Path>,
    out: &Out,
) -> Result<Opener, Failure> {
    if let (None, Some(file)) = (identity, password) {
        let password = session::secret(Some(file), "")?;
        return Ok(Opener::Password(Passphrase::new(password.expose())));
    }
    let code = session::secret(
        identity,
        out.pick(
            "Code voor back-ups op het herstelblad: ",
            "Code for backups on the recovery sheet: ",
        ),
    )?;
    backup_opener(code.expose()).map_err(refused)
}

/// No password of a person was given here: it is the code, or the password of the backup, that does not fit.
pub fn refused(error: Error) -> Failure {
    match error {
        Error::WrongPassword => Failure::plain("wrong_backup_key", 3),
        other => other.into(),
    }
}
