//! `kluis group`

use super::user::done;
use crate::{
    args::{Global, Group, GroupAction},
    failure::Failure,
    fetch,
    out::{Out, columns},
    session, words,
};
use dossierkluis::{error::Error, people::Effect, practice::Practice};
use serde_json::{Value, json};

/// Groups of users with the same rights.
pub async fn run(global: &Global, args: &Group, out: &Out) -> Result<u8, Failure> {
    session::with(global, &args.dir, out, async |practice, _| {
        match &args.action {
            GroupAction::List => list(practice, out).await,
            GroupAction::New { name } => {
                practice.refuse_unless_manager().map_err(Error::from)?;
                let known = practice.groups().await?;
                if known
                    .iter()
                    .any(|one| fetch::same_name(fetch::group_name(one), name))
                {
                    return Err(Failure::name_taken());
                }
                done(practice.new_group(name).await?.to_string(), out)
            }
            GroupAction::Add { group, user } => member(practice, group, user, true, out).await,
            GroupAction::Remove { group, user } => member(practice, group, user, false, out).await,
        }
    })
    .await
}

async fn member(
    practice: &Practice,
    group: &str,
    user: &str,
    member: bool,
    out: &Out,
) -> Result<u8, Failure> {
    let (group, user) = (
        fetch::group(practice, group).await?,
        fetch::user(practice, user).await?,
    );
    let effect = practice.set_group_member(group, user, member).await?;
    say_effect(practice, &effect, out).await
}

/// Who can see more, less, or must wait.
pub async fn say_effect(practice: &Practice, effect: &Effect, out: &Out) -> Result<u8, Failure> {
    let names = fetch::names(practice).await?;
    let named = |ids: &[dossierkluis::ids::UserId]| -> Vec<String> {
        ids.iter().filter_map(|id| names.get(id).cloned()).collect()
    };
    let (gain, lose, wait) = (
        named(&effect.gain),
        named(&effect.lose),
        named(&effect.wait),
    );
    let barred: Vec<String> = effect
        .barred
        .iter()
        .map(|(user, why)| {
            let why = words::reason(why, out.dutch);
            format!("{}: {why}\n", named(&[*user]).concat())
        })
        .collect();
    let result = json!({
        "gain": gain, "lose": lose, "wait": wait,
        "barred": effect.barred.iter().map(|(user, why)| json!({ "user": named(&[*user]).concat(), "reason": why })).collect::<Vec<_>>(),
    });
    out.say(&result, || {
        let line = |nl, en, names: &[String]| {
            if names.is_empty() {
                String::new()
            } else {
                format!("{}: {}\n", out.pick(nl, en), names.join(", "))
            }
        };
        let lines = [
            line("Kan meer zien", "Sees more", &gain),
            line("Kan minder zien", "Sees less", &lose),
            line("Wacht op een sleutel", "Waits for a key", &wait),
            barred.concat(),
        ]
        .concat();
        if lines.is_empty() {
            out.pick("Gedaan.", "Done.").to_owned()
        } else {
            lines
        }
    })?;
    Ok(0)
}

async fn list(practice: &Practice, out: &Out) -> Result<u8, Failure> {
    let (groups, names) = (practice.groups().await?, fetch::names(practice).await?);
    let members = |ids: &[dossierkluis::ids::UserId]| -> Vec<String> {
        ids.iter().filter_map(|id| names.get(id).cloned()).collect()
    };
    let json: Vec<Value> = groups
        .iter()
        .map(|group| json!({ "id": group.id.to_string(), "role": group.role, "name": fetch::group_name(group), "members": members(&group.members) }))
        .collect();
    out.say(&json!(json), || {
        let rows: Vec<Vec<String>> = groups
            .iter()
            .map(|group| {
                vec![
                    group.id.to_string(),
                    fetch::group_name(group).to_owned(),
                    members(&group.members).join(", "),
                ]
            })
            .collect();
        columns(&rows)
    })?;
    Ok(0)
}
