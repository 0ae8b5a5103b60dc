//! Invented content for each template, to try and to show a style with.

use super::{Language, Template};
use serde_json::{Value, json};

impl Template {
    /// What a paper of this template might say. Everybody in it is made up.
    pub fn sample(self, language: Language) -> Value {
        match (self, language) {
            (Self::Letter, Language::Dutch) => letter_nl(),
            (Self::Letter, Language::English) => letter_en(),
            (Self::Consent, Language::Dutch) => consent_nl(),
            (Self::Consent, Language::English) => consent_en(),
            (Self::Report, _) => report(language),
            (Self::Invoice, _) => invoice(language),
            (Self::RecoverySheet, _) => sheet(),
            (Self::List, _) => list(language),
        }
    }
}

fn letter_nl() -> Value {
    json!({
        "sender": "Postbus 12, 3500 AA Utrecht",
        "recipient_lines": ["Van Dale Transport B.V.", "t.a.v. mevrouw I. de Groot", "Havenweg 8", "3542 AB Utrecht"],
        "date": "2026-11-26", "reference": "2026-0142", "subject": "Uw vraag over de inzetbaarheid van de heer P. Smit",
        "salutation": "Geachte mevrouw De Groot,",
        "paragraphs": [
            "Op 12 november vroeg u ons naar de inzetbaarheid van de heer Smit. Hij heeft ons toestemming gegeven om u het onderstaande te laten weten.",
            "Over de aard en de oorzaak van zijn verzuim geven wij geen informatie. U mag daar als werkgever ook niet naar vragen.",
        ],
        "fields": [
            { "label": "Inzetbaar", "value": "Ja, voor 16 uur per week" },
            { "label": "Vanaf", "value": "1 december 2026" },
            { "label": "Volgende beoordeling", "value": "12 januari 2027" },
        ],
        "closing": "Met vriendelijke groet,", "signer": "E. van den Berg\nCasemanager",
    })
}

fn letter_en() -> Value {
    json!({
        "sender": "Postbus 12, 3500 AA Utrecht",
        "recipient_lines": ["Van Dale Transport B.V.", "Attn. Ms I. de Groot", "Havenweg 8", "3542 AB Utrecht"],
        "date": "2026-11-26", "reference": "2026-0142", "subject": "Your question about Mr P. Smit",
        "salutation": "Dear Ms De Groot,",
        "paragraphs": [
            "On 12 November you asked us about the fitness for work of Mr Smit. He has given us his consent to tell you the following.",
            "We give no information about the nature or the cause of his absence. As an employer you may not ask for it either.",
        ],
        "fields": [
            { "label": "Fit for work", "value": "Yes, for 16 hours a week" },
            { "label": "From", "value": "1 December 2026" },
        ],
        "closing": "Yours sincerely,", "signer": "E. van den Berg\nCase manager",
    })
}

fn consent_nl() -> Value {
    json!({
        "title": "Toestemming om informatie te geven aan uw huisarts", "version": "3 (1 september 2026)",
        "person": "Pieter Smit", "born": "1984-03-02",
        "paragraphs": [
            "U wordt begeleid door onze praktijk. Wij willen uw huisarts laten weten hoe het gaat en wat wij hebben afgesproken. Dat doen wij alleen als u daarvoor toestemming geeft.",
            { "heading": "Wat u moet weten", "text": "U bent niet verplicht toestemming te geven. Geeft u geen toestemming, dan gaat de begeleiding gewoon door." },
            { "heading": "Intrekken", "text": "U kunt uw toestemming altijd intrekken, ook mondeling. Wij geven dan niets meer door. Wat al gegeven is, blijft gegeven." },
        ],
        "purpose": "Afstemmen van de begeleiding", "scope": "Doelen, afspraken en voortgang; niet de gespreksverslagen",
        "recipient": "Huisartsenpraktijk De Linde, Utrecht", "given_by": "Pieter Smit", "means": "Getekend op het scherm",
        "date": "2026-11-26", "valid_until": "2027-11-25",
    })
}

fn consent_en() -> Value {
    json!({
        "title": "Consent to inform your general practitioner", "version": "3 (1 September 2026)",
        "person": "Pieter Smit", "born": "1984-03-02",
        "paragraphs": [
            "You are guided by our practice. We would like to tell your general practitioner how you are doing and what we have agreed. We only do so with your consent.",
            { "heading": "What you should know", "text": "You need not consent. If you do not, the guidance simply goes on." },
            { "heading": "Withdrawing", "text": "You can withdraw your consent at any time, also by word of mouth. We then pass on nothing more." },
        ],
        "purpose": "Attuning the guidance", "scope": "Goals, agreements and progress; not the session notes",
        "recipient": "Huisartsenpraktijk De Linde, Utrecht", "given_by": "Pieter Smit", "means": "Signed on the screen",
        "date": "2026-11-26", "valid_until": "2027-11-25",
    })
}

fn report(language: Language) -> Value {
    let word = |nl: &'static str, en: &'static str| pick(language, nl, en);
    json!({
        "recipient_lines": ["Gemeente Zeist", "Afdeling Werk en Inkomen", "Postbus 513", "3700 AM Zeist"],
        "person": "Pieter Smit", "reference": "WI-2026-88", "period": word("1 juli tot en met 30 september 2026", "1 July to 30 September 2026"),
        "date": "2026-10-05",
        "fields": [
            { "label": word("Opdracht", "Assignment"), "value": word("Begeleiding naar werk", "Guidance to work") },
            { "label": "Status", "value": word("Loopt", "Running") },
        ],
        "sections": [{
            "heading": word("Doelen", "Goals"),
            "rows": [
                { "title": word("Bereikt", "Achieved"), "text": word("Een cv dat past bij de functies die hij zoekt", "A CV that fits the posts he looks for") },
                { "title": word("Loopt", "Running"), "text": word("Twee gesprekken met werkgevers in de regio", "Two interviews with employers nearby") },
            ],
        }],
        "signer": "E. van den Berg",
    })
}

fn invoice(language: Language) -> Value {
    let word = |nl: &'static str, en: &'static str| pick(language, nl, en);
    json!({
        "kind": "invoice", "number": "2026-0042", "date": "2026-11-26", "due": "2026-12-26",
        "recipient_lines": ["Van Dale Transport B.V.", "Havenweg 8", "3542 AB Utrecht"],
        "lines": [
            { "date": "2026-11-03", "text": word("Gesprek", "Session"), "rate": "21%", "amount": "€ 120,00" },
            { "date": "2026-11-17", "text": word("Gesprek en verslag", "Session and report"), "rate": "21%", "amount": "€ 180,00" },
        ],
        "net": "€ 300,00", "vat": [{ "label": word("Btw 21%", "VAT 21%"), "base": "€ 300,00", "amount": "€ 63,00" }],
        "total": "€ 363,00", "iban": "NL91 ABNA 0417 1643 00",
    })
}

fn sheet() -> Value {
    json!({
        "kind": "user", "name": "E. van den Berg", "date": "2026-11-26",
        "groups": ["1QQQSY", "ZA8XW2", "K4VEPH", "R7LM3T", "9CDFG0", "J5NU6S", "QPZRY9", "X8GF2T", "VDW0S3", "JN54K"],
        "backups": ["1Q9J5N", "U6SQPZ", "RY9X8G", "F2TVDW", "0S3JN5", "4KHZA8", "XW2K4V", "EPHR7L", "M3T9CD", "FG0QY"],
    })
}

fn list(language: Language) -> Value {
    let word = |nl: &'static str, en: &'static str| pick(language, nl, en);
    json!({
        "title": word("Verjaardagen", "Birthdays"),
        "columns": [word("Naam", "Name"), word("Datum", "Date"), word("Wordt", "Turns")], "numeric": [2],
        "rows": [["Pieter Smit", "2 maart", "43"], ["Samira Bouazza", "11 april", "35"], ["Jan-Willem de Vries", "9 mei", "51"]],
    })
}

fn pick(language: Language, nl: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::Dutch => nl,
        Language::English => en,
    }
}
