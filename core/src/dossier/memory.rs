//! What this user may read, opened into memory after unlocking: for lists, sorting, filtering and searching. Dropped and
//! wiped at the lock.

use super::{
    arena::{Arena, Slot},
    list::{Row, SortBy},
    load::Progress,
};
use crate::{
    catalogue::{self, FieldDef},
    fold::fold_into,
    ids::{ById, DossierId, EntryId},
};
use rayon::prelude::*;
use std::{
    borrow::Cow,
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};
use zeroize::{Zeroize, Zeroizing};

/// Marks the start of a field in the text of a dossier; the first of the private-use characters, which folding removes from
/// what people type.
const MARK: u32 = 0xE000;

/// Bytes of a mark in UTF-8.
const MARK_BYTES: usize = 3;

/// Where a search found something.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// In the name.
    Name(DossierId),
    /// In a field.
    Field(DossierId, &'static str),
    /// In an entry.
    Entry(DossierId, EntryId),
}

impl Hit {
    /// The dossier.
    pub fn dossier(&self) -> DossierId {
        match self {
            Self::Name(id) | Self::Field(id, _) | Self::Entry(id, _) => *id,
        }
    }
}

struct Held {
    row: Row,
    sort_key: String,
    name: Slot,
    sheet: Slot,
}

struct HeldEntry {
    slot: Slot,
    dossier: DossierId,
    field: &'static str,
}

/// The dossiers in an order.
type Order = (SortBy, Arc<Vec<DossierId>>);

/// What is empty or withheld comes last, by name.
fn rank<'a>(key: &'a str, held: &'a Held) -> (bool, &'a str, &'a str, DossierId) {
    (key.is_empty(), key, &held.sort_key, held.row.id)
}

/// One opened dossier, to be kept.
pub(crate) struct Opened {
    pub row: Row,
    pub sort_key: String,
    /// The names, and the fields with their marks.
    pub sheet: Zeroizing<String>,
    /// Bytes of the names, with which the sheet begins.
    pub names: usize,
}

/// What somebody is recognised by; the date comes last.
pub(crate) const RECOGNISED_BY: [&str; 6] = [
    "surname",
    "given_name",
    "initials",
    "email",
    "bsn",
    "date_of_birth",
];

/// The memory of a session.
pub struct Memory {
    held: ById<DossierId, Held>,
    names: Arena<DossierId>,
    sheets: Arena<DossierId>,
    entries: Arena<(DossierId, EntryId)>,
    entry_slots: ById<EntryId, HeldEntry>,
    /// What was taken out while the loading, or the opening of a vault, may still bring it.
    gone: HashSet<[u8; 16]>,
    /// Vaults that are being opened.
    awaited: usize,
    /// How often it was emptied to be filled under other rights.
    round: u64,
    order: Mutex<Option<Order>>,
    /// How far the loading is; `None` when complete.
    pub(super) loading: Option<Progress>,
}

impl Drop for Memory {
    fn drop(&mut self) {
        for held in self.held.values_mut() {
            held.row.wipe();
            held.sort_key.zeroize();
        }
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            held: ById::default(),
            names: Arena::new(),
            sheets: Arena::new(),
            entries: Arena::new(),
            entry_slots: ById::default(),
            gone: HashSet::new(),
            awaited: 0,
            round: 0,
            order: Mutex::new(None),
            loading: Some(Progress {
                task: "names",
                done: 0,
                total: 0,
            }),
        }
    }
}

impl Memory {
    /// How far the loading is; `None` when everything can be found.
    pub fn loading(&self) -> Option<Progress> {
        self.loading
    }

    /// Forgets everything; what was opened for it before does not come in any more.
    pub(crate) fn begin_anew(&mut self) {
        let round = self.round + 1;
        *self = Self::default();
        self.round = round;
    }

    /// Which filling this is.
    pub(super) fn round(&self) -> u64 {
        self.round
    }

    /// A vault is being opened.
    pub(super) fn await_vault(&mut self) {
        self.awaited += 1;
    }

    /// It has been, in this round.
    pub(super) fn end_vault(&mut self, round: u64) {
        if self.round == round {
            self.awaited = self.awaited.saturating_sub(1);
            self.forget_gone();
        }
    }

    fn is_awaiting(&self) -> bool {
        self.loading.is_some() || self.awaited > 0
    }

    fn forget_gone(&mut self) {
        if !self.is_awaiting() {
            self.gone = HashSet::new();
        }
    }

    /// Makes room for so many dossiers and entries, so that nothing is moved while they come in.
    pub(super) fn expect(&mut self, dossiers: usize, entries: usize) {
        self.held.reserve(dossiers);
        self.entry_slots.reserve(entries);
    }

    /// How many dossiers are held.
    pub fn len(&self) -> usize {
        self.held.len()
    }

    /// Whether none is held.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// One row.
    pub fn row(&self, id: DossierId) -> Option<&Row> {
        self.held.get(&id).map(|held| &held.row)
    }

    /// Every row, in no order.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.held.values().map(|held| &held.row)
    }

    /// What every dossier is recognised by when its twin comes in a file, folded, in the order of [`RECOGNISED_BY`]; empty where
    /// there is none.
    pub(crate) fn recognisable(
        &self,
    ) -> impl ParallelIterator<Item = (DossierId, [&str; RECOGNISED_BY.len()])> {
        let marks = RECOGNISED_BY.map(|field| {
            let mut bytes = [0; MARK_BYTES];
            if let Some(mark) = mark(field) {
                mark.encode_utf8(&mut bytes);
            }
            bytes
        });
        // In the order of the arena: in any other order it is a walk through all of the memory.
        self.sheets.texts().map(move |(id, text)| {
            let mut values = all_marked(text, &marks);
            // Stands there as it is shown, too.
            let [.., born] = &mut values;
            *born = born.split(' ').next().unwrap_or_default();
            (id, values)
        })
    }

    pub(super) fn put(&mut self, opened: Opened) {
        let id = opened.row.id;
        self.gone.remove(id.as_bytes());
        if self.stays_in_place(&opened) {
            return self.hold(opened);
        }
        let order = self.take_order(id);
        self.hold(opened);
        self.put_order(id, order);
    }

    /// Whether the order is by name and the name is what it was: most changes are no change of name.
    fn stays_in_place(&self, opened: &Opened) -> bool {
        let order = self.order.lock().unwrap_or_else(PoisonError::into_inner);
        let by_name = matches!(&*order, Some((SortBy::Name, _)));
        let held = self.held.get(&opened.row.id);
        by_name
            && self.loading.is_none()
            && held.is_some_and(|held| held.sort_key == opened.sort_key)
    }

    fn hold(&mut self, mut opened: Opened) {
        let id = opened.row.id;
        self.forget_sheet(id);
        let names = opened.sheet.get(..opened.names).unwrap_or_default();
        let name = self.names.push(names, id);
        let sheet = self.sheets.push(&opened.sheet, id);
        opened.sheet.clear();
        self.held.insert(
            id,
            Held {
                row: opened.row,
                sort_key: opened.sort_key,
                name,
                sheet,
            },
        );
    }

    pub(super) fn put_entry(
        &mut self,
        (dossier, entry): (DossierId, EntryId),
        field: &str,
        folded: &str,
    ) {
        self.forget_entry(entry);
        self.gone.remove(entry.as_bytes());
        let slot = self.entries.push(&clean(folded), (dossier, entry));
        let field = catalogue::field(field).map_or("", |def| def.id);
        let held = HeldEntry {
            slot,
            dossier,
            field,
        };
        self.entry_slots.insert(entry, held);
    }

    /// Takes out every field and entry that may not be read any more, when a vault is closed. The line in the list stays, and
    /// what of it may be read.
    pub(crate) fn withhold(&mut self, closed: impl Fn(&Row, &str) -> bool) {
        self.disorder();
        let entries = self.entry_slots.iter();
        let closed_entries: Vec<EntryId> = entries
            .filter(|(_, entry)| {
                let held = self.held.get(&entry.dossier);
                held.is_some_and(|held| closed(&held.row, entry.field))
            })
            .map(|(id, _)| *id)
            .collect();
        for id in closed_entries {
            // Not gone: it is awaited again when the vault is opened again.
            self.forget_entry(id);
        }
        let mut changed = Vec::new();
        for (id, held) in &mut self.held {
            let text = std::str::from_utf8(self.sheets.get(held.sheet)).unwrap_or_default();
            let (names, fields) = text.split_at(text.find(is_mark).unwrap_or(text.len()));
            let mut left = Zeroizing::new(String::with_capacity(text.len()));
            left.push_str(names);
            let mut from = fields;
            while let Some(mark) = from.chars().next() {
                let end = from[mark.len_utf8()..].find(is_mark);
                let (part, rest) = from.split_at(end.map_or(from.len(), |at| at + mark.len_utf8()));
                let field = catalogue::fields().get((mark as u32 - MARK) as usize);
                if field.is_none_or(|field| !closed(&held.row, field.id)) {
                    left.push_str(part);
                }
                from = rest;
            }
            if left.len() < text.len() {
                held.row.withhold(&closed);
                changed.push((*id, held.sheet, left));
            }
        }
        for (id, former, left) in changed {
            self.sheets.remove(former);
            let sheet = self.sheets.push(&left, id);
            if let Some(held) = self.held.get_mut(&id) {
                held.sheet = sheet;
            }
        }
    }

    /// Whether a dossier that the loading brings is still to come in: what was changed or taken out since its page was
    /// fetched is newer.
    pub(super) fn awaits(&self, dossier: DossierId) -> bool {
        !self.held.contains_key(&dossier) && !self.is_gone(dossier)
    }

    /// Whether a dossier was taken out since its page was fetched.
    pub(super) fn is_gone(&self, dossier: DossierId) -> bool {
        self.gone.contains(dossier.as_bytes())
    }

    /// The same of an entry.
    pub(super) fn awaits_entry(&self, dossier: DossierId, entry: EntryId) -> bool {
        !self.entry_slots.contains_key(&entry)
            && !self.gone.contains(entry.as_bytes())
            && !self.is_gone(dossier)
    }

    /// The loading is done.
    pub(super) fn complete(&mut self) {
        self.loading = None;
        self.forget_gone();
    }

    pub(crate) fn remove_entry(&mut self, entry: EntryId) {
        if self.is_awaiting() {
            self.gone.insert(*entry.as_bytes());
        }
        self.forget_entry(entry);
    }

    fn forget_entry(&mut self, entry: EntryId) {
        if let Some(held) = self.entry_slots.remove(&entry) {
            self.entries.remove(held.slot);
        }
    }

    pub(super) fn remove(&mut self, dossier: DossierId, entries: &[EntryId]) {
        let order = self.take_order(dossier);
        *self.order_mut() = order;
        if self.is_awaiting() {
            self.gone.insert(*dossier.as_bytes());
        }
        self.forget_sheet(dossier);
        for entry in entries {
            self.remove_entry(*entry);
        }
    }

    fn forget_sheet(&mut self, dossier: DossierId) {
        if let Some(mut held) = self.held.remove(&dossier) {
            self.names.remove(held.name);
            self.sheets.remove(held.sheet);
            held.row.wipe();
            held.sort_key.zeroize();
        }
    }

    fn order_mut(&mut self) -> &mut Option<Order> {
        self.order.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets the order: before many changes, sorting again costs less than keeping it.
    pub(super) fn disorder(&mut self) {
        *self.order_mut() = None;
    }

    /// The order without one dossier, which is about to change. None while loading.
    fn take_order(&mut self, id: DossierId) -> Option<Order> {
        let mut order = self.order_mut().take().filter(|_| self.loading.is_none())?;
        if self.held.contains_key(&id) {
            let at = self.place(id, &order)?;
            order.1.get(at).filter(|there| **there == id)?;
            Arc::make_mut(&mut order.1).remove(at);
        }
        Some(order)
    }

    /// Puts a dossier that was changed in its place in the order.
    fn put_order(&mut self, id: DossierId, order: Option<Order>) {
        let placed = order.and_then(|mut order| {
            let at = self.place(id, &order)?;
            Arc::make_mut(&mut order.1).insert(at, id);
            Some(order)
        });
        *self.order_mut() = placed;
    }

    /// Where a dossier stands in an order, or would.
    fn place(&self, id: DossierId, (by, ids): &Order) -> Option<usize> {
        let held = self.held.get(&id)?;
        let key = self.key(held, by);
        Some(ids.partition_point(|other| {
            let other = self.held.get(other);
            other.is_some_and(|other| rank(&self.key(other, by), other) < rank(&key, held))
        }))
    }

    /// All dossiers in an order; worked out once until something changes.
    pub(super) fn ordered(&self, by: &SortBy) -> Arc<Vec<DossierId>> {
        let mut order = self.order.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, ids)) = &*order
            && known == by
        {
            return Arc::clone(ids);
        }
        let ids = Arc::new(self.sort(by));
        *order = Some((by.clone(), Arc::clone(&ids)));
        ids
    }

    fn sort(&self, by: &SortBy) -> Vec<DossierId> {
        let mut rows: Vec<(Zeroizing<String>, &Held)> = self
            .held
            .values()
            .map(|held| (self.key(held, by), held))
            .collect();
        rows.par_sort_unstable_by(|(a, x), (b, y)| rank(a, x).cmp(&rank(b, y)));
        rows.into_iter().map(|(_, held)| held.row.id).collect()
    }

    fn key(&self, held: &Held, by: &SortBy) -> Zeroizing<String> {
        Zeroizing::new(match by {
            SortBy::Name => String::new(),
            SortBy::Changed => format!("{:020}", held.row.changed_at),
            SortBy::Field(field) => number_key(self.field(held, field).unwrap_or_default()),
        })
    }

    /// Whether a field that this user may read contains a text.
    pub(super) fn field_contains(&self, id: DossierId, field: &str, folded: &str) -> bool {
        self.held
            .get(&id)
            .and_then(|held| self.field(held, field))
            .is_some_and(|value| value.contains(folded))
    }

    fn field(&self, held: &Held, field: &str) -> Option<&str> {
        marked(
            std::str::from_utf8(self.sheets.get(held.sheet)).ok()?,
            mark(field),
        )
    }

    /// Dossiers whose fields contain every word.
    pub(super) fn matching(&self, query: &str) -> HashSet<DossierId> {
        let folded = folded(query);
        let terms: Vec<&[u8]> = folded.split_whitespace().map(str::as_bytes).collect();
        self.sheets
            .search(&terms, usize::MAX)
            .into_iter()
            .map(|(id, _)| id)
            .collect()
    }

    /// Searches names, then fields, then entries; at most `most` hits, and whether there are more.
    pub(super) fn search(&self, query: &str, most: usize) -> (Vec<Hit>, bool) {
        let folded = folded(query);
        let terms: Vec<&[u8]> = folded.split_whitespace().map(str::as_bytes).collect();
        if terms.is_empty() {
            return (Vec::new(), false);
        }
        let mut hits = self.search_names(&terms, most);
        let named: HashSet<_> = hits.iter().map(Hit::dossier).collect();
        let enough = most.saturating_add(1);
        if hits.len() < enough {
            let found = self
                .sheets
                .search(&terms, enough.saturating_add(named.len()));
            let fields = found
                .into_iter()
                .filter(|(id, _)| !named.contains(id))
                .map(|(id, at)| self.field_hit(id, at));
            hits.extend(fields.take(enough - hits.len()));
        }
        if hits.len() < enough {
            let found = self.entries.search(&terms, enough - hits.len());
            hits.extend(
                found
                    .into_iter()
                    .map(|((dossier, entry), _)| Hit::Entry(dossier, entry)),
            );
        }
        let more = hits.len() > most;
        hits.truncate(most);
        (hits, more)
    }

    /// Names first in which the words begin a word, then by name.
    fn search_names(&self, terms: &[&[u8]], most: usize) -> Vec<Hit> {
        let mut found = self.names.search(terms, most.saturating_mul(10));
        found.sort_by_cached_key(|(id, at)| {
            let held = self.held.get(id);
            let inside = held.is_some_and(|held| {
                *at > 0
                    && self
                        .names
                        .get(held.name)
                        .get(at - 1)
                        .is_some_and(u8::is_ascii_alphanumeric)
            });
            (inside, held.map(|held| held.sort_key.clone()))
        });
        found
            .into_iter()
            .take(most.saturating_add(1))
            .map(|(id, _)| Hit::Name(id))
            .collect()
    }

    fn field_hit(&self, id: DossierId, at: usize) -> Hit {
        let text = self
            .held
            .get(&id)
            .and_then(|held| std::str::from_utf8(self.sheets.get(held.sheet)).ok());
        let marked = text
            .and_then(|text| text.get(..at))
            .and_then(|before| before.chars().rev().find(|c| is_mark(*c)));
        let field = marked.and_then(|mark| catalogue::fields().get((mark as u32 - MARK) as usize));
        field.map_or(Hit::Name(id), |field| Hit::Field(id, field.id))
    }
}

/// The value behind a mark.
fn marked(text: &str, mark: Option<char>) -> Option<&str> {
    let (_, rest) = text.split_once(mark?)?;
    Some(rest.split(is_mark).next().unwrap_or_default())
}

/// The values behind some marks, found in one pass.
fn all_marked<'a, const N: usize>(text: &'a [u8], marks: &[[u8; MARK_BYTES]; N]) -> [&'a str; N] {
    let mut values = [""; N];
    // Marks are the only characters whose first byte in UTF-8 is 0xEE: they are found without looking at each character.
    let mut starts = memchr::memchr_iter(0xEE, text).peekable();
    while let Some(start) = starts.next() {
        let end = starts.peek().copied().unwrap_or(text.len());
        let part = text.get(start..end).unwrap_or_default();
        let Some((mark, value)) = part.split_first_chunk::<MARK_BYTES>() else {
            continue;
        };
        if let Some(at) = marks.iter().position(|wanted| wanted == mark) {
            values[at] = std::str::from_utf8(value).unwrap_or_default();
        }
    }
    values
}

/// The character that marks a field.
fn mark(field: &str) -> Option<char> {
    marked_field(field).map(|(_, mark)| mark)
}

/// A field of the catalogue with the character that marks it.
pub(super) fn marked_field(id: &str) -> Option<(&'static FieldDef, char)> {
    let at = catalogue::place(id)?;
    let mark = char::from_u32(MARK + u32::try_from(at).ok()?)?;
    Some((catalogue::fields().get(at)?, mark))
}

fn is_mark(c: char) -> bool {
    ('\u{E000}'..='\u{F8FF}').contains(&c)
}

/// Text without private-use characters, so that nothing typed looks like a mark.
fn clean(text: &str) -> Cow<'_, str> {
    if !text.is_ascii() && text.contains(is_mark) {
        Cow::Owned(text.replace(is_mark, " "))
    } else {
        Cow::Borrowed(text)
    }
}

/// Adds a text, folded and clean.
pub(super) fn push_folded(text: &str, sheet: &mut String) {
    fold_into(&clean(text), sheet);
}

/// What is looked for, as it stands in the memory.
fn folded(query: &str) -> Zeroizing<String> {
    let mut folded = Zeroizing::new(String::with_capacity(query.len()));
    push_folded(query, &mut folded);
    folded
}

/// Digits sort as numbers.
fn number_key(value: &str) -> String {
    if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        format!("{value:0>20}")
    } else {
        value.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_out_is_not_brought_back_by_the_loading() {
        let mut memory = Memory::default();
        let (dossier, entry) = (DossierId::make(), EntryId::make());
        assert!(memory.awaits(dossier) && memory.awaits_entry(dossier, entry));
        memory.remove_entry(entry);
        assert!(memory.awaits(dossier) && !memory.awaits_entry(dossier, entry));
        memory.put_entry((dossier, entry), "session_notes", "weer terug");
        memory.remove(dossier, &[entry]);
        assert!(!memory.awaits(dossier) && !memory.awaits_entry(dossier, EntryId::make()));
        memory.complete();
        memory.remove(dossier, &[]);
        assert!(memory.gone.is_empty());
    }

    #[test]
    fn nor_by_the_opening_of_a_vault() {
        let mut memory = Memory::default();
        memory.complete();
        memory.await_vault();
        memory.await_vault();
        let dossier = DossierId::make();
        memory.remove(dossier, &[]);
        memory.end_vault(memory.round());
        assert!(memory.is_gone(dossier));
        memory.end_vault(memory.round());
        assert!(!memory.is_gone(dossier));
    }

    #[test]
    fn a_former_round_ends_nothing_of_the_present_one() {
        let mut memory = Memory::default();
        let former = memory.round();
        memory.await_vault();
        memory.begin_anew();
        memory.complete();
        memory.await_vault();
        memory.end_vault(former);
        assert!(memory.is_awaiting() && memory.round() != former);
    }
}
