//! Secrets and what is done with them. Wrapping is age (the only module that names it), values are sealed with
//! XChaCha20-Poly1305 under keys derived by HKDF-SHA256, audit entries are signed with Ed25519.

mod carry;
mod cipher;
mod file;
mod passphrase;
mod seal;
mod secret;
mod sign;
mod split;
mod wiping;
mod wrap;

pub use carry::{Opener, Outward, carry_to, carry_to_check, open_carried, open_own};
pub use file::{FileError, SealedFile, open_file, seal_file, sealed_length};
pub use passphrase::{Passphrase, Refusal, Strength, WorkFactor, rate};
pub use seal::{Place, SALT_BYTES, Sealed, SealingKey, join_keys};
pub use secret::{Key, random};
pub use sign::{Signature, SigningKey, VerifyingKey};
pub use split::{Mismatch, SHARES, Share, join, split};
pub use wrap::{
    Identity, Recipient, lock_with, open_with, unwrap_key, unwrap_secret, work_of, wrap_key,
    wrap_secret,
};

/// Bytes in hexadecimal, lower case.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What can go wrong. No variant says anything about the content.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum CryptoError {
    /// The operating system gave no randomness.
    #[error("no randomness")]
    Randomness,
    /// Wrong key, wrong place, or changed bytes: these cannot be told apart, and must not be.
    #[error("cannot be opened")]
    CannotOpen,
    /// The bytes are not in a form this version knows.
    #[error("unknown form")]
    Form,
    /// Encryption itself failed (out of memory, too large).
    #[error("cannot be sealed")]
    CannotSeal,
}
