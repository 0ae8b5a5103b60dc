//! XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03): a subkey by HChaCha20, then ChaCha20-Poly1305 (RFC 8439) under it. The latter
//! is ring's: most of what is sealed here is a name or a date, and of those it opens five in the time in which the
//! `chacha20poly1305` crate opens one.

use super::CryptoError;
use chacha20::{R20, hchacha};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use zeroize::Zeroizing;

/// Bytes of a nonce: enough to draw one at random for each value.
pub(super) const NONCE: usize = 24;
/// Bytes of what proves that nothing was changed.
pub(super) const TAG: usize = 16;

/// Bytes of the nonce that choose the subkey; the others are the nonce under it.
const CHOOSING: usize = 16;

/// A key that seals and opens.
pub(super) struct Cipher(Zeroizing<[u8; 32]>);

impl Cipher {
    pub fn new(key: &[u8; 32]) -> Self {
        Self(Zeroizing::new(*key))
    }

    /// Seals what lies there; gives its tag. No nonce may be used twice.
    pub fn seal(
        &self,
        nonce: &[u8; NONCE],
        bound: &[u8],
        text: &mut [u8],
    ) -> Result<[u8; TAG], CryptoError> {
        let (key, nonce) = self.under(nonce).ok_or(CryptoError::CannotSeal)?;
        key.seal_in_place_separate_tag(nonce, Aad::from(bound), text)
            .ok()
            .and_then(|tag| tag.as_ref().try_into().ok())
            .ok_or(CryptoError::CannotSeal)
    }

    /// Opens what lies there with its tag behind it; gives its length. What does not open leaves nothing readable behind.
    pub fn open(
        &self,
        nonce: &[u8; NONCE],
        bound: &[u8],
        sealed: &mut [u8],
    ) -> Result<usize, CryptoError> {
        let (key, nonce) = self.under(nonce).ok_or(CryptoError::CannotOpen)?;
        key.open_in_place(nonce, Aad::from(bound), sealed)
            .map(|text| text.len())
            .map_err(|_| CryptoError::CannotOpen)
    }

    /// ring does not wipe what it was given: the subkey stays on the stack until that is used again. It is that of one value.
    fn under(&self, nonce: &[u8; NONCE]) -> Option<(LessSafeKey, Nonce)> {
        let (choosing, rest) = nonce.split_first_chunk::<CHOOSING>()?;
        let subkey: Zeroizing<[u8; 32]> =
            Zeroizing::new(hchacha::<R20>((&*self.0).into(), choosing.into()).into());
        let mut under = [0; NONCE_LEN];
        under[NONCE_LEN - rest.len()..].copy_from_slice(rest);
        let key = UnboundKey::new(&CHACHA20_POLY1305, subkey.as_ref()).ok()?;
        Some((LessSafeKey::new(key), Nonce::assume_unique_for_key(under)))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use chacha20poly1305::{
        KeyInit, XChaCha20Poly1305,
        aead::{Aead, Payload},
    };
    use proptest::prelude::*;

    fn seal(key: [u8; 32], nonce: [u8; NONCE], bound: &[u8], plain: &[u8]) -> Vec<u8> {
        let mut sealed = plain.to_vec();
        let cipher = Cipher::new(&key);
        let tag = cipher.seal(&nonce, bound, &mut sealed).unwrap();
        sealed.extend_from_slice(&tag);
        sealed
    }

    fn lengths() -> impl Strategy<Value = usize> {
        prop_oneof![0..300_usize, 300..3000_usize, 65_500..65_600_usize]
    }

    /// The example of draft-irtf-cfrg-xchacha-03, A.3.1.
    #[test]
    fn seals_as_the_standard_says() {
        let key: [u8; 32] = std::array::from_fn(|at| 0x80 + at as u8);
        let nonce: [u8; NONCE] = std::array::from_fn(|at| 0x40 + at as u8);
        let bound = [
            0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7,
        ];
        let plain = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, \
            sunscreen would be it.";
        let sealed = seal(key, nonce, &bound, plain);
        assert_eq!(
            sealed[..8],
            [0xbd, 0x6d, 0x17, 0x9d, 0x3e, 0x83, 0xd4, 0x3b]
        );
        assert_eq!(
            sealed[plain.len()..],
            [
                0xc0, 0x87, 0x59, 0x24, 0xc1, 0xc7, 0x98, 0x79, 0x47, 0xde, 0xaf, 0xd8, 0x78, 0x0a,
                0xcf, 0x49
            ]
        );
    }

    proptest! {
        /// As another implementation does, in both directions, at the lengths of names, notes and pieces of documents.
        #[test]
        fn agrees_with_another(key: [u8; 32], nonce: [u8; NONCE], bound: Vec<u8>, length in lengths(), fill: u8) {
            let plain: Vec<u8> = (0..length).map(|at| (at as u8).wrapping_mul(31) ^ fill).collect();
            let other = XChaCha20Poly1305::new(&key.into());
            let theirs = other.encrypt(&nonce.into(), Payload { msg: &plain, aad: &bound }).unwrap();
            prop_assert_eq!(&seal(key, nonce, &bound, &plain), &theirs);
            let mut opened = theirs;
            let length = Cipher::new(&key).open(&nonce, &bound, &mut opened).unwrap();
            prop_assert_eq!(&opened[..length], &plain[..]);
        }

        #[test]
        fn a_flipped_bit_opens_nothing_and_leaves_nothing(
            key: [u8; 32], plain in prop::collection::vec(any::<u8>(), 8..300), at: prop::sample::Index, bit in 0..8u8,
        ) {
            let mut sealed = seal(key, [1; NONCE], b"place", &plain);
            let at = at.index(sealed.len());
            sealed[at] ^= 1 << bit;
            prop_assert!(Cipher::new(&key).open(&[1; NONCE], b"place", &mut sealed).is_err());
            prop_assert!(sealed[..plain.len()].iter().all(|byte| *byte == 0));
        }
    }
}
