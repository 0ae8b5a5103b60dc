//! Dutch names: written out, addressed, listed and sorted.

mod prefix;
mod sort;
mod whole;

pub use crate::fold::fold;
pub use prefix::split_surname;
pub use sort::IjOrder;
pub use whole::{Whole, split_whole};

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
pub struct Name {
    /// Word of address.
    pub salutation: Salutation,
    /// Academic titles: `dr.`, `MSc`.
    pub titles: String,
    /// `J.P.`
    pub initials: String,
    /// The name used in daily life.
    pub given_name: String,
    /// `van der`; when it is empty, the prefix is looked for in the surname.
    pub prefix: String,
    /// Without its prefix.
    pub surname: String,
    /// With its prefix, if any.
    pub partner_surname: String,
    /// Whose surname is used.
    pub order: NameOrder,
    /// Of a company or a department, whole; only where nobody is named.
    pub company: String,
}

/// A prefix, which may be empty, and the rest of a surname.
type Family = (String, String);

impl Name {
    /// Gathers the parts through `value`, which gives the stored value of a catalogue field by its id. What is missing
    /// or withheld stays empty.
    pub fn from_fields<'a>(value: impl Fn(&str) -> Option<&'a str>) -> Self {
        let text = |id| value(id).unwrap_or_default().trim().to_owned();
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
            company: String::new(),
        };
        if name.names_somebody() {
            return name;
        }
        let company = match (text("department"), text("organisation")) {
            (department, organisation) if department.is_empty() => organisation,
            (department, organisation) if organisation.is_empty() => department,
            (department, organisation) => format!("{department}, {organisation}"),
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
            &self.surname,
            &self.given_name,
            &self.initials,
            &self.partner_surname,
        ];
        parts.iter().any(|part| !part.is_empty())
    }

    /// `Jan van der Berg`; with initials when there is no given name.
    pub fn full(&self) -> String {
        self.after(first_of(&self.given_name, &self.initials))
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
        let name = self.after(first_of(&self.initials, &self.given_name));
        joined(&joined(word, &self.titles), &name)
    }

    /// `Berg, J. van der`, as in an alphabetical list; with the given name when there are no initials.
    pub fn listed(&self) -> String {
        let (prefix, surname) = self.family();
        let first = joined(first_of(&self.initials, &self.given_name), &prefix);
        match (surname.is_empty(), first.is_empty()) {
            (true, _) => first,
            (false, true) => surname,
            (false, false) => format!("{surname}, {first}"),
        }
    }

    /// A text whose byte order is the Dutch order of names: by surname without prefix, then first name, then prefix.
    pub fn sort_key(&self, ij: IjOrder) -> String {
        let (prefix, surname) = self.family();
        sort::key(
            &[
                &surname,
                first_of(&self.given_name, &self.initials),
                &prefix,
            ],
            ij,
        )
    }

    fn after(&self, first: &str) -> String {
        let (prefix, surname) = self.family();
        let prefix = if first.is_empty() {
            prefix::capital(&prefix)
        } else {
            prefix
        };
        joined(first, &joined(&prefix, &surname))
    }

    /// The surname in use: the first prefix, and all that comes after it.
    fn family(&self) -> Family {
        let (own, partner) = (self.own(), split_surname(&self.partner_surname));
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

    fn own(&self) -> Family {
        // "De Linde" is listed and sorted as it is written: its "De" is no prefix.
        if !self.company.is_empty() {
            return (String::new(), self.company.clone());
        }
        if self.prefix.trim().is_empty() {
            split_surname(&self.surname)
        } else {
            (prefix::lower(&self.prefix), self.surname.trim().to_owned())
        }
    }
}

/// `Jansen-van der Berg`.
fn hyphenated(first: Family, second: &Family) -> Family {
    (
        first.0,
        format!("{}-{}", first.1, joined(&second.0, &second.1)),
    )
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
    format!("{left}{space}{right}")
}

#[cfg(test)]
mod tests;
