//! Groups: users with the same grants.

use super::Effect;
use crate::{
    access::Text,
    audit::EventKind,
    catalogue::{FieldDef, Level, Protection, Role},
    error::Error,
    ids::{GroupId, UserId},
    session::Practice,
    store::{self, group::Group},
};
use uuid::Uuid;

/// Column under which names of groups are sealed.
pub(crate) const GROUP_NAME: &str = "group_name";

/// A group as shown.
pub struct GroupInfo {
    /// Which.
    pub id: GroupId,
    /// `administrator`, `coach`, `physician`, `reception`, or empty for one that the practice made.
    pub role: String,
    /// Its name; empty for the built-in ones, which the interface names.
    pub name: Text,
    /// Who is in it.
    pub members: Vec<UserId>,
}

impl Practice {
    /// All groups.
    pub async fn groups(&self) -> Result<Vec<GroupInfo>, Error> {
        let mut conn = self.store.read().await?;
        let (rows, members) = (
            store::group::all(&mut conn).await?,
            store::group::members(&mut conn).await?,
        );
        drop(conn);
        rows.into_iter()
            .map(|row| {
                let name = self.open_frame(
                    self.practice_circle,
                    GROUP_NAME,
                    uuid(row.id),
                    &row.sealed_name,
                )?;
                let members = members
                    .iter()
                    .filter(|(group, _)| *group == row.id)
                    .map(|(_, user)| *user)
                    .collect();
                Ok(GroupInfo {
                    id: row.id,
                    role: row.role,
                    name,
                    members,
                })
            })
            .collect()
    }

    /// Makes a group without rights.
    pub async fn new_group(&self, name: &str) -> Result<GroupId, Error> {
        self.rights().decide_manage()?;
        if name.trim().is_empty() {
            return Err(Error::refused("name", "empty"));
        }
        let id = GroupId::make();
        let sealed_name =
            self.seal_frame(self.practice_circle, GROUP_NAME, uuid(id), name.as_bytes())?;
        let mut write = self.store.write().await?;
        store::group::insert(
            write.conn(),
            &Group {
                id,
                role: String::new(),
                sealed_name,
            },
        )
        .await?;
        self.log(&mut write, self.event(EventKind::GroupMade).object(id))
            .await?;
        write.commit().await?;
        Ok(id)
    }

    /// Puts somebody in a group or out of it, with what that gives and takes.
    pub async fn set_group_member(
        &self,
        group: GroupId,
        user: UserId,
        member: bool,
    ) -> Result<Effect, Error> {
        self.rights().decide_manage()?;
        let rows = store::group::all(&mut *self.store.read().await?).await?;
        let role = rows
            .iter()
            .find(|row| row.id == group)
            .ok_or(Error::NotFound)?
            .role
            .clone();
        if role == "administrator" && !member {
            self.refuse_last_administrator(user).await?;
        }
        let mut write = self.store.write().await?;
        if store::account::get(write.conn(), user).await?.state == "disabled" {
            return Err(Error::Blocked);
        }
        store::group::set_member(write.conn(), group, user, member).await?;
        let effect = self.settle(&mut write, &[user]).await?;
        self.log(
            &mut write,
            self.event(EventKind::GroupChanged)
                .object(user)
                .part(&format!("group:{group}"))
                .reason(if member { "added" } else { "removed" }),
        )
        .await?;
        write.commit().await?;
        self.after_rights_changed().await?;
        Ok(effect)
    }
}

/// What a built-in group may do with a field when nothing else was decided.
pub(crate) fn default_rights(def: &FieldDef, role: Role) -> Level {
    match def.protection {
        Protection::Open => Level::None,
        Protection::Medical if role == Role::Physician => Level::Edit,
        Protection::Medical => Level::None,
        Protection::Protected(grants) => grants
            .iter()
            .find(|(to, _)| *to == role)
            .map_or(Level::None, |(_, level)| *level),
    }
}

pub(super) fn uuid(group: GroupId) -> Uuid {
    Uuid::from_bytes(*group.as_bytes())
}
