//! The letter that goes out. It is made from a [`Disclosed`] and from what the request itself says, and from nothing else.

use super::{
    disclosed::Disclosed,
    profiles::{NAME, Profile},
    words,
};
use crate::{
    access::Ground,
    catalogue::{self, ValueType},
    code,
    crypto::hex,
    dossier::{DisclosureRecord, EntryContent, Line},
    error::Error,
    ids::EntryId,
    name::Name,
    paper::{Language, Template},
    session::Practice,
};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

/// A letter as data, for a page or as plain text.
#[derive(Clone, PartialEq, Eq, Serialize, Zeroize)]
pub struct Letter {
    /// The practice.
    pub sender: String,
    /// Whom it goes to, line by line.
    pub recipient_lines: Vec<String>,
    /// As people read it.
    pub date: String,
    /// What it is about.
    pub subject: String,
    /// By which it is found in the register.
    pub reference: String,
    /// How it begins.
    pub salutation: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// The values, with their labels.
    pub fields: Vec<LetterField>,
    /// How it ends.
    pub closing: String,
    /// Who signs.
    pub signer: String,
    /// `nl` or `en`.
    pub language: String,
}

/// One value with its label.
#[derive(Clone, PartialEq, Eq, Serialize, Zeroize)]
pub struct LetterField {
    /// In the language of the letter.
    pub label: String,
    /// As people read it.
    pub value: String,
}

/// What surrounds the values.
pub(super) struct Frame<'a> {
    pub sender: &'a str,
    pub signer: &'a str,
    /// ISO 8601.
    pub date: &'a str,
    /// `nl` or `en`.
    pub language: &'a str,
    pub request: EntryId,
}

/// The letter that answers a request.
pub(super) fn answer(
    request: &EntryContent,
    record: &DisclosureRecord,
    profile: &Profile,
    disclosed: &Disclosed,
    frame: &Frame<'_>,
) -> Letter {
    letter(
        request,
        record,
        profile,
        (disclosed.lines(), disclosed.result()),
        frame,
    )
}

/// The letter as it went, from the register.
pub(super) fn as_sent(
    request: &EntryContent,
    record: &DisclosureRecord,
    profile: &Profile,
    frame: &Frame<'_>,
) -> Letter {
    letter(
        request,
        record,
        profile,
        (&record.lines, &record.result),
        frame,
    )
}

fn letter(
    request: &EntryContent,
    record: &DisclosureRecord,
    profile: &Profile,
    (lines, result): (&[Line], &str),
    frame: &Frame<'_>,
) -> Letter {
    let say = words::of(frame.language);
    let refused = record.outcome == "refused";
    let own = profile.ground == Ground::OwnRequest;
    let received = shown_date(request.on.as_deref().unwrap_or_default());
    let purpose = say.purpose(&record.purpose);
    let mut paragraphs = vec![say.received(&received, purpose)];
    if refused {
        paragraphs.push(say.refusal(&record.reason, own));
    } else {
        paragraphs.push(say.basis(&record.basis, record.outcome == "partly"));
    }
    if !record.explanation.is_empty() {
        paragraphs.push(record.explanation.clone());
    }
    if !result.is_empty() && !refused {
        paragraphs.push(result.to_owned());
    }
    match (own, refused) {
        (false, false) => paragraphs.push(say.confidential.to_owned()),
        (true, true) => paragraphs.push(say.remedy.to_owned()),
        // With what is about themselves people do as they like.
        _ => {}
    }
    let fields = if refused {
        Vec::new()
    } else {
        fields(lines, frame.language)
    };
    Letter {
        sender: frame.sender.to_owned(),
        recipient_lines: recipient(request, record),
        date: shown_date(frame.date),
        subject: say.subject(purpose),
        reference: reference(frame.request),
        salutation: say.salutation.to_owned(),
        paragraphs,
        fields,
        closing: say.closing.to_owned(),
        signer: frame.signer.to_owned(),
        language: frame.language.to_owned(),
    }
}

/// The name as one line, then the others.
fn fields(lines: &[Line], language: &str) -> Vec<LetterField> {
    let say = words::of(language);
    let value = |field: &str| {
        let line = lines.iter().find(|line| line.field == field);
        line.map(|line| line.value.as_str())
    };
    let name = Name::from_fields(value).full();
    let named = (!name.is_empty()).then(|| LetterField {
        label: say.name.to_owned(),
        value: name,
    });
    let others = lines
        .iter()
        .filter(|line| !NAME.contains(&line.field.as_str()));
    let others = others.map(|line| LetterField {
        label: words::label(&line.field, language).to_owned(),
        value: shown(line, language),
    });
    named.into_iter().chain(others).collect()
}

fn shown(line: &Line, language: &str) -> String {
    let value = catalogue::field(&line.field).map(|def| def.value);
    match value {
        Some(ValueType::Choice(_)) => words::choice(&line.value, language).to_owned(),
        Some(value) => code::show(value, &line.value),
        None => line.value.clone(),
    }
}

fn recipient(request: &EntryContent, record: &DisclosureRecord) -> Vec<String> {
    let name = request.title.iter().map(String::as_str);
    let lines = name.chain(record.address.lines()).map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

fn shown_date(iso: &str) -> String {
    code::show(ValueType::Date, iso)
}

/// Short, and no part of anything personal.
fn reference(request: EntryId) -> String {
    let id = request.to_string().replace('-', "");
    let tail = id.get(id.len().saturating_sub(8)..).unwrap_or(&id);
    format!("V-{}", tail.to_uppercase())
}

impl Practice {
    /// A letter as a PDF in the style of the house.
    pub async fn letter_paper(&self, letter: &Letter) -> Result<Zeroizing<Vec<u8>>, Error> {
        let language = Language::from_code(&letter.language);
        self.print(Template::Letter, &letter.data(), language).await
    }
}

impl Letter {
    /// As plain text.
    pub fn text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(1024));
        let mut line = |one: &str| {
            text.push_str(one);
            text.push('\n');
        };
        line(&self.sender);
        line("");
        self.recipient_lines.iter().for_each(|one| line(one));
        line("");
        line(&self.date);
        line(&self.reference);
        line(&self.subject);
        line("");
        line(&self.salutation);
        let (first, rest) = self.paragraphs.split_at(self.paragraphs.len().min(2));
        for paragraph in first {
            line("");
            line(paragraph);
        }
        line("");
        for field in &self.fields {
            line(&format!("{}: {}", field.label, field.value));
        }
        for paragraph in rest {
            line("");
            line(paragraph);
        }
        line("");
        line(&self.closing);
        line("");
        line(&self.signer);
        text
    }

    /// As its paper has it: the same words in the same order.
    fn data(&self) -> Value {
        let (before, after) = self.paragraphs.split_at(self.paragraphs.len().min(2));
        json!({
            "sender": self.sender, "recipient_lines": self.recipient_lines, "date": self.date, "reference": self.reference, "subject": self.subject,
            "salutation": self.salutation, "paragraphs": before, "fields": self.fields, "after": after,
            "closing": self.closing, "signer": self.signer,
        })
    }

    /// What was approved is what goes: SHA-256 of the text, in hexadecimal.
    pub fn digest(&self) -> String {
        hex(&Sha256::digest(self.text().as_bytes()))
    }
}
