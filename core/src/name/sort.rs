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
    let length: usize = parts.iter().map(|part| part.len() + 1).sum();
    let mut key = String::with_capacity(length);
    for part in parts {
        let folded = fold(part);
        if ij == IjOrder::AsY {
            push_plain(&folded.replace("ij", "y"), &mut key);
        } else {
            push_plain(&folded, &mut key);
        }
        key.push(END);
    }
    key
}

fn push_plain(folded: &str, key: &mut String) {
    let mut between = false;
    for c in folded.chars().filter(|c| *c != '\'') {
        if c.is_alphanumeric() {
            if between && !key.is_empty() && !key.ends_with(END) {
                key.push(' ');
            }
            key.push(c);
        }
        between = !c.is_alphanumeric();
    }
}
