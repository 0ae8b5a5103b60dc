//! Opening and closing a vault.

use super::{found::throttle_text, renew::Way};
use crate::{
    audit::EventKind,
    crypto::{Identity, Passphrase, open_with, unwrap_secret, work_of},
    error::Error,
    ids::CircleId,
    keys::Throttle,
    practice::{hash_in_background, parse_sheet},
    session::Practice,
    store::{self, Conn, StoreError, vault::VaultRow},
};
use std::sync::{Arc, PoisonError, atomic::Ordering};

impl Practice {
    /// Opens a vault with its password. Wrong ones are slowed down, also after a restart.
    pub async fn open_vault(&self, vault: CircleId, password: &str) -> Result<(), Error> {
        let (seen, identity) = self.vault_identity(vault, &Way::Password(password)).await?;
        self.enter_vault(&seen, Arc::clone(&identity), EventKind::VaultOpened, |_| ())
            .await?;
        if let Err(error) = self.raise_vault_work(&seen, &identity, password).await {
            tracing::warn!(%error, "the work of a vault's password could not be raised");
        }
        Ok(())
    }

    /// Puts the password under as much work of scrypt as the practice asks for, where it has less.
    async fn raise_vault_work(
        &self,
        seen: &VaultRow,
        identity: &Identity,
        password: &str,
    ) -> Result<(), Error> {
        let work = self.file().work;
        if work_of(&seen.locked).is_none_or(|has| has >= work) {
            return Ok(());
        }
        let sheet = seen.sheet_recipient.parse()?;
        let locks = self.vault_locks(password, identity, &sheet).await?;
        let mut write = self.store.write().await?;
        let mut row = self.row_as_seen(write.conn(), seen).await?;
        row.locked = locks.locked;
        store::vault::put(write.conn(), &row).await?;
        let event = self.event(EventKind::WorkRaised).object(seen.circle_id);
        self.log(&mut write, event).await?;
        Ok(write.commit().await?)
    }

    /// A vault's identity, by its password or its sheet, and its row as it was then.
    pub(super) async fn vault_identity(
        &self,
        vault: CircleId,
        way: &Way<'_>,
    ) -> Result<(VaultRow, Arc<Identity>), Error> {
        // Counted before it is tried; where it cannot be counted there is no try.
        let mut write = self.store.write().await?;
        let mut row = self.vault_row(write.conn(), vault).await?;
        let mut throttle: Throttle = serde_json::from_str(&row.throttle)
            .map_err(|_| Error::Store(StoreError::Damaged("throttle")))?;
        let early = throttle.attempt(self.now()).err();
        let failures = throttle.failures();
        row.throttle = throttle_text(throttle)?;
        store::vault::put(write.conn(), &row).await?;
        write.commit().await?;
        let opened = match early {
            Some(seconds) => Err(Error::Throttled { seconds }),
            None => open_locks(&row, way).await,
        };
        if matches!(opened, Err(Error::Throttled { .. } | Error::WrongPassword)) {
            let event = self.event(EventKind::VaultRefused).object(vault).refused();
            self.log_now(event.count(failures as usize)).await?;
        }
        let identity = opened?;
        let mut write = self.store.write().await?;
        let mut now = self.row_as_seen(write.conn(), &row).await?;
        now.throttle = throttle_text(Throttle::default())?;
        store::vault::put(write.conn(), &now).await?;
        write.commit().await?;
        Ok((row, Arc::new(identity)))
    }

    /// The row of a vault as it is now. Refused where its password, sheet or identity is another than was seen: what was worked
    /// out for the former must not come back over it.
    pub(super) async fn row_as_seen(
        &self,
        conn: &mut Conn,
        seen: &VaultRow,
    ) -> Result<VaultRow, Error> {
        let row = self.vault_row(conn, seen.circle_id).await?;
        let same = row.recipient == seen.recipient
            && row.locked == seen.locked
            && row.recovery == seen.recovery;
        if same {
            Ok(row)
        } else {
            Err(Error::LostRace {
                found: None,
                revision: 0,
            })
        }
    }

    /// Opens a vault whose identity is known, with a change of its row.
    pub(super) async fn enter_vault(
        &self,
        seen: &VaultRow,
        identity: Arc<Identity>,
        kind: EventKind,
        change: impl FnOnce(&mut VaultRow),
    ) -> Result<(), Error> {
        let vault = seen.circle_id;
        let mut write = self.store.write().await?;
        let mut row = self.row_as_seen(write.conn(), seen).await?;
        change(&mut row);
        store::vault::put(write.conn(), &row).await?;
        let keys = store::vault::keys(write.conn(), vault).await?;
        self.log(&mut write, self.event(kind).object(vault)).await?;
        // Before the change ends, so that no other makes new keys in between.
        self.ring_mut().open_vault(vault, &identity, &keys)?;
        self.note_open(vault, row.minutes, identity);
        if let Err(error) = write.commit().await {
            self.shut(vault);
            return Err(error.into());
        }
        self.rights
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .circles
            .insert(vault);
        self.load_vault(vault).await
    }

    /// Closes a vault: its keys and everything that was read with them are wiped, at once.
    pub async fn close_vault(&self, vault: CircleId) -> Result<(), Error> {
        if self.shut(vault) {
            self.log_closed(&[vault]).await?;
        }
        Ok(())
    }

    /// Closes every vault that has not been used for its time, at once, and gives which. That it closed is to be logged with
    /// [`Practice::log_closed`], which may have to wait for a change that is under way.
    pub fn close_due_vaults(&self) -> Vec<CircleId> {
        let left = self.open_vaults_left().into_iter();
        let due = left.filter(|(_, left)| *left == 0).map(|(id, _)| id);
        due.filter(|vault| self.shut(*vault)).collect()
    }

    /// Logs that these vaults closed.
    pub async fn log_closed(&self, vaults: &[CircleId]) -> Result<(), Error> {
        for vault in vaults {
            self.log_now(self.event(EventKind::VaultClosed).object(*vault))
                .await?;
        }
        Ok(())
    }

    /// Seconds until each open vault closes by itself.
    pub fn open_vaults_left(&self) -> Vec<(CircleId, i64)> {
        let now = self.now();
        let mut open = self.open_vaults();
        let left = open.iter_mut().map(|(id, vault)| {
            // A clock that was put back keeps no vault open.
            vault.used_at = vault.used_at.min(now);
            let ends = vault.used_at.saturating_add(vault.minutes * 60_000);
            (*id, (ends - now).max(0) / 1000)
        });
        left.collect()
    }

    /// Whether it was open.
    fn shut(&self, vault: CircleId) -> bool {
        let was_open = self.open_vaults().remove(&vault).is_some();
        self.ring_mut().close_vault(vault);
        let mut rights = self.rights.write().unwrap_or_else(PoisonError::into_inner);
        rights.circles.remove(&vault);
        drop(rights);
        self.closings.fetch_add(1, Ordering::Release);
        self.withhold_closed();
        was_open
    }
}

async fn open_locks(row: &VaultRow, way: &Way<'_>) -> Result<Identity, Error> {
    let opened = match way {
        Way::Password(password) => {
            let (passphrase, locked) = (Passphrase::new(password), row.locked.clone());
            hash_in_background(move || open_with(&passphrase, &locked)).await
        }
        Way::Sheet(code) => {
            unwrap_secret(row.recovery.as_bytes(), &parse_sheet(code)?).map_err(Error::from)
        }
    };
    let secret = match opened {
        Err(Error::Cancelled) => return Err(Error::Cancelled),
        opened => opened.map_err(|_| Error::WrongPassword)?,
    };
    let text = std::str::from_utf8(&secret).map_err(|_| Error::WrongPassword)?;
    let identity: Identity = text.parse()?;
    if identity.recipient().to_string() == row.recipient {
        Ok(identity)
    } else {
        Err(Error::Store(StoreError::Damaged("vault")))
    }
}
