//! Dossiers leave as a file: through the same gate as everything that is shown, and never without an entry in the log.

use super::export::{Aside, Cell, Column, ExportError, Kind, Record, Sheet, Watch, write_aside};
use crate::{
    access::{Seen, View},
    audit::EventKind,
    catalogue::{self, FieldDef, ValueType},
    dossier::{Progress, Reveal},
    error::Error,
    ids::{CircleId, DossierId, UserId},
    session::Practice,
    store::{
        self,
        dossier::{DossierRow, SheetRow},
        entry::EntryRow,
        value::ValueRow,
    },
};
use rayon::prelude::*;
use std::{
    collections::{HashMap, HashSet},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::sync::mpsc;

/// What leaves.
pub struct ExportPlan {
    /// Kinds; empty for all.
    pub kinds: Vec<String>,
    /// These dossiers; `None` for all that this user may see.
    pub ids: Option<Vec<DossierId>>,
    /// These fields and, in JSON, entry lists; `None` for all of the kinds (pictures in JSON alone).
    pub fields: Option<Vec<&'static str>>,
    /// What kind of file.
    pub format: Kind,
}

/// One dossier with everything stored of it.
pub(super) struct Stored {
    pub row: DossierRow,
    pub values: Vec<ValueRow>,
    pub entries: Vec<EntryRow>,
}

/// What every record needs.
pub(super) struct Shape {
    pub columns: Vec<&'static FieldDef>,
    names: HashMap<UserId, String>,
    /// Entry lists.
    story: Vec<&'static str>,
}

impl Practice {
    /// Writes what this user may see to a file; what is withheld says so. The log has it before the file is in its place.
    /// Gives the number of dossiers.
    pub async fn export_dossiers(
        &self,
        path: &Path,
        plan: &ExportPlan,
        progress: &(dyn Fn(Progress) + Sync),
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<usize, Error> {
        let refused = self.rights().decide_work().err();
        if let Some(denial) = refused {
            return self.deny(self.event(EventKind::Exported), denial).await;
        }
        self.refuse_own_folder(path)?;
        // Also when it is broken off halfway, the log tells that something was being taken out.
        self.log_now(self.event(EventKind::Exported).reason("begun"))
            .await?;
        let shape = self.shape(plan).await?;
        let (sender, receiver) = mpsc::channel(256);
        let stop = Arc::new(AtomicBool::new(false));
        let writer = spawn_writer(
            path,
            plan.format,
            shape.columns.clone(),
            receiver,
            Arc::clone(&stop),
        );
        let sent = self
            .send_records(plan, &shape, sender, progress, cancelled)
            .await;
        if sent.is_err() {
            stop.store(true, Ordering::Relaxed);
        }
        let written = writer.await.map_err(|_| Error::Cancelled)?;
        // When the writer failed, the sending failed with it; its reason is the real one.
        let (ids, aside) = match (sent, written) {
            (Err(error), Err(ExportError::Cancelled)) | (Err(error), Ok(_)) => return Err(error),
            (_, Err(error)) => return Err(export_error(&error)),
            (Ok(ids), Ok(aside)) => (ids, aside),
        };
        let mut write = self.store.write().await?;
        self.log_about(
            &mut write,
            self.event(EventKind::Exported)
                .count(ids.len())
                .reason(format_word(plan.format)),
            &ids,
        )
        .await?;
        write.commit().await?;
        aside.put().map_err(|error| export_error(&error))
    }

    async fn shape(&self, plan: &ExportPlan) -> Result<Shape, Error> {
        let (story, columns) = chosen(plan)?
            .into_iter()
            .partition::<Vec<_>, _>(|def| def.shape().is_some());
        self.shape_of(columns, story.iter().map(|def| def.id).collect())
            .await
    }

    pub(super) async fn shape_of(
        &self,
        columns: Vec<&'static FieldDef>,
        story: Vec<&'static str>,
    ) -> Result<Shape, Error> {
        let mut names = HashMap::new();
        for user in self.users().await? {
            names.insert(user.id, user.name.to_string());
        }
        Ok(Shape {
            columns,
            names,
            story,
        })
    }

    /// Opens dossiers page by page and hands them to the writer.
    async fn send_records(
        &self,
        plan: &ExportPlan,
        shape: &Shape,
        sender: mpsc::Sender<Record>,
        progress: &(dyn Fn(Progress) + Sync),
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<Vec<DossierId>, Error> {
        let circles: Vec<CircleId> = self.rights().circles.iter().copied().collect();
        let (total, _) = store::dossier::totals(&mut *self.store.read().await?, &circles).await?;
        let wanted: Option<HashSet<DossierId>> =
            plan.ids.as_ref().map(|ids| ids.iter().copied().collect());
        let keep = |row: &DossierRow| {
            (plan.kinds.is_empty() || plan.kinds.contains(&row.kind))
                && wanted.as_ref().is_none_or(|ids| ids.contains(&row.id))
        };
        let (mut ids, mut done) = (Vec::new(), 0);
        for circle in circles {
            let mut after = None;
            loop {
                let mut conn = self.store.read().await?;
                let page = store::dossier::sheets(&mut conn, circle, after).await?;
                drop(conn);
                let Some((last, page)) = page else {
                    break;
                };
                after = Some(last);
                let (seen, stored) = self
                    .gather(page.take_apart()?, &keep, !shape.story.is_empty())
                    .await?;
                let records: Result<Vec<Record>, Error> = stored
                    .par_iter()
                    .map(|one| self.record(one, shape))
                    .collect();
                for (one, record) in stored.iter().zip(records?) {
                    if cancelled() || self.is_stopping() {
                        return Err(Error::Cancelled);
                    }
                    sender.send(record).await.map_err(|_| Error::Cancelled)?;
                    ids.push(one.row.id);
                }
                done += seen;
                progress(Progress {
                    task: "export",
                    done,
                    total,
                });
            }
        }
        Ok(ids)
    }

    /// The dossiers of a page that leave, and how many there were.
    pub(super) async fn gather(
        &self,
        page: Vec<SheetRow>,
        keep: &(dyn Fn(&DossierRow) -> bool + Sync),
        story: bool,
    ) -> Result<(usize, Vec<Stored>), Error> {
        let (mut all, mut seen, mut last): (Vec<Stored>, usize, Option<DossierId>) =
            (Vec::new(), 0, None);
        for SheetRow {
            dossier,
            field,
            sealing,
        } in page
        {
            let new = last != Some(dossier.id);
            last = Some(dossier.id);
            seen += usize::from(new);
            if !keep(&dossier) {
                continue;
            }
            let value = ValueRow {
                dossier_id: dossier.id,
                field,
                revision: 0,
                sealing,
            };
            match all.last_mut() {
                Some(one) if !new => one.values.push(value),
                _ => all.push(Stored {
                    row: dossier,
                    values: vec![value],
                    entries: Vec::new(),
                }),
            }
        }
        if story {
            let mut conn = self.store.read().await?;
            for one in &mut all {
                one.entries = store::entry::of_dossier(&mut conn, one.row.id).await?;
            }
        }
        Ok((seen, all))
    }

    pub(super) fn record(&self, stored: &Stored, shape: &Shape) -> Result<Record, Error> {
        let (view, _) = self.view_of(&stored.row, &stored.values, &stored.entries, Reveal::All)?;
        let notes = (!shape.story.is_empty())
            .then(|| notes(&view, shape))
            .transpose()?;
        let cells = shape
            .columns
            .iter()
            .map(|def| cell(view.fields.get(def.id)))
            .collect();
        Ok(Record {
            id: view.id.to_string(),
            kind: view.kind.to_owned(),
            cells,
            notes,
        })
    }
}

/// The writing waits for the disk: on a thread of its own.
fn spawn_writer(
    path: &Path,
    format: Kind,
    columns: Vec<&'static FieldDef>,
    mut receiver: mpsc::Receiver<Record>,
    stop: Arc<AtomicBool>,
) -> tokio::task::JoinHandle<Result<Aside, ExportError>> {
    let path = path.to_owned();
    tokio::task::spawn_blocking(move || {
        let columns: Vec<Column<'_>> = columns
            .iter()
            .map(|def| Column {
                id: def.id,
                heading: def.id,
            })
            .collect();
        let records = std::iter::from_fn(|| receiver.blocking_recv());
        let watch = Watch {
            cancelled: &|| stop.load(Ordering::Relaxed),
            progress: &|_| {},
        };
        write_aside(
            &path,
            format,
            Sheet {
                columns: &columns,
                records,
            },
            watch,
        )
    })
}

/// The fields and entry lists that leave; all of them in the order of the catalogue.
fn chosen(plan: &ExportPlan) -> Result<Vec<&'static FieldDef>, Error> {
    if plan
        .kinds
        .iter()
        .any(|kind| catalogue::kind(kind).is_none())
    {
        return Err(Error::NotFound);
    }
    let kinds = catalogue::kinds()
        .iter()
        .filter(|kind| plan.kinds.is_empty() || plan.kinds.iter().any(|wanted| wanted == kind.id));
    let possible: HashSet<&str> = kinds.flat_map(|kind| kind.fields.iter().copied()).collect();
    let possible = |def: &&FieldDef| possible.contains(def.id);
    let json = plan.format == Kind::Json;
    let Some(fields) = &plan.fields else {
        let flat = |def: &FieldDef| def.shape().is_none() && def.value != ValueType::Picture;
        let all = catalogue::fields().iter().filter(possible);
        return Ok(all.filter(|def| json || flat(def)).collect());
    };
    let chosen = fields.iter().map(|field| {
        let def = catalogue::field(field).filter(possible);
        match def.ok_or(Error::NotFound)? {
            def if def.shape().is_some() && !json => Err(Error::refused(def.id, "json_only")),
            def => Ok(def),
        }
    });
    chosen.collect()
}

fn cell(seen: Option<&Seen>) -> Cell {
    match seen {
        Some(Seen::Shown {
            value: Some(value), ..
        }) => Cell::Value(value.to_string()),
        Some(Seen::Withheld { reason, .. }) => Cell::Withheld(reason.code()),
        _ => Cell::Empty,
    }
}

/// The chosen part of the story that this user may read, as in `kluis show`.
fn notes(view: &View, shape: &Shape) -> Result<Vec<serde_json::Value>, Error> {
    let by = |user: &UserId| shape.names.get(user).map(String::as_str);
    view.entries
        .iter()
        .filter(|entry| shape.story.contains(&entry.field))
        .map(|entry| entry.to_json(by(&entry.created_by)))
        .collect()
}

fn format_word(format: Kind) -> &'static str {
    match format {
        Kind::Csv => "csv",
        Kind::Xlsx => "xlsx",
        Kind::Json => "json",
    }
}

pub(super) fn export_error(error: &ExportError) -> Error {
    match error {
        ExportError::Cancelled => Error::Cancelled,
        ExportError::Io(std::io::ErrorKind::StorageFull) => Error::Export("full"),
        ExportError::Io(_) => Error::Export("io"),
        ExportError::TooLong { .. } => Error::Export("too_long"),
        ExportError::TooManyRows => Error::Export("too_many_rows"),
        ExportError::Width { .. } | ExportError::Workbook => Error::Export("workbook"),
    }
}
