//! Looking at a report, and letting it go.

use super::ReportProfile;
use crate::{
    access::{Act, Reason},
    audit::EventKind,
    catalogue::{self, FieldDef, ValueType},
    code,
    crypto::hex,
    disclosure::outright_unfit,
    document::{NewDocument, Source},
    dossier::{Reveal, open_name},
    error::Error,
    ids::{DossierId, EntryId},
    paper::{Language, Template},
    session::Practice,
    store::{self, StoreError},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{io::ErrorKind, path::Path, sync::Arc};
use zeroize::Zeroizing;

/// A report to be made.
#[derive(Clone, Default)]
pub struct NewReport {
    /// Name of the profile; the first where it is empty.
    pub profile: String,
    /// Name and address of the commissioner, a line each.
    pub recipient: Vec<String>,
    /// The first day that it is about, ISO 8601; empty for no limit.
    pub from: String,
    /// The last day.
    pub until: String,
    /// Hours in the period; empty for nothing.
    pub hours: String,
    /// What the writer adds.
    pub note: String,
    /// The language that it is in.
    pub language: Language,
}

impl NewReport {
    /// Whether a day lies in its period.
    pub(super) fn holds(&self, day: &str) -> bool {
        let from = self.from.is_empty() || day >= self.from.as_str();
        from && (self.until.is_empty() || day <= self.until.as_str())
    }

    fn checked(&self) -> Result<Self, Error> {
        let fix = |field: &str, value: &str, form| match value.trim() {
            "" => Ok(String::new()),
            value => code::check(form, value).map_err(|error| Error::refused(field, error.code())),
        };
        let checked = Self {
            from: fix("from", &self.from, ValueType::Date)?,
            until: fix("until", &self.until, ValueType::Date)?,
            hours: fix("hours", &self.hours, ValueType::Number)?,
            ..self.clone()
        };
        code::check(ValueType::LongText, &self.note)
            .map_err(|error| Error::refused("note", error.code()))?;
        let recipient = self.recipient.iter().map(|line| ("recipient", line));
        for (field, text) in recipient.chain([("note", &self.note)]) {
            if let Some(why) = outright_unfit(text) {
                return Err(Error::refused(field, why.refusal()));
            }
        }
        if !checked.until.is_empty() && checked.until < checked.from {
            return Err(Error::refused("until", "ends_before_it_begins"));
        }
        Ok(checked)
    }
}

/// One field of a report.
pub struct ReportLine {
    /// Which.
    pub field: &'static str,
    /// What the report calls it.
    pub label: String,
    /// Why it does not go; it is not on the paper then.
    pub withheld: Option<Reason>,
    /// Whether it is a list.
    pub list: bool,
    /// How many of its texts do not go, as they speak of health or hold a number that is nobody's business.
    pub unfit: usize,
    /// What goes.
    pub(super) rows: Vec<Value>,
}

impl ReportLine {
    /// The texts that go.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().filter_map(|row| row.get("text")?.as_str())
    }
}

/// A report as it would go: exactly these lines, on exactly this paper.
pub struct Report {
    /// Its lines; those withheld are not on the paper.
    pub lines: Vec<ReportLine>,
    /// Its period in words; empty for none.
    pub period: String,
    /// The PDF.
    pub pdf: Zeroizing<Vec<u8>>,
    /// What letting it go must state: SHA-256 of everything that is printed, in hexadecimal.
    pub digest: String,
}

impl Practice {
    /// Makes a report to look at; nothing leaves. Logged as opening the dossier, each protected field on it as revealed.
    pub async fn preview_report(
        &self,
        dossier: DossierId,
        new: &NewReport,
    ) -> Result<Report, Error> {
        let report = self.make_report(dossier, new).await?;
        let mut write = self.store.write().await?;
        let opened = self.event(EventKind::DossierOpened).about(dossier);
        self.log(&mut write, opened).await?;
        for field in gone(&report.lines).map(|line| line.field) {
            let own = self.rights().fields.contains_key(field);
            if own || catalogue::field(field).is_some_and(FieldDef::is_protected) {
                let event = self.event(EventKind::FieldRevealed).about(dossier);
                self.log(&mut write, event.part(field)).await?;
            }
        }
        write.commit().await?;
        Ok(report)
    }

    /// Lets a report of this digest go, as it was looked at: writes its PDF to a file, and logs which fields went and the digest of
    /// the file. The same bytes are kept with the documents of the dossier and that document is given, unless a field with a key of
    /// its own is on it: more people may open the documents.
    pub async fn send_report(
        &self,
        dossier: DossierId,
        new: &NewReport,
        digest: &str,
        path: &Path,
    ) -> Result<Option<EntryId>, Error> {
        self.refuse_own_folder(path)?;
        if path.is_dir() || !store::folder_of(path).is_dir() {
            // It would be kept and logged as sent, and be nowhere.
            return Err(StoreError::Io(ErrorKind::NotFound).into());
        }
        let report = self.make_report(dossier, new).await?;
        if report.digest != digest {
            return Err(Error::refused("report", "changed_since_preview"));
        }
        let file = hex(&Sha256::digest(&*report.pdf));
        let fields: Vec<&str> = gone(&report.lines).map(|line| line.field).collect();
        let event = self.event(EventKind::ReportMade).about(dossier);
        let event = event.part(&fields.join(",")).count(fields.len());
        self.log_now(event.object(file)).await?;
        let own = |field: &&str| self.rights().fields.contains_key(*field);
        let document = if fields.iter().any(own) {
            None
        } else {
            Some(self.keep_report(dossier, new, &report.pdf).await?)
        };
        store::write_durably(path, &report.pdf)?;
        Ok(document)
    }

    async fn keep_report(
        &self,
        dossier: DossierId,
        new: &NewReport,
        pdf: &Zeroizing<Vec<u8>>,
    ) -> Result<EntryId, Error> {
        let name = "rapportage.pdf".to_owned();
        let kept = NewDocument {
            title: title(new).to_owned(),
            kind: "report".to_owned(),
            on: self.today(),
            ..NewDocument::default()
        };
        let source = Source::Bytes(name, pdf.clone());
        let quiet = Arc::default();
        self.add_document(dossier, "documents", &kept, source, &|_| (), &quiet)
            .await
    }

    async fn make_report(&self, dossier: DossierId, new: &NewReport) -> Result<Report, Error> {
        let new = &new.checked()?;
        let profile: ReportProfile = self.report_profile(&new.profile).await?;
        let (view, _) = self.view(dossier, Reveal::All).await?;
        let lines = self.report_lines(&view, &profile, new)?;
        if let Err(error) = self.refuse_unfounded(dossier, &lines).await {
            let event = self.event(EventKind::ReportMade).about(dossier);
            return self.deny_unfounded(event, error).await;
        }
        let writer = self.user_name(self.user()).await?;
        // The name is on every report: what of it the practice protects is not.
        let person = open_name(&view, |field| self.rights().fields.contains_key(field));
        let data = paper_of(&person, &lines, new, (&self.today(), writer.as_str()));
        let pdf = self.print(Template::Report, &data, new.language).await?;
        let said = Zeroizing::new(format!("{}\n{data}", new.language.code()));
        Ok(Report {
            lines,
            period: period(new),
            pdf,
            digest: hex(&Sha256::digest(said.as_bytes())),
        })
    }

    /// Special data go no longer than they may be kept: on a valid consent or another ground.
    async fn refuse_unfounded(
        &self,
        dossier: DossierId,
        lines: &[ReportLine],
    ) -> Result<(), Error> {
        for line in gone(lines) {
            if catalogue::field(line.field).is_some_and(FieldDef::is_special) {
                self.consent_for(dossier, &Act::Record(line.field)).await?;
            }
        }
        Ok(())
    }
}

/// The lines that are on the paper.
fn gone(lines: &[ReportLine]) -> impl Iterator<Item = &ReportLine> {
    lines.iter().filter(|line| !line.rows.is_empty())
}

fn title(new: &NewReport) -> &'static str {
    match new.language {
        Language::Dutch => "Rapportage",
        Language::English => "Report",
    }
}

fn paper_of(
    person: &str,
    lines: &[ReportLine],
    new: &NewReport,
    (today, writer): (&str, &str),
) -> Value {
    let mut fields: Vec<Value> = gone(lines)
        .filter(|line| !line.list)
        .map(|line| json!({ "label": line.label, "value": line.texts().collect::<Vec<_>>().join("\n") }))
        .collect();
    if !new.hours.is_empty() {
        let label = match new.language {
            Language::Dutch => "Uren in de periode",
            Language::English => "Hours in the period",
        };
        fields.push(json!({ "label": label, "value": code::show(ValueType::Number, &new.hours) }));
    }
    let sections: Vec<Value> = gone(lines)
        .filter(|line| line.list)
        .map(|line| json!({ "heading": line.label, "rows": line.rows }))
        .collect();
    json!({
        "title": title(new), "recipient_lines": new.recipient, "person": person,
        "period": period(new), "date": today, "fields": fields, "sections": sections,
        "note": new.note, "signer": writer,
    })
}

fn period(new: &NewReport) -> String {
    let day = |day: &str| code::show(ValueType::Date, day);
    let (from, until) = (day(&new.from), day(&new.until));
    match (new.language, from.is_empty(), until.is_empty()) {
        (_, true, true) => String::new(),
        (Language::Dutch, false, false) => format!("{from} tot en met {until}"),
        (Language::Dutch, false, true) => format!("vanaf {from}"),
        (Language::Dutch, true, false) => format!("tot en met {until}"),
        (Language::English, false, false) => format!("{from} to {until}"),
        (Language::English, false, true) => format!("from {from}"),
        (Language::English, true, false) => format!("to {until}"),
    }
}
