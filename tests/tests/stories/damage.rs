//! A changed byte, a lost journal, an older file put back: a clear error or the same data, never other data.

use crate::support::{Home, PASSWORD, TestClock, client, open};
use dossierkluis::{
    dossier::{EntryContent, Reveal},
    error::Error,
    practice::{Locked, Practice},
    store::{DATABASE, KEYRING, StoreError, WITNESS},
};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    thread::{self, available_parallelism},
};
use tokio::runtime::Handle;

const WAL: &str = "practice.db-wal";
const PAGE: usize = 4096;

/// A practice with a few dossiers, copied aside.
struct Specimen {
    home: Home,
    copy: PathBuf,
}

/// How reading a damaged copy ended.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Said(StoreError),
    Read(String),
}

impl Specimen {
    async fn new() -> Self {
        let home = Home::new();
        let (anna, _) = home.founded().await;
        let circle = anna.own_circle();
        for name in ["Aalders", "Bakker", "Claes"] {
            let id = client(&anna, circle, &[("surname", name), ("bsn", "111222333")]).await;
            anna.add_entry(
                id,
                "session_notes",
                EntryContent::note(&format!("over {name}")),
            )
            .await
            .unwrap();
            anna.put_field(id, "town", Some("Zutphen")).await.unwrap();
        }
        drop(anna.lock().await.unwrap());
        let copy = home.folder.with_file_name("kopie");
        Self { home, copy }
    }

    /// The folder as it was, with one file changed (or taken away).
    fn lay(&self, name: &str, change: impl FnOnce(Vec<u8>) -> Option<Vec<u8>>) {
        self.lay_in(&self.copy, name, change);
    }

    fn lay_in(&self, copy: &Path, name: &str, change: impl FnOnce(Vec<u8>) -> Option<Vec<u8>>) {
        copy_folder(&self.home.folder, copy);
        let path = copy.join(name);
        match change(fs::read(&path).unwrap()) {
            Some(bytes) => fs::write(path, bytes).unwrap(),
            None => fs::remove_file(path).unwrap(),
        }
    }

    async fn outcome(&self) -> Outcome {
        outcome(&self.copy, &self.home.clock).await
    }

    /// Flips a byte at each of these places, on every core; gives how often it was said, and how often it was harmless.
    async fn flips(&self, name: &str, places: impl Iterator<Item = usize>) -> (usize, usize) {
        self.lay(name, Some);
        let Outcome::Read(whole) = self.outcome().await else {
            panic!("the whole copy opens")
        };
        let places: Vec<usize> = places.collect();
        let next = AtomicUsize::new(0);
        let said = AtomicUsize::new(0);
        // The others stop too: all of them take half an hour.
        let fail = |text: String| -> ! {
            next.store(places.len(), Ordering::Relaxed);
            panic!("{text}")
        };
        let flip_on = async |copy: &Path| {
            while let Some(&at) = places.get(next.fetch_add(1, Ordering::Relaxed)) {
                self.lay_in(copy, name, |mut bytes| {
                    bytes[at] ^= 1 << (at % 8);
                    Some(bytes)
                });
                match outcome(copy, &self.home.clock).await {
                    Outcome::Said(StoreError::Damaged(_) | StoreError::RolledBack(_)) => {
                        said.fetch_add(1, Ordering::Relaxed);
                    }
                    Outcome::Said(error) => fail(format!("{name} at {at}: {error:?}")),
                    Outcome::Read(found) if found == whole => {}
                    Outcome::Read(found) => fail(format!("{name} at {at}: {found}")),
                }
            }
        };
        let runtime = Handle::current();
        let cores = available_parallelism().map_or(1, usize::from);
        tokio::task::block_in_place(|| {
            thread::scope(|scope| {
                for core in 0..cores {
                    let copy = self.copy.with_file_name(format!("kopie-{core}"));
                    let (flip_on, runtime) = (&flip_on, &runtime);
                    scope.spawn(move || runtime.block_on(flip_on(&copy)));
                }
            });
        });
        let said = said.into_inner();
        (said, places.len() - said)
    }
}

fn copy_folder(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir(to).unwrap();
    for file in fs::read_dir(from).unwrap().map(Result::unwrap) {
        fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

/// Opens a folder and reads everything in it.
async fn outcome(folder: &Path, clock: &TestClock) -> Outcome {
    let locked = match Locked::open(folder, clock.clock(), "test") {
        Ok(locked) => locked,
        Err(error) => return said(error),
    };
    let names = format!("{:?} {:?}", locked.practice_name(), locked.users());
    let anna = match locked.unlock("Anna", PASSWORD).await {
        Ok(anna) => anna,
        Err((_, error)) => return said(error),
    };
    let read = read_all(&anna).await;
    let locked = anna.lock().await;
    match (read, locked) {
        (Ok(text), Ok(_)) => Outcome::Read(format!("{names}\n{text}")),
        (Err(error), _) | (_, Err(error)) => said(error),
    }
}

fn said(error: Error) -> Outcome {
    match error {
        Error::Store(error) => Outcome::Said(error),
        other => panic!("not said to be damage: {other:?}"),
    }
}

/// Everything that can be read. What `verify` finds is said as damage.
async fn read_all(anna: &Practice) -> Result<String, Error> {
    anna.load(&|_| ()).await?;
    let mut text = String::new();
    for user in anna.users().await? {
        text.push_str(&format!(
            "{} {} {:?}\n",
            user.name.as_str(),
            user.state,
            user.groups
        ));
    }
    text.push_str(&format!("{:?}\n", anna.settings().await?.practice));
    let rows = anna
        .list(&dossierkluis::dossier::ListQuery {
            limit: 100,
            ..Default::default()
        })
        .await?
        .rows;
    for row in rows {
        let view = anna.open_dossier(row.id, Reveal::All).await?;
        text.push_str(&format!(
            "{row:?} {:?}\n",
            view.fields
                .iter()
                .map(|(id, seen)| (id, seen.value()))
                .collect::<Vec<_>>()
        ));
        text.push_str(&format!(
            "{:?}\n",
            view.entries
                .iter()
                .map(|entry| entry.content.as_str())
                .collect::<Vec<_>>()
        ));
        for change in anna.history(row.id, "town").await? {
            text.push_str(&format!(
                "{:?}\n",
                change.before.as_ref().map(|before| before.as_str())
            ));
        }
    }
    match anna.verify().await?.findings.is_empty() {
        true => Ok(text),
        false => Err(Error::Store(StoreError::Damaged("verify"))),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_byte_of_the_keyring_and_the_witness_counts_or_is_spare() {
    let specimen = Specimen::new().await;
    let size = fs::metadata(specimen.home.folder.join(KEYRING))
        .unwrap()
        .len() as usize;
    assert_eq!(specimen.flips(KEYRING, 0..size).await, (size, 0));
    let size = fs::metadata(specimen.home.folder.join(WITNESS))
        .unwrap()
        .len() as usize;
    // Two equal copies: one flipped byte is an intact read.
    assert_eq!(specimen.flips(WITNESS, 0..size).await, (0, size));
}

#[tokio::test(flavor = "multi_thread")]
#[allow(clippy::print_stdout, reason = "`make proof` prints what it counts")]
async fn a_flipped_byte_in_the_database_is_said_or_harmless() {
    let specimen = Specimen::new().await;
    let size = fs::metadata(specimen.home.folder.join(DATABASE))
        .unwrap()
        .len() as usize;
    assert_eq!(size % PAGE, 0);
    // Each byte in the full proof. Otherwise a step without a factor in common with the page, so that each place in a page
    // has its turn somewhere.
    let every = std::env::var_os("PROOF_ALL").is_some();
    let sampled = |at: &usize| {
        every
            || at.is_multiple_of(797)
            || (*at < PAGE && at.is_multiple_of(23))
            || (at % PAGE >= PAGE - 80 && at.is_multiple_of(29))
    };
    let (said, read) = specimen.flips(DATABASE, (0..size).filter(sampled)).await;
    println!(
        "{} of {size} bytes of the database flipped: {said} said, {read} harmless",
        said + read
    );
    assert!(said > read, "{said} {read}");
}

/// A copy of the folder as a crash leaves it: a write-ahead log beside the database.
async fn crashed() -> Specimen {
    crash(Specimen::new().await).await
}

async fn crash(specimen: Specimen) -> Specimen {
    let anna = specimen.home.sign_in("Anna", PASSWORD).await;
    client(&anna, anna.own_circle(), &[("surname", "Dekker")]).await;
    let aside = specimen.home.folder.with_file_name("crash");
    copy_folder(&specimen.home.folder, &aside);
    drop(anna.lock().await.unwrap());
    copy_folder(&aside, &specimen.home.folder);
    assert!(fs::metadata(specimen.home.folder.join(WAL)).unwrap().len() > 0);
    specimen
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_or_damaged_journal_is_noticed() {
    let specimen = crashed().await;
    specimen.lay(WAL, Some);
    assert!(
        matches!(specimen.outcome().await, Outcome::Read(text) if text.contains("Dekker")),
        "a crash loses nothing"
    );
    let size = fs::metadata(specimen.home.folder.join(WAL)).unwrap().len() as usize;
    let cuts = [
        None,
        Some(0),
        Some(31),
        Some(32),
        Some(32 + PAGE),
        Some(size / 2),
        Some(size - 1),
        Some(size - PAGE - 24),
    ];
    for cut in cuts {
        specimen.lay(WAL, |bytes| cut.map(|cut| bytes[..cut].to_vec()));
        assert_eq!(
            specimen.outcome().await,
            Outcome::Said(StoreError::RolledBack("changes are missing")),
            "{cut:?}"
        );
    }
    // What was refused was left as it lay: a sound copy of the journal, put back, has everything.
    let files = || [DATABASE, WAL].map(|name| fs::read(specimen.copy.join(name)).unwrap());
    specimen.lay(WAL, |mut bytes| {
        bytes[size - 10] ^= 1;
        Some(bytes)
    });
    let before = files();
    assert!(matches!(specimen.outcome().await, Outcome::Said(_)));
    assert!(files() == before, "a refused practice was written to");
    fs::copy(specimen.home.folder.join(WAL), specimen.copy.join(WAL)).unwrap();
    assert!(
        matches!(specimen.outcome().await, Outcome::Read(text) if text.contains("Dekker")),
        "nothing was lost"
    );
    let (said, read) = specimen
        .flips(WAL, (0..size).filter(|at| *at < 60 || at % 1499 == 0))
        .await;
    assert!(said > 0, "{said} said, {read} read");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_database_put_back_is_noticed() {
    let specimen = crashed().await;
    let old = specimen.home.folder.with_file_name("oud");
    copy_folder(&specimen.home.folder, &old);
    let anna = specimen.home.sign_in("Anna", PASSWORD).await;
    client(&anna, anna.own_circle(), &[("surname", "Evers")]).await;
    drop(anna.lock().await.unwrap());
    specimen.lay(DATABASE, Some);
    for name in [DATABASE, WAL] {
        fs::copy(old.join(name), specimen.copy.join(name)).unwrap();
    }
    assert_eq!(
        specimen.outcome().await,
        Outcome::Said(StoreError::RolledBack("changes are missing"))
    );
}

/// The journal of today over an older database: of what was folded in between, nothing would be there.
#[tokio::test(flavor = "multi_thread")]
async fn an_older_database_put_back_under_a_journal_is_noticed() {
    let specimen = Specimen::new().await;
    let old = fs::read(specimen.home.folder.join(DATABASE)).unwrap();
    for surname in ["Evers", "Fransen"] {
        let anna = specimen.home.sign_in("Anna", PASSWORD).await;
        client(&anna, anna.own_circle(), &[("surname", surname)]).await;
        drop(anna.lock().await.unwrap());
    }
    let specimen = crash(specimen).await;
    specimen.lay(DATABASE, Some);
    assert!(
        matches!(specimen.outcome().await, Outcome::Read(text) if text.contains("Fransen") && text.contains("Dekker"))
    );
    specimen.lay(DATABASE, |_| Some(old));
    assert_eq!(
        specimen.outcome().await,
        Outcome::Said(StoreError::RolledBack("changes are missing"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn another_history_with_as_many_changes_is_noticed() {
    let specimen = Specimen::new().await;
    let fork = specimen.home.folder.with_file_name("tak");
    copy_folder(&specimen.home.folder, &fork);
    for folder in [&specimen.home.folder, &fork] {
        let anna = open(folder, &specimen.home.clock)
            .unlock("Anna", PASSWORD)
            .await
            .map_err(|(_, error)| error)
            .unwrap();
        drop(anna.lock().await.unwrap());
    }
    specimen.lay(DATABASE, |_| Some(fs::read(fork.join(DATABASE)).unwrap()));
    assert_eq!(
        specimen.outcome().await,
        Outcome::Said(StoreError::RolledBack("another history"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_file_is_said() {
    let specimen = Specimen::new().await;
    for (name, what) in [
        (DATABASE, "database missing"),
        (KEYRING, "keyring missing"),
        (WITNESS, "witness missing"),
    ] {
        specimen.lay(name, |_| None);
        assert_eq!(
            specimen.outcome().await,
            Outcome::Said(StoreError::Damaged(what))
        );
        specimen.lay(name, |_| Some(Vec::new()));
        assert!(
            matches!(
                specimen.outcome().await,
                Outcome::Said(StoreError::Damaged(_))
            ),
            "{name} emptied"
        );
    }
}
