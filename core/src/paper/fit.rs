//! Texts as the shipped fonts can print them.

use super::world::FONTS;
use serde_json::Value;
use std::{collections::HashSet, sync::LazyLock};
use unicode_normalization::UnicodeNormalization;

/// Stands for a letter that no shipped font has; it must be seen that there was one.
const UNKNOWN: char = '\u{25a1}';

/// Every sign that can be printed. Those of a font's own making are not among them: nobody could copy or hear them.
static KNOWN: LazyLock<HashSet<char>> = LazyLock::new(|| {
    FONTS
        .iter()
        .flat_map(|font| font.info().coverage.iter())
        .filter_map(char::from_u32)
        .filter(|c| !c.is_control() && !matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..))
        .collect()
});

/// Puts every text into a form that can be printed. PDF/A refuses a whole paper for one letter that its fonts lack.
pub(super) fn fit(value: &mut Value) {
    match value {
        Value::String(text) => *text = fit_text(text),
        Value::Array(items) => items.iter_mut().for_each(fit),
        Value::Object(members) => members.values_mut().for_each(fit),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn fit_text(text: &str) -> String {
    let mut fitted = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            '\n' => fitted.push('\n'),
            '\r' => {}
            c if c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' => fitted.push(' '),
            // They steer how others are shown and have no shape themselves.
            c if c.is_control() || is_invisible(c) => {}
            c if KNOWN.contains(&c) => fitted.push(c),
            _ => fitted.push(UNKNOWN),
        }
    }
    fitted
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_european_names_stay_and_others_leave_a_mark() {
        assert_eq!(
            fit_text("Zoë Özdemir-Łuczak, Ďurčík, Ποπη, Иван"),
            "Zoë Özdemir-Łuczak, Ďurčík, Ποπη, Иван"
        );
        assert_eq!(fit_text("Zoe\u{308}"), "Zoë");
        assert_eq!(fit_text("李 😀"), "□ □");
        assert_eq!(fit_text("a\tb\r\nc\u{0}\u{200b}"), "a b\nc");
        assert!(KNOWN.contains(&UNKNOWN));
    }
}
