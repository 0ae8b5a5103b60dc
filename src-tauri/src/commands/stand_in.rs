//! Standing in for somebody who is away.

use crate::{
    dto::{Deed, StandIn, moment, name_of, number, word},
    failure::{Answer, Failure, id},
    session::people,
    state::Shell,
};
use chrono::NaiveDate;
use dossierkluis::{
    error::Error,
    ids::DossierId,
    people::{NewStandIn, last_day},
};
use tauri::State;

/// Those that this person gave or is, or can end, the last given first.
#[tauri::command]
#[specta::specta]
pub async fn stand_ins(shell: State<'_, Shell>) -> Answer<Vec<StandIn>> {
    let practice = shell.practice().await?;
    let names = people(&practice).await?;
    let day = |at| last_day(at).map(|day| day.to_string()).unwrap_or_default();
    let all = practice.stand_ins().await?.into_iter();
    Ok(all
        .map(|info| StandIn {
            id: info.id.to_string(),
            mine: info.giver == practice.user(),
            for_me: info.stand_in == practice.user(),
            may_end: info.may_end,
            giver: name_of(&names, info.giver),
            stand_in: name_of(&names, info.stand_in),
            from: day(info.starts_at + 1),
            until: day(info.ends_at),
            state: info.state,
            dossiers: number(info.dossiers.len()),
            unread: info.unread,
        })
        .collect())
}

/// Gives a colleague dossiers from one day to another, ISO 8601, both included.
#[tauri::command]
#[specta::specta]
pub async fn give_stand_in(
    shell: State<'_, Shell>,
    user: String,
    dossiers: Vec<String>,
    from: String,
    until: String,
) -> Answer<()> {
    let practice = shell.practice().await?;
    let dossiers: Vec<DossierId> = dossiers.iter().map(|one| id(one)).collect::<Answer<_>>()?;
    let new = NewStandIn {
        to: id(&user)?,
        dossiers: &dossiers,
        from: day("from", &from)?,
        until: day("until", &until)?,
    };
    practice.give_stand_in(&new).await?;
    Ok(())
}

/// Ends one now.
#[tauri::command]
#[specta::specta]
pub async fn end_stand_in(shell: State<'_, Shell>, stand_in: String) -> Answer<()> {
    let practice = shell.practice().await?;
    Ok(practice.end_stand_in(id(&stand_in)?).await?)
}

/// What was seen and done, newest first. Once it is over, reading it is remembered.
#[tauri::command]
#[specta::specta]
pub async fn stand_in_report(shell: State<'_, Shell>, stand_in: String) -> Answer<Vec<Deed>> {
    let practice = shell.practice().await?;
    let report = practice.stand_in_report(id(&stand_in)?).await?;
    let mut deeds = Vec::new();
    for deed in report.deeds {
        deeds.push(Deed {
            at: moment(deed.at),
            event: word(&deed.event),
            dossier: deed.dossier.to_string(),
            name: practice.known_name(deed.dossier).unwrap_or_default(),
            part: deed.part,
            success: deed.success,
        });
    }
    Ok(deeds)
}

fn day(field: &str, text: &str) -> Answer<NaiveDate> {
    text.parse().map_err(|_| {
        let field = field.to_owned();
        Failure::from(Error::Refused {
            field,
            reason: "date",
        })
    })
}
