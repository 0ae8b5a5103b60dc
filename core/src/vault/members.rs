//! Who may try to open a vault, who answers for it, and who lies in it.

use super::{VAULT_NAME, found::refuse_minutes, uuid};
use crate::{
    access::Home,
    audit::EventKind,
    error::Error,
    ids::{CircleId, DossierId, UserId},
    keys::KeyName,
    people::refuse_medical,
    session::Practice,
    store::{self, dossier::DossierRow},
};

impl Practice {
    /// Lets a colleague try to open a vault that is open now. The colleague still needs its password.
    pub async fn add_to_vault(&self, vault: CircleId, user: UserId) -> Result<(), Error> {
        let mut write = self.store.write().await?;
        self.open_row(write.conn(), vault).await?;
        let account = store::account::get(write.conn(), user).await?;
        if account.state == "disabled" {
            return Err(Error::Blocked);
        }
        if self.rights().decide_vault(vault)?.medical {
            refuse_medical(write.conn(), user).await?;
        }
        let name = KeyName::Circle(vault);
        store::circle::set_member(write.conn(), vault, user, true).await?;
        self.give_key(&mut write, &name, user).await?;
        let event = self.event(EventKind::VaultChanged).object(user);
        self.log(&mut write, event.part(&name.to_string()).reason("added"))
            .await?;
        Ok(write.commit().await?)
    }

    /// Takes from a colleague the way to a vault that is open now: its key is replaced and everything sealed again. The
    /// password should be changed too, for the colleague may know it.
    pub async fn remove_from_vault(&self, vault: CircleId, user: UserId) -> Result<(), Error> {
        if user == self.user {
            return Err(Error::refused("user", "not_oneself"));
        }
        let mut write = self.store.write().await?;
        let row = self.open_row(write.conn(), vault).await?;
        if row.keeper == user {
            return Err(Error::refused("user", "hand_over_first"));
        }
        let name = KeyName::Circle(vault);
        store::circle::set_member(write.conn(), vault, user, false).await?;
        self.take_key(&mut write, &name, user).await?;
        let event = self.event(EventKind::VaultChanged).object(user);
        self.log(&mut write, event.part(&name.to_string()).reason("removed"))
            .await?;
        write.commit().await?;
        self.replace_asked().await?;
        self.reseal_stale().await?;
        Ok(())
    }

    /// Makes another member answer for a vault that is open now.
    pub async fn hand_over_vault(&self, vault: CircleId, user: UserId) -> Result<(), Error> {
        let mut write = self.store.write().await?;
        let mut row = self.open_row(write.conn(), vault).await?;
        let members = store::circle::members(write.conn()).await?;
        if !members.contains(&(vault, user)) {
            return Err(Error::refused("user", "not_a_member"));
        }
        row.keeper = user;
        store::vault::put(write.conn(), &row).await?;
        let event = self.event(EventKind::VaultChanged).object(user);
        let part = KeyName::Circle(vault).to_string();
        self.log(&mut write, event.part(&part).reason("keeper"))
            .await?;
        Ok(write.commit().await?)
    }

    /// Changes the name of an open vault, and the minutes after which it closes.
    pub async fn set_vault(&self, vault: CircleId, name: &str, minutes: u32) -> Result<(), Error> {
        refuse_minutes(minutes)?;
        if name.trim().is_empty() {
            return Err(Error::refused("name", "empty"));
        }
        let mut write = self.store.write().await?;
        let mut row = self.open_row(write.conn(), vault).await?;
        let name = name.trim().as_bytes();
        row.sealed_name = self.seal_frame(self.practice_circle, VAULT_NAME, uuid(vault), name)?;
        row.minutes = i64::from(minutes);
        store::vault::put(write.conn(), &row).await?;
        self.log(
            &mut write,
            self.event(EventKind::VaultChanged).object(vault),
        )
        .await?;
        write.commit().await?;
        if let Some(open) = self.open_vaults().get_mut(&vault) {
            open.minutes = i64::from(minutes);
        }
        Ok(())
    }

    /// Moves an employee to another vault; both must be open.
    pub async fn move_to_vault(&self, id: DossierId, vault: CircleId) -> Result<(), Error> {
        let mut write = self.store.write().await?;
        let row = self.dossier_row_in(write.conn(), id).await?;
        self.may_lie_in(&row.kind, row.home())?;
        let home = Home {
            vault: Some(vault),
            ..row.home()
        };
        self.may_lie_in(&row.kind, home)?;
        let moved = DossierRow {
            vault_id: home.vault,
            ..row
        };
        store::dossier::set_home(write.conn(), id, home).await?;
        self.reseal_dossier(&mut write, &moved).await?;
        let event = self.event(EventKind::DossierMoved).about(id).object(vault);
        self.log(&mut write, event).await?;
        write.commit().await?;
        self.remember_again(&moved).await
    }
}
