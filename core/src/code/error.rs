//! Why a text is not a value.

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident => $code:literal,)*) => {
        /// Why a text was refused. Never holds the text.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
        pub enum CodeError {
            $($(#[$doc])* #[error($code)] $name,)*
        }

        impl CodeError {
            /// Every reason, for the translations.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable code that the screens translate.
            pub fn code(&self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }
        }
    };
}

reasons! {
    /// Nothing but spaces.
    Empty => "empty",
    /// Over the limit of its type.
    TooLong => "too_long",
    /// A list of entries is not one value.
    NotOneValue => "not_one_value",
    /// Not seven to nine digits.
    BsnForm => "bsn_form",
    /// Fails the eleven-test.
    BsnCheck => "bsn_check",
    /// Not two letters, two digits and letters or digits.
    IbanForm => "iban_form",
    /// Not as long as the country's numbers are.
    IbanLength => "iban_length",
    /// The check digits do not fit.
    IbanCheck => "iban_check",
    /// Not like `1234 AB`, or not like any postcode abroad.
    PostcodeForm => "postcode_form",
    /// Not NL, nine digits, B, two digits.
    VatForm => "vat_form",
    /// The check digits do not fit.
    VatCheck => "vat_check",
    /// Not eight digits.
    KvkForm => "kvk_form",
    /// Not twelve digits.
    BranchForm => "branch_form",
    /// Not eight digits.
    AgbForm => "agb_form",
    /// Not eleven digits.
    BigForm => "big_form",
    /// Not like the number of an identity document.
    IdDocumentForm => "id_document_form",
    /// Not a number that can be dialled.
    PhoneForm => "phone_form",
    /// Not like `name@place.nl`.
    EmailForm => "email_form",
    /// Not a web address.
    UrlForm => "url_form",
    /// Not day, month and four-digit year.
    DateForm => "date_form",
    /// A day that no calendar has.
    DateImpossible => "date_impossible",
    /// A birth that lies ahead.
    DateFuture => "date_future",
    /// A birth longer ago than anybody lives.
    DatePast => "date_past",
    /// Not an amount in euro and cents.
    MoneyForm => "money_form",
    /// Not a number.
    NumberForm => "number_form",
    /// Less than nothing, where that cannot be.
    Negative => "negative",
    /// No country has this code or name.
    CountryUnknown => "country_unknown",
    /// Not one of the choices.
    ChoiceUnknown => "choice_unknown",
    /// Not a PNG or JPEG in base64.
    PictureForm => "picture_form",
    /// More than half a mebibyte.
    PictureTooLarge => "picture_too_large",
}

#[cfg(test)]
mod tests {
    use super::CodeError;

    #[test]
    fn every_reason_has_a_code_of_its_own() {
        let codes: std::collections::HashSet<_> =
            CodeError::ALL.iter().map(CodeError::code).collect();
        assert_eq!(codes.len(), CodeError::ALL.len());
    }
}
