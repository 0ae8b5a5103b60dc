//! Workbooks, through calamine, cell by cell: never as a rectangle, because two far corners would fill the memory.

use calamine::{
    DataRef, DataType, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError,
};
use std::io::Cursor;

use super::table::{Builder, Encoding, Limits, Table, TableError};
use super::workbook_guard;

/// The first visible sheet that has rows.
pub(super) fn read(bytes: &[u8], limits: Limits) -> Result<Table, TableError> {
    workbook_guard::check(bytes, limits.unpacked)?;
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(why)?;
    let names: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|s| s.typ == SheetType::WorkSheet && s.visible == SheetVisible::Visible)
        .map(|s| s.name.clone())
        .collect();
    for name in names {
        match read_sheet(&mut workbook, &name, limits) {
            Err(TableError::Empty) => {}
            done => return done,
        }
    }
    Err(TableError::Empty)
}

fn why(e: XlsxError) -> TableError {
    match e {
        XlsxError::Password => TableError::OldOrLocked,
        _ => TableError::Damaged,
    }
}

fn read_sheet(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    limits: Limits,
) -> Result<Table, TableError> {
    let mut reader = workbook.worksheet_cells_reader(name).map_err(why)?;
    let mut builder = Builder::new(limits, Encoding::Utf8, None);
    let mut row = 0;
    let mut cells = Vec::new();
    // One long text can stand in many cells and take its room in each.
    let mut left = limits.unpacked;
    while let Some(cell) = reader.next_cell().map_err(why)? {
        let (at, column) = cell.get_position();
        let text = text_of(cell.get_value());
        if text.is_empty() {
            continue;
        }
        left = left
            .checked_sub(text.len() as u64)
            .ok_or(TableError::TooLarge)?;
        if at != row {
            builder.push(row as usize + 1, std::mem::take(&mut cells))?;
            row = later(row, at)?;
        }
        place(&mut cells, column as usize, text, limits.columns)?;
    }
    builder.push(row as usize + 1, cells)?;
    builder.finish()
}

/// Rows go down; a file in which they do not is damaged.
fn later(row: u32, at: u32) -> Result<u32, TableError> {
    if at < row {
        Err(TableError::Damaged)
    } else {
        Ok(at)
    }
}

fn place(
    cells: &mut Vec<String>,
    column: usize,
    text: String,
    columns: usize,
) -> Result<(), TableError> {
    if column >= columns {
        return Err(TableError::TooManyColumns);
    }
    if cells.len() <= column {
        cells.resize(column + 1, String::new());
    }
    cells[column] = text;
    Ok(())
}

fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(when) => date_text(when),
        DataRef::DateTimeIso(text) => iso_text(text),
        DataRef::Error(error) => error.to_string(),
        other => other.get_string().unwrap_or_default().to_owned(),
    }
}

/// Fifteen digits, as Excel shows; whole numbers without a point.
fn number_text(number: f64) -> String {
    let shown: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    if shown == 0.0 {
        "0".to_owned()
    } else {
        shown.to_string()
    }
}

fn date_text(when: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = when.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    if when.is_duration() || when.as_f64() < 1.0 {
        return if when.is_duration() {
            duration_text(when.as_f64())
        } else {
            time
        };
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if time == "00:00:00" {
        date
    } else {
        format!("{date} {time}")
    }
}

fn duration_text(days: f64) -> String {
    let seconds = (days * 86_400.0).round() as i64;
    let (hours, rest) = (seconds / 3_600, (seconds % 3_600).abs());
    format!("{hours}:{:02}:{:02}", rest / 60, rest % 60)
}

/// Without a time that says nothing.
fn iso_text(text: &str) -> String {
    match text.split_once('T') {
        Some((date, time)) if !time.contains(|c: char| ('1'..='9').contains(&c)) => date.to_owned(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{Format, parse_table};
    use super::*;
    use proptest::prelude::*;
    use rust_xlsxwriter::{Format as CellFormat, Formula, Workbook};
    use std::sync::LazyLock;

    static FILE: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let mut book = Workbook::new();
        book.add_worksheet();
        let date = CellFormat::new().set_num_format("dd-mm-yyyy");
        let sheet = book.add_worksheet();
        for (at, heading) in ["Naam", "Geboren", "BSN", "Uren", "Ja", "Som"]
            .iter()
            .enumerate()
        {
            sheet.write_string(1, at as u16, *heading).unwrap();
        }
        sheet.write_string(3, 0, "Renée").unwrap();
        sheet
            .write_number_with_format(3, 1, 29_221.0, &date)
            .unwrap();
        sheet.write_string(3, 2, "012345672").unwrap();
        sheet.write_number(3, 3, 36.0).unwrap();
        sheet.write_boolean(3, 4, true).unwrap();
        sheet
            .write_formula(
                3,
                5,
                Formula::new("=0.1+0.2").set_result("0.30000000000000004"),
            )
            .unwrap();
        sheet.write_string(4, 0, "Jan").unwrap();
        book.save_to_buffer().unwrap()
    });

    #[test]
    fn cells_as_text() {
        let table = parse_table(&FILE, Format::Xlsx).unwrap();
        assert_eq!(
            table.headings,
            ["Naam", "Geboren", "BSN", "Uren", "Ja", "Som"]
        );
        assert_eq!(
            table.rows[0].cells,
            ["Renée", "1980-01-01", "012345672", "36", "true", "0.3"]
        );
        assert_eq!(table.rows[0].line, 4);
        assert_eq!(table.rows[1].cells, ["Jan", "", "", "", "", ""]);
        assert!(table.uneven.is_empty());
    }

    #[test]
    fn numbers_and_dates() {
        assert_eq!(number_text(612_345_678.0), "612345678");
        assert_eq!(number_text(-0.0), "0");
        assert_eq!(number_text(12.5), "12.5");
        assert_eq!(number_text(1e20), "100000000000000000000");
        assert_eq!(iso_text("1980-01-05T00:00:00"), "1980-01-05");
        assert_eq!(iso_text("1980-01-05T10:00:00"), "1980-01-05T10:00:00");
        assert_eq!(duration_text(1.5), "36:00:00");
    }

    #[test]
    fn not_a_workbook() {
        let error = |bytes: &[u8]| parse_table(bytes, Format::Xlsx).unwrap_err();
        assert_eq!(error(b"naam;plaats\n"), TableError::Damaged);
        assert_eq!(
            error(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"),
            TableError::OldOrLocked
        );
        assert_eq!(error(&FILE[..FILE.len() / 2]), TableError::Damaged);
        let empty = Workbook::new().save_to_buffer().unwrap();
        assert_eq!(error(&empty), TableError::Empty);
    }

    /// The workbook with the sheet data replaced.
    fn with_sheet(xml: &str) -> Vec<u8> {
        use std::io::Write;
        let mut from = zip::ZipArchive::new(Cursor::new(FILE.as_slice())).unwrap();
        let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for at in 0..from.len() {
            let part = from.by_index(at).unwrap();
            if part.name().unwrap() == "xl/worksheets/sheet2.xml" {
                let options = zip::write::SimpleFileOptions::default();
                to.start_file("xl/worksheets/sheet2.xml", options).unwrap();
                to.write_all(xml.as_bytes()).unwrap();
            } else {
                to.raw_copy_file(part).unwrap();
            }
        }
        to.finish().unwrap().into_inner()
    }

    #[test]
    fn hostile_addresses() {
        let cell = |r: &str| format!("<c r=\"{r}\" t=\"str\"><v>x</v></c>");
        let sheet = |dimension: &str, cells: &str| {
            with_sheet(&format!(
                "<worksheet><dimension ref=\"{dimension}\"/><sheetData><row>{cells}</row></sheetData></worksheet>"
            ))
        };
        let error = |bytes: &[u8]| parse_table(bytes, Format::Xlsx).unwrap_err();
        let far = sheet("A1:XFD1048576", &(cell("A1") + &cell("XFD1048576")));
        assert_eq!(error(&far), TableError::TooManyColumns);
        let wrong_way = sheet("B9:A1", &(cell("A5") + &cell("A2")));
        assert_eq!(error(&wrong_way), TableError::Damaged);
        let _ = parse_table(
            &sheet("A1", &cell("ZZZZZZZZZZ99999999999999")),
            Format::Xlsx,
        );
        let _ = parse_table(&sheet("A1", &cell("A4294967295")), Format::Xlsx);
    }

    proptest! {
        #[test]
        fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = parse_table(&[b"PK\x03\x04", bytes.as_slice()].concat(), Format::Xlsx);
        }

        #[test]
        fn a_cut_file_is_refused(part in 0.0f64..1.0) {
            let cut = (FILE.len() as f64 * part) as usize;
            prop_assert!(parse_table(&FILE[..cut], Format::Xlsx).is_err());
        }

        #[test]
        fn a_changed_file_never_panics(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
            let mut bytes = FILE.clone();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            let _ = parse_table(&bytes, Format::Xlsx);
        }

        #[test]
        fn any_sheet_never_panics(xml in "(<(c|row|v|is|t|f|sheetData|dimension|worksheet)( (r|ref|t|s)=\"([A-Z]{0,9}[0-9]{0,12}|s|d|e|b|n|str|inlineStr|:)\")*/?>|</(c|row|v|is|t)>|[0-9.e-]{1,5}|a){0,12}") {
            let xml = format!("<worksheet><sheetData>{xml}</sheetData></worksheet>");
            let _ = parse_table(&with_sheet(&xml), Format::Xlsx);
        }
    }
}
