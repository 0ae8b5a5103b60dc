//! Documents: kept sealed in chunks, whole or not at all, and gone when they are destroyed.

use crate::{
    respawn,
    support::{Home, OTHER, PASSWORD, TestClock, client, open},
    vaults::{VAULT, employee, vault},
};
use dossierkluis::{
    access::ViewedEntry,
    crypto::{Outward, Passphrase, WorkFactor, open_with},
    document::{LinkState, NewDocument, Source},
    dossier::{EntryContent, Reveal},
    error::Error,
    ids::{DossierId, EntryId},
    practice::Practice,
    store::StoreError,
};
use std::{
    collections::hash_map::RandomState,
    fs,
    hash::BuildHasher,
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Arc, atomic::AtomicBool},
    time::Duration,
};
use zeroize::Zeroizing;

const TEXT: &[u8] = b"Verslag van een verzonnen gesprek, dat nergens leesbaar mag staan.";

async fn add(practice: &Practice, id: DossierId, bytes: &[u8]) -> EntryId {
    let source = Source::Bytes("verslag.txt".to_owned(), Zeroizing::new(bytes.to_vec()));
    let new = NewDocument {
        kind: "report".to_owned(),
        ..NewDocument::default()
    };
    practice
        .add_document(id, "documents", &new, source, &|_| (), &Arc::default())
        .await
        .unwrap()
}

async fn with_client() -> (Home, Practice, DossierId) {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let id = client(&anna, anna.own_circle(), &[("surname", "Jansen")]).await;
    (home, anna, id)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

fn sealed_files(home: &Home) -> Vec<PathBuf> {
    let folder = home.folder.join("documents");
    if folder.exists() {
        files(&folder)
    } else {
        Vec::new()
    }
}

fn holds(path: &Path, piece: &[u8]) -> bool {
    let bytes = fs::read(path).unwrap_or_default();
    memchr::memmem::find(&bytes, piece).is_some()
}

async fn entries(practice: &Practice, id: DossierId) -> Vec<ViewedEntry> {
    practice
        .open_dossier(id, Reveal::Nothing)
        .await
        .unwrap()
        .entries
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_comes_back_byte_by_byte_and_its_versions_stay() {
    let (home, anna, id) = with_client().await;
    let outside = tempfile::tempdir().unwrap();
    let path = outside.path().join("Brief aan werkgever.pdf");
    let first: Vec<u8> = b"%PDF-1.7\n"
        .iter()
        .copied()
        .chain((0..3_000_000).map(|at| (at % 251) as u8))
        .collect();
    fs::write(&path, &first).unwrap();
    let new = NewDocument {
        kind: "letter".to_owned(),
        on: "03-02-2026".to_owned(),
        ..NewDocument::default()
    };
    let seen = std::sync::Mutex::new((0, 0));
    let source = Source::File(path.clone());
    let entry = anna
        .add_document(
            id,
            "documents",
            &new,
            source,
            &|at| *seen.lock().unwrap() = (at.done, at.total),
            &Arc::default(),
        )
        .await
        .unwrap();
    assert_eq!(*seen.lock().unwrap(), (first.len(), first.len()));
    let shown = anna.show_document(entry, None).await.unwrap();
    assert!(*shown.bytes == first && shown.media == "application/pdf");
    // The key of the file stays inside, in every way out.
    let view = anna.open_dossier(id, Reveal::All).await.unwrap();
    let content = EntryContent::parse(view.entries[0].content.as_bytes()).unwrap();
    let file = content.file.as_ref().unwrap();
    assert!(file.key.is_empty() && !file.id.is_empty());
    assert_eq!(
        (file.size, &*file.name),
        (first.len() as u64, "Brief aan werkgever.pdf")
    );
    assert_eq!(content.title.as_deref(), Some("Brief aan werkgever.pdf"));
    assert_eq!(content.on.as_deref(), Some("2026-02-03"));
    // Changing what is said about it leaves the file alone, whatever is sent.
    let changed = EntryContent {
        title: Some("Brief".to_owned()),
        file: Some(dossierkluis::dossier::FileRef::default().into()),
        ..EntryContent::default()
    };
    anna.edit_entry(entry, changed, 1).await.unwrap();
    assert!(*anna.show_document(entry, None).await.unwrap().bytes == first);
    fs::write(&path, TEXT).unwrap();
    let revision = anna.document_revision(entry).await.unwrap();
    let source = Source::File(path.clone());
    anna.replace_document(entry, source, revision, &|_| (), &Arc::default())
        .await
        .unwrap();
    assert_eq!(
        anna.show_document(entry, None)
            .await
            .unwrap()
            .bytes
            .as_slice(),
        TEXT
    );
    let former = anna.entry_history(entry).await.unwrap();
    assert!(
        former
            .iter()
            .all(|change| change.before.file.as_ref().unwrap().key.is_empty())
    );
    let oldest = anna
        .show_document(entry, Some(former.last().unwrap().id))
        .await
        .unwrap();
    assert!(*oldest.bytes == first);
    assert_eq!(sealed_files(&home).len(), 2);
    anna.save_document(
        entry,
        None,
        &outside.path().join("weer.txt"),
        &|_| (),
        &|| false,
    )
    .await
    .unwrap();
    assert_eq!(fs::read(outside.path().join("weer.txt")).unwrap(), TEXT);
    let inside = anna
        .save_document(
            entry,
            None,
            &home.folder.join("practice.db"),
            &|_| (),
            &|| false,
        )
        .await;
    assert!(matches!(inside, Err(Error::Export("own_folder"))));
    assert_eq!(anna.verify().await.unwrap().findings, Vec::<String>::new());
    for path in files(&home.folder) {
        assert!(
            !holds(&path, &TEXT[..32]) && !holds(&path, &first[1000..1032]),
            "{path:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_destroyed_is_nowhere_in_the_folder() {
    let (home, anna, id) = with_client().await;
    let kept = add(&anna, id, b"dit blijft").await;
    let gone = add(&anna, id, TEXT).await;
    let source = Source::Bytes("nieuw.txt".to_owned(), Zeroizing::new(TEXT.repeat(5000)));
    anna.replace_document(gone, source, 1, &|_| (), &Arc::default())
        .await
        .unwrap();
    let before: Vec<PathBuf> = sealed_files(&home);
    assert_eq!(before.len(), 3);
    let pieces: Vec<Vec<u8>> = before
        .iter()
        .map(|path| fs::read(path).unwrap()[17..41].to_vec())
        .collect();
    anna.destroy_document(gone).await.unwrap();
    let after = sealed_files(&home);
    assert_eq!(after.len(), 1);
    let lost = before
        .iter()
        .zip(&pieces)
        .filter(|(path, _)| !after.contains(path));
    for (_, piece) in lost {
        assert!(files(&home.folder).iter().all(|path| !holds(path, piece)));
    }
    // The log of the database, where the only copy of the key stood last, is empty.
    let log = fs::metadata(home.folder.join("practice.db-wal")).map_or(0, |file| file.len());
    assert!(log < 64 * 1024, "{log}");
    assert!(matches!(
        anna.show_document(gone, None).await,
        Err(Error::NotFound)
    ));
    assert!(anna.show_document(kept, None).await.is_ok());
    // From the bin as well, when its term is over; and with the whole dossier.
    anna.bin_entry(kept).await.unwrap();
    home.clock.forward(chrono::TimeDelta::days(31));
    anna.empty_expired().await.unwrap();
    assert_eq!(sealed_files(&home).len(), 0);
    add(&anna, id, TEXT).await;
    anna.bin_dossier(id).await.unwrap();
    home.clock.forward(chrono::TimeDelta::days(31));
    anna.empty_expired().await.unwrap();
    assert_eq!(sealed_files(&home).len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_shortened_exchanged_or_missing_file_is_an_error_and_no_shorter_document() {
    let (home, anna, id) = with_client().await;
    let long = TEXT.repeat(4000);
    let (one, two) = (add(&anna, id, &long).await, add(&anna, id, &long).await);
    let paths = sealed_files(&home);
    let whole = fs::read(&paths[0]).unwrap();
    let other = fs::read(&paths[1]).unwrap();
    let chunk = 64 * 1024 + 16;
    let mut cases: Vec<(&str, Vec<u8>)> = vec![
        ("emptied", Vec::new()),
        ("cut at a chunk", whole[..17 + chunk].to_vec()),
        ("cut in a chunk", whole[..whole.len() - 100].to_vec()),
        ("longer", [&whole[..], &[0; 10]].concat()),
        ("another's", other.clone()),
        (
            "two chunks exchanged",
            [
                &whole[..17],
                &whole[17 + chunk..17 + 2 * chunk],
                &whole[17..17 + chunk],
                &whole[17 + 2 * chunk..],
            ]
            .concat(),
        ),
        (
            "another's first chunk",
            [&other[..17 + chunk], &whole[17 + chunk..]].concat(),
        ),
    ];
    for at in [0, 1, 17, 40_000, whole.len() - 1] {
        let mut flipped = whole.clone();
        flipped[at] ^= 1;
        cases.push(("flipped", flipped));
    }
    let to = tempfile::tempdir().unwrap();
    for (what, bytes) in cases {
        fs::write(&paths[0], bytes).unwrap();
        let mut failed = 0;
        for entry in [one, two] {
            let out = to.path().join("uit.txt");
            match anna
                .save_document(entry, None, &out, &|_| (), &|| false)
                .await
            {
                Ok(()) => assert_eq!(fs::read(&out).unwrap(), long),
                Err(Error::Store(StoreError::Damaged("document"))) => {
                    failed += 1;
                    assert!(!out.exists(), "nothing of it is left");
                }
                Err(error) => panic!("{what}: {error:?}"),
            }
            let _ = fs::remove_file(out);
        }
        assert_eq!(failed, 1, "{what}");
        assert_eq!(anna.verify().await.unwrap().findings.len(), 1, "{what}");
    }
    fs::remove_file(&paths[0]).unwrap();
    assert_eq!(anna.verify().await.unwrap().findings.len(), 1);
    fs::write(&paths[0], whole).unwrap();
    assert!(anna.verify().await.unwrap().findings.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_in_a_vault_opens_with_the_vault_alone() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let anna = home.colleague(anna, "Bram", &["coach"]).await;
    let (vault, _) = vault(&anna, "Werkgever Vos", &[]).await;
    let id = employee(&anna, vault, "Visser").await;
    let entry = add(&anna, id, TEXT).await;
    anna.rekey_vault(vault, VAULT, &|_| (), &|| false)
        .await
        .unwrap();
    assert_eq!(
        anna.show_document(entry, None)
            .await
            .unwrap()
            .bytes
            .as_slice(),
        TEXT
    );
    anna.close_vault(vault).await.unwrap();
    assert!(anna.show_document(entry, None).await.is_err());
    assert!(entries(&anna, id).await.is_empty());
    let new = NewDocument::default();
    let source = Source::Bytes("x".to_owned(), Zeroizing::new(Vec::new()));
    let added = anna
        .add_document(id, "documents", &new, source, &|_| (), &Arc::default())
        .await;
    assert!(matches!(added, Err(Error::Denied(_))));
    drop(anna.lock().await.unwrap());
    let bram = home.sign_in("Bram", OTHER).await;
    assert!(matches!(
        bram.show_document(entry, None).await,
        Err(Error::NotFound)
    ));
    assert!(matches!(
        bram.destroy_document(entry).await,
        Err(Error::NotFound)
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_identity_document_is_blacked_out_or_rests_on_a_ground() {
    let (_home, anna, id) = with_client().await;
    let add = async |field: &str, kind: &str, redacted, ground: &str| {
        let new = NewDocument {
            kind: kind.to_owned(),
            redacted,
            ground: ground.to_owned(),
            ..NewDocument::default()
        };
        let source = Source::Bytes(
            "pas.png".to_owned(),
            Zeroizing::new(b"\x89PNG\r\n\x1a\n".to_vec()),
        );
        match anna
            .add_document(id, field, &new, source, &|_| (), &Arc::default())
            .await
        {
            Err(Error::Refused { reason, .. }) => reason,
            Err(_) => "other",
            Ok(_) => "kept",
        }
    };
    assert_eq!(
        add("id_documents", "id_copy", false, "").await,
        "id_copy_ground"
    );
    assert_eq!(add("documents", "id_copy", true, "").await, "id_copy_place");
    assert_eq!(
        add("id_documents", "letter", true, "").await,
        "id_copy_place"
    );
    assert_eq!(
        add("id_documents", "id_copy", false, "handig").await,
        "choice"
    );
    assert_eq!(add("id_documents", "id_copy", true, "").await, "kept");
    assert_eq!(
        add("id_documents", "id_copy", false, "payroll").await,
        "kept"
    );
    // What was blacked out is not to be replaced by what is whole, and the kind cannot be changed afterwards.
    let kept = entries(&anna, id).await;
    let redacted = kept
        .iter()
        .find(|entry| entry.content.contains("\"redacted\":true"))
        .unwrap();
    let source = Source::Bytes("pas.png".to_owned(), Zeroizing::new(TEXT.to_vec()));
    let replaced = anna
        .replace_document(redacted.id, source, 1, &|_| (), &Arc::default())
        .await;
    assert!(matches!(
        replaced,
        Err(Error::Refused {
            reason: "id_copy_ground",
            ..
        })
    ));
    let as_letter = EntryContent {
        title: Some("x".to_owned()),
        kind: Some("letter".to_owned()),
        ..EntryContent::default()
    };
    anna.edit_entry(redacted.id, as_letter, 1).await.unwrap();
    assert!(
        entries(&anna, id)
            .await
            .iter()
            .all(|entry| entry.content.contains("id_copy"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_says_whether_its_target_is_there_and_unchanged() {
    let (home, anna, id) = with_client().await;
    let outside = tempfile::tempdir().unwrap();
    let path = outside.path().join("afspraken.txt");
    fs::write(&path, TEXT).unwrap();
    let new = NewDocument::default();
    let entry = anna
        .link_document(id, "documents", &new, &path, &|| false)
        .await
        .unwrap();
    let stopped = anna.link_state(entry, &|| true).await;
    assert!(
        matches!(stopped, Err(Error::Cancelled)),
        "it can be stopped"
    );
    assert_eq!(
        anna.link_state(entry, &|| false).await.unwrap(),
        LinkState::Unchanged
    );
    assert_eq!(
        anna.show_document(entry, None)
            .await
            .unwrap()
            .bytes
            .as_slice(),
        TEXT
    );
    fs::write(&path, "anders").unwrap();
    assert_eq!(
        anna.link_state(entry, &|| false).await.unwrap(),
        LinkState::Changed
    );
    fs::remove_file(&path).unwrap();
    assert_eq!(
        anna.link_state(entry, &|| false).await.unwrap(),
        LinkState::Missing
    );
    let gone = anna.show_document(entry, None).await;
    assert!(matches!(
        gone,
        Err(Error::Store(StoreError::Io(std::io::ErrorKind::NotFound)))
    ));
    // It moved, and is linked to where it lies now.
    let moved = outside.path().join("afspraken nieuw.txt");
    fs::write(&moved, TEXT).unwrap();
    let late = anna.relink_document(entry, &moved, 7, &|| false).await;
    assert!(matches!(late, Err(Error::LostRace { .. })));
    anna.relink_document(entry, &moved, 1, &|| false)
        .await
        .unwrap();
    let state = anna.link_state(entry, &|| false).await.unwrap();
    assert_eq!(state, LinkState::Unchanged);
    let own = home.folder.join("keyring.json");
    assert!(
        anna.relink_document(entry, &own, 2, &|| false)
            .await
            .is_err()
    );
    let kept = add(&anna, id, TEXT).await;
    let inside = anna.relink_document(kept, &moved, 1, &|| false).await;
    assert!(
        matches!(inside, Err(Error::NotFound)),
        "a kept document is no link"
    );
    anna.destroy_document(kept).await.unwrap();
    assert!(sealed_files(&home).is_empty());
    let own = anna
        .link_document(
            id,
            "documents",
            &new,
            &home.folder.join("keyring.json"),
            &|| false,
        )
        .await;
    assert!(matches!(own, Err(Error::Export("own_folder"))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_or_failed_adding_leaves_nothing() {
    let (home, anna, id) = with_client().await;
    let cancel = Arc::new(AtomicBool::new(true));
    let new = NewDocument::default();
    let source = Source::Bytes("groot".to_owned(), Zeroizing::new(vec![1; 9_000_000]));
    let added = anna
        .add_document(id, "documents", &new, source, &|_| (), &cancel)
        .await;
    assert!(matches!(added, Err(Error::Cancelled)));
    let bad = NewDocument {
        on: "31-02-2026".to_owned(),
        ..NewDocument::default()
    };
    let source = Source::Bytes("klein".to_owned(), Zeroizing::new(TEXT.to_vec()));
    let added = anna
        .add_document(id, "documents", &bad, source, &|_| (), &Arc::default())
        .await;
    assert!(matches!(added, Err(Error::Refused { .. })));
    let source = Source::File("/nergens/te/vinden".into());
    let added = anna
        .add_document(id, "documents", &new, source, &|_| (), &Arc::default())
        .await;
    assert!(matches!(added, Err(Error::Store(StoreError::Io(_)))));
    assert!(entries(&anna, id).await.is_empty());
    assert!(sealed_files(&home).is_empty());
}

/// Runs the ordinary age program; a password is typed on a terminal, as it wants.
fn age(args: &str, password: Option<&str>) -> bool {
    let mut command = match password {
        Some(_) => {
            let mut command = Command::new("script");
            command.args(["-qec", &format!("age {args}"), "/dev/null"]);
            command
        }
        None => {
            let mut command = Command::new("sh");
            command.args(["-c", &format!("age {args}")]);
            command
        }
    };
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    if let Some(password) = password {
        let mut input = child.stdin.take().unwrap();
        for _ in 0..2 {
            std::thread::sleep(Duration::from_millis(1500));
            let _ = input.write_all(format!("{password}\n").as_bytes());
        }
    }
    child.wait().unwrap().success()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vault_and_a_document_open_with_the_ordinary_age_program() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let (vault, _) = vault(&anna, "Werkgever Vos", &[]).await;
    let id = employee(&anna, vault, "Visser").await;
    let entry = add(&anna, id, &TEXT.repeat(3000)).await;
    let to = tempfile::tempdir().unwrap();
    let at = |name: &str| to.path().join(name);
    let show = |name: &str| at(name).display().to_string();
    // To a recipient.
    let made = Command::new("age-keygen")
        .args(["-o", &show("sleutel")])
        .output()
        .unwrap();
    let said = String::from_utf8(made.stderr).unwrap();
    let recipient = said.trim().strip_prefix("Public key: ").unwrap();
    let outward = Outward::Recipient(recipient.parse().unwrap());
    let count = anna
        .export_vault(
            vault,
            "Werkgever Vos",
            &at("kluis.age"),
            &outward,
            &|_| (),
            &|| false,
        )
        .await
        .unwrap();
    assert_eq!(count, 1);
    assert!(age(
        &format!(
            "-d -i {} -o {} {}",
            show("sleutel"),
            show("kluis.zip"),
            show("kluis.age")
        ),
        None
    ));
    let unzipped = Command::new("unzip")
        .args(["-q", &show("kluis.zip"), "-d", &show("uit")])
        .status()
        .unwrap();
    assert!(unzipped.success());
    let read = |name: &str| fs::read_to_string(at("uit").join(name)).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&read("manifest.json")).unwrap();
    assert_eq!(manifest["dossiers"], 1);
    let employees: serde_json::Value = serde_json::from_str(&read("employees.json")).unwrap();
    assert_eq!(employees[0]["fields"]["bsn"]["value"], "111222333");
    assert!(
        employees[0]["notes"]
            .as_array()
            .unwrap()
            .iter()
            .all(|note| note["file"]["key"].is_null())
    );
    assert!(read("employees.csv").contains("Kluisdorp"));
    let paper = manifest["documents"][0]["path"].as_str().unwrap();
    assert_eq!(fs::read(at("uit").join(paper)).unwrap(), TEXT.repeat(3000));
    // Under a password.
    let outward = Outward::Password(Passphrase::new(VAULT), WorkFactor::for_tests());
    anna.export_document(entry, &at("verslag.txt.age"), &outward, &|_| (), &|| false)
        .await
        .unwrap();
    assert!(age(
        &format!("-d -o {} {}", show("verslag.txt"), show("verslag.txt.age")),
        Some(VAULT)
    ));
    assert_eq!(fs::read(at("verslag.txt")).unwrap(), TEXT.repeat(3000));
    // And the other way: what the age program made under a password opens here.
    fs::write(at("heen"), TEXT).unwrap();
    assert!(age(
        &format!("-p -a -o {} {}", show("heen.age"), show("heen")),
        Some(VAULT)
    ));
    let mut made = String::new();
    fs::File::open(at("heen.age"))
        .unwrap()
        .read_to_string(&mut made)
        .unwrap();
    assert_eq!(
        open_with(&Passphrase::new(VAULT), &made)
            .unwrap()
            .as_slice(),
        TEXT
    );
    // A closed vault gives nothing, and the practice's own folder is no place for it.
    let inside = anna
        .export_vault(
            vault,
            "x",
            &home.folder.join("kluis.age"),
            &outward,
            &|_| (),
            &|| false,
        )
        .await;
    assert!(matches!(inside, Err(Error::Export("own_folder"))));
    anna.close_vault(vault).await.unwrap();
    let closed = anna
        .export_vault(vault, "x", &at("leeg.age"), &outward, &|_| (), &|| false)
        .await;
    assert!(matches!(closed, Err(Error::Denied(_))) && !at("leeg.age").exists());
}

const CHILD: &str = "documents::an_adder_to_be_killed";
/// Of the document that is added.
const SIZE: u64 = 200 * 1024 * 1024;

/// In a process of its own: takes in a large document again and again.
#[tokio::test(flavor = "multi_thread")]
async fn an_adder_to_be_killed() {
    let Some((folder, _)) = respawn::given() else {
        return;
    };
    let anna = enter(&folder).await;
    let id = dossier(&anna).await;
    let path = folder.parent().unwrap().join("groot");
    let mut out = std::io::stdout().lock();
    writeln!(out, "\nready").unwrap();
    out.flush().unwrap();
    loop {
        let source = Source::File(path.clone());
        let new = NewDocument::default();
        let added = anna
            .add_document(id, "documents", &new, source, &|_| (), &Arc::default())
            .await;
        writeln!(out, "added {}", added.unwrap()).unwrap();
        out.flush().unwrap();
    }
}

async fn enter(folder: &Path) -> Practice {
    open(folder, &TestClock::new())
        .unlock("Anna", PASSWORD)
        .await
        .map_err(|(_, error)| error)
        .unwrap()
}

async fn dossier(anna: &Practice) -> DossierId {
    anna.load(&|_| ()).await.unwrap();
    let query = dossierkluis::dossier::ListQuery {
        limit: 1,
        ..dossierkluis::dossier::ListQuery::default()
    };
    anna.list(&query).await.unwrap().rows[0].id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_kills_leave_whole_documents_or_none() {
    let (home, anna, id) = with_client().await;
    // A sparse file: what is sealed of it is not.
    let large = fs::File::create(home.folder.parent().unwrap().join("groot")).unwrap();
    large.set_len(SIZE).unwrap();
    let started = std::time::Instant::now();
    let source = Source::File(home.folder.parent().unwrap().join("groot"));
    let new = NewDocument::default();
    let whole = anna
        .add_document(id, "documents", &new, source, &|_| (), &Arc::default())
        .await;
    let takes = u64::try_from(started.elapsed().as_millis()).unwrap();
    anna.destroy_document(whole.unwrap()).await.unwrap();
    drop(anna.lock().await.unwrap());
    let (mut added, mut broken) = (0, 0);
    for kill in 1..=100_usize {
        let mut adder = respawn::start(CHILD, &home.folder, kill);
        let mut lines = BufReader::new(adder.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok);
        assert!(
            lines.any(|line| line == "ready"),
            "the adder opens the practice"
        );
        std::thread::sleep(Duration::from_millis(
            RandomState::new().hash_one(kill) % (takes + takes / 2),
        ));
        adder.kill().unwrap();
        adder.wait().unwrap();
        let said: Vec<EntryId> = lines
            .filter_map(|line| line.strip_prefix("added ")?.parse().ok())
            .collect();
        let left = sealed_files(&home).len();
        let anna = enter(&home.folder).await;
        // Signing in swept away what was under way.
        let known = entries(&anna, id).await;
        broken += left - known.len();
        for one in &said {
            assert!(
                known.iter().any(|entry| entry.id == *one),
                "acknowledged and lost"
            );
        }
        assert!(known.len() <= said.len() + 1);
        assert_eq!(sealed_files(&home).len(), known.len());
        for (at, entry) in known.iter().enumerate() {
            if kill % 20 == 0 && at == 0 {
                let out = tempfile::tempdir().unwrap();
                let path = out.path().join("groot");
                anna.save_document(entry.id, None, &path, &|_| (), &|| false)
                    .await
                    .unwrap();
                assert_eq!(fs::metadata(path).unwrap().len(), SIZE);
            }
            added += 1;
            anna.destroy_document(entry.id).await.unwrap();
        }
        assert!(sealed_files(&home).is_empty());
        drop(anna.lock().await.unwrap());
    }
    assert!(
        broken > 10 && added > 10,
        "{broken} were cut off and {added} came in"
    );
}
