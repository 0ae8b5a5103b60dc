//! `kluis peer-review`

use super::disclosure::refuse_existing;
use crate::{
    args::{Global, PeerReview},
    failure::{Failure, usage},
    fetch,
    out::Out,
    session,
};
use dossierkluis::disclosure::ApprovedPart;
use serde_json::{Value, json};

/// A copy of a dossier without what leads to the person: to compare as JSON, and to write once it was approved.
pub async fn run(global: &Global, args: &PeerReview, out: &Out) -> Result<u8, Failure> {
    session::with(global, &args.dir, out, async |practice, _| {
        let id = fetch::dossier(&args.id)?;
        let language = out.language().code();
        if args.preview {
            let copy = practice.peer_copy(id, language).await?;
            let parts: Vec<Value> = copy
                .parts
                .iter()
                .map(|part| json!({ "field": part.field, "on": part.on, "before": part.before.as_str(), "text": part.after.as_str(), "unsure": part.unsure, "stayed": part.stayed }))
                .collect();
            let json = json!({ "age_band": copy.age_band, "parts": parts });
            out.say(&json, || {
                let parts = copy.parts.iter();
                let rows = parts.map(|part| format!("- {}\n+ {}", part.before.as_str(), part.after.as_str()));
                rows.collect::<Vec<_>>().join("\n\n")
            })?;
            return Ok(0);
        }
        let (Some(file), Some(approved)) = (&args.file, &args.approved) else {
            return Err(usage("missing_argument"));
        };
        refuse_existing(Some(file))?;
        let parts = read(approved)?;
        practice.save_peer_copy(id, &parts, language, file).await?;
        out.say(&json!({ "parts": parts.len() }), || parts.len().to_string())?;
        Ok(0)
    })
    .await
}

/// The parts of a preview that were mended by hand.
fn read(file: &std::path::Path) -> Result<Vec<ApprovedPart>, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| Failure::io(&error))?;
    let json: Value = serde_json::from_str(&text).map_err(|_| usage("approved"))?;
    let parts = json["parts"].as_array().ok_or_else(|| usage("approved"))?;
    let member = |part: &Value, name: &str| part[name].as_str().map(str::to_owned);
    let parts = parts.iter().map(|part| {
        Some(ApprovedPart {
            field: member(part, "field")?,
            on: member(part, "on")?,
            text: member(part, "text")?,
        })
    });
    parts
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| usage("approved"))
}
