//! The Big List of Naughty Strings (Max Woolf, MIT, see the licence beside it) in everything that holds free text.

use crate::{
    cast::client_fields,
    support::{Home, PASSWORD, ground},
};
use dossierkluis::{
    access::Seen,
    catalogue::{self, ValueType},
    dossier::{EntryContent, ListQuery, NewDossier, Reveal, SortBy},
    ids::DossierId,
    practice::Practice,
};

/// The strings of the list, and some that it lacks: the marks that the memory itself uses, and lone control characters.
fn strings() -> Vec<String> {
    let list: Vec<String> =
        serde_json::from_str(include_str!("../../fixtures/naughty-strings.json")).unwrap();
    let own = [
        "\u{E000}\u{E001}zz\u{F8FF}",
        "\0",
        "a\0b",
        "\r\n\t",
        "\u{FEFF}",
        "\u{202E}omgekeerd",
        "İstanbul ẞ ﬀ",
        "{\"text\":\"x\"}",
    ];
    let all: Vec<String> = list
        .into_iter()
        .chain(own.map(str::to_owned))
        .filter(|text| !text.is_empty())
        .collect();
    assert!(all.len() > 450);
    all
}

/// The free-text fields that hold one value and are not the physician's.
fn text_fields() -> Vec<(&'static str, usize)> {
    let limit = |value| match value {
        ValueType::Text => Some(1_000),
        ValueType::LongText => Some(200_000),
        _ => None,
    };
    let own = client_fields().filter(|def| def.section != catalogue::Section::Medical);
    own.filter_map(|def| Some((def.id, limit(def.value)?)))
        .collect()
}

/// A client with the string in every field, one entry of every kind, and an open text.
async fn store(anna: &Practice, text: &str) -> DossierId {
    let fits = |limit| text.chars().count() <= limit;
    let fitting = text_fields().into_iter().filter(|(_, limit)| fits(*limit));
    let (special, plain): (Vec<_>, Vec<_>) = fitting
        .map(|(field, _)| field)
        .partition(|field| catalogue::field(field).unwrap().is_special());
    let fields = plain
        .iter()
        .map(|field| ((*field).to_owned(), text.to_owned()))
        .collect();
    let id = anna
        .create(&NewDossier {
            kind: "client".to_owned(),
            home: anna.own_circle().into(),
            fields,
        })
        .await
        .unwrap();
    ground(anna, id, &special).await;
    for field in special {
        anna.put_field(id, field, Some(text)).await.unwrap();
    }
    let title = fits(1_000).then(|| text.to_owned());
    let content = EntryContent {
        title,
        ..EntryContent::note(text)
    };
    anna.add_entry(id, "goals", content).await.unwrap();
    anna.keep_draft(id, "session_notes", text).await.unwrap();
    id
}

async fn compare(anna: &Practice, id: DossierId, text: &str) {
    let view = anna.open_dossier(id, Reveal::All).await.unwrap();
    for (field, limit) in text_fields() {
        let expected = (text.chars().count() <= limit).then_some(text);
        assert_eq!(
            view.fields.get(field).and_then(Seen::value),
            expected,
            "{field}"
        );
    }
    let content = EntryContent::parse(view.entries[0].content.as_bytes()).unwrap();
    assert_eq!(content.text, text);
    assert!(content.title.is_none_or(|title| title == text));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_naughty_string_comes_back_as_it_was_typed() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let strings = strings();
    let mut ids = Vec::new();
    for text in &strings {
        ids.push(store(&anna, text).await);
    }
    drop(anna.lock().await.unwrap());
    let anna = home.sign_in("Anna", PASSWORD).await;
    let drafts = anna.drafts().await.unwrap();
    for (id, text) in ids.iter().zip(&strings) {
        compare(&anna, *id, text).await;
        assert_eq!(
            drafts
                .iter()
                .find(|draft| draft.dossier == *id)
                .unwrap()
                .text
                .as_str(),
            text
        );
        search(&anna, *id, text).await;
    }
    assert_eq!(anna.verify().await.unwrap().findings, Vec::<String>::new());
}

/// Searching and filtering never fail; plain words are found where they are.
async fn search(anna: &Practice, id: DossierId, text: &str) {
    let (found, more) = anna.search(text, 50).await.unwrap();
    if text.chars().all(|c| c.is_ascii_alphabetic()) {
        assert!(more || found.iter().any(|hit| hit.row.id == id), "{text}");
    }
    for sort in [SortBy::Name, SortBy::Field("cv".to_owned())] {
        let field = Some(("cv".to_owned(), text.to_owned()));
        let query = ListQuery {
            filter: text.to_owned(),
            field,
            sort,
            limit: 5,
            ..ListQuery::default()
        };
        anna.list(&query).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_circles_and_colleagues_may_be_named_so() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let named: Vec<String> = strings()
        .into_iter()
        .filter(|text| !text.trim().is_empty())
        .step_by(9)
        .collect();
    let mut users = 0;
    for name in &named {
        anna.new_group(name).await.unwrap();
        anna.new_circle(name).await.unwrap();
        // Names that differ in case alone, or in the spaces around them, are one name.
        users += usize::from(anna.invite(name, &[]).await.is_ok());
    }
    drop(anna.lock().await.unwrap());
    let anna = home.sign_in("Anna", PASSWORD).await;
    let groups = anna.groups().await.unwrap();
    let circles = anna.circles().await.unwrap();
    let people = anna.users().await.unwrap();
    assert!(users > named.len() * 9 / 10 && people.len() == users + 1);
    for name in &named {
        assert!(
            groups.iter().any(|group| group.name.as_str() == name),
            "{name}"
        );
        assert!(
            circles.iter().any(|circle| circle.name.as_str() == name),
            "{name}"
        );
    }
    let shown = home.locked_names(anna).await;
    assert!(people.iter().all(|user| shown.contains(&*user.name)));
}
