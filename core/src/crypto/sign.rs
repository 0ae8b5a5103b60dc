//! Signatures on audit entries (Ed25519, RFC 8032).

use super::{CryptoError, random};
use ed25519_dalek::{Signer, Verifier};
use zeroize::Zeroizing;

/// A user's own signing key.
pub struct SigningKey(ed25519_dalek::SigningKey);

/// Its public half, in the store.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifyingKey(ed25519_dalek::VerifyingKey);

/// 64 bytes.
pub type Signature = [u8; 64];

impl SigningKey {
    /// A new key from the operating system's randomness.
    pub fn make() -> Result<Self, CryptoError> {
        let seed = Zeroizing::new(random::<32>()?);
        Ok(Self(ed25519_dalek::SigningKey::from_bytes(&seed)))
    }

    /// From its stored seed.
    pub fn from_seed(seed: &[u8]) -> Result<Self, CryptoError> {
        let seed: &[u8; 32] = seed.try_into().map_err(|_| CryptoError::Form)?;
        Ok(Self(ed25519_dalek::SigningKey::from_bytes(seed)))
    }

    /// The seed, for wrapping with the identity; nowhere else.
    pub(crate) fn expose(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// Signs a message.
    pub fn sign(&self, message: &[u8]) -> Signature {
        self.0.sign(message).to_bytes()
    }

    /// The public half.
    pub fn verifying_key(&self) -> VerifyingKey {
        VerifyingKey(self.0.verifying_key())
    }
}

impl VerifyingKey {
    /// From its 32 stored bytes.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, CryptoError> {
        let bytes = bytes.try_into().map_err(|_| CryptoError::Form)?;
        ed25519_dalek::VerifyingKey::from_bytes(bytes)
            .map(Self)
            .map_err(|_| CryptoError::Form)
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// Whether this key made the signature.
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        ed25519_dalek::Signature::from_slice(signature)
            .is_ok_and(|signature| self.0.verify(message, &signature).is_ok())
    }
}
