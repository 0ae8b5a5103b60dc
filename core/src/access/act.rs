//! What may be done only on a consent or another recorded ground, and the decision about it. A dossier's grounds are read
//! anew for each act: what is withdrawn or expired stops at the next one.

use crate::{fold::fold, ids::EntryId};

/// Something that needs a ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Recording a special category: this field of the catalogue.
    Record(&'static str),
    /// Recording what another professional told.
    Ask(String),
    /// Telling something to another professional.
    Inform(String),
    /// Handing over data to somebody.
    Disclose {
        /// To whom.
        recipient: String,
        /// What for.
        purpose: String,
        /// The whole dossier goes, and not a letter with what the consent is about.
        whole: bool,
    },
    /// Sending a newsletter.
    Mail,
}

/// What a consent or another ground is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// The agreement itself; opens no gate.
    Agreement,
    /// Special categories.
    Special,
    /// Asking from and informing another professional.
    Professional,
    /// A disclosure to a named recipient for a named purpose.
    Disclosure,
    /// A newsletter.
    Newsletter,
    /// Pictures of the person; opens no gate.
    Image,
}

impl Use {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Agreement,
        Self::Special,
        Self::Professional,
        Self::Disclosure,
        Self::Newsletter,
        Self::Image,
    ];

    /// The permanent word for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Agreement => "agreement",
            Self::Special => "special",
            Self::Professional => "professional",
            Self::Disclosure => "disclosure",
            Self::Newsletter => "newsletter",
            Self::Image => "image",
        }
    }

    /// From its word.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Scope of [`Use::Professional`]: what the other professional tells.
pub const ASK: &str = "ask";
/// Scope of [`Use::Professional`]: what the other professional is told.
pub const INFORM: &str = "inform";
/// Scope of [`Use::Disclosure`]: everything, to another firm.
pub const WHOLE_DOSSIER: &str = "whole_dossier";

/// Whether a disclosure of this scope is about everything: of the whole dossier, or of another ground than consent, which has none.
pub fn is_about_all(scope: &[String]) -> bool {
    scope.is_empty() || scope.iter().any(|one| one == WHOLE_DOSSIER)
}

impl Act {
    /// The use that a ground must be for.
    pub fn needs(&self) -> Use {
        match self {
            Self::Record(_) => Use::Special,
            Self::Ask(_) | Self::Inform(_) => Use::Professional,
            Self::Disclose { .. } => Use::Disclosure,
            Self::Mail => Use::Newsletter,
        }
    }

    /// What of that use it must cover; empty where the use is one whole.
    pub fn part(&self) -> &str {
        match self {
            Self::Record(field) => field,
            Self::Ask(_) => ASK,
            Self::Inform(_) => INFORM,
            Self::Disclose { .. } | Self::Mail => "",
        }
    }
}

/// A recorded consent or other ground, as it stands.
#[derive(Clone, Debug)]
pub struct Leave {
    /// The entry that records it.
    pub entry: EntryId,
    /// What it is for.
    pub to: Use,
    /// Parts of the use: fields, or [`ASK`] and [`INFORM`]; of a disclosure, what may be handed over.
    pub scope: Vec<String>,
    /// To or from whom; empty for everybody, which only a ground other than consent can say, and not of a disclosure.
    pub recipient: String,
    /// What for; empty for everything, which only a ground other than consent can say.
    pub purpose: String,
    /// First day, ISO 8601.
    pub from: String,
    /// Last day, ISO 8601; empty for none.
    pub until: String,
    /// The day that it was taken back, ISO 8601; empty where only the log knows that it was.
    pub withdrawn: Option<String>,
    /// It is what the log says was given.
    pub sound: bool,
    /// Whoever gave it could not.
    pub wrong_giver: bool,
    /// It was given to another practice and came along in a package.
    pub elsewhere: bool,
    /// The article of another ground; none of a consent.
    pub article: Option<String>,
}

/// Why there is no ground. In the order of how near it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// None was ever recorded for this.
    Missing,
    /// It is not what was given: somebody changed it afterwards.
    Changed,
    /// Whoever gave it could not: by the day of birth, which may have become known since.
    WrongGiver,
    /// It begins later.
    NotYet,
    /// Its last day is over.
    Expired,
    /// It was taken back.
    Withdrawn,
    /// It was given to another practice, for what that one does. A consent is given to whoever asks it (AVG 4(11), recital 42).
    Elsewhere,
}

impl Lack {
    /// The permanent word for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "ground_missing",
            Self::Changed => "ground_changed",
            Self::WrongGiver => "ground_wrong_giver",
            Self::NotYet => "ground_not_yet",
            Self::Expired => "ground_expired",
            Self::Withdrawn => "ground_withdrawn",
            Self::Elsewhere => "ground_elsewhere",
        }
    }
}

impl Leave {
    /// What keeps it from being used for something new today, if anything does.
    pub fn lack(&self, today: &str) -> Option<Lack> {
        let elsewhere = self.elsewhere.then_some(Lack::Elsewhere);
        self.lack_to_keep(today).or(elsewhere)
    }

    /// What keeps from resting on it what lies there already, and came with it where it was given elsewhere.
    pub fn lack_to_keep(&self, today: &str) -> Option<Lack> {
        if self.sound && self.withdrawn.is_some() {
            // Whatever day the clock says.
            Some(Lack::Withdrawn)
        } else {
            self.lacked(today)
        }
    }

    /// What kept it from being used on a day, where it was given; on the day of its withdrawal it may have held.
    fn lacked(&self, day: &str) -> Option<Lack> {
        let withdrawn = self.withdrawn.as_deref();
        if !self.sound {
            Some(Lack::Changed)
        } else if self.wrong_giver {
            Some(Lack::WrongGiver)
        } else if withdrawn.is_some_and(|on| on < day) {
            Some(Lack::Withdrawn)
        } else if !self.until.is_empty() && *self.until < *day {
            Some(Lack::Expired)
        } else if *self.from > *day {
            Some(Lack::NotYet)
        } else {
            None
        }
    }

    /// Whether it holds today, for this act.
    pub fn allows(&self, act: &Act, today: &str) -> bool {
        self.is_about(act) && self.lack(today).is_none()
    }

    /// Whether it was for this act, and was taken back.
    pub fn was_taken_back(&self, act: &Act) -> bool {
        self.is_about(act) && self.withdrawn.is_some()
    }

    fn is_about(&self, act: &Act) -> bool {
        let part = act.part();
        let covers =
            self.to == act.needs() && (part.is_empty() || self.scope.iter().any(|one| one == part));
        let is_for = |said: &str, wanted: &str| said.is_empty() || same(said, wanted);
        covers
            && match act {
                Act::Record(_) | Act::Mail => true,
                Act::Ask(who) | Act::Inform(who) => is_for(&self.recipient, who),
                Act::Disclose {
                    recipient,
                    purpose,
                    whole,
                } => {
                    // Nothing goes to everybody.
                    !self.recipient.is_empty()
                        && same(&self.recipient, recipient)
                        && is_for(&self.purpose, purpose)
                        && (!whole || is_about_all(&self.scope))
                }
            }
    }
}

/// When an act is done; each with its day, ISO 8601.
#[derive(Clone, Copy, Debug)]
pub enum When<'d> {
    /// Now, and here.
    Now(&'d str),
    /// It was done, and what came of it is kept until today.
    Kept(&'d str),
    /// It was done on this day, and is over.
    Then(&'d str),
}

/// The ground for an act among those of a dossier; the one that lasts longest.
pub(super) fn decide<'a>(
    grounds: &'a [Leave],
    act: &Act,
    when: When<'_>,
) -> Result<&'a Leave, Lack> {
    let lack = |leave: &Leave| match when {
        When::Now(today) => leave.lack(today),
        When::Kept(today) => leave.lack_to_keep(today),
        When::Then(day) => leave.lacked(day),
    };
    let about = || grounds.iter().filter(|leave| leave.is_about(act));
    let valid = about().filter(|leave| lack(leave).is_none());
    valid
        .max_by_key(|leave| (leave.until.is_empty(), &leave.until))
        .ok_or_else(|| about().filter_map(&lack).max().unwrap_or(Lack::Missing))
}

/// Whether two names or purposes are the same to whoever wrote them.
fn same(one: &str, other: &str) -> bool {
    let words = |text: &str| {
        let folded = fold(text);
        folded.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    words(one) == words(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leave(to: Use, scope: &[&str], recipient: &str) -> Leave {
        Leave {
            entry: EntryId::make(),
            to,
            scope: scope.iter().map(|one| (*one).to_owned()).collect(),
            recipient: recipient.to_owned(),
            purpose: String::new(),
            from: "2026-01-01".to_owned(),
            until: "2026-06-30".to_owned(),
            withdrawn: None,
            sound: true,
            article: None,
            wrong_giver: false,
            elsewhere: false,
        }
    }

    fn decided(leaves: &[Leave], act: &Act) -> Option<Lack> {
        decide(leaves, act, When::Now("2026-03-01")).err()
    }

    #[test]
    fn a_ground_is_for_what_it_says_and_nothing_else() {
        let religion = [leave(Use::Special, &["religion"], "")];
        assert_eq!(decided(&religion, &Act::Record("religion")), None);
        for other in [Act::Record("ethnicity"), Act::Mail] {
            assert_eq!(decided(&religion, &other), Some(Lack::Missing));
        }
        let doctor = [leave(Use::Professional, &[ASK], "Huisarts  Á. de Vries")];
        let ask = |who: &str| Act::Ask(who.to_owned());
        assert_eq!(decided(&doctor, &ask("huisarts a. de vries ")), None);
        for who in ["huisarts", ""] {
            assert_eq!(decided(&doctor, &ask(who)), Some(Lack::Missing));
        }
        let inform = Act::Inform("Huisarts Á. de Vries".to_owned());
        assert_eq!(decided(&doctor, &inform), Some(Lack::Missing));
    }

    #[test]
    fn a_disclosure_is_to_one_for_one_purpose() {
        let mut one = leave(Use::Disclosure, &["dagen"], "UWV");
        one.purpose = "WIA-aanvraag".to_owned();
        let act = |recipient: &str, purpose: &str| Act::Disclose {
            recipient: recipient.to_owned(),
            purpose: purpose.to_owned(),
            whole: false,
        };
        let whole = Act::Disclose {
            recipient: "UWV".to_owned(),
            purpose: "WIA-aanvraag".to_owned(),
            whole: true,
        };
        let mut all = one.clone();
        all.scope.push(WHOLE_DOSSIER.to_owned());
        let one = [one];
        assert_eq!(decided(&one, &whole), Some(Lack::Missing));
        assert_eq!(decided(&[all], &whole), None);
        assert_eq!(decided(&one, &act("uwv", "wia-aanvraag")), None);
        for other in [act("Gemeente", "WIA-aanvraag"), act("UWV", "verzekering")] {
            assert_eq!(decided(&one, &other), Some(Lack::Missing));
        }
    }

    #[test]
    fn the_refusal_tells_what_came_nearest() {
        let day = |change: fn(&mut Leave)| {
            let mut one = leave(Use::Newsletter, &[], "");
            change(&mut one);
            decided(&[one], &Act::Mail)
        };
        assert_eq!(day(|_| ()), None);
        assert_eq!(day(|one| one.until = "2026-03-01".to_owned()), None);
        let expired = day(|one| one.until = "2026-02-28".to_owned());
        assert_eq!(expired, Some(Lack::Expired));
        let later = day(|one| one.from = "2026-03-02".to_owned());
        assert_eq!(later, Some(Lack::NotYet));
        assert_eq!(
            day(|one| one.withdrawn = Some(String::new())),
            Some(Lack::Withdrawn)
        );
        assert_eq!(day(|one| one.sound = false), Some(Lack::Changed));
        let mut gone = leave(Use::Newsletter, &[], "");
        gone.withdrawn = Some("2026-02-01".to_owned());
        let again = [gone, leave(Use::Newsletter, &[], "")];
        assert_eq!(decided(&again, &Act::Mail), None);
    }

    #[test]
    fn what_was_given_to_another_practice_counts_for_what_was_done_there() {
        let mut news = leave(Use::Newsletter, &[], "");
        news.elsewhere = true;
        let mut religion = leave(Use::Special, &["religion"], "");
        religion.elsewhere = true;
        let mut doctor = leave(Use::Professional, &[ASK], "Huisarts");
        doctor.elsewhere = true;
        doctor.withdrawn = Some("2026-02-10".to_owned());
        let all = [news, religion, doctor];
        let ask = Act::Ask("Huisarts".to_owned());
        assert_eq!(decided(&all, &Act::Mail), Some(Lack::Elsewhere));
        let record = Act::Record("religion");
        assert_eq!(decided(&all, &record), Some(Lack::Elsewhere));
        assert!(decide(&all, &record, When::Kept("2026-03-01")).is_ok());
        assert_eq!(decided(&all, &ask), Some(Lack::Withdrawn));
        let then = |day: &str| decide(&all, &ask, When::Then(day)).err();
        assert_eq!(then("2026-02-10"), None);
        assert_eq!(then("2026-02-11"), Some(Lack::Withdrawn));
        assert_eq!(then("2025-12-31"), Some(Lack::NotYet));
    }
}
