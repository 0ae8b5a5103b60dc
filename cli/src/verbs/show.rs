//! `kluis show`

use crate::{
    args::{Global, Show},
    failure::Failure,
    fetch,
    out::Out,
    session,
    words::{self, reasons},
};
use dossierkluis::{
    access::{Reason, Seen, View},
    catalogue::{self, FieldDef, ValueType},
    code,
    dossier::{Reveal, display_name},
    error::Error,
    ids::{DossierId, UserId},
    practice::Practice,
};
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// Shows a dossier, or one field of it. Everything that comes out is logged.
pub async fn run(global: &Global, args: &Show, out: &Out) -> Result<u8, Failure> {
    let def = args.field.as_deref().map(fetch::field).transpose()?;
    session::with(global, &args.dir, out, async |practice, _| {
        let id = fetch::dossier(&args.id)?;
        match def {
            None => whole(practice, id, out).await,
            Some(def) if def.shape().is_some() => entries(practice, id, def, out).await,
            Some(def) => value(practice, id, def, out).await,
        }
    })
    .await
}

async fn value(
    practice: &Practice,
    id: DossierId,
    def: &FieldDef,
    out: &Out,
) -> Result<u8, Failure> {
    let value = match practice.reveal(id, def.id).await {
        Ok(value) => value,
        Err(error) => return Err(fetch::not_there(practice, id, def.id, error).await),
    };
    let value = value.as_deref().map(String::as_str);
    out.say(
        &json!({ "id": id.to_string(), "field": def.id, "value": value }),
        || {
            value
                .map(|value| code::show(def.value, value))
                .unwrap_or_default()
        },
    )?;
    Ok(0)
}

async fn entries(
    practice: &Practice,
    id: DossierId,
    def: &FieldDef,
    out: &Out,
) -> Result<u8, Failure> {
    let view = practice.open_dossier(id, Reveal::Nothing).await?;
    fetch::field_of(view.kind, def.id)?;
    if let Some((_, reason)) = view
        .withheld_entries
        .iter()
        .find(|(field, _)| *field == def.id)
    {
        return Err(Failure::withheld(reason.code()));
    }
    let notes: Vec<Value> = notes(&view, &fetch::names(practice).await?)?
        .into_iter()
        .filter(|note| note["field"] == def.id)
        .collect();
    out.say(
        &json!({ "id": id.to_string(), "field": def.id, "notes": notes }),
        || match &notes[..] {
            [] => out.table(&[]),
            notes => notes.iter().map(|note| note_line(note, out)).collect(),
        },
    )?;
    Ok(0)
}

async fn whole(practice: &Practice, id: DossierId, out: &Out) -> Result<u8, Failure> {
    let view = practice.open_dossier(id, Reveal::All).await?;
    let notes = notes(&view, &fetch::names(practice).await?)?;
    let fields: Map<String, Value> = view
        .fields
        .iter()
        .map(|(field, seen)| ((*field).to_owned(), seen_json(seen)))
        .collect();
    let withheld: Map<String, Value> = view
        .withheld_entries
        .iter()
        .map(|(field, reason)| ((*field).to_owned(), json!(reason.code())))
        .collect();
    let json = json!({
        "id": id.to_string(), "kind": view.kind, "name": display_name(&view), "circle": view.circle.to_string(),
        "fields": fields, "notes": notes, "withheld_notes": withheld,
    });
    out.say(&json, || plain(&view, &notes, out))?;
    Ok(0)
}

fn seen_json(seen: &Seen) -> Value {
    match seen {
        Seen::Shown { value, .. } => json!({ "value": value.as_deref().map(String::as_str) }),
        Seen::Withheld { reason, .. } => json!({ "withheld": reason.code() }),
    }
}

fn notes(view: &View, names: &HashMap<UserId, String>) -> Result<Vec<Value>, Failure> {
    let all: Result<Vec<Value>, Error> = view
        .entries
        .iter()
        .map(|entry| entry.to_json(names.get(&entry.created_by).map(String::as_str)))
        .collect();
    Ok(all?)
}

fn plain(view: &View, notes: &[Value], out: &Out) -> String {
    let mut text = format!("{} ({})\n{}\n\n", display_name(view), view.kind, view.id);
    for def in catalogue::fields() {
        match view.fields.get(def.id) {
            Some(Seen::Shown {
                value: Some(value), ..
            }) => text.push_str(&format!("{}: {}\n", def.id, code::show(def.value, value))),
            Some(Seen::Withheld { reason, .. }) => text.push_str(&withheld(def.id, *reason, out)),
            _ => {}
        }
    }
    for (field, reason) in &view.withheld_entries {
        text.push_str(&withheld(field, *reason, out));
    }
    text.push('\n');
    text.extend(notes.iter().map(|note| note_line(note, out)));
    text
}

fn withheld(field: &str, reason: Reason, out: &Out) -> String {
    let why = words::or_code(reasons::WITHHELD, reason.code(), out.dutch);
    let withheld = out.pick("afgeschermd", "withheld");
    format!("{field}: [{withheld}: {why}]\n")
}

/// The day that it is about comes first; without one, the moment at which it was written.
fn note_line(note: &Value, out: &Out) -> String {
    let of = |name: &str| note[name].as_str().unwrap_or_default().to_owned();
    let (written, on) = (
        fetch::moment_of(&of("at")),
        code::show(ValueType::Date, &of("on")),
    );
    let (when, aside) = if on.is_empty() {
        (written, String::new())
    } else {
        let word = out.pick("geschreven", "written");
        (on, format!("{word} {written}"))
    };
    let members = ["role", "channel", "state", "telephone", "email", "kind"].map(of);
    let until = code::show(ValueType::Date, &of("until"));
    let until = (!until.is_empty()).then(|| format!("{} {until}", out.pick("tot", "until")));
    let wage = [of("amount"), of("hours")];
    let wage: Vec<String> = wage
        .into_iter()
        .zip(["€ ", ""])
        .zip(["", out.pick(" uur per week", " hours a week")])
        .filter(|((value, _), _)| !value.is_empty())
        .map(|((value, before), after)| format!("{before}{value}{after}"))
        .collect();
    // What came from another practice was written there.
    let by = Some(of("origin")).filter(|origin| !origin.is_empty());
    let aside: Vec<String> = [by.unwrap_or_else(|| of("by")), aside]
        .into_iter()
        .chain(members)
        .filter(|part| !part.is_empty())
        .collect();
    let text: Vec<String> = [of("title"), of("text")]
        .into_iter()
        .chain(wage)
        .chain(until)
        .filter(|part| !part.is_empty())
        .collect();
    format!(
        "{when} {} ({}): {}\n",
        of("field"),
        aside.join(", "),
        text.join(". ")
    )
}
