//! `kluis disclosure`

use super::new::write_private;
use crate::{
    args::{Disclosure, DisclosureAction, Global, Weighing},
    failure::Failure,
    fetch,
    out::Out,
    session,
    words::{self, reasons},
};
use dossierkluis::{
    disclosure::{Letter, NewRequest, Preview, Registered, Reply},
    dossier::Weighed,
    error::Error,
    ids::EntryId,
    practice::Practice,
};
use serde_json::{Value, json};
use std::path::Path;

/// Requests for information, and the register of what went out.
pub async fn run(global: &Global, args: &Disclosure, out: &Out) -> Result<u8, Failure> {
    session::with(global, &args.dir, out, async |practice, _| {
        match &args.action {
            DisclosureAction::Request {
                id,
                asker,
                purpose,
                name,
                address,
                asked,
                received,
                due,
                language,
            } => {
                let new = NewRequest {
                    asker: asker.clone(),
                    purpose: purpose.clone(),
                    name: name.clone(),
                    address: address.join("\n"),
                    asked: asked.clone(),
                    received: received.clone().unwrap_or_default(),
                    due: due.clone().unwrap_or_default(),
                    language: language.clone(),
                };
                let entry = practice.register_request(fetch::dossier(id)?, &new).await?;
                out.say(&json!({ "id": entry.to_string() }), || entry.to_string())?;
                Ok(0)
            }
            DisclosureAction::Answer {
                request,
                weighing,
                partly,
                result,
                preview,
                file,
            } => {
                let reply = Reply {
                    partly: *partly,
                    result: result.clone().unwrap_or_default(),
                    ..reply(weighing)
                };
                let request = entry(request)?;
                if *preview {
                    look(&practice.preview_answer(request, &reply).await?, out)
                } else {
                    answer(practice, request, &reply, file.as_deref(), out).await
                }
            }
            DisclosureAction::Refuse {
                request,
                weighing,
                reason,
                preview,
                file,
            } => {
                let reply = Reply {
                    reason: reason.clone(),
                    ..reply(weighing)
                };
                let request = entry(request)?;
                refuse_existing(file.as_deref())?;
                let seen = practice.preview_refusal(request, &reply).await?;
                if *preview {
                    return look(&seen, out);
                }
                let letter = practice
                    .refuse_request(request, &reply, &seen.digest, seen.revision)
                    .await?;
                give(practice, &letter, file.as_deref(), out).await
            }
            DisclosureAction::Letter { request, file } => {
                let letter = practice.disclosure_letter(entry(request)?).await?;
                give(practice, &letter, file.as_deref(), out).await
            }
            DisclosureAction::List { id, open } => {
                let of = id.as_deref().map(fetch::dossier).transpose()?;
                let mut found = practice.disclosures(of).await?;
                found.retain(|one| !open || one.is_open());
                list(&found, out)
            }
        }
    })
    .await
}

fn reply(weighing: &Weighing) -> Reply {
    let answer = |ground: &str, yes: bool| Weighed {
        ground: ground.to_owned(),
        yes,
    };
    Reply {
        answers: vec![
            answer("interest", weighing.interest.yes()),
            answer("need", weighing.need.yes()),
            answer("harm", weighing.harm.yes()),
            answer("doubt", weighing.doubt.yes()),
        ],
        explanation: weighing.explanation.clone().unwrap_or_default(),
        ..Reply::default()
    }
}

/// Shows exactly what would go, and whether it may.
fn look(preview: &Preview, out: &Out) -> Result<u8, Failure> {
    let left_out: Vec<Value> = preview
        .left_out
        .iter()
        .map(|(field, why)| json!({ "field": field, "reason": why.code() }))
        .collect();
    for (field, why) in &preview.left_out {
        let why = words::or_code(reasons::LEFT_OUT, why.code(), out.dutch);
        out.warn(&format!("{field}: {why}"));
    }
    // What may not go is not shown as if it did.
    let letter = preview.denial.is_none().then_some(&*preview.letter);
    out.say(
        &json!({ "letter": letter, "left_out": left_out, "allowed": letter.is_some() }),
        || letter.map_or_else(String::new, |letter| letter.text().to_string()),
    )?;
    match preview.denial {
        Some(denial) => Err(Error::Denied(denial).into()),
        None => Ok(0),
    }
}

async fn answer(
    practice: &Practice,
    request: EntryId,
    reply: &Reply,
    file: Option<&Path>,
    out: &Out,
) -> Result<u8, Failure> {
    refuse_existing(file)?;
    let preview = practice.preview_answer(request, reply).await?;
    let letter = practice
        .answer_request(request, reply, &preview.digest, preview.revision)
        .await?;
    give(practice, &letter, file, out).await
}

/// What is there is not written over. A letter that cannot be written would stand in the register and be nowhere.
pub fn refuse_existing(file: Option<&Path>) -> Result<(), Failure> {
    match file {
        Some(file) if file.exists() => Err(Failure::io(&std::io::ErrorKind::AlreadyExists.into())),
        _ => Ok(()),
    }
}

async fn give(
    practice: &Practice,
    letter: &Letter,
    file: Option<&Path>,
    out: &Out,
) -> Result<u8, Failure> {
    match file {
        Some(file) => {
            write_private(file, &practice.letter_paper(letter).await?)?;
            out.say(&json!({ "reference": letter.reference }), || {
                letter.reference.clone()
            })?;
        }
        None => out.say(&json!(letter), || letter.text().to_string())?,
    }
    Ok(0)
}

fn list(found: &[Registered], out: &Out) -> Result<u8, Failure> {
    let json: Vec<Value> = found.iter().map(line).collect();
    out.say(&json!(json), || {
        let rows: Vec<Vec<String>> = found
            .iter()
            .map(|one| {
                vec![
                    one.entry.to_string(),
                    one.name.to_string(),
                    one.content.title.clone().unwrap_or_default(),
                    one.record.asker.clone(),
                    one.record.purpose.clone(),
                    fetch::day(one.content.on.as_deref().unwrap_or_default()),
                    fetch::day(one.content.until.as_deref().unwrap_or_default()),
                    words::or_code(reasons::OUTCOMES, &one.record.outcome, out.dutch),
                ]
            })
            .collect();
        out.table(&rows)
    })?;
    Ok(0)
}

fn line(one: &Registered) -> Value {
    json!({
        "id": one.entry.to_string(), "dossier": one.dossier.to_string(), "name": one.name.as_str(), "asker": one.record.asker,
        "asker_name": one.content.title, "purpose": one.record.purpose, "asked": one.content.text, "received": one.content.on,
        "due": one.content.until, "outcome": one.record.outcome, "reason": one.record.reason, "decider": one.record.decider,
        "decided": one.record.decided_on, "basis": one.record.basis,
        "fields": one.record.lines.iter().map(|line| &line.field).collect::<Vec<_>>(),
    })
}

fn entry(text: &str) -> Result<EntryId, Failure> {
    text.parse().map_err(|_| Error::NotFound.into())
}
