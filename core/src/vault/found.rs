//! Making a vault.

use super::{VAULT_NAME, uuid};
use crate::{
    access::{Denial, Door},
    audit::EventKind,
    catalogue,
    crypto::{Identity, Passphrase, Recipient, lock_with, wrap_secret},
    error::Error,
    ids::{CircleId, UserId},
    keys::{KeyName, KeyState, Throttle},
    people::refuse_medical,
    practice::{RecoverySheet, hash_in_background, make_sheet, refuse_password},
    session::{OpenVault, Practice, is_medical},
    store::{self, StoreError, Write, circle::Circle, vault::VaultRow},
};
use std::sync::{Arc, PoisonError};

/// A vault to be made.
pub struct NewVault<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its password.
    pub password: &'a str,
    /// Who may try to open it beside this user, who becomes its keeper.
    pub members: &'a [UserId],
    /// Whether it is the medical compartment; only a physician can make it, and there is one.
    pub medical: bool,
    /// Minutes without use after which it closes.
    pub minutes: u32,
}

/// What lies in the vault's row of the vault's secrets.
pub(super) struct Locks {
    pub recipient: Recipient,
    pub locked: String,
    pub recovery: String,
}

impl Practice {
    /// Makes a vault, which is then open. The sheet is the only way in beside the password.
    pub async fn found_vault(
        &self,
        new: &NewVault<'_>,
    ) -> Result<(CircleId, RecoverySheet), Error> {
        self.rights().decide_work()?;
        if new.medical {
            // Nor somebody who was only put in the group: the keys come from a physician.
            let keys = self.ring();
            let missing = catalogue::fields().iter().any(|def| {
                let name = KeyName::Field(def.id.to_owned());
                is_medical(def.id) && !keys.holds(&name)
            });
            drop(keys);
            if missing || !self.has_role("physician") {
                return Err(Denial::Medical.into());
            }
        }
        if new.name.trim().is_empty() {
            return Err(Error::refused("name", "empty"));
        }
        refuse_minutes(new.minutes)?;
        self.refuse_vault_password(new.password, new.name).await?;
        let practice = self.settings().await?.practice;
        let (sheet, sheet_recipient) = make_sheet(&practice, new.name, (self.clock)());
        let sheet = sheet.of_vault();
        let identity = Identity::make();
        let locks = self
            .vault_locks(new.password, &identity, &sheet_recipient)
            .await?;
        let write = self.store.write().await?;
        let before = self.ring().versions();
        let done = self
            .found_vault_in(write, new, locks, &sheet_recipient)
            .await;
        let id = self.keep_keys(before, done);
        let Ok(id) = id else {
            self.refresh_rights(&mut *self.store.read().await?).await?;
            return id.map(|id| (id, sheet));
        };
        self.note_open(id, i64::from(new.minutes), Arc::new(identity));
        // From here on the vault exists, and whoever made it must get its sheet.
        if let Err(error) = self.settle_in(new.medical).await {
            tracing::warn!(%error, "a new vault is not furnished yet");
        }
        Ok((id, sheet))
    }

    /// What physicians wrote before moves into their compartment.
    async fn settle_in(&self, medical: bool) -> Result<(), Error> {
        self.refresh_rights(&mut *self.store.read().await?).await?;
        if medical {
            self.split_sheets().await?;
        }
        Ok(())
    }

    async fn found_vault_in(
        &self,
        mut write: Write<'_>,
        new: &NewVault<'_>,
        locks: Locks,
        sheet_recipient: &Recipient,
    ) -> Result<CircleId, Error> {
        let rows = store::circle::all(write.conn()).await?;
        if new.medical && rows.iter().any(|row| row.kind == "medical") {
            return Err(Error::refused("medical", "there_is_one"));
        }
        let id = CircleId::make();
        let key = self.ring_mut().make_vault(id, &locks.recipient)?;
        {
            let mut rights = self.rights.write().unwrap_or_else(PoisonError::into_inner);
            rights.circles.insert(id);
            let door = Door {
                held: true,
                medical: new.medical,
            };
            rights.vaults.insert(id, door);
        }
        let kind = if new.medical { "medical" } else { "vault" };
        let circle = Circle {
            id,
            kind: kind.to_owned(),
            sealed_name: Vec::new(),
        };
        store::circle::insert(write.conn(), &circle).await?;
        let name = new.name.trim().as_bytes();
        let row = VaultRow {
            circle_id: id,
            keeper: self.user,
            recipient: locks.recipient.to_string(),
            locked: locks.locked,
            sheet_recipient: sheet_recipient.to_string(),
            recovery: locks.recovery,
            sealed_name: self.seal_frame(self.practice_circle, VAULT_NAME, uuid(id), name)?,
            minutes: i64::from(new.minutes),
            renewed_at: self.now(),
            renewed_by: self.user,
            throttle: throttle_text(Throttle::default())?,
        };
        store::vault::put(write.conn(), &row).await?;
        store::vault::put_key(write.conn(), &key).await?;
        let name = KeyName::Circle(id);
        let state = KeyState {
            name: name.to_string(),
            version: key.version,
            to_replace: false,
        };
        store::key::set_state(write.conn(), &state).await?;
        self.log(&mut write, self.event(EventKind::VaultMade).object(id))
            .await?;
        let others = new.members.iter().filter(|user| **user != self.user);
        for user in others.chain([&self.user]) {
            if new.medical {
                refuse_medical(write.conn(), *user).await?;
            }
            if store::account::get(write.conn(), *user).await?.state == "disabled" {
                return Err(Error::Blocked);
            }
            store::circle::set_member(write.conn(), id, *user, true).await?;
            self.give_key(&mut write, &name, *user).await?;
        }
        write.commit().await?;
        Ok(id)
    }

    /// A vault's identity under its password, and for its sheet.
    pub(super) async fn vault_locks(
        &self,
        password: &str,
        identity: &Identity,
        sheet_recipient: &Recipient,
    ) -> Result<Locks, Error> {
        let (work, passphrase, secret) = (
            self.file().work,
            Passphrase::new(password),
            identity.expose(),
        );
        let recovery = wrap_secret(secret.as_bytes(), sheet_recipient)?;
        let locked =
            hash_in_background(move || lock_with(&passphrase, work, secret.as_bytes())).await?;
        Ok(Locks {
            recipient: identity.recipient(),
            locked,
            recovery,
        })
    }

    /// A vault's password obeys the rules of the practice, and is not that of the login: a second lock with the same key is
    /// none.
    pub(super) async fn refuse_vault_password(
        &self,
        password: &str,
        name: &str,
    ) -> Result<(), Error> {
        let (settings, user) = (self.settings().await?, self.user_name(self.user).await?);
        let words = [settings.practice.as_str(), name, user.as_str()];
        refuse_password(password, &words, settings.password_score)?;
        if self.is_login(password).await? {
            Err(Error::refused("password", "same_as_login"))
        } else {
            Ok(())
        }
    }

    /// Whether this is the password of the login. Slowed down like signing in: otherwise somebody at a session that was left open could
    /// try out passwords here. For the session alone, because a new one begins with the password.
    async fn is_login(&self, password: &str) -> Result<bool, Error> {
        let now = self.now();
        let attempt = {
            let mut compared = self.compared.lock().unwrap_or_else(PoisonError::into_inner);
            compared.attempt(now)
        };
        attempt.map_err(|seconds| Error::Throttled { seconds })?;
        let entry = self.file().user(self.user).cloned();
        let entry = entry.ok_or(Error::NotFound)?;
        let passphrase = Passphrase::new(password);
        hash_in_background(move || Ok(entry.open(&passphrase).is_ok())).await
    }

    /// Notes that a vault is open, from now on.
    pub(super) fn note_open(&self, vault: CircleId, minutes: i64, identity: Arc<Identity>) {
        let open = OpenVault {
            used_at: self.now(),
            minutes,
            identity,
        };
        self.open_vaults().insert(vault, open);
    }
}

pub(super) fn throttle_text(throttle: Throttle) -> Result<String, Error> {
    serde_json::to_string(&throttle).map_err(|_| Error::Store(StoreError::Damaged("throttle")))
}

pub(super) fn refuse_minutes(minutes: u32) -> Result<(), Error> {
    if (1..=60).contains(&minutes) {
        Ok(())
    } else {
        Err(Error::refused("minutes", "range"))
    }
}
