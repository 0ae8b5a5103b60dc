//! When a backup is due, whether one was missed, and which are kept: pure functions of the plan, of what was made, and of a
//! moment.

use chrono::{DateTime, Datelike, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
/// After a failure (a stick that is not there) it is tried again so much later.
const AGAIN: i64 = 15 * MINUTE;
/// A backup at closing is worth its time when the last one is so old.
const CLOSING: i64 = 4 * HOUR;
/// Beyond the time between two, before one counts as missed: a night, or the way to work.
const GRACE: i64 = 12 * HOUR;
/// The name of a backup: its moment (UTC) and nothing else.
const NAME: &str = "%Y-%m-%dT%H%M%SZ.age";

/// The day, week or month of a moment.
type Span = fn(DateTime<Utc>) -> (i32, u32);

/// Where backups go, how often, and how many are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BackupPlan {
    /// A folder, a stick or a network drive; empty for none yet.
    pub folder: String,
    /// Hours between two while the program runs; 0 for only by hand and at closing.
    pub every_hours: u32,
    /// Also when the program closes.
    pub at_closing: bool,
    /// Days of which the last one is kept.
    pub daily: u32,
    /// Weeks of which the last one is kept.
    pub weekly: u32,
    /// Months of which the last one is kept.
    pub monthly: u32,
}

impl Default for BackupPlan {
    fn default() -> Self {
        Self {
            folder: String::new(),
            every_hours: 24,
            at_closing: true,
            daily: 7,
            weekly: 5,
            monthly: 12,
        }
    }
}

/// A backup that was made and proven: read back from its place, opened, and found to be what went in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// Moment of the snapshot, in ms.
    pub at: i64,
    /// The file.
    pub path: String,
    /// Its bytes.
    pub size: u64,
    /// SHA-256 of the whole file, in hexadecimal.
    pub sha256: String,
    /// Dossiers in it.
    pub dossiers: usize,
    /// Documents in it.
    pub documents: usize,
    /// The last link of the log in it.
    pub log: i64,
    /// Made by hand to a place of its own: no part of the rotation.
    pub aside: bool,
}

/// A restore that was tried, with what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drill {
    /// When, in ms.
    pub at: i64,
    /// Moment of the backup, in ms.
    pub backup: i64,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Dossiers that came back.
    pub dossiers: usize,
    /// Documents that came back.
    pub documents: usize,
    /// Values that this user opened in it.
    pub opened: usize,
    /// Faults; none when it restores.
    pub findings: Vec<String>,
}

/// What was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BackupState {
    /// Backups that are kept, oldest first.
    pub kept: Vec<Backup>,
    /// The last failure, when it is later than every backup: its moment and a word of the program.
    pub failed: Option<(i64, String)>,
    /// The last drill.
    pub drill: Option<Drill>,
    /// Since when there is a plan with a folder, in ms.
    pub planned_at: i64,
}

/// How backups stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No folder was chosen.
    NoFolder,
    /// In time; the moment of the last one, if any.
    Good(Option<i64>),
    /// One was missed; the moment of the last one, if any.
    Missed(Option<i64>),
}

impl BackupState {
    /// The last one that was proven.
    pub fn last(&self) -> Option<&Backup> {
        self.kept.iter().max_by_key(|backup| backup.at)
    }

    /// Age of the last one, in ms. A moment in the future (a clock that was put back) is as good as none.
    fn age(&self, now: i64) -> Option<i64> {
        let past = self.kept.iter().filter(|backup| backup.at <= now);
        past.map(|backup| now - backup.at).min()
    }

    fn may_try(&self, now: i64) -> bool {
        let waits = |at: i64| (0..AGAIN).contains(&(now - at));
        !self.failed.as_ref().is_some_and(|(at, _)| waits(*at))
    }
}

impl BackupPlan {
    /// Whether one is to be made now.
    pub fn is_due(&self, state: &BackupState, now: i64) -> bool {
        let every = i64::from(self.every_hours) * HOUR;
        let old = state.age(now).is_none_or(|age| age >= every);
        !self.folder.is_empty() && every > 0 && old && state.may_try(now)
    }

    /// Whether one is to be made at closing.
    pub fn is_due_at_closing(&self, state: &BackupState, now: i64) -> bool {
        let old = state.age(now).is_none_or(|age| age >= CLOSING);
        !self.folder.is_empty() && self.at_closing && old
    }

    /// How backups stand.
    pub fn standing(&self, state: &BackupState, now: i64) -> Standing {
        if self.folder.is_empty() {
            return Standing::NoFolder;
        }
        let last = state.last().map(|backup| backup.at);
        let hours = if self.every_hours == 0 {
            24
        } else {
            self.every_hours
        };
        let late = i64::from(hours) * HOUR + GRACE;
        let age = state.age(now).unwrap_or(now - state.planned_at);
        if age > late {
            Standing::Missed(last)
        } else {
            Standing::Good(last)
        }
    }

    /// Places in the list of those that need not be kept any longer: all but the last of each of so many days, weeks and
    /// months, and never the newest.
    pub fn surplus(&self, kept: &[Backup]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..kept.len()).filter(|at| !kept[*at].aside).collect();
        order.sort_by_key(|at| std::cmp::Reverse(kept[*at].at));
        let mut keep: HashSet<usize> = order.first().copied().into_iter().collect();
        let spans: [(u32, Span); 3] = [
            (self.daily, |at| (at.year(), at.ordinal())),
            (self.weekly, |at| {
                (at.iso_week().year(), at.iso_week().week())
            }),
            (self.monthly, |at| (at.year(), at.month())),
        ];
        for (count, span) in spans {
            let mut seen = HashSet::new();
            for at in &order {
                let moment = DateTime::from_timestamp_millis(kept[*at].at).unwrap_or_default();
                if seen.len() < count as usize && seen.insert(span(moment)) {
                    keep.insert(*at);
                }
            }
        }
        order.into_iter().filter(|at| !keep.contains(at)).collect()
    }
}

/// The name of the file of a backup that is made at this moment (ms).
pub fn backup_name(at: i64) -> String {
    let moment = DateTime::from_timestamp_millis(at).unwrap_or_default();
    moment.format(NAME).to_string()
}

/// The moment (ms) that the name of a backup tells.
pub fn moment_of(name: &str) -> Option<i64> {
    let moment = NaiveDateTime::parse_from_str(name, NAME).ok()?;
    Some(moment.and_utc().timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DAY: i64 = 24 * HOUR;
    const START: i64 = 1_790_000_000_000;

    fn made(at: i64) -> Backup {
        Backup {
            at,
            path: backup_name(at),
            size: 1,
            sha256: String::new(),
            dossiers: 0,
            documents: 0,
            log: 1,
            aside: false,
        }
    }

    fn state(moments: &[i64]) -> BackupState {
        BackupState {
            kept: moments.iter().copied().map(made).collect(),
            ..BackupState::default()
        }
    }

    fn plan() -> BackupPlan {
        BackupPlan {
            folder: "/media/stick".to_owned(),
            ..BackupPlan::default()
        }
    }

    /// Keeps, as a practice does day after day.
    fn rotate(kept: &mut Vec<Backup>, plan: &BackupPlan) {
        let away = plan.surplus(kept);
        let mut at = 0;
        kept.retain(|_| {
            at += 1;
            !away.contains(&(at - 1))
        });
    }

    #[test]
    fn a_year_of_days_leaves_days_weeks_and_months() {
        let (plan, mut kept) = (plan(), Vec::new());
        for day in 0..400 {
            kept.push(made(START + day * DAY));
            rotate(&mut kept, &plan);
        }
        let age = |backup: &Backup| (START + 399 * DAY - backup.at) / DAY;
        let ages: Vec<i64> = kept.iter().map(age).rev().collect();
        assert_eq!(ages[..7], [0, 1, 2, 3, 4, 5, 6]);
        assert!(
            ages.last()
                .is_some_and(|oldest| (320..=366).contains(oldest)),
            "{ages:?}"
        );
        assert!(ages.len() <= 24 && ages.len() >= 20, "{ages:?}");
    }

    #[test]
    fn what_is_due_and_what_is_missed() {
        let (plan, last) = (plan(), START);
        let one = state(&[last]);
        let cases = [
            (last + HOUR, false, false, Standing::Good(Some(last))),
            (last + 5 * HOUR, false, true, Standing::Good(Some(last))),
            (last + DAY, true, true, Standing::Good(Some(last))),
            (last + 2 * DAY, true, true, Standing::Missed(Some(last))),
            // The clock was put back.
            (last - 2 * DAY, true, true, Standing::Missed(Some(last))),
        ];
        for (now, due, closing, standing) in cases {
            assert_eq!(plan.is_due(&one, now), due, "{now}");
            assert_eq!(plan.is_due_at_closing(&one, now), closing, "{now}");
            assert_eq!(plan.standing(&one, now), standing, "{now}");
        }
        assert_eq!(
            BackupPlan::default().standing(&one, last),
            Standing::NoFolder
        );
        assert!(!BackupPlan::default().is_due(&state(&[]), last));
        let mut failed = state(&[]);
        failed.failed = Some((last, "io".to_owned()));
        assert!(!plan.is_due(&failed, last + MINUTE) && plan.is_due(&failed, last + AGAIN));
    }

    #[test]
    fn names_tell_the_moment_alone() {
        assert_eq!(backup_name(START), "2026-09-21T141320Z.age");
        assert_eq!(moment_of("2026-09-21T141320Z.age"), Some(START));
        for name in ["praktijk.age", "2026-09-21T141320Z.age.part", ""] {
            assert_eq!(moment_of(name), None);
        }
    }

    proptest! {
        #[test]
        fn rotation_keeps_the_newest_and_not_too_many(
            hours in prop::collection::vec(0..20_000i64, 1..80), daily in 0..9u32, weekly in 0..9u32, monthly in 0..15u32,
            aside: prop::sample::Index,
        ) {
            let plan = BackupPlan { daily, weekly, monthly, ..plan() };
            let mut kept: Vec<Backup> = hours.iter().map(|hour| made(START + hour * HOUR)).collect();
            let aside = aside.index(kept.len());
            kept[aside].aside = true;
            let newest = kept.iter().filter(|one| !one.aside).map(|one| one.at).max();
            rotate(&mut kept, &plan);
            let in_turn: Vec<i64> = kept.iter().filter(|one| !one.aside).map(|one| one.at).collect();
            prop_assert_eq!(in_turn.iter().copied().max(), newest);
            prop_assert!(in_turn.len() <= (daily + weekly + monthly).max(1) as usize);
            prop_assert!(kept.iter().any(|one| one.aside));
            let before = kept.clone();
            rotate(&mut kept, &plan);
            prop_assert_eq!(kept, before);
        }

        #[test]
        fn a_name_is_read_back(at in 0..4_000_000_000_000i64) {
            prop_assert_eq!(moment_of(&backup_name(at)), Some(at - at.rem_euclid(1000)));
        }
    }
}
