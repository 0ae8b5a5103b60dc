//! Companies, and who plays which part.

use super::{CONTRACT, DEAL, DOSSIER, GUIDE};
use crate::catalogue::{FieldDef, Origin, Protection, Section, Shape, ValueType};

const BASE: FieldDef = FieldDef {
    id: "",
    value: ValueType::Text,
    section: Section::Organisation,
    protection: Protection::Open,
    purpose: DEAL,
    ground: CONTRACT,
    retention: DOSSIER,
    origin: Origin::Subject,
    headings: &[],
};

pub(super) const FIELDS: &[FieldDef] = &[
    FieldDef {
        id: "organisation",
        purpose: GUIDE,
        headings: &[
            "organisation",
            "organization",
            "name of organisation",
            "organisatie",
            "naam organisatie",
            "bedrijf",
            "bedrijfsnaam",
            "naam bedrijf",
            "company",
            "company name",
            "werkgever",
            "employer",
        ],
        ..BASE
    },
    FieldDef {
        id: "kvk",
        value: ValueType::Kvk,
        headings: &[
            "kvk",
            "kvk-nummer",
            "kvknummer",
            "kvk-nr",
            "handelsregisternummer",
            "trade register number",
            "chamber of commerce number",
            "coc number",
        ],
        ..BASE
    },
    FieldDef {
        id: "vat_id",
        value: ValueType::VatId,
        headings: &[
            "vat_id",
            "vat",
            "vat number",
            "btw",
            "btw-id",
            "btw-nummer",
            "btwnummer",
            "btw-identificatienummer",
        ],
        ..BASE
    },
    FieldDef {
        id: "roles",
        value: ValueType::Entries(Shape::Part),
        headings: &["roles", "role", "rollen", "rol", "wie is wie", "who is who"],
        ..BASE
    },
];
