//! `kluis consent`

use super::new::write_private;
use crate::{
    args::{Consent, ConsentAction, FormArgs, Global, Means, TemplateAction},
    failure::Failure,
    fetch,
    out::Out,
    session,
    words::{self, reasons},
};
use dossierkluis::{
    consent::{Edition, FORMS, KeptConsent, Request, Signature, Signed, Withdrawing},
    error::Error,
    ids::{DossierId, EntryId},
    practice::Practice,
};
use serde_json::{Value, json};
use std::{fs, path::Path};

/// Consents of dossiers, and the forms that are signed.
pub async fn run(global: &Global, args: &Consent, out: &Out) -> Result<u8, Failure> {
    session::with(global, &args.dir, out, async |practice, _| {
        match &args.action {
            ConsentAction::List { id } => list(practice, fetch::dossier(id)?, out).await,
            ConsentAction::Show { id, consent, file } => {
                let consent = of_dossier(practice, id, consent).await?;
                if let Some(file) = file {
                    write_private(file, &practice.consent_paper(consent).await?)?;
                }
                show(practice, consent, out).await
            }
            ConsentAction::Fill { id, form, file } => {
                fill(practice, (id, form), file.as_deref(), out).await
            }
            ConsentAction::Give { id, form, means } => {
                let (dossier, request) = (fetch::dossier(id)?, request(form)?);
                let prepared = practice.prepare_consent(dossier, &request).await?;
                let entry = practice.give_consent(&prepared, signed(means)?).await?;
                out.say(&json!({ "id": entry.to_string() }), || entry.to_string())?;
                Ok(0)
            }
            ConsentAction::Withdraw {
                id,
                consent,
                by,
                written,
                note,
            } => {
                let entry = of_dossier(practice, id, consent).await?;
                let how = Withdrawing {
                    by: by.as_deref().map(self::entry).transpose()?,
                    written: *written,
                    note: note.clone(),
                };
                withdraw(practice, entry, &how, out).await
            }
            ConsentAction::Ending { days } => ending(practice, *days, out).await,
            ConsentAction::Templates => templates(practice, out).await,
            ConsentAction::Template { action } => template(practice, action, out).await,
        }
    })
    .await
}

async fn list(practice: &Practice, id: DossierId, out: &Out) -> Result<u8, Failure> {
    let kept = practice.consents(id).await?;
    let (mut all, mut rows) = (Vec::new(), Vec::new());
    for one in &kept.consents {
        let given = &one.consent.given;
        all.push(summary(one));
        rows.push(vec![
            one.entry.to_string(),
            given.title.clone(),
            given.recipient.clone(),
            words::or_code(reasons::STATES, one.state.code(), out.dutch),
            fetch::day(&given.on),
            fetch::day(&given.until),
        ]);
    }
    if !kept.missing.is_empty() {
        let said = out.pick(
            "zonder toestemming of andere grond",
            "without a consent or another ground",
        );
        out.warn(&format!("{said}: {}", kept.missing.join(", ")));
    }
    out.say(&json!({ "consents": all, "missing": kept.missing }), || {
        out.table(&rows)
    })?;
    Ok(0)
}

fn summary(one: &KeptConsent) -> Value {
    let given = &one.consent.given;
    json!({
        "id": one.entry.to_string(), "template": given.template, "version": given.version, "language": given.language,
        "title": given.title, "for": given.to, "scope": given.scope, "recipient": given.recipient, "purpose": given.purpose,
        "by": { "capacity": given.by.capacity, "name": given.by.name }, "means": given.means, "note": given.note,
        "on": given.on, "until": given.until, "state": one.state.code(), "at": fetch::time(one.at),
        "withdrawn": one.consent.withdrawn.as_ref().map(|one| json!({ "on": one.on, "by": one.by.name, "means": one.means })),
    })
}

async fn show(practice: &Practice, consent: EntryId, out: &Out) -> Result<u8, Failure> {
    let one = practice.consent(consent).await?;
    let given = &one.consent.given;
    let mut json = summary(&one);
    json["text"] = json!(given.text);
    json["text_sha256"] = json!(given.text_sha256);
    json["signature"] = json!(given.signature.as_ref().map(|one| &one.media));
    json["scan"] = json!(given.scan.as_ref().map(|one| &one.document));
    out.say(&json, || {
        let state = words::or_code(reasons::STATES, one.state.code(), out.dutch);
        format!(
            "{} ({state})\n\n{}\n\nSHA-256 {}",
            given.title, given.text, given.text_sha256
        )
    })?;
    Ok(0)
}

async fn fill(
    practice: &Practice,
    (id, form): (&str, &FormArgs),
    file: Option<&Path>,
    out: &Out,
) -> Result<u8, Failure> {
    let prepared = practice
        .prepare_consent(fetch::dossier(id)?, &request(form)?)
        .await?;
    if let Some(file) = file {
        write_private(file, &practice.form_paper(&prepared).await?)?;
    }
    let given = &prepared.given;
    let json = json!({ "title": given.title, "text": given.text, "text_sha256": given.text_sha256,
        "version": given.version, "until": given.until, "blanks": prepared.blanks, "unprintable": prepared.unprintable.show() });
    if !prepared.unprintable.is_empty() {
        let said = out.pick("kan niet gedrukt worden", "cannot be printed");
        out.warn(&format!("{said}: {}", prepared.unprintable.show()));
    }
    out.say(&json, || format!("{}\n\n{}", given.title, given.text))?;
    Ok(0)
}

async fn withdraw(
    practice: &Practice,
    id: EntryId,
    how: &Withdrawing,
    out: &Out,
) -> Result<u8, Failure> {
    let withdrawn = practice.withdraw_consent(id, how).await?;
    if !withdrawn.left.is_empty() {
        let said = out.pick("nog gevuld, zonder grond", "still filled, without a ground");
        out.warn(&format!("{said}: {}", withdrawn.left.join(", ")));
    }
    let json = json!({ "id": id.to_string(), "left": withdrawn.left });
    out.say(&json, || out.pick("Ingetrokken.", "Withdrawn.").to_owned())?;
    Ok(0)
}

async fn ending(practice: &Practice, days: u32, out: &Out) -> Result<u8, Failure> {
    let mut endings = practice.endings(days).await?;
    endings.retain(|one| !["trainings", "certificates"].contains(&one.field));
    let all: Vec<Value> = endings
        .iter()
        .map(|one| {
            json!({ "dossier": one.dossier.to_string(), "name": one.name.as_str(), "entry": one.entry.to_string(),
                "field": one.field, "title": one.title.as_str(), "until": one.until })
        })
        .collect();
    let row = |one: &dossierkluis::dossier::Ending| {
        vec![
            fetch::day(&one.until),
            one.name.to_string(),
            one.title.to_string(),
            one.entry.to_string(),
        ]
    };
    let rows: Vec<Vec<String>> = endings.iter().map(row).collect();
    out.say(&json!(all), || out.table(&rows))?;
    Ok(0)
}

async fn templates(practice: &Practice, out: &Out) -> Result<u8, Failure> {
    let editions = practice.form_editions().await?;
    let all: Vec<Value> = editions
        .iter()
        .map(|one| {
            let form = FORMS.iter().find(|form| form.id == one.template);
            json!({ "template": one.template, "language": one.language, "version": one.version, "title": one.title,
                "for": form.map(|form| form.to.code()), "at": fetch::time(one.made_at) })
        })
        .collect();
    let row = |one: &Edition| {
        vec![
            one.template.clone(),
            one.language.clone(),
            one.version.to_string(),
            one.title.clone(),
        ]
    };
    let rows: Vec<Vec<String>> = editions.iter().map(row).collect();
    out.say(&json!(all), || out.table(&rows))?;
    Ok(0)
}

async fn template(practice: &Practice, action: &TemplateAction, out: &Out) -> Result<u8, Failure> {
    match action {
        TemplateAction::Show { template, language } => {
            let mut editions = practice.form_editions().await?.into_iter();
            let newest =
                editions.rfind(|one| one.template == *template && one.language == *language);
            let one = newest.ok_or(Error::NotFound)?;
            let json = json!({ "version": one.version, "title": one.title, "text": one.text });
            out.say(&json, || one.text.clone())?;
        }
        TemplateAction::Edit {
            template,
            language,
            title,
            file,
        } => {
            let text = fs::read_to_string(file).map_err(|error| Failure::io(&error))?;
            let version = practice.edit_form(template, language, title, &text).await?;
            out.say(&json!({ "version": version }), || version.to_string())?;
        }
    }
    Ok(0)
}

fn request(form: &FormArgs) -> Result<Request, Failure> {
    Ok(Request {
        template: form.template.clone(),
        language: form.language.clone(),
        purpose: form.purpose.clone(),
        scope: form.scope.clone(),
        recipient: form.recipient.clone(),
        by: form.by.as_deref().map(entry).transpose()?,
        on: form.on.clone(),
        until: form.until.clone(),
    })
}

fn signed(means: &Means) -> Result<Signed, Failure> {
    Ok(match (&means.signature, &means.scan, &means.oral) {
        (Some(file), ..) => Signed::Picture(picture(file)?),
        (_, Some(document), _) => Signed::Paper(entry(document)?),
        (.., note) => Signed::Oral(note.clone().unwrap_or_default()),
    })
}

fn picture(file: &Path) -> Result<Signature, Failure> {
    let bytes = fs::read(file).map_err(|error| Failure::io(&error))?;
    Ok(Signature::png(&bytes)?)
}

/// An entry, where it is one of this dossier.
async fn of_dossier(practice: &Practice, id: &str, text: &str) -> Result<EntryId, Failure> {
    let (dossier, entry) = (fetch::dossier(id)?, entry(text)?);
    let kept = practice.consents(dossier).await?.consents;
    let known = kept.iter().any(|one| one.entry == entry);
    known.then_some(entry).ok_or_else(|| Error::NotFound.into())
}

fn entry(text: &str) -> Result<EntryId, Failure> {
    text.parse().map_err(|_| Error::NotFound.into())
}
