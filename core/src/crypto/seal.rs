//! Sealing single values so that they open with the right keys and in the right place only.

use super::{
    CryptoError, Key,
    cipher::{Cipher, NONCE, TAG},
    random,
};
use crate::ids::{DossierId, PracticeId};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

/// Length of the random salt that every dossier has.
pub const SALT_BYTES: usize = 16;
const FORMAT: u8 = 1;
const INFO: &[u8] = b"dossierkluis field sealing 1";

/// Where a value lies; bound into the ciphertext as additional data. The encoding is frozen: a change needs a new
/// `FORMAT`.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The practice.
    pub practice: PracticeId,
    /// The dossier, or the practice itself for what belongs to no dossier.
    pub dossier: DossierId,
    /// The record inside the dossier: an entry, a change, or the dossier itself for its present values.
    pub record: [u8; 16],
    /// The field, or the name of a sealed column.
    pub field: &'a str,
    /// Version of the circle key.
    pub circle_version: u32,
    /// Version of the field key; 0 where the field has no key of its own.
    pub field_version: u32,
}

impl Place<'_> {
    fn encode(&self) -> Vec<u8> {
        let mut data = Vec::with_capacity(64 + self.field.len());
        data.push(FORMAT);
        data.extend_from_slice(self.practice.as_bytes());
        data.extend_from_slice(self.dossier.as_bytes());
        data.extend_from_slice(&self.record);
        data.extend_from_slice(&self.circle_version.to_le_bytes());
        data.extend_from_slice(&self.field_version.to_le_bytes());
        // Last and of free length, so that no two places encode alike.
        data.extend_from_slice(self.field.as_bytes());
        data
    }
}

/// A sealed value: format, nonce, ciphertext and tag.
pub type Sealed = Vec<u8>;

/// The key that seals one dossier's values of one field key: derived, never stored.
pub struct SealingKey(Cipher);

impl SealingKey {
    /// HKDF-SHA256 (RFC 5869) over the circle key and, where the field has one, the field key.
    pub fn derive(
        circle: &Key,
        field: Option<&Key>,
        salt: &[u8; SALT_BYTES],
    ) -> Result<Self, CryptoError> {
        let mut input = Zeroizing::new([0u8; 64]);
        input[..32].copy_from_slice(circle.expose());
        let length = match field {
            Some(field) => {
                input[32..].copy_from_slice(field.expose());
                64
            }
            None => 32,
        };
        let mut key = Zeroizing::new([0u8; 32]);
        Hkdf::<Sha256>::new(Some(salt), &input[..length])
            .expand(INFO, key.as_mut())
            .map_err(|_| CryptoError::CannotSeal)?;
        Ok(Self(Cipher::new(&key)))
    }

    /// Seals a value for this place.
    pub fn seal(&self, place: &Place<'_>, plain: &[u8]) -> Result<Sealed, CryptoError> {
        let nonce = random::<NONCE>()?;
        let mut sealed = Vec::with_capacity(1 + NONCE + plain.len() + TAG);
        sealed.push(FORMAT);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plain);
        let text = sealed.get_mut(1 + NONCE..).unwrap_or_default();
        let tag = self.0.seal(&nonce, &place.encode(), text)?;
        sealed.extend_from_slice(&tag);
        Ok(sealed)
    }

    /// Opens a value that was sealed for this place under this key.
    pub fn open(
        &self,
        place: &Place<'_>,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, CryptoError> {
        let (&format, rest) = sealed.split_first().ok_or(CryptoError::Form)?;
        if format != FORMAT {
            return Err(CryptoError::Form);
        }
        let (nonce, ciphertext) = rest.split_first_chunk::<NONCE>().ok_or(CryptoError::Form)?;
        let mut opened = Zeroizing::new(ciphertext.to_vec());
        let length = self.0.open(nonce, &place.encode(), &mut opened)?;
        opened.truncate(length);
        Ok(opened)
    }
}

/// One key that needs two: HKDF-SHA256 (RFC 5869) over both.
pub fn join_keys(door: &Key, own: &Key) -> Result<Key, CryptoError> {
    let mut input = Zeroizing::new([0u8; 64]);
    input[..32].copy_from_slice(door.expose());
    input[32..].copy_from_slice(own.expose());
    let mut joined = Zeroizing::new([0u8; 32]);
    Hkdf::<Sha256>::new(None, input.as_ref())
        .expand(b"dossierkluis vault key 1", joined.as_mut())
        .map_err(|_| CryptoError::CannotSeal)?;
    Key::from_slice(joined.as_ref())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn place(field: &str) -> Place<'_> {
        Place {
            practice: PracticeId::from_bytes(&[1; 16]).unwrap(),
            dossier: DossierId::from_bytes(&[2; 16]).unwrap(),
            record: [3; 16],
            field,
            circle_version: 1,
            field_version: 1,
        }
    }

    fn keys() -> (Key, Key) {
        (
            Key::from_slice(&[7; 32]).unwrap(),
            Key::from_slice(&[8; 32]).unwrap(),
        )
    }

    #[test]
    fn opens_in_its_own_place_only() {
        let (circle, field) = keys();
        let key = SealingKey::derive(&circle, Some(&field), &[9; 16]).unwrap();
        let sealed = key.seal(&place("bsn"), b"111222333").unwrap();
        assert_eq!(
            key.open(&place("bsn"), &sealed).unwrap().as_slice(),
            b"111222333"
        );
        let moved = [
            Place {
                field: "iban",
                ..place("bsn")
            },
            Place {
                record: [4; 16],
                ..place("bsn")
            },
            Place {
                dossier: DossierId::from_bytes(&[5; 16]).unwrap(),
                ..place("bsn")
            },
            Place {
                practice: PracticeId::from_bytes(&[5; 16]).unwrap(),
                ..place("bsn")
            },
            Place {
                circle_version: 2,
                ..place("bsn")
            },
            Place {
                field_version: 2,
                ..place("bsn")
            },
        ];
        for place in &moved {
            assert_eq!(
                key.open(place, &sealed).unwrap_err(),
                CryptoError::CannotOpen
            );
        }
    }

    #[test]
    fn either_key_alone_opens_nothing() {
        let (circle, field) = keys();
        let sealed = SealingKey::derive(&circle, Some(&field), &[9; 16])
            .unwrap()
            .seal(&place("bsn"), b"x")
            .unwrap();
        for (circle, field, salt) in [
            (&circle, None, [9; 16]),
            (&field, None, [9; 16]),
            (&circle, Some(&circle), [9; 16]),
            (&circle, Some(&field), [1; 16]),
        ] {
            let other = SealingKey::derive(circle, field, &salt).unwrap();
            assert!(other.open(&place("bsn"), &sealed).is_err());
        }
    }

    proptest! {
        #[test]
        fn round_trip_and_every_flip_is_noticed(plain: Vec<u8>, at: prop::sample::Index, bit in 0u8..8) {
            let (circle, _) = keys();
            let key = SealingKey::derive(&circle, None, &[0; 16]).unwrap();
            let mut sealed = key.seal(&place("notes"), &plain).unwrap();
            let opened = key.open(&place("notes"), &sealed).unwrap();
            prop_assert_eq!(opened.as_slice(), plain.as_slice());
            let at = at.index(sealed.len());
            sealed[at] ^= 1 << bit;
            prop_assert!(key.open(&place("notes"), &sealed).is_err());
        }
    }
}
