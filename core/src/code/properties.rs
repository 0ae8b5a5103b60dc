//! What holds for every text that a parser is given.

use super::*;
use crate::catalogue::ValueType;
use proptest::prelude::*;

const VALUES: &[ValueType] = &[
    ValueType::Date,
    ValueType::Email,
    ValueType::Phone,
    ValueType::Url,
    ValueType::Postcode,
    ValueType::Country,
    ValueType::Choice(&["mrs", "female"]),
    ValueType::Bsn,
    ValueType::Iban,
    ValueType::Money,
    ValueType::Number,
    ValueType::Picture,
    ValueType::IdDocument,
    ValueType::Kvk,
    ValueType::VatId,
];

/// What is stored, is stored again as it is, and so is what is shown.
fn keeps(value: ValueType, text: &str) -> Result<(), TestCaseError> {
    if let Ok(stored) = check(value, text) {
        prop_assert_eq!(check(value, &stored), Ok(stored.clone()));
        prop_assert_eq!(check(value, &show(value, &stored)), Ok(stored));
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_text_upsets_a_parser(text in ".*") {
        for value in VALUES {
            keeps(*value, &text)?;
        }
        looks_like_bsn(&text);
    }

    #[test]
    fn likely_text_keeps(text in r"[+-]?[0-9NLAB.,/ @()-]{0,18}") {
        for value in VALUES {
            keeps(*value, &text)?;
        }
        looks_like_bsn(&text);
    }

    #[test]
    fn free_text_is_stored_byte_for_byte(text in r"(?s).{0,200}") {
        prop_assert_eq!(check(ValueType::Text, &text), Ok(text.clone()));
        prop_assert_eq!(check(ValueType::LongText, &text), Ok(text.clone()));
        prop_assert_eq!(show(ValueType::Text, &text), text);
    }

    #[test]
    fn days_survive_being_shown(days in 0..3_000_000i32) {
        let day = chrono::NaiveDate::from_num_days_from_ce_opt(364_878 + days);
        if let Some(date) = day.map(Date::from) {
            prop_assert!(Date::parse(&date.show()) == Ok(date));
            prop_assert!(Date::parse(&date.to_string()) == Ok(date));
        }
    }

    #[test]
    fn cents_survive_being_shown(cents in -1_000_000_000_000i64..1_000_000_000_000) {
        let money = Money::from_cents(cents);
        prop_assert!(Money::parse(&money.show()) == Ok(money));
        prop_assert!(Money::parse(&money.to_string()) == Ok(money));
    }

    #[test]
    fn dutch_numbers_survive_being_shown(subscriber in "[1-9][0-9]{8}") {
        keeps(ValueType::Phone, &format!("0{subscriber}"))?;
    }

    #[test]
    fn nine_digits_are_a_bsn_in_text_as_in_a_field(digits in "[0-9]{9}") {
        prop_assert_eq!(looks_like_bsn(&format!("nr. {digits}.")), Bsn::parse(&digits).is_ok());
    }
}
