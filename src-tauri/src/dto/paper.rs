//! Invoices, reports, mailing lists and the style of the house.

use super::{filled, number};
use crate::failure::{Answer, Failure};
use base64::{Engine, engine::general_purpose::STANDARD};
use dossierkluis::{
    billing::{self, totals},
    code::Money,
    dossier as core,
    error::Error,
    ids::EntryId,
    paper::{self, Language},
    report, transfer,
};
use serde::{Deserialize, Serialize};
use specta::Type;

/// An invoice to be looked at or issued. Amounts are as typed, without VAT; the recipient is as many lines as it has.
#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewInvoice {
    pub recipient: String,
    pub reference: String,
    pub lines: Vec<NewInvoiceLine>,
    pub days: u32,
    pub language: String,
    pub confirmed: bool,
}

#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewInvoiceLine {
    pub on: String,
    pub text: String,
    pub amount: String,
    pub vat: String,
}

impl NewInvoice {
    pub fn asked(self) -> Answer<billing::NewInvoice> {
        let line = |line: NewInvoiceLine| {
            let cents = Money::parse(&line.amount).map_err(|error| {
                Failure::from(Error::Refused {
                    field: "amount".to_owned(),
                    reason: error.code(),
                })
            })?;
            Ok(core::InvoiceLine {
                on: line.on,
                text: line.text,
                cents: cents.cents(),
                vat: line.vat,
            })
        };
        Ok(billing::NewInvoice {
            recipient: lines(&self.recipient),
            reference: self.reference,
            lines: self.lines.into_iter().map(line).collect::<Answer<_>>()?,
            days: self.days,
            language: Language::from_code(&self.language),
            confirmed: self.confirmed,
        })
    }
}

/// An invoice as it would be: base64 of a PDF, and what the style of the house lacks for it.
#[derive(Serialize, Type)]
pub struct InvoicePreview {
    pub pdf: String,
    pub missing: Vec<String>,
}

impl From<billing::InvoicePreview> for InvoicePreview {
    fn from(preview: billing::InvoicePreview) -> Self {
        Self {
            pdf: STANDARD.encode(&*preview.pdf),
            missing: preview.missing.into_iter().map(str::to_owned).collect(),
        }
    }
}

/// What was issued: the entry with its PDF, and its number.
#[derive(Serialize, Type)]
pub struct Issued {
    pub entry: String,
    pub number: String,
}

impl From<(EntryId, String)> for Issued {
    fn from((entry, number): (EntryId, String)) -> Self {
        Self {
            entry: entry.to_string(),
            number,
        }
    }
}

/// A number of the series. Without a dossier what it says is not for this user.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct InvoiceRow {
    pub number: String,
    pub date: String,
    pub credits: Option<String>,
    pub credited_by: Option<String>,
    pub dossier: Option<String>,
    pub entry: Option<String>,
    pub recipient: Option<String>,
    /// Euro, as it is stored: 145.20.
    pub total: Option<String>,
}

impl InvoiceRow {
    pub fn new(row: billing::InvoiceSeen) -> Result<Self, Error> {
        let mut shown = Self {
            number: row.number,
            date: row.issued_on,
            credits: filled(&row.credits),
            credited_by: filled(&row.credited_by),
            dossier: None,
            entry: None,
            recipient: None,
            total: None,
        };
        if let Some((dossier, entry, invoiced)) = &row.seen {
            shown.dossier = Some(dossier.to_string());
            shown.entry = Some(entry.to_string());
            shown.recipient = invoiced.recipient.first().cloned();
            shown.total = Some(Money::from_cents(totals(&invoiced.lines)?.total).to_string());
        }
        Ok(shown)
    }
}

/// How a mailing list came out.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MailingReport {
    pub listed: u32,
    pub no_contact: u32,
    pub refused: u32,
    pub not_asked: u32,
    pub no_consent: u32,
    pub no_address: u32,
    pub withheld: u32,
    /// Of the file; the log has the same.
    pub sha256: String,
}

impl From<transfer::MailingReport> for MailingReport {
    fn from(report: transfer::MailingReport) -> Self {
        let left = report.left_out;
        Self {
            listed: number(report.listed),
            no_contact: number(left.no_contact),
            refused: number(left.refused),
            not_asked: number(left.not_asked),
            no_consent: number(left.no_consent),
            no_address: number(left.no_address),
            withheld: number(left.withheld),
            sha256: report.sha256,
        }
    }
}

/// A report to be looked at or sent. Dates are ISO 8601 or empty.
#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewReport {
    pub profile: String,
    pub recipient: String,
    pub from: String,
    pub until: String,
    pub hours: String,
    pub note: String,
    pub language: String,
}

impl From<NewReport> for report::NewReport {
    fn from(new: NewReport) -> Self {
        Self {
            profile: new.profile,
            recipient: lines(&new.recipient),
            from: new.from,
            until: new.until,
            hours: new.hours,
            note: new.note,
            language: Language::from_code(&new.language),
        }
    }
}

/// Which fields go to a commissioner, each under the words of the report for it.
#[derive(Serialize, Deserialize, Type)]
pub struct ReportProfile {
    pub name: String,
    pub fields: Vec<ReportField>,
    /// Protected fields and notes may be among them.
    pub protected: bool,
}

#[derive(Serialize, Deserialize, Type)]
pub struct ReportField {
    pub field: String,
    pub label: String,
}

impl From<report::ReportProfile> for ReportProfile {
    fn from(profile: report::ReportProfile) -> Self {
        let field = |one: report::ReportField| ReportField {
            field: one.field,
            label: one.label,
        };
        Self {
            name: profile.name,
            fields: profile.fields.into_iter().map(field).collect(),
            protected: profile.protected,
        }
    }
}

impl From<ReportProfile> for report::ReportProfile {
    fn from(profile: ReportProfile) -> Self {
        let field = |one: ReportField| report::ReportField {
            field: one.field,
            label: one.label,
        };
        Self {
            name: profile.name,
            fields: profile.fields.into_iter().map(field).collect(),
            protected: profile.protected,
        }
    }
}

/// A field that a report would carry, or why it does not go.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReportLine {
    pub field: String,
    pub label: String,
    pub withheld: Option<String>,
    /// How many of its texts stay: they speak of health or hold a number.
    pub unfit: u32,
    /// Whether anything of it goes.
    pub goes: bool,
}

/// Exactly what would go; data is base64 of the PDF.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReportPreview {
    pub lines: Vec<ReportLine>,
    pub data: String,
    /// What sending it must state.
    pub digest: String,
}

impl From<&report::ReportLine> for ReportLine {
    fn from(line: &report::ReportLine) -> Self {
        Self {
            field: line.field.to_owned(),
            label: line.label.clone(),
            withheld: line.withheld.map(|reason| reason.code().to_owned()),
            unfit: u32::try_from(line.unfit).unwrap_or(u32::MAX),
            goes: line.texts().next().is_some(),
        }
    }
}

/// How the papers of the practice look. The logo is base64; its own templates stay on the other side.
#[derive(Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HouseStyle {
    pub name: String,
    pub address: String,
    pub contact: String,
    pub kvk: String,
    pub vat_id: String,
    pub iban: String,
    pub colour: String,
    pub logo: String,
}

impl From<paper::HouseStyle> for HouseStyle {
    fn from(style: paper::HouseStyle) -> Self {
        Self {
            name: style.name,
            address: style.address.join("\n"),
            contact: style.contact.join("\n"),
            kvk: style.kvk,
            vat_id: style.vat_id,
            iban: style.iban,
            colour: style.colour,
            logo: style.logo,
        }
    }
}

impl HouseStyle {
    /// With the templates that the practice has.
    pub fn over(self, kept: paper::HouseStyle) -> paper::HouseStyle {
        paper::HouseStyle {
            name: self.name,
            address: lines(&self.address),
            contact: lines(&self.contact),
            kvk: self.kvk,
            vat_id: self.vat_id,
            iban: self.iban,
            colour: self.colour,
            logo: self.logo,
            templates: kept.templates,
        }
    }
}

fn lines(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}
