//! What the person agreed to, on what else something rests, and who speaks for the person.

use super::{CONTRACT, DOSSIER, HEAR, OWN_VIEW, PROOF, PROVE};
use crate::catalogue::{FieldDef, Origin, Protection, Section, Shape, ValueType};

const BASE: FieldDef = FieldDef {
    id: "",
    value: ValueType::Entries(Shape::Consent),
    section: Section::Consent,
    // Whoever records something must be able to see on what it rests.
    protection: Protection::Open,
    purpose: PROVE,
    ground: PROOF,
    retention: DOSSIER,
    origin: Origin::Subject,
    headings: &[],
};

pub(super) const FIELDS: &[FieldDef] = &[
    FieldDef {
        id: "consents",
        headings: &["consents", "toestemmingen"],
        ..BASE
    },
    FieldDef {
        id: "grounds",
        value: ValueType::Entries(Shape::Ground),
        origin: Origin::Assessment,
        headings: &["grounds", "grondslagen"],
        ..BASE
    },
    FieldDef {
        id: "own_view",
        value: ValueType::Entries(Shape::OwnView),
        purpose: HEAR,
        ground: OWN_VIEW,
        headings: &["own_view", "own view", "zienswijze", "zienswijzen"],
        ..BASE
    },
    FieldDef {
        id: "representatives",
        value: ValueType::Entries(Shape::Representative),
        purpose: HEAR,
        ground: CONTRACT,
        headings: &[
            "representatives",
            "vertegenwoordigers",
            "wettelijk vertegenwoordiger",
        ],
        ..BASE
    },
    FieldDef {
        id: "authorisations",
        value: ValueType::Entries(Shape::Authorisation),
        purpose: HEAR,
        ground: CONTRACT,
        headings: &["authorisations", "machtigingen", "gemachtigde"],
        ..BASE
    },
];
