//! Where to find and reach somebody, and every contact there was.

use super::{CONSENT, CONTRACT, DOSSIER, GUIDE, REACH};
use crate::catalogue::{FieldDef, Origin, Protection, Section, Shape, ValueType};

const BASE: FieldDef = FieldDef {
    id: "",
    value: ValueType::Text,
    section: Section::Contact,
    protection: Protection::Open,
    purpose: REACH,
    ground: CONTRACT,
    retention: DOSSIER,
    origin: Origin::Subject,
    headings: &[],
};

pub(super) const FIELDS: &[FieldDef] = &[
    FieldDef {
        id: "street",
        headings: &[
            "street",
            "street address",
            "address",
            "adres",
            "straat",
            "straatnaam",
            "straat en huisnummer",
            "straat + huisnummer",
            "woonadres",
            "bezoekadres",
        ],
        ..BASE
    },
    FieldDef {
        id: "postcode",
        value: ValueType::Postcode,
        headings: &[
            "postcode",
            "post code",
            "postal code",
            "zip",
            "zip code",
            "zipcode",
            "pc",
        ],
        ..BASE
    },
    FieldDef {
        id: "town",
        headings: &[
            "town",
            "city",
            "plaats",
            "woonplaats",
            "plaatsnaam",
            "stad",
            "gemeente",
        ],
        ..BASE
    },
    FieldDef {
        id: "country",
        value: ValueType::Country,
        headings: &["country", "land", "landcode"],
        ..BASE
    },
    FieldDef {
        id: "telephone",
        value: ValueType::Phone,
        headings: &[
            "telephone",
            "telephone number",
            "phone",
            "phone number",
            "telefoon",
            "telefoonnummer",
            "tel",
            "tel.",
            "telnr",
            "tel.nr.",
            "vaste telefoon",
            "telefoon vast",
            "telefoon thuis",
            "telefoon privé",
            "home phone",
        ],
        ..BASE
    },
    FieldDef {
        id: "mobile",
        value: ValueType::Phone,
        headings: &[
            "mobile",
            "mobile phone",
            "mobile number",
            "cell",
            "cell phone",
            "mobiel",
            "mobiele telefoon",
            "mobiel nummer",
            "mobielnummer",
            "mobiele nummer",
            "telefoon mobiel",
            "gsm",
            "06",
            "06-nummer",
        ],
        ..BASE
    },
    FieldDef {
        id: "fax",
        value: ValueType::Phone,
        headings: &["fax", "fax number", "faxnummer", "telefax"],
        ..BASE
    },
    FieldDef {
        id: "email",
        value: ValueType::Email,
        headings: &[
            "email",
            "e-mail",
            "mail",
            "emailadres",
            "e-mailadres",
            "mailadres",
            "email address",
            "e-mail address",
        ],
        ..BASE
    },
    FieldDef {
        id: "private_email",
        value: ValueType::Email,
        headings: &[
            "private_email",
            "private email",
            "private e-mail",
            "personal email",
            "privé e-mail",
            "privé email",
            "prive email",
            "prive e-mail",
            "e-mail privé",
            "email privé",
            "email prive",
            "e-mail prive",
            "e-mailadres privé",
        ],
        ..BASE
    },
    FieldDef {
        id: "website",
        value: ValueType::Url,
        headings: &[
            "website",
            "web site",
            "webadres",
            "url",
            "homepage",
            "internet",
            "internetadres",
        ],
        ..BASE
    },
    FieldDef {
        id: "linkedin",
        value: ValueType::Url,
        headings: &[
            "linkedin",
            "linked in",
            "linkedin-profiel",
            "linkedin profiel",
            "linkedin profile",
            "linkedin url",
        ],
        ..BASE
    },
    // Mailing preferences. Nothing filled in means: not asked.
    FieldDef {
        id: "mailing_post",
        value: ValueType::Choice(&["wanted", "refused"]),
        headings: &["mailing_post", "mailing by post", "mailing per post"],
        ..BASE
    },
    FieldDef {
        id: "mailing_email",
        value: ValueType::Choice(&["wanted", "refused"]),
        headings: &[
            "mailing_email",
            "mailing by e-mail",
            "mailing per e-mail",
            "mailing",
        ],
        ..BASE
    },
    FieldDef {
        id: "mailing_telephone",
        value: ValueType::Choice(&["wanted", "refused"]),
        headings: &[
            "mailing_telephone",
            "approach by telephone",
            "telefonisch benaderen",
        ],
        ..BASE
    },
    FieldDef {
        id: "mailing_newsletter",
        value: ValueType::Choice(&["wanted", "refused"]),
        ground: CONSENT,
        headings: &["mailing_newsletter", "newsletter", "nieuwsbrief"],
        ..BASE
    },
    // Above every channel.
    FieldDef {
        id: "no_contact",
        value: ValueType::Choice(&["no_further_contact", "contact_welcome"]),
        headings: &[
            "no_contact",
            "no further contact",
            "geen contact",
            "geen contact meer",
            "niet benaderen",
        ],
        ..BASE
    },
    FieldDef {
        id: "contact_log",
        value: ValueType::Entries(Shape::Contact),
        purpose: GUIDE,
        headings: &[
            "contact_log",
            "contact log",
            "contacts",
            "contactmomenten",
            "contactmoment",
            "contactlogboek",
            "contacthistorie",
            "communicatie",
            "communication",
        ],
        ..BASE
    },
];
