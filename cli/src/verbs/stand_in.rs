//! `kluis stand-in`

use super::user::done;
use crate::{
    args::{Global, StandIn, StandInAction},
    failure::{Failure, usage},
    fetch,
    out::Out,
    session,
    words::{self, reasons},
};
use chrono::NaiveDate;
use dossierkluis::{
    code::Date,
    error::Error,
    ids::{DossierId, StandInId},
    people::{NewStandIn, StandInInfo, last_day},
    practice::Practice,
};
use serde_json::{Value, json};

/// Standing in for somebody who is away.
pub async fn run(global: &Global, args: &StandIn, out: &Out) -> Result<u8, Failure> {
    session::with(global, &args.dir, out, async |practice, _| {
        match &args.action {
            StandInAction::Give {
                dossiers,
                to,
                from,
                until,
            } => {
                let dossiers: Vec<DossierId> = dossiers
                    .iter()
                    .map(|id| fetch::dossier(id))
                    .collect::<Result<_, _>>()?;
                let new = NewStandIn {
                    to: fetch::user(practice, to).await?,
                    dossiers: &dossiers,
                    from: day("from", from)?,
                    until: day("until", until)?,
                };
                let ids = practice.give_stand_in(&new).await?;
                let ids: Vec<String> = ids.iter().map(StandInId::to_string).collect();
                out.say(&json!({ "ids": ids }), || ids.join("\n"))?;
                Ok(0)
            }
            StandInAction::List => list(practice, out).await,
            StandInAction::End { id } => {
                let id = stand_in(id)?;
                practice.end_stand_in(id).await?;
                done(id.to_string(), out)
            }
            StandInAction::Report { id } => report(practice, stand_in(id)?, out).await,
        }
    })
    .await
}

async fn list(practice: &Practice, out: &Out) -> Result<u8, Failure> {
    let (all, names) = (practice.stand_ins().await?, fetch::names(practice).await?);
    let name = |id| names.get(&id).cloned().unwrap_or_default();
    let day_of = |ends_at| {
        last_day(ends_at)
            .map(|day| Date::from(day).show())
            .unwrap_or_default()
    };
    let json: Vec<Value> = all
        .iter()
        .map(|one| {
            json!({
                "id": one.id.to_string(), "giver": name(one.giver), "stand_in": name(one.stand_in), "state": one.state,
                "starts": fetch::time(one.starts_at), "ends": fetch::time(one.ends_at),
                "dossiers": one.dossiers.iter().map(DossierId::to_string).collect::<Vec<_>>(), "may_end": one.may_end, "unread": one.unread,
            })
        })
        .collect();
    let row = |one: &StandInInfo| {
        vec![
            one.id.to_string(),
            format!("{} → {}", name(one.giver), name(one.stand_in)),
            words::or_code(reasons::STAND_INS, &one.state, out.dutch),
            // The start is a midnight too: the day that begins is the one after the last day before it.
            format!("{} - {}", day_of(one.starts_at + 1), day_of(one.ends_at)),
            one.dossiers.len().to_string(),
        ]
    };
    out.say(&json!(json), || {
        out.table(&all.iter().map(row).collect::<Vec<_>>())
    })?;
    Ok(0)
}

async fn report(practice: &Practice, id: StandInId, out: &Out) -> Result<u8, Failure> {
    let report = practice.stand_in_report(id).await?;
    let deeds: Vec<Value> = report
        .deeds
        .iter()
        .map(|deed| {
            json!({
                "at": fetch::time(deed.at), "event": deed.event, "dossier": deed.dossier.to_string(), "part": deed.part,
                "success": deed.success,
            })
        })
        .collect();
    let json = json!({ "id": id.to_string(), "state": report.info.state, "deeds": deeds });
    out.say(&json, || {
        let rows: Vec<Vec<String>> = report
            .deeds
            .iter()
            .map(|deed| {
                let event = json!(deed.event);
                vec![
                    fetch::moment(deed.at),
                    event.as_str().unwrap_or_default().to_owned(),
                    deed.dossier.to_string(),
                    deed.part.clone().unwrap_or_default(),
                    if deed.success {
                        ""
                    } else {
                        out.pick("geweigerd", "refused")
                    }
                    .to_owned(),
                ]
            })
            .collect();
        out.table(&rows)
    })?;
    Ok(0)
}

fn day(field: &str, text: &str) -> Result<NaiveDate, Failure> {
    let date = Date::parse(text).map_err(|error| Error::Refused {
        field: field.to_owned(),
        reason: error.code(),
    })?;
    date.to_string().parse().map_err(|_| usage("failed"))
}

fn stand_in(text: &str) -> Result<StandInId, Failure> {
    text.parse().map_err(|_| Error::NotFound.into())
}
