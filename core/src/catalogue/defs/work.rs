//! Work, experience and the assignment.

use super::{ACCOUNT, CARE, CONTRACT, DOSSIER, GUIDE, INTEREST, REPORTED};
use crate::catalogue::{FieldDef, Origin, Protection, Section, ValueType};

const BASE: FieldDef = FieldDef {
    id: "",
    value: ValueType::LongText,
    section: Section::Work,
    protection: Protection::Open,
    purpose: GUIDE,
    ground: CONTRACT,
    retention: DOSSIER,
    origin: Origin::Subject,
    headings: &[],
};

pub(super) const FIELDS: &[FieldDef] = &[
    FieldDef {
        id: "work_experience",
        headings: &[
            "work_experience",
            "work experience",
            "werkervaring",
            "arbeidsverleden",
            "loopbaan",
            "employment history",
        ],
        ..BASE
    },
    FieldDef {
        id: "competences",
        headings: &[
            "competences",
            "competencies",
            "skills",
            "competenties",
            "vaardigheden",
            "kwaliteiten",
        ],
        ..BASE
    },
    FieldDef {
        id: "interests",
        headings: &[
            "interests",
            "interesses",
            "belangstelling",
            "hobby's",
            "hobbies",
        ],
        ..BASE
    },
    FieldDef {
        id: "cv",
        headings: &["cv", "c.v.", "curriculum vitae", "resume", "résumé"],
        ..BASE
    },
    FieldDef {
        id: "school",
        value: ValueType::Text,
        headings: &["school", "schoolnaam", "naam school", "name of school"],
        ..BASE
    },
    FieldDef {
        id: "project_number",
        value: ValueType::Text,
        purpose: ACCOUNT,
        ground: INTEREST,
        headings: &[
            "project_number",
            "project number",
            "project no",
            "projectnummer",
            "projectnr",
            "projectnr.",
            "trajectnummer",
            "dossiernummer",
            "opdrachtnummer",
        ],
        ..BASE
    },
    FieldDef {
        id: "project_status",
        value: ValueType::Choice(&["planned", "running", "paused", "finished", "stopped"]),
        purpose: ACCOUNT,
        ground: INTEREST,
        headings: &[
            "project_status",
            "project status",
            "status",
            "projectstatus",
            "trajectstatus",
            "status traject",
        ],
        ..BASE
    },
    FieldDef {
        id: "business_plan",
        headings: &[
            "business_plan",
            "business plan",
            "business plans",
            "ondernemingsplan",
            "bedrijfsplan",
            "ondernemersplan",
        ],
        ..BASE
    },
    // What an employer may be told, in words that give no nature and no cause.
    FieldDef {
        id: "work_fitness",
        value: ValueType::Choice(&["fit", "partly_fit", "unfit"]),
        protection: REPORTED,
        ground: CARE,
        origin: Origin::Assessment,
        headings: &[
            "work_fitness",
            "work fitness",
            "fit for work",
            "geschikt voor werk",
            "arbeidsgeschiktheid",
        ],
        ..BASE
    },
    FieldDef {
        id: "work_abilities",
        protection: REPORTED,
        ground: CARE,
        origin: Origin::Assessment,
        headings: &[
            "work_abilities",
            "remaining abilities",
            "mogelijkheden voor werk",
            "resterende mogelijkheden",
            "belastbaarheid",
        ],
        ..BASE
    },
    FieldDef {
        id: "work_duration",
        value: ValueType::Text,
        protection: REPORTED,
        ground: CARE,
        origin: Origin::Assessment,
        headings: &["work_duration", "expected duration", "verwachte duur"],
        ..BASE
    },
    FieldDef {
        id: "work_adaptations",
        protection: REPORTED,
        ground: CARE,
        origin: Origin::Assessment,
        headings: &[
            "work_adaptations",
            "adaptations at work",
            "aanpassingen",
            "aanpassingen op het werk",
        ],
        ..BASE
    },
];
