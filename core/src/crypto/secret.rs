//! Secret bytes.

use super::CryptoError;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// A symmetric key of 32 bytes. No `Debug`, `Clone` or `Serialize`: each would be a way out.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Key([u8; 32]);

impl Key {
    /// A new random key from the operating system.
    pub fn make() -> Result<Self, CryptoError> {
        Ok(Self(random()?))
    }

    /// From 32 bytes that were just unwrapped; the caller wipes its own copy.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, CryptoError> {
        bytes.try_into().map(Self).map_err(|_| CryptoError::Form)
    }

    /// As it is kept in the content of a document.
    pub(crate) fn to_hex(&self) -> String {
        let digits = self.0.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let digits = digits.map(|digit| char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        let mut text = String::with_capacity(64);
        text.extend(digits);
        text
    }

    /// From what `to_hex` gave.
    pub(crate) fn from_hex(text: &str) -> Result<Self, CryptoError> {
        let mut key = Self([0; 32]);
        if text.len() != 64 || !text.is_ascii() {
            return Err(CryptoError::Form);
        }
        for (at, byte) in key.0.iter_mut().enumerate() {
            let digits = text.get(at * 2..at * 2 + 2).ok_or(CryptoError::Form)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| CryptoError::Form)?;
        }
        Ok(key)
    }

    /// The bytes, for deriving, wrapping, sealing files and keying the store; nowhere else.
    pub(crate) fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Random bytes from the operating system, never from a generator that keeps state.
pub fn random<const N: usize>() -> Result<[u8; N], CryptoError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| CryptoError::Randomness)?;
    Ok(bytes)
}
