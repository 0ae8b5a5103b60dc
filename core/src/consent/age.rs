//! Who may consent, and who may take it back, by age (UAVG art. 5 as of 1 September 2026): consent of under-16s comes from the
//! representative; from 12 the child may withdraw it.

use crate::time::age_on;
use chrono::NaiveDate;

/// In which capacity somebody signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capacity {
    /// The person concerned.
    Person,
    /// A parent with authority.
    Parent,
    /// A guardian of a minor.
    Guardian,
    /// Of an adult under guardianship ("curatele").
    Curator,
    /// Of an adult who cannot decide about care ("mentorschap").
    Mentor,
    /// By a signed and dated authorisation.
    Authorised,
}

/// Those who represent by law: what an entry of the list of representatives can say.
pub(crate) const BY_LAW: &[&str] = &["parent", "guardian", "curator", "mentor"];
/// The age from which somebody consents alone.
const CONSENTS: u32 = 16;
/// The age from which somebody takes back alone.
const WITHDRAWS: u32 = 12;

impl Capacity {
    const ALL: [Self; 6] = [
        Self::Person,
        Self::Parent,
        Self::Guardian,
        Self::Curator,
        Self::Mentor,
        Self::Authorised,
    ];

    /// The permanent word for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Parent => "parent",
            Self::Guardian => "guardian",
            Self::Curator => "curator",
            Self::Mentor => "mentor",
            Self::Authorised => "authorised",
        }
    }

    /// From its word.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    fn is_over_minors(self) -> bool {
        matches!(self, Self::Parent | Self::Guardian)
    }
}

/// Whether somebody born then may consent in this capacity on this day; otherwise a word of the program. Where the birth is
/// not known the age is not judged.
pub fn may_give(
    birth: Option<NaiveDate>,
    by: Capacity,
    today: NaiveDate,
) -> Result<(), &'static str> {
    match birth.and_then(|birth| age_on(birth, today)) {
        Some(age) if age < CONSENTS && !by.is_over_minors() => Err("representative_needed"),
        Some(age) if age >= CONSENTS && by.is_over_minors() => Err("decides_alone"),
        _ => Ok(()),
    }
}

/// The same of withdrawing.
pub fn may_withdraw(
    birth: Option<NaiveDate>,
    by: Capacity,
    today: NaiveDate,
) -> Result<(), &'static str> {
    match birth.and_then(|birth| age_on(birth, today)) {
        Some(age) if age < WITHDRAWS && !by.is_over_minors() => Err("representative_needed"),
        Some(age) if age >= CONSENTS && by.is_over_minors() => Err("decides_alone"),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Capacity::{Authorised, Curator, Guardian, Parent, Person};

    #[test]
    fn by_age_and_capacity() {
        let today: NaiveDate = "2026-09-01".parse().unwrap_or_default();
        let (needed, alone) = (Err("representative_needed"), Err("decides_alone"));
        let vectors = [
            // born, capacity, may give, may withdraw
            ("2014-09-02", Person, needed, needed),
            ("2014-09-02", Parent, Ok(()), Ok(())),
            ("2014-09-01", Person, needed, Ok(())),
            ("2014-09-01", Guardian, Ok(()), Ok(())),
            ("2010-09-02", Person, needed, Ok(())),
            ("2010-09-02", Authorised, needed, Ok(())),
            ("2010-09-02", Parent, Ok(()), Ok(())),
            ("2010-09-01", Person, Ok(()), Ok(())),
            ("2010-09-01", Parent, alone, alone),
            ("1980-01-01", Curator, Ok(()), Ok(())),
            ("1980-01-01", Authorised, Ok(()), Ok(())),
        ];
        for (born, by, give, withdraw) in vectors {
            let birth = born.parse().ok();
            assert_eq!(may_give(birth, by, today), give, "{born} {by:?}");
            assert_eq!(may_withdraw(birth, by, today), withdraw, "{born} {by:?}");
        }
        assert_eq!(may_give(None, Person, today), Ok(()));
        assert_eq!(may_give(None, Parent, today), Ok(()));
    }

    #[test]
    fn words_are_their_own() {
        for one in Capacity::ALL {
            assert_eq!(Capacity::of(one.code()), Some(one));
        }
        assert!(BY_LAW.iter().all(|code| Capacity::of(code).is_some()));
    }
}
