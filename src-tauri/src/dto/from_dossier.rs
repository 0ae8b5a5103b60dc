//! From the core's shapes to the page's: dossiers, lists and the story.

use super::{
    Change, Draft, Entry, EntryChange, EntryContent, FieldState, Hit, ListPage, Progress, Row,
    Saved, WithheldReason, filled, moment, number,
};
use dossierkluis::{
    access::{Reason, Seen, ViewedEntry},
    dossier as core,
    error::Error,
    ids::UserId,
};
use std::collections::HashMap;

/// Names of the people of the practice.
pub type Names = HashMap<UserId, String>;

/// The name of somebody; empty when nobody is known by that id.
pub fn name_of(names: &Names, user: UserId) -> String {
    names.get(&user).cloned().unwrap_or_default()
}

impl From<core::Row> for Row {
    fn from(row: core::Row) -> Self {
        Self {
            id: row.id.to_string(),
            kind: row.kind.to_owned(),
            date_of_birth: filled(&row.date_of_birth),
            town: filled(&row.town),
            organisation: filled(&row.organisation),
            job_title: filled(&row.job_title),
            department: filled(&row.department),
            work_location: filled(&row.work_location),
            circle: row.circle.to_string(),
            vault: row.vault.map(|vault| vault.to_string()),
            changed: moment(row.changed_at),
            name: row.name,
            sort_name: row.listed,
        }
    }
}

impl From<core::Progress> for Progress {
    fn from(progress: core::Progress) -> Self {
        Self {
            task: progress.task.to_owned(),
            done: number(progress.done),
            total: number(progress.total),
        }
    }
}

impl From<core::ListPage> for ListPage {
    fn from(page: core::ListPage) -> Self {
        let rows = page.rows.into_iter().map(Row::from).collect();
        Self {
            total: number(page.total),
            rows,
            loading: page.loading.map(Progress::from),
        }
    }
}

impl From<core::Found> for Hit {
    fn from(found: core::Found) -> Self {
        let marks = found
            .marks
            .iter()
            .map(|(from, to)| (number(*from), number(*to)))
            .collect();
        Self {
            row: found.row.into(),
            field: found.field.to_owned(),
            snippet: found.snippet.to_string(),
            marks,
        }
    }
}

impl From<&Seen> for FieldState {
    fn from(seen: &Seen) -> Self {
        match seen {
            Seen::Shown {
                value,
                revision,
                editable,
            } => Self::Shown {
                value: value.as_deref().cloned(),
                revision: number(*revision),
                editable: *editable,
            },
            Seen::Withheld {
                reason,
                revision,
                editable,
            } => match WithheldReason::of(*reason) {
                Some(reason) => Self::Withheld { reason },
                None => Self::Masked {
                    revision: number(*revision),
                    editable: *editable,
                },
            },
        }
    }
}

impl WithheldReason {
    /// None for what is only masked.
    pub fn of(reason: Reason) -> Option<Self> {
        match reason {
            Reason::Masked => None,
            Reason::NoGrant => Some(Self::NoGrant),
            Reason::KeyMissing => Some(Self::KeyMissing),
            Reason::Medical => Some(Self::Medical),
            Reason::VaultClosed => Some(Self::VaultClosed),
        }
    }
}

impl From<core::Saved> for Saved {
    fn from(saved: core::Saved) -> Self {
        Self {
            revision: number(saved.revision),
            warnings: saved.warnings.into_iter().map(str::to_owned).collect(),
        }
    }
}

impl From<core::Draft> for Draft {
    fn from(draft: core::Draft) -> Self {
        Self {
            dossier: draft.dossier.to_string(),
            name: draft.name.to_string(),
            field: draft.field,
            text: draft.text.to_string(),
            at: moment(draft.at),
        }
    }
}

impl From<core::EntryContent> for EntryContent {
    fn from(content: core::EntryContent) -> Self {
        Self {
            text: content.text,
            on: content.on,
            title: content.title,
            channel: content.channel,
            role: content.role,
            state: content.state,
            parent: content.parent,
            telephone: content.telephone,
            email: content.email,
            until: content.until,
            amount: content.amount,
            hours: content.hours,
            dossier: content.dossier,
            kind: content.kind,
            file: content.file.map(|file| file.into_inner().into()),
            origin: content.origin,
            professional: content.professional,
            exchange: content.exchange,
            confirmed: false,
        }
    }
}

impl From<EntryContent> for core::EntryContent {
    fn from(content: EntryContent) -> Self {
        Self {
            text: content.text,
            on: content.on,
            title: content.title,
            channel: content.channel,
            role: content.role,
            state: content.state,
            parent: content.parent,
            telephone: content.telephone,
            email: content.email,
            until: content.until,
            amount: content.amount,
            hours: content.hours,
            dossier: content.dossier,
            kind: content.kind,
            professional: content.professional,
            exchange: content.exchange,
            confirmed: content.confirmed,
            ..Self::default()
        }
    }
}

impl Change {
    pub fn new(change: core::Change, names: &Names) -> Self {
        let before = change.before.as_deref().cloned();
        Self {
            id: change.id.to_string(),
            at: moment(change.at),
            by: name_of(names, change.by),
            before,
            masked: false,
        }
    }
}

impl EntryChange {
    pub fn new(change: core::EntryChange, names: &Names) -> Self {
        Self {
            id: change.id.to_string(),
            at: moment(change.at),
            by: name_of(names, change.by),
            before: change.before.into(),
        }
    }
}

impl Entry {
    pub fn new(entry: &ViewedEntry, names: &Names) -> Result<Self, Error> {
        Ok(Self {
            id: entry.id.to_string(),
            field: entry.field.to_owned(),
            content: core::EntryContent::parse(entry.content.as_bytes())?.into(),
            revision: number(entry.revision),
            created: moment(entry.created_at),
            created_by: name_of(names, entry.created_by),
            changed: moment(entry.changed_at),
            changed_by: name_of(names, entry.changed_by),
            editable: entry.editable,
        })
    }
}
