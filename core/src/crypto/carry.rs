//! Files that leave for good: plain age files (age-encryption.org/v1), which the ordinary `age` program opens.

use super::{CryptoError, Passphrase, Recipient, WorkFactor};
use age::{Encryptor, stream::StreamWriter};
use std::{io::Write, iter};

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
