//! Every released format opens in this version; what is cut off on the way goes on; what is newer is refused unharmed.

use crate::{
    intruder::Intruder,
    respawn,
    support::{Home, OTHER, PASSWORD, TestClock, open},
};
use dossierkluis::{
    dossier::{ListQuery, Reveal},
    error::Error,
    practice::{Locked, Practice},
    store::{DATABASE, KEYRING, StoreError},
};
use std::{
    fs,
    hash::{BuildHasher, RandomState},
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    time::Duration,
};

const VAULT: &str = "zeven zwanen onder de brug";
const SHEET: &str = "1R6TX3-VDYJES-9TZV3R-FU6K84-ESSNWW-22G89E-RLSKKW-NEZS30-VGFYSS-7UFT9";
const VAULT_SHEET: &str = "1EA3NU-V3WZ3W-0WGQHH-39EWDW-QAS9KW-GYYECT-FQ0XQA-MFV9PT-WDWUSM-W7FJH";
const NOTE: &str = "Eerste gesprek, wil na de zomer weer beginnen.";
const KILLS: usize = 30;

fn fixture(format: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/format-{format}"))
}

fn copy(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to),
            false => drop(fs::copy(entry.path(), to).unwrap()),
        }
    }
}

/// A practice of a former format in a folder of its own.
fn aged(format: u32) -> Home {
    let home = Home::new();
    copy(&fixture(format), &home.folder);
    home
}

/// Everything that was in it when it was made.
async fn read_everything(anna: &Practice) {
    anna.load(&|_| ()).await.unwrap();
    let all = ListQuery {
        limit: 10,
        ..ListQuery::default()
    };
    let rows = anna.list(&all).await.unwrap().rows;
    let names: Vec<_> = rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Joost Aalders", "Dekker", "Marijke Visser"]);
    let visser = rows.last().unwrap().id;
    let view = anna.open_dossier(visser, Reveal::All).await.unwrap();
    assert_eq!(view.fields["bsn"].value(), Some("111222333"));
    assert_eq!(view.fields["town"].value(), Some("Deventer"));
    assert!(
        view.entries
            .iter()
            .any(|entry| entry.content.contains(NOTE))
    );
    let before = anna.history(visser, "town").await.unwrap();
    assert_eq!(before[0].before.as_ref().unwrap().as_str(), "Zutphen");
    let document = view.entries.iter().find(|entry| entry.field == "documents");
    let shown = anna
        .show_document(document.unwrap().id, None)
        .await
        .unwrap();
    assert_eq!(shown.bytes.as_slice(), b"Verslag van het eerste gesprek.\n");
    let vault = anna.vaults().await.unwrap()[0].id;
    anna.open_vault(vault, VAULT).await.unwrap();
    assert_eq!(anna.verify().await.unwrap().findings, Vec::<String>::new());
}

async fn lock(practice: Practice) {
    drop(practice.lock().await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn format_1_opens_with_everything_in_it() {
    let home = aged(1);
    let copy = home.folder.join("practice.db.1");
    let anna = home.sign_in("Anna", PASSWORD).await;
    read_everything(&anna).await;
    lock(anna).await;
    // The database as it was, until the new one was seen to be sound.
    let original = fs::read(fixture(1).join(DATABASE)).unwrap();
    assert_eq!(fs::read(&copy).unwrap(), original);
    let bram = home.sign_in("Bram", OTHER).await;
    assert!(!copy.exists());
    assert_eq!(bram.search("visser", 10).await.unwrap().0.len(), 1);
    assert_eq!(bram.search("aalders", 10).await.unwrap().0.len(), 0);
    lock(bram).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sheets_of_format_1_still_help() {
    let home = aged(1);
    let anna = home.locked().recover("Anna", SHEET, OTHER).await;
    let anna = anna.map_err(|(_, error)| error).unwrap();
    let vault = anna.vaults().await.unwrap()[0].id;
    anna.recover_vault(vault, VAULT_SHEET, PASSWORD)
        .await
        .unwrap();
    lock(anna).await;
    lock(home.sign_in("Anna", OTHER).await).await;
}

const CHILD: &str = "upgrades::an_opening_to_be_killed";

/// In a process of its own: opens a practice of a former format.
#[tokio::test(flavor = "multi_thread")]
async fn an_opening_to_be_killed() {
    let Some((folder, _)) = respawn::given() else {
        return;
    };
    writeln!(std::io::stdout(), "\nready").unwrap();
    let anna = open(&folder, &TestClock::new())
        .unlock("Anna", PASSWORD)
        .await;
    drop(
        anna.map_err(|(_, error)| error)
            .unwrap()
            .lock()
            .await
            .unwrap(),
    );
    writeln!(std::io::stdout(), "\nopened").unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upgrade_that_is_killed_goes_on() {
    let (mut before, mut after) = (0, 0);
    for turn in 0..KILLS {
        let home = aged(1);
        let mut child = respawn::start(CHILD, &home.folder, turn);
        let mut lines = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok);
        assert!(lines.any(|line| line == "ready"));
        let random = RandomState::new().hash_one(turn) % 60_000;
        std::thread::sleep(Duration::from_micros(random));
        child.kill().unwrap();
        child.wait().unwrap();
        match lines.any(|line| line == "opened") {
            true => after += 1,
            false => before += 1,
        }
        let anna = home.sign_in("Anna", PASSWORD).await;
        read_everything(&anna).await;
        lock(anna).await;
    }
    assert!(before > 5, "{before} were cut off, {after} were not");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_from_a_newer_version_is_refused_unharmed() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    lock(anna).await;
    let intruder = Intruder::enter(&home.folder, "Anna", PASSWORD).await;
    intruder
        .sql(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (9999, 'later', 1, x'00', 0);
             UPDATE audit SET body = replace(body, '\"program\":\"0.1.0\"', '\"program\":\"7.3.0\"')",
        )
        .await;
    intruder.store.close().await.unwrap();
    let before = fs::read(home.folder.join(DATABASE)).unwrap();
    let refused = home
        .locked()
        .unlock("Anna", PASSWORD)
        .await
        .err()
        .unwrap()
        .1;
    let Error::Store(StoreError::Newer { needs }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(needs, "7.3.0");
    assert!(before == fs::read(home.folder.join(DATABASE)).unwrap());
    assert!(!home.folder.join("practice.db.3").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keyring_from_a_newer_version_is_refused_unharmed() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    lock(anna).await;
    let path = home.folder.join(KEYRING);
    let text = fs::read_to_string(&path).unwrap();
    let inner = text.split_once("\"keyring\":").unwrap().1;
    let inner = inner
        .strip_suffix('}')
        .unwrap()
        .replace("\"format\":2", "\"format\":3");
    let inner = inner.replace("\"needs\":\"0.1.0\"", "\"needs\":\"7.3.0\",\"later\":true");
    let sha256 = {
        use base64::{Engine, engine::general_purpose::STANDARD};
        use sha2::{Digest, Sha256};
        STANDARD.encode(Sha256::digest(inner.as_bytes()))
    };
    let newer = format!("{{\"sha256\":\"{sha256}\",\"keyring\":{inner}}}");
    fs::write(&path, &newer).unwrap();
    let refused = Locked::open(&home.folder, home.clock.clock(), "test")
        .err()
        .unwrap();
    let Error::Store(StoreError::Newer { needs }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(needs, "7.3.0");
    // An older copy does not take its place either.
    assert!(Locked::rebuild_keyring(&home.folder).is_err());
    assert_eq!(fs::read_to_string(&path).unwrap(), newer);
}

/// A damaged practice of the first format cannot be brought up to this one; what is whole in it is saved all the same.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_whole_in_a_former_format_is_saved() {
    const PAGE: usize = 4096;
    let home = aged(1);
    let database = home.folder.join(DATABASE);
    let whole = fs::read(&database).unwrap();
    let (mut saved, target) = (0, home.folder.with_file_name("gered"));
    for page in whole.len() / PAGE / 2..whole.len() / PAGE {
        let mut bytes = whole.clone();
        bytes[page * PAGE + 77] ^= 4;
        fs::write(&database, bytes).unwrap();
        let _ = fs::remove_dir_all(&target);
        let salvaged = home
            .locked()
            .salvage("Anna", PASSWORD, &target, &|_| ())
            .await;
        if salvaged.is_ok_and(|salvaged| salvaged.saved > 0) {
            let anna = open(&target, &home.clock).unlock("Anna", PASSWORD).await;
            if let Ok(anna) = anna
                && anna.lock().await.is_ok()
            {
                saved += 1;
            }
        }
    }
    assert!(saved > 3, "{saved}");
}
