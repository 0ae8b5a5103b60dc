//! Passwords: normalised, rated, and hashed with a stated amount of work.

use age::secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;
use zxcvbn::matching::patterns::MatchPattern;

/// A password as typed, in Unicode normal form C so that the same word typed on another keyboard is the same.
pub struct Passphrase(SecretString);

impl Passphrase {
    /// Takes a password exactly as given, of any length.
    pub fn new(text: &str) -> Self {
        let mut normal = String::with_capacity(text.len() * 2);
        normal.extend(text.nfc());
        Self(SecretString::from(normal.into_boxed_str()))
    }

    /// For the age recipient, which wants a copy of its own and wipes it.
    pub(super) fn for_age(&self) -> SecretString {
        self.0.clone()
    }

    /// A second copy, for checking what was just put under it.
    pub(super) fn again(&self) -> Self {
        Self(self.0.clone())
    }

    /// Whether two passwords are the same.
    pub fn same_as(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }
}

/// Work of scrypt as log2(N) (RFC 7914, r = 8, p = 1); stored in the keyring so that it can be raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WorkFactor(u8);

impl WorkFactor {
    /// Today's: about 0.7 s and 256 MiB on an ordinary laptop.
    pub const CURRENT: Self = Self(18);
    /// The least that was ever meant for a password that is a secret. Less is a test's or a benchmark's, and stays.
    const LEAST: Self = Self(14);
    /// The most that is accepted from a file: 2^22 is 4 GiB.
    pub(super) const MAXIMUM: u8 = 22;

    /// A stated amount of work, as log2(N); `None` beyond what a file may ask for.
    pub fn new(log_n: u8) -> Option<Self> {
        (1..=Self::MAXIMUM).contains(&log_n).then_some(Self(log_n))
    }

    /// Light work for tests and benchmarks, where the password is no secret.
    pub const fn for_tests() -> Self {
        Self(4)
    }

    /// What passwords should have now, where this has fallen behind.
    pub fn raised(self) -> Self {
        if (Self::LEAST..Self::CURRENT).contains(&self) {
            Self::CURRENT
        } else {
            self
        }
    }

    /// log2(N).
    pub fn log_n(self) -> u8 {
        self.0
    }
}

/// Why a new password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Fewer than 12 characters and easier to guess than the practice demands.
    TooWeak,
    /// Among the passwords that everybody tries first.
    Common,
}

/// An honest estimate of a password.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Strength {
    /// 0 (guessed at once) to 4 (very hard), by zxcvbn.
    pub score: u8,
    /// log10 of the number of guesses.
    pub guesses_log10: f64,
    /// Why it is refused, if it is.
    pub refusal: Option<Refusal>,
}

/// Characters from which a password is accepted whatever its score.
const LONG: usize = 12;

/// Rates a password. `words` are things that others know of this person (names, the practice). `least` is the score
/// that a password shorter than 12 characters needs (the practice sets it; 3 at least).
pub fn rate(password: &str, words: &[&str], least: u8) -> Strength {
    let normal: Zeroizing<String> = Zeroizing::new(password.nfc().collect());
    let rated = zxcvbn::zxcvbn(&normal, words);
    let score = u8::from(rated.score());
    let guesses_log10 = rated.guesses_log10();
    let refusal = if is_common(&rated, normal.chars().count()) {
        Some(Refusal::Common)
    } else if normal.chars().count() < LONG && score < least.max(3) || score == 0 {
        Some(Refusal::TooWeak)
    } else {
        None
    };
    Strength {
        score,
        guesses_log10,
        refusal,
    }
}

/// One dictionary word (also reversed or with look-alike signs) is the whole password.
fn is_common(rated: &zxcvbn::Entropy, length: usize) -> bool {
    match rated.sequence() {
        [only] => {
            matches!(only.pattern, MatchPattern::Dictionary(_)) && only.j + 1 - only.i >= length
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_or_strong_and_not_common() {
        let cases: &[(&str, Option<Refusal>)] = &[
            ("password1", Some(Refusal::Common)),
            ("qwertyuiop", Some(Refusal::Common)),
            ("k7", Some(Refusal::TooWeak)),
            ("aaaaaaaaaaaaaaaa", Some(Refusal::TooWeak)),
            ("drie ganzen in een boot", None),
            ("xK9#vQ2!mZ", None),
        ];
        for (password, refusal) in cases {
            assert_eq!(rate(password, &[], 3).refusal, *refusal, "{password}");
        }
    }
}
