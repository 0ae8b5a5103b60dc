//! `kluis list`

use crate::{
    args::{Global, List},
    failure::Failure,
    fetch,
    out::Out,
    session,
};
use dossierkluis::{
    catalogue::ValueType,
    code,
    dossier::{ListQuery, Row, SortBy},
    practice::Practice,
};
use serde_json::{Value, json};

/// Lists dossiers.
pub async fn run(global: &Global, args: &List, out: &Out) -> Result<u8, Failure> {
    for kind in &args.kind {
        fetch::kind(kind)?;
    }
    let sort = match args.sort.as_str() {
        "name" => SortBy::Name,
        "changed" | "changed_at" => SortBy::Changed,
        field => SortBy::Field(fetch::field(field)?.id.to_owned()),
    };
    let field = args
        .field
        .as_deref()
        .map(|text| fetch::pair(text, fetch::field))
        .transpose()?;
    session::with(global, &args.dir, out, async |practice, _| {
        let query = ListQuery {
            kinds: args.kind.clone(),
            sort: sort.clone(),
            descending: args.descending,
            filter: args.filter.clone(),
            field: field.clone(),
            circle: circle(practice, args.circle.as_deref()).await?,
            offset: args.offset,
            limit: args.limit.unwrap_or(usize::MAX),
        };
        session::load(practice, out).await?;
        let page = practice.list(&query).await?;
        let json: Vec<Value> = page.rows.iter().map(line).collect();
        out.say(&json!(json), || {
            let rows: Vec<Vec<String>> = page
                .rows
                .iter()
                .map(|row| {
                    vec![
                        row.id.to_string(),
                        row.listed.clone(),
                        code::show(ValueType::Date, &row.date_of_birth),
                        row.town.clone(),
                    ]
                })
                .collect();
            out.table(&rows)
        })?;
        Ok(0)
    })
    .await
}

async fn circle(
    practice: &Practice,
    text: Option<&str>,
) -> Result<Option<dossierkluis::ids::CircleId>, Failure> {
    match text {
        Some(text) => fetch::circle(practice, text).await.map(Some),
        None => Ok(None),
    }
}

/// One line for scripts.
pub fn line(row: &Row) -> Value {
    json!({
        "id": row.id.to_string(), "kind": row.kind, "name": row.name, "listed": row.listed, "date_of_birth": row.date_of_birth,
        "town": row.town, "organisation": row.organisation, "circle": row.circle.to_string(), "changed_at": fetch::time(row.changed_at),
    })
}
