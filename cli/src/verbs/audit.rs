//! `kluis audit`

use crate::{
    args::{Audit, Global},
    failure::Failure,
    fetch,
    out::Out,
    session,
};
use serde_json::{Value, json};

/// Reads the access log, newest first.
pub async fn run(global: &Global, args: &Audit, out: &Out) -> Result<u8, Failure> {
    session::with(global, &args.dir, out, async |practice, _| {
        let about = args.about.as_deref().map(fetch::dossier).transpose()?;
        let limit = args.limit.map_or(i64::MAX, i64::from);
        let page = practice
            .audit_log(about, i64::from(args.offset), limit)
            .await?;
        let names = fetch::names(practice).await?;
        let mut json = Vec::with_capacity(page.entries.len());
        for entry in &page.entries {
            let mut one =
                serde_json::to_value(&entry.event).map_err(|_| Failure::plain("failed", 1))?;
            one["seq"] = json!(entry.seq);
            json.push(one);
        }
        out.say(&Value::Array(json.clone()), || {
            let rows: Vec<Vec<String>> = page
                .entries
                .iter()
                .zip(&json)
                .map(|(entry, json)| {
                    let event = &entry.event;
                    let done = if event.success {
                        ""
                    } else {
                        out.pick("geweigerd", "refused")
                    };
                    vec![
                        entry.seq.to_string(),
                        fetch::moment(event.at),
                        names
                            .get(&event.user)
                            .cloned()
                            .unwrap_or_else(|| event.user.to_string()),
                        json["event"].as_str().unwrap_or_default().to_owned(),
                        event.subject.map(|id| id.to_string()).unwrap_or_default(),
                        event.part.clone().unwrap_or_default(),
                        event
                            .count
                            .map(|count| count.to_string())
                            .unwrap_or_default(),
                        done.to_owned(),
                    ]
                })
                .collect();
            out.table(&rows)
        })?;
        Ok(0)
    })
    .await
}
