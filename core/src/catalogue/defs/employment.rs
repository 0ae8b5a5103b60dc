//! Work for the practice or for a company: the post, and what an employer keeps of it.

use super::{CONTRACT, DOSSIER, EMPLOY, OFFICE, PAY, PAYROLL};
use crate::catalogue::{FieldDef, Origin, Protection, Section, Shape, ValueType};

const BASE: FieldDef = FieldDef {
    id: "",
    value: ValueType::Text,
    section: Section::Employment,
    protection: Protection::Open,
    purpose: EMPLOY,
    ground: CONTRACT,
    retention: DOSSIER,
    origin: Origin::Subject,
    headings: &[],
};

const PERSONNEL: FieldDef = FieldDef {
    value: ValueType::Entries(Shape::Certificate),
    section: Section::Personnel,
    ..BASE
};

pub(super) const FIELDS: &[FieldDef] = &[
    FieldDef {
        id: "job_title",
        headings: &[
            "job_title",
            "job title",
            "position",
            "function",
            "functie",
            "functienaam",
            "functietitel",
            "functieomschrijving",
        ],
        ..BASE
    },
    FieldDef {
        id: "department",
        headings: &[
            "department",
            "department name",
            "division",
            "afdeling",
            "afdelingsnaam",
            "naam afdeling",
            "name of department",
        ],
        ..BASE
    },
    FieldDef {
        id: "work_location",
        headings: &[
            "work_location",
            "work location",
            "location",
            "branch",
            "vestiging",
            "locatie",
            "werklocatie",
            "standplaats",
        ],
        ..BASE
    },
    FieldDef {
        id: "in_service",
        value: ValueType::Date,
        headings: &[
            "in_service",
            "in service",
            "employed since",
            "hire date",
            "date of employment",
            "in dienst",
            "in dienst per",
            "in dienst sinds",
            "datum in dienst",
            "indiensttreding",
            "datum indiensttreding",
            "begin dienstverband",
        ],
        ..BASE
    },
    FieldDef {
        id: "out_of_service",
        value: ValueType::Date,
        headings: &[
            "out_of_service",
            "out of service",
            "end of employment",
            "leaving date",
            "uit dienst",
            "uit dienst per",
            "datum uit dienst",
            "uitdiensttreding",
            "datum uitdiensttreding",
            "einde dienstverband",
        ],
        ..BASE
    },
    FieldDef {
        id: "contract_type",
        value: ValueType::Choice(&[
            "permanent",
            "temporary",
            "on_call",
            "agency",
            "volunteer",
            "other",
        ]),
        headings: &[
            "contract_type",
            "contract type",
            "type of contract",
            "contract",
            "contractvorm",
            "contractsoort",
            "soort contract",
            "dienstverband",
            "soort dienstverband",
        ],
        ..BASE
    },
    FieldDef {
        id: "hours",
        value: ValueType::Number,
        protection: OFFICE,
        purpose: PAY,
        retention: PAYROLL,
        headings: &[
            "hours",
            "hours per week",
            "weekly hours",
            "uren",
            "uren per week",
            "contracturen",
            "arbeidsduur",
        ],
        ..BASE
    },
    FieldDef {
        id: "trainings",
        headings: &[
            "trainings",
            "training",
            "courses",
            "education",
            "opleidingen",
            "opleiding",
            "cursussen",
            "scholing",
        ],
        ..PERSONNEL
    },
    FieldDef {
        id: "certificates",
        headings: &[
            "certificates",
            "certificate",
            "certificaten",
            "certificaat",
            "diploma's",
            "diplomas",
        ],
        ..PERSONNEL
    },
    FieldDef {
        id: "personnel_notes",
        value: ValueType::Entries(Shape::Note),
        protection: OFFICE,
        origin: Origin::Assessment,
        headings: &[
            "personnel_notes",
            "personnel notes",
            "personnel file",
            "personeelsnotities",
            "personeelsnotitie",
            "personeelsdossier",
        ],
        ..PERSONNEL
    },
];
