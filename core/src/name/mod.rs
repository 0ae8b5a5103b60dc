//! Dutch names: written out, addressed, listed and sorted.

mod prefix;
mod sort;
mod whole;

pub use crate::fold::fold;
pub use prefix::split_surname;
pub use sort::IjOrder;
pub use whole::{Whole, split_whole};

use std::borrow::Cow;

/// How somebody wants to be addressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Salutation {
    /// `mevrouw`
    Mrs,
    /// `de heer`
    Mr,
    /// By full name, without either word.
    #[default]
    Neutral,
}

/// Whose surname is used, and in which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NameOrder {
    /// The own surname.
    #[default]
    Own,
    /// The partner's.
    Partner,
    /// The partner's, then the own.
    PartnerOwn,
    /// The own, then the partner's.
    OwnPartner,
}

/// The parts of a name, as the fields of the catalogue hold them. No `Debug`: a name must not slip into a log.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Name<'a> {
    /// Word of address.
    pub salutation: Salutation,
    /// Academic titles: `dr.`, `MSc`.
    pub titles: &'a str,
    /// `J.P.`
    pub initials: &'a str,
    /// The name used in daily life.
    pub given_name: &'a str,
    /// `van der`; when it is empty, the prefix is looked for in the surname.
    pub prefix: &'a str,
    /// Without its prefix.
    pub surname: &'a str,
    /// With its prefix, if any.
    pub partner_surname: &'a str,
    /// Whose surname is used.
    pub order: NameOrder,
    /// Of a company or a department, whole; only where nobody is named.
    pub company: Cow<'a, str>,
}

/// A name as lists have it. No `Debug` either.
pub struct Lines {
    /// As [`Name::full`] writes it.
    pub full: String,
    /// As [`Name::listed`] does.
    pub listed: String,
    /// As [`Name::sort_key`] does.
    pub sort_key: String,
}

/// A prefix, which may be empty, and the rest of a surname.
type Family<'a> = (Cow<'a, str>, Cow<'a, str>);

impl<'a> Name<'a> {
    /// Gathers the parts through `value`, which gives the stored value of a catalogue field by its id. What is missing
    /// or withheld stays empty.
    pub fn from_fields(value: impl Fn(&str) -> Option<&'a str>) -> Self {
        let text = |id| value(id).unwrap_or_default().trim();
        let name = Self {
            salutation: match value("salutation") {
                Some("mrs") => Salutation::Mrs,
                Some("mr") => Salutation::Mr,
                _ => Salutation::Neutral,
            },
            titles: text("titles"),
            initials: text("initials"),
            given_name: text("given_name"),
            prefix: text("prefix"),
            surname: text("surname"),
            partner_surname: text("partner_surname"),
            order: match value("name_order") {
                Some("partner") => NameOrder::Partner,
                Some("partner_own") => NameOrder::PartnerOwn,
                Some("own_partner") => NameOrder::OwnPartner,
                _ => NameOrder::Own,
            },
            company: Cow::default(),
        };
        if name.names_somebody() {
            return name;
        }
        let company: Cow<'_, str> = match (text("department"), text("organisation")) {
            ("", organisation) => organisation.into(),
            (department, "") => department.into(),
            (department, organisation) => format!("{department}, {organisation}").into(),
        };
        if company.is_empty() {
            return name;
        }
        Self {
            company,
            ..Self::default()
        }
    }

    fn names_somebody(&self) -> bool {
        let parts = [
            self.surname,
            self.given_name,
            self.initials,
            self.partner_surname,
        ];
        parts.iter().any(|part| !part.is_empty())
    }

    /// `Jan van der Berg`; with initials when there is no given name.
    pub fn full(&self) -> String {
        self.full_with(&self.family())
    }

    /// `mevrouw Van der Berg`, `de heer Van der Berg`; with a neutral salutation, or no surname, the full name.
    pub fn formal(&self) -> String {
        let (prefix, surname) = self.family();
        let family = joined(&prefix::capital(&prefix), &surname);
        match self.salutation {
            _ if family.is_empty() => self.full(),
            Salutation::Mrs => format!("mevrouw {family}"),
            Salutation::Mr => format!("de heer {family}"),
            Salutation::Neutral => self.full(),
        }
    }

    /// As on an envelope: `mevrouw dr. J. van der Berg`. Titles stand before the initials.
    pub fn addressed(&self) -> String {
        let word = match self.salutation {
            Salutation::Mrs => "mevrouw",
            Salutation::Mr => "de heer",
            Salutation::Neutral => "",
        };
        let name = after(first_of(self.initials, self.given_name), &self.family());
        joined(&joined(word, self.titles), &name)
    }

    /// `Berg, J. van der`, as in an alphabetical list; with the given name when there are no initials.
    pub fn listed(&self) -> String {
        self.listed_with(&self.family())
    }

    /// A text whose byte order is the Dutch order of names: by surname without prefix, then first name, then prefix.
    pub fn sort_key(&self, ij: IjOrder) -> String {
        self.sort_key_with(&self.family(), ij)
    }

    /// All three, for a hundred thousand of them.
    pub fn lines(&self, ij: IjOrder) -> Lines {
        let family = self.family();
        Lines {
            full: self.full_with(&family),
            listed: self.listed_with(&family),
            sort_key: self.sort_key_with(&family, ij),
        }
    }

    fn full_with(&self, family: &Family<'_>) -> String {
        after(first_of(self.given_name, self.initials), family)
    }

    fn listed_with(&self, (prefix, surname): &Family<'_>) -> String {
        let first = joined(first_of(self.initials, self.given_name), prefix);
        match (surname.is_empty(), first.is_empty()) {
            (true, _) => first,
            (false, true) => surname.clone().into_owned(),
            (false, false) => [surname, ", ", &first].concat(),
        }
    }

    fn sort_key_with(&self, (prefix, surname): &Family<'_>, ij: IjOrder) -> String {
        let first = first_of(self.given_name, self.initials);
        sort::key(&[surname, first, prefix], ij)
    }

    /// The surname in use: the first prefix, and all that comes after it.
    fn family(&self) -> Family<'_> {
        let (own, partner) = (self.own(), split_surname(self.partner_surname));
        if partner.1.is_empty() {
            return own;
        }
        match self.order {
            _ if own.1.is_empty() => partner,
            NameOrder::Own => own,
            NameOrder::Partner => partner,
            NameOrder::PartnerOwn => hyphenated(partner, &own),
            NameOrder::OwnPartner => hyphenated(own, &partner),
        }
    }

    fn own(&self) -> Family<'_> {
        // "De Linde" is listed and sorted as it is written: its "De" is no prefix.
        if !self.company.is_empty() {
            return (Cow::default(), (*self.company).into());
        }
        if self.prefix.trim().is_empty() {
            split_surname(self.surname)
        } else {
            (prefix::lower(self.prefix), self.surname.trim().into())
        }
    }
}

fn after(first: &str, (prefix, surname): &Family<'_>) -> String {
    if first.is_empty() {
        joined(&prefix::capital(prefix), surname)
    } else {
        joined(first, &joined(prefix, surname))
    }
}

/// `Jansen-van der Berg`.
fn hyphenated<'a>(first: Family<'a>, second: &Family<'_>) -> Family<'a> {
    let second = joined(&second.0, &second.1);
    (first.0, [&*first.1, "-", &second].concat().into())
}

fn first_of<'a>(wanted: &'a str, else_this: &'a str) -> &'a str {
    if wanted.trim().is_empty() {
        else_this.trim()
    } else {
        wanted.trim()
    }
}

/// Both with a space between; none after `d'`, which is written to what follows.
fn joined(left: &str, right: &str) -> String {
    let elided = left.len() > 1 && left.ends_with(['\'', '’']);
    let space = if left.is_empty() || right.is_empty() || elided {
        ""
    } else {
        " "
    };
    [left, space, right].concat()
}

#[cfg(test)]
mod tests;
