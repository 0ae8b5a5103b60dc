//! Amounts of money and plain numbers, in Dutch and English notation.

use super::{CodeError, all_digits, stored_text};
use std::fmt;

/// Euro, counted in cents. Stored as `1234.56`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

impl Money {
    /// Reads `1.234,56`, `1,234.56`, `€ 1234`, `12,-` and the like. One separator with three digits after it parts
    /// thousands: `1.234` is one thousand two hundred and thirty-four.
    ///
    /// # Errors
    /// [`CodeError::MoneyForm`], also when the amount is beyond counting.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let plain = text.replace('€', "").replace("EUR", "");
        let parts = Parts::of(&plain, 2).ok_or(CodeError::MoneyForm)?;
        let digits = format!("{}{:0<2}", parts.whole, parts.fraction);
        let cents: i64 = digits.parse().map_err(|_| CodeError::MoneyForm)?;
        Ok(Self(if parts.negative { -cents } else { cents }))
    }

    /// This many cents.
    pub fn from_cents(cents: i64) -> Self {
        Self(cents)
    }

    /// The amount in cents.
    pub fn cents(&self) -> i64 {
        self.0
    }

    /// `€ 1.234,56`, or `€ -1.234,56`.
    pub fn show(&self) -> String {
        let (sign, euro, cents) = self.split();
        let digits = euro.to_string();
        let first = digits.len() % 3;
        let mut grouped = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && at % 3 == first {
                grouped.push('.');
            }
            grouped.push(digit);
        }
        format!("€ {sign}{grouped},{cents:02}")
    }

    fn split(&self) -> (&'static str, u64, u64) {
        let sign = if self.0 < 0 { "-" } else { "" };
        (
            sign,
            self.0.unsigned_abs() / 100,
            self.0.unsigned_abs() % 100,
        )
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, euro, cents) = self.split();
        write!(f, "{sign}{euro}.{cents:02}")
    }
}

stored_text!(
    /// A decimal number of at most thirty digits, with a point. Kept as text, so nothing is rounded.
    Number
);

impl Number {
    /// Reads `1,5`, `1.5`, `1.234,5`. A single separator is always the decimal one.
    ///
    /// # Errors
    /// [`CodeError::NumberForm`].
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let parts = Parts::of(text, 30).ok_or(CodeError::NumberForm)?;
        let trimmed = parts.whole.trim_start_matches('0');
        let whole = if trimmed.is_empty() { "0" } else { trimmed };
        if whole.len() + parts.fraction.len() > 30 {
            return Err(CodeError::NumberForm);
        }
        let zero = whole == "0" && parts.fraction.bytes().all(|b| b == b'0');
        let sign = if parts.negative && !zero { "-" } else { "" };
        let point = if parts.fraction.is_empty() { "" } else { "." };
        Ok(Self(format!("{sign}{whole}{point}{}", parts.fraction)))
    }

    /// With a decimal comma.
    pub fn show(&self) -> String {
        self.0.replace('.', ",")
    }
}

/// The digits of a number before and after its decimal separator.
struct Parts {
    negative: bool,
    whole: String,
    fraction: String,
}

impl Parts {
    /// `decimals` is how many digits can follow the decimal separator.
    fn of(text: &str, decimals: usize) -> Option<Self> {
        let signs: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let unsigned = signs.strip_prefix(['-', '−']);
        let rest = unsigned.unwrap_or(&signs);
        let rest = rest
            .strip_suffix(",-")
            .or_else(|| rest.strip_suffix(",--"))
            .unwrap_or(rest);
        let (whole, fraction) = split_decimals(rest, decimals)?;
        let whole = without_thousands(whole)?;
        let sound = fraction.is_none_or(|f| all_digits(f) && f.len() <= decimals);
        sound.then(|| Self {
            negative: unsigned.is_some(),
            whole,
            fraction: fraction.unwrap_or_default().to_owned(),
        })
    }
}

/// Cuts at the last separator, if that one is decimal: it stands alone, or differs from those before.
fn split_decimals(text: &str, decimals: usize) -> Option<(&str, Option<&str>)> {
    let Some(at) = text.rfind(['.', ',']) else {
        return Some((text, None));
    };
    let (whole, fraction) = (&text[..at], text.get(at + 1..)?);
    let separator = text.get(at..=at)?;
    let thousands = whole.contains(separator)
        || (!whole.contains(['.', ',']) && fraction.len() == 3 && decimals < 3);
    Some(if thousands {
        (text, None)
    } else {
        (whole, Some(fraction))
    })
}

/// The digits alone, when separators part them in threes and are all the same.
fn without_thousands(whole: &str) -> Option<String> {
    let separator = if whole.contains('.') { '.' } else { ',' };
    let groups: Vec<&str> = whole.split(separator).collect();
    let (first, later) = groups.split_first()?;
    let grouped = later.iter().all(|g| g.len() == 3)
        && (later.is_empty() || (first.len() <= 3 && !first.starts_with('0')));
    (grouped && groups.iter().all(|g| all_digits(g))).then(|| groups.concat())
}
