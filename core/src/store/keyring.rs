//! `keyring.json`: what must be readable to open the store. Per user the identity under a password, the same under the
//! recovery sheet and for two people together, the store key, and the throttle; the names that the sign-in screen shows,
//! unless hidden.

use super::{KEYRING, StoreError, copies, write_durably};
use crate::{
    crypto::{
        CryptoError, Identity, Key, Passphrase, Recipient, WorkFactor, lock_with, open_with,
        unwrap_key, unwrap_secret, work_of, wrap_key, wrap_secret,
    },
    ids::{PracticeId, UserId},
    keys::{Secrets, Throttle},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use std::path::Path;

/// 2: numbered, with copies beside it, and with what two people open together.
const FORMAT: u32 = 2;
const STORE_KEY: &str = "store";

/// The file as it is read and written.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyringFile {
    format: u32,
    /// The version of the program that wrote it, and that can read it.
    #[serde(default)]
    needs: String,
    /// Counts the times that it was written: which of two is the later one.
    #[serde(default)]
    revision: u64,
    /// It was put together again from a copy, and nobody has signed in since.
    #[serde(default)]
    pub rebuilt: bool,
    /// Which practice.
    pub practice: PracticeId,
    /// Its name, unless hidden.
    pub practice_name: Option<String>,
    /// Neither the practice nor its people are named before sign-in; a name must be typed.
    pub hide_users: bool,
    /// Work of scrypt for new passwords.
    pub work: WorkFactor,
    /// Salt of the tags by which a typed name is recognised.
    name_salt: String,
    /// Everybody who can sign in.
    pub users: Vec<UserEntry>,
}

/// One user in the file.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserEntry {
    /// Who.
    pub id: UserId,
    /// The display name, unless hidden.
    pub name: Option<String>,
    name_tag: String,
    /// The secrets under the password (age scrypt).
    identity: String,
    /// The secrets that take over when the store knows them; only between the steps of a first sign-in.
    next: Option<String>,
    /// The secrets for the recovery sheet's recipient (age X25519).
    recovery: Option<String>,
    /// The sheet was confirmed by typing back a part.
    pub recovery_confirmed: bool,
    /// The secrets for two of three people together, where this user agreed to that.
    #[serde(default)]
    together: Option<Together>,
    /// Digests of what was replaced here and must never open anything again, until the store knows them.
    #[serde(default)]
    former: Vec<String>,
    /// The store key for this identity (age X25519).
    store_key: Option<String>,
    next_store_key: Option<String>,
    /// Wrong passwords in a row.
    pub throttle: Throttle,
}

/// The secrets for an identity that lies in three shares.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Together {
    /// Which split: shares of another do not fit.
    split: String,
    /// An age file.
    secrets: String,
}

/// In which way somebody gets at the own secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entrance {
    /// The password.
    Password,
    /// The recovery sheet.
    Sheet,
    /// Two of the three shares.
    Together,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope {
    sha256: String,
    keyring: Box<RawValue>,
}

impl UserEntry {
    /// A user whose secrets lie under a password.
    pub fn make(
        file: &KeyringFile,
        id: UserId,
        name: &str,
        password: &Passphrase,
        secrets: &Secrets,
        store_key: &Key,
    ) -> Result<Self, CryptoError> {
        Ok(Self {
            id,
            name: (!file.hide_users).then(|| name.to_owned()),
            name_tag: name_tag(&file.name_salt, name),
            identity: lock_with(password, file.work, secrets.expose())?,
            next: None,
            recovery: None,
            recovery_confirmed: false,
            together: None,
            former: Vec::new(),
            store_key: Some(wrap_store_key(store_key, &secrets.split()?.0.recipient())?),
            next_store_key: None,
            throttle: Throttle::default(),
        })
    }

    /// Opens the secrets with a password: those in use first, then those that were about to take over.
    pub fn open(&self, password: &Passphrase) -> Result<Secrets, CryptoError> {
        let first = open_with(password, &self.identity);
        match (&first, &self.next) {
            (Err(_), Some(next)) => open_with(password, next).map(Secrets::from_opened),
            _ => first.map(Secrets::from_opened),
        }
    }

    /// Opens the secrets with the identity on the recovery sheet.
    pub fn open_with_sheet(&self, sheet: &Identity) -> Result<Secrets, CryptoError> {
        unwrap_secret(
            self.recovery
                .as_deref()
                .ok_or(CryptoError::CannotOpen)?
                .as_bytes(),
            sheet,
        )
        .map(Secrets::from_opened)
    }

    /// Opens the secrets with the identity that two shares gave.
    pub fn open_together(&self, joined: &Identity) -> Result<Secrets, CryptoError> {
        let together = self.together.as_ref().ok_or(CryptoError::CannotOpen)?;
        unwrap_secret(together.secrets.as_bytes(), joined).map(Secrets::from_opened)
    }

    /// Which split opens the secrets, if any.
    pub fn split(&self) -> Option<&str> {
        self.together
            .as_ref()
            .map(|together| together.split.as_str())
    }

    /// Lets two of three people open the secrets; the shares of a former split stop working.
    pub fn set_together(
        &mut self,
        split: String,
        joined: &Recipient,
        secrets: &Secrets,
    ) -> Result<(), CryptoError> {
        let secrets = wrap_secret(secrets.expose(), joined)?;
        self.drop_together();
        self.together = Some(Together { split, secrets });
        Ok(())
    }

    /// No two people open the secrets any more.
    pub fn drop_together(&mut self) {
        let former = self.together.take();
        self.former
            .extend(former.map(|former| digest(&former.secrets)));
    }

    /// Digests of what opens the secrets in this way; for the password also of what was about to take over.
    pub fn marks(&self, entrance: Entrance) -> Vec<String> {
        let files = match entrance {
            Entrance::Password => vec![Some(&self.identity), self.next.as_ref()],
            Entrance::Sheet => vec![self.recovery.as_ref()],
            Entrance::Together => vec![self.together.as_ref().map(|together| &together.secrets)],
        };
        files
            .into_iter()
            .flatten()
            .map(|file| digest(file))
            .collect()
    }

    /// Digests of what was replaced and the store may not know of yet.
    pub fn former(&self) -> &[String] {
        &self.former
    }

    /// The store knows what was replaced.
    pub fn forget_former(&mut self) {
        self.former.clear();
    }

    /// Work of scrypt of the password; `None` where that cannot be read.
    pub fn work(&self) -> Option<WorkFactor> {
        work_of(&self.identity)
    }

    /// The store key, for whoever has the secrets.
    pub fn store_key(&self, identity: &Identity) -> Result<Key, CryptoError> {
        let wrapped = [&self.store_key, &self.next_store_key]
            .into_iter()
            .flatten();
        let mut keys = wrapped.filter_map(|wrapped| {
            unwrap_key(STORE_KEY, &STANDARD.decode(wrapped).ok()?, identity).ok()
        });
        keys.next().ok_or(CryptoError::CannotOpen)
    }

    /// Puts the secrets under a new password.
    pub fn set_password(
        &mut self,
        password: &Passphrase,
        work: WorkFactor,
        secrets: &Secrets,
    ) -> Result<(), CryptoError> {
        let identity = lock_with(password, work, secrets.expose())?;
        self.former.push(digest(&self.identity));
        self.identity = identity;
        self.next = None;
        Ok(())
    }

    /// Gets new secrets ready beside the old, so that either works until the store has changed over.
    pub fn prepare_next(
        &mut self,
        password: &Passphrase,
        work: WorkFactor,
        secrets: &Secrets,
        store_key: &Key,
    ) -> Result<(), CryptoError> {
        self.next = Some(lock_with(password, work, secrets.expose())?);
        self.next_store_key = Some(wrap_store_key(store_key, &secrets.split()?.0.recipient())?);
        Ok(())
    }

    /// Puts the prepared secrets in place of the old.
    pub fn promote_next(&mut self) {
        if let (Some(next), Some(key)) = (self.next.take(), self.next_store_key.take()) {
            self.former.push(digest(&self.identity));
            self.identity = next;
            self.store_key = Some(key);
        }
    }

    /// Whether a change of secrets was prepared and not finished.
    pub fn has_next(&self) -> bool {
        self.next.is_some()
    }

    /// Makes a recovery sheet the second way to the secrets; any former sheet stops working.
    pub fn set_recovery(
        &mut self,
        sheet: &Recipient,
        secrets: &Secrets,
    ) -> Result<(), CryptoError> {
        let recovery = wrap_secret(secrets.expose(), sheet)?;
        let former = self.recovery.replace(recovery);
        self.former.extend(former.map(|former| digest(&former)));
        self.recovery_confirmed = false;
        Ok(())
    }

    /// Blocks at once: without the store key nothing here opens anything.
    pub fn block(&mut self) {
        self.store_key = None;
        self.next_store_key = None;
    }

    /// Whether the user was blocked.
    pub fn is_blocked(&self) -> bool {
        self.store_key.is_none()
    }

    /// Shows or hides the name.
    pub fn set_name(&mut self, name: &str, hidden: bool) {
        self.name = (!hidden).then(|| name.to_owned());
    }
}

impl KeyringFile {
    /// A file without users.
    pub fn make(practice_name: &str, work: WorkFactor) -> Result<Self, CryptoError> {
        Ok(Self {
            format: FORMAT,
            needs: String::new(),
            revision: 0,
            rebuilt: false,
            practice: PracticeId::make(),
            practice_name: Some(practice_name.to_owned()),
            hide_users: false,
            work,
            name_salt: STANDARD.encode(crate::crypto::random::<16>()?),
            users: Vec::new(),
        })
    }

    /// Reads the file; any changed byte is noticed, and that it is older than its copies.
    pub fn read(folder: &Path) -> Result<Self, StoreError> {
        let text = std::fs::read(folder.join(KEYRING)).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => StoreError::Missing,
            _ => error.into(),
        })?;
        let file = Self::parse(&text)?;
        let later = copies::sound(folder)
            .into_iter()
            .any(|(copy, _)| copy.practice == file.practice && copy.revision > file.revision);
        if later {
            return Err(StoreError::RolledBack("keyring"));
        }
        Ok(file)
    }

    /// Reads what lies in the file or in a copy of it.
    pub(super) fn parse(text: &[u8]) -> Result<Self, StoreError> {
        let envelope: Envelope = serde_json::from_slice(text).map_err(|_| DAMAGED)?;
        if envelope.sha256 != digest(envelope.keyring.get()) {
            return Err(DAMAGED);
        }
        let format: Format = serde_json::from_str(envelope.keyring.get()).map_err(|_| DAMAGED)?;
        if format.format > FORMAT {
            return Err(StoreError::Newer {
                needs: format.needs,
            });
        }
        serde_json::from_str(envelope.keyring.get()).map_err(|_| DAMAGED)
    }

    /// Replaces the file, whole or not at all, and then its copies: what was replaced must not come back from them.
    pub fn write(&mut self, folder: &Path) -> Result<(), StoreError> {
        self.format = FORMAT;
        self.needs = env!("CARGO_PKG_VERSION").to_owned();
        self.revision += 1;
        let keyring = serde_json::to_string(self).map_err(|_| DAMAGED)?;
        let sha256 = digest(&keyring);
        let envelope = Envelope {
            sha256,
            keyring: RawValue::from_string(keyring).map_err(|_| DAMAGED)?,
        };
        let bytes = serde_json::to_vec(&envelope).map_err(|_| DAMAGED)?;
        write_durably(&folder.join(KEYRING), &bytes)?;
        copies::refresh(folder, &bytes);
        Ok(())
    }

    /// Puts the newest sound copy in the place of a file that is damaged, missing or older; gives when it was written, in ms.
    pub fn rebuild(folder: &Path) -> Result<i64, StoreError> {
        let (mut file, written) = copies::sound(folder)
            .into_iter()
            .max_by_key(|(copy, _)| copy.revision)
            .ok_or(DAMAGED)?;
        file.rebuilt = true;
        file.write(folder)?;
        Ok(written)
    }

    /// Which of two files of a practice is the later one.
    pub(super) fn revision(&self) -> u64 {
        self.revision
    }

    /// Takes over from the present keyring what an older one must not undo: who is blocked, and the passwords and sheets of
    /// those who still have the same identity (then the store key is wrapped in the same bytes).
    pub fn carry_over(&mut self, present: &Self) {
        for entry in &mut self.users {
            match present.user(entry.id) {
                Some(now) if now.is_blocked() => entry.block(),
                Some(now) if now.store_key == entry.store_key => *entry = now.clone(),
                _ => {}
            }
        }
    }

    /// The user with this id or this (typed) name.
    pub fn find(&self, user: &str) -> Option<UserId> {
        let tag = name_tag(&self.name_salt, user);
        let id = user.parse().ok();
        self.users
            .iter()
            .find(|entry| Some(entry.id) == id || entry.name_tag == tag)
            .map(|entry| entry.id)
    }

    /// One user.
    pub fn user(&self, id: UserId) -> Option<&UserEntry> {
        self.users.iter().find(|entry| entry.id == id)
    }

    /// One user, to change.
    pub fn user_mut(&mut self, id: UserId) -> Option<&mut UserEntry> {
        self.users.iter_mut().find(|entry| entry.id == id)
    }
}

const DAMAGED: StoreError = StoreError::Damaged("keyring");

#[derive(Deserialize)]
struct Format {
    format: u32,
    #[serde(default)]
    needs: String,
}

fn wrap_store_key(key: &Key, recipient: &Recipient) -> Result<String, CryptoError> {
    Ok(STANDARD.encode(wrap_key(STORE_KEY, key, recipient)?))
}

/// Against accident, not against intent: whoever can write the file can write the sum. What matters in it is
/// authenticated by age.
fn digest(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text.as_bytes()))
}

/// By which a typed name is recognised while names are hidden. A guess can be checked, the names cannot be read.
fn name_tag(salt: &str, name: &str) -> String {
    let seen: String = name.chars().filter(|c| !is_invisible(*c)).collect();
    digest(&format!("{salt}{}", seen.trim().to_lowercase()))
}

/// Signs that show nothing: two names that look alike are one.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}
