//! `kluis import`

use crate::{
    args::{Global, Import},
    failure::Failure,
    fetch,
    out::Out,
    session,
    words::{self, reasons},
};
use dossierkluis::{
    practice::Practice,
    transfer::{
        ImportPlan, ImportReport, guess_mapping, read_mapping,
        table::{Table, read_table},
    },
};
use serde_json::{Map, Value, json};

/// Imports a client list.
pub async fn run(global: &Global, args: &Import, out: &Out) -> Result<u8, Failure> {
    let kind = fetch::kind(&args.kind)?;
    session::with(global, &args.dir, out, async |practice, _| {
        let table = read_table(&args.file)?;
        let mapping = match &args.mapping {
            Some(file) => {
                let json = std::fs::read_to_string(file).map_err(|error| Failure::io(&error))?;
                read_mapping(kind, &json, &table.headings)
                    .map_err(|error| Failure::from(error).of_column(&table.headings))?
            }
            None => guess_mapping(kind, &table.headings),
        };
        let home = fetch::home(practice, global, kind, args.circle.as_deref()).await?;
        let plan = ImportPlan {
            kind: kind.to_owned(),
            home,
            mapping,
            skip_refused: !args.all_or_nothing,
            skip_duplicates: args.skip_duplicates,
        };
        session::load(practice, out).await?;
        let report = play(practice, &table, &plan, args.dry_run, out)
            .await
            .map_err(|failure| match practice.refused_column(&table, &plan) {
                Some((at, _)) => failure.with("column", at + 1).of_column(&table.headings),
                None => failure,
            })?;
        say(&report, &table, &plan, args.dry_run, out)?;
        if report.added > 0 && !args.dry_run {
            out.warn(out.pick(
                "het ingelezen bestand is niet versleuteld: vernietig het als u het niet meer nodig heeft",
                "the imported file is not encrypted: destroy it when you need it no more",
            ));
        }
        Ok(if report.refused.is_empty() { 0 } else { 7 })
    })
    .await
}

async fn play(
    practice: &Practice,
    table: &Table,
    plan: &ImportPlan,
    dry: bool,
    out: &Out,
) -> Result<ImportReport, Failure> {
    if dry {
        return Ok(practice.preview_import(table, plan)?);
    }
    let bar = out.bar();
    Ok(practice
        .import(table, plan, &|progress| bar.show(progress), &|| false)
        .await?)
}

fn say(
    report: &ImportReport,
    table: &Table,
    plan: &ImportPlan,
    dry: bool,
    out: &Out,
) -> Result<(), Failure> {
    let refused: Vec<Value> = report
        .refused
        .iter()
        .map(|one| json!({ "line": one.line, "field": one.field, "reason": one.reason }))
        .collect();
    let duplicates: Vec<Value> = report
        .duplicates
        .iter()
        .map(|one| json!({ "line": one.line, "id": one.dossier.map(|id| id.to_string()), "earlier_line": one.earlier, "same": one.same }))
        .collect();
    let mut json = json!({ "added": if dry { 0 } else { report.added }, "refused": refused, "duplicates": duplicates });
    if dry {
        let mapping: Map<String, Value> = table
            .headings
            .iter()
            .zip(&plan.mapping)
            .map(|(heading, field)| (heading.clone(), json!(field)))
            .collect();
        json["would_add"] = json!(report.added);
        json["mapping"] = Value::Object(mapping);
    }
    out.say(&json, || plain(report, (table, plan), dry, out))
}

/// The column that a refused value stands in, by its heading and its field.
fn column_of(field: &str, table: &Table, plan: &ImportPlan) -> String {
    let at = plan
        .mapping
        .iter()
        .position(|mapped| *mapped == Some(field));
    match at.and_then(|at| table.headings.get(at)) {
        Some(heading) => format!("{heading} ({field}): "),
        None if field.is_empty() => String::new(),
        None => format!("{field}: "),
    }
}

fn plain(
    report: &ImportReport,
    (table, plan): (&Table, &ImportPlan),
    dry: bool,
    out: &Out,
) -> String {
    let added = if dry {
        out.pick("zou toevoegen", "would add")
    } else {
        out.pick("toegevoegd", "added")
    };
    let mut text = format!("{added}: {}\n", report.added);
    for (heading, field) in table.headings.iter().zip(&plan.mapping) {
        match field {
            Some(field) if dry => {
                let column = out.pick("kolom", "column");
                text.push_str(&format!("{column} {heading}: {field}\n"));
            }
            Some(_) => {}
            None => {
                let left = out.pick("kolom niet overgenomen", "column left out");
                let mapped = out.pick(
                    "geef haar een veld met --mapping",
                    "give it a field with --mapping",
                );
                text.push_str(&format!("{left}: {heading} ({mapped})\n"));
            }
        }
    }
    for one in &report.refused {
        text.push_str(&format!(
            "{} {}: {}{}\n",
            out.pick("regel", "line"),
            one.line,
            column_of(one.field, table, plan),
            words::reason(one.reason, out.dutch)
        ));
    }
    for one in &report.duplicates {
        let twin = one.dossier.map_or_else(
            || format!("{} {}", out.pick("regel", "line"), one.earlier.unwrap_or(0)),
            |id| id.to_string(),
        );
        text.push_str(&format!(
            "{} {}: {} {twin} ({})\n",
            out.pick("regel", "line"),
            one.line,
            out.pick("lijkt op", "is like"),
            words::or_code(reasons::OTHER, one.same, out.dutch)
        ));
    }
    text
}
