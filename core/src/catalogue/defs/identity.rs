//! Who somebody is.

use super::{CONSENT, CONTRACT, DOSSIER, IDENTIFY, KNOW, OFFICE, STATUTE, STATUTORY, WITH_GROUND};
use crate::catalogue::{FieldDef, Origin, Protection, Section, ValueType};

/// What most fields here have in common.
const BASE: FieldDef = FieldDef {
    id: "",
    value: ValueType::Text,
    section: Section::Identity,
    protection: Protection::Open,
    purpose: KNOW,
    ground: CONTRACT,
    retention: DOSSIER,
    origin: Origin::Subject,
    headings: &[],
};

pub(super) const FIELDS: &[FieldDef] = &[
    FieldDef {
        id: "salutation",
        value: ValueType::Choice(&["mrs", "mr", "neutral"]),
        headings: &[
            "salutation",
            "aanhef",
            "aanspreking",
            "aanspreekvorm",
            "form of address",
        ],
        ..BASE
    },
    FieldDef {
        id: "titles",
        headings: &[
            "titles",
            "title",
            "titel",
            "titels",
            "titulatuur",
            "academic title",
            "academische titel",
        ],
        ..BASE
    },
    FieldDef {
        id: "initials",
        headings: &[
            "initials",
            "initial",
            "voorletters",
            "voorletter",
            "initialen",
            "voorl",
            "voorl.",
        ],
        ..BASE
    },
    FieldDef {
        id: "given_name",
        headings: &[
            "given_name",
            "given name",
            "given names",
            "first name",
            "firstname",
            "first_name",
            "forename",
            "voornaam",
            "voornamen",
            "roepnaam",
        ],
        ..BASE
    },
    FieldDef {
        id: "prefix",
        headings: &[
            "prefix",
            "tussenvoegsel",
            "tussenvoegsels",
            "tussenv",
            "tussenv.",
            "tv",
            "tussenvgsl",
            "voorvoegsel",
            "voorvoegsels",
            "infix",
            "surname prefix",
            "middle name",
        ],
        ..BASE
    },
    FieldDef {
        id: "surname",
        headings: &[
            "surname",
            "last name",
            "lastname",
            "last_name",
            "family name",
            "achternaam",
            "naam",
            "name",
            "familienaam",
            "geslachtsnaam",
            "geboortenaam",
            "birth name",
        ],
        ..BASE
    },
    FieldDef {
        id: "partner_surname",
        headings: &[
            "partner_surname",
            "partner surname",
            "partner's surname",
            "partnernaam",
            "naam partner",
            "achternaam partner",
            "gehuwde naam",
            "married name",
        ],
        ..BASE
    },
    FieldDef {
        id: "name_order",
        value: ValueType::Choice(&["own", "partner", "partner_own", "own_partner"]),
        headings: &[
            "name_order",
            "name order",
            "naamgebruik",
            "naamvolgorde",
            "volgorde namen",
        ],
        ..BASE
    },
    FieldDef {
        id: "sex",
        value: ValueType::Choice(&["female", "male", "other", "unknown"]),
        headings: &["sex", "gender", "geslacht", "m/v", "m/v/x"],
        ..BASE
    },
    FieldDef {
        id: "date_of_birth",
        value: ValueType::Date,
        headings: &[
            "date_of_birth",
            "date of birth",
            "birth date",
            "birthdate",
            "birthday",
            "dob",
            "geboortedatum",
            "geb. datum",
            "geb.datum",
            "gebdatum",
            "geboren",
            "geboren op",
            "verjaardag",
        ],
        ..BASE
    },
    FieldDef {
        id: "place_of_birth",
        headings: &[
            "place_of_birth",
            "place of birth",
            "birthplace",
            "geboorteplaats",
            "geb. plaats",
        ],
        ..BASE
    },
    FieldDef {
        id: "nationality",
        protection: OFFICE,
        headings: &["nationality", "nationaliteit", "citizenship"],
        ..BASE
    },
    FieldDef {
        id: "bsn",
        value: ValueType::Bsn,
        protection: OFFICE,
        purpose: STATUTORY,
        ground: STATUTE,
        retention: WITH_GROUND,
        headings: &[
            "bsn",
            "bsn-nummer",
            "bsnnummer",
            "burgerservicenummer",
            "burger service nummer",
            "sofinummer",
            "sofi-nummer",
            "citizen service number",
        ],
        ..BASE
    },
    FieldDef {
        id: "id_document",
        value: ValueType::IdDocument,
        protection: OFFICE,
        purpose: STATUTORY,
        ground: IDENTIFY,
        retention: WITH_GROUND,
        headings: &[
            "id_document",
            "id document",
            "identiteitsbewijs",
            "id-bewijs",
            "legitimatie",
            "legitimatiebewijs",
            "documentnummer",
            "document number",
            "paspoortnummer",
            "passport number",
            "nummer identiteitsbewijs",
        ],
        ..BASE
    },
    FieldDef {
        id: "photo",
        value: ValueType::Picture,
        ground: CONSENT,
        headings: &["photo", "foto", "pasfoto", "picture", "portrait"],
        ..BASE
    },
];
