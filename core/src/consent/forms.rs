//! The forms that come with the program. A practice makes its own versions of them; these are version 1.

use crate::{
    access::{Use, WHOLE_DOSSIER},
    catalogue,
};

/// What the scope of a form is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeOf {
    /// It has none.
    Nothing,
    /// Fields of special categories.
    Fields,
    /// Asking and informing.
    Directions,
    /// What a letter to somebody outside may tell ([`told`]).
    Disclosed,
    /// Lines that are written for the occasion.
    Words,
}

/// One form.
#[derive(Debug)]
pub struct Form {
    /// Permanent id.
    pub id: &'static str,
    /// What it is for.
    pub to: Use,
    /// What its scope is made of.
    pub scope: ScopeOf,
    /// Whether it names somebody else.
    pub recipient: bool,
    /// Whether it says what for.
    pub purpose: bool,
    /// Months that it is valid when nothing else is said; 0 for until it is withdrawn.
    pub months: u32,
    /// Whether it may not be valid for longer: it is to be of recent date.
    pub recent: bool,
    /// Whether it may be given without a signature, with a note of how. Not where the law or its proof wants writing.
    pub oral: bool,
    /// Whether it is for under-16s, through their representative.
    pub minor: bool,
    /// Title and text, in each of [`super::LANGUAGES`].
    pub texts: [&'static str; 2],
}

macro_rules! texts {
    ($id:literal) => {
        [
            include_str!(concat!("forms/nl/", $id, ".txt")),
            include_str!(concat!("forms/en/", $id, ".txt")),
        ]
    };
}

const BASE: Form = Form {
    id: "",
    to: Use::Agreement,
    scope: ScopeOf::Nothing,
    recipient: false,
    purpose: false,
    months: 0,
    recent: false,
    oral: false,
    minor: false,
    texts: ["", ""],
};

/// Every form.
pub static FORMS: &[Form] = &[
    Form {
        id: "intake",
        texts: texts!("intake"),
        ..BASE
    },
    Form {
        id: "minor",
        minor: true,
        texts: texts!("minor"),
        ..BASE
    },
    Form {
        id: "special",
        to: Use::Special,
        scope: ScopeOf::Fields,
        purpose: true,
        texts: texts!("special"),
        ..BASE
    },
    Form {
        id: "professional",
        to: Use::Professional,
        scope: ScopeOf::Directions,
        recipient: true,
        purpose: true,
        months: 12,
        oral: true,
        texts: texts!("professional"),
        ..BASE
    },
    Form {
        id: "disclosure",
        to: Use::Disclosure,
        scope: ScopeOf::Disclosed,
        recipient: true,
        purpose: true,
        months: 3,
        recent: true,
        texts: texts!("disclosure"),
        ..BASE
    },
    Form {
        id: "newsletter",
        to: Use::Newsletter,
        oral: true,
        texts: texts!("newsletter"),
        ..BASE
    },
    Form {
        id: "image",
        to: Use::Image,
        scope: ScopeOf::Words,
        purpose: true,
        months: 24,
        texts: texts!("image"),
        ..BASE
    },
];

impl Form {
    /// The form with this id.
    pub fn find(id: &str) -> Option<&'static Self> {
        FORMS.iter().find(|form| form.id == id)
    }

    /// Placeholders that every version of its text must have: without them it would not say what is agreed to.
    pub(super) fn needs(&self) -> Vec<&'static str> {
        let mut needs = vec!["practice", "name", "giver"];
        needs.extend((self.scope != ScopeOf::Nothing).then_some("scope"));
        needs.extend(self.recipient.then_some("recipient"));
        needs.extend(self.purpose.then_some("purpose"));
        needs
    }
}

/// Words that a form says in its own language: id, Dutch, English.
const WORDS: &[(&str, [&str; 2])] = &[
    ("person", ["de persoon zelf", "the person concerned"]),
    ("parent", ["ouder met gezag", "parent with authority"]),
    ("guardian", ["voogd", "guardian"]),
    ("curator", ["curator", "legal guardian"]),
    ("mentor", ["mentor", "mentor"]),
    ("authorised", ["gemachtigde", "authorised representative"]),
    (
        "ask",
        [
            "gegevens vragen en vastleggen wat wordt verteld",
            "ask for data and record what is told",
        ],
    ),
    (
        "inform",
        ["gegevens vertellen of sturen", "tell or send data"],
    ),
    (
        "religion",
        ["godsdienst of levensovertuiging", "religion or belief"],
    ),
    (
        "memberships",
        [
            "lidmaatschap, zoals van een vakbond",
            "membership, as of a trade union",
        ],
    ),
    ("ethnicity", ["etnische afkomst", "ethnic origin"]),
    (
        "criminal_data",
        ["strafrechtelijke gegevens", "criminal data"],
    ),
    (
        "psychological_tests",
        [
            "welke psychologische tests zijn gedaan",
            "which psychological tests were done",
        ],
    ),
    ("test_results", ["uitslagen van tests", "results of tests"]),
    ("project_number", ["trajectnummer", "project number"]),
    (
        "project_status",
        ["stand van het traject", "state of the project"],
    ),
    ("work_fitness", ["geschikt voor werk", "fit for work"]),
    ("work_duration", ["verwachte duur", "expected duration"]),
    ("date_of_birth", ["geboortedatum", "date of birth"]),
    (
        "work_abilities",
        ["mogelijkheden voor werk", "abilities for work"],
    ),
    ("work_adaptations", ["aanpassingen", "adaptations"]),
    ("initial_problem", ["hulpvraag", "presenting problem"]),
    ("assignment", ["opdracht", "assignment"]),
    ("expectations", ["verwachtingen", "expectations"]),
    ("examinations", ["onderzoeken", "examinations"]),
    ("limitations", ["beperkingen", "limitations"]),
    ("medical_conclusions", ["conclusies", "conclusions"]),
    ("result", ["de uitkomst in woorden", "the result in words"]),
    ("whole_dossier", ["het hele dossier", "the whole dossier"]),
    ("screen", ["getekend op het scherm", "signed on the screen"]),
    (
        "picture",
        [
            "met een handtekening uit een bestand",
            "with a signature from a file",
        ],
    ),
    ("paper", ["getekend op papier", "signed on paper"]),
    ("oral", ["mondeling", "by word of mouth"]),
    (
        "withdrawal",
        [
            "de dag waarop ik haar intrek",
            "the day on which I withdraw it",
        ],
    ),
];

/// A word in a language; what is no word of the forms stays as it is written.
pub(super) fn word(id: &str, language: usize) -> &str {
    let known = WORDS.iter().find(|(known, _)| *known == id);
    known
        .and_then(|(_, texts)| texts.get(language))
        .copied()
        .unwrap_or(id)
}

/// In the scope of a consent to disclose: the result in words.
pub const RESULT: &str = "result";

/// What letters tell on consent, besides the name, without which nobody would know whom they are about.
pub(crate) const TOLD: &[&str] = &[
    "project_number",
    "project_status",
    "work_fitness",
    "work_duration",
    "date_of_birth",
    "work_abilities",
    "work_adaptations",
    "initial_problem",
    "assignment",
    "expectations",
    "examinations",
    "limitations",
    "medical_conclusions",
];

/// What a consent to disclose can be about, for a dossier of this kind.
pub fn told(kind: &str) -> Vec<&'static str> {
    let fields = catalogue::kind(kind).map_or(&[][..], |kind| kind.fields);
    let known = TOLD.iter().copied().filter(|field| fields.contains(field));
    known.chain([RESULT, WHOLE_DOSSIER]).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::fill, *};

    #[test]
    fn every_form_says_what_is_agreed_to() {
        for form in FORMS {
            for text in form.texts {
                let (title, body) = text.split_once('\n').unwrap_or_default();
                assert!(!title.is_empty() && !body.contains("  "), "{}", form.id);
                let found = fill::placeholders(body);
                for needed in form.needs() {
                    assert!(found.contains(&needed), "{}: {needed}", form.id);
                }
                assert!(
                    found.iter().all(|one| fill::is_known(one)),
                    "{}: {found:?}",
                    form.id
                );
            }
        }
    }

    #[test]
    fn every_special_field_has_a_word() {
        for field in catalogue::fields()
            .iter()
            .filter(|field| field.is_special())
        {
            assert_ne!(word(field.id, 0), field.id);
        }
    }

    #[test]
    fn everything_that_can_be_told_has_a_word() {
        for kind in catalogue::kinds() {
            for part in told(kind.id) {
                assert!(WORDS.iter().any(|(id, _)| *id == part), "{part}");
            }
        }
    }

    #[test]
    fn what_needs_writing_is_not_given_orally() {
        let oral: Vec<_> = FORMS
            .iter()
            .filter(|form| form.oral)
            .map(|form| form.id)
            .collect();
        assert_eq!(oral, ["professional", "newsletter"]);
    }
}
