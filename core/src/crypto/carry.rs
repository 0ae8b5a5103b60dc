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
    /// Whoever has the identity of one of these. A password is never one of several: the format does not mix them.
    Recipients(Vec<Recipient>),
}

/// What opens such a file.
pub enum Opener {
    /// Its password.
    Password(Passphrase),
    /// An identity.
    Identity(Identity),
}

/// Encrypts what is written; `finish` ends it, and without that it does not open.
pub fn carry_to<W: Write>(output: W, to: &Outward) -> Result<StreamWriter<W>, CryptoError> {
    wrap(output, to, None)
}

/// The same, with what opens the file again to check it: its password, or an identity made for this one file and known to
/// nobody, which goes when the checking is done.
pub fn carry_to_check<W: Write>(
    output: W,
    to: &Outward,
) -> Result<(StreamWriter<W>, Opener), CryptoError> {
    if let Outward::Password(passphrase, _) = to {
        return Ok((carry_to(output, to)?, Opener::Password(passphrase.again())));
    }
    let once = Identity::make();
    let carried = wrap(output, to, Some(&once.recipient()))?;
    Ok((carried, Opener::Identity(once)))
}

/// Opens what was carried. What was read before an error is to be thrown away.
pub fn open_carried<R: Read>(input: R, with: &Opener) -> Result<StreamReader<R>, CryptoError> {
    match with {
        Opener::Password(passphrase) => {
            let mut identity = age::scrypt::Identity::new(passphrase.for_age());
            // A stranger's file decides about the work: not about more than this.
            identity.set_max_work_factor(WorkFactor::MAXIMUM);
            decrypt(input, &identity)
        }
        Opener::Identity(identity) => open_own(input, identity),
    }
}

/// Opens what was carried to this identity. What was read before an error is to be thrown away.
pub fn open_own<R: Read>(input: R, identity: &Identity) -> Result<StreamReader<R>, CryptoError> {
    decrypt(input, identity.as_age())
}

fn decrypt<R: Read>(
    input: R,
    identity: &dyn age::Identity,
) -> Result<StreamReader<R>, CryptoError> {
    Decryptor::new(input)
        .map_err(|_| CryptoError::Form)?
        .decrypt(iter::once(identity))
        .map_err(|_| CryptoError::CannotOpen)
}

fn wrap<W: Write>(
    output: W,
    to: &Outward,
    also: Option<&Recipient>,
) -> Result<StreamWriter<W>, CryptoError> {
    let scrypt;
    let mut recipients: Vec<&dyn age::Recipient> = match to {
        Outward::Password(passphrase, work) => {
            let mut recipient = age::scrypt::Recipient::new(passphrase.for_age());
            recipient.set_work_factor(work.log_n());
            scrypt = recipient;
            vec![&scrypt]
        }
        Outward::Recipient(recipient) => vec![recipient.as_age()],
        Outward::Recipients(recipients) => recipients.iter().map(Recipient::as_age).collect(),
    };
    if recipients.is_empty() {
        return Err(CryptoError::CannotSeal);
    }
    recipients.extend(also.map(Recipient::as_age));
    Encryptor::with_recipients(recipients.into_iter())
        .ok()
        .and_then(|encryptor| encryptor.wrap_output(output).ok())
        .ok_or(CryptoError::CannotSeal)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::io::Cursor;

    fn opened(sealed: &[u8], with: &Opener) -> Option<Vec<u8>> {
        let mut plain = Vec::new();
        let mut reader = open_carried(Cursor::new(sealed), with).ok()?;
        reader.read_to_end(&mut plain).ok()?;
        Some(plain)
    }

    #[test]
    fn each_recipient_and_the_check_open_it_and_nobody_else() {
        let all = [Identity::make(), Identity::make()];
        let to = Outward::Recipients(all.iter().map(Identity::recipient).collect());
        let mut sealed = Vec::new();
        let (mut carried, check) = carry_to_check(&mut sealed, &to).unwrap();
        carried.write_all(b"drie").unwrap();
        carried.finish().unwrap();
        for with in all.into_iter().map(Opener::Identity).chain([check]) {
            assert_eq!(opened(&sealed, &with).unwrap(), b"drie");
        }
        assert!(opened(&sealed, &Opener::Identity(Identity::make())).is_none());
        assert!(opened(&sealed, &Opener::Password(Passphrase::new("drie"))).is_none());
        assert!(carry_to(&mut Vec::new(), &Outward::Recipients(Vec::new())).is_err());
    }

    #[test]
    fn a_password_opens_its_file() {
        let to = Outward::Password(Passphrase::new("vier paarden"), WorkFactor::for_tests());
        let mut sealed = Vec::new();
        let (mut carried, check) = carry_to_check(&mut sealed, &to).unwrap();
        carried.write_all(b"vier").unwrap();
        carried.finish().unwrap();
        assert_eq!(opened(&sealed, &check).unwrap(), b"vier");
        assert!(opened(&sealed, &Opener::Password(Passphrase::new("vijf"))).is_none());
    }
}
