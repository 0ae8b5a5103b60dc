//! A name in one piece, as lists of other programs have it, taken apart.

use super::prefix::{is_prefix_word, split_surname};

/// The parts that were found; empty where there were none.
#[derive(Default, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub struct Whole {
    /// `mrs` or `mr`.
    pub salutation: String,
    /// `J.P.`
    pub initials: String,
    /// The name used in daily life.
    pub given_name: String,
    /// `van der`
    pub prefix: String,
    /// Without its prefix.
    pub surname: String,
}

const MRS: &[&str] = &["mevrouw", "mevr", "mevr.", "mw", "mw."];
const MR: &[&str] = &["heer", "dhr", "dhr.", "hr", "hr."];

/// Takes `Klaas de Vries`, `dhr. K. de Vries`, `Vries, Klaas de` and `de Vries` apart. Without a prefix the last word is
/// the surname.
pub fn split_whole(name: &str) -> Whole {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let mut whole = Whole {
        salutation: take_salutation(&mut words),
        ..Whole::default()
    };
    let name = words.join(" ");
    let (first, family) = match name.split_once(',') {
        Some((family, rest)) => after_comma(family, rest),
        None => in_order(&words),
    };
    let (prefix, surname) = split_surname(&family);
    (whole.prefix, whole.surname) = (prefix.into_owned(), surname.into_owned());
    if is_initials(&first) {
        whole.initials = first;
    } else {
        whole.given_name = first;
    }
    whole
}

fn take_salutation(words: &mut Vec<&str>) -> String {
    if words.len() > 2
        && words[0].eq_ignore_ascii_case("de")
        && words[1].eq_ignore_ascii_case("heer")
    {
        words.remove(0);
    }
    let first = words.first().map(|word| word.to_lowercase());
    let word = match first.as_deref() {
        Some(first) if MRS.contains(&first) => "mrs",
        Some(first) if MR.contains(&first) => "mr",
        _ => return String::new(),
    };
    words.remove(0);
    word.to_owned()
}

/// `Vries, Klaas de`: what comes last and is a prefix belongs to the family name.
fn after_comma(family: &str, rest: &str) -> (String, String) {
    let rest: Vec<&str> = rest.split_whitespace().collect();
    let prefixes = rest.iter().rev().take_while(|word| is_prefix_word(word));
    let (first, prefix) = rest.split_at(rest.len() - prefixes.count());
    (
        first.join(" "),
        format!("{} {}", prefix.join(" "), family.trim()),
    )
}

/// `Klaas de Vries`: up to the first prefix, else up to the last word.
fn in_order(words: &[&str]) -> (String, String) {
    let last = words.len().saturating_sub(1);
    let at = words[..last].iter().position(|word| is_prefix_word(word));
    let (first, family) = words.split_at(at.unwrap_or(last));
    (first.join(" "), family.join(" "))
}

/// `J.P.`, `J. P.` and `JP`.
fn is_initials(first: &str) -> bool {
    let letters = first.chars().filter(|c| c.is_alphabetic());
    !first.is_empty()
        && (first.contains('.')
            || (first.len() <= 3
                && !first.contains(' ')
                && letters.clone().all(char::is_uppercase)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, parts: [&str; 5]) {
        let [salutation, initials, given_name, prefix, surname] = parts.map(str::to_owned);
        let expected = Whole {
            salutation,
            initials,
            given_name,
            prefix,
            surname,
        };
        assert_eq!(split_whole(name), expected, "{name}");
    }

    #[test]
    fn names_in_one_piece() {
        check("Klaas de Vries", ["", "", "Klaas", "de", "Vries"]);
        check(
            "Anna Maria van 't Hof",
            ["", "", "Anna Maria", "van 't", "Hof"],
        );
        check("Dhr. K.J. de Vries", ["mr", "K.J.", "", "de", "Vries"]);
        check("de heer Jansen", ["mr", "", "", "", "Jansen"]);
        check("Mevrouw Van der Berg", ["mrs", "", "", "van der", "Berg"]);
        check("Berg, J. van der", ["", "J.", "", "van der", "Berg"]);
        check("Vries, Klaas de", ["", "", "Klaas", "de", "Vries"]);
        check("de Vries", ["", "", "", "de", "Vries"]);
        check("Anna Jansen", ["", "", "Anna", "", "Jansen"]);
        check("JP Bakker", ["", "JP", "", "", "Bakker"]);
        check("Bakker", ["", "", "", "", "Bakker"]);
        check("", ["", "", "", "", ""]);
    }
}
