//! The rules by which a text is searched: those that are the same for every dossier, and those for what is known of one.

use super::{
    known::Known,
    numerals,
    scrub::{Trace, age_band},
    words::{ADDRESSES, COUNTED, DAYS, DEN_TOWNS, FEASTS, GIVEN, OTHER_TOWNS, PERIODS, STREETS},
};
use regex::Regex;
use std::{borrow::Cow, collections::BTreeSet, sync::LazyLock};
use zeroize::Zeroizing;

/// One rule: what it finds in a folded text, and what stands in its place. It is about its group `name` (whose last word has a
/// capital), or `what`, or the whole; where it has a `not` or `nor`, it finds nothing.
#[derive(Clone)]
pub(super) struct Rule {
    pub find: Regex,
    pub mark: Cow<'static, str>,
    pub trace: Trace,
    pub capital: Capital,
}

/// Which capitals the original has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Capital {
    /// It does not matter.
    Any,
    /// It begins with one.
    First,
    /// Its letters all are, unless it has no spaces.
    CodeOrClose,
    /// Its letters all are.
    Code,
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

/// The ages of the last years and of the next birthday.
fn ages(known: &Known) -> impl Iterator<Item = u32> {
    let ages = known
        .age()
        .map(|age| age.saturating_sub(RECENT).max(1)..=age + 1);
    ages.into_iter().flatten()
}

/// The year of birth and those ages, written out.
fn in_words(known: &Known) -> (Option<String>, Option<String>) {
    let born = known.birth_year().and_then(|year| u32::try_from(year).ok());
    let years = born.map(numerals::year).unwrap_or_default();
    let ages: Vec<String> = ages(known).flat_map(numerals::number).collect();
    let any = |ways: &[String]| (!ways.is_empty()).then(|| ways.join("|"));
    let years = any(&years).map(|ways| format!(r"\b(?:{ways})\b"));
    let ages = any(&ages).map(|ways| format!(r"\b(?:{ways})[ -]?(?:jaar|jarige?|years?)\b"));
    (years, ages)
}

/// The year of birth in digits, also without its century where something tells that it is a year.
fn birth_year(known: &Known) -> Option<String> {
    let year = known.birth_year()?;
    let short = year.rem_euclid(100);
    Some(format!(
        r"\b{year}\b|'{short:02}\b|\b(?:bouwjaar|geboortejaar|jaargang|lichting|anno|(?:geboren|born|geb\.)(?:\s+(?:in|uit))?|class\s+of)\s+(?P<what>{short:02})\b"
    ))
}

/// Those of the same ages that stand in the text in digits, in the ways in which people write them.
fn in_digits(known: &Known, folded: &str) -> Vec<String> {
    let ages = ages(known).map(|age| age.to_string());
    let ages: Vec<String> = ages.filter(|age| folded.contains(age)).collect();
    if ages.is_empty() {
        return Vec::new();
    }
    let age = format!("(?P<what>{})", ages.join("|"));
    let counted = COUNTED.join("|");
    let other = format!(r"(?P<not>\s?(?:%|-\s?\d|[,.]\d|(?:{counted})\b))?");
    vec![
        format!(
            r"\b{age}(?:\s?-?\s?(?:jaar|jari(?:g|ge|gen)|jr|years?|yrs?)|\s?(?:y/?o|j))\b(?P<not>\s+(?:\p{{L}}*ervaring|getrouwd|gehuwd|samen|in\s+dienst|experience|married))?"
        ),
        format!(
            r"\b(?:leeftijd|leeft|lftd?|age|aged)\b\.?[\s:=-]*(?:(?:is|was|van|of|nu|now)\b)?[\s:=]*{age}\b{other}"
        ),
        format!(r"\(\s?{age}\s?[,;)]"),
        format!(r"\b(?:m|v|f|x|man|vrouw|jongen|meisje|male|female)\s?[/,.-]?\s?{age}\b{other}"),
        format!(r"\b{age}\s?/\s?(?:m|v|f|x)\b"),
        format!(r"\b{age}\s?(?:e|ste|de|st|nd|rd|th)?\s+(?:verjaardag|birthday|levensjaar)\b"),
        format!(r"\bop\s+(?:haar|zijn|mijn|hun)\s+{age}\s?(?:e|ste|de)\b"),
        // Also at the beginning, where a name stood.
        format!(
            r"(?:(?:^\s*|[.;!?]\s+|\b(?:zij|ze|hij|ik|client|clients?|clienten|he|she|i|die)\s+)(?:is|was|ben|am)|\b(?:wordt|werd|word|turned|turns|turning))\s+(?:(?:nu|al|net|pas|inmiddels|vandaag|bijna|ruim|toen|dan|binnenkort|(?:dit|vorig|volgend)\s+jaar|just|now|nearly)\s+)*{age}\b{other}"
        ),
        format!(r"^\s*,\s*{age}\s*(?:[,.;)]|$)"),
    ]
}

/// Numbers of the dossier, with whatever stands between their digits, and with digits in words. Only those of which the digits stand in
/// the text one after another.
fn spread(known: &Known, folded: &str) -> Option<String> {
    let mut digits = Zeroizing::new(folded.to_owned());
    for (digit, words) in numerals::DIGITS.iter().enumerate() {
        for word in *words {
            digits = Zeroizing::new(digits.replace(word, &digit.to_string()));
        }
    }
    digits.retain(|c| c.is_ascii_digit());
    let (between, mut ways) = (r"[ \t.,;:/()\[\]·•_|*+=~-]{0,6}", BTreeSet::new());
    for one in &known.literals {
        let own = match one.strip_prefix("+31") {
            Some(own) => own,
            None if one.chars().any(char::is_alphabetic) => continue,
            None => one.trim_start_matches('0'),
        };
        let own = Zeroizing::new(own.chars().filter(char::is_ascii_digit).collect::<String>());
        if own.len() < SPREAD || !digits.contains(own.as_str()) {
            continue;
        }
        let each = own.chars().filter_map(|c| c.to_digit(10)).map(|digit| {
            let words = numerals::DIGITS.get(digit as usize);
            let words = words.map(|words| words.join("|")).unwrap_or_default();
            format!("(?:{digit}|{words})")
        });
        ways.insert(each.collect::<Vec<_>>().join(between));
    }
    let ways: Vec<String> = ways.into_iter().collect();
    (!ways.is_empty()).then(|| {
        format!(
            r"[+(]{{0,2}}\b(?:(?:00)?{between}31{between})?(?:(?:0|nul|zero){between})?(?:{})\b",
            ways.join("|")
        )
    })
}

/// Digits of a number that is looked for with anything between them.
const SPREAD: usize = 8;
/// Letters of a name that tells who it is, also within another word.
const TELLING: usize = 6;
/// Years back in which an age that is written out is looked for.
const RECENT: u32 = 5;

fn rule(
    pattern: &str,
    mark: impl Into<Cow<'static, str>>,
    trace: Trace,
) -> Result<Rule, regex::Error> {
    let builder = &mut regex::RegexBuilder::new(pattern);
    Ok(Rule {
        find: builder.size_limit(256 << 20).build()?,
        mark: mark.into(),
        trace,
        capital: Capital::Any,
    })
}

/// One that only counts with these capitals.
fn with_capital(rule: Rule, capital: Capital) -> Rule {
    Rule { capital, ..rule }
}

/// Endings that Dutch puts behind a name.
const ENDINGS: &str = r"(?:s|tje|tjes|je|jes|pje|pjes|etje|etjes|ke|kes|ie)?";
/// Words before a surname, whoever's it is.
const BEFORE: &str = r"(?:(?:van|v\.|v/d|v\.d\.|vd|de|der|den|d\.|het|'t|ten|ter|te|in|op|la|le|el|al|von|du|di|da)\s+)*";
const INITIALS: &str = r"(?:\b(?:[a-z]|th|ij|ch|ph)\.\s?)*";
const E_MAIL: &str = r"[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+";
const NET: &str = r"(?:https?://|www\.)\S+|\b[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.(?:nl|com|net|org|eu|be|de|test|info)\b(?:/\S*)?";
const ACCOUNT: &str = r"\b[a-z]{2}\d{2}\s?(?:[a-z]{4}\s?)(?:\d{2,4}\s?){2,5}";
const IDENTITY: &str = r"\b[a-z]{2}[a-z0-9]{6}\d\b";
const LONG: &str = r"\+?\(?\d(?:[\s./()·_-]{0,2}\d){4,}";
const CODED: &str = r"\b[a-z]{0,4}[-]?\d{5,}[a-z0-9]*\b";
const POSTCODE: &str = r"\b[1-9]\d{3}\s?(?:[a-z]{2})\b";
/// Before the days: one with its groups of two would be taken for a day and more.
const MOBILE: &str =
    r"\b06(?:-\d{2}(?:\s\d{2}){3}|(?:-\d{2}){4}|(?:\s\d{2}){4}|(?:\.\d{2}){4}|(?:/\d{2}){4})\b";
const BIRTHDAY: &str = r"\b(?P<what>\d{1,3}\s?(?:e|ste|de|st|nd|rd|th)?|\p{L}*(?:tig|tien|elf|twaalf)(?:ste|de)|\p{L}*(?:tie|teen)th)\s+(?:verjaardag|birthday)\b";
const DAYS_APART: &str = r"\b(?:\d{1,2}/\d{1,2}-\d{1,2}/\d{1,2}|\d{1,2}-\d{1,2}/\d{1,2}-\d{1,2})\b";
/// Number plates: letters and digits in the order of every series.
const PLATES: [&str; 14] = [
    "aa-99-99", "99-99-aa", "99-aa-99", "aa-99-aa", "aa-aa-99", "99-aa-aa", "99-aaa-9", "9-aaa-99",
    "aa-999-a", "a-999-aa", "aaa-99-a", "a-99-aaa", "9-aa-999", "999-aa-9",
];
/// Signs of an address on the net, spelled out.
const AT: &str =
    r"(?:\s*(?:[(\[{<]\s*(?:at|@|apenstaart(?:je)?)\s*[)\]}>]|\bapenstaart(?:je)?\b)\s*)";
const DOT: &str = r"(?:\s*[(\[{<]\s*(?:punt|dot|\.)\s*[)\]}>]\s*|\s+(?:punt|dot)\s+)";

fn plates(between: &str) -> String {
    let plates = PLATES.map(|plate| {
        let each = plate.chars().map(|sign| match sign {
            'a' => "[a-z]",
            '9' => r"\d",
            _ => between,
        });
        each.collect::<String>()
    });
    format!(r"\b(?:{})\b", plates.join("|"))
}

/// `m punt jansen apenstaartje voorbeeld punt test`
fn spelled_mail() -> String {
    let word = r"[\p{L}\p{N}_%+-]+";
    let local = format!(r"{word}(?:(?:\.|{DOT}|\s+(?:streepje|underscore|min|dash)\s+){word})*");
    let dot = format!(r"(?:\.|\s\.\s|{DOT})");
    format!(
        r"{local}(?:{AT}{word}(?:{dot}{word})*|\s*@\s*{word}(?:{dot}{word})+|\s+at\s+{word}(?:{DOT}{word})+)"
    )
}

/// A telephone number of which the digits are written out, and any other row of them.
fn spelled_number() -> String {
    let mut words: Vec<String> = (0..100).flat_map(numerals::number).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let word = format!("(?:{})", words.join("|"));
    let between = r"[\s,./-]{1,3}";
    format!(
        r"\b(?:(?:nul|zero|06)(?:{between}(?:{word}|\d{{1,2}})){{4,}}|{word}(?:{between}{word}){{6,}})\b"
    )
}

/// The rules that are the same for every dossier, made once.
pub(super) struct Fixed {
    /// Before the days.
    early: Vec<Rule>,
    /// Feasts and numbers, before anything else.
    first: Vec<Rule>,
    postcode: Rule,
    /// Number plates without their signs; some are a postcode.
    plate: Rule,
    street: Rule,
    /// Towns that begin with an article.
    towns: Vec<Rule>,
    given: Rule,
    /// Whoever is addressed: `mevrouw De Vries`.
    addressed: Rule,
    day: Rule,
    birthday: Rule,
}

/// Its parts are fixed: the tests make them.
pub(super) static FIXED: LazyLock<Option<Fixed>> = LazyLock::new(|| Fixed::new().ok());

impl Fixed {
    fn new() -> Result<Self, regex::Error> {
        let given = alternatives(GIVEN.iter().copied()).unwrap_or_default();
        let addresses = ADDRESSES.join("|");
        Ok(Self {
            early: early()?,
            first: first()?,
            // `2019 en` is no postcode: its letters have capitals, or stand close.
            postcode: with_capital(
                rule(POSTCODE, "[adres]", Trace::Place)?,
                Capital::CodeOrClose,
            ),
            plate: with_capital(
                rule(
                    &[plates(""), plates(r"(?:[\s.·]|\s-\s)")].join("|"),
                    "[nummer]",
                    Trace::Number,
                )?,
                Capital::Code,
            ),
            street: rule(
                &format!(r"\b[\p{{L}}'-]*(?:{STREETS})\s+\d+\s?[a-z]?\b"),
                "[adres]",
                Trace::Place,
            )?,
            towns: towns()?,
            given: with_capital(
                rule(&format!(r"\b(?:{given}){ENDINGS}\b"), "[naam]", Trace::Name)?,
                Capital::First,
            ),
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
            birthday: rule(BIRTHDAY, "[leeftijd]", Trace::Day)?,
        })
    }
}

/// Addresses on the net and numbers in groups, in which a day would be found.
fn early() -> Result<Vec<Rule>, regex::Error> {
    let (domain, ends) = (r"[\p{L}\p{N}-]+", "nl|com|org|eu");
    Ok(vec![
        rule(&spelled_mail(), "[e-mail]", Trace::Net)?,
        rule(E_MAIL, "[e-mail]", Trace::Net)?,
        rule(NET, "[link]", Trace::Net)?,
        rule(
            &format!(r"\b(?:www(?:{DOT}{domain})+|{domain}(?:{DOT}{domain})*{DOT}(?:{ends}))\b"),
            "[link]",
            Trace::Net,
        )?,
        rule(MOBILE, "[nummer]", Trace::Number)?,
    ])
}

fn first() -> Result<Vec<Rule>, regex::Error> {
    let year = r"(?:,?\s+(?:(?:van|in|of)\s+)?(?:'\d{2}|(?:19|20)\d{2}(?:\s?[/-]\s?\d{2,4})?)\b)?";
    let which = r"(?:\b(?:1e|2e|3e|1ste|2de|3de|eerste|tweede|derde|first|second)\s+)?";
    let counted = COUNTED.join("|");
    Ok(vec![
        // A feast is a day as any other: beside a moved date it would tell by how much that was moved.
        rule(
            &format!(
                r"\b(?:{})\b(?P<not>\s?(?:{counted})\b)?{year}",
                PERIODS.join("|")
            ),
            "[periode]",
            Trace::Day,
        )?,
        rule(
            &format!(r"{which}\b(?:{})\b{year}", FEASTS.join("|")),
            "[dag]",
            Trace::Day,
        )?,
        // From one day to another, each without its year.
        rule(DAYS_APART, "[periode]", Trace::Day)?,
        rule(ACCOUNT, "[nummer]", Trace::Number)?,
        rule(IDENTITY, "[nummer]", Trace::Number)?,
        rule(LONG, "[nummer]", Trace::Number)?,
        rule(CODED, "[nummer]", Trace::Number)?,
        rule(&plates("-"), "[nummer]", Trace::Number)?,
        rule(&spelled_number(), "[nummer]", Trace::Number)?,
    ])
}

fn towns() -> Result<Vec<Rule>, regex::Error> {
    let (den, others) = (DEN_TOWNS.join("|"), OTHER_TOWNS.join("|"));
    let patterns = [
        format!(r"(?P<not>\b(?:van|vd|v\.)\s+)?\bden\s+(?:{den})(?:se)?\b"),
        format!(r"\b(?P<name>(?:de|het)\s+(?:{others})(?:se)?)\b"),
        r"\b(?:in|naar|uit|te|vanuit)\s+(?P<name>den\s+\p{L}+)".to_owned(),
    ];
    let towns = patterns.iter();
    towns
        .map(|pattern| rule(pattern, "[plaats]", Trace::Place))
        .collect()
}

/// The rules that go before the days.
pub(super) fn before_days(
    known: &Known,
    folded: &str,
    fixed: &'static Fixed,
) -> Result<Vec<Cow<'static, Rule>>, regex::Error> {
    let spread = own(spread(known, folded), "[nummer]", Trace::Number)?;
    let early = fixed.early.iter().map(Cow::Borrowed);
    Ok(early.chain(spread).collect())
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
    // Not within a longer abbreviation.
    let small = words(&known.small_initials)
        .map(|words| format!(r"(?P<not>\p{{L}}\.)?(?:{words})\b\.?(?P<nor>\p{{L}}\.)?"));
    let (year_in_words, age_in_words) = in_words(known);
    let found = [
        own(numbers, "[nummer]", Trace::Number)?,
        Some(Cow::Borrowed(&fixed.postcode)),
        Some(Cow::Borrowed(&fixed.plate)),
        own(streets, "[adres]", Trace::Place)?,
        Some(Cow::Borrowed(&fixed.street)),
        own(
            words(&known.organisations).map(whole),
            "[organisatie]",
            Trace::Organisation,
        )?,
        own(places, "[plaats]", Trace::Place)?,
    ];
    let people = [
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
        own(small, "[naam]", Trace::Name)?,
        own_with_capital(words(&known.nicknames).map(inflected))?,
        Some(Cow::Borrowed(&fixed.given)),
        Some(Cow::Borrowed(&fixed.addressed)),
        Some(Cow::Borrowed(&fixed.day)),
        own(birth_year(known), "[jaar]", Trace::Day)?,
    ];
    let first = fixed.first.iter().map(Cow::Borrowed);
    let mut all: Vec<_> = first
        .chain(found.into_iter().flatten())
        .chain(people.into_iter().flatten())
        // Behind the names, since some are one.
        .chain(fixed.towns.iter().map(Cow::Borrowed))
        .collect();
    // Behind the names: an age stands where one was.
    for pattern in in_digits(known, folded) {
        let band = known.age().map(age_band).unwrap_or_default();
        all.push(Cow::Owned(rule(&pattern, band, Trace::Day)?));
    }
    all.push(Cow::Borrowed(&fixed.birthday));
    Ok(all)
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
    let made = made.transpose()?;
    Ok(made
        .map(|rule| with_capital(rule, Capital::First))
        .map(Cow::Owned))
}
