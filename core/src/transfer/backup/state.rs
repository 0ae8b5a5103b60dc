//! The plan, the keys and the state of backups, as they are kept in the practice.

use super::{Backup, BackupPlan, BackupState, Drill, Standing, moment_of};
use crate::{
    audit::{Event, EventKind},
    crypto::{Identity, Outward, Recipient},
    error::Error,
    ids::{CircleId, UserId},
    session::Practice,
    store::{self, Since, StoreError, Write},
};
use std::{collections::BTreeMap, path::Path};

const PLAN: &str = "backup_plan";
const KEYS: &str = "backup_keys";
const STATE: &str = "backup_state";

/// The public halves of the identities on the sheets of administrators.
type Keys = BTreeMap<UserId, String>;

impl Practice {
    /// Where backups go, how often, and how many are kept.
    pub async fn backup_plan(&self) -> Result<BackupPlan, Error> {
        Ok(self
            .get_setting(self.practice_circle, self.practice_record(), PLAN)
            .await?
            .unwrap_or_default())
    }

    /// Changes it.
    pub async fn save_backup_plan(&self, plan: &BackupPlan) -> Result<(), Error> {
        self.rights().decide_manage()?;
        self.check_plan(plan)?;
        let former = self.backup_plan().await?;
        let mut write = self.store.write().await?;
        self.put_setting(
            &mut write,
            self.practice_circle,
            self.practice_record(),
            PLAN,
            plan,
        )
        .await?;
        if former.folder != plan.folder {
            let now = self.now();
            self.change_backup_state(&mut write, |state| {
                (state.planned_at, state.failed) = (now, None);
            })
            .await?;
        }
        let event = self.event(EventKind::BackupPlanChanged);
        self.log(&mut write, event).await?;
        Ok(write.commit().await?)
    }

    fn check_plan(&self, plan: &BackupPlan) -> Result<(), Error> {
        let many = [plan.daily, plan.weekly, plan.monthly];
        if many.iter().any(|count| *count > 60) || many.iter().all(|count| *count == 0) {
            return Err(Error::refused("backup_kept", "out_of_range"));
        }
        if plan.every_hours > 31 * 24 {
            return Err(Error::refused("backup_hours", "out_of_range"));
        }
        let folder = Path::new(&plan.folder);
        if plan.folder.is_empty() {
            return Ok(());
        }
        self.refuse_own_folder(&folder.join("x"))?;
        if folder.is_absolute() && folder.is_dir() {
            Ok(())
        } else {
            Err(Error::refused("backup_folder", "no_folder"))
        }
    }

    /// What was made.
    pub async fn backup_state(&self) -> Result<BackupState, Error> {
        Ok(self
            .get_setting(self.practice_circle, self.practice_record(), STATE)
            .await?
            .unwrap_or_default())
    }

    /// The last backup that was made and proven, if any.
    pub async fn last_backup(&self) -> Result<Option<Backup>, Error> {
        Ok(self.backup_state().await?.last().cloned())
    }

    /// What was changed since a moment (ms), in numbers: what putting back a backup of that moment would lose.
    pub async fn changes_since(&self, at: i64) -> Result<Since, Error> {
        self.rights().decide_manage()?;
        Ok(store::since(&mut *self.store.read().await?, at).await?)
    }

    /// The backups that lie in the folder of the plan, newest first: moment (ms), file and size. Those that another practice
    /// put there do not open for this one's sheets.
    pub async fn backups_there(&self) -> Result<Vec<Backup>, Error> {
        self.rights().decide_work()?;
        let (plan, state) = (self.backup_plan().await?, self.backup_state().await?);
        let mut there = state.kept;
        there.retain(|backup| Path::new(&backup.path).is_file());
        for found in files_in(Path::new(&plan.folder)) {
            if there.iter().all(|backup| backup.path != found.path) {
                there.push(found);
            }
        }
        there.sort_by_key(|backup| std::cmp::Reverse(backup.at));
        Ok(there)
    }

    /// How backups stand now.
    pub async fn backup_standing(&self) -> Result<Standing, Error> {
        let (plan, state) = (self.backup_plan().await?, self.backup_state().await?);
        Ok(plan.standing(&state, self.now()))
    }

    /// Whether one is to be made now, or before closing.
    pub async fn backup_is_due(&self, closing: bool) -> Result<bool, Error> {
        let (plan, state, now) = (
            self.backup_plan().await?,
            self.backup_state().await?,
            self.now(),
        );
        if self.rights().decide_work().is_err() || self.backup_keys().await?.is_empty() {
            return Ok(false);
        }
        Ok(if closing {
            plan.is_due_at_closing(&state, now)
        } else {
            plan.is_due(&state, now)
        })
    }

    /// Whether backups can be made: an administrator has a sheet that opens them.
    pub async fn has_backup_key(&self) -> Result<bool, Error> {
        Ok(!self.backup_keys().await?.is_empty())
    }

    /// Who opens backups: whoever has the sheet of an administrator.
    pub async fn backup_recipients(&self) -> Result<Outward, Error> {
        let keys = self.backup_keys().await?;
        let recipients: Result<Vec<Recipient>, _> = keys.values().map(|key| key.parse()).collect();
        match recipients? {
            none if none.is_empty() => Err(Error::refused("backup", "no_backup_key")),
            some => Ok(Outward::Recipients(some)),
        }
    }

    /// Whose code for backups is not the one that they told the log of: slipped in by somebody else.
    pub(crate) async fn strange_backup_keys(&self) -> Result<Vec<UserId>, Error> {
        let mut told = Keys::new();
        for row in store::audit::of_kind(&mut *self.store.read().await?, "backup_key_made").await? {
            let event: Event = serde_json::from_str(&row.body)
                .map_err(|_| Error::Store(StoreError::Damaged("audit")))?;
            if event.object.as_deref() == Some(&*event.user.to_string()) {
                told.extend(event.recipient.map(|recipient| (event.user, recipient)));
            }
        }
        let keys = self.backup_keys().await?.into_iter();
        let strange = keys.filter(|(user, key)| told.get(user) != Some(key));
        Ok(strange.map(|(user, _)| user).collect())
    }

    /// The keys of those who still work here.
    async fn backup_keys(&self) -> Result<Keys, Error> {
        let mut keys: Keys = self
            .get_setting(self.practice_circle, self.practice_record(), KEYS)
            .await?
            .unwrap_or_default();
        let accounts = store::account::all(&mut *self.store.read().await?).await?;
        let works = |id: &UserId| {
            let account = accounts.iter().find(|account| account.id == *id);
            account.is_some_and(|account| account.state == "active")
        };
        keys.retain(|user, _| works(user));
        Ok(keys)
    }

    /// Makes this user's sheet one that opens backups, in place of a former one of this user's. The secret half goes on paper
    /// and is kept nowhere.
    pub(crate) async fn make_backup_key(&self) -> Result<Identity, Error> {
        self.rights().decide_manage()?;
        let identity = Identity::make();
        let mut write = self.store.write().await?;
        let former: Option<Keys> = self
            .get_setting(self.practice_circle, self.practice_record(), KEYS)
            .await?;
        let (circle, recipient) = (self.practice_circle, identity.recipient());
        self.put_backup_key(&mut write, circle, former.unwrap_or_default(), &recipient)
            .await?;
        write.commit().await?;
        Ok(identity)
    }

    /// Adds the public half for this user to those that there are, and tells the log.
    pub(crate) async fn put_backup_key(
        &self,
        write: &mut Write<'_>,
        circle: CircleId,
        mut keys: Keys,
        recipient: &Recipient,
    ) -> Result<(), Error> {
        keys.insert(self.user, recipient.to_string());
        self.put_setting(write, circle, self.practice_record(), KEYS, &keys)
            .await?;
        let mut event = self.event(EventKind::BackupKeyMade).object(self.user);
        event.recipient = Some(recipient.to_string());
        self.log(write, event).await
    }

    /// Notes a backup that was proven.
    pub(super) async fn note_backup(&self, backup: &Backup) -> Result<(), Error> {
        let mut write = self.store.write().await?;
        self.change_backup_state(&mut write, |state| {
            state.kept.push(backup.clone());
            state.failed = None;
        })
        .await?;
        let event = self.event(EventKind::BackupMade).object(&backup.sha256);
        self.log(&mut write, event.count(backup.documents)).await?;
        Ok(write.commit().await?)
    }

    /// Notes that a backup of the plan failed, for a word of the program.
    pub(super) async fn note_failure(&self, error: &Error) -> Result<(), Error> {
        let (now, word) = (self.now(), failure_word(error));
        let mut write = self.store.write().await?;
        self.change_backup_state(&mut write, |state| {
            state.failed = Some((now, word.to_owned()))
        })
        .await?;
        let event = self.event(EventKind::BackupMade).refused().reason(word);
        self.log(&mut write, event).await?;
        Ok(write.commit().await?)
    }

    /// Notes a drill.
    pub(crate) async fn note_drill(&self, drill: &Drill) -> Result<(), Error> {
        let mut write = self.store.write().await?;
        self.change_backup_state(&mut write, |state| state.drill = Some(drill.clone()))
            .await?;
        let event = self.event(EventKind::RestoreDrilled).object(&drill.sha256);
        let event = event.count(drill.findings.len());
        let event = if drill.findings.is_empty() {
            event
        } else {
            event.refused()
        };
        self.log(&mut write, event).await?;
        Ok(write.commit().await?)
    }

    /// Changes what is remembered of backups, inside a change: nobody else writes it meanwhile.
    pub(super) async fn change_backup_state(
        &self,
        write: &mut Write<'_>,
        change: impl FnOnce(&mut BackupState),
    ) -> Result<(), Error> {
        let mut state = self.backup_state().await?;
        change(&mut state);
        self.put_setting(
            write,
            self.practice_circle,
            self.practice_record(),
            STATE,
            &state,
        )
        .await
    }
}

/// Backups that lie in a folder, by their names; what is not known of them (digest, numbers) is empty.
fn files_in(folder: &Path) -> Vec<Backup> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let found = entries.flatten().filter_map(|entry| {
        let at = moment_of(entry.file_name().to_str()?)?;
        Some(Backup {
            at,
            path: entry.path().to_string_lossy().into_owned(),
            size: entry.metadata().ok()?.len(),
            sha256: String::new(),
            dossiers: 0,
            documents: 0,
            log: 0,
            aside: false,
        })
    });
    found.collect()
}

/// What kept a backup from being made, as a word of the program.
fn failure_word(error: &Error) -> &'static str {
    match error {
        Error::Store(StoreError::Full) => "full",
        Error::Store(StoreError::Io(std::io::ErrorKind::NotFound)) | Error::Refused { .. } => {
            "no_folder"
        }
        Error::Store(StoreError::Damaged(_)) => "damaged",
        Error::Store(StoreError::Io(_)) => "io",
        _ => "other",
    }
}
