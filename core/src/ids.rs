//! Identities of rows: time-ordered UUIDs, one type per kind of row so that one cannot stand where another is meant.

use serde::{Deserialize, Serialize};
use std::{
    collections::{HashMap, HashSet},
    fmt,
    str::FromStr,
};
use uuid::Uuid;

/// A map of what is looked up very often, by its id: a quick hash with a seed of its own, against ids that somebody chose.
pub type ById<K, V> = HashMap<K, V, foldhash::fast::RandomState>;
/// A set of such ids.
pub type Ids<K> = HashSet<K, foldhash::fast::RandomState>;

/// The text is not an identity of this program.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not an id")]
pub struct NotAnId;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, sqlx::Type)]
        #[sqlx(transparent)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new identity, later than every earlier one of this process.
            pub fn make() -> Self {
                Self(Uuid::now_v7())
            }

            /// The sixteen bytes, as stored and as bound into ciphertexts.
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }

            /// From sixteen stored bytes.
            pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotAnId> {
                Uuid::from_slice(bytes).map(Self).map_err(|_| NotAnId)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::try_parse(text).map(Self).map_err(|_| NotAnId)
            }
        }
    };
}

id!(
    /// A practice: one store, one keyring.
    PracticeId
);
id!(
    /// A sealed file.
    FileId
);
id!(
    /// A person who signs in.
    UserId
);
id!(
    /// Users with the same default grants.
    GroupId
);
id!(
    /// Users who share dossiers; a key of its own.
    CircleId
);
id!(
    /// Somebody standing in for somebody with some dossiers, for a time.
    StandInId
);
id!(
    /// One person's (or relation's) dossier.
    DossierId
);
id!(
    /// One record in the story of a dossier: a note, a goal, a contact.
    EntryId
);
id!(
    /// One earlier value in a history.
    ChangeId
);

impl ChangeId {
    /// A new identity that sorts after the last one of its history, also where a clock was put back.
    pub fn after(last: Option<Self>) -> Self {
        let new = Self::make();
        match last {
            Some(last) if last >= new => Self(Uuid::from_u128(last.0.as_u128().saturating_add(1))),
            _ => new,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_keep_their_order_when_the_clock_is_put_back() {
        let ahead = ChangeId(Uuid::from_u128(u128::MAX - 1));
        assert!(ChangeId::after(Some(ahead)) > ahead);
        let before = ChangeId::make();
        assert!(ChangeId::after(Some(before)) > before);
    }
}
