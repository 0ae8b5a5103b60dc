//! Accounts: inviting, blocking, password rules, signed statements.

use super::USER_NAME;
use crate::{
    access::{Denial, Text},
    audit::EventKind,
    catalogue::ValueType,
    code,
    crypto::{Passphrase, random},
    error::Error,
    ids::{GroupId, UserId},
    keys::{KeyName, Secrets},
    session::Practice,
    store::{self, UserEntry, account::Account, statement::StatementRow},
};
use std::collections::HashSet;
use uuid::Uuid;
use zeroize::Zeroizing;

/// A user as shown to colleagues.
pub struct UserInfo {
    /// Who.
    pub id: UserId,
    /// Display name.
    pub name: Text,
    /// Groups.
    pub groups: Vec<GroupId>,
    /// `invited`, `active` or `disabled`.
    pub state: String,
    /// Date after which the password must be changed; empty for never.
    pub expires: String,
    /// Signed statements, oldest first.
    pub statements: Vec<Statement>,
    /// In ms; 0 for never.
    pub last_sign_in: i64,
}

/// A signed statement (row A10).
pub struct Statement {
    /// `confidentiality`, `professional_secrecy` or `derived_secrecy`.
    pub kind: String,
    /// ISO date.
    pub signed_on: String,
    /// A note.
    pub note: Text,
}

/// An invitation: the one-time password is shown once and kept nowhere.
pub struct Invitation {
    /// Who.
    pub user: UserId,
    /// Opens the account once, to choose an own password.
    pub password: Text,
}

const STATEMENTS: &[&str] = &["confidentiality", "professional_secrecy", "derived_secrecy"];
const STATEMENT_NOTE: &str = "statement_note";

impl Practice {
    /// Everybody with an account.
    pub async fn users(&self) -> Result<Vec<UserInfo>, Error> {
        let mut conn = self.store.read().await?;
        let accounts = store::account::all(&mut conn).await?;
        let members = store::group::members(&mut conn).await?;
        let statements = store::statement::all(&mut conn).await?;
        drop(conn);
        accounts
            .into_iter()
            .map(|account| {
                let signed: Result<Vec<_>, Error> = statements
                    .iter()
                    .filter(|row| row.user_id == account.id)
                    .map(|row| self.statement(row))
                    .collect();
                Ok(UserInfo {
                    id: account.id,
                    name: self.open_frame(
                        self.practice_circle,
                        USER_NAME,
                        uuid(account.id),
                        &account.sealed_name,
                    )?,
                    groups: members
                        .iter()
                        .filter(|(_, user)| *user == account.id)
                        .map(|(group, _)| *group)
                        .collect(),
                    state: account.state,
                    expires: account.expires,
                    statements: signed?,
                    last_sign_in: account.last_sign_in,
                })
            })
            .collect()
    }

    /// The display name of one user.
    pub async fn user_name(&self, user: UserId) -> Result<Text, Error> {
        let account = store::account::get(&mut *self.store.read().await?, user).await?;
        self.open_frame(
            self.practice_circle,
            USER_NAME,
            uuid(user),
            &account.sealed_name,
        )
    }

    /// Invites a colleague: a temporary identity under a one-time password, with the keys that this user holds and the
    /// groups are entitled to.
    pub async fn invite(&self, name: &str, groups: &[GroupId]) -> Result<Invitation, Error> {
        self.rights().decide_manage()?;
        if name.trim().is_empty() || self.file().find(name).is_some() {
            return Err(Error::Refused {
                field: "name".to_owned(),
                reason: if name.trim().is_empty() {
                    "empty"
                } else {
                    "name_taken"
                },
            });
        }
        let user = UserId::make();
        let (password, secrets, entry) = self.temporary_entry(user, name)?;
        let (identity, signing) = secrets.split()?;
        let account = Account {
            id: user,
            sealed_name: self.seal_frame(
                self.practice_circle,
                USER_NAME,
                uuid(user),
                name.as_bytes(),
            )?,
            recipient: identity.recipient().to_string(),
            verifying_key: signing.verifying_key().as_bytes().to_vec(),
            state: "invited".to_owned(),
            must_change: true,
            expires: String::new(),
            last_sign_in: 0,
            made_at: self.now(),
        };
        let mut write = self.store.write().await?;
        store::account::insert(write.conn(), &account).await?;
        self.log(
            &mut write,
            self.event(EventKind::UserInvited).key(
                user,
                &signing.verifying_key(),
                &identity.recipient(),
            ),
        )
        .await?;
        store::circle::set_member(write.conn(), self.practice_circle, user, true).await?;
        self.give_key(&mut write, &KeyName::Circle(self.practice_circle), user)
            .await?;
        for group in groups {
            store::group::set_member(write.conn(), *group, user, true).await?;
        }
        self.give_entitled(&mut write, user).await?;
        write.commit().await?;
        // Without its entry in the file an account cannot be used, so the store goes first.
        self.change_file(|file| file.users.push(entry))?;
        Ok(Invitation { user, password })
    }

    /// A temporary identity under a one-time password.
    fn temporary_entry(
        &self,
        user: UserId,
        name: &str,
    ) -> Result<(Text, Secrets, UserEntry), Error> {
        let (password, secrets) = (one_time_password()?, Secrets::make()?);
        let (file, passphrase) = (self.file().clone(), Passphrase::new(&password));
        let entry = UserEntry::make(&file, user, name, &passphrase, &secrets, &self.store_key)?;
        Ok((password, secrets, entry))
    }

    /// A new one-time password for somebody who has not signed in yet. The former invitation opens nothing more; circles
    /// whose key this user does not hold are left to their members.
    pub async fn renew_invitation(&self, user: UserId) -> Result<Invitation, Error> {
        self.rights().decide_manage()?;
        let name = self.user_name(user).await?;
        let (password, secrets, entry) = self.temporary_entry(user, &name)?;
        let (identity, signing) = secrets.split()?;
        let (recipient, key) = (identity.recipient(), signing.verifying_key());
        let mut write = self.store.write().await?;
        if store::account::get(write.conn(), user).await?.state != "invited" {
            return Err(Error::refused("name", "has_joined"));
        }
        for held in store::key::of_user(write.conn(), user).await? {
            store::key::take(write.conn(), &held.name, user).await?;
        }
        store::account::set_keys(write.conn(), user, &recipient.to_string(), key.as_bytes())
            .await?;
        let event = self.event(EventKind::UserInvited);
        self.log(&mut write, event.key(user, &key, &recipient))
            .await?;
        for (circle, member) in store::circle::members(write.conn()).await? {
            let name = KeyName::Circle(circle);
            if member != user {
                continue;
            }
            if self.ring().holds(&name) {
                self.give_key(&mut write, &name, user).await?;
            } else {
                store::circle::set_member(write.conn(), circle, user, false).await?;
            }
        }
        self.give_entitled(&mut write, user).await?;
        write.commit().await?;
        self.change_file(|file| {
            if let Some(slot) = file.user_mut(user) {
                *slot = entry;
            }
        })?;
        Ok(Invitation { user, password })
    }

    /// Blocks an account at once. Keys that others hold too are taken from it and replaced; a circle that only this
    /// user holds keeps its key, or its dossiers would be lost, and can be opened again with the recovery sheet alone.
    pub async fn block(&self, user: UserId) -> Result<(), Error> {
        self.rights().decide_manage()?;
        self.refuse_last_administrator(user).await?;
        self.change_file(|file| {
            if let Some(entry) = file.user_mut(user) {
                entry.block();
            }
        })?;
        let mut write = self.store.write().await?;
        let account = store::account::get(write.conn(), user).await?;
        store::account::set_state(write.conn(), account.id, "disabled").await?;
        let holders = store::key::holders(write.conn()).await?;
        let lent = store::stand_in::unfinished(write.conn()).await?;
        let for_a_time = |name: &String, holder: UserId| {
            let mut lent = lent.iter().filter(|row| row.stand_in == holder);
            lent.any(|row| KeyName::Circle(row.circle_id).to_string() == *name)
        };
        let shared: HashSet<&String> = holders
            .iter()
            // Whoever stands in will not hold it for long.
            .filter(|(name, _, holder)| *holder != user && !for_a_time(name, *holder))
            .map(|(name, ..)| name)
            .collect();
        let lost: HashSet<&String> = holders
            .iter()
            .filter(|(name, _, holder)| *holder == user && shared.contains(name))
            .map(|(name, ..)| name)
            .collect();
        for name in lost {
            self.take_key(&mut write, &name.parse()?, user).await?;
        }
        for (circle, member) in store::circle::members(write.conn()).await? {
            if member == user && shared.contains(&KeyName::Circle(circle).to_string()) {
                store::circle::set_member(write.conn(), circle, user, false).await?;
            }
        }
        for (group, member) in store::group::members(write.conn()).await? {
            if member == user {
                store::group::set_member(write.conn(), group, user, false).await?;
            }
        }
        self.log(&mut write, self.event(EventKind::UserBlocked).object(user))
            .await?;
        write.commit().await?;
        self.after_rights_changed().await.map(|_| ())
    }

    /// Demands a new password at the next sign-in, or after a date (ISO; empty for never).
    pub async fn set_password_rules(
        &self,
        user: UserId,
        must_change: Option<bool>,
        expires: Option<&str>,
    ) -> Result<(), Error> {
        self.rights().decide_manage()?;
        let mut write = self.store.write().await?;
        let account = store::account::get(write.conn(), user).await?;
        let expires = match expires {
            Some("") => String::new(),
            Some(date) => code::check(ValueType::Date, date)
                .map_err(|error| Error::refused("expires", error.code()))?,
            None => account.expires,
        };
        store::account::set_password_rules(
            write.conn(),
            user,
            must_change.unwrap_or(account.must_change),
            &expires,
        )
        .await?;
        self.log(&mut write, self.event(EventKind::UserChanged).object(user))
            .await?;
        Ok(write.commit().await?)
    }

    /// Records a signed statement.
    pub async fn add_statement(
        &self,
        user: UserId,
        kind: &str,
        signed_on: &str,
        note: &str,
    ) -> Result<(), Error> {
        self.rights().decide_manage()?;
        if !STATEMENTS.contains(&kind) {
            return Err(Error::refused("kind", "choice"));
        }
        let signed_on = code::check(ValueType::Date, signed_on)
            .map_err(|error| Error::refused("signed_on", error.code()))?;
        let id = Uuid::now_v7();
        let sealed_note =
            self.seal_frame(self.practice_circle, STATEMENT_NOTE, id, note.as_bytes())?;
        let row = StatementRow {
            id,
            user_id: user,
            kind: kind.to_owned(),
            signed_on,
            recorded_at: self.now(),
            recorded_by: self.user,
            sealed_note,
        };
        let mut write = self.store.write().await?;
        store::account::get(write.conn(), user).await?;
        store::statement::insert(write.conn(), &row).await?;
        self.log(
            &mut write,
            self.event(EventKind::StatementRecorded)
                .object(user)
                .part(kind),
        )
        .await?;
        Ok(write.commit().await?)
    }

    fn statement(&self, row: &StatementRow) -> Result<Statement, Error> {
        let note = self.open_frame(
            self.practice_circle,
            STATEMENT_NOTE,
            row.id,
            &row.sealed_note,
        )?;
        Ok(Statement {
            kind: row.kind.clone(),
            signed_on: row.signed_on.clone(),
            note,
        })
    }

    /// Refuses when nobody would be left to manage the practice.
    pub(super) async fn refuse_last_administrator(&self, leaving: UserId) -> Result<(), Error> {
        let mut conn = self.store.read().await?;
        let groups = store::group::all(&mut conn).await?;
        let administrators: HashSet<GroupId> = groups
            .iter()
            .filter(|group| group.role == "administrator")
            .map(|group| group.id)
            .collect();
        let active: HashSet<UserId> = store::account::all(&mut conn)
            .await?
            .iter()
            .filter(|account| account.state == "active")
            .map(|account| account.id)
            .collect();
        let members = store::group::members(&mut conn).await?;
        let others = members.iter().any(|(group, user)| {
            administrators.contains(group) && *user != leaving && active.contains(user)
        });
        let leads = members
            .iter()
            .any(|(group, user)| administrators.contains(group) && *user == leaving);
        if leads && !others {
            Err(Error::LastAdministrator)
        } else {
            Ok(())
        }
    }

    /// Changes the keyring file, whole or not at all.
    pub(crate) fn change_file(
        &self,
        change: impl FnOnce(&mut store::KeyringFile),
    ) -> Result<(), Error> {
        let mut file = self.file();
        let mut changed = file.clone();
        change(&mut changed);
        changed.write(&self.folder)?;
        *file = changed;
        Ok(())
    }

    /// What this user may not do for lack of the administrator's role, as an error.
    pub fn refuse_unless_manager(&self) -> Result<(), Denial> {
        self.rights().decide_manage().map(|_| ())
    }
}

/// An id as the record of a sealed name.
pub(crate) fn uuid(user: UserId) -> Uuid {
    Uuid::from_bytes(*user.as_bytes())
}

/// Twenty signs without look-alikes, in groups: 98 bits.
fn one_time_password() -> Result<Text, Error> {
    const SIGNS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut password = Zeroizing::new(String::with_capacity(24));
    let mut signs = 0;
    while signs < 20 {
        // Bytes past the last whole multiple are passed over, so that every sign is as likely.
        let byte = usize::from(random::<1>()?[0]);
        if byte >= 256 - 256 % SIGNS.len() {
            continue;
        }
        if signs > 0 && signs % 5 == 0 {
            password.push('-');
        }
        password.push(char::from(SIGNS[byte % SIGNS.len()]));
        signs += 1;
    }
    Ok(password)
}
