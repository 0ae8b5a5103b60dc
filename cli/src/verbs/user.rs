//! `kluis user`

use crate::{
    args::{Global, User, UserAction},
    failure::Failure,
    fetch,
    out::{Out, columns},
    session::{self, Secret},
    words::{self, reasons},
};
use dossierkluis::{
    people::{Invitation, UserInfo},
    practice::Practice,
};
use serde_json::{Value, json};
use std::{collections::HashMap, path::Path};

/// People with an account.
pub async fn run(global: &Global, args: &User, out: &Out) -> Result<u8, Failure> {
    session::with(
        global,
        &args.dir,
        out,
        async |practice, password| match &args.action {
            UserAction::Add { name, group } => add(practice, name, group, out).await,
            UserAction::List => list(practice, out).await,
            UserAction::Password { new_password_file } => {
                change(practice, password, new_password_file.as_deref(), out).await
            }
            UserAction::Renew { name } => {
                let user = fetch::user(practice, name).await?;
                invited(&practice.renew_invitation(user).await?, name, out)
            }
            UserAction::Disable { name } => {
                let user = fetch::user(practice, name).await?;
                practice.block(user).await?;
                done(user.to_string(), out)
            }
            UserAction::Expire { name, date } => {
                let user = fetch::user(practice, name).await?;
                let date = if date == "never" { "" } else { date };
                practice.set_password_rules(user, None, Some(date)).await?;
                done(user.to_string(), out)
            }
            UserAction::RequireChange { name } => {
                let user = fetch::user(practice, name).await?;
                practice.set_password_rules(user, Some(true), None).await?;
                done(user.to_string(), out)
            }
            UserAction::Statement {
                name,
                kind,
                date,
                note,
            } => {
                let user = fetch::user(practice, name).await?;
                practice.add_statement(user, kind, date, note).await?;
                done(user.to_string(), out)
            }
        },
    )
    .await
}

/// Says that it was done.
pub fn done(id: String, out: &Out) -> Result<u8, Failure> {
    out.say(&json!({ "id": id }), || {
        out.pick("Gedaan.", "Done.").to_owned()
    })?;
    Ok(0)
}

async fn add(practice: &Practice, name: &str, groups: &[String], out: &Out) -> Result<u8, Failure> {
    practice
        .refuse_unless_manager()
        .map_err(dossierkluis::error::Error::from)?;
    let mut ids = Vec::new();
    for group in groups {
        ids.push(fetch::group(practice, group).await?);
    }
    invited(&practice.invite(name, &ids).await?, name, out)
}

/// Shows the one-time password, this once.
fn invited(invitation: &Invitation, name: &str, out: &Out) -> Result<u8, Failure> {
    let json = json!({ "id": invitation.user.to_string(), "name": name, "password": *invitation.password });
    out.say(&json, || {
        format!(
            "{}: {}",
            out.pick("Eenmalig wachtwoord", "One-time password"),
            *invitation.password
        )
    })?;
    Ok(0)
}

async fn change(
    practice: &Practice,
    old: &Secret,
    file: Option<&Path>,
    out: &Out,
) -> Result<u8, Failure> {
    let new = session::new_secret(file, out)?;
    practice.change_password(old.expose(), new.expose()).await?;
    done(practice.user().to_string(), out)
}

async fn list(practice: &Practice, out: &Out) -> Result<u8, Failure> {
    let groups: HashMap<_, _> = practice
        .groups()
        .await?
        .iter()
        .map(|group| (group.id, fetch::group_name(group).to_owned()))
        .collect();
    let users = practice.users().await?;
    let of = |user: &UserInfo| -> Vec<String> {
        user.groups
            .iter()
            .filter_map(|group| groups.get(group).cloned())
            .collect()
    };
    let json: Vec<Value> = users.iter().map(|user| entry(user, &of(user))).collect();
    out.say(&json!(json), || {
        let rows: Vec<Vec<String>> = users
            .iter()
            .map(|user| {
                vec![
                    user.id.to_string(),
                    user.name.to_string(),
                    words::or_code(reasons::OTHER, &user.state, out.dutch),
                    of(user).join(", "),
                ]
            })
            .collect();
        columns(&rows)
    })?;
    Ok(0)
}

fn entry(user: &UserInfo, groups: &[String]) -> Value {
    let statements: Vec<Value> = user
        .statements
        .iter()
        .map(|one| json!({ "kind": one.kind, "signed_on": one.signed_on, "note": *one.note }))
        .collect();
    let expires = (!user.expires.is_empty()).then_some(&user.expires);
    json!({
        "id": user.id.to_string(), "name": *user.name, "state": user.state, "groups": groups, "expires": expires,
        "last_sign_in": fetch::time(user.last_sign_in), "statements": statements,
    })
}
