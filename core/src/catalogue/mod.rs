//! Kinds and fields, declared as data. Forms, the authorisation matrix, import mapping, export and retention are loops
//! over it. Ids are permanent: they are in stored dossiers and in exported files.

mod defs;

use crate::ids::ById;
use serde::Serialize;
use std::sync::LazyLock;

/// Which built-in group a default grant is for. A practice may change the grants afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Manages people and rights; reads no client by that alone.
    Administrator,
    /// Coaches and case managers.
    Coach,
    /// Physicians: the only ones with medical fields.
    Physician,
    /// Front desk.
    Reception,
}

/// What a user may do with a field.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Neither see nor change.
    #[default]
    None,
    /// See. Enforced by keys.
    View,
    /// See and change. Change is enforced by the program.
    Edit,
}

/// The closed set of value types. Values are stored as text in the form each parser gives back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// ISO 8601 date.
    Date,
    /// E-mail address.
    Email,
    /// E.164 telephone number.
    Phone,
    /// Web address.
    Url,
    /// Dutch or foreign postcode.
    Postcode,
    /// ISO 3166 alpha-2.
    Country,
    /// One of these ids.
    Choice(&'static [&'static str]),
    /// Citizen service number.
    Bsn,
    /// Bank account.
    Iban,
    /// Euro, in cents.
    Money,
    /// A decimal number.
    Number,
    /// A small PNG or JPEG, as base64.
    Picture,
    /// Number of a Dutch identity document (a foreign one is kept as written).
    IdDocument,
    /// Number of a business in the trade register.
    Kvk,
    /// Dutch VAT identification number.
    VatId,
    /// A list of entries in the story of the dossier.
    Entries(Shape),
}

/// Which members of an entry are in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A dated text.
    Note,
    /// A goal or sub-goal with a state.
    Goal,
    /// A contact through a channel.
    Contact,
    /// Somebody around the person.
    Involved,
    /// Something learned, with the day it was got and the day it ends.
    Certificate,
    /// A wage from a day on, with the hours that it is for.
    Wage,
    /// Who plays which part: another dossier, or a name.
    Part,
    /// A file kept inside the store, or a link to one outside.
    Document,
    /// A request for information, with what was decided and what went out.
    Disclosure,
    /// A form that was signed, with its text as it was signed.
    Consent,
    /// A ground other than consent, chosen from a list.
    Ground,
    /// What the person has to say about the dossier, dated.
    OwnView,
    /// Who decides for the person by law.
    Representative,
    /// Who may act for the person, by a signed and dated paper.
    Authorisation,
}

/// Who may read a field when nobody has decided otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// Sealed under the circle key alone: everybody in the circle reads it.
    Open,
    /// Has a key of its own.
    Protected(&'static [(Role, Level)]),
    /// Has a key of its own that is made in a physician's first session; an administrator never held it.
    Medical,
}

/// What kind of information it is for requests of access and portability (AVG art. 15 and 20).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Given by, or a fact of, the person: part of portability.
    Subject,
    /// The professional's own assessment: part of access, not of portability.
    Assessment,
}

/// Where on the form a field stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// Name and birth.
    Identity,
    /// Company data, and who plays which part.
    Organisation,
    /// Address, telephone, e-mail.
    Contact,
    /// Work, experience, assignment.
    Work,
    /// Post and place in a company, in and out of service, hours.
    Employment,
    /// Notes on personnel, trainings, certificates.
    Personnel,
    /// Goals, notes, tests: the guidance itself.
    Guidance,
    /// Files and links to files.
    Documents,
    /// Consents, grounds, and who speaks for the person.
    Consent,
    /// Income and benefits.
    Money,
    /// For the physician.
    Medical,
    /// Only with a recorded ground.
    Special,
}

/// One field, with everything the program needs to know about it.
#[derive(Clone, Copy, Debug)]
pub struct FieldDef {
    /// Permanent id: an English word in snake_case.
    pub id: &'static str,
    /// What a value must look like.
    pub value: ValueType,
    /// Its place on the form.
    pub section: Section,
    /// Open or with a key of its own.
    pub protection: Protection,
    /// Why it is kept (register of processing): an id, translated where it is shown.
    pub purpose: &'static str,
    /// Legal ground, as an article.
    pub ground: &'static str,
    /// The retention rule that applies: an id in the table of periods. `dossier` is the rule of the dossier's kind,
    /// `medical` that of medical files, `payroll` that of wages, `id_copy` that of copies of identity documents, `ground`
    /// means no longer than the recorded ground lasts.
    pub retention: &'static str,
    /// Subject's own data or the professional's assessment.
    pub origin: Origin,
    /// Dutch and English headings under which import recognises it, in lower case. No two fields share one.
    pub headings: &'static [&'static str],
}

impl FieldDef {
    /// Whether it has a key of its own from the start.
    pub fn is_protected(&self) -> bool {
        !matches!(self.protection, Protection::Open)
    }

    /// Whether it is kept only on explicit consent or another recorded ground (AVG art. 9 and 10).
    pub fn is_special(&self) -> bool {
        matches!(self.ground, defs::EXPLICIT | defs::CRIMINAL)
    }

    /// Whether it is a list of entries rather than one value.
    pub fn shape(&self) -> Option<Shape> {
        match self.value {
            ValueType::Entries(shape) => Some(shape),
            _ => None,
        }
    }
}

/// One kind of dossier and the fields it can hold.
#[derive(Debug)]
pub struct KindDef {
    /// Permanent id.
    pub id: &'static str,
    /// Field ids in the order of the form.
    pub fields: &'static [&'static str],
}

/// What of an employee everybody of the practice sees: the staff list. Everything else lies in a vault.
pub const STAFF_LIST: &[&str] = &[
    "titles",
    "initials",
    "given_name",
    "prefix",
    "surname",
    "partner_surname",
    "name_order",
    "job_title",
    "department",
    "work_location",
];

/// Kinds that everybody of the practice sees.
pub const SHARED_KINDS: &[&str] = &["employee", "relation", "department", "contact_person"];

/// The list of what was invoiced: written by issuing, and by nothing else.
pub const INVOICES: &str = "invoices";

/// Years that an invoice is kept, from the end of its own (AWR art. 52).
pub const INVOICE_YEARS: i64 = 7;

/// Whether a field of an employee is part of the staff list.
pub fn in_staff_list(field: &str) -> bool {
    STAFF_LIST.contains(&field)
}

/// Every field.
pub fn fields() -> &'static [FieldDef] {
    defs::FIELDS
}

/// Every kind.
pub fn kinds() -> &'static [KindDef] {
    defs::KINDS
}

/// The field with this id.
pub fn field(id: &str) -> Option<&'static FieldDef> {
    fields().get(place(id)?)
}

/// Where a field stands among all.
pub fn place(id: &str) -> Option<usize> {
    static PLACES: LazyLock<ById<&str, usize>> = LazyLock::new(|| {
        fields()
            .iter()
            .enumerate()
            .map(|(at, def)| (def.id, at))
            .collect()
    });
    PLACES.get(id).copied()
}

/// The kind with this id.
pub fn kind(id: &str) -> Option<&'static KindDef> {
    kinds().iter().find(|kind| kind.id == id)
}

#[cfg(test)]
mod tests;
