//! Back in without the password, and a keyring that was lost: what helps, and what must not.

use crate::support::{Home, OTHER, PASSWORD, client};
use chrono::TimeDelta;
use dossierkluis::{
    audit::EventKind,
    crypto::{Passphrase, WorkFactor},
    dossier::{ListQuery, Reveal},
    error::Error,
    practice::{Locked, Practice},
    store::{KEYRING, KeyringFile, StoreError, copies::COPIES},
};
use std::{collections::HashMap, fs, path::Path};

const THIRD: &str = "vijf ezels aan de kade";
const KEYRINGS: [&str; 3] = [KEYRING, COPIES[0], COPIES[1]];

async fn lock(practice: Practice) {
    drop(practice.lock().await.unwrap());
}

async fn refusal(home: &Home, user: &str, password: &str) -> Error {
    let refused = home.locked().unlock(user, password).await;
    refused.err().unwrap().1
}

fn keyrings(folder: &Path) -> HashMap<&'static str, Vec<u8>> {
    let read = |name| (name, fs::read(folder.join(name)).unwrap());
    KEYRINGS.into_iter().map(read).collect()
}

fn put_back(folder: &Path, files: &HashMap<&'static str, Vec<u8>>) {
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).unwrap();
    }
}

async fn kinds(practice: &Practice) -> Vec<EventKind> {
    let log = practice.audit_log(None, 0, 500).await.unwrap();
    log.entries.iter().map(|entry| entry.event.event).collect()
}

/// Anna, who split her recovery among three; her shares as they are typed.
async fn split() -> (Home, Vec<String>) {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let anna = home.colleague(anna, "Bram", &["coach"]).await;
    client(&anna, anna.own_circle(), &[("surname", "Visser")]).await;
    assert!(!anna.has_split());
    let sheets = anna.split_recovery(PASSWORD).await.unwrap();
    assert!(anna.has_split());
    let codes = sheets.iter().map(|sheet| sheet.code().to_string());
    let codes = codes.collect();
    lock(anna).await;
    (home, codes)
}

async fn together(
    home: &Home,
    user: &str,
    shares: [&str; 2],
) -> Result<Locked, (Box<Locked>, Error)> {
    home.locked().recover_together(user, shares, OTHER).await
}

#[tokio::test(flavor = "multi_thread")]
async fn any_two_shares_give_a_new_password_and_the_user_hears_of_it() {
    for (one, two) in [(0, 1), (2, 0), (1, 2)] {
        let (home, codes) = split().await;
        let typed = codes[two].to_lowercase().replace('-', " ");
        let locked = together(&home, "Anna", [&codes[one], &typed]).await;
        let locked = locked.map_err(|(_, error)| error).unwrap();
        home.clock.forward(TimeDelta::minutes(5));
        let anna = locked
            .unlock("Anna", OTHER)
            .await
            .map_err(|(_, e)| e)
            .unwrap();
        // Two others were there when it was typed.
        assert!(anna.must_change_password());
        let told = anna.recoveries().await.unwrap();
        assert_eq!((told.len(), told[0].how.as_str()), (1, "together"));
        anna.change_password(OTHER, THIRD).await.unwrap();
        anna.load(&|_| ()).await.unwrap();
        assert_eq!(anna.search("visser", 10).await.unwrap().0.len(), 1);
        assert!(kinds(&anna).await.contains(&EventKind::RecoveredTogether));
        assert_eq!(anna.verify().await.unwrap().findings, Vec::<String>::new());
        // Told until it was seen, and not again.
        anna.saw_recoveries().await.unwrap();
        lock(anna).await;
        home.clock.forward(TimeDelta::minutes(5));
        assert!(matches!(
            refusal(&home, "Anna", PASSWORD).await,
            Error::WrongPassword
        ));
        let anna = home.sign_in("Anna", THIRD).await;
        assert!(anna.recoveries().await.unwrap().is_empty());
        lock(anna).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_share_opens_nothing_and_shares_of_two_splits_do_not_mix() {
    let (home, former) = split().await;
    let anna = home.sign_in("Anna", PASSWORD).await;
    let sheets = anna.split_recovery(PASSWORD).await.unwrap();
    let codes: Vec<String> = sheets
        .iter()
        .map(|sheet| sheet.code().to_string())
        .collect();
    lock(anna).await;
    let mut wrong = codes[1].clone();
    wrong.replace_range(9..10, if &wrong[9..10] == "Q" { "P" } else { "Q" });
    let cases = [
        ([&codes[0], &codes[0]], "same_share"),
        ([&codes[0], &former[1]], "other_split"),
        ([&former[0], &former[1]], "former_share"),
        ([&codes[0], &wrong], "share_form"),
        ([&codes[0], &String::new()], "share_form"),
    ];
    for ([one, two], reason) in cases {
        let refused = together(&home, "Anna", [one, two]).await.err().unwrap().1;
        assert!(
            matches!(&refused, Error::Refused { field, reason: said } if field == "share" && *said == reason),
            "{reason}: {refused:?}"
        );
    }
    // Bram split nothing: nobody's shares are any use with his account.
    let refused = together(&home, "Bram", [&codes[0], &codes[1]])
        .await
        .err()
        .unwrap()
        .1;
    assert!(
        matches!(
            refused,
            Error::Refused {
                reason: "no_split",
                ..
            }
        ),
        "{refused:?}"
    );
    lock(home.sign_in("Anna", PASSWORD).await).await;
}

/// What an administrator has: the folder, the store key, an own account, and one share.
#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_with_one_share_cannot_use_it() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let anna = home.colleague(anna, "Cas", &["coach"]).await;
    lock(anna).await;
    let cas = home.sign_in("Cas", OTHER).await;
    let share = cas.split_recovery(OTHER).await.unwrap()[0]
        .code()
        .to_string();
    lock(cas).await;
    // Anna makes a split of her own and tries its second share beside the one of Cas.
    let anna = home.sign_in("Anna", PASSWORD).await;
    let own = anna.split_recovery(PASSWORD).await.unwrap();
    lock(anna).await;
    for sheet in &own {
        let refused = together(&home, "Cas", [&share, &sheet.code()]).await;
        assert!(matches!(
            refused,
            Err((
                _,
                Error::Refused {
                    reason: "other_split",
                    ..
                }
            ))
        ));
    }
    lock(home.sign_in("Cas", OTHER).await).await;
    // The file holds nothing by which a second share could be tried out.
    let file = fs::read_to_string(home.folder.join(KEYRING)).unwrap();
    let plain = share.replace('-', "");
    assert!(!file.to_uppercase().contains(&plain[20..60]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_split_that_was_ended_opens_nothing() {
    let (home, codes) = split().await;
    let before = keyrings(&home.folder);
    let anna = home.sign_in("Anna", PASSWORD).await;
    anna.end_split(PASSWORD).await.unwrap();
    assert!(!anna.has_split());
    lock(anna).await;
    let refused = together(&home, "Anna", [&codes[0], &codes[1]])
        .await
        .err()
        .unwrap()
        .1;
    assert!(matches!(
        refused,
        Error::Refused {
            reason: "no_split",
            ..
        }
    ));
    // Not with the keyring of before either.
    put_back(&home.folder, &before);
    let refused = together(&home, "Anna", [&codes[0], &codes[1]])
        .await
        .err()
        .unwrap()
        .1;
    assert!(
        matches!(
            refused,
            Error::Store(StoreError::RolledBack("former secret"))
        ),
        "{refused:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn recovery_with_the_sheet_is_told_at_the_next_sign_in() {
    let home = Home::new();
    let (anna, sheet) = home.founded().await;
    lock(anna).await;
    let anna = home.locked().recover("Anna", &sheet.code(), OTHER).await;
    let anna = anna.map_err(|(_, error)| error).unwrap();
    assert!(
        anna.recoveries().await.unwrap().is_empty(),
        "not to whoever did it"
    );
    lock(anna).await;
    home.clock.forward(TimeDelta::days(2));
    let anna = home.sign_in("Anna", OTHER).await;
    assert_eq!(anna.recoveries().await.unwrap()[0].how, "sheet");
    lock(anna).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_or_damaged_keyring_is_said_and_comes_back_from_a_copy() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let id = client(&anna, anna.own_circle(), &[("surname", "Visser")]).await;
    lock(anna).await;
    let path = home.folder.join(KEYRING);
    assert_eq!(
        Locked::copy_of_keyring(&home.folder),
        None,
        "none is needed"
    );
    assert!(matches!(
        Locked::rebuild_keyring(&home.folder),
        Err(Error::Refused { .. })
    ));
    for damage in ["flipped", "cut", "missing", "empty"] {
        let mut bytes = fs::read(&path).unwrap();
        match damage {
            "flipped" => bytes[200] ^= 1,
            "cut" => bytes.truncate(300),
            _ => bytes.clear(),
        }
        match damage {
            "missing" => fs::remove_file(&path).unwrap(),
            _ => fs::write(&path, bytes).unwrap(),
        }
        let said = Locked::open(&home.folder, home.clock.clock(), "test")
            .err()
            .unwrap();
        assert!(
            matches!(said, Error::Store(StoreError::Damaged(_))),
            "{damage}: {said:?}"
        );
        let written = Locked::copy_of_keyring(&home.folder).unwrap();
        assert!(written > 1_600_000_000_000);
        assert_eq!(Locked::rebuild_keyring(&home.folder).unwrap(), written);
        let anna = home.sign_in("Anna", PASSWORD).await;
        assert!(
            kinds(&anna).await.contains(&EventKind::KeyringRebuilt),
            "{damage}"
        );
        anna.open_dossier(id, Reveal::All).await.unwrap();
        lock(anna).await;
        let told = KeyringFile::read(&home.folder).unwrap().rebuilt;
        assert!(!told, "told once");
    }
    for name in KEYRINGS {
        fs::write(home.folder.join(name), b"{}").unwrap();
    }
    assert_eq!(Locked::copy_of_keyring(&home.folder), None);
    assert!(matches!(
        Locked::rebuild_keyring(&home.folder),
        Err(Error::Store(StoreError::Damaged("keyring")))
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_copy_is_enough() {
    for lost in COPIES {
        let home = Home::new();
        let (anna, _) = home.founded().await;
        lock(anna).await;
        fs::remove_file(home.folder.join(KEYRING)).unwrap();
        fs::write(home.folder.join(lost), b"rubbish").unwrap();
        Locked::rebuild_keyring(&home.folder).unwrap();
        lock(home.sign_in("Anna", PASSWORD).await).await;
        let files = keyrings(&home.folder);
        assert_eq!(files[KEYRING], files[lost], "made whole again");
    }
}

/// Somebody who knew Anna's former password keeps every keyring of that time, and puts them back beside today's database.
#[tokio::test(flavor = "multi_thread")]
async fn a_former_password_does_not_come_back_with_an_old_keyring() {
    let home = Home::new();
    let (anna, sheet) = home.founded().await;
    lock(anna).await;
    let old = keyrings(&home.folder);
    let anna = home.sign_in("Anna", PASSWORD).await;
    anna.change_password(PASSWORD, OTHER).await.unwrap();
    // No copy holds the former one.
    let former = Passphrase::new(PASSWORD);
    for name in COPIES {
        fs::copy(home.folder.join(name), home.folder.with_file_name(KEYRING)).unwrap();
        let copy = KeyringFile::read(home.folder.parent().unwrap()).unwrap();
        let entry = copy.user(anna.user()).unwrap();
        assert!(entry.open(&former).is_err(), "{name}");
        assert!(entry.open(&Passphrase::new(OTHER)).is_ok(), "{name}");
    }
    lock(anna).await;
    let new = keyrings(&home.folder);

    // The keyring alone: its copies are later.
    fs::write(home.folder.join(KEYRING), &old[KEYRING]).unwrap();
    let said = Locked::open(&home.folder, home.clock.clock(), "test")
        .err()
        .unwrap();
    assert!(
        matches!(said, Error::Store(StoreError::RolledBack("keyring"))),
        "{said:?}"
    );
    Locked::rebuild_keyring(&home.folder).unwrap();
    assert!(matches!(
        refusal(&home, "Anna", PASSWORD).await,
        Error::WrongPassword
    ));

    // All three: the database knows what was replaced.
    put_back(&home.folder, &old);
    let said = refusal(&home, "Anna", PASSWORD).await;
    assert!(
        matches!(said, Error::Store(StoreError::RolledBack("former secret"))),
        "{said:?}"
    );
    // Rebuilding from such a copy changes nothing about that.
    fs::remove_file(home.folder.join(KEYRING)).unwrap();
    Locked::rebuild_keyring(&home.folder).unwrap();
    let said = refusal(&home, "Anna", PASSWORD).await;
    assert!(
        matches!(said, Error::Store(StoreError::RolledBack("former secret"))),
        "{said:?}"
    );
    // The sheet was not replaced: whoever has it gets in, so that an old keyring loses nothing.
    let anna = home.locked().recover("Anna", &sheet.code(), THIRD).await;
    lock(anna.map_err(|(_, error)| error).unwrap()).await;
    // And the present ones still work.
    put_back(&home.folder, &new);
    lock(home.sign_in("Anna", OTHER).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_former_sheet_does_not_come_back_with_an_old_keyring() {
    let home = Home::new();
    let (anna, sheet) = home.founded().await;
    let old = keyrings(&home.folder);
    anna.new_sheet(PASSWORD).await.unwrap();
    lock(anna).await;
    put_back(&home.folder, &old);
    let refused = home.locked().recover("Anna", &sheet.code(), OTHER).await;
    let said = refused.err().unwrap().1;
    assert!(
        matches!(said, Error::Store(StoreError::RolledBack("former secret"))),
        "{said:?}"
    );
    // It did not get as far as a new password.
    assert!(matches!(
        refusal(&home, "Anna", OTHER).await,
        Error::WrongPassword
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_waiting_nor_blocked_ends_with_a_copy() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let anna = home.colleague(anna, "Bram", &["coach"]).await;
    let bram = crate::cast::user_id(&anna, "Bram").await;
    lock(anna).await;
    let old = keyrings(&home.folder);
    for _ in 0..4 {
        refusal(&home, "Bram", "niet dit").await;
    }
    fs::remove_file(home.folder.join(KEYRING)).unwrap();
    Locked::rebuild_keyring(&home.folder).unwrap();
    let said = refusal(&home, "Bram", OTHER).await;
    assert!(matches!(said, Error::Throttled { .. }), "{said:?}");

    let anna = home.sign_in("Anna", PASSWORD).await;
    anna.block(bram).await.unwrap();
    lock(anna).await;
    fs::remove_file(home.folder.join(KEYRING)).unwrap();
    Locked::rebuild_keyring(&home.folder).unwrap();
    assert!(matches!(
        refusal(&home, "Bram", OTHER).await,
        Error::Blocked
    ));
    // From before the blocking, all three.
    put_back(&home.folder, &old);
    assert!(matches!(
        refusal(&home, "Bram", OTHER).await,
        Error::Blocked
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn passwords_that_fell_behind_get_todays_work_at_the_next_sign_in() {
    let home = Home::new();
    let (anna, sheet) = home.founded().await;
    let user = anna.user();
    lock(anna).await;
    let work = |folder: &Path| {
        let file = KeyringFile::read(folder).unwrap();
        (file.work, file.user(user).unwrap().work().unwrap())
    };
    // A test's work is no release's, and stays.
    lock(home.sign_in("Anna", PASSWORD).await).await;
    let light = WorkFactor::for_tests();
    assert_eq!(work(&home.folder), (light, light));
    let mut file = KeyringFile::read(&home.folder).unwrap();
    file.work = WorkFactor::new(14).unwrap();
    file.write(&home.folder).unwrap();
    let old = keyrings(&home.folder);
    let anna = home.sign_in("Anna", PASSWORD).await;
    assert_eq!(
        work(&home.folder),
        (WorkFactor::CURRENT, WorkFactor::CURRENT)
    );
    assert!(kinds(&anna).await.contains(&EventKind::WorkRaised));
    lock(anna).await;
    lock(home.sign_in("Anna", PASSWORD).await).await;
    // The weaker file is no way in any more.
    put_back(&home.folder, &old);
    let said = refusal(&home, "Anna", PASSWORD).await;
    assert!(
        matches!(said, Error::Store(StoreError::RolledBack("former secret"))),
        "{said:?}"
    );
    let anna = home.locked().recover("Anna", &sheet.code(), OTHER).await;
    let anna = anna.map_err(|(_, error)| error).unwrap();
    assert_eq!(anna.list(&ListQuery::default()).await.unwrap().total, 0);
    lock(anna).await;
}
