//! Filling a form from a dossier: in one pass, from a `View`, so that what is withheld stays visibly empty.

use super::forms::word;
use crate::{access::View, catalogue::ValueType, code, dossier::display_name};
use std::collections::BTreeMap;

/// What a form may ask for in double braces. Of the dossier only what everybody who may open it reads.
pub const PLACEHOLDERS: &[&str] = &[
    "practice",
    "professional",
    "name",
    "date_of_birth",
    "address",
    "email",
    "telephone",
    "organisation",
    "giver",
    "capacity",
    "recipient",
    "purpose",
    "scope",
    "until",
    "today",
];

/// Where nothing could be filled in.
const BLANK: &str = "……………………";

/// A form that was filled.
pub(super) struct Filled {
    /// The text.
    pub text: String,
    /// What stayed empty.
    pub blanks: Vec<String>,
}

/// Whether a form may ask for this.
pub(super) fn is_known(placeholder: &str) -> bool {
    PLACEHOLDERS.contains(&placeholder)
}

/// What a text asks for.
pub(super) fn placeholders(text: &str) -> Vec<&str> {
    pieces(text).filter_map(|(_, asked)| asked).collect()
}

/// A text cut into what stands before each placeholder, and the placeholder.
fn pieces(text: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        let Some((before, (asked, after))) = text
            .split_once("{{")
            .and_then(|(before, after)| Some((before, after.split_once("}}")?)))
        else {
            return Some((text, None));
        };
        rest = Some(after);
        Some((before, Some(asked.trim())))
    })
}

/// Fills a text. What is filled in is never looked at for placeholders again.
pub(super) fn fill(text: &str, values: &BTreeMap<&str, String>) -> Filled {
    let mut filled = Filled {
        text: String::with_capacity(text.len() * 2),
        blanks: Vec::new(),
    };
    for (before, asked) in pieces(text) {
        filled.text.push_str(before);
        let Some(asked) = asked else { continue };
        match values.get(asked).filter(|value| !value.trim().is_empty()) {
            Some(value) => filled.text.push_str(value),
            None => {
                filled.text.push_str(BLANK);
                filled.blanks.push(asked.to_owned());
            }
        }
    }
    filled
}

/// What a dossier has to fill in, as this view shows it.
pub(super) fn of_dossier(view: &View) -> BTreeMap<&'static str, String> {
    let shown = |field: &str, form: ValueType| {
        let value = view.fields.get(field).and_then(crate::access::Seen::value);
        value
            .map(|value| code::show(form, value))
            .unwrap_or_default()
    };
    let text = |field: &str| shown(field, ValueType::Text);
    let town = [text("postcode"), text("town")];
    let town = town
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty());
    let town = town.collect::<Vec<_>>().join(" ");
    let address = [text("street"), town]
        .into_iter()
        .filter(|part| !part.is_empty());
    let telephone = [
        shown("mobile", ValueType::Phone),
        shown("telephone", ValueType::Phone),
    ];
    BTreeMap::from([
        ("name", display_name(view)),
        ("date_of_birth", shown("date_of_birth", ValueType::Date)),
        ("address", address.collect::<Vec<_>>().join(", ")),
        ("email", text("email")),
        (
            "telephone",
            telephone
                .into_iter()
                .find(|one| !one.is_empty())
                .unwrap_or_default(),
        ),
        ("organisation", text("organisation")),
    ])
}

/// The lines of a scope, in a language.
pub(super) fn scope_lines(scope: &[String], language: usize) -> String {
    let lines = scope.iter().map(|one| format!("- {}", word(one, language)));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_not_filled_again() {
        let values = BTreeMap::from([
            ("name", "{{purpose}}".to_owned()),
            ("purpose", "x".to_owned()),
        ]);
        let filled = fill("Ik, {{name}}, {{ purpose }} {{until}}. {{half", &values);
        assert_eq!(
            filled.text,
            format!("Ik, {{{{purpose}}}}, x {BLANK}. {{{{half")
        );
        assert_eq!(filled.blanks, ["until"]);
    }

    #[test]
    fn a_text_says_what_it_asks_for() {
        assert_eq!(placeholders("{{a}} b {{ c }}{{d"), ["a", "c"]);
        assert!(placeholders("niets").is_empty());
    }
}
