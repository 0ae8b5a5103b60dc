//! What is better not kept: off until a ground is recorded.

use super::{COACH, CRIMINAL, EXPLICIT, ON_GROUND, WITH_GROUND};
use crate::catalogue::{FieldDef, Origin, Section, ValueType};

const BASE: FieldDef = FieldDef {
    id: "",
    value: ValueType::Text,
    section: Section::Special,
    protection: COACH,
    purpose: ON_GROUND,
    ground: EXPLICIT,
    retention: WITH_GROUND,
    origin: Origin::Subject,
    headings: &[],
};

pub(super) const FIELDS: &[FieldDef] = &[
    FieldDef {
        id: "religion",
        headings: &[
            "religion",
            "religie",
            "geloof",
            "godsdienst",
            "levensovertuiging",
            "kerkgenootschap",
            "belief",
        ],
        ..BASE
    },
    FieldDef {
        id: "memberships",
        headings: &[
            "memberships",
            "membership",
            "lidmaatschappen",
            "lidmaatschap",
            "vakbond",
            "union",
            "trade union",
        ],
        ..BASE
    },
    FieldDef {
        id: "ethnicity",
        headings: &[
            "ethnicity",
            "ethnic origin",
            "etniciteit",
            "etnische afkomst",
            "afkomst",
            "ras",
        ],
        ..BASE
    },
    FieldDef {
        id: "criminal_data",
        value: ValueType::LongText,
        ground: CRIMINAL,
        headings: &[
            "criminal_data",
            "criminal data",
            "criminal record",
            "strafrechtelijk",
            "strafblad",
            "strafrechtelijke gegevens",
        ],
        ..BASE
    },
];
