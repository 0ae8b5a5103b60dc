//! `kluis circle`

use super::user::done;
use crate::{
    args::{Circle, CircleAction, Global},
    failure::Failure,
    fetch,
    out::Out,
    session,
};
use dossierkluis::{ids::UserId, practice::Practice};
use serde_json::{Value, json};

/// Circles: who shares which dossiers.
pub async fn run(global: &Global, args: &Circle, out: &Out) -> Result<u8, Failure> {
    session::with(global, &args.dir, out, async |practice, _| {
        match &args.action {
            CircleAction::List => list(practice, out).await,
            CircleAction::New { name } => {
                // Names of circles that one is not in are not known, and may be the same.
                let known = practice.circles().await?;
                if known
                    .iter()
                    .any(|one| fetch::same_name(fetch::circle_name(one), name))
                {
                    return Err(Failure::name_taken());
                }
                done(practice.new_circle(name).await?.to_string(), out)
            }
            CircleAction::Add { circle, user } => {
                let circle = fetch::circle(practice, circle).await?;
                practice
                    .add_to_circle(circle, fetch::user(practice, user).await?)
                    .await?;
                done(circle.to_string(), out)
            }
            CircleAction::Remove { circle, user } => {
                let circle = fetch::circle(practice, circle).await?;
                practice
                    .remove_from_circle(circle, fetch::user(practice, user).await?)
                    .await?;
                done(circle.to_string(), out)
            }
            CircleAction::Move { id, circle } => {
                let (id, circle) = (fetch::dossier(id)?, fetch::circle(practice, circle).await?);
                practice.move_dossier(id, circle).await?;
                done(id.to_string(), out)
            }
        }
    })
    .await
}

async fn list(practice: &Practice, out: &Out) -> Result<u8, Failure> {
    let (circles, names) = (practice.circles().await?, fetch::names(practice).await?);
    let members = |ids: &[UserId]| -> Vec<String> {
        ids.iter().filter_map(|id| names.get(id).cloned()).collect()
    };
    let json: Vec<Value> = circles
        .iter()
        .map(|one| json!({ "id": one.id.to_string(), "kind": one.kind, "name": fetch::circle_name(one), "members": members(&one.members) }))
        .collect();
    out.say(&json!(json), || {
        let rows: Vec<Vec<String>> = circles
            .iter()
            .map(|one| {
                vec![
                    one.id.to_string(),
                    fetch::circle_name(one).to_owned(),
                    members(&one.members).join(", "),
                ]
            })
            .collect();
        out.table(&rows)
    })?;
    Ok(0)
}
