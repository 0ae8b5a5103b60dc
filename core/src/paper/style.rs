//! The style of the house.

use super::{PaperError, Template};
use crate::code::CodeError;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most that a logo may take, in bytes of the file.
pub const LOGO_LIMIT: usize = 256 * 1024;
/// The most that a template may take, in bytes.
pub const TEMPLATE_LIMIT: usize = 64 * 1024;

/// How the papers of a practice look. It holds nobody's data but the practice's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HouseStyle {
    /// Name of the practice, as on its papers.
    pub name: String,
    /// Lines of its address.
    pub address: Vec<String>,
    /// Telephone, e-mail, website: a line each.
    pub contact: Vec<String>,
    /// Number in the trade register, for the foot of a paper.
    pub kvk: String,
    /// VAT identification number.
    pub vat_id: String,
    /// Bank account.
    pub iban: String,
    /// `#rrggbb`; dark enough to read on white.
    pub colour: String,
    /// A PNG or SVG in base64; empty for none.
    pub logo: String,
    /// The practice's own templates, in place of those shipped.
    pub templates: BTreeMap<Template, String>,
}

impl Default for HouseStyle {
    fn default() -> Self {
        Self {
            name: String::new(),
            address: Vec::new(),
            contact: Vec::new(),
            kvk: String::new(),
            vat_id: String::new(),
            iban: String::new(),
            colour: "#10565f".to_owned(),
            logo: String::new(),
            templates: BTreeMap::new(),
        }
    }
}

/// A picture of one paper.
pub(super) struct Picture {
    /// The name under which a template asks for it.
    pub name: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

impl HouseStyle {
    /// The logo, if there is one.
    pub(super) fn logo(&self) -> Result<Option<Picture>, PaperError> {
        if self.logo.is_empty() {
            return Ok(None);
        }
        let bytes = STANDARD
            .decode(&self.logo)
            .map_err(|_| PaperError::Picture)?;
        let name = match &*bytes {
            [0x89, b'P', b'N', b'G', ..] => "logo.png",
            bytes if is_svg(bytes) => "logo.svg",
            _ => return Err(PaperError::Picture),
        };
        Ok(Some(Picture { name, bytes }))
    }

    /// Takes the file of a logo; empty for none.
    pub fn set_logo(&mut self, file: &[u8]) {
        self.logo = STANDARD.encode(file);
    }

    /// The first member that will not do, with the reason.
    pub fn fault(&self) -> Option<(&'static str, &'static str)> {
        let lines = || self.address.iter().chain(&self.contact).chain([&self.name]);
        if luminance(&self.colour).is_none() {
            return Some(("colour", "form"));
        }
        if luminance(&self.colour).is_some_and(|light| light > LIGHTEST) {
            return Some(("colour", "too_light"));
        }
        if self.logo.len() > LOGO_LIMIT.div_ceil(3) * 4 {
            return Some(("logo", "too_large"));
        }
        if self.logo().is_err() {
            return Some(("logo", "form"));
        }
        if lines().any(|line| line.chars().count() > 120) || lines().count() > 13 {
            return Some(("address", "too_long"));
        }
        if self
            .templates
            .values()
            .any(|own| own.len() > TEMPLATE_LIMIT)
        {
            return Some(("templates", "too_large"));
        }
        self.number_fault()
    }

    fn number_fault(&self) -> Option<(&'static str, &'static str)> {
        let form =
            |field, text: &str, ok: bool| (!text.is_empty() && !ok).then_some((field, "form"));
        let parsed = |result: Result<(), CodeError>| result.is_ok();
        form(
            "kvk",
            &self.kvk,
            parsed(crate::code::Kvk::parse(&self.kvk).map(drop)),
        )
        .or_else(|| {
            form(
                "vat_id",
                &self.vat_id,
                parsed(crate::code::VatId::parse(&self.vat_id).map(drop)),
            )
        })
        .or_else(|| {
            form(
                "iban",
                &self.iban,
                parsed(crate::code::Iban::parse(&self.iban).map(drop)),
            )
        })
    }
}

/// The brightest colour that stands out from white by 4.5 to 1 (WCAG 2.2 AA).
const LIGHTEST: f64 = 1.05 / 4.5 - 0.05;

/// Relative luminance (WCAG) of `#rrggbb`.
fn luminance(colour: &str) -> Option<f64> {
    let digits = colour
        .strip_prefix('#')
        .filter(|digits| digits.len() == 6)?;
    let part = |at: usize| {
        let byte = u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?;
        let share = f64::from(byte) / 255.0;
        Some(if share <= 0.04045 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        })
    };
    Some(0.2126 * part(0)? + 0.7152 * part(2)? + 0.0722 * part(4)?)
}

pub(super) fn is_svg(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    std::str::from_utf8(bytes).is_ok() && memchr::memmem::find(start, b"<svg").is_some()
}
