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

    /// The bytes, for deriving, wrapping and keying the store; nowhere else.
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
