//! Postcodes.

use super::{CodeError, Country, compact, stored_text};

stored_text!(
    /// `1234 AB`, or a foreign postcode in upper case.
    Postcode
);

impl Postcode {
    /// Reads a Dutch postcode. The letters SA, SD and SS are not in use.
    ///
    /// # Errors
    /// [`CodeError::PostcodeForm`].
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let code = compact(text);
        let form = |b: &[u8]| {
            b[0] != b'0'
                && b[..4].iter().all(u8::is_ascii_digit)
                && b[4..].iter().all(u8::is_ascii_uppercase)
        };
        match code.split_at_checked(4) {
            Some((digits, letters))
                if code.len() == 6
                    && form(code.as_bytes())
                    && !matches!(letters, "SA" | "SD" | "SS") =>
            {
                Ok(Self(format!("{digits} {letters}")))
            }
            _ => Err(CodeError::PostcodeForm),
        }
    }

    /// Reads a postcode of this country: letters, digits, spaces and dashes, when it is not the Netherlands.
    ///
    /// # Errors
    /// [`CodeError::PostcodeForm`].
    pub fn parse_in(text: &str, country: &Country) -> Result<Self, CodeError> {
        if country.as_str() == "NL" {
            return Self::parse(text);
        }
        let code = text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_uppercase();
        let signs = code
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-'));
        let form = signs && code.contains(|c: char| c.is_ascii_alphanumeric());
        if form && (2..=12).contains(&code.len()) {
            Ok(Self(code))
        } else {
            Err(CodeError::PostcodeForm)
        }
    }
}
