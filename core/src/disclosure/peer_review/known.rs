//! Whatever leads to the people in a dossier: names, places, organisations, numbers, days.

use super::{
    dates,
    folded::Folded,
    ordinary,
    scrub::{is_name_like, within_sentence},
    words::{ABBREVIATIONS, ADDRESSES, COMMON, GIVEN, KEPT, NICKNAMES, ROLES},
};
use crate::{
    access::View,
    code,
    consent::{Consent, Ground},
    dossier::EntryContent,
    fold::fold,
    name::split_surname,
};
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeSet, HashSet};
use zeroize::{Zeroize, Zeroizing};

/// What is looked for, all of it folded.
#[derive(Default)]
pub(super) struct Known {
    /// Single words of surnames, in whatever case they stand.
    pub names: BTreeSet<String>,
    /// The same of given names, before which no prefix stands.
    pub given: BTreeSet<String>,
    /// Words that are a name when they have a capital.
    pub nicknames: BTreeSet<String>,
    /// `j.p.`
    pub initials: BTreeSet<String>,
    /// Those of the person, which are found without capitals too.
    pub small_initials: BTreeSet<String>,
    /// Words before a surname: `van der`.
    pub prefixes: BTreeSet<String>,
    pub places: BTreeSet<String>,
    pub streets: BTreeSet<String>,
    pub organisations: BTreeSet<String>,
    /// Those of them that are names, and not what a department is called.
    pub firms: BTreeSet<String>,
    /// Texts as they stand in a field: numbers, addresses on the net.
    pub literals: BTreeSet<String>,
    pub born: Option<NaiveDate>,
    pub today: NaiveDate,
    /// Every day that stands in the dossier.
    pub days: HashSet<NaiveDate>,
    /// Days that pairs of numbers in it may mean.
    pub doubted: HashSet<NaiveDate>,
}

impl Drop for Known {
    fn drop(&mut self) {
        let sets = [
            &mut self.names,
            &mut self.given,
            &mut self.nicknames,
            &mut self.initials,
            &mut self.small_initials,
            &mut self.prefixes,
            &mut self.places,
            &mut self.streets,
            &mut self.organisations,
            &mut self.firms,
            &mut self.literals,
        ];
        for set in sets {
            for mut one in std::mem::take(set) {
                one.zeroize();
            }
        }
    }
}

/// Fields that hold a number or an address on the net.
const LITERALS: &[&str] = &[
    "telephone",
    "mobile",
    "fax",
    "email",
    "private_email",
    "website",
    "linkedin",
    "project_number",
    "bsn",
    "id_document",
    "iban",
    "kvk",
    "vat_id",
];

impl Known {
    pub fn new(today: NaiveDate) -> Self {
        let mut known = Self::default();
        known.today = today;
        known
    }

    /// Everything that the fields of a dossier say about who it is.
    pub fn add_dossier(&mut self, view: &View) {
        let value = |field: &str| view.fields.get(field).and_then(|seen| seen.value());
        let text = |field: &str| value(field).unwrap_or_default();
        self.add_person(
            text("given_name"),
            text("initials"),
            text("prefix"),
            text("surname"),
        );
        self.add_person("", "", "", text("partner_surname"));
        for field in ["town", "place_of_birth"] {
            insert(&mut self.places, text(field));
        }
        self.add_street(text("street"));
        for written in [
            text("postcode").to_owned(),
            text("postcode").replace(' ', ""),
        ] {
            insert(&mut self.streets, &written);
        }
        for field in ["organisation", "school"] {
            self.add_firm(text(field));
        }
        for field in ["department", "work_location"] {
            self.add_organisation(text(field));
        }
        for field in LITERALS {
            insert(&mut self.literals, text(field));
        }
    }

    /// The person that the copy is about: birth, and every day in the dossier.
    pub fn add_subject(&mut self, view: &View) {
        self.add_dossier(view);
        let text = |field: &str| view.fields.get(field).and_then(|seen| seen.value());
        let text = |field: &str| text(field).unwrap_or_default();
        self.add_small_initials(text("initials"), text("prefix"), text("surname"));
        let born = view
            .fields
            .get("date_of_birth")
            .and_then(|seen| seen.value());
        self.born = born.and_then(|born| born.parse().ok());
        self.days.extend(self.born);
        for field in KEPT {
            if let Some(text) = view.fields.get(field).and_then(|seen| seen.value()) {
                self.add_days(text, self.today);
            }
        }
        for entry in &view.entries {
            let content = EntryContent::parse(entry.content.as_bytes());
            let content = Zeroizing::new(content.unwrap_or_default());
            self.add_entry(entry.field, &content);
        }
    }

    fn add_entry(&mut self, field: &str, content: &EntryContent) {
        let title = content.title.as_deref().unwrap_or_default();
        match field {
            _ if PEOPLE.contains(&field) => {
                self.add_full_name(title);
            }
            "disclosures" | "medical_disclosures" => {
                // Whoever asks for their own data is no organisation.
                let asks = content.disclosure.as_ref();
                if asks.is_some_and(|asks| asks.asker == "person") {
                    self.add_full_name(title);
                } else {
                    self.add_organisation(title);
                }
            }
            _ => {}
        }
        if let Some(consent) = &content.consent {
            self.add_consent(consent);
        }
        if let Some(ground) = &content.ground {
            self.add_ground(ground);
        }
        self.add_full_name(content.professional.as_deref().unwrap_or_default());
        for text in [&content.telephone, &content.email].into_iter().flatten() {
            insert(&mut self.literals, text);
        }
        let day = |text: &Option<String>| text.as_deref().and_then(|day| day.parse().ok());
        let on: Option<NaiveDate> = day(&content.on);
        self.days.extend(on);
        self.days.extend(day(&content.until));
        self.add_days(&content.text, on.unwrap_or(self.today));
        self.add_days(title, on.unwrap_or(self.today));
    }

    fn add_consent(&mut self, consent: &Consent) {
        let given = &consent.given;
        self.add_full_name(&given.by.name);
        self.add_recipient(&given.recipient);
        self.add_names_in(&given.purpose);
        self.add_names_in(&given.note);
        self.add_written_days([&given.on, &given.until]);
        if let Some(withdrawn) = &consent.withdrawn {
            self.add_full_name(&withdrawn.by.name);
            self.add_names_in(&withdrawn.note);
            self.add_written_days([&withdrawn.on]);
        }
    }

    fn add_ground(&mut self, ground: &Ground) {
        self.add_recipient(&ground.recipient);
        self.add_names_in(&ground.reason);
        self.add_written_days([&ground.on, &ground.until]);
        self.add_written_days(&ground.ended);
    }

    /// Days in their stored form.
    fn add_written_days<'t>(&mut self, days: impl IntoIterator<Item = &'t String>) {
        self.days.extend(
            days.into_iter()
                .filter_map(|day| day.parse::<NaiveDate>().ok()),
        );
    }

    fn add_days(&mut self, text: &str, near: NaiveDate) {
        let folded = Folded::of(text);
        for found in dates::find(&folded.text, near) {
            if found.is_day() && found.doubted {
                self.doubted.insert(found.date);
            } else if found.is_day() {
                self.days.insert(found.date);
            }
        }
    }

    /// To or from whom a consent is, as somebody typed it: a person (`dokter pietersma`, `Anna Pietersma`) or an organisation.
    fn add_recipient(&mut self, text: &str) {
        let first = folded_words(text).next().unwrap_or_default();
        let known = |word: &str| ADDRESSES.contains(&word) || GIVEN.contains(&word);
        if known(&first) || !text.chars().any(char::is_uppercase) {
            for word in folded_words(text).filter(|word| is_telling(word)) {
                add_words(&mut self.names, &word);
            }
        } else {
            self.add_organisation(text);
        }
        self.add_names_in(text);
    }

    /// Names within a sentence: behind `dokter` and the like in whatever case, and words with a capital.
    fn add_names_in(&mut self, text: &str) {
        let (mut before, mut addressed) = (Zeroizing::new(String::new()), false);
        for written in text.split_whitespace() {
            let word = written.trim_matches(|c: char| !c.is_alphanumeric());
            let folded = fold(word);
            if ADDRESSES.contains(&folded.as_str()) {
                addressed = true;
            } else if is_prefix(&folded) || folded.chars().count() < 2 {
                // `van`, or an initial: the name comes behind it.
            } else if !is_telling(&folded) {
                addressed = false;
            } else if addressed || is_name_like(word) && within_sentence(&before) {
                add_words(&mut self.names, word);
                addressed = GIVEN.contains(&folded.as_str());
            } else if is_name_like(word) {
                // A sentence begins with it: perhaps a name.
                self.nicknames.insert(folded);
            }
            before.push_str(written);
            before.push(' ');
        }
    }

    /// A name as one text, as somebody typed it.
    pub fn add_full_name(&mut self, name: &str) {
        // `dokter pietersma`: what they are addressed with is no name.
        let title = |word: &str| ADDRESSES.contains(&fold(word.trim_end_matches('.')).as_str());
        let mut name = name.trim();
        while let Some((_, rest)) = name.split_once(' ').filter(|(first, _)| title(first)) {
            name = rest.trim_start();
        }
        for word in name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-') {
            if word.chars().next().is_some_and(char::is_uppercase) {
                self.add_given(word);
            }
        }
        let first = name.trim().split(' ').next().unwrap_or_default();
        add_words(&mut self.given, first);
        add_words(
            &mut self.names,
            name.trim().get(first.len()..).unwrap_or_default(),
        );
        insert(&mut self.prefixes, &split_surname(name).0);
    }

    fn add_person(&mut self, given: &str, initials: &str, prefix: &str, surname: &str) {
        for word in given.split([' ', '-']) {
            self.add_given(word);
        }
        add_words(&mut self.given, given);
        let (own, rest) = split_surname(surname);
        for one in [prefix, &own] {
            insert(&mut self.prefixes, one);
        }
        add_words(&mut self.names, &rest);
        // `J.P.`, and `JPvdB` as people abbreviate in notes.
        let words = [prefix, &own].join(" ");
        let first = rest.split_whitespace().next().unwrap_or_default();
        let short = initials_of(initials, &[&words, first].join(" ")).concat();
        if short.chars().count() > 2 {
            self.nicknames.insert(short);
        }
        // `Vanderberg`, `vdBerg`.
        if !words.trim().is_empty() && !rest.is_empty() {
            let glued: String = words.split_whitespace().collect();
            let starts: String = words
                .split_whitespace()
                .filter_map(|word| word.chars().next())
                .collect();
            for start in [glued, starts] {
                self.names
                    .insert(fold(&format!("{start}{rest}")).replace(' ', ""));
            }
        }
        insert(&mut self.initials, initials);
    }

    /// Initials of the person without capitals: `m.l.`, and with those of the surname `m.l.v.h.`, `mlvh` and `mlh`.
    fn add_small_initials(&mut self, initials: &str, prefix: &str, surname: &str) {
        let (own, rest) = split_surname(surname);
        let first = rest.split_whitespace().next().unwrap_or_default();
        if initials.trim().is_empty() {
            return;
        }
        for words in ["", first, &[prefix, &own, first].join(" ")] {
            let letters = initials_of(initials, words);
            let dotted = letters.join(".");
            if letters.len() > 1 && !ABBREVIATIONS.contains(&dotted.as_str()) {
                self.small_initials.insert(letters.join(". "));
                self.small_initials.insert(dotted);
            }
            // Three letters with a vowel are a word as easily.
            let short = letters.concat();
            let long = short.chars().count();
            let word = ordinary::is_ordinary(&short)
                || long == 3 && short.contains(['a', 'e', 'i', 'o', 'u', 'y']);
            if long > 2 && !word {
                self.given.insert(short);
            }
        }
    }

    fn add_given(&mut self, word: &str) {
        let folded = fold(word.trim_matches(|c: char| !c.is_alphanumeric()));
        for (name, short) in NICKNAMES {
            if *name == folded || short.contains(&folded.as_str()) {
                let all = short.iter().chain([name]).filter(|one| **one != folded);
                self.nicknames.extend(all.map(|one| (*one).to_owned()));
            }
        }
        // The beginning of a long name is a short one.
        let count = folded.chars().count();
        for length in 3..count.saturating_sub(1).min(6) {
            self.nicknames.insert(folded.chars().take(length).collect());
        }
    }

    fn add_street(&mut self, street: &str) {
        insert(&mut self.streets, &street_name(street));
    }

    /// An organisation that a name tells.
    pub fn add_firm(&mut self, name: &str) {
        self.add_organisation(name);
        let words = name.split(|c: char| !c.is_alphanumeric()).map(fold);
        let known = words.filter(|word| self.organisations.contains(word));
        self.firms.extend(known.collect::<Vec<_>>());
    }

    /// The whole name, and each of its words that tells which one it is.
    pub fn add_organisation(&mut self, name: &str) {
        insert(&mut self.organisations, name);
        for word in name.split(|c: char| !c.is_alphanumeric() && c != '.') {
            let folded = fold(word.trim_matches('.'));
            let telling = folded.chars().count() > 3 && !COMMON.contains(&folded.as_str());
            if telling && word.chars().next().is_some_and(char::is_uppercase) {
                self.organisations.insert(folded);
            }
        }
    }

    /// Age on the day of the copy, in whole years.
    pub fn age(&self) -> Option<u32> {
        crate::time::age_on(self.born?, self.today)
    }

    /// The year of birth.
    pub fn birth_year(&self) -> Option<i32> {
        self.born.map(|born| born.year())
    }

    /// Literals with what people make of them: a telephone number as it is dialled.
    pub fn all_literals(&self) -> BTreeSet<String> {
        let mut all = self.literals.clone();
        for one in &self.literals {
            if let Ok(phone) = code::Phone::parse(one) {
                all.insert(fold(&phone.show()));
            }
            all.insert(one.replace(' ', ""));
            let letters: String = one.chars().filter(|c| c.is_alphanumeric()).collect();
            if letters.chars().count() > 3 {
                all.insert(letters);
            }
        }
        all
    }
}

/// Words of a text, folded.
fn folded_words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'');
    words.filter(|word| !word.is_empty()).map(fold)
}

/// Whether a folded word of a consent tells who somebody is.
fn is_telling(word: &str) -> bool {
    !ordinary::is_ordinary(word)
        && ![ADDRESSES, COMMON, ROLES]
            .iter()
            .any(|words| words.contains(&word))
}

/// The letters of somebody, folded: of the initials, and the first of each of these words. `MLV` without dots is three of them; `Th.`
/// is one.
fn initials_of(initials: &str, words: &str) -> Vec<String> {
    let (initials, words) = (fold(initials), fold(words));
    let between = if initials.contains('.') { "." } else { "" };
    let letters = initials.split(between).map(str::trim);
    let letters = letters.filter(|one| one.starts_with(char::is_alphabetic));
    let first = |word: &str| word.chars().find(|c| c.is_alphabetic()).map(String::from);
    let others = words.split_whitespace().filter_map(first);
    letters.map(str::to_owned).chain(others).collect()
}

fn insert(set: &mut BTreeSet<String>, text: &str) {
    let folded = fold(text.trim());
    if folded.chars().count() > 1 {
        set.insert(folded);
    }
}

/// Whether a word before a name is its prefix, or has one written to it.
fn is_prefix(word: &str) -> bool {
    !split_surname(&format!("{word} x")).0.is_empty()
}

/// Every word of a name that is no prefix.
fn add_words(set: &mut BTreeSet<String>, name: &str) {
    for word in name.split(|c: char| !c.is_alphanumeric() && c != '\'') {
        let word = fold(word.trim_matches('\''));
        if word.chars().count() > 1 && !is_prefix(&word) && !COMMON.contains(&word.as_str()) {
            set.insert(word);
        }
    }
}
/// Entry lists of people: what such an entry is called is a name.
pub(in crate::disclosure) const PEOPLE: [&str; 4] = [
    "people_involved",
    "roles",
    "representatives",
    "authorisations",
];

/// A street without its number. Some begin with one: `1e Oosterparkstraat 12`.
pub(in crate::disclosure) fn street_name(street: &str) -> String {
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let words = street.split_whitespace().enumerate();
    let name = words.take_while(|(at, word)| *at == 0 || !is_number(word));
    name.map(|(_, word)| word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{
        consent::{Given, Giver},
        dossier::DisclosureRecord,
    };

    fn known() -> Known {
        Known::new("2026-03-20".parse().unwrap())
    }

    /// What the words of a text become.
    fn cleaned(known: &Known, text: &str) -> String {
        let scrubber =
            super::super::scrub::Scrubber::new(known, 10, std::iter::once(text)).unwrap();
        scrubber.scrub(text, known.today).text.to_string()
    }

    #[test]
    fn names_in_consents_and_grounds_are_known() {
        let given = Given {
            recipient: "dokter pietersma".to_owned(),
            purpose: "Overleg met Jansma en mw. de boerema over herstel".to_owned(),
            by: Giver {
                name: "Wietske Fokkema".to_owned(),
                ..Giver::default()
            },
            ..Given::default()
        };
        let consent = Consent {
            given,
            withdrawn: None,
        };
        let ground = Ground {
            recipient: "Bureau Zonnedauw".to_owned(),
            reason: "Hoekstra meldde het. Zij vroeg drs. tjitske van der wal om raad.".to_owned(),
            ..Ground::default()
        };
        let mut known = known();
        for content in [
            EntryContent {
                consent: Some(consent.into()),
                ..EntryContent::default()
            },
            EntryContent {
                ground: Some(ground.into()),
                ..EntryContent::default()
            },
        ] {
            known.add_entry("consents", &content);
        }
        for (text, clean) in [
            ("sprak pietersma", "sprak [naam]"),
            ("de dokter belde", "de dokter belde"),
            ("sprak jansma en boerema", "sprak [naam] en [naam]"),
            ("sprak wietske, zei fokkema", "sprak [naam], zei [naam]"),
            ("was bij zonnedauw", "was bij [organisatie]"),
            ("Hoekstra zei het", "[naam] zei het"),
            ("sprak tjitske", "sprak [naam]"),
            (
                "overleg over herstel, om raad",
                "overleg over herstel, om raad",
            ),
        ] {
            assert_eq!(cleaned(&known, text), clean);
        }
    }

    #[test]
    fn a_recipient_without_a_name_is_nobody() {
        let mut known = known();
        for recipient in [
            "huisarts",
            "de behandelend fysiotherapeut",
            "bedrijfsarts van het uwv",
        ] {
            known.add_recipient(recipient);
        }
        let text = "belde de huisarts, de fysiotherapeut en de bedrijfsarts";
        assert_eq!(cleaned(&known, text), text);
        known.add_recipient("pietersma");
        assert_eq!(cleaned(&known, "sprak pietersma"), "sprak [naam]");
    }

    #[test]
    fn own_initials_go_without_capitals() {
        let mut known = known();
        known.add_small_initials("M.L.", "van", "Heuvel");
        for (text, clean) in [
            ("sprak m.l. kort", "sprak [naam] kort"),
            ("sprak m. l., kort", "sprak [naam], kort"),
            (
                "mlvh was er, en m.l.v.h. ook",
                "[naam] was er, en [naam] ook",
            ),
            ("sprak mlh", "sprak [naam]"),
            ("nam 5 ml in, o.a.m.l.x.", "nam 5 ml in, o.a.m.l.x."),
        ] {
            assert_eq!(cleaned(&known, text), clean);
        }
        // Initials that everybody writes for something else.
        let mut known = self::known();
        known.add_small_initials("A.S.", "", "Nijland");
        assert_eq!(cleaned(&known, "komt a.s. week"), "komt a.s. week");
        assert_eq!(
            cleaned(&known, "sprak a.s.n. en ans"),
            "sprak [naam] en ans"
        );
    }

    #[test]
    fn who_asks_for_their_own_data_is_a_person() {
        let asked = |asker: &str| EntryContent {
            title: Some("Jet Fokkema".to_owned()),
            disclosure: Some(
                DisclosureRecord {
                    asker: asker.to_owned(),
                    ..DisclosureRecord::default()
                }
                .into(),
            ),
            ..EntryContent::default()
        };
        for (asker, clean) in [
            ("person", "sprak [naam] en [naam]"),
            ("insurer", "sprak jet en [organisatie]"),
        ] {
            let mut known = known();
            known.add_entry("disclosures", &asked(asker));
            assert_eq!(cleaned(&known, "sprak jet en fokkema"), clean);
        }
    }
}
