//! Founding a practice.

use super::{Locked, RecoverySheet, sheet::make_sheet, unlock::enter};
use crate::{
    audit::{self, EventKind},
    catalogue::{self, Protection, Role},
    crypto::{Identity, Key, Passphrase, Recipient, Refusal, WorkFactor, rate},
    error::Error,
    ids::{GroupId, UserId},
    keys::{KeyName, KeyState, Secrets},
    people::{GROUP_NAME, USER_NAME, default_rights},
    session::{Clock, Practice},
    settings::Settings,
    store::{
        self, Entrance, FolderAside, FolderLock, KeyringFile, Store, UserEntry,
        account::Account,
        group::{Group, Right},
    },
};
use std::{collections::BTreeMap, path::Path, sync::Arc};
use uuid::Uuid;

/// What is needed to found a practice.
pub struct Founding<'a> {
    /// Name of the practice.
    pub practice: &'a str,
    /// Name of the founder: administrator and coach.
    pub user: &'a str,
    /// The founder's password.
    pub password: &'a str,
    /// Work of scrypt.
    pub work: WorkFactor,
    /// Groups of the founder beside the administrators.
    pub roles: &'a [Role],
}

#[cfg(test)]
impl Founding<'static> {
    /// A practice of one.
    pub(crate) fn for_tests() -> Self {
        Self {
            practice: "Praktijk De Linde",
            user: "Anna",
            password: "drie ganzen in een boot",
            work: WorkFactor::for_tests(),
            roles: &[],
        }
    }
}

/// The built-in groups, in the order in which they are shown.
pub(crate) const ROLES: &[(Role, &str)] = &[
    (Role::Administrator, "administrator"),
    (Role::Coach, "coach"),
    (Role::Physician, "physician"),
    (Role::Reception, "reception"),
];

impl Locked {
    /// Founds a practice in a new or empty folder and opens it. The founder holds every field key but the medical ones,
    /// which are made in a physician's first session. Built aside and put in place whole.
    pub async fn found(
        folder: &Path,
        founding: &Founding<'_>,
        clock: Clock,
        workstation: &str,
    ) -> Result<(Practice, RecoverySheet), Error> {
        refuse_password(founding.password, &[founding.practice, founding.user], 3)?;
        for (field, text) in [("practice", founding.practice), ("name", founding.user)] {
            if text.trim().is_empty() {
                return Err(Error::refused(field, "empty"));
            }
        }
        let aside = FolderAside::of(folder)?;
        let (secrets, sheet) = build(aside.path(), founding, &clock, workstation).await?;
        aside.put_in_place(folder)?;
        let locked = Self::open(folder, clock, workstation)?;
        let user = locked
            .file
            .users
            .first()
            .map(|entry| entry.id)
            .ok_or(Error::NotFound)?;
        let by = (Entrance::Password, EventKind::SignedIn);
        let practice = enter(locked, user, secrets, by)
            .await
            .map_err(|(_, error)| error)?;
        practice.keep_sheet(&sheet);
        Ok((practice, sheet))
    }
}

/// Builds a whole practice in a folder and closes it.
async fn build(
    folder: &Path,
    founding: &Founding<'_>,
    clock: &Clock,
    workstation: &str,
) -> Result<(Secrets, RecoverySheet), Error> {
    let (secrets, store_key) = (Secrets::make()?, Arc::new(Key::make()?));
    let mut file = KeyringFile::make(founding.practice, founding.work)?;
    let user = UserId::make();
    let mut entry = UserEntry::make(
        &file,
        user,
        founding.user,
        &Passphrase::new(founding.password),
        &secrets,
        &store_key,
    )?;
    let (sheet, recipient) = make_sheet(founding.practice, founding.user, (clock)());
    let backups = Identity::make();
    let sheet = sheet.with_backups(&backups);
    entry.set_recovery(&recipient, &secrets)?;
    file.users.push(entry);
    let folder_lock = FolderLock::take(folder)?;
    let store = Store::make(folder, &store_key).await?;
    let (identity, signing) = secrets.split()?;
    let account = Account {
        id: user,
        sealed_name: Vec::new(),
        recipient: identity.recipient().to_string(),
        verifying_key: signing.verifying_key().as_bytes().to_vec(),
        state: "active".to_owned(),
        must_change: false,
        expires: String::new(),
        last_sign_in: 0,
        made_at: (clock)().timestamp_millis(),
    };
    let practice = Practice::empty(
        folder,
        folder_lock,
        file.clone(),
        store,
        store_key,
        (identity, signing),
        user,
        Arc::clone(clock),
        workstation,
    )?;
    let furnished = practice
        .furnish(founding, account, &backups.recipient())
        .await;
    practice.store.close().await?;
    furnished?;
    file.write(folder)?;
    Ok((secrets, sheet))
}

impl Practice {
    /// Fills an empty store: the founder, circles, groups, keys and the matrix.
    async fn furnish(
        &self,
        founding: &Founding<'_>,
        account: Account,
        backups: &Recipient,
    ) -> Result<(), Error> {
        let mut write = self.store.write().await?;
        store::setting::name_practice(write.conn(), self.id, self.now()).await?;
        let (key, recipient) = (
            self.ring().signing().verifying_key(),
            self.ring().recipient(),
        );
        let event = self
            .event(EventKind::PracticeMade)
            .key(self.user, &key, &recipient);
        let signing = self.ring().signing();
        audit::append(&mut write, &signing, [(event, Vec::new())]).await?;
        store::account::insert(write.conn(), &account).await?;
        let circle = self.make_circle(&mut write, "practice", "").await?;
        self.make_circle(&mut write, "own", "").await?;
        let sealed_name = self.seal_frame(
            circle,
            USER_NAME,
            Uuid::from_bytes(*account.id.as_bytes()),
            founding.user.as_bytes(),
        )?;
        store::account::set_name(write.conn(), account.id, &sealed_name).await?;
        let settings = Settings {
            practice: founding.practice.to_owned(),
            ..Settings::default()
        };
        self.put_setting(
            &mut write,
            circle,
            self.practice_record(),
            "settings",
            &settings,
        )
        .await?;
        self.put_backup_key(&mut write, circle, BTreeMap::new(), backups)
            .await?;
        let groups = self.make_groups(&mut write, circle, founding).await?;
        self.make_field_keys(&mut write, &groups).await?;
        Ok(write.commit().await?)
    }

    async fn make_groups(
        &self,
        write: &mut store::Write<'_>,
        circle: crate::ids::CircleId,
        founding: &Founding<'_>,
    ) -> Result<Vec<(Role, GroupId)>, Error> {
        let mut groups = Vec::new();
        for (role, word) in ROLES {
            let id = GroupId::make();
            let sealed_name =
                self.seal_frame(circle, GROUP_NAME, Uuid::from_bytes(*id.as_bytes()), b"")?;
            store::group::insert(
                write.conn(),
                &Group {
                    id,
                    role: (*word).to_owned(),
                    sealed_name,
                },
            )
            .await?;
            if *role == Role::Administrator || founding.roles.contains(role) {
                store::group::set_member(write.conn(), id, self.user, true).await?;
            }
            groups.push((*role, id));
        }
        Ok(groups)
    }

    async fn make_field_keys(
        &self,
        write: &mut store::Write<'_>,
        groups: &[(Role, GroupId)],
    ) -> Result<(), Error> {
        for def in catalogue::fields().iter().filter(|def| def.is_protected()) {
            let name = KeyName::Field(def.id.to_owned());
            let medical = matches!(def.protection, Protection::Medical);
            let version = if medical {
                0
            } else {
                self.ring_mut().make(&name)?
            };
            store::key::set_state(
                write.conn(),
                &KeyState {
                    name: name.to_string(),
                    version,
                    to_replace: false,
                },
            )
            .await?;
            for (role, group) in groups {
                let level = default_rights(def, *role) as i64;
                store::group::set_right(
                    write.conn(),
                    &Right {
                        field: def.id.to_owned(),
                        group_id: *group,
                        level,
                    },
                )
                .await?;
            }
            if !medical {
                self.give_key(write, &name, self.user).await?;
            }
        }
        Ok(())
    }
}

/// Refuses a new password that will not do.
pub(crate) fn refuse_password(password: &str, words: &[&str], least: u8) -> Result<(), Error> {
    match rate(password, words, least).refusal {
        Some(refusal @ (Refusal::TooWeak | Refusal::Common)) => Err(Error::Password(refusal)),
        None => Ok(()),
    }
}
