//! `kluis history`

use crate::{
    args::{Global, History},
    failure::Failure,
    fetch,
    out::Out,
    session,
};
use dossierkluis::code;
use serde_json::{Value, json};

/// Earlier values of a field, newest first.
pub async fn run(global: &Global, args: &History, out: &Out) -> Result<u8, Failure> {
    let def = fetch::value_field(&args.field)?;
    session::with(global, &args.dir, out, async |practice, _| {
        let id = fetch::dossier(&args.id)?;
        let changes = match practice.history(id, def.id).await {
            Ok(changes) => changes,
            Err(error) => return Err(fetch::not_there(practice, id, def.id, error).await),
        };
        let names = fetch::names(practice).await?;
        let text = |before: Option<&String>| before.map(String::as_str).map(str::to_owned);
        let json: Vec<Value> = changes
            .iter()
            .map(|one| json!({ "id": one.id.to_string(), "at": fetch::time(one.at), "by": names.get(&one.by), "before": text(one.before.as_deref()) }))
            .collect();
        out.say(&json!(json), || {
            // What stands beside a change is what it replaced.
            let rows: Vec<Vec<String>> = changes
                .iter()
                .map(|one| {
                    let by = names.get(&one.by).cloned().unwrap_or_default();
                    let was = match &one.before {
                        Some(before) => format!("was: {}", code::show(def.value, before)),
                        None => out.pick("was leeg", "was empty").to_owned(),
                    };
                    vec![fetch::moment(one.at), by, was]
                })
                .collect();
            out.table(&rows)
        })?;
        Ok(0)
    })
    .await
}
