//! What lies under a user's password.

use crate::crypto::{CryptoError, Identity, SigningKey};
use zeroize::Zeroizing;

/// What lies under a user's password: the age identity and the signing seed.
pub struct Secrets(Zeroizing<Vec<u8>>);

impl Secrets {
    /// Puts the two together.
    pub(crate) fn of(identity: &Identity, signing: &SigningKey) -> Self {
        let mut bytes = Zeroizing::new(Vec::with_capacity(128));
        bytes.extend_from_slice(signing.expose().as_ref());
        bytes.extend_from_slice(identity.expose().as_bytes());
        Self(bytes)
    }

    /// New ones.
    pub fn make() -> Result<Self, CryptoError> {
        Ok(Self::of(&Identity::make(), &SigningKey::make()?))
    }

    /// What a password or a recovery sheet opened.
    pub(crate) fn from_opened(bytes: Zeroizing<Vec<u8>>) -> Self {
        Self(bytes)
    }

    /// The bytes, to put under a password or a sheet; nowhere else.
    pub(crate) fn expose(&self) -> &[u8] {
        &self.0
    }

    /// Takes the two apart.
    pub fn split(&self) -> Result<(Identity, SigningKey), CryptoError> {
        let (seed, identity) = self.0.split_at_checked(32).ok_or(CryptoError::Form)?;
        let identity = std::str::from_utf8(identity).map_err(|_| CryptoError::Form)?;
        Ok((identity.parse()?, SigningKey::from_seed(seed)?))
    }
}
