//! Vaults: what lies in one opens with its own password on top of everything else, and with nothing less.

use crate::{
    intruder::{Intruder, crack},
    respawn,
    support::{Home, OTHER, PASSWORD, TestClock, client, open},
};
use chrono::TimeDelta;
use dossierkluis::{
    access::{Denial, Home as Place, Reason, Seen},
    audit::EventKind,
    catalogue::Level,
    crypto::{Passphrase, WorkFactor, join_keys, open_with, unwrap_key, work_of},
    dossier::{EntryContent, ListQuery, NewDossier, Reveal, SortBy},
    error::Error,
    ids::{CircleId, DossierId, UserId},
    practice::{Practice, RecoverySheet},
    store::KeyringFile,
    transfer::{
        ImportPlan, guess_mapping,
        table::{Format, Table, parse_table},
    },
    vault::NewVault,
};
use std::{
    collections::hash_map::RandomState,
    hash::BuildHasher,
    io::{BufRead, BufReader, Write},
    path::Path,
    sync::Arc,
    time::Duration,
};

pub const VAULT: &str = "zeven zwanen onder de brug";
const SECOND: &str = "acht eenden achter het huis";

/// The values of the employee that lie in the vault, each found nowhere else.
const SECRETS: &[(&str, &str)] = &[
    ("town", "Kluisdorp"),
    ("bsn", "111222333"),
    ("iban", "NL91ABNA0417164300"),
    ("in_service", "2019-03-01"),
];
const NOTE: &str = "functioneringsgesprek zevenentwintig";

pub async fn vault(
    practice: &Practice,
    name: &str,
    members: &[UserId],
) -> (CircleId, RecoverySheet) {
    let new = NewVault {
        name,
        password: VAULT,
        members,
        medical: false,
        minutes: 10,
    };
    practice.found_vault(&new).await.unwrap()
}

pub async fn employee(practice: &Practice, vault: CircleId, surname: &str) -> DossierId {
    let mut fields = std::collections::BTreeMap::new();
    fields.insert("surname".to_owned(), surname.to_owned());
    fields.insert("department".to_owned(), "Magazijn".to_owned());
    for (field, value) in SECRETS {
        fields.insert((*field).to_owned(), (*value).to_owned());
    }
    let home = Place {
        circle: practice.practice_circle(),
        vault: Some(vault),
    };
    let new = NewDossier {
        kind: "employee".to_owned(),
        home,
        fields,
    };
    let id = practice.create(&new).await.unwrap();
    practice
        .add_entry(id, "personnel_notes", EntryContent::note(NOTE))
        .await
        .unwrap();
    id
}

async fn user_id(practice: &Practice, name: &str) -> UserId {
    let users = practice.users().await.unwrap();
    users.iter().find(|user| *user.name == name).unwrap().id
}

/// Anna founds a vault that Cas may try too, Bram may not.
async fn furnished() -> (Home, Practice, CircleId, DossierId) {
    let home = Home::new();
    let (mut anna, _) = home.founded().await;
    for name in ["Cas", "Bram"] {
        anna = home.colleague(anna, name, &["coach"]).await;
    }
    let cas = user_id(&anna, "Cas").await;
    let (id, _) = vault(&anna, "Werkgever Vos", &[cas]).await;
    let employee = employee(&anna, id, "Visser").await;
    (home, anna, id, employee)
}

fn reason(seen: &Seen) -> Option<Reason> {
    match seen {
        Seen::Withheld { reason, .. } => Some(*reason),
        Seen::Shown { .. } => None,
    }
}

async fn found(practice: &Practice, text: &str) -> usize {
    practice.search(text, 10).await.unwrap().0.len()
}

/// What of the vault comes out in any way.
async fn seen_of(practice: &Practice, id: DossierId) -> Vec<String> {
    let mut seen = Vec::new();
    let view = practice.open_dossier(id, Reveal::All).await.unwrap();
    for (field, value) in SECRETS {
        if view.fields[field].value() == Some(*value) {
            seen.push(format!("show {field}"));
        }
        if found(practice, value).await > 0 {
            seen.push(format!("search {field}"));
        }
        let query = ListQuery {
            field: Some(((*field).to_owned(), (*value).to_owned())),
            sort: SortBy::Field((*field).to_owned()),
            limit: 10,
            ..ListQuery::default()
        };
        if practice.list(&query).await.unwrap().total > 0 {
            seen.push(format!("filter {field}"));
        }
        if practice.history(id, field).await.is_ok() {
            seen.push(format!("history {field}"));
        }
    }
    let row = practice
        .list(&ListQuery {
            limit: usize::MAX,
            ..ListQuery::default()
        })
        .await
        .unwrap();
    let row = row.rows.into_iter().find(|row| row.id == id).unwrap();
    assert_eq!((&*row.name, &*row.department), ("Visser", "Magazijn"));
    if !row.town.is_empty() {
        seen.push("list town".to_owned());
    }
    if !view.entries.is_empty() || found(practice, NOTE).await > 0 {
        seen.push("note".to_owned());
    }
    seen
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_sees_the_staff_list_and_only_an_open_vault_the_rest() {
    let (home, anna, id, employee) = furnished().await;
    assert_eq!(seen_of(&anna, employee).await.len(), 4 * SECRETS.len() + 2);
    anna.close_vault(id).await.unwrap();
    assert_eq!(seen_of(&anna, employee).await, Vec::<String>::new());
    let view = anna.open_dossier(employee, Reveal::All).await.unwrap();
    assert_eq!(reason(&view.fields["town"]), Some(Reason::VaultClosed));
    assert_eq!(reason(&view.fields["bsn"]), Some(Reason::VaultClosed));
    assert_eq!(view.fields["surname"].value(), Some("Visser"));
    drop(anna.lock().await.unwrap());
    // A new session begins with every vault closed, loading or not.
    for (name, after) in [("Cas", Reason::VaultClosed), ("Bram", Reason::NoGrant)] {
        let colleague = home.sign_in(name, OTHER).await;
        assert_eq!(seen_of(&colleague, employee).await, Vec::<String>::new());
        let view = colleague.open_dossier(employee, Reveal::All).await.unwrap();
        assert_eq!(reason(&view.fields["town"]), Some(after), "{name}");
        let opened = colleague.open_vault(id, VAULT).await;
        assert_eq!(opened.is_ok(), name == "Cas", "{name}");
        assert_eq!(
            colleague.vaults().await.unwrap().len(),
            usize::from(name == "Cas")
        );
        if name == "Cas" {
            assert_eq!(
                seen_of(&colleague, employee).await.len(),
                4 * SECRETS.len() + 2
            );
        }
        drop(colleague.lock().await.unwrap());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unused_vault_closes_by_itself_and_use_keeps_it_open() {
    let (home, anna, id, employee) = furnished().await;
    home.clock.forward(TimeDelta::minutes(9));
    assert!(anna.close_due_vaults().is_empty());
    anna.reveal(employee, "bsn").await.unwrap();
    home.clock.forward(TimeDelta::minutes(9));
    assert!(anna.close_due_vaults().is_empty());
    home.clock.forward(TimeDelta::minutes(1));
    assert_eq!(anna.close_due_vaults(), [id]);
    assert!(matches!(
        anna.reveal(employee, "bsn").await,
        Err(Error::Denied(Denial::VaultClosed))
    ));
    assert_eq!(seen_of(&anna, employee).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn with_every_key_but_the_password_nothing_of_a_vault_opens() {
    let (home, anna, _, employee) = furnished().await;
    drop(anna.lock().await.unwrap());
    // Anna holds every field key, the circle of everybody, and the door of the vault.
    let intruder = Intruder::enter(&home.folder, "Anna", PASSWORD).await;
    let mut keys = Vec::new();
    for (name, key) in &intruder.keys {
        for (other, second) in &intruder.keys {
            keys.push((format!("{name}+{other}"), join_keys(key, second).unwrap()));
        }
    }
    let mut sealed = 0;
    for loot in intruder.loot().await {
        if loot.dossier != employee || loot.field == "open" {
            continue;
        }
        sealed += 1;
        assert_eq!(intruder.crack(&loot), None, "{}", loot.field);
        // Every pair of keys in the place of door and own key, with the key of the field or without.
        let field: Vec<_> = intruder
            .keys
            .iter()
            .filter(|(name, _)| *name == format!("field:{}", loot.field))
            .collect();
        for (name, joined) in &keys {
            let mut two = vec![(
                name.clone(),
                dossierkluis::crypto::Key::from_slice(&bytes(joined)).unwrap(),
            )];
            two.extend(field.iter().map(|(name, key)| {
                (
                    name.clone(),
                    dossierkluis::crypto::Key::from_slice(&bytes(key)).unwrap(),
                )
            }));
            assert_eq!(crack(intruder.practice, &two, &loot), None, "{name}");
        }
    }
    assert!(sealed >= 4, "{sealed}");
    // The password file opens with no password that lies about.
    let locked: Vec<String> = sqlx::query_scalar("SELECT locked FROM vault")
        .fetch_all(&mut *intruder.store.read().await.unwrap())
        .await
        .unwrap();
    for password in [PASSWORD, OTHER, "", "Werkgever Vos"] {
        assert!(open_with(&Passphrase::new(password), &locked[0]).is_err());
    }
    assert!(open_with(&Passphrase::new(VAULT), &locked[0]).is_ok());
}

/// A key is not to be copied; a test does it through the hexadecimal form in which wrapped keys travel.
fn bytes(key: &dossierkluis::crypto::Key) -> Vec<u8> {
    let identity = dossierkluis::crypto::Identity::make();
    let wrapped = dossierkluis::crypto::wrap_key("copy", key, &identity.recipient()).unwrap();
    dossierkluis::crypto::unwrap_secret(&wrapped, &identity).unwrap()[..32].to_vec()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_with_the_password_and_no_door_gets_nowhere() {
    let (home, anna, id, employee) = furnished().await;
    drop(anna.lock().await.unwrap());
    // Bram knows the password, has a valid account, and the file.
    let intruder = Intruder::enter(&home.folder, "Bram", OTHER).await;
    let mut conn = intruder.store.read().await.unwrap();
    let locked: String = sqlx::query_scalar("SELECT locked FROM vault")
        .fetch_one(&mut *conn)
        .await
        .unwrap();
    let own: Vec<u8> = sqlx::query_scalar("SELECT wrapped FROM vault_key")
        .fetch_one(&mut *conn)
        .await
        .unwrap();
    drop(conn);
    let secret = open_with(&Passphrase::new(VAULT), &locked).unwrap();
    let identity = std::str::from_utf8(&secret).unwrap().parse().unwrap();
    let own = unwrap_key(&format!("vault:{id}:1"), &own, &identity).unwrap();
    for loot in intruder.loot().await {
        if loot.dossier != employee || loot.field == "open" {
            continue;
        }
        for (name, key) in &intruder.keys {
            let two = [(name.clone(), join_keys(key, &own).unwrap())];
            assert_eq!(crack(intruder.practice, &two, &loot), None);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_passwords_of_a_vault_are_slowed_down_also_after_a_restart() {
    let (home, anna, id, _) = furnished().await;
    anna.close_vault(id).await.unwrap();
    for _ in 0..2 {
        assert!(matches!(
            anna.open_vault(id, "niet dit").await,
            Err(Error::WrongPassword)
        ));
    }
    drop(anna.lock().await.unwrap());
    let anna = home.sign_in("Anna", PASSWORD).await;
    assert!(matches!(
        anna.open_vault(id, PASSWORD).await,
        Err(Error::WrongPassword)
    ));
    assert!(matches!(
        anna.open_vault(id, VAULT).await,
        Err(Error::Throttled { seconds: 1 })
    ));
    // Changing, renewing and the sheet ask the same question and wait as long.
    assert!(matches!(
        anna.change_vault_password(id, VAULT, SECOND).await,
        Err(Error::Throttled { .. })
    ));
    assert!(matches!(
        anna.rekey_vault(id, VAULT, &|_| (), &|| false).await,
        Err(Error::Throttled { .. })
    ));
    assert!(matches!(
        anna.recover_vault(id, "AAAAAA", SECOND).await,
        Err(Error::Throttled { .. })
    ));
    home.clock.forward(TimeDelta::seconds(2));
    anna.open_vault(id, VAULT).await.unwrap();
    let log = anna.audit_log(None, 0, 100).await.unwrap();
    let refused = log
        .entries
        .iter()
        .filter(|entry| format!("{:?}", entry.event.event) == "VaultRefused");
    assert!(refused.count() >= 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_vaults_never_open_with_each_others_keys() {
    let (home, anna, first, employee) = furnished().await;
    let new = NewVault {
        name: "Afdeling Wit",
        password: SECOND,
        members: &[],
        medical: false,
        minutes: 10,
    };
    let (second, _) = anna.found_vault(&new).await.unwrap();
    let other = self::employee(&anna, second, "Dekker").await;
    drop(anna.lock().await.unwrap());
    let exchanges: &[&'static str] = &[
        // The password file of one in the place of the other's.
        "CREATE TEMP TABLE v AS SELECT * FROM vault;
         UPDATE vault SET (locked, recipient) = (SELECT o.locked, o.recipient FROM temp.v o WHERE o.circle_id <> vault.circle_id); DROP TABLE temp.v",
        // Its keys as well.
        "CREATE TEMP TABLE k AS SELECT * FROM vault_key;
         UPDATE vault_key SET wrapped = (SELECT o.wrapped FROM temp.k o WHERE o.circle_id <> vault_key.circle_id); DROP TABLE temp.k",
        // And the doors.
        "CREATE TEMP TABLE w AS SELECT w.* FROM wrapped_key w JOIN vault v ON w.name = 'circle:' || lower(substr(hex(v.circle_id),1,8)||'-'||substr(hex(v.circle_id),9,4)||'-'||substr(hex(v.circle_id),13,4)||'-'||substr(hex(v.circle_id),17,4)||'-'||substr(hex(v.circle_id),21));
         UPDATE wrapped_key SET wrapped = (SELECT o.wrapped FROM temp.w o WHERE o.user_id = wrapped_key.user_id AND o.name <> wrapped_key.name)
             WHERE EXISTS (SELECT 1 FROM temp.w m WHERE m.name = wrapped_key.name AND m.user_id = wrapped_key.user_id)
               AND EXISTS (SELECT 1 FROM temp.w o WHERE o.user_id = wrapped_key.user_id AND o.name <> wrapped_key.name); DROP TABLE temp.w",
    ];
    for statement in exchanges {
        let intruder = Intruder::enter(&home.folder, "Anna", PASSWORD).await;
        intruder.sql(statement).await;
        intruder.store.close().await.unwrap();
        let anna = match home.locked().unlock("Anna", PASSWORD).await {
            Ok(anna) => anna,
            // A door that is not its own is noticed at the sign-in.
            Err((_, Error::Store(_) | Error::Keys(_))) => continue,
            Err((_, error)) => panic!("{error:?}"),
        };
        for (vault, password, id) in [
            (first, VAULT, employee),
            (first, SECOND, employee),
            (second, SECOND, other),
            (second, VAULT, other),
        ] {
            home.clock.forward(TimeDelta::minutes(10));
            let opened = anna.open_vault(vault, password).await;
            assert!(opened.is_err(), "{statement}");
            assert!(anna.reveal(id, "iban").await.is_err());
        }
        drop(anna.lock().await.unwrap());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn members_keepers_passwords_and_sheets_change_hands() {
    let (home, anna, id, employee) = furnished().await;
    let (cas, bram) = (user_id(&anna, "Cas").await, user_id(&anna, "Bram").await);
    anna.add_to_vault(id, bram).await.unwrap();
    let kept = anna.remove_from_vault(id, anna.user()).await;
    assert!(matches!(
        kept,
        Err(Error::Refused {
            reason: "not_oneself",
            ..
        })
    ));
    anna.hand_over_vault(id, cas).await.unwrap();
    anna.change_vault_password(id, VAULT, SECOND).await.unwrap();
    assert!(matches!(
        anna.change_vault_password(id, SECOND, PASSWORD).await,
        Err(Error::Refused {
            reason: "same_as_login",
            ..
        })
    ));
    // Comparing with the login is no way to guess it: it is slowed down as signing in is.
    for _ in 0..2 {
        let _ = anna.change_vault_password(id, SECOND, PASSWORD).await;
    }
    for _ in 0..8 {
        let guess = anna.change_vault_password(id, SECOND, PASSWORD).await;
        assert!(matches!(guess, Err(Error::Throttled { .. })), "{guess:?}");
    }
    home.clock.forward(TimeDelta::minutes(5));
    anna.close_vault(id).await.unwrap();
    assert!(matches!(
        anna.open_vault(id, VAULT).await,
        Err(Error::WrongPassword)
    ));
    assert!(matches!(
        anna.add_to_vault(id, bram).await,
        Err(Error::Denied(Denial::VaultClosed))
    ));
    drop(anna.lock().await.unwrap());
    // Cas keeps it now, and takes Anna's way away: her door no longer fits, though she knows the password.
    let cas = home.sign_in("Cas", OTHER).await;
    cas.open_vault(id, SECOND).await.unwrap();
    cas.remove_from_vault(id, user_id(&cas, "Anna").await)
        .await
        .unwrap();
    assert_eq!(seen_of(&cas, employee).await.len(), 4 * SECRETS.len() + 2);
    assert_eq!(cas.verify().await.unwrap().findings, Vec::<String>::new());
    drop(cas.lock().await.unwrap());
    let anna = home.sign_in("Anna", PASSWORD).await;
    assert!(matches!(
        anna.open_vault(id, SECOND).await,
        Err(Error::NotFound)
    ));
    assert!(anna.vaults().await.unwrap().is_empty());
    drop(anna.lock().await.unwrap());
    let bram = home.sign_in("Bram", OTHER).await;
    bram.open_vault(id, SECOND).await.unwrap();
    assert_eq!(
        bram.reveal(employee, "bsn")
            .await
            .unwrap()
            .unwrap()
            .as_str(),
        "111222333"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sheet_opens_a_vault_whose_password_is_lost() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let (id, sheet) = vault(&anna, "Werkgever Vos", &[]).await;
    let employee = employee(&anna, id, "Visser").await;
    anna.rekey_vault(id, VAULT, &|_| (), &|| false)
        .await
        .unwrap();
    anna.close_vault(id).await.unwrap();
    let (_, other) = vault(&anna, "Andere", &[]).await;
    assert!(matches!(
        anna.recover_vault(id, &other.code(), SECOND).await,
        Err(Error::WrongPassword)
    ));
    let newer = anna.new_vault_sheet(id, VAULT).await.unwrap();
    anna.close_vault(id).await.unwrap();
    assert!(matches!(
        anna.recover_vault(id, &sheet.code(), SECOND).await,
        Err(Error::WrongPassword)
    ));
    anna.recover_vault(id, &newer.code(), SECOND).await.unwrap();
    assert_eq!(
        anna.reveal(employee, "bsn")
            .await
            .unwrap()
            .unwrap()
            .as_str(),
        "111222333"
    );
    anna.close_vault(id).await.unwrap();
    anna.open_vault(id, SECOND).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn moving_an_employee_seals_everything_under_the_other_vault() {
    let (home, anna, first, employee) = furnished().await;
    let (second, _) = vault(&anna, "Afdeling Wit", &[]).await;
    anna.move_to_vault(employee, second).await.unwrap();
    anna.close_vault(first).await.unwrap();
    assert_eq!(seen_of(&anna, employee).await.len(), 4 * SECRETS.len() + 2);
    anna.close_vault(second).await.unwrap();
    assert_eq!(seen_of(&anna, employee).await, Vec::<String>::new());
    assert!(matches!(
        anna.move_to_vault(employee, first).await,
        Err(Error::Denied(Denial::VaultClosed))
    ));
    drop(anna.lock().await.unwrap());
    // Cas is in the first vault alone.
    let cas = home.sign_in("Cas", OTHER).await;
    cas.open_vault(first, VAULT).await.unwrap();
    assert_eq!(seen_of(&cas, employee).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn only_employees_lie_in_a_vault_and_employees_nowhere_else() {
    let (_home, anna, id, _) = furnished().await;
    let make = async |kind: &str, circle, vault| {
        let new = NewDossier {
            kind: kind.to_owned(),
            home: Place { circle, vault },
            fields: [("surname".to_owned(), "X".to_owned())].into(),
        };
        match anna.create(&new).await {
            Err(Error::Refused { reason, .. }) => reason,
            Err(_) => "other",
            Ok(_) => "made",
        }
    };
    let (all, own) = (anna.practice_circle(), anna.own_circle());
    assert_eq!(make("employee", all, None).await, "vault_needed");
    assert_eq!(make("employee", own, Some(id)).await, "circle_of_everybody");
    assert_eq!(make("client", own, Some(id)).await, "not_for_this_kind");
    assert_eq!(
        make("contact_person", own, None).await,
        "circle_of_everybody"
    );
    assert_eq!(make("employee", all, Some(id)).await, "made");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_renewal_the_old_keys_open_nothing() {
    let (home, anna, id, employee) = furnished().await;
    // Everything of the vault as somebody could have copied it, password included.
    let before = keys_of(&home.folder, anna, id).await;
    let anna = home.sign_in("Anna", PASSWORD).await;
    anna.rekey_vault(id, VAULT, &|_| (), &|| false)
        .await
        .unwrap();
    assert_eq!(seen_of(&anna, employee).await.len(), 4 * SECRETS.len() + 2);
    assert!(!anna.vaults().await.unwrap()[0].due);
    home.clock.forward(TimeDelta::days(366));
    assert!(anna.vaults().await.unwrap()[0].due);
    drop(anna.lock().await.unwrap());
    let intruder = Intruder::enter(&home.folder, "Cas", OTHER).await;
    for loot in intruder
        .loot()
        .await
        .iter()
        .filter(|loot| loot.dossier == employee && loot.field != "open")
    {
        let mut keys: Vec<_> = intruder
            .keys
            .iter()
            .map(|(name, key)| {
                (
                    name.clone(),
                    dossierkluis::crypto::Key::from_slice(&bytes(key)).unwrap(),
                )
            })
            .collect();
        keys.extend(before.iter().map(|key| {
            (
                "before".to_owned(),
                dossierkluis::crypto::Key::from_slice(key).unwrap(),
            )
        }));
        assert_eq!(
            crack(intruder.practice, &keys, loot),
            None,
            "{}",
            loot.field
        );
    }
    let versions: Vec<u32> = sqlx::query_scalar("SELECT version FROM vault_key")
        .fetch_all(&mut *intruder.store.read().await.unwrap())
        .await
        .unwrap();
    assert_eq!(versions, [2]);
}

/// The keys of a vault as they can be worked out with a member's login and the vault's password; proven on a value.
async fn keys_of(folder: &Path, practice: Practice, id: CircleId) -> Vec<Vec<u8>> {
    drop(practice.lock().await.unwrap());
    let intruder = Intruder::enter(folder, "Anna", PASSWORD).await;
    let mut conn = intruder.store.read().await.unwrap();
    let locked: String = sqlx::query_scalar("SELECT locked FROM vault")
        .fetch_one(&mut *conn)
        .await
        .unwrap();
    let own: Vec<u8> = sqlx::query_scalar("SELECT wrapped FROM vault_key")
        .fetch_one(&mut *conn)
        .await
        .unwrap();
    drop(conn);
    let secret = open_with(&Passphrase::new(VAULT), &locked).unwrap();
    let identity = std::str::from_utf8(&secret).unwrap().parse().unwrap();
    let own = unwrap_key(&format!("vault:{id}:1"), &own, &identity).unwrap();
    let door = &intruder
        .keys
        .iter()
        .find(|(name, _)| *name == format!("circle:{id}"))
        .unwrap()
        .1;
    let joined = join_keys(door, &own).unwrap();
    let loot = intruder
        .loot()
        .await
        .into_iter()
        .find(|loot| loot.field == "vaulted")
        .unwrap();
    let copy = bytes(&joined);
    assert!(
        crack(intruder.practice, &[("vault".to_owned(), joined)], &loot).is_some(),
        "this is how it opens"
    );
    intruder.store.close().await.unwrap();
    vec![copy, bytes(&own)]
}

const MEDICAL: NewVault<'static> = NewVault {
    name: "Medisch",
    password: VAULT,
    members: &[],
    medical: true,
    minutes: 10,
};

/// A client of Anna's whom the physician Els and the receptionist Roos know too, with something medical written, and Els's
/// compartment.
async fn compartment() -> (Home, DossierId, CircleId) {
    let home = Home::new();
    let (mut anna, _) = home.founded().await;
    anna = home.colleague(anna, "Els", &["physician"]).await;
    anna = home.colleague(anna, "Roos", &["reception"]).await;
    let circle = anna.new_circle("Samen").await.unwrap();
    for name in ["Els", "Roos"] {
        let colleague = user_id(&anna, name).await;
        anna.add_to_circle(circle, colleague).await.unwrap();
    }
    let id = client(&anna, circle, &[("surname", "Jansen")]).await;
    let founded = anna.found_vault(&MEDICAL).await;
    assert!(matches!(founded, Err(Error::Denied(Denial::Medical))));
    drop(anna.lock().await.unwrap());
    let els = home.sign_in("Els", OTHER).await;
    let limits = Some("kan niet tillen");
    els.put_field(id, "limitations", limits).await.unwrap();
    let entry = EntryContent::note("spreekuur tweeëndertig");
    els.add_entry(id, "medical_notes", entry).await.unwrap();
    let (medical, _) = els.found_vault(&MEDICAL).await.unwrap();
    drop(els.lock().await.unwrap());
    (home, id, medical)
}

fn why(added: Result<(), Error>) -> &'static str {
    match added {
        Err(Error::Refused { reason, .. }) => reason,
        Err(_) => "other",
        Ok(()) => "added",
    }
}

async fn limitations(practice: &Practice, id: DossierId) -> String {
    let value = practice.reveal(id, "limitations").await.unwrap();
    value.unwrap().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_medical_compartment_asks_the_physician_for_its_code() {
    let (home, id, medical) = compartment().await;
    let els = home.sign_in("Els", OTHER).await;
    assert!(matches!(
        els.found_vault(&MEDICAL).await,
        Err(Error::Refused {
            reason: "there_is_one",
            ..
        })
    ));
    assert!(matches!(
        els.reveal(id, "limitations").await,
        Err(Error::Denied(Denial::VaultClosed))
    ));
    let words = ["tweeëndertig", "tillen"];
    for word in words {
        assert_eq!(found(&els, word).await, 0);
    }
    els.open_vault(medical, VAULT).await.unwrap();
    assert_eq!(limitations(&els, id).await, "kan niet tillen");
    for word in words {
        assert_eq!(found(&els, word).await, 1);
    }
    let (anna, roos) = (user_id(&els, "Anna").await, user_id(&els, "Roos").await);
    assert_eq!(
        why(els.add_to_vault(medical, anna).await),
        "no_medical_for_role"
    );
    assert_eq!(
        why(els.add_to_vault(medical, roos).await),
        "statement_missing"
    );
    els.close_vault(medical).await.unwrap();
    for word in words {
        assert_eq!(found(&els, word).await, 0);
    }
    drop(els.lock().await.unwrap());
    // What was written before moved in: nothing of it is under the circle's key any more.
    let intruder = Intruder::enter(&home.folder, "Els", OTHER).await;
    let medical_loot = intruder.loot().await.into_iter();
    let medical_loot =
        medical_loot.filter(|loot| ["limitations", "medical_notes"].contains(&&*loot.field));
    let mut sealed = 0;
    for loot in medical_loot {
        sealed += 1;
        assert_eq!(intruder.crack(&loot), None, "{}", loot.field);
    }
    assert!(sealed >= 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_administrator_has_no_way_to_the_compartment_and_a_statement_opens_one() {
    let (home, id, medical) = compartment().await;
    let anna = home.sign_in("Anna", PASSWORD).await;
    assert!(anna.vaults().await.unwrap().is_empty());
    let roos = user_id(&anna, "Roos").await;
    for refused in [
        anna.open_vault(medical, VAULT).await,
        anna.recover_vault(medical, "AAAAAA", SECOND).await,
        anna.add_to_vault(medical, anna.user()).await,
        anna.rekey_vault(medical, VAULT, &|_| (), &|| false).await,
        anna.change_vault_password(medical, VAULT, SECOND).await,
    ] {
        assert!(matches!(refused, Err(Error::NotFound)));
    }
    let signed = anna.add_statement(roos, "derived_secrecy", "2026-01-05", "");
    signed.await.unwrap();
    let groups = anna.groups().await.unwrap();
    let reception = groups
        .iter()
        .find(|group| group.role == "reception")
        .unwrap()
        .id;
    let granted = anna.set_right("limitations", reception, Level::View);
    granted.await.unwrap();
    let view = anna.open_dossier(id, Reveal::All).await.unwrap();
    assert_eq!(reason(&view.fields["limitations"]), Some(Reason::Medical));
    drop(anna.lock().await.unwrap());
    let els = home.sign_in("Els", OTHER).await;
    els.open_vault(medical, VAULT).await.unwrap();
    assert_eq!(why(els.add_to_vault(medical, roos).await), "added");
    els.give_waiting("field:limitations", roos).await.unwrap();
    drop(els.lock().await.unwrap());
    let roos = home.sign_in("Roos", OTHER).await;
    assert!(roos.reveal(id, "limitations").await.is_err());
    roos.open_vault(medical, VAULT).await.unwrap();
    assert_eq!(limitations(&roos, id).await, "kan niet tillen");
    assert!(matches!(
        roos.reveal(id, "medical_conclusions").await,
        Err(Error::Denied(_))
    ));
}

const CHILD: &str = "vaults::a_renewer_to_be_killed";

/// In a process of its own: renews the vault's key again and again.
#[tokio::test(flavor = "multi_thread")]
async fn a_renewer_to_be_killed() {
    let Some((folder, turn)) = respawn::given() else {
        return;
    };
    let anna = enter(&folder, turn).await;
    let id = anna.vaults().await.unwrap()[0].id;
    let mut out = std::io::stdout().lock();
    loop {
        writeln!(out, "\nready").unwrap();
        out.flush().unwrap();
        anna.rekey_vault(id, VAULT, &|_| (), &|| false)
            .await
            .unwrap();
    }
}

/// Hours later at each turn: a try that was broken off counts as a wrong one, and the wait for it must be over.
async fn enter(folder: &Path, turn: usize) -> Practice {
    let clock = TestClock::new();
    clock.forward(TimeDelta::hours(i64::try_from(turn).unwrap()));
    open(folder, &clock)
        .unlock("Anna", PASSWORD)
        .await
        .map_err(|(_, error)| error)
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_kills_leave_the_old_key_or_the_new_one() {
    let (home, anna, id, employee) = furnished().await;
    for number in 0..20 {
        self::employee(&anna, id, &format!("Rij {number}")).await;
    }
    drop(anna.lock().await.unwrap());
    let mut versions = std::collections::HashSet::new();
    for kill in 1..=100_usize {
        let mut renewer = respawn::start(CHILD, &home.folder, kill);
        let mut lines = BufReader::new(renewer.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok);
        assert!(
            lines.any(|line| line == "ready"),
            "the renewer opens the practice"
        );
        std::thread::sleep(Duration::from_micros(
            RandomState::new().hash_one(kill) % 60_000,
        ));
        renewer.kill().unwrap();
        renewer.wait().unwrap();
        let intruder = Intruder::enter(&home.folder, "Anna", PASSWORD).await;
        let mut conn = intruder.store.read().await.unwrap();
        let keys: Vec<u32> = sqlx::query_scalar("SELECT version FROM vault_key")
            .fetch_all(&mut *conn)
            .await
            .unwrap();
        let sealed: Vec<u32> = sqlx::query_scalar(
            "SELECT circle_version FROM value WHERE circle_id = (SELECT circle_id FROM vault)
             UNION SELECT circle_version FROM entry WHERE circle_id = (SELECT circle_id FROM vault)")
            .fetch_all(&mut *conn).await.unwrap();
        assert_eq!(
            (keys.len(), &keys),
            (1, &sealed),
            "never both, never neither"
        );
        versions.insert(keys[0]);
        drop(conn);
        intruder.store.close().await.unwrap();
        if kill % 10 == 0 {
            let anna = enter(&home.folder, kill + 1).await;
            anna.load(&|_| ()).await.unwrap();
            anna.open_vault(id, VAULT).await.unwrap();
            assert_eq!(seen_of(&anna, employee).await.len(), 4 * SECRETS.len() + 2);
            assert_eq!(anna.verify().await.unwrap().findings, Vec::<String>::new());
            drop(anna.lock().await.unwrap());
        }
    }
    assert!(
        versions.len() > 10,
        "renewals were under way: {}",
        versions.len()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_about_employees_hold_nothing_of_health_unless_confirmed() {
    let (_home, anna, _, employee) = furnished().await;
    let why = |added: Result<_, Error>| match added {
        Err(Error::Refused { reason, .. }) => reason,
        Err(_) => "other",
        Ok(_) => "kept",
    };
    let health = || EntryContent::note("is al weken overspannen");
    assert_eq!(
        why(anna.add_entry(employee, "personnel_notes", health()).await),
        "medical_words"
    );
    let bsn = EntryContent::note("nummer 111222333 doorgeven");
    assert_eq!(
        why(anna.add_entry(employee, "contact_log", bsn).await),
        "bsn_in_text"
    );
    assert_eq!(found(&anna, "overspannen").await, 0);
    let confirmed = EntryContent {
        confirmed: true,
        ..health()
    };
    let (entry, _) = anna
        .add_entry(employee, "personnel_notes", confirmed)
        .await
        .unwrap();
    // Who mends a typing error in it is not asked again; a new thing is asked about.
    let mended = EntryContent::note("is al drie weken overspannen");
    anna.edit_entry(entry, mended, 1).await.unwrap();
    let plain = EntryContent::note("beoordeling volgt in mei");
    let (entry, _) = anna
        .add_entry(employee, "personnel_notes", plain)
        .await
        .unwrap();
    assert!(matches!(
        anna.edit_entry(entry, health(), 1).await,
        Err(Error::Refused {
            reason: "medical_words",
            ..
        })
    ));
    let client = client(&anna, anna.own_circle(), &[("surname", "Jansen")]).await;
    assert_eq!(
        why(anna.add_entry(client, "session_notes", health()).await),
        "kept"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ends_soon_is_told_to_whoever_may_read_it() {
    let (home, anna, id, employee) = furnished().await;
    // The clock stands at 21 September 2026.
    for (title, until) in [
        ("Vca", "2026-10-01"),
        ("Bhv", "2026-08-30"),
        ("Oud", "2026-01-01"),
        ("Ver", "2027-06-01"),
    ] {
        let content = EntryContent {
            title: Some(title.to_owned()),
            until: Some(until.to_owned()),
            ..EntryContent::default()
        };
        anna.add_entry(employee, "certificates", content)
            .await
            .unwrap();
    }
    let titles = async |practice: &Practice| -> Vec<String> {
        let endings = practice.endings(60).await.unwrap();
        endings
            .iter()
            .map(|one| format!("{} {}", one.name.as_str(), one.title.as_str()))
            .collect()
    };
    assert_eq!(titles(&anna).await, ["Visser Bhv", "Visser Vca"]);
    anna.close_vault(id).await.unwrap();
    assert!(titles(&anna).await.is_empty());
    drop(anna.lock().await.unwrap());
    let bram = home.sign_in("Bram", OTHER).await;
    assert!(titles(&bram).await.is_empty());
    let backwards = EntryContent {
        title: Some("X".to_owned()),
        on: Some("2026-10-02".to_owned()),
        until: Some("2026-10-01".to_owned()),
        ..EntryContent::default()
    };
    drop(bram.lock().await.unwrap());
    let anna = home.sign_in("Anna", PASSWORD).await;
    anna.open_vault(id, VAULT).await.unwrap();
    assert!(matches!(
        anna.add_entry(employee, "trainings", backwards).await,
        Err(Error::Refused {
            reason: "ends_before_it_begins",
            ..
        })
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_text_of_a_vault_comes_back_when_the_vault_opens_and_not_before() {
    let (home, anna, id, employee) = furnished().await;
    let texts = async |practice: &Practice| -> Vec<String> {
        let drafts = practice.drafts().await.unwrap();
        drafts.iter().map(|draft| draft.text.to_string()).collect()
    };
    let text = "halve zin over de beoordeling";
    anna.keep_draft(employee, "personnel_notes", text)
        .await
        .unwrap();
    assert_eq!(texts(&anna).await, [text]);
    // Also one that comes after the vault closed by itself.
    anna.close_vault(id).await.unwrap();
    anna.keep_draft(employee, "contact_log", "te laat")
        .await
        .unwrap();
    anna.keep_draft(employee, "job_title", "Monteur")
        .await
        .unwrap();
    assert_eq!(texts(&anna).await, ["Monteur"]);
    anna.open_vault(id, VAULT).await.unwrap();
    anna.rekey_vault(id, VAULT, &|_| (), &|| false)
        .await
        .unwrap();
    drop(anna.lock().await.unwrap());
    let anna = home.sign_in("Anna", PASSWORD).await;
    assert_eq!(texts(&anna).await, ["Monteur"]);
    anna.open_vault(id, VAULT).await.unwrap();
    let mut all = texts(&anna).await;
    all.sort();
    assert_eq!(all, ["Monteur", text, "te laat"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_no_physician_any_more_loses_the_way_to_the_compartment() {
    let home = Home::new();
    let (mut anna, _) = home.founded().await;
    for name in ["Els", "Joost"] {
        anna = home.colleague(anna, name, &["physician"]).await;
    }
    let joost = user_id(&anna, "Joost").await;
    drop(anna.lock().await.unwrap());
    let els = home.sign_in("Els", OTHER).await;
    let new = NewVault {
        name: "Medisch",
        password: VAULT,
        members: &[joost],
        medical: true,
        minutes: 10,
    };
    let (medical, _) = els.found_vault(&new).await.unwrap();
    drop(els.lock().await.unwrap());
    let joost_in = home.sign_in("Joost", OTHER).await;
    joost_in.open_vault(medical, VAULT).await.unwrap();
    drop(joost_in.lock().await.unwrap());
    let anna = home.sign_in("Anna", PASSWORD).await;
    let groups = anna.groups().await.unwrap();
    let physicians = groups
        .iter()
        .find(|group| group.role == "physician")
        .unwrap()
        .id;
    anna.set_group_member(physicians, joost, false)
        .await
        .unwrap();
    drop(anna.lock().await.unwrap());
    let joost_in = home.sign_in("Joost", OTHER).await;
    assert!(matches!(
        joost_in.open_vault(medical, VAULT).await,
        Err(Error::NotFound)
    ));
    drop(joost_in.lock().await.unwrap());
    let els = home.sign_in("Els", OTHER).await;
    els.open_vault(medical, VAULT).await.unwrap();
    els.maintain().await.unwrap();
    assert_eq!(els.verify().await.unwrap().findings, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_during_a_renewal_is_kept_under_the_new_key() {
    let (home, anna, id, employee) = furnished().await;
    for number in 0..20 {
        self::employee(&anna, id, &format!("Rij {number}")).await;
    }
    for round in 0..5 {
        let text = format!("tijdens ronde {round}");
        // So many new passwords in one session are slowed down.
        home.clock.forward(TimeDelta::minutes(5));
        let slowly = |_| std::thread::sleep(Duration::from_millis(2));
        let (renewed, changed, added) = tokio::join!(
            anna.rekey_vault(id, VAULT, &slowly, &|| false),
            anna.change_vault_password(id, VAULT, SECOND),
            anna.add_entry(employee, "personnel_notes", EntryContent::note(&text)),
        );
        added.unwrap();
        // Whichever came first: what came second did nothing, or did it to what was there.
        assert!(renewed.is_ok() || changed.is_ok());
        anna.close_vault(id).await.unwrap();
        if changed.is_ok() {
            anna.open_vault(id, SECOND).await.unwrap();
            home.clock.forward(TimeDelta::minutes(5));
            anna.change_vault_password(id, SECOND, VAULT).await.unwrap();
        } else {
            anna.open_vault(id, VAULT).await.unwrap();
        }
        assert_eq!(found(&anna, &text).await, 1);
        anna.open_dossier(employee, Reveal::All).await.unwrap();
    }
    // A renewal that is stopped leaves everything as it was, and what was written meanwhile.
    let text = "tijdens een afgebroken ronde";
    let (stopped, added) = tokio::join!(
        anna.rekey_vault(id, VAULT, &|_| (), &|| true),
        anna.add_entry(employee, "personnel_notes", EntryContent::note(text)),
    );
    assert!(matches!(stopped, Err(Error::Cancelled)));
    added.unwrap();
    anna.close_vault(id).await.unwrap();
    anna.open_vault(id, VAULT).await.unwrap();
    assert_eq!(found(&anna, text).await, 1);
    assert_eq!(anna.verify().await.unwrap().findings, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_throws_away_what_they_cannot_open_nor_hides_a_client_in_a_vault() {
    let (home, anna, id, employee) = furnished().await;
    let client = client(&anna, anna.own_circle(), &[("surname", "Jansen")]).await;
    assert!(anna.move_dossier(client, id).await.is_err());
    drop(anna.lock().await.unwrap());
    let bram = home.sign_in("Bram", OTHER).await;
    assert!(matches!(
        bram.bin_dossier(employee).await,
        Err(Error::Denied(Denial::NoGrant))
    ));
    drop(bram.lock().await.unwrap());
    let anna = home.sign_in("Anna", PASSWORD).await;
    assert!(matches!(
        anna.bin_dossier(employee).await,
        Err(Error::Denied(Denial::VaultClosed))
    ));
    anna.open_vault(id, VAULT).await.unwrap();
    anna.bin_dossier(employee).await.unwrap();
    drop(anna.lock().await.unwrap());
    home.clock.forward(TimeDelta::days(400));
    let bram = home.sign_in("Bram", OTHER).await;
    assert_eq!(bram.empty_expired().await.unwrap(), 0);
    drop(bram.lock().await.unwrap());
    // A folder that some other program made is no reason to stay out.
    std::fs::create_dir_all(home.folder.join("documents/@eaDir")).unwrap();
    let anna = home.sign_in("Anna", PASSWORD).await;
    anna.open_vault(id, VAULT).await.unwrap();
    anna.restore_dossier(employee).await.unwrap();
}

/// A list of staff, to come into a vault.
fn staff_list(anna: &Practice, vault: CircleId) -> (Table, ImportPlan) {
    let table = format!("achternaam;woonplaats\n{}", "Rij;Kluisdorp\n".repeat(600));
    let table = parse_table(table.as_bytes(), Format::Csv).unwrap();
    let plan = ImportPlan {
        kind: "employee".to_owned(),
        home: Place {
            circle: anna.practice_circle(),
            vault: Some(vault),
        },
        mapping: guess_mapping("employee", &table.headings),
        skip_refused: false,
        skip_duplicates: false,
    };
    (table, plan)
}

/// With the staff list in the vault.
async fn filled() -> (Home, Practice, CircleId) {
    let (home, anna, id, _) = furnished().await;
    let (table, plan) = staff_list(&anna, id);
    let imported = anna.import(&table, &plan, &|_| (), &|| false).await;
    imported.unwrap();
    (home, anna, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_while_it_is_filled_leaves_nothing_in_memory() {
    let (home, anna, id, _) = furnished().await;
    let (table, plan) = staff_list(&anna, id);
    let close = |_| {
        if !anna.open_vaults_left().is_empty() {
            // Until every row is sealed.
            std::thread::sleep(Duration::from_millis(400));
            home.clock.forward(TimeDelta::hours(1));
            assert_eq!(anna.close_due_vaults(), [id]);
        }
    };
    let report = anna.import(&table, &plan, &close, &|| false).await.unwrap();
    assert_eq!(report.added, 600);
    assert_eq!(found(&anna, "Kluisdorp").await, 0);
    anna.open_vault(id, VAULT).await.unwrap();
    assert_eq!(found(&anna, "Kluisdorp").await, 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_while_it_is_loaded_leaves_nothing_in_memory() {
    let (_home, anna, id) = filled().await;
    anna.close_vault(id).await.unwrap();
    let anna = Arc::new(anna);
    for wait in 0..20_u64 {
        // In a task of its own: opening holds on to this one until it is done.
        let closer = Arc::clone(&anna);
        let closing = tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(wait)).await;
            closer.close_vault(id).await.unwrap();
        });
        anna.open_vault(id, VAULT).await.unwrap();
        closing.await.unwrap();
        if anna.open_vaults_left().is_empty() {
            assert_eq!(found(&anna, "Kluisdorp").await, 0, "after {wait} ms");
        }
        anna.close_vault(id).await.unwrap();
        assert_eq!(found(&anna, "Kluisdorp").await, 0, "after {wait} ms");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_opened_for_a_memory_that_was_emptied_does_not_come_in() {
    let (_home, anna, _) = filled().await;
    let anna = Arc::new(anna);
    for wait in 0..20_u64 {
        let filler = Arc::clone(&anna);
        let filling = tokio::spawn(async move { filler.load(&|_| ()).await });
        tokio::time::sleep(Duration::from_millis(wait)).await;
        anna.forget();
        let filled = filling.await.unwrap();
        assert!(matches!(filled, Ok(()) | Err(Error::Cancelled)));
        assert_eq!(found(&anna, "Kluisdorp").await, 0, "after {wait} ms");
    }
    anna.load(&|_| ()).await.unwrap();
    assert_eq!(found(&anna, "Kluisdorp").await, 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vault_that_is_opened_again_while_all_is_loaded_is_found_whole() {
    let (_home, anna, id, employee) = furnished().await;
    let note = EntryContent::note("Beoordeling");
    anna.add_entry(employee, "personnel_notes", note)
        .await
        .unwrap();
    // From here on the memory is being filled, as far as it knows.
    anna.forget();
    for _ in 0..2 {
        anna.close_vault(id).await.unwrap();
        assert_eq!(found(&anna, "Beoordeling").await, 0);
        anna.open_vault(id, VAULT).await.unwrap();
        assert_eq!(found(&anna, "Beoordeling").await, 1);
        assert_eq!(found(&anna, "Kluisdorp").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_fell_behind_gets_todays_work_when_its_vault_opens() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let (vault, _) = vault(&anna, "Werkgever", &[]).await;
    let id = employee(&anna, vault, "Aalders").await;
    drop(anna.lock().await.unwrap());
    let mut file = KeyringFile::read(&home.folder).unwrap();
    file.work = WorkFactor::new(14).unwrap();
    file.write(&home.folder).unwrap();
    let anna = home.sign_in("Anna", PASSWORD).await;
    let raised = async || {
        let log = anna.audit_log(None, 0, 500).await.unwrap().entries;
        let events = log.iter().map(|entry| entry.event.event);
        events.filter(|kind| *kind == EventKind::WorkRaised).count()
    };
    assert_eq!(raised().await, 1, "that of the login");
    // The second time there is nothing to do.
    for _ in 0..2 {
        anna.open_vault(vault, VAULT).await.unwrap();
        assert_eq!(raised().await, 2);
        let view = anna.open_dossier(id, Reveal::All).await.unwrap();
        assert_eq!(view.fields["town"].value(), Some("Kluisdorp"));
        anna.close_vault(vault).await.unwrap();
    }
    assert!(matches!(
        anna.open_vault(vault, SECOND).await,
        Err(Error::WrongPassword)
    ));
    drop(anna.lock().await.unwrap());
    let intruder = Intruder::enter(&home.folder, "Anna", PASSWORD).await;
    let locked: String = sqlx::query_scalar("SELECT locked FROM vault")
        .fetch_one(&mut *intruder.store.read().await.unwrap())
        .await
        .unwrap();
    assert_eq!(work_of(&locked), Some(WorkFactor::CURRENT));
}
