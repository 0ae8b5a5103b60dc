//! A text without what leads to somebody.

use super::{
    dates,
    known::Known,
    ordinary,
    rules::{FIXED, Rule, rules},
    words::MARKS,
};
use crate::{error::Error, fold::fold};
use chrono::NaiveDate;
use regex::{Captures, Regex};
use std::{borrow::Cow, collections::BTreeSet, sync::LazyLock};
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

/// The rules for one dossier.
pub(super) struct Scrubber<'a> {
    known: &'a Known,
    rules: Vec<Cow<'static, Rule>>,
    offset: i64,
}

/// A text that was scrubbed.
pub(super) struct Scrubbed {
    pub text: Zeroizing<String>,
    /// Words that were taken for names only because of their capital.
    pub unsure: BTreeSet<String>,
    /// Words with a capital that stayed and are not among those that everybody uses.
    pub stayed: BTreeSet<String>,
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
            if c.is_ascii() {
                from.push(at);
                text.push(c.to_ascii_lowercase());
                continue;
            }
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

impl<'a> Scrubber<'a> {
    /// The rules for what is known, as far as it stands in these texts; every date moves by so many days.
    pub fn new<'t>(
        known: &'a Known,
        offset: i64,
        texts: impl Iterator<Item = &'t str>,
    ) -> Result<Self, Error> {
        let mut all = Zeroizing::new(String::new());
        for text in texts {
            all.push_str(&Folded::of(text).text);
            all.push('\n');
        }
        let unmade = || Error::refused("peer_review", "too_long");
        let fixed = FIXED.as_ref().ok_or_else(unmade)?;
        let rules = rules(known, &all, fixed).map_err(|_| unmade())?;
        Ok(Self {
            known,
            rules,
            offset,
        })
    }

    /// A day as it stands in the copy.
    pub fn moved(&self, day: NaiveDate) -> NaiveDate {
        dates::moved(day, self.offset)
    }

    /// The text without what leads to somebody; `near` is the day that it is about.
    pub fn scrub(&self, text: &str, near: NaiveDate) -> Scrubbed {
        let mut pieces = self.without_dates(text, near, true);
        for rule in &self.rules {
            pieces = apply(pieces, rule);
        }
        pieces = self.without_age(pieces);
        let mut scrubbed = without_capitals(pieces);
        let together = together(&scrubbed.text);
        scrubbed.text = Zeroizing::new(together);
        scrubbed
    }

    /// What in a text that was mended by hand still leads to somebody of whom the program knows.
    pub fn trace(&self, text: &str, near: NaiveDate) -> Option<Trace> {
        let folded = Folded::of(text);
        let found = dates::find(&folded.text, near);
        let mut days = self.known.days.iter();
        if days.any(|day| found.iter().any(|one| one.may_be(*day))) {
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
        let (Some(age), Some(fixed)) = (self.known.age(), &*FIXED) else {
            return pieces;
        };
        let (age, band) = (age.to_string(), age_band(age));
        let banded = |caught: &Captures<'_>| {
            let shown = if caught["age"] == age {
                band.as_str()
            } else {
                &caught["age"]
            };
            format!("{shown}{}", &caught["rest"])
        };
        let mapped = pieces.into_iter().map(|piece| match piece {
            Piece::Open(text) => Piece::Open(fixed.age.replace_all(&text, banded).into_owned()),
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
/// abbreviations, and stay; so does the word with which a sentence begins. Both are told, unless everybody uses them.
fn without_capitals(pieces: Vec<Piece>) -> Scrubbed {
    let mut done = Scrubbed {
        text: Zeroizing::new(String::new()),
        unsure: BTreeSet::new(),
        stayed: BTreeSet::new(),
    };
    for piece in pieces {
        match piece {
            Piece::Settled(text) => done.text.push_str(&text),
            Piece::Open(text) => done.add(&text),
        }
    }
    done
}

impl Scrubbed {
    fn add(&mut self, text: &str) {
        let mut at = 0;
        for found in WORDS.iter().flat_map(|words| words.find_iter(text)) {
            self.text
                .push_str(text.get(at..found.start()).unwrap_or_default());
            let word = found.as_str();
            if within_sentence(&self.text) && is_name_like(word) {
                self.unsure.insert(word.to_owned());
                self.text.push_str("[naam]");
            } else {
                if word.starts_with(char::is_uppercase) && !ordinary::is_ordinary(word) {
                    self.stayed.insert(word.to_owned());
                }
                self.text.push_str(word);
            }
            at = found.end();
        }
        self.text.push_str(text.get(at..).unwrap_or_default());
    }
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
        known.add_firm("Zorggroep Waterland B.V.");
        known.places.insert("den haag".to_owned());
        known.streets.insert("oude gracht".to_owned());
        known.initials.insert("h.j.".to_owned());
        known.born = Some(day("1980-05-05"));
        known.days.extend([day("2026-03-03"), day("1980-05-05")]);
        known
    }

    fn scrubbed(text: &str) -> String {
        let known = known();
        let scrubber = Scrubber::new(&known, 10, std::iter::once(text)).unwrap();
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
            (
                "sinds 05-05-80 en vanaf 3/3/2026",
                "sinds 15-5-80 en vanaf 13/3/2026",
            ),
            ("'s maandags, en dinsdagavond", "[dag], en [dag]"),
            (
                "is 45 jaar, geboren in 1980",
                "is 40-49 jaar, geboren in [jaar]",
            ),
            ("ging naar Parijs met de NS", "ging naar [naam] met de NS"),
            (
                "de Hendriksen-familie, pseudowaterlands gedrag",
                "de [naam], [organisatie] gedrag",
            ),
            (
                "is vijfenveertig jaar, van negentientachtig, al tien jaar",
                "is [leeftijd], van [jaar], al tien jaar",
            ),
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
        let traced = |text: &str| {
            let scrubber = Scrubber::new(&known, 0, std::iter::once(text)).unwrap();
            scrubber.trace(text, day("2026-03-10"))
        };
        for (text, trace) in [
            ("Toch weer Anna.", Trace::Name),
            ("Op 3 maart gebeld.", Trace::Day),
            ("Op 03-03-2026 gebeld.", Trace::Day),
            // Of whichever year, also where the moved day of the piece lies closer to another.
            ("Was 5 mei jarig.", Trace::Day),
            ("Geboren 5-5-80.", Trace::Day),
            ("Gezien op 3 en 20 maart.", Trace::Day),
            ("in den haag", Trace::Place),
            ("12345", Trace::Number),
            ("a@b.nl", Trace::Net),
        ] {
            assert_eq!(traced(text), Some(trace), "{text}");
        }
        let clean =
            "Sprak [naam] op 13 maart 2026 in [plaats], [naam]'s werk ging goed. Las Big Five.";
        assert_eq!(traced(clean), None);
    }
    #[test]
    fn a_capital_that_stayed_is_told() {
        let known = known();
        let text = "Pietersen belde. Het gesprek ging goed. Was bij KUIP en het UWV.\n\"Jansma zei ja.\" Zij lachte.";
        let scrubber = Scrubber::new(&known, 10, std::iter::once(text)).unwrap();
        let scrubbed = scrubber.scrub(text, day("2026-03-10"));
        let stayed: Vec<_> = scrubbed.stayed.iter().map(String::as_str).collect();
        assert_eq!(stayed, ["Jansma", "KUIP", "Pietersen"]);
        assert!(scrubbed.unsure.is_empty());
    }

    /// What is not in a text makes no rule, and what is there in any form does.
    #[test]
    fn only_what_stands_there_is_looked_for() {
        let known = known();
        let count = |text: &str| {
            let scrubber = Scrubber::new(&known, 0, std::iter::once(text)).unwrap();
            scrubber.rules.len()
        };
        let none = count("niets");
        assert_eq!(count("sprak in Den\nHaag"), none + 1);
        assert_eq!(count("ZOE\u{308} was er"), none + 1);
    }
}
