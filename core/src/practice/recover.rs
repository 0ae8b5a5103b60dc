//! Back in without the password: with the recovery sheet, and by two people together.

use super::{
    Locked, found::refuse_password, share::join_shares, sheet::parse_sheet, unlock::enter,
};
use crate::{
    audit::EventKind,
    crypto::CryptoError,
    error::Error,
    ids::UserId,
    keys::{Secrets, Throttle},
    people,
    session::Practice,
    store::{self, Entrance, UserEntry},
};
use serde::{Deserialize, Serialize};

/// That an account got a new password without the old one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovery {
    /// When, in ms.
    pub at: i64,
    /// `sheet` or `together`.
    pub how: String,
}

/// Those that their user has not seen yet.
const RECOVERIES: &str = "recoveries";

impl Locked {
    /// Opens the account with the recovery sheet and puts it under a new password.
    pub async fn recover(
        self,
        user: &str,
        code: &str,
        new: &str,
    ) -> Result<Practice, (Box<Self>, Error)> {
        let open = |entry: &UserEntry| {
            entry
                .open_with_sheet(&parse_sheet(code)?)
                .map_err(|_: CryptoError| Error::WrongPassword)
        };
        match self.own_secrets(user, new, open) {
            Ok((id, secrets)) => self.renew(id, secrets, Entrance::Sheet, new).await,
            Err(error) => Err((Box::new(self), error)),
        }
    }

    /// Gives a user a new password with two of the three shares, and stays locked. The user has to choose another at the next
    /// sign-in: two others were there when this one was typed.
    pub async fn recover_together(
        self,
        user: &str,
        shares: [&str; 2],
        new: &str,
    ) -> Result<Self, (Box<Self>, Error)> {
        let open = |entry: &UserEntry| {
            let split = entry.split().ok_or(Error::refused("share", "no_split"))?;
            entry
                .open_together(&join_shares(shares, Some(split))?)
                .map_err(|_: CryptoError| Error::refused("share", "former_share"))
        };
        let (id, secrets) = match self.own_secrets(user, new, open) {
            Ok(opened) => opened,
            Err(error) => return Err((Box::new(self), error)),
        };
        let practice = self.renew(id, secrets, Entrance::Together, new).await?;
        match practice.tell_locked().await {
            Ok(()) => Ok(*practice.close_up().await),
            Err(error) => Err(practice.give_up(error).await),
        }
    }

    /// A user's secrets, opened in another way than with the password. The new password is looked at first.
    fn own_secrets(
        &self,
        user: &str,
        new: &str,
        open: impl FnOnce(&UserEntry) -> Result<Secrets, Error>,
    ) -> Result<(UserId, Secrets), Error> {
        let entry = self
            .file
            .find(user)
            .and_then(|id| self.file.user(id))
            .ok_or(Error::WrongPassword)?;
        if entry.is_blocked() {
            return Err(Error::Blocked);
        }
        let secrets = open(entry)?;
        refuse_password(new, &[entry.name.as_deref().unwrap_or_default()], 3)?;
        Ok((entry.id, secrets))
    }

    /// Signs in first: what the store has retired must not get as far as a new password.
    async fn renew(
        self,
        id: UserId,
        secrets: Secrets,
        entrance: Entrance,
        new: &str,
    ) -> Result<Practice, (Box<Self>, Error)> {
        let (kind, how) = match entrance {
            Entrance::Together => (EventKind::RecoveredTogether, "together"),
            Entrance::Password | Entrance::Sheet => (EventKind::Recovered, "sheet"),
        };
        let practice = enter(self, id, secrets, (entrance, kind)).await?;
        match practice.set_recovered(new, how).await {
            Ok(()) => Ok(practice),
            Err(error) => Err(practice.give_up(error).await),
        }
    }
}

impl Practice {
    async fn set_recovered(&self, new: &str, how: &str) -> Result<(), Error> {
        self.set_password(new).await?;
        self.change_file(|file| {
            if let Some(entry) = file.user_mut(self.user) {
                entry.throttle = Throttle::default();
            }
        })?;
        let mut told = self.unseen().await?;
        told.push(Recovery {
            at: self.now(),
            how: how.to_owned(),
        });
        let mut write = self.store.write().await?;
        self.retire_former(&mut write).await?;
        self.put_unseen(&mut write, &told).await?;
        if how == "together" {
            let account = store::account::get(write.conn(), self.user).await?;
            store::account::set_password_rules(write.conn(), self.user, true, &account.expires)
                .await?;
        }
        self.log(&mut write, self.event(EventKind::PasswordChanged))
            .await?;
        Ok(write.commit().await?)
    }

    /// How this account got a new password before this session, as far as its user has not said to have seen it.
    pub async fn recoveries(&self) -> Result<Vec<Recovery>, Error> {
        let account = store::account::get(&mut *self.store.read().await?, self.user).await?;
        let mut told = self.unseen().await?;
        told.retain(|one| one.at < account.last_sign_in);
        Ok(told)
    }

    /// The user has seen what [`Practice::recoveries`] told.
    pub async fn saw_recoveries(&self) -> Result<(), Error> {
        let seen = self.recoveries().await?;
        let mut left = self.unseen().await?;
        left.retain(|one| !seen.contains(one));
        let mut write = self.store.write().await?;
        self.put_unseen(&mut write, &left).await?;
        Ok(write.commit().await?)
    }

    async fn unseen(&self) -> Result<Vec<Recovery>, Error> {
        let owner = people::uuid(self.user);
        let kept = self.get_setting(self.own_circle(), owner, RECOVERIES);
        Ok(kept.await?.unwrap_or_default())
    }

    async fn put_unseen(
        &self,
        write: &mut store::Write<'_>,
        told: &[Recovery],
    ) -> Result<(), Error> {
        let owner = people::uuid(self.user);
        self.put_setting(write, self.own_circle(), owner, RECOVERIES, &told)
            .await
    }
}
