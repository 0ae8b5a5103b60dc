//! The order of names.

use super::fold;

/// Where `ij` stands in the alphabet. Both are in use: a practice chooses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IjOrder {
    /// As in a telephone book: `IJzerman` among the names with a `Y`.
    #[default]
    AsY,
    /// As in a dictionary: `IJzerman` between `Hof` and `Jansen`.
    AsIj,
}

/// Below every sign that a part can hold, so that a shorter part comes first.
const END: char = '\u{1}';

/// The parts folded, each with an end, in one text. Apostrophes do not count; other signs count as one space.
pub(super) fn key(parts: &[&str], ij: IjOrder) -> String {
    let mut key = String::new();
    for part in parts {
        let folded = fold(part);
        let folded = if ij == IjOrder::AsY {
            folded.replace("ij", "y")
        } else {
            folded
        };
        push_plain(&folded, &mut key);
        key.push(END);
    }
    key
}

fn push_plain(folded: &str, key: &mut String) {
    let words = folded
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(|word| word.replace('\'', ""));
    let mut first = true;
    for word in words.filter(|word| !word.is_empty()) {
        if !first {
            key.push(' ');
        }
        key.push_str(&word);
        first = false;
    }
}
