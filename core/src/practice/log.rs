//! Reading the access log, and checking the whole practice.

use crate::{
    access::Home,
    audit::{self, Event, EventKind, LogWriter},
    catalogue::{self, Level},
    error::Error,
    ids::DossierId,
    keys::Spot,
    people,
    session::{Practice, spot},
    store::{self, Write},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::{io::BufWriter, path::Path};

/// Entries that are read at once.
const PAGE: i64 = 1000;

/// How far the log had got when a user last locked.
const END: &str = "log_end";

/// One entry of the log as shown.
pub struct LogEntry {
    /// Its number.
    pub seq: i64,
    /// What it says.
    pub event: Event,
}

/// A part of the log, newest first.
pub struct LogPage {
    /// Entries in all.
    pub total: i64,
    /// Those asked for.
    pub entries: Vec<LogEntry>,
}

/// What a check of the practice found; empty when all is well.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// Words of the program with the number of what they are about.
    pub findings: Vec<String>,
    /// Values that were opened.
    pub opened: usize,
}

impl Practice {
    /// The access log: all of it for an administrator, that about one dossier for those in its circle. Reading is logged.
    pub async fn audit_log(
        &self,
        about: Option<DossierId>,
        offset: i64,
        limit: i64,
    ) -> Result<LogPage, Error> {
        let refused = self.rights().decide_manage().err();
        let home = match (about, refused) {
            (_, None) => None,
            (Some(id), Some(_)) => Some(self.dossier_row(id).await?.home()),
            (None, Some(denial)) => {
                return self.deny(self.event(EventKind::LogRead), denial).await;
            }
        };
        self.log_pending().await?;
        let (total, rows) =
            store::audit::page(&mut *self.store.read().await?, about, offset, limit).await?;
        let mut event = self.event(EventKind::LogRead).count(rows.len());
        event.subject = about;
        self.log_soon(event).await?;
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows {
            let event = serde_json::from_str(&row.body)
                .map_err(|_| Error::Store(store::StoreError::Damaged("audit")))?;
            let seq = row.seq;
            entries.extend(
                self.for_reader(event, home)
                    .map(|event| LogEntry { seq, event }),
            );
        }
        Ok(LogPage { total, entries })
    }

    /// An entry as this reader may see it. Who does not manage the practice learns nothing of fields that are withheld, nor
    /// how many others an entry is about.
    fn for_reader(&self, mut event: Event, home: Option<Home>) -> Option<Event> {
        let Some(home) = home else {
            return Some(event);
        };
        if event
            .part
            .as_deref()
            .is_some_and(|part| self.permit(home, part, Level::View).is_err())
        {
            return None;
        }
        (event.count, event.subjects_sha256) = (None, None);
        Some(event)
    }

    /// Writes the whole log to a file that can be checked without the program, signed at its end by this user. It names
    /// records by id alone. Gives the number of its entries.
    pub async fn export_log(&self, path: &Path) -> Result<i64, Error> {
        let event = self.event(EventKind::Exported).reason("log");
        let refused = self.rights().decide_manage().err();
        if let Some(denial) = refused {
            return self.deny(event, denial).await;
        }
        self.refuse_own_folder(path)?;
        let output = BufWriter::new(store::aside_of(path)?);
        self.log_pending().await?;
        self.log_now(event).await?;
        let mut writer = LogWriter::begin(output, self.id)?;
        let mut next = 1;
        loop {
            let rows = store::audit::from(&mut *self.store.read().await?, next, PAGE).await?;
            let Some(last) = rows.last() else { break };
            next = last.seq + 1;
            for row in rows {
                writer.add(row)?;
            }
        }
        let signing = self.ring().signing();
        let output = writer.end(self.now(), self.user, &signing)?;
        let file = output
            .into_inner()
            .map_err(|error| store::StoreError::from(error.into_error()))?;
        store::put_in_place(file, path)?;
        Ok(next - 1)
    }

    /// Checks every page, the whole chain, and every value that this user can open.
    pub async fn verify(&self) -> Result<Proof, Error> {
        self.rights().decide_work()?;
        self.log_pending().await?;
        let mut proof = Proof::default();
        let pages = self.store.check().await?;
        if pages > 0 {
            proof.findings.push(format!("pages:{pages}"));
        }
        for finding in audit::verify(&mut *self.store.read().await?).await? {
            proof
                .findings
                .push(format!("audit:{}:{}", finding.what, finding.seq));
        }
        if let Some(seq) = self.missing_end().await? {
            proof.findings.push(format!("audit:end_missing:{seq}"));
        }
        for account in store::account::all(&mut *self.store.read().await?).await? {
            if !self.name_opens(&account) {
                proof.findings.push(format!("account:{}", account.id));
            }
        }
        for user in self.strange_backup_keys().await? {
            proof.findings.push(format!("backup_key:{user}"));
        }
        let circles: Vec<_> = self.rights().circles.iter().copied().collect();
        for circle in circles {
            for row in store::dossier::of_circle(&mut *self.store.read().await?, circle).await? {
                self.refuse_stopping()?;
                self.check_dossier(&row, &mut proof).await?;
            }
        }
        self.log_now(self.event(EventKind::Verified).count(proof.findings.len()))
            .await?;
        Ok(proof)
    }

    /// Remembers how far the log had got, for this user alone: a chain tells of itself where it was broken, not where it was
    /// cut off.
    pub(super) async fn remember_end(&self, write: &mut Write<'_>) -> Result<(), Error> {
        let Some((seq, hash)) = write.link().await? else {
            return Ok(());
        };
        let (circle, owner) = (self.own_circle(), people::uuid(self.user));
        let end = (seq, STANDARD.encode(hash));
        self.put_setting(write, circle, owner, END, &end).await
    }

    /// The number up to which this user saw the log, where it does not say the same there any more.
    async fn missing_end(&self) -> Result<Option<i64>, Error> {
        let (circle, owner) = (self.own_circle(), people::uuid(self.user));
        let Some((seq, hash)) = self
            .get_setting::<(i64, String)>(circle, owner, END)
            .await?
        else {
            return Ok(None);
        };
        let rows = store::audit::from(&mut *self.store.read().await?, seq, 1).await?;
        let same = rows
            .first()
            .is_some_and(|row| row.seq == seq && STANDARD.encode(&row.hash) == hash);
        Ok((!same).then_some(seq))
    }

    async fn check_dossier(
        &self,
        row: &store::dossier::DossierRow,
        proof: &mut Proof,
    ) -> Result<(), Error> {
        let mut conn = self.store.read().await?;
        let values = store::value::of_dossier(&mut conn, row.id).await?;
        let entries = store::entry::of_dossier(&mut conn, row.id).await?;
        let changes = store::change::of_dossier(&mut conn, row.id).await?;
        let at = |record| Spot {
            dossier: row.id,
            salt: &row.salt,
            record,
        };
        let sealed = values
            .iter()
            .map(|value| (value.field.as_str(), spot(row), &value.sealing))
            .chain(entries.iter().map(|entry| {
                (
                    entry.field.as_str(),
                    at(*entry.id.as_bytes()),
                    &entry.sealing,
                )
            }))
            .chain(changes.iter().map(|change| {
                (
                    change.field.as_str(),
                    at(*change.id.as_bytes()),
                    &change.sealing,
                )
            }));
        for (field, spot, sealing) in sealed {
            let Ok(permit) = self.permit(row.home(), field, Level::View) else {
                continue;
            };
            match self.ring().open(&permit, row.home(), &spot, sealing) {
                Ok(_) => proof.opened += 1,
                // Sealed under a circle that this user is not in, until somebody who is seals it again.
                Err(crate::keys::KeyError::NotHeld) => {}
                Err(_) => proof.findings.push(format!("value:{}:{field}", row.id)),
            }
        }
        for entry in &entries {
            if !self.document_is_whole(row, entry)? {
                proof.findings.push(format!("document:{}", entry.id));
            }
        }
        drop(conn);
        proof.findings.extend(self.check_grounds(row).await?);
        Ok(())
    }

    /// Whether the sealed file of a document opens to its end; also where there is none, or where this user may not look.
    fn document_is_whole(
        &self,
        row: &store::dossier::DossierRow,
        entry: &store::entry::EntryRow,
    ) -> Result<bool, Error> {
        let shape = catalogue::field(&entry.field).and_then(|def| def.shape());
        if shape != Some(catalogue::Shape::Document) {
            return Ok(true);
        }
        // What does not open as an entry was found already.
        let Ok(content) = self.open_entry(row, &entry.field, entry) else {
            return Ok(true);
        };
        let Some(file) = content.file.as_ref().filter(|file| !file.id.is_empty()) else {
            return Ok(true);
        };
        match self.open_sealed(file, &mut std::io::sink(), (&|_| (), &|| false)) {
            Ok(()) => Ok(true),
            Err(Error::Store(store::StoreError::Damaged(_))) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
