//! What a request for information says, what was decided about it, and what went out.

use crate::{catalogue, code, error::Error};
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

/// Who asks.
pub const ASKERS: &[&str] = &[
    "employer",
    "person",
    "insurer",
    "uwv",
    "municipality",
    "professional",
    "new_firm",
];
/// What for.
pub const PURPOSES: &[&str] = &[
    "absence",
    "progress",
    "claim",
    "own_data",
    "reintegration",
    "consultation",
    "medical_consultation",
    "transfer",
];
/// The same in words: id, Dutch, English.
const PURPOSE_WORDS: &[(&str, &str, &str)] = &[
    (
        "absence",
        "verzuim en re-integratie",
        "absence and return to work",
    ),
    (
        "progress",
        "voortgang van het traject",
        "progress of the project",
    ),
    (
        "claim",
        "beoordeling van een uitkering",
        "assessment of a claim",
    ),
    ("own_data", "eigen gegevens", "own data"),
    ("reintegration", "re-integratie", "re-integration"),
    (
        "consultation",
        "overleg tussen professionals",
        "consultation between professionals",
    ),
    (
        "medical_consultation",
        "medisch overleg",
        "medical consultation",
    ),
    (
        "transfer",
        "overdracht van het dossier",
        "transfer of the dossier",
    ),
];
/// What became of it; nothing yet while it is empty.
pub const OUTCOMES: &[&str] = &["answered", "partly", "refused"];
/// The four grounds of refusal, each a question.
pub const GROUNDS: &[&str] = &["interest", "need", "harm", "doubt"];

/// The content of an entry about a disclosure, beside its title (who asks), text (what is asked), `on` (received) and `until`
/// (to be answered).
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize)]
#[serde(default)]
pub struct DisclosureRecord {
    /// One of [`ASKERS`].
    pub asker: String,
    /// One of [`PURPOSES`].
    pub purpose: String,
    /// The lines of the asker's address.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// One of [`OUTCOMES`]; empty while it is open.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub outcome: String,
    /// The four questions with their answers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Weighed>,
    /// Why it was refused: one of [`GROUNDS`], or `no_consent`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The same in words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub explanation: String,
    /// The name of the practice, as the letter had it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sender: String,
    /// The name of who decided.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub decider: String,
    /// The day, ISO 8601.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub decided_on: String,
    /// What it rests on: an article, `own_request`, `handover`, `consent:` with the id of its entry, or `ground:` with that of another
    /// ground, a colon, and its article.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub basis: String,
    /// `nl` or `en`: the language of the letter.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// What went out, as it was.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
    /// The reasoned result, in words of the decider.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub result: String,
    /// SHA-256 of the letter as text, in hexadecimal.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub letter_sha256: String,
    /// SHA-256 of the package that left, in hexadecimal.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub package_sha256: String,
}

/// One ground of refusal with its answer.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize)]
pub struct Weighed {
    /// One of [`GROUNDS`].
    pub ground: String,
    /// Yes or no to its question.
    pub yes: bool,
}

/// One value that went out.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize)]
pub struct Line {
    /// Field id.
    pub field: String,
    /// What stood there.
    pub value: String,
}

/// A purpose in words, in `nl` or `en`, where it is one.
pub(crate) fn purpose_in_words(id: &str, language: &str) -> Option<&'static str> {
    in_words(PURPOSE_WORDS, id, language)
}

/// What stands beside an id in a table of Dutch and English words, in `nl` or `en`.
pub(crate) fn in_words(
    all: &[(&str, &'static str, &'static str)],
    id: &str,
    language: &str,
) -> Option<&'static str> {
    let (_, dutch, english) = all.iter().find(|(known, ..)| *known == id)?;
    Some(if language == "en" { english } else { dutch })
}

impl DisclosureRecord {
    /// Whether nothing was decided yet.
    pub fn is_open(&self) -> bool {
        self.outcome.is_empty()
    }

    /// Checks the members that have a form.
    pub(super) fn check(&self, list: &str) -> Result<(), Error> {
        let known = |name: &str, all: &[&str], value: &str| {
            if all.contains(&value) {
                Ok(())
            } else {
                Err(Error::refused(name, "choice"))
            }
        };
        known("asker", ASKERS, &self.asker)?;
        known("purpose", PURPOSES, &self.purpose)?;
        if !self.is_open() {
            known("outcome", OUTCOMES, &self.outcome)?;
        }
        for one in &self.answers {
            known("answers", GROUNDS, &one.ground)?;
        }
        if self
            .lines
            .iter()
            .any(|one| catalogue::field(&one.field).is_none())
        {
            return Err(Error::refused(list, "unknown_field"));
        }
        for text in [&self.address, &self.explanation, &self.result] {
            code::check(catalogue::ValueType::LongText, text)
                .map_err(|error| Error::refused(list, error.code()))?;
        }
        Ok(())
    }
}
