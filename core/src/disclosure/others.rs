//! What stands in fields and entries that are not for a recipient, and whether a text tells any of it: as it is written there, or as
//! people write such a thing otherwise.

use super::{
    peer_review::{PEOPLE, days_in, is_ordinary, street_name},
    profiles::NAME,
};
use crate::{
    access::{Seen, View},
    catalogue::{self, ValueType},
    code::Money,
    dossier::EntryContent,
    fold::{fold, letters},
    ids::EntryId,
    name,
};
use chrono::{Datelike, Months, NaiveDate};
use std::collections::HashSet;
use zeroize::{Zeroize, Zeroizing};

/// Shorter than this a value says nothing.
const SHORTEST: usize = 4;
/// So many letters and digits are no chance.
const LONG: usize = 6;
/// So many words in a row are no chance.
const RUN: usize = 5;
/// So many words are a sentence that says something.
const SENTENCE: usize = 3;
/// Cents below which an amount says nothing.
const SMALLEST: i64 = 10_000;

/// What is chosen from a list, as people say it: whoever is not told the choice is not told of it in words either.
const TOPICS: &[(&str, &[&str])] = &[
    (
        "work_fitness",
        &[
            "geschikt voor werk",
            "geschikt voor arbeid",
            "niet geschikt",
            "deels geschikt",
            "gedeeltelijk geschikt",
            "volledig geschikt",
            "ongeschikt",
            "arbeidsgeschikt",
            "arbeidsongeschikt",
            "arbeidsongeschiktheid",
            "arbeidsgeschiktheid",
            "niet inzetbaar",
            "deels inzetbaar",
            "gedeeltelijk inzetbaar",
            "volledig inzetbaar",
            "kan niet werken",
            "kan nog niet werken",
            "fit for work",
            "fit to work",
            "unfit",
            "unable to work",
        ],
    ),
    (
        "project_status",
        &[
            "traject is gepland",
            "traject is gestopt",
            "traject is afgerond",
            "traject is onderbroken",
            "traject gestopt",
            "traject afgerond",
            "traject onderbroken",
            "project was stopped",
            "project is finished",
        ],
    ),
    (
        "contract_type",
        &[
            "vast contract",
            "vast dienstverband",
            "tijdelijk contract",
            "tijdelijk dienstverband",
            "oproepcontract",
            "oproepkracht",
            "uitzendkracht",
            "nulurencontract",
            "nul urencontract",
            "0 urencontract",
            "uitzendcontract",
            "tijdelijke aanstelling",
            "vaste aanstelling",
            "vrijwilliger",
            "permanent contract",
            "temporary contract",
            "zero hours contract",
            "agency worker",
            "volunteer",
        ],
    ),
    ("nationality", &["nationaliteit", "nationality"]),
];

/// Everything that is not for the recipient.
#[derive(Default)]
pub(super) struct Others {
    /// Values and texts, folded.
    whole: Vec<Zeroizing<String>>,
    /// Words of surnames, folded; in a text they have a capital.
    names: Vec<Zeroizing<String>>,
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
    /// The same with what is chosen from a list, in words. A refusal may name what it does not tell.
    pub fn with_topics(mut self, view: &View, told: &[&str]) -> Self {
        let there = |field: &&str| view.fields.get(field).and_then(Seen::value).is_some();
        let untold = TOPICS
            .iter()
            .filter(|(field, _)| there(field) && !told.contains(field));
        let phrases = untold.flat_map(|(_, phrases)| phrases.iter());
        self.whole.extend(phrases.map(|phrase| squeezed(phrase)));
        self
    }

    /// Of a view, but for the fields that are told and the request itself.
    pub fn new(view: &View, told: &[&str], request: EntryId) -> Self {
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
                others.add_value(field, value, form);
            }
        }
        for entry in view.entries.iter().filter(|one| one.id != request) {
            let content = EntryContent::parse(entry.content.as_bytes());
            let content = Zeroizing::new(content.unwrap_or_default());
            others.add_entry(entry.field, &content);
        }
        others.whole.retain(|one| !allowed.contains(one));
        // A relative with the same name, or half of it, keeps nobody from the own.
        let own = NAME.iter().filter_map(|id| value(id)).map(squeezed);
        let own: Vec<_> = own.collect();
        let is_own = |one: &str| own.iter().any(|name| contains_whole(name, one));
        others.whole.retain(|one| !is_own(one));
        others.names.retain(|one| !is_own(one));
        others
    }

    fn add_entry(&mut self, list: &str, content: &EntryContent) {
        let person = content.title.as_deref().filter(|_| PEOPLE.contains(&list));
        for name in person.into_iter().chain(content.professional.as_deref()) {
            self.add_surname(name);
        }
        for text in [
            &content.title,
            &content.professional,
            &content.telephone,
            &content.email,
        ] {
            self.add_text(text.as_deref().unwrap_or_default());
        }
        self.add_text(&content.text);
        self.add_amount(content.amount.as_deref().unwrap_or_default());
        if let Some(ground) = &content.ground {
            self.add_text(&ground.reason);
        }
    }

    fn add_value(&mut self, field: &str, value: &str, form: ValueType) {
        if field == "street" {
            let name = street_name(value);
            // A market is no secret.
            if name.contains(' ') || STREETS.iter().any(|end| is_longer(&fold(&name), end)) {
                self.add_text(&name);
            }
        }
        match form {
            ValueType::Choice(_) | ValueType::Country | ValueType::Picture => return,
            ValueType::Date => {
                let day = value.parse::<NaiveDate>().ok();
                self.days.extend(day);
                let codes = day
                    .iter()
                    .flat_map(|day| ["%d%m%Y", "%Y%m%d"].map(|way| day.format(way).to_string()));
                self.codes.extend(codes.map(Zeroizing::new));
            }
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

    /// What people use alone. Without a capital it is what somebody is (`huisarts`), and no name.
    fn add_surname(&mut self, name: &str) {
        let surname = Zeroizing::new(name::split_whole(name).surname);
        let words = surname.split(|c: char| !c.is_alphanumeric());
        let telling = words.filter(|word| {
            word.chars().count() >= SHORTEST
                && word.starts_with(char::is_uppercase)
                && !is_ordinary(word)
        });
        self.names
            .extend(telling.map(|word| Zeroizing::new(fold(word))));
    }

    fn add_amount(&mut self, amount: &str) {
        let cents = Money::parse(amount).map(|money| money.cents());
        self.amounts
            .extend(cents.ok().filter(|cents| *cents >= SMALLEST));
    }

    fn add_text(&mut self, text: &str) {
        let all = squeezed(text);
        self.runs.extend(runs(&all));
        // A sentence of a longer text tells as much as all of it.
        for sentence in text.split(['.', '!', '?', ';', '\n']) {
            let sentence = squeezed(sentence);
            if sentence.split(' ').count() >= SENTENCE && sentence != all {
                self.whole.push(sentence);
            }
        }
        if text.trim().chars().count() >= SHORTEST && !all.is_empty() {
            self.whole.push(all);
        }
    }

    /// Whether a text tells any of it.
    pub fn told_in(&self, text: &str) -> bool {
        let folded = squeezed(text);
        let code = Zeroizing::new(letters(text));
        self.whole.iter().any(|one| contains_whole(&folded, one))
            || self.names_in(text)
            || self.codes.iter().any(|one| code.contains(one.as_str()))
            || runs(&folded).any(|run| self.runs.contains(&run))
            || self.days.iter().any(|day| tells_day(text, *day))
            || amounts(text).any(|cents| self.amounts.contains(&cents))
    }

    fn names_in(&self, text: &str) -> bool {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let mut capitals = words.filter(|word| word.starts_with(char::is_uppercase));
        capitals.any(|word| {
            let folded = Zeroizing::new(fold(word));
            self.names.contains(&folded)
        })
    }
}

/// Endings by which a name of one word is that of a street.
const STREETS: [&str; 14] = [
    "straat", "weg", "laan", "plein", "gracht", "kade", "dijk", "hof", "pad", "singel", "dreef",
    "steeg", "park", "veld",
];

fn is_longer(word: &str, end: &str) -> bool {
    word.len() > end.len() && word.ends_with(end)
}

/// A day with its year. Without one it is a day of this year, as letters have many: `near` lies ten years on, so that it never
/// matches. A copy for peer review has no such days, and takes them the other way round.
fn tells_day(text: &str, day: NaiveDate) -> bool {
    let later = day.checked_add_months(Months::new(120)).unwrap_or(day);
    // The century is often left out.
    let same = |one: &NaiveDate| {
        (one.month(), one.day()) == (day.month(), day.day()) && (one.year() - day.year()) % 100 == 0
    };
    days_in(text, later).iter().any(same)
}

/// Whether a text tells a value of this form, also as people write a day or an amount. Of a value as short as some one cannot say that
/// it was meant.
pub(crate) fn tells(form: ValueType, value: &str, text: &str) -> bool {
    match form {
        ValueType::Money => {
            let cents = Money::parse(value).map(|money| money.cents());
            cents.is_ok_and(|cents| cents >= SMALLEST && amounts(text).any(|one| one == cents))
        }
        ValueType::Date => {
            let day = value.parse::<NaiveDate>();
            day.is_ok_and(|day| tells_day(text, day))
        }
        _ => {
            let value = Zeroizing::new(letters(value));
            value.chars().count() >= LONG && letters(text).contains(&*value)
        }
    }
}

/// Amounts of money as people write them: with the sign or the word, with cents, with a sign between thousands, or bare, unless it
/// could be a year.
fn amounts(text: &str) -> impl Iterator<Item = i64> {
    let spaced = fold(text)
        .replace('€', " € ")
        .replace("eur", " eur")
        .replace('/', " ");
    let words: Vec<String> = spaced
        .split(|c: char| c.is_whitespace() || ";()".contains(c))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let is_euro =
        |word: Option<&String>| word.is_some_and(|word| word == "€" || word.starts_with("eur"));
    let found: Vec<i64> = words
        .iter()
        .enumerate()
        .filter_map(|(at, word)| {
            let digits = word.trim_matches(|c: char| !c.is_ascii_digit());
            let before = at.checked_sub(1).and_then(|at| words.get(at));
            let said = is_euro(before) || is_euro(words.get(at + 1)) || word.ends_with(",-");
            let marked = digits.contains(['.', ',']);
            let bare = digits.len() > 2 && !is_year(digits);
            let money = Money::parse(digits)
                .ok()
                .filter(|_| said || marked || bare)?;
            Some(money.cents())
        })
        .collect();
    found.into_iter()
}

fn is_year(digits: &str) -> bool {
    digits
        .parse::<u32>()
        .is_ok_and(|year| (1900..2100).contains(&year))
}

/// Words in a row, without signs.
fn runs(folded: &str) -> impl Iterator<Item = String> {
    let words: Vec<&str> = folded.split(' ').collect();
    let runs: Vec<String> = words.windows(RUN).map(|run| run.join(" ")).collect();
    runs.into_iter()
}

/// In lower case, without marks and signs, one space between words.
fn squeezed(text: &str) -> Zeroizing<String> {
    let folded = Zeroizing::new(fold(text));
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_and_people_are_of_the_catalogue() {
        for (field, _) in TOPICS {
            assert!(catalogue::field(field).is_some(), "{field}");
        }
        for list in PEOPLE {
            assert!(
                catalogue::field(list).is_some_and(|def| def.shape().is_some()),
                "{list}"
            );
        }
    }
}
