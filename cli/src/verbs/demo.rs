//! `kluis demo`

use super::new::work;
use crate::{
    args::Demo,
    failure::Failure,
    out::{Out, columns},
};
use dossierkluis::{demo, practice::system_clock};
use serde_json::json;

/// What the demo practice is called.
const PRACTICE: &str = "Praktijk De Linde";

/// Builds a practice with made-up people.
pub async fn run(args: &Demo, out: &Out) -> Result<u8, Failure> {
    let plan = demo::DemoPlan {
        practice: PRACTICE,
        clients: args.clients,
        notes: args.notes,
        staff: !args.bare,
        seed: args.seed,
        work: work(args.work)?,
    };
    let bar = out.bar();
    let demo::Demo { users, vault } = demo::build(&args.dir, &plan, system_clock(), &|progress| {
        bar.show(progress)
    })
    .await?;
    drop(bar);
    let listed: Vec<_> = users
        .iter()
        .map(|user| json!({ "user": user.user, "role": user.role, "password": user.password }))
        .collect();
    let kept = vault
        .as_ref()
        .map(|vault| json!({ "name": vault.name, "password": vault.password }));
    let made = json!({ "practice": PRACTICE, "users": listed, "vault": kept });
    out.say(&made, || {
        let mut rows: Vec<Vec<String>> = users
            .iter()
            .map(|user| {
                vec![
                    user.user.clone(),
                    user.role.to_owned(),
                    user.password.clone(),
                ]
            })
            .collect();
        if let Some(vault) = &vault {
            let what = out.pick("kluis", "vault").to_owned();
            rows.push(vec![vault.name.clone(), what, vault.password.clone()]);
        }
        format!("{PRACTICE}\n{}", columns(&rows))
    })?;
    Ok(0)
}
