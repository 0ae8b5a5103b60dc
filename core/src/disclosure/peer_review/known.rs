//! Whatever leads to the people in a dossier: names, places, organisations, numbers, days.

use super::{
    dates,
    words::{COMMON, KEPT, NICKNAMES},
};
use crate::{access::View, code, dossier::EntryContent, fold::fold, name::split_surname};
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
}

impl Drop for Known {
    fn drop(&mut self) {
        let sets = [
            &mut self.names,
            &mut self.given,
            &mut self.nicknames,
            &mut self.initials,
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
            "disclosures" | "medical_disclosures" => self.add_organisation(title),
            _ => {}
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

    fn add_days(&mut self, text: &str, near: NaiveDate) {
        let folded = Zeroizing::new(fold(text));
        let found = dates::find(&folded, near);
        let days = found.iter().filter(|found| found.is_day());
        self.days.extend(days.map(|found| found.date));
    }

    /// A name as one text, as somebody typed it.
    pub fn add_full_name(&mut self, name: &str) {
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
        let letters: String = fold(initials)
            .chars()
            .filter(|c| c.is_alphabetic())
            .collect();
        let words = [prefix, &own].join(" ");
        let small = words
            .split_whitespace()
            .filter_map(|word| word.chars().next());
        let first = fold(&rest).chars().next();
        let short: String = letters.chars().chain(small).chain(first).collect();
        if short.chars().count() > 2 {
            self.nicknames.insert(fold(&short));
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

fn insert(set: &mut BTreeSet<String>, text: &str) {
    let folded = fold(text.trim());
    if folded.chars().count() > 1 {
        set.insert(folded);
    }
}

/// Every word of a name that is no prefix.
fn add_words(set: &mut BTreeSet<String>, name: &str) {
    for word in name.split(|c: char| !c.is_alphanumeric() && c != '\'') {
        let word = fold(word.trim_matches('\''));
        let (prefix, _) = split_surname(&format!("{word} x"));
        if word.chars().count() > 1 && prefix.is_empty() && !COMMON.contains(&word.as_str()) {
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
