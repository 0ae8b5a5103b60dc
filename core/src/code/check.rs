//! One way in and one way out for every value of the catalogue.

use super::{
    Bsn, CodeError, Country, Date, Email, Iban, IdDocument, Kvk, Money, Number, Phone, Picture,
    Postcode, Url, VatId, choice,
};
use crate::catalogue::ValueType;
use unicode_normalization::UnicodeNormalization;

/// Characters in one line of free text.
pub const TEXT_LIMIT: usize = 1_000;

/// Characters in free text of several lines.
pub const LONG_TEXT_LIMIT: usize = 200_000;

/// The text to store for what somebody typed. Free text is stored byte for byte as it was given; everything else is
/// trimmed, composed (NFC) and brought into its stored form. A postcode is taken to be Dutch: see [`check_in`].
///
/// # Errors
/// Why the text cannot be stored under this type. Empty text is an error for all but free text: to have no value is not
/// a value.
pub fn check(value: ValueType, text: &str) -> Result<String, CodeError> {
    check_in(value, text, None)
}

/// As [`check`], for an address in this country (its two letters). Only postcodes depend on it.
///
/// # Errors
/// As [`check`]; [`CodeError::CountryUnknown`] when the country is none.
pub fn check_in(value: ValueType, text: &str, country: Option<&str>) -> Result<String, CodeError> {
    match value {
        ValueType::Text => within(text, TEXT_LIMIT).map(str::to_owned),
        ValueType::LongText => within(text, LONG_TEXT_LIMIT).map(str::to_owned),
        ValueType::Picture => Picture::parse(text).map(|v| v.to_string()),
        ValueType::Entries(_) => Err(CodeError::NotOneValue),
        _ => {
            let short = within(text.trim(), TEXT_LIMIT * 2)?;
            let composed: String = short.nfc().collect();
            if composed.is_empty() {
                Err(CodeError::Empty)
            } else {
                parse(value, &composed, country)
            }
        }
    }
}

fn parse(value: ValueType, text: &str, country: Option<&str>) -> Result<String, CodeError> {
    match value {
        ValueType::Date => Date::parse(text).map(|v| v.to_string()),
        ValueType::Email => Email::parse(text).map(|v| v.to_string()),
        ValueType::Phone => Phone::parse(text).map(|v| v.to_string()),
        ValueType::Url => Url::parse(text).map(|v| v.to_string()),
        ValueType::Postcode => postcode(text, country),
        ValueType::Country => Country::parse(text).map(|v| v.to_string()),
        ValueType::Choice(ids) => choice::choose(text, ids).map(str::to_owned),
        ValueType::Bsn => Bsn::parse(text).map(|v| v.to_string()),
        ValueType::Iban => Iban::parse(text).map(|v| v.to_string()),
        ValueType::Money => Money::parse(text).map(|v| v.to_string()),
        ValueType::Number => Number::parse(text).map(|v| v.to_string()),
        ValueType::IdDocument => IdDocument::parse_any(text).map(|v| v.to_string()),
        ValueType::Kvk => Kvk::parse(text).map(|v| v.to_string()),
        ValueType::VatId => VatId::parse(text).map(|v| v.to_string()),
        ValueType::Text | ValueType::LongText | ValueType::Picture | ValueType::Entries(_) => {
            Err(CodeError::NotOneValue)
        }
    }
}

/// Refuses less than nothing, of an amount or a number in its stored form: nobody works for a negative wage.
///
/// # Errors
/// [`CodeError::Negative`].
pub fn refuse_negative(stored: &str) -> Result<(), CodeError> {
    if stored.starts_with('-') {
        Err(CodeError::Negative)
    } else {
        Ok(())
    }
}

fn postcode(text: &str, country: Option<&str>) -> Result<String, CodeError> {
    let parsed = match country {
        Some(country) => Postcode::parse_in(text, &Country::parse(country)?),
        None => Postcode::parse(text),
    };
    parsed.map(|v| v.to_string())
}

/// The text when it has no more characters than this. Bytes decide first, so that a huge text is not counted.
fn within(text: &str, limit: usize) -> Result<&str, CodeError> {
    if text.len() <= limit || (text.len() <= limit * 4 && text.chars().count() <= limit) {
        Ok(text)
    } else {
        Err(CodeError::TooLong)
    }
}

/// A stored text as people read it: dates as `dd-mm-jjjj`, Dutch telephone numbers as they are dialled, accounts in
/// groups, money with a comma. Ids of choices and countries are left for the screens to translate. What cannot be read
/// stays as it is.
pub fn show(value: ValueType, stored: &str) -> String {
    let shown = match value {
        ValueType::Date => Date::parse(stored).map(|v| v.show()),
        ValueType::Phone => Phone::parse(stored).map(|v| v.show()),
        ValueType::Iban => Iban::parse(stored).map(|v| v.show()),
        ValueType::Money => Money::parse(stored).map(|v| v.show()),
        ValueType::Number => Number::parse(stored).map(|v| v.show()),
        _ => return stored.to_owned(),
    };
    shown.unwrap_or_else(|_| stored.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Shape;

    #[test]
    fn free_text_is_limited_in_characters_and_entries_are_no_value() {
        let long = |length: usize| "é".repeat(length);
        assert!(check(ValueType::Text, &long(TEXT_LIMIT)).is_ok());
        assert_eq!(
            check(ValueType::Text, &long(TEXT_LIMIT + 1)),
            Err(CodeError::TooLong)
        );
        assert_eq!(
            check(ValueType::LongText, &long(LONG_TEXT_LIMIT + 1)),
            Err(CodeError::TooLong)
        );
        assert_eq!(
            check(ValueType::Email, &long(5_000)),
            Err(CodeError::TooLong)
        );
        assert_eq!(
            check(ValueType::Entries(Shape::Note), "x"),
            Err(CodeError::NotOneValue)
        );
    }
}
