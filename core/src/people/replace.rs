//! Giving, taking and replacing keys.

use super::USER_NAME;
use crate::{
    audit::EventKind,
    error::Error,
    ids::UserId,
    keys::{KeyName, KeyState},
    session::Practice,
    store::{self, Write},
};
use std::collections::HashSet;

impl Practice {
    /// Wraps every version of a key that this user holds for somebody.
    pub(crate) async fn give_key(
        &self,
        write: &mut Write<'_>,
        name: &KeyName,
        user: UserId,
    ) -> Result<(), Error> {
        let account = store::account::get(write.conn(), user).await?;
        let wrapped = self.ring().wrap(name, user, &account.recipient.parse()?)?;
        for key in &wrapped {
            store::key::put(write.conn(), key).await?;
        }
        self.log(
            write,
            self.event(EventKind::KeyGiven)
                .part(&name.to_string())
                .object(user),
        )
        .await
    }

    /// Takes a key from somebody and asks for a new one in its place. The last one who holds a key keeps it: without it
    /// nobody could open what is sealed under it, ever again.
    pub(crate) async fn take_key(
        &self,
        write: &mut Write<'_>,
        name: &KeyName,
        user: UserId,
    ) -> Result<(), Error> {
        let text = name.to_string();
        store::key::take(write.conn(), &text, user).await?;
        let holders = store::key::holders(write.conn()).await?;
        if !holders.iter().any(|(held, ..)| *held == text) {
            let field = match name {
                KeyName::Field(field) => field.clone(),
                KeyName::Circle(_) => "circle".to_owned(),
            };
            return Err(Error::Refused {
                field,
                reason: "last_holder",
            });
        }
        Ok(store::key::ask_replacement(write.conn(), &text).await?)
    }

    /// Makes a new version of every key that was asked for and that this user holds, for all who still hold it.
    pub(crate) async fn replace_asked(&self) -> Result<(), Error> {
        let states = store::key::states(&mut *self.store.read().await?).await?;
        for state in states.iter().filter(|state| state.to_replace) {
            let name: KeyName = state.name.parse()?;
            if self.ring().holds(&name) && self.still_given(&state.name).await? {
                self.replace(&name).await?;
            }
        }
        self.refresh_rights(&mut *self.store.read().await?).await
    }

    /// Whether the store still has this key wrapped for this user: who lost a right in this very session still has
    /// it in memory, and must not make the new one.
    async fn still_given(&self, name: &str) -> Result<bool, Error> {
        let mine = store::key::of_user(&mut *self.store.read().await?, self.user).await?;
        let given = mine.iter().any(|key| key.name == name);
        if !given {
            self.ring_mut().forget(&name.parse()?);
        }
        Ok(given)
    }

    async fn replace(&self, name: &KeyName) -> Result<(), Error> {
        let write = self.store.write().await?;
        let before = self.ring().versions();
        let done = self.replace_in(write, name).await;
        self.keep_keys(before, done)
    }

    async fn replace_in(&self, mut write: Write<'_>, name: &KeyName) -> Result<(), Error> {
        let version = self.make_version(&mut write, name).await?;
        self.give_new_version(&mut write, name, version).await?;
        match name {
            KeyName::Circle(circle) if *circle == self.practice_circle => {
                self.reseal_frames(&mut write).await?
            }
            KeyName::Circle(circle) if self.ring().is_vault(*circle) => {}
            KeyName::Circle(circle) => self.reseal_circle_name(&mut write, *circle).await?,
            KeyName::Field(_) => {}
        }
        let event = self.event(EventKind::KeyReplaced);
        self.log(&mut write, event.part(&name.to_string())).await?;
        Ok(write.commit().await?)
    }

    /// Makes the version of a key that was just made the one that holds, and gives it to all who hold the key.
    pub(crate) async fn give_new_version(
        &self,
        write: &mut Write<'_>,
        name: &KeyName,
        version: u32,
    ) -> Result<(), Error> {
        let text = name.to_string();
        let holders: HashSet<UserId> = store::key::holders(write.conn())
            .await?
            .into_iter()
            .filter(|(held, ..)| *held == text)
            .map(|(.., user)| user)
            .collect();
        let state = KeyState {
            name: text,
            version,
            to_replace: false,
        };
        store::key::set_state(write.conn(), &state).await?;
        for holder in holders {
            self.give_key(write, name, holder).await?;
        }
        Ok(())
    }

    /// Makes the next version of a key; a vault's own half is kept for its password.
    async fn make_version(&self, write: &mut Write<'_>, name: &KeyName) -> Result<u32, Error> {
        let vault = match name {
            KeyName::Circle(circle) if self.ring().is_vault(*circle) => *circle,
            _ => return Ok(self.ring_mut().make(name)?),
        };
        let row = store::vault::get(write.conn(), vault).await?;
        let key = self.ring_mut().make_vault(vault, &row.recipient.parse()?)?;
        store::vault::put_key(write.conn(), &key).await?;
        Ok(key.version)
    }

    /// Seals what belongs to the practice itself under the newest key of its circle.
    async fn reseal_frames(&self, write: &mut Write<'_>) -> Result<(), Error> {
        let circle = self.practice_circle;
        self.reseal_circle_name(write, circle).await?;
        for account in store::account::all(write.conn()).await? {
            let record = super::accounts::uuid(account.id);
            let name = self.open_frame(circle, USER_NAME, record, &account.sealed_name)?;
            let sealed = self.seal_frame(circle, USER_NAME, record, name.as_bytes())?;
            store::account::set_name(write.conn(), account.id, &sealed).await?;
        }
        for group in store::group::all(write.conn()).await? {
            let record = super::groups::uuid(group.id);
            let name = self.open_frame(circle, super::GROUP_NAME, record, &group.sealed_name)?;
            let sealed = self.seal_frame(circle, super::GROUP_NAME, record, name.as_bytes())?;
            store::group::set_name(write.conn(), group.id, &sealed).await?;
        }
        // Settings and notes on statements open with the older versions, which every colleague still holds, and take the
        // newest at their next change.
        Ok(())
    }

    /// Work that is left for whoever can do it: new keys in place of withdrawn ones, sealing again, emptying the bin.
    pub async fn maintain(&self) -> Result<(), Error> {
        self.replace_asked().await?;
        self.reseal_stale().await?;
        self.mind_stand_ins().await?;
        self.split_left().await?;
        self.empty_expired().await?;
        Ok(())
    }
}
