//! `kluis grant`

use super::{group::say_effect, user::done};
use crate::{
    args::{Global, Grant, GrantAction, LevelWord},
    failure::Failure,
    fetch,
    out::{Out, columns},
    session, words,
};
use dossierkluis::{catalogue::Level, practice::Practice};
use serde_json::{Map, Value, json};

/// Rights of groups on protected fields.
pub async fn run(global: &Global, args: &Grant, out: &Out) -> Result<u8, Failure> {
    session::with(global, &args.dir, out, async |practice, _| {
        match &args.action {
            GrantAction::List => list(practice, out).await,
            GrantAction::Set {
                field,
                group,
                level,
            } => {
                let (def, group) = (fetch::field(field)?, fetch::group(practice, group).await?);
                let effect = practice.set_right(def.id, group, level_of(*level)).await?;
                say_effect(practice, &effect, out).await
            }
            GrantAction::Waiting => waiting(practice, out).await,
            GrantAction::Give { key, user } => {
                let key = if key.contains(':') {
                    key.clone()
                } else {
                    format!("field:{key}")
                };
                let user = fetch::user(practice, user).await?;
                practice.give_waiting(&key, user).await?;
                done(user.to_string(), out)
            }
            GrantAction::Protect { field } => {
                let def = fetch::field(field)?;
                let resealed = practice.protect(def.id).await?;
                out.say(&json!({ "field": def.id, "resealed": resealed }), || {
                    out.pick("Gedaan.", "Done.").to_owned()
                })?;
                Ok(0)
            }
        }
    })
    .await
}

fn level_of(level: LevelWord) -> Level {
    match level {
        LevelWord::None => Level::None,
        LevelWord::View => Level::View,
        LevelWord::Edit => Level::Edit,
    }
}

fn level_word(level: Option<&Level>) -> &'static str {
    match level {
        Some(Level::Edit) => "edit",
        Some(Level::View) => "view",
        _ => "none",
    }
}

async fn list(practice: &Practice, out: &Out) -> Result<u8, Failure> {
    let matrix = practice.matrix().await?;
    let named: Vec<(_, &str)> = matrix
        .groups
        .iter()
        .map(|(id, role, name)| {
            (
                *id,
                if name.is_empty() {
                    role.as_str()
                } else {
                    name.as_str()
                },
            )
        })
        .collect();
    let json: Vec<Value> = matrix
        .fields
        .iter()
        .map(|field| {
            let levels: Map<String, Value> = named.iter().map(|(id, name)| ((*name).to_owned(), json!(level_word(field.levels.get(id))))).collect();
            json!({ "field": field.id, "protected": field.protected, "held": field.held, "medical": field.medical, "levels": levels })
        })
        .collect();
    out.say(&json!(json), || {
        let mut rows = vec![
            std::iter::once(String::new())
                .chain(named.iter().map(|(_, name)| (*name).to_owned()))
                .collect::<Vec<_>>(),
        ];
        for field in matrix.fields.iter().filter(|field| field.protected) {
            let levels = named
                .iter()
                .map(|(id, _)| level_word(field.levels.get(id)).to_owned());
            rows.push(std::iter::once(field.id.to_owned()).chain(levels).collect());
        }
        columns(&rows)
    })?;
    Ok(0)
}

async fn waiting(practice: &Practice, out: &Out) -> Result<u8, Failure> {
    let (waiting, names) = (practice.waiting().await?, fetch::names(practice).await?);
    let name = |id| names.get(&id).cloned().unwrap_or_default();
    let json: Vec<Value> = waiting
        .iter()
        .map(|one| {
            let holders: Vec<String> = one.holders.iter().map(|holder| name(*holder)).collect();
            json!({ "key": one.key, "user": name(one.user), "can_give": one.can_give, "holders": holders, "barred": one.barred })
        })
        .collect();
    out.say(&json!(json), || {
        let rows: Vec<Vec<String>> = waiting
            .iter()
            .map(|one| {
                vec![
                    one.key.clone(),
                    name(one.user),
                    match one.barred {
                        Some(bar) => words::reason(bar, out.dutch).to_owned(),
                        None if one.can_give => out.pick("te geven", "can be given").to_owned(),
                        None => String::new(),
                    },
                ]
            })
            .collect();
        out.table(&rows)
    })?;
    Ok(0)
}
