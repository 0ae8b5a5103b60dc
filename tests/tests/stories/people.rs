//! One person, two people, and what they see of each other.

use crate::support::{Home, OTHER, PASSWORD, client};
use dossierkluis::{
    access::{Denial, Reason, Seen},
    audit::EventKind,
    catalogue::Level,
    dossier::{EntryContent, ListQuery, Reveal},
    error::Error,
};

fn shown(seen: &Seen) -> Option<&str> {
    seen.value()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_is_made_changed_found_and_there_after_the_lock() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    anna.load(&|_| ()).await.unwrap();
    let id = client(
        &anna,
        anna.own_circle(),
        &[
            ("initials", "J."),
            ("given_name", "Jan"),
            ("prefix", "van der"),
            ("surname", "Berg"),
            ("bsn", "111222333"),
            ("town", "Zutphen"),
        ],
    )
    .await;
    anna.set_field(id, "town", Some("Deventer"), 1)
        .await
        .unwrap();
    anna.add_entry(
        id,
        "session_notes",
        EntryContent::note("Eerste gesprek, slaapt slecht."),
    )
    .await
    .unwrap();
    drop(anna.lock().await.unwrap());

    let anna = home.sign_in("Anna", PASSWORD).await;
    let page = anna
        .list(&ListQuery {
            limit: 10,
            ..ListQuery::default()
        })
        .await
        .unwrap();
    assert_eq!(
        page.rows
            .iter()
            .map(|row| row.listed.as_str())
            .collect::<Vec<_>>(),
        ["Berg, J. van der"]
    );
    let (found, _) = anna.search("slaapt", 10).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].field, "session_notes");
    let view = anna.open_dossier(id, Reveal::Nothing).await.unwrap();
    assert_eq!(shown(&view.fields["town"]), Some("Deventer"));
    assert!(matches!(
        view.fields["bsn"],
        Seen::Withheld {
            reason: Reason::Masked,
            ..
        }
    ));
    assert_eq!(
        anna.reveal(id, "bsn").await.unwrap().unwrap().as_str(),
        "111222333"
    );
    let history = anna.history(id, "town").await.unwrap();
    assert_eq!(history[0].before.as_ref().unwrap().as_str(), "Zutphen");
    anna.restore_field(id, "town", history[0].id).await.unwrap();
    assert_eq!(
        shown(&anna.open_dossier(id, Reveal::All).await.unwrap().fields["town"]),
        Some("Zutphen")
    );
    assert_eq!(anna.verify().await.unwrap().findings, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_without_the_circle_sees_nothing_and_without_the_field_withheld() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let anna = home.colleague(anna, "Bram", &["reception"]).await;
    let own = client(&anna, anna.own_circle(), &[("surname", "Jansen")]).await;
    let circle = anna.new_circle("Intake").await.unwrap();
    let users = anna.users().await.unwrap();
    let bram_id = users
        .iter()
        .find(|user| user.name.as_str() == "Bram")
        .unwrap()
        .id;
    anna.add_to_circle(circle, bram_id).await.unwrap();
    let shared = client(
        &anna,
        circle,
        &[("surname", "De Boer"), ("bsn", "123456782")],
    )
    .await;
    anna.add_entry(shared, "session_notes", EntryContent::note("geheim"))
        .await
        .unwrap();
    drop(anna.lock().await.unwrap());

    let bram = home.sign_in("Bram", OTHER).await;
    assert!(matches!(
        bram.open_dossier(own, Reveal::All).await,
        Err(Error::NotFound)
    ));
    let view = bram.open_dossier(shared, Reveal::All).await.unwrap();
    assert_eq!(shown(&view.fields["surname"]), Some("De Boer"));
    assert!(matches!(
        view.fields["bsn"],
        Seen::Withheld {
            reason: Reason::NoGrant,
            ..
        }
    ));
    assert!(view.entries.is_empty());
    assert!(
        view.withheld_entries
            .iter()
            .any(|(field, _)| *field == "session_notes")
    );
    assert!(matches!(
        bram.reveal(shared, "bsn").await,
        Err(Error::Denied(Denial::NoGrant))
    ));
    assert!(matches!(
        bram.set_field(shared, "bsn", Some("111222333"), 0).await,
        Err(Error::Denied(Denial::NoGrant))
    ));
    for text in ["geheim", "123456782", "Jansen"] {
        assert!(bram.search(text, 10).await.unwrap().0.is_empty(), "{text}");
    }
    assert_eq!(
        bram.list(&ListQuery {
            limit: 10,
            ..ListQuery::default()
        })
        .await
        .unwrap()
        .total,
        1
    );
    drop(bram.lock().await.unwrap());

    // Granted: Bram reads it. Withdrawn: no longer, and what was sealed is sealed again under a new key.
    let anna = home.sign_in("Anna", PASSWORD).await;
    let reception = anna
        .groups()
        .await
        .unwrap()
        .into_iter()
        .find(|group| group.role == "reception")
        .unwrap()
        .id;
    let effect = anna.set_right("bsn", reception, Level::View).await.unwrap();
    assert_eq!(effect.gain, [bram_id]);
    drop(anna.lock().await.unwrap());
    let bram = home.sign_in("Bram", OTHER).await;
    assert_eq!(
        bram.reveal(shared, "bsn").await.unwrap().unwrap().as_str(),
        "123456782"
    );
    assert!(matches!(
        bram.set_field(shared, "bsn", Some("111222333"), 1).await,
        Err(Error::Denied(Denial::ReadOnly))
    ));
    drop(bram.lock().await.unwrap());
    let anna = home.sign_in("Anna", PASSWORD).await;
    let effect = anna.set_right("bsn", reception, Level::None).await.unwrap();
    assert_eq!(effect.lose, [bram_id]);
    assert_eq!(
        anna.reveal(shared, "bsn").await.unwrap().unwrap().as_str(),
        "123456782"
    );
    assert_eq!(anna.verify().await.unwrap().findings, Vec::<String>::new());
    drop(anna.lock().await.unwrap());
    let bram = home.sign_in("Bram", OTHER).await;
    assert!(matches!(
        bram.reveal(shared, "bsn").await,
        Err(Error::Denied(Denial::NoGrant))
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn medical_keys_are_made_by_the_physician_and_wait_for_the_physician() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let groups = anna.groups().await.unwrap();
    let group = |role: &str| groups.iter().find(|group| group.role == role).unwrap().id;
    let anna = home.colleague(anna, "Dokter Els", &["physician"]).await;
    let anna = home.colleague(anna, "Roos", &["reception"]).await;
    let users = anna.users().await.unwrap();
    let roos = users.iter().find(|user| &*user.name == "Roos").unwrap().id;
    for (role, bar) in [
        ("coach", "no_medical_for_role"),
        ("reception", "statement_missing"),
    ] {
        let (field, group) = ("limitations", group(role));
        let shown = anna.preview_right(field, group, Level::View).await.unwrap();
        assert!(shown.wait.len() == 1 && shown.barred[0] == (shown.wait[0], bar));
        let done = anna.set_right(field, group, Level::View).await.unwrap();
        assert_eq!(done, shown, "what is shown before is what is done");
    }
    let waiting = anna.waiting().await.unwrap();
    assert!(waiting.len() == 2 && waiting.iter().all(|one| !one.can_give));
    let key = waiting[0].key.clone();
    let reason = |given: Result<(), Error>| match given {
        Err(Error::Refused { reason, .. }) => reason,
        Err(Error::Denied(_)) => "denied",
        _ => "given",
    };
    drop(anna.lock().await.unwrap());
    let els = home.sign_in("Dokter Els", OTHER).await;
    // The holder is told as much before trying.
    let bars = els.waiting().await.unwrap();
    assert!(bars.iter().all(|one| one.barred.is_some() && !one.can_give));
    let group = group("reception");
    let shown = els.preview_right("limitations", group, Level::None).await;
    assert_eq!(shown.unwrap().lose, [roos]);
    // Whoever manages cases or the practice cannot get it from the physician either, and nobody without a statement.
    let anna_id = els.users().await.unwrap()[0].id;
    assert_eq!(
        reason(els.give_waiting(&key, anna_id).await),
        "no_medical_for_role"
    );
    assert_eq!(
        reason(els.give_waiting(&key, roos).await),
        "statement_missing"
    );
    drop(els.lock().await.unwrap());
    let anna = home.sign_in("Anna", PASSWORD).await;
    anna.add_statement(roos, "derived_secrecy", "2026-01-05", "")
        .await
        .unwrap();
    assert_eq!(reason(anna.give_waiting(&key, roos).await), "denied");
    drop(anna.lock().await.unwrap());
    let els = home.sign_in("Dokter Els", OTHER).await;
    let open: Vec<_> = els.waiting().await.unwrap();
    let open: Vec<_> = open.iter().filter(|one| one.can_give).collect();
    assert!(open.len() == 1 && open[0].user == roos && open[0].barred.is_none());
    assert_eq!(reason(els.give_waiting(&key, roos).await), "given");
    assert_eq!(els.waiting().await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_passwords_are_slowed_down_also_after_a_restart() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    drop(anna.lock().await.unwrap());
    for _ in 0..3 {
        let (_, error) = home
            .locked()
            .unlock("Anna", "niet dit")
            .await
            .err()
            .unwrap();
        assert!(matches!(error, Error::WrongPassword));
    }
    let (_, error) = home.locked().unlock("Anna", PASSWORD).await.err().unwrap();
    assert!(matches!(error, Error::Throttled { seconds: 1 }));
    home.clock.forward(chrono::TimeDelta::seconds(1));
    let anna = home.sign_in("Anna", PASSWORD).await;
    let log = anna.audit_log(None, 0, 50).await.unwrap();
    assert!(
        log.entries
            .iter()
            .any(|entry| !entry.event.success && entry.event.count == Some(3))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_replaced_with_the_sheet_alone() {
    let home = Home::new();
    let (anna, sheet) = home.founded().await;
    anna.confirm_sheet(&sheet.groups()[sheet.ask() - 1])
        .unwrap();
    assert!(anna.has_confirmed_sheet());
    drop(anna.lock().await.unwrap());
    let (_, error) = home
        .locked()
        .recover("Anna", "AGE-SECRET-KEY-1QQQQ", OTHER)
        .await
        .err()
        .unwrap();
    assert!(matches!(error, Error::WrongPassword));
    let anna = home
        .locked()
        .recover("Anna", &sheet.code(), OTHER)
        .await
        .map_err(|(_, error)| error)
        .unwrap();
    drop(anna.lock().await.unwrap());
    assert!(home.locked().unlock("Anna", PASSWORD).await.is_err());
    home.sign_in("Anna", OTHER).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_text_returns_to_the_same_person_only() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let anna = home.colleague(anna, "Bram", &["coach"]).await;
    let circle = anna.new_circle("Samen").await.unwrap();
    let bram_id = anna
        .users()
        .await
        .unwrap()
        .iter()
        .find(|user| user.name.as_str() == "Bram")
        .unwrap()
        .id;
    anna.add_to_circle(circle, bram_id).await.unwrap();
    let id = client(&anna, circle, &[("surname", "Visser")]).await;
    anna.keep_draft(id, "session_notes", "half een zin")
        .await
        .unwrap();
    drop(anna.lock().await.unwrap());
    let bram = home.sign_in("Bram", OTHER).await;
    assert!(bram.drafts().await.unwrap().is_empty());
    drop(bram.lock().await.unwrap());
    let anna = home.sign_in("Anna", PASSWORD).await;
    assert_eq!(
        anna.drafts().await.unwrap()[0].text.as_str(),
        "half een zin"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_taken_out_of_a_circle_or_blocked_reads_nothing_new() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let anna = home.colleague(anna, "Bram", &["coach"]).await;
    let circle = anna.new_circle("Samen").await.unwrap();
    let bram_id = anna
        .users()
        .await
        .unwrap()
        .iter()
        .find(|user| user.name.as_str() == "Bram")
        .unwrap()
        .id;
    anna.add_to_circle(circle, bram_id).await.unwrap();
    let id = client(
        &anna,
        circle,
        &[("surname", "Visser"), ("bsn", "111222333")],
    )
    .await;
    anna.remove_from_circle(circle, bram_id).await.unwrap();
    assert_eq!(anna.verify().await.unwrap().findings, Vec::<String>::new());
    anna.open_dossier(id, Reveal::All).await.unwrap();
    drop(anna.lock().await.unwrap());
    let bram = home.sign_in("Bram", OTHER).await;
    assert!(matches!(
        bram.open_dossier(id, Reveal::All).await,
        Err(Error::NotFound)
    ));
    drop(bram.lock().await.unwrap());
    let anna = home.sign_in("Anna", PASSWORD).await;
    anna.block(bram_id).await.unwrap();
    assert!(matches!(
        anna.block(anna.user()).await,
        Err(Error::LastAdministrator)
    ));
    assert_eq!(anna.verify().await.unwrap().findings, Vec::<String>::new());
    drop(anna.lock().await.unwrap());
    let (_, error) = home.locked().unlock("Bram", OTHER).await.err().unwrap();
    assert!(matches!(error, Error::Blocked));
    let anna = home.sign_in("Anna", PASSWORD).await;
    assert_eq!(anna.users().await.unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_is_protected_later_gets_a_key_of_its_own() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let id = client(
        &anna,
        anna.own_circle(),
        &[("surname", "Visser"), ("town", "Zutphen")],
    )
    .await;
    anna.set_field(id, "town", Some("Deventer"), 1)
        .await
        .unwrap();
    assert!(anna.protect("town").await.unwrap() > 0);
    let view = anna.open_dossier(id, Reveal::Nothing).await.unwrap();
    assert!(matches!(
        view.fields["town"],
        Seen::Withheld {
            reason: Reason::Masked,
            revision: 2,
            ..
        }
    ));
    assert_eq!(
        anna.reveal(id, "town").await.unwrap().unwrap().as_str(),
        "Deventer"
    );
    assert_eq!(
        anna.history(id, "town").await.unwrap()[0]
            .before
            .as_ref()
            .unwrap()
            .as_str(),
        "Zutphen"
    );
    anna.set_field(id, "town", Some("Epe"), 2).await.unwrap();
    assert_eq!(anna.verify().await.unwrap().findings, Vec::<String>::new());
}

/// The window runs the methods of the practice on any thread.
#[allow(dead_code, reason = "it is enough that this compiles")]
fn what_the_window_awaits_may_change_threads(
    practice: &dossierkluis::practice::Practice,
    locked: dossierkluis::practice::Locked,
) {
    fn sendable<T: Send>(_: T) {}
    sendable(locked.unlock("", ""));
    sendable(practice.load(&|_| ()));
    sendable(practice.maintain());
    sendable(practice.change_password("", ""));
    sendable(practice.audit_log(None, 0, 1));
    sendable(practice.verify());
    sendable(practice.search("", 1));
    sendable(practice.set_field(dossierkluis::ids::DossierId::make(), "", None, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_again_after_a_save_is_no_new_opening() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let one = client(&anna, anna.own_circle(), &[("surname", "Visser")]).await;
    let other = client(&anna, anna.own_circle(), &[("surname", "Dekker")]).await;
    anna.open_dossier(one, Reveal::Nothing).await.unwrap();
    anna.put_field(one, "town", Some("Zutphen")).await.unwrap();
    let view = anna.reread_dossier(one).await.unwrap();
    assert_eq!(view.fields["town"].value(), Some("Zutphen"));
    // What does not lie open is opened, and that is logged.
    anna.reread_dossier(other).await.unwrap();
    anna.reread_dossier(other).await.unwrap();
    for dossier in [one, other] {
        let log = anna.audit_log(Some(dossier), 0, 100).await.unwrap();
        let opened = log
            .entries
            .iter()
            .filter(|entry| entry.event.event == EventKind::DossierOpened);
        assert_eq!(opened.count(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_invitation_is_renewed_and_the_former_opens_nothing() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let groups = anna.groups().await.unwrap();
    let coaches = groups
        .iter()
        .find(|group| group.role == "coach")
        .unwrap()
        .id;
    let lost = anna.invite("Bram", &[coaches]).await.unwrap();
    let circle = anna.new_circle("Intake").await.unwrap();
    anna.add_to_circle(circle, lost.user).await.unwrap();
    let id = client(
        &anna,
        circle,
        &[("surname", "Visser"), ("bsn", "111222333")],
    )
    .await;
    let renewed = anna.renew_invitation(lost.user).await.unwrap();
    assert_eq!(anna.verify().await.unwrap().findings, Vec::<String>::new());
    drop(anna.lock().await.unwrap());
    let (locked, error) = home
        .locked()
        .unlock("Bram", &lost.password)
        .await
        .err()
        .unwrap();
    assert!(matches!(error, Error::WrongPassword), "{error:?}");
    let bram = locked
        .unlock("Bram", &renewed.password)
        .await
        .map_err(|(_, error)| error)
        .unwrap();
    bram.change_password(&renewed.password, OTHER)
        .await
        .unwrap();
    drop(bram.lock().await.unwrap());
    let bram = home.sign_in("Bram", OTHER).await;
    let view = bram.open_dossier(id, Reveal::All).await.unwrap();
    assert_eq!(view.fields["bsn"].value(), Some("111222333"));
    drop(bram.lock().await.unwrap());
    let anna = home.sign_in("Anna", PASSWORD).await;
    let refused = anna.renew_invitation(lost.user).await;
    assert!(matches!(
        refused.err(),
        Some(Error::Refused {
            reason: "has_joined",
            ..
        })
    ));
    assert_eq!(anna.verify().await.unwrap().findings, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_found_as_they_are_shown_and_as_they_are_typed() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    anna.load(&|_| ()).await.unwrap();
    let fields = [
        ("surname", "Visser"),
        ("mobile", "06-12340009"),
        ("postcode", "4331gh"),
        ("date_of_birth", "05-03-1984"),
    ];
    client(&anna, anna.own_circle(), &fields).await;
    for text in [
        "06-12340009",
        "0612340009",
        "+31612340009",
        "4331GH",
        "4331 gh",
        "05-03-1984",
        "1984-03-05",
    ] {
        assert_eq!(anna.search(text, 10).await.unwrap().0.len(), 1, "{text}");
    }
    for (born, reason) in [("01-01-2090", "date_future"), ("01-01-1795", "date_past")] {
        let refused = anna
            .create(&dossierkluis::dossier::NewDossier {
                kind: "client".to_owned(),
                home: anna.own_circle().into(),
                fields: [("date_of_birth".to_owned(), born.to_owned())].into(),
            })
            .await;
        assert!(
            matches!(&refused, Err(Error::Refused { reason: said, .. }) if *said == reason),
            "{refused:?}"
        );
    }
}
