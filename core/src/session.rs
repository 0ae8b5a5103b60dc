//! An open practice: one signed-in user with the keys that this user holds. The areas add their methods to `Practice`.

use crate::{
    access::{Denial, Door, Home, Permit, Rights, Standing, Term, Text},
    audit::{self, Event, EventKind},
    catalogue::{self, Level, Protection},
    crypto::{Identity, Key},
    dossier::Memory,
    error::Error,
    ids::{ById, CircleId, DossierId, EntryId, GroupId, PracticeId, UserId},
    keys::{KeyError, KeyName, Keyring, Spot, Throttle},
    store::{self, Conn, FolderLock, KeyringFile, Link, SignedLink, Store, Write},
};
use chrono::{DateTime, NaiveDate, Utc};
use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};
use uuid::Uuid;
use zeroize::Zeroizing;

pub use crate::access::Clock;

/// Asks an open practice to stop, from beside it: the lock must reach what runs without waiting for it.
#[derive(Clone, Default)]
pub struct Stopper(Arc<AtomicBool>);

impl Stopper {
    /// Whatever is running stops as soon as it can.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the practice that this belongs to is closing or closed.
    pub fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A vault that is open.
pub(crate) struct OpenVault {
    /// Its last use, in ms.
    pub used_at: i64,
    /// Minutes without use after which it closes.
    pub minutes: i64,
    /// Opens what was kept for the vault while it may have been closed.
    pub identity: Arc<Identity>,
}

/// A lent dossier in a list, or the field and the entry of it that were found.
pub(crate) type SeenLent = (DossierId, Option<(&'static str, Option<EntryId>)>);

/// The open practice. Locking consumes it.
pub struct Practice {
    pub(crate) id: PracticeId,
    pub(crate) user: UserId,
    pub(crate) practice_circle: CircleId,
    pub(crate) own_circle: OnceLock<CircleId>,
    pub(crate) folder: PathBuf,
    pub(crate) folder_lock: FolderLock,
    pub(crate) file: Mutex<KeyringFile>,
    pub(crate) store: Store,
    pub(crate) store_key: Arc<Key>,
    pub(crate) ring: RwLock<Keyring>,
    pub(crate) rights: RwLock<Rights>,
    pub(crate) memory: RwLock<Memory>,
    pub(crate) clock: Clock,
    pub(crate) workstation: String,
    pub(crate) role: Mutex<String>,
    pub(crate) stopping: Stopper,
    pub(crate) pending: Mutex<Option<Event>>,
    pub(crate) sheet: Mutex<Option<String>>,
    /// The dossier that was opened last.
    pub(crate) lying_open: Mutex<Option<DossierId>>,
    /// How often a vault was closed.
    pub(crate) closings: AtomicUsize,
    /// What of lent dossiers stood in a list or a search of this session, and is in the log.
    pub(crate) seen_lent: Mutex<HashSet<SeenLent>>,
    /// Passwords in this session that were compared with that of the login.
    pub(crate) compared: Mutex<Throttle>,
    /// The vaults that are open.
    pub(crate) open_vaults: Mutex<HashMap<CircleId, OpenVault>>,
}

impl Practice {
    /// Who is signed in.
    pub fn user(&self) -> UserId {
        self.user
    }

    /// The circle of everybody.
    pub fn practice_circle(&self) -> CircleId {
        self.practice_circle
    }

    /// The circle of this user alone.
    pub fn own_circle(&self) -> CircleId {
        // Somebody who has not joined yet has none.
        self.own_circle
            .get()
            .copied()
            .unwrap_or(self.practice_circle)
    }

    /// What stops whatever is running here, because the lock will not wait.
    pub fn stopper(&self) -> Stopper {
        self.stopping.clone()
    }

    /// Whether running work should stop.
    pub fn is_stopping(&self) -> bool {
        self.stopping.is_stopped()
    }

    /// Ends running work that should stop.
    pub(crate) fn refuse_stopping(&self) -> Result<(), Error> {
        if self.is_stopping() {
            Err(Error::Cancelled)
        } else {
            Ok(())
        }
    }

    pub(crate) fn now(&self) -> i64 {
        (self.clock)().timestamp_millis()
    }

    /// The day that it is in the Netherlands.
    pub(crate) fn civil_today(&self) -> NaiveDate {
        crate::time::civil_day((self.clock)())
    }

    /// The same, ISO 8601.
    pub(crate) fn today(&self) -> String {
        self.civil_today().to_string()
    }

    pub(crate) fn ring(&self) -> RwLockReadGuard<'_, Keyring> {
        self.ring.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn ring_mut(&self) -> RwLockWriteGuard<'_, Keyring> {
        self.ring.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn rights(&self) -> RwLockReadGuard<'_, Rights> {
        self.rights.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn memory(&self) -> RwLockReadGuard<'_, Memory> {
        self.memory.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn memory_mut(&self) -> RwLockWriteGuard<'_, Memory> {
        self.memory.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn file(&self) -> MutexGuard<'_, KeyringFile> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn open_vaults(&self) -> MutexGuard<'_, HashMap<CircleId, OpenVault>> {
        self.open_vaults
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this user is in a group with this built-in role.
    pub(crate) fn has_role(&self, role: &str) -> bool {
        let mine = self.role.lock().unwrap_or_else(PoisonError::into_inner);
        mine.split(',').any(|one| one == role)
    }

    /// An event of this user, now.
    pub(crate) fn event(&self, kind: EventKind) -> Event {
        let role = self.role.lock().unwrap_or_else(PoisonError::into_inner);
        Event {
            role: role.clone(),
            ..event_of(self.user, kind, (self.clock)(), &self.workstation)
        }
    }

    /// Adds an event to a change in progress, after what was waiting to be told.
    pub(crate) async fn log(&self, write: &mut Write<'_>, event: Event) -> Result<(), Error> {
        self.log_about(write, event, &[]).await
    }

    /// Adds an event about many dossiers.
    pub(crate) async fn log_about(
        &self,
        write: &mut Write<'_>,
        event: Event,
        subjects: &[DossierId],
    ) -> Result<(), Error> {
        let mut event = event;
        event.on_behalf_of = self.on_behalf_of(write, &event, subjects).await?;
        let waiting = self
            .pending
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let waiting = waiting.map(|waiting| (waiting, Vec::new()));
        let events = waiting.into_iter().chain([(event, subjects.to_vec())]);
        let signing = self.ring().signing();
        Ok(audit::append(write, &signing, events).await?)
    }

    /// An event as a link after this one, while the change that it tells of begins; nothing where that is not known, where
    /// another event waits, or where it has to be looked up for whom this user acts. Then it is logged at the end.
    pub(crate) fn sign_ahead(&self, after: Option<&Link>, event: Event) -> Option<Vec<SignedLink>> {
        let waits = self
            .pending
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_some();
        if waits || !self.terms_of_mine().is_empty() {
            return None;
        }
        let events = [(event, Vec::new())];
        audit::sign(after?.clone(), &self.ring().signing(), events).ok()
    }

    /// The terms in which this user stands in for somebody.
    fn terms_of_mine(&self) -> Vec<Term> {
        let rights = self.rights();
        let terms = rights.terms.values();
        terms
            .filter(|term| term.stand_in == self.user)
            .copied()
            .collect()
    }

    /// For whom this user does what is logged here, where that is standing in for somebody.
    async fn on_behalf_of(
        &self,
        write: &mut Write<'_>,
        event: &Event,
        subjects: &[DossierId],
    ) -> Result<Option<UserId>, Error> {
        for term in self.terms_of_mine() {
            let lent = store::stand_in::dossiers(write.conn(), term.id).await?;
            let about = event.subject.iter().chain(subjects);
            if about.into_iter().any(|id| lent.contains(id)) {
                return Ok(Some(term.giver));
            }
        }
        Ok(None)
    }

    /// Writes one event by itself.
    pub(crate) async fn log_now(&self, event: Event) -> Result<(), Error> {
        let mut write = self.store.write().await?;
        self.log(&mut write, event).await?;
        Ok(write.commit().await?)
    }

    /// Lets an event wait for the next write, in place of a former one of the same kind: somebody who types a word or scrolls
    /// through a list searches or lists once.
    pub(crate) async fn log_soon(&self, event: Event) -> Result<(), Error> {
        let former = {
            let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
            match &mut *pending {
                Some(waiting) if waiting.event == event.event && event.at - waiting.at < 10_000 => {
                    waiting.count = event.count;
                    None
                }
                slot => slot.replace(event),
            }
        };
        match former {
            Some(former) => self.log_now(former).await,
            None => Ok(()),
        }
    }

    /// Writes what waits.
    pub(crate) async fn log_pending(&self) -> Result<(), Error> {
        let waiting = self
            .pending
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        match waiting {
            Some(event) => self.log_now(event).await,
            None => Ok(()),
        }
    }

    /// Logs that something was refused, and gives the refusal.
    pub(crate) async fn deny<T>(&self, event: Event, denial: Denial) -> Result<T, Error> {
        self.log_now(event.refused().reason(&denial_word(denial)))
            .await?;
        Err(denial.into())
    }

    /// Seals a short text of the practice.
    pub(crate) fn seal_frame(
        &self,
        circle: CircleId,
        column: &str,
        record: Uuid,
        text: &[u8],
    ) -> Result<Vec<u8>, Error> {
        let permit = self.rights().decide_frame(circle, column)?;
        Ok(self.ring().seal_text(&permit, *record.as_bytes(), text)?)
    }

    /// Opens a short text of the practice.
    pub(crate) fn open_frame(
        &self,
        circle: CircleId,
        column: &str,
        record: Uuid,
        blob: &[u8],
    ) -> Result<Text, Error> {
        let permit = self.rights().decide_frame(circle, column)?;
        let ring = self.ring();
        text(ring.open_text(&permit, *record.as_bytes(), blob)?)
    }

    /// A file of the practice itself is no place to export to, nor to link.
    pub(crate) fn refuse_own_folder(&self, path: &Path) -> Result<(), Error> {
        let place = store::folder_of(path).canonicalize();
        let own = self.folder.canonicalize();
        match (place, own) {
            (Ok(place), Ok(own)) if place.starts_with(&own) => Err(Error::Export("own_folder")),
            _ => Ok(()),
        }
    }

    /// Writes a paper where somebody chose, for its owner alone.
    ///
    /// # Errors
    /// [`Error::Export`] within the practice itself.
    pub fn save_paper(&self, path: &Path, paper: &[u8]) -> Result<(), Error> {
        self.refuse_own_folder(path)?;
        Ok(store::write_durably(path, paper)?)
    }

    /// Leave to a field, for a dossier that lies there.
    pub(crate) fn permit<'a>(
        &self,
        home: impl Into<Home>,
        field: &'a str,
        level: Level,
    ) -> Result<Permit<'a>, Denial> {
        let permit = self.rights().decide(home, field, level)?;
        self.use_vault(permit.circle());
        Ok(permit)
    }

    /// Takes out of the memory what lies in vaults that are closed now.
    pub(crate) fn withhold_closed(&self) {
        // In this order everywhere, so that what is put into the memory meanwhile was decided before, and is taken out here.
        let mut memory = self.memory_mut();
        self.withhold_from(&mut memory);
    }

    /// The same of the memory that somebody holds.
    pub(crate) fn withhold_from(&self, memory: &mut Memory) {
        let rights = self.rights();
        memory.withhold(|row, field| is_closed(&rights, row.home(), field));
    }

    /// The same of what is about to be put into the memory and was decided when a vault had been closed so often.
    pub(crate) fn withhold_since(&self, memory: &mut Memory, closings: usize) {
        if self.closings() != closings {
            self.withhold_from(memory);
        }
    }

    pub(crate) fn closings(&self) -> usize {
        self.closings.load(Ordering::Acquire)
    }

    /// Whether a field or entry list of what lies there is in a vault that is closed.
    pub(crate) fn lies_closed(&self, home: Home, field: &str) -> bool {
        is_closed(&self.rights(), home, field)
    }

    /// Notes that a vault is used, where this is an open one.
    pub(crate) fn use_vault(&self, vault: CircleId) {
        let now = self.now();
        if let Some(open) = self.open_vaults().get_mut(&vault) {
            open.used_at = now;
        }
    }

    /// Ends a change that makes keys: when it failed, they are forgotten again.
    pub(crate) fn keep_keys<T>(
        &self,
        before: HashMap<KeyName, u32>,
        done: Result<T, Error>,
    ) -> Result<T, Error> {
        if done.is_err() {
            let mut ring = self.ring_mut();
            ring.back_to(&before);
            let circles = ring.circles().collect();
            drop(ring);
            self.rights
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .circles = circles;
        }
        done
    }

    /// Reads the rights of this user again, after a change.
    pub(crate) async fn refresh_rights(&self, conn: &mut Conn) -> Result<(), Error> {
        let must_change = self.rights().must_change;
        let clock = Arc::clone(&self.clock);
        let (rights, role) = load_rights(conn, &self.ring, (self.user, must_change), clock).await?;
        let lost = {
            let mut present = self.rights.write().unwrap_or_else(PoisonError::into_inner);
            let lost = present.opens_more_than(&rights);
            *present = rights;
            lost
        };
        *self.role.lock().unwrap_or_else(PoisonError::into_inner) = role;
        if lost && !self.memory().is_empty() {
            // What was opened under the former rights must not be found any more.
            self.memory_mut().begin_anew();
            self.load(&|_| ()).await?;
        }
        Ok(())
    }
}

/// An event of a user, in no role.
pub(crate) fn event_of(
    user: UserId,
    kind: EventKind,
    at: DateTime<Utc>,
    workstation: &str,
) -> Event {
    Event {
        at: at.timestamp_millis(),
        event: kind,
        user,
        role: String::new(),
        on_behalf_of: None,
        subject: None,
        subjects_sha256: None,
        content_sha256: None,
        part: None,
        object: None,
        count: None,
        success: true,
        reason: None,
        emergency: false,
        workstation: workstation.to_owned(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        key: None,
        recipient: None,
    }
}

/// Reads what decides about a user: memberships, the matrix, and what the keyring holds.
pub(crate) async fn load_rights(
    conn: &mut Conn,
    ring: &RwLock<Keyring>,
    (user, must_change): (UserId, bool),
    clock: Clock,
) -> Result<(Rights, String), Error> {
    let groups = store::group::all(conn).await?;
    let mine: HashSet<GroupId> = store::group::members(conn)
        .await?
        .into_iter()
        .filter(|(_, member)| *member == user)
        .map(|(group, _)| group)
        .collect();
    let matrix = store::group::rights(conn).await?;
    let states = store::key::states(conn).await?;
    let circles = store::circle::all(conn).await?;
    let terms = store::stand_in::unfinished(conn).await?;
    let terms = terms.iter().map(|row| (row.circle_id, term(row))).collect();
    let ring = ring.read().unwrap_or_else(PoisonError::into_inner);
    let mut fields = ById::default();
    for state in &states {
        if let Ok(KeyName::Field(field)) = state.name.parse() {
            let level = level_of(&field, &mine, &matrix);
            let held = ring.holds(&KeyName::Field(field.clone()));
            let medical = is_medical(&field);
            fields.insert(
                field,
                Standing {
                    level,
                    made: state.version > 0,
                    held,
                    medical,
                },
            );
        }
    }
    let roles: Vec<&str> = groups
        .iter()
        .filter(|group| mine.contains(&group.id) && !group.role.is_empty())
        .map(|group| group.role.as_str())
        .collect();
    let vaults = circles.iter().filter(|circle| circle.is_vault());
    let vaults = vaults.map(|circle| {
        let door = Door {
            held: ring.has_door(circle.id),
            medical: circle.kind == "medical",
        };
        (circle.id, door)
    });
    let rights = Rights {
        terms,
        clock,
        vaults: vaults.collect(),
        user,
        administers: roles.contains(&"administrator"),
        must_change,
        circles: ring.circles().collect(),
        fields,
    };
    Ok((rights, roles.join(",")))
}

fn term(row: &store::stand_in::StandInRow) -> Term {
    Term {
        id: row.id,
        giver: row.giver,
        stand_in: row.stand_in,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        turn_at: match &*row.state {
            "waiting" => row.starts_at,
            "running" => row.ends_at,
            _ => i64::MAX,
        },
    }
}

/// The highest level that any of these groups has.
pub(crate) fn level_of(
    field: &str,
    groups: &HashSet<GroupId>,
    matrix: &[store::group::Right],
) -> Level {
    let levels = matrix
        .iter()
        .filter(|right| right.field == field && groups.contains(&right.group_id))
        .map(|right| level_from(right.level));
    levels.max().unwrap_or_default()
}

/// A stored level.
pub(crate) fn level_from(stored: i64) -> Level {
    match stored {
        2 => Level::Edit,
        1 => Level::View,
        _ => Level::None,
    }
}

/// Whether a field is one of the physician's.
pub(crate) fn is_medical(field: &str) -> bool {
    catalogue::field(field).is_some_and(|def| matches!(def.protection, Protection::Medical))
}

/// Opened bytes as text.
pub(crate) fn text(bytes: Zeroizing<Vec<u8>>) -> Result<Text, Error> {
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(Zeroizing::new(text.to_owned())),
        Err(_) => Err(Error::Store(store::StoreError::Damaged("text"))),
    }
}

/// What was opened; nothing where the key is not held: what was moved here from a circle that this user is not in waits
/// for somebody who is in both.
pub(crate) fn held<T>(opened: Result<T, KeyError>) -> Result<Option<T>, Error> {
    match opened {
        Ok(plain) => Ok(Some(plain)),
        Err(KeyError::NotHeld) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Where the present values of a dossier lie.
pub(crate) fn spot(row: &store::dossier::DossierRow) -> Spot<'_> {
    Spot {
        dossier: row.id,
        salt: &row.salt,
        record: *row.id.as_bytes(),
    }
}

/// The word of a denial in the log.
pub(crate) fn denial_word(denial: Denial) -> String {
    format!("{denial:?}")
        .chars()
        .fold(String::new(), |mut word, c| {
            if c.is_uppercase() && !word.is_empty() {
                word.push('_');
            }
            word.extend(c.to_lowercase());
            word
        })
}

fn is_closed(rights: &Rights, home: Home, field: &str) -> bool {
    let place = rights.place(home, field);
    rights.vaults.contains_key(&place) && !rights.circles.contains(&place)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::{
        dossier::{NewDossier, Reveal},
        practice::{Founding, Locked},
    };
    use std::{collections::BTreeMap, sync::Arc};

    #[tokio::test(flavor = "multi_thread")]
    async fn a_witness_that_cannot_be_written_costs_no_key() {
        let keep = tempfile::tempdir().unwrap();
        let folder = keep.path().join("praktijk");
        let founding = Founding::for_tests();
        let clock: super::Clock = Arc::new(chrono::Utc::now);
        let (anna, _) = Locked::found(&folder, &founding, Arc::clone(&clock), "test")
            .await
            .unwrap();
        anna.store.break_witness(&folder).await;
        let circle = anna.new_circle("Samen").await.unwrap();
        let fields = BTreeMap::from([("surname".to_owned(), "Zuidwijk".to_owned())]);
        let new = NewDossier {
            kind: "client".to_owned(),
            home: circle.into(),
            fields,
        };
        let id = anna.create(&new).await.unwrap();
        assert!(anna.lock().await.is_err(), "the closing tells of it");
        let locked = Locked::open(&folder, clock, "test").unwrap();
        let anna = locked.unlock("Anna", founding.password).await;
        let anna = anna.map_err(|(_, error)| error).unwrap();
        let view = anna.open_dossier(id, Reveal::All).await.unwrap();
        assert_eq!(view.fields["surname"].value(), Some("Zuidwijk"));
        anna.lock().await.unwrap();
    }
}
