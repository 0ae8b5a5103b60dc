//! A damaged database: what is whole is saved byte for byte, and what is not is named.

use crate::{
    intruder::Intruder,
    support::{Home, OTHER, PASSWORD, client, open},
};
use dossierkluis::{
    crypto::Key,
    document::{NewDocument, Source},
    dossier::{EntryContent, Reveal},
    error::Error,
    ids::DossierId,
    practice::{Locked, Salvaged},
    store::{
        DATABASE, StoreError,
        wreck::{Cell, Cells, Wreck},
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};
use zeroize::Zeroizing;

const PAGE: usize = 4096;
const DOSSIERS: usize = 14;

/// Rows of a dossier, with the table that they are in.
type Rows = BTreeMap<Vec<u8>, BTreeSet<(String, Cells)>>;

struct Specimen {
    home: Home,
    key: Arc<Key>,
    whole: Rows,
    database: Vec<u8>,
}

impl Specimen {
    /// Anna and Bram with dossiers of their own, some with long notes, changed fields and documents.
    async fn new() -> Self {
        let home = Home::new();
        let (anna, _) = home.founded().await;
        let mut anna = home.colleague(anna, "Bram", &["coach"]).await;
        for user in ["Anna", "Bram"] {
            let password = if user == "Anna" { PASSWORD } else { OTHER };
            drop(anna.lock().await.unwrap());
            let practice = home.sign_in(user, password).await;
            for at in 0..DOSSIERS / 2 {
                let name = format!("{user}{at}");
                let fields = [("surname", name.as_str()), ("bsn", "111222333")];
                let id = client(&practice, practice.own_circle(), &fields).await;
                practice
                    .put_field(id, "town", Some("Zutphen"))
                    .await
                    .unwrap();
                practice
                    .put_field(id, "town", Some("Deventer"))
                    .await
                    .unwrap();
                let note = EntryContent::note(&format!("over {name} ").repeat(40 * at + 1));
                practice.add_entry(id, "session_notes", note).await.unwrap();
                if at % 3 == 0 {
                    let source =
                        Source::Bytes("brief.txt".to_owned(), Zeroizing::new(name.into_bytes()));
                    let new = NewDocument::default();
                    practice
                        .add_document(id, "documents", &new, source, &|_| (), &Arc::default())
                        .await
                        .unwrap();
                }
            }
            anna = practice;
        }
        drop(anna.lock().await.unwrap());
        let intruder = Intruder::enter(&home.folder, "Anna", PASSWORD).await;
        let key = intruder
            .keys
            .iter()
            .position(|(name, _)| name == "store")
            .unwrap();
        let mut keys = intruder.keys;
        let key = Arc::new(keys.swap_remove(key).1);
        intruder.store.close().await.unwrap();
        let whole = rows(&home.folder, &key).await;
        let database = fs::read(home.folder.join(DATABASE)).unwrap();
        assert_eq!(whole.len(), DOSSIERS);
        Self {
            home,
            key,
            whole,
            database,
        }
    }

    fn target(&self) -> PathBuf {
        self.home.folder.with_file_name("gered")
    }

    /// Changes bytes of the database and saves what is whole.
    async fn damaged(&self, places: &[usize]) -> Result<Salvaged, Error> {
        let mut bytes = self.database.clone();
        for at in places {
            bytes[*at] ^= 1 << (at % 8);
        }
        let _ = fs::remove_dir_all(self.target());
        for ending in ["-wal", "-shm"] {
            let _ = fs::remove_file(self.home.folder.join(format!("{DATABASE}{ending}")));
        }
        fs::write(self.home.folder.join(DATABASE), &bytes).unwrap();
        let mut locked = self.home.locked();
        let salvaged = locked
            .salvage("Anna", PASSWORD, &self.target(), &|_| ())
            .await;
        assert!(
            bytes == fs::read(self.home.folder.join(DATABASE)).unwrap(),
            "left as it was"
        );
        salvaged
    }

    /// Everything that is said to be saved is what it was, and everything else is named.
    async fn compare(&self, salvaged: &Salvaged, what: &str) {
        let found = rows(&self.target(), &self.key).await;
        assert_eq!(found.len(), salvaged.saved, "{what}");
        for (id, rows) in &found {
            assert!(rows == &self.whole[id], "{what}: not byte for byte");
        }
        let mut named: BTreeSet<Vec<u8>> = found.keys().cloned().collect();
        named.extend(salvaged.damaged.iter().map(|id| id.as_bytes().to_vec()));
        assert_eq!(named.len(), DOSSIERS, "{what}");
        assert!(named.iter().all(|id| self.whole.contains_key(id)), "{what}");
        assert_eq!(found.len() + salvaged.damaged.len(), DOSSIERS, "{what}");
        // By name as far as that can be read, and only to those who could read it before; it is logged as a list is.
        for (id, name) in &salvaged.names {
            assert!(salvaged.damaged.contains(id), "{what}");
            assert!(name.starts_with("Anna"), "{what}");
        }
    }
}

/// Everything that belongs to dossiers, as it lies in the database.
async fn rows(folder: &Path, key: &Arc<Key>) -> Rows {
    const QUERIES: [(&str, &str); 5] = [
        ("dossier", "SELECT id, * FROM dossier"),
        ("value", "SELECT dossier_id, * FROM value"),
        ("entry", "SELECT dossier_id, * FROM entry"),
        ("change", "SELECT dossier_id, * FROM change"),
        (
            "document_file",
            "SELECT e.dossier_id, f.* FROM document_file f JOIN entry e ON e.id = f.entry_id",
        ),
    ];
    let mut wreck = Wreck::open(folder, key).await.unwrap();
    let mut all = Rows::new();
    for (table, query) in QUERIES {
        for mut row in wreck.rows(query, &[]).await.unwrap() {
            let Cell::Bytes(id) = row.remove(0) else {
                panic!("an id is bytes")
            };
            all.entry(id).or_default().insert((table.to_owned(), row));
        }
    }
    wreck.close().await;
    all
}

/// The saved folder opens for both, and each reads the own dossiers and nothing of the other.
async fn opens_as_before(specimen: &Specimen, salvaged: &Salvaged) {
    let mut seen = 0;
    for (user, password) in [("Anna", PASSWORD), ("Bram", OTHER)] {
        let practice = open(&specimen.target(), &specimen.home.clock)
            .unlock(user, password)
            .await;
        let practice = practice.map_err(|(_, error)| error).unwrap();
        practice.load(&|_| ()).await.unwrap();
        for id in specimen.whole.keys() {
            let id = DossierId::from_bytes(id).unwrap();
            if let Ok(view) = practice.open_dossier(id, Reveal::All).await {
                assert!(view.fields["surname"].value().unwrap().starts_with(user));
                assert_eq!(view.fields["bsn"].value(), Some("111222333"));
                for entry in view
                    .entries
                    .iter()
                    .filter(|entry| entry.field == "documents")
                {
                    let shown = practice.show_document(entry.id, None).await.unwrap();
                    assert!(shown.bytes.starts_with(user.as_bytes()));
                }
                seen += 1;
            }
        }
        assert_eq!(
            practice.verify().await.unwrap().findings,
            Vec::<String>::new()
        );
        drop(practice.lock().await.unwrap());
    }
    assert_eq!(seen, salvaged.saved);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sound_database_is_saved_whole() {
    let specimen = Specimen::new().await;
    let salvaged = specimen.damaged(&[]).await.unwrap();
    assert_eq!(
        salvaged,
        Salvaged {
            saved: DOSSIERS,
            ..Salvaged::default()
        }
    );
    specimen.compare(&salvaged, "sound").await;
    opens_as_before(&specimen, &salvaged).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whole_dossiers_are_saved_whichever_page_is_damaged() {
    let specimen = Specimen::new().await;
    let pages = specimen.database.len() / PAGE;
    let (mut nothing, mut partly, mut opened, mut named) = (0, 0, 0, 0);
    for page in 0..pages {
        let what = format!("page {}", page + 1);
        match specimen
            .damaged(&[page * PAGE + 1 + (page * 977) % (PAGE - 2)])
            .await
        {
            Err(Error::Store(StoreError::Damaged(_))) => nothing += 1,
            Err(error) => panic!("{what}: {error:?}"),
            Ok(salvaged) => {
                specimen.compare(&salvaged, &what).await;
                named += salvaged.names.len();
                if !salvaged.damaged.is_empty() && salvaged.saved > 0 {
                    partly += 1;
                    if salvaged.parts.is_empty() && opened < 4 {
                        opened += 1;
                        opens_as_before(&specimen, &salvaged).await;
                    }
                }
            }
        }
    }
    // The first page and those that say what tables there are: without them there is nothing to hold on to.
    assert!(nothing > 0 && nothing < pages / 3, "{nothing} of {pages}");
    assert!(
        partly > 3 && opened > 1,
        "{partly} of {pages} left some dossiers whole and others not"
    );
    assert!(
        named > 3,
        "{named} lost dossiers were called by their names"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn many_damaged_pages_at_once() {
    let specimen = Specimen::new().await;
    let pages = specimen.database.len() / PAGE;
    for turn in 0..12 {
        // Past the first pages, which hold what tables there are.
        let places: Vec<usize> = (0..5)
            .map(|step| {
                (pages / 3 + (turn * 31 + step * 17) % (pages * 2 / 3 - 1)) * PAGE + 100 + turn
            })
            .collect();
        match specimen.damaged(&places).await {
            Ok(salvaged) => {
                specimen
                    .compare_known(&salvaged, &format!("{places:?}"))
                    .await
            }
            Err(Error::Store(StoreError::Damaged(_))) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
}

impl Specimen {
    /// The same where even the id of a dossier may have been lost everywhere.
    async fn compare_known(&self, salvaged: &Salvaged, what: &str) {
        let found = rows(&self.target(), &self.key).await;
        assert_eq!(found.len(), salvaged.saved, "{what}");
        for (id, rows) in &found {
            assert!(rows == &self.whole[id], "{what}: not byte for byte");
        }
        let named = |id: &DossierId| self.whole.contains_key(id.as_bytes().as_slice());
        assert!(salvaged.damaged.iter().all(named), "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_file_and_lost_changes_are_named() {
    let specimen = Specimen::new().await;
    let documents = specimen.home.folder.join("documents");
    let lost = fs::read_dir(&documents).unwrap().next().unwrap().unwrap();
    let name = lost.file_name().into_string().unwrap();
    fs::remove_file(lost.path()).unwrap();
    let salvaged = specimen.damaged(&[]).await.unwrap();
    let files: Vec<String> = salvaged.files.iter().map(ToString::to_string).collect();
    assert_eq!((files, salvaged.saved), (vec![name], DOSSIERS));
    // The witness has seen more than the database that is left.
    fs::write(specimen.home.folder.join(DATABASE), &specimen.database).unwrap();
    let anna = specimen.home.sign_in("Anna", PASSWORD).await;
    drop(anna.lock().await.unwrap());
    let salvaged = specimen.damaged(&[]).await.unwrap();
    assert_eq!(salvaged.parts, ["changes"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn saving_needs_a_password_and_a_place_of_its_own() {
    let specimen = Specimen::new().await;
    let mut locked: Locked = specimen.home.locked();
    let wrong = locked
        .salvage("Anna", "niet dit", &specimen.target(), &|_| ())
        .await;
    assert!(matches!(wrong, Err(Error::WrongPassword)), "{wrong:?}");
    let inside = specimen.home.folder.join("gered");
    let refused = locked.salvage("Anna", PASSWORD, &inside, &|_| ()).await;
    assert!(
        matches!(refused, Err(Error::Export("own_folder"))),
        "{refused:?}"
    );
    fs::create_dir(specimen.target()).unwrap();
    fs::write(specimen.target().join("iets"), b"van een ander").unwrap();
    let refused = locked
        .salvage("Anna", PASSWORD, &specimen.target(), &|_| ())
        .await;
    assert!(
        matches!(refused, Err(Error::Store(StoreError::Occupied))),
        "{refused:?}"
    );
    // Nothing is left beside it either.
    let beside = fs::read_dir(specimen.home.folder.parent().unwrap())
        .unwrap()
        .count();
    assert_eq!(beside, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_former_password_saves_nothing_whichever_page_is_damaged() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    client(&anna, anna.own_circle(), &[("surname", "Zuidwijk")]).await;
    let keyrings = || -> Vec<PathBuf> {
        let files = fs::read_dir(&home.folder).unwrap().flatten();
        let of_keys =
            |file: &fs::DirEntry| file.file_name().to_string_lossy().starts_with("keyring");
        files.filter(of_keys).map(|file| file.path()).collect()
    };
    let former: Vec<(PathBuf, Vec<u8>)> = keyrings()
        .into_iter()
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    anna.change_password(PASSWORD, "vijf uilen in een bos")
        .await
        .unwrap();
    drop(anna.lock().await.unwrap());
    let database = home.folder.join(DATABASE);
    let (whole, target) = (
        fs::read(&database).unwrap(),
        home.folder.with_file_name("gered"),
    );
    let put_back = || {
        keyrings()
            .iter()
            .for_each(|path| fs::remove_file(path).unwrap());
        former
            .iter()
            .for_each(|(path, bytes)| fs::write(path, bytes).unwrap());
    };
    for page in 0..whole.len() / PAGE {
        put_back();
        let mut bytes = whole.clone();
        bytes[page * PAGE + 77] ^= 4;
        fs::write(&database, bytes).unwrap();
        let saved = home
            .locked()
            .salvage("Anna", PASSWORD, &target, &|_| ())
            .await;
        assert!(saved.is_err() && !target.exists(), "page {page}");
    }
    // The same files with the database whole are refused for that very reason.
    put_back();
    fs::write(&database, &whole).unwrap();
    let saved = home
        .locked()
        .salvage("Anna", PASSWORD, &target, &|_| ())
        .await;
    let refused = Error::Store(StoreError::RolledBack("former secret"));
    assert_eq!(format!("{:?}", saved.err()), format!("{:?}", Some(refused)));
}
