//! Backups: consistent, proven, opened by ordinary tools, and nobody who was erased comes back with one.

use crate::support::{Home, OTHER, PASSWORD, client, open};
use chrono::TimeDelta;
use dossierkluis::{
    audit::EventKind,
    crypto::{Opener, Outward, Passphrase, WorkFactor},
    document::{NewDocument, Source},
    dossier::{EntryContent, Reveal},
    error::Error,
    ids::{DossierId, EntryId},
    practice::{Practice, RecoverySheet, backup_opener},
    store::StoreError,
    transfer::backup::{
        self, Backup, BackupPlan, Drill, Standing, finish_swap, moment_of, swap_in, waiting_place,
    },
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, atomic::AtomicBool},
};
use zeroize::Zeroizing;

const TEXT: &[u8] = b"Verslag van een verzonnen gesprek, dat nergens leesbaar mag staan.";

struct Scene {
    home: Home,
    anna: Practice,
    sheet: RecoverySheet,
    jansen: DossierId,
    report: EntryId,
}

/// Anna with a client who has a document.
async fn scene() -> Scene {
    let home = Home::new();
    let (anna, sheet) = home.founded().await;
    let jansen = client(&anna, anna.own_circle(), &[("surname", "Zuidwijk")]).await;
    let report = document(&anna, jansen).await;
    Scene {
        home,
        anna,
        sheet,
        jansen,
        report,
    }
}

async fn document(practice: &Practice, id: DossierId) -> EntryId {
    let source = Source::Bytes("verslag.txt".to_owned(), Zeroizing::new(TEXT.to_vec()));
    let new = NewDocument::default();
    practice
        .add_document(id, "documents", &new, source, &|_| (), &Arc::default())
        .await
        .unwrap()
}

fn beside(home: &Home, name: &str) -> PathBuf {
    home.folder.with_file_name(name)
}

async fn make(practice: &Practice, path: &Path, to: Outward) -> Result<Backup, Error> {
    practice.back_up(path, to, &|_| (), &Arc::default()).await
}

async fn drill(practice: &Practice, path: &Path, with: Opener) -> Result<Drill, Error> {
    practice.drill(path, with, &|_| (), &Arc::default()).await
}

async fn back_up(scene: &Scene, name: &str) -> PathBuf {
    let path = beside(&scene.home, name);
    let to = scene.anna.backup_recipients().await.unwrap();
    let made = make(&scene.anna, &path, to).await.unwrap();
    assert_eq!(made.size, fs::metadata(&path).unwrap().len());
    path
}

fn opener(sheet: &RecoverySheet) -> Opener {
    backup_opener(&sheet.backup_code().unwrap()).unwrap()
}

async fn restore(
    backup: &Path,
    to: &Path,
    with: Opener,
    present: Option<&Path>,
) -> Result<(), Error> {
    backup::restore(backup, to, with, present, &|_| (), &Arc::default())
        .await
        .map(|_| ())
}

async fn sign_in(home: &Home, folder: &Path, password: &str) -> Result<Practice, Error> {
    let practice = open(folder, &home.clock).unlock("Anna", password).await;
    let practice = practice.map_err(|(_, error)| error)?;
    practice.load(&|_| ()).await.unwrap();
    Ok(practice)
}

/// Who is found, and whether everything is sound.
async fn names(practice: &Practice) -> Vec<String> {
    assert_eq!(
        practice.verify().await.unwrap().findings,
        Vec::<String>::new()
    );
    let (found, _) = practice.search("z", 100).await.unwrap();
    found.iter().map(|one| one.row.name.clone()).collect()
}

async fn text_of(practice: &Practice, document: EntryId) -> Result<Vec<u8>, Error> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("uit");
    practice
        .save_document(document, None, &path, &|_| (), &|| false)
        .await?;
    Ok(fs::read(path).unwrap())
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn all_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(all_files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn the_code_is_taken_as_it_is_printed() {
    let scene = scene().await;
    let code = scene.sheet.backup_code().unwrap();
    let groups: Vec<&str> = code.split('-').collect();
    // Four groups to a line.
    let printed = |groups: &[&str]| {
        let lines: Vec<String> = groups.chunks(4).map(|line| line.join("  ")).collect();
        lines.join("\n")
    };
    let own = scene.sheet.code();
    let first = printed(&own.split('-').collect::<Vec<_>>());
    let whole = printed(&groups);
    for typed in [
        whole.clone(),
        whole.to_lowercase(),
        format!("# codes of the sheet\n{first}\n\n{whole}\n"),
    ] {
        assert!(backup_opener(&typed).is_ok(), "{typed}");
    }
    assert!(backup_opener(&printed(&groups[1..])).is_err());
    let mut wrong = groups.clone();
    wrong.swap(1, 2);
    assert!(backup_opener(&printed(&wrong)).is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_age_program_and_unzip_give_a_folder_that_opens() {
    let scene = scene().await;
    let backup = back_up(&scene, "een.age").await;
    // As the sheet says: the groups without dashes, after the prefix.
    let code = scene.sheet.backup_code().unwrap().replace('-', "");
    let (key, zip, out) = (
        beside(&scene.home, "sleutel"),
        beside(&scene.home, "een.zip"),
        beside(&scene.home, "met de hand"),
    );
    fs::write(&key, format!("AGE-SECRET-KEY-{code}\n")).unwrap();
    run(Command::new("age")
        .arg("-d")
        .arg("-i")
        .arg(&key)
        .arg("-o")
        .arg(&zip)
        .arg(&backup));
    run(Command::new("unzip")
        .arg("-q")
        .arg(&zip)
        .arg("-d")
        .arg(&out));
    let by_hand = sign_in(&scene.home, &out, PASSWORD).await.unwrap();
    assert_eq!(names(&by_hand).await, ["Zuidwijk"]);
    assert_eq!(text_of(&by_hand, scene.report).await.unwrap(), TEXT);
    // Who opens the age file has a sealed folder and nothing that can be read.
    by_hand.lock().await.unwrap();
    for path in all_files(&out) {
        let bytes = fs::read(&path).unwrap();
        for piece in ["Zuidwijk".as_bytes(), TEXT, b"SQLite format 3"] {
            assert!(memchr::memmem::find(&bytes, piece).is_none(), "{path:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_opens_it_in_both_ways() {
    let scene = scene().await;
    let path = beside(&scene.home, "een.age");
    let to = Outward::Password(Passphrase::new(OTHER), WorkFactor::for_tests());
    make(&scene.anna, &path, to).await.unwrap();
    let back = beside(&scene.home, "terug");
    let wrong = Opener::Password(Passphrase::new(PASSWORD));
    let refused = restore(&path, &back, wrong, None).await.unwrap_err();
    assert!(matches!(refused, Error::WrongPassword) && !back.exists());
    restore(&path, &back, Opener::Password(Passphrase::new(OTHER)), None)
        .await
        .unwrap();
    let restored = sign_in(&scene.home, &back, PASSWORD).await.unwrap();
    assert_eq!(names(&restored).await, ["Zuidwijk"]);
    assert_eq!(text_of(&restored, scene.report).await.unwrap(), TEXT);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_erased_does_not_return() {
    let scene = scene().await;
    let other = client(
        &scene.anna,
        scene.anna.own_circle(),
        &[("surname", "Zonder")],
    )
    .await;
    let kept = document(&scene.anna, other).await;
    let backup = back_up(&scene, "een.age").await;
    let restored = |name: &str, present: Option<PathBuf>| {
        let (folder, backup, with) = (
            beside(&scene.home, name),
            backup.clone(),
            opener(&scene.sheet),
        );
        let home = &scene.home;
        async move {
            restore(&backup, &folder, with, present.as_deref())
                .await
                .unwrap();
            sign_in(home, &folder, PASSWORD).await.unwrap()
        }
    };
    // One document by itself, then a dossier with its own by the bin.
    scene.anna.destroy_document(kept).await.unwrap();
    scene.anna.bin_dossier(scene.jansen).await.unwrap();
    scene.home.clock.forward(TimeDelta::days(31));
    assert_eq!(scene.anna.empty_expired().await.unwrap(), 1);
    scene.anna.lock().await.unwrap();

    let without = restored("zonder grootboek", None).await;
    assert_eq!(
        names(&without).await.len(),
        2,
        "otherwise this proves nothing"
    );
    let practice = restored("met", Some(scene.home.folder.clone())).await;
    assert_eq!(names(&practice).await, ["Zonder"]);
    let gone = practice.open_dossier(scene.jansen, Reveal::All).await;
    assert!(matches!(gone, Err(Error::NotFound)));
    assert!(matches!(
        text_of(&practice, kept).await,
        Err(Error::NotFound)
    ));
    assert_eq!(
        fs::read_dir(beside(&scene.home, "met").join("documents"))
            .unwrap()
            .count(),
        0
    );
    let log = practice.audit_log(None, 0, 5).await.unwrap();
    let replayed = log
        .entries
        .iter()
        .find(|one| one.event.event == EventKind::ErasuresReplayed);
    assert_eq!(replayed.unwrap().event.count, Some(2));

    // The restored practice keeps the ledger: a backup of it, restored by itself, is as it is now.
    let again = beside(&scene.home, "twee.age");
    let to = practice.backup_recipients().await.unwrap();
    make(&practice, &again, to).await.unwrap();
    practice.lock().await.unwrap();
    let last = beside(&scene.home, "laatste");
    restore(&again, &last, opener(&scene.sheet), None)
        .await
        .unwrap();
    let last = sign_in(&scene.home, &last, PASSWORD).await.unwrap();
    assert_eq!(names(&last).await, ["Zonder"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_that_was_cut_or_forged_is_mended_and_told() {
    let scene = scene().await;
    let ledger = scene.home.folder.join("erasures.jsonl");
    let other = document(&scene.anna, scene.jansen).await;
    scene.anna.destroy_document(other).await.unwrap();
    let before = fs::read_to_string(&ledger).unwrap();
    scene.anna.lock().await.unwrap();
    // Somebody without the store key names another entry to have it erased.
    let forged = before.replace(&other.to_string(), &scene.report.to_string());
    fs::write(&ledger, forged).unwrap();
    let anna = sign_in(&scene.home, &scene.home.folder, PASSWORD)
        .await
        .unwrap();
    assert_eq!(text_of(&anna, scene.report).await.unwrap(), TEXT);
    assert_eq!(fs::read_to_string(&ledger).unwrap(), before);
    let log = anna.audit_log(None, 0, 9).await.unwrap();
    let told = |one: &&dossierkluis::practice::LogEntry| {
        one.event.event == EventKind::ErasuresReplayed && !one.event.success
    };
    assert!(log.entries.iter().any(|one| told(&one)));
    anna.lock().await.unwrap();
    fs::remove_file(&ledger).unwrap();
    let _anna = sign_in(&scene.home, &scene.home.folder, PASSWORD)
        .await
        .unwrap();
    assert_eq!(fs::read_to_string(&ledger).unwrap(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_shut_stays_shut_after_a_restore() {
    let scene = scene().await;
    let anna = scene.home.colleague(scene.anna, "Bram", &["coach"]).await;
    let to = anna.backup_recipients().await.unwrap();
    let backup = beside(&scene.home, "een.age");
    make(&anna, &backup, to).await.unwrap();
    let bram = anna.users().await.unwrap();
    let bram = bram
        .iter()
        .find(|user| user.name.as_str() == "Bram")
        .unwrap()
        .id;
    anna.block(bram).await.unwrap();
    anna.change_password(PASSWORD, "vijf uilen in een bos")
        .await
        .unwrap();
    anna.lock().await.unwrap();
    let back = beside(&scene.home, "terug");
    restore(
        &backup,
        &back,
        opener(&scene.sheet),
        Some(&scene.home.folder),
    )
    .await
    .unwrap();
    let blocked = open(&back, &scene.home.clock).unlock("Bram", OTHER).await;
    assert!(matches!(
        blocked.map_err(|(_, error)| error),
        Err(Error::Blocked)
    ));
    let former = sign_in(&scene.home, &back, PASSWORD).await;
    assert!(matches!(former, Err(Error::WrongPassword)));
    assert!(
        sign_in(&scene.home, &back, "vijf uilen in een bos")
            .await
            .is_ok()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn people_work_on_while_it_is_made() {
    let scene = scene().await;
    for at in 0..300 {
        let name = format!("Zeilmaker {at}");
        client(&scene.anna, scene.anna.own_circle(), &[("surname", &name)]).await;
    }
    let done = AtomicBool::new(false);
    let writing = async {
        let mut notes = 0;
        while !done.load(std::sync::atomic::Ordering::Relaxed) {
            let note = EntryContent {
                text: "Een regel.".to_owned(),
                ..EntryContent::default()
            };
            scene
                .anna
                .add_entry(scene.jansen, "session_notes", note)
                .await
                .unwrap();
            let paper = document(&scene.anna, scene.jansen).await;
            scene.anna.destroy_document(paper).await.unwrap();
            notes += 1;
        }
        notes
    };
    let backing = async {
        let mut made = Vec::new();
        for at in 0..5 {
            made.push(back_up(&scene, &format!("{at}.age")).await);
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        made
    };
    let (notes, made) = tokio::join!(writing, backing);
    assert!(notes > 0);
    scene.anna.lock().await.unwrap();
    for (at, backup) in made.iter().enumerate() {
        let back = beside(&scene.home, &format!("terug {at}"));
        restore(backup, &back, opener(&scene.sheet), None)
            .await
            .unwrap();
        let practice = sign_in(&scene.home, &back, PASSWORD).await.unwrap();
        assert_eq!(names(&practice).await.len(), 100);
        assert_eq!(text_of(&practice, scene.report).await.unwrap(), TEXT);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_or_shortened_backup_restores_nothing() {
    let scene = scene().await;
    let backup = back_up(&scene, "een.age").await;
    let bytes = fs::read(&backup).unwrap();
    let back = beside(&scene.home, "terug");
    let bad = beside(&scene.home, "slecht.age");
    let mut cases: Vec<Vec<u8>> = Vec::new();
    for at in (0..bytes.len()).step_by(bytes.len() / 40) {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        cases.push(changed);
        cases.push(bytes[..at].to_vec());
    }
    cases.push([&bytes[..], b"x"].concat());
    for case in cases {
        fs::write(&bad, &case).unwrap();
        let refused = restore(&bad, &back, opener(&scene.sheet), None).await;
        let told = matches!(
            refused,
            Err(Error::Store(StoreError::Damaged("backup")) | Error::WrongPassword)
        );
        assert!(told && !back.exists(), "{refused:?}");
    }
    let strange = scene.anna.new_sheet(PASSWORD).await.unwrap();
    let refused = restore(&backup, &back, opener(&strange), None).await;
    assert!(matches!(refused, Err(Error::WrongPassword)));
    assert_eq!(
        all_files(&scene.home.folder.with_file_name(""))
            .iter()
            .filter(|path| path.ends_with("practice.db"))
            .count(),
        1
    );
    // The new sheet opens what is made from here on, the former one what was made before.
    let next = back_up(&scene, "twee.age").await;
    restore(&next, &back, opener(&strange), None).await.unwrap();
    restore(
        &backup,
        &beside(&scene.home, "eerder"),
        opener(&scene.sheet),
        None,
    )
    .await
    .unwrap();
    let over = restore(&backup, &back, opener(&scene.sheet), None).await;
    assert!(matches!(over, Err(Error::Store(StoreError::Occupied))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_store_is_not_backed_up_as_if_it_were_whole() {
    let scene = scene().await;
    let sealed = all_files(&scene.home.folder.join("documents"));
    let bytes = fs::read(&sealed[0]).unwrap();
    fs::remove_file(&sealed[0]).unwrap();
    let to = scene.anna.backup_recipients().await.unwrap();
    let path = beside(&scene.home, "een.age");
    let refused = make(&scene.anna, &path, to).await;
    assert!(matches!(
        refused,
        Err(Error::Store(StoreError::Damaged("document")))
    ));
    fs::write(&sealed[0], bytes).unwrap();
    scene.anna.lock().await.unwrap();
    // An entry of the log is changed behind the back of its signature.
    let intruder = crate::intruder::Intruder::enter(&scene.home.folder, "Anna", PASSWORD).await;
    intruder.sql("UPDATE audit SET body = replace(body, 'dossier_made', 'dossier_read') WHERE body LIKE '%dossier_made%'").await;
    intruder.store.close().await.unwrap();
    let anna = sign_in(&scene.home, &scene.home.folder, PASSWORD)
        .await
        .unwrap();
    let to = anna.backup_recipients().await.unwrap();
    let refused = make(&anna, &path, to).await;
    assert!(matches!(
        refused,
        Err(Error::Store(StoreError::Damaged("database")))
    ));
    assert!(!path.exists() && !scene.home.folder.join(".backup").exists());
}

fn stick(home: &Home) -> PathBuf {
    let stick = beside(home, "stick");
    fs::create_dir(&stick).unwrap();
    stick
}

async fn planned(scene: &Scene, stick: &Path) {
    let plan = BackupPlan {
        folder: stick.to_str().unwrap().to_owned(),
        daily: 3,
        weekly: 2,
        monthly: 1,
        ..BackupPlan::default()
    };
    scene.anna.save_backup_plan(&plan).await.unwrap();
}

async fn as_planned(practice: &Practice) -> Result<Backup, Error> {
    practice.back_up_as_planned(&|_| (), &Arc::default()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plan_is_followed_and_a_missed_backup_is_told() {
    let scene = scene().await;
    let (anna, clock) = (&scene.anna, &scene.home.clock);
    assert_eq!(anna.backup_standing().await.unwrap(), Standing::NoFolder);
    assert!(!anna.backup_is_due(false).await.unwrap());
    let stick = stick(&scene.home);
    planned(&scene, &stick).await;
    assert!(anna.backup_is_due(false).await.unwrap());
    let first = as_planned(anna).await.unwrap();
    assert_eq!(anna.last_backup().await.unwrap(), Some(first.clone()));
    assert!(!anna.backup_is_due(false).await.unwrap() && !anna.backup_is_due(true).await.unwrap());
    // Somebody else's file, and one that only looks like a backup of ours.
    fs::write(stick.join("foto.jpg"), b"x").unwrap();
    fs::write(stick.join("2020-01-01T000000Z.age"), b"x").unwrap();
    for _ in 0..30 {
        clock.forward(TimeDelta::days(1));
        assert!(anna.backup_is_due(false).await.unwrap());
        as_planned(anna).await.unwrap();
    }
    let files: Vec<String> = fs::read_dir(&stick)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let ours = files
        .iter()
        .filter(|name| moment_of(name).is_some())
        .count()
        - 1;
    assert!((3..=6).contains(&ours), "{files:?}");
    assert!(
        files.contains(&"foto.jpg".to_owned())
            && files.contains(&"2020-01-01T000000Z.age".to_owned())
    );
    assert_eq!(ours, anna.backup_state().await.unwrap().kept.len());

    // What a power cut left there long ago goes; what somebody else may still be writing stays.
    for (name, days) in [("oud", 30), ("nu", 0)] {
        let path = stick.join(format!(".dossierkluis-{name}"));
        let at = (clock.clock())() - TimeDelta::days(days);
        fs::write(&path, b"half").unwrap();
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(at.into()).unwrap();
    }
    clock.forward(TimeDelta::minutes(1));
    as_planned(anna).await.unwrap();
    assert!(!stick.join(".dossierkluis-oud").exists() && stick.join(".dossierkluis-nu").exists());

    fs::rename(&stick, beside(&scene.home, "in de la")).unwrap();
    clock.forward(TimeDelta::days(2));
    let refused = as_planned(anna).await.unwrap_err();
    assert!(
        matches!(
            refused,
            Error::Refused {
                reason: "no_folder",
                ..
            }
        ),
        "{refused:?}"
    );
    assert!(!stick.exists(), "nothing is laid where the stick should be");
    assert!(matches!(
        anna.backup_standing().await.unwrap(),
        Standing::Missed(Some(_))
    ));
    let failed = anna.backup_state().await.unwrap().failed.unwrap();
    assert_eq!(failed.1, "no_folder");
    assert!(
        !anna.backup_is_due(false).await.unwrap(),
        "not at every tick"
    );
    fs::rename(beside(&scene.home, "in de la"), &stick).unwrap();
    clock.forward(TimeDelta::minutes(16));
    assert!(anna.backup_is_due(false).await.unwrap());
    as_planned(anna).await.unwrap();
    assert!(matches!(
        anna.backup_standing().await.unwrap(),
        Standing::Good(Some(_))
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_backs_up_for_the_sheet_and_nowhere_else() {
    let scene = scene().await;
    let stick = stick(&scene.home);
    planned(&scene, &stick).await;
    let anna = scene.home.colleague(scene.anna, "Bram", &["coach"]).await;
    anna.lock().await.unwrap();
    let bram = scene.home.sign_in("Bram", OTHER).await;
    let path = beside(&scene.home, "mee naar huis.age");
    let to = Outward::Password(Passphrase::new(OTHER), WorkFactor::for_tests());
    let refused = make(&bram, &path, to).await;
    assert!(matches!(refused, Err(Error::Denied(_))) && !path.exists());
    let plan = BackupPlan::default();
    assert!(matches!(
        bram.save_backup_plan(&plan).await,
        Err(Error::Denied(_))
    ));
    let made = as_planned(&bram).await.unwrap();
    let drilled = drill(&bram, Path::new(&made.path), opener(&scene.sheet)).await;
    assert!(matches!(drilled, Err(Error::Denied(_))));
    bram.lock().await.unwrap();
    let back = beside(&scene.home, "terug");
    restore(Path::new(&made.path), &back, opener(&scene.sheet), None)
        .await
        .unwrap();
    assert!(sign_in(&scene.home, &back, PASSWORD).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drill_proves_a_backup_and_leaves_nothing_but_the_proof() {
    let scene = scene().await;
    let backup = back_up(&scene, "een.age").await;
    let before = all_files(&scene.home.folder).len();
    let done = drill(&scene.anna, &backup, opener(&scene.sheet))
        .await
        .unwrap();
    assert_eq!(done.findings, Vec::<String>::new());
    assert_eq!((done.dossiers, done.documents), (1, 1));
    assert!(done.opened > 0);
    assert_eq!(all_files(&scene.home.folder).len(), before);
    assert_eq!(scene.anna.backup_state().await.unwrap().drill, Some(done));
    assert_eq!(
        names(&scene.anna).await,
        ["Zuidwijk"],
        "the practice itself goes on"
    );
    let strange = scene.anna.new_sheet(PASSWORD).await.unwrap();
    let refused = drill(&scene.anna, &backup, opener(&strange)).await;
    assert!(matches!(refused, Err(Error::WrongPassword)));
    assert!(!scene.home.folder.join(".backup").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_stopped_leaves_nothing() {
    let scene = scene().await;
    let (path, stop) = (
        beside(&scene.home, "een.age"),
        Arc::new(AtomicBool::new(true)),
    );
    let big = vec![7; 64 << 20];
    let source = Source::Bytes("groot.bin".to_owned(), Zeroizing::new(big));
    let new = NewDocument::default();
    scene
        .anna
        .add_document(
            scene.jansen,
            "documents",
            &new,
            source,
            &|_| (),
            &Arc::default(),
        )
        .await
        .unwrap();
    let to = scene.anna.backup_recipients().await.unwrap();
    let stopped = scene.anna.back_up(&path, to, &|_| (), &stop).await;
    assert!(matches!(stopped, Err(Error::Cancelled)), "{stopped:?}");
    let left: Vec<_> = fs::read_dir(scene.home.folder.parent().unwrap())
        .unwrap()
        .collect();
    assert_eq!(left.len(), 1);
    // What a crash leaves goes at the next sign-in; until then nothing is begun in its place.
    fs::create_dir_all(scene.home.folder.join(".backup/out")).unwrap();
    let to = scene.anna.backup_recipients().await.unwrap();
    let busy = make(&scene.anna, &path, to).await;
    assert!(matches!(busy, Err(Error::Export("busy"))));
    scene.anna.lock().await.unwrap();
    let anna = sign_in(&scene.home, &scene.home.folder, PASSWORD)
        .await
        .unwrap();
    assert!(!scene.home.folder.join(".backup").exists());
    let to = anna.backup_recipients().await.unwrap();
    make(&anna, &path, to).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_present_practice_is_kept_beside_and_a_cut_off_change_of_places_is_ended() {
    let scene = scene().await;
    let backup = back_up(&scene, "een.age").await;
    scene.home.clock.forward(TimeDelta::minutes(5));
    let later = client(
        &scene.anna,
        scene.anna.own_circle(),
        &[("surname", "Zegers")],
    )
    .await;
    let at = scene.anna.last_backup().await.unwrap().unwrap().at;
    let since = scene.anna.changes_since(at).await.unwrap();
    assert_eq!((since.made, since.changed), (1, 0));
    let (folder, waiting) = (scene.home.folder.clone(), waiting_place(&scene.home.folder));
    restore(&backup, &waiting, opener(&scene.sheet), Some(&folder))
        .await
        .unwrap();
    let now = (scene.home.clock.clock())();
    let refused = swap_in(&folder, now);
    assert!(
        matches!(refused, Err(Error::Store(StoreError::InUse))),
        "somebody works in it"
    );
    scene.anna.lock().await.unwrap();
    let kept = swap_in(&folder, now).unwrap();
    let anna = sign_in(&scene.home, &folder, PASSWORD).await.unwrap();
    assert_eq!(names(&anna).await, ["Zuidwijk"]);
    anna.lock().await.unwrap();
    let former = sign_in(&scene.home, &kept, PASSWORD).await.unwrap();
    assert_eq!(names(&former).await.len(), 2);
    assert!(former.open_dossier(later, Reveal::Nothing).await.is_ok());
    former.lock().await.unwrap();

    // Cut off after the first step.
    restore(&backup, &waiting, opener(&scene.sheet), Some(&folder))
        .await
        .unwrap();
    fs::rename(&folder, beside(&scene.home, "opzij")).unwrap();
    finish_swap(&folder).unwrap();
    assert!(!waiting.exists());
    sign_in(&scene.home, &folder, PASSWORD)
        .await
        .unwrap()
        .lock()
        .await
        .unwrap();
    // Cut off before it.
    restore(&backup, &waiting, opener(&scene.sheet), None)
        .await
        .unwrap();
    finish_swap(&folder).unwrap();
    assert!(!waiting.exists() && folder.exists());
    // What somebody else put there stays.
    fs::create_dir(&waiting).unwrap();
    fs::write(waiting.join("vakantie.jpg"), b"x").unwrap();
    finish_swap(&folder).unwrap();
    assert!(waiting.join("vakantie.jpg").exists());
    // And no practice comes to lie within another.
    let within = folder.join("documents").join("terug");
    let refused = restore(&backup, &within, opener(&scene.sheet), Some(&folder)).await;
    assert!(matches!(
        refused.err(),
        Some(Error::Store(StoreError::Occupied))
    ));
    assert!(!within.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_for_backups_that_was_slipped_in_is_found() {
    let scene = scene().await;
    scene.anna.new_sheet(PASSWORD).await.unwrap();
    assert_eq!(names(&scene.anna).await, ["Zuidwijk"]);
    let key =
        "SELECT body FROM audit WHERE body LIKE '%backup_key_made%' ORDER BY seq DESC LIMIT 1";
    scene.anna.lock().await.unwrap();
    let intruder = crate::intruder::Intruder::enter(&scene.home.folder, "Anna", PASSWORD).await;
    let (body,): (String,) = sqlx::query_as(key)
        .fetch_one(&mut *intruder.store.read().await.unwrap())
        .await
        .unwrap();
    // What the log says of it is changed here, in place of the sealed setting: either way the two differ.
    let told = body
        .split("\"recipient\":\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let other = dossierkluis::crypto::Identity::make()
        .recipient()
        .to_string();
    let change = format!("UPDATE audit SET body = replace(body, '{told}', '{other}')");
    intruder.sql(Box::leak(change.into_boxed_str())).await;
    intruder.store.close().await.unwrap();
    let anna = sign_in(&scene.home, &scene.home.folder, PASSWORD)
        .await
        .unwrap();
    let found = anna.verify().await.unwrap().findings;
    assert!(
        found.iter().any(|one| one.starts_with("backup_key:")),
        "{found:?}"
    );
}
