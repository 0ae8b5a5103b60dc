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
    code,
    dossier::{
        Bulk, EntryContent, NewBulk, NewDossier, Progress, Remembered, plausible, refuse_health,
    },
    error::Error,
    ids::DossierId,
    name,
    session::Practice,
    store::Write,
};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};
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
    fields: BTreeMap<String, String>,
    entries: Vec<(&'static str, EntryContent)>,
}

impl Drop for Good {
    fn drop(&mut self) {
        self.fields.values_mut().for_each(Zeroize::zeroize);
        for (_, content) in &mut self.entries {
            content.zeroize();
        }
    }
}

/// Rows that are sealed and written together: few, so that writing begins soon.
const CHUNK: usize = 250;

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
        Ok(self.check(table, plan).0)
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
        if good.is_empty() || (!plan.skip_refused && !report.refused.is_empty()) {
            report.added = 0;
            return Ok(report);
        }
        let total = good.len();
        let mut write = self.store.write().await?;
        let mut ids: Vec<DossierId> = Vec::with_capacity(total);
        let mut kept: Vec<Remembered> = Vec::with_capacity(total);
        let mut chunks = good.chunks_mut(CHUNK);
        let mut seal_next = || {
            let rows = chunks.next();
            rows.map(|rows| self.seal_rows(plan, rows)).transpose()
        };
        let (mut next, runtime) = (seal_next()?, Handle::current());
        while let Some(sealed) = next {
            if cancelled() || self.is_stopping() {
                return Err(Error::Cancelled);
            }
            // The next rows are sealed while these are written; neither takes the memory, which somebody may hold while they sort.
            let (written, ready) = rayon::join(
                || runtime.block_on(self.write_bulk(&mut write, &sealed)),
                &mut seal_next,
            );
            written?;
            next = ready?;
            ids.extend(sealed.iter().map(Bulk::id));
            kept.extend(sealed.into_iter().map(Bulk::into_remembered));
            progress(Progress {
                task: "import",
                done: ids.len(),
                total,
            });
        }
        self.finish_import(write, &ids, cancelled).await?;
        self.remember_bulk(kept);
        Ok(report)
    }

    async fn finish_import(
        &self,
        mut write: Write<'_>,
        ids: &[DossierId],
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<(), Error> {
        self.log_about(
            &mut write,
            self.event(EventKind::Imported).count(ids.len()),
            ids,
        )
        .await?;
        if cancelled() || self.is_stopping() {
            return Err(Error::Cancelled);
        }
        Ok(write.commit().await?)
    }

    fn seal_rows(&self, plan: &ImportPlan, rows: &mut [Good]) -> Result<Vec<Bulk>, Error> {
        let sealed = rows.par_iter_mut().map(|row| {
            let mut new = NewBulk {
                dossier: NewDossier {
                    kind: plan.kind.clone(),
                    home: plan.home,
                    fields: std::mem::take(&mut row.fields),
                },
                entries: std::mem::take(&mut row.entries),
            };
            let sealed = self.prepare_checked_bulk(&new);
            let fields = new.dossier.fields.values_mut();
            fields.for_each(Zeroize::zeroize);
            let entries = new.entries.iter_mut();
            entries.for_each(|(_, content)| content.zeroize());
            sealed
        });
        sealed.collect()
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
        let duplicates = self.likely_twins(&good);
        if plan.skip_duplicates {
            let twins: HashSet<usize> = duplicates.iter().map(|twin| twin.line).collect();
            good.retain(|row| !twins.contains(&row.line));
        }
        let report = ImportReport {
            rows: table.rows.len(),
            added: good.len(),
            refused,
            duplicates,
        };
        (report, good)
    }

    /// Compares with those whom this user may read.
    fn likely_twins(&self, rows: &[Good]) -> Vec<LikelyTwin> {
        let memory = self.memory();
        let existing = memory.recognisable().map(|one| {
            let [surname, given_name, initials, email, bsn] = one.values;
            let person = Person {
                surname,
                given_name,
                initials,
                date_of_birth: one.date_of_birth,
                email,
                bsn,
            };
            (one.id, person)
        });
        let people: Vec<Person<'_>> = rows
            .iter()
            .map(|row| Person::from_fields(|id: &str| row.fields.get(id).map(String::as_str)))
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
            fields: BTreeMap::new(),
            entries: Vec::new(),
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
            if let Err(reason) = self.take(&mut good, def, cell, row) {
                refused.push(refuse(def.id, reason));
            }
        }
        if refused.is_empty() && good.fields.is_empty() && good.entries.is_empty() {
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
        good: &mut Good,
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
                good.fields.entry(field.to_owned()).or_insert(part);
            }
            return Ok(());
        }
        if def.id == "surname" && self.splits {
            let (prefix, surname) = name::split_surname(&value);
            if !prefix.is_empty() && !surname.is_empty() {
                good.fields.insert("prefix".to_owned(), prefix);
                good.fields.insert(def.id.to_owned(), surname);
                return Ok(());
            }
        }
        good.fields.insert(def.id.to_owned(), value);
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
