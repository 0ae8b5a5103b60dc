//! `kluis report`

use crate::{
    args::{Global, Report, ReportAbout, ReportAction},
    failure::{Failure, new_file},
    fetch,
    out::Out,
    session,
    words::{self, reasons},
};
use dossierkluis::{
    catalogue::ValueType,
    code,
    ids::DossierId,
    paper::Language,
    practice::Practice,
    report::{NewReport, ReportField, ReportProfile},
};
use serde_json::{Value, json};

/// Reports to commissioners.
pub async fn run(global: &Global, args: &Report, out: &Out) -> Result<u8, Failure> {
    session::with(global, &args.dir, out, async |practice, _| {
        match &args.action {
            ReportAction::Show { id, about } => {
                show(practice, fetch::dossier(id)?, &new(about), out).await
            }
            ReportAction::Send { id, file, about } => {
                new_file(file)?;
                let (id, new) = (fetch::dossier(id)?, new(about));
                let seen = practice.preview_report(id, &new).await?;
                let document = practice.send_report(id, &new, &seen.digest, file).await?;
                let document = document.map(|id| id.to_string());
                out.say(&json!({ "id": document }), || {
                    let not_kept = out.pick(
                        "Geschreven. Niet bewaard bij de documenten: er staat iets in dat niet iedereen daar mag lezen.",
                        "Written. Not kept with the documents: something in it is not for everybody who may read those.",
                    );
                    document.clone().unwrap_or_else(|| not_kept.to_owned())
                })?;
                Ok(0)
            }
            ReportAction::Profiles => {
                let profiles = practice.report_profiles().await?;
                let rows: Vec<Vec<String>> = profiles
                    .iter()
                    .map(|profile| {
                        let fields: Vec<&str> =
                            profile.fields.iter().map(|one| &*one.field).collect();
                        vec![profile.name.clone(), fields.join(", ")]
                    })
                    .collect();
                out.say(&json!(profiles), || out.table(&rows))?;
                Ok(0)
            }
            ReportAction::Profile {
                name,
                field,
                protected,
            } => {
                let fields: Result<Vec<ReportField>, Failure> = field
                    .iter()
                    .map(|pair| {
                        let (field, label) = fetch::pair(pair, fetch::field)?;
                        Ok(ReportField { field, label })
                    })
                    .collect();
                let made = ReportProfile {
                    name: name.clone(),
                    fields: fields?,
                    protected: *protected,
                };
                let mut profiles = practice.report_profiles().await?;
                profiles.retain(|profile| profile.name != made.name);
                profiles.push(made);
                practice.save_report_profiles(&profiles).await?;
                out.say(&json!({ "name": name }), || name.clone())?;
                Ok(0)
            }
        }
    })
    .await
}

fn new(about: &ReportAbout) -> NewReport {
    let text = |given: &Option<String>| given.clone().unwrap_or_default();
    NewReport {
        profile: text(&about.profile),
        recipient: about.to.clone(),
        from: text(&about.from),
        until: text(&about.until),
        hours: text(&about.hours),
        note: text(&about.note),
        language: if about.english {
            Language::English
        } else {
            Language::Dutch
        },
    }
}

async fn show(
    practice: &Practice,
    id: DossierId,
    new: &NewReport,
    out: &Out,
) -> Result<u8, Failure> {
    let report = practice.preview_report(id, new).await?;
    let (mut json, mut rows): (Vec<Value>, Vec<Vec<String>>) = (Vec::new(), Vec::new());
    for line in &report.lines {
        let texts: Vec<&str> = line.texts().collect();
        let withheld = line.withheld.map(|reason| reason.code());
        json.push(json!({
            "field": line.field, "label": line.label, "withheld": withheld, "texts": texts, "unfit": line.unfit,
        }));
        let shown = match withheld {
            Some(reason) => words::or_code(reasons::WITHHELD, reason, out.dutch),
            None => texts.join(" | "),
        };
        rows.push(vec![line.label.clone(), shown]);
        if line.unfit > 0 {
            let said = out.pick(
                "gaat niet mee, om woorden over gezondheid of een nummer",
                "does not go, for words about health or a number",
            );
            out.warn(&format!("{}: {} {said}", line.label, line.unfit));
        }
    }
    // What is on the paper beside the fields.
    let hours = code::show(ValueType::Number, &new.hours);
    let heads = [
        (out.pick("Aan", "To"), new.recipient.join(", ")),
        (out.pick("Periode", "Period"), report.period.clone()),
        (out.pick("Uren", "Hours"), hours),
        (out.pick("Toelichting", "Note"), new.note.clone()),
    ];
    let filled = heads.into_iter().filter(|(_, text)| !text.is_empty());
    rows.extend(filled.map(|(head, text)| vec![head.to_owned(), text]));
    out.say(&json!(json), || out.table(&rows))?;
    Ok(0)
}
