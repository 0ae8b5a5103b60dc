//! The syntax of vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350): cards, properties, parameters, values.

/// `name;parameter=value:text`.
pub(super) struct Property {
    /// Upper case, without the group.
    pub name: String,
    /// Upper-case words of all parameters: `TYPE=home,cell` gives HOME and CELL.
    pub marks: Vec<String>,
    /// Still escaped.
    value: String,
}

impl Property {
    /// Whether a parameter says this.
    pub(super) fn is(&self, mark: &str) -> bool {
        self.marks.iter().any(|m| m == mark)
    }

    /// The whole value.
    pub(super) fn text(&self) -> String {
        unescape(&self.value)
    }

    /// The parts between semicolons.
    pub(super) fn parts(&self) -> Vec<String> {
        split(&self.value, ';')
            .iter()
            .map(|p| unescape(p))
            .collect()
    }
}

/// A card and the line where it begins.
pub(super) struct Card {
    pub line: usize,
    pub properties: Vec<Property>,
}

/// Every card of the text; an error is the line of a card that does not end.
pub(super) fn cards(text: &str) -> Result<Vec<Card>, usize> {
    let mut cards = Vec::new();
    let mut open: Option<Card> = None;
    for (line, content) in unfold(text) {
        let Some(property) = property(&content) else {
            continue;
        };
        let about_card = property.value.trim().eq_ignore_ascii_case("VCARD");
        match (property.name.as_str(), &mut open) {
            ("BEGIN", Some(card)) if about_card => return Err(card.line),
            ("BEGIN", None) if about_card => {
                open = Some(Card {
                    line,
                    properties: Vec::new(),
                });
            }
            ("END", _) if about_card => cards.extend(open.take()),
            (_, Some(card)) => card.properties.push(property),
            (_, None) => {}
        }
    }
    match open {
        Some(card) => Err(card.line),
        None => Ok(cards),
    }
}

/// Logical lines with the number of their first physical line.
fn unfold(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    let mut soft = false;
    for (at, line) in text.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let folded = line.strip_prefix([' ', '\t']);
        match lines.last_mut() {
            Some((_, last)) if soft => {
                last.pop();
                last.push_str(line);
            }
            Some((_, last)) if folded.is_some() => last.push_str(folded.unwrap_or_default()),
            _ => lines.push((at + 1, line.to_owned())),
        }
        soft = lines.last().is_some_and(|(_, last)| is_soft_break(last));
    }
    lines
}

/// vCard 2.1 breaks a quoted-printable value with `=` at the end of the line.
fn is_soft_break(line: &str) -> bool {
    let head = line.split(':').next().unwrap_or_default();
    line.ends_with('=') && head.to_ascii_uppercase().contains("QUOTED-PRINTABLE")
}

fn property(line: &str) -> Option<Property> {
    let colon = outside_quotes(line, ':')?;
    let (head, value) = (&line[..colon], &line[colon + 1..]);
    let mut fields = split_outside_quotes(head, ';').into_iter();
    let name = fields.next()?.trim();
    let name = name.rsplit('.').next().unwrap_or(name).to_ascii_uppercase();
    let marks: Vec<String> = fields.flat_map(marks).collect();
    let value = if marks.iter().any(|m| m == "QUOTED-PRINTABLE") {
        quoted_printable(value)
    } else {
        value.to_owned()
    };
    Some(Property { name, marks, value })
}

fn marks(parameter: &str) -> Vec<String> {
    let values = parameter.split_once('=').map_or(parameter, |(_, v)| v);
    values
        .split(',')
        .map(|v| v.trim().trim_matches('"').to_ascii_uppercase())
        .collect()
}

fn outside_quotes(text: &str, wanted: char) -> Option<usize> {
    let mut quoted = false;
    text.char_indices().find_map(|(at, c)| {
        quoted ^= c == '"';
        (c == wanted && !quoted).then_some(at)
    })
}

fn split_outside_quotes(mut text: &str, by: char) -> Vec<&str> {
    let mut parts = Vec::new();
    while let Some(at) = outside_quotes(text, by) {
        parts.push(&text[..at]);
        text = &text[at + by.len_utf8()..];
    }
    parts.push(text);
    parts
}

/// Splits at `by` where no backslash stands before it.
fn split(text: &str, by: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut escaped) = (0, false);
    for (at, c) in text.char_indices() {
        if c == by && !escaped {
            parts.push(&text[from..at]);
            from = at + c.len_utf8();
        }
        escaped = c == '\\' && !escaped;
    }
    parts.push(&text[from..]);
    parts
}

fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n' | 'N') => plain.push('\n'),
                Some(other) => plain.push(other),
                None => plain.push('\\'),
            },
            _ => plain.push(c),
        }
    }
    plain.trim().to_owned()
}

/// Bytes in UTF-8 or, failing that, Windows-1252.
fn quoted_printable(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|h| std::str::from_utf8(h).ok());
        let code = hex.and_then(|h| u8::from_str_radix(h, 16).ok());
        match (first, code) {
            (b'=', Some(code)) => {
                bytes.push(code);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(e) => encoding_rs::WINDOWS_1252
            .decode(e.as_bytes())
            .0
            .into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_groups_and_escapes() {
        let text = "BEGIN:VCARD\r\nitem1.NOTE;X=\"a:b;c\":een\\, twee\\;\r\n  drie\\nvier\r\nEND:VCARD\r\n";
        let cards = cards(text).unwrap_or_default();
        assert_eq!(cards[0].properties[0].name, "NOTE");
        assert_eq!(cards[0].properties[0].text(), "een, twee; drie\nvier");
    }

    #[test]
    fn parts_keep_escaped_semicolons() {
        let property = property("ORG:A\\;B;C").unwrap();
        assert_eq!(property.parts(), ["A;B", "C"]);
    }

    #[test]
    fn quoted_printable_of_version_2_1() {
        let text =
            "BEGIN:VCARD\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Ren=C3=A9=\ne;Jan\nEND:VCARD";
        let cards = cards(text).unwrap_or_default();
        assert_eq!(cards[0].properties[0].parts(), ["Renée", "Jan"]);
    }

    #[test]
    fn a_card_that_does_not_end() {
        assert_eq!(cards("\nBEGIN:VCARD\nFN:x\n").err(), Some(2));
        assert_eq!(cards("BEGIN:VCARD\nBEGIN:VCARD\nEND:VCARD").err(), Some(1));
    }
}
