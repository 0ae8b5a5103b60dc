//! Who may be told what, and why: one line for each kind of asker and purpose. Nothing else decides which fields go out.

use crate::{
    access::{Ground, is_about_all},
    time,
};
use chrono::{Days, NaiveDate};

/// Which fields go to whom, for what.
#[derive(Debug)]
pub struct Profile {
    /// One of [`crate::dossier::ASKERS`].
    pub asker: &'static str,
    /// One of [`crate::dossier::PURPOSES`].
    pub purpose: &'static str,
    /// The values that go out, in this order, as far as they are filled in and may be seen.
    pub fields: &'static [&'static str],
    /// Whether the decider may add a reasoned result in words.
    pub result: bool,
    /// Whether words about health may stand in it.
    pub health: bool,
    /// What it has to rest on.
    pub ground: Ground,
    /// The entry list in which it is registered.
    pub list: &'static str,
    /// Until when it is to be answered.
    pub term: Term,
}

/// The time for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// By statute, of a request of the person: a month (AVG art. 12(3)).
    Month,
    /// Of the practice: no statute says.
    Days(u64),
}

impl Term {
    /// The last day, of a request that was received on this day.
    pub fn end(self, received: NaiveDate) -> NaiveDate {
        match self {
            Self::Month => time::deadline_from(received),
            Self::Days(days) => received
                .checked_add_days(Days::new(days))
                .map_or(NaiveDate::MAX, time::to_working_day),
        }
    }
}

/// Who it is about, and no more.
pub(super) const NAME: [&str; 4] = ["initials", "given_name", "prefix", "surname"];
/// No statute says; a setting of the practice.
const USUAL: Term = Term::Days(14);

const BASE: Profile = Profile {
    asker: "",
    purpose: "",
    fields: &NAME,
    result: false,
    health: false,
    ground: Ground::Consent,
    list: "disclosures",
    term: USUAL,
};

/// Every profile. An employer is told whether somebody can work, what is possible and how long it will last; never why.
pub static PROFILES: &[Profile] = &[
    Profile {
        asker: "employer",
        purpose: "absence",
        fields: &[
            NAME[0],
            NAME[1],
            NAME[2],
            NAME[3],
            "work_fitness",
            "work_abilities",
            "work_adaptations",
            "work_duration",
        ],
        ground: Ground::Statute("UAVG 30(1)(b), BW 7:658a"),
        ..BASE
    },
    Profile {
        asker: "employer",
        purpose: "progress",
        fields: &[
            NAME[0],
            NAME[1],
            NAME[2],
            NAME[3],
            "project_number",
            "project_status",
        ],
        ..BASE
    },
    Profile {
        asker: "person",
        purpose: "own_data",
        fields: &[
            NAME[0],
            NAME[1],
            NAME[2],
            NAME[3],
            "project_number",
            "project_status",
            "assignment",
            "expectations",
            "work_fitness",
            "work_abilities",
            "work_adaptations",
            "work_duration",
        ],
        result: true,
        health: true,
        ground: Ground::OwnRequest,
        term: Term::Month,
        ..BASE
    },
    Profile {
        asker: "insurer",
        purpose: "claim",
        fields: &[
            NAME[0],
            NAME[1],
            NAME[2],
            NAME[3],
            "work_fitness",
            "work_duration",
        ],
        ..BASE
    },
    Profile {
        asker: "uwv",
        purpose: "reintegration",
        fields: &REINTEGRATION,
        result: true,
        // Of occupational health services, company doctors and re-integration companies. A municipality is no receiver by it.
        ground: Ground::Statute("Wet SUWI 54(3)(c), 54(10)"),
        ..BASE
    },
    Profile {
        asker: "municipality",
        purpose: "reintegration",
        fields: &REINTEGRATION,
        result: true,
        ..BASE
    },
    Profile {
        asker: "professional",
        purpose: "consultation",
        fields: &[
            NAME[0],
            NAME[1],
            NAME[2],
            NAME[3],
            "date_of_birth",
            "initial_problem",
            "assignment",
            "expectations",
        ],
        result: true,
        health: true,
        ..BASE
    },
    Profile {
        asker: "professional",
        purpose: "medical_consultation",
        fields: &[
            NAME[0],
            NAME[1],
            NAME[2],
            NAME[3],
            "date_of_birth",
            "examinations",
            "limitations",
            "medical_conclusions",
        ],
        result: true,
        health: true,
        list: "medical_disclosures",
        ..BASE
    },
    Profile {
        asker: "new_firm",
        purpose: "transfer",
        ..BASE
    },
    Profile {
        asker: "person",
        purpose: "transfer",
        ground: Ground::OwnRequest,
        term: Term::Month,
        ..BASE
    },
];

const REINTEGRATION: [&str; 10] = [
    NAME[0],
    NAME[1],
    NAME[2],
    NAME[3],
    "date_of_birth",
    "project_status",
    "work_fitness",
    "work_abilities",
    "work_adaptations",
    "work_duration",
];

/// Whether what a disclosure rests on covers a part: the name always, and everything where it has no scope.
pub(super) fn covers(scope: &[String], part: &str) -> bool {
    NAME.contains(&part) || is_about_all(scope) || scope.iter().any(|one| one == part)
}

impl Profile {
    /// Whether it is answered with a package for another firm.
    pub fn is_transfer(&self) -> bool {
        self.purpose == "transfer"
    }
}

/// The profile for an asker and a purpose.
pub fn profile(asker: &str, purpose: &str) -> Option<&'static Profile> {
    let mut all = PROFILES.iter();
    all.find(|one| one.asker == asker && one.purpose == purpose)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{
        catalogue::{self, Section, ValueType},
        dossier::{ASKERS, PURPOSES},
    };
    use std::collections::HashSet;

    #[test]
    fn every_asker_and_purpose_is_known_and_stands_once() {
        let pairs: HashSet<_> = PROFILES.iter().map(|p| (p.asker, p.purpose)).collect();
        assert_eq!(pairs.len(), PROFILES.len());
        for (asker, purpose) in &pairs {
            assert!(ASKERS.contains(asker) && PURPOSES.contains(purpose));
        }
        for asker in ASKERS {
            assert!(PROFILES.iter().any(|p| p.asker == *asker), "{asker}");
        }
        for purpose in PURPOSES {
            assert!(PROFILES.iter().any(|p| p.purpose == *purpose), "{purpose}");
        }
    }

    /// A consent can be about everything that a letter tells on consent, and about nothing else.
    #[test]
    fn a_consent_can_be_about_what_letters_tell() {
        let profiles = PROFILES.iter().filter(|one| one.ground == Ground::Consent);
        let fields = profiles.flat_map(|one| one.fields).copied();
        let told: HashSet<&str> = fields.filter(|field| !NAME.contains(field)).collect();
        assert_eq!(told, crate::consent::TOLD.iter().copied().collect());
    }

    /// What goes to an employer, an insurer or a public body has nothing of the physician's, no number that identifies, nothing
    /// that needs a ground of its own and no story.
    #[test]
    fn no_profile_gives_away_what_nobody_may_ask_for() {
        for profile in PROFILES {
            for id in profile.fields {
                let def = catalogue::field(id).unwrap();
                assert!(def.shape().is_none(), "{id}");
                assert!(
                    !matches!(
                        def.value,
                        ValueType::Bsn | ValueType::IdDocument | ValueType::Iban
                    ),
                    "{id}"
                );
                assert!(!matches!(def.section, Section::Special | Section::Money));
                let medical = def.section == Section::Medical;
                assert!(!medical || profile.list == "medical_disclosures", "{id}");
            }
            let outsider = ["employer", "insurer", "uwv", "municipality", "new_firm"];
            assert!(!outsider.contains(&profile.asker) || !profile.health);
            if profile.asker == "insurer" {
                assert_eq!(profile.ground, Ground::Consent);
            }
        }
    }

    #[test]
    fn an_employer_is_told_no_reason() {
        let absence = profile("employer", "absence").unwrap();
        let known = [
            "work_fitness",
            "work_abilities",
            "work_adaptations",
            "work_duration",
        ];
        assert!(
            absence
                .fields
                .iter()
                .all(|id| NAME.contains(id) || known.contains(id))
        );
        assert!(!absence.result);
    }
}
