//! Filling the memory after unlocking: names and fields first, then the entries. The next page is fetched while the former
//! is opened, on every core.

use super::{
    content::EntryContent,
    list::Row,
    memory::{Opened, clean, marked_field},
    sheet::Glance,
};
use crate::{
    access::Home,
    catalogue::{self, Level, ValueType},
    error::Error,
    ids::{CircleId, DossierId, EntryId},
    keys::Spot,
    name::{self, IjOrder, Name},
    session::{Practice, held},
    store::{
        self, StoreError,
        value::{OPEN, VAULTED},
    },
};
use rayon::prelude::*;
use std::{collections::HashMap, sync::atomic::Ordering};
use zeroize::Zeroizing;

/// How far something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// A word of the program: `names`, `notes`, `import` …
    pub task: &'static str,
    /// Done so far.
    pub done: usize,
    /// Of how many.
    pub total: usize,
}

impl Practice {
    /// Opens everything that this user may read into memory. Stops when the practice is being locked. What is damaged is left
    /// out, and said at the end.
    pub async fn load(&self, progress: &(dyn Fn(Progress) + Sync)) -> Result<(), Error> {
        self.rights().decide_work()?;
        self.closed_lately.store(false, Ordering::Release);
        let circles: Vec<CircleId> = self.rights().circles.iter().copied().collect();
        let (dossiers, entries) =
            store::dossier::totals(&mut *self.store.read().await?, &circles).await?;
        let mut at = Progress {
            task: "names",
            done: 0,
            total: dossiers,
        };
        let (mut bases, mut damage) = (Bases::new(), None);
        for circle in &circles {
            self.load_sheets((*circle, &mut bases), &mut at, &mut damage, progress)
                .await?;
        }
        at = Progress {
            task: "notes",
            done: 0,
            total: entries,
        };
        progress(at);
        self.load_entries(&bases, &mut at, &mut damage, progress)
            .await?;
        self.memory_mut().complete();
        damage.map_or(Ok(()), Err)
    }

    async fn load_sheets(
        &self,
        (circle, bases): (CircleId, &mut Bases),
        at: &mut Progress,
        damage: &mut Option<Error>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(), Error> {
        let mut next = self.store.sheets_ahead(circle, None);
        let mut opened = Vec::new();
        loop {
            let page = next.await?;
            let Some(last) = page.last().map(|row| row.dossier.id) else {
                return self.remember(opened, *at);
            };
            next = self.store.sheets_ahead(circle, Some(last));
            let groups: Vec<&[store::dossier::SheetRow]> =
                page.chunk_by(|a, b| a.dossier.id == b.dossier.id).collect();
            // One page is opened while the former is put in its place.
            let (fresh, remembered) = rayon::join(
                || groups.par_iter().map(|rows| self.opened(rows)).collect(),
                || {
                    let rows = groups.iter().filter_map(|rows| rows.first());
                    bases.extend(rows.map(|row| (row.dossier.id, Base::of(&row.dossier))));
                    self.remember(std::mem::take(&mut opened), *at)
                },
            );
            remembered?;
            opened = sound(fresh, damage);
            at.done += groups.len();
            progress(*at);
        }
    }

    /// Opens into memory what lies in a vault that was opened now. Of the medical compartment everything that it seals, in
    /// whichever dossier.
    pub(crate) async fn load_vault(&self, vault: CircleId) -> Result<(), Error> {
        self.memory_mut().disorder();
        let medical = self.rights().compartment() == Some(vault);
        let mut reader = self.store.read().await?;
        if medical {
            for row in store::dossier::sealed_under(&mut reader, vault).await? {
                if self.permit(row.home(), OPEN, Level::View).is_ok() && row.binned_at == 0 {
                    let values = store::value::of_dossier(&mut reader, row.id).await?;
                    let entries = store::entry::of_dossier(&mut reader, row.id).await?;
                    self.remember_dossier(&row, values, &entries)?;
                }
            }
            return Ok(());
        }
        drop(reader);
        let (mut next, mut damage) = (self.store.vault_ahead(vault, None), None);
        loop {
            let (page, entries) = next.await?;
            let Some(last) = page.last().map(|row| row.dossier.id) else {
                return damage.map_or(Ok(()), Err);
            };
            next = self.store.vault_ahead(vault, Some(last));
            let groups: Vec<&[store::dossier::SheetRow]> =
                page.chunk_by(|a, b| a.dossier.id == b.dossier.id).collect();
            let bases: Bases = groups
                .iter()
                .filter_map(|rows| rows.first())
                .map(|row| (row.dossier.id, Base::of(&row.dossier)))
                .collect();
            let opened = groups.par_iter().map(|rows| self.opened(rows)).collect();
            let folded = entries.par_iter().filter_map(|row| {
                let base = bases.get(&row.dossier_id)?;
                self.opened_entry(row, base).transpose()
            });
            let (opened, folded) = (
                sound(opened, &mut damage),
                sound(folded.collect(), &mut damage),
            );
            let mut memory = self.memory_mut();
            if self.rights().decide_vault(vault).is_err() {
                return Ok(());
            }
            opened.into_iter().for_each(|one| memory.put(one));
            for (whose, field, text) in folded {
                memory.put_entry(whose, &field, &text);
            }
        }
    }

    /// Puts a whole dossier in memory.
    fn remember_dossier(
        &self,
        row: &store::dossier::DossierRow,
        values: Vec<store::value::ValueRow>,
        entries: &[store::entry::EntryRow],
    ) -> Result<(), Error> {
        let opened = self.present(row, values)?;
        self.memory_mut().put(opened);
        for entry in entries.iter().filter(|entry| entry.binned_at == 0) {
            if self.permit(row.home(), &entry.field, Level::View).is_ok() {
                let content = self.open_entry(row, &entry.field, entry)?;
                self.remember_entry((row.id, entry.id), &entry.field, &content);
            }
        }
        Ok(())
    }

    async fn load_entries(
        &self,
        bases: &Bases,
        at: &mut Progress,
        damage: &mut Option<Error>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(), Error> {
        let mut next = self.store.entries_ahead(0);
        let mut opened = Vec::new();
        loop {
            let (Some(last), page) = next.await? else {
                return self.remember_entries(opened, *at);
            };
            next = self.store.entries_ahead(last);
            let (fresh, remembered) = rayon::join(
                || {
                    let rows = page.par_iter().filter_map(|row| {
                        let base = bases.get(&row.dossier_id)?;
                        self.opened_entry(row, base).transpose()
                    });
                    rows.collect()
                },
                || self.remember_entries(std::mem::take(&mut opened), *at),
            );
            remembered?;
            opened = sound(fresh, damage);
            let own = page
                .iter()
                .filter(|row| bases.contains_key(&row.dossier_id));
            at.done += own.count();
            progress(*at);
        }
    }

    /// A page may have been opened before a vault closed, and put in its place after.
    fn take_out_closed(&self) {
        if self.closed_lately.load(Ordering::Acquire) {
            self.withhold_closed();
        }
    }

    fn remember_entries(&self, opened: Vec<OpenedEntry>, at: Progress) -> Result<(), Error> {
        if self.is_stopping() {
            return Err(Error::Cancelled);
        }
        let mut memory = self.memory_mut();
        for ((dossier, entry), field, folded) in &opened {
            if memory.awaits_entry(*dossier, *entry) {
                memory.put_entry((*dossier, *entry), field, folded);
            }
        }
        memory.loading = Some(at);
        drop(memory);
        self.take_out_closed();
        Ok(())
    }

    fn remember(&self, opened: Vec<Opened>, at: Progress) -> Result<(), Error> {
        if self.is_stopping() {
            return Err(Error::Cancelled);
        }
        let mut memory = self.memory_mut();
        for one in opened {
            if memory.awaits(one.row.id) {
                memory.put(one);
            }
        }
        memory.loading = Some(at);
        drop(memory);
        self.take_out_closed();
        Ok(())
    }

    fn opened_entry(
        &self,
        row: &store::dossier::LoadedEntry,
        base: &Base,
    ) -> Result<Option<OpenedEntry>, Error> {
        let content = self.entry_content(row, base)?;
        Ok(content.map(|content| {
            let folded = Zeroizing::new(name::fold(&content.words()));
            ((row.dossier_id, row.id), row.field.clone(), folded)
        }))
    }

    /// What an entry says, if this user may read it.
    pub(super) fn entry_content(
        &self,
        row: &store::dossier::LoadedEntry,
        base: &Base,
    ) -> Result<Option<Zeroizing<EntryContent>>, Error> {
        // Not through `permit`: that something is loaded is no use of a vault.
        let rights = self.rights();
        let Ok(permit) = rights.decide(base.home, &row.field, Level::View) else {
            return Ok(None);
        };
        let spot = Spot {
            dossier: row.dossier_id,
            salt: &base.salt,
            record: *row.id.as_bytes(),
        };
        let opened = self.ring().open(&permit, base.home, &spot, &row.sealing);
        let Some(bytes) = held(opened)? else {
            return Ok(None);
        };
        Ok(Some(Zeroizing::new(EntryContent::parse(&bytes)?)))
    }

    /// Opens the sheet and the protected values of one dossier that this user may read.
    fn opened(&self, rows: &[store::dossier::SheetRow]) -> Result<Opened, Error> {
        // Taken once for all values: two cores that take turns at the same lock wait for each other.
        let (rights, ring) = (self.rights(), self.ring());
        let first = rows.first().ok_or(Error::NotFound)?;
        let mut plain = Vec::with_capacity(rows.len());
        for row in rows {
            let Ok(permit) = rights.decide(first.dossier.home(), &row.field, Level::View) else {
                continue;
            };
            let spot = Spot {
                dossier: row.dossier.id,
                salt: &row.dossier.salt,
                record: *row.dossier.id.as_bytes(),
            };
            let opened = ring.open(&permit, first.dossier.home(), &spot, &row.sealing);
            plain.extend(held(opened)?.map(|bytes| (row.field.as_str(), bytes)));
        }
        let (sheets, protected): (Vec<_>, Vec<_>) = plain
            .iter()
            .partition(|(field, _)| matches!(*field, OPEN | VAULTED));
        let sheets = sheets.iter().map(|(_, bytes)| Glance::parse(bytes));
        let sheets: Vec<_> = sheets.collect::<Result<_, _>>()?;
        // A field that was protected lately stays in the sheet until somebody seals it again; it does not come out.
        let mut values: Vec<(&str, &str)> = sheets
            .iter()
            .flat_map(Glance::values)
            .filter(|(field, _)| !rights.fields.contains_key(*field))
            .collect();
        for (field, bytes) in protected {
            let value = std::str::from_utf8(bytes).map_err(|_| StoreError::Damaged("text"))?;
            values.push((field, value));
        }
        Ok(open_row(&first.dossier, &values))
    }

    /// Puts the present state of a dossier in memory, after a change.
    pub(crate) async fn remember_again(
        &self,
        row: &store::dossier::DossierRow,
    ) -> Result<(), Error> {
        let values = store::value::of_dossier(&mut *self.store.read().await?, row.id).await?;
        let opened = self.present(row, values)?;
        self.memory_mut().put(opened);
        Ok(())
    }

    /// What the memory will hold of a dossier with these values.
    pub(super) fn present(
        &self,
        row: &store::dossier::DossierRow,
        values: Vec<store::value::ValueRow>,
    ) -> Result<Opened, Error> {
        let rows: Vec<_> = values
            .into_iter()
            .map(|value| store::dossier::SheetRow {
                dossier: row.clone(),
                field: value.field,
                sealing: value.sealing,
            })
            .collect();
        self.opened(&rows)
    }
}

/// What could be opened; of what could not, the first reason is kept.
fn sound<T>(opened: Vec<Result<T, Error>>, damage: &mut Option<Error>) -> Vec<T> {
    let sound = opened.into_iter().filter_map(|one| match one {
        Ok(one) => Some(one),
        Err(error) => {
            damage.get_or_insert(error);
            None
        }
    });
    sound.collect()
}

/// What an entry needs of its dossier to be opened.
pub(super) struct Base {
    home: Home,
    salt: Vec<u8>,
}

/// An entry with its folded text.
type OpenedEntry = ((DossierId, EntryId), String, Zeroizing<String>);

pub(super) type Bases = HashMap<DossierId, Base>;

impl Base {
    pub fn of(row: &store::dossier::DossierRow) -> Self {
        Self {
            home: row.home(),
            salt: row.salt.clone(),
        }
    }
}

/// The line, the order and the searchable text of a dossier, from the fields whose values came out.
pub(super) fn open_row(dossier: &store::dossier::DossierRow, values: &[(&str, &str)]) -> Opened {
    let value = |field: &str| {
        let found = values.iter().find(|(id, _)| *id == field);
        found.map(|(_, value)| *value)
    };
    let name = Name::from_fields(value);
    let own = |field: &str| value(field).unwrap_or_default().to_owned();
    let (full, listed) = (name.full(), name.listed());
    let mut names = Zeroizing::new(clean(&name::fold(&full)).into_owned());
    names.push('\n');
    names.push_str(&clean(&name::fold(&listed)));
    let length: usize = values.iter().map(|(_, value)| value.len() + 32).sum();
    // What grows leaves copies behind.
    let mut sheet = Zeroizing::new(String::with_capacity(names.len() + length));
    sheet.push_str(&names);
    for (field, value) in values {
        if let Some((def, mark)) = marked_field(field) {
            let shown = match def.value {
                // Nobody looks for the letters of a photograph.
                ValueType::Picture => continue,
                // Also found as it is shown, and a number as it is typed.
                ValueType::Date => crate::code::show(def.value, value),
                ValueType::Phone => {
                    let shown = crate::code::show(def.value, value);
                    format!("{shown} {}", shown.replace(['-', ' '], ""))
                }
                ValueType::Postcode => value.replace(' ', ""),
                _ => String::new(),
            };
            sheet.push(mark);
            sheet.push_str(&clean(&name::fold(value)));
            if !shown.is_empty() {
                sheet.push(' ');
                sheet.push_str(&name::fold(&shown));
            }
        }
    }
    let kind = catalogue::kind(&dossier.kind).map_or("", |kind| kind.id);
    let row = Row {
        id: dossier.id,
        kind,
        name: full,
        listed,
        date_of_birth: own("date_of_birth"),
        town: own("town"),
        organisation: own("organisation"),
        job_title: own("job_title"),
        department: own("department"),
        work_location: own("work_location"),
        circle: dossier.circle_id,
        vault: dossier.vault_id,
        changed_at: dossier.changed_at,
    };
    Opened {
        row,
        sort_key: name.sort_key(IjOrder::AsIj),
        names,
        sheet,
    }
}

impl store::Store {
    /// Fetches a page of sheets while something else goes on.
    fn sheets_ahead(
        &self,
        circle: CircleId,
        after: Option<DossierId>,
    ) -> Ahead<Vec<store::dossier::SheetRow>> {
        let reader = self.reader();
        Ahead(tokio::spawn(async move {
            store::dossier::sheets(&mut *reader.read().await?, circle, after).await
        }))
    }

    /// The same of a vault, with the entries.
    fn vault_ahead(
        &self,
        vault: CircleId,
        after: Option<DossierId>,
    ) -> Ahead<(
        Vec<store::dossier::SheetRow>,
        Vec<store::dossier::LoadedEntry>,
    )> {
        let reader = self.reader();
        Ahead(tokio::spawn(async move {
            let mut conn = reader.read().await?;
            let page = store::dossier::vault_sheets(&mut conn, vault, after).await?;
            let (Some(first), Some(last)) = (page.first(), page.last()) else {
                return Ok((page, Vec::new()));
            };
            let ids = (first.dossier.id, last.dossier.id);
            let entries = store::dossier::vault_entries(&mut conn, vault, ids).await?;
            Ok((page, entries))
        }))
    }

    fn entries_ahead(&self, after: i64) -> Ahead<(Option<i64>, Vec<store::dossier::LoadedEntry>)> {
        let reader = self.reader();
        Ahead(tokio::spawn(async move {
            store::dossier::entries(&mut *reader.read().await?, after).await
        }))
    }
}

/// A page on its way.
struct Ahead<T>(tokio::task::JoinHandle<Result<T, StoreError>>);

impl<T> IntoFuture for Ahead<T>
where
    T: Send + 'static,
{
    type Output = Result<T, Error>;
    type IntoFuture = std::pin::Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { Ok(self.0.await.map_err(|_| Error::Cancelled)??) })
    }
}
