//! Prefixes of surnames (tussenvoegsels).

/// The words that Dutch prefixes are made of, in lower case and with plain apostrophes.
const WORDS: &[&str] = &[
    "'s", "'t", "aan", "achter", "af", "auf", "aus", "bij", "boven", "buiten", "d'", "da", "dal",
    "das", "de", "degli", "dei", "del", "della", "den", "der", "des", "di", "do", "dos", "du",
    "het", "in", "l'", "la", "las", "le", "les", "lo", "los", "onder", "op", "over", "te", "ten",
    "ter", "thoe", "tho", "tot", "uijt", "uit", "v.", "v/d", "van", "vande", "vanden", "vander",
    "vd", "v.d.", "vom", "von", "voor", "zu", "zum", "zur",
];

/// Prefixes that are written to the name itself: `d'Oliveira`.
const ELIDED: &[&str] = &["d'", "l'"];

/// Takes the prefix off a surname: `van der Berg` gives (`van der`, `Berg`), and so does `Berg, van der`. The prefix
/// comes in lower case and is empty when there is none; a name that is nothing but prefixes keeps its last word.
pub fn split_surname(surname: &str) -> (String, String) {
    if let Some((name, prefix)) = surname.split_once(',')
        && !prefix.trim().is_empty()
        && prefix.split_whitespace().all(is_prefix_word)
    {
        return (lower(prefix), name.trim().to_owned());
    }
    let words: Vec<&str> = surname.split_whitespace().collect();
    let most = words.len().saturating_sub(1);
    let count = words
        .iter()
        .take(most)
        .take_while(|word| is_prefix_word(word))
        .count();
    let (prefix, rest) = words.split_at(count);
    let (elided, rest) = split_elided(rest.join(" "));
    let prefix = [prefix.join(" "), elided].join(" ");
    (lower(&prefix), rest)
}

/// `d'Oliveira` gives `d'` and `Oliveira`.
fn split_elided(name: String) -> (String, String) {
    let plain = plain_apostrophes(&name);
    let elided = ELIDED.iter().find(|elided| plain.starts_with(**elided));
    if let Some(elided) = elided
        && name.chars().nth(2).is_some_and(char::is_alphabetic)
    {
        return ((*elided).to_owned(), name.chars().skip(2).collect());
    }
    (String::new(), name)
}

/// As it is written after a first name. Words that no Dutch prefix has stay as they are.
pub(super) fn lower(prefix: &str) -> String {
    let words: Vec<String> = prefix
        .split_whitespace()
        .map(|word| {
            if is_prefix_word(word) {
                plain_apostrophes(word)
            } else {
                word.to_owned()
            }
        })
        .collect();
    words.join(" ")
}

/// As it is written when no first name stands before it: `Van der`. `'t` has no capital.
pub(super) fn capital(prefix: &str) -> String {
    let mut signs = prefix.chars();
    signs.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(signs).collect()
    })
}

pub(super) fn is_prefix_word(word: &str) -> bool {
    WORDS.contains(&plain_apostrophes(word).as_str())
}

fn plain_apostrophes(text: &str) -> String {
    text.to_lowercase().replace(['’', '‘', '`', '´'], "'")
}
