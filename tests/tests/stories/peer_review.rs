//! Copies for peer review: nothing in them leads to anybody.

use crate::{
    consents::{give, one, special},
    disclosures::{all, demo_of},
};
use chrono::{Datelike, NaiveDate};
use dossierkluis::{
    access::View,
    code,
    consent::Withdrawing,
    disclosure::{ApprovedPart, PeerCopy},
    dossier::{EntryContent, Reveal},
    error::Error,
    fold::fold,
    practice::Practice,
    time::{MONTHS, age_on},
};
use std::fs;

fn value<'v>(view: &'v View, field: &str) -> &'v str {
    view.fields
        .get(field)
        .and_then(|seen| seen.value())
        .unwrap_or_default()
}

/// The day of the clock in these stories.
const TODAY: &str = "2026-09-21";

fn age(born: NaiveDate) -> u32 {
    age_on(born, TODAY.parse().unwrap()).unwrap()
}

/// The same in the ways in which people hide it without meaning to.
fn hidden(view: &View, at: usize, born: NaiveDate) -> String {
    let of = |field: &str| value(view, field).to_owned();
    let national = of("mobile").replace("+31", "0");
    let digits: Vec<char> = national.chars().filter(char::is_ascii_digit).collect();
    let between = ["_", "·", "   ", " . ", "–"][at % 5];
    let pairs: Vec<String> = digits.chunks(2).map(|pair| pair.iter().collect()).collect();
    let feast = [
        "tweede kerstdag",
        "de kerstvakantie",
        "oud en nieuw",
        "week 48",
    ][at % 4];
    format!(
        " Belde rond {feast} met {}; mailde van {}. Is jarig {}-{}; werknemer ({}), bouwjaar '{:02}; vierde zijn 40e verjaardag.",
        pairs.join(between),
        of("email")
            .replace('@', " apenstaartje ")
            .replace('.', " punt "),
        born.day(),
        born.month(),
        age(born),
        born.year() % 100,
    )
}

/// Notes in which everything about somebody is written, in the ways in which people do.
fn gossip(view: &View, at: usize) -> (String, NaiveDate) {
    let of = |field: &str| value(view, field).to_owned();
    let (given, surname, prefix) = (of("given_name"), of("surname"), of("prefix"));
    let day =
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Days::new((at * 13 % 240) as u64);
    let born: NaiveDate = of("date_of_birth").parse().unwrap();
    let written = match at % 4 {
        0 => format!(
            "{} {} {}",
            day.day(),
            MONTHS[day.month0() as usize],
            day.year()
        ),
        1 => day.format("%d-%m-%Y").to_string(),
        2 => format!("maandag {} {}", day.day(), MONTHS[day.month0() as usize]),
        _ => day.to_string(),
    };
    let text = format!(
        "{given} kwam op {written} binnen. {0} vertelde over {given}'s moeder, mevrouw {prefix} {surname}. \
         Volgens {1} woont ze aan de {street}, {postcode} {town}, en was {2} bij {company}. \
         Bel {phone} of {mobile}, mail {email}. BSN {bsn}, rekening {iban}. Geboren {born}, dus {year}. \
         {surname}s chef en {3} {4} spraken af. Nummer {project}.",
        given.to_uppercase(),
        fold(&given),
        fold(&surname),
        prefix,
        surname.to_uppercase(),
        street = of("street"),
        postcode = of("postcode").replace(' ', ""),
        town = of("town").to_lowercase(),
        company = of("organisation"),
        phone = code::show(dossierkluis::catalogue::ValueType::Phone, &of("telephone")),
        mobile = of("mobile"),
        email = of("email").to_uppercase(),
        bsn = of("bsn"),
        iban = code::show(dossierkluis::catalogue::ValueType::Iban, &of("iban")),
        born = born.format("%-d/%-m/%Y"),
        year = born.year(),
        project = of("project_number"),
    );
    (text + hidden(view, at, born).as_str(), day)
}

/// Whether a word stands by itself in a text; both are folded.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

fn written(copy: &PeerCopy) -> String {
    let parts = copy
        .parts
        .iter()
        .map(|part| format!("{}\n{}", part.on, part.after.as_str()));
    fold(&parts.collect::<Vec<_>>().join("\n"))
}

fn leaks(view: &View, text: &str, day: NaiveDate) -> Vec<&'static str> {
    let of = |field: &str| fold(value(view, field));
    let mut found = Vec::new();
    for field in ["given_name", "surname", "partner_surname"] {
        for word in of(field).split([' ', '-']).filter(|word| word.len() > 2) {
            if has_word(text, word) {
                found.push("name");
            }
        }
    }
    for (field, what) in [
        ("town", "town"),
        ("place_of_birth", "birthplace"),
        ("street", "street"),
        ("organisation", "organisation"),
        ("email", "email"),
        ("private_email", "email"),
        ("linkedin", "link"),
        ("bsn", "bsn"),
        ("id_document", "document"),
        ("project_number", "project"),
    ] {
        let value = of(field);
        if !value.is_empty() && has_word(text, &value) {
            found.push(what);
        }
    }
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    for field in ["postcode", "iban", "telephone", "mobile"] {
        let value = of(field).replace(' ', "");
        let value = value.trim_start_matches("+31");
        let plain = bare.replace(['-', '_', '·', '.', '–'], "");
        if !value.is_empty() && plain.contains(value) {
            found.push("number");
        }
    }
    let born: NaiveDate = value(view, "date_of_birth").parse().unwrap();
    for day in [day, born] {
        let (d, m, y) = (day.day(), day.month(), day.year());
        let month = MONTHS[day.month0() as usize];
        let ways = [
            day.to_string(),
            format!("{d}-{m}-{y}"),
            format!("{d:02}-{m:02}-{y}"),
            format!("{d}/{m}/{y}"),
            format!("{d} {month} {y}"),
        ];
        if ways.iter().any(|way| has_word(text, way)) {
            found.push("date");
        }
    }
    found.extend(text.contains("maandag").then_some("weekday"));
    let feasts = ["kerst", "oud en nieuw", "week 48"];
    found.extend(
        feasts
            .iter()
            .any(|one| text.contains(one))
            .then_some("feast"),
    );
    let pair = format!("jarig {}-{};", born.day(), born.month());
    let years = [
        pair,
        format!("({})", age(born)),
        format!("'{:02}", born.year() % 100),
        "40e verjaardag".to_owned(),
    ];
    found.extend(years.iter().any(|one| text.contains(one)).then_some("age"));
    let (_, domain) = value(view, "email").split_once('@').unwrap_or_default();
    let domain = fold(domain.split('.').next().unwrap_or_default());
    found.extend(
        (!domain.is_empty() && text.contains(&format!("{domain} punt"))).then_some("domain"),
    );
    // Dates are moved, not digits of something else.
    let digits = text
        .split(|c: char| !c.is_ascii_digit())
        .any(|run| run.len() >= 5);
    found.extend(digits.then_some("digits"));
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_copies_lead_to_nobody() {
    let keep = tempfile::tempdir().unwrap();
    let practice = demo_of(keep.path(), 1_670, "coach").await;
    let rows = practice.list(&all()).await.unwrap().rows;
    let (mut copies, mut wrong) = (0, Vec::new());
    for (at, row) in rows.iter().enumerate() {
        let view = practice.open_dossier(row.id, Reveal::All).await.unwrap();
        let (text, day) = gossip(&view, at);
        let note = EntryContent {
            on: Some(day.to_string()),
            ..EntryContent::note(&text)
        };
        practice
            .add_entry(row.id, "session_notes", note)
            .await
            .unwrap();
        let copy = practice.peer_copy(row.id, "nl").await.unwrap();
        let written = written(&copy);
        let found = leaks(&view, &written, day);
        if !found.is_empty() {
            wrong.push((found, written));
        }
        copies += 1;
    }
    assert!(copies >= 1_000, "{copies}");
    assert!(
        wrong.is_empty(),
        "{} of {copies}: {:#?}",
        wrong.len(),
        &wrong[..wrong.len().min(4)]
    );
}

fn approved(copy: &PeerCopy) -> Vec<ApprovedPart> {
    let parts = copy.parts.iter().map(|part| ApprovedPart {
        field: part.field.to_owned(),
        on: part.on.clone(),
        text: part.after.to_string(),
    });
    parts.collect()
}

async fn with_note() -> (tempfile::TempDir, Practice, dossierkluis::ids::DossierId) {
    let keep = tempfile::tempdir().unwrap();
    let practice = demo_of(keep.path(), 10, "coach").await;
    let row = practice.list(&all()).await.unwrap().rows.remove(0);
    let view = practice.open_dossier(row.id, Reveal::All).await.unwrap();
    let note = EntryContent::note(&gossip(&view, 0).0);
    practice
        .add_entry(row.id, "session_notes", note)
        .await
        .unwrap();
    (keep, practice, row.id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_mended_checked_and_written_with_its_entry_in_the_log() {
    let (keep, practice, id) = with_note().await;
    let copy = practice.peer_copy(id, "nl").await.unwrap();
    let mut parts = approved(&copy);
    let path = keep.path().join("intervisie.txt");
    practice
        .save_peer_copy(id, &parts, "nl", &path)
        .await
        .unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("Leeftijd: ") && text.contains("[naam]"));
    let log = practice.audit_log(Some(id), 0, 10).await.unwrap();
    assert!(
        log.entries
            .iter()
            .any(|one| format!("{:?}", one.event.event) == "PeerCopyMade")
    );
    // A name that comes back by hand does not leave.
    let view = practice.open_dossier(id, Reveal::All).await.unwrap();
    parts[0]
        .text
        .push_str(&format!(" Sprak {}.", value(&view, "given_name")));
    let found = practice.check_peer_copy(id, &parts).await.unwrap();
    assert_eq!(found.len(), 1);
    fs::remove_file(&path).unwrap();
    let refused = practice.save_peer_copy(id, &parts, "nl", &path).await;
    assert!(matches!(
        refused,
        Err(Error::Refused {
            reason: "trace_name",
            ..
        })
    ));
    assert!(!path.exists());
    // Nor does a field that is not part of a copy.
    parts[0] = ApprovedPart {
        field: "bsn".to_owned(),
        on: String::new(),
        text: "x".to_owned(),
    };
    assert!(
        practice
            .save_peer_copy(id, &parts, "nl", &path)
            .await
            .is_err()
    );
    let own = practice
        .save_peer_copy(id, &[], "nl", &keep.path().join("demo/x.txt"))
        .await;
    assert!(own.is_err());
}

/// Whoever compares two copies of a dossier finds the same days in them.
#[tokio::test(flavor = "multi_thread")]
async fn a_copy_has_the_same_days_each_time() {
    let (_keep, practice, id) = with_note().await;
    let copy = practice.peer_copy(id, "nl").await.unwrap();
    let again = practice.peer_copy(id, "nl").await.unwrap();
    assert_eq!(written(&copy), written(&again));
    assert!(
        copy.parts
            .iter()
            .any(|part| !part.on.is_empty() || part.after.contains("20"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn special_data_go_no_longer_than_their_ground_holds() {
    let (home, anna, id) = one().await;
    let consent = give(&anna, id, &special(&["psychological_tests"])).await;
    for (field, text) in [
        ("psychological_tests", "Een vragenlijst."),
        ("initial_problem", "Is moe."),
    ] {
        anna.put_field(id, field, Some(text)).await.unwrap();
    }
    let fields = |copy: &PeerCopy| copy.parts.iter().map(|part| part.field).collect::<Vec<_>>();
    let copy = anna.peer_copy(id, "nl").await.unwrap();
    assert_eq!(fields(&copy), ["initial_problem", "psychological_tests"]);
    let parts = approved(&copy);

    home.clock.forward(chrono::TimeDelta::days(1));
    anna.withdraw_consent(consent, &Withdrawing::default())
        .await
        .unwrap();
    let copy = anna.peer_copy(id, "nl").await.unwrap();
    assert_eq!(fields(&copy), ["initial_problem"]);
    // Nor does one leave that was looked at before.
    let outside = tempfile::tempdir().unwrap();
    let path = outside.path().join("intervisie.txt");
    let refused = anna.save_peer_copy(id, &parts, "nl", &path).await;
    assert!(matches!(refused, Err(Error::Unfounded(_))));
    assert!(!path.exists());
    anna.save_peer_copy(id, &approved(&copy), "nl", &path)
        .await
        .unwrap();
}
