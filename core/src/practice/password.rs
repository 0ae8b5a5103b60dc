//! Choosing a new password: one's own, and the first after an invitation.

use super::{found::refuse_password, unlock::hash_in_background};
use crate::{
    audit::EventKind,
    crypto::Passphrase,
    error::Error,
    ids::DossierId,
    keys::{Secrets, Throttle},
    people::USER_NAME,
    session::Practice,
    store,
};
use std::sync::Arc;
use uuid::Uuid;

impl Practice {
    /// Chooses a new password; the old one is needed. For an invited colleague this is the first sign-in: an own
    /// identity is made, everything is wrapped over to it, and the invitation is gone.
    pub async fn change_password(&self, old: &str, new: &str) -> Result<(), Error> {
        self.ask_password(old).await?;
        self.refuse_new_password(old, new).await?;
        let account = store::account::get(&mut *self.store.read().await?, self.user).await?;
        if account.state == "invited" {
            self.join(new).await?
        } else {
            self.set_password(new).await?
        }
        let kind = if account.state == "invited" {
            EventKind::UserJoined
        } else {
            EventKind::PasswordChanged
        };
        let mut write = self.store.write().await?;
        store::account::set_password_rules(write.conn(), self.user, false, "").await?;
        self.retire_former(&mut write).await?;
        self.log(&mut write, self.event(kind)).await?;
        write.commit().await?;
        self.rights
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .must_change = false;
        self.refresh_rights(&mut *self.store.read().await?).await?;
        self.make_new_keys().await
    }

    /// Notes that the computer is handed over, so that somebody can sign a form of this dossier.
    pub async fn note_handed_over(&self, dossier: DossierId) -> Result<(), Error> {
        self.log_now(self.event(EventKind::HandedOver).about(dossier))
            .await
    }

    /// Makes sure that it is this user who takes the computer back.
    pub async fn take_back(&self, password: &str) -> Result<(), Error> {
        let event = self.event(EventKind::TakenBack);
        match self.ask_password(password).await {
            Ok(()) => self.log_now(event).await,
            Err(error) => {
                self.log_now(event.refused()).await?;
                Err(error)
            }
        }
    }

    /// Makes sure that it is this user who asks. Wrong passwords are slowed down here as at the sign-in.
    pub(super) async fn ask_password(&self, password: &str) -> Result<(), Error> {
        let entry = self.own_entry()?;
        let (now, mut early) = (self.now(), None);
        self.change_file(|file| {
            early = file
                .user_mut(self.user)
                .and_then(|entry| entry.throttle.attempt(now).err());
        })?;
        if let Some(seconds) = early {
            return Err(Error::Throttled { seconds });
        }
        let passphrase = Passphrase::new(password);
        hash_in_background(move || entry.open(&passphrase))
            .await
            .map_err(|_| Error::WrongPassword)?;
        self.change_file(|file| {
            if let Some(entry) = file.user_mut(self.user) {
                entry.throttle = Throttle::default();
            }
        })?;
        Ok(())
    }

    async fn refuse_new_password(&self, old: &str, new: &str) -> Result<(), Error> {
        if Passphrase::new(old).same_as(&Passphrase::new(new)) {
            return Err(Error::refused("password", "same_password"));
        }
        let (settings, name) = (self.settings().await?, self.user_name(self.user).await?);
        refuse_password(new, &[&settings.practice, &name], settings.password_score)
    }

    /// Puts the secrets under a password; the store is to be told with [`Practice::retire_former`].
    pub(super) async fn set_password(&self, new: &str) -> Result<(), Error> {
        let (secrets, work, passphrase) = (
            self.ring().secrets(),
            self.file().work,
            Passphrase::new(new),
        );
        let mut entry = self.own_entry()?;
        let entry = hash_in_background(move || {
            entry.set_password(&passphrase, work, &secrets)?;
            Ok(entry)
        })
        .await?;
        self.put_entry(entry)
    }

    /// The first sign-in after an invitation.
    async fn join(&self, new: &str) -> Result<(), Error> {
        let secrets = Secrets::make()?;
        let (identity, signing) = secrets.split()?;
        let recipient = identity.recipient();
        let (work, passphrase, store_key) = (
            self.file().work,
            Passphrase::new(new),
            Arc::clone(&self.store_key),
        );
        let mut entry = self.own_entry()?;
        let entry = hash_in_background(move || {
            entry.prepare_next(&passphrase, work, &secrets, &store_key)?;
            Ok(entry)
        })
        .await?;
        // Both ways work until the store has changed over.
        self.put_entry(entry)?;
        let key = signing.verifying_key();
        let mut write = self.store.write().await?;
        let joined = self
            .event(EventKind::UserJoined)
            .key(self.user, &key, &recipient);
        self.log(&mut write, joined).await?;
        let names = self.ring().names();
        for name in names {
            store::key::take(write.conn(), &name.to_string(), self.user).await?;
            let wraps = self.ring().wrap(&name, self.user, &recipient)?;
            for wrapped in wraps {
                store::key::put(write.conn(), &wrapped).await?;
            }
        }
        store::account::set_keys(
            write.conn(),
            self.user,
            &recipient.to_string(),
            key.as_bytes(),
        )
        .await?;
        store::account::set_state(write.conn(), self.user, "active").await?;
        let keys = self.ring().versions();
        let former = self
            .ring_mut()
            .replace_identity(identity, Arc::new(signing));
        let circle = match self.make_circle(&mut write, "own", "").await {
            Ok(circle) => write.commit().await.map(|()| circle).map_err(Error::from),
            Err(error) => Err(error),
        };
        if circle.is_err() {
            self.ring_mut().replace_identity(former.0, former.1);
        }
        let _ = self.own_circle.set(self.keep_keys(keys, circle)?);
        self.change_file(|file| {
            if let Some(entry) = file.user_mut(self.user) {
                entry.promote_next();
            }
        })
    }

    /// Tells the store which passwords, sheets and shares were replaced, inside the change that logs it.
    pub(super) async fn retire_former(&self, write: &mut store::Write<'_>) -> Result<(), Error> {
        let former: Vec<_> = self
            .file()
            .users
            .iter()
            .map(|entry| (entry.id, entry.former().to_vec()))
            .collect();
        for (user, digests) in former {
            store::retired::add(write.conn(), user, &digests, self.now()).await?;
        }
        Ok(())
    }

    /// What the keyring has of this user.
    pub(super) fn own_entry(&self) -> Result<store::UserEntry, Error> {
        let file = self.file();
        file.user(self.user).cloned().ok_or(Error::NotFound)
    }

    pub(super) fn put_entry(&self, entry: store::UserEntry) -> Result<(), Error> {
        self.change_file(|file| {
            if let Some(slot) = file.user_mut(self.user) {
                *slot = entry;
            }
        })
    }

    /// Whether the name of this user is sealed as it should be; for checking.
    pub(super) fn name_opens(&self, account: &store::account::Account) -> bool {
        self.open_frame(
            self.practice_circle,
            USER_NAME,
            Uuid::from_bytes(*account.id.as_bytes()),
            &account.sealed_name,
        )
        .is_ok()
    }
}
