//! Lists and search, from what this user may read.

use super::{
    Hit, Sheet,
    load::{Base, Bases, Progress},
    memory::Memory,
};
use crate::{
    access::{Home, Reason},
    audit::EventKind,
    catalogue::{self, Level},
    error::Error,
    ids::{CircleId, DossierId, EntryId},
    name,
    session::{Practice, SeenLent},
    store::{self, value::ValueRow},
};
use std::{collections::HashMap, sync::PoisonError};
use zeroize::{Zeroize, Zeroizing};

/// One line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which.
    pub id: DossierId,
    /// Kind, of the catalogue.
    pub kind: &'static str,
    /// "Jan van der Berg".
    pub name: String,
    /// "Berg, J. van der".
    pub listed: String,
    /// ISO date, or empty.
    pub date_of_birth: String,
    /// Empty when not filled in or withheld.
    pub town: String,
    /// Empty when not filled in or withheld.
    pub organisation: String,
    /// Of an employee; empty when not filled in.
    pub job_title: String,
    /// Of an employee; empty when not filled in.
    pub department: String,
    /// Of an employee; empty when not filled in.
    pub work_location: String,
    /// The circle.
    pub circle: CircleId,
    /// The vault.
    pub vault: Option<CircleId>,
    /// In ms.
    pub changed_at: i64,
}

impl Row {
    /// Where it lies.
    pub(crate) fn home(&self) -> Home {
        Home {
            circle: self.circle,
            vault: self.vault,
        }
    }

    /// Wipes what may not be read any more.
    pub(super) fn withhold(&mut self, closed: &impl Fn(&Self, &str) -> bool) {
        let shut = ["date_of_birth", "town", "organisation"].map(|field| closed(self, field));
        let texts = [
            &mut self.date_of_birth,
            &mut self.town,
            &mut self.organisation,
        ];
        for (text, shut) in texts.into_iter().zip(shut) {
            if shut {
                text.zeroize();
            }
        }
    }

    pub(super) fn wipe(&mut self) {
        for text in [
            &mut self.name,
            &mut self.listed,
            &mut self.date_of_birth,
            &mut self.town,
            &mut self.organisation,
            &mut self.job_title,
            &mut self.department,
            &mut self.work_location,
        ] {
            text.zeroize();
        }
    }
}

/// The order of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SortBy {
    /// By the Dutch rule.
    #[default]
    Name,
    /// By the last change.
    Changed,
    /// By a field; those in which it is empty or withheld come last, by name.
    Field(String),
}

/// What to list.
#[derive(Clone, Debug, Default)]
pub struct ListQuery {
    /// Kinds; empty for all.
    pub kinds: Vec<String>,
    /// The order.
    pub sort: SortBy,
    /// The other way round.
    pub descending: bool,
    /// Words that must all be in the fields that this user may read.
    pub filter: String,
    /// A field and a text that it must contain.
    pub field: Option<(String, String)>,
    /// One circle, or all.
    pub circle: Option<CircleId>,
    /// Rows to pass over.
    pub offset: usize,
    /// Most rows to give.
    pub limit: usize,
}

/// A part of a list.
#[derive(Debug)]
pub struct ListPage {
    /// Rows that match.
    pub total: usize,
    /// Those asked for.
    pub rows: Vec<Row>,
    /// How far the loading is; `None` when the list is complete.
    pub loading: Option<Progress>,
}

/// One hit with a piece of the text around it.
pub struct Found {
    /// The dossier.
    pub row: Row,
    /// Where: `name`, a field or an entry list.
    pub field: &'static str,
    /// The text around the match.
    pub snippet: Zeroizing<String>,
    /// Matches in the snippet, as start and end in UTF-16 units.
    pub marks: Vec<(usize, usize)>,
}

type Sheets = HashMap<DossierId, Vec<Sheet>>;
type Entries = HashMap<EntryId, (&'static str, Zeroizing<String>)>;

impl Practice {
    /// Lists dossiers. Logged as one entry with its count.
    pub async fn list(&self, query: &ListQuery) -> Result<ListPage, Error> {
        self.rights().decide_work()?;
        self.mind_turn().await?;
        let page = self.memory().list(query);
        self.log_soon(self.event(EventKind::Listed).count(page.total))
            .await?;
        let seen = page.rows.iter().map(|row| (row.circle, (row.id, None)));
        self.log_seen_lent(EventKind::Listed, seen).await?;
        Ok(page)
    }

    /// Searches every field and entry that this user may read. Logged as one entry with its count.
    pub async fn search(&self, text: &str, most: usize) -> Result<(Vec<Found>, bool), Error> {
        self.mind_turn().await?;
        let (hits, more) = self.memory().search(text, most);
        let (sheets, entries) = self.sources(&hits).await?;
        let found: Vec<Found> = hits
            .iter()
            .filter_map(|hit| self.found(hit, text, &sheets, &entries))
            .collect();
        self.log_soon(self.event(EventKind::Searched).count(found.len()))
            .await?;
        let seen = hits.iter().filter_map(|hit| {
            let shown = found.iter().find(|one| one.row.id == hit.dossier())?;
            let what = match hit {
                Hit::Name(_) => None,
                Hit::Field(_, field) => Some((*field, None)),
                Hit::Entry(_, entry) => Some((entries.get(entry)?.0, Some(*entry))),
            };
            Some((shown.row.circle, (shown.row.id, what)))
        });
        self.log_seen_lent(EventKind::Searched, seen).await?;
        Ok((found, more))
    }

    /// Every view of whoever stands in is told to the giver: what a list or a search shows of a lent dossier too, once in a session.
    async fn log_seen_lent(
        &self,
        kind: EventKind,
        seen: impl Iterator<Item = (CircleId, SeenLent)>,
    ) -> Result<(), Error> {
        let lent: Vec<SeenLent> = {
            let rights = self.rights();
            let mut known = self
                .seen_lent
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            let lent = seen.filter(|(circle, _)| rights.stands_in(*circle));
            lent.map(|(_, one)| one)
                .filter(|one| known.insert(*one))
                .collect()
        };
        if lent.is_empty() {
            return Ok(());
        }
        let mut write = self.store.write().await?;
        for (dossier, what) in lent {
            let mut event = self.event(kind).about(dossier);
            if let Some((field, entry)) = what {
                event = event.part(field);
                if let Some(entry) = entry {
                    event = event.object(entry);
                }
            }
            self.log(&mut write, event).await?;
        }
        Ok(write.commit().await?)
    }

    /// The texts in which something was found, fetched together.
    async fn sources(&self, hits: &[Hit]) -> Result<(Sheets, Entries), Error> {
        let (mut dossiers, mut ids) = (Vec::new(), Vec::new());
        for hit in hits {
            match hit {
                Hit::Name(_) => {}
                Hit::Field(id, _) => dossiers.push(*id),
                Hit::Entry(id, entry) => {
                    dossiers.push(*id);
                    ids.push(*entry);
                }
            }
        }
        let in_field = |id| {
            hits.iter()
                .any(|hit| matches!(hit, Hit::Field(of, _) if *of == id))
        };
        let mut conn = self.store.read().await?;
        let rows = store::dossier::open_sheets(&mut conn, &dossiers).await?;
        let entry_rows = store::dossier::some_entries(&mut conn, &ids).await?;
        drop(conn);
        let (mut sheets, mut entries) = (Sheets::new(), Entries::new());
        let bases: Bases = rows
            .iter()
            .map(|row| (row.dossier.id, Base::of(&row.dossier)))
            .collect();
        for row in rows.into_iter().filter(|row| in_field(row.dossier.id)) {
            let value = ValueRow {
                dossier_id: row.dossier.id,
                field: row.field,
                revision: 0,
                sealing: row.sealing,
            };
            // What lies in a closed vault is no source.
            if (self.permit(row.dossier.home(), &value.field, Level::View)).is_ok() {
                let known = sheets.entry(row.dossier.id).or_default();
                known.push(self.sheet(&row.dossier, Some(&value))?);
            }
        }
        for row in &entry_rows {
            let field = catalogue::field(&row.field);
            let base = bases.get(&row.dossier_id);
            let content = base.map(|base| self.entry_content(row, base)).transpose()?;
            if let (Some(def), Some(Some(content))) = (field, content) {
                entries.insert(row.id, (def.id, content.words()));
            }
        }
        Ok((sheets, entries))
    }

    fn found(&self, hit: &Hit, text: &str, sheets: &Sheets, entries: &Entries) -> Option<Found> {
        let row = self.memory().row(hit.dossier()).cloned()?;
        let (field, source) = match hit {
            Hit::Name(_) => ("name", Zeroizing::new(row.name.clone())),
            // Found, but not shown here: a protected value is revealed one at a time.
            Hit::Field(_, field) if self.rights().fields.contains_key(*field) => {
                (*field, Zeroizing::new(Reason::Masked.code().to_owned()))
            }
            Hit::Field(id, field) => {
                let mut sheets = sheets.get(id).into_iter().flatten();
                let value = sheets.find_map(|sheet| sheet.value(field));
                (*field, Zeroizing::new(value.unwrap_or_default().to_owned()))
            }
            Hit::Entry(_, entry) => entries.get(entry).cloned()?,
        };
        let masked = matches!(hit, Hit::Field(..)) && *source == Reason::Masked.code();
        let (snippet, marks) = if masked {
            (Zeroizing::new(String::new()), Vec::new())
        } else {
            snippet(&source, text)
        };
        Some(Found {
            row,
            field,
            snippet,
            marks,
        })
    }

    /// Circles in which this user may make dossiers.
    pub fn may_make_in(&self, circle: CircleId) -> bool {
        self.permit(circle, store::value::OPEN, Level::Edit).is_ok()
    }
}

impl Memory {
    /// A part of a list.
    pub fn list(&self, query: &ListQuery) -> ListPage {
        let ids = self.ordered(&query.sort);
        let matching = (!query.filter.trim().is_empty()).then(|| self.matching(&query.filter));
        let field = query
            .field
            .as_ref()
            .map(|(field, text)| (field, name::fold(text)));
        let keep = |id: &&DossierId| {
            matching.as_ref().is_none_or(|ids| ids.contains(id))
                && field
                    .as_ref()
                    .is_none_or(|(field, text)| self.field_contains(**id, field, text))
                && self.row(**id).is_some_and(|row| keeps(query, row))
        };
        let plain = matching.is_none()
            && field.is_none()
            && query.kinds.is_empty()
            && query.circle.is_none();
        let kept: Vec<&DossierId> = match (plain, query.descending) {
            (true, false) => ids.iter().collect(),
            (true, true) => ids.iter().rev().collect(),
            (false, false) => ids.iter().filter(keep).collect(),
            (false, true) => ids.iter().rev().filter(keep).collect(),
        };
        let rows = kept
            .iter()
            .skip(query.offset)
            .take(query.limit)
            .filter_map(|id| self.row(**id))
            .cloned()
            .collect();
        ListPage {
            total: kept.len(),
            rows,
            loading: self.loading(),
        }
    }
}

fn keeps(query: &ListQuery, row: &Row) -> bool {
    (query.kinds.is_empty() || query.kinds.iter().any(|kind| kind == row.kind))
        && query.circle.is_none_or(|circle| circle == row.circle)
}

/// Characters before the first match in a snippet.
const BEFORE: usize = 40;
/// Characters of a snippet.
const LENGTH: usize = 160;

/// A piece of a text around the first match, and the matches in it.
fn snippet(text: &str, query: &str) -> (Zeroizing<String>, Vec<(usize, usize)>) {
    let folded_query = Zeroizing::new(name::fold(query));
    let terms: Vec<&str> = folded_query.split_whitespace().collect();
    let chars: Vec<char> = text.chars().collect();
    // Folding may change the length, so each character is folded by itself and remembered.
    let mut folded = Zeroizing::new(String::new());
    let mut origin = Vec::new();
    for (index, c) in chars.iter().enumerate() {
        if c.is_ascii() {
            origin.push(index);
            folded.push(c.to_ascii_lowercase());
            continue;
        }
        let piece = name::fold(c.encode_utf8(&mut [0; 4]));
        origin.extend(std::iter::repeat_n(index, piece.len()));
        folded.push_str(&piece);
    }
    let mut matches: Vec<(usize, usize)> = terms
        .iter()
        .flat_map(|term| folded.match_indices(term).take(20))
        .filter_map(|(at, found)| Some((*origin.get(at)?, *origin.get(at + found.len() - 1)? + 1)))
        .collect();
    matches.sort_unstable();
    let start = matches
        .first()
        .map_or(0, |(first, _)| first.saturating_sub(BEFORE));
    let end = (start + LENGTH).min(chars.len());
    let piece: Zeroizing<String> = Zeroizing::new(
        chars[start..end]
            .iter()
            .map(|c| if c.is_control() { ' ' } else { *c })
            .collect(),
    );
    let units = |index: usize| {
        chars[start..index]
            .iter()
            .map(|c| c.len_utf16())
            .sum::<usize>()
    };
    let marks = matches
        .iter()
        .filter(|(from, to)| *from >= start && *to <= end)
        .map(|(from, to)| (units(*from), units(*to)))
        .collect();
    (piece, marks)
}
