//! Income, benefits and the account.

use super::{COACH, CONTRACT, DOSSIER, GUIDE, OFFICE, PAY, PAYROLL};
use crate::catalogue::{FieldDef, Origin, Section, Shape, ValueType};

const BASE: FieldDef = FieldDef {
    id: "",
    value: ValueType::Text,
    section: Section::Money,
    protection: COACH,
    purpose: GUIDE,
    ground: CONTRACT,
    retention: DOSSIER,
    origin: Origin::Subject,
    headings: &[],
};

pub(super) const FIELDS: &[FieldDef] = &[
    FieldDef {
        id: "iban",
        value: ValueType::Iban,
        protection: OFFICE,
        purpose: PAY,
        headings: &[
            "iban",
            "iban-nummer",
            "ibannummer",
            "bankrekening",
            "bankrekeningnummer",
            "rekeningnummer",
            "bank account",
            "account number",
        ],
        ..BASE
    },
    FieldDef {
        id: "salary",
        value: ValueType::Money,
        headings: &[
            "salary",
            "wage",
            "salaris",
            "loon",
            "brutoloon",
            "bruto salaris",
            "brutosalaris",
            "maandsalaris",
            "gross salary",
        ],
        ..BASE
    },
    FieldDef {
        id: "wage_history",
        value: ValueType::Entries(Shape::Wage),
        protection: OFFICE,
        purpose: PAY,
        retention: PAYROLL,
        headings: &[
            "wage_history",
            "wage history",
            "salary history",
            "loonhistorie",
            "loonverloop",
            "salarishistorie",
            "salarisverloop",
        ],
        ..BASE
    },
    FieldDef {
        id: "income",
        value: ValueType::Money,
        headings: &[
            "income",
            "inkomen",
            "inkomsten",
            "maandinkomen",
            "netto inkomen",
            "net income",
        ],
        ..BASE
    },
    FieldDef {
        id: "ww_duration",
        headings: &[
            "ww_duration",
            "ww",
            "ww-duur",
            "duur ww",
            "ww duur",
            "ww duration",
            "unemployment benefit duration",
        ],
        ..BASE
    },
    FieldDef {
        id: "bww_duration",
        headings: &[
            "bww_duration",
            "bww",
            "bww-duur",
            "duur bww",
            "bww duur",
            "bww duration",
            "bovenwettelijke ww",
        ],
        ..BASE
    },
    FieldDef {
        id: "other_financial",
        value: ValueType::LongText,
        headings: &[
            "other_financial",
            "other financial",
            "financial",
            "finances",
            "financieel",
            "financiën",
            "financiele gegevens",
            "financiële gegevens",
            "overig financieel",
            "schulden",
            "debts",
        ],
        ..BASE
    },
];
