//! Standing in: chosen dossiers, from one day to another, by keys as far as keys go.

use crate::{
    cast::user_id,
    intruder::{Intruder, crack},
    support::{Home, OTHER, PASSWORD, client, open},
};
use chrono::{DateTime, Days, NaiveDate, TimeDelta};
use dossierkluis::{
    audit::EventKind,
    crypto::Key,
    dossier::{EntryContent, ListQuery, Reveal},
    error::Error,
    ids::{DossierId, StandInId},
    people::NewStandIn,
    practice::Practice,
    time::{civil_day, midnight},
};
use std::fs;

/// Anna lends one of two dossiers to Cas, from tomorrow for three days.
struct Lent {
    home: Home,
    lent: DossierId,
    kept: DossierId,
    id: StandInId,
}

fn today(home: &Home) -> NaiveDate {
    civil_day((home.clock.clock())())
}

fn days(home: &Home, from: u64, until: u64) -> (NaiveDate, NaiveDate) {
    let day = |days| today(home).checked_add_days(Days::new(days)).unwrap();
    (day(from), day(until))
}

/// Moves the clock to so many ms after a moment.
fn go_to(home: &Home, at: i64, after: i64) {
    let now = (home.clock.clock())().timestamp_millis();
    home.clock
        .forward(TimeDelta::milliseconds(at + after - now));
}

async fn give(
    home: &Home,
    anna: &Practice,
    to: &str,
    dossiers: &[DossierId],
    (from, until): (u64, u64),
) -> Result<Vec<StandInId>, Error> {
    let (from, until) = days(home, from, until);
    let to = user_id(anna, to).await;
    let new = NewStandIn {
        to,
        dossiers,
        from,
        until,
    };
    anna.give_stand_in(&new).await
}

impl Lent {
    async fn to_cas(colleagues: &[&str]) -> Self {
        let home = Home::new();
        let (mut anna, _) = home.founded().await;
        for name in colleagues {
            anna = home.colleague(anna, name, &["coach"]).await;
        }
        let own = anna.own_circle();
        let lent = client(&anna, own, &[("surname", "Zuidwijk"), ("bsn", "111222333")]).await;
        let kept = client(&anna, own, &[("surname", "Aalders")]).await;
        let note = EntryContent::note("Voor het verlof geschreven");
        anna.add_entry(lent, "session_notes", note).await.unwrap();
        let ids = give(&home, &anna, "Cas", &[lent], (1, 3)).await.unwrap();
        assert_eq!(listed(&anna).await, 2);
        assert_eq!(surname(&anna, lent).await.as_deref(), Some("Zuidwijk"));
        drop(anna.lock().await.unwrap());
        Self {
            home,
            lent,
            kept,
            id: ids[0],
        }
    }

    fn starts(&self) -> i64 {
        midnight(
            DateTime::from_timestamp_millis(1_790_000_000_000)
                .unwrap()
                .date_naive()
                + Days::new(1),
        )
    }

    fn ends(&self) -> i64 {
        self.starts() + 3 * 86_400_000
    }

    async fn cas(&self) -> Practice {
        self.home.sign_in("Cas", OTHER).await
    }

    async fn anna(&self) -> Practice {
        self.home.sign_in("Anna", PASSWORD).await
    }

    /// Every key that somebody's password opens now.
    async fn keys(&self, user: &str, password: &str) -> Vec<(String, Key)> {
        let intruder = Intruder::enter(&self.home.folder, user, password).await;
        let Intruder { store, keys, .. } = intruder;
        store.close().await.unwrap();
        keys
    }

    /// What of the lent dossier opens with the keys that Cas's password opens, and these.
    async fn cracked(&self, saved: &[(String, Key)]) -> Vec<String> {
        let intruder = Intruder::enter(&self.home.folder, "Cas", OTHER).await;
        let loot = intruder.loot().await;
        assert!(loot.iter().any(|loot| loot.dossier == self.lent));
        let mine = loot.iter().filter(|loot| loot.dossier == self.lent);
        let opened = mine
            .filter_map(|loot| {
                let fresh = intruder.crack(loot);
                fresh.or_else(|| crack(intruder.practice, saved, loot))
            })
            .collect();
        intruder.store.close().await.unwrap();
        opened
    }
}

async fn surname(practice: &Practice, id: DossierId) -> Option<String> {
    let view = practice.open_dossier(id, Reveal::All).await.ok()?;
    view.fields["surname"].value().map(str::to_owned)
}

async fn listed(practice: &Practice) -> usize {
    practice.list(&ListQuery::default()).await.unwrap().total
}

#[tokio::test(flavor = "multi_thread")]
async fn it_starts_and_ends_by_itself_to_the_second() {
    let story = Lent::to_cas(&["Cas", "Bram"]).await;
    go_to(&story.home, story.starts(), -1);
    let cas = story.cas().await;
    assert_eq!(
        (listed(&cas).await, surname(&cas, story.lent).await),
        (0, None)
    );
    drop(cas.lock().await.unwrap());
    // Anna is away. Bram, who cannot read any of it, hands the key over.
    go_to(&story.home, story.starts(), 0);
    let bram = story.home.sign_in("Bram", OTHER).await;
    assert_eq!(
        (listed(&bram).await, surname(&bram, story.lent).await),
        (0, None)
    );
    drop(bram.lock().await.unwrap());
    let cas = story.cas().await;
    assert_eq!(listed(&cas).await, 1);
    assert_eq!(surname(&cas, story.lent).await.as_deref(), Some("Zuidwijk"));
    assert_eq!(surname(&cas, story.kept).await, None);
    let note = EntryContent::note("Gesproken terwijl Anna weg was");
    cas.add_entry(story.lent, "session_notes", note)
        .await
        .unwrap();
    // What was lent goes nowhere else, and nobody else comes in.
    let moved = cas.move_dossier(story.lent, cas.own_circle()).await;
    assert!(matches!(moved, Err(Error::Refused { reason: "lent", .. })));
    let circles = cas.circles().await.unwrap();
    let circle = circles
        .iter()
        .find(|one| one.kind == "stand_in")
        .unwrap()
        .id;
    let bram = user_id(&cas, "Bram").await;
    assert!(cas.add_to_circle(circle, bram).await.is_err());
    assert!(
        give(&story.home, &cas, "Bram", &[story.lent], (0, 1))
            .await
            .is_err()
    );
    go_to(&story.home, story.ends(), -1);
    assert_eq!(surname(&cas, story.lent).await.as_deref(), Some("Zuidwijk"));
    // The same open session, the next millisecond.
    go_to(&story.home, story.ends(), 0);
    assert_eq!(surname(&cas, story.lent).await, None);
    assert!(matches!(
        cas.reveal(story.lent, "bsn").await,
        Err(Error::NotFound)
    ));
    let late = EntryContent::note("te laat");
    assert!(
        cas.add_entry(story.lent, "session_notes", late)
            .await
            .is_err()
    );
    assert_eq!(listed(&cas).await, 0);
    assert!(cas.search("Zuidwijk", 10).await.unwrap().0.is_empty());
    drop(cas.lock().await.unwrap());
    let anna = story.anna().await;
    let info = &anna.stand_ins().await.unwrap()[0];
    assert_eq!((info.state.as_str(), info.unread), ("returned", true));
    let view = anna.open_dossier(story.lent, Reveal::All).await.unwrap();
    assert_eq!(view.entries.len(), 2, "what Cas wrote is there");
    assert!(
        anna.circles()
            .await
            .unwrap()
            .iter()
            .all(|one| one.kind != "stand_in")
    );
    assert_eq!(anna.verify().await.unwrap().findings, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn on_return_there_is_a_report_of_what_was_seen_and_done() {
    let story = Lent::to_cas(&["Cas", "Bram"]).await;
    go_to(&story.home, story.starts(), 1000);
    drop(story.anna().await.lock().await.unwrap());
    let cas = story.cas().await;
    cas.open_dossier(story.lent, Reveal::Nothing).await.unwrap();
    cas.reveal(story.lent, "bsn").await.unwrap();
    // Everything at once: of what holds nothing, nothing was seen.
    cas.open_dossier(story.lent, Reveal::All).await.unwrap();
    let note = EntryContent::note("Gesproken");
    cas.add_entry(story.lent, "session_notes", note)
        .await
        .unwrap();
    // A note is read in a search too; twice in a session is once.
    cas.load(&|_| ()).await.unwrap();
    for _ in 0..2 {
        let (found, _) = cas.search("gesproken", 9).await.unwrap();
        assert_eq!(found.len(), 1);
    }
    let town = cas.put_field(story.lent, "town", Some("Zutphen")).await;
    town.unwrap();
    let theirs = client(&cas, cas.own_circle(), &[("surname", "Cliënt van Cas")]).await;
    cas.open_dossier(theirs, Reveal::Nothing).await.unwrap();
    assert!(matches!(
        cas.stand_in_report(story.id).await,
        Err(Error::NotFound)
    ));
    assert!(matches!(
        cas.end_stand_in(story.id).await,
        Err(Error::NotFound)
    ));
    drop(cas.lock().await.unwrap());
    // Back early.
    story.home.clock.forward(TimeDelta::hours(5));
    let anna = story.anna().await;
    anna.end_stand_in(story.id).await.unwrap();
    assert!(anna.stand_ins().await.unwrap()[0].unread);
    let report = anna.stand_in_report(story.id).await.unwrap();
    let deeds: Vec<EventKind> = report.deeds.iter().rev().map(|deed| deed.event).collect();
    let expected = [
        EventKind::DossierOpened,
        EventKind::FieldRevealed,
        EventKind::DossierOpened,
        EventKind::FieldRevealed,
        EventKind::EntryAdded,
        EventKind::Searched,
        EventKind::FieldChanged,
    ];
    assert_eq!(deeds, expected, "and nothing of Cas's own client");
    assert!(report.deeds.iter().all(|deed| deed.dossier == story.lent));
    assert_eq!(report.deeds[3].part.as_deref(), Some("bsn"));
    assert!(!anna.stand_ins().await.unwrap()[0].unread, "it was read");
    let log = anna.audit_log(Some(story.lent), 0, 50).await.unwrap();
    for (kind, times) in [(EventKind::DossierOpened, 2), (EventKind::FieldChanged, 1)] {
        let mine = log.entries.iter().filter(|entry| {
            entry.event.on_behalf_of == Some(anna.user()) && entry.event.event == kind
        });
        assert_eq!(mine.count(), times, "the log says for whom: {kind:?}");
    }
    assert_eq!(
        surname(&anna, story.lent).await.as_deref(),
        Some("Zuidwijk")
    );
    drop(anna.lock().await.unwrap());
    let cas = story.cas().await;
    assert_eq!(surname(&cas, story.lent).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn by_keys_nothing_opens_before_the_start_and_nothing_after_the_return() {
    let story = Lent::to_cas(&["Cas", "Bram"]).await;
    assert_eq!(story.cracked(&[]).await, Vec::<String>::new());
    go_to(&story.home, story.starts(), 0);
    // Who hands the key over does not hold it.
    let bram = Intruder::enter(&story.home.folder, "Bram", OTHER).await;
    let loot = bram.loot().await;
    assert!(loot.iter().all(|loot| bram.crack(loot).is_none()));
    bram.store.close().await.unwrap();
    drop(
        story
            .home
            .sign_in("Bram", OTHER)
            .await
            .lock()
            .await
            .unwrap(),
    );
    let open = story.cracked(&[]).await;
    assert!(open.iter().any(|text| text.contains("Voor het verlof")));
    assert!(open.iter().any(|text| text == "111222333"));
    // Cas keeps every key that there is to keep.
    let saved = story.keys("Cas", OTHER).await;
    go_to(&story.home, story.ends(), 0);
    // Anybody who comes by takes the key out of the store.
    drop(
        story
            .home
            .sign_in("Bram", OTHER)
            .await
            .lock()
            .await
            .unwrap(),
    );
    assert_eq!(story.cracked(&[]).await, Vec::<String>::new());
    // Whoever gave it seals everything again, and with that the saved keys open nothing either.
    let anna = story.anna().await;
    let note = EntryContent::note("Na de waarneming geschreven");
    anna.add_entry(story.lent, "session_notes", note)
        .await
        .unwrap();
    drop(anna.lock().await.unwrap());
    assert_eq!(story.cracked(&saved).await, Vec::<String>::new());
    let anna = story.anna().await;
    let view = anna.open_dossier(story.lent, Reveal::All).await.unwrap();
    assert_eq!(view.entries.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_under_a_key_that_should_be_gone() {
    let story = Lent::to_cas(&["Cas", "Bram"]).await;
    go_to(&story.home, story.starts(), 0);
    let anna = story.anna().await;
    let saved = story_keys_of_cas(&story, &anna).await;
    assert_eq!(saved, "given", "a holder who comes by gives it");
    // Anna works on across the end: until the dossier is back it can be read, not written.
    go_to(&story.home, story.ends(), 0);
    let note = EntryContent::note("precies op het einde");
    let written = anna
        .add_entry(story.lent, "session_notes", note.clone())
        .await;
    assert!(written.is_err());
    assert_eq!(
        surname(&anna, story.lent).await.as_deref(),
        Some("Zuidwijk")
    );
    assert!(anna.has_turn());
    anna.mind_stand_ins().await.unwrap();
    assert!(!anna.has_turn());
    anna.add_entry(story.lent, "session_notes", note)
        .await
        .unwrap();
}

async fn story_keys_of_cas(story: &Lent, anna: &Practice) -> &'static str {
    let running = anna.stand_ins().await.unwrap();
    let info = running.iter().find(|info| info.id == story.id).unwrap();
    if info.state == "running" {
        "given"
    } else {
        "waits"
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_practice_of_two_whoever_stands_in_starts_it() {
    let story = Lent::to_cas(&["Cas"]).await;
    let cas = story.cas().await;
    assert_eq!(listed(&cas).await, 0);
    drop(cas.lock().await.unwrap());
    go_to(&story.home, story.starts(), 0);
    let cas = story.cas().await;
    assert_eq!(surname(&cas, story.lent).await.as_deref(), Some("Zuidwijk"));
    go_to(&story.home, story.ends(), 0);
    assert_eq!(listed(&cas).await, 0);
    drop(cas.lock().await.unwrap());
    assert_eq!(story.cracked(&[]).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_lent_is_refused_and_a_giver_who_is_blocked_loses_nothing() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let anna = home.colleague(anna, "Arie", &["administrator"]).await;
    let anna = home.colleague(anna, "Cas", &["coach"]).await;
    let shared = anna.new_circle("Samen").await.unwrap();
    let cas = user_id(&anna, "Cas").await;
    anna.add_to_circle(shared, cas).await.unwrap();
    let together = client(&anna, shared, &[("surname", "Samen")]).await;
    let own = client(&anna, anna.own_circle(), &[("surname", "Eigen")]).await;
    let reason = |given: Result<_, Error>| match given {
        Err(Error::Refused { reason, .. }) => reason,
        Err(_) => "error",
        Ok(_) => "given",
    };
    let tried = [
        (
            give(&home, &anna, "Cas", &[together], (0, 1)).await,
            "in_circle",
        ),
        (
            give(&home, &anna, "Anna", &[own], (0, 1)).await,
            "cannot_stand_in",
        ),
        (give(&home, &anna, "Cas", &[], (0, 1)).await, "empty"),
        (
            give(&home, &anna, "Cas", &[own], (2, 1)).await,
            "ends_before_it_begins",
        ),
        (
            give(&home, &anna, "Cas", &[own], (0, 500)).await,
            "more_than_a_year",
        ),
    ];
    for (given, expected) in tried {
        assert_eq!(reason(given), expected);
    }
    give(&home, &anna, "Cas", &[own], (0, 5)).await.unwrap();
    assert_eq!(
        reason(give(&home, &anna, "Arie", &[own], (0, 1)).await),
        "lent"
    );
    drop(anna.lock().await.unwrap());
    let arie = home.sign_in("Arie", OTHER).await;
    let anna = user_id(&arie, "Anna").await;
    arie.block(anna).await.unwrap();
    drop(arie.lock().await.unwrap());
    let cas = home.sign_in("Cas", OTHER).await;
    assert_eq!(surname(&cas, own).await.as_deref(), Some("Eigen"));
    drop(cas.lock().await.unwrap());
    home.clock.forward(TimeDelta::days(10));
    let cas = home.sign_in("Cas", OTHER).await;
    assert_eq!(surname(&cas, own).await, None);
    let findings = cas.verify().await.unwrap().findings;
    assert_eq!(findings, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_manages_people_ends_it_when_the_giver_is_ill() {
    let home = Home::new();
    let (mut anna, _) = home.founded().await;
    for (name, role) in [
        ("Arie", "administrator"),
        ("Cas", "coach"),
        ("Dora", "coach"),
    ] {
        anna = home.colleague(anna, name, &[role]).await;
    }
    let lent = client(&anna, anna.own_circle(), &[("surname", "Zuidwijk")]).await;
    let kept = client(&anna, anna.own_circle(), &[("surname", "Aalders")]).await;
    let id = give(&home, &anna, "Cas", &[lent], (0, 20)).await.unwrap()[0];
    drop(anna.lock().await.unwrap());
    let story = Lent {
        home,
        lent,
        kept,
        id,
    };
    let cas = story.cas().await;
    assert_eq!(surname(&cas, lent).await.as_deref(), Some("Zuidwijk"));
    drop(cas.lock().await.unwrap());
    assert!(!story.cracked(&[]).await.is_empty());
    // To whoever manages nothing there is no such thing.
    let dora = story.home.sign_in("Dora", OTHER).await;
    assert!(dora.stand_ins().await.unwrap().is_empty());
    let refused = dora.end_stand_in(id).await;
    assert!(matches!(refused, Err(Error::NotFound)));
    drop(dora.lock().await.unwrap());
    arie_ends_it(&story).await;
    // By keys too, and at once: nobody of Anna's circle came by.
    assert_eq!(story.cracked(&[]).await, Vec::<String>::new());
    let cas = story.cas().await;
    assert_eq!((surname(&cas, lent).await, listed(&cas).await), (None, 0));
    drop(cas.lock().await.unwrap());
    let anna = story.anna().await;
    let info = &anna.stand_ins().await.unwrap()[0];
    assert_eq!((info.state.as_str(), info.unread), ("returned", true));
    let report = anna.stand_in_report(id).await.unwrap();
    assert!(
        report
            .deeds
            .iter()
            .any(|deed| deed.event == EventKind::DossierOpened)
    );
    assert_eq!(surname(&anna, lent).await.as_deref(), Some("Zuidwijk"));
    assert_eq!(anna.verify().await.unwrap().findings, Vec::<String>::new());
}

/// Arie sees that there is one, nothing of what is in it, and ends it under his own name.
async fn arie_ends_it(story: &Lent) {
    let arie = story.home.sign_in("Arie", OTHER).await;
    let seen = arie.stand_ins().await.unwrap();
    assert!(seen[0].may_end && seen[0].dossiers.is_empty() && !seen[0].unread);
    assert_eq!(surname(&arie, story.lent).await, None);
    let report = arie.stand_in_report(story.id).await;
    assert!(matches!(report, Err(Error::NotFound)));
    arie.end_stand_in(story.id).await.unwrap();
    assert!(arie.stand_ins().await.unwrap().is_empty());
    let log = arie.audit_log(None, 0, 50).await.unwrap();
    let ended = log.entries.iter().find(|entry| {
        entry.event.event == EventKind::StandInEnded && entry.event.user == arie.user()
    });
    assert_eq!(ended.unwrap().event.reason.as_deref(), Some("early"));
    // It is over; ending it again changes nothing.
    arie.end_stand_in(story.id).await.unwrap();
    drop(arie.lock().await.unwrap());
}

/// With the rows that say how long it lasts damaged, and what is left of the database saved, it would last for ever.
#[tokio::test(flavor = "multi_thread")]
async fn it_does_not_go_on_in_what_is_saved_from_a_damaged_database() {
    const PAGE: usize = 4096;
    let story = Lent::to_cas(&["Cas", "Bram"]).await;
    go_to(&story.home, story.starts(), 0);
    drop(story.anna().await.lock().await.unwrap());
    let cas = story.cas().await;
    assert_eq!(surname(&cas, story.lent).await.as_deref(), Some("Zuidwijk"));
    drop(cas.lock().await.unwrap());
    // Nobody signs in when it is over, so that Cas still has the key.
    go_to(&story.home, story.ends(), 0);
    let database = story.home.folder.join("practice.db");
    let target = story.home.folder.with_file_name("gered");
    let whole = fs::read(&database).unwrap();
    let mut saved = 0;
    for page in 0..whole.len() / PAGE {
        let mut bytes = whole.clone();
        bytes[page * PAGE + 77] ^= 4;
        fs::write(&database, bytes).unwrap();
        let _ = fs::remove_dir_all(&target);
        let mut locked = story.home.locked();
        let Ok(salvaged) = locked.salvage("Cas", OTHER, &target, &|_| ()).await else {
            continue;
        };
        assert!(salvaged.names.is_empty(), "page {page} tells a name");
        let opened = open(&target, &story.home.clock).unlock("Cas", OTHER).await;
        if let Ok(cas) = opened {
            saved += 1;
            assert_eq!(surname(&cas, story.lent).await, None, "page {page}");
            // Where more was lost than the lent dossier, the log of the session may not close.
            drop(cas.lock().await);
        }
    }
    assert!(saved > 3, "{saved}");
}
