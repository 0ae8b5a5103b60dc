//! `kluis drill`

use super::backup::{opener, refused};
use crate::{
    args::{self, Global},
    failure::Failure,
    fetch,
    out::Out,
    session, words,
};
use dossierkluis::transfer::backup::Drill;
use serde_json::json;
use std::{path::PathBuf, sync::Arc};

/// Tries a restore in a private place and keeps the proof. Exit code 5 where the backup does not restore.
pub async fn run(global: &Global, args: &args::Drill, out: &Out) -> Result<u8, Failure> {
    session::with(global, &args.dir, out, async |practice, _| {
        let file = match &args.file {
            Some(file) => file.clone(),
            None => PathBuf::from(practice.newest_backup().await?.path),
        };
        let with = opener(
            args.identity_file.as_deref(),
            args.backup_password_file.as_deref(),
            out,
        )?;
        let bar = out.bar();
        let drilled = practice
            .drill(&file, with, &|at| bar.show(at), &Arc::default())
            .await
            .map_err(refused)?;
        drop(bar);
        say(&drilled, out)
    })
    .await
}

fn say(drill: &Drill, out: &Out) -> Result<u8, Failure> {
    let ok = drill.findings.is_empty();
    let json = json!({
        "ok": ok, "at": fetch::time(drill.at), "backup": fetch::time(drill.backup), "sha256": drill.sha256,
        "dossiers": drill.dossiers, "documents": drill.documents, "opened": drill.opened, "findings": drill.findings,
    });
    out.say(&json, || {
        let mut lines: Vec<String> = drill
            .findings
            .iter()
            .map(|finding| words::finding(finding, out.dutch))
            .collect();
        if ok {
            let text = out.pick(
                "Teruggezet, geopend, in orde bevonden en weer vernietigd: de back-up van",
                "Restored, opened, found sound and destroyed again: the backup of",
            );
            lines.push(format!("{text} {}", fetch::moment(drill.backup)));
        }
        lines.join("\n")
    })?;
    Ok(if ok { 0 } else { 5 })
}
