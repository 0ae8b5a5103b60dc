//! Keys in memory: what one signed-in user holds, and the only way from a ciphertext to a value.

mod secrets;
mod throttle;
mod vault;

pub use secrets::Secrets;
pub use throttle::Throttle;
pub use vault::VaultKey;

use crate::{
    access::{Home, Permit},
    crypto::{
        CryptoError, Identity, Key, Place, Recipient, SALT_BYTES, SealingKey, SigningKey,
        unwrap_key, unwrap_secret, wrap_key,
    },
    ids::{ById, CircleId, DossierId, PracticeId, UserId},
};
use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    str::FromStr,
    sync::Arc,
};
use zeroize::Zeroizing;

/// Which key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyName {
    /// Rows: the dossiers of a circle.
    Circle(CircleId),
    /// Columns: a protected field, by its id.
    Field(String),
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Circle(id) => write!(f, "circle:{id}"),
            Self::Field(id) => write!(f, "field:{id}"),
        }
    }
}

impl FromStr for KeyName {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        match text.split_once(':') {
            Some(("circle", id)) => Ok(Self::Circle(id.parse().map_err(|_| KeyError::Name)?)),
            Some(("field", id)) => Ok(Self::Field(id.to_owned())),
            _ => Err(KeyError::Name),
        }
    }
}

/// What can go wrong with keys.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum KeyError {
    /// The key is not in this keyring: a wrong permit, or a grant withdrawn meanwhile.
    #[error("key not held")]
    NotHeld,
    /// A permit for one thing was used on another.
    #[error("the permit is for something else")]
    WrongPermit,
    /// Sealing or opening failed.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
    /// Not the name of a key.
    #[error("not the name of a key")]
    Name,
}

/// The state of a key in the store.
#[derive(Clone, sqlx::FromRow)]
pub struct KeyState {
    /// As `KeyName` prints it.
    pub name: String,
    /// The version that new values are sealed under; 0 as long as the key was not made.
    pub version: u32,
    /// A right on it was withdrawn: the next holder makes a new version.
    pub to_replace: bool,
}

/// A key wrapped for a person.
#[derive(sqlx::FromRow)]
pub struct WrappedKey {
    /// As `KeyName` prints it.
    pub name: String,
    /// Its version.
    pub version: u32,
    /// For whom.
    pub user_id: UserId,
    /// The age file.
    pub wrapped: Vec<u8>,
}

/// A ciphertext and the keys that it is under.
#[derive(Clone, sqlx::FromRow)]
pub struct Sealing {
    /// The circle whose key seals it: that of the dossier, or an earlier one as long as nobody could seal it again.
    pub circle_id: CircleId,
    /// Version of the circle key.
    pub circle_version: u32,
    /// Version of the field key; 0 for none.
    pub field_version: u32,
    /// The ciphertext.
    pub sealed: Vec<u8>,
}

/// Where a value lies, apart from its field.
#[derive(Clone, Copy)]
pub struct Spot<'a> {
    /// The dossier.
    pub dossier: DossierId,
    /// Its salt.
    pub salt: &'a [u8],
    /// The record in it.
    pub record: [u8; 16],
}

/// What one user holds. Wiped when dropped.
pub struct Keyring {
    practice: PracticeId,
    identity: Identity,
    signing: Arc<SigningKey>,
    circles: ById<CircleId, Versions>,
    fields: ById<String, Versions>,
    /// Of every vault, the keys that lie under no password but open nothing by themselves.
    doors: ById<CircleId, BTreeMap<u32, Key>>,
}

/// The versions of one key.
#[derive(Default)]
struct Versions {
    /// What new values are sealed under; 0 as long as the key was not made.
    newest: u32,
    held: BTreeMap<u32, Key>,
}

impl Keyring {
    /// Unwraps everything that was wrapped for this identity.
    pub fn unlock(
        practice: PracticeId,
        identity: Identity,
        signing: SigningKey,
        wrapped: &[WrappedKey],
        states: &[KeyState],
        vaults: &[CircleId],
    ) -> Result<Self, KeyError> {
        let mut ring = Self {
            practice,
            identity,
            signing: Arc::new(signing),
            circles: ById::default(),
            fields: ById::default(),
            doors: vaults.iter().map(|id| (*id, BTreeMap::new())).collect(),
        };
        for state in states {
            ring.of_mut(state.name.parse()?).newest = state.version;
        }
        for row in wrapped {
            let key = unwrap_key(&label(&row.name, row.version), &row.wrapped, &ring.identity)?;
            ring.take_in(row.name.parse()?, row.version, key);
        }
        Ok(ring)
    }

    /// Takes in a circle's key that was given to this user in this very session.
    pub fn receive(&mut self, wrapped: &[WrappedKey], state: &KeyState) -> Result<(), KeyError> {
        self.of_mut(state.name.parse()?).newest = state.version;
        for row in wrapped.iter().filter(|row| row.name == state.name) {
            let key = unwrap_key(&label(&row.name, row.version), &row.wrapped, &self.identity)?;
            self.take_in(row.name.parse()?, row.version, key);
        }
        Ok(())
    }

    /// Opens what was sealed for this user.
    pub fn open_note(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        Ok(unwrap_secret(sealed, &self.identity)?)
    }

    /// Keeps a key that was wrapped for this user; of a vault that is its door.
    fn take_in(&mut self, name: KeyName, version: u32, key: Key) {
        let door = match &name {
            KeyName::Circle(id) => self.doors.get_mut(id),
            KeyName::Field(_) => None,
        };
        let held = match door {
            Some(door) => door,
            None => &mut self.of_mut(name).held,
        };
        held.insert(version, key);
    }

    /// What is wrapped for people of a key: of a vault its door.
    fn given(&self, name: &KeyName) -> Option<&BTreeMap<u32, Key>> {
        let door = match name {
            KeyName::Circle(id) => self.doors.get(id),
            KeyName::Field(_) => None,
        };
        door.or_else(|| self.of(name).map(|versions| &versions.held))
    }

    fn of(&self, name: &KeyName) -> Option<&Versions> {
        match name {
            KeyName::Circle(id) => self.circles.get(id),
            KeyName::Field(id) => self.fields.get(id),
        }
    }

    fn of_mut(&mut self, name: KeyName) -> &mut Versions {
        match name {
            KeyName::Circle(id) => self.circles.entry(id).or_default(),
            KeyName::Field(id) => self.fields.entry(id).or_default(),
        }
    }

    fn all(&self) -> impl Iterator<Item = (KeyName, &Versions)> {
        let circles = self.circles.iter();
        let fields = self.fields.iter();
        circles
            .map(|(id, versions)| (KeyName::Circle(*id), versions))
            .chain(fields.map(|(id, versions)| (KeyName::Field(id.clone()), versions)))
    }

    /// The newest version of a key; 0 when it was not made yet or is unknown.
    pub fn version(&self, name: &KeyName) -> u32 {
        self.of(name).map_or(0, |versions| versions.newest)
    }

    fn newest_of_circle(&self, id: CircleId) -> u32 {
        self.circles.get(&id).map_or(0, |key| key.newest)
    }

    fn newest_of_field(&self, id: &str) -> u32 {
        self.fields.get(id).map_or(0, |key| key.newest)
    }

    /// Whether the newest version of a key is held.
    pub fn holds(&self, name: &KeyName) -> bool {
        self.of(name).is_some_and(Versions::has_newest)
    }

    /// Circles whose newest key is held.
    pub fn circles(&self) -> impl Iterator<Item = CircleId> {
        let held = self.circles.iter().filter(|(_, key)| key.has_newest());
        held.map(|(id, _)| *id)
    }

    /// Makes the next version of a key (the first, for a new one) and keeps it.
    pub fn make(&mut self, name: &KeyName) -> Result<u32, KeyError> {
        let key = Key::make()?;
        let versions = self.of_mut(name.clone());
        versions.newest += 1;
        versions.held.insert(versions.newest, key);
        Ok(versions.newest)
    }

    /// The newest version of every key, to come back to when a change that makes keys fails.
    pub fn versions(&self) -> HashMap<KeyName, u32> {
        self.all()
            .map(|(name, versions)| (name, versions.newest))
            .collect()
    }

    /// Forgets every key that was made since: nothing of it was stored, and what would be sealed under it could never be
    /// opened.
    pub fn back_to(&mut self, before: &HashMap<KeyName, u32>) {
        for name in self.versions().into_keys() {
            let Some(newest) = before.get(&name) else {
                self.forget(&name);
                continue;
            };
            if let KeyName::Circle(id) = &name
                && let Some(door) = self.doors.get_mut(id)
            {
                door.retain(|version, _| version <= newest);
            }
            let versions = self.of_mut(name);
            versions.newest = *newest;
            versions.held.retain(|version, _| version <= newest);
        }
    }

    /// Forgets a key that no longer seals anything.
    pub fn forget(&mut self, name: &KeyName) {
        match name {
            KeyName::Circle(id) => {
                self.circles.remove(id);
                if let Some(door) = self.doors.get_mut(id) {
                    door.clear();
                }
            }
            KeyName::Field(id) => {
                self.fields.remove(id);
            }
        }
    }

    /// Wraps every held version of a key for somebody: granting is giving what one holds.
    pub fn wrap(
        &self,
        name: &KeyName,
        user: UserId,
        recipient: &Recipient,
    ) -> Result<Vec<WrappedKey>, KeyError> {
        let text = name.to_string();
        let held = self.given(name).into_iter().flatten();
        let wrapped: Result<Vec<_>, KeyError> = held
            .map(|(version, key)| {
                let wrapped = wrap_key(&label(&text, *version), key, recipient)?;
                Ok(WrappedKey {
                    name: text.clone(),
                    version: *version,
                    user_id: user,
                    wrapped,
                })
            })
            .collect();
        match wrapped {
            Ok(keys) if keys.is_empty() => Err(KeyError::NotHeld),
            other => other,
        }
    }

    /// Every key that is held, for handing all over to a new identity.
    pub fn names(&self) -> Vec<KeyName> {
        let all = self.all().map(|(name, _)| name);
        let mut names: Vec<_> = all
            .filter(|name| self.given(name).is_some_and(|held| !held.is_empty()))
            .collect();
        names.sort();
        names
    }

    /// Puts another identity in place, with everything that is held. Gives the former.
    pub fn replace_identity(
        &mut self,
        identity: Identity,
        signing: Arc<SigningKey>,
    ) -> (Identity, Arc<SigningKey>) {
        (
            std::mem::replace(&mut self.identity, identity),
            std::mem::replace(&mut self.signing, signing),
        )
    }

    /// Signs audit entries.
    pub fn signing(&self) -> Arc<SigningKey> {
        Arc::clone(&self.signing)
    }

    /// What opens a package that was made for this user.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Who this keyring is for, publicly.
    pub fn recipient(&self) -> Recipient {
        self.identity.recipient()
    }

    /// The secrets to put under a password.
    pub fn secrets(&self) -> Secrets {
        Secrets::of(&self.identity, &self.signing)
    }

    /// Opens a value. The permit must be for this field of dossiers that lie where this one does.
    pub fn open(
        &self,
        permit: &Permit<'_>,
        home: Home,
        spot: &Spot<'_>,
        sealing: &Sealing,
    ) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        if permit.home() != home {
            return Err(KeyError::WrongPermit);
        }
        if !self.was_made(permit.field(), sealing) {
            return Err(CryptoError::CannotOpen.into());
        }
        let key = self.sealing_key(
            sealing.circle_id,
            sealing.circle_version,
            permit.field(),
            sealing.field_version,
            spot.salt,
        )?;
        Ok(key.open(
            &self.place(
                permit.field(),
                spot,
                sealing.circle_version,
                sealing.field_version,
            ),
            &sealing.sealed,
        )?)
    }

    /// Whether there are keys of these versions at all, held or not: a row that names others was changed.
    fn was_made(&self, field: &str, sealing: &Sealing) -> bool {
        let known = |key: Option<&Versions>, version: u32| {
            key.is_none_or(|versions| version <= versions.newest)
        };
        sealing.circle_version > 0
            && known(self.circles.get(&sealing.circle_id), sealing.circle_version)
            && known(self.fields.get(field), sealing.field_version)
    }

    /// Seals a value under the newest keys of the permit's circle and, where it has one, field.
    pub fn seal(
        &self,
        permit: &Permit<'_>,
        spot: &Spot<'_>,
        plain: &[u8],
    ) -> Result<Sealing, KeyError> {
        let circle_id = permit.circle();
        let circle_version = self.newest_of_circle(circle_id);
        let field_version = self.newest_of_field(permit.field());
        let key = self.sealing_key(
            circle_id,
            circle_version,
            permit.field(),
            field_version,
            spot.salt,
        )?;
        let sealed = key.seal(
            &self.place(permit.field(), spot, circle_version, field_version),
            plain,
        )?;
        Ok(Sealing {
            circle_id,
            circle_version,
            field_version,
            sealed,
        })
    }

    /// Whether a ciphertext is under the newest keys of this circle.
    pub fn is_current(&self, circle: CircleId, field: &str, sealing: &Sealing) -> bool {
        sealing.circle_id == circle
            && sealing.circle_version == self.newest_of_circle(circle)
            && sealing.field_version == self.newest_of_field(field)
    }

    /// Seals a short text of the practice itself (a name, a setting) under a circle key, with the version in front.
    pub fn seal_text(
        &self,
        permit: &Permit<'_>,
        record: [u8; 16],
        plain: &[u8],
    ) -> Result<Vec<u8>, KeyError> {
        let salt = *self.practice.as_bytes();
        let sealing = self.seal(permit, &self.frame(&salt, record)?, plain)?;
        let mut blob = sealing.circle_version.to_le_bytes().to_vec();
        blob.extend_from_slice(&sealing.sealed);
        Ok(blob)
    }

    /// Opens what `seal_text` made.
    pub fn open_text(
        &self,
        permit: &Permit<'_>,
        record: [u8; 16],
        blob: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let (version, sealed) = blob.split_first_chunk::<4>().ok_or(CryptoError::Form)?;
        let salt = *self.practice.as_bytes();
        let sealing = Sealing {
            circle_id: permit.circle(),
            circle_version: u32::from_le_bytes(*version),
            field_version: 0,
            sealed: sealed.to_vec(),
        };
        self.open(permit, permit.home(), &self.frame(&salt, record)?, &sealing)
    }

    /// The version of the circle key that a text was sealed under.
    pub fn text_version(blob: &[u8]) -> u32 {
        blob.first_chunk::<4>()
            .map_or(0, |version| u32::from_le_bytes(*version))
    }

    fn frame<'a>(&self, salt: &'a [u8; 16], record: [u8; 16]) -> Result<Spot<'a>, KeyError> {
        let dossier =
            DossierId::from_bytes(self.practice.as_bytes()).map_err(|_| KeyError::Name)?;
        Ok(Spot {
            dossier,
            salt,
            record,
        })
    }

    fn sealing_key(
        &self,
        circle: CircleId,
        circle_version: u32,
        field: &str,
        field_version: u32,
        salt: &[u8],
    ) -> Result<SealingKey, KeyError> {
        let circle = version_of(self.circles.get(&circle), circle_version)?;
        let field = match field_version {
            0 => None,
            version => Some(version_of(self.fields.get(field), version)?),
        };
        let salt: &[u8; SALT_BYTES] = salt.try_into().map_err(|_| CryptoError::Form)?;
        Ok(SealingKey::derive(circle, field, salt)?)
    }

    fn place<'a>(
        &self,
        field: &'a str,
        spot: &Spot<'_>,
        circle_version: u32,
        field_version: u32,
    ) -> Place<'a> {
        Place {
            practice: self.practice,
            dossier: spot.dossier,
            record: spot.record,
            field,
            circle_version,
            field_version,
        }
    }
}

impl Versions {
    fn has_newest(&self) -> bool {
        self.held.contains_key(&self.newest)
    }
}

fn version_of(key: Option<&Versions>, version: u32) -> Result<&Key, KeyError> {
    key.and_then(|versions| versions.held.get(&version))
        .ok_or(KeyError::NotHeld)
}

/// What travels inside a wrapped key beside its bytes.
fn label(name: &str, version: u32) -> String {
    format!("{name}:{version}")
}
