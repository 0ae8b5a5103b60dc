//! Wrapping keys for people and under passwords, in the age format (age-encryption.org/v1), so that everything that
//! protects a key can be opened with standard tools.

use super::{CryptoError, Key, Passphrase, WorkFactor};
use age::{
    Decryptor, Encryptor,
    armor::{ArmoredReader, ArmoredWriter, Format},
    secrecy::ExposeSecret,
    x25519,
};
use std::{
    fmt,
    io::{Read, Write},
    iter,
    str::FromStr,
};
use zeroize::Zeroizing;

/// A secret X25519 identity: whoever has it can unwrap what was wrapped to its recipient.
pub struct Identity(x25519::Identity);

impl Identity {
    /// A new identity from the operating system's randomness.
    pub fn make() -> Self {
        Self(x25519::Identity::generate())
    }

    /// The public half.
    pub fn recipient(&self) -> Recipient {
        Recipient(self.0.to_public())
    }

    pub(super) fn as_age(&self) -> &dyn age::Identity {
        &self.0
    }

    /// The text form, for the recovery sheet and for wrapping under a password; wiped when dropped.
    pub(crate) fn expose(&self) -> Zeroizing<String> {
        Zeroizing::new(self.0.to_string().expose_secret().to_owned())
    }
}

impl FromStr for Identity {
    type Err = CryptoError;

    fn from_str(text: &str) -> Result<Self, CryptoError> {
        x25519::Identity::from_str(text)
            .map(Self)
            .map_err(|_| CryptoError::Form)
    }
}

/// A public X25519 recipient.
#[derive(Clone, PartialEq, Eq)]
pub struct Recipient(x25519::Recipient);

impl Recipient {
    pub(super) fn as_age(&self) -> &dyn age::Recipient {
        &self.0
    }
}

impl FromStr for Recipient {
    type Err = CryptoError;

    fn from_str(text: &str) -> Result<Self, CryptoError> {
        x25519::Recipient::from_str(text)
            .map(Self)
            .map_err(|_| CryptoError::Form)
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Wraps a secret text for a recipient, armored.
pub fn wrap_secret(secret: &[u8], recipient: &Recipient) -> Result<String, CryptoError> {
    age::encrypt_and_armor(&recipient.0, secret).map_err(|_| CryptoError::CannotSeal)
}

/// Opens what `wrap_secret` or `wrap_key` made.
pub fn unwrap_secret(
    wrapped: &[u8],
    identity: &Identity,
) -> Result<Zeroizing<Vec<u8>>, CryptoError> {
    age::decrypt(&identity.0, wrapped)
        .map(Zeroizing::new)
        .map_err(|_| CryptoError::CannotOpen)
}

/// Wraps a key for a recipient. The name travels inside, so that a wrapped key cannot be put in another's place.
pub fn wrap_key(name: &str, key: &Key, recipient: &Recipient) -> Result<Vec<u8>, CryptoError> {
    let mut plain = Zeroizing::new(Vec::with_capacity(32 + name.len()));
    plain.extend_from_slice(key.expose());
    plain.extend_from_slice(name.as_bytes());
    age::encrypt(&recipient.0, &plain).map_err(|_| CryptoError::CannotSeal)
}

/// Unwraps a key and checks that it is the one with this name.
pub fn unwrap_key(name: &str, wrapped: &[u8], identity: &Identity) -> Result<Key, CryptoError> {
    let plain = unwrap_secret(wrapped, identity)?;
    match plain.split_at_checked(32) {
        Some((key, found)) if found == name.as_bytes() => Key::from_slice(key),
        _ => Err(CryptoError::CannotOpen),
    }
}

/// Encrypts under a password (age scrypt), armored.
pub fn lock_with(
    passphrase: &Passphrase,
    work: WorkFactor,
    secret: &[u8],
) -> Result<String, CryptoError> {
    let mut recipient = age::scrypt::Recipient::new(passphrase.for_age());
    // Always explicit: the default calibrates itself and differs per machine and build.
    recipient.set_work_factor(work.log_n());
    let sealed = (|| {
        let encryptor =
            Encryptor::with_recipients(iter::once(&recipient as &dyn age::Recipient)).ok()?;
        let mut armored = Vec::new();
        let mut writer = encryptor
            .wrap_output(ArmoredWriter::wrap_output(&mut armored, Format::AsciiArmor).ok()?)
            .ok()?;
        writer.write_all(secret).ok()?;
        writer.finish().ok()?.finish().ok()?;
        String::from_utf8(armored).ok()
    })();
    sealed.ok_or(CryptoError::CannotSeal)
}

/// Opens what `lock_with` made. A wrong password and a damaged file cannot be told apart.
pub fn open_with(passphrase: &Passphrase, locked: &str) -> Result<Zeroizing<Vec<u8>>, CryptoError> {
    let mut identity = age::scrypt::Identity::new(passphrase.for_age());
    identity.set_max_work_factor(WorkFactor::MAXIMUM);
    let opened = (|| {
        let decryptor = Decryptor::new_buffered(ArmoredReader::new(locked.as_bytes())).ok()?;
        let mut reader = decryptor
            .decrypt(iter::once(&identity as &dyn age::Identity))
            .ok()?;
        let mut plain = Zeroizing::new(Vec::with_capacity(256));
        reader.read_to_end(&mut plain).ok()?;
        Some(plain)
    })();
    opened.ok_or(CryptoError::CannotOpen)
}

/// How much work opening what `lock_with` made takes, from its header (`-> scrypt SALT LOG_N`, age-encryption.org/v1).
pub fn work_of(locked: &str) -> Option<WorkFactor> {
    let mut header = Vec::new();
    let reader = ArmoredReader::new(locked.as_bytes());
    // The header of a file for one password is some 130 bytes.
    reader.take(200).read_to_end(&mut header).ok()?;
    let line = header
        .split(|byte| *byte == b'\n')
        .find_map(|line| line.strip_prefix(b"-> scrypt "))?;
    let log_n = std::str::from_utf8(line).ok()?.rsplit(' ').next()?;
    WorkFactor::new(log_n.parse().ok()?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_key_opens_for_its_recipient_and_under_its_name_only() {
        let (identity, other) = (Identity::make(), Identity::make());
        let wrapped = wrap_key(
            "field:bsn:1",
            &Key::from_slice(&[5; 32]).unwrap(),
            &identity.recipient(),
        )
        .unwrap();
        assert_eq!(
            unwrap_key("field:bsn:1", &wrapped, &identity)
                .unwrap()
                .expose(),
            &[5; 32]
        );
        assert!(unwrap_key("field:iban:1", &wrapped, &identity).is_err());
        assert!(unwrap_key("field:bsn:1", &wrapped, &other).is_err());
    }

    #[test]
    fn the_work_is_read_from_the_file() {
        let password = Passphrase::new("drie ganzen in een boot");
        for work in [4, 11] {
            let work = WorkFactor::new(work).unwrap();
            let locked = lock_with(&password, work, b"secret").unwrap();
            assert_eq!(work_of(&locked), Some(work));
        }
        assert_eq!(work_of("no age file"), None);
    }

    #[test]
    fn a_password_is_taken_exactly() {
        let long = "wachtwoordzin met spaties ".repeat(5);
        let locked =
            lock_with(&Passphrase::new(&long), WorkFactor::for_tests(), b"secret").unwrap();
        assert_eq!(
            open_with(&Passphrase::new(&long), &locked)
                .unwrap()
                .as_slice(),
            b"secret"
        );
        assert!(open_with(&Passphrase::new(&long[..long.len() - 1]), &locked).is_err());
        // The same word typed with a combining accent is the same password.
        let locked = lock_with(
            &Passphrase::new("caf\u{e9} aan zee"),
            WorkFactor::for_tests(),
            b"secret",
        )
        .unwrap();
        assert!(open_with(&Passphrase::new("cafe\u{301} aan zee"), &locked).is_ok());
    }
}
