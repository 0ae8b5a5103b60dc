//! Dutch VAT identification number (btw-id).

use super::{CodeError, all_digits, bsn, compact, iban, stored_text};

stored_text!(
    /// `NL`, nine digits, `B`, two digits. For a sole trader registered before 2020 the digits are a citizen service number.
    VatId
);

impl VatId {
    /// Reads a Dutch number, also without the `NL`.
    ///
    /// # Errors
    /// [`CodeError::VatForm`], [`CodeError::VatCheck`].
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let compact = compact(text);
        let rest = compact.strip_prefix("NL").unwrap_or(&compact);
        let (digits, suffix) = rest.split_once('B').ok_or(CodeError::VatForm)?;
        if digits.len() != 9
            || suffix.len() != 2
            || !all_digits(digits)
            || !all_digits(suffix)
            || suffix == "00"
        {
            return Err(CodeError::VatForm);
        }
        let whole = format!("NL{rest}");
        if bsn::passes(digits.bytes()) || iban::mod_97(whole.bytes()) == 1 {
            Ok(Self(whole))
        } else {
            Err(CodeError::VatCheck)
        }
    }
}
