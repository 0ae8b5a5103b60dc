//! A table of another program becomes dossiers: checked row by row, written all in one change or not at all.

use super::{
    duplicates::{Person, Same, Twin, likely_duplicates},
    export::WITHHELD,
    mapping::{self, MappingError},
    table::{Row, Table},
};
use crate::{
    access::{Denial, Home, Lack},
    audit::EventKind,
    catalogue::{self, FieldDef, Level, Shape, ValueType},
    code, cores,
    dossier::{
        Bulk, EntryContent, Memory, NewBulk, NewDossier, Progress, Remembered, plausible,
        refuse_health,
    },
    error::Error,
    ids::DossierId,
    name,
    session::Practice,
    store::Write,
};
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, HashSet},
    ops::ControlFlow,
    panic::resume_unwind,
    sync::mpsc,
    thread,
};
use tokio::runtime::Handle;
use zeroize::{Zeroize, Zeroizing};

/// What becomes of a table.
pub struct ImportPlan {
    /// Kind of dossier.
    pub kind: String,
    /// Where they will lie.
    pub home: Home,
    /// The field of each column, or none.
    pub mapping: Vec<Option<&'static str>>,
    /// Whether the good rows come in when others are refused; otherwise one refused row refuses all.
    pub skip_refused: bool,
    /// Whether rows about somebody who is probably there already stay out.
    pub skip_duplicates: bool,
}

/// Why one row does not come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedCell {
    /// Line in the file.
    pub line: usize,
    /// Field id; empty when it is about the whole row.
    pub field: &'static str,
    /// A word of the program.
    pub reason: &'static str,
}

/// A row that is probably about somebody who is there already, or stands in the file twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LikelyTwin {
    /// Line in the file.
    pub line: usize,
    /// Who is there already.
    pub dossier: Option<DossierId>,
    /// The earlier line of the file.
    pub earlier: Option<usize>,
    /// `bsn`, `email` or `name_and_birth`.
    pub same: &'static str,
}

/// What came, or would come, of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Rows in the file.
    pub rows: usize,
    /// Dossiers made; in a preview, those that would be.
    pub added: usize,
    /// What was refused, by line.
    pub refused: Vec<RefusedCell>,
    /// Likely duplicates among the good rows. The user decides whether they come in.
    pub duplicates: Vec<LikelyTwin>,
}

/// A row that is in order.
struct Good {
    line: usize,
    new: NewBulk,
}

impl Drop for Good {
    fn drop(&mut self) {
        let fields = self.new.dossier.fields.values_mut();
        fields.for_each(Zeroize::zeroize);
        for (_, content) in &mut self.new.entries {
            content.zeroize();
        }
    }
}

/// Rows that are sealed and written together: few, so that writing begins soon.
const CHUNK: usize = 250;

/// Chunks that may be sealed before they are written.
const AHEAD: usize = 4;

/// Who watches the writing: is told how far it got, and can stop it.
struct Watcher<'a> {
    total: usize,
    progress: &'a (dyn Fn(Progress) + Sync),
    has_stopped: &'a (dyn Fn() -> bool + Sync),
}

/// What each column of a file probably is, for this kind of dossier.
pub fn guess_mapping(kind: &str, headings: &[String]) -> Vec<Option<&'static str>> {
    let known: Vec<(&'static str, &[&str])> =
        fields_of(kind).map(|def| (def.id, def.headings)).collect();
    mapping::guess(headings, &known)
}

/// What each column of a file is, by a mapping file.
pub fn read_mapping(
    kind: &str,
    json: &str,
    headings: &[String],
) -> Result<Vec<Option<&'static str>>, MappingError> {
    let ids: Vec<&'static str> = fields_of(kind).map(|def| def.id).collect();
    mapping::apply(&mapping::read_mapping(json)?, headings, &ids)
}

impl Practice {
    /// What an import would do. Changes nothing.
    pub fn preview_import(&self, table: &Table, plan: &ImportPlan) -> Result<ImportReport, Error> {
        self.may_import(table, plan)?;
        let (mut report, mut good) = self.check(table, plan);
        self.compare(plan, &mut report, &mut good);
        Ok(report)
    }

    /// Imports a table: all good rows in one change. Stopped halfway, nothing is there.
    pub async fn import(
        &self,
        table: &Table,
        plan: &ImportPlan,
        progress: &(dyn Fn(Progress) + Sync),
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<ImportReport, Error> {
        if let Err(denied) = self.may_import(table, plan) {
            return match denied {
                Error::Denied(denial) => self.deny(self.event(EventKind::Imported), denial).await,
                other => Err(other),
            };
        }
        let (mut report, mut good) = self.check(table, plan);
        let refused = !plan.skip_refused && !report.refused.is_empty();
        // Whoever takes duplicates in hears of them afterwards: they are looked for while the rows are written.
        let at_once = refused || plan.skip_duplicates;
        if at_once {
            self.compare(plan, &mut report, &mut good);
        }
        if refused || good.is_empty() {
            report.added = 0;
            return Ok(report);
        }
        let write = self.store.write().await?;
        let (sealed, waiting) = mpsc::sync_channel(AHEAD);
        let runtime = Handle::current();
        let has_stopped = || cancelled() || self.is_stopping();
        let watcher = Watcher {
            total: good.len(),
            progress,
            has_stopped: &has_stopped,
        };
        // Written on a thread of its own, so that every core is there for sealing. What runs among the cores takes no memory, which
        // somebody may hold while they sort.
        let (written, twins) = thread::scope(|threads| {
            let writing =
                threads.spawn(|| runtime.block_on(self.write_sealed(write, waiting, &watcher)));
            let (mut chunks, mut all_sent) = (good.chunks(CHUNK), true);
            let handed_on = cores::in_turn(
                || Ok(chunks.next()),
                |rows| {
                    let rows = rows.par_iter().with_max_len(cores::PIECE);
                    let rows = rows.map(|row| self.prepare_checked_bulk(&row.new));
                    // What cannot be sealed is told to the writing, which then keeps nothing.
                    Ok(rows.collect::<Result<Vec<Bulk>, Error>>())
                },
                |rows| {
                    let is_sealed = rows.is_ok();
                    // Nobody takes it where the writing failed.
                    all_sent = sealed.send(rows).is_ok() && is_sealed;
                    Ok(if all_sent {
                        ControlFlow::Continue(())
                    } else {
                        ControlFlow::Break(())
                    })
                },
            );
            drop(sealed);
            let goes_on = handed_on.is_ok() && all_sent && !has_stopped();
            let twins = (!at_once && goes_on).then(|| likely_twins(&self.memory(), &good));
            good.into_par_iter().for_each(drop);
            (writing.join(), twins)
        });
        let kept = written.unwrap_or_else(|panic| resume_unwind(panic))?;
        self.remember_bulk(kept);
        report.duplicates.extend(twins.into_iter().flatten());
        Ok(report)
    }

    /// Writes what comes in, all in one change.
    async fn write_sealed(
        &self,
        mut write: Write<'_>,
        waiting: mpsc::Receiver<Result<Vec<Bulk>, Error>>,
        watcher: &Watcher<'_>,
    ) -> Result<Vec<Remembered>, Error> {
        let (mut ids, mut kept) = (Vec::new(), Vec::new());
        for rows in waiting {
            if (watcher.has_stopped)() {
                return Err(Error::Cancelled);
            }
            let rows = rows?;
            self.write_bulk(&mut write, &rows).await?;
            ids.extend(rows.iter().map(Bulk::id));
            kept.extend(rows.into_iter().map(Bulk::into_remembered));
            (watcher.progress)(Progress {
                task: "import",
                done: ids.len(),
                total: watcher.total,
            });
        }
        // Whoever seals ended before the last row, in a panic: the rows so far are not the import.
        if ids.len() != watcher.total {
            return Err(Error::Cancelled);
        }
        let event = self.event(EventKind::Imported).count(ids.len());
        self.log_about(&mut write, event, &ids).await?;
        if (watcher.has_stopped)() {
            return Err(Error::Cancelled);
        }
        write.commit().await?;
        Ok(kept)
    }

    /// Whether this user may fill every mapped field in this circle.
    fn may_import(&self, table: &Table, plan: &ImportPlan) -> Result<(), Error> {
        let kind = catalogue::kind(&plan.kind).ok_or(Error::NotFound)?;
        self.may_lie_in(kind.id, plan.home)?;
        let mut seen = HashSet::new();
        for field in plan.mapping.iter().flatten() {
            let again = !seen.insert(*field) && *field != mapping::JOINED;
            if !kind.fields.contains(field) || again {
                return Err(Error::Import("mapping"));
            }
        }
        match self.refused_column(table, plan) {
            Some((_, denial)) => Err(denial.into()),
            None if seen.is_empty() => Err(Error::Import("nothing_mapped")),
            None => Ok(()),
        }
    }

    /// The first column with something in it that this user may not write there, from 0, and why not.
    pub fn refused_column(&self, table: &Table, plan: &ImportPlan) -> Option<(usize, Denial)> {
        let mut mapped = plan.mapping.iter().enumerate();
        mapped.find_map(|(at, field)| {
            let denial = self.permit(plan.home, (*field)?, Level::Edit).err()?;
            let filled = table.rows.iter().any(|row| !is_blank(cell_at(row, at)));
            filled.then_some((at, denial))
        })
    }

    /// Takes the rows apart: those in order, and what is wrong with the others.
    fn check(&self, table: &Table, plan: &ImportPlan) -> (ImportReport, Vec<Good>) {
        let uneven: HashSet<usize> = table.uneven.iter().copied().collect();
        let columns = Columns::of(table, plan, self.today());
        let checked: Vec<Result<Good, Vec<RefusedCell>>> = table
            .rows
            .par_iter()
            .map(|row| columns.check(row, uneven.contains(&row.line)))
            .collect();
        let (mut good, mut refused) = (Vec::with_capacity(checked.len()), Vec::new());
        for one in checked {
            match one {
                Ok(row) => good.push(row),
                Err(cells) => refused.extend(cells),
            }
        }
        let report = ImportReport {
            rows: table.rows.len(),
            added: good.len(),
            refused,
            duplicates: Vec::new(),
        };
        (report, good)
    }

    /// Looks for duplicates, and takes them out where they stay out.
    fn compare(&self, plan: &ImportPlan, report: &mut ImportReport, good: &mut Vec<Good>) {
        report.duplicates = likely_twins(&self.memory(), good);
        if plan.skip_duplicates {
            let twins: HashSet<usize> = report.duplicates.iter().map(|twin| twin.line).collect();
            good.retain(|row| !twins.contains(&row.line));
            report.added = good.len();
        }
    }
}

/// Compares with those whom this user may read.
fn likely_twins(memory: &Memory, rows: &[Good]) -> Vec<LikelyTwin> {
    let existing = memory.recognisable().map(|(id, values)| {
        let [surname, given_name, initials, email, bsn, date_of_birth] = values;
        let person = Person {
            surname,
            given_name,
            initials,
            date_of_birth,
            email,
            bsn,
        };
        (id, person)
    });
    let people: Vec<Person<'_>> = rows
        .iter()
        .map(|row| {
            let fields = &row.new.dossier.fields;
            Person::from_fields(|id: &str| fields.get(id).map(String::as_str))
        })
        .collect();
    let line = |row: usize| rows.get(row).map_or(0, |row| row.line);
    let found = likely_duplicates(&people, existing);
    found
        .into_iter()
        .map(|one| {
            let (dossier, earlier) = match one.twin {
                Twin::Existing(id) => (Some(id), None),
                Twin::Row(row) => (None, Some(line(row))),
            };
            LikelyTwin {
                line: line(one.row),
                dossier,
                earlier,
                same: same_word(one.same),
            }
        })
        .collect()
}

/// The columns that are mapped, with what else a row needs to know about them.
struct Columns {
    fields: Vec<(Vec<usize>, &'static FieldDef)>,
    country: Option<usize>,
    splits: bool,
    /// The surname is a name in one piece.
    whole: bool,
    today: String,
    kind: String,
    home: Home,
}

/// Headings under which lists have a name in one piece, where no other column has a first name.
const WHOLE: &[&str] = &[
    "naam",
    "name",
    "volledige naam",
    "full name",
    "naam client",
    "client",
    "clientnaam",
    "client name",
    "naam medewerker",
];

impl Columns {
    fn of(table: &Table, plan: &ImportPlan, today: String) -> Self {
        let mut fields: Vec<(Vec<usize>, &'static FieldDef)> = Vec::new();
        for (at, field) in plan.mapping.iter().enumerate() {
            let Some(def) = field.and_then(catalogue::field) else {
                continue;
            };
            match fields.iter_mut().find(|(_, known)| known.id == def.id) {
                Some((columns, _)) => columns.push(at),
                None => fields.push((vec![at], def)),
            }
        }
        let at = |id: &str| {
            let found = fields.iter().find(|(_, def)| def.id == id);
            found.and_then(|(columns, _)| columns.first().copied())
        };
        let has_prefix =
            catalogue::kind(&plan.kind).is_some_and(|kind| kind.fields.contains(&"prefix"));
        let splits = has_prefix && at("prefix").is_none();
        let heading = at("surname").and_then(|at| table.headings.get(at));
        let whole =
            heading.is_some_and(|heading| WHOLE.contains(&name::fold(heading.trim()).as_str()));
        Self {
            country: at("country"),
            splits,
            whole: splits && whole && at("given_name").is_none() && at("initials").is_none(),
            today,
            kind: plan.kind.clone(),
            home: plan.home,
            fields,
        }
    }

    fn check(&self, row: &Row, uneven: bool) -> Result<Good, Vec<RefusedCell>> {
        let refuse = |field, reason| RefusedCell {
            line: row.line,
            field,
            reason,
        };
        if uneven {
            return Err(vec![refuse("", "uneven")]);
        }
        let mut good = Good {
            line: row.line,
            new: NewBulk {
                dossier: NewDossier {
                    kind: self.kind.clone(),
                    home: self.home,
                    fields: BTreeMap::new(),
                },
                entries: Vec::new(),
            },
        };
        let mut refused = Vec::new();
        for (columns, def) in &self.fields {
            let cells = columns.iter().map(|at| cell_at(row, *at));
            let cells: Vec<&str> = cells.filter(|cell| !is_blank(cell)).collect();
            let joined = Zeroizing::new(cells.join(" "));
            if cells.is_empty() {
                continue;
            }
            // What stands alone is checked as it stands.
            let cell = if let [one] = cells[..] { one } else { &joined };
            if let Err(reason) = self.take(&mut good.new, def, cell, row) {
                refused.push(refuse(def.id, reason));
            }
        }
        let is_empty = good.new.dossier.fields.is_empty() && good.new.entries.is_empty();
        if refused.is_empty() && is_empty {
            refused.push(refuse("", "empty"));
        }
        if refused.is_empty() {
            Ok(good)
        } else {
            Err(refused)
        }
    }

    /// Takes one cell in.
    fn take(
        &self,
        good: &mut NewBulk,
        def: &'static FieldDef,
        cell: &str,
        row: &Row,
    ) -> Result<(), &'static str> {
        if def.is_special() {
            return Err(Lack::Missing.code());
        }
        if let Some(shape) = def.shape() {
            let content =
                EntryContent::note(cell)
                    .check(def.id, shape)
                    .map_err(|error| match error {
                        Error::Refused { reason, .. } => reason,
                        _ => "empty",
                    })?;
            // Nobody is there to be asked about each row.
            refuse_health(&self.kind, def, &content, None).map_err(|_| "medical_words")?;
            good.entries.push((def.id, content));
            return Ok(());
        }
        let country = self
            .country
            .and_then(|at| row.cells.get(at))
            .map(String::as_str)
            .filter(|cell| !cell.trim().is_empty());
        let value = match code::check_in(def.value, cell, country) {
            // The country itself is refused in its own column.
            Err(code::CodeError::CountryUnknown) if def.value == ValueType::Postcode => {
                return Ok(());
            }
            other => other.map_err(|error| error.code())?,
        };
        plausible(def, &value, &self.today).map_err(|error| error.code())?;
        let fields = &mut good.dossier.fields;
        if def.id == "surname" && self.whole {
            let name::Whole {
                salutation,
                initials,
                given_name,
                prefix,
                surname,
            } = name::split_whole(&value);
            let parts = [
                ("salutation", salutation),
                ("initials", initials),
                ("given_name", given_name),
                ("prefix", prefix),
                ("surname", surname),
            ];
            let filled = parts.into_iter().filter(|(_, part)| !part.is_empty());
            for (field, part) in filled {
                // A column of its own says it better.
                fields.entry(field.to_owned()).or_insert(part);
            }
            return Ok(());
        }
        if def.id == "surname" && self.splits {
            let (prefix, surname) = name::split_surname(&value);
            if !prefix.is_empty() && !surname.is_empty() {
                fields.insert("prefix".to_owned(), prefix.into_owned());
                fields.insert(def.id.to_owned(), surname.into_owned());
                return Ok(());
            }
        }
        fields.insert(def.id.to_owned(), value);
        Ok(())
    }
}

fn cell_at(row: &Row, at: usize) -> &str {
    row.cells.get(at).map_or("", String::as_str)
}

/// Nothing, or what an export wrote for a value that it withheld.
fn is_blank(cell: &str) -> bool {
    let cell = cell.trim();
    cell.is_empty() || cell == WITHHELD
}

fn fields_of(kind: &str) -> impl Iterator<Item = &'static FieldDef> {
    catalogue::kind(kind)
        .into_iter()
        .flat_map(|kind| kind.fields.iter().filter_map(|id| catalogue::field(id)))
        .filter(|def| fits_a_cell(def))
}

/// Whether one cell of a table can be all there is of it: not of a wage, a part, a certificate or a document.
fn fits_a_cell(def: &FieldDef) -> bool {
    !matches!(
        def.shape(),
        Some(
            Shape::Wage
                | Shape::Part
                | Shape::Certificate
                | Shape::Document
                | Shape::Disclosure
                | Shape::Consent
                | Shape::Ground
                | Shape::OwnView
                | Shape::Representative
                | Shape::Authorisation
        )
    )
}

fn same_word(same: Same) -> &'static str {
    match same {
        Same::Bsn => "bsn",
        Same::Email => "email",
        Same::NameAndBirth => "name_and_birth",
    }
}
