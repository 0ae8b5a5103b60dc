//! What somebody probably meant who typed a field that does not exist.

use crate::failure::{Failure, usage};
use dossierkluis::{catalogue, transfer::guess_mapping};

/// Letters that may be wrong in a field id.
const WRONG: usize = 2;

/// The failure, with the nearest of the known fields. What was typed is repeated only when it can be no value.
pub fn unknown_field(text: &str, known: Vec<&'static str>) -> Failure {
    let near = near(text, &known);
    let mut failure = usage("unknown_field")
        .with("near", near)
        .with("known", known);
    let word = |c: char| c.is_ascii_lowercase() || c == '_';
    if !text.is_empty() && text.len() <= 30 && text.chars().all(word) {
        failure = failure.with("field", text);
    }
    failure
}

/// By the heading under which an import would know it, and by few wrong letters.
fn near(text: &str, known: &[&'static str]) -> Vec<&'static str> {
    let heading = [text.replace('_', " ")];
    let mut near: Vec<&'static str> = catalogue::kinds()
        .iter()
        .flat_map(|kind| guess_mapping(kind.id, &heading))
        .flatten()
        .filter(|id| known.contains(id))
        .collect();
    near.extend(known.iter().filter(|id| distance(text, id) <= WRONG));
    near.sort_unstable();
    near.dedup();
    near
}

/// How many letters must be changed, put in or taken out to make one word of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, c) in one.chars().enumerate() {
        let mut corner = at;
        row[0] = at + 1;
        for (place, d) in other.iter().enumerate() {
            let changed = corner + usize::from(c != *d);
            corner = row[place + 1];
            row[place + 1] = changed.min(corner + 1).min(row[place] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::{distance, near};

    #[test]
    fn what_was_meant_is_found() {
        let known = ["surname", "town", "telephone"];
        assert_eq!(near("achternaam", &known), ["surname"]);
        assert_eq!(near("surnam", &known), ["surname"]);
        assert_eq!(near("twon", &known), ["town"]);
        assert!(near("olifant", &known).is_empty());
        assert_eq!((distance("", "ab"), distance("ab", "ab")), (2, 0));
    }
}
