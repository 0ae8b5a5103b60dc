//! Made-up clients: every code is valid, none belongs to anybody.

use super::{random::Random, words as w};
use crate::{access::Text, dossier::EntryContent};
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

pub(super) type Fields = BTreeMap<String, String>;

/// The fields of one client. The first few, and one in five of the others, have everything filled in.
pub(super) fn client(random: &mut Random, number: usize, today: NaiveDate) -> Fields {
    let mut fields = Fields::new();
    identity(random, &mut fields, number, today);
    contact(random, &mut fields, number);
    if number < 5 || random.chance(20) {
        work(random, &mut fields, number);
        protected(random, &mut fields, number);
        special(random, &mut fields);
    } else if random.chance(50) {
        fields.insert("bsn".to_owned(), bsn(random));
        fields.insert("iban".to_owned(), iban(number));
    }
    fields.retain(|_, value| !value.is_empty());
    fields
}

fn put(fields: &mut Fields, field: &str, value: impl Into<String>) {
    fields.insert(field.to_owned(), value.into());
}

fn identity(random: &mut Random, fields: &mut Fields, number: usize, today: NaiveDate) {
    let woman = random.chance(50);
    let given = random.word(if woman { w::WOMEN } else { w::MEN });
    let (prefix, surname) = surname(random, number);
    let born = today
        .checked_sub_days(Days::new(18 * 366 + random.below(50 * 365) as u64))
        .unwrap_or(today);
    put(fields, "salutation", if woman { "mrs" } else { "mr" });
    put(fields, "sex", if woman { "female" } else { "male" });
    put(fields, "given_name", given);
    put(
        fields,
        "initials",
        format!("{}.", given.chars().next().unwrap_or('X')),
    );
    put(fields, "prefix", prefix);
    put(fields, "surname", surname);
    put(fields, "date_of_birth", born.to_string());
}

/// Thirty surnames are too few for a large practice: beyond them two go together.
fn surname(random: &mut Random, number: usize) -> (&'static str, String) {
    let one = w::SURNAMES
        .get(random.below(w::SURNAMES.len()))
        .copied()
        .unwrap_or_default();
    if number < 100 || random.chance(30) {
        return (one.0, one.1.to_owned());
    }
    let two = w::SURNAMES
        .get(random.below(w::SURNAMES.len()))
        .copied()
        .unwrap_or_default();
    (one.0, format!("{}-{}", one.1, two.1))
}

fn contact(random: &mut Random, fields: &mut Fields, number: usize) {
    let (digits, town) = w::TOWNS
        .get(random.below(w::TOWNS.len()))
        .copied()
        .unwrap_or_default();
    put(
        fields,
        "street",
        format!("{} {}", random.word(w::STREETS), 1 + random.below(180)),
    );
    put(
        fields,
        "postcode",
        format!("{digits} {}{}", letter(random), letter(random)),
    );
    put(fields, "town", town);
    put(fields, "country", "NL");
    put(fields, "mobile", format!("06-1234{:04}", number % 10_000));
    put(
        fields,
        "email",
        format!("client{}@voorbeeld.test", number + 1),
    );
    put(fields, "organisation", random.word(w::COMPANIES));
    put(fields, "project_number", format!("P{:05}", number + 1));
    put(
        fields,
        "project_status",
        random.word(&["planned", "running", "paused", "finished"]),
    );
    put(fields, "initial_problem", random.word(w::PROBLEMS));
}

/// No letter that makes SA, SD or SS.
fn letter(random: &mut Random) -> char {
    char::from(
        *b"ABCDEGHJKLMNPRTVWXZ"
            .get(random.below(19))
            .unwrap_or(&b'A'),
    )
}

fn work(random: &mut Random, fields: &mut Fields, number: usize) {
    put(fields, "titles", random.word(&["", "drs.", "MSc", "ing."]));
    put(
        fields,
        "place_of_birth",
        random.word(&["Amersfoort", "Paramaribo", "Izmir", "Sneek"]),
    );
    put(
        fields,
        "telephone",
        format!("020-123{:04}", number % 10_000),
    );
    put(
        fields,
        "private_email",
        format!("prive{}@voorbeeld.test", number + 1),
    );
    put(
        fields,
        "linkedin",
        format!("https://voorbeeld.test/in/client{}", number + 1),
    );
    put(
        fields,
        "work_experience",
        "Tien jaar in de zorg, daarvoor in een winkel.",
    );
    put(fields, "competences", "Luisteren, ordenen, volhouden.");
    put(fields, "interests", "Wandelen, koor, houtbewerken.");
    put(fields, "assignment", "Acht sessies in een half jaar.");
    put(
        fields,
        "expectations",
        "Helder krijgen wat de volgende stap is.",
    );
}

fn protected(random: &mut Random, fields: &mut Fields, number: usize) {
    put(
        fields,
        "nationality",
        random.word(&["Nederlandse", "Turkse", "Poolse", "Surinaamse"]),
    );
    put(fields, "bsn", bsn(random));
    put(
        fields,
        "id_document",
        format!(
            "N{}{:06}{}",
            letter(random),
            random.below(1_000_000),
            random.below(10)
        ),
    );
    put(fields, "iban", iban(number));
    put(
        fields,
        "salary",
        format!("{},00", 2000 + 50 * random.below(80)),
    );
    put(
        fields,
        "income",
        format!("{},00", 1600 + 50 * random.below(60)),
    );
    put(
        fields,
        "ww_duration",
        format!("{} maanden", 3 + random.below(21)),
    );
    put(
        fields,
        "bww_duration",
        format!("{} maanden", random.below(12)),
    );
    put(
        fields,
        "other_financial",
        "Betaalt af op een lening; budgetcoach betrokken.",
    );
    put(fields, "psychological_tests", "Big Five, werkwaardenlijst.");
}

fn special(random: &mut Random, fields: &mut Fields) {
    put(
        fields,
        "religion",
        random.word(&["Rooms-katholiek", "Islamitisch", "Geen", "Hindoeïstisch"]),
    );
    put(fields, "memberships", "Vakbond, wandelvereniging.");
    put(
        fields,
        "ethnicity",
        random.word(&["Fries", "Antilliaans", "Hindoestaans"]),
    );
    put(
        fields,
        "criminal_data",
        "Verklaring omtrent gedrag ingezien; geen bijzonderheden.",
    );
}

/// Nine digits that pass the eleven-test, above the range that is given out.
fn bsn(random: &mut Random) -> String {
    let mut digits = [9, 9, 0, 0, 0, 0, 0, 0, 0];
    loop {
        for digit in digits.iter_mut().skip(2).take(6) {
            *digit = random.below(10);
        }
        let sum: usize = digits
            .iter()
            .take(8)
            .zip([9, 8, 7, 6, 5, 4, 3, 2])
            .map(|(digit, weight)| digit * weight)
            .sum();
        if sum % 11 < 10 {
            digits[8] = sum % 11;
            return digits.iter().map(ToString::to_string).collect();
        }
    }
}

/// A number at a bank that does not exist, with the right check digits (ISO 13616).
pub(super) fn iban(number: usize) -> String {
    let account = format!("{:010}", 1_000_000 + number);
    let spelled: String = "DEMO"
        .bytes()
        .map(|letter| (letter - b'A' + 10).to_string())
        .collect();
    let remainder = format!("{spelled}{account}232100")
        .bytes()
        .fold(0u32, |sum, digit| (sum * 10 + u32::from(digit - b'0')) % 97);
    format!("NL{:02}DEMO{account}", 98 - remainder)
}

/// Session notes, a goal with a sub-goal's worth of text, contacts, and people around the client.
pub(super) fn story(
    random: &mut Random,
    notes: usize,
    today: NaiveDate,
) -> Vec<(&'static str, EntryContent)> {
    let day = |back: usize| {
        Some(
            today
                .checked_sub_days(Days::new(back as u64))
                .unwrap_or(today)
                .to_string(),
        )
    };
    let mut entries = Vec::with_capacity(notes + 3);
    for at in 0..notes {
        entries.push((
            "session_notes",
            EntryContent {
                on: day(7 * (notes - at)),
                ..EntryContent::note(random.word(w::NOTES))
            },
        ));
    }
    if random.chance(40) {
        let goal = EntryContent {
            title: Some(random.word(w::GOALS).to_owned()),
            state: Some("open".to_owned()),
            ..EntryContent::default()
        };
        entries.push(("goals", goal));
    }
    if random.chance(30) {
        let channel = Some(
            random
                .word(&["telephone", "email", "conversation"])
                .to_owned(),
        );
        entries.push((
            "contact_log",
            EntryContent {
                on: day(random.below(60)),
                channel,
                ..EntryContent::note(random.word(w::CONTACTS))
            },
        ));
    }
    if random.chance(20) {
        let (role, title) = (
            Some(random.word(&["gp", "partner", "manager"]).to_owned()),
            Some(random.word(w::WOMEN).to_owned()),
        );
        let email = Some("betrokkene@voorbeeld.test".to_owned());
        entries.push((
            "people_involved",
            EntryContent {
                role,
                title,
                email,
                ..EntryContent::default()
            },
        ));
    }
    entries
}

/// Medical fields and a medical note.
pub(super) fn medical(random: &mut Random) -> (Vec<(&'static str, Text)>, &'static str) {
    let fields = vec![
        (
            "examinations",
            Text::new("Spreekuur en lichamelijk onderzoek.".to_owned()),
        ),
        (
            "limitations",
            Text::new(random.word(w::LIMITATIONS).to_owned()),
        ),
        (
            "medical_conclusions",
            Text::new(random.word(w::CONCLUSIONS).to_owned()),
        ),
        (
            "physician_correspondence",
            Text::new("Brief aan de huisarts met toestemming.".to_owned()),
        ),
    ];
    (fields, "Spreekuur gehouden; vervolg over zes weken.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalogue, code};

    #[test]
    fn every_made_up_value_is_valid_and_the_same_again() {
        let today = NaiveDate::from_ymd_opt(2026, 1, 2).unwrap();
        for number in 0..300 {
            let make = || client(&mut Random::for_client(7, number), number, today);
            assert_eq!(make(), make());
            for (field, value) in make() {
                let def = catalogue::field(&field).unwrap();
                assert!(code::check(def.value, &value).is_ok(), "{field}: {value}");
            }
            for (field, content) in story(&mut Random::for_client(7, number), 3, today) {
                let shape = catalogue::field(field).unwrap().shape().unwrap();
                assert!(content.check(field, shape).is_ok(), "{field}");
            }
        }
    }
}
