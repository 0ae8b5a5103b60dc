//! The medical compartment: for physicians alone.

use super::{CARE, MEDICAL, TREAT};
use crate::catalogue::{FieldDef, Origin, Protection, Section, Shape, ValueType};

const BASE: FieldDef = FieldDef {
    id: "",
    value: ValueType::LongText,
    section: Section::Medical,
    protection: Protection::Medical,
    purpose: TREAT,
    ground: CARE,
    retention: MEDICAL,
    origin: Origin::Assessment,
    headings: &[],
};

pub(super) const FIELDS: &[FieldDef] = &[
    FieldDef {
        id: "examinations",
        headings: &[
            "examinations",
            "examination",
            "onderzoeken",
            "onderzoek",
            "medisch onderzoek",
            "medical examination",
        ],
        ..BASE
    },
    FieldDef {
        id: "limitations",
        headings: &[
            "limitations",
            "beperkingen",
            "medische beperkingen",
            "functional limitations",
        ],
        ..BASE
    },
    FieldDef {
        id: "medical_conclusions",
        headings: &[
            "medical_conclusions",
            "medical conclusions",
            "conclusies",
            "medische conclusies",
            "diagnose",
            "diagnosis",
        ],
        ..BASE
    },
    FieldDef {
        id: "physician_correspondence",
        headings: &[
            "physician_correspondence",
            "physician correspondence",
            "medical correspondence",
            "medische correspondentie",
            "correspondentie arts",
            "correspondentie artsen",
        ],
        ..BASE
    },
    FieldDef {
        id: "medical_notes",
        value: ValueType::Entries(Shape::Note),
        headings: &[
            "medical_notes",
            "medical notes",
            "medische notities",
            "medische aantekeningen",
            "spreekuurverslag",
            "anamnese",
        ],
        ..BASE
    },
    FieldDef {
        id: "medical_documents",
        value: ValueType::Entries(Shape::Document),
        headings: &[
            "medical_documents",
            "medical documents",
            "medische documenten",
            "medische stukken",
        ],
        ..BASE
    },
    FieldDef {
        id: "medical_disclosures",
        value: ValueType::Entries(Shape::Disclosure),
        headings: &[
            "medical_disclosures",
            "medical disclosures",
            "medische verstrekkingen",
        ],
        ..BASE
    },
];
