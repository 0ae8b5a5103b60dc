//! From locked to open.

use super::Locked;
use crate::{
    access::Rights,
    audit::EventKind,
    catalogue::{self, FieldDef, Level, Protection},
    crypto::{Identity, Key, Passphrase, SigningKey},
    dossier::Memory,
    error::Error,
    ids::{ById, Ids, UserId},
    keys::{KeyName, KeyState, Keyring, Secrets, Throttle},
    session::{Clock, Practice, Stopper, load_rights},
    store::{self, Entrance, FolderLock, KeyringFile, Store},
    time::civil_day,
    transfer::backup::Workplace,
};
use std::{
    collections::{HashMap, HashSet},
    path::Path,
    sync::{Arc, Mutex, OnceLock, RwLock, atomic::AtomicUsize},
};

impl Locked {
    /// Signs in. `user` is an id or a typed name. A refusal gives the locked practice back.
    pub async fn unlock(
        mut self,
        user: &str,
        password: &str,
    ) -> Result<Practice, (Box<Self>, Error)> {
        let now = (self.clock)().timestamp_millis();
        let Some(id) = self.file.find(user) else {
            // As slow as a wrong password, so that a hidden list of users does not give itself away.
            let file = self.file.clone();
            let _ = hash_in_background(move || {
                Secrets::make().and_then(|secrets| {
                    store::UserEntry::make(
                        &file,
                        UserId::make(),
                        "",
                        &Passphrase::new(""),
                        &secrets,
                        &Key::make()?,
                    )
                })
            })
            .await;
            return Err((Box::new(self), Error::WrongPassword));
        };
        let failures = match self.file.user(id) {
            Some(entry) if entry.is_blocked() => return Err((Box::new(self), Error::Blocked)),
            Some(entry) => entry.throttle.failures(),
            None => return Err((Box::new(self), Error::WrongPassword)),
        };
        if let Err(error) = self.count_attempt(id, now) {
            return Err((Box::new(self), error));
        }
        match self.open_secrets(id, password).await {
            Ok(secrets) => {
                let wiped = self.set_throttle(id, Throttle::default());
                if let Err(error) = wiped {
                    return Err((Box::new(self), error));
                }
                let by = (Entrance::Password, EventKind::SignedIn);
                let practice = enter(self, id, secrets, by).await?;
                let practice = practice.after_sign_in(failures).await?;
                // A password that could not be put under more work is no reason to keep anybody out.
                if let Err(error) = practice.raise_work(password).await {
                    tracing::warn!(%error, "the work of a password could not be raised");
                }
                Ok(practice)
            }
            Err(error) => Err((Box::new(self), error)),
        }
    }

    pub(super) async fn open_secrets(&self, id: UserId, password: &str) -> Result<Secrets, Error> {
        let entry = self.file.user(id).ok_or(Error::WrongPassword)?.clone();
        let passphrase = Passphrase::new(password);
        hash_in_background(move || entry.open(&passphrase))
            .await
            .map_err(|_| Error::WrongPassword)
    }

    /// Counts a try in the file before it is made. Where it cannot be counted, there is none.
    pub(super) fn count_attempt(&mut self, id: UserId, now: i64) -> Result<(), Error> {
        let mut throttle = self.file.user(id).ok_or(Error::WrongPassword)?.throttle;
        let early = throttle.attempt(now).err();
        self.set_throttle(id, throttle)?;
        early.map_or(Ok(()), |seconds| Err(Error::Throttled { seconds }))
    }

    pub(super) fn set_throttle(&mut self, id: UserId, throttle: Throttle) -> Result<(), Error> {
        match self.file.user_mut(id) {
            Some(entry) if entry.throttle != throttle => entry.throttle = throttle,
            _ => return Ok(()),
        }
        Ok(self.file.write(&self.folder)?)
    }
}

/// scrypt takes most of a second: not on a thread that others wait for.
pub(crate) async fn hash_in_background<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, crate::crypto::CryptoError> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| Error::Cancelled)?
        .map_err(Error::from)
}

/// Opens the store with a user's secrets.
pub(super) async fn enter(
    locked: Locked,
    user: UserId,
    secrets: Secrets,
    (entrance, kind): (Entrance, EventKind),
) -> Result<Practice, (Box<Locked>, Error)> {
    let prepared = prepare(&locked, user, &secrets, entrance).await;
    let (store, store_key, practice_parts) = match prepared {
        Ok(prepared) => prepared,
        Err(error) => return Err((Box::new(locked), error)),
    };
    let Locked {
        folder,
        folder_lock,
        file,
        clock,
        workstation,
    } = locked;
    let Parts {
        ring,
        rights,
        role,
        practice_circle,
        own_circle,
    } = practice_parts;
    let practice = Practice {
        id: file.practice,
        user,
        practice_circle,
        own_circle,
        folder,
        folder_lock,
        file: Mutex::new(file),
        store,
        store_key,
        ring,
        rights: RwLock::new(rights),
        memory: RwLock::new(Memory::default()),
        clock,
        workstation,
        role: Mutex::new(role),
        stopping: Stopper::default(),
        pending: Mutex::new(None),
        seen_lent: Mutex::default(),
        sheet: Mutex::new(None),
        lying_open: Mutex::new(None),
        closings: AtomicUsize::new(0),
        compared: Mutex::default(),
        open_vaults: Mutex::new(HashMap::new()),
    };
    match practice.note_sign_in(kind).await {
        Ok(()) => Ok(practice),
        Err(error) => Err(practice.give_up(error).await),
    }
}

/// What a user's secrets open of a store.
pub(super) struct Parts {
    pub ring: RwLock<Keyring>,
    pub rights: Rights,
    role: String,
    practice_circle: crate::ids::CircleId,
    own_circle: OnceLock<crate::ids::CircleId>,
}

async fn prepare(
    locked: &Locked,
    user: UserId,
    secrets: &Secrets,
    entrance: Entrance,
) -> Result<(Store, Arc<Key>, Parts), Error> {
    let entry = locked.file.user(user).ok_or(Error::WrongPassword)?;
    let (identity, signing) = secrets.split()?;
    let store_key = Arc::new(entry.store_key(&identity).map_err(|_| {
        if entry.is_blocked() {
            Error::Blocked
        } else {
            Error::WrongPassword
        }
    })?);
    let store = Store::open(&locked.folder, &store_key).await?;
    let parts = async {
        // What was replaced since opens nothing, also when an older keyring is put back.
        let marks = entry.marks(entrance);
        if store::retired::any(&mut *store.read().await?, &marks).await? {
            return Err(Error::Store(store::StoreError::RolledBack("former secret")));
        }
        parts(locked, &store, user, identity, signing).await
    };
    match parts.await {
        Ok(parts) => Ok((store, store_key, parts)),
        Err(error) => {
            store.close().await?;
            Err(error)
        }
    }
}

pub(super) async fn parts(
    locked: &Locked,
    store: &Store,
    user: UserId,
    identity: Identity,
    signing: SigningKey,
) -> Result<Parts, Error> {
    let mut conn = store.read().await?;
    if store::setting::practice(&mut conn).await? != locked.file.practice {
        return Err(Error::Store(store::StoreError::Damaged("another practice")));
    }
    let account = store::account::get(&mut conn, user).await?;
    match account.state.as_str() {
        "disabled" => return Err(Error::Blocked),
        // A first sign-in was interrupted: only the secrets that the store knows open it.
        _ if account.recipient != identity.recipient().to_string() => {
            return Err(Error::WrongPassword);
        }
        _ => {}
    }
    let (wrapped, states) = (
        store::key::of_user(&mut conn, user).await?,
        store::key::states(&mut conn).await?,
    );
    let circles = store::circle::all(&mut conn).await?;
    let vaults = circles.iter().filter(|circle| circle.is_vault());
    let vaults: Vec<_> = vaults.map(|circle| circle.id).collect();
    let ring = RwLock::new(Keyring::unlock(
        locked.file.practice,
        identity,
        signing,
        &wrapped,
        &states,
        &vaults,
    )?);
    let today = civil_day((locked.clock)()).to_string();
    let expired = !account.expires.is_empty() && account.expires < today;
    let (rights, role) = load_rights(
        &mut conn,
        &ring,
        (user, account.must_change || expired),
        Arc::clone(&locked.clock),
    )
    .await?;
    let members = store::circle::members(&mut conn).await?;
    let practice_circle = circles
        .iter()
        .find(|circle| circle.kind == "practice")
        .ok_or(Error::Store(store::StoreError::Damaged("circle")))?
        .id;
    let mine: HashSet<_> = members
        .iter()
        .filter(|(_, member)| *member == user)
        .map(|(circle, _)| *circle)
        .collect();
    let own_circle = OnceLock::new();
    if let Some(circle) = circles
        .iter()
        .find(|circle| circle.kind == "own" && mine.contains(&circle.id))
    {
        let _ = own_circle.set(circle.id);
    }
    Ok(Parts {
        ring,
        rights,
        role,
        practice_circle,
        own_circle,
    })
}

impl Practice {
    /// A practice around an empty store, to be furnished.
    #[allow(clippy::too_many_arguments, reason = "called once, by founding")]
    pub(super) fn empty(
        folder: &Path,
        folder_lock: FolderLock,
        file: KeyringFile,
        store: Store,
        store_key: Arc<Key>,
        (identity, signing): (Identity, SigningKey),
        user: UserId,
        clock: Clock,
        workstation: &str,
    ) -> Result<Self, Error> {
        let rights = Rights {
            user,
            administers: true,
            must_change: false,
            circles: Ids::default(),
            fields: ById::default(),
            vaults: ById::default(),
            terms: ById::default(),
            clock: Arc::clone(&clock),
        };
        Ok(Self {
            id: file.practice,
            user,
            practice_circle: crate::ids::CircleId::make(),
            own_circle: OnceLock::new(),
            folder: folder.to_owned(),
            folder_lock,
            ring: RwLock::new(Keyring::unlock(
                file.practice,
                identity,
                signing,
                &[],
                &[],
                &[],
            )?),
            file: Mutex::new(file),
            store,
            store_key,
            rights: RwLock::new(rights),
            memory: RwLock::new(Memory::default()),
            clock,
            workstation: workstation.to_owned(),
            role: Mutex::new("administrator".to_owned()),
            stopping: Stopper::default(),
            pending: Mutex::new(None),
            seen_lent: Mutex::default(),
            sheet: Mutex::new(None),
            lying_open: Mutex::new(None),
            closings: AtomicUsize::new(0),
            compared: Mutex::default(),
            open_vaults: Mutex::new(HashMap::new()),
        })
    }

    async fn note_sign_in(&self, kind: EventKind) -> Result<(), Error> {
        // The secrets that took over at a first sign-in are in the store: the old ones go from the file.
        if self
            .file()
            .user(self.user)
            .is_some_and(store::UserEntry::has_next)
        {
            self.change_file(|file| {
                if let Some(entry) = file.user_mut(self.user) {
                    entry.promote_next();
                }
            })?;
        }
        let mut write = self.store.write().await?;
        store::account::signed_in(write.conn(), self.user, self.now()).await?;
        self.log(&mut write, self.event(kind)).await?;
        if self.file().rebuilt {
            self.log(&mut write, self.event(EventKind::KeyringRebuilt))
                .await?;
        }
        self.retire_former(&mut write).await?;
        write.commit().await?;
        self.settle_erasures().await?;
        self.settle_file()?;
        // What cannot be swept away is no reason to keep anybody out.
        if let Err(error) = self.sweep_documents().await {
            tracing::warn!(%error, "sealed files could not be swept");
        }
        if let Err(error) = Workplace::sweep(&self.folder) {
            tracing::warn!(%error, "the place of a backup could not be swept");
        }
        self.make_new_keys().await?;
        self.mind_stand_ins().await
    }

    /// Takes out of the keyring what the store knows now.
    fn settle_file(&self) -> Result<(), Error> {
        let waits = {
            let file = self.file();
            file.rebuilt || file.users.iter().any(|entry| !entry.former().is_empty())
        };
        if !waits {
            return Ok(());
        }
        self.change_file(|file| {
            file.rebuilt = false;
            for entry in &mut file.users {
                entry.forget_former();
            }
        })
    }

    /// Puts the password under today's work of scrypt where it has less than the practice asks for, or the practice asks for
    /// less than today's.
    async fn raise_work(&self, password: &str) -> Result<(), Error> {
        let work = self.file().work.raised();
        let behind = {
            let file = self.file();
            let entry = file.user(self.user).ok_or(Error::NotFound)?;
            file.work < work || entry.work().is_some_and(|has| has < work)
        };
        if !behind {
            return Ok(());
        }
        self.change_file(|file| file.work = work)?;
        self.set_password(password).await?;
        let mut write = self.store.write().await?;
        self.retire_former(&mut write).await?;
        self.log(&mut write, self.event(EventKind::WorkRaised))
            .await?;
        Ok(write.commit().await?)
    }

    async fn after_sign_in(self, failures: u32) -> Result<Self, (Box<Locked>, Error)> {
        if failures == 0 {
            return Ok(self);
        }
        let event = self
            .event(EventKind::SignInFailed)
            .refused()
            .count(failures as usize);
        match self.log_now(event).await {
            Ok(()) => Ok(self),
            Err(error) => Err(self.give_up(error).await),
        }
    }

    pub(super) async fn give_up(self, error: Error) -> (Box<Locked>, Error) {
        (self.close_up().await, error)
    }

    /// Closes what was opened, without telling the log.
    pub(super) async fn close_up(self) -> Box<Locked> {
        let Self {
            folder,
            folder_lock,
            file,
            store,
            clock,
            workstation,
            ..
        } = self;
        let _ = store.close().await;
        let file = file
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        Box::new(Locked {
            folder,
            folder_lock,
            file,
            clock,
            workstation,
        })
    }

    /// Keys that nobody ever made: the medical ones in a physician's own session, so that nobody else ever held them; that of a
    /// field which the practice did not have before in the first session of somebody who may see it.
    pub(super) async fn make_new_keys(&self) -> Result<(), Error> {
        if self.rights().must_change {
            return Ok(());
        }
        let physician = self.has_role("physician");
        let mine = |def: &&FieldDef| match def.protection {
            Protection::Medical => physician,
            Protection::Protected(_) => (self.rights().fields.get(def.id))
                .is_some_and(|standing| standing.level > Level::None),
            Protection::Open => false,
        };
        let missing: Vec<KeyName> = (catalogue::fields().iter().filter(mine))
            .map(|def| KeyName::Field(def.id.to_owned()))
            .filter(|name| self.ring().version(name) == 0)
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let write = self.store.write().await?;
        let before = self.ring().versions();
        let done = self.make_new_keys_in(write, &missing).await;
        self.keep_keys(before, done)?;
        self.refresh_rights(&mut *self.store.read().await?).await
    }

    async fn make_new_keys_in(
        &self,
        mut write: store::Write<'_>,
        missing: &[KeyName],
    ) -> Result<(), Error> {
        for name in missing {
            let version = self.ring_mut().make(name)?;
            store::key::set_state(
                write.conn(),
                &KeyState {
                    name: name.to_string(),
                    version,
                    to_replace: false,
                },
            )
            .await?;
            self.give_key(&mut write, name, self.user).await?;
        }
        Ok(write.commit().await?)
    }
}
