//! A colleague with the store key, another program and the folder; changes that break off; tries that run side by side.

use crate::{
    cast::user_id,
    intruder::Intruder,
    support::{Home, OTHER, PASSWORD, client},
};
use dossierkluis::{
    access::{Denial, Seen},
    audit::EventKind,
    catalogue::Level,
    dossier::{EntryContent, ListQuery, Reveal, SortBy},
    error::Error,
    ids::{CircleId, DossierId},
    practice::Practice,
    transfer::{ExportPlan, export::Kind},
};

/// Anna, administrator and coach, with Bram, coach, and Carla at the front desk.
async fn three() -> (Home, Practice) {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let anna = home.colleague(anna, "Bram", &["coach"]).await;
    let anna = home.colleague(anna, "Carla", &["reception"]).await;
    (home, anna)
}

/// A circle of Anna and a colleague, with a client in it.
async fn shared(anna: &Practice, with: &str) -> (CircleId, DossierId) {
    let circle = anna.new_circle("Intake").await.unwrap();
    anna.add_to_circle(circle, user_id(anna, with).await)
        .await
        .unwrap();
    let fields = [("surname", "Visser"), ("bsn", "111222333")];
    (circle, client(anna, circle, &fields).await)
}

async fn tamper(home: &Home, practice: Practice, statement: &'static str) {
    drop(practice.lock().await.unwrap());
    let intruder = Intruder::enter(&home.folder, "Carla", OTHER).await;
    intruder.sql(statement).await;
    intruder.store.close().await.unwrap();
}

async fn findings(practice: &Practice) -> Vec<String> {
    practice.verify().await.unwrap().findings
}

#[tokio::test(flavor = "multi_thread")]
async fn an_own_recipient_in_place_of_a_colleagues_is_found() {
    let (home, anna) = three().await;
    assert_eq!(findings(&anna).await, Vec::<String>::new());
    tamper(
        &home,
        anna,
        // Carla's in place of Bram's.
        "UPDATE user_account SET recipient = (SELECT recipient FROM user_account ORDER BY id DESC LIMIT 1)
         WHERE id = (SELECT id FROM user_account ORDER BY id LIMIT 1 OFFSET 1)",
    )
    .await;
    let found = findings(&home.sign_in("Anna", PASSWORD).await).await;
    assert!(
        found.iter().any(|one| one.starts_with("audit:account_key")),
        "{found:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_protected_field_without_its_key_is_not_taken_for_an_open_one() {
    let (home, anna) = three().await;
    let id = client(&anna, anna.own_circle(), &[("surname", "Visser")]).await;
    tamper(
        &home,
        anna,
        "PRAGMA foreign_keys = OFF; DELETE FROM wrapped_key WHERE name = 'field:bsn'; DELETE FROM key_state WHERE name = 'field:bsn'",
    )
    .await;
    let anna = home.sign_in("Anna", PASSWORD).await;
    let refused = anna.put_field(id, "bsn", Some("111222333")).await;
    assert!(
        matches!(refused, Err(Error::Denied(Denial::KeyMissing))),
        "{refused:?}"
    );
    let view = anna.open_dossier(id, Reveal::All).await.unwrap();
    assert!(matches!(view.fields["bsn"], Seen::Withheld { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_looked_for_comes_before_what_was_changed_then() {
    let (_home, anna) = three().await;
    let id = client(&anna, anna.own_circle(), &[("surname", "Visser")]).await;
    anna.load(&|_| ()).await.unwrap();
    anna.put_field(id, "town", Some("Zutphen")).await.unwrap();
    assert_eq!(anna.search("zutphen", 9).await.unwrap().0.len(), 1);
    anna.put_field(id, "town", Some("Deventer")).await.unwrap();
    let log = anna.audit_log(None, 0, 3).await.unwrap();
    let kinds: Vec<EventKind> = log.entries.iter().map(|one| one.event.event).collect();
    let last = [
        EventKind::FieldChanged,
        EventKind::Searched,
        EventKind::FieldChanged,
    ];
    assert_eq!(kinds, last);
    assert_eq!(findings(&anna).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_beside_a_damaged_value_is_kept() {
    let (home, anna) = three().await;
    let fields = [("surname", "Visser"), ("bsn", "111222333")];
    let id = client(&anna, anna.own_circle(), &fields).await;
    tamper(
        &home,
        anna,
        "UPDATE value SET sealed = zeroblob(length(sealed)) WHERE field = 'bsn'",
    )
    .await;
    let anna = home.sign_in("Anna", PASSWORD).await;
    let saved = anna.put_field(id, "town", Some("Zutphen")).await.unwrap();
    assert_eq!(saved.revision, 1);
    let view = anna.open_dossier(id, Reveal::Nothing).await.unwrap();
    assert_eq!(view.fields["town"].value(), Some("Zutphen"));
    assert!(anna.reveal(id, "bsn").await.is_err());
    assert!(anna.put_field(id, "bsn", Some("123456782")).await.is_err());
    let found = findings(&anna).await;
    assert!(
        !found.is_empty() && found.iter().all(|one| !one.starts_with("audit:")),
        "{found:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_lost_its_end_is_found() {
    let (home, anna) = three().await;
    drop(anna.lock().await.unwrap());
    let anna = home.sign_in("Anna", PASSWORD).await;
    tamper(
        &home,
        anna,
        "PRAGMA foreign_keys = OFF; DELETE FROM audit WHERE seq > (SELECT max(seq) - 3 FROM audit)",
    )
    .await;
    let found = findings(&home.sign_in("Anna", PASSWORD).await).await;
    assert!(
        found.iter().any(|one| one.starts_with("audit:end_missing")),
        "{found:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_saved_after_a_failed_change_of_keys_can_be_read() {
    let (home, anna) = three().await;
    let (circle, id) = shared(&anna, "Carla").await;
    tamper(
        &home,
        anna,
        "CREATE TRIGGER broken BEFORE UPDATE ON key_state WHEN new.version > old.version
         BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
    )
    .await;
    let anna = home.sign_in("Anna", PASSWORD).await;
    let carla = user_id(&anna, "Carla").await;
    anna.remove_from_circle(circle, carla).await.unwrap_err();
    anna.put_field(id, "town", Some("Zutphen")).await.unwrap();
    anna.add_entry(id, "session_notes", EntryContent::note("Na de storing."))
        .await
        .unwrap();
    let other = client(&anna, circle, &[("surname", "Later")]).await;
    tamper(&home, anna, "DROP TRIGGER broken").await;
    let anna = home.sign_in("Anna", PASSWORD).await;
    let view = anna.open_dossier(id, Reveal::All).await.unwrap();
    assert_eq!(view.fields["town"].value(), Some("Zutphen"));
    assert_eq!(view.entries.len(), 1);
    let view = anna.open_dossier(other, Reveal::All).await.unwrap();
    assert_eq!(view.fields["surname"].value(), Some("Later"));
    assert_eq!(findings(&anna).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_still_lies_in_the_sheet_is_what_a_change_replaces() {
    let (home, anna) = three().await;
    drop(anna.lock().await.unwrap());
    let bram = home.sign_in("Bram", OTHER).await;
    let id = client(
        &bram,
        bram.own_circle(),
        &[("surname", "Dekker"), ("town", "Zutphen")],
    )
    .await;
    drop(bram.lock().await.unwrap());
    // Anna cannot reach what lies in Bram's own circle; it is split when Bram is back.
    let anna = home.sign_in("Anna", PASSWORD).await;
    anna.protect("town").await.unwrap();
    drop(anna.lock().await.unwrap());
    let bram = home
        .locked()
        .unlock("Bram", OTHER)
        .await
        .map_err(|(_, error)| error)
        .unwrap();
    bram.put_field(id, "town", Some("Deventer")).await.unwrap();
    bram.load(&|_| ()).await.unwrap();
    bram.maintain().await.unwrap();
    let value = bram.reveal(id, "town").await.unwrap().unwrap();
    assert_eq!(value.as_str(), "Deventer");
    let history = bram.history(id, "town").await.unwrap();
    assert_eq!(
        history[0].before.as_ref().map(|text| text.as_str()),
        Some("Zutphen")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_of_a_dossier_is_silent_about_what_is_withheld() {
    let (home, anna) = three().await;
    let (_, id) = shared(&anna, "Carla").await;
    anna.put_field(id, "bsn", Some("123456782")).await.unwrap();
    anna.put_field(id, "town", Some("Zutphen")).await.unwrap();
    anna.add_entry(
        id,
        "session_notes",
        EntryContent::note("Alleen voor coaches."),
    )
    .await
    .unwrap();
    drop(anna.lock().await.unwrap());
    let carla = home.sign_in("Carla", OTHER).await;
    assert!(matches!(
        carla.open_dossier(id, Reveal::All).await.unwrap().fields["bsn"],
        Seen::Withheld { .. }
    ));
    let log = carla.audit_log(Some(id), 0, 100).await.unwrap();
    let parts: Vec<_> = log
        .entries
        .iter()
        .filter_map(|entry| entry.event.part.as_deref())
        .collect();
    assert_eq!(parts, ["town"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_that_is_lost_leaves_lists_and_search_at_once() {
    let (home, anna) = three().await;
    // Bram keeps the key, so that Anna can lose it.
    let id = client(
        &anna,
        anna.own_circle(),
        &[("surname", "Visser"), ("bsn", "111222333")],
    )
    .await;
    let _home = home;
    let query = ListQuery {
        field: Some(("bsn".to_owned(), "111222".to_owned())),
        sort: SortBy::Field("bsn".to_owned()),
        limit: 10,
        ..ListQuery::default()
    };
    assert_eq!(anna.list(&query).await.unwrap().rows[0].id, id);
    for group in anna.groups().await.unwrap() {
        if ["coach", "administrator"].contains(&group.role.as_str()) {
            let user = anna.user();
            if group.role == "coach" {
                anna.set_group_member(group.id, user, false).await.unwrap();
            } else {
                anna.set_right("bsn", group.id, Level::None).await.unwrap();
            }
        }
    }
    assert_eq!(anna.list(&query).await.unwrap().total, 0);
    assert!(anna.search("111222", 10).await.unwrap().0.is_empty());
    // What is not withheld is found as before.
    assert_eq!(anna.search("visser", 10).await.unwrap().0.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn tries_side_by_side_are_slowed_down_like_tries_in_a_row() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let tries = futures(&anna).await;
    let throttled = tries
        .iter()
        .filter(|error| matches!(error, Error::Throttled { .. }))
        .count();
    assert_eq!((tries.len(), throttled), (12, 9));
    // The right one has to wait as well.
    assert!(matches!(
        anna.new_sheet(PASSWORD).await,
        Err(Error::Throttled { .. })
    ));
    home.clock.forward(chrono::TimeDelta::seconds(10));
    anna.new_sheet(PASSWORD).await.unwrap();
}

async fn futures(anna: &Practice) -> Vec<Error> {
    let one = || async {
        let error = anna.change_password("niet dit wachtwoord", OTHER).await;
        error.unwrap_err()
    };
    let two = || async { anna.new_sheet("niet dit wachtwoord").await.err().unwrap() };
    let (a, b, c, d, e, f) = tokio::join!(one(), two(), one(), two(), one(), two());
    let (g, h, i, j, k, l) = tokio::join!(one(), two(), one(), two(), one(), two());
    vec![a, b, c, d, e, f, g, h, i, j, k, l]
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_but_a_new_password_before_it_is_changed() {
    let (home, anna) = three().await;
    let (circle, id) = shared(&anna, "Bram").await;
    let (bram, carla) = (user_id(&anna, "Bram").await, user_id(&anna, "Carla").await);
    anna.set_password_rules(bram, Some(true), None)
        .await
        .unwrap();
    drop(anna.lock().await.unwrap());
    let bram = home.sign_in("Bram", OTHER).await;
    let first = |error: Error| matches!(error, Error::Denied(Denial::ChangePasswordFirst));
    assert!(first(bram.add_to_circle(circle, carla).await.unwrap_err()));
    assert!(first(
        bram.remove_from_circle(circle, carla).await.unwrap_err()
    ));
    assert!(first(bram.new_circle("Nieuw").await.unwrap_err()));
    assert!(first(bram.put_field(id, "town", None).await.unwrap_err()));
    assert!(bram.open_dossier(id, Reveal::All).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_in_the_log_before_it_begins_and_never_lands_on_the_practice() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    client(&anna, anna.own_circle(), &[("surname", "Visser")]).await;
    let plan = |format| ExportPlan {
        kinds: Vec::new(),
        ids: None,
        fields: None,
        format,
    };
    for own in ["keyring.json", "practice.db", "nieuw.json"] {
        let path = home.folder.join(own);
        let before = std::fs::read(&path).ok();
        let refused = anna
            .export_dossiers(&path, &plan(Kind::Json), &|_| (), &|| false)
            .await;
        assert!(
            matches!(refused, Err(Error::Export("own_folder"))),
            "{refused:?}"
        );
        assert_eq!(std::fs::read(&path).ok(), before);
    }
    let path = home.folder.with_file_name("uit.csv");
    let broken = anna
        .export_dossiers(&path, &plan(Kind::Csv), &|_| (), &|| true)
        .await;
    assert!(broken.is_err() && !path.exists());
    let log = anna.audit_log(None, 0, 10).await.unwrap();
    assert!(log.entries.iter().any(|entry| {
        entry.event.event == EventKind::Exported && entry.event.reason.as_deref() == Some("begun")
    }));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn the_folder_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    drop(home.founded().await);
    let mode = std::fs::metadata(&home.folder)
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o700);
}
