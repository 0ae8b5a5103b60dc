//! On what the parts of a package rest. The same at both ends: what needs a consent or another ground and has none stays behind, and
//! is told. What lies there needs one that holds today; what was told to or by another professional, one that held when it was put
//! down.

use super::form::{LeftOut, Packed, PackedEntry};
use crate::{
    access::{Act, Leave},
    catalogue,
    dossier::EntryContent,
    session::Practice,
    time::day_of,
};
use std::collections::{HashMap, HashSet};

/// The reason for which they stay behind.
const NO_GROUND: &str = "no_ground";

/// Parts that rest on nothing.
#[derive(Default)]
pub(super) struct Groundless {
    fields: HashSet<String>,
    /// With their lists.
    entries: HashMap<String, String>,
}

impl Groundless {
    /// Whether this entry is one of them.
    pub fn has(&self, entry: &PackedEntry) -> bool {
        self.entries.contains_key(&entry.id)
    }

    /// Takes them out of the dossier, with the reason.
    pub fn leave_behind(self, packed: &mut Packed) {
        packed
            .fields
            .retain(|field, _| !self.fields.contains(field));
        packed
            .entries
            .retain(|entry| !self.entries.contains_key(&entry.id));
        let gone = self.fields.into_iter().chain(self.entries.into_values());
        packed.left_out.extend(gone.map(|what| LeftOut {
            what,
            reason: NO_GROUND.to_owned(),
        }));
    }
}

impl Practice {
    /// What of a dossier rests on none of these.
    pub(super) fn groundless(&self, packed: &Packed, leaves: &[Leave]) -> Groundless {
        let mut found = Groundless::default();
        let today = self.today();
        for (field, value) in &packed.fields {
            let holds =
                !value.value.is_empty() || value.history.iter().any(|one| !one.before.is_empty());
            let Some(def) = catalogue::field(field).filter(|def| def.is_special() && holds) else {
                continue;
            };
            let decided = self
                .rights()
                .decide_act(leaves, &Act::Record(def.id), &today);
            if decided.is_err() {
                found.fields.insert(field.clone());
            }
        }
        for entry in &packed.entries {
            if self.lacks(entry, leaves, &today) {
                found.entries.insert(entry.id.clone(), entry.field.clone());
            }
        }
        found
    }

    /// Whether an entry has no ground, as it is or as it was before.
    fn lacks(&self, entry: &PackedEntry, leaves: &[Leave], today: &str) -> bool {
        let Some(def) = catalogue::field(&entry.field) else {
            return false;
        };
        // Each content was put down when the one before it was replaced.
        let mut since = entry.created_at;
        let mut contents: Vec<(i64, &EntryContent)> = Vec::new();
        for change in &entry.history {
            contents.push((since, &change.before));
            since = change.at;
        }
        contents.push((since, &entry.content));
        let rights = self.rights();
        contents
            .into_iter()
            .any(|(at, content)| match content.act(def) {
                None => false,
                Some(act @ Act::Record(_)) => rights.decide_act(leaves, &act, today).is_err(),
                Some(act) => rights.decide_past_act(leaves, &act, &day_of(at)).is_err(),
            })
    }
}
