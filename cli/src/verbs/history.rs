//! `kluis history`

use crate::{
    args::{Global, History},
    failure::Failure,
    fetch,
    out::{Out, columns},
    session,
};
use serde_json::{Value, json};

/// Earlier values of a field, newest first.
pub async fn run(global: &Global, args: &History, out: &Out) -> Result<u8, Failure> {
    session::with(global, &args.dir, out, async |practice, _| {
        let changes = practice.history(fetch::dossier(&args.id)?, &args.field).await?;
        let names = fetch::names(practice).await?;
        let text = |before: Option<&String>| before.map(String::as_str).map(str::to_owned);
        let json: Vec<Value> = changes
            .iter()
            .map(|one| json!({ "id": one.id.to_string(), "at": fetch::time(one.at), "by": names.get(&one.by), "before": text(one.before.as_deref()) }))
            .collect();
        out.say(&json!(json), || {
            let rows: Vec<Vec<String>> = changes
                .iter()
                .map(|one| {
                    let by = names.get(&one.by).cloned().unwrap_or_default();
                    vec![fetch::time(one.at).unwrap_or_default(), by, text(one.before.as_deref()).unwrap_or_default()]
                })
                .collect();
            columns(&rows)
        })?;
        Ok(0)
    })
    .await
}
