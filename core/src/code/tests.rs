//! Vectors of every value type.

use super::*;
use crate::catalogue::{ValueType, field};

/// Each text must give the stored text, or the reason, beside it.
fn read(
    parse: impl Fn(&str) -> Result<String, CodeError>,
    vectors: &[(&str, Result<&str, CodeError>)],
) {
    for (text, expected) in vectors {
        assert_eq!(
            parse(text).as_deref().map_err(|e| *e),
            *expected,
            "{text:?}"
        );
    }
}

fn read_as(value: ValueType, vectors: &[(&str, Result<&str, CodeError>)]) {
    read(|text| check(value, text), vectors);
}

/// Each stored text must be shown as the text beside it.
fn shown_as(value: ValueType, vectors: &[(&str, &str)]) {
    for (stored, shown) in vectors {
        assert_eq!(show(value, stored), *shown);
    }
}

#[test]
fn bsn() {
    read_as(
        ValueType::Bsn,
        &[
            ("111222333", Ok("111222333")),
            ("123456782", Ok("123456782")),
            ("12345672", Ok("012345672")),
            (" 1112.22.333 ", Ok("111222333")),
            ("111252333", Err(CodeError::BsnCheck)),
            ("000000000", Err(CodeError::BsnCheck)),
            ("1234", Err(CodeError::BsnForm)),
            ("1112223334", Err(CodeError::BsnForm)),
            ("11122233x", Err(CodeError::BsnForm)),
            ("", Err(CodeError::Empty)),
        ],
    );
}

#[test]
fn iban() {
    read_as(
        ValueType::Iban,
        &[
            ("NL91ABNA0417164300", Ok("NL91ABNA0417164300")),
            ("nl91 abna 0417 1643 00", Ok("NL91ABNA0417164300")),
            ("BE68 5390 0754 7034", Ok("BE68539007547034")),
            ("DE89370400440532013000", Ok("DE89370400440532013000")),
            ("NL92ABNA0417164300", Err(CodeError::IbanCheck)),
            ("NL91ABNA041716430", Err(CodeError::IbanLength)),
            ("NL91ABN10417164300", Err(CodeError::IbanForm)),
            ("XX12", Err(CodeError::IbanForm)),
            ("NL91ÀBNA0417164300", Err(CodeError::IbanForm)),
        ],
    );
    shown_as(
        ValueType::Iban,
        &[("NL91ABNA0417164300", "NL91 ABNA 0417 1643 00")],
    );
}

#[test]
fn postcode() {
    read_as(
        ValueType::Postcode,
        &[
            ("1234AB", Ok("1234 AB")),
            ("1234 ab", Ok("1234 AB")),
            ("0234 AB", Err(CodeError::PostcodeForm)),
            ("1234 SA", Err(CodeError::PostcodeForm)),
            ("1234 SD", Err(CodeError::PostcodeForm)),
            ("1234 SS", Err(CodeError::PostcodeForm)),
            ("B-1000", Err(CodeError::PostcodeForm)),
            ("123é A", Err(CodeError::PostcodeForm)),
        ],
    );
    let abroad = |country: &'static str| {
        move |text: &str| check_in(ValueType::Postcode, text, Some(country))
    };
    read(
        abroad("BE"),
        &[
            ("b-1000", Ok("B-1000")),
            ("1000", Ok("1000")),
            ("@", Err(CodeError::PostcodeForm)),
        ],
    );
    read(abroad("GB"), &[("sw1a  1aa", Ok("SW1A 1AA"))]);
    read(abroad("NL"), &[("1000", Err(CodeError::PostcodeForm))]);
    read(abroad("??"), &[("1000", Err(CodeError::CountryUnknown))]);
}

#[test]
fn register_numbers_keep_their_zeros() {
    read_as(
        ValueType::Kvk,
        &[
            ("01234567", Ok("01234567")),
            (" 0123.45.67 ", Ok("01234567")),
            ("1234567", Err(CodeError::KvkForm)),
            ("0123456x", Err(CodeError::KvkForm)),
            ("", Err(CodeError::Empty)),
        ],
    );
    shown_as(ValueType::Kvk, &[("01234567", "01234567")]);
    read(
        |t| Branch::parse(t).map(|v| v.to_string()),
        &[
            ("000012345678", Ok("000012345678")),
            ("1", Err(CodeError::BranchForm)),
        ],
    );
    read(
        |t| Agb::parse(t).map(|v| v.to_string()),
        &[
            ("01-012345", Ok("01012345")),
            ("0101234", Err(CodeError::AgbForm)),
        ],
    );
    read(
        |t| Big::parse(t).map(|v| v.to_string()),
        &[
            ("09012345601", Ok("09012345601")),
            ("9012345601", Err(CodeError::BigForm)),
        ],
    );
}

#[test]
fn vat() {
    read_as(
        ValueType::VatId,
        &[
            ("NL002455799B11", Ok("NL002455799B11")),
            ("nl 0024.55.799.b11", Ok("NL002455799B11")),
            ("111222333B01", Ok("NL111222333B01")),
            ("NL123456789B90", Err(CodeError::VatCheck)),
            ("NL111222333B00", Err(CodeError::VatForm)),
            ("NL11122233B01", Err(CodeError::VatForm)),
            ("BE0123456749", Err(CodeError::VatForm)),
            ("", Err(CodeError::Empty)),
        ],
    );
    shown_as(ValueType::VatId, &[("NL002455799B11", "NL002455799B11")]);
}

#[test]
fn id_document() {
    let dutch = |t: &str| IdDocument::parse(t).map(|v| v.to_string());
    read(
        dutch,
        &[
            ("specI2019", Ok("SPECI2019")),
            ("SPECI2O19", Err(CodeError::IdDocumentForm)),
            ("591-12345", Err(CodeError::IdDocumentForm)),
        ],
    );
    read_as(
        ValueType::IdDocument,
        &[
            ("nx1234567", Ok("NX1234567")),
            ("NX12O4567", Err(CodeError::IdDocumentForm)),
            ("591-1234567-89", Ok("591-1234567-89")),
            ("C01X00T47", Ok("C01X00T47")),
            ("paspoort", Err(CodeError::IdDocumentForm)),
        ],
    );
}

#[test]
fn phone() {
    read_as(
        ValueType::Phone,
        &[
            ("06-12345678", Ok("+31612345678")),
            ("06 12 34 56 78", Ok("+31612345678")),
            ("0031612345678", Ok("+31612345678")),
            ("+31 6 12345678", Ok("+31612345678")),
            ("+31 (0)6-12345678", Ok("+31612345678")),
            ("+310612345678", Ok("+31612345678")),
            ("31612345678", Ok("+31612345678")),
            ("612345678", Ok("+31612345678")),
            ("(020) 123 45 67", Ok("+31201234567")),
            ("0800-1234", Ok("+318001234")),
            ("+32 2 555 12 34", Ok("+3225551234")),
            ("0049 30 123456", Ok("+4930123456")),
            ("06-1234567", Err(CodeError::PhoneForm)),
            ("12345", Err(CodeError::PhoneForm)),
            ("bel maar", Err(CodeError::PhoneForm)),
            ("+", Err(CodeError::PhoneForm)),
        ],
    );
    shown_as(
        ValueType::Phone,
        &[
            ("+31612345678", "06-12345678"),
            ("+31201234567", "020-1234567"),
            ("+31111123456", "0111-123456"),
            ("+318001234", "0800-1234"),
            ("+31881234567", "088-1234567"),
            ("+3225551234", "+3225551234"),
            ("not a number", "not a number"),
        ],
    );
}

#[test]
fn email() {
    read_as(
        ValueType::Email,
        &[
            ("Jan.de.Vries@Voorbeeld.NL", Ok("Jan.de.Vries@voorbeeld.nl")),
            ("mailto:a+b@x-y.co.uk", Ok("a+b@x-y.co.uk")),
            ("josé@münchen.de", Ok("josé@münchen.de")),
            ("jan@", Err(CodeError::EmailForm)),
            ("jan@huis", Err(CodeError::EmailForm)),
            ("jan@@x.nl", Err(CodeError::EmailForm)),
            ("jan de@x.nl", Err(CodeError::EmailForm)),
            (".jan@x.nl", Err(CodeError::EmailForm)),
            ("jan@-x.nl", Err(CodeError::EmailForm)),
            ("jan@127.0.0.1", Err(CodeError::EmailForm)),
        ],
    );
}

#[test]
fn url() {
    read_as(
        ValueType::Url,
        &[
            ("Voorbeeld.nl", Ok("https://voorbeeld.nl")),
            ("HTTP://www.X.nl/Pad?A=b", Ok("http://www.x.nl/Pad?A=b")),
            ("x.nl:8443/a", Ok("https://x.nl:8443/a")),
            ("javascript:alert(1)", Err(CodeError::UrlForm)),
            ("ftp://x.nl", Err(CodeError::UrlForm)),
            ("https://bank.nl@kwaad.nl", Err(CodeError::UrlForm)),
            ("file:///etc/passwd", Err(CodeError::UrlForm)),
            ("x.nl/a b", Err(CodeError::UrlForm)),
            ("geen", Err(CodeError::UrlForm)),
        ],
    );
}

#[test]
fn date() {
    read_as(
        ValueType::Date,
        &[
            ("28-02-2026", Ok("2026-02-28")),
            ("1-3-1980", Ok("1980-03-01")),
            ("1980-03-01", Ok("1980-03-01")),
            ("01/03/1980", Ok("1980-03-01")),
            ("1.3.1980", Ok("1980-03-01")),
            ("29-02-2024", Ok("2024-02-29")),
            ("29-02-2026", Err(CodeError::DateImpossible)),
            ("12/31/1980", Err(CodeError::DateImpossible)),
            ("00-01-1980", Err(CodeError::DateImpossible)),
            ("01-03-80", Err(CodeError::DateForm)),
            ("01-03-0080", Err(CodeError::DateForm)),
            ("1 maart", Err(CodeError::DateForm)),
            ("1980-03-01T00:00", Err(CodeError::DateForm)),
        ],
    );
    shown_as(ValueType::Date, &[("1980-03-01", "01-03-1980"), ("?", "?")]);
}

#[test]
fn money() {
    read_as(
        ValueType::Money,
        &[
            ("1.234,56", Ok("1234.56")),
            ("1,234.56", Ok("1234.56")),
            ("€ 1.234.567,8", Ok("1234567.80")),
            ("1.234", Ok("1234.00")),
            ("12,-", Ok("12.00")),
            ("€ -0,05", Ok("-0.05")),
            ("0,5", Ok("0.50")),
            ("1234.567", Err(CodeError::MoneyForm)),
            ("0.123", Err(CodeError::MoneyForm)),
            ("1.23.456", Err(CodeError::MoneyForm)),
            ("12,", Err(CodeError::MoneyForm)),
            ("€", Err(CodeError::MoneyForm)),
            ("99999999999999999999", Err(CodeError::MoneyForm)),
        ],
    );
    shown_as(
        ValueType::Money,
        &[
            ("1234.56", "€ 1.234,56"),
            ("-0.05", "€ -0,05"),
            ("123456.00", "€ 123.456,00"),
        ],
    );
}

#[test]
fn number() {
    read_as(
        ValueType::Number,
        &[
            ("1,5", Ok("1.5")),
            ("1.234", Ok("1.234")),
            ("1.234,5", Ok("1234.5")),
            ("1,234,567", Ok("1234567")),
            ("007", Ok("7")),
            ("-0,0", Ok("0.0")),
            ("1e5", Err(CodeError::NumberForm)),
            ("", Err(CodeError::Empty)),
        ],
    );
    shown_as(ValueType::Number, &[("1234.5", "1234,5")]);
}

#[test]
fn country() {
    read_as(
        ValueType::Country,
        &[
            ("nl", Ok("NL")),
            ("Nederland", Ok("NL")),
            ("BELGIË", Ok("BE")),
            ("Duitsland", Ok("DE")),
            ("Curaçao", Ok("CW")),
            ("XX", Err(CodeError::CountryUnknown)),
            ("NL BE", Err(CodeError::CountryUnknown)),
        ],
    );
}

#[test]
fn choices_are_understood_where_they_are_offered() {
    let value = |id| field(id).map_or(ValueType::Text, |f| f.value);
    read_as(
        value("salutation"),
        &[
            ("Mevr.", Ok("mrs")),
            ("dhr.", Ok("mr")),
            ("v", Err(CodeError::ChoiceUnknown)),
        ],
    );
    read_as(
        value("sex"),
        &[
            ("V", Ok("female")),
            ("male", Ok("male")),
            ("x", Ok("other")),
            ("mrs", Err(CodeError::ChoiceUnknown)),
        ],
    );
    read_as(
        value("contract_type"),
        &[
            ("Vast", Ok("permanent")),
            ("Onbepaalde tijd", Ok("permanent")),
            ("on call", Ok("on_call")),
            ("overig", Ok("other")),
            ("zzp", Err(CodeError::ChoiceUnknown)),
        ],
    );
    for field in crate::catalogue::fields() {
        if let ValueType::Choice(ids) = field.value {
            assert!(
                ids.iter()
                    .all(|id| check(field.value, id).as_deref() == Ok(*id)),
                "{}",
                field.id
            );
        }
    }
}

#[test]
fn pictures_are_png_or_jpeg_and_small() {
    read_as(
        ValueType::Picture,
        &[
            ("iVBORw0KGgo=", Ok("iVBORw0KGgo=")),
            ("data:image/png;base64,iVBORw0KGgo=", Ok("iVBORw0KGgo=")),
            ("R0lGODlh", Err(CodeError::PictureForm)),
            ("<svg>", Err(CodeError::PictureForm)),
            ("", Err(CodeError::PictureForm)),
        ],
    );
    let jpeg = |size| [b"\xff\xd8\xff".as_slice(), &vec![0; size - 3]].concat();
    assert!(
        Picture::from_bytes(&jpeg(PICTURE_LIMIT)).is_ok_and(|p| Picture::parse(p.as_str()).is_ok())
    );
    assert!(
        Picture::from_bytes(&jpeg(PICTURE_LIMIT + 1))
            .is_err_and(|e| e == CodeError::PictureTooLarge)
    );
    read_as(
        ValueType::Picture,
        &[(&"A".repeat(800_000), Err(CodeError::PictureTooLarge))],
    );
}
