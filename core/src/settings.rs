//! Settings of the practice and preferences of a user, sealed like everything else.

use crate::{
    access::Text,
    audit::EventKind,
    error::Error,
    ids::CircleId,
    people,
    session::Practice,
    store::{self, Write, setting::SettingRow},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

/// Settings of the practice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Its name.
    pub practice: String,
    /// The sign-in screen names neither the practice nor its people.
    pub hide_users: bool,
    /// Minutes without input before the lock, where a user has not chosen otherwise.
    pub lock_minutes: u32,
    /// The most that a user may choose.
    pub lock_maximum: u32,
    /// The score (0-4) that a password shorter than 12 characters needs.
    pub password_score: u8,
    /// Days that things lie in the bin.
    pub bin_days: u32,
    /// Months after which the key of a vault should be renewed; 0 for never.
    pub vault_months: u32,
}

impl Default for Settings {
    fn default() -> Self {
        // NEN 7513 practice: a lock within 5 to 15 minutes.
        Self {
            practice: String::new(),
            hide_users: false,
            lock_minutes: 5,
            lock_maximum: 15,
            password_score: 3,
            bin_days: 30,
            vault_months: 12,
        }
    }
}

/// Preferences of one user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// `nl` or `en`.
    pub language: String,
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// Minutes without input before the lock; 0 for the practice's.
    pub lock_minutes: u32,
    /// Percent.
    pub text_size: u32,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            language: "nl".to_owned(),
            theme: "system".to_owned(),
            lock_minutes: 0,
            text_size: 100,
        }
    }
}

const SETTINGS: &str = "settings";
const PREFERENCES: &str = "preferences";

impl Practice {
    /// The settings of the practice.
    pub async fn settings(&self) -> Result<Settings, Error> {
        Ok(self
            .get_setting(self.practice_circle, self.practice_record(), SETTINGS)
            .await?
            .unwrap_or_default())
    }

    /// Changes the settings of the practice.
    pub async fn save_settings(&self, settings: &Settings) -> Result<(), Error> {
        self.rights().decide_manage()?;
        check(settings)?;
        let names = self.users().await?;
        let mut write = self.store.write().await?;
        self.put_setting(
            &mut write,
            self.practice_circle,
            self.practice_record(),
            SETTINGS,
            settings,
        )
        .await?;
        self.log(&mut write, self.event(EventKind::SettingsChanged))
            .await?;
        write.commit().await?;
        self.change_file(|file| {
            file.hide_users = settings.hide_users;
            file.practice_name = (!settings.hide_users).then(|| settings.practice.clone());
            for user in &names {
                if let Some(entry) = file.user_mut(user.id) {
                    entry.set_name(&user.name, settings.hide_users);
                }
            }
        })
    }

    /// The preferences of this user.
    pub async fn preferences(&self) -> Result<Preferences, Error> {
        Ok(self
            .get_setting(self.own_circle(), people::uuid(self.user), PREFERENCES)
            .await?
            .unwrap_or_default())
    }

    /// Changes the preferences of this user. The lock minutes stay within what the practice allows.
    pub async fn save_preferences(&self, preferences: &Preferences) -> Result<(), Error> {
        let most = self.settings().await?.lock_maximum;
        let kept = Preferences {
            lock_minutes: preferences.lock_minutes.min(most),
            text_size: preferences.text_size.clamp(80, 200),
            ..preferences.clone()
        };
        let mut write = self.store.write().await?;
        self.put_setting(
            &mut write,
            self.own_circle(),
            people::uuid(self.user),
            PREFERENCES,
            &kept,
        )
        .await?;
        Ok(write.commit().await?)
    }

    /// Minutes without input before the lock, for this user now.
    pub async fn lock_minutes(&self) -> Result<u32, Error> {
        let (settings, preferences) = (self.settings().await?, self.preferences().await?);
        let chosen = if preferences.lock_minutes == 0 {
            settings.lock_minutes
        } else {
            preferences.lock_minutes
        };
        Ok(chosen.clamp(1, settings.lock_maximum))
    }

    pub(crate) async fn put_setting<T: Serialize>(
        &self,
        write: &mut Write<'_>,
        circle: CircleId,
        owner: Uuid,
        name: &str,
        value: &T,
    ) -> Result<(), Error> {
        let text = serde_json::to_string(value).map_err(|_| DAMAGED)?;
        let sealed = self.seal_frame(circle, name, owner, text.as_bytes())?;
        Ok(store::setting::put(
            write.conn(),
            &SettingRow {
                owner,
                name: name.to_owned(),
                sealed,
            },
        )
        .await?)
    }

    pub(crate) async fn get_setting<T: DeserializeOwned>(
        &self,
        circle: CircleId,
        owner: Uuid,
        name: &str,
    ) -> Result<Option<T>, Error> {
        let Some(row) = store::setting::get(&mut *self.store.read().await?, owner, name).await?
        else {
            return Ok(None);
        };
        let text: Text = self.open_frame(circle, name, owner, &row.sealed)?;
        serde_json::from_str(&text).map(Some).map_err(|_| DAMAGED)
    }

    pub(crate) fn practice_record(&self) -> Uuid {
        Uuid::from_bytes(*self.id.as_bytes())
    }
}

const DAMAGED: Error = Error::Store(store::StoreError::Damaged("setting"));

fn check(settings: &Settings) -> Result<(), Error> {
    let refuse = |field: &str| Err(Error::refused(field, "out_of_range"));
    match settings {
        Settings { practice, .. } if practice.trim().is_empty() => {
            Err(Error::refused("practice", "empty"))
        }
        Settings { lock_maximum, .. } if !(1..=60).contains(lock_maximum) => refuse("lock_maximum"),
        Settings {
            lock_minutes,
            lock_maximum,
            ..
        } if !(1..=*lock_maximum).contains(lock_minutes) => refuse("lock_minutes"),
        Settings { password_score, .. } if !(3..=4).contains(password_score) => {
            refuse("password_score")
        }
        Settings { vault_months, .. } if *vault_months > 120 => refuse("vault_months"),
        Settings { bin_days, .. } if !(1..=365).contains(bin_days) => refuse("bin_days"),
        _ => Ok(()),
    }
}
