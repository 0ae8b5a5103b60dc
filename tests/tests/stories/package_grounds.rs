//! What in a package rests on a consent or another ground: at both ends it goes along with that, or stays behind and is told.

use crate::{
    consents::{self, DOCTOR, contact, give, one, professional, reason, special},
    disclosures::favour,
    packages::{Forged, QUIET, SECRET, by_password, hex_digest, moves, own},
    support::Home,
};
use chrono::TimeDelta;
use dossierkluis::{
    access::Act,
    consent::{ConsentState, NewGround, Withdrawing},
    disclosure::ReceiveReport,
    dossier::{EntryContent, Reveal},
    error::Error,
    ids::{DossierId, EntryId},
    practice::Practice,
};
use serde_json::{Value, json};
use std::path::Path;
use zip::CompressionMethod;

/// Moves a dossier to a package; gives what stayed behind for want of a ground.
async fn send(practice: &Practice, id: DossierId, path: &Path) -> (EntryId, Vec<String>) {
    let request = moves(practice, id).await;
    let report = practice
        .package_dossier(request, path, &by_password(), QUIET)
        .await
        .unwrap();
    let left = report.left_out.into_iter();
    let left = left.filter(|one| one.reason == "no_ground");
    (request, left.map(|one| one.what).collect())
}

async fn receive(practice: &Practice, path: &Path) -> Result<ReceiveReport, Error> {
    practice
        .receive_package(path, Some(SECRET), &own(practice), &|_| ())
        .await
}

async fn value(practice: &Practice, id: DossierId, field: &str) -> Option<String> {
    let view = practice.open_dossier(id, Reveal::All).await.unwrap();
    view.fields[field].value().map(str::to_owned)
}

async fn contacts(practice: &Practice, id: DossierId) -> usize {
    let view = practice.open_dossier(id, Reveal::Nothing).await.unwrap();
    let entries = view.entries.iter();
    entries.filter(|one| one.field == "contact_log").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_rests_on_nothing_any_more_stays_behind() {
    let (home, anna, id) = one().await;
    let doctor = give(&anna, id, &professional()).await;
    let religion = give(&anna, id, &special(&["religion"])).await;
    give(&anna, id, &special(&["ethnicity"])).await;
    for (field, text) in [("religion", "eerste"), ("religion", ""), ("ethnicity", "x")] {
        anna.put_field(id, field, Some(text)).await.unwrap();
    }
    anna.add_entry(id, "contact_log", contact("ask"))
        .await
        .unwrap();
    // What the doctor told was told while it might be; what stood there in writing needs a ground now, also as history.
    home.clock.forward(TimeDelta::days(1));
    for entry in [doctor, religion] {
        anna.withdraw_consent(entry, &Withdrawing::default())
            .await
            .unwrap();
    }
    let outside = tempfile::tempdir().unwrap();
    let path = outside.path().join("x.age");
    let (request, left) = send(&anna, id, &path).await;
    assert_eq!(left, ["religion"]);

    let other = Home::new();
    other.clock.forward(TimeDelta::days(1));
    let (bea, _) = other.founded().await;
    let report = receive(&bea, &path).await.unwrap();
    // The sender said so; nothing more is missing.
    let told: Vec<_> = report
        .left_out
        .iter()
        .filter(|one| one.reason == "no_ground")
        .map(|one| &*one.what)
        .collect();
    assert_eq!(told, ["religion"]);
    assert_eq!(value(&bea, id, "ethnicity").await.as_deref(), Some("x"));
    assert_eq!(value(&bea, id, "religion").await, None);
    assert!(bea.history(id, "religion").await.unwrap().is_empty());
    assert_eq!(contacts(&bea, id).await, 1);
    assert_eq!(bea.verify().await.unwrap().findings, Vec::<String>::new());
    // What another practice weighed is no letter of this one, and opens no package.
    for answer in [
        reason(bea.disclosure_letter(request).await),
        reason(bea.preview_answer(request, &favour()).await),
        reason(
            bea.package_dossier(request, &path, &by_password(), QUIET)
                .await,
        ),
    ] {
        assert_eq!(answer, "from_elsewhere");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_to_another_practice_opens_nothing_new_here() {
    let (_home, anna, id) = one().await;
    for request in [
        special(&["religion"]),
        professional(),
        consents::disclosure(),
        consents::form("newsletter"),
    ] {
        give(&anna, id, &request).await;
    }
    let ground = NewGround {
        ground: "existing_customer".to_owned(),
        reason: "Zie het dossier.".to_owned(),
        ..NewGround::default()
    };
    anna.record_ground(id, &ground).await.unwrap();
    anna.put_field(id, "religion", Some("y")).await.unwrap();
    anna.add_entry(id, "contact_log", contact("inform"))
        .await
        .unwrap();
    let outside = tempfile::tempdir().unwrap();
    let path = outside.path().join("x.age");
    assert!(send(&anna, id, &path).await.1.is_empty());
    let other = Home::new();
    let (bea, _) = other.founded().await;
    receive(&bea, &path).await.unwrap();
    let disclose = Act::Disclose {
        recipient: "UWV".to_owned(),
        purpose: "samenwerking".to_owned(),
        whole: false,
    };
    for act in [Act::Mail, Act::Ask(DOCTOR.to_owned()), disclose] {
        anna.consent_for(id, &act).await.unwrap();
        assert_eq!(reason(bea.consent_for(id, &act).await), "ground_elsewhere");
    }
    let more = bea.add_entry(id, "contact_log", contact("ask")).await;
    assert_eq!(reason(more), "ground_elsewhere");
    let more = bea.put_field(id, "religion", Some("z")).await;
    assert_eq!(reason(more), "ground_elsewhere");
    let kept = bea.consents(id).await.unwrap();
    let elsewhere = kept.consents.iter();
    let elsewhere = elsewhere.filter(|one| one.state.code() == "elsewhere");
    assert_eq!((kept.consents.len(), elsewhere.count()), (4, 4));
    // What came with it rests on it.
    assert!(kept.missing.is_empty());
    // It goes on from there with what it came with.
    let further = outside.path().join("y.age");
    assert!(send(&bea, id, &further).await.1.is_empty());
    let third = Home::new();
    let (cas, _) = third.founded().await;
    receive(&cas, &further).await.unwrap();
    assert_eq!(contacts(&cas, id).await, 1);
    assert_eq!(value(&cas, id, "religion").await.as_deref(), Some("y"));
}

/// A made-up package with these entries, put down on the first day of September 2026.
fn with_entries(entries: &[(&str, Value)]) -> Forged {
    let at = 1_788_264_000_000_i64;
    let mut forged = Forged::new();
    let entries = entries.iter().map(|(field, content)| {
        json!({ "id": EntryId::make().to_string(), "field": field, "created_at": at, "changed_at": at, "by": "Y", "content": content })
    });
    forged.dossier["entries"] = entries.collect();
    forged
}

/// The content of a consent or ground as it was recorded here.
async fn genuine(practice: &Practice, id: DossierId, field: &str) -> Value {
    let view = practice.open_dossier(id, Reveal::All).await.unwrap();
    let mut entries = view.entries.iter();
    let entry = entries.find(|one| one.field == field).unwrap();
    serde_json::from_str(&entry.content).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_that_nobody_can_have_given_is_refused() {
    let (_home, anna, id) = one().await;
    give(&anna, id, &special(&["religion"])).await;
    let ground = NewGround {
        ground: "made_public".to_owned(),
        scope: vec!["religion".to_owned()],
        reason: "Zie het dossier.".to_owned(),
        ..NewGround::default()
    };
    anna.record_ground(id, &ground).await.unwrap();
    let consent = genuine(&anna, id, "consents").await;
    let ground = genuine(&anna, id, "grounds").await;
    let outside = tempfile::tempdir().unwrap();
    let path = outside.path().join("x.age");
    let (home, mut arrived) = (Home::new(), 0);
    let (bea, _) = home.founded().await;
    for (list, content) in [("consents", &consent), ("grounds", &ground)] {
        let mut forged = with_entries(&[(list, content.clone())]);
        forged.dossier["fields"]["religion"] = json!({ "value": "Geen" });
        forged.write(&path);
        let report = receive(&bea, &path).await.unwrap();
        assert!(report.left_out.is_empty(), "{list}");
        arrived += 1;
    }
    let twisted = [
        ("consents", "/consent/given/text", json!("Iets anders.")),
        ("consents", "/consent/given/text_sha256", json!("00")),
        ("consents", "/consent/given/to", json!("newsletter")),
        ("consents", "/consent/given/means", json!("")),
        ("consents", "/consent/given/means", json!("oral")),
        ("consents", "/consent/given/signature", json!(null)),
        ("consents", "/consent/given/on", json!("")),
        ("consents", "/consent/given/on", json!("2126-01-01")),
        ("consents", "/consent/given/until", json!("1990-01-01")),
        ("consents", "/consent/given/scope", json!([])),
        ("consents", "/consent/given/scope", json!(["surname"])),
        ("consents", "/consent/given/by/capacity", json!("")),
        ("consents", "/consent/given/by/capacity", json!("mentor")),
        ("consents", "/consent/given/version", json!(0)),
        ("grounds", "/ground/to", json!("newsletter")),
        ("grounds", "/ground/reason", json!("  ")),
        ("grounds", "/ground/source", json!("")),
        ("grounds", "/ground/scope", json!(["surname"])),
        ("grounds", "/ground/on", json!("2126-01-01")),
        ("grounds", "/ground/on", json!("gisteren")),
    ];
    for (list, place, said) in twisted {
        let mut content = if list == "consents" {
            &consent
        } else {
            &ground
        }
        .clone();
        *content.pointer_mut(place).unwrap() = said.clone();
        with_entries(&[(list, content)]).write(&path);
        let refused = reason(receive(&bea, &path).await);
        assert_eq!(refused, "package_consent", "{place} {said}");
    }
    // One that a form of a later version would have, and one in a place where none is.
    let mut later = consent.clone();
    later["consent"]["given"]["template"] = json!("olifant");
    with_entries(&[("consents", later)]).write(&path);
    assert_eq!(reason(receive(&bea, &path).await), "package_newer");
    let mut hidden = consent.clone();
    hidden["text"] = json!("x");
    with_entries(&[("session_notes", hidden)]).write(&path);
    assert_eq!(reason(receive(&bea, &path).await), "package_form");
    let rows = bea.list(&crate::disclosures::all()).await.unwrap().rows;
    assert_eq!(rows.len(), arrived);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_stranger_puts_in_without_a_ground_does_not_come_in() {
    let home = Home::new();
    let (bea, _) = home.founded().await;
    let outside = tempfile::tempdir().unwrap();
    let path = outside.path().join("x.age");
    let told = json!({ "text": "Overleg.", "professional": DOCTOR, "exchange": "ask" });
    let test = json!({ "text": "Uitslag." });
    // However it is written, it will be stored as the one word.
    let shouted = json!({ "text": "Overleg.", "professional": DOCTOR, "exchange": " Ask" });
    let entries = [
        ("contact_log", told),
        ("contact_log", shouted),
        ("test_results", test),
    ];
    let mut forged = with_entries(&entries);
    forged.dossier["fields"]["religion"] = json!({ "value": "Geen" });
    forged.dossier["fields"]["ethnicity"] =
        json!({ "value": "", "history": [{ "at": 1, "before": "Verzonnen" }] });
    forged.write(&path);
    let report = receive(&bea, &path).await.unwrap();
    let mut left: Vec<_> = report.left_out.iter().map(|one| &*one.what).collect();
    left.sort_unstable();
    assert_eq!(
        left,
        ["contact_log", "ethnicity", "religion", "test_results"]
    );
    assert_eq!((report.dossiers, report.entries), (1, 0));
    let id: DossierId = forged.dossier["id"].as_str().unwrap().parse().unwrap();
    assert_eq!(value(&bea, id, "religion").await, None);
    assert!(bea.history(id, "ethnicity").await.unwrap().is_empty());
    // A contact from before the consent, and one from after its end.
    let (_anna_home, anna, other) = one().await;
    give(&anna, other, &professional()).await;
    let mut consent = genuine(&anna, other, "consents").await;
    consent["consent"]["given"]["on"] = json!("2026-08-01");
    for (until, arrives) in [("2026-08-31", 0), ("2026-09-30", 1)] {
        consent["consent"]["given"]["until"] = json!(until);
        let told = json!({ "text": "Overleg.", "professional": DOCTOR, "exchange": "ask" });
        let forged = with_entries(&[("consents", consent.clone()), ("contact_log", told)]);
        forged.write(&path);
        let report = receive(&bea, &path).await.unwrap();
        assert_eq!(
            (report.entries, report.left_out.len()),
            (1 + arrives, 1 - arrives)
        );
    }
    // A whole copy of an identity document, and one in a place where many look.
    let bytes = b"Verzonnen.".to_vec();
    let digest = hex_digest(&bytes);
    for (field, kind, ground, answer) in [
        ("id_documents", "id_copy", "", "package_form"),
        ("documents", "id_copy", "payroll", "package_form"),
        ("id_documents", "", "payroll", "package_form"),
        ("id_documents", "id_copy", "payroll", "done"),
    ] {
        let stored = CompressionMethod::Stored;
        let mut forged = Forged::with_document(bytes.clone(), 10, &digest, stored);
        let entry = &mut forged.dossier["entries"][0];
        entry["field"] = json!(field);
        if !kind.is_empty() {
            entry["content"]["kind"] = json!(kind);
        }
        if !ground.is_empty() {
            entry["content"]["file"]["ground"] = json!(ground);
        }
        forged.write(&path);
        assert_eq!(
            reason(receive(&bea, &path).await),
            answer,
            "{field} {kind} {ground}"
        );
    }
    let note = EntryContent::note("x");
    bea.add_entry(id, "session_notes", note).await.unwrap();
    let valid = bea.consents(id).await.unwrap();
    assert!(
        valid
            .consents
            .iter()
            .all(|one| one.state != ConsentState::Valid)
    );
}
