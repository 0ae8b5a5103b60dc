//! The authorisation matrix, and the grants that wait for somebody who holds the key.

use super::groups::GROUP_NAME;
use crate::{
    access::{Denial, Text},
    audit::EventKind,
    catalogue::{self, FieldDef, Level},
    error::Error,
    ids::{GroupId, UserId},
    keys::{KeyName, KeyState},
    session::{Practice, is_medical, level_from, level_of},
    store::{self, Conn, Write, group::Right},
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What a change of rights does, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Who can open something from now on.
    pub gain: Vec<UserId>,
    /// Who no longer can.
    pub lose: Vec<UserId>,
    /// Who must wait for somebody who holds the key.
    pub wait: Vec<UserId>,
    /// Who of those cannot be given it as things are, and why: a word of the program.
    pub barred: Vec<(UserId, &'static str)>,
}

impl Effect {
    fn wait(&mut self, user: UserId, bar: Option<&'static str>) {
        self.wait.push(user);
        self.barred.extend(bar.map(|bar| (user, bar)));
    }
}

/// One line of the matrix.
pub struct MatrixField {
    /// Field id.
    pub id: &'static str,
    /// Whether it has a key of its own.
    pub protected: bool,
    /// Whether this user holds that key.
    pub held: bool,
    /// Whether it is one of the physician's.
    pub medical: bool,
    /// What each group may do; for an open field everybody in the circle may change it.
    pub levels: BTreeMap<GroupId, Level>,
}

/// The authorisation matrix.
pub struct Matrix {
    /// Every field of the catalogue.
    pub fields: Vec<MatrixField>,
    /// Every group with its role and name.
    pub groups: Vec<(GroupId, String, Text)>,
    /// Whether this user may change it.
    pub manage: bool,
}

/// A grant that was decided and not given yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Which key.
    pub key: String,
    /// For whom.
    pub user: UserId,
    /// Whether this user can give it.
    pub can_give: bool,
    /// Who holds the key.
    pub holders: Vec<UserId>,
    /// Why nobody can give it as things are, a word of the program: `statement_missing` or `no_medical_for_role`.
    pub barred: Option<&'static str>,
}

/// Everything that decides who is entitled to which key.
struct Entitlement {
    groups: HashMap<UserId, HashSet<GroupId>>,
    matrix: Vec<Right>,
    states: Vec<KeyState>,
    holders: HashSet<(String, UserId)>,
}

impl Entitlement {
    async fn read(conn: &mut Conn) -> Result<Self, Error> {
        let mut groups: HashMap<UserId, HashSet<GroupId>> = HashMap::new();
        for account in store::account::all(conn)
            .await?
            .iter()
            .filter(|account| account.state != "disabled")
        {
            groups.insert(account.id, HashSet::new());
        }
        for (group, user) in store::group::members(conn).await? {
            groups.entry(user).and_modify(|mine| {
                mine.insert(group);
            });
        }
        let states = store::key::states(conn).await?;
        let newest: HashMap<&str, u32> = states
            .iter()
            .map(|state| (state.name.as_str(), state.version))
            .collect();
        let holders = store::key::holders(conn).await?;
        let holders = holders
            .into_iter()
            .filter(|(name, version, _)| newest.get(name.as_str()) == Some(version))
            .map(|(name, _, user)| (name, user))
            .collect();
        Ok(Self {
            groups,
            matrix: store::group::rights(conn).await?,
            holders,
            states,
        })
    }

    fn fields(&self) -> impl Iterator<Item = (&KeyState, String)> {
        self.states
            .iter()
            .filter_map(|state| match state.name.parse() {
                Ok(KeyName::Field(field)) => Some((state, field)),
                _ => None,
            })
    }

    fn level(&self, user: UserId, field: &str) -> Level {
        self.groups
            .get(&user)
            .map_or(Level::None, |groups| level_of(field, groups, &self.matrix))
    }

    fn holds(&self, user: UserId, name: &str) -> bool {
        self.holders.contains(&(name.to_owned(), user))
    }
}

impl Practice {
    /// The whole matrix. Who may change it is the administrator; everybody may know it.
    pub async fn matrix(&self) -> Result<Matrix, Error> {
        let mut conn = self.store.read().await?;
        let (rights, rows, states) = (
            store::group::rights(&mut conn).await?,
            store::group::all(&mut conn).await?,
            store::key::states(&mut conn).await?,
        );
        drop(conn);
        let protected: HashSet<&str> = states
            .iter()
            .filter_map(|state| state.name.strip_prefix("field:"))
            .collect();
        let fields = catalogue::fields()
            .iter()
            .map(|def| {
                let protected = protected.contains(def.id);
                let levels = rows.iter().map(|group| {
                    let set = rights
                        .iter()
                        .find(|right| right.field == def.id && right.group_id == group.id);
                    (
                        group.id,
                        if protected {
                            set.map_or(Level::None, |right| level_from(right.level))
                        } else {
                            Level::Edit
                        },
                    )
                });
                let held = self.ring().holds(&KeyName::Field(def.id.to_owned()));
                MatrixField {
                    id: def.id,
                    protected,
                    held,
                    medical: is_medical(def.id),
                    levels: levels.collect(),
                }
            })
            .collect();
        let groups: Result<Vec<_>, Error> = rows
            .into_iter()
            .map(|row| {
                let name = self.open_frame(
                    self.practice_circle,
                    GROUP_NAME,
                    super::groups::uuid(row.id),
                    &row.sealed_name,
                )?;
                Ok((row.id, row.role, name))
            })
            .collect();
        Ok(Matrix {
            fields,
            groups: groups?,
            manage: self.rights().decide_manage().is_ok(),
        })
    }

    /// What setting a cell of the matrix would do.
    pub async fn preview_right(
        &self,
        field: &str,
        group: GroupId,
        level: Level,
    ) -> Result<Effect, Error> {
        let mut entitled = self.entitlement(field).await?;
        let before: HashMap<UserId, Level> = entitled
            .groups
            .keys()
            .map(|user| (*user, entitled.level(*user, field)))
            .collect();
        set_cell(&mut entitled.matrix, field, group, level);
        let mut effect = Effect::default();
        let name = KeyName::Field(field.to_owned());
        let text = name.to_string();
        let mut conn = self.store.read().await?;
        for (user, before) in before {
            match (before, entitled.level(user, field)) {
                (Level::None, Level::View | Level::Edit) => {
                    let bar = bar(&mut conn, user, field).await?;
                    let given = entitled.holds(user, &text);
                    if given || (bar.is_none() && self.ring().holds(&name)) {
                        effect.gain.push(user);
                    } else {
                        effect.wait(user, bar);
                    }
                }
                (Level::View | Level::Edit, Level::None) => effect.lose.push(user),
                _ => {}
            }
        }
        Ok(effect)
    }

    /// Sets a cell of the matrix. What this user holds is given at once, the rest waits; what is withdrawn is taken, the key
    /// replaced, and everything that this user can open sealed again.
    pub async fn set_right(
        &self,
        field: &str,
        group: GroupId,
        level: Level,
    ) -> Result<Effect, Error> {
        self.rights().decide_manage()?;
        self.entitlement(field).await?;
        let mut write = self.store.write().await?;
        if !store::group::all(write.conn())
            .await?
            .iter()
            .any(|row| row.id == group)
        {
            return Err(Error::NotFound);
        }
        store::group::set_right(
            write.conn(),
            &Right {
                field: field.to_owned(),
                group_id: group,
                level: level as i64,
            },
        )
        .await?;
        self.log(
            &mut write,
            self.event(EventKind::RightChanged)
                .part(field)
                .object(group)
                .reason(level_word(level)),
        )
        .await?;
        let users: Vec<UserId> = store::group::members(write.conn())
            .await?
            .into_iter()
            .filter(|(id, _)| *id == group)
            .map(|(_, user)| user)
            .collect();
        let effect = self.settle(&mut write, &users).await?;
        write.commit().await?;
        self.after_rights_changed().await?;
        Ok(effect)
    }

    /// Grants that were decided and not given yet.
    pub async fn waiting(&self) -> Result<Vec<Waiting>, Error> {
        let mut conn = self.store.read().await?;
        let entitled = Entitlement::read(&mut conn).await?;
        let mut waiting = Vec::new();
        for (state, field) in entitled.fields() {
            for user in entitled.groups.keys().filter(|user| {
                entitled.level(**user, &field) > Level::None && !entitled.holds(**user, &state.name)
            }) {
                let holders = entitled
                    .holders
                    .iter()
                    .filter(|(name, _)| *name == state.name)
                    .map(|(_, holder)| *holder)
                    .collect();
                let barred = bar(&mut conn, *user, &field).await?;
                let can_give =
                    barred.is_none() && self.ring().holds(&KeyName::Field(field.clone()));
                waiting.push(Waiting {
                    key: state.name.clone(),
                    user: *user,
                    can_give,
                    holders,
                    barred,
                });
            }
        }
        waiting.sort_by(|a, b| (&a.key, a.user).cmp(&(&b.key, b.user)));
        Ok(waiting)
    }

    /// Gives a key that waits. Only somebody who holds it can, and only to somebody who is entitled to it.
    pub async fn give_waiting(&self, key: &str, user: UserId) -> Result<(), Error> {
        self.rights().decide_work()?;
        let name: KeyName = key.parse()?;
        if !self
            .waiting()
            .await?
            .iter()
            .any(|one| one.key == key && one.user == user)
        {
            return Err(Error::NotFound);
        }
        if let KeyName::Field(field) = &name
            && is_medical(field)
        {
            refuse_medical(&mut *self.store.read().await?, user).await?;
        }
        if !self.ring().holds(&name) {
            return self
                .deny(
                    self.event(EventKind::KeyGiven).object(user),
                    Denial::NotHeld,
                )
                .await;
        }
        let mut write = self.store.write().await?;
        self.give_key(&mut write, &name, user).await?;
        Ok(write.commit().await?)
    }

    /// Gives an open field a key of its own. The groups of people who can see it now keep it; others can be given it.
    pub async fn protect(&self, field: &str) -> Result<usize, Error> {
        self.rights().decide_manage()?;
        let def = catalogue::field(field).ok_or(Error::NotFound)?;
        let name = KeyName::Field(def.id.to_owned());
        if self.ring().version(&name) > 0 || self.rights().fields.contains_key(def.id) {
            return Ok(0);
        }
        let write = self.store.write().await?;
        let before = self.ring().versions();
        let done = self.protect_in(write, def, &name).await;
        self.keep_keys(before, done)?;
        self.refresh_rights(&mut *self.store.read().await?).await?;
        self.split_sheets().await
    }

    async fn protect_in(
        &self,
        mut write: Write<'_>,
        def: &FieldDef,
        name: &KeyName,
    ) -> Result<(), Error> {
        let version = self.ring_mut().make(name)?;
        store::key::set_state(
            write.conn(),
            &KeyState {
                name: name.to_string(),
                version,
                to_replace: false,
            },
        )
        .await?;
        for group in store::group::all(write.conn()).await? {
            let level = if group.role == "physician" {
                Level::None
            } else {
                Level::Edit
            };
            store::group::set_right(
                write.conn(),
                &Right {
                    field: def.id.to_owned(),
                    group_id: group.id,
                    level: level as i64,
                },
            )
            .await?;
        }
        self.give_key(&mut write, name, self.user).await?;
        let users: Vec<UserId> = store::account::all(write.conn())
            .await?
            .iter()
            .map(|account| account.id)
            .collect();
        self.settle(&mut write, &users).await?;
        self.log(
            &mut write,
            self.event(EventKind::FieldProtected).part(def.id),
        )
        .await?;
        Ok(write.commit().await?)
    }

    /// Gives every key that these users are entitled to and this user holds, and takes what they are no longer entitled to.
    pub(super) async fn settle(
        &self,
        write: &mut Write<'_>,
        users: &[UserId],
    ) -> Result<Effect, Error> {
        let entitled = Entitlement::read(write.conn()).await?;
        let mut effect = Effect::default();
        for user in users
            .iter()
            .filter(|user| entitled.groups.contains_key(user))
        {
            for (state, field) in entitled.fields() {
                let name = KeyName::Field(field.clone());
                let entitled_to = entitled.level(*user, &field) > Level::None;
                let bar = match entitled_to {
                    true => bar(write.conn(), *user, &field).await?,
                    false => None,
                };
                let may = entitled_to && bar.is_none();
                match (may, entitled.holds(*user, &state.name)) {
                    (true, false) if self.ring().holds(&name) => {
                        self.give_key(write, &name, *user).await?;
                        effect.gain.push(*user);
                    }
                    (true, false) => effect.wait(*user, None),
                    (false, false) if entitled_to => effect.wait(*user, bar),
                    (false, true) => {
                        self.take_key(write, &name, *user).await?;
                        effect.lose.push(*user);
                    }
                    _ => {}
                }
            }
        }
        for list in [&mut effect.gain, &mut effect.wait, &mut effect.lose] {
            list.dedup();
        }
        effect.barred.dedup();
        self.settle_compartment(write, users).await?;
        Ok(effect)
    }

    /// Takes the way to the medical compartment from whoever may no longer have it.
    async fn settle_compartment(
        &self,
        write: &mut Write<'_>,
        users: &[UserId],
    ) -> Result<(), Error> {
        let Some(compartment) = self.rights().compartment() else {
            return Ok(());
        };
        let members = store::circle::members(write.conn()).await?;
        for user in users
            .iter()
            .filter(|user| members.contains(&(compartment, **user)))
        {
            match refuse_medical(write.conn(), *user).await {
                Ok(()) => {}
                Err(Error::Refused { .. }) => {
                    if store::vault::get(write.conn(), compartment).await?.keeper == *user {
                        return Err(Error::refused("user", "hand_over_first"));
                    }
                    store::circle::set_member(write.conn(), compartment, *user, false).await?;
                    let name = KeyName::Circle(compartment);
                    self.take_key(write, &name, *user).await?;
                    if *user == self.user {
                        self.ring_mut().forget(&name);
                    }
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Gives a newcomer what the groups are entitled to and this user holds.
    pub(super) async fn give_entitled(
        &self,
        write: &mut Write<'_>,
        user: UserId,
    ) -> Result<(), Error> {
        self.settle(write, &[user]).await.map(|_| ())
    }

    /// New keys in place of those of which a right was withdrawn, own rights read again, and everything sealed again.
    pub(super) async fn after_rights_changed(&self) -> Result<usize, Error> {
        self.replace_asked().await?;
        let resealed = self.reseal_stale().await?;
        Ok(resealed)
    }

    async fn entitlement(&self, field: &str) -> Result<Entitlement, Error> {
        catalogue::field(field).ok_or(Error::NotFound)?;
        let entitled = Entitlement::read(&mut *self.store.read().await?).await?;
        if entitled.fields().any(|(_, known)| known == field) {
            Ok(entitled)
        } else {
            Err(Error::refused(field, "not_protected"))
        }
    }
}

/// Why somebody may not be given the key of a field, whatever the matrix says; nothing where that is no question.
async fn bar(conn: &mut Conn, user: UserId, field: &str) -> Result<Option<&'static str>, Error> {
    if !is_medical(field) {
        return Ok(None);
    }
    match refuse_medical(conn, user).await {
        Ok(()) => Ok(None),
        Err(Error::Refused { reason, .. }) => Ok(Some(reason)),
        Err(error) => Err(error),
    }
}

/// Refuses medical keys to whoever is neither a physician nor works under one's derived secrecy by a signed statement. A case
/// manager cannot be given them, nor can whoever manages the practice.
pub(crate) async fn refuse_medical(conn: &mut Conn, user: UserId) -> Result<(), Error> {
    let groups = store::group::all(conn).await?;
    let mine: HashSet<GroupId> = store::group::members(conn)
        .await?
        .into_iter()
        .filter(|(_, member)| *member == user)
        .map(|(group, _)| group)
        .collect();
    let has = |role: &str| {
        let mut groups = groups.iter().filter(|group| mine.contains(&group.id));
        groups.any(|group| group.role == role)
    };
    let refuse = |reason| Err(Error::refused("user", reason));
    if has("physician") {
        Ok(())
    } else if has("coach") || has("administrator") {
        refuse("no_medical_for_role")
    } else if store::statement::all(conn)
        .await?
        .iter()
        .any(|row| row.user_id == user && row.kind == "derived_secrecy")
    {
        Ok(())
    } else {
        refuse("statement_missing")
    }
}

fn set_cell(matrix: &mut Vec<Right>, field: &str, group: GroupId, level: Level) {
    matrix.retain(|right| !(right.field == field && right.group_id == group));
    matrix.push(Right {
        field: field.to_owned(),
        group_id: group,
        level: level as i64,
    });
}

fn level_word(level: Level) -> &'static str {
    match level {
        Level::None => "none",
        Level::View => "view",
        Level::Edit => "edit",
    }
}
