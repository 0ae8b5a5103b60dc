//! Dates in texts: found in the ways in which people write them, and moved by so many days.

use super::{
    pairs,
    words::{DAYS, MONTHS, NUMBERS},
};
use crate::fold::fold;
use chrono::{Datelike, NaiveDate, TimeDelta};
use regex::{Captures, Regex};
use std::{collections::HashSet, sync::LazyLock};

/// A date as it stands in a text.
pub(super) struct Found {
    /// From this byte.
    pub start: usize,
    /// To before this one.
    pub end: usize,
    /// The day; with `day` false the middle of the month.
    pub date: NaiveDate,
    /// It may be a fraction, a score or a range as well.
    pub doubted: bool,
    way: Way,
}

/// How it is written.
#[derive(Clone, Copy)]
enum Way {
    /// `2026-03-03`
    Iso,
    /// `3-3-2026`, with this sign between, and the digits of the year.
    Digits { sign: char, year: u8 },
    /// `3 maart 2026`
    Words {
        day: bool,
        year: bool,
        english: bool,
    },
}

fn months() -> String {
    let all = MONTHS.iter().flat_map(|(.., words)| words.iter());
    let mut all: Vec<&str> = all.copied().collect();
    all.sort_by_key(|word| std::cmp::Reverse(word.len()));
    all.join("|")
}

fn numbers() -> String {
    let mut all: Vec<&str> = NUMBERS
        .iter()
        .flat_map(|words| words.iter().copied())
        .collect();
    all.sort_by_key(|word| std::cmp::Reverse(word.len()));
    all.join("|")
}

/// One expression for all ways, on folded text. Its parts are fixed: a test compiles it.
static DATES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let (months, numbers, days) = (months(), numbers(), DAYS.join("|"));
    Regex::new(&format!(
        r"(?x)
        \b(?P<iy>\d{{4}})[-/](?P<im>\d{{1,2}})[-/](?P<id>\d{{1,2}})\b
        | \b(?P<dmy>
            \d{{1,2}}[-/.]\d{{1,2}}[-/.]'?(?:\d{{4}}|\d{{2}})
            # Loose: a short year only where all of it is, so that a range of two days is no date.
            | \d{{1,2}}\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?'?\d{{4}}
            | \d{{1,2}}\s[-/.]\s\d{{1,2}}\s[-/.]\s'?\d{{2}}
            | \d{{1,2}}\.\s\d{{1,2}}\.\s'?\d{{2}}
        )\b
        | (?:\b(?:{days}),?\s+)?\b(?P<pair>\d{{1,2}}[-/]\d{{1,2}})\b
        | \b(?P<gd>\d{{1,2}})[-./](?P<gm>{months})[-./]\s?'?(?P<gy>\d{{4}}|\d{{2}})\b
        | \b(?P<hd>\d{{1,2}})(?:e|ste|de|st|nd|rd|th)?[-./]?(?P<hm>{months})(?:\s?'?(?P<hy>\d{{4}}|\d{{2}}))?\b
        | (?:\b(?:{days}),?\s+)?\b(?P<wd>\d{{1,2}}|{numbers})(?:e|ste|de|st|nd|rd|th)?\.?\s+(?:of\s+)?
            (?P<wm>{months})(?:(?P<wg>\d{{4}}|\d{{2}})\b|\b\.?(?:(?:,?\s+'?|')(?P<wy>\d{{4}}|\d{{2}})\b)?)
        | \b(?P<em>{months})\s+(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<ey>\d{{4}}))?
        | \b(?P<mm>{months})\.?\s*(?P<my>\d{{4}}|'\d{{2}})\b
        | \b(?:in|begin|eind|half|medio|sinds|vanaf|tot|rond)\s+(?P<om>{months})\b\.?(?:\s+(?P<oy>\d{{4}})\b)?"
    ))
    .ok()
});

/// Every date in a text that was folded; `near` decides about the year where none is written.
pub(super) fn find(folded: &str, near: NaiveDate) -> Vec<Found> {
    let Some(dates) = &*DATES else {
        return Vec::new();
    };
    let (mut found, mut from, mut at) = (Vec::new(), 0, 0);
    while let Some(caught) = dates.captures_at(folded, at) {
        let Some(one) = read(&caught, folded, near) else {
            // `7-8 maart`: what is no pair may end with the beginning of a day.
            let pair = caught
                .name("pair")
                .map(|pair| (pair.start(), pair.as_str()));
            let sign = pair.and_then(|(start, pair)| Some(start + pair.find(['-', '/'])?));
            at = sign
                .or(caught.get(0).map(|whole| whole.end()))
                .unwrap_or(folded.len());
            continue;
        };
        let (end, first) = (one.end, found.len());
        let mut next = one;
        // `14, 20 en 25 mei`, from the last to the first.
        while let Some(before) = listed_before(folded, from, (&next, found.len() == first), near) {
            let after = std::mem::replace(&mut next, before);
            found.insert(first, after);
        }
        found.insert(first, next);
        (from, at) = (end, end);
    }
    found
}

/// A day before another of the same month, of which the month stands behind the last alone.
static LISTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?P<before>[-.:,/]?)\b(?P<day>\d{1,2})(?:e|ste|de|st|nd|rd|th)?\s*(?P<sign>,|-|en|of|t/m|tm|tot|tot\s+en\s+met|and|or|to|until)\s*$",
    )
    .ok()
});

fn listed_before(
    folded: &str,
    from: usize,
    (next, last): (&Found, bool),
    near: NaiveDate,
) -> Option<Found> {
    let (year, digits) = match next.way {
        Way::Words {
            day: true, year, ..
        } => (year, false),
        Way::Digits { year, .. } if !next.doubted => (year > 0, true),
        _ => return None,
    };
    let caught = LISTED.as_ref()?.captures(folded.get(from..next.start)?)?;
    // A comma before the last makes no list: `kamer 14, 20 mei`. Before digits a dash makes none, and the end of a time is no day.
    let dash = digits && (&caught["sign"] == "-" || !caught["before"].is_empty());
    if &caught["sign"] == "," && last || dash {
        return None;
    }
    let (whole, number) = (caught.name("day")?, caught["day"].parse().ok()?);
    let date = if year {
        next.date.with_day(number)?
    } else {
        nearest(next.date.month(), number, near)?
    };
    Some(Found {
        start: from + whole.start(),
        end: from + whole.end(),
        date,
        doubted: false,
        way: next.way,
    })
}

fn read(caught: &Captures<'_>, folded: &str, near: NaiveDate) -> Option<Found> {
    let text = |name: &str| caught.name(name).map(|found| found.as_str());
    let number = |name: &str| text(name).and_then(|digits| digits.parse::<u32>().ok());
    let whole = caught.get(0)?;
    let (start, end) = (whole.start(), whole.end());
    let found = |date, way| Found {
        start,
        end,
        date,
        doubted: false,
        way,
    };
    if let Some(year) = number("iy") {
        let date = day(year, number("im")?, number("id")?)?;
        return Some(found(date, Way::Iso));
    }
    if let Some(written) = text("dmy") {
        // `06-12-34-56-78` begins like a day.
        if pairs::is_led_on(folded.get(end..)?) {
            return None;
        }
        let (sign, parts) = parts(written)?;
        let [dd, month, year] = parts[..] else {
            return None;
        };
        let date = day(full_year(year)?, month.parse().ok()?, dd.parse().ok()?)?;
        let year = u8::try_from(year.len()).unwrap_or(4);
        return Some(found(date, Way::Digits { sign, year }));
    }
    let Some(pair) = caught.name("pair") else {
        return read_words(caught, near);
    };
    let (sign, parts) = parts(pair.as_str())?;
    let [dd, month] = parts[..] else {
        return None;
    };
    let date = nearest(month.parse().ok()?, dd.parse().ok()?, near)?;
    // A day of the week before it leaves no doubt.
    let doubted = pairs::is_doubted(folded, pair.range())? && start == pair.start();
    Some(Found {
        doubted,
        ..found(date, Way::Digits { sign, year: 0 })
    })
}

/// The first sign, and what stands between the signs.
fn parts(written: &str) -> Option<(char, Vec<&str>)> {
    let sign = written.chars().find(|c| "-/.".contains(*c))?;
    let parts = written.split(|c: char| !c.is_ascii_digit());
    Some((sign, parts.filter(|part| !part.is_empty()).collect()))
}

fn read_words(caught: &Captures<'_>, near: NaiveDate) -> Option<Found> {
    let text = |name: &str| caught.name(name).map(|found| found.as_str());
    let whole = caught.get(0)?;
    let first = |names: &[&str]| names.iter().find_map(|name| text(name));
    let named = first(&["gm", "hm", "wm", "em", "mm", "om"])?;
    let month = month(named)?;
    let english = MONTHS
        .get(month as usize - 1)
        .is_some_and(|(dutch, english, _)| fold(english) == named && *dutch != named);
    let dd = first(&["gd", "hd", "wd", "ed"]).and_then(number_of);
    let year = first(&["gy", "hy", "wg", "wy", "ey", "my", "oy"]);
    let year = year.and_then(|year| full_year(year.trim_start_matches('\'')));
    let date = match (dd, year) {
        (Some(dd), Some(year)) => day(year, month, dd)?,
        (Some(dd), None) => nearest(month, dd, near)?,
        (None, Some(year)) => day(year, month, 15)?,
        (None, None) => nearest(month, 15, near)?,
    };
    let start = match caught.name("om") {
        Some(only) => only.start(),
        None => whole.start(),
    };
    Some(Found {
        start,
        end: whole.end(),
        date,
        doubted: false,
        way: Way::Words {
            day: dd.is_some(),
            year: year.is_some(),
            english,
        },
    })
}

fn day(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// The one nearest to a day that is known.
fn nearest(month: u32, dd: u32, near: NaiveDate) -> Option<NaiveDate> {
    let years = [
        near.year() - 1,
        near.year(),
        near.year() + 1,
        near.year() - 2,
        near.year() + 2,
    ];
    let days = years
        .into_iter()
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, dd));
    days.min_by_key(|day| (*day - near).num_days().abs())
}

fn full_year(text: &str) -> Option<u32> {
    let year: u32 = text.parse().ok()?;
    Some(match text.len() {
        2 if year < 50 => 2000 + year,
        2 => 1900 + year,
        _ => year,
    })
}

fn month(word: &str) -> Option<u32> {
    let at = MONTHS
        .iter()
        .position(|(.., words)| words.contains(&word))?;
    u32::try_from(at + 1).ok()
}

fn number_of(text: &str) -> Option<u32> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let at = NUMBERS.iter().position(|words| words.contains(&text))?;
    u32::try_from(at + 1).ok()
}

impl Found {
    /// Whether it names one day.
    pub fn is_day(&self) -> bool {
        !matches!(self.way, Way::Words { day: false, .. })
    }

    /// Whether it may mean this day: without a year that of any year, and without a century that of any century.
    pub fn may_be(&self, day: NaiveDate) -> bool {
        let yearless = matches!(
            self.way,
            Way::Digits { year: 0, .. } | Way::Words { year: false, .. }
        );
        let year = yearless || (self.date.year() - day.year()) % 100 == 0;
        self.is_day() && year && (self.date.month(), self.date.day()) == (day.month(), day.day())
    }

    /// The moved date, written in the same way, and always with its year: a day without one in a copy was written by hand.
    pub fn moved(&self, days: i64) -> String {
        let date = moved(self.date, days);
        match &self.way {
            Way::Iso => date.to_string(),
            Way::Digits { sign, year: 2 } => {
                format!(
                    "{}{sign}{}{sign}{:02}",
                    date.day(),
                    date.month(),
                    date.year() % 100
                )
            }
            Way::Digits { sign, .. } => {
                format!("{}{sign}{}{sign}{}", date.day(), date.month(), date.year())
            }
            Way::Words { day, english, .. } => {
                let (dutch, other, _) = MONTHS[date.month0() as usize];
                let month = if *english { other } else { dutch };
                let day = day.then(|| format!("{} ", date.day())).unwrap_or_default();
                format!("{day}{month} {}", date.year())
            }
        }
    }
}

/// A day so many days later.
pub(super) fn moved(date: NaiveDate, days: i64) -> NaiveDate {
    TimeDelta::try_days(days)
        .and_then(|delta| date.checked_add_signed(delta))
        .unwrap_or(date)
}

/// A number of days by which no date lands on another. `chance` is as many bytes as there may be tries, four for each.
pub(super) fn offset(dates: &HashSet<NaiveDate>, chance: &[u8]) -> i64 {
    for bytes in chance.chunks_exact(4) {
        let number = bytes
            .iter()
            .fold(0_i64, |sum, byte| sum << 8 | i64::from(*byte));
        // Not by a whole year, which would leave every day of a month as it is.
        let by = (number >> 1) % 300 + 40;
        let by = if number % 2 == 0 { by } else { -by };
        if !dates.iter().any(|date| dates.contains(&moved(*date, by))) {
            return by;
        }
    }
    // So many dates that every shift lands on one: further than all of them reach.
    let reach = dates.iter().max().zip(dates.iter().min());
    reach.map_or(41, |(last, first)| (*last - *first).num_days() + 41)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn shifted(text: &str, days: i64) -> Vec<String> {
        let near = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        find(text, near)
            .iter()
            .map(|found| found.moved(days))
            .collect()
    }

    #[test]
    fn dates_are_found_in_every_way_they_are_written() {
        let vectors = [
            ("op 2026-03-03 gebeld", "2026-03-13"),
            ("3-3-2026", "13-3-2026"),
            ("03/03/26", "13/3/26"),
            ("op 3-3 gebeld", "13-3-2026"),
            ("03-03 gebeld", "13-3-2026"),
            ("3 maart 2026", "13 maart 2026"),
            ("maandag 3 mrt", "13 maart 2026"),
            ("drie maart", "13 maart 2026"),
            ("de derde maart 2026", "13 maart 2026"),
            ("3e maart", "13 maart 2026"),
            ("march 3rd, 2026", "13 March 2026"),
            ("25 maart 2026", "4 april 2026"),
            ("in maart 2026", "maart 2026"),
            ("tot 28.12.2025", "7.1.2026"),
        ];
        for (text, moved) in vectors {
            assert_eq!(shifted(text, 10), [moved], "{text}");
        }
        let listed = [
            (
                "op 14, 20 en 25 mei",
                vec!["24 mei 2026", "30 mei 2026", "4 juni 2026"],
            ),
            ("van 25 t/m 30 mei 2026", vec!["4 juni 2026", "9 juni 2026"]),
            ("van 7-8 maart", vec!["17 maart 2026", "18 maart 2026"]),
            ("maandag 7-8 maart", vec!["17 maart 2026", "18 maart 2026"]),
            ("kamer 14, 20 mei", vec!["30 mei 2026"]),
        ];
        for (text, moved) in listed {
            assert_eq!(shifted(text, 10), moved, "{text}");
        }
        for text in [
            "1-2 keer per week",
            "3 van de 4",
            "99-99-2026",
            "mei was mooi",
            "2026",
        ] {
            assert!(shifted(text, 10).is_empty(), "{text}");
        }
    }

    #[test]
    fn intervals_stay() {
        let moved = shifted("3 januari 2026 en 17-01-2026", -33);
        assert_eq!(moved, ["1 december 2025", "15-12-2025"]);
    }

    #[test]
    fn no_date_lands_on_another() {
        let start = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let dates: HashSet<_> = (0..20).map(|week| moved(start, 7 * week)).collect();
        for start in 0..50_u8 {
            let chance: Vec<u8> = (0..=255_u8)
                .map(|at| at.wrapping_mul(197) ^ start)
                .collect();
            let by = offset(&dates, &chance);
            assert!(dates.iter().all(|d| !dates.contains(&moved(*d, by))));
        }
    }
}
