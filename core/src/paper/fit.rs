//! Texts as the shipped fonts can print them.

use super::world::FONTS;
use serde_json::Value;
use std::{
    collections::{BTreeSet, HashSet},
    fmt,
    sync::LazyLock,
};
use unicode_normalization::UnicodeNormalization;

/// Every sign that can be printed. Those of a font's own making are not among them: nobody could copy or hear them.
static KNOWN: LazyLock<HashSet<char>> = LazyLock::new(|| {
    FONTS
        .iter()
        .flat_map(|font| font.info().coverage.iter())
        .filter_map(char::from_u32)
        .filter(|c| !c.is_control() && !matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..))
        .collect()
});

/// Signs that no shipped font has: each once, in the order of Unicode, so that they do not tell what was written.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Signs(BTreeSet<char>);

/// More than these say nothing new.
const SHOWN: usize = 8;

impl Signs {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// For whoever wrote them: each with its number in Unicode, because it may not be seen otherwise.
    pub fn show(&self) -> String {
        let signs = self.0.iter().take(SHOWN);
        let mut shown: Vec<String> = signs.map(|c| format!("{c} ({})", number(*c))).collect();
        if self.0.len() > SHOWN {
            shown.push("…".to_owned());
        }
        shown.join(", ")
    }
}

impl fmt::Debug for Signs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} signs", self.0.len())
    }
}

fn number(sign: char) -> String {
    format!("U+{:04X}", u32::from(sign))
}

/// What of a text could not be printed: to be said before somebody signs it.
pub fn unprintable(text: &str) -> Signs {
    let mut missing = Signs::default();
    fit_text(text, &mut missing);
    missing
}

/// Puts every text into a form that can be printed. PDF/A refuses a whole paper for one letter that its fonts lack: in the place of
/// each stands its number, and it is told.
pub(super) fn fit(value: &mut Value) -> Signs {
    let mut missing = Signs::default();
    fit_all(value, &mut missing);
    missing
}

fn fit_all(value: &mut Value, missing: &mut Signs) {
    match value {
        Value::String(text) => *text = fit_text(text, missing),
        Value::Array(items) => items.iter_mut().for_each(|item| fit_all(item, missing)),
        Value::Object(members) => members.values_mut().for_each(|one| fit_all(one, missing)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn fit_text(text: &str, missing: &mut Signs) -> String {
    let mut fitted = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            '\n' => fitted.push('\n'),
            '\r' => {}
            c if c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' => fitted.push(' '),
            // They steer how others are shown and have no shape themselves.
            c if c.is_control() || is_invisible(c) => {}
            c if KNOWN.contains(&c) => fitted.push(c),
            c => {
                fitted.push_str(&format!("[{}]", number(c)));
                missing.0.insert(c);
            }
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

    fn fitted(text: &str) -> (String, String) {
        let mut missing = Signs::default();
        let text = fit_text(text, &mut missing);
        (text, missing.show())
    }

    #[test]
    fn letters_of_names_stay() {
        for name in [
            "Zoë Özdemir-Łuczak, Ďurčík, Świętosława Żółć",
            "Gökçe Şahin, İpek Yıldız",
            "Ποπη, Иван, Олександра Їжакевич, Ґалаґан",
            "فاطمة الزهراء",
            "گلناز پوریا",
            "ሰላም ገብረእግዚአብሔር",
            "דוד, Հայկ, გიორგი",
        ] {
            assert_eq!(fitted(name), (name.to_owned(), String::new()));
        }
        assert_eq!(fitted("Zoe\u{308}").0, "Zoë");
        assert_eq!(fitted("a\tb\r\nc\u{0}\u{200b}").0, "a b\nc");
    }

    #[test]
    fn what_no_font_has_is_told_each_once_and_not_as_it_was_written() {
        let (text, missing) = fitted("李小李 😀");
        assert_eq!(text, "[U+674E][U+5C0F][U+674E] [U+1F600]");
        assert_eq!(missing, "小 (U+5C0F), 李 (U+674E), 😀 (U+1F600)");
        assert_eq!(format!("{:?}", unprintable("李小")), "2 signs");
        let many: String = ('\u{4e00}'..'\u{4e20}').collect();
        assert!(fitted(&many).1.ends_with("(U+4E07), …"));
    }
}
