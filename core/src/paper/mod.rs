//! Every PDF: made by typst from template files, inside the program. The only place that names typst.
//!
//! A template is a typst file in `templates/`; a practice may put its own in place of it ([`HouseStyle::templates`]). It
//! reads what it prints from `/paper.json`, which is made for one paper and has these members:
//!
//! - `language`: `nl` or `en`; `today`: the day of printing, ISO 8601;
//! - `style`: `name`, `address` and `contact` (lists of lines), `kvk`, `vat_id`, `iban`, `colour` (`#rrggbb`), `logo` (the name
//!   of a file to give to `image`, or empty);
//! - `data`: what the caller gives, by template as below.
//!
//! What is printed comes in as data and never as markup: a name with `#` or `[` in it is just a name. Every member of `data`
//! may be left out (or be `null`, or empty): then there is nothing in its place. Dates are ISO 8601 and are written out in the
//! language of the paper; a text that is no date is printed as it is. A line break in a text stays one.
//!
//! A sign that no shipped font has is never left out, and nothing stands in its place that one could take for it: what somebody
//! signs, receives or pays by is refused with the signs that it lacks ([`PaperError::Signs`]); elsewhere its number is printed.
//!
//! | template | data |
//! |---|---|
//! | [`Template::Letter`] | `sender` (one line above the window), `recipient_lines`, `date`, `subject`, `reference`, `salutation`, `paragraphs`, `fields` (list of `label`, `value`: a table after the paragraphs), `after` (paragraphs after those), `closing`, `signer`, `enclosures` |
//! | [`Template::Consent`] | `title`, `version`, `practice`, `person`, `born`, `paragraphs` (texts, or `heading` and `text`; lines that begin with `- ` are a list), `purpose`, `scope`, `recipient`, `given_by`, `means`, `note`, `date`, `valid_until`, `withdrawn` (a text), `digest` and `scan` (digests of the text and of a signed paper), `signature` (base64 of a PNG, JPEG or SVG) |
//! | [`Template::Report`] | `title`, `recipient_lines`, `person`, `reference`, `period`, `date`, `fields` (of `label`, `value`), `sections` (of `heading`, `rows` of `date`, `title`, `text`), `note`, `signer` |
//! | [`Template::Invoice`] | `kind` (`invoice` or `credit`), `number`, `date`, `due`, `credits` (the number credited), `recipient_lines`, `reference`, `lines` (of `date`, `text`, `rate`, `amount`), `vat` (of `label`, `base`, `amount`), `net`, `total`, `exempt` (words of the law), `note`, `iban` |
//! | [`Template::RecoverySheet`] | `kind` (`user`, `vault` or `share`), `practice`, `name`, `number` (which share), `date`, `groups` (of the code), `backups` (groups of the code for backups) |
//! | [`Template::List`] | `title`, `note`, `columns`, `rows` (lists of texts), `numeric` (indices of columns set to the right), `wide` (on its side) |
//!
//! Papers are PDF/A-2a and PDF/UA-1 (tagged, with language and title, fonts inside). The same input at the same moment gives
//! the same bytes. Nothing is read but the templates, the shipped fonts and what the caller gives: no file, no font of the
//! system, no network.

mod fit;
mod print;
mod sample;
mod style;
mod whole;
mod world;

#[cfg(test)]
mod tests;

pub use fit::{Signs, unprintable};
pub use style::{HouseStyle, LOGO_LIMIT, TEMPLATE_LIMIT};

use chrono::{DateTime, Datelike, Timelike, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::LazyLock;
use typst::{diag::SourceDiagnostic, ecow::EcoVec, foundations::Datetime};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use world::PaperWorld;
use zeroize::Zeroizing;

/// What can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// A letter in the style of the house.
    Letter,
    /// A consent form, to be signed or with its signature.
    Consent,
    /// A report to whoever commissioned the guidance.
    Report,
    /// An invoice or a credit note.
    Invoice,
    /// A recovery sheet of a user or a vault.
    RecoverySheet,
    /// A table.
    List,
}

impl Template {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Letter,
        Self::Consent,
        Self::Report,
        Self::Invoice,
        Self::RecoverySheet,
        Self::List,
    ];

    /// Its permanent word, and the name of its file without the ending.
    pub fn word(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Consent => "consent",
            Self::Report => "report",
            Self::Invoice => "invoice",
            Self::RecoverySheet => "recovery_sheet",
            Self::List => "list",
        }
    }

    /// The template with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|template| template.word() == word)
    }

    /// Whether it must say exactly what it is to say, because somebody signs it, receives it or pays by it.
    pub(crate) fn is_exact(self) -> bool {
        !matches!(self, Self::RecoverySheet | Self::List)
    }

    /// The file that the program ships, for a practice to begin its own with.
    pub fn shipped(self) -> &'static str {
        world::shipped(self)
    }
}

/// The language of a paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// Dutch.
    #[default]
    #[serde(rename = "nl")]
    Dutch,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// `nl` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Dutch => "nl",
            Self::English => "en",
        }
    }

    /// The language with this code; Dutch for any other.
    pub fn from_code(code: &str) -> Self {
        if code == "en" {
            Self::English
        } else {
            Self::Dutch
        }
    }
}

/// Why there is no paper. Says where in a template, and nothing of what was to be printed but which signs cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// A template does not go through; line 0 when it is not known where.
    #[error("the template {file} fails in line {line}")]
    Template {
        /// Which file.
        file: &'static str,
        /// Counted from 1.
        line: usize,
    },
    /// A picture that is neither PNG nor JPEG, or no base64.
    #[error("a picture cannot be read")]
    Picture,
    /// The data cannot be handed over.
    #[error("the data cannot be printed")]
    Data,
    /// Signs that no shipped font has, in a paper that may lack none.
    #[error("no shipped font has some of its signs")]
    Signs(Signs),
    /// A template of the practice's own leaves out what it was given, in a paper that must say all of it.
    #[error("the template {file} leaves out {member}")]
    LeftOut {
        /// Which file.
        file: &'static str,
        /// The member of its data.
        member: String,
    },
}

/// Makes a paper. It takes some milliseconds of the processor; the first of a process some tens more.
///
/// # Errors
/// [`PaperError::Template`] when a template of the practice's own is wrong, or prints what PDF/A or PDF/UA does not allow (a
/// picture without a text for who cannot see it). [`PaperError::LeftOut`] when such a template does not print everything.
/// [`PaperError::Picture`], [`PaperError::Signs`].
pub fn render(
    template: Template,
    data: &Value,
    style: &HouseStyle,
    language: Language,
    now: DateTime<Utc>,
) -> Result<Zeroizing<Vec<u8>>, PaperError> {
    let world = PaperWorld::new(template, data, style, language, now)?;
    let own = template.is_exact() && style.templates.contains_key(&template);
    let made = laid_out(&world, own.then_some(data));
    let made =
        made.and_then(|document| written(&document, now).map_err(|errors| world.place_of(&errors)));
    // Whatever typst remembers of this paper is forgotten: it holds what was printed.
    typst::comemo::evict(0);
    made.map(Zeroizing::new)
}

/// The pages; they say all of the data that is to be looked for.
fn laid_out(world: &PaperWorld, wanted: Option<&Value>) -> Result<PagedDocument, PaperError> {
    let document = typst::compile::<PagedDocument>(world).output;
    let document = document.map_err(|errors| world.place_of(&errors))?;
    match wanted.and_then(|data| whole::left_out(&document, data)) {
        Some(member) => Err(PaperError::LeftOut {
            file: world.file(),
            member,
        }),
        None => Ok(document),
    }
}

fn written(
    document: &PagedDocument,
    now: DateTime<Utc>,
) -> Result<Vec<u8>, EcoVec<SourceDiagnostic>> {
    typst_pdf::pdf(
        document,
        &PdfOptions {
            creator: typst::foundations::Smart::Custom(Some("Dossierkluis".to_owned())),
            timestamp: moment(now).map(Timestamp::new_utc),
            standards: STANDARDS.clone(),
            ..PdfOptions::default()
        },
    )
}

/// To be kept for years, and to be read aloud.
static STANDARDS: LazyLock<PdfStandards> = LazyLock::new(|| {
    // These two go together: a test sees to it that the fallback is never what is written.
    PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).unwrap_or_default()
});

fn moment(now: DateTime<Utc>) -> Option<Datetime> {
    let small = |number: u32| u8::try_from(number).ok();
    Datetime::from_ymd_hms(
        now.year(),
        small(now.month())?,
        small(now.day())?,
        small(now.hour())?,
        small(now.minute())?,
        small(now.second())?,
    )
}
