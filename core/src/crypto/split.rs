//! An identity in three shares: any two give it back, and one by itself says nothing about it.
//!
//! Shamir's scheme ("How to share a secret", 1979) with threshold two, byte by byte over the field of AES: share `x` of a
//! secret byte `s` is `s + a·x`, with a fresh random `a`. Written here because it is thirty lines, and the crates for it went
//! wrong in just these: `sharks`, which is left alone, and `vsss-rs` drew their `a` unevenly (RUSTSEC-2024-0398; an audit of
//! 2026), and `blahaj`, which came after the first, multiplies with tables, whose cache lines tell of the secret.

use super::{CryptoError, Identity, random};
use bech32::{Bech32, Hrp, primitives::decode::CheckedHrpstring};
use std::str::FromStr;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// How many shares there are.
pub const SHARES: u8 = 3;

const IDENTITY: Hrp = Hrp::parse_unchecked("age-secret-key-");
/// Stands before a share that is written down, as bech32 (BIP 173): up to four wrong signs are always noticed.
const SHARE: Hrp = Hrp::parse_unchecked("deel");
const SPLIT_BYTES: usize = 8;

/// One of three. No `Debug`, `Clone` or `Serialize`: two of them are the secret.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Share {
    number: u8,
    split: [u8; SPLIT_BYTES],
    value: [u8; 32],
}

/// Why two shares give nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// The same share twice.
    Same,
    /// Shares of two different splits.
    Other,
    /// What they give is no identity.
    Form,
}

impl Share {
    /// Which of the three.
    pub fn number(&self) -> u8 {
        self.number
    }

    /// Of which split, as text; the same on all three, and no secret.
    pub fn split(&self) -> String {
        super::hex(&self.split)
    }

    /// As it is written down, in capitals.
    pub(crate) fn expose(&self) -> Result<Zeroizing<String>, CryptoError> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(41));
        bytes.push(self.number);
        bytes.extend_from_slice(&self.split);
        bytes.extend_from_slice(&self.value);
        encode(SHARE, &bytes)
    }
}

impl FromStr for Share {
    type Err = CryptoError;

    fn from_str(text: &str) -> Result<Self, CryptoError> {
        let bytes = decode(SHARE, text)?;
        let (number, rest) = bytes.split_first().ok_or(CryptoError::Form)?;
        let (split, value) = rest
            .split_at_checked(SPLIT_BYTES)
            .ok_or(CryptoError::Form)?;
        if !(1..=SHARES).contains(number) {
            return Err(CryptoError::Form);
        }
        Ok(Self {
            number: *number,
            split: split.try_into().map_err(|_| CryptoError::Form)?,
            value: value.try_into().map_err(|_| CryptoError::Form)?,
        })
    }
}

/// Splits an identity into three.
pub fn split(identity: &Identity) -> Result<[Share; SHARES as usize], CryptoError> {
    let secret = decode(IDENTITY, &identity.expose())?;
    let secret: Zeroizing<[u8; 32]> = Zeroizing::new(
        secret
            .as_slice()
            .try_into()
            .map_err(|_| CryptoError::Form)?,
    );
    let (slope, split) = (Zeroizing::new(random::<32>()?), random()?);
    let share = |number: u8| {
        let mut value = *secret;
        for (byte, slope) in value.iter_mut().zip(slope.iter()) {
            *byte ^= times(*slope, number);
        }
        Share {
            number,
            split,
            value,
        }
    };
    Ok([share(1), share(2), share(3)])
}

/// Puts two shares together.
pub fn join(one: &Share, two: &Share) -> Result<Identity, Mismatch> {
    if one.split != two.split {
        return Err(Mismatch::Other);
    }
    if one.number == two.number {
        return Err(Mismatch::Same);
    }
    // The line through both points, at zero.
    let over = inverse(one.number ^ two.number);
    let (of_one, of_two) = (times(two.number, over), times(one.number, over));
    let mut secret = Zeroizing::new([0; 32]);
    for (at, byte) in secret.iter_mut().enumerate() {
        *byte = times(one.value[at], of_one) ^ times(two.value[at], of_two);
    }
    encode(IDENTITY, secret.as_slice())
        .and_then(|text| text.parse())
        .map_err(|_| Mismatch::Form)
}

/// Multiplication modulo x⁸ + x⁴ + x³ + x + 1, in the same time whatever the bytes are.
fn times(mut a: u8, mut b: u8) -> u8 {
    let mut product = 0;
    for _ in 0..8 {
        product ^= a & 0u8.wrapping_sub(b & 1);
        let carry = 0u8.wrapping_sub(a >> 7);
        a = (a << 1) ^ (0x1b & carry);
        b >>= 1;
    }
    product
}

/// a²⁵⁴, the inverse of every a but zero.
fn inverse(a: u8) -> u8 {
    (0..253).fold(a, |power, _| times(power, a))
}

fn encode(hrp: Hrp, bytes: &[u8]) -> Result<Zeroizing<String>, CryptoError> {
    bech32::encode_upper::<Bech32>(hrp, bytes)
        .map(Zeroizing::new)
        .map_err(|_| CryptoError::Form)
}

fn decode(hrp: Hrp, text: &str) -> Result<Zeroizing<Vec<u8>>, CryptoError> {
    let checked = CheckedHrpstring::new::<Bech32>(text).map_err(|_| CryptoError::Form)?;
    if checked.hrp() != hrp {
        return Err(CryptoError::Form);
    }
    Ok(Zeroizing::new(checked.byte_iter().collect()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_field_is_that_of_aes() {
        // FIPS 197, 4.2 and 4.2.1.
        let cases = [(0x57, 0x83, 0xc1), (0x57, 0x13, 0xfe), (0x57, 0x02, 0xae)];
        for (a, b, product) in cases {
            assert_eq!((times(a, b), times(b, a)), (product, product));
        }
        assert!((1..=255).all(|a| times(a, inverse(a)) == 1));
    }

    #[test]
    fn any_two_give_it_back() {
        let identity = Identity::make();
        let shares = split(&identity).unwrap();
        for one in &shares {
            for two in &shares {
                match join(one, two) {
                    Ok(joined) => assert_eq!(*joined.expose(), *identity.expose()),
                    Err(mismatch) => {
                        assert_eq!((mismatch, one.number), (Mismatch::Same, two.number));
                    }
                }
            }
        }
    }

    #[test]
    fn written_vectors_stay_readable() {
        for (one, two) in [(0, 1), (0, 2), (1, 2)] {
            let one: Share = VECTORS[one].parse().unwrap();
            let two: Share = VECTORS[two].parse().unwrap();
            assert_eq!(one.split(), "0123456789abcdef");
            let Ok(joined) = join(&one, &two) else {
                panic!("they belong together")
            };
            assert_eq!(*joined.expose(), WHOLE);
        }
    }

    const WHOLE: &str =
        "AGE-SECRET-KEY-1QQQSYQCYQ5RQWZQFPG9SCRGWPUGPZYSNZS23V9CCRYDPK8QARC0SWRYDWG";
    /// Secret bytes 0 to 31, slope 7i + 3, made with another program.
    const VECTORS: [&str; 3] = [
        "DEEL1QYQJX3T83X4UMMCRPVF3KXER9VENXJ6RTDD4X6MRVD4E8XUMSW9M8VAT50DAH57TCV5ERV5N",
        "DEEL1QGQJX3T83X4UMMCXZ5SRXWJFT3HHARVC4W3TR3XH7MJSKXQ3YGM5G4TXWWQGNX40HSWY7QQY",
        "DEEL1QVQJX3T83X4UMMC9RUCJKFT0W9D5TN73L067LGDMSK0C4YY7KJ4WPLK5EFQYU4R6VQXR60SN",
    ];

    /// For one share every secret byte is as likely as any other: exactly one slope leads to it.
    #[test]
    fn one_share_says_nothing() {
        for number in 1..=SHARES {
            for seen in 0..=255u8 {
                let slopes =
                    |secret: u8| (0..=255u8).filter(move |a| secret ^ times(*a, number) == seen);
                assert!((0..=255u8).all(|secret| slopes(secret).count() == 1));
            }
        }
    }

    #[test]
    fn shares_of_two_splits_do_not_mix() {
        let identity = Identity::make();
        let (first, second) = (split(&identity).unwrap(), split(&identity).unwrap());
        assert_eq!(join(&first[0], &second[1]).err(), Some(Mismatch::Other));
    }

    proptest! {
        #[test]
        fn a_share_is_read_as_it_was_written_and_not_with_a_wrong_sign(at in 5usize..77, by in 1usize..31) {
            let shares = split(&Identity::make()).unwrap();
            let text = shares[1].expose().unwrap();
            let read: Share = text.to_lowercase().parse().unwrap();
            prop_assert_eq!((read.number, read.split, read.value), (2, shares[1].split, shares[1].value));
            const SIGNS: &[u8] = b"QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
            let mut typed = text.as_bytes().to_vec();
            let place = SIGNS.iter().position(|sign| *sign == typed[at]).unwrap();
            typed[at] = SIGNS[(place + by) % 32];
            prop_assert!(std::str::from_utf8(&typed).unwrap().parse::<Share>().is_err());
        }
    }
}
