//! What stands in fields and entries that are not for a recipient, and whether a text tells any of it: as it is written there, or as
//! people write such a thing otherwise.

use super::peer_review::days_in;
use crate::{
    access::View,
    catalogue::{self, ValueType},
    code::Money,
    dossier::EntryContent,
    fold::fold,
};
use chrono::{Datelike, Months, NaiveDate};
use std::collections::HashSet;
use zeroize::{Zeroize, Zeroizing};

/// Shorter than this a value says nothing.
const SHORTEST: usize = 4;
/// So many words in a row are no chance.
const RUN: usize = 5;
/// Cents below which an amount says nothing.
const SMALLEST: i64 = 10_000;

/// Everything that is not for the recipient.
#[derive(Default)]
pub(super) struct Others {
    /// Values and texts, folded.
    whole: Vec<Zeroizing<String>>,
    /// Letters and digits of what holds digits.
    codes: Vec<Zeroizing<String>>,
    days: Vec<NaiveDate>,
    /// In cents.
    amounts: Vec<i64>,
    /// Words in a row of the longer texts.
    runs: HashSet<String>,
}

impl Drop for Others {
    fn drop(&mut self) {
        self.amounts.zeroize();
        for mut run in std::mem::take(&mut self.runs) {
            run.zeroize();
        }
    }
}

impl Others {
    /// Of a view, but for the fields that are told.
    pub fn new(view: &View, told: &[&str]) -> Self {
        let mut others = Self::default();
        let value = |field: &str| view.fields.get(field).and_then(|seen| seen.value());
        let allowed: Vec<_> = told
            .iter()
            .filter_map(|id| value(id))
            .map(squeezed)
            .collect();
        for field in view.fields.keys().filter(|field| !told.contains(field)) {
            let form = catalogue::field(field).map(|def| def.value);
            if let (Some(value), Some(form)) = (value(field), form) {
                others.add_value(value, form);
            }
        }
        for entry in &view.entries {
            let content = EntryContent::parse(entry.content.as_bytes());
            let content = Zeroizing::new(content.unwrap_or_default());
            others.add_text(content.title.as_deref().unwrap_or_default());
            others.add_text(&content.text);
            others.add_amount(content.amount.as_deref().unwrap_or_default());
        }
        others.whole.retain(|one| !allowed.contains(one));
        others
    }

    fn add_value(&mut self, value: &str, form: ValueType) {
        match form {
            ValueType::Choice(_) | ValueType::Country | ValueType::Picture => return,
            ValueType::Date => self.days.extend(value.parse::<NaiveDate>().ok()),
            ValueType::Money => self.add_amount(value),
            _ => {}
        }
        self.add_text(value);
        let code = Zeroizing::new(letters(value));
        let digits = code.chars().filter(char::is_ascii_digit).count();
        if digits > 2 && code.chars().count() > SHORTEST && form != ValueType::LongText {
            self.codes.push(code);
        }
    }

    fn add_amount(&mut self, amount: &str) {
        let cents = Money::parse(amount).map(|money| money.cents());
        self.amounts
            .extend(cents.ok().filter(|cents| *cents >= SMALLEST));
    }

    fn add_text(&mut self, text: &str) {
        let folded = squeezed(text);
        self.runs.extend(runs(&folded));
        if folded.chars().count() >= SHORTEST {
            self.whole.push(folded);
        }
    }

    /// Whether a text tells any of it.
    pub fn told_in(&self, text: &str) -> bool {
        let folded = squeezed(text);
        let code = Zeroizing::new(letters(text));
        self.whole.iter().any(|one| contains_whole(&folded, one))
            || self.codes.iter().any(|one| code.contains(one.as_str()))
            || runs(&folded).any(|run| self.runs.contains(&run))
            || self.days.iter().any(|day| tells_day(text, *day))
            || amounts(text).any(|cents| self.amounts.contains(&cents))
    }
}

/// A day with its year: without one it is a day of this year.
fn tells_day(text: &str, day: NaiveDate) -> bool {
    let later = day.checked_add_months(Months::new(120)).unwrap_or(day);
    // The century is often left out.
    let same = |one: &NaiveDate| {
        (one.month(), one.day()) == (day.month(), day.day()) && (one.year() - day.year()) % 100 == 0
    };
    days_in(text, later).iter().any(same)
}

fn amounts(text: &str) -> impl Iterator<Item = i64> {
    let words = text.split(|c: char| c.is_whitespace() || "€;()".contains(c));
    let words = words.map(|word| word.trim_matches(|c: char| ",.:!?'\"-".contains(c)));
    let numbers = words.filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    numbers.filter_map(|word| Money::parse(word).ok().map(|money| money.cents()))
}

/// Words in a row, without signs.
fn runs(folded: &str) -> impl Iterator<Item = String> {
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let runs: Vec<String> = words.windows(RUN).map(|run| run.join(" ")).collect();
    runs.into_iter()
}

fn letters(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// In lower case, without marks, one space between words.
fn squeezed(text: &str) -> Zeroizing<String> {
    let folded = Zeroizing::new(fold(text));
    let words: Vec<&str> = folded.split_whitespace().collect();
    Zeroizing::new(words.join(" "))
}

/// Whether it stands there by itself and not as a piece of other words.
fn contains_whole(text: &str, piece: &str) -> bool {
    text.match_indices(piece).any(|(at, found)| {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let after = text.get(at + found.len()..).and_then(|t| t.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
