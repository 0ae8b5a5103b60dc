//! Cells that a spreadsheet would take for a formula.
//!
//! Writing puts `'` before them; reading takes that one `'` away again. Both ask the same question and the question
//! looks past quotes, so that what was written is read back exactly, also when it began with `'` itself.

/// Whether a spreadsheet might compute `text`. Looks past leading space, quotes and invisible characters, and knows the
/// full-width forms, because some spreadsheets do too.
fn is_formula(text: &str) -> bool {
    for c in text.chars() {
        match c {
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' => return true,
            '＝' | '＋' | '－' | '＠' | '−' | '﹢' | '﹣' | '﹦' | '﹫' => return true,
            '\'' | '"' | '`' | '‘' | '’' | '“' | '”' => {}
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {}
            c if c.is_whitespace() || c.is_control() => {}
            _ => return false,
        }
    }
    false
}

/// `text` as it is written to CSV.
pub(super) fn neutralise(text: &str) -> String {
    if is_formula(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// `text` as it was before [`neutralise`].
pub(super) fn restore(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_neutralised() {
        for text in [
            "=1+1",
            "+31612345678",
            "-1",
            "@x",
            "\tx",
            "\rx",
            "  =1",
            "\"=1",
            "＝1",
            "\u{feff}=1",
        ] {
            assert_eq!(neutralise(text), format!("'{text}"));
        }
        for text in ["", "Jan", "'s-Gravenhage", "a=b", "'t Hof", "3-4"] {
            assert_eq!(neutralise(text), text);
        }
    }

    #[test]
    fn a_quote_that_was_there_stays() {
        assert_eq!(restore("'s-Gravenhage"), "'s-Gravenhage");
        assert_eq!(restore("'+31612345678"), "+31612345678");
        assert_eq!(restore(&neutralise("'=1")), "'=1");
    }

    proptest! {
        #[test]
        fn restored(text in "['\"=+@ \t a-]{0,6}|\\PC*") {
            let safe = neutralise(&text);
            prop_assert_eq!(restore(&safe), text);
        }
    }
}
