//! What is kept of a consent or another ground. What was given never changes; a withdrawal is added to it.

use crate::{access::Text, crypto::hex, error::Error, store::StoreError};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

/// A consent: what was given, and that it was taken back.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize)]
#[serde(default)]
pub struct Consent {
    /// As it was given.
    pub given: Given,
    /// Not while it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawal>,
}

/// A consent as it was given. Dates are ISO 8601; what does not apply is empty.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize)]
#[serde(default)]
pub struct Given {
    /// Which form.
    pub template: String,
    /// Which version of it.
    pub version: u32,
    /// `nl` or `en`.
    pub language: String,
    /// Title of the form.
    pub title: String,
    /// Word of [`crate::access::Use`].
    pub to: String,
    /// The text as it was signed.
    pub text: String,
    /// SHA-256 of that text, in hexadecimal.
    pub text_sha256: String,
    /// What for.
    pub purpose: String,
    /// Fields, `ask` and `inform`, or what is handed over or shown.
    pub scope: Vec<String>,
    /// To or from whom.
    pub recipient: String,
    /// Who gave it.
    pub by: Giver,
    /// `screen`, `paper` or `oral`.
    pub means: String,
    /// How an oral consent was given.
    pub note: String,
    /// The day that it was given.
    pub on: String,
    /// Its last day; empty for until it is withdrawn.
    pub until: String,
    /// Drawn on the screen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
    /// The signed paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scan: Option<Scan>,
}

/// Who gave or took back something.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize)]
#[serde(default)]
pub struct Giver {
    /// Word of [`super::Capacity`].
    pub capacity: String,
    /// The name at that moment.
    pub name: String,
    /// The entry that says why somebody else than the person may; empty for the person.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub entry: String,
}

/// A drawn signature.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize)]
#[serde(default)]
pub struct Signature {
    /// `image/svg+xml` or `image/png`.
    pub media: String,
    /// The picture in base64.
    pub data: String,
}

/// A signed paper that lies in the same dossier.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize)]
#[serde(default)]
pub struct Scan {
    /// The document.
    pub document: String,
    /// SHA-256 of its file, in hexadecimal.
    pub sha256: String,
}

/// That it was taken back.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize)]
#[serde(default)]
pub struct Withdrawal {
    /// The day, ISO 8601.
    pub on: String,
    /// By whom.
    pub by: Giver,
    /// `oral` or `writing`.
    pub means: String,
    /// A note.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A ground other than consent, recorded by a professional.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize)]
#[serde(default)]
pub struct Ground {
    /// Which, of [`super::GROUNDS`].
    pub ground: String,
    /// Its article, as it was when it was recorded.
    pub source: String,
    /// Word of [`crate::access::Use`].
    pub to: String,
    /// Fields, or `ask` and `inform`.
    pub scope: Vec<String>,
    /// To or from whom; empty for everybody.
    pub recipient: String,
    /// Why it holds here.
    pub reason: String,
    /// First day, ISO 8601.
    pub on: String,
    /// Last day, ISO 8601; empty for none.
    pub until: String,
    /// The day that it was ended; `None` while it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<String>,
}

impl Ground {
    /// As it was recorded.
    pub(super) fn begun(&self) -> Self {
        Self {
            ended: None,
            ..self.clone()
        }
    }
}

/// SHA-256 over all of something that is not to change, in base64 as the log has it.
pub(super) fn digest(what: &impl Serialize) -> Result<String, Error> {
    let bytes = serde_json::to_vec(what).map(Zeroizing::new);
    let bytes = bytes.map_err(|_| Error::Store(StoreError::Damaged("consent")))?;
    Ok(STANDARD.encode(Sha256::digest(&*bytes)))
}

/// SHA-256 of a text, in hexadecimal.
pub(super) fn text_digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

impl Consent {
    /// What can be searched.
    pub(crate) fn words(&self) -> Text {
        let given = &self.given;
        let mut parts = vec![&*given.title, &*given.purpose, &*given.recipient];
        parts.extend(given.scope.iter().map(String::as_str));
        parts.extend([&*given.by.name, &*given.note]);
        parts.retain(|part| !part.is_empty());
        Zeroizing::new(parts.join("\n"))
    }
}
