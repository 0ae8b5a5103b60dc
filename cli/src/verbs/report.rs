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
                out.say(&json!({ "id": document.to_string() }), || {
                    document.to_string()
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
        json.push(json!({ "field": line.field, "label": line.label, "withheld": withheld, "texts": texts }));
        let shown = match withheld {
            Some(reason) => words::or_code(reasons::WITHHELD, reason, out.dutch),
            None => texts.join(" | "),
        };
        rows.push(vec![line.label.clone(), shown]);
    }
    out.say(&json!(json), || out.table(&rows))?;
    Ok(0)
}
