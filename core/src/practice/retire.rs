//! "This computer goes away": the keys and files of the practice here are destroyed, after a verified backup.

use super::Locked;
use crate::{
    access::Text,
    audit::{Event, EventKind},
    error::Error,
    ids::PracticeId,
    session::Practice,
    store::{
        self,
        shred::{Shredded, shred},
    },
    transfer::backup::Workplace,
};
use chrono::{DateTime, Utc};

/// Leave to destroy, once everything was asked that has to be. Only [`Practice::prepare_retirement`] gives one.
pub struct Retirement {
    practice: PracticeId,
    name: String,
    by: Text,
    backup: i64,
}

/// A page that says what was destroyed, without anything of its content.
pub struct Certificate {
    /// Name of the practice.
    pub practice: String,
    /// Who did it.
    pub by: Text,
    /// On which computer.
    pub workstation: String,
    /// When it was done.
    pub at: DateTime<Utc>,
    /// When the last backup was verified, in ms.
    pub backup: i64,
    /// What was destroyed.
    pub destroyed: Shredded,
}

/// Entries of the log that are looked at together.
const PAGE: i64 = 200;

impl Practice {
    /// Asks everything that has to be asked before this practice is destroyed here: an administrator, the password, the name of
    /// the practice typed in full, and a backup that was verified after the last change. Nothing is destroyed yet.
    pub async fn prepare_retirement(
        &self,
        typed: &str,
        password: &str,
    ) -> Result<Retirement, Error> {
        self.rights().decide_manage()?;
        let settings = self.settings().await?;
        if typed.trim() != settings.practice.trim() {
            return Err(Error::refused("practice", "name_differs"));
        }
        // None is there that was not read back and found whole.
        let backup = self.last_backup().await?;
        let backup = backup.ok_or(Error::refused("backup", "no_backup"))?.at;
        if self.last_change().await? > backup {
            return Err(Error::refused("backup", "backup_older"));
        }
        self.ask_password(password).await?;
        self.log_now(self.event(EventKind::Retired)).await?;
        Ok(Retirement {
            practice: self.id,
            name: settings.practice,
            by: self.user_name(self.user).await?,
            backup,
        })
    }

    /// When something was last changed, in ms, as the log has it.
    async fn last_change(&self) -> Result<i64, Error> {
        self.log_pending().await?;
        let mut offset = 0;
        loop {
            let mut conn = self.store.read().await?;
            let (_, rows) = store::audit::page(&mut conn, None, offset, PAGE).await?;
            if rows.is_empty() {
                return Ok(0);
            }
            for row in rows {
                let event: Event = serde_json::from_str(&row.body)
                    .map_err(|_| Error::Store(store::StoreError::Damaged("audit")))?;
                if event.event.changes() {
                    return Ok(event.at);
                }
            }
            offset += PAGE;
        }
    }
}

impl Locked {
    /// Destroys the keys, then the database and the documents. There is no way back.
    pub fn retire(self, leave: Retirement) -> Result<Certificate, Error> {
        if leave.practice != self.file.practice {
            return Err(Error::NotFound);
        }
        let Self {
            folder,
            folder_lock,
            clock,
            workstation,
            ..
        } = self;
        Workplace::sweep(&folder)?;
        Ok(Certificate {
            practice: leave.name,
            by: leave.by,
            workstation,
            backup: leave.backup,
            destroyed: shred(&folder, folder_lock)?,
            at: (clock)(),
        })
    }
}

impl Certificate {
    /// The page, in Dutch and English.
    pub fn to_text(&self) -> String {
        let backup = DateTime::from_timestamp_millis(self.backup).unwrap_or_default();
        format!(
            include_str!("certificate.txt"),
            practice = self.practice,
            workstation = self.workstation,
            at = written(self.at),
            by = self.by.as_str(),
            files = self.destroyed.files,
            bytes = self.destroyed.bytes,
            left = self.destroyed.left,
            sha256 = self.destroyed.sha256,
            backup = written(backup),
            program = env!("CARGO_PKG_VERSION"),
        )
    }
}

fn written(at: DateTime<Utc>) -> String {
    at.format("%d-%m-%Y %H:%M UTC").to_string()
}
