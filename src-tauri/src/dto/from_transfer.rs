//! From the core's shapes to the page's: import and export.

use super::{
    Duplicate, ExportFormat, ExportPlan, ImportColumn, ImportFile, ImportReport, Refused, number,
};
use dossierkluis::{
    catalogue,
    name::Name,
    practice::Practice,
    transfer::{
        self as core, LikelyTwin,
        export::Kind,
        table::{Encoding, Row, Table},
    },
};
use std::collections::BTreeMap;

/// Cells shown of each column.
const SAMPLES: usize = 3;
/// Rows shown as they would become.
const PREVIEW: usize = 20;
/// For whom columns are guessed before a kind is chosen.
const KIND: &str = "client";

impl ImportFile {
    pub fn new(name: String, table: &Table) -> Self {
        let guesses = core::guess_mapping(KIND, &table.headings);
        let columns = table.headings.iter().zip(guesses).enumerate();
        Self {
            name,
            rows: number(table.rows.len()),
            columns: columns
                .map(|(at, (heading, guess))| column(table, at, heading, guess))
                .collect(),
            encoding: Some(encoding(table.encoding).to_owned()),
            delimiter: table.delimiter.map(String::from),
        }
    }
}

fn column(table: &Table, at: usize, heading: &str, guess: Option<&'static str>) -> ImportColumn {
    let cells = table
        .rows
        .iter()
        .filter_map(|row| row.cells.get(at))
        .filter(|cell| !cell.is_empty());
    ImportColumn {
        heading: heading.to_owned(),
        samples: cells.take(SAMPLES).cloned().collect(),
        guess: guess.map(str::to_owned),
    }
}

fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16 => "UTF-16",
        Encoding::Windows1252 => "Windows-1252",
    }
}

impl ImportReport {
    /// What would come of it.
    pub fn preview(
        report: &core::ImportReport,
        table: &Table,
        plan: &core::ImportPlan,
        practice: &Practice,
    ) -> Self {
        let preview = table
            .rows
            .iter()
            .take(PREVIEW)
            .map(|row| fields(row, plan))
            .collect();
        Self {
            added: 0,
            ready: number(report.added),
            preview,
            ..Self::done(report, table, plan, practice)
        }
    }

    /// What came of it.
    pub fn done(
        report: &core::ImportReport,
        table: &Table,
        plan: &core::ImportPlan,
        practice: &Practice,
    ) -> Self {
        let refused = report.refused.iter().map(|one| Refused {
            line: number(one.line),
            field: one.field.to_owned(),
            reason: one.reason.to_owned(),
        });
        let duplicates = report
            .duplicates
            .iter()
            .map(|twin| duplicate(twin, table, plan, practice));
        Self {
            added: number(report.added),
            ready: 0,
            refused: refused.collect(),
            duplicates: duplicates.collect(),
            preview: Vec::new(),
        }
    }
}

fn duplicate(
    twin: &LikelyTwin,
    table: &Table,
    plan: &core::ImportPlan,
    practice: &Practice,
) -> Duplicate {
    let name_at = |line: usize| {
        table
            .rows
            .iter()
            .find(|row| row.line == line)
            .map(|row| name(&fields(row, plan)))
            .unwrap_or_default()
    };
    let like = match (twin.dossier, twin.earlier) {
        (Some(dossier), _) => practice.known_name(dossier).unwrap_or_default(),
        (None, Some(line)) => name_at(line),
        (None, None) => String::new(),
    };
    Duplicate {
        line: number(twin.line),
        name: name_at(twin.line),
        like,
    }
}

/// The filled cells of a row by the field that they become.
fn fields(row: &Row, plan: &core::ImportPlan) -> BTreeMap<String, String> {
    let cells = plan
        .mapping
        .iter()
        .zip(&row.cells)
        .filter(|(_, cell)| !cell.is_empty());
    let mut fields: BTreeMap<String, String> = BTreeMap::new();
    for (field, cell) in cells.filter_map(|(field, cell)| Some(((*field)?, cell))) {
        // Several columns may go to one field: they are joined.
        let value = fields.entry(field.to_owned()).or_default();
        value.push_str(if value.is_empty() { "" } else { " " });
        value.push_str(cell);
    }
    fields
}

fn name(fields: &BTreeMap<String, String>) -> String {
    Name::from_fields(value_in(fields)).full()
}

fn value_in<'a>(fields: &'a BTreeMap<String, String>) -> impl Fn(&str) -> Option<&'a str> {
    move |field| fields.get(field).map(String::as_str)
}

impl ExportPlan {
    /// The name that the dialog proposes. Whoever reads the folder learns nothing from it.
    pub fn file_name(&self) -> String {
        let extension = match self.format {
            ExportFormat::Csv => "csv",
            ExportFormat::Xlsx => "xlsx",
            ExportFormat::Json => "json",
        };
        format!("export.{extension}")
    }

    /// As the core asks. A field that the catalogue does not know is left out: it has nothing to give.
    pub fn asked(self) -> core::ExportPlan {
        let known = |name: &String| catalogue::field(name).map(|def| def.id);
        let format = match self.format {
            ExportFormat::Csv => Kind::Csv,
            ExportFormat::Xlsx => Kind::Xlsx,
            ExportFormat::Json => Kind::Json,
        };
        core::ExportPlan {
            kinds: self.kinds,
            ids: None,
            fields: self
                .fields
                .map(|names| names.iter().filter_map(known).collect()),
            format,
        }
    }
}
