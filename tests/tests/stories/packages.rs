//! Packages: a dossier and a practice arrive whole in another, and a hostile package arrives not at all.

use crate::{
    cast::{Cast, sample},
    disclosures::favour,
    support::{Home, OTHER, client},
};
use dossierkluis::{
    access::Denial,
    catalogue,
    consent::Request,
    crypto::{Outward, Passphrase, WorkFactor, carry_to},
    disclosure::{Arrival, NewRequest},
    document::{NewDocument, Source},
    dossier::{EntryContent, NewDossier, Reveal},
    error::Error,
    ids::{DossierId, EntryId},
    practice::Practice,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File},
    io::Write,
    path::Path,
    sync::Arc,
};
use zeroize::Zeroizing;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

pub const QUIET: (
    &(dyn Fn(dossierkluis::dossier::Progress) + Sync),
    &(dyn Fn() -> bool + Sync),
) = (&|_| (), &|| false);
pub const SECRET: &str = "vijf zwanen op een vijver";

pub fn by_password() -> Outward {
    Outward::Password(Passphrase::new(SECRET), WorkFactor::for_tests())
}

pub fn own(practice: &Practice) -> Arrival {
    Arrival {
        circle: practice.own_circle(),
        vault: None,
    }
}

pub async fn moves(practice: &Practice, id: DossierId) -> EntryId {
    let new = NewRequest {
        asker: "person".to_owned(),
        purpose: "transfer".to_owned(),
        name: "Mevrouw Zuidwijk".to_owned(),
        ..NewRequest::default()
    };
    let request = practice.register_request(id, &new).await.unwrap();
    let shown = practice.preview_answer(request, &favour()).await.unwrap();
    practice
        .answer_request(request, &favour(), &shown.digest, shown.revision)
        .await
        .unwrap();
    request
}

/// Everything of a dossier that can be compared: values and entries with their histories, and the bytes of documents.
async fn everything(practice: &Practice, id: DossierId) -> Value {
    let view = practice.open_dossier(id, Reveal::All).await.unwrap();
    let mut fields = serde_json::Map::new();
    for (field, seen) in &view.fields {
        let Some(value) = seen.value() else { continue };
        let history: Vec<Value> = practice
            .history(id, field)
            .await
            .unwrap()
            .iter()
            .map(|one| json!([one.at, one.before.as_ref().map(|text| text.to_string())]))
            .collect();
        fields.insert((*field).to_owned(), json!([value, history]));
    }
    let mut entries = Vec::new();
    for entry in &view.entries {
        let mut content: Value = serde_json::from_str(&entry.content).unwrap();
        let members = content.as_object_mut().unwrap();
        members.remove("origin");
        let mut bytes = None;
        if let Some(file) = members.remove("file") {
            let shown = practice.show_document(entry.id, None).await.unwrap();
            bytes = Some((shown.bytes.to_vec(), file["sha256"].clone()));
        }
        let mut history = Vec::new();
        if bytes.is_none() {
            for one in practice.entry_history(entry.id).await.unwrap() {
                history.push(json!([one.at, serde_json::to_value(&one.before).unwrap()]));
            }
        }
        entries.push(json!({ "id": entry.id, "field": entry.field, "at": entry.created_at, "content": content, "bytes": bytes, "history": history }));
    }
    entries.sort_by_key(|entry| entry["id"].to_string());
    json!({ "kind": view.kind, "made": view.created_at, "fields": fields, "entries": entries })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dossier_arrives_whole_in_another_practice() {
    let cast = Cast::new().await;
    let anna = cast.sign_in("Anna").await;
    let request = moves(&anna, cast.full).await;
    let (other, outside) = (Home::new(), tempfile::tempdir().unwrap());
    let (bea, _) = other.founded().await;
    let path = outside.path().join("dossier.age");
    let to = Outward::Recipient(bea.own_recipient().parse().unwrap());
    let sent = anna
        .package_dossier(request, &path, &to, QUIET)
        .await
        .unwrap();
    assert_eq!((sent.dossiers, sent.documents), (1, 2));
    // What Anna may not read did not go, and is named.
    assert!(sent.left_out.iter().any(|one| one.what == "limitations"));
    // Nothing of it is readable on the way.
    let bytes = fs::read(&path).unwrap();
    assert!(memchr::memmem::find(&bytes, b"Zuidwijk").is_none());
    // Only for whom it was made.
    let refused = anna
        .receive_package(&path, None, &own(&anna), &|_| ())
        .await;
    assert!(matches!(
        refused.err(),
        Some(Error::Refused {
            reason: "not_for_you",
            ..
        })
    ));

    let report = bea
        .receive_package(&path, None, &own(&bea), &|_| ())
        .await
        .unwrap();
    assert_eq!((report.dossiers, report.documents), (1, 2));
    assert_eq!(
        (&*report.practice, &*report.by),
        ("Praktijk De Linde", "Anna")
    );
    let mut before = everything(&anna, cast.full).await;
    let after = everything(&bea, cast.full).await;
    // The request itself was marked as sent after the package was made: it is compared without that.
    let id = request.to_string();
    let without = |side: &mut Value| {
        let entries = side["entries"].as_array_mut().unwrap();
        entries.retain(|entry| entry["id"] != id);
    };
    let mut arrived = after.clone();
    without(&mut before);
    without(&mut arrived);
    assert_eq!(before, arrived);
    assert!(arrived["fields"]["bsn"][1].as_array().unwrap().len() == 2);
    // It says where it came from, it is found, and it does not come twice.
    let view = bea.open_dossier(cast.full, Reveal::Nothing).await.unwrap();
    assert!(
        view.entries
            .iter()
            .all(|entry| entry.content.contains("Anna, Praktijk De Linde"))
    );
    let note = sample(catalogue::field("session_notes").unwrap(), 1);
    assert_eq!(bea.search(&note, 5).await.unwrap().0.len(), 1);
    let twice = bea.receive_package(&path, None, &own(&bea), &|_| ()).await;
    assert!(matches!(
        twice.err(),
        Some(Error::Refused {
            reason: "already_here",
            ..
        })
    ));
    assert!(bea.verify().await.unwrap().findings.is_empty());
    // It left once, and the register has which file it was.
    let again = anna.package_dossier(request, &path, &to, QUIET).await;
    assert!(matches!(
        again.err(),
        Some(Error::Refused {
            reason: "sent_already",
            ..
        })
    ));
    let register = anna.disclosures(Some(cast.full)).await.unwrap();
    let line = register.iter().find(|one| one.entry == request).unwrap();
    let digest: String = Sha256::digest(&bytes)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    assert_eq!(line.record.package_sha256, digest);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_dossier_moves_without_an_answered_request_or_its_consent() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let id = client(&anna, anna.own_circle(), &[("surname", "Jansen")]).await;
    let outside = tempfile::tempdir().unwrap();
    let path = outside.path().join("x.age");
    let ask = |asker: &str, purpose: &str| NewRequest {
        asker: asker.to_owned(),
        purpose: purpose.to_owned(),
        name: "Nieuw Begin".to_owned(),
        ..NewRequest::default()
    };
    // Open, of another kind, or without consent: nothing leaves.
    let open = anna
        .register_request(id, &ask("person", "transfer"))
        .await
        .unwrap();
    let other = anna
        .register_request(id, &ask("person", "own_data"))
        .await
        .unwrap();
    let firm = anna
        .register_request(id, &ask("new_firm", "transfer"))
        .await
        .unwrap();
    let shown = anna.preview_answer(other, &favour()).await.unwrap();
    anna.answer_request(other, &favour(), &shown.digest, shown.revision)
        .await
        .unwrap();
    let shown = anna.preview_answer(firm, &favour()).await.unwrap();
    assert_eq!(shown.denial, Some(Denial::NoConsent));
    for request in [open, other, firm] {
        let gone = anna
            .package_dossier(request, &path, &by_password(), QUIET)
            .await;
        assert!(matches!(
            gone.err(),
            Some(Error::Refused {
                reason: "not_answered",
                ..
            })
        ));
        assert!(!path.exists());
    }
    // A consent that is not about all of it moves nothing.
    for (scope, denial) in [
        (&["project_status"][..], Some(Denial::NoConsent)),
        (&["project_status", "whole_dossier"], None),
    ] {
        let asked = Request {
            template: "disclosure".to_owned(),
            language: "nl".to_owned(),
            purpose: "transfer".to_owned(),
            recipient: "Nieuw Begin".to_owned(),
            scope: scope.iter().map(|one| (*one).to_owned()).collect(),
            ..Request::default()
        };
        crate::consents::give(&anna, id, &asked).await;
        let shown = anna.preview_answer(firm, &favour()).await.unwrap();
        assert_eq!(shown.denial, denial);
    }
    drop(anna.lock().await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_practice_is_handed_over_whole_by_who_manages_it() {
    let home = Home::new();
    let (mut anna, _) = home.founded().await;
    anna = home.colleague(anna, "Cas", &["coach"]).await;
    let mine = client(&anna, anna.own_circle(), &[("surname", "Jansen")]).await;
    anna.add_entry(mine, "goals", EntryContent::note("Vier dagen werken"))
        .await
        .unwrap();
    let company = NewDossier {
        kind: "relation".to_owned(),
        home: anna.practice_circle().into(),
        fields: [("organisation".to_owned(), "Bloemhof B.V.".to_owned())].into(),
    };
    let company = anna.create(&company).await.unwrap();
    let source = Source::Bytes(
        "brief.txt".to_owned(),
        Zeroizing::new(b"Beste Jan".to_vec()),
    );
    anna.add_document(
        mine,
        "documents",
        &NewDocument::default(),
        source,
        &|_| (),
        &Arc::default(),
    )
    .await
    .unwrap();
    drop(anna.lock().await.unwrap());
    let outside = tempfile::tempdir().unwrap();
    let path = outside.path().join("praktijk.age");
    let cas = home.sign_in("Cas", OTHER).await;
    let hidden = client(&cas, cas.own_circle(), &[("surname", "Verborgen")]).await;
    let refused = cas
        .package_practice("Nieuw Begin", &path, &by_password(), QUIET)
        .await;
    assert!(matches!(
        refused.err(),
        Some(Error::Denied(Denial::NotAdministrator))
    ));
    drop(cas.lock().await.unwrap());

    let anna = home.sign_in("Anna", crate::support::PASSWORD).await;
    let sent = anna
        .package_practice("Nieuw Begin", &path, &by_password(), QUIET)
        .await
        .unwrap();
    assert_eq!((sent.dossiers, sent.documents), (2, 1));
    let left: Vec<_> = sent
        .left_out
        .iter()
        .map(|one| (&*one.what, &*one.reason))
        .collect();
    assert!(left.contains(&(hidden.to_string().as_str(), "not_readable")));
    let register = anna.disclosures(Some(mine)).await.unwrap();
    assert_eq!(register[0].record.basis, "handover");

    let other = Home::new();
    let (bea, _) = other.founded().await;
    let wrong = bea
        .receive_package(&path, Some("iets anders"), &own(&bea), &|_| ())
        .await;
    assert!(matches!(wrong.err(), Some(Error::WrongPassword)));
    bea.receive_package(&path, Some(SECRET), &own(&bea), &|_| ())
        .await
        .unwrap();
    for id in [mine, company] {
        let (mut before, after) = (everything(&anna, id).await, everything(&bea, id).await);
        before["entries"]
            .as_array_mut()
            .unwrap()
            .retain(|entry| entry["field"] != "disclosures");
        assert_eq!(before, after);
    }
    assert!(matches!(
        bea.open_dossier(hidden, Reveal::Nothing).await.err(),
        Some(Error::NotFound)
    ));
}

/// What somebody hostile puts together.
pub struct Forged {
    pub dossier: Value,
    files: Vec<(String, Vec<u8>, CompressionMethod)>,
    documents: Vec<Value>,
    format: &'static str,
    digest: Option<&'static str>,
}

impl Forged {
    pub fn new() -> Self {
        let id = DossierId::make();
        Self {
            dossier: json!({ "id": id.to_string(), "kind": "client", "created_at": 1, "changed_at": 1,
                "fields": { "surname": { "value": "Jansen" } }, "entries": [], "left_out": [] }),
            files: Vec::new(),
            documents: Vec::new(),
            format: "dossierkluis package 1",
            digest: None,
        }
    }

    pub fn write(&self, path: &Path) {
        let mut file = File::create(path).unwrap();
        let mut carried = carry_to(&mut file, &by_password()).unwrap();
        let mut zip = ZipWriter::new_stream(&mut carried);
        let bytes = serde_json::to_vec(&self.dossier).unwrap();
        let place = format!("dossiers/{}.json", self.dossier["id"].as_str().unwrap());
        let digest: String = Sha256::digest(&bytes)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        let listed = json!([{ "path": place, "size": bytes.len(), "sha256": self.digest.unwrap_or(&digest) }]);
        zip.start_file(place, SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
        for (place, bytes, method) in &self.files {
            let options = SimpleFileOptions::default().compression_method(*method);
            zip.start_file(place.as_str(), options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        let manifest = json!({ "format": self.format, "made": "2026-01-01T00:00:00Z", "practice": "X", "by": "Y",
            "dossiers": listed, "documents": self.documents, "left_out": [] });
        zip.start_file("manifest.json", SimpleFileOptions::default())
            .unwrap();
        zip.write_all(&serde_json::to_vec(&manifest).unwrap())
            .unwrap();
        zip.finish().unwrap();
        carried.finish().unwrap();
    }

    /// With a document in it, said to be of this size and digest.
    pub fn with_document(
        bytes: Vec<u8>,
        size: u64,
        sha256: &str,
        method: CompressionMethod,
    ) -> Self {
        let mut forged = Self::new();
        let entry = EntryId::make();
        let place = format!("documents/{entry}");
        forged.dossier["entries"] = json!([{ "id": entry.to_string(), "field": "documents", "created_at": 1, "changed_at": 1, "by": "Y",
            "content": { "file": { "name": "x.txt", "media": "text/plain", "size": size, "sha256": sha256 } }, "document": place }]);
        forged.documents = vec![json!({ "path": place, "size": size, "sha256": sha256 })];
        forged.files = vec![(place, bytes, method)];
        forged
    }
}

pub fn hex_digest(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Packages that are refused, each with the reason.
fn forgeries(text: &[u8], digest: &str) -> Vec<(&'static str, Forged)> {
    use CompressionMethod::{Deflated, Stored};
    let mut cases: Vec<(&str, Forged)> = Vec::new();
    for place in [
        "../../buiten.txt",
        "/etc/passwd",
        "documents/../x",
        "extra.txt",
    ] {
        let mut strange = Forged::new();
        strange
            .files
            .push((place.to_owned(), text.to_vec(), Stored));
        cases.push(("package_path", strange));
    }
    let mut listed = Forged::new();
    listed
        .files
        .push(("documents/../x".to_owned(), text.to_vec(), Stored));
    listed
        .documents
        .push(json!({ "path": "documents/../x", "size": 10, "sha256": digest }));
    cases.push(("package_path", listed));
    let mut missing = Forged::new();
    let place = format!("documents/{}", EntryId::make());
    missing
        .documents
        .push(json!({ "path": place, "size": 10, "sha256": digest }));
    cases.push(("package_path", missing));
    let mut wrong = Forged::new();
    wrong.digest = Some("00");
    cases.push(("package_digest", wrong));
    let zeros = vec![0; 10 << 20];
    let bomb = hex_digest(&zeros);
    let size = zeros.len() as u64;
    cases.push((
        "package_size",
        Forged::with_document(zeros, size, &bomb, Deflated),
    ));
    cases.push((
        "package_size",
        Forged::with_document(text.to_vec(), 9, digest, Stored),
    ));
    cases.push((
        "package_digest",
        Forged::with_document(text.to_vec(), 10, &"0".repeat(64), Stored),
    ));
    let mut bomb = Forged::new();
    bomb.dossier["fields"]["interests"] = json!({ "value": " ".repeat(80 << 20) });
    cases.push(("package_size", bomb));
    // Less than a text may grow, and more than all of them may in a package of this size.
    let grown: String = (0..30_000u32)
        .map(|at| format!("{:08x}{:1000}", at.wrapping_mul(2_654_435_761), ""))
        .collect();
    let mut swollen = Forged::new();
    swollen.dossier["fields"]["interests"] = json!({ "value": grown });
    cases.push(("package_size", swollen));
    // Small as it is written, and large as it is read.
    let mut many = Forged::new();
    let changes: Vec<Value> = (0..300_000)
        .map(|_| json!({ "at": 0, "before": "" }))
        .collect();
    many.dossier["fields"]["interests"] = json!({ "value": "x", "history": changes });
    cases.push(("package_size", many));
    // What stayed behind is read by people: it is no place for a stranger's words.
    for (what, reason) in [("Bel 06-12345678", "no_grant"), ("religion", "\u{1b}[2J")] {
        let mut said = Forged::new();
        said.dossier["left_out"] = json!([{ "what": what, "reason": reason }]);
        cases.push(("package_form", said));
    }
    let mut history = Forged::new();
    history.dossier["fields"]["religion "] =
        json!({ "value": "", "history": [{ "at": 1, "before": "x" }] });
    cases.push(("package_newer", history));
    for (place, value) in [("surprise", json!(1)), ("kind", json!("olifant"))] {
        let mut unknown = Forged::new();
        unknown.dossier[place] = value;
        cases.push(("package_newer", unknown));
    }
    let mut unknown = Forged::new();
    unknown.dossier["fields"]["olifant"] = json!({ "value": "x" });
    cases.push(("package_newer", unknown));
    let mut member = Forged::new();
    member.dossier["entries"] = json!([{ "id": EntryId::make().to_string(), "field": "goals", "created_at": 1, "changed_at": 1, "by": "Y",
        "content": { "text": "x", "surprise": true } }]);
    cases.push(("package_newer", member));
    let mut later = Forged::new();
    later.format = "dossierkluis package 2";
    cases.push(("package_newer", later));
    let mut strange = Forged::new();
    strange.format = "iets anders";
    cases.push(("package_form", strange));
    cases
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_package_is_refused_whole() {
    let home = Home::new();
    let (bea, _) = home.founded().await;
    let outside = tempfile::tempdir().unwrap();
    let path = outside.path().join("x.age");
    let text = b"Verzonnen.".to_vec();
    let digest = hex_digest(&text);
    for (at, (reason, forged)) in forgeries(&text, &digest).iter().enumerate() {
        forged.write(&path);
        let refused = bea
            .receive_package(&path, Some(SECRET), &own(&bea), &|_| ())
            .await;
        match refused.err() {
            Some(Error::Refused { reason: found, .. }) => assert_eq!(found, *reason, "case {at}"),
            other => panic!("case {at}: {other:?}"),
        }
    }
    // A value that no field takes is refused as if it were typed; what is cut off or no package at all is, too.
    let mut value = Forged::new();
    value.dossier["fields"]["bsn"] = json!({ "value": "111252333" });
    value.write(&path);
    assert!(
        bea.receive_package(&path, Some(SECRET), &own(&bea), &|_| ())
            .await
            .is_err()
    );
    Forged::new().write(&path);
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() - 40]).unwrap();
    assert!(
        bea.receive_package(&path, Some(SECRET), &own(&bea), &|_| ())
            .await
            .is_err()
    );
    fs::write(&path, b"geen pakket").unwrap();
    assert!(
        bea.receive_package(&path, Some(SECRET), &own(&bea), &|_| ())
            .await
            .is_err()
    );
    // Nothing came in, and nothing was left behind.
    assert!(
        bea.list(&crate::disclosures::all())
            .await
            .unwrap()
            .rows
            .is_empty()
    );
    let left = fs::read_dir(home.folder.join("documents")).map_or(0, Iterator::count);
    assert_eq!(left, 0);
    // The same without its trick arrives.
    Forged::with_document(text, 10, &digest, CompressionMethod::Stored).write(&path);
    let report = bea
        .receive_package(&path, Some(SECRET), &own(&bea), &|_| ())
        .await
        .unwrap();
    assert_eq!((report.dossiers, report.documents), (1, 1));
}
