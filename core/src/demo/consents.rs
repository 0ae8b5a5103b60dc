//! Forms that made-up clients signed.

use super::people::Fields;
use crate::{
    catalogue,
    consent::{Point, Request, Signature, Signed},
    error::Error,
    ids::DossierId,
    session::Practice,
};
use chrono::Days;

/// Whether a field waits for a consent.
pub(super) fn is_special(field: &str) -> bool {
    catalogue::field(field).is_some_and(catalogue::FieldDef::is_special)
}

/// Lets a client sign, and records what may be recorded then.
pub(super) async fn sign(practice: &Practice, id: DossierId, fields: Fields) -> Result<(), Error> {
    let form = |template: &str| Request {
        template: template.to_owned(),
        language: "nl".to_owned(),
        ..Request::default()
    };
    give(practice, id, form("intake"), None).await?;
    let doctor = Request {
        recipient: "Huisartsenpraktijk De Kade".to_owned(),
        purpose: "afstemming over de belastbaarheid".to_owned(),
        scope: vec!["ask".to_owned(), "inform".to_owned()],
        on: days_ago(practice, 350),
        ..form("professional")
    };
    give(practice, id, doctor, Some("Telefonisch gegeven.")).await?;
    let special = Request {
        purpose: "begeleiding die past bij wie u bent".to_owned(),
        scope: fields.keys().cloned().collect(),
        ..form("special")
    };
    give(practice, id, special, None).await?;
    for (field, value) in fields {
        practice.put_field(id, &field, Some(&value)).await?;
    }
    Ok(())
}

async fn give(
    practice: &Practice,
    id: DossierId,
    request: Request,
    said: Option<&str>,
) -> Result<(), Error> {
    let prepared = practice.prepare_consent(id, &request).await?;
    let signed = match said {
        Some(note) => Signed::Oral(note.to_owned()),
        None => Signed::Picture(Signature::drawn(&[wave()])?),
    };
    practice.give_consent(&prepared, signed).await?;
    Ok(())
}

/// Something like a signature.
fn wave() -> Vec<Point> {
    let height = [200, 120, 260, 140, 240, 160, 220, 90, 300, 180];
    let at = |(at, y): (u16, u16)| Point {
        x: 200 + at * 70,
        y,
    };
    (0..).zip(height).map(at).collect()
}

fn days_ago(practice: &Practice, days: u64) -> String {
    let today = practice.civil_today();
    today
        .checked_sub_days(Days::new(days))
        .unwrap_or(today)
        .to_string()
}
