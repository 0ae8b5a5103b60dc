//! The story of a dossier: notes, goals, contacts, people around the client.

use super::{
    content::EntryContent,
    edit::{Saved, refuse_binned},
    papers::refuse_issued,
    read::kind_field,
};
use crate::{
    audit::{Event, EventKind},
    catalogue::{self, FieldDef, Level, Shape},
    code,
    error::Error,
    ids::{ChangeId, DossierId, EntryId, UserId},
    keys::{Sealing, Spot},
    name,
    session::{Practice, is_medical, text},
    store::{
        self, Write, change::ChangeRow, document::FileRow, dossier::DossierRow, entry::EntryRow,
    },
};
use uuid::Uuid;
use zeroize::Zeroizing;

/// What an entry said before a change.
pub struct EntryChange {
    /// Which.
    pub id: ChangeId,
    /// When it was changed, in ms.
    pub at: i64,
    /// By whom.
    pub by: UserId,
    /// What it said.
    pub before: EntryContent,
}

impl Practice {
    /// Adds an entry to the story.
    pub async fn add_entry(
        &self,
        dossier: DossierId,
        field: &str,
        content: EntryContent,
    ) -> Result<(EntryId, Vec<&'static str>), Error> {
        let def = catalogue::field(field).ok_or(Error::NotFound)?;
        if def.shape().is_some_and(is_made_elsewhere) {
            return Err(Error::NotFound);
        }
        self.add_any_entry(dossier, field, EntryId::make(), content, None)
            .await
    }

    /// Adds an entry, of a document with the row of its sealed file.
    pub(crate) async fn add_any_entry(
        &self,
        dossier: DossierId,
        field: &str,
        id: EntryId,
        content: EntryContent,
        file: Option<&FileRow>,
    ) -> Result<(EntryId, Vec<&'static str>), Error> {
        // Inside the change: a key that is being replaced meanwhile is then the old one or the new one, whole.
        let mut write = self.store.write().await?;
        let row = self.dossier_row_in(write.conn(), dossier).await?;
        let event = self.event(EventKind::EntryAdded);
        self.insert_entry(write, &row, field, (id, content, file), event)
            .await
    }

    /// Ends a change with a new entry and the event that tells of it.
    pub(crate) async fn insert_entry(
        &self,
        mut write: Write<'_>,
        row: &DossierRow,
        field: &str,
        (id, content, file): (EntryId, EntryContent, Option<&FileRow>),
        event: Event,
    ) -> Result<(EntryId, Vec<&'static str>), Error> {
        let dossier = row.id;
        let (def, shape) = entry_list(row, field)?;
        let event = event.about(dossier).part(def.id).object(id);
        if let Err(denial) = self.permit(row.home(), def.id, Level::Edit) {
            drop(write);
            return self.deny(event, denial).await;
        }
        refuse_binned(row, def.id)?;
        let content = content.check(def.id, shape)?;
        refuse_undirected(def, shape, &content, None)?;
        refuse_health(&row.kind, def, &content, None)?;
        if let Some(act) = content.act(def)
            && let Err(error) = self.founded(write.settled().await?, row, &act).await
        {
            drop(write);
            return self.deny_unfounded(event, error).await;
        }
        self.write_entry(&mut write, (row, def), id, &content, file)
            .await?;
        self.log(&mut write, event).await?;
        write.commit().await?;
        self.remember_entry((dossier, id), def.id, &content);
        Ok((id, entry_warnings(&content)))
    }

    /// Writes a new entry inside a change.
    pub(crate) async fn write_entry(
        &self,
        write: &mut Write<'_>,
        (row, def): (&DossierRow, &FieldDef),
        id: EntryId,
        content: &EntryContent,
        file: Option<&FileRow>,
    ) -> Result<(), Error> {
        let now = self.now();
        let entry = EntryRow {
            id,
            dossier_id: row.id,
            field: def.id.to_owned(),
            revision: 1,
            created_at: now,
            created_by: self.user,
            changed_at: now,
            changed_by: self.user,
            binned_at: 0,
            sealing: self.seal_entry(row, def.id, id, content)?,
        };
        store::entry::put(write.conn(), &entry).await?;
        if let Some(file) = file {
            store::document::insert(write.conn(), file).await?;
        }
        Ok(store::dossier::touch(write.conn(), row.id, now).await?)
    }

    /// Changes an entry. `revision` is what the writer saw.
    pub async fn edit_entry(
        &self,
        id: EntryId,
        content: EntryContent,
        revision: i64,
    ) -> Result<Saved, Error> {
        let (row, entry) = self.entry_row(id).await?;
        let (_, shape) = entry_list(&row, &entry.field)?;
        if is_made_elsewhere(shape) && shape != Shape::Document {
            // What was signed, recorded or decided is not changed.
            return Err(Error::NotFound);
        }
        // Where it came from stays, whatever is written.
        let stored = self.open_entry(&row, &entry.field, &entry)?;
        let content = EntryContent {
            origin: stored.origin.clone(),
            ..content
        };
        let content = if shape == Shape::Document {
            // What is said about a document can be changed; its file is replaced in another way.
            EntryContent {
                kind: stored.kind.clone(),
                file: stored.file.clone(),
                ..content
            }
        } else {
            content
        };
        self.edit_any_entry(id, content, revision, None).await
    }

    /// Changes an entry, of a document with the row of its new version where its file is another.
    pub(crate) async fn edit_any_entry(
        &self,
        id: EntryId,
        content: EntryContent,
        revision: i64,
        file: Option<&FileRow>,
    ) -> Result<Saved, Error> {
        let event = self.event(EventKind::EntryChanged);
        self.edit_entry_telling(id, content, revision, file, event)
            .await
    }

    /// The same, with what the log is to tell of it.
    pub(crate) async fn edit_entry_telling(
        &self,
        id: EntryId,
        content: EntryContent,
        revision: i64,
        file: Option<&FileRow>,
        event: Event,
    ) -> Result<Saved, Error> {
        let mut write = self.store.write().await?;
        let (row, entry) = self.entry_row_in(write.conn(), id).await?;
        let seen = EntryRow { revision, ..entry };
        self.change_entry(write, &row, seen, (content, file), event)
            .await
    }

    /// Ends a change with a new content of an entry, as its writer saw it, and the event that tells of it.
    pub(crate) async fn change_entry(
        &self,
        mut write: Write<'_>,
        row: &DossierRow,
        seen: EntryRow,
        (content, file): (EntryContent, Option<&FileRow>),
        event: Event,
    ) -> Result<Saved, Error> {
        let (id, revision) = (seen.id, seen.revision);
        let mut entry = store::entry::get(write.conn(), id).await?;
        let (def, shape) = entry_list(row, &entry.field)?;
        let event = event.about(row.id).part(def.id).object(id);
        if let Err(denial) = self.permit(row.home(), def.id, Level::Edit) {
            drop(write);
            return self.deny(event, denial).await;
        }
        refuse_binned(row, def.id)?;
        refuse_issued(def.id)?;
        let content = content.check(def.id, shape)?;
        let former = self.open_entry(row, def.id, &entry)?;
        refuse_undirected(def, shape, &content, Some(&former))?;
        refuse_health(&row.kind, def, &content, Some(&former))?;
        if let Some(act) = content.act(def)
            && let Err(error) = self.founded(write.settled().await?, row, &act).await
        {
            drop(write);
            return self.deny_unfounded(event, error).await;
        }
        if entry.revision != revision || entry.binned_at != 0 {
            return Err(Error::LostRace {
                found: Some(Zeroizing::new(former.text.clone())),
                revision: entry.revision,
            });
        }
        let record = Uuid::from_bytes(*entry.id.as_bytes());
        let change = store::change::next(write.conn(), row.id, record, &entry.field).await?;
        store::change::put(write.conn(), &self.former_entry(row, &entry, change)?).await?;
        entry.sealing = self.seal_entry(row, def.id, id, &content)?;
        entry.revision = revision + 1;
        entry.changed_at = self.now();
        entry.changed_by = self.user;
        store::entry::put(write.conn(), &entry).await?;
        if let Some(file) = file {
            store::document::insert(write.conn(), file).await?;
        }
        store::dossier::touch(write.conn(), row.id, entry.changed_at).await?;
        self.log(&mut write, event).await?;
        write.commit().await?;
        self.remember_entry((row.id, id), def.id, &content);
        Ok(Saved {
            revision: entry.revision,
            warnings: entry_warnings(&content),
        })
    }

    /// What an entry said before its changes, newest first. Logged.
    pub async fn entry_history(&self, id: EntryId) -> Result<Vec<EntryChange>, Error> {
        let (row, entry) = self.entry_row(id).await?;
        let (def, _) = entry_list(&row, &entry.field)?;
        let permit = self.permit(row.home(), def.id, Level::View)?;
        let rows = store::change::of_record(
            &mut *self.store.read().await?,
            row.id,
            Uuid::from_bytes(*id.as_bytes()),
            def.id,
        )
        .await?;
        self.log_now(
            self.event(EventKind::HistoryRead)
                .about(row.id)
                .part(def.id)
                .object(id),
        )
        .await?;
        let ring = self.ring();
        rows.iter()
            .map(|change| {
                let spot = Spot {
                    dossier: row.id,
                    salt: &row.salt,
                    record: *change.id.as_bytes(),
                };
                let before = EntryContent::parse(&ring.open(
                    &permit,
                    row.home(),
                    &spot,
                    &change.sealing,
                )?)?;
                Ok(EntryChange {
                    id: change.id,
                    at: change.changed_at,
                    by: change.changed_by,
                    before: self.as_shown(&row, def.id, before),
                })
            })
            .collect()
    }

    /// The row of an entry with that of its dossier; neither exists for somebody outside the circle.
    pub(crate) async fn entry_row(&self, id: EntryId) -> Result<(DossierRow, EntryRow), Error> {
        self.entry_row_in(&mut *self.store.read().await?, id).await
    }

    pub(crate) async fn entry_row_in(
        &self,
        conn: &mut store::Conn,
        id: EntryId,
    ) -> Result<(DossierRow, EntryRow), Error> {
        let entry = store::entry::get(conn, id).await?;
        let row = self.dossier_row_in(conn, entry.dossier_id).await?;
        self.permit(row.home(), &entry.field, Level::View)
            .map_err(|_| Error::NotFound)?;
        Ok((row, entry))
    }

    pub(crate) fn seal_entry(
        &self,
        row: &DossierRow,
        field: &str,
        id: EntryId,
        content: &EntryContent,
    ) -> Result<Sealing, Error> {
        let permit = self.permit(row.home(), field, Level::Edit)?;
        let spot = Spot {
            dossier: row.id,
            salt: &row.salt,
            record: *id.as_bytes(),
        };
        Ok(self.ring().seal(&permit, &spot, &content.to_bytes()?)?)
    }

    pub(crate) fn open_entry(
        &self,
        row: &DossierRow,
        field: &str,
        entry: &EntryRow,
    ) -> Result<EntryContent, Error> {
        let permit = self.permit(row.home(), field, Level::View)?;
        let spot = Spot {
            dossier: row.id,
            salt: &row.salt,
            record: *entry.id.as_bytes(),
        };
        EntryContent::parse(
            text(
                self.ring()
                    .open(&permit, row.home(), &spot, &entry.sealing)?,
            )?
            .as_bytes(),
        )
    }

    fn former_entry(
        &self,
        row: &DossierRow,
        entry: &EntryRow,
        id: ChangeId,
    ) -> Result<ChangeRow, Error> {
        let permit = self.permit(row.home(), &entry.field, Level::Edit)?;
        let content = self.open_entry(row, &entry.field, entry)?;
        let spot = Spot {
            dossier: row.id,
            salt: &row.salt,
            record: *id.as_bytes(),
        };
        let sealing = self.ring().seal(&permit, &spot, &content.to_bytes()?)?;
        Ok(ChangeRow {
            id,
            dossier_id: row.id,
            record: Uuid::from_bytes(*entry.id.as_bytes()),
            field: entry.field.clone(),
            changed_at: self.now(),
            changed_by: self.user,
            sealing,
        })
    }

    pub(crate) fn remember_entry(
        &self,
        whose: (DossierId, EntryId),
        field: &str,
        content: &EntryContent,
    ) {
        let folded = Zeroizing::new(name::fold(&content.words()));
        let mut memory = self.memory_mut();
        memory.put_entry(whose, field, &folded);
        // Its vault may have closed since it was typed.
        let home = memory.row(whose.0).map(super::Row::home);
        if home.is_some_and(|home| self.lies_closed(home, field)) {
            self.withhold_from(&mut memory);
        }
    }
}

/// The entry list of a dossier, and what its entries look like.
fn entry_list(row: &DossierRow, field: &str) -> Result<(&'static FieldDef, Shape), Error> {
    let def = kind_field(&row.kind, field)?;
    Ok((def, def.shape().ok_or(Error::NotFound)?))
}

/// Whether entries of this shape come in by a way of their own: with a file, a signature or a ground.
fn is_made_elsewhere(shape: Shape) -> bool {
    matches!(
        shape,
        Shape::Document | Shape::Consent | Shape::Ground | Shape::Disclosure
    )
}

/// What an employer keeps of an employee holds nothing of health and no BSN in its texts, unless the writer has seen the
/// warning. A text that was kept so before is not asked about again.
pub(crate) fn refuse_health(
    kind: &str,
    def: &FieldDef,
    content: &EntryContent,
    former: Option<&EntryContent>,
) -> Result<(), Error> {
    if kind != "employee" || is_medical(def.id) || content.confirmed {
        return Ok(());
    }
    let (words, before) = (content.words(), former.map(EntryContent::words));
    let new = |found: fn(&str) -> bool| {
        found(&words) && !before.as_ref().is_some_and(|before| found(before))
    };
    let reason = if new(code::has_medical_words) {
        "medical_words"
    } else if new(code::looks_like_bsn) {
        "bsn_in_text"
    } else {
        return Ok(());
    };
    Err(Error::refused(def.id, reason))
}

/// A contact with another professional says who asked or told. One that was kept before this was asked is not asked about again.
fn refuse_undirected(
    def: &FieldDef,
    shape: Shape,
    content: &EntryContent,
    former: Option<&EntryContent>,
) -> Result<(), Error> {
    let new = !former.is_some_and(EntryContent::is_undirected);
    if shape == Shape::Contact && content.is_undirected() && new {
        return Err(Error::refused(def.id, "professional_and_exchange"));
    }
    Ok(())
}

fn entry_warnings(content: &EntryContent) -> Vec<&'static str> {
    if code::looks_like_bsn(&content.words()) {
        vec!["bsn_in_text"]
    } else {
        Vec::new()
    }
}
