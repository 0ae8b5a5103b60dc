//! Saving what is whole from a damaged database into a new practice folder.
//!
//! The damaged folder is left as it is: its database is copied, and the copy is read. What is saved is moved as ciphertext, so
//! it goes for everybody's dossiers and opens for exactly those who could open it before.

use super::{
    Locked,
    unlock::{Parts, parts},
};
use crate::{
    access::Text,
    audit::{self, EventKind},
    crypto::{Key, SigningKey},
    dossier::{self, Progress},
    error::Error,
    ids::{DossierId, FileId, UserId},
    keys::{Secrets, Throttle},
    session::event_of,
    store::{
        self, DATABASE, Entrance, FolderAside, Store, StoreError, WITNESS, files, folder_of,
        retired,
        salvage::{Moved, salvage},
        wreck::Wreck,
    },
};
use std::{
    collections::BTreeMap,
    fmt, fs,
    io::ErrorKind,
    path::Path,
    sync::{Arc, PoisonError},
};

/// What came of it.
#[derive(Default, PartialEq, Eq)]
pub struct Salvaged {
    /// Dossiers that are whole, and saved.
    pub saved: usize,
    /// Those of which something cannot be read. They are in the damaged folder still.
    pub damaged: Vec<DossierId>,
    /// What they are called, where that can still be read and this user may read it.
    pub names: BTreeMap<DossierId, Text>,
    /// What else was lost, as words of the program: tables of which rows are missing; `changes` where the database is older
    /// than it was.
    pub parts: Vec<String>,
    /// Sealed files of saved documents that are not there.
    pub files: Vec<FileId>,
}

impl fmt::Debug for Salvaged {
    /// Without the names.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Salvaged")
            .field("saved", &self.saved)
            .field("damaged", &self.damaged)
            .field("parts", &self.parts)
            .field("files", &self.files)
            .finish_non_exhaustive()
    }
}

impl Locked {
    /// Saves every whole dossier into a new folder, which opens as this one did. Needs the password of anybody with an account:
    /// nothing is opened but the store, and the names of those that are not whole.
    pub async fn salvage(
        &mut self,
        user: &str,
        password: &str,
        to: &Path,
        tell: &(dyn Fn(Progress) + Sync),
    ) -> Result<Salvaged, Error> {
        let now = (self.clock)().timestamp_millis();
        let id = self.file.find(user).ok_or(Error::WrongPassword)?;
        let entry = self.file.user(id).ok_or(Error::WrongPassword)?;
        if entry.is_blocked() {
            return Err(Error::Blocked);
        }
        self.count_attempt(id, now)?;
        let secrets = self.open_secrets(id, password).await?;
        self.set_throttle(id, Throttle::default())?;
        let (identity, _) = secrets.split()?;
        let entry = self.file.user(id).ok_or(Error::WrongPassword)?;
        let key = Arc::new(entry.store_key(&identity)?);
        refuse_target(&self.folder, to)?;
        let aside = FolderAside::of(to)?;
        let (wreck, saved) = (aside.path().join("wreck"), aside.path().join("saved"));
        for folder in [&wreck, &saved] {
            fs::create_dir(folder).map_err(StoreError::from)?;
        }
        copy_database(&self.folder, &wreck)?;
        let salvaged = self
            .fill(&wreck, &saved, &key, (id, &secrets), tell)
            .await?;
        make_private(&saved)?;
        aside.put_part_in_place(&saved, to)?;
        Ok(salvaged)
    }

    async fn fill(
        &self,
        from: &Path,
        saved: &Path,
        key: &Arc<Key>,
        (user, secrets): (UserId, &Secrets),
        tell: &(dyn Fn(Progress) + Sync),
    ) -> Result<Salvaged, Error> {
        let mut wreck = Wreck::open(from, key).await?;
        // A former password opens nothing here either, and where that cannot be read no password does.
        let entry = self.file.user(user).ok_or(Error::NotFound)?;
        let former = retired::any_in(&mut wreck, &entry.marks(Entrance::Password)).await;
        if former != Ok(false) {
            wreck.close().await;
            former?;
            return Err(Error::Store(StoreError::RolledBack("former secret")));
        }
        let behind = store::is_behind(from, &self.folder.join(WITNESS), key).await;
        let store = Store::make(saved, key).await?;
        let moved = self
            .fill_store(&mut wreck, &store, (user, &secrets.split()?.1), tell)
            .await;
        let moved = moved.and_then(refuse_without_terms);
        let names = match &moved {
            Ok(moved) => self.names(&mut wreck, &store, (user, secrets), moved).await,
            Err(_) => Ok(BTreeMap::new()),
        };
        wreck.close().await;
        let known = match &moved {
            Ok(_) => store::document::all(&mut *store.read().await?).await,
            Err(_) => Ok(Vec::new()),
        };
        store.close().await?;
        let (mut moved, known) = (moved?, known?);
        let names = names.unwrap_or_else(|error| {
            tracing::warn!(%error, "what was lost is not called by its name");
            BTreeMap::new()
        });
        if behind {
            moved.parts.push("changes".to_owned());
        }
        let files = copy_files(&self.folder, saved, &known)?;
        self.file.clone().write(saved)?;
        Ok(Salvaged {
            saved: moved.saved,
            damaged: moved
                .damaged
                .iter()
                .filter_map(|id| DossierId::from_bytes(id).ok())
                .collect(),
            names,
            parts: moved.parts,
            files,
        })
    }

    /// What dossiers that were not saved are called, as far as that can be read with the keys and rights of who asks; logged as a list
    /// is. Nothing where anything is missing of what rights rest on.
    async fn names(
        &self,
        wreck: &mut Wreck,
        store: &Store,
        (user, secrets): (UserId, &Secrets),
        moved: &Moved,
    ) -> Result<BTreeMap<DossierId, Text>, Error> {
        let mut names = BTreeMap::new();
        if moved.damaged.is_empty() || !moved.parts.is_empty() {
            return Ok(names);
        }
        let (identity, signing) = secrets.split()?;
        let Ok(Parts { ring, rights, .. }) = parts(self, store, user, identity, signing).await
        else {
            return Ok(names);
        };
        for id in &moved.damaged {
            let Ok(id) = DossierId::from_bytes(id) else {
                continue;
            };
            let rows = wreck.open_sheets(id).await.unwrap_or_default();
            let ring = ring.read().unwrap_or_else(PoisonError::into_inner);
            if let Some(name) = dossier::name_in(&rows, &rights, &ring) {
                names.insert(id, name);
            }
        }
        if !names.is_empty() {
            let mut event = event_of(user, EventKind::Listed, (self.clock)(), &self.workstation);
            event.count = Some(names.len() as u64);
            event.part = Some("salvage".to_owned());
            let mut write = store.write().await?;
            audit::append(&mut write, &secrets.split()?.1, [(event, Vec::new())]).await?;
            write.commit().await?;
        }
        Ok(names)
    }

    async fn fill_store(
        &self,
        wreck: &mut Wreck,
        store: &Store,
        (user, signing): (UserId, &SigningKey),
        tell: &(dyn Fn(Progress) + Sync),
    ) -> Result<Moved, Error> {
        let told = |done, total| {
            tell(Progress {
                task: "salvage",
                done,
                total,
            });
        };
        let mut write = store.write().await?;
        let moved = salvage(wreck, &mut write, &told).await?;
        let mut event = event_of(user, EventKind::Salvaged, (self.clock)(), &self.workstation);
        event.count = Some(moved.saved as u64);
        audit::append(&mut write, signing, [(event, Vec::new())]).await?;
        write.commit().await?;
        Ok(moved)
    }
}

/// Without the rows that say how long somebody stands in, who stood in once would do so for ever.
fn refuse_without_terms(moved: Moved) -> Result<Moved, Error> {
    if moved.parts.iter().any(|table| table == "stand_in") {
        Err(Error::Store(StoreError::Damaged("stand-in")))
    } else {
        Ok(moved)
    }
}

/// A new or empty folder, outside the practice.
fn refuse_target(practice: &Path, to: &Path) -> Result<(), Error> {
    let parent = folder_of(to);
    fs::create_dir_all(parent).map_err(StoreError::from)?;
    let inside = match (parent.canonicalize(), practice.canonicalize()) {
        (Ok(parent), Ok(practice)) => parent.starts_with(practice),
        _ => false,
    };
    if inside {
        Err(Error::Export("own_folder"))
    } else {
        Ok(())
    }
}

fn copy_database(from: &Path, to: &Path) -> Result<(), Error> {
    for ending in ["", "-wal"] {
        let name = format!("{DATABASE}{ending}");
        match fs::copy(from.join(&name), to.join(&name)) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound && !ending.is_empty() => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(Error::Store(StoreError::Damaged("database missing")));
            }
            Err(error) => return Err(Error::Store(error.into())),
        }
    }
    Ok(())
}

/// Copies the sealed files of what was saved; gives those that are not there.
fn copy_files(from: &Path, to: &Path, known: &[FileId]) -> Result<Vec<FileId>, Error> {
    let mut missing = Vec::new();
    for id in known {
        match fs::File::open(files::path(from, *id)) {
            Ok(mut file) => {
                let mut aside = files::aside(to)?;
                std::io::copy(&mut file, &mut aside).map_err(StoreError::from)?;
                files::keep(to, *id, aside)?;
            }
            Err(_) => missing.push(*id),
        }
    }
    Ok(missing)
}

/// For its owner alone.
fn make_private(folder: &Path) -> Result<(), Error> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).map_err(StoreError::from)?;
    }
    Ok(())
}
