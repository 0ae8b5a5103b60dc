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
        seed: args.seed,
        work: work(args.work)?,
    };
    let bar = out.bar();
    let users = demo::build(&args.dir, &plan, system_clock(), &|progress| {
        bar.show(progress)
    })
    .await?;
    drop(bar);
    let listed: Vec<_> = users
        .iter()
        .map(|user| json!({ "user": user.user, "role": user.role, "password": user.password }))
        .collect();
    out.say(&json!({ "practice": PRACTICE, "users": listed }), || {
        let rows: Vec<Vec<String>> = users
            .iter()
            .map(|user| {
                vec![
                    user.user.clone(),
                    user.role.to_owned(),
                    user.password.clone(),
                ]
            })
            .collect();
        format!("{PRACTICE}\n{}", columns(&rows))
    })?;
    Ok(0)
}
