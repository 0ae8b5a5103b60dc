//! Stand-ins start and end by themselves: whoever has the practice open next does what is due.

use crate::{
    audit::EventKind,
    crypto::wrap_secret,
    error::Error,
    ids::{CircleId, StandInId},
    keys::{KeyName, WrappedKey},
    session::Practice,
    store::{self, StoreError, Write, stand_in::StandInRow},
};
use serde::{Deserialize, Serialize};

/// A key of a stand-in as it waits for the start: wrapped for whoever stands in, who cannot get at it yet.
#[derive(Serialize, Deserialize)]
struct Waiting {
    version: u32,
    wrapped: Vec<u8>,
}

impl Practice {
    /// Does what is due about stand-ins: gives the key at the start, takes it at the end, and brings the dossiers back. The start
    /// wants a holder of the key or a colleague for whom it was sealed, the end anybody, the return somebody who is in both circles.
    pub async fn mind_stand_ins(&self) -> Result<(), Error> {
        if self.rights().decide_work().is_err() {
            return Ok(());
        }
        let rows = store::stand_in::unfinished(&mut *self.store.read().await?).await?;
        for row in &rows {
            if row.state == "waiting" && row.starts_at <= self.now() && row.ends_at > self.now() {
                self.start(row.id).await?;
            }
            if matches!(&*row.state, "waiting" | "running") && row.ends_at <= self.now() {
                self.end(row.id).await?;
            }
        }
        if rows.is_empty() {
            return Ok(());
        }
        self.refresh_rights(&mut *self.store.read().await?).await?;
        for row in store::stand_in::unfinished(&mut *self.store.read().await?).await? {
            if row.state == "ended" && self.is_in_both(&row) {
                self.bring_back(&row).await?;
            }
        }
        Ok(())
    }

    /// Whether a stand-in starts or ends about now, and [`Practice::mind_stand_ins`] should see to it.
    pub fn has_turn(&self) -> bool {
        self.rights().has_turn()
    }

    /// What is shown out of the memory is not shown a moment longer than it may be.
    pub(crate) async fn mind_turn(&self) -> Result<(), Error> {
        if self.has_turn() {
            self.mind_stand_ins().await
        } else {
            Ok(())
        }
    }

    fn is_in_both(&self, row: &StandInRow) -> bool {
        let ring = self.ring();
        let both = [row.circle_id, row.home_id];
        both.iter()
            .all(|circle| ring.holds(&KeyName::Circle(*circle)))
    }

    /// Keeps the key for the start, so that somebody else than the giver can hand it over and whoever stands in cannot take it
    /// before: sealed for each of the others. In a practice of two there is nobody else, and it is sealed for whoever stands in.
    pub(super) async fn keep_for_start(
        &self,
        write: &mut Write<'_>,
        row: &StandInRow,
    ) -> Result<(), Error> {
        let accounts = store::account::all(write.conn()).await?;
        let to = accounts.iter().find(|account| account.id == row.stand_in);
        let to = to.ok_or(Error::NotFound)?;
        let name = KeyName::Circle(row.circle_id);
        let wrapped = self
            .ring()
            .wrap(&name, row.stand_in, &to.recipient.parse()?)?;
        let waiting: Vec<Waiting> = wrapped
            .into_iter()
            .map(|key| Waiting {
                version: key.version,
                wrapped: key.wrapped,
            })
            .collect();
        let text = serde_json::to_vec(&waiting).map_err(|_| damaged())?;
        let others = accounts.iter().filter(|account| {
            account.state == "active" && ![row.giver, row.stand_in].contains(&account.id)
        });
        let mut handers: Vec<_> = others.collect();
        if handers.is_empty() {
            handers.push(to);
        }
        for hander in handers {
            let sealed = wrap_secret(&text, &hander.recipient.parse()?)?;
            store::stand_in::put_key(write.conn(), row.id, hander.id, &sealed).await?;
        }
        Ok(())
    }

    async fn start(&self, id: StandInId) -> Result<(), Error> {
        let mut write = self.store.write().await?;
        let mut row = store::stand_in::get(write.conn(), id).await?;
        let account = store::account::get(write.conn(), row.stand_in).await?;
        if row.state != "waiting" || account.state != "active" {
            return Ok(());
        }
        let name = KeyName::Circle(row.circle_id);
        if self.ring().holds(&name) {
            self.give_key(&mut write, &name, row.stand_in).await?;
        } else if !self.hand_over_key(&mut write, &row).await? {
            return Ok(());
        }
        store::circle::set_member(write.conn(), row.circle_id, row.stand_in, true).await?;
        store::stand_in::forget_keys(write.conn(), id).await?;
        row.state = "running".to_owned();
        store::stand_in::put(write.conn(), &row).await?;
        let event = self.event(EventKind::StandInStarted).object(row.stand_in);
        self.log(&mut write, event).await?;
        write.commit().await?;
        if row.stand_in == self.user {
            self.receive_key(row.circle_id).await?;
        }
        Ok(())
    }

    /// Whether the key was there for this user to hand over.
    async fn hand_over_key(&self, write: &mut Write<'_>, row: &StandInRow) -> Result<bool, Error> {
        let Some(sealed) = store::stand_in::key_of(write.conn(), row.id, self.user).await? else {
            return Ok(false);
        };
        let text = self.ring().open_note(sealed.as_bytes())?;
        let waiting: Vec<Waiting> = serde_json::from_slice(&text).map_err(|_| damaged())?;
        let name = KeyName::Circle(row.circle_id).to_string();
        for one in waiting {
            let key = WrappedKey {
                name: name.clone(),
                version: one.version,
                user_id: row.stand_in,
                wrapped: one.wrapped,
            };
            store::key::put(write.conn(), &key).await?;
        }
        let event = self.event(EventKind::KeyGiven).part(&name);
        self.log(write, event.object(row.stand_in)).await?;
        Ok(true)
    }

    /// Takes in a key that this user was just given.
    async fn receive_key(&self, circle: CircleId) -> Result<(), Error> {
        let name = KeyName::Circle(circle).to_string();
        let mut conn = self.store.read().await?;
        let mine = store::key::of_user(&mut conn, self.user).await?;
        let states = store::key::states(&mut conn).await?;
        drop(conn);
        let state = states.iter().find(|state| state.name == name);
        let state = state.ok_or_else(damaged)?;
        Ok(self.ring_mut().receive(&mine, state)?)
    }

    async fn end(&self, id: StandInId) -> Result<(), Error> {
        let mut write = self.store.write().await?;
        let row = store::stand_in::get(write.conn(), id).await?;
        self.finish(write, row, "").await
    }

    /// Ends a change with a stand-in that is over: its key is taken, unless that was done already. `reason` is for the log.
    pub(super) async fn finish(
        &self,
        mut write: Write<'_>,
        mut row: StandInRow,
        reason: &str,
    ) -> Result<(), Error> {
        if !matches!(&*row.state, "waiting" | "running") {
            return Ok(());
        }
        let name = KeyName::Circle(row.circle_id);
        store::stand_in::forget_keys(write.conn(), row.id).await?;
        store::circle::set_member(write.conn(), row.circle_id, row.stand_in, false).await?;
        store::key::take(write.conn(), &name.to_string(), row.stand_in).await?;
        row.state = "ended".to_owned();
        store::stand_in::put(write.conn(), &row).await?;
        let mut event = self.event(EventKind::StandInEnded).object(row.stand_in);
        if !reason.is_empty() {
            event = event.reason(reason);
        }
        self.log(&mut write, event).await?;
        write.commit().await?;
        if row.stand_in == self.user {
            self.ring_mut().forget(&name);
        }
        Ok(())
    }

    /// Seals the dossiers of a stand-in that is over under the key of the circle that they came from, and destroys its key once nothing
    /// lies under it any more. What only others can open waits for them.
    async fn bring_back(&self, row: &StandInRow) -> Result<(), Error> {
        let lent = store::dossier::of_circle(&mut *self.store.read().await?, row.circle_id).await?;
        for dossier in lent {
            self.refuse_stopping()?;
            let mut write = self.store.write().await?;
            let now = match store::dossier::get(write.conn(), dossier.id).await {
                Err(StoreError::NotFound) => continue,
                now => now?,
            };
            // Somebody else brought it back meanwhile, and it may have moved on.
            if now.circle_id != row.circle_id {
                continue;
            }
            let moved = self.put_in_circle(&mut write, now, row.home_id).await?;
            write.commit().await?;
            self.remember_again(&moved).await?;
        }
        let mut write = self.store.write().await?;
        let mut row = store::stand_in::get(write.conn(), row.id).await?;
        if row.state != "ended"
            || store::stand_in::is_sealed_under(write.conn(), row.circle_id).await?
        {
            return Ok(());
        }
        let name = KeyName::Circle(row.circle_id);
        store::key::forget(write.conn(), &name.to_string()).await?;
        store::circle::remove(write.conn(), row.circle_id).await?;
        row.state = "returned".to_owned();
        store::stand_in::put(write.conn(), &row).await?;
        let event = self.event(EventKind::KeyReplaced).part(&name.to_string());
        self.log(&mut write, event).await?;
        write.commit().await?;
        self.ring_mut().forget(&name);
        self.refresh_rights(&mut *self.store.read().await?).await?;
        // What was overwritten still stands in the log of the database.
        Ok(self.store.fold_log().await?)
    }
}

fn damaged() -> Error {
    Error::Store(StoreError::Damaged("stand-in"))
}
