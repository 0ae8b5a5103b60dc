//! `kluis ground`

use crate::{
    args::{Global, Ground, GroundAction},
    failure::Failure,
    fetch,
    out::Out,
    session,
    words::{self, reasons},
};
use dossierkluis::{
    consent::{GROUNDS, NewGround},
    error::Error,
    ids::{DossierId, EntryId},
    practice::Practice,
};
use serde_json::{Value, json};

/// Grounds other than consent.
pub async fn run(global: &Global, args: &Ground, out: &Out) -> Result<u8, Failure> {
    session::with(global, &args.dir, out, async |practice, _| {
        match &args.action {
            GroundAction::Kinds => kinds(out),
            GroundAction::List { id } => list(practice, fetch::dossier(id)?, out).await,
            GroundAction::Add {
                id,
                ground,
                reason,
                scope,
                recipient,
                until,
            } => {
                let new = NewGround {
                    ground: ground.clone(),
                    scope: scope.clone(),
                    recipient: recipient.clone(),
                    reason: reason.clone(),
                    until: until.clone(),
                };
                let entry = practice.record_ground(fetch::dossier(id)?, &new).await?;
                out.say(&json!({ "id": entry.to_string() }), || entry.to_string())?;
                Ok(0)
            }
            GroundAction::End { id, ground } => {
                let entry = of_dossier(practice, id, ground).await?;
                practice.end_ground(entry).await?;
                let json = json!({ "id": entry.to_string() });
                out.say(&json, || out.pick("Beëindigd.", "Ended.").to_owned())?;
                Ok(0)
            }
        }
    })
    .await
}

fn kinds(out: &Out) -> Result<u8, Failure> {
    let all: Vec<Value> = GROUNDS
        .iter()
        .map(|one| json!({ "ground": one.id, "source": one.source, "for": one.to.code(), "fields": one.fields }))
        .collect();
    let rows: Vec<Vec<String>> = GROUNDS
        .iter()
        .map(|one| {
            vec![
                one.id.to_owned(),
                one.to.code().to_owned(),
                one.source.to_owned(),
                one.fields.join(", "),
            ]
        })
        .collect();
    out.say(&json!(all), || out.table(&rows))?;
    Ok(0)
}

async fn list(practice: &Practice, id: DossierId, out: &Out) -> Result<u8, Failure> {
    let grounds = practice.consents(id).await?.grounds;
    let (mut all, mut rows) = (Vec::new(), Vec::new());
    for one in &grounds {
        let ground = &one.ground;
        all.push(json!({
            "id": one.entry.to_string(), "ground": ground.ground, "source": ground.source, "for": ground.to, "scope": ground.scope,
            "recipient": ground.recipient, "reason": ground.reason, "on": ground.on, "until": ground.until, "ended": ground.ended,
            "state": one.state.code(), "at": fetch::time(one.at),
        }));
        rows.push(vec![
            one.entry.to_string(),
            ground.source.clone(),
            ground.scope.join(", "),
            words::or_code(reasons::STATES, one.state.code(), out.dutch),
            fetch::day(&ground.on),
            ground.reason.clone(),
        ]);
    }
    out.say(&json!(all), || out.table(&rows))?;
    Ok(0)
}

/// A ground, where it is one of this dossier.
async fn of_dossier(practice: &Practice, id: &str, text: &str) -> Result<EntryId, Failure> {
    let entry: EntryId = text.parse().map_err(|_| Error::NotFound)?;
    let kept = practice.consents(fetch::dossier(id)?).await?.grounds;
    let known = kept.iter().any(|one| one.entry == entry);
    known.then_some(entry).ok_or_else(|| Error::NotFound.into())
}
