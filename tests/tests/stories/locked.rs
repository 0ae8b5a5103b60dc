//! After the lock nothing that was got before reads anything, and nothing that was read is still in memory.

use crate::{
    memory_scan, respawn,
    support::{Home, OTHER, PASSWORD, TestClock, client, ground, open},
};
use dossierkluis::{
    access::Seen,
    crypto::{Passphrase, WorkFactor},
    dossier::{EntryContent, ListQuery, Reveal},
    error::Error,
    ids::DossierId,
    practice::{Founding, Locked, Practice},
    store::{KeyringFile, Store},
};
use std::{io::Write, path::Path, sync::Arc};
use zeroize::Zeroizing;

/// Made-up words, written backwards: what stands here must not be what is looked for. In lower case, so that the folded form
/// is the same.
const SURNAME: &str = "nemaanrethcazlekkah";
const TOWN: &str = "tdatsneppolkdnaz";
const RELIGION: &str = "gnigiutrevodlezmoor";
const NOTE: &str = "gnirennirehremmelk";
const DRAFT: &str = "dnejirhcsegflahuun";
const SECRET: &str = "tsnigednesiewtalpkret";

fn forward(reversed: &str) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(reversed.len()));
    text.extend(reversed.chars().rev());
    text
}

const LOOKER: &str = "locked::a_session_to_be_looked_into";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_was_read_is_in_memory_after_the_lock() {
    let home = Home::new();
    let founding = Founding {
        practice: "Praktijk De Linde",
        user: "Anna",
        password: &forward(SECRET),
        work: WorkFactor::for_tests(),
        roles: &[dossierkluis::catalogue::Role::Coach],
    };
    let (anna, _) = Locked::found(&home.folder, &founding, TestClock::new().clock(), "test")
        .await
        .unwrap();
    let id = client(
        &anna,
        anna.own_circle(),
        &[("surname", &forward(SURNAME)), ("town", &forward(TOWN))],
    )
    .await;
    ground(&anna, id, &["religion"]).await;
    anna.put_field(id, "religion", Some(&forward(RELIGION)))
        .await
        .unwrap();
    anna.add_entry(id, "session_notes", EntryContent::note(&forward(NOTE)))
        .await
        .unwrap();
    drop(anna.lock().await.unwrap());
    let session = respawn::start(LOOKER, &home.folder, 0)
        .wait_with_output()
        .unwrap();
    let said = String::from_utf8_lossy(&session.stdout);
    assert!(
        session.status.success() && said.contains("looked through"),
        "{said}"
    );
}

/// In a process of its own: a session in which everything is read and written, the lock, and a look into memory.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_to_be_looked_into() {
    let Some((folder, _)) = respawn::given() else {
        return;
    };
    let locked = session(&folder).await;
    let mut left = Vec::new();
    for (what, reversed) in [
        ("surname", SURNAME),
        ("town", TOWN),
        ("religion", RELIGION),
        ("note", NOTE),
        ("draft", DRAFT),
        ("password", SECRET),
    ] {
        left.extend(
            memory_scan::find(reversed)
                .into_iter()
                .map(|trace| (what, trace)),
        );
    }
    // A text that is held is found, so that finding none says something.
    let held = forward(NOTE);
    assert!(!memory_scan::find(NOTE).is_empty());
    drop((held, locked));
    assert!(left.is_empty(), "copies are left: {left:#?}");
    writeln!(
        std::io::stdout(),
        "
looked through"
    )
    .unwrap();
}

/// Its own function, so that what lay on its stack is gone.
async fn session(folder: &Path) -> Locked {
    let anna = open(folder, &TestClock::new())
        .unlock("Anna", &forward(SECRET))
        .await
        .map_err(|(_, error)| error)
        .unwrap();
    anna.load(&|_| ()).await.unwrap();
    let id = use_lists(&anna).await;
    let view = anna.open_dossier(id, Reveal::All).await.unwrap();
    assert_eq!(view.fields["town"].value(), Some(forward(TOWN).as_str()));
    anna.set_field(id, "town", Some("Zutphen"), 1)
        .await
        .unwrap();
    anna.set_field(id, "town", Some(&forward(TOWN)), 2)
        .await
        .unwrap();
    anna.put_field(id, "religion", Some(&forward(RELIGION)))
        .await
        .unwrap();
    anna.reveal(id, "religion").await.unwrap();
    assert_eq!(anna.history(id, "religion").await.unwrap().len(), 2);
    let (entry, _) = anna
        .add_entry(id, "session_notes", EntryContent::note(&forward(NOTE)))
        .await
        .unwrap();
    anna.edit_entry(entry, EntryContent::note(&forward(NOTE)), 1)
        .await
        .unwrap();
    anna.entry_history(entry).await.unwrap();
    anna.keep_draft(id, "session_notes", &forward(DRAFT))
        .await
        .unwrap();
    assert_eq!(anna.drafts().await.unwrap().len(), 1);
    anna.verify().await.unwrap();
    drop(view);
    for reversed in [SURNAME, TOWN, RELIGION, NOTE] {
        assert!(
            !memory_scan::find(reversed).is_empty(),
            "what is open is in memory, and is found there"
        );
    }
    anna.lock().await.unwrap()
}

async fn use_lists(anna: &Practice) -> DossierId {
    for text in [SURNAME, TOWN, RELIGION, NOTE] {
        assert!(!anna.search(&forward(text), 10).await.unwrap().0.is_empty());
    }
    let query = ListQuery {
        limit: 10,
        ..ListQuery::default()
    };
    anna.list(&query).await.unwrap().rows[0].id
}

#[tokio::test(flavor = "multi_thread")]
async fn no_handle_to_the_store_reads_after_it_is_closed() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    drop(anna.lock().await.unwrap());
    let file = KeyringFile::read(&home.folder).unwrap();
    let entry = file.user(file.find("Anna").unwrap()).unwrap();
    let (identity, _) = entry
        .open(&Passphrase::new(PASSWORD))
        .unwrap()
        .split()
        .unwrap();
    let store = Store::open(&home.folder, &Arc::new(entry.store_key(&identity).unwrap()))
        .await
        .unwrap();
    let (before, after) = (store.reader(), store.reader());
    let (closed, wait) = tokio::sync::oneshot::channel::<()>();
    let task = tokio::spawn(async move {
        wait.await.unwrap();
        after.read().await.is_err()
    });
    drop(before.read().await.unwrap());
    store.close().await.unwrap();
    closed.send(()).unwrap();
    assert!(before.read().await.is_err());
    assert!(task.await.unwrap(), "a task that was started before");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lock_keeps_open_texts_and_the_wait_after_wrong_passwords() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let anna = home.colleague(anna, "Bram", &["coach"]).await;
    let id = client(&anna, anna.own_circle(), &[("surname", "Visser")]).await;
    anna.keep_draft(id, "session_notes", "half een zin")
        .await
        .unwrap();
    let mut locked = anna.lock().await.unwrap();
    for _ in 0..4 {
        let (back, error) = locked.unlock("Anna", "niet dit").await.err().unwrap();
        locked = *back;
        if matches!(error, Error::Throttled { .. }) {
            break;
        }
    }
    // Somebody else signs in meanwhile: what waits for Anna goes on waiting, and her text stays hers.
    let bram = locked
        .unlock("Bram", OTHER)
        .await
        .map_err(|(_, error)| error)
        .unwrap();
    assert!(bram.drafts().await.unwrap().is_empty());
    let locked = bram.lock().await.unwrap();
    let (locked, error) = locked.unlock("Anna", PASSWORD).await.err().unwrap();
    assert!(
        matches!(error, Error::Throttled { seconds: 1 }),
        "{error:?}"
    );
    home.clock.forward(chrono::TimeDelta::seconds(2));
    let anna = locked
        .unlock("Anna", PASSWORD)
        .await
        .map_err(|(_, error)| error)
        .unwrap();
    assert_eq!(
        anna.drafts().await.unwrap()[0].text.as_str(),
        "half een zin"
    );
    assert!(matches!(
        anna.open_dossier(id, Reveal::All).await.unwrap().fields["surname"],
        Seen::Shown { .. }
    ));
}
