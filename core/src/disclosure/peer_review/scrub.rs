//! A text without what leads to somebody.

use super::{
    dates,
    folded::Folded,
    known::Known,
    ordinary,
    rules::{Capital, FIXED, Rule, before_days, rules},
    words::MARKS,
};
use crate::error::Error;
use chrono::NaiveDate;
use regex::Regex;
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
    /// A day that is in the dossier, a day of the week, a feast or a week; the year of birth or the age.
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
    /// The rules that go before the days.
    early: Vec<Cow<'static, Rule>>,
    rules: Vec<Cow<'static, Rule>>,
    offset: i64,
    /// What stands in the place of the age.
    band: Option<String>,
}

/// A text that was scrubbed.
pub(super) struct Scrubbed {
    pub text: Zeroizing<String>,
    /// Words that were taken for names only because of their capital, and pairs of numbers that were taken for a day.
    pub unsure: BTreeSet<String>,
    /// Words with a capital that stayed and are not among those that everybody uses.
    pub stayed: BTreeSet<String>,
}

/// A text in pieces: what is settled, and what is still looked at.
enum Piece {
    Settled(String),
    Open(String),
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
        Ok(Self {
            known,
            early: before_days(known, &all, fixed).map_err(|_| unmade())?,
            rules: rules(known, &all, fixed).map_err(|_| unmade())?,
            offset,
            band: known.age().map(age_band),
        })
    }

    /// A day as it stands in the copy.
    pub fn moved(&self, day: NaiveDate) -> NaiveDate {
        dates::moved(day, self.offset)
    }

    /// The text without what leads to somebody; `near` is the day that it is about.
    pub fn scrub(&self, text: &str, near: NaiveDate) -> Scrubbed {
        let mut pieces = self.opened(text);
        for rule in &self.early {
            pieces = apply(pieces, rule);
        }
        let mut doubted = BTreeSet::new();
        pieces = self.without_dates(pieces, near, Some(&mut doubted));
        for rule in &self.rules {
            pieces = apply(pieces, rule);
        }
        let mut scrubbed = without_capitals(pieces);
        let together = together(&scrubbed.text);
        scrubbed.text = Zeroizing::new(together);
        scrubbed.unsure.append(&mut doubted);
        scrubbed
    }

    /// What in a text that was mended by hand still leads to somebody of whom the program knows.
    pub fn trace(&self, text: &str, near: NaiveDate) -> Option<Trace> {
        let mut pieces = self.opened(text);
        if let Some(trace) = traced(&mut pieces, &self.early) {
            return Some(trace);
        }
        let folded = Folded::of(text);
        let found = dates::find(&folded.text, near);
        let mut days = self.known.days.iter();
        if days.any(|day| found.iter().any(|one| one.may_be(*day))) {
            return Some(Trace::Day);
        }
        pieces = self.without_dates(pieces, near, None);
        traced(&mut pieces, &self.rules)
    }

    /// A text of which only the marks of an earlier round are settled.
    fn opened(&self, text: &str) -> Vec<Piece> {
        let marks: Vec<&str> = MARKS.iter().copied().chain(self.band.as_deref()).collect();
        without_marks(text, &marks)
    }

    /// Dates settled: moved where the copy is made, with those of which it is doubted that they are one.
    fn without_dates(
        &self,
        pieces: Vec<Piece>,
        near: NaiveDate,
        mut doubted: Option<&mut BTreeSet<String>>,
    ) -> Vec<Piece> {
        let mut done = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let Piece::Open(text) = piece else {
                done.push(piece);
                continue;
            };
            let (folded, mut at) = (Folded::of(&text), 0);
            for found in dates::find(&folded.text, near) {
                let (start, end) = folded.span(found.start, found.end);
                if start < at {
                    continue;
                }
                let part = |from, to| text.get(from..to).unwrap_or_default().to_owned();
                done.push(Piece::Open(part(at, start)));
                let shown = doubted.as_mut().map(|doubted| {
                    if found.doubted {
                        doubted.insert(part(start, end));
                    }
                    found.moved(self.offset)
                });
                done.push(Piece::Settled(shown.unwrap_or_default()));
                at = end;
            }
            done.push(Piece::Open(text.get(at..).unwrap_or_default().to_owned()));
        }
        done
    }
}

/// Applies rules until one finds anything, and says what.
fn traced(pieces: &mut Vec<Piece>, rules: &[Cow<'static, Rule>]) -> Option<Trace> {
    for rule in rules {
        let before = settled(pieces);
        *pieces = apply(std::mem::take(pieces), rule);
        if settled(pieces) > before {
            return Some(rule.trace);
        }
    }
    None
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

fn without_marks(text: &str, marks: &[&str]) -> Vec<Piece> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while let Some((at, mark)) = marks
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
        let named = caught.name("name").or(caught.name("what"));
        let Some(found) = named.or(caught.get(0)) else {
            continue;
        };
        if caught.name("not").or(caught.name("nor")).is_some() {
            continue;
        }
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
        done.push(Piece::Settled(rule.mark.clone().into_owned()));
        at = end;
    }
    done.push(Piece::Open(text.get(at..).unwrap_or_default().to_owned()));
}

/// Whether a rule that looks for a capital has one here. Of whoever is addressed the last word tells.
fn fits(found: &str, rule: &Rule, addressed: bool) -> bool {
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let code = || !found.chars().any(char::is_lowercase);
    match rule.capital {
        _ if addressed => found.split_whitespace().next_back().is_some_and(capital),
        Capital::Any => true,
        Capital::First => capital(found),
        Capital::Code => code(),
        Capital::CodeOrClose => !found.contains(char::is_whitespace) || code(),
    }
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

pub(super) fn is_name_like(word: &str) -> bool {
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let short = word.chars().count() <= 5 && word.chars().all(|c| !c.is_lowercase());
    capital && !short && word.chars().count() > 1
}

/// Whether a sentence has begun before this.
pub(super) fn within_sentence(before: &str) -> bool {
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
        known.literals.insert("+31612345678".to_owned());
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
                "zie www.voorbeeld.nl/2026/03/03/jansma, ja",
                "zie [link] ja",
            ),
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
        all_become(&vectors);
    }

    /// Day 10 days later, as everywhere in these tests.
    fn all_become(vectors: &[(&str, &str)]) {
        let wrong: Vec<_> = vectors
            .iter()
            .map(|(text, clean)| (*text, *clean, scrubbed(text)))
            .filter(|(_, clean, found)| found != clean)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        // What is clean may leave.
        for (_, clean) in vectors {
            assert_eq!(trace_of(clean), None, "{clean}");
        }
    }

    fn trace_of(text: &str) -> Option<Trace> {
        let known = known();
        let scrubber = Scrubber::new(&known, 0, std::iter::once(text)).unwrap();
        scrubber.trace(text, day("2026-03-10"))
    }

    #[test]
    fn a_feast_or_a_week_does_not_tell_the_shift() {
        for feast in [
            "eerste kerstdag",
            "tweede paasdag",
            "2e kerstdag",
            "kerst",
            "Kerstavond",
            "kerstmis",
            "paasmaandag",
            "paasweekend",
            "pinksterdag",
            "pinkstermaandag",
            "hemelvaart",
            "hemelvaartsdag 2026",
            "pakjesavond",
            "sinterklaas",
            "sinterklaasavond",
            "nieuwjaar",
            "nieuwjaarsdag",
            "oud en nieuw",
            "oudjaar",
            "oudjaarsdag",
            "oudejaarsavond",
            "koningsdag",
            "bevrijdingsdag",
            "dodenherdenking",
            "goede vrijdag",
            "carnaval 2027",
            "moederdag",
            "vaderdag",
            "prinsjesdag",
            "valentijnsdag",
            "suikerfeest",
            "offerfeest",
            "ramadan",
            "halloween",
            "Christmas Day",
            "Boxing Day",
            "Easter Monday",
            "New Year's Eve",
            "New Year’s Eve",
            "Thanksgiving",
        ] {
            let text = format!("belde rond {feast} op");
            assert_eq!(scrubbed(&text), "belde rond [dag] op", "{feast}");
            assert_eq!(trace_of(&text), Some(Trace::Day), "{feast}");
        }
        for period in [
            "kerstvakantie",
            "kerstvakantie 2026",
            "kerstvakantie '26",
            "herfstvakantie",
            "voorjaarsvakantie van 2026",
            "meivakantie",
            "zomervakantie 2025-2026",
            "week 48",
            "week 48 van 2026",
            "wk 48",
            "wk. 48",
            "weken 48 en 49",
            "2026-W48",
            "48e week",
        ] {
            let text = format!("belde in {period} op");
            assert_eq!(scrubbed(&text), "belde in [periode] op", "{period}");
            assert_eq!(trace_of(&text), Some(Trace::Day), "{period}");
        }
        for text in [
            "werkt per week 32 uur",
            "na een week weer 3 keer",
            "twee weken vakantie",
            "paste op de ramen",
        ] {
            assert_eq!(scrubbed(text), text);
        }
    }

    #[test]
    fn a_day_moves_however_it_is_written() {
        all_become(&[
            ("is van 17april1979", "is van 27 april 1979"),
            ("sinds 3dec86 ziek", "sinds 13 december 1986 ziek"),
            ("op 17-apr-79 gezien", "op 27 april 1979 gezien"),
            ("op 17 april '79 gezien", "op 27 april 1979 gezien"),
            ("op 17-4-'79 gezien", "op 27-4-79 gezien"),
            ("is jarig 17-4", "is jarig 27-4-2026"),
            ("gezien (17/4)", "gezien (27/4/2026)"),
            ("kwam 5-11 en 12-11", "kwam 15-11-2025 en 22-11-2025"),
            (
                "kwam 5-11, 12-11 en 19-11.",
                "kwam 15-11-2025, 22-11-2025 en 29-11-2025.",
            ),
            ("kwam 5-11 - 12-11", "kwam 15-11-2025 - 22-11-2025"),
            ("kwam op 5 en 12-11", "kwam op 15-11-2025 en 22-11-2025"),
            ("kwam 5–11", "kwam 15-11-2025"),
            (
                "weekend van 7-8 maart",
                "weekend van 17 maart 2026-18 maart 2026",
            ),
            ("vrij 12/4-16/4, en 1-4/5-4", "vrij [periode], en [periode]"),
            ("is uit '80", "is uit [jaar]"),
            ("bouwjaar ’80, net als zij", "bouwjaar [jaar], net als zij"),
            ("bouwjaar 80, dus", "bouwjaar [jaar], dus"),
            ("is van '80", "is van [jaar]"),
        ]);
        for text in [
            "1-2 keer per week",
            "werkt van 9-12 uur",
            "geeft een 7/10",
            "won met 3-1",
            "3/4 van de tijd",
            "is van '81",
            "zit in groep 7/8",
        ] {
            assert_eq!(scrubbed(text), text);
        }
    }

    /// A pair that may be something else moves, and is told.
    #[test]
    fn a_pair_that_may_be_no_day_is_told() {
        let known = known();
        let text = "Kwam 5-11 en 12-11, werkt 3/4.";
        let scrubber = Scrubber::new(&known, 10, std::iter::once(text)).unwrap();
        let scrubbed = scrubber.scrub(text, day("2026-03-10"));
        let unsure: Vec<_> = scrubbed.unsure.iter().map(String::as_str).collect();
        assert_eq!(unsure, ["3/4", "5-11"]);
        // Whoever looks at it may say that it is a fraction.
        assert_eq!(trace_of(text), None);
    }

    #[test]
    fn an_age_becomes_a_band_in_every_form() {
        let vectors = [
            ("zij is 45 jaar", "zij is 40-49 jaar"),
            ("was 44 jaar", "was 40-49 jaar"),
            ("was toen 40 jaar", "was toen 40-49 jaar"),
            ("wordt 46 jaar", "wordt 40-49 jaar"),
            ("na de 40e verjaardag", "na de 40-49e verjaardag"),
            ("na de 30e verjaardag", "na de [leeftijd] verjaardag"),
            (
                "na haar veertigste verjaardag",
                "na haar [leeftijd] verjaardag",
            ),
            ("Leeftijd: 45", "Leeftijd: 40-49"),
            ("werknemer (45)", "werknemer (40-49)"),
            ("werknemer, m/45", "werknemer, m/40-49"),
            ("v/45, werkt", "v/40-49, werkt"),
            ("45 jr", "40-49 jr"),
            ("een 45-jarige", "een 40-49-jarige"),
            ("Zij is nu 45.", "Zij is nu 40-49."),
            ("Anna is 45.", "[naam] is 40-49."),
            (
                "en werd 45, wordt dit jaar 46",
                "en werd 40-49, wordt dit jaar 40-49",
            ),
            ("op haar 45ste verhuisd", "op haar 40-49ste verhuisd"),
            ("Anna, 45, werkt", "[naam], 40-49, werkt"),
        ];
        all_become(&vectors);
        for (text, clean) in vectors {
            assert!(trace_of(text).is_some(), "{text}");
            assert_eq!(trace_of(clean), None, "{clean}");
        }
        for text in [
            "heeft 45 jaar ervaring",
            "de score is 45",
            "zij is 45 minuten te laat",
            "sprak 12 jaar geleden",
            "pagina 45",
        ] {
            assert_eq!(scrubbed(text), text);
        }
    }

    /// At the upper edge of a band the next number is the last of it.
    #[test]
    fn a_band_is_no_age() {
        let mut known = known();
        known.born = Some(day("1976-05-05"));
        let text = "is 49 jaar";
        let scrubber = Scrubber::new(&known, 10, std::iter::once(text)).unwrap();
        let clean = scrubber.scrub(text, day("2026-03-10")).text;
        assert_eq!(clean.as_str(), "is 40-49 jaar");
        assert_eq!(scrubber.trace(&clean, day("2026-03-10")), None);
    }

    #[test]
    fn a_number_goes_however_it_is_written() {
        for number in [
            "06–1234–5678",
            "06·12·34·56·78",
            "06_12_34_56_78",
            "06   12   34   56   78",
            "06 12 . 34 . 56 . 78",
            "06-12-34-56-78",
            "06-12 34 56 78",
            "0 6 - 1 2 3 4 5 6 7 8",
            "+31 (0)6 12 34 56 78",
            "0031 6 12345678",
            "nul zes een twee drie vier vijf zes zeven acht",
            "nul-zes, een twee, drie vier, vijf zes, zeven acht",
            "nul zes twaalf vierendertig zesenvijftig achtenzeventig",
            "12-ABC-3",
            "1-abc-23",
            "ab-12-10",
            "12-10-ab",
            "12-AB-34",
            "AB-CD-12",
            "12-ab-cd",
            "A-123-BC",
            "AB-123-C",
            "ABC-12-D",
            "12ABC3",
            "12 ABC 3",
            "12 - ABC - 3",
        ] {
            let text = format!("belt met {number} terug");
            assert_eq!(scrubbed(&text), "belt met [nummer] terug", "{number}");
            assert_eq!(trace_of(&text), Some(Trace::Number), "{number}");
        }
        for mail in [
            "m punt terpstra apenstaartje voorbeeld punt test",
            "m.terpstra (at) voorbeeld.test",
            "m.terpstra[at]voorbeeld[dot]test",
            "m.terpstra @ voorbeeld . test",
            "m.terpstra@voorbeeld punt test",
            "m dot terpstra at voorbeeld dot test",
        ] {
            let text = format!("mail via {mail} terug");
            assert_eq!(scrubbed(&text), "mail via [e-mail] terug", "{mail}");
            assert_eq!(trace_of(&text), Some(Trace::Net), "{mail}");
        }
        all_become(&[("zie voorbeeld punt nl", "zie [link]")]);
        for text in [
            "telt een twee drie vier",
            "12 uur 3 keer",
            "de WW 2024",
            "op dat punt de afspraak",
            "cijfers 7, 8, 6, 7, 5, 9, 8",
        ] {
            assert_eq!(scrubbed(text), text);
        }
    }

    #[test]
    fn a_town_with_an_article_is_a_town() {
        all_become(&[
            ("ging naar Den Bosch", "ging naar [plaats]"),
            ("komt uit den helder", "komt uit [plaats]"),
            (
                "woont in De Bilt of Het Gooi",
                "woont in [plaats] of [plaats]",
            ),
            ("verhuist naar Den Zandberg", "verhuist naar [plaats]"),
            ("sprak mevrouw van den Bosch", "sprak mevrouw [naam]"),
            ("zag het punt niet", "zag het punt niet"),
        ]);
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
