//! `kluis search`

use super::list::line;
use crate::{
    args::{Global, Search},
    failure::Failure,
    out::Out,
    session,
};
use serde_json::{Value, json};

/// Searches every field and note that may be read.
pub async fn run(global: &Global, args: &Search, out: &Out) -> Result<u8, Failure> {
    session::with(global, &args.dir, out, async |practice, _| {
        session::load(practice, out).await?;
        let (found, more) = practice.search(&args.text, args.limit).await?;
        let json: Vec<Value> = found
            .iter()
            .map(|one| {
                let mut hit = line(&one.row);
                hit["field"] = json!(one.field);
                hit["snippet"] = json!(*one.snippet);
                hit
            })
            .collect();
        out.say(&json!(json), || {
            let rows: Vec<Vec<String>> = found
                .iter()
                .map(|one| {
                    vec![
                        one.row.id.to_string(),
                        one.row.listed.clone(),
                        one.field.to_owned(),
                        one.snippet.to_string(),
                    ]
                })
                .collect();
            out.table(&rows)
        })?;
        if more {
            out.warn(out.pick(
                "er is meer; zoek preciezer of geef --limit",
                "there is more; search more precisely or give --limit",
            ));
        }
        Ok(0)
    })
    .await
}
