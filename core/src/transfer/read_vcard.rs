//! Cards as a table under the headings that the catalogue knows.

use super::read_csv::decode;
use super::table::{Encoding, Limits, Row, Table, TableError};
use super::vcard::{self, Card, Property};
use crate::name::{split_surname, split_whole};

/// The columns in their order; those that no card fills are left out.
const COLUMNS: &[&str] = &[
    "achternaam",
    "tussenvoegsel",
    "voornaam",
    "voorletters",
    "overige voornamen",
    "titels",
    "geboortedatum",
    "e-mail",
    "telefoon",
    "mobiel",
    "straat",
    "postcode",
    "plaats",
    "provincie",
    "land",
    "organisatie",
    "afdeling",
    "functie",
    "website",
    "notitie",
];
/// Second and third telephone numbers and the like get columns of their own, up to this many.
const REPEATS: usize = 5;

/// One cell: which column, which repeat of it, what.
type Entry = (usize, usize, String);

pub(super) fn read(bytes: &[u8], limits: Limits) -> Result<Table, TableError> {
    let (text, encoding) = decode(bytes)?;
    let cards = vcard::cards(&text).map_err(|line| TableError::Truncated { line })?;
    if cards.is_empty() {
        return Err(TableError::NoCards);
    }
    if cards.len() > limits.rows {
        return Err(TableError::TooManyRows);
    }
    Ok(table(&cards, encoding))
}

fn table(cards: &[Card], encoding: Encoding) -> Table {
    let entries: Vec<_> = cards.iter().map(entries).collect();
    let mut used: Vec<(usize, usize)> = entries.iter().flatten().map(|e| (e.0, e.1)).collect();
    used.sort_unstable();
    used.dedup();
    let rows = cards.iter().zip(entries).map(|(card, entries)| {
        let mut cells = vec![String::new(); used.len()];
        for (column, repeat, text) in entries {
            if let Ok(at) = used.binary_search(&(column, repeat)) {
                cells[at] = text;
            }
        }
        Row {
            line: card.line,
            cells,
        }
    });
    Table {
        rows: rows.collect(),
        headings: used.iter().map(|(c, r)| heading(*c, *r)).collect(),
        uneven: Vec::new(),
        encoding,
        delimiter: None,
    }
}

fn heading(column: usize, repeat: usize) -> String {
    match repeat {
        0 => COLUMNS[column].to_owned(),
        _ => format!("{} {}", COLUMNS[column], repeat + 1),
    }
}

/// Collects the cells of one card.
#[derive(Default)]
struct Cells(Vec<Entry>);

impl Cells {
    fn put(&mut self, heading: &str, repeat: usize, text: &str) {
        let Some(column) = COLUMNS.iter().position(|c| *c == heading) else {
            return;
        };
        if !text.trim().is_empty() && repeat < REPEATS {
            self.0.push((column, repeat, text.trim().to_owned()));
        }
    }

    fn add(&mut self, heading: &str, text: &str) {
        let column = COLUMNS.iter().position(|c| *c == heading);
        let repeat = self.0.iter().filter(|e| Some(e.0) == column).count();
        self.put(heading, repeat, text);
    }
}

fn entries(card: &Card) -> Vec<Entry> {
    let mut cells = Cells::default();
    let mut addresses = 0;
    for property in &card.properties {
        match property.name.as_str() {
            "N" => name(property, &mut cells),
            "ADR" => {
                address(property, addresses, &mut cells);
                addresses += 1;
            }
            "TEL" => telephone(property, &mut cells),
            "ORG" => organisation(property, &mut cells),
            "BDAY" => cells.add("geboortedatum", &date(&property.text())),
            "EMAIL" => cells.add("e-mail", &property.text()),
            "URL" => cells.add("website", &property.text()),
            "TITLE" => cells.add("functie", &property.text()),
            "NOTE" => cells.add("notitie", &property.text()),
            _ => {}
        }
    }
    if !cells
        .0
        .iter()
        .any(|e| COLUMNS[e.0] == "achternaam" || COLUMNS[e.0] == "voornaam")
    {
        formatted_name(card, &mut cells);
    }
    cells.0
}

/// Surname, given name, further names, titles before and after.
fn name(property: &Property, cells: &mut Cells) {
    let parts = property.parts();
    let part = |at: usize| parts.get(at).map(String::as_str).unwrap_or_default();
    let (mut prefix, surname) = split_surname(part(0));
    // Some programs put the prefix among the further names.
    let named = format!("{} {surname}", part(2));
    let (in_names, _) = split_surname(&named);
    if prefix.is_empty() && in_names.eq_ignore_ascii_case(part(2)) {
        prefix = in_names;
    } else {
        cells.put("overige voornamen", 0, part(2));
    }
    cells.put("achternaam", 0, &surname);
    cells.put("tussenvoegsel", 0, &prefix);
    cells.put("voornaam", 0, part(1));
    cells.put("titels", 0, format!("{} {}", part(3), part(4)).trim());
}

/// For a card that has only a name as shown.
fn formatted_name(card: &Card, cells: &mut Cells) {
    let Some(shown) = card.properties.iter().find(|p| p.name == "FN") else {
        return;
    };
    let shown = shown.text();
    let whole = split_whole(&shown);
    cells.put("achternaam", 0, &whole.surname);
    cells.put("tussenvoegsel", 0, &whole.prefix);
    cells.put("voornaam", 0, &whole.given_name);
    cells.put("voorletters", 0, &whole.initials);
}

/// Post-office box, extension, street, town, region, postcode, country.
fn address(property: &Property, repeat: usize, cells: &mut Cells) {
    let parts = property.parts();
    let part = |at: usize| parts.get(at).map(String::as_str).unwrap_or_default();
    let street: Vec<&str> = [part(0), part(2), part(1)]
        .into_iter()
        .filter(|p| !p.is_empty())
        .collect();
    cells.put("straat", repeat, &street.join(" "));
    cells.put("plaats", repeat, part(3));
    cells.put("provincie", repeat, part(4));
    cells.put("postcode", repeat, part(5));
    cells.put("land", repeat, part(6));
}

fn telephone(property: &Property, cells: &mut Cells) {
    let text = property.text();
    let number = text.strip_prefix("tel:").unwrap_or(&text);
    let number = number.split(';').next().unwrap_or(number);
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let mobile = ["06", "316", "00316"]
        .iter()
        .any(|start| digits.starts_with(start));
    let heading = if property.is("CELL") || mobile {
        "mobiel"
    } else {
        "telefoon"
    };
    cells.add(heading, number);
}

fn organisation(property: &Property, cells: &mut Cells) {
    let parts = property.parts();
    cells.add("organisatie", parts.first().map_or("", String::as_str));
    cells.add("afdeling", &parts.get(1..).unwrap_or_default().join(" "));
}

/// 19800105 as 1980-01-05, without a time; anything else as written.
fn date(text: &str) -> String {
    let day = text.split('T').next().unwrap_or(text);
    if day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit()) {
        return format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]);
    }
    day.to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::table::{Format, parse_table};
    use super::*;
    use proptest::prelude::*;

    const FILE: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:van der Berg;Jan;Pieter;Drs.;\r\nFN:Jan van der Berg\r\n\
        TEL;TYPE=HOME:020-1234567\r\nTEL;TYPE=CELL,VOICE:06-12345678\r\nEMAIL;TYPE=INTERNET:jan@example.org\r\n\
        EMAIL:j@example.com\r\nADR;TYPE=HOME:;;Dorpsstraat 1;Ons Dorp;;1234 AB;Nederland\r\nBDAY:19800105\r\n\
        ORG:Werk BV;Zorg\r\nURL:https\\://example.org\r\nPHOTO;ENCODING=b:AAAA\r\n BBBB\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Anna de Wit\r\nTEL;VALUE=uri;TYPE=\"voice,work\":tel:+31-20-7654321;ext=3\r\n\
        BDAY:1990-02-03\r\nEND:VCARD\r\n";

    fn cell<'a>(table: &'a Table, row: usize, heading: &str) -> &'a str {
        let at = table.headings.iter().position(|h| h == heading).unwrap();
        &table.rows[row].cells[at]
    }

    #[test]
    fn versions_3_and_4() {
        let table = parse_table(FILE.as_bytes(), Format::Vcard).unwrap();
        for (heading, text) in [
            ("achternaam", "Berg"),
            ("tussenvoegsel", "van der"),
            ("voornaam", "Jan"),
            ("overige voornamen", "Pieter"),
            ("titels", "Drs."),
            ("telefoon", "020-1234567"),
            ("mobiel", "06-12345678"),
            ("e-mail", "jan@example.org"),
            ("e-mail 2", "j@example.com"),
            ("straat", "Dorpsstraat 1"),
            ("postcode", "1234 AB"),
            ("plaats", "Ons Dorp"),
            ("land", "Nederland"),
            ("geboortedatum", "1980-01-05"),
            ("organisatie", "Werk BV"),
            ("afdeling", "Zorg"),
            ("website", "https://example.org"),
        ] {
            assert_eq!(cell(&table, 0, heading), text, "{heading}");
        }
        assert_eq!(cell(&table, 1, "achternaam"), "Wit");
        assert_eq!(cell(&table, 1, "tussenvoegsel"), "de");
        assert_eq!(cell(&table, 1, "telefoon"), "+31-20-7654321");
        assert_eq!(table.rows[1].line, 16);
        assert!(!table.headings.contains(&"notitie".to_owned()));
    }

    #[test]
    fn refused() {
        let error = |text: &str| parse_table(text.as_bytes(), Format::Vcard).unwrap_err();
        assert_eq!(error("naam;plaats\n"), TableError::NoCards);
        assert_eq!(
            error(&FILE[..FILE.len() - 20]),
            TableError::Truncated { line: 16 }
        );
    }

    proptest! {
        #[test]
        fn any_change_never_panics(cut in 0..FILE.len(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
            let mut bytes = FILE.as_bytes()[cut..].to_vec();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            let _ = parse_table(&bytes, Format::Vcard);
        }

        #[test]
        fn any_properties_never_panic(lines in "((N|ADR|TEL|BDAY|ORG|FN)(;(TYPE=)?(CELL|\"a|QUOTED-PRINTABLE))?:[é\\\\;,= 0-9a'\n:]{0,12}\n){0,6}") {
            let text = format!("BEGIN:VCARD\n{lines}END:VCARD\n");
            let _ = parse_table(text.as_bytes(), Format::Vcard);
        }
    }
}
