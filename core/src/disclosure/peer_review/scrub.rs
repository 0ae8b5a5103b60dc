//! A text without what leads to somebody.

use super::{
    dates,
    known::Known,
    words::{ADDRESSES, DAYS, FEASTS, GIVEN, MARKS},
};
use crate::{error::Error, fold::fold};
use chrono::NaiveDate;
use regex::Regex;
use std::{collections::BTreeSet, sync::LazyLock};
use zeroize::Zeroizing;

/// What was taken out of a text, or would still have to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trace {
    /// A name of somebody in the dossier or the practice.
    Name,
    /// A town or an address.
    Place,
    /// A company, school or department.
    Organisation,
    /// A number of five digits or more, or another that is in the dossier.
    Number,
    /// An e-mail address or a web address.
    Net,
    /// A day that is in the dossier, or a day of the week.
    Day,
}

impl Trace {
    /// The permanent word for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "trace_name",
            Self::Place => "trace_place",
            Self::Organisation => "trace_organisation",
            Self::Number => "trace_number",
            Self::Net => "trace_net",
            Self::Day => "trace_day",
        }
    }
}

/// One rule: what it finds in a folded text, and what stands in its place.
struct Rule {
    find: Regex,
    mark: &'static str,
    trace: Trace,
    /// Only where the original begins with a capital.
    capital: bool,
}

/// The rules for one dossier.
pub(super) struct Scrubber<'a> {
    known: &'a Known,
    rules: Vec<Rule>,
    offset: i64,
}

/// A text that was scrubbed.
pub(super) struct Scrubbed {
    pub text: Zeroizing<String>,
    /// Words that were taken for names only because of their capital.
    pub unsure: BTreeSet<String>,
}

/// A text in pieces: what is settled, and what is still looked at.
enum Piece {
    Settled(String),
    Open(String),
}

/// The text in lower case without marks, and for each of its bytes the place in the original.
struct Folded {
    text: Zeroizing<String>,
    from: Vec<usize>,
}

impl Folded {
    fn of(original: &str) -> Self {
        let (mut text, mut from) = (Zeroizing::new(String::new()), Vec::new());
        for (at, c) in original.char_indices() {
            let mut one = [0; 4];
            let folded = fold(c.encode_utf8(&mut one));
            from.extend(std::iter::repeat_n(at, folded.len()));
            text.push_str(&folded);
        }
        from.push(original.len());
        Self { text, from }
    }

    /// From where to where in the original; marks that were folded away belong to the letter before.
    fn span(&self, start: usize, end: usize) -> (usize, usize) {
        let at = |byte: usize| self.from.get(byte).copied().unwrap_or(0);
        (at(start), at(end))
    }
}

fn alternatives<'w>(words: impl IntoIterator<Item = &'w String>) -> Option<String> {
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

fn rule(pattern: &str, mark: &'static str, trace: Trace) -> Result<Rule, Error> {
    let find = regex::RegexBuilder::new(pattern)
        .size_limit(256 << 20)
        .build()
        .map_err(|_| Error::refused("peer_review", "too_long"))?;
    Ok(Rule {
        find,
        mark,
        trace,
        capital: false,
    })
}

/// Endings that Dutch puts behind a name.
const ENDINGS: &str = r"(?:s|tje|tjes|je|jes|pje|pjes|etje|etjes|ke|kes|ie)?";
/// Words before a surname, whoever's it is.
const BEFORE: &str = r"(?:(?:van|v\.|v/d|v\.d\.|vd|de|der|den|d\.|het|'t|ten|ter|te|in|op|la|le|el|al|von|du|di|da)\s+)*";
const STREETS: &str =
    "straat|laan|weg|plein|gracht|kade|singel|dijk|steeg|dreef|hof|pad|burgwal|markt|park";

const E_MAIL: &str = r"[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+";
const NET: &str = r"(?:https?://|www\.)\S+|\b[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.(?:nl|com|net|org|eu|be|de|test|info)\b(?:/\S*)?";
const ACCOUNT: &str = r"\b[a-z]{2}\d{2}\s?(?:[a-z]{4}\s?)(?:\d{2,4}\s?){2,5}";
const IDENTITY: &str = r"\b[a-z]{2}[a-z0-9]{6}\d\b";
const LONG: &str = r"\+?\(?\d(?:[\s./()-]{0,2}\d){4,}";
const CODED: &str = r"\b[a-z]{0,4}[-]?\d{5,}[a-z0-9]*\b";
const POSTCODE: &str = r"\b[1-9]\d{3}\s?(?:[a-z]{2})\b";

impl<'a> Scrubber<'a> {
    /// The rules for what is known; every date moves by so many days.
    pub fn new(known: &'a Known, offset: i64) -> Result<Self, Error> {
        let mut rules = vec![
            rule(E_MAIL, "[e-mail]", Trace::Net)?,
            rule(NET, "[link]", Trace::Net)?,
            rule(ACCOUNT, "[nummer]", Trace::Number)?,
            rule(IDENTITY, "[nummer]", Trace::Number)?,
            rule(LONG, "[nummer]", Trace::Number)?,
            rule(CODED, "[nummer]", Trace::Number)?,
        ];
        if let Some(words) = alternatives(&known.all_literals()) {
            let around = format!(r"(?:{words})(?:\b|$|\s)");
            rules.push(rule(&around, "[nummer]", Trace::Number)?);
        }
        rules.push(Rule {
            // `2019 en` is no postcode: its letters have capitals, or stand close.
            capital: true,
            ..rule(POSTCODE, "[adres]", Trace::Place)?
        });
        if let Some(words) = alternatives(&known.streets) {
            let numbered = format!(r"(?:{words})(?:\s+\d+\s?[a-z]?\b|\b)");
            rules.push(rule(&numbered, "[adres]", Trace::Place)?);
        }
        let street = format!(r"\b[\p{{L}}'-]*(?:{STREETS})\s+\d+\s?[a-z]?\b");
        rules.push(rule(&street, "[adres]", Trace::Place)?);
        if let Some(words) = alternatives(&known.organisations) {
            rules.push(rule(
                &format!(r"(?:{words})(?:\b|$|\s)"),
                "[organisatie]",
                Trace::Organisation,
            )?);
        }
        if let Some(words) = alternatives(&known.places) {
            rules.push(rule(
                &format!(r"(?:{words})(?:e?s|se|er)?\b"),
                "[plaats]",
                Trace::Place,
            )?);
        }
        Self::name_rules(known, &mut rules)?;
        let days = format!(r"(?:'s\s+)?\b(?:{})\p{{L}}*\b", DAYS.join("|"));
        rules.push(rule(&days, "[dag]", Trace::Day)?);
        let feasts = format!(r"\b(?:{})\b", FEASTS.join("|"));
        rules.push(rule(&feasts, "[feestdag]", Trace::Day)?);
        if let Some(year) = known.birth_year() {
            rules.push(rule(&format!(r"\b{year}\b"), "[jaar]", Trace::Day)?);
        }
        Ok(Self {
            known,
            rules,
            offset,
        })
    }

    fn name_rules(known: &Known, rules: &mut Vec<Rule>) -> Result<(), Error> {
        let addresses = ADDRESSES.join("|");
        if let Some(words) = alternatives(&known.given) {
            let pattern = format!(r"(?:{words}){ENDINGS}(?:\b|$)");
            rules.push(rule(&pattern, "[naam]", Trace::Name)?);
        }
        let own = alternatives(known.prefixes.iter()).unwrap_or_else(|| "van".to_owned());
        let initials = r"(?:\b(?:[a-z]|th|ij|ch|ph)\.\s?)*";
        let lead = format!(r"(?:{initials})(?:(?:{own})\s+)?{BEFORE}");
        if let Some(words) = alternatives(&known.names) {
            let pattern = format!(r"{lead}(?:{words}){ENDINGS}(?:\b|$)");
            rules.push(rule(&pattern, "[naam]", Trace::Name)?);
        }
        if let Some(words) = alternatives(&known.initials) {
            rules.push(Rule {
                capital: true,
                ..rule(&format!(r"\b(?:{words})"), "[naam]", Trace::Name)?
            });
        }
        let given: Vec<String> = GIVEN.iter().map(|one| (*one).to_owned()).collect();
        if let Some(words) = alternatives(known.nicknames.iter()) {
            rules.push(Rule {
                capital: true,
                ..rule(&format!(r"\b(?:{words}){ENDINGS}\b"), "[naam]", Trace::Name)?
            });
        }
        if let Some(words) = alternatives(&given) {
            rules.push(Rule {
                capital: true,
                ..rule(&format!(r"\b(?:{words}){ENDINGS}\b"), "[naam]", Trace::Name)?
            });
        }
        // Whoever is addressed: `mevrouw De Vries`.
        let after = format!(
            r"\b(?:(?:{addresses})\b\.?\s+)+(?P<name>{initials}{BEFORE}[\p{{L}}'-]+(?:-[\p{{L}}]+)?)"
        );
        rules.push(rule(&after, "[naam]", Trace::Name)?);
        Ok(())
    }

    /// The text without what leads to somebody; `near` is the day that it is about.
    pub fn scrub(&self, text: &str, near: NaiveDate) -> Scrubbed {
        let mut pieces = self.without_dates(text, near, true);
        for rule in &self.rules {
            pieces = apply(pieces, rule);
        }
        pieces = self.without_age(pieces);
        let mut unsure = BTreeSet::new();
        let text = without_capitals(pieces, &mut unsure);
        Scrubbed {
            text: Zeroizing::new(together(&text)),
            unsure,
        }
    }

    /// What in a text that was mended by hand still leads to somebody of whom the program knows.
    pub fn trace(&self, text: &str, near: NaiveDate) -> Option<Trace> {
        let folded = Folded::of(text);
        let days = dates::find(&folded.text, near);
        if days
            .iter()
            .any(|found| found.is_day() && self.known.days.contains(&found.date))
        {
            return Some(Trace::Day);
        }
        let mut pieces = self.without_dates(text, near, false);
        for rule in &self.rules {
            let before = settled(&pieces);
            pieces = apply(pieces, rule);
            if settled(&pieces) > before {
                return Some(rule.trace);
            }
        }
        None
    }

    /// Dates moved, and marks of an earlier round settled.
    fn without_dates(&self, text: &str, near: NaiveDate, moved: bool) -> Vec<Piece> {
        let folded = Folded::of(text);
        let (mut pieces, mut at) = (Vec::new(), 0);
        for found in dates::find(&folded.text, near) {
            let (start, end) = folded.span(found.start, found.end);
            if start < at {
                continue;
            }
            pieces.push(Piece::Open(
                text.get(at..start).unwrap_or_default().to_owned(),
            ));
            let shown = if moved {
                found.moved(self.offset)
            } else {
                String::new()
            };
            pieces.push(Piece::Settled(shown));
            at = end;
        }
        pieces.push(Piece::Open(text.get(at..).unwrap_or_default().to_owned()));
        pieces.into_iter().flat_map(without_marks).collect()
    }

    /// The age of the person as a band of ten years.
    fn without_age(&self, pieces: Vec<Piece>) -> Vec<Piece> {
        let Some(age) = self.known.age() else {
            return pieces;
        };
        let Ok(find) = Regex::new(&format!(
            r"\b{age}(?P<rest>[ -]?(?:jaar|jarige?|jr|years?))"
        )) else {
            return pieces;
        };
        let band = age_band(age);
        let mapped = pieces.into_iter().map(|piece| match piece {
            Piece::Open(text) => {
                Piece::Open(find.replace_all(&text, format!("{band}$rest")).into_owned())
            }
            settled @ Piece::Settled(_) => settled,
        });
        mapped.collect()
    }
}

/// `40-49`
pub(super) fn age_band(age: u32) -> String {
    let from = age / 10 * 10;
    format!("{from}-{}", from + 9)
}

fn settled(pieces: &[Piece]) -> usize {
    let settled = |piece: &&Piece| matches!(piece, Piece::Settled(_));
    pieces.iter().filter(settled).count()
}

fn without_marks(piece: Piece) -> Vec<Piece> {
    let Piece::Open(text) = piece else {
        return vec![piece];
    };
    let (mut pieces, mut rest) = (Vec::new(), text.as_str());
    while let Some((at, mark)) = MARKS
        .iter()
        .filter_map(|mark| Some((rest.find(mark)?, mark)))
        .min()
    {
        let (before, after) = rest.split_at(at);
        pieces.push(Piece::Open(before.to_owned()));
        pieces.push(Piece::Settled((*mark).to_owned()));
        rest = after.get(mark.len()..).unwrap_or_default();
    }
    pieces.push(Piece::Open(rest.to_owned()));
    pieces
}

fn apply(pieces: Vec<Piece>, rule: &Rule) -> Vec<Piece> {
    let mut done = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match piece {
            Piece::Open(text) if !text.trim().is_empty() => split(&text, rule, &mut done),
            other => done.push(other),
        }
    }
    done
}

fn split(text: &str, rule: &Rule, done: &mut Vec<Piece>) {
    let folded = Folded::of(text);
    let mut at = 0;
    for caught in rule.find.captures_iter(&folded.text) {
        let Some(found) = caught.name("name").or(caught.get(0)) else {
            continue;
        };
        let (mut start, mut end) = folded.span(found.start(), found.end());
        let original = text.get(start..end).unwrap_or_default();
        // Spaces around stay.
        end -= original.len() - original.trim_end().len();
        start += original.len() - original.trim_start().len();
        let named = text.get(start..end).unwrap_or_default();
        if start < at || start >= end || !fits(named, rule, caught.name("name").is_some()) {
            continue;
        }
        done.push(Piece::Open(
            text.get(at..start).unwrap_or_default().to_owned(),
        ));
        done.push(Piece::Settled(rule.mark.to_owned()));
        at = end;
    }
    done.push(Piece::Open(text.get(at..).unwrap_or_default().to_owned()));
}

/// Whether a rule that looks for a capital has one here. Of a postcode and of whoever is addressed the last word tells.
fn fits(found: &str, rule: &Rule, addressed: bool) -> bool {
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    if addressed {
        return found.split_whitespace().next_back().is_some_and(capital);
    }
    if !rule.capital {
        return true;
    }
    if rule.mark == "[adres]" {
        let close = !found.contains(char::is_whitespace);
        return close || found.chars().next_back().is_some_and(char::is_uppercase);
    }
    capital(found)
}

static WORDS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"[\p{L}][\p{L}\p{N}'’-]*").ok());

/// In Dutch a capital within a sentence is a name: of somebody, of a place, of a firm. Short words in capitals alone are
/// abbreviations, and stay.
fn without_capitals(pieces: Vec<Piece>, unsure: &mut BTreeSet<String>) -> String {
    let mut done = String::new();
    for piece in pieces {
        match piece {
            Piece::Settled(text) => done.push_str(&text),
            Piece::Open(text) => {
                let Some(words) = &*WORDS else {
                    done.push_str(&text);
                    continue;
                };
                let mut at = 0;
                for found in words.find_iter(&text) {
                    done.push_str(text.get(at..found.start()).unwrap_or_default());
                    if within_sentence(&done) && is_name_like(found.as_str()) {
                        unsure.insert(found.as_str().to_owned());
                        done.push_str("[naam]");
                    } else {
                        done.push_str(found.as_str());
                    }
                    at = found.end();
                }
                done.push_str(text.get(at..).unwrap_or_default());
            }
        }
    }
    done
}

fn is_name_like(word: &str) -> bool {
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let short = word.chars().count() <= 5 && word.chars().all(|c| !c.is_lowercase());
    capital && !short && word.chars().count() > 1
}

/// Whether a sentence has begun before this.
fn within_sentence(before: &str) -> bool {
    if before.ends_with('\n') {
        return false;
    }
    let last = before.trim_end().chars().next_back();
    last.is_some_and(|c| c.is_alphanumeric() || ",;)]'’".contains(c))
}

/// One mark for what were several words of one name.
fn together(text: &str) -> String {
    let mut text = text.to_owned();
    for (many, one) in [
        ("[naam] [naam]", "[naam]"),
        ("[naam]-[naam]", "[naam]"),
        ("[organisatie] [organisatie]", "[organisatie]"),
        ("[organisatie] [naam]", "[organisatie]"),
        ("[adres] [adres]", "[adres]"),
    ] {
        while text.contains(many) {
            text = text.replace(many, one);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn known() -> Known {
        let mut known = Known::new(day("2026-03-20"));
        for name in ["Hendrik van der Berg", "Anna de Jong-Smit", "Zoë 't Hart"] {
            known.add_full_name(name);
        }
        known.add_organisation("Zorggroep Waterland B.V.");
        known.places.insert("den haag".to_owned());
        known.streets.insert("oude gracht".to_owned());
        known.initials.insert("h.j.".to_owned());
        known.born = Some(day("1980-05-05"));
        known.days.extend([day("2026-03-03"), day("1980-05-05")]);
        known
    }

    fn scrubbed(text: &str) -> String {
        let known = known();
        let scrubber = Scrubber::new(&known, 10).unwrap();
        scrubber.scrub(text, day("2026-03-10")).text.to_string()
    }

    #[test]
    fn nothing_leads_to_anybody() {
        let vectors = [
            ("Anna's partner belde.", "[naam]'s partner belde."),
            (
                "annas idee, en dat van ZOE",
                "[naam] idee, en dat van [naam]",
            ),
            ("Sprak H.J. van der Berg.", "Sprak [naam]."),
            ("sprak van den berg en Vd Berg", "sprak [naam] en [naam]"),
            ("Zoe\u{308} en Zoë’s moeder", "[naam] en [naam]’s moeder"),
            ("Henk was er; hendrikje ook", "[naam] was er; [naam] ook"),
            (
                "Mevrouw De Vries belde dokter Pietersen",
                "Mevrouw [naam] belde dokter [naam]",
            ),
            (
                "werkt bij waterland in Den Haag",
                "werkt bij [organisatie] in [plaats]",
            ),
            ("woont Oude Gracht 12a, 1012 AB", "woont [adres], [adres]"),
            ("woont aan de Kerkstraat 5", "woont aan de [adres]"),
            (
                "mail h.berg@voorbeeld.test of www.voorbeeld.nl/x",
                "mail [e-mail] of [link]",
            ),
            (
                "bel 06-1234 5678 of +31 20 1234567",
                "bel [nummer] of [nummer]",
            ),
            ("rekening NL91 ABNA 0417 1643 00.", "rekening [nummer]."),
            (
                "op maandag 3 maart 2026 en 03-03-2026",
                "op 13 maart 2026 en 13-3-2026",
            ),
            ("'s maandags, en dinsdagavond", "[dag], en [dag]"),
            (
                "is 45 jaar, geboren in 1980",
                "is 40-49 jaar, geboren in [jaar]",
            ),
            ("ging naar Parijs met de NS", "ging naar [naam] met de NS"),
            (
                "een 8 voor inzet, 2 keer 30 minuten",
                "een 8 voor inzet, 2 keer 30 minuten",
            ),
        ];
        let wrong: Vec<_> = vectors
            .iter()
            .map(|(text, clean)| (*text, *clean, scrubbed(text)))
            .filter(|(_, clean, found)| found != clean)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn what_was_mended_by_hand_is_looked_at_again() {
        let known = known();
        let scrubber = Scrubber::new(&known, 0).unwrap();
        let near = day("2026-03-10");
        for (text, trace) in [
            ("Toch weer Anna.", Trace::Name),
            ("Op 3 maart gebeld.", Trace::Day),
            ("in den haag", Trace::Place),
            ("12345", Trace::Number),
            ("a@b.nl", Trace::Net),
        ] {
            assert_eq!(scrubber.trace(text, near), Some(trace), "{text}");
        }
        let clean =
            "Sprak [naam] op 13 maart 2026 in [plaats], [naam]'s werk ging goed. Las Big Five.";
        assert_eq!(scrubber.trace(clean, near), None);
    }
}
