//! What an entry says.

use super::{Rare, record::DisclosureRecord};
use crate::{
    access::{ASK, Act, INFORM, ViewedEntry},
    catalogue::{FieldDef, Shape, ValueType},
    code,
    consent::{BY_LAW, Consent, Ground},
    error::Error,
    store::StoreError,
};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

/// The content of a note, goal, contact or person around the client. What is empty is left out of the stored text.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize)]
#[serde(default)]
pub struct EntryContent {
    /// The text itself.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The day that it is about, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// A short title, or the name of the person around the client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// `telephone`, `email`, `letter`, `chat`, `website` or `conversation`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// What the person is to the client: `gp`, `partner`, `school` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// `open`, `reached` or `dropped`, of a goal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// The goal that this is a sub-goal of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    /// E-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The day that it ends, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Euro, in cents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// A week.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// The dossier of whoever plays the part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dossier: Option<String>,
    /// One of [`DOCUMENT_KINDS`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The file of a document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<Rare<FileRef>>,
    /// What was invoiced, of a document that is an invoice or credit note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice: Option<Rare<Invoiced>>,
    /// A request for information, and what became of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disclosure: Option<Rare<DisclosureRecord>>,
    /// Who wrote it, and in which practice, where that was another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Of a contact with another professional: who that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub professional: Option<String>,
    /// Of such a contact: `ask` for what was told to us, `inform` for what we told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exchange: Option<String>,
    /// A consent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<Rare<Consent>>,
    /// Another ground.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ground: Option<Rare<Ground>>,
    /// The writer saw the warning about medical words or a BSN and keeps the text all the same. Not stored.
    #[serde(skip)]
    pub confirmed: bool,
}

/// The file of a document: kept inside the store, or where it lies outside.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize)]
#[serde(default)]
pub struct FileRef {
    /// Its name when it came in.
    pub name: String,
    /// Media type, as its first bytes tell: `application/pdf`, `image/png`, `image/jpeg`, `text/plain` or
    /// `application/octet-stream`.
    pub media: String,
    /// In bytes.
    pub size: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// The sealed file in the store; empty for a link.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The key of the sealed file, in hexadecimal. Never comes out.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// Where a linked file lies; empty for one inside the store.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// A link that came in a package: its place is one of the firm that it came from, and nobody looks there.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub away: bool,
    /// A picture of an identity document: blacked out and watermarked before it came in.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub redacted: bool,
    /// The statutory ground on which an identity document is kept whole: one of [`ID_COPY_GROUNDS`].
    #[serde(skip_serializing_if = "String::is_empty")]
    pub ground: String,
}

/// What an invoice or credit note says.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize)]
#[serde(default)]
pub struct Invoiced {
    /// `2026-0042`.
    pub number: String,
    /// The number of the invoice that this one cancels; empty for an invoice.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub credits: String,
    /// To whom: name and address, a line each.
    pub recipient: Vec<String>,
    /// What the recipient wants to read on it; empty for nothing.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reference: String,
    /// What was done.
    pub lines: Vec<InvoiceLine>,
    /// The last day to pay, ISO 8601; empty of a credit note.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub due: String,
    /// `nl` or `en`.
    pub language: String,
}

/// One line of an invoice.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize)]
#[serde(default)]
pub struct InvoiceLine {
    /// The day of the work, ISO 8601; empty for none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub on: String,
    /// A short description.
    pub text: String,
    /// Euro, in cents, without VAT; negative on a credit note.
    pub cents: i64,
    /// `21`, `9`, `0`, or the ground of exemption: `health`, `education` or `small`.
    pub vat: String,
}

/// Ways of contact (row B4).
pub const CHANNELS: &[&str] = &[
    "telephone",
    "email",
    "letter",
    "chat",
    "website",
    "conversation",
];
/// States of a goal.
pub const STATES: &[&str] = &["open", "reached", "dropped"];
/// People around a client (row B3).
pub const ROLES: &[&str] = &[
    "gp",
    "psychologist",
    "partner",
    "ex_partner",
    "child",
    "parent",
    "school",
    "manager",
    "commissioner",
    "supporter",
    "project_leader",
    "other",
];

/// Which way it went with another professional.
const WAYS: &[&str] = &[ASK, INFORM];
/// Of those, who may be asked or told something on a ground alone.
const PROFESSIONALS: &[&str] = &["gp", "psychologist"];

/// Parts that people and companies play (row B2).
pub const PARTS: &[&str] = &[
    "commissioner",
    "employer",
    "contact_person",
    "manager",
    "physician",
    "case_manager",
    "coach",
    "project_leader",
    "adviser",
    "insurer",
    "stand_in",
    "other",
];
/// Kinds of document.
pub const DOCUMENT_KINDS: &[&str] = &[
    "agreement",
    "employment_contract",
    "letter",
    "report",
    "cv",
    "certificate",
    "test",
    "payslip",
    "id_copy",
    "consent",
    "medical",
    "invoice",
    "other",
];
/// Grounds on which a whole copy of an identity document may be kept: an employer's payroll (Wet op de loonbelasting 1964, art. 28).
pub const ID_COPY_GROUNDS: &[&str] = &["payroll"];

impl EntryContent {
    /// A plain note.
    pub fn note(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            ..Self::default()
        }
    }

    /// From the opened bytes.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        serde_json::from_slice(bytes).map_err(|_| Error::Store(StoreError::Damaged("entry")))
    }

    /// To be sealed.
    pub fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        serde_json::to_vec(self)
            .map(Zeroizing::new)
            .map_err(|_| Error::Store(StoreError::Damaged("entry")))
    }

    /// Everything in it that can be searched.
    pub fn words(&self) -> Zeroizing<String> {
        let parts = [
            Some(&self.text),
            self.title.as_ref(),
            self.on.as_ref(),
            self.telephone.as_ref(),
            self.email.as_ref(),
            self.until.as_ref(),
            self.file.as_ref().map(|file| &file.name),
            self.professional.as_ref(),
            self.ground.as_ref().map(|ground| &ground.reason),
        ];
        let consent = self.consent.as_deref().map(Consent::words);
        let parts: Vec<&str> = parts
            .into_iter()
            .flatten()
            .map(String::as_str)
            .chain(consent.as_deref().map(String::as_str))
            .filter(|part| !part.is_empty())
            .collect();
        Zeroizing::new(parts.join("\n"))
    }

    /// The day that it ends, ISO 8601; nothing for what was ended already.
    pub fn ends(&self) -> Option<&str> {
        let until = match (&self.consent, &self.ground) {
            (Some(consent), _) if consent.withdrawn.is_none() => Some(&consent.given.until),
            (_, Some(ground)) if ground.ended.is_none() => Some(&ground.until),
            (None, None) => self.until.as_ref(),
            _ => None,
        };
        until.map(String::as_str).filter(|until| !until.is_empty())
    }

    /// What is done by recording this in that list, where it needs a ground.
    pub fn act(&self, def: &'static FieldDef) -> Option<Act> {
        let who = || self.professional.clone().unwrap_or_default();
        // As it will be stored, however it is written.
        let way = self.exchange.as_deref();
        let way = way.and_then(|way| code::check(ValueType::Choice(WAYS), way).ok());
        match (def.is_special(), way.as_deref()) {
            (true, _) => Some(Act::Record(def.id)),
            (_, Some(ASK)) => Some(Act::Ask(who())),
            (_, Some(INFORM)) => Some(Act::Inform(who())),
            _ => None,
        }
    }

    /// Whether it is a contact with a professional that does not say who asked or told.
    pub(crate) fn is_undirected(&self) -> bool {
        let role = self.role.as_deref().unwrap_or_default();
        self.exchange.is_none() && PROFESSIONALS.contains(&role)
    }

    /// Checks the members that have a form, and gives them their stored form.
    pub fn check(mut self, field: &str, shape: Shape) -> Result<Self, Error> {
        use crate::catalogue::ValueType as V;
        let refuse = |reason| Error::refused(field, reason);
        let fix = |value: &Option<String>, form: V| match value
            .as_deref()
            .filter(|value| !value.is_empty())
        {
            Some(value) => code::check(form, value)
                .map(Some)
                .map_err(|error| refuse(error.code())),
            None => Ok(None),
        };
        code::check(V::LongText, &self.text).map_err(|error| refuse(error.code()))?;
        self.on = fix(&self.on, V::Date)?;
        self.title = fix(&self.title, V::Text)?;
        self.channel = fix(&self.channel, V::Choice(CHANNELS))?;
        let roles = match shape {
            Shape::Part => PARTS,
            Shape::Representative => BY_LAW,
            _ => ROLES,
        };
        self.role = fix(&self.role, V::Choice(roles))?;
        self.state = fix(&self.state, V::Choice(STATES))?;
        self.telephone = fix(&self.telephone, V::Phone)?;
        self.email = fix(&self.email, V::Email)?;
        self.until = fix(&self.until, V::Date)?;
        self.amount = fix(&self.amount, V::Money)?;
        self.hours = fix(&self.hours, V::Number)?;
        for stored in [&self.amount, &self.hours].into_iter().flatten() {
            code::refuse_negative(stored).map_err(|error| refuse(error.code()))?;
        }
        self.kind = fix(&self.kind, V::Choice(DOCUMENT_KINDS))?;
        self.professional = fix(&self.professional, V::Text)?;
        self.exchange = fix(&self.exchange, V::Choice(WAYS))?;
        if self.professional.is_some() != self.exchange.is_some() {
            return Err(refuse("professional_and_exchange"));
        }
        if self.exchange.is_some() && shape != Shape::Contact {
            return Err(refuse("exchange_is_a_contact"));
        }
        if let (Some(on), Some(until)) = (&self.on, &self.until)
            && until < on
        {
            return Err(refuse("ends_before_it_begins"));
        }
        if let Some(dossier) = &self.dossier {
            dossier
                .parse::<crate::ids::DossierId>()
                .map_err(|_| refuse("dossier"))?;
        }
        if let Some(parent) = &self.parent {
            parent
                .parse::<crate::ids::EntryId>()
                .map_err(|_| refuse("parent"))?;
        }
        self.origin = fix(&self.origin, V::Text)?;
        if let Some(disclosure) = &self.disclosure {
            disclosure.check(field)?;
        }
        let named = self.title.as_deref().is_some_and(|title| !title.is_empty());
        let filled = match shape {
            Shape::Wage => self.amount.is_some() && self.on.is_some(),
            Shape::Part => self.role.is_some() && (named || self.dossier.is_some()),
            Shape::Certificate => named,
            Shape::Document => self.file.is_some(),
            Shape::Disclosure => {
                named && self.disclosure.is_some() && self.on.is_some() && self.until.is_some()
            }
            Shape::Consent => self.consent.is_some(),
            Shape::Ground => self.ground.is_some(),
            Shape::OwnView => self.on.is_some() && !self.text.is_empty(),
            Shape::Representative => named && self.role.is_some(),
            Shape::Authorisation => named && self.on.is_some() && !self.text.is_empty(),
            Shape::Goal | Shape::Involved | Shape::Note | Shape::Contact => {
                named || !self.text.is_empty()
            }
        };
        if filled {
            Ok(self)
        } else {
            Err(refuse("empty"))
        }
    }
}

impl ViewedEntry {
    /// For files and scripts: the content with its id, entry list, time and writer.
    pub fn to_json(&self, by: Option<&str>) -> Result<serde_json::Value, Error> {
        let damaged = Error::Store(StoreError::Damaged("entry"));
        let content: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&self.content).map_err(|_| damaged)?;
        let at = chrono::DateTime::from_timestamp_millis(self.created_at)
            .map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true));
        let mut note = serde_json::Map::new();
        note.insert("id".to_owned(), self.id.to_string().into());
        note.insert("field".to_owned(), self.field.into());
        note.insert("text".to_owned(), "".into());
        note.extend(content);
        note.insert("at".to_owned(), at.into());
        note.insert("by".to_owned(), by.into());
        Ok(note.into())
    }
}
