//! What leaves: CSV, workbook or JSON, of exactly the cells that the caller gives. A withheld cell says so and no more.
//!
//! The file appears whole or not at all: it is written beside its place, flushed to the disk, and renamed.

use serde::ser::{SerializeMap, SerializeSeq, Serializer};
use std::{
    borrow::Borrow,
    io::{BufWriter, Write},
    path::Path,
};

use super::neutral;
use crate::store::folder_of;
use zeroize::Zeroize;

/// What stands in CSV and workbook where a value is withheld.
pub const WITHHELD: &str = "[afgeschermd]";
/// The longest text in a cell of a workbook, in UTF-16 units.
const LONGEST_CELL: usize = 32_767;
/// The rows of a worksheet, with its headings.
const SHEET_ROWS: usize = 1_048_576;
/// Cancel and progress are looked at after so many rows.
const STEP: usize = 64;

/// Why nothing was written. Names places, never what stands there; rows count from one without the headings.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ExportError {
    /// The disk is full, the folder is not writable, and the like.
    #[error("the file could not be written ({0})")]
    Io(std::io::ErrorKind),
    /// The user stopped it.
    #[error("the export was cancelled")]
    Cancelled,
    /// A record has another number of cells than there are columns.
    #[error("row {row} does not have as many cells as there are columns")]
    Width {
        /// Its row.
        row: usize,
    },
    /// A workbook takes no text of more than 32,767 characters; CSV and JSON do.
    #[error("field {field} in row {row} is too long for a workbook")]
    TooLong {
        /// Field id.
        field: String,
        /// Its row.
        row: usize,
    },
    /// A workbook takes no more than 1,048,575 records; CSV and JSON do.
    #[error("too many records for a workbook")]
    TooManyRows,
    /// The workbook could not be made.
    #[error("the workbook could not be made")]
    Workbook,
}

impl From<std::io::Error> for ExportError {
    fn from(e: std::io::Error) -> Self {
        Self::Io(e.kind())
    }
}

impl From<csv::Error> for ExportError {
    fn from(e: csv::Error) -> Self {
        match e.into_kind() {
            csv::ErrorKind::Io(e) => e.into(),
            _ => Self::Io(std::io::ErrorKind::Other),
        }
    }
}

impl From<serde_json::Error> for ExportError {
    fn from(e: serde_json::Error) -> Self {
        Self::Io(e.io_error_kind().unwrap_or(std::io::ErrorKind::Other))
    }
}

/// What kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8 with a byte order mark, semicolons, all quoted; formulas neutralised.
    Csv,
    /// All cells are text.
    Xlsx,
    /// A list of objects.
    Json,
}

/// One column.
#[derive(Clone, Copy)]
pub struct Column<'a> {
    /// Field id: the name in JSON.
    pub id: &'a str,
    /// The heading in CSV and workbook.
    pub heading: &'a str,
}

/// What is in a place.
pub enum Cell {
    /// This.
    Value(String),
    /// Not for this user, for this reason (a code, not a sentence).
    Withheld(&'static str),
    /// Nothing.
    Empty,
}

/// One dossier.
pub struct Record {
    /// Its id.
    pub id: String,
    /// Kind of dossier.
    pub kind: String,
    /// As many as there are columns.
    pub cells: Vec<Cell>,
    /// Its story, for JSON alone; `None` leaves it out.
    pub notes: Option<Vec<serde_json::Value>>,
}

impl Drop for Record {
    fn drop(&mut self) {
        for cell in &mut self.cells {
            if let Cell::Value(text) = cell {
                text.zeroize();
            }
        }
    }
}

/// What is exported. In CSV and workbook two columns `id` and `kind` stand before the others.
pub struct Sheet<'a, I> {
    /// The columns in their order.
    pub columns: &'a [Column<'a>],
    /// The records.
    pub records: I,
}

/// The way to stop an export and to see how far it is.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    /// Asked between records; true stops, and nothing is left behind.
    pub cancelled: &'a dyn Fn() -> bool,
    /// Told how many records are written.
    pub progress: &'a dyn Fn(usize),
}

impl Watch<'_> {
    fn look(&self, row: usize) -> Result<(), ExportError> {
        if row % STEP == 1 {
            (self.progress)(row - 1);
            if (self.cancelled)() {
                return Err(ExportError::Cancelled);
            }
        }
        Ok(())
    }
}

/// A file that is written whole and not in place yet; dropping it leaves nothing behind.
pub struct Aside {
    file: tempfile::NamedTempFile,
    path: std::path::PathBuf,
    /// Records in it.
    pub count: usize,
}

impl Aside {
    /// Puts it in place, replacing what is there.
    pub fn put(self) -> Result<usize, ExportError> {
        self.file.persist(&self.path).map_err(|e| e.error)?;
        sync_folder(folder_of(&self.path))?;
        Ok(self.count)
    }
}

/// Writes the records to `path`, replacing what is there, and gives their number.
#[cfg(test)]
fn export<I: Iterator<Item = Record>>(
    path: &Path,
    kind: Kind,
    sheet: Sheet<'_, I>,
    watch: Watch<'_>,
) -> Result<usize, ExportError> {
    let count = write_aside(path, kind, sheet, watch)?.put()?;
    (watch.progress)(count);
    Ok(count)
}

/// Writes the records beside `path`; [`Aside::put`] puts the file there.
pub fn write_aside<I: Iterator<Item = Record>>(
    path: &Path,
    kind: Kind,
    sheet: Sheet<'_, I>,
    watch: Watch<'_>,
) -> Result<Aside, ExportError> {
    let mut file = tempfile::NamedTempFile::new_in(folder_of(path))?;
    let mut writer = BufWriter::new(file.as_file_mut());
    let count = match kind {
        Kind::Csv => write_csv(&mut writer, sheet, watch),
        Kind::Xlsx => write_xlsx(&mut writer, sheet, watch),
        Kind::Json => write_json(&mut writer, sheet, watch),
    }?;
    writer.flush()?;
    drop(writer);
    file.as_file().sync_all()?;
    if (watch.cancelled)() {
        return Err(ExportError::Cancelled);
    }
    let path = path.to_owned();
    Ok(Aside { file, path, count })
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> Result<(), ExportError> {
    Ok(std::fs::File::open(folder)?.sync_all()?)
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> Result<(), ExportError> {
    Ok(())
}

/// The records with their rows, looked at as they pass.
fn rows<R: Borrow<Record>>(
    records: impl Iterator<Item = R>,
    width: usize,
    watch: Watch<'_>,
) -> impl Iterator<Item = Result<(usize, R), ExportError>> {
    records.enumerate().map(move |(at, record)| {
        let row = at + 1;
        watch.look(row)?;
        if record.borrow().cells.len() != width {
            return Err(ExportError::Width { row });
        }
        Ok((row, record))
    })
}

fn headings<'a>(columns: &'a [Column<'a>]) -> impl Iterator<Item = &'a str> {
    ["id", "kind"]
        .into_iter()
        .chain(columns.iter().map(|c| c.heading))
}

/// The record as a row of text.
fn texts(record: &Record) -> impl Iterator<Item = &str> {
    let cells = record.cells.iter().map(|cell| match cell {
        Cell::Value(text) => text.as_str(),
        Cell::Withheld(_) => WITHHELD,
        Cell::Empty => "",
    });
    [record.id.as_str(), record.kind.as_str()]
        .into_iter()
        .chain(cells)
}

pub(super) fn write_csv<I: Iterator<Item = Record>>(
    writer: &mut impl Write,
    sheet: Sheet<'_, I>,
    watch: Watch<'_>,
) -> Result<usize, ExportError> {
    writer.write_all(b"\xef\xbb\xbf")?;
    let mut csv = csv::WriterBuilder::new()
        .delimiter(b';')
        .quote_style(csv::QuoteStyle::Always)
        .terminator(csv::Terminator::CRLF)
        .from_writer(writer);
    csv.write_record(headings(sheet.columns).map(neutral::neutralise))?;
    let mut count = 0;
    for row in rows(sheet.records, sheet.columns.len(), watch) {
        let (row, record) = row?;
        csv.write_record(texts(&record).map(neutral::neutralise))?;
        count = row;
    }
    csv.flush()?;
    Ok(count)
}

/// Made in memory first: the writer of workbooks panics when a disk is full.
fn write_xlsx<I: Iterator<Item = Record>>(
    writer: &mut impl Write,
    sheet: Sheet<'_, I>,
    watch: Watch<'_>,
) -> Result<usize, ExportError> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    for (at, heading) in headings(sheet.columns).enumerate() {
        put(page, 0, at, heading, heading)?;
    }
    let mut count = 0;
    for row in rows(sheet.records, sheet.columns.len(), watch) {
        let (row, record) = row?;
        if row >= SHEET_ROWS {
            return Err(ExportError::TooManyRows);
        }
        let ids = ["id", "kind"]
            .into_iter()
            .chain(sheet.columns.iter().map(|c| c.id));
        for ((at, text), id) in texts(&record).enumerate().zip(ids) {
            put(page, row, at, text, id)?;
        }
        count = row;
    }
    let bytes = book.save_to_buffer().map_err(|_| ExportError::Workbook)?;
    writer.write_all(&bytes)?;
    Ok(count)
}

/// Always as text, so that nothing is a formula.
fn put(
    page: &mut rust_xlsxwriter::Worksheet,
    row: usize,
    at: usize,
    text: &str,
    field: &str,
) -> Result<(), ExportError> {
    if text.is_empty() {
        return Ok(());
    }
    if text.encode_utf16().count() > LONGEST_CELL {
        let field = field.to_owned();
        return Err(ExportError::TooLong { field, row });
    }
    let column = u16::try_from(at).map_err(|_| ExportError::Workbook)?;
    let row = u32::try_from(row).map_err(|_| ExportError::TooManyRows)?;
    page.write_string(row, column, text)
        .map_err(|_| ExportError::Workbook)?;
    Ok(())
}

pub(super) fn write_json<R: Borrow<Record>>(
    writer: &mut impl Write,
    sheet: Sheet<'_, impl Iterator<Item = R>>,
    watch: Watch<'_>,
) -> Result<usize, ExportError> {
    let mut json = serde_json::Serializer::pretty(&mut *writer);
    let mut list = json.serialize_seq(None)?;
    let mut count = 0;
    for row in rows(sheet.records, sheet.columns.len(), watch) {
        let (row, record) = row?;
        list.serialize_element(&Entry(record.borrow(), sheet.columns))?;
        count = row;
    }
    SerializeSeq::end(list)?;
    writer.write_all(b"\n")?;
    Ok(count)
}

/// A record in JSON: id, kind, and the fields that are not empty.
struct Entry<'a>(&'a Record, &'a [Column<'a>]);

impl serde::Serialize for Entry<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(3))?;
        map.serialize_entry("id", &self.0.id)?;
        map.serialize_entry("kind", &self.0.kind)?;
        map.serialize_entry("fields", &Fields(&self.0.cells, self.1))?;
        if let Some(notes) = &self.0.notes {
            map.serialize_entry("notes", notes)?;
        }
        map.end()
    }
}

struct Fields<'a>(&'a [Cell], &'a [Column<'a>]);

impl serde::Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        for (cell, column) in self.0.iter().zip(self.1) {
            match cell {
                Cell::Value(text) => map.serialize_entry(column.id, &One("value", text))?,
                Cell::Withheld(why) => map.serialize_entry(column.id, &One("withheld", why))?,
                Cell::Empty => {}
            }
        }
        map.end()
    }
}

struct One<'a>(&'a str, &'a str);

impl serde::Serialize for One<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(1))?;
        map.serialize_entry(self.0, self.1)?;
        map.end()
    }
}

#[cfg(test)]
#[path = "export_tests.rs"]
mod tests;
