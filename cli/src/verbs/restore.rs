//! `kluis restore`

use super::backup::opener;
use crate::{
    args::{Global, Restore},
    failure::Failure,
    fetch,
    out::Out,
};
use dossierkluis::{error::Error, store::StoreError, transfer::backup::restore};
use serde_json::json;
use std::sync::Arc;

/// Makes a practice of a backup, in a new folder.
pub async fn run(global: &Global, args: &Restore, out: &Out) -> Result<u8, Failure> {
    let with = opener(
        args.identity_file.as_deref(),
        global.password_file.as_deref(),
        out,
    )?;
    let (bar, present) = (out.bar(), args.present.as_deref());
    let manifest = restore(
        &args.file,
        &args.dir,
        with,
        present,
        &|at| bar.show(at),
        &Arc::default(),
    )
    .await
    .map_err(refused)?;
    drop(bar);
    let at = fetch::time(manifest.made_at);
    let json = json!({
        "at": at, "dossiers": manifest.dossiers, "entries": manifest.entries, "documents": manifest.documents(),
    });
    out.say(&json, || {
        let from = out.pick("Teruggezet zoals het was op", "Restored as it was at");
        let dossiers = out.pick("dossiers", "dossiers");
        let moment = fetch::moment(manifest.made_at);
        format!("{from} {moment}: {} {dossiers}", manifest.dossiers)
    })?;
    if present.is_none() {
        out.warn(out.pick(
            "zonder --present komt terug wie na deze back-up is gewist; meld u aan en wis opnieuw wie dat moet",
            "without --present whoever was erased after this backup comes back; sign in and erase again who must be",
        ));
    }
    Ok(0)
}

/// It is the backup that is damaged here, and no practice.
fn refused(error: Error) -> Failure {
    match error {
        Error::Store(StoreError::Damaged(_)) => Failure::plain("no_backup", 5),
        other => super::backup::refused(other),
    }
}
