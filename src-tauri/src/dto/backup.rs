//! Backups.

use super::{maybe_moment, moment, number};
use dossierkluis::{
    store::Since,
    transfer::backup::{self as core, Standing},
};
use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BackupPlan {
    /// Empty for none yet.
    pub folder: String,
    /// 0 for only by hand and at closing.
    pub every_hours: u32,
    pub at_closing: bool,
    pub daily: u32,
    pub weekly: u32,
    pub monthly: u32,
}

/// A backup: at is its moment; sha256 is empty where nothing is known but the file.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BackupInfo {
    pub at: String,
    pub name: String,
    /// Kilobytes.
    pub size: u32,
    pub sha256: String,
    pub dossiers: u32,
    pub documents: u32,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BackupFailure {
    pub at: String,
    pub reason: String,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DrillInfo {
    pub at: String,
    pub backup: String,
    pub dossiers: u32,
    pub documents: u32,
    pub opened: u32,
    /// Faults; 0 when it restores.
    pub findings: u32,
}

#[derive(Clone, Copy, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum BackupStanding {
    /// No folder was chosen.
    NoFolder,
    /// No sheet opens backups yet.
    NoKey,
    Good,
    Missed,
}

/// How backups stand, for everybody.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BackupState {
    pub standing: BackupStanding,
    pub last: Option<String>,
    pub failed: Option<BackupFailure>,
}

/// What whoever manages the practice sees of them.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Backups {
    pub state: BackupState,
    pub plan: BackupPlan,
    pub last: Option<BackupInfo>,
    pub drill: Option<DrillInfo>,
    /// Newest first.
    pub there: Vec<BackupInfo>,
}

/// What putting a backup back would lose; null where it cannot be known.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PickedBackup {
    pub name: String,
    pub at: Option<String>,
    /// Kilobytes.
    pub size: u32,
    pub loss: Option<Loss>,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Loss {
    pub made: u32,
    pub changed: u32,
    pub entries: u32,
    pub documents: u32,
}

impl From<core::BackupPlan> for BackupPlan {
    fn from(plan: core::BackupPlan) -> Self {
        Self {
            folder: plan.folder,
            every_hours: plan.every_hours,
            at_closing: plan.at_closing,
            daily: plan.daily,
            weekly: plan.weekly,
            monthly: plan.monthly,
        }
    }
}

impl From<BackupPlan> for core::BackupPlan {
    fn from(plan: BackupPlan) -> Self {
        Self {
            folder: plan.folder,
            every_hours: plan.every_hours,
            at_closing: plan.at_closing,
            daily: plan.daily,
            weekly: plan.weekly,
            monthly: plan.monthly,
        }
    }
}

impl From<&core::Backup> for BackupInfo {
    fn from(backup: &core::Backup) -> Self {
        let name = std::path::Path::new(&backup.path).file_name();
        Self {
            at: moment(backup.at),
            name: name.unwrap_or_default().to_string_lossy().into_owned(),
            size: kilobytes(backup.size),
            sha256: backup.sha256.clone(),
            dossiers: number(backup.dossiers),
            documents: number(backup.documents),
        }
    }
}

impl From<&core::Drill> for DrillInfo {
    fn from(drill: &core::Drill) -> Self {
        Self {
            at: moment(drill.at),
            backup: moment(drill.backup),
            dossiers: number(drill.dossiers),
            documents: number(drill.documents),
            opened: number(drill.opened),
            findings: number(drill.findings.len()),
        }
    }
}

impl BackupState {
    pub fn new(standing: Standing, has_key: bool, state: &core::BackupState) -> Self {
        let standing = match standing {
            _ if !has_key => BackupStanding::NoKey,
            Standing::NoFolder => BackupStanding::NoFolder,
            Standing::Good(_) => BackupStanding::Good,
            Standing::Missed(_) => BackupStanding::Missed,
        };
        Self {
            standing,
            last: state.last().and_then(|backup| maybe_moment(backup.at)),
            failed: state.failed.as_ref().map(|(at, reason)| BackupFailure {
                at: moment(*at),
                reason: reason.clone(),
            }),
        }
    }
}

impl From<Since> for Loss {
    fn from(since: Since) -> Self {
        Self {
            made: number(since.made),
            changed: number(since.changed),
            entries: number(since.entries),
            documents: number(since.documents),
        }
    }
}

/// Rounded up: a file of some bytes is not nothing.
pub fn kilobytes(bytes: u64) -> u32 {
    number(bytes.div_ceil(1024))
}
