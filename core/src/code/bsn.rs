//! Citizen service number (Wet algemene bepalingen burgerservicenummer).

use super::{CodeError, all_digits, compact, stored_text};

stored_text!(
    /// Nine digits that pass the eleven-test. May only be kept where a statute says so (UAVG art. 46).
    Bsn
);

impl Bsn {
    /// Reads seven to nine digits; leading zeros that a spreadsheet dropped come back.
    ///
    /// # Errors
    /// [`CodeError::BsnForm`], [`CodeError::BsnCheck`].
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let digits = compact(text);
        if !all_digits(&digits) || !(7..=9).contains(&digits.len()) {
            return Err(CodeError::BsnForm);
        }
        let padded = format!("{digits:0>9}");
        if passes(padded.bytes()) {
            Ok(Self(padded))
        } else {
            Err(CodeError::BsnCheck)
        }
    }
}

/// The eleven-test on nine digits: weights 9 down to 2, and -1 for the last. Zero does not pass.
pub(super) fn passes(digits: impl Iterator<Item = u8>) -> bool {
    let weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];
    let (mut sum, mut any) = (0i32, false);
    for (digit, weight) in digits.zip(weights) {
        let digit = i32::from(digit) - i32::from(b'0');
        sum += digit * weight;
        any |= digit != 0;
    }
    any && sum % 11 == 0
}

/// Whether free text holds something that is shaped like a citizen service number and passes its test: nine digits, or
/// eight that stand alone, also with spaces, points or dashes in between. For a warning: one number in eleven passes by
/// chance.
pub fn looks_like_bsn(text: &str) -> bool {
    let groups = digit_groups(text);
    (0..groups.len()).any(|first| starts_bsn(&groups, first))
}

/// A run of digits, and whether just one separator stands between it and the run before.
struct Group<'a> {
    digits: &'a [u8],
    joined: bool,
}

fn digit_groups(text: &str) -> Vec<Group<'_>> {
    let bytes = text.as_bytes();
    let (mut groups, mut at, mut last_end) = (Vec::new(), 0, None);
    while let Some(skip) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(u8::is_ascii_digit))
    {
        let start = at + skip;
        let length = bytes[start..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count();
        let joined = last_end
            .is_some_and(|end| end + 1 == start && matches!(bytes[end], b' ' | b'.' | b'-'));
        groups.push(Group {
            digits: &bytes[start..start + length],
            joined,
        });
        at = start + length;
        last_end = Some(at);
    }
    groups
}

fn starts_bsn(groups: &[Group<'_>], first: usize) -> bool {
    let alone = !groups[first].joined && !groups.get(first + 1).is_some_and(|next| next.joined);
    if alone && groups[first].digits.len() == 8 {
        return passes(std::iter::once(b'0').chain(groups[first].digits.iter().copied()));
    }
    let mut digits = Vec::with_capacity(9);
    for (at, group) in groups[first..].iter().enumerate() {
        if (at > 0 && !group.joined) || digits.len() + group.digits.len() > 9 {
            break;
        }
        digits.extend_from_slice(group.digits);
    }
    digits.len() == 9 && passes(digits.into_iter())
}

#[cfg(test)]
mod tests {
    use super::looks_like_bsn;

    #[test]
    fn a_bsn_is_found_in_free_text() {
        for text in [
            "bsn 111222333.",
            "111 222 333",
            "x1112.22.333",
            "é12345672é",
            "1 111222333",
            "111222333 12 keer",
        ] {
            assert!(looks_like_bsn(text), "{text:?}");
        }
        for text in [
            "",
            "111252333",
            "06-12345672",
            "1112223330",
            "000000000",
            "12-03-1980",
            "111 222  333",
            "€ 12.345,67",
        ] {
            assert!(!looks_like_bsn(text), "{text:?}");
        }
    }
}
