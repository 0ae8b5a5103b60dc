//! Telephone numbers.

use super::{CodeError, all_digits, is_filler, stored_text};

stored_text!(
    /// A number in E.164: `+`, country, subscriber.
    Phone
);

/// Dutch area and network codes of two digits after the zero; the others have three.
const SHORT_AREAS: &[&str] = &[
    "10", "13", "14", "15", "20", "23", "24", "26", "30", "33", "35", "36", "38", "40", "43", "45",
    "46", "50", "53", "55", "58", "70", "71", "72", "73", "74", "75", "76", "77", "78", "79", "82",
    "84", "85", "87", "88", "91", "97",
];

/// Dutch numbers for information, which are shorter or longer than others.
const SERVICE: &[&str] = &["800", "900", "906", "909"];

impl Phone {
    /// Reads `06-12345678`, `(020) 123 45 67`, `0031 6 …`, `+31 (0)6 …`, or a foreign number that starts with `+` or
    /// `00`. Nine digits without a zero are taken for a Dutch number whose zero a spreadsheet dropped.
    ///
    /// # Errors
    /// [`CodeError::PhoneForm`].
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        // As it is stored.
        if let Some(digits) = text.strip_prefix('+')
            && all_digits(digits)
        {
            return from_international(digits);
        }
        let dialled = text.replace("(0)", "");
        let signs: String = dialled
            .chars()
            .filter(|c| !is_filler(*c) && !matches!(c, '(' | ')' | '/'))
            .collect();
        let (international, digits) =
            match signs.strip_prefix('+').or_else(|| signs.strip_prefix("00")) {
                Some(rest) => (true, rest),
                None => (false, signs.as_str()),
            };
        if !all_digits(digits) {
            return Err(CodeError::PhoneForm);
        }
        if international {
            from_international(digits)
        } else {
            from_dutch(digits)
        }
    }

    /// Dutch numbers as they are dialled at home, `06-12345678` and `020-1234567`; foreign ones with their `+`.
    pub fn show(&self) -> String {
        let Some(subscriber) = self.0.strip_prefix("+31") else {
            return self.0.clone();
        };
        match subscriber.split_at_checked(area_length(subscriber)) {
            Some((area, rest)) => ["0", area, "-", rest].concat(),
            None => self.0.clone(),
        }
    }
}

fn area_length(subscriber: &str) -> usize {
    let short = |areas: &[&str]| areas.iter().any(|area| subscriber.starts_with(area));
    if subscriber.starts_with('6') {
        1
    } else if short(SHORT_AREAS) && !short(SERVICE) {
        2
    } else {
        3
    }
}

fn from_international(digits: &str) -> Result<Phone, CodeError> {
    if let Some(subscriber) = digits.strip_prefix("31") {
        return subscribe(subscriber.strip_prefix('0').unwrap_or(subscriber));
    }
    let possible = (7..=15).contains(&digits.len()) && !digits.starts_with('0');
    if possible {
        Ok(Phone(format!("+{digits}")))
    } else {
        Err(CodeError::PhoneForm)
    }
}

fn from_dutch(digits: &str) -> Result<Phone, CodeError> {
    if let Some(subscriber) = digits.strip_prefix('0') {
        return subscribe(subscriber);
    }
    match digits.len() {
        9 => subscribe(digits),
        11 => digits
            .strip_prefix("31")
            .ok_or(CodeError::PhoneForm)
            .and_then(subscribe),
        _ => Err(CodeError::PhoneForm),
    }
}

fn subscribe(subscriber: &str) -> Result<Phone, CodeError> {
    let lengths = if SERVICE.iter().any(|code| subscriber.starts_with(code)) {
        7..=10
    } else if subscriber.starts_with("97") {
        9..=11
    } else {
        9..=9
    };
    let possible = lengths.contains(&subscriber.len()) && !subscriber.starts_with('0');
    if possible {
        Ok(Phone(["+31", subscriber].concat()))
    } else {
        Err(CodeError::PhoneForm)
    }
}
