//! CSV as people have it: any of three delimiters, four encodings, and lines that do not fit.

use std::borrow::Cow;

use super::neutral;
use super::table::{Builder, Encoding, Limits, Table, TableError};

const DELIMITERS: [u8; 3] = [b';', b'\t', b','];

pub(super) fn read(bytes: &[u8], limits: Limits) -> Result<Table, TableError> {
    let (text, encoding) = decode(bytes)?;
    let (body, line, said) = after_separator_line(&text);
    let delimiter = said.unwrap_or_else(|| guess_delimiter(body));
    let mut builder = Builder::new(limits, encoding, Some(char::from(delimiter)));
    let mut lines = Lines::new(body.as_bytes(), line);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(body.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut last = 0;
    while reader
        .read_record(&mut record)
        .map_err(|_| TableError::NotText)?
    {
        last = lines.go_to(&record);
        let cells = record.iter().map(|cell| neutral::restore(cell).to_owned());
        builder.push(lines.line, cells.collect())?;
    }
    ends_in_quotes(&body.as_bytes()[last..], delimiter, lines.line)?;
    builder.finish()
}

/// The text of a file and how it was stored.
pub(super) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), TableError> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        let text = std::str::from_utf8(rest).map_err(|_| TableError::NotText)?;
        return Ok((Cow::Borrowed(text), Encoding::Utf8));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(encoding_rs::UTF_16LE, rest);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(encoding_rs::UTF_16BE, rest);
    }
    if memchr::memchr(0, bytes).is_some() {
        return Err(TableError::NotText);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((Cow::Borrowed(text), Encoding::Utf8)),
        Err(e) => windows_1252(bytes, e),
    }
}

fn utf16<'a>(
    encoding: &'static encoding_rs::Encoding,
    bytes: &'a [u8],
) -> Result<(Cow<'a, str>, Encoding), TableError> {
    match encoding.decode_without_bom_handling(bytes) {
        (text, false) => Ok((text, Encoding::Utf16)),
        _ => Err(TableError::NotText),
    }
}

/// What is not UTF-8 is taken for Windows-1252, unless it is UTF-8 cut short or holds bytes that no text has.
fn windows_1252(
    bytes: &[u8],
    e: std::str::Utf8Error,
) -> Result<(Cow<'_, str>, Encoding), TableError> {
    let cut = e.error_len().is_none() && !bytes[..e.valid_up_to()].is_ascii();
    let odd = |b: &u8| matches!(b, 0..=8 | 0x0e..=0x1f | 0x7f | 0x81 | 0x8d | 0x8f | 0x90 | 0x9d);
    if cut || bytes.iter().any(odd) {
        return Err(TableError::NotText);
    }
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
    Ok((text, Encoding::Windows1252))
}

/// Excel's own first line `sep=;` names the delimiter. Gives what follows, its line, and the delimiter.
fn after_separator_line(text: &str) -> (&str, usize, Option<u8>) {
    let said = text
        .strip_prefix("sep=")
        .and_then(|rest| Some((*rest.as_bytes().first()?, rest.get(1..)?)))
        .filter(|(delimiter, _)| DELIMITERS.contains(delimiter));
    match said {
        Some((delimiter, rest)) if rest.starts_with("\r\n") => (&rest[2..], 2, Some(delimiter)),
        Some((delimiter, rest)) if rest.starts_with(['\r', '\n']) => {
            (&rest[1..], 2, Some(delimiter))
        }
        _ => (text, 1, None),
    }
}

/// The delimiter that occurs most often in the first record, outside quotes.
fn guess_delimiter(text: &str) -> u8 {
    let mut quotes = Quotes::new(&DELIMITERS);
    let mut counts = [0usize; DELIMITERS.len()];
    for byte in text.trim_start_matches(['\r', '\n']).bytes() {
        if !quotes.step(byte) {
            continue;
        }
        if matches!(byte, b'\r' | b'\n') {
            break;
        }
        if let Some(at) = DELIMITERS.iter().position(|d| *d == byte) {
            counts[at] += 1;
        }
    }
    let best = (0..counts.len()).rev().max_by_key(|at| counts[*at]);
    DELIMITERS[best.unwrap_or(0)]
}

/// An open quote swallows the rest of the file, so the last record must close its own.
fn ends_in_quotes(record: &[u8], delimiter: u8, line: usize) -> Result<(), TableError> {
    let delimiters = [delimiter];
    let mut quotes = Quotes::new(&delimiters);
    for byte in record {
        quotes.step(*byte);
    }
    match quotes.state {
        State::Open => Err(TableError::Truncated { line }),
        _ => Ok(()),
    }
}

enum State {
    Start,
    Plain,
    Open,
    Closed,
}

/// Follows quotes the way the csv crate does: one opens at the start of a cell only.
struct Quotes<'a> {
    delimiters: &'a [u8],
    state: State,
}

impl<'a> Quotes<'a> {
    fn new(delimiters: &'a [u8]) -> Self {
        Self {
            delimiters,
            state: State::Start,
        }
    }

    /// Takes one byte and says whether it lies outside quotes.
    fn step(&mut self, byte: u8) -> bool {
        let ends = matches!(byte, b'\r' | b'\n') || self.delimiters.contains(&byte);
        self.state = match (&self.state, byte) {
            (State::Start | State::Closed, b'"') => State::Open,
            (State::Open, b'"') => State::Closed,
            (State::Open, _) => State::Open,
            _ if ends => State::Start,
            _ => State::Plain,
        };
        !matches!(self.state, State::Open)
    }
}

/// Counts lines of the file; a record may have several.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    fn new(bytes: &'a [u8], line: usize) -> Self {
        Self { bytes, at: 0, line }
    }

    /// Moves to where the record begins, past blank lines, and gives that place.
    fn go_to(&mut self, record: &csv::StringRecord) -> usize {
        let said = record.position().map_or(self.at, |p| p.byte() as usize);
        let blank = |b: &u8| !matches!(b, b'\r' | b'\n');
        let rest = self.bytes.get(said..).unwrap_or_default();
        let begin = said + rest.iter().position(blank).unwrap_or(0);
        let begin = begin.min(self.bytes.len());
        while self.at < begin {
            let next = self.bytes.get(self.at + 1);
            match self.bytes[self.at] {
                b'\n' => self.line += 1,
                b'\r' if next != Some(&b'\n') => self.line += 1,
                _ => {}
            }
            self.at += 1;
        }
        begin
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{Format, parse_table};
    use super::*;
    use proptest::prelude::*;

    fn table(bytes: &[u8]) -> Table {
        parse_table(bytes, Format::Csv).unwrap()
    }

    fn error(bytes: &[u8]) -> TableError {
        parse_table(bytes, Format::Csv).unwrap_err()
    }

    #[test]
    fn encodings() {
        let text = "naam;plaats\nRenée;'s-Gravenhage\n";
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), Encoding::Utf8),
            ([b"\xef\xbb\xbf", text.as_bytes()].concat(), Encoding::Utf8),
            ([&b"\xff\xfe"[..], &wide].concat(), Encoding::Utf16),
            ([&b"\xfe\xff"[..], &big].concat(), Encoding::Utf16),
            (latin.into_owned(), Encoding::Windows1252),
        ] {
            let table = table(&bytes);
            assert_eq!(table.encoding, encoding);
            assert_eq!(table.headings, ["naam", "plaats"]);
            assert_eq!(table.rows[0].cells, ["Renée", "'s-Gravenhage"]);
        }
    }

    #[test]
    fn delimiters() {
        assert_eq!(table(b"a;b\n1;2\n").delimiter, Some(';'));
        assert_eq!(table(b"a,b\n1,2\n").delimiter, Some(','));
        assert_eq!(table(b"a\tb\n1\t2\n").delimiter, Some('\t'));
        assert_eq!(table(b"\"a,b,c\";d\n1;2\n").headings, ["a,b,c", "d"]);
        assert_eq!(table(b"sep=,\r\na;b,c\r\n1,2\r\n").rows[0].line, 3);
        assert_eq!(table(b"email\nx@example.org\n").delimiter, Some(';'));
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let table = table(b"\n\na;b\r\n\r\n\"x\r\ny\";2\r\n3;4\r5;6\n");
        let lines: Vec<_> = table.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [5, 7, 8]);
        assert_eq!(table.rows[0].cells[0], "x\r\ny");
    }

    #[test]
    fn uneven_rows_are_reported() {
        let table = table(b"a;b\n1;2\n3\n4;5;;\n6;7;8\n;;\n");
        assert_eq!(table.uneven, [3, 5]);
        assert_eq!(table.rows[1].cells, ["3", ""]);
        assert_eq!(table.rows.len(), 4);
    }

    #[test]
    fn refused() {
        assert_eq!(error(b""), TableError::Empty);
        assert_eq!(error(b";;;\n;;\n"), TableError::Empty);
        assert_eq!(error(b"1;2\n3;4\n"), TableError::NoHeadings);
        assert_eq!(error(b"PK\x03\x04\x00\x00"), TableError::NotText);
        assert_eq!(error(b"a;b\n\x01\xff\xfe;2\n"), TableError::NotText);
        assert_eq!(error(b"caf\xc3\xa9;b\ncaf\xc3"), TableError::NotText);
        assert_eq!(
            error(b"a;b\n1;2\n\"open;3\n4;5\n"),
            TableError::Truncated { line: 3 }
        );
    }

    proptest! {
        #[test]
        fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = parse_table(&bytes, Format::Csv);
        }

        #[test]
        fn random_text_never_panics(text in "[a;,\"'\t\r\n =é]{0,60}") {
            let _ = parse_table(text.as_bytes(), Format::Csv);
        }
    }
}
