//! `kluis note`

use crate::{
    args::{Global, Note},
    failure::Failure,
    fetch,
    out::Out,
    session,
};
use dossierkluis::{dossier::EntryContent, error::Error};
use serde_json::json;

/// Adds a note, or another entry.
pub async fn run(global: &Global, args: &Note, out: &Out) -> Result<u8, Failure> {
    let def = fetch::entry_field(args.field.as_deref().unwrap_or("session_notes"))?;
    session::with(global, &args.dir, out, async |practice, _| {
        let id = fetch::dossier(&args.id)?;
        let content = EntryContent {
            text: session::text(args.text.as_deref(), args.stdin)?,
            on: args.on.clone(),
            title: args.title.clone(),
            channel: args.channel.clone(),
            role: args.role.clone(),
            state: args.state.clone(),
            parent: args.parent.clone(),
            telephone: args.telephone.clone(),
            email: args.email.clone(),
            until: args.until.clone(),
            amount: args.amount.clone(),
            hours: args.hours.clone(),
            dossier: args.dossier.clone(),
            professional: args.professional.clone(),
            exchange: args.exchange.clone(),
            confirmed: args.confirm,
            ..EntryContent::default()
        };
        let added = match practice.add_entry(id, def.id, content.clone()).await {
            // What an employee has in its place.
            Err(Error::NotFound) if args.field.is_none() => {
                practice.add_entry(id, "personnel_notes", content).await
            }
            added => added,
        };
        let (entry, warnings) = match added {
            Ok(added) => added,
            Err(error) => return Err(fetch::not_there(practice, id, def.id, error).await),
        };
        out.say(
            &json!({ "id": entry.to_string(), "warnings": warnings }),
            || entry.to_string(),
        )?;
        out.warn_about(&warnings);
        Ok(0)
    })
    .await
}
