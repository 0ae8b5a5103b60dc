//! New passwords and new keys for a vault.

use super::found::Locks;
use crate::{
    audit::EventKind,
    crypto::{Identity, unwrap_secret, wrap_secret},
    dossier::Progress,
    error::Error,
    ids::CircleId,
    keys::KeyName,
    practice::{RecoverySheet, make_sheet},
    session::Practice,
    store::{self, Write, vault::VaultRow},
};
use std::sync::Arc;

/// Hears how far it is, and says whether to stop.
type Watching<'a> = (&'a (dyn Fn(Progress) + Sync), &'a (dyn Fn() -> bool + Sync));

/// What opens a vault.
pub(super) enum Way<'a> {
    /// Its password.
    Password(&'a str),
    /// The code of its recovery sheet.
    Sheet(&'a str),
}

impl Practice {
    /// Puts a vault under another password; the old one is needed. Its keys stay.
    pub async fn change_vault_password(
        &self,
        vault: CircleId,
        old: &str,
        new: &str,
    ) -> Result<(), Error> {
        let (row, identity) = self.vault_identity(vault, &Way::Password(old)).await?;
        if old == new {
            return Err(Error::refused("password", "same_password"));
        }
        self.put_under(row, identity, new, EventKind::VaultPasswordChanged)
            .await
    }

    /// Opens a vault with its recovery sheet and puts it under a new password.
    pub async fn recover_vault(&self, vault: CircleId, code: &str, new: &str) -> Result<(), Error> {
        let (row, identity) = self.vault_identity(vault, &Way::Sheet(code)).await?;
        self.put_under(row, identity, new, EventKind::VaultRecovered)
            .await
    }

    /// Makes a new recovery sheet for a vault; the password is needed. The former sheet stops working.
    pub async fn new_vault_sheet(
        &self,
        vault: CircleId,
        password: &str,
    ) -> Result<RecoverySheet, Error> {
        let (row, identity) = self.vault_identity(vault, &Way::Password(password)).await?;
        let (practice, name) = (self.settings().await?.practice, self.vault_name(&row)?);
        let (sheet, recipient) = make_sheet(&practice, &name, (self.clock)());
        let recovery = wrap_secret(identity.expose().as_bytes(), &recipient)?;
        let kind = EventKind::RecoverySheetMade;
        self.enter_vault(&row, identity, kind, |row| {
            row.sheet_recipient = recipient.to_string();
            row.recovery = recovery;
        })
        .await?;
        Ok(sheet.of_vault())
    }

    async fn put_under(
        &self,
        row: VaultRow,
        identity: Arc<Identity>,
        new: &str,
        kind: EventKind,
    ) -> Result<(), Error> {
        let name = self.vault_name(&row)?;
        self.refuse_vault_password(new, &name).await?;
        let sheet = row.sheet_recipient.parse()?;
        let locks = self.vault_locks(new, &identity, &sheet).await?;
        self.enter_vault(&row, identity, kind, |row| {
            row.locked = locks.locked;
        })
        .await
    }

    /// Makes a new key for a vault and seals everything in it again, in one change: until it is whole the old key holds,
    /// and from then on nothing but the new one. The password is asked; it stays, and so does the sheet.
    pub async fn rekey_vault(
        &self,
        vault: CircleId,
        password: &str,
        progress: &(dyn Fn(Progress) + Sync),
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<(), Error> {
        let (row, identity) = self.vault_identity(vault, &Way::Password(password)).await?;
        let former = Arc::clone(&identity);
        self.enter_vault(&row, identity, EventKind::VaultOpened, |_| ())
            .await?;
        self.rights()
            .decide_renewal(vault)
            .map_err(|field| Error::refused(field, "needs_every_field"))?;
        let sheet = row.sheet_recipient.parse()?;
        let new = Identity::make();
        let locks = self.vault_locks(password, &new, &sheet).await?;
        let write = self.store.write().await?;
        let before = self.ring().versions();
        let done = self
            .rekey_in(write, (&row, &former), locks, (progress, cancelled))
            .await;
        self.keep_keys(before, done)?;
        self.ring_mut().forget_former(vault);
        self.renewed(vault, Arc::new(new));
        // What was overwritten still stands in the log of the database.
        Ok(self.store.fold_log().await?)
    }

    /// The identity that an open vault has from now on; where it closed meanwhile it stays closed.
    fn renewed(&self, vault: CircleId, identity: Arc<Identity>) {
        match self.open_vaults().get_mut(&vault) {
            Some(open) => open.identity = identity,
            None => self.ring_mut().close_vault(vault),
        }
    }

    async fn rekey_in(
        &self,
        mut write: Write<'_>,
        (seen, former): (&VaultRow, &Identity),
        locks: Locks,
        (progress, cancelled): Watching<'_>,
    ) -> Result<(), Error> {
        let mut row = self.row_as_seen(write.conn(), seen).await?;
        let vault = row.circle_id;
        let name = KeyName::Circle(vault);
        let key = self.ring_mut().make_vault(vault, &locks.recipient)?;
        self.give_new_version(&mut write, &name, key.version)
            .await?;
        store::vault::put_key(write.conn(), &key).await?;
        row.recipient = locks.recipient.to_string();
        row.locked = locks.locked;
        row.recovery = locks.recovery;
        row.renewed_at = self.now();
        row.renewed_by = self.user;
        store::vault::put(write.conn(), &row).await?;
        for mut draft in store::draft::of_vault(write.conn(), vault).await? {
            let kept = unwrap_secret(&draft.sealed, former)?;
            draft.sealed = wrap_secret(&kept, &locks.recipient)?.into_bytes();
            store::draft::put(write.conn(), &draft).await?;
        }
        let dossiers = store::dossier::sealed_under(write.conn(), vault).await?;
        let mut at = Progress {
            task: "rekey",
            done: 0,
            total: dossiers.len(),
        };
        for dossier in &dossiers {
            if self.is_stopping() || cancelled() {
                return Err(Error::Cancelled);
            }
            progress(at);
            self.reseal_dossier(&mut write, dossier).await?;
            at.done += 1;
        }
        if store::vault::sealed_before(write.conn(), vault, key.version).await? {
            return Err(Error::refused("vault", "sealed_by_others"));
        }
        store::vault::forget_former(write.conn(), vault, &name.to_string(), key.version).await?;
        let event = self.event(EventKind::VaultRekeyed).object(vault);
        self.log(&mut write, event.count(dossiers.len())).await?;
        write.commit().await?;
        progress(at);
        Ok(())
    }
}
