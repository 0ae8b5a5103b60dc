//! What leaves encrypted, for good: a vault as a zip of JSON, CSV and its documents inside an age file, or one document inside
//! one. The ordinary `age` program and any unzip open them.

use super::{
    export::{Column, ExportError, Record, Sheet, Watch, write_csv, write_json},
    leave::{Shape, Stored, export_error},
};
use crate::{
    audit::EventKind,
    catalogue::{self, ValueType},
    crypto::{Outward, Passphrase, WorkFactor, carry_to, rate},
    dossier::{EntryContent, FileRef, Progress},
    error::Error,
    ids::{CircleId, DossierId, EntryId},
    session::Practice,
    store::{self, Aside, StoreError},
};
use serde_json::json;
use std::{
    io::{BufWriter, Write},
    path::Path,
};
use zip::write::{SimpleFileOptions, ZipWriter};

/// Only dossiers of employees lie in a vault.
const KIND: &str = "employee";

/// A document of a vault, with the place that it gets in the zip.
struct Paper {
    place: String,
    file: FileRef,
}

impl Practice {
    /// A password for what leaves; it obeys the rules of the practice.
    pub async fn outward(&self, password: &str, work: WorkFactor) -> Result<Outward, Error> {
        let settings = self.settings().await?;
        match rate(password, &[&settings.practice], settings.password_score).refusal {
            Some(refusal) => Err(Error::Password(refusal)),
            None => Ok(Outward::Password(Passphrase::new(password), work)),
        }
    }

    /// Writes everything of an open vault that this user may read. The log has it before the file is in its place. Gives the
    /// number of dossiers.
    pub async fn export_vault(
        &self,
        vault: CircleId,
        name: &str,
        path: &Path,
        to: &Outward,
        progress: &(dyn Fn(Progress) + Sync),
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<usize, Error> {
        if self.rights().decide_vault(vault)?.medical {
            return Err(Error::refused("vault", "not_the_compartment"));
        }
        self.refuse_own_folder(path)?;
        let begun = self.event(EventKind::Exported).object(vault);
        self.log_now(begun.reason("begun")).await?;
        let mut conn = self.store.read().await?;
        let mut stored = Vec::new();
        for row in store::dossier::of_vault(&mut conn, vault).await? {
            stored.push(Stored {
                values: store::value::of_dossier(&mut conn, row.id).await?,
                entries: store::entry::of_dossier(&mut conn, row.id).await?,
                row,
            });
        }
        drop(conn);
        let shape = self.employee_shape().await?;
        let output = tokio::task::block_in_place(|| {
            let mut output = BufWriter::with_capacity(1 << 20, store::aside_of(path)?);
            let mut carried = carry_to(&mut output, to)?;
            let mut zip = ZipWriter::new_stream(&mut carried);
            let done = self.fill_zip(&mut zip, (name, &stored), &shape, (progress, cancelled));
            let finished = zip.finish().map_err(zipped);
            done?;
            finished?;
            carried.finish().map_err(StoreError::from)?;
            Ok::<_, Error>(whole(output)?)
        })?;
        let ids: Vec<DossierId> = stored.iter().map(|one| one.row.id).collect();
        let mut write = self.store.write().await?;
        let event = self.event(EventKind::Exported).object(vault).reason("age");
        self.log_about(&mut write, event.count(ids.len()), &ids)
            .await?;
        write.commit().await?;
        tokio::task::block_in_place(|| store::put_in_place(output, path))?;
        Ok(ids.len())
    }

    /// Writes one document to an age file.
    pub async fn export_document(
        &self,
        id: EntryId,
        path: &Path,
        to: &Outward,
        progress: &(dyn Fn(Progress) + Sync),
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<(), Error> {
        self.refuse_own_folder(path)?;
        let (row, (field, content)) = self.document(id).await?;
        let file = content.file.as_ref().ok_or(Error::NotFound)?;
        let begun = self.event(EventKind::Exported).about(row.id).part(&field);
        self.log_now(begun.object(id).reason("begun")).await?;
        let output = tokio::task::block_in_place(|| {
            let mut output = BufWriter::with_capacity(1 << 20, store::aside_of(path)?);
            let mut carried = carry_to(&mut output, to)?;
            self.open_sealed(file, &mut carried, (progress, cancelled))?;
            carried.finish().map_err(StoreError::from)?;
            Ok::<_, Error>(whole(output)?)
        })?;
        let event = self.event(EventKind::Exported).about(row.id).part(&field);
        self.log_now(event.object(id).reason("age")).await?;
        Ok(tokio::task::block_in_place(|| {
            store::put_in_place(output, path)
        })?)
    }

    fn fill_zip<W: Write + Send>(
        &self,
        zip: &mut ZipWriter<zip::write::StreamWriter<W>>,
        (name, stored): (&str, &[Stored]),
        shape: &Shape,
        (progress, cancelled): (&(dyn Fn(Progress) + Sync), &(dyn Fn() -> bool + Sync)),
    ) -> Result<(), Error> {
        let options = SimpleFileOptions::default().large_file(true);
        let papers = self.papers(stored)?;
        let made = (self.clock)().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        let listed: Vec<_> = papers
            .iter()
            .map(|paper| json!({"path": paper.place, "size": paper.file.size, "sha256": paper.file.sha256}))
            .collect();
        let manifest = json!({
            "format": "dossierkluis vault export 1",
            "vault": name,
            "made": made,
            "dossiers": stored.len(),
            "employees": ["employees.json", "employees.csv"],
            "documents": listed,
        });
        zip.start_file("manifest.json", options).map_err(zipped)?;
        serde_json::to_writer_pretty(&mut *zip, &manifest)
            .map_err(ExportError::from)
            .map_err(|error| export_error(&error))?;
        let columns: Vec<Column<'_>> = shape
            .columns
            .iter()
            .map(|def| Column {
                id: def.id,
                heading: def.id,
            })
            .collect();
        let watch = Watch {
            cancelled: &|| self.is_stopping() || cancelled(),
            progress: &|_| {},
        };
        zip.start_file("employees.json", options).map_err(zipped)?;
        let opened: Result<Vec<Record>, Error> =
            stored.iter().map(|one| self.record(one, shape)).collect();
        let opened = opened?;
        let sheet = Sheet {
            columns: &columns,
            records: opened.iter(),
        };
        write_json(zip, sheet, watch).map_err(|error| export_error(&error))?;
        let flat: Vec<usize> = (0..columns.len())
            .filter(|at| shape.columns[*at].value != ValueType::Picture)
            .collect();
        let records = opened.into_iter().map(|mut record| {
            let mut cells: Vec<_> = std::mem::take(&mut record.cells)
                .into_iter()
                .map(Some)
                .collect();
            let kept = flat.iter().filter_map(|at| cells.get_mut(*at)?.take());
            record.cells = kept.collect();
            record
        });
        let flat_columns: Vec<Column<'_>> = flat.iter().map(|at| columns[*at]).collect();
        zip.start_file("employees.csv", options).map_err(zipped)?;
        let sheet = Sheet {
            columns: &flat_columns,
            records,
        };
        write_csv(zip, sheet, watch).map_err(|error| export_error(&error))?;
        for (done, paper) in papers.iter().enumerate() {
            progress(Progress {
                task: "export",
                done,
                total: papers.len(),
            });
            zip.start_file(
                paper.place.as_str(),
                options.compression_method(zip::CompressionMethod::Stored),
            )
            .map_err(zipped)?;
            self.open_sealed(&paper.file, zip, (&|_| (), cancelled))?;
        }
        Ok(())
    }

    async fn employee_shape(&self) -> Result<Shape, Error> {
        let kind = catalogue::kind(KIND).ok_or(Error::NotFound)?;
        let fields = kind.fields.iter().filter_map(|id| catalogue::field(id));
        let (story, columns) = fields.partition::<Vec<_>, _>(|def| def.shape().is_some());
        self.shape_of(columns, story.iter().map(|def| def.id).collect())
            .await
    }

    /// The documents of these dossiers that this user may read and that lie inside the store.
    fn papers(&self, stored: &[Stored]) -> Result<Vec<Paper>, Error> {
        let mut papers = Vec::new();
        for one in stored {
            for entry in one.entries.iter().filter(|entry| entry.binned_at == 0) {
                let shape = catalogue::field(&entry.field).and_then(|def| def.shape());
                if shape != Some(catalogue::Shape::Document) {
                    continue;
                }
                let content: EntryContent = match self.open_entry(&one.row, &entry.field, entry) {
                    Ok(content) => content,
                    Err(Error::Denied(_)) => continue,
                    Err(error) => return Err(error),
                };
                if let Some(file) = content.file.filter(|file| !file.id.is_empty()) {
                    let name = plain_name(&file.name);
                    papers.push(Paper {
                        place: format!("documents/{}/{}/{name}", one.row.id, entry.id),
                        file: file.into_inner(),
                    });
                }
            }
        }
        Ok(papers)
    }
}

/// A name that is nowhere a path: no separators, no dots alone, no control characters.
fn plain_name(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|c| {
            if c.is_control() || "/\\:*?\"<>|".contains(c) {
                '_'
            } else {
                c
            }
        })
        .collect();
    match name.trim_matches(['.', ' ']) {
        "" => "document".to_owned(),
        name => name.to_owned(),
    }
}

fn whole(output: BufWriter<Aside>) -> Result<Aside, StoreError> {
    Ok(output.into_inner().map_err(|error| error.into_error())?)
}

fn zipped(error: zip::result::ZipError) -> Error {
    match error {
        zip::result::ZipError::Io(error) => Error::Store(error.into()),
        _ => Error::Export("zip"),
    }
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn names_lead_nowhere() {
        assert_eq!(plain_name("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(plain_name(".."), "document");
        assert_eq!(plain_name("contract 2026.pdf"), "contract 2026.pdf");
    }
}
