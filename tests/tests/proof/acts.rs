//! What people do that must not be lost half way: each act, and how to tell whether it was done.

use crate::support::{Home, PASSWORD, client};
use dossierkluis::{
    access,
    audit::EventKind,
    catalogue::Role,
    crypto::{Opener, Outward, Passphrase, WorkFactor},
    document::{NewDocument, Source},
    dossier::{EntryContent, ListQuery, NewDossier, Reveal},
    error::Error,
    ids::{CircleId, DossierId, EntryId, UserId},
    practice::{Founding, Locked, Practice, system_clock},
    transfer::{
        ImportPlan,
        backup::restore,
        guess_mapping,
        table::{Format, parse_table},
    },
    vault::NewVault,
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use zeroize::Zeroizing;

const VAULT: &str = "zeven zwanen onder de brug";
const NEW_VAULT: &str = "acht meeuwen op het strand";
const NEW: &str = "negen reigers in het riet";
/// A backup of what every act begins with.
const BACKUP: &str = "back-up.age";
/// Where the code of Anna's first recovery sheet is noted.
const SHEET: &str = "blad";
const ROWS: usize = 30;
const BYTES: usize = 300_000;

/// Each act by its name.
pub const ACTS: &[&str] = &[
    "save",
    "note",
    "import",
    "give",
    "take",
    "password",
    "sheet",
    "re-key",
    "vault password",
    "document",
    "destroy",
    "found",
    "backup",
    "restore",
    "upgrade",
];

/// The practice that every act begins with: two people, a shared circle, a dossier, a vault and a document.
pub async fn lay() -> Home {
    let home = Home::new();
    let (anna, sheet) = home.founded().await;
    anna.confirm_sheet(&sheet.groups()[sheet.ask() - 1])
        .unwrap();
    std::fs::write(home.folder.with_file_name(SHEET), sheet.code().as_bytes()).unwrap();
    let anna = home.colleague(anna, "Cas", &["coach"]).await;
    let circle = anna.new_circle("Samen").await.unwrap();
    let other = anna.new_circle("Anders").await.unwrap();
    anna.add_to_circle(other, user(&anna, "Cas").await)
        .await
        .unwrap();
    let id = client(&anna, circle, &[("surname", "Jansen"), ("town", "Oud")]).await;
    anna.put_field(id, "bsn", Some("111222333")).await.unwrap();
    client(&anna, other, &[("surname", "Pietersen")]).await;
    let new = NewVault {
        name: "Werkgever",
        password: VAULT,
        members: &[],
        medical: false,
        minutes: 60,
    };
    let (vault, _) = anna.found_vault(&new).await.unwrap();
    let home_of = access::Home {
        circle: anna.practice_circle(),
        vault: Some(vault),
    };
    let fields = [("surname", "Werker"), ("salary", "3100.00")];
    anna.create(&NewDossier {
        kind: "employee".to_owned(),
        home: home_of,
        fields: fields.map(|(a, b)| (a.to_owned(), b.to_owned())).into(),
    })
    .await
    .unwrap();
    add_document(&anna, id, "oud.txt").await.unwrap();
    back_up(&anna, &home.folder.with_file_name(BACKUP))
        .await
        .unwrap();
    drop(anna.lock().await.unwrap());
    home
}

/// Where a backup goes: a folder that can be gone, as a stick can.
pub fn stick(folder: &Path) -> PathBuf {
    folder.with_extension("stick")
}

/// Where an act makes a practice; not within the one that there is.
pub fn made(folder: &Path) -> PathBuf {
    folder.with_extension("gemaakt").join("nieuw")
}

/// Where a practice of the first format lies.
pub fn aged(folder: &Path) -> PathBuf {
    folder.with_extension("oud")
}

async fn back_up(anna: &Practice, path: &Path) -> Result<(), Error> {
    let to = Outward::Password(Passphrase::new(NEW), WorkFactor::for_tests());
    anna.back_up(path, to, &|_| (), &Arc::default())
        .await
        .map(drop)
}

async fn put_back(backup: &Path, into: &Path, present: Option<&Path>) -> Result<(), Error> {
    let with = Opener::Password(Passphrase::new(NEW));
    restore(backup, into, with, present, &|_| (), &Arc::default())
        .await
        .map(drop)
}

async fn add_document(anna: &Practice, id: DossierId, name: &str) -> Result<EntryId, Error> {
    let bytes = Source::Bytes(name.to_owned(), Zeroizing::new(vec![b'x'; BYTES]));
    anna.add_document(
        id,
        "documents",
        &NewDocument::default(),
        bytes,
        &|_| (),
        &Arc::default(),
    )
    .await
}

async fn user(anna: &Practice, name: &str) -> UserId {
    let users = anna.users().await.unwrap();
    users
        .iter()
        .find(|user| user.name.as_str() == name)
        .unwrap()
        .id
}

async fn circle(anna: &Practice, name: &str) -> CircleId {
    let circles = anna.circles().await.unwrap();
    circles
        .iter()
        .find(|one| one.name.as_str() == name)
        .unwrap()
        .id
}

async fn named(anna: &Practice, name: &str) -> Option<DossierId> {
    let page = anna
        .list(&ListQuery {
            limit: usize::MAX,
            ..ListQuery::default()
        })
        .await
        .unwrap();
    page.rows
        .iter()
        .find(|row| row.name.contains(name))
        .map(|row| row.id)
}

/// Signs in.
pub async fn enter(folder: &Path, password: &str) -> Result<Practice, Error> {
    let locked = Locked::open(folder, system_clock(), "proof")?;
    let anna = locked
        .unlock("Anna", password)
        .await
        .map_err(|(_, error)| error)?;
    anna.load(&|_| ()).await?;
    Ok(anna)
}

/// In a process of its own: does the act, and gives the practice to be locked. `begin` is called when what belongs to the act
/// begins.
pub async fn act(
    name: &str,
    folder: &Path,
    begin: impl Fn(),
) -> Result<(Practice, Result<(), Error>), Error> {
    if name == "found" {
        begin();
        let founding = Founding {
            practice: "Praktijk De Linde",
            user: "Anna",
            password: PASSWORD,
            work: WorkFactor::for_tests(),
            roles: &[Role::Coach],
        };
        let (anna, _) = Locked::found(&made(folder), &founding, system_clock(), "proof").await?;
        return Ok((anna, Ok(())));
    }
    if name == "restore" {
        begin();
        let backup = folder.with_file_name(BACKUP);
        put_back(&backup, &made(folder), Some(folder)).await?;
        return Ok((enter(&made(folder), PASSWORD).await?, Ok(())));
    }
    if name == "upgrade" {
        begin();
        let anna = enter(&aged(folder), PASSWORD).await?;
        let id = named(&anna, "Visser").await.unwrap();
        let done = anna.put_field(id, "town", Some("Nieuw")).await.map(drop);
        return Ok((anna, done));
    }
    let anna = enter(folder, PASSWORD).await?;
    let done = in_practice(name, (&anna, folder), begin).await;
    Ok((anna, done))
}

async fn in_practice(
    name: &str,
    (anna, folder): (&Practice, &Path),
    begin: impl Fn(),
) -> Result<(), Error> {
    let id = named(anna, "Jansen").await.unwrap();
    let vault = anna.vaults().await?.first().map(|vault| vault.id).unwrap();
    let view = anna.open_dossier(id, Reveal::Nothing).await?;
    let document = view
        .entries
        .iter()
        .find(|entry| entry.field == "documents")
        .map(|entry| entry.id);
    let (samen, anders, cas) = (
        circle(anna, "Samen").await,
        circle(anna, "Anders").await,
        user(anna, "Cas").await,
    );
    if name == "re-key" {
        anna.open_vault(vault, VAULT).await?;
    }
    begin();
    match name {
        "save" => drop(anna.put_field(id, "town", Some("Nieuw")).await?),
        "note" => drop(
            anna.add_entry(id, "session_notes", EntryContent::note("Nieuw"))
                .await?,
        ),
        "import" => import(anna, samen).await?,
        "give" => anna.add_to_circle(samen, cas).await?,
        "take" => {
            anna.remove_from_circle(anders, cas).await?;
            anna.maintain().await?;
        }
        "password" => anna.change_password(PASSWORD, NEW).await?,
        "sheet" => drop(anna.new_sheet(PASSWORD).await?),
        "re-key" => anna.rekey_vault(vault, VAULT, &|_| (), &|| false).await?,
        "vault password" => anna.change_vault_password(vault, VAULT, NEW_VAULT).await?,
        "document" => drop(add_document(anna, id, "nieuw.txt").await?),
        "backup" => {
            back_up(anna, &stick(folder).join(BACKUP)).await?;
        }
        "destroy" => anna.destroy_document(document.unwrap()).await?,
        other => panic!("no act {other}"),
    }
    Ok(())
}

async fn import(anna: &Practice, circle: CircleId) -> Result<(), Error> {
    let table = format!("achternaam;woonplaats\n{}", "Rij;Zutphen\n".repeat(ROWS));
    let table = parse_table(table.as_bytes(), Format::Csv).unwrap();
    let plan = ImportPlan {
        kind: "client".to_owned(),
        home: circle.into(),
        mapping: guess_mapping("client", &table.headings),
        skip_refused: false,
        skip_duplicates: false,
    };
    anna.import(&table, &plan, &|_| (), &|| false)
        .await
        .map(drop)
}

/// Whether an act was done, after everything is opened again. Stops where it is neither done nor undone, or something else was
/// touched.
pub async fn was_done(name: &str, folder: &Path) -> Result<bool, Error> {
    if name == "found" || name == "restore" {
        let made = made(folder);
        if !Locked::exists(&made) {
            return Ok(false);
        }
        let anna = enter(&made, PASSWORD).await?;
        drop(anna.lock().await?);
        return Ok(true);
    }
    if name == "upgrade" {
        return upgraded(&aged(folder)).await;
    }
    let (anna, renewed) = match enter(folder, PASSWORD).await {
        Err(Error::WrongPassword) if name == "password" => (enter(folder, NEW).await?, true),
        other => (other?, false),
    };
    let done = look(name, &anna).await?;
    let confirmed = anna.has_confirmed_sheet();
    let findings = anna.verify().await?.findings;
    assert!(findings.is_empty(), "{name}: {findings:?}");
    // And it goes on from there.
    let id = named(&anna, "Jansen").await.unwrap();
    anna.put_field(id, "town", Some("Verder")).await?;
    drop(anna.lock().await?);
    if name == "sheet" {
        let code = std::fs::read_to_string(folder.with_file_name(SHEET)).unwrap();
        let locked = Locked::open(folder, system_clock(), "proof")?;
        let former = locked.recover("Anna", &code, NEW).await.is_ok();
        assert_eq!(
            former, confirmed,
            "the sheet works, or another is asked for"
        );
        return Ok(!former);
    }
    if name == "backup" {
        let (backup, back) = (stick(folder).join(BACKUP), made(folder));
        if !backup.exists() {
            return Ok(false);
        }
        put_back(&backup, &back, None).await?;
        drop(enter(&back, PASSWORD).await?.lock().await?);
        return Ok(true);
    }
    if name == "password" {
        let former = enter(folder, PASSWORD).await;
        assert!(
            !renewed || matches!(former, Err(Error::WrongPassword)),
            "both passwords open"
        );
        return Ok(renewed);
    }
    Ok(done)
}

/// Whether what was written after an upgrade is there; what was there before it is, in any case.
async fn upgraded(folder: &Path) -> Result<bool, Error> {
    let anna = enter(folder, PASSWORD).await?;
    let id = named(&anna, "Visser").await.unwrap();
    let view = anna.open_dossier(id, Reveal::All).await?;
    assert_eq!(view.fields["bsn"].value(), Some("111222333"));
    assert!(view.entries.iter().any(|one| one.field == "session_notes"));
    let town = view.fields["town"].value().unwrap();
    assert!(["Deventer", "Nieuw"].contains(&town), "{town}");
    let findings = anna.verify().await?.findings;
    assert!(findings.is_empty(), "{findings:?}");
    let done = town == "Nieuw";
    drop(anna.lock().await?);
    Ok(done)
}

async fn look(name: &str, anna: &Practice) -> Result<bool, Error> {
    let id = named(anna, "Jansen").await.unwrap();
    let view = anna.open_dossier(id, Reveal::Field("bsn")).await?;
    let town = view.fields["town"].value();
    assert!(town == Some("Oud") || (name == "save" && town == Some("Nieuw")));
    assert_eq!(view.fields["bsn"].value(), Some("111222333"));
    let count = |field: &str| {
        view.entries
            .iter()
            .filter(|entry| entry.field == field)
            .count()
    };
    let documents: Vec<_> = view
        .entries
        .iter()
        .filter(|entry| entry.field == "documents")
        .collect();
    for document in &documents {
        let shown = anna.show_document(document.id, None).await?;
        assert!(shown.bytes.len() == BYTES && shown.bytes.iter().all(|byte| *byte == b'x'));
    }
    let cas = user(anna, "Cas").await;
    let holds = async |name: &str| {
        let circles = anna.circles().await.unwrap();
        circles
            .iter()
            .any(|one| one.name.as_str() == name && one.members.contains(&cas))
    };
    Ok(match name {
        "save" => town == Some("Nieuw"),
        "note" => count("session_notes") == 1,
        "import" => {
            let all = anna.search("rij", usize::MAX).await?.0.len();
            assert!(all == 0 || all == ROWS, "{all} of {ROWS} rows");
            all == ROWS
        }
        "give" => holds("Samen").await,
        "take" => !holds("Anders").await,
        "document" => documents.len() == 2,
        "destroy" => documents.is_empty(),
        "re-key" | "vault password" => vault_done(anna).await?,
        _ => false,
    })
}

/// Whether the vault was renewed or has its new password; either way it opens with one password and has what it had.
async fn vault_done(anna: &Practice) -> Result<bool, Error> {
    let vault = anna.vaults().await?.remove(0);
    let by_new = match anna.open_vault(vault.id, VAULT).await {
        Err(Error::WrongPassword) => {
            anna.open_vault(vault.id, NEW_VAULT).await?;
            true
        }
        other => {
            other?;
            false
        }
    };
    let employee = named(anna, "Werker").await.unwrap();
    let view = anna.open_dossier(employee, Reveal::Field("salary")).await?;
    assert!(view.fields["salary"].value().is_some());
    let log = anna.audit_log(None, 0, i64::MAX).await?;
    let rekeyed = log
        .entries
        .iter()
        .any(|entry| entry.event.event == EventKind::VaultRekeyed);
    Ok(by_new || rekeyed)
}
