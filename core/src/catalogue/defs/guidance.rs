//! The guidance itself: why, towards what, and how it went.

use super::{COACH, CONTRACT, DOSSIER, EXPLICIT, GUIDE};
use crate::catalogue::{FieldDef, Origin, Protection, Section, Shape, ValueType};

const BASE: FieldDef = FieldDef {
    id: "",
    value: ValueType::LongText,
    section: Section::Guidance,
    protection: Protection::Open,
    purpose: GUIDE,
    ground: CONTRACT,
    retention: DOSSIER,
    origin: Origin::Subject,
    headings: &[],
};

pub(super) const FIELDS: &[FieldDef] = &[
    FieldDef {
        id: "initial_problem",
        headings: &[
            "initial_problem",
            "initial problem",
            "presenting problem",
            "hulpvraag",
            "beginprobleem",
            "aanvankelijk probleem",
            "probleemstelling",
            "aanleiding",
        ],
        ..BASE
    },
    FieldDef {
        id: "assignment",
        headings: &[
            "assignment",
            "opdracht",
            "coachvraag",
            "opdrachtomschrijving",
            "vraagstelling",
        ],
        ..BASE
    },
    FieldDef {
        id: "expectations",
        headings: &[
            "expectations",
            "expectation",
            "verwachtingen",
            "verwachting",
        ],
        ..BASE
    },
    FieldDef {
        id: "goals",
        value: ValueType::Entries(Shape::Goal),
        headings: &[
            "goals",
            "goal",
            "doelen",
            "doel",
            "doelstelling",
            "doelstellingen",
            "subdoelen",
        ],
        ..BASE
    },
    FieldDef {
        id: "session_notes",
        value: ValueType::Entries(Shape::Note),
        protection: COACH,
        origin: Origin::Assessment,
        headings: &[
            "session_notes",
            "session notes",
            "session reports",
            "notes",
            "note",
            "remarks",
            "sessieverslagen",
            "sessieverslag",
            "gespreksverslag",
            "gespreksverslagen",
            "notities",
            "notitie",
            "aantekeningen",
            "opmerkingen",
            "opmerking",
            "verslag",
        ],
        ..BASE
    },
    FieldDef {
        id: "interventions",
        value: ValueType::Entries(Shape::Note),
        origin: Origin::Assessment,
        headings: &[
            "interventions",
            "intervention",
            "interventies",
            "interventie",
            "acties",
            "actions",
        ],
        ..BASE
    },
    FieldDef {
        id: "people_involved",
        value: ValueType::Entries(Shape::Involved),
        headings: &[
            "people_involved",
            "people involved",
            "betrokkenen",
            "betrokken personen",
            "contactpersonen",
            "netwerk",
        ],
        ..BASE
    },
    FieldDef {
        id: "psychological_tests",
        protection: COACH,
        ground: EXPLICIT,
        headings: &[
            "psychological_tests",
            "psychological tests",
            "psychologische tests",
            "psychologische testen",
            "assessment",
        ],
        ..BASE
    },
    FieldDef {
        id: "test_results",
        value: ValueType::Entries(Shape::Note),
        protection: COACH,
        ground: EXPLICIT,
        origin: Origin::Assessment,
        headings: &[
            "test_results",
            "test results",
            "tests",
            "testresultaten",
            "testuitslagen",
            "testuitslag",
        ],
        ..BASE
    },
];
