//! A made-up practice with one user of each role and dossiers in which every field is filled.

use crate::support::{Home, OTHER, PASSWORD, client, ground};
use chrono::{Datelike, NaiveDate};
use dossierkluis::{
    catalogue::{self, FieldDef, Protection, Role, Shape, ValueType},
    disclosure::NewRequest,
    document::{NewDocument, Source},
    dossier::EntryContent,
    ids::{CircleId, DossierId, EntryId, UserId},
    practice::Practice,
};
use std::{collections::HashMap, sync::Arc};
use zeroize::Zeroizing;

/// Everybody but the founder Anna, who is administrator and coach: name, groups, and whether in the shared circle.
pub const COLLEAGUES: &[(&str, &[&str], bool)] = &[
    ("Arie", &["administrator"], true),
    ("Cas", &["coach"], true),
    ("Els", &["physician"], true),
    ("Roos", &["reception"], true),
    ("Bram", &["coach"], false),
];

/// The one role of each colleague.
pub fn role_of(name: &str) -> Role {
    match name {
        "Arie" => Role::Administrator,
        "Els" => Role::Physician,
        "Roos" => Role::Reception,
        _ => Role::Coach,
    }
}

/// The staff, a shared circle, and in it a full dossier and an empty one whose name comes first.
pub struct Cast {
    pub home: Home,
    pub circle: CircleId,
    pub full: DossierId,
    pub other: DossierId,
    /// The entry in each entry list of the full dossier.
    pub entries: HashMap<&'static str, EntryId>,
}

impl Cast {
    pub async fn new() -> Self {
        let home = Home::new();
        let (mut anna, _) = home.founded().await;
        for (name, roles, _) in COLLEAGUES {
            anna = home.colleague(anna, name, roles).await;
        }
        let circle = anna.new_circle("Samen").await.unwrap();
        for (name, _, inside) in COLLEAGUES {
            if *inside {
                anna.add_to_circle(circle, user_id(&anna, name).await)
                    .await
                    .unwrap();
            }
        }
        let full = client(&anna, circle, &[("surname", "Zuidwijk")]).await;
        let special: Vec<_> = client_fields().filter(|def| def.is_special()).collect();
        let special: Vec<_> = special.iter().map(|def| def.id).collect();
        ground(&anna, full, &special).await;
        let other = client(&anna, circle, &[("surname", "Aalders")]).await;
        drop(anna.lock().await.unwrap());
        let mut cast = Self {
            home,
            circle,
            full,
            other,
            entries: HashMap::new(),
        };
        // Everything is written twice, so that there is history too. The physician writes what is medical.
        for user in ["Anna", "Els"] {
            let practice = cast.sign_in(user).await;
            let entries = fill(&practice, cast.full, user == "Els").await;
            cast.entries.extend(entries);
            drop(practice.lock().await.unwrap());
        }
        cast
    }

    pub async fn sign_in(&self, user: &str) -> Practice {
        self.home.sign_in(user, password(user)).await
    }
}

pub fn password(user: &str) -> &'static str {
    if user == "Anna" { PASSWORD } else { OTHER }
}

pub async fn user_id(practice: &Practice, name: &str) -> UserId {
    practice
        .users()
        .await
        .unwrap()
        .iter()
        .find(|user| user.name.as_str() == name)
        .unwrap()
        .id
}

/// Fields of a client.
pub fn client_fields() -> impl Iterator<Item = &'static FieldDef> {
    catalogue::kind("client")
        .unwrap()
        .fields
        .iter()
        .map(|id| catalogue::field(id).unwrap())
        // These come in by a way of their own, and every one in the circle reads them.
        .filter(|def| !matches!(def.shape(), Some(Shape::Consent | Shape::Ground)))
}

/// Who reads a field by the declaration of the catalogue.
pub fn entitled(def: &FieldDef, role: Role) -> bool {
    match def.protection {
        Protection::Open => true,
        Protection::Medical => role == Role::Physician,
        Protection::Protected(grants) => grants.iter().any(|(to, _)| *to == role),
    }
}

async fn fill(practice: &Practice, id: DossierId, medical: bool) -> HashMap<&'static str, EntryId> {
    let mut entries = HashMap::new();
    // An invoice is issued and not filled in.
    let filled = client_fields().filter(|def| def.id != catalogue::INVOICES);
    for def in filled.filter(|def| matches!(def.protection, Protection::Medical) == medical) {
        if def.shape() == Some(Shape::Disclosure) {
            entries.insert(def.id, asked(practice, id, def).await);
        } else if let Some(shape) = def.shape() {
            let entry = match shape {
                Shape::Document => document(practice, id, def).await,
                _ => {
                    let added = practice.add_entry(id, def.id, said(def, 0)).await;
                    added.unwrap().0
                }
            };
            practice.edit_entry(entry, said(def, 1), 1).await.unwrap();
            entries.insert(def.id, entry);
        } else if def.id != "surname" {
            for turn in [0, 1] {
                practice
                    .put_field(id, def.id, Some(&sample(def, turn)))
                    .await
                    .unwrap();
            }
        }
    }
    entries
}

/// What an entry says in one of two turns.
fn said(def: &FieldDef, turn: usize) -> EntryContent {
    let text = sample(def, turn);
    match def.shape() {
        Some(Shape::Part) => EntryContent {
            role: Some("coach".to_owned()),
            title: Some(text),
            ..EntryContent::default()
        },
        Some(Shape::OwnView | Shape::Representative | Shape::Authorisation) => EntryContent {
            role: (def.id == "representatives").then(|| "mentor".to_owned()),
            title: Some(text.clone()),
            on: Some("2026-01-02".to_owned()),
            ..EntryContent::note(&text)
        },
        Some(Shape::Document) => EntryContent {
            title: Some(text),
            ..EntryContent::default()
        },
        _ => EntryContent::note(&text),
    }
}

/// A request for information, which said something else before.
async fn asked(practice: &Practice, id: DossierId, def: &FieldDef) -> EntryId {
    let medical = matches!(def.protection, Protection::Medical);
    let new = |turn| NewRequest {
        asker: "professional".to_owned(),
        purpose: if medical {
            "medical_consultation"
        } else {
            "consultation"
        }
        .to_owned(),
        name: sample(def, turn),
        asked: sample(def, turn),
        ..NewRequest::default()
    };
    let request = practice.register_request(id, &new(0)).await.unwrap();
    practice.change_request(request, &new(1), 1).await.unwrap();
    request
}

async fn document(practice: &Practice, id: DossierId, def: &FieldDef) -> EntryId {
    let identity = def.id == "id_documents";
    let new = NewDocument {
        title: sample(def, 0),
        kind: if identity { "id_copy" } else { "letter" }.to_owned(),
        redacted: identity,
        ..NewDocument::default()
    };
    let bytes = Zeroizing::new(sample(def, 0).into_bytes());
    let source = Source::Bytes("brief.txt".to_owned(), bytes);
    practice
        .add_document(id, def.id, &new, source, &|_| (), &Arc::default())
        .await
        .unwrap()
}

/// A value in stored form that occurs in no other field; another one for each of two turns.
pub fn sample(def: &FieldDef, turn: usize) -> String {
    let at = catalogue::fields()
        .iter()
        .position(|known| known.id == def.id)
        .unwrap()
        * 2
        + turn;
    match def.value {
        ValueType::Date => NaiveDate::from_ymd_opt(1950, 1, 1)
            .and_then(|day| day.with_year(1950 + i32::try_from(at % 50).unwrap()))
            .unwrap()
            .to_string(),
        ValueType::Email => format!("verzonnen{at}@voorbeeld.nl"),
        ValueType::Phone => format!("+3161234{:04}", 5000 + at),
        ValueType::Url => format!("https://voorbeeld.nl/{}{at}", def.id),
        ValueType::Postcode => format!("{} QX", 2000 + at),
        ValueType::Country => ["NL", "BE"][turn].to_owned(),
        ValueType::Choice(ids) => ids[turn % ids.len()].to_owned(),
        ValueType::Bsn => ["111222333", "123456782"][turn].to_owned(),
        ValueType::Iban => ["NL91ABNA0417164300", "NL02ABNA0123456789"][turn].to_owned(),
        ValueType::Money => format!("{}.00", 770_000 + at * 100),
        ValueType::Number => format!("{}", 880_000 + at),
        ValueType::Picture => ["/9j/QUFB", "/9j/QkJC"][turn].to_owned(),
        ValueType::IdDocument => ["SPECI2014", "SPECI2021"][turn].to_owned(),
        ValueType::Kvk => format!("{}", 66_000_000 + at),
        ValueType::VatId => ["NL002455799B11", "NL111222333B01"][turn].to_owned(),
        ValueType::Text | ValueType::LongText | ValueType::Entries(_) => {
            format!("{}zz{at}zz", def.id.replace('_', ""))
        }
    }
}
