//! Whether something may go to somebody outside.

use super::{Denial, Rights};
use crate::ids::EntryId;

/// A consent or another ground of the dossier, on which a disclosure rests.
#[derive(Clone, Copy, Debug)]
pub struct Recorded<'a> {
    /// The entry that records it.
    pub entry: EntryId,
    /// The article of another ground; none of a consent.
    pub article: Option<&'a str>,
}

/// What a disclosure has to rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// An article that says so.
    Statute(&'static str),
    /// The person asks.
    OwnRequest,
    /// Consent for this recipient and this purpose.
    Consent,
}

/// How a basis is registered: this word, the entry of a consent behind its sign, the entry and the article of another ground behind
/// theirs, or the article of a statute alone.
pub const OWN_REQUEST: &str = "own_request";
/// See [`OWN_REQUEST`].
pub const CONSENT: &str = "consent:";
/// See [`OWN_REQUEST`].
pub const GROUND: &str = "ground:";

impl Ground {
    /// The basis that is registered for it; of a consent, what its entry comes behind.
    pub fn basis(self) -> &'static str {
        match self {
            Self::Statute(article) => article,
            Self::OwnRequest => OWN_REQUEST,
            Self::Consent => CONSENT,
        }
    }
}

/// The answers to the four grounds of refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Balance {
    /// The interest of the asker outweighs the privacy of the person.
    pub interest: bool,
    /// Nothing more is asked for than the task needs.
    pub need: bool,
    /// An answer would harm privacy out of proportion.
    pub harm: bool,
    /// There is doubt.
    pub doubt: bool,
}

impl Balance {
    /// Whether a ground of refusal, by its permanent word, stands in the way by these answers.
    pub fn stands(&self, ground: &str) -> bool {
        match ground {
            "interest" => !self.interest,
            "need" => !self.need,
            "harm" => self.harm,
            "doubt" => self.doubt,
            _ => false,
        }
    }
}

/// Who it is that decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decider {
    /// Is a physician.
    pub physician: bool,
    /// The practice has a physician.
    pub physician_here: bool,
}

/// Leave to disclose. Only [`Rights::decide_disclosure`] makes one.
pub struct DisclosureLeave {
    basis: String,
}

impl DisclosureLeave {
    /// What it rests on, as it is registered: see [`OWN_REQUEST`].
    pub fn basis(&self) -> &str {
        &self.basis
    }
}

impl Rights {
    /// Decides whether something may go out: the questions are answered in favour, somebody who may decides where there is doubt,
    /// and there is a basis. `whole` is an answer to everything that was asked. What was recorded in the dossier goes before the article.
    pub fn decide_disclosure(
        &self,
        ground: Ground,
        balance: Balance,
        whole: bool,
        decider: Decider,
        recorded: Option<Recorded<'_>>,
    ) -> Result<DisclosureLeave, Denial> {
        self.decide_work()?;
        if !balance.interest || balance.harm || (whole && !balance.need) {
            return Err(Denial::Outweighed);
        }
        self.decide_doubt(balance, decider)?;
        let basis = match (ground, recorded) {
            (Ground::OwnRequest, _) | (Ground::Statute(_), None) => ground.basis().to_owned(),
            (
                _,
                Some(Recorded {
                    entry,
                    article: None,
                }),
            ) => format!("{CONSENT}{entry}"),
            (
                _,
                Some(Recorded {
                    entry,
                    article: Some(article),
                }),
            ) => format!("{GROUND}{entry}:{article}"),
            (Ground::Consent, None) => return Err(Denial::NoConsent),
        };
        Ok(DisclosureLeave { basis })
    }

    /// In doubt the physician decides or, where there is none, who manages the practice.
    pub fn decide_doubt(&self, balance: Balance, decider: Decider) -> Result<(), Denial> {
        self.decide_work()?;
        let decides = if decider.physician_here {
            decider.physician
        } else {
            self.administers
        };
        if balance.doubt && !decides {
            Err(Denial::InDoubt)
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ById, Ids, UserId};

    fn rights(administers: bool) -> Rights {
        Rights {
            user: UserId::make(),
            administers,
            must_change: false,
            circles: Ids::default(),
            fields: ById::default(),
            vaults: ById::default(),
            terms: ById::default(),
            clock: std::sync::Arc::new(chrono::Utc::now),
        }
    }

    const FOR: Balance = Balance {
        interest: true,
        need: true,
        harm: false,
        doubt: false,
    };
    const COACH: Decider = Decider {
        physician: false,
        physician_here: true,
    };

    #[test]
    fn any_ground_of_refusal_refuses() {
        let refused = [
            Balance {
                interest: false,
                ..FOR
            },
            Balance { need: false, ..FOR },
            Balance { harm: true, ..FOR },
        ];
        for balance in refused {
            let decided =
                rights(true).decide_disclosure(Ground::OwnRequest, balance, true, COACH, None);
            assert_eq!(decided.err(), Some(Denial::Outweighed));
        }
        // What asks for too much can be answered in part.
        let less = Balance { need: false, ..FOR };
        let decided = rights(true).decide_disclosure(Ground::OwnRequest, less, false, COACH, None);
        assert!(decided.is_ok());
    }

    #[test]
    fn in_doubt_the_physician_decides_and_failing_that_who_manages() {
        let doubt = Balance { doubt: true, ..FOR };
        let decide = |administers, physician, physician_here| {
            let decider = Decider {
                physician,
                physician_here,
            };
            let ground = Ground::OwnRequest;
            rights(administers)
                .decide_disclosure(ground, doubt, true, decider, None)
                .is_ok()
        };
        assert!(decide(false, true, true));
        assert!(!decide(true, false, true));
        assert!(decide(true, false, false));
        assert!(!decide(false, false, false));
    }

    #[test]
    fn without_a_consent_nothing_that_needs_one() {
        let decide =
            |consent| rights(true).decide_disclosure(Ground::Consent, FOR, true, COACH, consent);
        assert_eq!(decide(None).err(), Some(Denial::NoConsent));
        let recorded = |article| Recorded {
            entry: EntryId::make(),
            article,
        };
        let basis = |recorded| decide(Some(recorded)).unwrap().basis().to_owned();
        assert!(basis(recorded(None)).starts_with(CONSENT));
        assert!(basis(recorded(Some("AVG 6(1)(d)"))).ends_with(":AVG 6(1)(d)"));
    }
}
