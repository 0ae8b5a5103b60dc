//! Who may do what. The only place where a right is checked: everything that opens or seals a value asks for a `Permit`,
//! and only [`Rights::decide`] makes one.

mod act;
mod disclose;
mod view;

pub use act::{ASK, Act, INFORM, Lack, Leave, Use, WHOLE_DOSSIER, When, is_about_all};
pub use disclose::{
    Balance, CONSENT, Decider, DisclosureLeave, GROUND, Ground, OWN_REQUEST, Recorded,
};
pub use view::{Reason, Seen, Text, View, ViewedEntry};

use crate::{
    catalogue::{self, FieldDef, Level},
    ids::{ById, CircleId, Ids, StandInId, UserId},
};
use chrono::{DateTime, Utc};
use std::sync::Arc;

/// Why something may not be done. Says nothing about whether there is anything there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denial {
    /// Not in the circle: for this user the dossier does not exist.
    #[error("not in the circle")]
    Circle,
    /// No grant on the field.
    #[error("no grant on the field")]
    NoGrant,
    /// Granted, but nobody who holds the key has given it yet.
    #[error("the grant waits for somebody who holds the key")]
    KeyMissing,
    /// A medical field: for physicians alone.
    #[error("for the physician alone")]
    Medical,
    /// May be seen, not changed.
    #[error("may be seen, not changed")]
    ReadOnly,
    /// For those who manage the practice.
    #[error("for an administrator")]
    NotAdministrator,
    /// A new password comes first.
    #[error("the password must be changed first")]
    ChangePasswordFirst,
    /// Only somebody who holds a key can give it.
    #[error("the key is not held")]
    NotHeld,
    /// In a vault that this user may open and has not.
    #[error("the vault is closed")]
    VaultClosed,
    /// A ground of refusal applies.
    #[error("a ground of refusal applies")]
    Outweighed,
    /// In doubt somebody else decides.
    #[error("in doubt the physician decides, or the director")]
    InDoubt,
    /// No valid consent for this recipient and purpose.
    #[error("no valid consent")]
    NoConsent,
}

/// An act without its ground. Names no recipient and no purpose.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no ground for {} {part}: {}", .needs.code(), .lack.code())]
pub struct Unfounded {
    /// What a ground would have to be for.
    pub needs: Use,
    /// Which part of that: a field, `ask` or `inform`; may be empty.
    pub part: String,
    /// What there is instead.
    pub lack: Lack,
}

/// Where a dossier lies: its circle and, of an employee, the vault that holds everything but the line in the staff list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Home {
    /// Its circle.
    pub circle: CircleId,
    /// Its vault.
    pub vault: Option<CircleId>,
}

impl From<CircleId> for Home {
    fn from(circle: CircleId) -> Self {
        Self {
            circle,
            vault: None,
        }
    }
}

/// The values of a dossier that are not protected, sealed together.
pub const OPEN: &str = "open";
/// The same of what lies in a vault.
pub const VAULTED: &str = "vaulted";

impl Home {
    /// Whether a field lies in the vault.
    fn is_vaulted(&self, field: &str) -> bool {
        self.vault.is_some() && field != OPEN && !catalogue::in_staff_list(field)
    }

    /// The sheet that an open field of a dossier stands on.
    pub fn sheet_of(&self, field: &str) -> &'static str {
        if self.is_vaulted(field) {
            VAULTED
        } else {
            OPEN
        }
    }
}

/// A vault, as it stands for one user while it is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Door {
    /// Whether this user may try to open it.
    pub held: bool,
    /// Whether it is the physicians' compartment.
    pub medical: bool,
}

/// A protected field, as it stands for one user.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// By the matrix.
    pub level: Level,
    /// Whether its key was made yet.
    pub made: bool,
    /// Whether the key is in this user's keyring.
    pub held: bool,
    /// Whether it is one of the physician's.
    pub medical: bool,
}

/// A circle in which somebody stands in for somebody: from one moment to another, and never after.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    /// Which stand-in.
    pub id: StandInId,
    /// Who is away.
    pub giver: UserId,
    /// Who stands in.
    pub stand_in: UserId,
    /// From when, in ms.
    pub starts_at: i64,
    /// Over from this moment on, in ms.
    pub ends_at: i64,
    /// When something is to be done about it, in ms: its start, or its end.
    pub turn_at: i64,
}

/// Tells the time: what ends by itself ends here.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// Everything that decides about one user, read at sign-in and after each change of rights.
pub struct Rights {
    /// Who.
    pub user: UserId,
    /// Manages people and rights.
    pub administers: bool,
    /// Nothing is open until the password is changed.
    pub must_change: bool,
    /// Circles whose key is held.
    pub circles: Ids<CircleId>,
    /// Every protected field of the practice.
    pub fields: ById<String, Standing>,
    /// Every vault.
    pub vaults: ById<CircleId, Door>,
    /// Every circle of a stand-in.
    pub terms: ById<CircleId, Term>,
    /// The time.
    pub clock: Clock,
}

/// Leave to see or change one field of dossiers in one circle.
pub struct Permit<'a> {
    home: Home,
    circle: CircleId,
    field: &'a str,
    level: Level,
}

impl<'a> Permit<'a> {
    /// For dossiers that lie there.
    pub fn home(&self) -> Home {
        self.home
    }

    /// Whose key seals the field: the circle's, the vault's or the medical compartment's.
    pub fn circle(&self) -> CircleId {
        self.circle
    }

    /// For which field.
    pub fn field(&self) -> &'a str {
        self.field
    }

    /// Whether it covers changing.
    pub fn may_edit(&self) -> bool {
        self.level == Level::Edit
    }
}

/// Leave to manage people and rights.
pub struct Manage(());

impl Rights {
    /// Decides about a field of dossiers that lie there. Gives at least the level asked for; the permit carries the level
    /// held.
    pub fn decide<'a>(
        &self,
        home: impl Into<Home>,
        field: &'a str,
        wanted: Level,
    ) -> Result<Permit<'a>, Denial> {
        self.decide_work()?;
        let home = home.into();
        if !self.circles.contains(&home.circle) {
            return Err(Denial::Circle);
        }
        self.decide_term(home.circle, wanted)?;
        let circle = self.place(home, field);
        if circle != home.circle && !self.circles.contains(&circle) {
            return Err(match self.vaults.get(&circle) {
                Some(Door { held: true, .. }) => Denial::VaultClosed,
                Some(Door { medical: true, .. }) => Denial::Medical,
                _ => Denial::NoGrant,
            });
        }
        let level = self.level(field)?;
        if level < wanted {
            Err(Denial::ReadOnly)
        } else {
            Ok(Permit {
                home,
                circle,
                field,
                level,
            })
        }
    }

    /// What stands in the way in a circle of a stand-in. The stand-in has it from the start to the end, to the second; the others have it
    /// all the time, but after the end nothing is written there any more: it would lie under a key that the stand-in had.
    fn decide_term(&self, circle: CircleId, wanted: Level) -> Result<(), Denial> {
        let Some(term) = self.terms.get(&circle) else {
            return Ok(());
        };
        let now = (self.clock)().timestamp_millis();
        if term.stand_in == self.user && !(term.starts_at..term.ends_at).contains(&now) {
            Err(Denial::Circle)
        } else if now >= term.ends_at && wanted == Level::Edit {
            Err(Denial::ReadOnly)
        } else {
            Ok(())
        }
    }

    /// Whether a circle is one of a stand-in: what lies there goes nowhere else meanwhile, and nothing new comes in.
    pub fn is_lent(&self, circle: CircleId) -> bool {
        self.terms.contains_key(&circle)
    }

    /// Whether this user stands in for somebody in a circle.
    pub fn stands_in(&self, circle: CircleId) -> bool {
        let term = self.terms.get(&circle);
        term.is_some_and(|term| term.stand_in == self.user)
    }

    /// Whether the time of a stand-in begins or ends now.
    pub fn has_turn(&self) -> bool {
        let now = (self.clock)().timestamp_millis();
        self.terms.values().any(|term| term.turn_at <= now)
    }

    /// Decides about a stand-in as a whole, as about its report: for whoever gave it. For others there is none.
    pub fn decide_giver(&self, giver: UserId) -> Result<(), Denial> {
        self.decide_work()?;
        if self.user == giver {
            Ok(())
        } else {
            Err(Denial::Circle)
        }
    }

    /// Decides about ending a stand-in before its day: for whoever gave it and, since it only takes away, for who manages people.
    pub fn decide_ending(&self, giver: UserId) -> Result<(), Denial> {
        let given = self.decide_giver(giver);
        if given.is_err() && self.decide_manage().is_ok() {
            Ok(())
        } else {
            given
        }
    }

    /// The circle whose key seals a field of dossiers that lie there.
    pub fn place(&self, home: Home, field: &str) -> CircleId {
        let medical = self.fields.get(field).is_some_and(|field| field.medical);
        match (medical, self.compartment()) {
            (true, Some(compartment)) => compartment,
            _ if home.is_vaulted(field) => home.vault.unwrap_or(home.circle),
            _ => home.circle,
        }
    }

    /// The vault in which a field of dossiers that lie there belongs.
    pub fn vault_of(&self, home: Home, field: &str) -> Option<CircleId> {
        Some(self.place(home, field)).filter(|place| self.vaults.contains_key(place))
    }

    /// The physicians' compartment, where there is one.
    pub fn compartment(&self) -> Option<CircleId> {
        let medical = self.vaults.iter().find(|(_, door)| door.medical);
        medical.map(|(circle, _)| *circle)
    }

    /// Decides about whatever is no single field: nothing before the password is changed.
    pub fn decide_work(&self) -> Result<(), Denial> {
        if self.must_change {
            Err(Denial::ChangePasswordFirst)
        } else {
            Ok(())
        }
    }

    /// Leave to read names, settings and drafts of a circle. Also before the password is changed: the program needs them
    /// to say who is there.
    pub fn decide_frame<'a>(
        &self,
        circle: CircleId,
        column: &'a str,
    ) -> Result<Permit<'a>, Denial> {
        self.decide_term(circle, Level::View)?;
        if self.circles.contains(&circle) {
            Ok(Permit {
                home: circle.into(),
                circle,
                field: column,
                level: Level::Edit,
            })
        } else {
            Err(Denial::Circle)
        }
    }

    /// Decides about managing people and rights.
    pub fn decide_manage(&self) -> Result<Manage, Denial> {
        self.decide_work()?;
        if self.administers {
            Ok(Manage(()))
        } else {
            Err(Denial::NotAdministrator)
        }
    }

    /// Decides about a vault as a whole: whoever manages it or takes it out has it open. For somebody who may not try to open it
    /// there is none.
    pub fn decide_vault(&self, vault: CircleId) -> Result<Door, Denial> {
        let door = self.decide_door(vault)?;
        if self.circles.contains(&vault) {
            Ok(door)
        } else {
            Err(Denial::VaultClosed)
        }
    }

    /// Leave to try to open a vault.
    pub fn decide_door(&self, vault: CircleId) -> Result<Door, Denial> {
        self.decide_work()?;
        let door = self.vaults.get(&vault).copied();
        door.filter(|door| door.held).ok_or(Denial::Circle)
    }

    /// Leave to make a new key for an open vault. Whoever cannot open a field could not seal it again, and the old key would have to
    /// stay: that field is the refusal.
    pub fn decide_renewal(&self, vault: CircleId) -> Result<(), &'static str> {
        let medical = self.vaults.get(&vault).is_some_and(|door| door.medical);
        let employee = catalogue::kind("employee").map_or(&[][..], |kind| kind.fields);
        let unread = catalogue::fields().iter().find(|def| {
            let standing = self.fields.get(def.id);
            let inside = medical || employee.contains(&def.id);
            // Nothing can stand in a field whose key nobody has made.
            inside
                && standing
                    .is_some_and(|field| field.made && !field.held && field.medical == medical)
        });
        unread.map_or(Ok(()), |def| Err(def.id))
    }

    /// Decides about an act that needs a consent or another ground, by what the dossier has recorded.
    pub fn decide_act<'a>(
        &self,
        grounds: &'a [Leave],
        act: &Act,
        when: When<'_>,
    ) -> Result<&'a Leave, Unfounded> {
        act::decide(grounds, act, when).map_err(|lack| Unfounded {
            needs: act.needs(),
            part: act.part().to_owned(),
            lack,
        })
    }

    /// Whether something can be seen with these rights that cannot with the others.
    pub fn opens_more_than(&self, others: &Self) -> bool {
        let sees = |rights: &Self, field: &str| rights.level(field).is_ok();
        !self.circles.is_subset(&others.circles)
            || (self.fields.keys().chain(others.fields.keys()))
                .any(|field| sees(self, field) && !sees(others, field))
    }

    fn level(&self, field: &str) -> Result<Level, Denial> {
        match self.fields.get(field) {
            // The catalogue may know of a protected field for which this practice has no key yet.
            None if catalogue::field(field).is_some_and(FieldDef::is_protected) => {
                Err(Denial::KeyMissing)
            }
            None => Ok(Level::Edit),
            Some(Standing {
                level: Level::None,
                medical: true,
                ..
            }) => Err(Denial::Medical),
            Some(Standing {
                level: Level::None, ..
            }) => Err(Denial::NoGrant),
            Some(Standing { held: false, .. }) => Err(Denial::KeyMissing),
            Some(standing) => Ok(standing.level),
        }
    }
}
