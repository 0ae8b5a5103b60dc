//! What comes out. Screens, lists, search, export and the command line take nothing else.

use super::Denial;
use crate::ids::{CircleId, DossierId, EntryId, UserId};
use serde::Serialize;
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// An opened text; wiped when dropped.
pub type Text = Zeroizing<String>;

/// Why a value does not come out. The same whether or not there is a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// No grant on the field.
    NoGrant,
    /// Granted, but the key has not been given yet.
    KeyMissing,
    /// For the physician alone.
    Medical,
    /// May be seen on request: one at a time, and logged.
    Masked,
    /// In a vault that this user may open and has not.
    VaultClosed,
}

impl Reason {
    /// The reason that a denial of one field gives.
    pub fn of(denial: Denial) -> Self {
        match denial {
            Denial::Medical => Self::Medical,
            Denial::KeyMissing => Self::KeyMissing,
            Denial::VaultClosed => Self::VaultClosed,
            _ => Self::NoGrant,
        }
    }

    /// The permanent word for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoGrant => "no_grant",
            Self::KeyMissing => "key_missing",
            Self::Medical => "medical",
            Self::Masked => "masked",
            Self::VaultClosed => "vault_closed",
        }
    }
}

/// One field as it comes out.
pub enum Seen {
    /// Open to this user; `None` when nothing was filled in.
    Shown {
        /// The stored text.
        value: Option<Text>,
        /// What an update must state.
        revision: i64,
        /// Whether this user may change it.
        editable: bool,
    },
    /// Not open to this user, or not yet.
    Withheld {
        /// Why.
        reason: Reason,
        /// What an update must state, for a masked field that may be changed; else 0.
        revision: i64,
        /// Whether this user may change it.
        editable: bool,
    },
}

impl Seen {
    /// The value, if it is shown and filled in.
    pub fn value(&self) -> Option<&str> {
        match self {
            Self::Shown {
                value: Some(value), ..
            } => Some(value),
            _ => None,
        }
    }
}

/// One entry of the story as it comes out; entries that may not be read do not.
pub struct ViewedEntry {
    /// Which.
    pub id: EntryId,
    /// The entry list that it belongs to.
    pub field: &'static str,
    /// JSON of its content.
    pub content: Text,
    /// What an update must state.
    pub revision: i64,
    /// In ms.
    pub created_at: i64,
    /// By whom.
    pub created_by: UserId,
    /// In ms.
    pub changed_at: i64,
    /// By whom.
    pub changed_by: UserId,
    /// In the bin since, in ms; 0 for not.
    pub binned_at: i64,
    /// Whether this user may change it.
    pub editable: bool,
}

/// One dossier as one user may see it.
pub struct View {
    /// Which.
    pub id: DossierId,
    /// Its kind.
    pub kind: &'static str,
    /// Its circle.
    pub circle: CircleId,
    /// The vault that holds what is not in the staff list.
    pub vault: Option<CircleId>,
    /// In ms.
    pub created_at: i64,
    /// In ms.
    pub changed_at: i64,
    /// In the bin since, in ms; 0 for not.
    pub binned_at: i64,
    /// Every field of the kind that is a value.
    pub fields: BTreeMap<&'static str, Seen>,
    /// Newest first.
    pub entries: Vec<ViewedEntry>,
    /// Entry lists that this user may not read, with the reason.
    pub withheld_entries: Vec<(&'static str, Reason)>,
    /// Entry lists that this user may write in.
    pub editable_entries: Vec<&'static str>,
}
