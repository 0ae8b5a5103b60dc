//! Filling the memory after unlocking: names and fields first, then the entries. Pages are fetched while the former are
//! opened, on every core.

use super::{
    content::EntryContent,
    list::Row,
    memory::{Memory, Opened, marked_field, push_folded},
    sheet::Glance,
};
use crate::{
    access::{Home, Rights, Text},
    catalogue::{self, Level, ValueType},
    cores,
    error::Error,
    ids::{ById, CircleId, DossierId, EntryId},
    keys::{Keyring, Spot},
    name::{self, IjOrder, Lines, Name},
    session::{Practice, held},
    store::{
        self, StoreError,
        value::{OPEN, VAULTED},
    },
};
use rayon::prelude::*;
use std::{
    ops::ControlFlow,
    sync::{
        Arc, RwLockWriteGuard,
        mpsc::{Receiver, channel},
    },
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
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

/// The filling of the memory, as far as it got.
struct Filling {
    /// Which memory: that of other rights is another.
    round: u64,
    /// How often a vault had been closed when it began.
    closings: usize,
    at: Progress,
    /// The first that could not be opened.
    damage: Option<Error>,
}

impl Practice {
    /// Opens everything that this user may read into memory, on this thread, which has to be one of several. Stops when the
    /// practice is being locked, and when the memory is emptied to be filled under other rights. What is damaged is left out, and
    /// said at the end.
    pub async fn load(&self, progress: &(dyn Fn(Progress) + Sync)) -> Result<(), Error> {
        self.rights().decide_work()?;
        let closings = self.closings();
        let round = self.memory().round();
        let circles: Vec<CircleId> = self.rights().circles.iter().copied().collect();
        let (dossiers, entries) =
            store::dossier::totals(&mut *self.store.read().await?, &circles).await?;
        let mut filling = Filling {
            round,
            closings,
            at: Progress {
                task: "names",
                done: 0,
                total: dossiers,
            },
            damage: None,
        };
        self.memory_mut().expect(dossiers, entries);
        let mut bases = Bases::with_capacity_and_hasher(dossiers, Default::default());
        self.load_sheets((circles, &mut bases), &mut filling, progress)?;
        filling.at = Progress {
            task: "notes",
            done: 0,
            total: entries,
        };
        progress(filling.at);
        self.load_entries(&bases, &mut filling, progress)?;
        self.memory_to_fill(&filling)?.complete();
        filling.damage.map_or(Ok(()), Err)
    }

    fn load_sheets(
        &self,
        (circles, bases): (Vec<CircleId>, &mut Bases),
        filling: &mut Filling,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(), Error> {
        let pages = SheetPages {
            circles,
            after: None,
        };
        open_pages(
            Ahead::of(self.store.reader(), pages),
            |page| self.opened_sheets(page),
            |(fresh, opened)| {
                filling.at.done += opened.len();
                bases.extend(fresh);
                self.remember(opened, filling)?;
                progress(filling.at);
                Ok(ControlFlow::Continue(()))
            },
        )
    }

    /// Opens into memory what lies in a vault that was opened now. Of the medical compartment everything that it seals, in
    /// whichever dossier.
    pub(crate) async fn load_vault(&self, vault: CircleId) -> Result<(), Error> {
        let round = {
            let mut memory = self.memory_mut();
            memory.disorder();
            memory.await_vault();
            memory.round()
        };
        let loaded = self.load_vault_in(vault, round).await;
        self.memory_mut().end_vault(round);
        loaded
    }

    async fn load_vault_in(&self, vault: CircleId, round: u64) -> Result<(), Error> {
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
            // What was opened just before it closed was put in its place just after.
            if self.rights().decide_vault(vault).is_err() {
                self.withhold_closed();
            }
            return Ok(());
        }
        drop(reader);
        let pages = VaultPages { vault, after: None };
        let mut damage = None;
        open_pages(
            Ahead::of(self.store.reader(), pages),
            |(sheets, entries)| {
                let (bases, opened) = self.opened_sheets(sheets)?;
                let bases = bases.into_iter().collect();
                Ok((opened, self.opened_entries(entries, &bases)?.1))
            },
            |opened| Ok(self.remember_in_vault((vault, round), opened, &mut damage)),
        )?;
        damage.map_or(Ok(()), Err)
    }

    /// Opens a page of dossiers with their values, on every core.
    fn opened_sheets(&self, page: store::Sheets) -> Result<(NewBases, Vec<Loaded>), Error> {
        self.refuse_stopping()?;
        let rows = page.take_apart()?;
        // There may be photographs in it, and with those three pages are much.
        drop(page);
        let groups: Vec<&[store::dossier::SheetRow]> =
            rows.chunk_by(|a, b| a.dossier.id == b.dossier.id).collect();
        let firsts = groups.iter().filter_map(|rows| rows.first());
        let bases = firsts.map(|row| (row.dossier.id, Base::of(&row.dossier)));
        let bases = bases.collect();
        let opened = groups.par_iter().with_max_len(cores::PIECE);
        Ok((bases, opened.map(|rows| self.opened(rows)).collect()))
    }

    /// Opens a page of entries, on every core: those of the dossiers that are loaded, whose number comes first.
    fn opened_entries(
        &self,
        page: store::Entries,
        bases: &Bases,
    ) -> Result<(usize, Vec<Result<OpenedEntry, Error>>), Error> {
        self.refuse_stopping()?;
        let rows = page.take_apart()?;
        drop(page);
        let rows = rows
            .iter()
            .filter_map(|row| Some((row, bases.get(&row.dossier_id)?)));
        let rows: Vec<_> = rows.collect();
        let opened = rows.par_iter().with_max_len(cores::PIECE);
        let opened = opened.filter_map(|(row, base)| self.opened_entry(row, base).transpose());
        Ok((rows.len(), opened.collect()))
    }

    /// Nothing once the vault was closed again, or the memory emptied; then it breaks off.
    fn remember_in_vault(
        &self,
        (vault, round): (CircleId, u64),
        (opened, folded): VaultOpened,
        damage: &mut Option<Error>,
    ) -> ControlFlow<()> {
        let mut memory = self.memory_mut();
        if memory.round() != round || self.rights().decide_vault(vault).is_err() {
            return ControlFlow::Break(());
        }
        for one in sound(opened, damage) {
            // What was changed since the page was fetched is newer.
            let held = memory.row(one.row.id);
            let is_newest = held.is_none_or(|held| held.changed_at <= one.row.changed_at);
            if is_newest && !memory.is_gone(one.row.id) {
                memory.put(one);
            }
        }
        for ((dossier, entry), field, text) in sound(folded, damage) {
            if memory.awaits_entry(dossier, entry) {
                memory.put_entry((dossier, entry), &field, &text);
            }
        }
        ControlFlow::Continue(())
    }

    /// Puts a whole dossier in memory.
    fn remember_dossier(
        &self,
        row: &store::dossier::DossierRow,
        values: Vec<store::value::ValueRow>,
        entries: &[store::entry::EntryRow],
    ) -> Result<(), Error> {
        while !self.remember_present(self.present(row, values.clone())?) {}
        for entry in entries.iter().filter(|entry| entry.binned_at == 0) {
            if self.permit(row.home(), &entry.field, Level::View).is_ok() {
                let content = self.open_entry(row, &entry.field, entry)?;
                self.remember_entry((row.id, entry.id), &entry.field, &content);
            }
        }
        Ok(())
    }

    fn load_entries(
        &self,
        bases: &Bases,
        filling: &mut Filling,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(), Error> {
        open_pages(
            Ahead::of(self.store.reader(), EntryPages { after: 0 }),
            |page| self.opened_entries(page, bases),
            |(number, opened)| {
                filling.at.done += number;
                self.remember_entries(opened, filling)?;
                progress(filling.at);
                Ok(ControlFlow::Continue(()))
            },
        )
    }

    /// The memory, as long as it is the one that is being filled.
    fn memory_to_fill(&self, filling: &Filling) -> Result<RwLockWriteGuard<'_, Memory>, Error> {
        self.refuse_stopping()?;
        let memory = self.memory_mut();
        if memory.round() == filling.round {
            Ok(memory)
        } else {
            Err(Error::Cancelled)
        }
    }

    fn remember_entries(
        &self,
        opened: Vec<Result<OpenedEntry, Error>>,
        filling: &mut Filling,
    ) -> Result<(), Error> {
        let mut memory = self.memory_to_fill(filling)?;
        for ((dossier, entry), field, mut folded) in sound(opened, &mut filling.damage) {
            if memory.awaits_entry(dossier, entry) {
                memory.put_entry((dossier, entry), &field, &folded);
            }
            folded.clear();
        }
        memory.loading = Some(filling.at);
        // A page may have been opened before a vault closed, and come in after.
        self.withhold_since(&mut memory, filling.closings);
        Ok(())
    }

    fn remember(&self, opened: Vec<Loaded>, filling: &mut Filling) -> Result<(), Error> {
        let mut memory = self.memory_to_fill(filling)?;
        for one in sound(opened, &mut filling.damage) {
            if memory.awaits(one.row.id) {
                memory.put(one);
            }
        }
        memory.loading = Some(filling.at);
        // A page may have been opened before a vault closed, and come in after.
        self.withhold_since(&mut memory, filling.closings);
        Ok(())
    }

    fn opened_entry(
        &self,
        row: &store::dossier::LoadedEntry,
        base: &Base,
    ) -> Result<Option<OpenedEntry>, Error> {
        let content = self.entry_content(row, base)?;
        Ok(content.map(|mut content| {
            let mut words = content.words();
            let folded = Zeroizing::new(name::fold(&words));
            // Wiped in one go.
            words.clear();
            content.text.clear();
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
        let Some(mut bytes) = held(opened)? else {
            return Ok(None);
        };
        let content = Zeroizing::new(EntryContent::parse(&bytes)?);
        bytes.clear();
        Ok(Some(content))
    }

    /// Opens the sheet and the protected values of one dossier that this user may read.
    fn opened(&self, rows: &[store::dossier::SheetRow]) -> Result<Opened, Error> {
        // Taken once for all values: two cores that take turns at the same lock wait for each other.
        open_rows(rows, &self.rights(), &self.ring())
    }

    /// Puts the present state of a dossier in memory, after a change.
    pub(crate) async fn remember_again(
        &self,
        row: &store::dossier::DossierRow,
    ) -> Result<(), Error> {
        loop {
            let values = store::value::of_dossier(&mut *self.store.read().await?, row.id).await?;
            if self.remember_present(self.present(row, values)?) {
                return Ok(());
            }
        }
    }

    /// What the memory will hold of a dossier with these values.
    pub(super) fn present(
        &self,
        row: &store::dossier::DossierRow,
        values: Vec<store::value::ValueRow>,
    ) -> Result<Present, Error> {
        let (round, closings) = (self.memory().round(), self.closings());
        let rows: Vec<_> = values
            .into_iter()
            .map(|value| store::dossier::SheetRow {
                dossier: row.clone(),
                field: value.field,
                sealing: value.sealing,
            })
            .collect();
        Ok(Present {
            opened: self.opened(&rows)?,
            round,
            closings,
        })
    }

    /// Puts it in memory; not where that was emptied since, to be filled under other rights.
    pub(super) fn remember_present(&self, present: Present) -> bool {
        let mut memory = self.memory_mut();
        if memory.round() != present.round {
            return false;
        }
        memory.put(present.opened);
        self.withhold_since(&mut memory, present.closings);
        true
    }
}

/// What the memory will hold of a dossier, and of which round it was and how often a vault had been closed when that was decided.
pub(super) struct Present {
    opened: Opened,
    round: u64,
    closings: usize,
}

/// What a dossier is called in a list, where these rights and keys open that.
pub(crate) fn name_in(
    rows: &[store::dossier::SheetRow],
    rights: &Rights,
    ring: &Keyring,
) -> Option<Text> {
    let name = Text::new(open_rows(rows, rights, ring).ok()?.row.listed);
    (!name.is_empty()).then_some(name)
}

/// Opens the sheet and the protected values of one dossier that these rights and keys open.
fn open_rows(
    rows: &[store::dossier::SheetRow],
    rights: &Rights,
    ring: &Keyring,
) -> Result<Opened, Error> {
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
    let mut values: Vec<(&str, &str)> = Vec::with_capacity(32);
    let open = sheets.iter().flat_map(Glance::values);
    values.extend(open.filter(|(field, _)| !rights.fields.contains_key(*field)));
    for (field, bytes) in protected {
        let value = std::str::from_utf8(bytes).map_err(|_| StoreError::Damaged("text"))?;
        // It was emptied.
        if !value.is_empty() {
            values.push((field, value));
        }
    }
    let opened = open_row(&first.dossier, &values);
    drop(values);
    drop(sheets);
    for (_, mut bytes) in plain {
        bytes.clear();
    }
    Ok(opened)
}

/// Opens pages among the cores, and keeps each on this thread.
fn open_pages<P: Send + 'static, T: Send>(
    mut pages: Ahead<P>,
    open: impl Fn(P) -> Result<T, Error> + Sync,
    keep: impl FnMut(T) -> Result<ControlFlow<()>, Error>,
) -> Result<(), Error> {
    tokio::task::block_in_place(|| cores::in_turn(|| pages.next(), open, keep))
}

/// What could be opened; of what could not, the first reason is kept.
fn sound<T>(opened: Vec<Result<T, Error>>, damage: &mut Option<Error>) -> impl Iterator<Item = T> {
    opened.into_iter().filter_map(|one| match one {
        Ok(one) => Some(one),
        Err(error) => {
            damage.get_or_insert(error);
            None
        }
    })
}

/// What an entry needs of its dossier to be opened.
pub(super) struct Base {
    home: Home,
    salt: Vec<u8>,
}

/// An entry with its folded text.
type OpenedEntry = ((DossierId, EntryId), String, Zeroizing<String>);

/// The dossiers of a page.
type NewBases = Vec<(DossierId, Base)>;
/// One of them, or why it could not be opened.
type Loaded = Result<Opened, Error>;
/// What a page has of a vault.
type VaultOpened = (Vec<Loaded>, Vec<Result<OpenedEntry, Error>>);

pub(super) type Bases = ById<DossierId, Base>;

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
    let mut by_field = values.to_vec();
    by_field.sort_unstable_by_key(|(field, _)| *field);
    let value = |field: &str| {
        let found = by_field.binary_search_by_key(&field, |(id, _)| id);
        found.ok().map(|at| by_field[at].1)
    };
    let Lines {
        full,
        listed,
        sort_key,
    } = Name::from_fields(value).lines(IjOrder::AsIj);
    let own = |field: &str| value(field).unwrap_or_default().to_owned();
    let most = |(_, value): &(_, &str)| value.len() + 32;
    let length = 2 * (full.len() + listed.len()) + values.iter().map(most).sum::<usize>();
    // What grows leaves copies behind.
    let mut sheet = Zeroizing::new(String::with_capacity(length));
    push_folded(&full, &mut sheet);
    sheet.push('\n');
    push_folded(&listed, &mut sheet);
    let names = sheet.len();
    for (field, value) in values {
        let Some((def, mark)) = marked_field(field) else {
            continue;
        };
        // Nobody looks for the letters of a photograph.
        if matches!(def.value, ValueType::Picture) {
            continue;
        }
        sheet.push(mark);
        push_folded(value, &mut sheet);
        let mut also = |other: &str| {
            sheet.push(' ');
            push_folded(other, &mut sheet);
        };
        // Also found as it is shown, and a number as it is typed.
        match def.value {
            ValueType::Date => also(&crate::code::show(def.value, value)),
            ValueType::Phone => {
                let shown = crate::code::show(def.value, value);
                also(&shown);
                also(&shown.replace(['-', ' '], ""));
            }
            ValueType::Postcode => also(&value.replace(' ', "")),
            _ => {}
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
        sort_key,
        sheet,
        names,
    }
}

/// Pages that a task of its own fetches, one after the other, while the former are opened.
struct Ahead<P> {
    // Not a channel of tokio's: waiting for that on this thread takes the wake-up of whatever else this task waits for.
    pages: Receiver<Result<Option<Fetched<P>>, StoreError>>,
    ended: bool,
}

/// A page, and leave to fetch the one after the next.
type Fetched<P> = (P, OwnedSemaphorePermit);

/// Pages that are fetched and not taken yet.
const FETCHED: usize = 2;

/// What is fetched page by page.
trait Pages: Send + 'static {
    type Page: Send;

    /// The next page; nothing after the last.
    fn fetch(
        &mut self,
        conn: &mut store::Conn,
    ) -> impl Future<Output = Result<Option<Self::Page>, StoreError>> + Send;
}

impl<P: Send + 'static> Ahead<P> {
    fn of(reader: store::Reader, mut pages: impl Pages<Page = P>) -> Self {
        let (sender, receiver) = channel();
        let told = sender.clone();
        let leave = Arc::new(Semaphore::new(FETCHED));
        tokio::spawn(async move {
            let fetched = async move {
                let mut conn = reader.read().await?;
                while let Ok(leave) = Arc::clone(&leave).acquire_owned().await
                    && let Some(page) = pages.fetch(&mut conn).await?
                {
                    // Nobody may be waiting for it any more.
                    if sender.send(Ok(Some((page, leave)))).is_err() {
                        break;
                    }
                }
                Ok(None)
            };
            let _ = told.send(fetched.await);
        });
        Self {
            pages: receiver,
            ended: false,
        }
    }

    /// Waits for the next page; nothing after the last. A task that ended before it told of the last one is an error.
    fn next(&mut self) -> Result<Option<P>, Error> {
        if self.ended {
            return Ok(None);
        }
        let fetched = self.pages.recv().map_err(|_| Error::Cancelled)??;
        self.ended = fetched.is_none();
        Ok(fetched.map(|(page, _)| page))
    }
}

/// Those of some circles.
struct SheetPages {
    circles: Vec<CircleId>,
    after: Option<DossierId>,
}

impl Pages for SheetPages {
    type Page = store::Sheets;

    async fn fetch(&mut self, conn: &mut store::Conn) -> Result<Option<store::Sheets>, StoreError> {
        while let Some(circle) = self.circles.last() {
            if let Some((last, page)) = store::dossier::sheets(conn, *circle, self.after).await? {
                self.after = Some(last);
                return Ok(Some(page));
            }
            self.circles.pop();
            self.after = None;
        }
        Ok(None)
    }
}

/// Those of a vault.
struct VaultPages {
    vault: CircleId,
    after: Option<DossierId>,
}

impl Pages for VaultPages {
    type Page = (store::Sheets, store::Entries);

    async fn fetch(&mut self, conn: &mut store::Conn) -> Result<Option<Self::Page>, StoreError> {
        let page = store::dossier::vault_page(conn, self.vault, self.after).await?;
        Ok(page.map(|(last, sheets, entries)| {
            self.after = Some(last);
            (sheets, entries)
        }))
    }
}

/// All entries.
struct EntryPages {
    after: i64,
}

impl Pages for EntryPages {
    type Page = store::Entries;

    async fn fetch(
        &mut self,
        conn: &mut store::Conn,
    ) -> Result<Option<store::Entries>, StoreError> {
        let page = store::dossier::entries(conn, self.after).await?;
        Ok(page.map(|(last, entries)| {
            self.after = last;
            entries
        }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{
        dossier::NewDossier,
        practice::{Founding, Locked, system_clock},
        vault::NewVault,
    };

    async fn found(anna: &Practice, text: &str) -> usize {
        anna.search(text, 9).await.unwrap().0.len()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_was_worked_out_before_a_vault_closed_does_not_come_in_after() {
        let keep = tempfile::tempdir().unwrap();
        let founding = Founding::for_tests();
        let folder = keep.path().join("praktijk");
        let (anna, _) = Locked::found(&folder, &founding, system_clock(), "test")
            .await
            .unwrap();
        let new = NewVault {
            name: "Werkgever",
            password: "zeven zwanen onder de brug",
            members: &[],
            medical: false,
            minutes: 60,
        };
        let (vault, _) = anna.found_vault(&new).await.unwrap();
        let fields = [("surname", "Zuidwijk"), ("town", "Winterswijk")];
        let new = NewDossier {
            kind: "employee".to_owned(),
            home: Home {
                circle: anna.practice_circle(),
                vault: Some(vault),
            },
            fields: fields
                .map(|(field, value)| (field.to_owned(), value.to_owned()))
                .into(),
        };
        let id = anna.create(&new).await.unwrap();
        anna.load(&|_| ()).await.unwrap();
        assert_eq!(found(&anna, "winterswijk").await, 1);
        let row = anna.dossier_row(id).await.unwrap();
        let mut conn = anna.store.read().await.unwrap();
        let values = store::value::of_dossier(&mut conn, id).await.unwrap();
        drop(conn);
        let present = anna.present(&row, values.clone()).unwrap();
        anna.close_vault(vault).await.unwrap();
        assert!(anna.remember_present(present));
        let note = EntryContent::note("Beoordeling: werkt zelfstandig.");
        anna.remember_entry((id, EntryId::make()), "personnel_notes", &note);
        assert_eq!(found(&anna, "winterswijk").await, 0);
        assert_eq!(found(&anna, "zelfstandig").await, 0);
        assert_eq!(found(&anna, "zuidwijk").await, 1);
        // Nor what was worked out under former rights.
        let present = anna.present(&row, values).unwrap();
        anna.memory_mut().begin_anew();
        assert!(!anna.remember_present(present));
        assert_eq!(found(&anna, "zuidwijk").await, 0);
        anna.lock().await.unwrap();
    }
}
