//! Requests for information, letters, copies for peer review, packages.

use super::number;
use dossierkluis::{disclosure as core, dossier::Weighed};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Which purposes an asker has, and what may go out for them.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DisclosureProfile {
    pub asker: String,
    pub purpose: String,
    pub list: String,
    pub fields: Vec<String>,
    /// Whether there is a reasoned result in words.
    pub result: bool,
    pub transfer: bool,
    /// An article; empty where it is no statute.
    pub statute: String,
    pub needs_consent: bool,
}

#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewRequest {
    pub asker: String,
    pub purpose: String,
    pub name: String,
    pub address: String,
    pub asked: String,
    pub received: String,
    pub due: String,
    pub language: String,
}

#[derive(Clone, Serialize, Deserialize, Type)]
pub struct WeighedGround {
    pub ground: String,
    pub yes: bool,
}

#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Reply {
    pub answers: Vec<WeighedGround>,
    pub partly: bool,
    pub reason: String,
    pub explanation: String,
    pub result: String,
}

#[derive(Serialize, Type)]
pub struct LetterField {
    pub label: String,
    pub value: String,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Letter {
    pub sender: String,
    pub recipient_lines: Vec<String>,
    pub date: String,
    pub subject: String,
    pub reference: String,
    pub salutation: String,
    pub paragraphs: Vec<String>,
    pub fields: Vec<LetterField>,
    pub closing: String,
    pub signer: String,
}

/// dossier: in which it would have been, of a package; empty elsewhere.
#[derive(Serialize, Type)]
pub struct FieldLeftOut {
    pub dossier: String,
    pub field: String,
    /// `withheld`, `not_consented`, `medical_words`, `identifier` or `other_field`; of a package another word of the program.
    pub reason: String,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AnswerPreview {
    pub letter: Letter,
    /// Base64 of the PDF that would go.
    pub paper: String,
    pub digest: String,
    pub revision: u32,
    pub left_out: Vec<FieldLeftOut>,
    /// Why it may not go: `outweighed`, `in_doubt`, `no_consent` …; null when it may.
    pub denial: Option<String>,
}

/// One line of the register.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Registered {
    pub entry: String,
    pub dossier: String,
    pub name: String,
    pub revision: u32,
    pub asker: String,
    pub asker_name: String,
    pub address: String,
    pub purpose: String,
    pub asked: String,
    pub received: String,
    pub due: String,
    /// nl or en, of the letter.
    pub language: String,
    /// Empty while it is open.
    pub outcome: String,
    pub reason: String,
    pub answers: Vec<WeighedGround>,
    pub decider: String,
    pub decided: String,
    pub basis: String,
    pub fields: Vec<String>,
    pub packaged: bool,
    /// Who wrote it down and where, of another practice; empty here.
    pub origin: String,
    /// It is still to be decided, and here.
    pub open: bool,
}

#[derive(Serialize, Type)]
pub struct CopyPart {
    pub field: String,
    pub on: String,
    pub before: String,
    pub after: String,
    pub unsure: Vec<String>,
    pub stayed: Vec<String>,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PeerCopy {
    pub age_band: String,
    pub parts: Vec<CopyPart>,
}

#[derive(Deserialize, Type)]
pub struct ApprovedPart {
    pub field: String,
    pub on: String,
    pub text: String,
}

/// A piece that still leads to somebody.
#[derive(Serialize, Type)]
pub struct PieceTrace {
    pub part: u32,
    pub reason: String,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PackageReport {
    pub dossiers: u32,
    pub documents: u32,
    /// Fields, lists and dossiers that did not go along.
    pub left_out: Vec<FieldLeftOut>,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReceiveReport {
    pub dossiers: u32,
    pub entries: u32,
    pub documents: u32,
    pub practice: String,
    pub by: String,
    /// What the sender left out, and what rests on no consent or other ground.
    pub left_out: Vec<FieldLeftOut>,
}

impl From<&core::Profile> for DisclosureProfile {
    fn from(profile: &core::Profile) -> Self {
        use dossierkluis::access::Ground;
        let statute = match profile.ground {
            Ground::Statute(article) => article.to_owned(),
            _ => String::new(),
        };
        Self {
            asker: profile.asker.to_owned(),
            purpose: profile.purpose.to_owned(),
            list: profile.list.to_owned(),
            fields: profile.fields.iter().map(|id| (*id).to_owned()).collect(),
            result: profile.result,
            transfer: profile.is_transfer(),
            statute,
            needs_consent: profile.ground == Ground::Consent,
        }
    }
}

impl From<NewRequest> for core::NewRequest {
    fn from(new: NewRequest) -> Self {
        Self {
            asker: new.asker,
            purpose: new.purpose,
            name: new.name,
            address: new.address,
            asked: new.asked,
            received: new.received,
            due: new.due,
            language: new.language,
        }
    }
}

impl From<Reply> for core::Reply {
    fn from(reply: Reply) -> Self {
        let answers = reply.answers.into_iter().map(|one| Weighed {
            ground: one.ground,
            yes: one.yes,
        });
        Self {
            answers: answers.collect(),
            partly: reply.partly,
            reason: reply.reason,
            explanation: reply.explanation,
            result: reply.result,
        }
    }
}

impl From<&core::Letter> for Letter {
    fn from(letter: &core::Letter) -> Self {
        let letter = letter.clone();
        let fields = letter.fields.into_iter().map(|one| LetterField {
            label: one.label,
            value: one.value,
        });
        Self {
            sender: letter.sender,
            recipient_lines: letter.recipient_lines,
            date: letter.date,
            subject: letter.subject,
            reference: letter.reference,
            salutation: letter.salutation,
            paragraphs: letter.paragraphs,
            fields: fields.collect(),
            closing: letter.closing,
            signer: letter.signer,
        }
    }
}

impl From<core::Preview> for AnswerPreview {
    fn from(preview: core::Preview) -> Self {
        let left_out = preview.left_out.iter().map(|(field, why)| FieldLeftOut {
            dossier: String::new(),
            field: (*field).to_owned(),
            reason: why.code().to_owned(),
        });
        Self {
            letter: (&*preview.letter).into(),
            paper: String::new(),
            digest: preview.digest.clone(),
            revision: number(preview.revision),
            left_out: left_out.collect(),
            denial: preview
                .denial
                .map(|denial| crate::failure::denied(denial).to_owned()),
        }
    }
}

impl From<core::Registered> for Registered {
    fn from(one: core::Registered) -> Self {
        let (open, content, record) = (one.is_open(), &one.content, &one.record);
        let answers = record.answers.iter().map(|answer| WeighedGround {
            ground: answer.ground.clone(),
            yes: answer.yes,
        });
        Self {
            entry: one.entry.to_string(),
            dossier: one.dossier.to_string(),
            name: one.name.to_string(),
            revision: number(one.revision),
            asker: record.asker.clone(),
            asker_name: content.title.clone().unwrap_or_default(),
            address: record.address.clone(),
            purpose: record.purpose.clone(),
            asked: content.text.clone(),
            received: content.on.clone().unwrap_or_default(),
            due: content.until.clone().unwrap_or_default(),
            language: record.language.clone(),
            outcome: record.outcome.clone(),
            reason: record.reason.clone(),
            answers: answers.collect(),
            decider: record.decider.clone(),
            decided: record.decided_on.clone(),
            basis: record.basis.clone(),
            fields: record.lines.iter().map(|line| line.field.clone()).collect(),
            packaged: !record.package_sha256.is_empty(),
            origin: content.origin.clone().unwrap_or_default(),
            open,
        }
    }
}

impl From<core::PeerCopy> for PeerCopy {
    fn from(copy: core::PeerCopy) -> Self {
        let parts = copy.parts.iter().map(|part| CopyPart {
            field: part.field.to_owned(),
            on: part.on.clone(),
            before: part.before.to_string(),
            after: part.after.to_string(),
            unsure: part.unsure.clone(),
            stayed: part.stayed.clone(),
        });
        Self {
            age_band: copy.age_band.clone(),
            parts: parts.collect(),
        }
    }
}

impl From<ApprovedPart> for core::ApprovedPart {
    fn from(part: ApprovedPart) -> Self {
        Self {
            field: part.field,
            on: part.on,
            text: part.text,
        }
    }
}

impl From<core::NotPacked> for FieldLeftOut {
    fn from(one: core::NotPacked) -> Self {
        Self {
            dossier: one.dossier,
            field: one.what,
            reason: one.reason,
        }
    }
}

impl From<core::PackageReport> for PackageReport {
    fn from(report: core::PackageReport) -> Self {
        Self {
            dossiers: number(report.dossiers),
            documents: number(report.documents),
            left_out: report.left_out.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<core::ReceiveReport> for ReceiveReport {
    fn from(report: core::ReceiveReport) -> Self {
        Self {
            dossiers: number(report.dossiers),
            entries: number(report.entries),
            documents: number(report.documents),
            practice: report.practice,
            by: report.by,
            left_out: report.left_out.into_iter().map(Into::into).collect(),
        }
    }
}
