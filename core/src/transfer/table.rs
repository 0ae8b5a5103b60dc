//! A file of another program as headings and rows of text.

use std::{fmt, fs::File, io::Read, path::Path};
use zeroize::{Zeroize, Zeroizing};

use super::{read_csv, read_vcard, read_xlsx};

/// Why a file could not be read. Names places in the file, never what stands there.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum TableError {
    /// The file could not be opened or read.
    #[error("the file could not be read ({0})")]
    Io(std::io::ErrorKind),
    /// The name does not end in .csv, .tsv, .txt, .xlsx, .xlsm, .vcf or .vcard.
    #[error("this kind of file is not supported")]
    UnknownKind,
    /// A workbook of Excel 97-2003, or one with a password.
    #[error("an .xls workbook or a workbook with a password")]
    OldOrLocked,
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// The first row is not a row of headings.
    #[error("there is no row of headings")]
    NoHeadings,
    /// A vCard file without a card.
    #[error("there is no card in the file")]
    NoCards,
    /// Larger than can be read, perhaps only once unpacked.
    #[error("the file is too large")]
    TooLarge,
    /// More than a million rows.
    #[error("the file has too many rows")]
    TooManyRows,
    /// More than a thousand columns.
    #[error("the file has too many columns")]
    TooManyColumns,
    /// Not text in an encoding that we know.
    #[error("the file is not text")]
    NotText,
    /// A workbook that cannot be taken apart.
    #[error("the file is damaged")]
    Damaged,
    /// The file stops in the middle of what begins on this line.
    #[error("the file stops halfway, in what begins on line {line}")]
    Truncated {
        /// Line in the file, counted from one.
        line: usize,
    },
}

/// How the text was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16 with a byte order mark.
    Utf16,
    /// Windows-1252, the old Western European one.
    Windows1252,
}

/// One row. Wiped when dropped, because it is about somebody.
pub struct Row {
    /// Line in the file where the row begins (row number in a workbook), counted from one.
    pub line: usize,
    /// At least as many cells as there are headings.
    pub cells: Vec<String>,
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Row {{ line: {}, .. }}", self.line)
    }
}

impl Drop for Row {
    fn drop(&mut self) {
        self.cells.zeroize();
    }
}

/// Headings and rows.
#[derive(Debug)]
pub struct Table {
    /// The first row, trimmed.
    pub headings: Vec<String>,
    /// Every other row that is not blank.
    pub rows: Vec<Row>,
    /// Lines of rows that have more cells than there are headings or, in CSV, fewer: a quote or a delimiter is probably
    /// amiss there and the cells may stand under the wrong heading.
    pub uneven: Vec<usize>,
    /// How the text was stored.
    pub encoding: Encoding,
    /// What stood between cells, in CSV.
    pub delimiter: Option<char>,
}

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Cells with a delimiter between them.
    Csv,
    /// Office Open XML workbook.
    Xlsx,
    /// vCard 2.1, 3.0 and 4.0.
    Vcard,
}

impl Format {
    /// By the extension of a file name, without the dot.
    pub fn from_extension(extension: &str) -> Result<Self, TableError> {
        match extension.to_ascii_lowercase().as_str() {
            "csv" | "tsv" | "tab" | "txt" => Ok(Self::Csv),
            "xlsx" | "xlsm" => Ok(Self::Xlsx),
            "vcf" | "vcard" => Ok(Self::Vcard),
            "xls" => Err(TableError::OldOrLocked),
            _ => Err(TableError::UnknownKind),
        }
    }
}

/// How much is read at most.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    pub bytes: u64,
    pub unpacked: u64,
    pub rows: usize,
    pub columns: usize,
    pub cells: usize,
}

/// Far above any practice, and still within the memory of a small PC.
pub(super) const LIMITS: Limits = Limits {
    bytes: 256 << 20,
    unpacked: 1 << 30,
    rows: 1_000_000,
    columns: 1_000,
    cells: 40_000_000,
};

/// Reads the file at `path`, by its extension.
///
/// In CSV a `'` that stands before a formula sign (`'+31…`, `'=…`) is taken away: exports put it there so that no
/// spreadsheet computes the cell. A `'` before anything else (`'s-Gravenhage`) stays.
pub fn read_table(path: &Path) -> Result<Table, TableError> {
    let extension = path.extension().unwrap_or_default();
    let format = Format::from_extension(&extension.to_string_lossy())?;
    let file = File::open(path).map_err(|e| TableError::Io(e.kind()))?;
    let mut bytes = Zeroizing::new(Vec::new());
    file.take(LIMITS.bytes + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| TableError::Io(e.kind()))?;
    parse_table(&bytes, format)
}

/// Reads a file that is in memory.
pub fn parse_table(bytes: &[u8], format: Format) -> Result<Table, TableError> {
    parse_within(bytes, format, LIMITS)
}

pub(super) fn parse_within(
    bytes: &[u8],
    format: Format,
    limits: Limits,
) -> Result<Table, TableError> {
    if bytes.len() as u64 > limits.bytes {
        return Err(TableError::TooLarge);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(TableError::Empty);
    }
    match format {
        Format::Csv => read_csv::read(bytes, limits),
        Format::Xlsx => read_xlsx::read(bytes, limits),
        Format::Vcard => read_vcard::read(bytes, limits),
    }
}

/// Makes a table of rows as they come; the first that is not blank is the headings.
pub(super) struct Builder {
    table: Option<Table>,
    limits: Limits,
    cells: usize,
    encoding: Encoding,
    delimiter: Option<char>,
}

impl Builder {
    pub(super) fn new(limits: Limits, encoding: Encoding, delimiter: Option<char>) -> Self {
        Self {
            table: None,
            limits,
            cells: 0,
            encoding,
            delimiter,
        }
    }

    pub(super) fn push(&mut self, line: usize, cells: Vec<String>) -> Result<(), TableError> {
        let row = Row { line, cells };
        if row.cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        if row.cells.len() > self.limits.columns {
            return Err(TableError::TooManyColumns);
        }
        match &mut self.table {
            None => self.start(row),
            Some(table) => {
                self.cells += append(table, row);
                self.within()
            }
        }
    }

    fn start(&mut self, row: Row) -> Result<(), TableError> {
        let mut headings: Vec<String> = row.cells.iter().map(|h| h.trim().to_owned()).collect();
        while headings.pop_if(|last| last.is_empty()).is_some() {}
        if !headings.iter().any(|h| h.chars().any(char::is_alphabetic)) {
            return Err(TableError::NoHeadings);
        }
        self.table = Some(Table {
            headings,
            rows: Vec::new(),
            uneven: Vec::new(),
            encoding: self.encoding,
            delimiter: self.delimiter,
        });
        Ok(())
    }

    fn within(&self) -> Result<(), TableError> {
        let rows = self.table.as_ref().map_or(0, |table| table.rows.len());
        if rows > self.limits.rows {
            return Err(TableError::TooManyRows);
        }
        if self.cells > self.limits.cells {
            return Err(TableError::TooLarge);
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Result<Table, TableError> {
        self.table.ok_or(TableError::Empty)
    }
}

/// Pads or trims the row to the headings, notes it when it does not fit, and says how many cells it took.
fn append(table: &mut Table, mut row: Row) -> usize {
    let width = table.headings.len();
    let short = row.cells.len() < width && table.delimiter.is_some();
    while row.cells.len() > width && row.cells.pop_if(|last| last.is_empty()).is_some() {}
    if short || row.cells.len() > width {
        table.uneven.push(row.line);
    }
    let count = row.cells.len().max(width);
    row.cells.resize(count, String::new());
    table.rows.push(row);
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_extension() {
        assert_eq!(Format::from_extension("CSV"), Ok(Format::Csv));
        assert_eq!(Format::from_extension("xls"), Err(TableError::OldOrLocked));
        assert_eq!(Format::from_extension("pdf"), Err(TableError::UnknownKind));
    }

    #[test]
    fn missing_file() {
        let error = read_table(Path::new("/does/not/exist.csv")).unwrap_err();
        assert_eq!(error, TableError::Io(std::io::ErrorKind::NotFound));
    }

    #[test]
    fn limits_hold() {
        let small = Limits {
            bytes: 40,
            rows: 2,
            columns: 3,
            cells: 100,
            ..LIMITS
        };
        let check = |text: &str| parse_within(text.as_bytes(), Format::Csv, small).unwrap_err();
        assert_eq!(check(&"x".repeat(41)), TableError::TooLarge);
        assert_eq!(check("a\n1\n2\n3\n"), TableError::TooManyRows);
        assert_eq!(check("a;b;c;d\n"), TableError::TooManyColumns);
        assert_eq!(check("  \n"), TableError::Empty);
    }

    #[test]
    fn rows_do_not_print_what_they_hold() {
        let table = parse_table(b"naam\nPietersen\n", Format::Csv).unwrap();
        assert!(!format!("{table:?}").contains("Pietersen"));
    }
}
