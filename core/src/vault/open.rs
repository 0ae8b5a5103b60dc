//! Opening and closing a vault.

use super::{found::throttle_text, renew::Way};
use crate::{
    audit::EventKind,
    crypto::{Identity, Passphrase, open_with, unwrap_secret},
    error::Error,
    ids::CircleId,
    keys::Throttle,
    practice::{hash_in_background, parse_sheet},
    session::Practice,
    store::{self, StoreError, vault::VaultRow},
};
use std::sync::PoisonError;

impl Practice {
    /// Opens a vault with its password. Wrong ones are slowed down, also after a restart.
    pub async fn open_vault(&self, vault: CircleId, password: &str) -> Result<(), Error> {
        let (row, identity) = self.vault_identity(vault, &Way::Password(password)).await?;
        self.enter_vault(&row, identity, EventKind::VaultOpened)
            .await
    }

    /// A vault's identity, by its password or its sheet.
    pub(super) async fn vault_identity(
        &self,
        vault: CircleId,
        way: &Way<'_>,
    ) -> Result<(VaultRow, Identity), Error> {
        // Counted before it is tried; where it cannot be counted there is no try.
        let mut write = self.store.write().await?;
        let mut row = self.vault_row(write.conn(), vault).await?;
        let mut throttle: Throttle = serde_json::from_str(&row.throttle)
            .map_err(|_| Error::Store(StoreError::Damaged("throttle")))?;
        let early = throttle.attempt(self.now()).err();
        let failures = throttle.failures();
        row.throttle = throttle_text(throttle);
        store::vault::put(write.conn(), &row).await?;
        if failures > 1 || early.is_some() {
            let event = self.event(EventKind::VaultRefused).object(vault).refused();
            self.log(&mut write, event.count(failures as usize)).await?;
        }
        write.commit().await?;
        if let Some(seconds) = early {
            return Err(Error::Throttled { seconds });
        }
        let identity = open_locks(&row, way).await?;
        row.throttle = throttle_text(Throttle::default());
        Ok((row, identity))
    }

    /// Opens a vault whose identity is known, and keeps its row.
    pub(super) async fn enter_vault(
        &self,
        row: &VaultRow,
        identity: Identity,
        kind: EventKind,
    ) -> Result<(), Error> {
        let vault = row.circle_id;
        let mut write = self.store.write().await?;
        store::vault::put(write.conn(), row).await?;
        let keys = store::vault::keys(write.conn(), vault).await?;
        self.log(&mut write, self.event(kind).object(vault)).await?;
        write.commit().await?;
        self.ring_mut().open_vault(vault, &identity, &keys)?;
        self.rights
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .circles
            .insert(vault);
        self.note_open(vault, row.minutes, identity);
        self.load_vault(vault).await
    }

    /// Closes a vault: its keys and everything that was read with them are wiped, at once.
    pub async fn close_vault(&self, vault: CircleId) -> Result<(), Error> {
        if self.shut(vault) {
            self.log_now(self.event(EventKind::VaultClosed).object(vault))
                .await?;
        }
        Ok(())
    }

    /// Closes every vault that has not been used for its time. Gives which.
    pub async fn close_due_vaults(&self) -> Result<Vec<CircleId>, Error> {
        let left = self.open_vaults_left().into_iter();
        let due: Vec<CircleId> = left
            .filter(|(_, left)| *left == 0)
            .map(|(id, _)| id)
            .collect();
        for vault in &due {
            self.close_vault(*vault).await?;
        }
        Ok(due)
    }

    /// Seconds until each open vault closes by itself.
    pub fn open_vaults_left(&self) -> Vec<(CircleId, i64)> {
        let now = self.now();
        let open = self.open_vaults();
        let left = open.iter().map(|(id, vault)| {
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
        let placed =
            |row: &crate::dossier::Row, field: &str| rights.place(row.home(), field) == vault;
        self.memory_mut().withhold(placed);
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
    let secret = opened.map_err(|_| Error::WrongPassword)?;
    let text = std::str::from_utf8(&secret).map_err(|_| Error::WrongPassword)?;
    let identity: Identity = text.parse()?;
    if identity.recipient().to_string() == row.recipient {
        Ok(identity)
    } else {
        Err(Error::Store(StoreError::Damaged("vault")))
    }
}
