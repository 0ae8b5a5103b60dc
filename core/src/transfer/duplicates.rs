//! Who in a file is probably there already, or stands in the file twice. A suggestion: the user decides.

use foldhash::{HashMap, HashMapExt, HashSet};
use rayon::prelude::*;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// What is compared, in the form in which values are stored. Empty is absent.
#[derive(Clone, Copy, Default)]
pub struct Person<'a> {
    /// Without prefix.
    pub surname: &'a str,
    /// The first name in use.
    pub given_name: &'a str,
    /// Used where there is no given name.
    pub initials: &'a str,
    /// ISO 8601.
    pub date_of_birth: &'a str,
    /// Any case.
    pub email: &'a str,
    /// Empty where the user may not see it.
    pub bsn: &'a str,
}

impl<'a> Person<'a> {
    /// Takes what is needed from a record, by field id.
    pub fn from_fields(value: impl Fn(&str) -> Option<&'a str>) -> Self {
        let of = |id: &str| value(id).unwrap_or_default().trim();
        Self {
            surname: of("surname"),
            given_name: of("given_name"),
            initials: of("initials"),
            date_of_birth: of("date_of_birth"),
            email: of("email"),
            bsn: of("bsn"),
        }
    }
}

/// What is the same, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Same {
    /// Citizen service number.
    Bsn,
    /// E-mail address.
    Email,
    /// Surname, given name (or first initial) and date of birth.
    NameAndBirth,
}

/// Whom a row is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Twin<Id> {
    /// Somebody who is there already.
    Existing(Id),
    /// An earlier row of the file, counted from zero.
    Row(usize),
}

/// A row that is probably somebody else's twin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duplicate<Id> {
    /// The row, counted from zero.
    pub row: usize,
    /// Whom it is like.
    pub twin: Twin<Id>,
    /// The surest thing that is the same.
    pub same: Same,
}

/// Likely duplicates in the order of the rows; a row has one for every other person that it is like. Takes time in
/// proportion to rows and existing people together.
pub fn likely_duplicates<'a, Id: Copy + PartialEq + Send + Sync>(
    rows: &'a [Person<'a>],
    existing: impl ParallelIterator<Item = (Id, Person<'a>)>,
) -> Vec<Duplicate<Id>> {
    // Far more people may be there than in the file: only what the file asks for is remembered of them.
    let keys: Vec<Keys<'_>> = rows
        .par_iter()
        .map(|row| (sought(row).collect(), offered(row).collect()))
        .collect();
    let asked = keys.iter().flat_map(|(asked, _)| asked);
    let wanted: HashSet<&Key<'_>> = asked.map(|(_, key)| key).collect();
    let births: HashSet<Birth<'_>> = rows.iter().map(birth).collect();
    let known: Vec<(Key<'_>, Twin<Id>)> = existing
        .flat_map_iter(|(id, person)| {
            let wanted = offered(&without_strangers_name(person, &births))
                .filter(|key| wanted.contains(key));
            wanted.map(move |key| (key, Twin::Existing(id)))
        })
        .collect();
    drop(wanted);
    let mut seen: HashMap<Key<'_>, Twin<Id>> =
        HashMap::with_capacity(known.len() + OFFERED * rows.len());
    for (key, twin) in known {
        seen.entry(key).or_insert(twin);
    }
    let mut found: Vec<Duplicate<Id>> = Vec::new();
    for (row, (asked, offered)) in keys.into_iter().enumerate() {
        for (same, key) in asked {
            let Some(&twin) = seen.get(&key) else {
                continue;
            };
            let known = found
                .iter()
                .rev()
                .take_while(|d| d.row == row)
                .any(|d| d.twin == twin);
            if !known {
                found.push(Duplicate { row, twin, same });
            }
        }
        for key in offered {
            seen.entry(key).or_insert(Twin::Row(row));
        }
    }
    found
}

/// When somebody was born, and the first letter of the surname.
type Birth<'a> = (&'a str, Option<char>);

fn birth<'a>(person: &Person<'a>) -> Birth<'a> {
    let first = bare_letters(person.surname).next();
    (person.date_of_birth.trim(), first)
}

/// A name is not looked at where nobody in the file whose name begins alike was born on that day.
fn without_strangers_name<'a>(person: Person<'a>, births: &HashSet<Birth<'_>>) -> Person<'a> {
    if births.contains(&birth(&person)) {
        person
    } else {
        Person {
            email: person.email,
            bsn: person.bsn,
            ..Person::default()
        }
    }
}

/// What people are found by. Names: with the full given name, by initial where there is no more, or by initial of anybody.
#[derive(PartialEq, Eq, Hash)]
enum Key<'a> {
    Bsn(Cow<'a, str>),
    Email(Cow<'a, str>),
    Given(String),
    InitialOnly(String),
    AnyInitial(String),
}

/// What a row is looked for by, and what it is found by.
type Keys<'a> = (Vec<(Same, Key<'a>)>, Vec<Key<'a>>);

/// Keys of one person at most.
const OFFERED: usize = 4;

fn offered<'a>(person: &Person<'a>) -> impl Iterator<Item = Key<'a>> + use<'a> {
    let name = match given_key(person) {
        Some(given) => Some(Key::Given(given)),
        None => initial_key(person).map(Key::InitialOnly),
    };
    [
        bsn(person),
        email(person),
        name,
        initial_key(person).map(Key::AnyInitial),
    ]
    .into_iter()
    .flatten()
}

/// A full given name is like itself and like a bare initial; a bare initial is like everybody with it.
fn sought<'a>(person: &Person<'a>) -> impl Iterator<Item = (Same, Key<'a>)> + use<'a> {
    let given = given_key(person).map(Key::Given);
    let initial = initial_key(person).map(if given.is_some() {
        Key::InitialOnly
    } else {
        Key::AnyInitial
    });
    [
        (Same::Bsn, bsn(person)),
        (Same::Email, email(person)),
        (Same::NameAndBirth, given),
        (Same::NameAndBirth, initial),
    ]
    .into_iter()
    .filter_map(|(same, key)| Some((same, key?)))
}

// Of those who are there already both are in this form, and nothing is copied.
fn bsn<'a>(person: &Person<'a>) -> Option<Key<'a>> {
    let digits = if person.bsn.bytes().all(|byte| byte.is_ascii_digit()) {
        Cow::Borrowed(person.bsn.trim_start_matches('0'))
    } else {
        let digits: String = person.bsn.chars().filter(char::is_ascii_digit).collect();
        Cow::Owned(digits.trim_start_matches('0').to_owned())
    };
    (!digits.is_empty()).then_some(Key::Bsn(digits))
}

fn email<'a>(person: &Person<'a>) -> Option<Key<'a>> {
    let address = person.email.trim();
    let lower = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    let address = if address.bytes().all(lower) {
        Cow::Borrowed(address)
    } else {
        Cow::Owned(address.to_lowercase())
    };
    (!address.is_empty()).then_some(Key::Email(address))
}

/// None for a mere initial, which some lists have in the column of first names.
fn given_key(person: &Person<'_>) -> Option<String> {
    let given = fold(person.given_name);
    (given.chars().count() > 1).then(|| name_key(person, &given))?
}

fn initial_key(person: &Person<'_>) -> Option<String> {
    let name = fold(person.given_name);
    let name = if name.is_empty() {
        fold(person.initials)
    } else {
        name
    };
    let first: String = name.chars().take(1).collect();
    name_key(person, &first)
}

/// None unless all three are there: a surname alone is no likeness.
fn name_key(person: &Person<'_>, given: &str) -> Option<String> {
    let surname = fold(person.surname);
    let birth = person.date_of_birth.trim();
    let whole = !surname.is_empty() && !given.is_empty() && !birth.is_empty();
    whole.then(|| format!("{surname}|{given}|{birth}"))
}

/// Letters only, lower case, without accents.
fn fold(text: &str) -> String {
    if text.is_ascii() {
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
        return letters
            .map(|letter| char::from(letter.to_ascii_lowercase()))
            .collect();
    }
    bare_letters(text).collect()
}

fn bare_letters(text: &str) -> impl Iterator<Item = char> {
    text.nfkd()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rayon::iter::{empty, once};

    fn person<'a>(name: [&'a str; 3], birth: &'a str, email: &'a str, bsn: &'a str) -> Person<'a> {
        let [surname, given_name, initials] = name;
        Person {
            surname,
            given_name,
            initials,
            date_of_birth: birth,
            email,
            bsn,
        }
    }

    fn check(a: Person<'_>, b: Person<'_>, expected: Option<Same>) {
        let within = likely_duplicates::<u8>(&[a, b], empty());
        assert_eq!(within.first().map(|d| d.same), expected);
        let against = likely_duplicates(&[b], once((7, a)));
        assert_eq!(
            against.first().map(|d| (d.twin, d.same)),
            expected.map(|s| (Twin::Existing(7), s))
        );
    }

    #[test]
    fn each_likeness() {
        let born = "1980-01-05";
        check(
            person(["A", "", ""], "", "", "012345672"),
            person(["B", "", ""], "", "", "12345672"),
            Some(Same::Bsn),
        );
        check(
            person(["A", "", ""], "", "Jan@Example.org", ""),
            person(["B", "", ""], "", "jan@example.org", ""),
            Some(Same::Email),
        );
        let renee = person(["Müller-Smit", "Renée", "R."], born, "", "");
        let same = Some(Same::NameAndBirth);
        check(
            renee,
            person(["Muller Smit", "RENEE", ""], born, "", ""),
            same,
        );
        check(
            renee,
            person(["Muller Smit", "", "R.A."], born, "", ""),
            same,
        );
        check(
            person(["Muller Smit", "", "R.A."], born, "", ""),
            renee,
            same,
        );
        check(
            renee,
            person(["Muller Smit", "Rosa", "R."], born, "", ""),
            None,
        );
        check(
            renee,
            person(["Muller Smit", "Renée", ""], "1980-01-06", "", ""),
            None,
        );
        check(
            renee,
            person(["Muller Smit", "Renée", ""], "", "", ""),
            None,
        );
        check(Person::default(), Person::default(), None);
    }

    #[test]
    fn one_row_like_two_people() {
        let existing = [
            (1, person(["A", "", ""], "", "", "111222333")),
            (2, person(["B", "", ""], "", "x@y.nl", "")),
        ];
        let row = person(["C", "", ""], "", "x@y.nl", "111222333");
        let found = likely_duplicates(&[row, row], existing.par_iter().copied());
        let twins: Vec<_> = found.iter().map(|d| (d.row, d.twin)).collect();
        assert_eq!(
            twins,
            [0, 1]
                .map(|row| [(row, Twin::Existing(1)), (row, Twin::Existing(2))])
                .concat()
        );
    }

    #[test]
    fn many_rows_alike_stay_quick() {
        let row = person(["Jansen", "Jan", ""], "1980-01-01", "", "");
        let rows = vec![row; 100_000];
        assert_eq!(likely_duplicates::<u8>(&rows, empty()).len(), 99_999);
    }

    #[test]
    fn from_fields() {
        let person = Person::from_fields(|id| (id == "surname").then_some(" Berg "));
        assert_eq!((person.surname, person.bsn), ("Berg", ""));
    }
}
