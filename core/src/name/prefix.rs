//! Prefixes of surnames (tussenvoegsels).

use std::borrow::Cow;

/// The words that Dutch prefixes are made of, in lower case and with plain apostrophes, and in order.
const WORDS: &[&str] = &[
    "'s", "'t", "aan", "achter", "af", "auf", "aus", "bij", "boven", "buiten", "d'", "da", "dal",
    "das", "de", "degli", "dei", "del", "della", "den", "der", "des", "di", "do", "dos", "du",
    "het", "in", "l'", "la", "las", "le", "les", "lo", "los", "onder", "op", "over", "te", "ten",
    "ter", "tho", "thoe", "tot", "uijt", "uit", "v.", "v.d.", "v/d", "van", "vande", "vanden",
    "vander", "vd", "vom", "von", "voor", "zu", "zum", "zur",
];

/// Prefixes that are written to the name itself: `d'Oliveira`.
const ELIDED: &[&str] = &["d'", "l'"];

/// Takes the prefix off a surname: `van der Berg` gives (`van der`, `Berg`), and so does `Berg, van der`. The prefix
/// comes in lower case and is empty when there is none; a name that is nothing but prefixes keeps its last word.
pub fn split_surname(surname: &str) -> (Cow<'_, str>, Cow<'_, str>) {
    if let Some((name, prefix)) = surname.split_once(',')
        && !prefix.trim().is_empty()
        && prefix.split_whitespace().all(is_prefix_word)
    {
        return (lower(prefix), name.trim().into());
    }
    let mut words: Vec<&str> = surname.split_whitespace().collect();
    let most = words.len().saturating_sub(1);
    let count = words
        .iter()
        .take(most)
        .take_while(|word| is_prefix_word(word))
        .count();
    let elided = words.get_mut(count).and_then(|word| {
        let (elided, name) = split_elided(word)?;
        *word = name;
        Some(elided)
    });
    let (prefix, rest) = words.split_at(count);
    match (prefix, elided, rest) {
        ([], None, [name]) => (Cow::default(), (*name).into()),
        _ => (
            lower(&[prefix, elided.as_slice()].concat().join(" "))
                .into_owned()
                .into(),
            rest.join(" ").into(),
        ),
    }
}

/// `d'Oliveira` gives `d'` and `Oliveira`.
fn split_elided(word: &str) -> Option<(&'static str, &str)> {
    ELIDED.iter().find_map(|elided| {
        let rest = &word[word.char_indices().nth(2)?.0..];
        let starts = plain(word).zip(elided.chars()).all(|(a, b)| a == b);
        let split = starts && rest.starts_with(char::is_alphabetic);
        split.then_some((*elided, rest))
    })
}

/// As it is written after a first name. Words that no Dutch prefix has stay as they are.
pub(super) fn lower(prefix: &str) -> Cow<'_, str> {
    if prefix
        .split(' ')
        .all(|word| WORDS.binary_search(&word).is_ok())
    {
        return prefix.into();
    }
    let words = prefix.split_whitespace().map(|word| {
        if is_prefix_word(word) {
            plain(word).collect()
        } else {
            word.to_owned()
        }
    });
    words.collect::<Vec<String>>().join(" ").into()
}

/// As it is written when no first name stands before it: `Van der`. `'t` has no capital.
pub(super) fn capital(prefix: &str) -> String {
    let mut signs = prefix.chars();
    signs.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(signs).collect()
    })
}

pub(super) fn is_prefix_word(word: &str) -> bool {
    WORDS
        .binary_search_by(|known| known.chars().cmp(plain(word)))
        .is_ok()
}

/// In lower case and with plain apostrophes.
fn plain(text: &str) -> impl Iterator<Item = char> {
    let lower = text.chars().flat_map(char::to_lowercase);
    lower.map(|c| match c {
        '’' | '‘' | '`' | '´' => '\'',
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found() {
        assert!(WORDS.iter().all(|word| is_prefix_word(word)));
        assert!(
            ["", "j", "vanden.", "zz", "Jansen"]
                .iter()
                .all(|word| !is_prefix_word(word))
        );
    }
}
