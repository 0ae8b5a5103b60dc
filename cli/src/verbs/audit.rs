//! `kluis audit`

use crate::{
    args::{Audit, AuditAction, Global},
    failure::{Failure, usage},
    fetch,
    out::Out,
    session, words,
};
use dossierkluis::audit::{LogCheck, check_log};
use serde_json::{Value, json};
use std::{fs::File, io::BufReader, path::Path};

/// Reads the access log, writes it to a file, or checks such a file.
pub async fn run(global: &Global, args: &Audit, out: &Out) -> Result<u8, Failure> {
    match (&args.action, &args.dir) {
        (Some(AuditAction::Verify { file, earlier }), _) => verify(file, earlier.as_deref(), out),
        (_, None) => Err(usage("missing_argument").with("argument", "<DIR>")),
        (Some(AuditAction::Export { file }), Some(dir)) => export(global, dir, file, out).await,
        (None, Some(dir)) => read(global, args, dir, out).await,
    }
}

async fn export(global: &Global, dir: &Path, file: &Path, out: &Out) -> Result<u8, Failure> {
    session::with(global, dir, out, async |practice, _| {
        let count = practice.export_log(file).await?;
        out.say(&json!({ "entries": count }), || {
            format!(
                "{}: {count}",
                out.pick("regels geschreven", "entries written")
            )
        })?;
        Ok(0)
    })
    .await
}

fn check(file: &Path, earlier: Option<&LogCheck>) -> Result<LogCheck, Failure> {
    let input = File::open(file).map_err(|error| Failure::io(&error))?;
    check_log(BufReader::new(input), earlier)
        .map_err(|error| dossierkluis::error::Error::from(error).into())
}

/// Exit code 5 where the file is not what was signed.
fn verify(file: &Path, earlier: Option<&Path>, out: &Out) -> Result<u8, Failure> {
    let earlier = earlier.map(|file| check(file, None)).transpose()?;
    let checked = check(file, earlier.as_ref())?;
    if checked.findings.iter().all(|one| one.seq == 0) && checked.end.0 == 0 {
        return Err(Failure::plain("no_log", 5));
    }
    let findings: Vec<String> = checked
        .findings
        .iter()
        .map(|one| format!("audit:{}:{}", one.what, one.seq))
        .collect();
    let ok = findings.is_empty();
    let json = json!({
        "ok": ok, "entries": checked.end.0, "hash": checked.end.1, "at": fetch::time(checked.at), "findings": findings,
    });
    out.say(&json, || {
        let mut lines: Vec<String> = findings
            .iter()
            .map(|one| words::finding(one, out.dutch))
            .collect();
        lines.dedup();
        if ok {
            let text = out.pick(
                "regels gecontroleerd, keten en handtekeningen kloppen",
                "entries checked, chain and signatures are sound",
            );
            lines.push(format!("{} {text}", checked.end.0));
        }
        lines.join("\n")
    })?;
    Ok(if ok { 0 } else { 5 })
}

/// Newest first.
async fn read(global: &Global, args: &Audit, dir: &Path, out: &Out) -> Result<u8, Failure> {
    session::with(global, dir, out, async |practice, _| {
        let about = args.about.as_deref().map(fetch::dossier).transpose()?;
        let limit = args.limit.map_or(i64::MAX, i64::from);
        let page = practice
            .audit_log(about, i64::from(args.offset), limit)
            .await?;
        let names = fetch::names(practice).await?;
        let mut json = Vec::with_capacity(page.entries.len());
        for entry in &page.entries {
            let mut one =
                serde_json::to_value(&entry.event).map_err(|_| Failure::plain("failed", 1))?;
            one["seq"] = json!(entry.seq);
            json.push(one);
        }
        out.say(&Value::Array(json.clone()), || {
            let rows: Vec<Vec<String>> = page
                .entries
                .iter()
                .zip(&json)
                .map(|(entry, json)| {
                    let event = &entry.event;
                    let done = if event.success {
                        ""
                    } else {
                        out.pick("geweigerd", "refused")
                    };
                    vec![
                        entry.seq.to_string(),
                        fetch::moment(event.at),
                        names
                            .get(&event.user)
                            .cloned()
                            .unwrap_or_else(|| event.user.to_string()),
                        json["event"].as_str().unwrap_or_default().to_owned(),
                        event.subject.map(|id| id.to_string()).unwrap_or_default(),
                        event.part.clone().unwrap_or_default(),
                        event
                            .count
                            .map(|count| count.to_string())
                            .unwrap_or_default(),
                        done.to_owned(),
                    ]
                })
                .collect();
            out.table(&rows)
        })?;
        Ok(0)
    })
    .await
}
