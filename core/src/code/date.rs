//! Calendar dates.

use super::CodeError;
use chrono::{Datelike, NaiveDate};
use std::fmt;

/// A day between the years 1000 and 9999. Stored as ISO 8601.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// Reads `dd-mm-jjjj` and `jjjj-mm-dd`, with dashes, slashes or points, zeros not needed. A slash does not make it
    /// American: the day always comes before the month. Years have four digits, because two would be a guess.
    ///
    /// # Errors
    /// [`CodeError::DateForm`], [`CodeError::DateImpossible`].
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let mut parts = text.trim().split(['-', '/', '.']).map(str::trim);
        let (Some(first), Some(month), Some(last), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(CodeError::DateForm);
        };
        let (year, day) = if first.len() == 4 {
            (first, last)
        } else {
            (last, first)
        };
        if year.len() != 4 || year.starts_with('0') {
            return Err(CodeError::DateForm);
        }
        let ymd = (number(year)?, number(month)?, number(day)?);
        let date = NaiveDate::from_ymd_opt(ymd.0.cast_signed(), ymd.1, ymd.2);
        date.map(Self).ok_or(CodeError::DateImpossible)
    }

    /// The day itself.
    pub fn day(&self) -> NaiveDate {
        self.0
    }

    /// `dd-mm-jjjj`.
    pub fn show(&self) -> String {
        let (day, month, year) = (self.0.day(), self.0.month(), self.0.year());
        format!("{day:02}-{month:02}-{year:04}")
    }
}

impl From<NaiveDate> for Date {
    fn from(day: NaiveDate) -> Self {
        Self(day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}

fn number(digits: &str) -> Result<u32, CodeError> {
    if super::all_digits(digits) && digits.len() <= 4 {
        digits.parse().map_err(|_| CodeError::DateForm)
    } else {
        Err(CodeError::DateForm)
    }
}

/// Whether somebody who lives can be born on a day, by the day that it is; both ISO 8601.
pub fn check_birth(born: &str, today: &str) -> Result<(), CodeError> {
    const FIRST: &str = "1900-01-01";
    match born {
        born if born > today => Err(CodeError::DateFuture),
        born if born < FIRST => Err(CodeError::DatePast),
        _ => Ok(()),
    }
}
