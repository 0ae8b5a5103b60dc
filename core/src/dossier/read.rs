//! Opening one dossier.

use super::{content::EntryContent, sheet::Sheet};
use crate::{
    access::{Reason, Seen, Text, View, ViewedEntry},
    audit::EventKind,
    catalogue::{self, FieldDef, Level, Shape},
    error::Error,
    ids::{ChangeId, DossierId, UserId},
    keys::Spot,
    name::Name,
    session::{Practice, held, spot, text},
    store::{
        self,
        dossier::DossierRow,
        entry::EntryRow,
        value::{OPEN, VAULTED, ValueRow},
    },
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::PoisonError,
};
use zeroize::Zeroizing;

/// Which protected values come out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reveal<'a> {
    /// None: they are masked.
    Nothing,
    /// One field.
    Field(&'a str),
    /// These fields.
    Fields(&'a [&'a str]),
    /// All that this user may see; each that holds a value is logged.
    All,
}

impl Reveal<'_> {
    fn covers(self, field: &str) -> bool {
        match self {
            Self::Nothing => false,
            Self::Field(one) => one == field,
            Self::Fields(these) => these.contains(&field),
            Self::All => true,
        }
    }
}

/// One earlier value of a field.
pub struct Change {
    /// Which.
    pub id: ChangeId,
    /// When it was replaced, in ms.
    pub at: i64,
    /// Who replaced it.
    pub by: UserId,
    /// What stood there; `None` for nothing.
    pub before: Option<Text>,
}

impl Practice {
    /// Opens a dossier. Logged, each value that is revealed too.
    pub async fn open_dossier(&self, id: DossierId, reveal: Reveal<'_>) -> Result<View, Error> {
        let (view, revealed) = self.view(id, reveal).await?;
        let mut write = self.store.write().await?;
        self.log(&mut write, self.event(EventKind::DossierOpened).about(id))
            .await?;
        for field in revealed {
            self.log(
                &mut write,
                self.event(EventKind::FieldRevealed).about(id).part(field),
            )
            .await?;
        }
        store::dossier::note_recent(write.conn(), self.user, id, self.now()).await?;
        write.commit().await?;
        *self
            .lying_open
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(id);
        Ok(view)
    }

    /// Reads a dossier again that lies open since it was opened, masked, after a change. That it was opened is in the log
    /// already; any other dossier is opened.
    pub async fn reread_dossier(&self, id: DossierId) -> Result<View, Error> {
        let lying_open = *self
            .lying_open
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if lying_open == Some(id) {
            Ok(self.view(id, Reveal::Nothing).await?.0)
        } else {
            self.open_dossier(id, Reveal::Nothing).await
        }
    }

    /// Reveals one protected value. Logged, also when refused.
    pub async fn reveal(&self, id: DossierId, field: &str) -> Result<Option<Text>, Error> {
        let row = self.dossier_row(id).await?;
        let def = value_field(&row.kind, field)?;
        if let Err(denial) = self.permit(row.home(), def.id, Level::View) {
            return self
                .deny(
                    self.event(EventKind::FieldRevealed).about(id).part(def.id),
                    denial,
                )
                .await;
        }
        let value = self.plain_value(id, def.id).await?;
        self.log_now(self.event(EventKind::FieldRevealed).about(id).part(def.id))
            .await?;
        Ok(value)
    }

    /// The history of a field, newest first. Logged.
    pub async fn history(&self, id: DossierId, field: &str) -> Result<Vec<Change>, Error> {
        let row = self.dossier_row(id).await?;
        let def = value_field(&row.kind, field)?;
        if let Err(denial) = self.permit(row.home(), def.id, Level::View) {
            return self
                .deny(
                    self.event(EventKind::HistoryRead).about(id).part(def.id),
                    denial,
                )
                .await;
        }
        let rows = store::change::of_record(
            &mut *self.store.read().await?,
            id,
            uuid::Uuid::from_bytes(*id.as_bytes()),
            def.id,
        )
        .await?;
        let changes: Result<Vec<Change>, Error> = rows
            .iter()
            .map(|change| self.open_change(&row, change))
            .collect();
        self.log_now(self.event(EventKind::HistoryRead).about(id).part(def.id))
            .await?;
        changes
    }

    /// What this user opened last, newest first.
    pub async fn recents(&self, most: usize) -> Result<Vec<super::Row>, Error> {
        let rows = store::dossier::recents(
            &mut *self.store.read().await?,
            self.user,
            i64::try_from(most).unwrap_or(i64::MAX),
        )
        .await?;
        let mut recents = Vec::new();
        for row in rows
            .iter()
            .filter(|row| self.permit(row.home(), OPEN, Level::View).is_ok())
        {
            recents.push(self.line(row).await?);
        }
        Ok(recents)
    }

    /// The view of a dossier and the protected fields that came out of it. Not logged: for the caller that logs more.
    pub(crate) async fn view(
        &self,
        id: DossierId,
        reveal: Reveal<'_>,
    ) -> Result<(View, Vec<&'static str>), Error> {
        let row = self.dossier_row(id).await?;
        let mut conn = self.store.read().await?;
        let values = store::value::of_dossier(&mut conn, id).await?;
        let entries = store::entry::of_dossier(&mut conn, id).await?;
        drop(conn);
        self.view_of(&row, &values, &entries, reveal)
    }

    /// The row of a dossier; for somebody outside its circle there is none.
    pub(crate) async fn dossier_row(&self, id: DossierId) -> Result<DossierRow, Error> {
        self.dossier_row_in(&mut *self.store.read().await?, id)
            .await
    }

    /// The same, inside a change.
    pub(crate) async fn dossier_row_in(
        &self,
        conn: &mut store::Conn,
        id: DossierId,
    ) -> Result<DossierRow, Error> {
        let row = store::dossier::get(conn, id).await?;
        self.permit(row.home(), OPEN, Level::View)?;
        Ok(row)
    }

    pub(crate) fn view_of(
        &self,
        row: &DossierRow,
        values: &[ValueRow],
        entries: &[EntryRow],
        reveal: Reveal<'_>,
    ) -> Result<(View, Vec<&'static str>), Error> {
        let values: HashMap<&str, &ValueRow> = values
            .iter()
            .map(|value| (value.field.as_str(), value))
            .collect();
        let sheets = self.sheets(row, |name| values.get(name).copied())?;
        let kind = catalogue::kind(&row.kind).ok_or(Error::NotFound)?;
        let (mut fields, mut revealed) = (BTreeMap::new(), Vec::new());
        let (mut withheld_entries, mut editable_entries) = (Vec::new(), Vec::new());
        for def in kind.fields.iter().filter_map(|id| catalogue::field(id)) {
            if def.shape().is_some() {
                match self.permit(row.home(), def.id, Level::View) {
                    Ok(permit) if permit.may_edit() => editable_entries.push(def.id),
                    Ok(_) => {}
                    Err(denial) => withheld_entries.push((def.id, Reason::of(denial))),
                }
                continue;
            }
            let seen = self.seen(row, def, &sheets, values.get(def.id).copied(), reveal)?;
            // Of a field that holds nothing, nothing came out.
            let came_out = matches!(seen, Seen::Shown { value: Some(_), .. });
            if came_out && self.rights().fields.contains_key(def.id) {
                revealed.push(def.id);
            }
            fields.insert(def.id, seen);
        }
        let entries: Result<Vec<_>, Error> = entries
            .iter()
            .filter(|entry| entry.binned_at == 0)
            .filter_map(|entry| self.seen_entry(row, entry).transpose())
            .collect();
        let view = View {
            id: row.id,
            kind: kind.id,
            circle: row.circle_id,
            vault: row.vault_id,
            created_at: row.created_at,
            changed_at: row.changed_at,
            binned_at: row.binned_at,
            fields,
            entries: entries?,
            withheld_entries,
            editable_entries,
        };
        Ok((view, revealed))
    }

    /// One field as it comes out for this user.
    fn seen(
        &self,
        row: &DossierRow,
        def: &FieldDef,
        sheets: &Sheets,
        value: Option<&ValueRow>,
        reveal: Reveal<'_>,
    ) -> Result<Seen, Error> {
        let permit = match self.permit(row.home(), def.id, Level::View) {
            Ok(permit) => permit,
            Err(denial) => {
                return Ok(Seen::Withheld {
                    reason: Reason::of(denial),
                    revision: 0,
                    editable: false,
                });
            }
        };
        let editable = permit.may_edit() && row.binned_at == 0;
        if !self.rights().fields.contains_key(def.id) {
            let sheet = sheets.of(row.home().sheet_of(def.id));
            let value = sheet
                .value(def.id)
                .map(|value| Zeroizing::new(value.to_owned()));
            return Ok(Seen::Shown {
                value,
                revision: sheet.revision(def.id),
                editable,
            });
        }
        let revision = value.map_or(0, |value| value.revision);
        if !reveal.covers(def.id) {
            return Ok(Seen::Withheld {
                reason: Reason::Masked,
                revision,
                editable,
            });
        }
        let opened = value
            .map(|value| {
                held(
                    self.ring()
                        .open(&permit, row.home(), &spot(row), &value.sealing),
                )
            })
            .transpose()?;
        let value = match opened {
            Some(Some(bytes)) => Some(text(bytes)?).filter(|value| !value.is_empty()),
            Some(None) => {
                return Ok(Seen::Withheld {
                    reason: Reason::KeyMissing,
                    revision: 0,
                    editable: false,
                });
            }
            None => None,
        };
        Ok(Seen::Shown {
            value,
            revision,
            editable,
        })
    }

    /// One entry as it comes out, or nothing.
    fn seen_entry(&self, row: &DossierRow, entry: &EntryRow) -> Result<Option<ViewedEntry>, Error> {
        let Some(def) = catalogue::field(&entry.field) else {
            return Ok(None);
        };
        let Ok(permit) = self.permit(row.home(), def.id, Level::View) else {
            return Ok(None);
        };
        let spot = Spot {
            dossier: row.id,
            salt: &row.salt,
            record: *entry.id.as_bytes(),
        };
        let opened = self.ring().open(&permit, row.home(), &spot, &entry.sealing);
        let Some(bytes) = held(opened)? else {
            return Ok(None);
        };
        Ok(Some(ViewedEntry {
            id: entry.id,
            field: def.id,
            content: self.shown_content(row, def, bytes)?,
            revision: entry.revision,
            created_at: entry.created_at,
            created_by: entry.created_by,
            changed_at: entry.changed_at,
            changed_by: entry.changed_by,
            binned_at: entry.binned_at,
            editable: permit.may_edit() && row.binned_at == 0,
        }))
    }

    /// The content of an entry as it comes out.
    fn shown_content(
        &self,
        row: &DossierRow,
        def: &FieldDef,
        bytes: Zeroizing<Vec<u8>>,
    ) -> Result<Text, Error> {
        if matches!(def.shape(), Some(Shape::Document | Shape::Disclosure)) {
            let content = Zeroizing::new(self.as_shown(row, def.id, EntryContent::parse(&bytes)?));
            text(content.to_bytes()?)
        } else {
            text(bytes)
        }
    }

    /// The sheets of a dossier that this user can open.
    fn sheets<'v>(
        &self,
        row: &DossierRow,
        value: impl Fn(&str) -> Option<&'v ValueRow>,
    ) -> Result<Sheets, Error> {
        let opened = |name| match self.permit(row.home(), name, Level::View) {
            Ok(_) => self.sheet(row, value(name)),
            Err(_) => Ok(Sheet::default()),
        };
        Ok(Sheets {
            open: opened(OPEN)?,
            vaulted: opened(VAULTED)?,
        })
    }

    /// One opened sheet of a dossier.
    pub(crate) fn sheet(&self, row: &DossierRow, value: Option<&ValueRow>) -> Result<Sheet, Error> {
        let Some(value) = value else {
            return Ok(Sheet::default());
        };
        let permit = self.permit(row.home(), &value.field, Level::View)?;
        Sheet::parse(
            &self
                .ring()
                .open(&permit, row.home(), &spot(row), &value.sealing)?,
        )
    }

    /// One value that this user may see.
    pub(crate) async fn plain_value(
        &self,
        id: DossierId,
        field: &'static str,
    ) -> Result<Option<Text>, Error> {
        let mut conn = self.store.read().await?;
        let row = self.dossier_row_in(&mut conn, id).await?;
        self.plain_value_in(&mut conn, &row, field).await
    }

    /// The same, inside a change.
    pub(crate) async fn plain_value_in(
        &self,
        conn: &mut store::Conn,
        row: &DossierRow,
        field: &'static str,
    ) -> Result<Option<Text>, Error> {
        let permit = self.permit(row.home(), field, Level::View)?;
        let protected = self.rights().fields.contains_key(field);
        let sheet = row.home().sheet_of(field);
        let name = if protected { field } else { sheet };
        let stored = store::value::get(conn, row.id, name).await?;
        if !protected {
            return Ok(self
                .sheet(row, stored.as_ref())?
                .value(field)
                .map(|value| Zeroizing::new(value.to_owned())));
        }
        match stored {
            Some(value) => Ok(Some(text(self.ring().open(
                &permit,
                row.home(),
                &spot(row),
                &value.sealing,
            )?)?)
            .filter(|value| !value.is_empty())),
            None => Ok(None),
        }
    }

    fn open_change(
        &self,
        row: &DossierRow,
        change: &store::change::ChangeRow,
    ) -> Result<Change, Error> {
        let permit = self.permit(row.home(), &change.field, Level::View)?;
        let spot = Spot {
            dossier: row.id,
            salt: &row.salt,
            record: *change.id.as_bytes(),
        };
        let before = text(
            self.ring()
                .open(&permit, row.home(), &spot, &change.sealing)?,
        )?;
        Ok(Change {
            id: change.id,
            at: change.changed_at,
            by: change.changed_by,
            before: Some(before).filter(|before| !before.is_empty()),
        })
    }

    /// The line of one dossier, also before the memory has it.
    pub(super) async fn line(&self, row: &DossierRow) -> Result<super::Row, Error> {
        let known = self.memory().row(row.id).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let values = store::value::of_dossier(&mut *self.store.read().await?, row.id).await?;
        let (view, _) = self.view_of(row, &values, &[], Reveal::Nothing)?;
        let own = |field: &str| {
            view.fields
                .get(field)
                .and_then(Seen::value)
                .unwrap_or_default()
                .to_owned()
        };
        let name = Name::from_fields(|field: &str| view.fields.get(field).and_then(Seen::value));
        Ok(super::Row {
            id: row.id,
            kind: view.kind,
            name: name.full(),
            listed: name.listed(),
            date_of_birth: own("date_of_birth"),
            town: own("town"),
            organisation: own("organisation"),
            job_title: own("job_title"),
            department: own("department"),
            work_location: own("work_location"),
            circle: row.circle_id,
            vault: row.vault_id,
            changed_at: row.changed_at,
        })
    }
}

/// The opened sheets of one dossier; empty where this user cannot open one.
struct Sheets {
    open: Sheet,
    vaulted: Sheet,
}

impl Sheets {
    fn of(&self, name: &str) -> &Sheet {
        if name == VAULTED {
            &self.vaulted
        } else {
            &self.open
        }
    }
}

/// The name that a view shows.
pub fn display_name(view: &View) -> String {
    open_name(view, |_| false)
}

/// The same without the parts that are protected.
pub(crate) fn open_name(view: &View, protected: impl Fn(&str) -> bool) -> String {
    let own = |field: &str| view.fields.get(field).filter(|_| !protected(field));
    Name::from_fields(|field: &str| own(field).and_then(Seen::value)).full()
}

/// A field of this kind that holds one value.
pub(crate) fn value_field(kind: &str, field: &str) -> Result<&'static FieldDef, Error> {
    kind_field(kind, field).and_then(|def| {
        if def.shape().is_none() {
            Ok(def)
        } else {
            Err(Error::NotFound)
        }
    })
}

/// A field of this kind.
pub(crate) fn kind_field(kind: &str, field: &str) -> Result<&'static FieldDef, Error> {
    let known = catalogue::kind(kind).is_some_and(|kind| kind.fields.contains(&field));
    catalogue::field(field)
        .filter(|_| known)
        .ok_or(Error::NotFound)
}
