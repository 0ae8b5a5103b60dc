//! Numbers of identity documents.

use super::{CodeError, compact, stored_text};

stored_text!(
    /// Number of a Dutch passport or identity card, or a foreign number as it was written.
    IdDocument
);

impl IdDocument {
    /// Reads a Dutch number: two letters, six letters or digits, one digit, and never the letter O.
    ///
    /// # Errors
    /// [`CodeError::IdDocumentForm`].
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let number = compact(text);
        if is_dutch_shape(&number) && !number.contains('O') {
            Ok(Self(number))
        } else {
            Err(CodeError::IdDocumentForm)
        }
    }

    /// Reads a Dutch number, or else a foreign one of 4 to 20 letters, digits, spaces and dashes, kept as it is. What
    /// has the Dutch shape but an O in it is refused: that is a zero read wrongly.
    ///
    /// # Errors
    /// [`CodeError::IdDocumentForm`].
    pub fn parse_any(text: &str) -> Result<Self, CodeError> {
        let written = text.trim();
        let signs = written
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '.' | '/'));
        if is_dutch_shape(&compact(written)) {
            return Self::parse(written);
        }
        let foreign = signs
            && (4..=20).contains(&written.len())
            && written.contains(|c: char| c.is_ascii_digit());
        if foreign {
            Ok(Self(written.to_owned()))
        } else {
            Err(CodeError::IdDocumentForm)
        }
    }
}

fn is_dutch_shape(number: &str) -> bool {
    let b = number.as_bytes();
    b.len() == 9
        && b[..2].iter().all(u8::is_ascii_uppercase)
        && b[2..8].iter().all(u8::is_ascii_alphanumeric)
        && b[8].is_ascii_digit()
}
