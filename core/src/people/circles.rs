//! Circles: who shares which dossiers.

use crate::{
    access::Text,
    audit::EventKind,
    error::Error,
    ids::{CircleId, UserId},
    keys::{KeyName, KeyState},
    session::Practice,
    store::{self, circle::Circle},
};
use uuid::Uuid;
use zeroize::Zeroizing;

/// Column under which names of circles are sealed.
pub(crate) const CIRCLE_NAME: &str = "circle_name";

/// A circle that this user is in.
pub struct CircleInfo {
    /// Which.
    pub id: CircleId,
    /// Its name; empty for one's own and for the practice's, which the interface names.
    pub name: Text,
    /// `practice`, `own`, `made`, or `stand_in` for one that ends by itself.
    pub kind: String,
    /// Who is in it.
    pub members: Vec<UserId>,
}

impl Practice {
    /// The circles that this user is in; of others not even the name is known.
    pub async fn circles(&self) -> Result<Vec<CircleInfo>, Error> {
        let mut conn = self.store.read().await?;
        let (rows, members) = (
            store::circle::all(&mut conn).await?,
            store::circle::members(&mut conn).await?,
        );
        drop(conn);
        let mine: Vec<Circle> = rows
            .into_iter()
            .filter(|row| {
                let rights = self.rights();
                !row.is_vault() && rights.decide_frame(row.id, CIRCLE_NAME).is_ok()
            })
            .collect();
        mine.into_iter()
            .map(|row| {
                let name = self.open_frame(row.id, CIRCLE_NAME, uuid(row.id), &row.sealed_name)?;
                let members = members
                    .iter()
                    .filter(|(circle, _)| *circle == row.id)
                    .map(|(_, user)| *user)
                    .collect();
                let lent = self.rights().is_lent(row.id);
                Ok(CircleInfo {
                    id: row.id,
                    name,
                    kind: if lent {
                        "stand_in".to_owned()
                    } else {
                        row.kind
                    },
                    members,
                })
            })
            .collect()
    }

    /// Makes a circle with this user in it.
    pub async fn new_circle(&self, name: &str) -> Result<CircleId, Error> {
        self.rights().decide_work()?;
        if name.trim().is_empty() {
            return Err(Error::refused("name", "empty"));
        }
        let write = self.store.write().await?;
        let before = self.ring().versions();
        let done = self.new_circle_in(write, name).await;
        self.keep_keys(before, done)
    }

    async fn new_circle_in(
        &self,
        mut write: store::Write<'_>,
        name: &str,
    ) -> Result<CircleId, Error> {
        let id = self.make_circle(&mut write, "made", name).await?;
        self.log(&mut write, self.event(EventKind::CircleMade).object(id))
            .await?;
        write.commit().await?;
        Ok(id)
    }

    /// Makes a circle and its key, for this user.
    pub(crate) async fn make_circle(
        &self,
        write: &mut store::Write<'_>,
        kind: &str,
        name: &str,
    ) -> Result<CircleId, Error> {
        let id = CircleId::make();
        let key = KeyName::Circle(id);
        let version = self.ring_mut().make(&key)?;
        // The keyring's circles are known to the rights from here on.
        self.rights
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .circles
            .insert(id);
        let sealed_name = self.seal_frame(id, CIRCLE_NAME, uuid(id), name.as_bytes())?;
        store::circle::insert(
            write.conn(),
            &Circle {
                id,
                kind: kind.to_owned(),
                sealed_name,
            },
        )
        .await?;
        store::circle::set_member(write.conn(), id, self.user, true).await?;
        store::key::set_state(
            write.conn(),
            &KeyState {
                name: key.to_string(),
                version,
                to_replace: false,
            },
        )
        .await?;
        self.give_key(write, &key, self.user).await?;
        Ok(id)
    }

    /// Puts a colleague in a circle that this user is in. One's own circle stays one's own.
    pub async fn add_to_circle(&self, circle: CircleId, user: UserId) -> Result<(), Error> {
        self.made_circle(circle).await?;
        let mut write = self.store.write().await?;
        let account = store::account::get(write.conn(), user).await?;
        if account.state == "disabled" {
            return Err(Error::Blocked);
        }
        for circle in self.with_lent(&mut write, circle).await? {
            store::circle::set_member(write.conn(), circle, user, true).await?;
            let key = KeyName::Circle(circle);
            self.give_key(&mut write, &key, user).await?;
        }
        self.log(
            &mut write,
            self.event(EventKind::CircleChanged)
                .object(user)
                .part(&KeyName::Circle(circle).to_string())
                .reason("added"),
        )
        .await?;
        Ok(write.commit().await?)
    }

    /// Takes somebody out of a circle that this user is in: the key is replaced and everything sealed again. The last one
    /// cannot go.
    pub async fn remove_from_circle(&self, circle: CircleId, user: UserId) -> Result<usize, Error> {
        self.made_circle(circle).await?;
        let key = KeyName::Circle(circle);
        let mut write = self.store.write().await?;
        let members = store::circle::members(write.conn()).await?;
        if !members
            .iter()
            .any(|(id, member)| *id == circle && *member != user)
        {
            return Err(Error::refused("circle", "last_member"));
        }
        for circle in self.with_lent(&mut write, circle).await? {
            store::circle::set_member(write.conn(), circle, user, false).await?;
            let key = KeyName::Circle(circle);
            self.take_key(&mut write, &key, user).await?;
        }
        self.log(
            &mut write,
            self.event(EventKind::CircleChanged)
                .object(user)
                .part(&key.to_string())
                .reason("removed"),
        )
        .await?;
        write.commit().await?;
        if user == self.user {
            // Who leaves cannot make the new key; the next member does.
            self.ring_mut().forget(&key);
            self.refresh_rights(&mut *self.store.read().await?).await?;
            return Ok(0);
        }
        self.replace_asked().await?;
        self.reseal_stale().await
    }

    /// A circle, and those in which somebody stands in with dossiers of it: who is in the one is in the others.
    async fn with_lent(
        &self,
        write: &mut store::Write<'_>,
        circle: CircleId,
    ) -> Result<Vec<CircleId>, Error> {
        let rows = store::stand_in::unfinished(write.conn()).await?;
        let lent = rows.iter().filter(|row| row.home_id == circle);
        Ok(std::iter::once(circle)
            .chain(lent.map(|row| row.circle_id))
            .collect())
    }

    /// A circle that people made and that this user is in.
    async fn made_circle(&self, circle: CircleId) -> Result<(), Error> {
        self.rights().decide_work()?;
        let known = self
            .circles()
            .await?
            .into_iter()
            .find(|one| one.id == circle)
            .ok_or(Error::NotFound)?;
        if known.kind == "made" {
            Ok(())
        } else {
            Err(Error::refused("circle", "fixed_circle"))
        }
    }

    /// Seals the name of a circle under its newest key.
    pub(super) async fn reseal_circle_name(
        &self,
        write: &mut store::Write<'_>,
        circle: CircleId,
    ) -> Result<(), Error> {
        let rows = store::circle::all(write.conn()).await?;
        let row = rows
            .iter()
            .find(|row| row.id == circle)
            .ok_or(Error::NotFound)?;
        let name: Zeroizing<String> =
            self.open_frame(circle, CIRCLE_NAME, uuid(circle), &row.sealed_name)?;
        let sealed = self.seal_frame(circle, CIRCLE_NAME, uuid(circle), name.as_bytes())?;
        Ok(store::circle::set_name(write.conn(), circle, &sealed).await?)
    }
}

fn uuid(circle: CircleId) -> Uuid {
    Uuid::from_bytes(*circle.as_bytes())
}
