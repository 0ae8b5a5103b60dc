//! `kluis verify`

use crate::{
    args::{Folder, Global},
    failure::Failure,
    out::Out,
    session, words,
};
use dossierkluis::practice::Proof;
use serde_json::json;

/// Checks every page, the chain of the log, and every value that this user can open. What is too damaged to open is a
/// finding as well.
pub async fn run(global: &Global, args: &Folder, out: &Out) -> Result<u8, Failure> {
    let done = session::with(global, &args.dir, out, async |practice, _| {
        say(&practice.verify().await?, out)
    })
    .await;
    if let Some(finding) = done.as_ref().err().and_then(Failure::finding) {
        let found = json!({ "ok": false, "findings": [finding], "opened": 0 });
        out.say_to_scripts(&found)?;
    }
    done
}

fn say(proof: &Proof, out: &Out) -> Result<u8, Failure> {
    let ok = proof.findings.is_empty();
    let json = json!({ "ok": ok, "findings": proof.findings, "opened": proof.opened });
    out.say(&json, || {
        if ok {
            sound(proof.opened, out)
        } else {
            found(&proof.findings, out)
        }
    })?;
    Ok(if ok { 0 } else { 5 })
}

fn sound(opened: usize, out: &Out) -> String {
    let text = match opened {
        1 => out.pick(
            "waarde gecontroleerd die u mag openen, alles in orde",
            "value that you may open checked, all in order",
        ),
        _ => out.pick(
            "waarden gecontroleerd die u mag openen, alles in orde",
            "values that you may open checked, all in order",
        ),
    };
    format!("{opened} {text}")
}

fn found(findings: &[String], out: &Out) -> String {
    let mut lines: Vec<String> = findings
        .iter()
        .map(|finding| words::finding(finding, out.dutch))
        .collect();
    let next = out.pick(
        "Werk niet verder in deze map en zet een back-up terug.",
        "Do not work on in this folder and put a backup back.",
    );
    lines.push(next.to_owned());
    lines.join("\n")
}
