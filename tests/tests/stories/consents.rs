//! Consents: what is signed is what is kept, by whom, and what rests on it stops when it ends. On every way in.

use crate::{
    cast::user_id,
    intruder::Intruder,
    support::{Home, OTHER, PASSWORD, client},
};
use chrono::TimeDelta;
use dossierkluis::{
    access::{Act, Lack, Use},
    audit::EventKind,
    consent::{
        ConsentState, Kept, NewGround, Point, Prepared, Request, Signature, Signed, Withdrawing,
    },
    crypto::{Place, SealingKey},
    document::{NewDocument, Source},
    dossier::{EntryContent, NewDossier, Reveal},
    error::Error,
    ids::{DossierId, EntryId},
    practice::Practice,
    report::{NewReport, ReportField, ReportProfile},
    transfer::{ImportPlan, table::read_table},
};
use std::{collections::BTreeMap, sync::Arc};
use zeroize::Zeroizing;

pub const DOCTOR: &str = "Huisarts De Vries";

fn signature() -> Signature {
    let wave = (0..20).map(|at| Point {
        x: at * 10,
        y: 100 + (at % 5) * 20,
    });
    Signature::drawn(&[wave.collect()]).unwrap()
}

fn drawn(prepared: &Prepared) -> Signed {
    Signed::Drawn {
        signature: signature(),
        shown: Zeroizing::new(prepared.given.text.clone()),
    }
}

pub fn form(template: &str) -> Request {
    Request {
        template: template.to_owned(),
        language: "nl".to_owned(),
        purpose: "samenwerking".to_owned(),
        ..Request::default()
    }
}

pub fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

pub fn special(fields: &[&str]) -> Request {
    Request {
        scope: words(fields),
        ..form("special")
    }
}

pub fn professional() -> Request {
    Request {
        recipient: DOCTOR.to_owned(),
        scope: words(&["ask", "inform"]),
        ..form("professional")
    }
}

pub fn disclosure() -> Request {
    Request {
        recipient: "UWV".to_owned(),
        scope: words(&["work_fitness"]),
        ..form("disclosure")
    }
}

pub async fn give(practice: &Practice, id: DossierId, request: &Request) -> EntryId {
    let prepared = practice.prepare_consent(id, request).await.unwrap();
    practice
        .give_consent(&prepared, drawn(&prepared))
        .await
        .unwrap()
}

pub async fn one() -> (Home, Practice, DossierId) {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let fields = [
        ("surname", "Visser"),
        ("given_name", "Jet"),
        ("date_of_birth", "1980-05-05"),
        ("town", "Zutphen"),
        ("bsn", "111222333"),
    ];
    let id = client(&anna, anna.own_circle(), &fields).await;
    (home, anna, id)
}

pub fn reason<T>(result: Result<T, Error>) -> &'static str {
    match result {
        Ok(_) => "done",
        Err(Error::Refused { reason, .. }) => reason,
        Err(Error::Unfounded(unfounded)) => unfounded.lack.code(),
        Err(Error::NotFound) => "not_found",
        Err(error) => panic!("{error:?}"),
    }
}

// What is signed is what is kept.

#[tokio::test(flavor = "multi_thread")]
async fn the_text_that_was_signed_is_the_text_that_is_kept() {
    let (home, anna, id) = one().await;
    let prepared = anna
        .prepare_consent(id, &special(&["religion"]))
        .await
        .unwrap();
    let text = prepared.given.text.clone();
    for part in [
        "Jet Visser",
        "05-05-1980",
        "Praktijk De Linde",
        "godsdienst",
        "samenwerking",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let entry = anna
        .give_consent(&prepared, drawn(&prepared))
        .await
        .unwrap();
    drop(anna.lock().await.unwrap());
    let anna = home.sign_in("Anna", PASSWORD).await;
    // A later edition of the form and a changed name leave it as it was.
    let form = anna.form_editions().await.unwrap();
    let special = form
        .iter()
        .find(|one| one.template == "special" && one.language == "nl")
        .unwrap();
    let changed = special.text.replace("Ik weet dat:", "Ik weet:");
    assert_eq!(
        anna.edit_form("special", "nl", "Anders", &changed)
            .await
            .unwrap(),
        2
    );
    // Nobody signed the new version before it was there.
    let mut earlier = crate::consents::special(&["religion"]);
    for (on, version) in [("", 2), ("01-02-2026", 1)] {
        on.clone_into(&mut earlier.on);
        let prepared = anna.prepare_consent(id, &earlier).await.unwrap();
        assert_eq!(prepared.given.version, version, "{on}");
    }
    anna.put_field(id, "surname", Some("Bakker")).await.unwrap();
    let kept = anna.consent(entry).await.unwrap();
    let given = &kept.consent.given;
    assert_eq!((given.text.as_bytes(), given.version), (text.as_bytes(), 1));
    assert_eq!(given.text_sha256.len(), 64);
    assert!(given.signature.as_ref() == Some(&signature()));
    assert_eq!(
        (kept.state, &*given.means, &*given.by.capacity),
        (ConsentState::Valid, "screen", "person")
    );
    assert_eq!(anna.verify().await.unwrap().findings, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn another_text_than_was_shown_is_not_signed() {
    let (_home, anna, id) = one().await;
    let prepared = anna.prepare_consent(id, &form("intake")).await.unwrap();
    let shown = Zeroizing::new(format!("{} ", prepared.given.text));
    let other = Signed::Drawn {
        signature: signature(),
        shown,
    };
    assert_eq!(
        reason(anna.give_consent(&prepared, other).await),
        "text_differs"
    );
    let mut changed = prepared.clone();
    changed.given.text.push('!');
    let result = anna.give_consent(&changed, drawn(&changed)).await;
    assert_eq!(reason(result), "text_differs");
    assert!(anna.consents(id).await.unwrap().consents.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_withheld_stays_visibly_empty() {
    let (home, anna, id) = one().await;
    let circle = anna.new_circle("Samen").await.unwrap();
    anna.move_dossier(id, circle).await.unwrap();
    // A field with a key of its own is no part of a text that everybody in the circle reads, whoever fills it in.
    anna.protect("town").await.unwrap();
    anna.put_field(id, "place_of_birth", Some("{{town}}{{bsn}}"))
        .await
        .unwrap();
    anna.put_field(id, "street", Some("{{bsn}}straat 1"))
        .await
        .unwrap();
    let prepared = anna.prepare_consent(id, &form("intake")).await.unwrap();
    let text = &prepared.given.text;
    assert!(
        !text.contains("Zutphen") && !text.contains("111222333"),
        "{text}"
    );
    assert!(text.contains("{{bsn}}straat 1"), "{text}");
    for (title, text) in [("T", "{{bsn}}"), ("{{name}}", "x"), ("T", "Ik, {{name}}")] {
        let edited = anna.edit_form("intake", "nl", title, text).await;
        let known = ["placeholder_unknown", "placeholder_missing"].contains(&reason(edited));
        assert!(known, "{text}");
    }
    let anna = home.colleague(anna, "Roos", &["reception"]).await;
    let text = "{{practice}} {{name}} {{giver}} {{address}}";
    anna.edit_form("intake", "nl", "T", text).await.unwrap();
    let roos = user_id(&anna, "Roos").await;
    anna.add_to_circle(circle, roos).await.unwrap();
    drop(anna.lock().await.unwrap());
    let roos = home.sign_in("Roos", OTHER).await;
    roos.put_field(id, "street", None).await.unwrap();
    let prepared = roos.prepare_consent(id, &form("intake")).await.unwrap();
    assert!(
        prepared.given.text.ends_with("……………………"),
        "{}",
        prepared.given.text
    );
    assert_eq!(prepared.blanks, ["address"]);
    let edited = roos.edit_form("intake", "nl", "T", text).await;
    assert!(matches!(edited, Err(Error::Denied(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_child_that_nobody_knew_to_be_one_has_consented_to_nothing() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let id = client(&anna, anna.own_circle(), &[("surname", "Bos")]).await;
    let asked = special(&["religion"]);
    let prepared = anna.prepare_consent(id, &asked).await.unwrap();
    let given = anna
        .give_consent(&prepared, drawn(&prepared))
        .await
        .unwrap();
    anna.put_field(id, "religion", Some("verzonnen"))
        .await
        .unwrap();
    for (born, state) in [("05-05-1980", "valid"), ("05-05-2014", "wrong_giver")] {
        anna.put_field(id, "date_of_birth", Some(born))
            .await
            .unwrap();
        let kept = anna.consent(given).await.unwrap();
        assert_eq!(kept.state.code(), state, "{born}");
    }
    let written = anna.put_field(id, "religion", Some("anders")).await;
    assert!(matches!(
        written.err(),
        Some(Error::Unfounded(unfounded)) if unfounded.lack == Lack::WrongGiver
    ));
    let missing = anna.consents(id).await.unwrap().missing;
    assert_eq!(missing, ["religion"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_paper_and_a_word_of_mouth_are_kept_with_their_proof() {
    let (_home, anna, id) = one().await;
    let scan = |practice, id| async move {
        let (practice, id): (&Practice, DossierId) = (practice, id);
        let new = NewDocument {
            kind: "consent".to_owned(),
            ..NewDocument::default()
        };
        let bytes = Zeroizing::new(b"%PDF-1.7 getekend".to_vec());
        let source = Source::Bytes("toestemming.pdf".to_owned(), bytes);
        practice
            .add_document(id, "documents", &new, source, &|_| (), &Arc::default())
            .await
            .unwrap()
    };
    let paper = scan(&anna, id).await;
    let other = client(&anna, anna.own_circle(), &[("surname", "Bos")]).await;
    let elsewhere = scan(&anna, other).await;
    let prepared = anna
        .prepare_consent(id, &special(&["religion"]))
        .await
        .unwrap();
    let said = Signed::Oral("Aan de telefoon.".to_owned());
    assert_eq!(
        reason(anna.give_consent(&prepared, said).await),
        "needs_signature"
    );
    let wrong = anna.give_consent(&prepared, Signed::Paper(elsewhere)).await;
    assert_eq!(reason(wrong), "no_document");
    let entry = anna
        .give_consent(&prepared, Signed::Paper(paper))
        .await
        .unwrap();
    let given = anna.consent(entry).await.unwrap().consent.given.clone();
    assert_eq!(
        (&*given.means, given.scan.unwrap().sha256.len()),
        ("paper", 64)
    );
    // Without the paper nobody could see that it was signed.
    assert_eq!(reason(anna.bin_entry(paper).await), "signed_paper");
    assert_eq!(reason(anna.destroy_document(paper).await), "signed_paper");
    // What was shown is what is kept.
    prepared.refuse_unlike(&prepared.given.text).unwrap();
    assert_eq!(
        reason(prepared.refuse_unlike("Iets anders.")),
        "text_differs"
    );
    let letter = anna.prepare_consent(id, &form("newsletter")).await.unwrap();
    let nothing = anna
        .give_consent(&letter, Signed::Oral("  ".to_owned()))
        .await;
    assert_eq!(reason(nothing), "empty");
    let said = Signed::Oral("Aan de telefoon.".to_owned());
    anna.give_consent(&letter, said).await.unwrap();
    anna.consent_for(id, &Act::Mail).await.unwrap();
}

// An attack by somebody who holds the keys.

/// Rewrites what an entry of a list says, with the keys that Anna's password opens.
async fn rewrite(home: &Home, list: &str, change: impl Fn(&str) -> String) {
    let intruder = Intruder::enter(&home.folder, "Anna", PASSWORD).await;
    for loot in intruder
        .loot()
        .await
        .iter()
        .filter(|loot| loot.field == list && loot.kind == "entry")
    {
        let place = Place {
            practice: intruder.practice,
            dossier: loot.dossier,
            record: loot.record.clone().try_into().unwrap(),
            field: &loot.field,
            circle_version: loot.sealing.circle_version,
            field_version: loot.sealing.field_version,
        };
        let salt = loot.salt.clone().try_into().unwrap();
        for (_, key) in &intruder.keys {
            let key = SealingKey::derive(key, None, &salt).unwrap();
            let Ok(plain) = key.open(&place, &loot.sealing.sealed) else {
                continue;
            };
            let said = change(std::str::from_utf8(&plain).unwrap());
            let sealed = key.seal(&place, said.as_bytes()).unwrap();
            let update = sqlx::query("UPDATE entry SET sealed = ? WHERE id = ?");
            let update = update.bind(sealed).bind(&loot.record);
            update
                .execute(&mut *intruder.store.read().await.unwrap())
                .await
                .unwrap();
        }
    }
    intruder.store.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_holds_the_keys_and_rewrites_a_consent_is_found_and_gains_nothing() {
    type Change = fn(&str) -> String;
    let attacks: [(&str, Change); 6] = [
        ("text", |said| said.replace("samenwerking", "verkoop")),
        ("scope", |said| {
            said.replace("\"religion\"", "\"religion\",\"ethnicity\"")
        }),
        ("signature", |said| {
            said.replace("\"data\":\"P", "\"data\":\"Q")
        }),
        ("giver", |said| said.replace("Jet Visser", "Jan Visser")),
        ("validity", |said| {
            said.replace("\"until\":\"\"", "\"until\":\"2099-01-01\"")
        }),
        ("another text with its digest", |said| {
            let mut json: serde_json::Value = serde_json::from_str(said).unwrap();
            let given = &mut json["consent"]["given"];
            given["text"] = "x".into();
            given["text_sha256"] =
                "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881".into();
            json.to_string()
        }),
    ];
    for (what, change) in attacks {
        let (home, anna, id) = one().await;
        let entry = give(&anna, id, &special(&["religion"])).await;
        anna.put_field(id, "religion", Some("verzonnen"))
            .await
            .unwrap();
        drop(anna.lock().await.unwrap());
        rewrite(&home, "consents", change).await;
        let anna = home.sign_in("Anna", PASSWORD).await;
        let found = anna.verify().await.unwrap().findings;
        assert_eq!(found, [format!("consent:{entry}")], "{what}");
        let state = anna.consent(entry).await.unwrap().state;
        assert_eq!(state, ConsentState::Lacking(Lack::Changed), "{what}");
        let paper = anna.consent_paper(entry).await;
        assert_eq!(reason(paper), "ground_changed", "{what}");
        for field in ["religion", "ethnicity"] {
            let written = anna.put_field(id, field, Some("anders")).await;
            assert_ne!(reason(written), "done", "{what}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn special_data_are_reported_no_longer_than_they_may_be_kept() {
    let (home, anna, id) = one().await;
    let field = ReportField {
        field: "religion".to_owned(),
        label: "Kop".to_owned(),
    };
    let profile = ReportProfile {
        name: "Gemeente".to_owned(),
        fields: vec![field],
        protected: true,
    };
    anna.save_report_profiles(&[profile]).await.unwrap();
    let entry = give(&anna, id, &special(&["religion"])).await;
    anna.put_field(id, "religion", Some("verzonnen"))
        .await
        .unwrap();
    let new = NewReport::default();
    let shown = anna.preview_report(id, &new).await.unwrap();
    assert_eq!(shown.lines.len(), 1);
    anna.withdraw_consent(entry, &Withdrawing::default())
        .await
        .unwrap();
    assert_ne!(reason(anna.preview_report(id, &new).await), "done");
    let file = home.folder.with_file_name("rapportage.pdf");
    assert_ne!(
        reason(anna.send_report(id, &new, &shown.digest, &file).await),
        "done"
    );
    assert!(!file.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_that_is_taken_out_of_a_consent_stands_in_the_log() {
    let (home, anna, id) = one().await;
    let entry = give(&anna, id, &special(&["religion"])).await;
    anna.withdraw_consent(entry, &Withdrawing::default())
        .await
        .unwrap();
    drop(anna.lock().await.unwrap());
    rewrite(&home, "consents", |said| {
        let mut json: serde_json::Value = serde_json::from_str(said).unwrap();
        json["consent"].as_object_mut().unwrap().remove("withdrawn");
        json.to_string()
    })
    .await;
    let anna = home.sign_in("Anna", PASSWORD).await;
    assert_eq!(
        anna.verify().await.unwrap().findings,
        [format!("consent:{entry}")]
    );
    let written = anna.put_field(id, "religion", Some("verzonnen")).await;
    assert_eq!(reason(written), "ground_changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_that_is_taken_away_is_missed_and_one_that_was_erased_is_not() {
    let (home, anna, id) = one().await;
    let (gone, erased) = (
        give(&anna, id, &special(&["religion"])).await,
        give(&anna, id, &form("intake")).await,
    );
    anna.bin_entry(erased).await.unwrap();
    home.clock.forward(TimeDelta::days(40));
    assert_eq!(anna.empty_expired().await.unwrap(), 1);
    drop(anna.lock().await.unwrap());
    let intruder = Intruder::enter(&home.folder, "Anna", PASSWORD).await;
    let away = sqlx::query("DELETE FROM entry WHERE id = ?").bind(gone);
    away.execute(&mut *intruder.store.read().await.unwrap())
        .await
        .unwrap();
    intruder.store.close().await.unwrap();
    let anna = home.sign_in("Anna", PASSWORD).await;
    assert_eq!(
        anna.verify().await.unwrap().findings,
        [format!("consent_missing:{gone}")]
    );
}

// Who may give and take back.

#[tokio::test(flavor = "multi_thread")]
async fn a_child_is_spoken_for_and_speaks_by_its_age() {
    let (home, anna, id) = one().await;
    let by = |role: &str| EntryContent {
        title: Some("Ouder Visser".to_owned()),
        role: Some(role.to_owned()),
        ..EntryContent::default()
    };
    let parent = anna
        .add_entry(id, "representatives", by("parent"))
        .await
        .unwrap()
        .0;
    let ended = EntryContent {
        until: Some("2020-01-01".to_owned()),
        ..by("guardian")
    };
    let ended = anna
        .add_entry(id, "representatives", ended)
        .await
        .unwrap()
        .0;
    let request = |by| Request {
        by,
        ..special(&["religion"])
    };
    let prepare = async |by| reason(anna.prepare_consent(id, &request(by)).await);
    assert_eq!(prepare(Some(parent)).await, "decides_alone");
    assert_eq!(prepare(None).await, "done");
    // 11 years old on the day of the test clock, 21 September 2026.
    anna.put_field(id, "date_of_birth", Some("2015-01-01"))
        .await
        .unwrap();
    assert_eq!(prepare(None).await, "representative_needed");
    assert_eq!(prepare(Some(ended)).await, "authority_over");
    let entry = give(&anna, id, &request(Some(parent))).await;
    let given = anna.consent(entry).await.unwrap().consent.given.clone();
    assert_eq!(
        (&*given.by.capacity, &*given.by.name),
        ("parent", "Ouder Visser")
    );
    assert!(
        given.text.contains("Ouder Visser, ouder met gezag"),
        "{}",
        given.text
    );
    // Under 12 whoever gave it takes it back; from 12 the child may.
    anna.withdraw_consent(entry, &Withdrawing::default())
        .await
        .unwrap();
    let taken = anna
        .consent(entry)
        .await
        .unwrap()
        .consent
        .withdrawn
        .clone()
        .unwrap();
    assert_eq!(taken.by.capacity, "parent");
    let again = give(&anna, id, &request(Some(parent))).await;
    home.clock.forward(TimeDelta::days(110));
    anna.withdraw_consent(again, &Withdrawing::default())
        .await
        .unwrap();
    let taken = anna
        .consent(again)
        .await
        .unwrap()
        .consent
        .withdrawn
        .clone()
        .unwrap();
    assert_eq!(taken.by.capacity, "person");
    let twice = anna.withdraw_consent(again, &Withdrawing::default()).await;
    assert_eq!(reason(twice), "withdrawn_already");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_speaks_for_somebody_is_recorded_with_date_and_scope() {
    let (_home, anna, id) = one().await;
    let whole = EntryContent {
        title: Some("Zus Visser".to_owned()),
        on: Some("2026-02-03".to_owned()),
        until: Some("2027-02-03".to_owned()),
        ..EntryContent::note("Afspraken en correspondentie")
    };
    let without = |change: fn(&mut EntryContent)| {
        let mut content = whole.clone();
        change(&mut content);
        content
    };
    for lacking in [
        without(|one| one.title = None),
        without(|one| one.on = None),
        without(|one| one.text = String::new()),
    ] {
        assert_eq!(
            reason(anna.add_entry(id, "authorisations", lacking).await),
            "empty"
        );
    }
    let entry = anna.add_entry(id, "authorisations", whole).await.unwrap().0;
    let request = Request {
        by: Some(entry),
        ..form("newsletter")
    };
    let prepared = anna.prepare_consent(id, &request).await.unwrap();
    assert_eq!(prepared.given.by.capacity, "authorised");
    let view = EntryContent::note("Ik zie dit anders.");
    assert_eq!(
        reason(anna.add_entry(id, "own_view", view.clone()).await),
        "empty"
    );
    let dated = EntryContent {
        on: Some("2026-02-03".to_owned()),
        ..view
    };
    anna.add_entry(id, "own_view", dated).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_signed_comes_in_by_signing_alone_and_is_never_edited() {
    let (_home, anna, id) = one().await;
    let entry = give(&anna, id, &form("intake")).await;
    let content = |view: &dossierkluis::access::View| {
        let found = view.entries.iter().find(|one| one.id == entry).unwrap();
        EntryContent::parse(found.content.as_bytes()).unwrap()
    };
    let content = content(&anna.open_dossier(id, Reveal::Nothing).await.unwrap());
    for list in ["consents", "grounds"] {
        assert_eq!(
            reason(anna.add_entry(id, list, content.clone()).await),
            "not_found"
        );
    }
    assert_eq!(
        reason(anna.edit_entry(entry, content, 1).await),
        "not_found"
    );
    let late = Request {
        until: Some("2030-01-01".to_owned()),
        ..disclosure()
    };
    assert_eq!(
        reason(anna.prepare_consent(id, &late).await),
        "must_be_recent"
    );
}

// The gates.

/// How the grounds of a dossier stand when something is tried.
const STATES: [&str; 5] = ["none", "valid", "expired", "withdrawn", "other ground"];

/// What was written while it could be.
struct Written {
    test: EntryId,
    binned: EntryId,
    contact: EntryId,
    change: dossierkluis::ids::ChangeId,
}

pub fn contact(exchange: &str) -> EntryContent {
    EntryContent {
        professional: Some(DOCTOR.to_owned()),
        exchange: Some(exchange.to_owned()),
        ..EntryContent::note("Overleg gehad.")
    }
}

/// A dossier with everything written on valid consents, which are then as the state says.
async fn arrange(home: &Home, anna: &Practice, id: DossierId, state: &str) -> Written {
    let until = Some("2026-09-25".to_owned());
    let requests = [
        Request {
            until: until.clone(),
            ..special(&["religion", "test_results"])
        },
        Request {
            until: until.clone(),
            ..professional()
        },
        Request {
            until: until.clone(),
            ..disclosure()
        },
        Request {
            until,
            ..form("newsletter")
        },
    ];
    let mut given = Vec::new();
    for request in &requests {
        given.push(give(anna, id, request).await);
    }
    for value in ["eerste", "tweede"] {
        anna.put_field(id, "religion", Some(value)).await.unwrap();
    }
    let note = || EntryContent::note("Uitslag.");
    let written = Written {
        test: anna.add_entry(id, "test_results", note()).await.unwrap().0,
        binned: anna.add_entry(id, "test_results", note()).await.unwrap().0,
        contact: anna
            .add_entry(id, "contact_log", EntryContent::note("x"))
            .await
            .unwrap()
            .0,
        change: anna.history(id, "religion").await.unwrap()[0].id,
    };
    anna.bin_entry(written.binned).await.unwrap();
    match state {
        "none" => {
            for entry in given {
                anna.bin_entry(entry).await.unwrap();
            }
        }
        "expired" => home.clock.forward(TimeDelta::days(6)),
        "withdrawn" | "other ground" => {
            for entry in given {
                anna.withdraw_consent(entry, &Withdrawing::default())
                    .await
                    .unwrap();
            }
        }
        _ => {}
    }
    if state == "other ground" {
        for (ground, scope) in [
            ("made_public", &["religion", "test_results"][..]),
            ("treatment_team", &["ask", "inform"]),
            ("statutory_disclosure", &[]),
            ("existing_customer", &[]),
        ] {
            let mut new = NewGround {
                ground: ground.to_owned(),
                scope: words(scope),
                reason: "Zie het dossier.".to_owned(),
                ..NewGround::default()
            };
            if ground == "statutory_disclosure" {
                // Nothing goes to whoever asks.
                let to_all = anna.record_ground(id, &new).await;
                assert_eq!(reason(to_all), "empty");
                "UWV".clone_into(&mut new.recipient);
            }
            anna.record_ground(id, &new).await.unwrap();
        }
    }
    written
}

async fn import(anna: &Practice) -> &'static str {
    let file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    std::fs::write(file.path(), "surname;religion\nBos;verzonnen\n").unwrap();
    let table = read_table(file.path()).unwrap();
    let plan = ImportPlan {
        kind: "client".to_owned(),
        home: anna.own_circle().into(),
        mapping: vec![Some("surname"), Some("religion")],
        skip_refused: false,
        skip_duplicates: false,
    };
    let preview = anna.preview_import(&table, &plan).unwrap();
    let report = anna
        .import(&table, &plan, &|_| (), &|| false)
        .await
        .unwrap();
    assert_eq!((report.added, &preview.refused), (0, &report.refused));
    report.refused[0].reason
}

async fn create(anna: &Practice) -> &'static str {
    let fields = [("surname", "Bos"), ("religion", "verzonnen")];
    let fields = fields.map(|(field, value)| (field.to_owned(), value.to_owned()));
    let new = NewDossier {
        kind: "client".to_owned(),
        home: anna.own_circle().into(),
        fields: BTreeMap::from(fields),
    };
    reason(anna.create(&new).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_with_a_professional_says_which_way_it_went() {
    let (_home, anna, id) = one().await;
    let with = |role: &str| EntryContent {
        role: Some(role.to_owned()),
        ..EntryContent::note("Overleg gehad.")
    };
    for role in ["gp", "psychologist"] {
        let added = anna.add_entry(id, "contact_log", with(role)).await;
        assert_eq!(reason(added), "professional_and_exchange");
    }
    anna.add_entry(id, "contact_log", with("partner"))
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn no_way_in_gets_past_a_gate() {
    for state in STATES {
        let (home, anna, id) = one().await;
        let written = arrange(&home, &anna, id, state).await;
        let expected = match state {
            "none" => "ground_missing",
            "expired" => "ground_expired",
            "withdrawn" => "ground_withdrawn",
            _ => "done",
        };
        let disclose = Act::Disclose {
            recipient: "uwv".to_owned(),
            purpose: "Samenwerking".to_owned(),
            whole: false,
        };
        let note = || EntryContent::note("Anders.");
        let revision = async || {
            let view = anna.open_dossier(id, Reveal::All).await.unwrap();
            match view.fields["religion"] {
                dossierkluis::access::Seen::Shown { revision, .. } => revision,
                _ => 0,
            }
        };
        let ways = [
            (
                "set",
                reason(
                    anna.set_field(id, "religion", Some("x"), revision().await)
                        .await,
                ),
            ),
            (
                "put",
                reason(anna.put_field(id, "religion", Some("y")).await),
            ),
            (
                "restore a value",
                reason(anna.restore_field(id, "religion", written.change).await),
            ),
            (
                "add",
                reason(anna.add_entry(id, "test_results", note()).await),
            ),
            (
                "edit",
                reason(anna.edit_entry(written.test, note(), 1).await),
            ),
            (
                "out of the bin",
                reason(anna.restore_entry(written.binned).await),
            ),
            (
                "told by",
                reason(anna.add_entry(id, "contact_log", contact("ask")).await),
            ),
            (
                "told to",
                reason(anna.add_entry(id, "contact_log", contact("inform")).await),
            ),
            (
                "made a telling",
                reason(anna.edit_entry(written.contact, contact("inform"), 1).await),
            ),
            (
                "ask first",
                reason(anna.consent_for(id, &Act::Ask(DOCTOR.to_owned())).await),
            ),
            ("disclosure", reason(anna.consent_for(id, &disclose).await)),
            ("newsletter", reason(anna.consent_for(id, &Act::Mail).await)),
        ];
        for (way, found) in ways {
            assert_eq!(found, expected, "{way}, {state}");
        }
        assert_eq!(create(&anna).await, "ground_missing", "{state}");
        assert_eq!(import(&anna).await, "ground_missing", "{state}");
        // Others, and emptying, never needed one.
        assert_eq!(
            reason(anna.put_field(id, "religion", None).await),
            "done",
            "{state}"
        );
        let plain = anna
            .add_entry(id, "contact_log", EntryContent::note("Gebeld."))
            .await;
        assert_eq!(reason(plain), "done", "{state}");
        // What a ground is not for it does not open.
        let nobody = EntryContent {
            professional: Some("Iemand anders".to_owned()),
            ..contact("ask")
        };
        if state != "other ground" {
            assert_ne!(
                reason(anna.add_entry(id, "contact_log", nobody).await),
                "done",
                "{state}"
            );
        }
        assert_ne!(
            reason(anna.put_field(id, "ethnicity", Some("x")).await),
            "done",
            "{state}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_says_what_is_missing_and_is_logged() {
    let (_home, anna, id) = one().await;
    let refused = anna.put_field(id, "religion", Some("verzonnen")).await;
    let Err(Error::Unfounded(unfounded)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(
        (unfounded.needs, &*unfounded.part),
        (Use::Special, "religion")
    );
    let log = anna.audit_log(Some(id), 0, 10).await.unwrap().entries;
    let told = log.iter().find(|entry| !entry.event.success).unwrap();
    assert_eq!(
        (told.event.event, told.event.reason.as_deref()),
        (EventKind::FieldChanged, Some("ground_missing"))
    );
    // A contact cannot half say that it was with a professional, and nothing else is one.
    let half = EntryContent {
        exchange: None,
        ..contact("ask")
    };
    let half = anna.add_entry(id, "contact_log", half).await;
    assert_eq!(reason(half), "professional_and_exchange");
    let note = anna.add_entry(id, "session_notes", contact("ask")).await;
    assert_eq!(reason(note), "exchange_is_a_contact");
}

#[tokio::test(flavor = "multi_thread")]
async fn taking_back_tells_what_is_left_without_a_ground() {
    let (_home, anna, id) = one().await;
    let entry = give(
        &anna,
        id,
        &special(&["religion", "ethnicity", "test_results"]),
    )
    .await;
    anna.put_field(id, "religion", Some("verzonnen"))
        .await
        .unwrap();
    anna.add_entry(id, "test_results", EntryContent::note("x"))
        .await
        .unwrap();
    let kept: Kept = anna.consents(id).await.unwrap();
    assert!(kept.missing.is_empty());
    let taken = anna
        .withdraw_consent(entry, &Withdrawing::default())
        .await
        .unwrap();
    assert_eq!(taken.left, ["religion", "test_results"]);
    let kept = anna.consents(id).await.unwrap();
    assert_eq!(kept.missing, ["test_results", "religion"]);
    assert_eq!(
        kept.consents[0].state,
        ConsentState::Lacking(Lack::Withdrawn)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ends_soon_is_announced_until_it_is_taken_back() {
    let (_home, anna, id) = one().await;
    let soon = Request {
        until: Some("2026-10-01".to_owned()),
        ..professional()
    };
    let entry = give(&anna, id, &soon).await;
    give(&anna, id, &form("newsletter")).await;
    let ends = async || -> Vec<(&'static str, String)> {
        let endings = anna.endings(30).await.unwrap();
        endings
            .into_iter()
            .map(|one| (one.field, one.until))
            .collect()
    };
    assert_eq!(ends().await, [("consents", "2026-10-01".to_owned())]);
    assert_eq!(
        anna.consent(entry).await.unwrap().state,
        ConsentState::Ending
    );
    anna.withdraw_consent(entry, &Withdrawing::default())
        .await
        .unwrap();
    assert!(ends().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ground_is_chosen_reasoned_and_can_be_ended() {
    let (_home, anna, id) = one().await;
    let new = |ground: &str, scope: &[&str], why: &str| NewGround {
        ground: ground.to_owned(),
        scope: words(scope),
        reason: why.to_owned(),
        ..NewGround::default()
    };
    for (wrong, said) in [
        (new("gezond verstand", &["religion"], "x"), "choice"),
        (new("made_public", &[], "x"), "choice"),
        (new("care", &["religion"], "x"), "choice"),
        (new("existing_customer", &["religion"], "x"), "choice"),
        (new("made_public", &["religion"], " "), "empty"),
    ] {
        assert_eq!(
            reason(anna.record_ground(id, &wrong).await),
            said,
            "{}",
            wrong.ground
        );
    }
    let entry = anna
        .record_ground(id, &new("made_public", &["religion"], "Website"))
        .await
        .unwrap();
    anna.put_field(id, "religion", Some("x")).await.unwrap();
    let kept = anna.consents(id).await.unwrap();
    assert!(kept.grounds[0].ground.source.contains("9(2)(e)"));
    anna.end_ground(entry).await.unwrap();
    let refused = anna.put_field(id, "religion", Some("y")).await;
    assert_eq!(reason(refused), "ground_withdrawn");
    assert_eq!(anna.verify().await.unwrap().findings, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dossier_that_moves_keeps_what_was_signed() {
    let (home, anna, id) = one().await;
    let entry = give(&anna, id, &special(&["religion"])).await;
    let circle = anna.new_circle("Samen").await.unwrap();
    anna.move_dossier(id, circle).await.unwrap();
    let anna = home.colleague(anna, "Bram", &["coach"]).await;
    let bram = user_id(&anna, "Bram").await;
    anna.add_to_circle(circle, bram).await.unwrap();
    drop(anna.lock().await.unwrap());
    let bram = home.sign_in("Bram", OTHER).await;
    assert_eq!(
        bram.consent(entry).await.unwrap().state,
        ConsentState::Valid
    );
    bram.put_field(id, "religion", Some("verzonnen"))
        .await
        .unwrap();
    assert_eq!(bram.verify().await.unwrap().findings, Vec::<String>::new());
}
