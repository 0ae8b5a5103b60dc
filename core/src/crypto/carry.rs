//! Files that leave for good: plain age files (age-encryption.org/v1), which the ordinary `age` program opens.

use super::{CryptoError, Identity, Passphrase, Recipient, WorkFactor};
use age::{
    Decryptor, Encryptor,
    stream::{StreamReader, StreamWriter},
};
use std::{
    io::{Read, Write},
    iter,
};

/// Who can open what leaves.
pub enum Outward {
    /// Whoever knows this password.
    Password(Passphrase, WorkFactor),
    /// Whoever has the identity of this recipient.
    Recipient(Recipient),
}

/// Encrypts what is written; `finish` ends it, and without that it does not open.
pub fn carry_to<W: Write>(output: W, to: &Outward) -> Result<StreamWriter<W>, CryptoError> {
    let scrypt;
    let recipient: &dyn age::Recipient = match to {
        Outward::Password(passphrase, work) => {
            let mut recipient = age::scrypt::Recipient::new(passphrase.for_age());
            recipient.set_work_factor(work.log_n());
            scrypt = recipient;
            &scrypt
        }
        Outward::Recipient(recipient) => recipient.as_age(),
    };
    Encryptor::with_recipients(iter::once(recipient))
        .ok()
        .and_then(|encryptor| encryptor.wrap_output(output).ok())
        .ok_or(CryptoError::CannotSeal)
}

/// What opens a file that came from elsewhere.
pub enum Inward<'a> {
    /// This password.
    Password(Passphrase),
    /// This identity.
    Identity(&'a Identity),
}

/// Opens a file that came from elsewhere. What is read before an error is to be thrown away.
///
/// # Errors
/// [`CryptoError::Form`] when it is no age file, [`CryptoError::CannotOpen`] when it is not for whoever opens it.
pub fn carry_from<R: Read>(input: R, from: &Inward<'_>) -> Result<StreamReader<R>, CryptoError> {
    let decryptor = Decryptor::new(input).map_err(|_| CryptoError::Form)?;
    let scrypt;
    let identity: &dyn age::Identity = match from {
        Inward::Password(passphrase) => {
            let mut identity = age::scrypt::Identity::new(passphrase.for_age());
            // A stranger's file decides about the work: not about more than this.
            identity.set_max_work_factor(WorkFactor::MAXIMUM);
            scrypt = identity;
            &scrypt
        }
        Inward::Identity(identity) => identity.as_age(),
    };
    decryptor
        .decrypt(iter::once(identity))
        .map_err(|_| CryptoError::CannotOpen)
}
