//! Who asked what about somebody, and what went out.

use super::{ACCOUNT_FOR_DISCLOSURE, ACCOUNTABILITY, DOSSIER, REPORTED};
use crate::catalogue::{FieldDef, Origin, Section, Shape, ValueType};

pub(super) const FIELDS: &[FieldDef] = &[FieldDef {
    id: "disclosures",
    value: ValueType::Entries(Shape::Disclosure),
    section: Section::Documents,
    protection: REPORTED,
    purpose: ACCOUNT_FOR_DISCLOSURE,
    ground: ACCOUNTABILITY,
    retention: DOSSIER,
    origin: Origin::Assessment,
    headings: &[
        "disclosures",
        "disclosure",
        "verstrekkingen",
        "vragen om informatie",
        "requests for information",
    ],
}];
