//! Opening and closing a practice. `Locked` and `Practice` are two types: locking consumes the open one, wipes its keys and
//! closes the store.

mod about;
mod drill;
mod erased;
mod found;
mod log;
mod password;
mod recover;
mod retire;
mod salvage;
mod share;
mod sheet;
mod unlock;

pub use crate::session::{Clock, Practice, Stopper};
pub use found::Founding;
pub use log::{LogEntry, LogPage, Proof};
pub use recover::Recovery;
pub use retire::{Certificate, Retirement};
pub use salvage::Salvaged;
pub use share::ShareSheet;
pub use sheet::{RecoverySheet, backup_opener};

pub(crate) use found::refuse_password;
pub(crate) use sheet::{make_sheet, parse_sheet};
pub(crate) use unlock::hash_in_background;

use crate::{
    audit::EventKind,
    error::Error,
    ids::UserId,
    store::{DATABASE, FolderLock, KEYRING, KeyringFile, StoreError, copies},
};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError},
};

/// A practice folder that this process holds and nobody has opened.
pub struct Locked {
    folder: PathBuf,
    folder_lock: FolderLock,
    file: KeyringFile,
    clock: Clock,
    workstation: String,
}

/// A user on the sign-in screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInName {
    /// Who.
    pub id: UserId,
    /// Display name.
    pub name: String,
}

impl Locked {
    /// Whether there is a practice in this folder (or what is left of one).
    pub fn exists(folder: &Path) -> bool {
        [KEYRING, DATABASE]
            .iter()
            .chain(&copies::COPIES)
            .any(|name| folder.join(name).exists())
    }

    /// Takes the folder. `workstation` is the name of this computer, for the log.
    pub fn open(folder: &Path, clock: Clock, workstation: &str) -> Result<Self, Error> {
        if !Self::exists(folder) {
            return Err(Error::Store(StoreError::Missing));
        }
        let folder_lock = FolderLock::take(folder)?;
        let file = match KeyringFile::read(folder) {
            // A database without its keyring is a damaged practice, not an empty folder.
            Err(StoreError::Missing) => {
                return Err(Error::Store(StoreError::Damaged("keyring missing")));
            }
            other => other?,
        };
        // A keyring without copies is worse than before, and no reason to keep anybody out.
        if let Err(error) = copies::catch_up(folder) {
            tracing::warn!(%error, "the copies of the keyring are behind");
        }
        Ok(Self {
            folder: folder.to_owned(),
            folder_lock,
            file,
            clock,
            workstation: workstation.to_owned(),
        })
    }

    /// When the newest copy of the keyring was written, in ms, where one is needed: the keyring is damaged, missing or older
    /// than its copies. `None` where it is in order, or there is no copy.
    pub fn copy_of_keyring(folder: &Path) -> Option<i64> {
        match KeyringFile::read(folder) {
            Err(error) if is_broken(&error) && Self::exists(folder) => copies::newest(folder),
            _ => None,
        }
    }

    /// Puts the newest sound copy in the place of a keyring that is damaged, missing or older than its copies; gives when it
    /// was written, in ms. The log tells of it at the next sign-in.
    pub fn rebuild_keyring(folder: &Path) -> Result<i64, Error> {
        if !Self::exists(folder) {
            return Err(Error::Store(StoreError::Missing));
        }
        let _alone = FolderLock::take(folder)?;
        match KeyringFile::read(folder) {
            Ok(_) => Err(Error::refused("keyring", "in_order")),
            Err(error) if is_broken(&error) => Ok(KeyringFile::rebuild(folder)?),
            Err(error) => Err(error.into()),
        }
    }

    /// The name of the practice, unless hidden.
    pub fn practice_name(&self) -> Option<&str> {
        self.file.practice_name.as_deref()
    }

    /// Whether a name must be typed.
    pub fn hides_users(&self) -> bool {
        self.file.hide_users
    }

    /// Who can sign in, unless hidden.
    pub fn users(&self) -> Vec<SignInName> {
        let open = self.file.users.iter().filter(|entry| !entry.is_blocked());
        open.filter_map(|entry| {
            Some(SignInName {
                id: entry.id,
                name: entry.name.clone()?,
            })
        })
        .collect()
    }
}

fn is_broken(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::Damaged(_) | StoreError::Missing | StoreError::RolledBack(_)
    )
}

impl Practice {
    /// Locks: what waits is logged, the memory and the keys are wiped, and every connection is closed. Nothing that was
    /// got from this practice reads anything any more.
    pub async fn lock(self) -> Result<Locked, Error> {
        self.stopping.stop();
        let told = self.tell_locked().await;
        let Self {
            folder,
            folder_lock,
            file,
            store,
            ring,
            memory,
            store_key,
            clock,
            workstation,
            sheet,
            ..
        } = self;
        drop((ring, memory, store_key, sheet));
        store.close().await?;
        told?;
        let file = file.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(Locked {
            folder,
            folder_lock,
            file,
            clock,
            workstation,
        })
    }

    pub(super) async fn tell_locked(&self) -> Result<(), Error> {
        self.log_pending().await?;
        let mut write = self.store.write().await?;
        self.log(&mut write, self.event(EventKind::Locked)).await?;
        self.remember_end(&mut write).await?;
        Ok(write.commit().await?)
    }

    /// Forgets what was read, as the lock does; for starting to load again.
    pub fn forget(&self) {
        self.memory_mut().begin_anew();
    }
}

/// The clock of the operating system.
pub fn system_clock() -> Clock {
    Arc::new(chrono::Utc::now)
}
