//! Work, experience and the assignment.

use super::{ACCOUNT, CONTRACT, DOSSIER, GUIDE, INTEREST};
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
];
