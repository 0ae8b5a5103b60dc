//! Values as parsed types: what cannot be right cannot be made. Every type is made by `parse`, prints the text that is
//! stored, and has `show` where people expect another form.
//!
//! The types have no `Debug`: they hold personal values, which must not slip into a log.

mod amount;
mod bsn;
mod check;
mod choice;
mod country;
mod date;
mod email;
mod error;
mod iban;
mod id_document;
mod medical;
mod phone;
mod picture;
mod postcode;
mod register;
mod url;
mod vat;

pub use amount::{Money, Number};
pub use bsn::{Bsn, looks_like_bsn};
pub use check::{LONG_TEXT_LIMIT, TEXT_LIMIT, check, check_in, refuse_negative, show};
pub use country::Country;
pub use date::{Date, check_birth};
pub use email::Email;
pub use error::CodeError;
pub use iban::Iban;
pub use id_document::IdDocument;
pub use medical::has_medical_words;
pub use phone::Phone;
pub use picture::{PICTURE_LIMIT, Picture};
pub use postcode::Postcode;
pub use register::{Agb, Big, Branch, Kvk};
pub use url::Url;
pub use vat::VatId;

/// A newtype over its stored text.
macro_rules! stored_text {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text that is stored. Parsing it gives the same value.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
use stored_text;

/// The letters and digits of a code in upper case, without the spaces, points and dashes that people put between.
/// Anything else stays and is refused by the parser.
fn compact(text: &str) -> String {
    text.chars()
        .filter(|c| !is_filler(*c))
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// Between the signs of a code; invisible signs come along when text is pasted.
fn is_filler(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '.' | '-' | '\u{2010}'..='\u{2013}' | '\u{200b}'..='\u{200f}' | '\u{feff}')
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
