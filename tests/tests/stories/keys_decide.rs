//! Who can read is a matter of keys: with the database open, own valid keys and no program rule in the way, a value
//! opens for those who were given it and for nobody else, and only where it was put.

use crate::{
    cast::{COLLEAGUES, Cast, client_fields, entitled, password, role_of, sample},
    intruder::{Intruder, Loot, foreign_bsn},
};
use dossierkluis::{
    access::{Denial, Reason, Seen},
    catalogue::{self, Shape},
    dossier::{ListQuery, Reveal},
    error::Error,
    store::StoreError,
};

/// The text that a ciphertext must hold: entries and the sheet hold theirs among others.
fn holds(loot: &Loot, plain: &str) -> bool {
    catalogue::field(&loot.field).is_none_or(|def| {
        // A ground is recorded with words of its own, and not filled in.
        if def.shape() == Some(Shape::Ground) {
            return plain.contains("Staat op de eigen website.");
        }
        [0, 1]
            .iter()
            .any(|turn| plain.contains(&sample(def, *turn)))
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_opens_for_every_role_that_was_given_its_key_and_for_no_other() {
    let cast = Cast::new().await;
    let mut cells = 0;
    for (name, _, inside) in COLLEAGUES {
        let intruder = Intruder::enter(&cast.home.folder, name, password(name)).await;
        let loot = intruder.loot().await;
        for def in client_fields().filter(|def| def.is_protected()) {
            let kinds: Vec<&str> = loot
                .iter()
                .filter(|loot| loot.field == def.id)
                .map(|loot| loot.kind.as_str())
                .collect();
            assert!(
                kinds.contains(&"change") && kinds.len() >= 2,
                "{} is filled and has a history: {kinds:?}",
                def.id
            );
        }
        for loot in &loot {
            let given = *inside
                && catalogue::field(&loot.field).is_none_or(|def| entitled(def, role_of(name)));
            let opened = intruder.crack(loot);
            assert_eq!(
                opened.is_some(),
                given,
                "{name} {} {}",
                loot.kind,
                loot.field
            );
            if let Some(plain) = opened.filter(|_| loot.dossier == cast.full) {
                assert!(
                    plain.is_empty() || holds(loot, &plain),
                    "{name} {} {}",
                    loot.kind,
                    loot.field
                );
            }
            cells += 1;
        }
        intruder.store.close().await.unwrap();
    }
    assert!(cells > 300, "{cells}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_store_key_alone_shows_not_even_a_name() {
    let cast = Cast::new().await;
    let intruder = Intruder::enter(&cast.home.folder, "Bram", password("Bram")).await;
    let cells = intruder.everything().await;
    assert!(
        cells.iter().any(|cell| cell == b"bsn"),
        "the ids of fields are readable, so that this search can find something"
    );
    let mut secrets: Vec<String> = [
        "Zuidwijk",
        "Aalders",
        "Samen",
        "Anna",
        "Arie",
        "Praktijk De Linde",
    ]
    .map(str::to_owned)
    .to_vec();
    let searched = client_fields().filter(|def| {
        !matches!(
            def.value,
            catalogue::ValueType::Choice(_) | catalogue::ValueType::Country
        )
    });
    secrets.extend(searched.flat_map(|def| [sample(def, 0), sample(def, 1)]));
    for secret in &secrets {
        let found = cells.iter().any(|cell| {
            cell.windows(secret.len())
                .any(|window| window == secret.as_bytes())
        });
        assert!(!found, "{secret} is readable with the store key");
    }
}

/// What somebody with the store key does to ciphertexts, and what undoes it. `a` is the full dossier, `b` the other.
const MOVES: &[(&str, &str)] = &[
    ("to another dossier", "UPDATE value SET sealed = (SELECT sealed FROM a WHERE field = 'bsn') WHERE field = 'bsn' AND dossier_id = (SELECT id FROM b)"),
    (
        "to another dossier, with its salt",
        "UPDATE value SET sealed = (SELECT sealed FROM a WHERE field = 'bsn') WHERE field = 'bsn' AND dossier_id = (SELECT id FROM b);
         UPDATE dossier SET salt = (SELECT salt FROM a LIMIT 1) WHERE id = (SELECT id FROM b)",
    ),
    ("as another dossier's sheet", "UPDATE value SET sealed = (SELECT sealed FROM a WHERE field = 'open') WHERE field = 'open' AND dossier_id = (SELECT id FROM b)"),
    ("to another field", "UPDATE value SET sealed = (SELECT sealed FROM a WHERE field = 'bsn') WHERE field = 'iban'"),
    (
        "by renaming the field",
        "DELETE FROM value WHERE field = 'iban'; UPDATE value SET field = 'iban' WHERE field = 'bsn' AND dossier_id = (SELECT dossier_id FROM a LIMIT 1)",
    ),
    ("under another version", "UPDATE value SET circle_version = circle_version + 1 WHERE field = 'open'"),
    ("under no field key", "UPDATE value SET field_version = 0 WHERE field = 'bsn'"),
    (
        "from the history",
        "UPDATE value SET sealed = (SELECT sealed FROM change WHERE field = 'bsn' AND length(sealed) > 45 LIMIT 1)
         WHERE field = 'bsn' AND dossier_id = (SELECT dossier_id FROM a LIMIT 1)",
    ),
    ("to another entry list", "UPDATE entry SET sealed = (SELECT sealed FROM entry WHERE field = 'goals') WHERE field = 'contact_log'"),
    ("from a value", "UPDATE entry SET sealed = (SELECT sealed FROM a WHERE field = 'open') WHERE field = 'goals'"),
    ("emptied", "UPDATE value SET sealed = x'' WHERE field = 'bsn'"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_ciphertext_that_was_moved_is_refused() {
    let cast = Cast::new().await;
    let anna = cast.sign_in("Anna").await;
    anna.put_field(cast.other, "bsn", Some("123456782"))
        .await
        .unwrap();
    drop(anna.lock().await.unwrap());
    let foreign = foreign_bsn().await;
    for (what, statement) in MOVES.iter().chain([&(
        "from another practice",
        "UPDATE value SET sealed = (SELECT sealed FROM foreign_bsn) WHERE field = 'bsn'",
    )]) {
        keep(&cast, &foreign).await;
        tamper(&cast, statement).await;
        assert!(reading_fails(&cast).await, "{what}");
        tamper(&cast, RESTORE).await;
    }
    let anna = cast.sign_in("Anna").await;
    assert_eq!(anna.verify().await.unwrap().findings, Vec::<String>::new());
    for id in [cast.full, cast.other] {
        anna.open_dossier(id, Reveal::All).await.unwrap();
    }
}

/// Everything back from the copies. Rows are replaced as a whole.
const RESTORE: &str = "DELETE FROM value; INSERT INTO value SELECT * FROM kept_value; UPDATE entry SET sealed = (SELECT sealed FROM kept_entry k WHERE k.id = entry.id);
    UPDATE dossier SET salt = (SELECT salt FROM kept_dossier k WHERE k.id = dossier.id);
    DROP TABLE kept_value; DROP TABLE kept_entry; DROP TABLE kept_dossier; DROP TABLE foreign_bsn; DROP VIEW a; DROP VIEW b";

async fn keep(cast: &Cast, foreign: &[u8]) {
    let intruder = Intruder::enter(&cast.home.folder, "Anna", password("Anna")).await;
    intruder
        .sql("CREATE TABLE kept_value AS SELECT * FROM value; CREATE TABLE kept_entry AS SELECT * FROM entry; CREATE TABLE kept_dossier AS SELECT * FROM dossier;
              CREATE TABLE foreign_bsn (sealed BLOB);
              CREATE VIEW b AS SELECT id FROM dossier ORDER BY id DESC LIMIT 1;
              CREATE VIEW a AS SELECT v.*, d.salt FROM value v JOIN dossier d ON d.id = v.dossier_id WHERE d.id <> (SELECT id FROM b)")
        .await;
    sqlx::query("INSERT INTO foreign_bsn VALUES (?)")
        .bind(foreign)
        .execute(&mut *intruder.store.read().await.unwrap())
        .await
        .unwrap();
    intruder.store.close().await.unwrap();
}

async fn tamper(cast: &Cast, statement: &'static str) {
    let intruder = Intruder::enter(&cast.home.folder, "Anna", password("Anna")).await;
    intruder.sql(statement).await;
    intruder.store.close().await.unwrap();
}

/// Whether opening the two dossiers, and loading, say that something is damaged; anything else fails here.
async fn reading_fails(cast: &Cast) -> bool {
    let anna = cast
        .home
        .locked()
        .unlock("Anna", password("Anna"))
        .await
        .map_err(|(_, error)| error)
        .unwrap();
    let mut refused = 0;
    for id in [cast.full, cast.other] {
        match anna.open_dossier(id, Reveal::All).await {
            Ok(_) => {}
            Err(Error::Store(StoreError::Damaged(_))) => refused += 1,
            Err(error) => panic!("{error:?}"),
        }
    }
    let loading = matches!(
        anna.load(&|_| ()).await,
        Err(Error::Store(StoreError::Damaged(_)))
    );
    let found = !anna.verify().await.unwrap().findings.is_empty();
    drop(anna.lock().await.unwrap());
    assert_eq!(
        (loading, found),
        (refused > 0, refused > 0),
        "loading and verifying agree"
    );
    refused > 0
}

#[tokio::test(flavor = "multi_thread")]
async fn what_moved_from_a_circle_of_others_waits_and_stops_nothing() {
    let cast = Cast::new().await;
    let anna = cast.sign_in("Anna").await;
    let elsewhere = anna.new_circle("Elders").await.unwrap();
    let els = crate::cast::user_id(&anna, "Els").await;
    anna.remove_from_circle(cast.circle, els).await.unwrap();
    anna.add_to_circle(elsewhere, els).await.unwrap();
    anna.move_dossier(cast.full, elsewhere).await.unwrap();
    drop(anna.lock().await.unwrap());
    // Anna could not seal the medical values again, and Els has not the key of the circle that they came from.
    let els = cast.sign_in("Els").await;
    assert!(
        els.list(&ListQuery::default())
            .await
            .unwrap()
            .loading
            .is_none(),
        "loading is complete"
    );
    let view = els.open_dossier(cast.full, Reveal::All).await.unwrap();
    assert!(matches!(
        view.fields["limitations"],
        Seen::Withheld {
            reason: Reason::KeyMissing,
            ..
        }
    ));
    assert_eq!(view.fields["surname"].value(), Some("Zuidwijk"));
    for answer in [
        els.reveal(cast.full, "limitations").await.err(),
        els.history(cast.full, "limitations").await.err(),
    ] {
        assert!(
            matches!(answer, Some(Error::Denied(Denial::KeyMissing))),
            "{answer:?}"
        );
    }
    drop(els.lock().await.unwrap());
    // Back in both circles, she reads it again.
    let anna = cast.sign_in("Anna").await;
    let els = crate::cast::user_id(&anna, "Els").await;
    anna.add_to_circle(cast.circle, els).await.unwrap();
    drop(anna.lock().await.unwrap());
    let els = cast.sign_in("Els").await;
    let view = els.open_dossier(cast.full, Reveal::All).await.unwrap();
    assert!(view.fields["limitations"].value().is_some());
}
