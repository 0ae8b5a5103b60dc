//! On what the parts of a package rest. The same at both ends: what needs a consent or another ground and has none stays behind, and
//! is told. What lies there needs one that holds today; what was told to or by another professional, one that held when it was put
//! down.

use super::form::{LeftOut, Packed, PackedEntry};
use crate::{
    access::{Act, Leave, When},
    catalogue,
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
        let rights = self.rights();
        for (field, act) in special(packed) {
            if rights.decide_act(leaves, &act, When::Kept(&today)).is_err() {
                found.fields.insert(field.clone());
            }
        }
        for entry in &packed.entries {
            let lacks = |(at, act): (i64, Act)| {
                let day = day_of(at);
                let when = match act {
                    Act::Record(_) => When::Kept(&today),
                    _ => When::Then(&day),
                };
                rights.decide_act(leaves, &act, when).is_err()
            };
            if acts(entry).into_iter().any(lacks) {
                found.entries.insert(entry.id.clone(), entry.field.clone());
            }
        }
        found
    }

    /// The grounds of a dossier that hold today, where anything in the package needs one.
    pub(super) fn resting(&self, packed: &Packed, leaves: &[Leave]) -> Vec<EntryId> {
        let needs = special(packed).next().is_some()
            || packed.entries.iter().any(|entry| !acts(entry).is_empty());
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
}

/// Special fields that hold something, now or before.
fn special(packed: &Packed) -> impl Iterator<Item = (&String, Act)> {
    packed.fields.iter().filter_map(|(field, value)| {
        let before = value.history.iter().any(|one| !one.before.is_empty());
        let holds = before || !value.value.is_empty();
        let def = catalogue::field(field).filter(|def| def.is_special() && holds)?;
        Some((field, Act::Record(def.id)))
    })
}

/// What was done by putting down an entry, as it is and as it was before, and when in ms: each content when the one before it was
/// replaced.
fn acts(entry: &PackedEntry) -> Vec<(i64, Act)> {
    let Some(def) = catalogue::field(&entry.field) else {
        return Vec::new();
    };
    let mut since = entry.created_at;
    let mut contents: Vec<(i64, &EntryContent)> = Vec::new();
    for change in &entry.history {
        contents.push((since, &change.before));
        since = change.at;
    }
    contents.push((since, &entry.content));
    let acts = contents.into_iter();
    acts.filter_map(|(at, content)| Some((at, content.act(def)?)))
        .collect()
}
