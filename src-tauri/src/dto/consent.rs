//! Consents, grounds and forms, for the page.

use super::{Names, moment, name_of};
use dossierkluis::{catalogue, consent as core};
use serde::{Deserialize, Serialize};
use specta::Type;

/// What a form is filled with. until: null for what the form says, empty for until it is withdrawn.
#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConsentRequest {
    pub template: String,
    pub language: String,
    pub purpose: String,
    pub scope: Vec<String>,
    pub recipient: String,
    /// The entry of whoever gives it for the person.
    pub by: Option<String>,
    pub on: String,
    pub until: Option<String>,
}

/// A form as it would be signed.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FilledForm {
    pub title: String,
    pub text: String,
    pub language: String,
    pub until: String,
    /// Placeholders that stayed empty.
    pub blanks: Vec<String>,
    /// Signs for which it could not be printed; empty for none.
    pub unprintable: String,
    /// It was signed already.
    pub signed: bool,
}

/// state: valid, ending, expired, withdrawn, not_yet, changed, wrong_giver or elsewhere.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConsentLine {
    pub id: String,
    pub template: String,
    pub version: u32,
    pub title: String,
    /// agreement, special, professional, disclosure, newsletter or image.
    pub to: String,
    pub scope: Vec<String>,
    pub recipient: String,
    pub purpose: String,
    pub capacity: String,
    pub giver: String,
    /// screen, paper or oral.
    pub means: String,
    pub note: String,
    pub on: String,
    pub until: String,
    pub state: String,
    pub withdrawn: Option<String>,
    pub at: String,
    pub by: String,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct GroundLine {
    pub id: String,
    pub ground: String,
    pub source: String,
    pub to: String,
    pub scope: Vec<String>,
    pub recipient: String,
    pub reason: String,
    pub on: String,
    pub until: String,
    pub state: String,
    pub at: String,
    pub by: String,
}

/// missing: special fields that hold something without a consent or another ground.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Consents {
    pub consents: Vec<ConsentLine>,
    pub grounds: Vec<GroundLine>,
    pub missing: Vec<String>,
    /// Fields of this kind of dossier that need a ground.
    pub special: Vec<String>,
    /// What a consent to disclose can be about, of this kind of dossier.
    pub told: Vec<String>,
}

/// signature: a data address of a picture; scan: the document with the signed paper.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConsentText {
    pub line: ConsentLine,
    pub text: String,
    pub sha256: String,
    pub signature: Option<String>,
    pub scan: Option<String>,
}

/// scope: nothing, fields, directions, disclosed or words.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FormInfo {
    pub id: String,
    pub to: String,
    pub scope: String,
    pub recipient: bool,
    pub purpose: bool,
    pub months: u32,
    pub recent: bool,
    pub oral: bool,
    pub minor: bool,
    pub editions: Vec<EditionInfo>,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EditionInfo {
    pub language: String,
    pub version: u32,
    pub title: String,
    pub text: String,
}

/// fields: the special fields that it can be for; empty for all.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct GroundInfo {
    pub id: String,
    pub source: String,
    pub to: String,
    pub fields: Vec<String>,
}

#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewGround {
    pub ground: String,
    pub scope: Vec<String>,
    pub recipient: String,
    pub reason: String,
    pub until: String,
}

/// A point of a signature, on a field of 1200 by 400.
#[derive(Deserialize, Type)]
pub struct InkPoint {
    pub x: u16,
    pub y: u16,
}

impl ConsentLine {
    pub fn new(one: &core::KeptConsent, names: &Names) -> Self {
        let given = &one.consent.given;
        Self {
            id: one.entry.to_string(),
            template: given.template.clone(),
            version: given.version,
            title: given.title.clone(),
            to: given.to.clone(),
            scope: given.scope.clone(),
            recipient: given.recipient.clone(),
            purpose: given.purpose.clone(),
            capacity: given.by.capacity.clone(),
            giver: given.by.name.clone(),
            means: given.means.clone(),
            note: given.note.clone(),
            on: given.on.clone(),
            until: given.until.clone(),
            state: one.state.code().to_owned(),
            withdrawn: one.consent.withdrawn.as_ref().map(|one| one.on.clone()),
            at: moment(one.at),
            by: name_of(names, one.by),
        }
    }
}

impl GroundLine {
    fn new(one: &core::KeptGround, names: &Names) -> Self {
        let ground = &one.ground;
        Self {
            id: one.entry.to_string(),
            ground: ground.ground.clone(),
            source: ground.source.clone(),
            to: ground.to.clone(),
            scope: ground.scope.clone(),
            recipient: ground.recipient.clone(),
            reason: ground.reason.clone(),
            on: ground.on.clone(),
            until: ground.until.clone(),
            state: one.state.code().to_owned(),
            at: moment(one.at),
            by: name_of(names, one.by),
        }
    }
}

impl Consents {
    pub fn new(kept: &core::Kept, kind: &str, names: &Names) -> Self {
        let fields = catalogue::kind(kind).map_or(&[][..], |kind| kind.fields);
        let special = fields
            .iter()
            .filter(|id| catalogue::field(id).is_some_and(|def| def.is_special()));
        let told = core::told(kind).into_iter();
        Self {
            consents: kept
                .consents
                .iter()
                .map(|one| ConsentLine::new(one, names))
                .collect(),
            grounds: kept
                .grounds
                .iter()
                .map(|one| GroundLine::new(one, names))
                .collect(),
            missing: kept
                .missing
                .iter()
                .map(|field| (*field).to_owned())
                .collect(),
            special: special.map(|field| (*field).to_owned()).collect(),
            told: told.map(str::to_owned).collect(),
        }
    }
}

impl ConsentText {
    pub fn new(one: &core::KeptConsent, names: &Names) -> Self {
        let given = &one.consent.given;
        let picture = given.signature.as_ref();
        Self {
            line: ConsentLine::new(one, names),
            text: given.text.clone(),
            sha256: given.text_sha256.clone(),
            signature: picture.map(|one| format!("data:{};base64,{}", one.media, one.data)),
            scan: given.scan.as_ref().map(|one| one.document.clone()),
        }
    }
}

impl FilledForm {
    pub fn new(prepared: &core::Prepared, signed: bool) -> Self {
        let given = &prepared.given;
        Self {
            title: given.title.clone(),
            text: given.text.clone(),
            language: given.language.clone(),
            until: given.until.clone(),
            blanks: prepared.blanks.clone(),
            unprintable: prepared.unprintable.show(),
            signed,
        }
    }
}

impl FormInfo {
    /// Each with the version that is signed now, in each language.
    pub fn all(editions: &[core::Edition]) -> Vec<Self> {
        core::FORMS
            .iter()
            .map(|form| Self::new(form, editions))
            .collect()
    }

    fn new(form: &core::Form, editions: &[core::Edition]) -> Self {
        let newest = |language: &&str| {
            let mut of = editions.iter().rev();
            of.find(|one| one.template == form.id && one.language == **language)
        };
        Self {
            id: form.id.to_owned(),
            to: form.to.code().to_owned(),
            scope: match form.scope {
                core::ScopeOf::Nothing => "nothing",
                core::ScopeOf::Fields => "fields",
                core::ScopeOf::Directions => "directions",
                core::ScopeOf::Disclosed => "disclosed",
                core::ScopeOf::Words => "words",
            }
            .to_owned(),
            recipient: form.recipient,
            purpose: form.purpose,
            months: form.months,
            recent: form.recent,
            oral: form.oral,
            minor: form.minor,
            editions: core::LANGUAGES
                .iter()
                .filter_map(newest)
                .map(EditionInfo::new)
                .collect(),
        }
    }
}

impl EditionInfo {
    fn new(one: &core::Edition) -> Self {
        Self {
            language: one.language.clone(),
            version: one.version,
            title: one.title.clone(),
            text: one.text.clone(),
        }
    }
}

impl GroundInfo {
    /// Every ground that can be recorded.
    pub fn all() -> Vec<Self> {
        let one = |ground: &core::GroundDef| Self {
            id: ground.id.to_owned(),
            source: ground.source.to_owned(),
            to: ground.to.code().to_owned(),
            fields: ground
                .fields
                .iter()
                .map(|field| (*field).to_owned())
                .collect(),
        };
        core::GROUNDS.iter().map(one).collect()
    }
}

impl From<NewGround> for core::NewGround {
    fn from(new: NewGround) -> Self {
        Self {
            ground: new.ground,
            scope: new.scope,
            recipient: new.recipient,
            reason: new.reason,
            until: new.until,
        }
    }
}

impl From<InkPoint> for core::Point {
    fn from(point: InkPoint) -> Self {
        Self {
            x: point.x,
            y: point.y,
        }
    }
}
