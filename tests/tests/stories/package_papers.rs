//! Documents in packages: every version and every link arrives, and a package makes nobody read what lies here.

use crate::{
    packages::{Forged, QUIET, SECRET, by_password, hex_digest, moves, own},
    support::{Home, client},
};
use chrono::TimeDelta;
use dossierkluis::{
    document::{LinkState, NewDocument, Source},
    dossier::{EntryContent, Reveal},
    error::Error,
    ids::{DossierId, EntryId},
    practice::Practice,
};
use serde_json::{Value, json};
use std::{fs, path::Path, sync::Arc};
use zeroize::Zeroizing;
use zip::CompressionMethod;

fn bytes(text: &str) -> Source {
    let text = Zeroizing::new(text.as_bytes().to_vec());
    Source::Bytes("verslag.txt".to_owned(), text)
}

async fn add(practice: &Practice, id: DossierId, text: &str) -> EntryId {
    let new = NewDocument {
        title: text.to_owned(),
        ..NewDocument::default()
    };
    let stop = Arc::default();
    practice
        .add_document(id, "documents", &new, bytes(text), &|_| (), &stop)
        .await
        .unwrap()
}

/// What a document said before: when, its title and the bytes of then, the newest first.
async fn versions(practice: &Practice, id: EntryId) -> Vec<(i64, Option<String>, Vec<u8>)> {
    let mut found = Vec::new();
    for one in practice.entry_history(id).await.unwrap() {
        let shown = practice.show_document(id, Some(one.id)).await.unwrap();
        found.push((one.at, one.before.title.clone(), shown.bytes.to_vec()));
    }
    found
}

/// A document whose file was replaced, and whose title was changed after that.
async fn with_versions(home: &Home, practice: &Practice, id: DossierId) -> EntryId {
    let document = add(practice, id, "Eerste versie").await;
    let revision = practice.document_revision(document).await.unwrap();
    home.clock.forward(TimeDelta::minutes(1));
    let stop = Arc::default();
    practice
        .replace_document(document, bytes("Tweede versie"), revision, &|_| (), &stop)
        .await
        .unwrap();
    let named = EntryContent {
        title: Some("Verslag".to_owned()),
        ..EntryContent::default()
    };
    home.clock.forward(TimeDelta::minutes(1));
    practice
        .edit_entry(document, named, revision + 1)
        .await
        .unwrap();
    document
}

async fn file_of(practice: &Practice, dossier: DossierId, id: EntryId) -> Value {
    let view = practice
        .open_dossier(dossier, Reveal::Nothing)
        .await
        .unwrap();
    let entry = view.entries.iter().find(|one| one.id == id).unwrap();
    serde_json::from_str::<Value>(&entry.content).unwrap()["file"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn earlier_versions_and_links_arrive_and_the_bin_does_not() {
    let (home, outside) = (Home::new(), tempfile::tempdir().unwrap());
    let (anna, _) = home.founded().await;
    let id = client(&anna, anna.own_circle(), &[("surname", "Jansen")]).await;
    let document = with_versions(&home, &anna, id).await;
    let lies = outside.path().join("plan.txt");
    fs::write(&lies, "Plan van aanpak").unwrap();
    let new = NewDocument::default();
    let linked = anna
        .link_document(id, "documents", &new, &lies, &|| false)
        .await
        .unwrap();
    let binned = add(&anna, id, "Weg ermee").await;
    anna.bin_entry(binned).await.unwrap();
    let request = moves(&anna, id).await;
    let path = outside.path().join("dossier.age");
    let sent = anna
        .package_dossier(request, &path, &by_password(), QUIET)
        .await
        .unwrap();
    // Three versions of one document have two files.
    assert_eq!((sent.dossiers, sent.documents), (1, 2));

    let other = Home::new();
    let (bea, _) = other.founded().await;
    let report = bea
        .receive_package(&path, Some(SECRET), &own(&bea), &|_| ())
        .await
        .unwrap();
    assert_eq!(report.documents, 2);
    let before = versions(&anna, document).await;
    assert_eq!(before.len(), 2);
    assert_eq!(versions(&bea, document).await, before);
    assert_eq!(before[1].2, b"Eerste versie");
    let shown = bea.show_document(document, None).await.unwrap();
    assert_eq!(&*shown.bytes, b"Tweede versie");
    assert!(matches!(
        bea.show_document(binned, None).await.err(),
        Some(Error::NotFound)
    ));
    // The link says where the file lay, and nobody looks there, though it is there.
    let place = file_of(&bea, id, linked).await;
    assert_eq!(
        place["path"],
        file_of(&anna, id, linked).await["path"],
        "{place}"
    );
    assert_eq!(
        bea.link_state(linked, &|| false).await.unwrap(),
        LinkState::Away
    );
    refuses_link(&bea, linked, &outside.path().join("x")).await;
    // Whoever gets the file links it anew.
    let revision = bea.document_revision(linked).await.unwrap();
    bea.relink_document(linked, &lies, revision, &|| false)
        .await
        .unwrap();
    let state = bea.link_state(linked, &|| false).await.unwrap();
    assert_eq!(state, LinkState::Unchanged);
    assert!(bea.verify().await.unwrap().findings.is_empty());
    // Destroying takes every version along.
    bea.destroy_document(document).await.unwrap();
    let left = fs::read_dir(other.folder.join("documents")).map_or(0, Iterator::count);
    assert_eq!(left, 0);
}

async fn refuses_link(practice: &Practice, id: EntryId, out: &Path) {
    let never = || false;
    let shown = practice.show_document(id, None).await.err();
    let saved = practice.save_document(id, None, out, &|_| (), &never).await;
    let carried = practice
        .export_document(id, out, &by_password(), &|_| (), &never)
        .await;
    for refused in [shown, saved.err(), carried.err()] {
        assert!(
            matches!(
                refused,
                Some(Error::Refused {
                    reason: "link_away",
                    ..
                })
            ),
            "{refused:?}"
        );
    }
    assert!(!out.exists());
}

/// A document that claims to be a link to this file, now and in its history.
fn linking(secret: &Path) -> Forged {
    let mut forged = Forged::new();
    let file = json!({ "name": "x.txt", "media": "text/plain", "size": 7, "sha256": hex_digest(b"Geheim."),
        "path": secret.to_str().unwrap() });
    let history = json!([{ "at": 1, "before": { "file": file } }]);
    forged.dossier["entries"] = json!([{ "id": EntryId::make().to_string(), "field": "documents", "created_at": 1, "changed_at": 1,
        "by": "Y", "content": { "file": file }, "history": history }]);
    forged
}

#[tokio::test(flavor = "multi_thread")]
async fn a_package_leads_to_no_file_that_lies_here() {
    let (home, outside) = (Home::new(), tempfile::tempdir().unwrap());
    let (bea, _) = home.founded().await;
    let (secret, path) = (
        outside.path().join("geheim.txt"),
        outside.path().join("x.age"),
    );
    fs::write(&secret, "Geheim.").unwrap();
    let forged = linking(&secret);
    forged.write(&path);
    bea.receive_package(&path, Some(SECRET), &own(&bea), &|_| ())
        .await
        .unwrap();
    let id: EntryId = forged.dossier["entries"][0]["id"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    refuses_link(&bea, id, &outside.path().join("uit")).await;
    for one in bea.entry_history(id).await.unwrap() {
        assert!(bea.show_document(id, Some(one.id)).await.is_err());
    }
    assert_eq!(
        bea.link_state(id, &|| false).await.unwrap(),
        LinkState::Away
    );
}

/// Each of these says of a document what only the store may say, or says two things at once.
fn twisted() -> Vec<(&'static str, Forged)> {
    let text = b"Verzonnen.";
    let made = || {
        let digest = hex_digest(text);
        Forged::with_document(text.to_vec(), 10, &digest, CompressionMethod::Stored)
    };
    let at = |forged: &mut Forged, place: &str, value: Value| {
        *forged.dossier.pointer_mut(place).unwrap() = value;
    };
    let with = |member: &str, value: &str| {
        let mut forged = made();
        forged.dossier["entries"][0]["content"]["file"][member] = json!(value);
        ("package_form", forged)
    };
    let mut cases = vec![
        with("id", &EntryId::make().to_string()),
        with("key", &"0".repeat(64)),
        with("path", "/etc/passwd"),
        with("ground", "olifant"),
    ];
    let mut none = made();
    at(&mut none, "/entries/0/content", json!({ "text": "x" }));
    cases.push(("package_form", none));
    let mut note = made();
    at(&mut note, "/entries/0/field", json!("goals"));
    cases.push(("package_form", note));
    // One file for two documents, and a version whose file is not in the package.
    let mut two = made();
    let mut second = two.dossier["entries"][0].clone();
    second["id"] = json!(EntryId::make().to_string());
    two.dossier["entries"].as_array_mut().unwrap().push(second);
    cases.push(("package_path", two));
    let mut gone = made();
    let before = gone.dossier["entries"][0]["content"].clone();
    let place = format!("documents/{}", EntryId::make());
    gone.dossier["entries"][0]["history"] =
        json!([{ "at": 1, "before": before, "document": place }]);
    cases.push(("package_path", gone));
    let mut bare = made();
    let before = bare.dossier["entries"][0]["content"].clone();
    bare.dossier["entries"][0]["history"] = json!([{ "at": 1, "before": before }]);
    cases.push(("package_form", bare));
    cases
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_is_not_what_it_says_is_refused_whole() {
    let (home, outside) = (Home::new(), tempfile::tempdir().unwrap());
    let (bea, _) = home.founded().await;
    let path = outside.path().join("x.age");
    for (at, (reason, forged)) in twisted().iter().enumerate() {
        forged.write(&path);
        let refused = bea
            .receive_package(&path, Some(SECRET), &own(&bea), &|_| ())
            .await;
        match refused.err() {
            Some(Error::Refused { reason: found, .. }) => assert_eq!(found, *reason, "case {at}"),
            other => panic!("case {at}: {other:?}"),
        }
    }
    let left = fs::read_dir(home.folder.join("documents")).map_or(0, Iterator::count);
    assert_eq!(left, 0);
}
