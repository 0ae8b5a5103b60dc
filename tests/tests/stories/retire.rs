//! This computer goes away: neither keys nor files are left, and nothing goes without a backup.

use crate::support::{Home, OTHER, PASSWORD, client};
use chrono::TimeDelta;
use dossierkluis::{
    access::Denial,
    crypto::{Outward, Passphrase, WorkFactor},
    document::{NewDocument, Source},
    dossier::EntryContent,
    error::Error,
    practice::Practice,
    store::KEYRING,
};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};
use zeroize::Zeroizing;

const MARK: &str = "Merkteken-Zonneveld";

async fn marked(home: &Home) -> Practice {
    let (anna, _) = home.founded().await;
    let anna = home.colleague(anna, "Bram", &["coach"]).await;
    let id = client(&anna, anna.own_circle(), &[("surname", MARK)]).await;
    anna.add_entry(id, "session_notes", EntryContent::note(MARK))
        .await
        .unwrap();
    let source = Source::Bytes(
        "brief.txt".to_owned(),
        Zeroizing::new(MARK.as_bytes().to_vec()),
    );
    anna.add_document(
        id,
        "documents",
        &NewDocument::default(),
        source,
        &|_| (),
        &Arc::default(),
    )
    .await
    .unwrap();
    anna
}

async fn back_up(anna: &Practice, home: &Home) {
    let to = Outward::Password(Passphrase::new(OTHER), WorkFactor::for_tests());
    let path = home.folder.with_file_name("back-up.age");
    let _ = fs::remove_file(&path);
    anna.back_up(&path, to, &|_| (), &Arc::default())
        .await
        .unwrap();
}

fn refused(error: Option<Error>, field: &str, reason: &str) {
    assert!(
        matches!(&error, Some(Error::Refused { field: f, reason: r }) if f == field && *r == reason),
        "{reason}: {error:?}"
    );
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(Result::unwrap)
    {
        match entry.file_type().unwrap().is_dir() {
            true => found.extend(files(&entry.path())),
            false => found.push(entry.path()),
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_and_the_certificate_says_so() {
    let home = Home::new();
    let anna = marked(&home).await;
    let parent = home.folder.parent().unwrap().to_owned();
    back_up(&anna, &home).await;
    home.clock.forward(TimeDelta::minutes(1));
    let leave = anna
        .prepare_retirement("Praktijk De Linde", PASSWORD)
        .await
        .unwrap();
    let locked = anna.lock().await.unwrap();
    let certificate = locked.retire(leave).unwrap();
    assert!(!home.folder.exists());
    for path in files(&parent) {
        let bytes = fs::read(&path).unwrap();
        for mark in [MARK.as_bytes(), b"AGE ENCRYPTED FILE"] {
            assert!(
                memchr::memmem::find(&bytes, mark).is_none(),
                "{}",
                path.display()
            );
        }
    }
    let text = certificate.to_text();
    assert!(!text.contains(MARK) && text.contains("Praktijk De Linde") && text.contains("Anna"));
    assert!(text.contains(&certificate.destroyed.sha256) && text.contains("SSD"));
    assert_eq!(
        (
            certificate.destroyed.sha256.len(),
            certificate.destroyed.left
        ),
        (64, 0)
    );
    // Keyring, two copies, database, witness, and one document.
    assert_eq!(certificate.destroyed.files, 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keys_are_overwritten_before_they_are_removed() {
    let home = Home::new();
    let anna = marked(&home).await;
    back_up(&anna, &home).await;
    let leave = anna
        .prepare_retirement("Praktijk De Linde", PASSWORD)
        .await
        .unwrap();
    let locked = anna.lock().await.unwrap();
    let names = [
        "keyring.json",
        "keyring.copy-1.json",
        "keyring.copy-2.json",
        "practice.db",
    ];
    let aside = home.folder.with_file_name("tweede");
    fs::create_dir(&aside).unwrap();
    for name in names {
        fs::hard_link(home.folder.join(name), aside.join(name)).unwrap();
        assert!(fs::metadata(aside.join(name)).unwrap().len() > 0);
    }
    locked.retire(leave).unwrap();
    for name in names {
        assert_eq!(fs::metadata(aside.join(name)).unwrap().len(), 0, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn not_without_a_backup_the_name_the_password_and_the_right() {
    let home = Home::new();
    let anna = marked(&home).await;
    let name = "Praktijk De Linde";
    let ask = |typed, password| anna.prepare_retirement(typed, password);
    refused(ask(name, PASSWORD).await.err(), "backup", "no_backup");
    back_up(&anna, &home).await;
    refused(
        ask("Praktijk", PASSWORD).await.err(),
        "practice",
        "name_differs",
    );
    assert!(matches!(
        ask(name, OTHER).await.err(),
        Some(Error::WrongPassword)
    ));
    // Looking changes nothing; writing does.
    home.clock.forward(TimeDelta::minutes(1));
    anna.search("iets", 10).await.unwrap();
    anna.audit_log(None, 0, 10).await.unwrap();
    assert!(ask(name, PASSWORD).await.is_ok());
    client(&anna, anna.own_circle(), &[("surname", "Later")]).await;
    refused(ask(name, PASSWORD).await.err(), "backup", "backup_older");
    home.clock.forward(TimeDelta::minutes(1));
    back_up(&anna, &home).await;
    drop(anna.lock().await.unwrap());
    let bram = home.sign_in("Bram", OTHER).await;
    let denied = bram.prepare_retirement(name, OTHER).await.err();
    assert!(
        matches!(denied, Some(Error::Denied(Denial::NotAdministrator))),
        "{denied:?}"
    );
    drop(bram.lock().await.unwrap());
    assert!(home.folder.join(KEYRING).exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_the_programs_is_left_and_counted() {
    let home = Home::new();
    let anna = marked(&home).await;
    back_up(&anna, &home).await;
    fs::write(home.folder.join("boodschappen.txt"), b"melk").unwrap();
    let leave = anna
        .prepare_retirement("Praktijk De Linde", PASSWORD)
        .await
        .unwrap();
    let certificate = anna.lock().await.unwrap().retire(leave).unwrap();
    assert_eq!(certificate.destroyed.left, 1);
    assert_eq!(files(&home.folder), [home.folder.join("boodschappen.txt")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn leave_for_one_practice_is_none_for_another() {
    let (home, other) = (Home::new(), Home::new());
    let anna = marked(&home).await;
    back_up(&anna, &home).await;
    let leave = anna
        .prepare_retirement("Praktijk De Linde", PASSWORD)
        .await
        .unwrap();
    let (theirs, _) = other.founded().await;
    let refused = theirs.lock().await.unwrap().retire(leave);
    assert!(matches!(refused, Err(Error::NotFound)));
    assert!(other.folder.join(KEYRING).exists());
    drop(anna.lock().await.unwrap());
}
