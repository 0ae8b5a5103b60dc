//! A dossier, or the whole practice, to another firm.

use super::form::{
    FORMAT, LeftOut, Listed, MANIFEST, Manifest, NotPacked, Packed, PackedChange, PackedEntry,
    PackedEntryChange, PackedValue, refused,
};
use crate::{
    access::{Denial, Seen},
    audit::EventKind,
    catalogue::{self, Level},
    crypto::{Outward, carry_to, hex},
    dossier::{DisclosureRecord, EntryContent, FileRef, Progress, Rare, Reveal},
    error::Error,
    ids::{DossierId, EntryId, UserId},
    keys::Spot,
    session::{Practice, held},
    store::{self, StoreError, change::ChangeRow, dossier::DossierRow, entry::EntryRow},
};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    io::{self, BufWriter, Write},
    path::Path,
};
use uuid::Uuid;
use zeroize::{Zeroize, Zeroizing};
use zip::{
    CompressionMethod,
    write::{SimpleFileOptions, ZipWriter},
};

/// When something was replaced (ms), and what stood there.
type Dated = (i64, Zeroizing<Vec<u8>>);

/// What a package has in it.
pub struct PackageReport {
    /// Dossiers.
    pub dossiers: usize,
    /// Documents, each version for itself.
    pub documents: usize,
    /// Dossiers that did not go along, and fields and lists of those that did; each once.
    pub left_out: Vec<NotPacked>,
}

/// How to tell of it and stop it.
type Watch<'a> = (&'a (dyn Fn(Progress) + Sync), &'a (dyn Fn() -> bool + Sync));

/// A document on its way.
struct Paper {
    place: String,
    file: FileRef,
}

/// A package that lies beside its place.
struct Written {
    aside: store::Aside,
    sha256: String,
    report: PackageReport,
    /// On what something in it rests, by dossier.
    resting: Vec<(DossierId, Vec<EntryId>)>,
}

/// What goes into one package.
struct Load<'a> {
    rows: &'a [DossierRow],
    left_out: Vec<LeftOut>,
    names: HashMap<UserId, String>,
    practice: String,
}

/// Counts and digests what passes.
struct Measured<W> {
    inner: W,
    hash: Sha256,
}

impl<W: Write> Write for Measured<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl Practice {
    /// Moves a dossier to another firm: writes everything of it that this user may read to a package, on a request that was answered
    /// and, where it rests on a consent, while that holds. The register and the log have it before the file is in its place.
    pub async fn package_dossier(
        &self,
        request: EntryId,
        path: &Path,
        to: &Outward,
        watch: Watch<'_>,
    ) -> Result<PackageReport, Error> {
        self.refuse_own_folder(path)?;
        let asked = self.open_request(request).await?;
        let answered = ["answered", "partly"].contains(&asked.record.outcome.as_str());
        if !asked.profile.is_transfer() || !answered {
            return Err(Error::refused("request", "not_answered"));
        }
        if !asked.record.package_sha256.is_empty() {
            return Err(Error::refused("request", "sent_already"));
        }
        let mut conn = self.store.read().await?;
        let lacking = self.lacks_consent(&mut conn, &asked).await?;
        drop(conn);
        if lacking {
            let event = self.event(EventKind::PackageMade).about(asked.dossier);
            return self.deny(event.object(request), Denial::NoConsent).await;
        }
        let row = self.dossier_row(asked.dossier).await?;
        let load = self.load_of(std::slice::from_ref(&row), Vec::new()).await?;
        let written = self.write_package(path, to, &load, watch).await?;
        self.keep_sent(request, &written).await?;
        store::put_in_place(written.aside, path)?;
        Ok(written.report)
    }

    /// Hands over the whole practice: every dossier that this user may read, each with its line in the register, and a list of what
    /// was left out.
    pub async fn package_practice(
        &self,
        firm: &str,
        path: &Path,
        to: &Outward,
        watch: Watch<'_>,
    ) -> Result<PackageReport, Error> {
        self.refuse_own_folder(path)?;
        let refused = self.rights().decide_manage().err();
        if let Some(denial) = refused {
            return self.deny(self.event(EventKind::PackageMade), denial).await;
        }
        let (mut rows, mut left_out) = (Vec::new(), Vec::new());
        let mut conn = self.store.read().await?;
        for circle in store::circle::all(&mut conn).await? {
            for row in store::dossier::of_circle(&mut conn, circle.id).await? {
                match self.may_go(&row) {
                    Ok(()) => rows.push(row),
                    Err(reason) => left_out.push(LeftOut {
                        what: row.id.to_string(),
                        reason: reason.to_owned(),
                    }),
                }
            }
        }
        drop(conn);
        let load = self.load_of(&rows, left_out).await?;
        let written = self.write_package(path, to, &load, watch).await?;
        self.keep_handed_over(&rows, firm, &written).await?;
        store::put_in_place(written.aside, path)?;
        Ok(written.report)
    }

    /// Whether a dossier can go along when the practice is handed over, with its line in the register.
    fn may_go(&self, row: &DossierRow) -> Result<(), &'static str> {
        if row.binned_at != 0 {
            return Err("in_bin");
        }
        self.permit(row.home(), row.whole(), Level::View)
            .map_err(|_| "not_readable")?;
        let kind = catalogue::kind(&row.kind).map_or(&[][..], |kind| kind.fields);
        let registers = kind.contains(&REGISTER);
        if registers && self.permit(row.home(), REGISTER, Level::Edit).is_err() {
            return Err("not_registrable");
        }
        Ok(())
    }

    async fn load_of<'a>(
        &self,
        rows: &'a [DossierRow],
        left_out: Vec<LeftOut>,
    ) -> Result<Load<'a>, Error> {
        let users = self.users().await?;
        Ok(Load {
            rows,
            left_out,
            names: users
                .into_iter()
                .map(|one| (one.id, one.name.to_string()))
                .collect(),
            practice: self.settings().await?.practice,
        })
    }

    /// Writes the package beside its place.
    async fn write_package(
        &self,
        path: &Path,
        to: &Outward,
        load: &Load<'_>,
        (progress, cancelled): Watch<'_>,
    ) -> Result<Written, Error> {
        self.log_now(self.event(EventKind::PackageMade).reason("begun"))
            .await?;
        let output = Measured {
            inner: BufWriter::with_capacity(1 << 20, store::aside_of(path)?),
            hash: Sha256::new(),
        };
        let mut output = output;
        let mut carried = carry_to(&mut output, to)?;
        let mut zip = ZipWriter::new_stream(&mut carried);
        let (mut dossiers, mut papers) = (Vec::new(), Vec::new());
        let mut report = PackageReport {
            dossiers: 0,
            documents: 0,
            left_out: load.left_out.iter().map(|one| one.of("")).collect(),
        };
        let mut resting = Vec::new();
        for row in load.rows {
            if cancelled() || self.is_stopping() {
                return Err(Error::Cancelled);
            }
            let (packed, mut own, grounds) = self.pack(row, &load.names).await?;
            resting.push((row.id, grounds));
            let left = packed.left_out.iter().map(|one| one.of(&packed.id));
            report.left_out.extend(left);
            papers.append(&mut own);
            let json = serde_json::to_vec(&packed).map(Zeroizing::new);
            let json = json.map_err(|_| Error::Export("zip"))?;
            let place = format!("dossiers/{}.json", row.id);
            zip.start_file(place.as_str(), SimpleFileOptions::default())
                .map_err(zipped)?;
            zip.write_all(&json).map_err(StoreError::from)?;
            dossiers.push(Listed {
                path: place,
                size: json.len() as u64,
                sha256: hex(&Sha256::digest(&*json)),
            });
            report.dossiers += 1;
            progress(Progress {
                task: "export",
                done: report.dossiers,
                total: load.rows.len(),
            });
        }
        let stored = SimpleFileOptions::default()
            .large_file(true)
            .compression_method(CompressionMethod::Stored);
        for paper in &papers {
            zip.start_file(paper.place.as_str(), stored)
                .map_err(zipped)?;
            self.open_sealed(&paper.file, &mut zip, (&|_| (), cancelled))?;
        }
        report.documents = papers.len();
        report.left_out.sort_unstable();
        report.left_out.dedup();
        let manifest = self.manifest(load, dossiers, &papers).await?;
        zip.start_file(MANIFEST, SimpleFileOptions::default())
            .map_err(zipped)?;
        serde_json::to_writer_pretty(&mut zip, &manifest).map_err(|_| Error::Export("zip"))?;
        zip.finish().map_err(zipped)?;
        carried.finish().map_err(StoreError::from)?;
        output.flush().map_err(StoreError::from)?;
        let aside = output
            .inner
            .into_inner()
            .map_err(|error| StoreError::from(error.into_error()))?;
        Ok(Written {
            aside,
            sha256: hex(&output.hash.finalize()),
            report,
            resting,
        })
    }

    async fn manifest(
        &self,
        load: &Load<'_>,
        dossiers: Vec<Listed>,
        papers: &[Paper],
    ) -> Result<Manifest, Error> {
        let documents = papers.iter().map(|paper| Listed {
            path: paper.place.clone(),
            size: paper.file.size,
            sha256: paper.file.sha256.clone(),
        });
        Ok(Manifest {
            format: FORMAT.to_owned(),
            made: (self.clock)().to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            practice: load.practice.clone(),
            by: self.user_name(self.user).await?.to_string(),
            dossiers,
            documents: documents.collect(),
            left_out: load.left_out.clone(),
        })
    }

    /// Everything of one dossier that this user may read.
    async fn pack(
        &self,
        row: &DossierRow,
        names: &HashMap<UserId, String>,
    ) -> Result<(Packed, Vec<Paper>, Vec<EntryId>), Error> {
        let mut conn = self.store.read().await?;
        let values = store::value::of_dossier(&mut conn, row.id).await?;
        let entries = store::entry::of_dossier(&mut conn, row.id).await?;
        let changes = store::change::of_dossier(&mut conn, row.id).await?;
        drop(conn);
        let (view, _) = self.view_of(row, &values, &[], Reveal::All)?;
        let (mut fields, mut left_out) = (BTreeMap::new(), Vec::new());
        for (field, seen) in &view.fields {
            match seen {
                Seen::Shown { value, .. } => {
                    let history = self.changes_of(row, *row.id.as_bytes(), field, &changes)?;
                    if value.is_some() || !history.is_empty() {
                        let value = value.as_ref().map_or_else(String::new, |v| v.to_string());
                        fields.insert((*field).to_owned(), PackedValue { value, history });
                    }
                }
                Seen::Withheld { reason, .. } => left_out.push((*field, reason.code())),
            }
        }
        left_out.extend(
            view.withheld_entries
                .iter()
                .map(|(field, reason)| (*field, reason.code())),
        );
        let (mut story, mut papers) = (Vec::new(), Vec::new());
        for entry in entries.iter().filter(|entry| entry.binned_at == 0) {
            if let Some((packed, mut own)) = self.pack_entry(row, entry, &changes, names)? {
                story.push(packed);
                papers.append(&mut own);
            }
        }
        let mut packed = Packed {
            id: row.id.to_string(),
            kind: row.kind.clone(),
            created_at: row.created_at,
            changed_at: row.changed_at,
            fields,
            entries: story,
            left_out: left_out
                .into_iter()
                .map(|(what, reason)| LeftOut {
                    what: what.to_owned(),
                    reason: reason.to_owned(),
                })
                .collect(),
        };
        let leaves = match self.leaves(&mut *self.store.read().await?, row).await {
            // Whoever may not see on what it rests, sends none of it.
            Err(Error::Denied(_)) => Vec::new(),
            leaves => leaves?,
        };
        self.groundless(&packed, &leaves).leave_behind(&mut packed);
        let grounds = self.resting(&packed, &leaves);
        let kept: HashSet<&String> = packed
            .entries
            .iter()
            .flat_map(PackedEntry::contents)
            .filter_map(|(_, place)| place)
            .collect();
        papers.retain(|paper| kept.contains(&paper.place));
        Ok((packed, papers, grounds))
    }

    fn pack_entry(
        &self,
        row: &DossierRow,
        entry: &EntryRow,
        changes: &[ChangeRow],
        names: &HashMap<UserId, String>,
    ) -> Result<Option<(PackedEntry, Vec<Paper>)>, Error> {
        let mut content = match self.open_entry(row, &entry.field, entry) {
            Ok(content) => content,
            Err(Error::Denied(_)) => return Ok(None),
            Err(error) => return Err(error),
        };
        let (mut papers, mut history) = (Vec::new(), Vec::new());
        for (at, before) in self.changed(row, *entry.id.as_bytes(), &entry.field, changes)? {
            let mut before = EntryContent::parse(&before)?;
            let document = take_paper(&mut before, &mut papers);
            history.push(PackedEntryChange {
                at,
                before: self.as_shown(row, &entry.field, before),
                document,
            });
        }
        let document = take_paper(&mut content, &mut papers);
        let packed = PackedEntry {
            id: entry.id.to_string(),
            field: entry.field.clone(),
            created_at: entry.created_at,
            changed_at: entry.changed_at,
            by: names.get(&entry.created_by).cloned().unwrap_or_default(),
            document,
            content: self.as_shown(row, &entry.field, content),
            history,
        };
        Ok(Some((packed, papers)))
    }

    fn changes_of(
        &self,
        row: &DossierRow,
        record: [u8; 16],
        field: &str,
        changes: &[ChangeRow],
    ) -> Result<Vec<PackedChange>, Error> {
        let opened = self.changed(row, record, field, changes)?;
        let texts = opened.into_iter().map(|(at, before)| PackedChange {
            at,
            before: String::from_utf8_lossy(&before).into_owned(),
        });
        Ok(texts.collect())
    }

    /// What stood in a record before, oldest first, of what this user may see.
    fn changed(
        &self,
        row: &DossierRow,
        record: [u8; 16],
        field: &str,
        changes: &[ChangeRow],
    ) -> Result<Vec<Dated>, Error> {
        let permit = self.permit(row.home(), field, Level::View)?;
        let mine = changes
            .iter()
            .filter(|one| one.field == field && one.record == Uuid::from_bytes(record));
        let mut opened = Vec::new();
        for change in mine {
            let spot = Spot {
                dossier: row.id,
                salt: &row.salt,
                record: *change.id.as_bytes(),
            };
            let plain = self
                .ring()
                .open(&permit, row.home(), &spot, &change.sealing);
            if let Some(plain) = held(plain)? {
                opened.push((change.changed_at, plain));
            }
        }
        opened.sort_by_key(|(at, _)| *at);
        Ok(opened)
    }

    /// The register says which package left, if what it rests on still holds.
    async fn keep_sent(&self, request: EntryId, written: &Written) -> Result<(), Error> {
        let mut write = self.store.write().await?;
        let (row, entry) = self.entry_row_in(write.conn(), request).await?;
        let event = self.event(EventKind::PackageMade);
        let asked = self.request_of(&row, &entry)?;
        if self.lacks_consent(write.conn(), &asked).await? {
            drop(write);
            let event = event.about(row.id).object(request);
            return self.deny(event, Denial::NoConsent).await;
        }
        self.refuse_ended(write.conn(), &written.resting).await?;
        // As it is stored, with every line: what this user may not see stays in it.
        let mut content = self.open_entry(&row, &entry.field, &entry)?;
        match &mut content.disclosure {
            Some(record) if record.package_sha256.is_empty() => {
                record.package_sha256 = written.sha256.clone();
            }
            _ => return Err(Error::refused("request", "sent_already")),
        }
        let event = event.count(written.report.documents).reason("age");
        self.change_entry(write, &row, entry, (content, None), event)
            .await?;
        Ok(())
    }

    /// A line in the register of every dossier that was handed over, and one entry of the log about them all.
    async fn keep_handed_over(
        &self,
        rows: &[DossierRow],
        firm: &str,
        written: &Written,
    ) -> Result<(), Error> {
        let (today, by) = (self.today(), self.user_name(self.user).await?);
        let mut write = self.store.write().await?;
        self.refuse_ended(write.conn(), &written.resting).await?;
        let content = EntryContent {
            title: Some(firm.trim().to_owned()),
            on: Some(today.clone()),
            until: Some(today.clone()),
            disclosure: Some(Rare::from(DisclosureRecord {
                asker: "new_firm".to_owned(),
                purpose: "transfer".to_owned(),
                outcome: "answered".to_owned(),
                decider: by.to_string(),
                decided_on: today,
                basis: "handover".to_owned(),
                package_sha256: written.sha256.clone(),
                ..DisclosureRecord::default()
            })),
            ..EntryContent::default()
        };
        for row in rows {
            let kind = catalogue::kind(&row.kind).map_or(&[][..], |kind| kind.fields);
            if kind.contains(&REGISTER) {
                // It may lie in another circle by now: its line lies there too.
                let row = &self.dossier_row_in(write.conn(), row.id).await?;
                let entry = self.bulk_entry(row, REGISTER, EntryId::make(), &content)?;
                store::entry::insert_many(write.conn(), &[&entry]).await?;
            }
        }
        let ids: Vec<DossierId> = rows.iter().map(|row| row.id).collect();
        let event = self.event(EventKind::PackageMade).reason("handover");
        self.log_about(&mut write, event.count(ids.len()), &ids)
            .await?;
        Ok(write.commit().await?)
    }
}

/// The file of a document goes along at its place, once however many versions have it; its key stays here. Of a linked file the
/// content says where it lies, and no more goes.
fn take_paper(content: &mut EntryContent, papers: &mut Vec<Paper>) -> Option<String> {
    let file = content.file.as_mut().filter(|file| !file.id.is_empty())?;
    let place = format!("documents/{}", file.id);
    if papers.iter().all(|paper| paper.place != place) {
        papers.push(Paper {
            place: place.clone(),
            file: (**file).clone(),
        });
    }
    file.id.zeroize();
    file.key.zeroize();
    Some(place)
}

/// The list in which it is registered.
const REGISTER: &str = "disclosures";

fn zipped(error: zip::result::ZipError) -> Error {
    match error {
        zip::result::ZipError::Io(error) => Error::Store(error.into()),
        _ => refused("package_form"),
    }
}
