//! Documents under a dossier.

use super::{CARRY_OUT, CONTRACT, DOSSIER, ID_COPY, IDENTIFY, INVOICE, OFFICE, PAY, STATUTORY};
use crate::catalogue::{FieldDef, Origin, Protection, Section, Shape, ValueType};

const BASE: FieldDef = FieldDef {
    id: "",
    value: ValueType::Entries(Shape::Document),
    section: Section::Documents,
    protection: Protection::Open,
    purpose: CARRY_OUT,
    ground: CONTRACT,
    retention: DOSSIER,
    origin: Origin::Subject,
    headings: &[],
};

pub(super) const FIELDS: &[FieldDef] = &[
    FieldDef {
        id: "documents",
        headings: &[
            "documents",
            "documenten",
            "stukken",
            "bijlagen",
            "attachments",
        ],
        ..BASE
    },
    FieldDef {
        id: "id_documents",
        protection: OFFICE,
        purpose: STATUTORY,
        ground: IDENTIFY,
        retention: ID_COPY,
        headings: &[
            "id_documents",
            "copies of identity documents",
            "copy of identity document",
            "kopieën identiteitsbewijs",
            "kopie identiteitsbewijs",
            "kopie id-bewijs",
            "kopie paspoort",
        ],
        ..BASE
    },
    // Issued by the program alone, and fixed from then on.
    FieldDef {
        id: "invoices",
        purpose: PAY,
        ground: IDENTIFY,
        retention: INVOICE,
        headings: &["invoices", "facturen", "factuur", "invoice"],
        ..BASE
    },
];
