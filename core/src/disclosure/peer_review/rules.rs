//! The rules by which a text is searched: those that are the same for every dossier, and those for what is known of one.

use super::{
    known::Known,
    numerals,
    scrub::Trace,
    words::{ADDRESSES, DAYS, FEASTS, GIVEN},
};
use regex::Regex;
use std::{borrow::Cow, collections::BTreeSet, sync::LazyLock};

/// One rule: what it finds in a folded text, and what stands in its place.
#[derive(Clone)]
pub(super) struct Rule {
    pub find: Regex,
    pub mark: &'static str,
    pub trace: Trace,
    /// Only where the original begins with a capital.
    pub capital: bool,
}

/// The words as one expression, the longest first; `None` for none.
fn alternatives<'w>(words: impl IntoIterator<Item = &'w str>) -> Option<String> {
    let mut words: Vec<String> = words
        .into_iter()
        .filter(|word| !word.trim().is_empty())
        .map(|word| {
            // `'s-Hertogenbosch` begins with no letter: before it there is no boundary of words.
            let start = if word.starts_with(char::is_alphanumeric) {
                r"\b"
            } else {
                ""
            };
            format!("{start}{}", regex::escape(word).replace(' ', r"\s+"))
        })
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    (!words.is_empty()).then(|| words.join("|"))
}

/// Those of the words that stand somewhere in a folded text, as one expression. What is not there need not be looked for: of the
/// names of a whole practice a dossier has a few, and an expression of all of them takes longer to make than everything else.
fn among(words: &BTreeSet<String>, folded: &str) -> Option<String> {
    let there = |word: &&str| word.split_whitespace().all(|piece| folded.contains(piece));
    alternatives(words.iter().map(String::as_str).filter(there))
}

/// Those of the names that are long enough to be no part of other words by chance, wherever they stand in one.
fn within<'w>(names: impl Iterator<Item = &'w String>, folded: &str) -> Option<String> {
    let telling = names
        .filter(|word| word.chars().count() >= TELLING && folded.contains(word.as_str()))
        .map(|word| regex::escape(word));
    let telling: Vec<_> = telling.collect();
    let word = r"[\p{L}\p{N}'-]*";
    (!telling.is_empty()).then(|| format!("{word}(?:{}){word}", telling.join("|")))
}

/// The year of birth and the ages of the last years, written out.
fn in_words(known: &Known) -> (Option<String>, Option<String>) {
    let born = known.birth_year().and_then(|year| u32::try_from(year).ok());
    let years = born.map(numerals::year).unwrap_or_default();
    let age = known.age().unwrap_or_default();
    let ages = age.saturating_sub(RECENT)..=age;
    let ages: Vec<String> = ages
        .filter(|age| *age > 0)
        .flat_map(numerals::number)
        .collect();
    let any = |ways: &[String]| (!ways.is_empty()).then(|| ways.join("|"));
    let years = any(&years).map(|ways| format!(r"\b(?:{ways})\b"));
    let ages = any(&ages).map(|ways| format!(r"\b(?:{ways})[ -]?(?:jaar|jarige?|years?)\b"));
    (years, ages)
}

/// Letters of a name that tells who it is, also within another word.
const TELLING: usize = 6;
/// Years back in which an age that is written out is looked for.
const RECENT: u32 = 5;

fn rule(pattern: &str, mark: &'static str, trace: Trace) -> Result<Rule, regex::Error> {
    let builder = &mut regex::RegexBuilder::new(pattern);
    Ok(Rule {
        find: builder.size_limit(256 << 20).build()?,
        mark,
        trace,
        capital: false,
    })
}

/// One that only counts with a capital.
fn with_capital(rule: Rule) -> Rule {
    Rule {
        capital: true,
        ..rule
    }
}

/// Endings that Dutch puts behind a name.
const ENDINGS: &str = r"(?:s|tje|tjes|je|jes|pje|pjes|etje|etjes|ke|kes|ie)?";
/// Words before a surname, whoever's it is.
const BEFORE: &str = r"(?:(?:van|v\.|v/d|v\.d\.|vd|de|der|den|d\.|het|'t|ten|ter|te|in|op|la|le|el|al|von|du|di|da)\s+)*";
const INITIALS: &str = r"(?:\b(?:[a-z]|th|ij|ch|ph)\.\s?)*";
const STREETS: &str =
    "straat|laan|weg|plein|gracht|kade|singel|dijk|steeg|dreef|hof|pad|burgwal|markt|park";

const E_MAIL: &str = r"[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+";
const NET: &str = r"(?:https?://|www\.)\S+|\b[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.(?:nl|com|net|org|eu|be|de|test|info)\b(?:/\S*)?";
const ACCOUNT: &str = r"\b[a-z]{2}\d{2}\s?(?:[a-z]{4}\s?)(?:\d{2,4}\s?){2,5}";
const IDENTITY: &str = r"\b[a-z]{2}[a-z0-9]{6}\d\b";
const LONG: &str = r"\+?\(?\d(?:[\s./()-]{0,2}\d){4,}";
const CODED: &str = r"\b[a-z]{0,4}[-]?\d{5,}[a-z0-9]*\b";
const POSTCODE: &str = r"\b[1-9]\d{3}\s?(?:[a-z]{2})\b";
const AGE: &str = r"\b(?P<age>\d{1,3})(?P<rest>[ -]?(?:jaar|jarige?|jr|years?))";

/// The rules that are the same for every dossier, made once.
pub(super) struct Fixed {
    /// Addresses on the net and numbers, before anything else.
    first: Vec<Rule>,
    postcode: Rule,
    street: Rule,
    given: Rule,
    /// Whoever is addressed: `mevrouw De Vries`.
    addressed: Rule,
    day: Rule,
    feast: Rule,
    pub age: Regex,
}

/// Its parts are fixed: the tests make them.
pub(super) static FIXED: LazyLock<Option<Fixed>> = LazyLock::new(|| Fixed::new().ok());

impl Fixed {
    fn new() -> Result<Self, regex::Error> {
        let given = alternatives(GIVEN.iter().copied()).unwrap_or_default();
        let addresses = ADDRESSES.join("|");
        Ok(Self {
            first: vec![
                rule(E_MAIL, "[e-mail]", Trace::Net)?,
                rule(NET, "[link]", Trace::Net)?,
                rule(ACCOUNT, "[nummer]", Trace::Number)?,
                rule(IDENTITY, "[nummer]", Trace::Number)?,
                rule(LONG, "[nummer]", Trace::Number)?,
                rule(CODED, "[nummer]", Trace::Number)?,
            ],
            // `2019 en` is no postcode: its letters have capitals, or stand close.
            postcode: with_capital(rule(POSTCODE, "[adres]", Trace::Place)?),
            street: rule(
                &format!(r"\b[\p{{L}}'-]*(?:{STREETS})\s+\d+\s?[a-z]?\b"),
                "[adres]",
                Trace::Place,
            )?,
            given: with_capital(rule(
                &format!(r"\b(?:{given}){ENDINGS}\b"),
                "[naam]",
                Trace::Name,
            )?),
            addressed: rule(
                &format!(
                    r"\b(?:(?:{addresses})\b\.?\s+)+(?P<name>{INITIALS}{BEFORE}[\p{{L}}'-]+(?:-[\p{{L}}]+)?)"
                ),
                "[naam]",
                Trace::Name,
            )?,
            day: rule(
                &format!(r"(?:'s\s+)?\b(?:{})\p{{L}}*\b", DAYS.join("|")),
                "[dag]",
                Trace::Day,
            )?,
            feast: rule(
                &format!(r"\b(?:{})\b", FEASTS.join("|")),
                "[feestdag]",
                Trace::Day,
            )?,
            age: Regex::new(AGE)?,
        })
    }
}

/// The rules for a folded text, in the order in which they are tried.
pub(super) fn rules(
    known: &Known,
    folded: &str,
    fixed: &'static Fixed,
) -> Result<Vec<Cow<'static, Rule>>, regex::Error> {
    let words = |set: &BTreeSet<String>| among(set, folded);
    let whole = |words: String| format!(r"(?:{words})(?:\b|$|\s)");
    let inflected = |words: String| format!(r"\b(?:{words}){ENDINGS}\b");
    let prefixes = words(&known.prefixes).unwrap_or_else(|| "van".to_owned());
    let lead = format!(r"{INITIALS}(?:(?:{prefixes})\s+)?{BEFORE}");
    let numbers = words(&known.all_literals()).map(whole);
    let streets =
        words(&known.streets).map(|words| format!(r"(?:{words})(?:\s+\d+\s?[a-z]?\b|\b)"));
    let places = words(&known.places).map(|words| format!(r"(?:{words})(?:e?s|se|er)?\b"));
    let given = words(&known.given).map(|words| format!(r"(?:{words}){ENDINGS}(?:\b|$)"));
    let names = words(&known.names).map(|words| format!(r"{lead}(?:{words}){ENDINGS}(?:\b|$)"));
    let initials = words(&known.initials).map(|words| format!(r"\b(?:{words})"));
    let (year_in_words, age_in_words) = in_words(known);
    let year = known.birth_year().map(|year| format!(r"\b{year}\b"));
    let rest = [
        own(numbers, "[nummer]", Trace::Number)?,
        Some(Cow::Borrowed(&fixed.postcode)),
        own(streets, "[adres]", Trace::Place)?,
        Some(Cow::Borrowed(&fixed.street)),
        own(
            words(&known.organisations).map(whole),
            "[organisatie]",
            Trace::Organisation,
        )?,
        own(places, "[plaats]", Trace::Place)?,
        own(given, "[naam]", Trace::Name)?,
        own(names, "[naam]", Trace::Name)?,
        own(
            within(known.names.iter().chain(&known.given), folded),
            "[naam]",
            Trace::Name,
        )?,
        own(
            within(known.firms.iter(), folded),
            "[organisatie]",
            Trace::Organisation,
        )?,
        own(year_in_words, "[jaar]", Trace::Day)?,
        own(age_in_words, "[leeftijd]", Trace::Day)?,
        own_with_capital(initials)?,
        own_with_capital(words(&known.nicknames).map(inflected))?,
        Some(Cow::Borrowed(&fixed.given)),
        Some(Cow::Borrowed(&fixed.addressed)),
        Some(Cow::Borrowed(&fixed.day)),
        Some(Cow::Borrowed(&fixed.feast)),
        own(year, "[jaar]", Trace::Day)?,
    ];
    let first = fixed.first.iter().map(Cow::Borrowed);
    Ok(first.chain(rest.into_iter().flatten()).collect())
}

/// A rule of one dossier, where it has anything to look for.
fn own(
    pattern: Option<String>,
    mark: &'static str,
    trace: Trace,
) -> Result<Option<Cow<'static, Rule>>, regex::Error> {
    let made = pattern.map(|pattern| rule(&pattern, mark, trace));
    Ok(made.transpose()?.map(Cow::Owned))
}

/// The same, of words that are a name only with a capital.
fn own_with_capital(pattern: Option<String>) -> Result<Option<Cow<'static, Rule>>, regex::Error> {
    let made = pattern.map(|pattern| rule(&pattern, "[naam]", Trace::Name));
    Ok(made.transpose()?.map(with_capital).map(Cow::Owned))
}
