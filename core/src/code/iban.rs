//! International bank account number (ISO 13616).

use super::{CodeError, compact, stored_text};

stored_text!(
    /// An account number without spaces.
    Iban
);

impl Iban {
    /// Reads an account number of any country; a Dutch one is 18 long with four letters for the bank.
    ///
    /// # Errors
    /// [`CodeError::IbanForm`], [`CodeError::IbanLength`], [`CodeError::IbanCheck`].
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let iban = compact(text);
        let bytes = iban.as_bytes();
        let start = bytes.len() > 4
            && bytes[..2].iter().all(u8::is_ascii_uppercase)
            && bytes[2..4].iter().all(u8::is_ascii_digit);
        if !start || !bytes.iter().all(u8::is_ascii_alphanumeric) {
            return Err(CodeError::IbanForm);
        }
        check_country(bytes)?;
        let turned = bytes[4..].iter().chain(&bytes[..4]).copied();
        if mod_97(turned) == 1 {
            Ok(Self(iban))
        } else {
            Err(CodeError::IbanCheck)
        }
    }

    /// In groups of four, as on paper.
    pub fn show(&self) -> String {
        let signs: Vec<char> = self.0.chars().collect();
        let groups: Vec<String> = signs
            .chunks(4)
            .map(|group| group.iter().collect())
            .collect();
        groups.join(" ")
    }
}

fn check_country(bytes: &[u8]) -> Result<(), CodeError> {
    let dutch = bytes.starts_with(b"NL");
    if !(15..=34).contains(&bytes.len()) || (dutch && bytes.len() != 18) {
        return Err(CodeError::IbanLength);
    }
    let bank =
        bytes[4..8].iter().all(u8::is_ascii_uppercase) && bytes[8..].iter().all(u8::is_ascii_digit);
    if dutch && !bank {
        Err(CodeError::IbanForm)
    } else {
        Ok(())
    }
}

/// The rest after division by 97, letters counted as 10 (A) to 35 (Z). Other signs count as nothing.
pub(super) fn mod_97(signs: impl Iterator<Item = u8>) -> u32 {
    signs.fold(0, |rest, sign| match sign {
        b'0'..=b'9' => (rest * 10 + u32::from(sign - b'0')) % 97,
        b'A'..=b'Z' => (rest * 100 + u32::from(sign - b'A') + 10) % 97,
        _ => rest,
    })
}
