//! Which column is which field: guessed from the headings, or read from a file.

use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// Why a mapping does not fit. Columns count from one; no heading is repeated, for a file without headings has people there.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum MappingError {
    /// Not a JSON object from heading to field id or null.
    #[error("the mapping is not a JSON object of heading to field")]
    NotAMapping,
    /// A column is mapped to a field that does not exist.
    #[error("the mapping gives column {column} a field that does not exist")]
    UnknownField {
        /// Column in the table.
        column: usize,
    },
    /// Two columns are mapped to one field.
    #[error("the mapping gives column {column} a field that is already taken")]
    UsedTwice {
        /// The second of the two.
        column: usize,
    },
    /// Headings of the mapping that the table does not have.
    #[error("{count} headings of the mapping are not in the file")]
    NotInFile {
        /// How many.
        count: usize,
    },
}

/// From heading to field id; null leaves a column out.
pub type Mapping = BTreeMap<String, Option<String>>;

/// For every heading the field that it probably is. `known` has field ids and the headings under which they go.
/// First whole headings, then beginnings, then words within; no field is given twice, and a tie is no guess.
pub fn guess<'k>(headings: &[String], known: &[(&'k str, &[&str])]) -> Vec<Option<&'k str>> {
    let names: Vec<(&'k str, Vec<String>)> = known
        .iter()
        .map(|(id, also)| {
            (
                *id,
                std::iter::once(id)
                    .chain(*also)
                    .map(|n| normal(n))
                    .collect(),
            )
        })
        .collect();
    let normals: Vec<String> = headings.iter().map(|h| normal(h)).collect();
    let mut found = vec![None; headings.len()];
    let mut taken = BTreeSet::new();
    let passes: [Fits; 5] = [same, same_letters, begins, begun_by, within];
    for fits in passes {
        for (heading, place) in normals.iter().zip(&mut found) {
            if place.is_none() && !heading.is_empty() {
                *place = only(heading, &names, &taken, fits);
                taken.extend(*place);
            }
        }
    }
    if known.iter().any(|(id, _)| *id == JOINED) && taken.contains(JOINED) {
        for (heading, place) in normals.iter().zip(&mut found) {
            if place.is_none() && HOUSE_NUMBER.contains(&heading.as_str()) {
                *place = Some(JOINED);
            }
        }
    }
    found
}

/// The one field that several columns may go to, which are joined: a street and its house number.
pub const JOINED: &str = "street";

const HOUSE_NUMBER: &[&str] = &[
    "huisnummer",
    "huisnr",
    "huis nr",
    "huisletter",
    "toevoeging",
    "huisnummertoevoeging",
    "huisnummer toevoeging",
    "toev",
    "house number",
    "house no",
    "house nr",
    "housenumber",
    "house number addition",
];

/// How many letters a name leaves over if it fits a heading.
type Fits = fn(heading: &str, name: &str) -> Option<usize>;

/// The free field that fits best; none when two fit equally well.
fn only<'k>(
    heading: &str,
    names: &[(&'k str, Vec<String>)],
    taken: &BTreeSet<&str>,
    fits: Fits,
) -> Option<&'k str> {
    let mut best: Vec<(usize, &'k str)> = names
        .iter()
        .filter(|(id, _)| !taken.contains(id))
        .filter_map(|(id, names)| Some((names.iter().filter_map(|n| fits(heading, n)).min()?, *id)))
        .collect();
    best.sort_unstable();
    match best.as_slice() {
        [(one, _), (other, _), ..] if one == other => None,
        [(_, id), ..] => Some(id),
        [] => None,
    }
}

/// Lower case, without accents; anything but letters and digits is one space.
fn normal(text: &str) -> String {
    let plain: String = text
        .nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn same(heading: &str, name: &str) -> Option<usize> {
    (heading == name).then_some(0)
}

/// "firstname" is "first name".
fn same_letters(heading: &str, name: &str) -> Option<usize> {
    (heading.replace(' ', "") == name.replace(' ', "")).then_some(0)
}

/// "telefoon werk" begins with "telefoon".
fn begins(heading: &str, name: &str) -> Option<usize> {
    let rest = heading.strip_prefix(name)?;
    (name.len() > 2 && rest.starts_with(' ')).then_some(rest.len())
}

/// "geboorted" begins "geboortedatum"; "geboorte" begins other names as well, and then it is no guess.
fn begun_by(heading: &str, name: &str) -> Option<usize> {
    (heading.len() > 2 && name.starts_with(heading)).then_some(0)
}

/// "nr bsn client" has the word "bsn".
fn within(heading: &str, name: &str) -> Option<usize> {
    let found = name.len() > 2 && format!(" {heading} ").contains(&format!(" {name} "));
    found.then_some(heading.len().saturating_sub(name.len()))
}

/// Reads a mapping file.
pub fn read_mapping(json: &str) -> Result<Mapping, MappingError> {
    serde_json::from_str(json).map_err(|_| MappingError::NotAMapping)
}

/// Writes a mapping file, with the columns that are left out as null.
pub fn write_mapping(headings: &[String], fields: &[Option<&str>]) -> String {
    let mut mapping: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for (heading, field) in headings.iter().zip(fields) {
        mapping.entry(heading).or_insert(*field);
    }
    format!("{:#}", serde_json::json!(mapping))
}

/// The field of every heading according to a mapping. Of two columns with one heading the first is meant.
pub fn apply<'k>(
    mapping: &Mapping,
    headings: &[String],
    ids: &[&'k str],
) -> Result<Vec<Option<&'k str>>, MappingError> {
    let missing = mapping.keys().filter(|h| !headings.contains(h)).count();
    if missing > 0 {
        return Err(MappingError::NotInFile { count: missing });
    }
    let mut seen = BTreeSet::new();
    let mut taken = BTreeSet::new();
    let mut fields = Vec::with_capacity(headings.len());
    for (at, heading) in headings.iter().enumerate() {
        let wanted = mapping.get(heading).and_then(Option::as_deref);
        let Some(wanted) = wanted.filter(|_| seen.insert(heading)) else {
            fields.push(None);
            continue;
        };
        let column = at + 1;
        let id = ids.iter().find(|id| **id == wanted);
        let id = id.ok_or(MappingError::UnknownField { column })?;
        if !taken.insert(*id) && *id != JOINED {
            return Err(MappingError::UsedTwice { column });
        }
        fields.push(Some(*id));
    }
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KNOWN: &[(&str, &[&str])] = &[
        ("surname", &["achternaam", "naam", "last name"]),
        ("given_name", &["voornaam", "roepnaam", "first name"]),
        ("date_of_birth", &["geboortedatum", "geb. datum"]),
        ("place_of_birth", &["geboorteplaats"]),
        ("email", &["e-mail", "e-mailadres"]),
        ("telephone", &["telefoon", "tel."]),
        ("mobile", &["mobiel", "telefoon mobiel"]),
        ("bsn", &["burgerservicenummer"]),
    ];

    fn check(headings: &[&str], expected: &[Option<&str>]) {
        let headings: Vec<String> = headings.iter().map(ToString::to_string).collect();
        assert_eq!(guess(&headings, KNOWN), expected);
    }

    #[test]
    fn guesses() {
        check(
            &[
                "Achternaam",
                "FIRST_NAME",
                "Geb.datum",
                "E-Mail",
                "GivenName",
                "Opmerking",
                "",
            ],
            &[
                Some("surname"),
                Some("given_name"),
                Some("date_of_birth"),
                Some("email"),
                None,
                None,
                None,
            ],
        );
        check(&["Réf BSN", "Tel"], &[Some("bsn"), Some("telephone")]);
        check(
            &["Telefoon (werk)", "Telefoon mobiel"],
            &[Some("telephone"), Some("mobile")],
        );
        check(&["Geboorte"], &[None]);
        check(&["Geboorted"], &[Some("date_of_birth")]);
        check(&["Naam partner", "Naam"], &[None, Some("surname")]);
        check(&["Huisnummer"], &[None]);
        let headings = ["Straat", "Huisnr.", "Toevoeging"].map(str::to_owned);
        let street: &[(&str, &[&str])] = &[("street", &["straat"])];
        assert_eq!(guess(&headings, street), [Some("street"); 3]);
    }

    #[test]
    fn mapping_files() {
        let headings = ["Wie".to_owned(), "Mail".to_owned(), "Iets".to_owned()];
        let fields = [Some("surname"), Some("email"), None];
        let mapping = read_mapping(&write_mapping(&headings, &fields)).unwrap();
        let ids = ["email", "surname"];
        assert_eq!(apply(&mapping, &headings, &ids), Ok(fields.to_vec()));
        let wrong = |json: &str| apply(&read_mapping(json).unwrap(), &headings, &ids).unwrap_err();
        assert_eq!(
            wrong(r#"{"Mail":"x"}"#),
            MappingError::UnknownField { column: 2 }
        );
        assert_eq!(
            wrong(r#"{"Wie":"email","Mail":"email"}"#),
            MappingError::UsedTwice { column: 2 }
        );
        assert_eq!(
            wrong(r#"{"Anders":"email"}"#),
            MappingError::NotInFile { count: 1 }
        );
        assert_eq!(read_mapping("[]"), Err(MappingError::NotAMapping));
    }

    proptest! {
        #[test]
        fn no_field_twice(headings in proptest::collection::vec("(naam|voornaam|tel|mail|geb|bsn|e|\\PC)( (naam|tel|nr))?", 0..12)) {
            let found = guess(&headings, KNOWN);
            prop_assert_eq!(found.len(), headings.len());
            let all: Vec<_> = found.iter().flatten().collect();
            let set: BTreeSet<_> = all.iter().collect();
            prop_assert_eq!(all.len(), set.len());
        }
    }
}
