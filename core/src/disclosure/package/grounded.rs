//! On what the parts of a package rest. The same at both ends: what needs a consent or another ground and has none stays behind, and
//! is told. What lies there needs one that holds today; what was told to or by another professional, one that held when it was put
//! down.

use super::form::{LeftOut, Packed, PackedEntry};
use crate::{
    access::{Act, Leave, When},
    catalogue::{self, FieldDef},
    dossier::EntryContent,
    error::Error,
    ids::{DossierId, EntryId},
    session::Practice,
    store::Conn,
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
        let lists: HashSet<String> = self.entries.into_values().collect();
        let gone = self.fields.into_iter().chain(lists);
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
            let act = Act::Record(def.id);
            let decided = self.rights().decide_act(leaves, &act, When::Kept(&today));
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

    /// The grounds of a dossier that hold today, where anything in the package needs one.
    pub(super) fn resting(&self, packed: &Packed, leaves: &[Leave]) -> Vec<EntryId> {
        let special = |field: &str| catalogue::field(field).is_some_and(FieldDef::is_special);
        let directed = |one: &PackedEntry| {
            one.contents()
                .any(|(content, _)| content.exchange.is_some())
        };
        let needs = packed.fields.keys().any(|field| special(field))
            || packed
                .entries
                .iter()
                .any(|one| special(&one.field) || directed(one));
        let today = self.today();
        let holding = leaves
            .iter()
            .filter(|one| needs && one.lack_to_keep(&today).is_none());
        holding.map(|one| one.entry).collect()
    }

    /// Refuses what rests on something that has ended since it was packed.
    pub(super) async fn refuse_ended(
        &self,
        conn: &mut Conn,
        resting: &[(DossierId, Vec<EntryId>)],
    ) -> Result<(), Error> {
        let today = self.today();
        for (dossier, grounds) in resting.iter().filter(|(_, grounds)| !grounds.is_empty()) {
            let row = self.dossier_row_in(conn, *dossier).await?;
            let leaves = self.leaves(conn, &row).await?;
            let holds = |id: &EntryId| {
                leaves
                    .iter()
                    .any(|one| one.entry == *id && one.lack_to_keep(&today).is_none())
            };
            if !grounds.iter().all(holds) {
                return Err(Error::refused("package", "ground_ended"));
            }
        }
        Ok(())
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
        contents.into_iter().any(|(at, content)| {
            let day = day_of(at);
            let Some(act) = content.act(def) else {
                return false;
            };
            let when = match act {
                Act::Record(_) => When::Kept(today),
                _ => When::Then(&day),
            };
            rights.decide_act(leaves, &act, when).is_err()
        })
    }
}
