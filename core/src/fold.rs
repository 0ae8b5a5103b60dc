//! Text made alike for searching and sorting: lower case, without diacritics.

use unicode_normalization::{UnicodeNormalization, char::decompose_canonical};

/// The text in lower case and without diacritics: `Zoë` and `ZOE` both give `zoe`, `Straße` gives `strasse`.
///
/// Marks of Latin, Greek and Cyrillic letters go; vowel signs of other scripts stay. Typographic apostrophes become
/// plain ones. Folding twice changes nothing more.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// The same behind what stands there.
pub(crate) fn fold_into(text: &str, folded: &mut String) {
    let from = folded.len();
    let mut rest = text;
    while let Some(at) = first_special(rest) {
        let (plain, special) = rest.split_at(at);
        folded.push_str(plain);
        let mut chars = special.chars();
        chars.by_ref().take(1).for_each(|c| fold_char(c, folded));
        rest = chars.as_str();
    }
    folded.push_str(rest);
    if let Some(added) = folded.get_mut(from..) {
        added.make_ascii_lowercase();
    }
}

/// Most texts have none, which is seen at once for the whole of it.
fn first_special(text: &str) -> Option<usize> {
    if text.is_ascii() {
        None
    } else {
        text.bytes().position(|byte| !byte.is_ascii())
    }
}

/// The text as it is typed: one sort of dash and of space, ligatures taken apart, and nothing that cannot be seen. What Word and PDF
/// make of a text hides no word of it.
pub fn typed(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.nfkc() {
        match c {
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            '\u{2010}'..='\u{2015}' | '\u{2212}' => plain.push('-'),
            c if c.is_whitespace() && plain.ends_with(' ') => {}
            c if c.is_whitespace() => plain.push(' '),
            c => plain.push(c),
        }
    }
    plain
}

/// Its letters and digits alone, folded: what stays the same however something is spaced and pointed.
pub fn letters(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn fold_char(c: char, folded: &mut String) {
    decompose_canonical(c, |part| {
        if !is_mark(part) {
            for lower in part.to_lowercase().filter(|l| !is_mark(*l)) {
                push_plain(lower, folded);
            }
        }
    });
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Letters that are one with their stroke or ligature, so that decomposing leaves them as they are.
fn push_plain(c: char, folded: &mut String) {
    let plain = match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ĳ' => "ij",
        'þ' => "th",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ŧ' => "t",
        'ı' => "i",
        '‘' | '’' | 'ʼ' => "'",
        other => return folded.push(other),
    };
    folded.push_str(plain);
}

#[cfg(test)]
mod tests {
    use super::fold;
    use proptest::prelude::*;

    #[test]
    fn letters_lose_their_case_and_marks() {
        let vectors = [
            ("Jan", "jan"),
            ("Zoë", "zoe"),
            ("Zoe\u{308}", "zoe"),
            ("ÉÈÊ", "eee"),
            ("Straße STRAẞE", "strasse strasse"),
            ("Søren Łukasz Ægir", "soren lukasz aegir"),
            ("Ĳzerman", "ijzerman"),
            ("İstanbul ı", "istanbul i"),
            ("d’Oliveira", "d'oliveira"),
            ("Ёлка", "елка"),
            ("日本 👍", "日本 👍"),
            ("", ""),
        ];
        for (text, folded) in vectors {
            assert_eq!(fold(text), folded);
        }
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in ".*") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
