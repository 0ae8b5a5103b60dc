//! What the page learns when something did not work: a code that it translates, and parameters that are safe to show.

use dossierkluis::{
    access::Denial, crypto::Refusal, error::Error, paper::PaperError, store::StoreError,
};
use serde::Serialize;
use specta::Type;
use std::{collections::BTreeMap, str::FromStr};

/// The answer of every command.
pub type Answer<T> = Result<T, Failure>;

/// A code and its parameters. Never free text, and nothing that a person typed but the value found in a lost race, and the signs
/// that cannot be printed, which that person may see. Not to be printed, therefore.
#[derive(Clone, PartialEq, Eq, Serialize, Type)]
pub struct Failure {
    pub code: String,
    pub params: BTreeMap<String, String>,
}

impl Failure {
    /// A failure without parameters.
    pub fn new(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            params: BTreeMap::new(),
        }
    }

    /// The practice is locked, or became so while the command ran.
    pub fn locked() -> Self {
        Self::new("locked")
    }

    fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }
}

/// An id that the page sent back. One that is none means the same as one that is not there.
pub fn id<T: FromStr>(text: &str) -> Answer<T> {
    text.parse().map_err(|_| Failure::new("not_found"))
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Throttled { seconds } => Self::new("throttled").with("seconds", seconds),
            Error::Refused {
                reason: "name_taken",
                ..
            } => Self::new("name_taken"),
            Error::Unfounded(unfounded) => Self::new("unfounded")
                .with("needs", unfounded.needs.code())
                .with("part", &unfounded.part)
                .with("reason", unfounded.lack.code()),
            Error::Refused { field, reason } => Self::new("invalid_value")
                .with("field", field)
                .with("reason", reason),
            Error::LostRace { found, revision } => {
                lost_race(found.as_deref().map(String::as_str), revision)
            }
            Error::Store(StoreError::Newer { needs }) if !needs.is_empty() => Self::new("newer")
                .with("reason", "version")
                .with("version", needs),
            Error::Import(reason) => Self::new("import").with("reason", reason),
            Error::Export(reason) => Self::new("export").with("reason", reason),
            Error::Paper(PaperError::Template { file, line }) => {
                Self::new("paper").with("file", file).with("line", line)
            }
            Error::Paper(PaperError::Signs(signs)) => Self::new("paper")
                .with("reason", "signs")
                .with("signs", signs.show()),
            Error::Paper(PaperError::LeftOut { file, member }) => Self::new("paper")
                .with("reason", "left_out")
                .with("file", file)
                .with("member", member),
            Error::Paper(PaperError::Picture) => Self::new("paper").with("reason", "picture"),
            Error::Paper(PaperError::Data) => Self::new("paper").with("reason", "data"),
            other => Self::new(code(&other)),
        }
    }
}

/// `found` is left out when nothing stands there now.
fn lost_race(found: Option<&str>, revision: i64) -> Failure {
    let failure = Failure::new("lost_race").with("revision", revision);
    match found {
        Some(found) => failure.with("found", found),
        None => failure,
    }
}

fn code(error: &Error) -> &'static str {
    match error {
        Error::WrongPassword => "wrong_password",
        Error::Blocked => "blocked",
        Error::Password(Refusal::TooWeak) => "too_weak",
        Error::Password(Refusal::Common) => "common",
        Error::RecoveryMismatch => "recovery_mismatch",
        Error::Denied(denial) => denied(*denial),
        Error::NotFound => "not_found",
        Error::LastAdministrator => "last_administrator",
        Error::Cancelled => "cancelled",
        Error::Store(error) => stored(error),
        _ => "store",
    }
}

pub fn denied(denial: Denial) -> &'static str {
    match denial {
        Denial::Circle => "not_found",
        Denial::NoGrant => "no_grant",
        Denial::KeyMissing => "key_missing",
        Denial::VaultClosed => "vault_closed",
        Denial::ChangePasswordFirst => "change_password",
        Denial::Outweighed => "outweighed",
        Denial::InDoubt => "in_doubt",
        Denial::NoConsent => "no_consent",
        Denial::Medical | Denial::ReadOnly | Denial::NotAdministrator | Denial::NotHeld => "denied",
    }
}

fn stored(error: &StoreError) -> &'static str {
    match error {
        StoreError::Damaged("keyring" | "keyring missing") | StoreError::RolledBack("keyring") => {
            "keyring"
        }
        StoreError::RolledBack("former secret") => "former_secret",
        StoreError::Damaged(_) => "damaged",
        StoreError::RolledBack(_) => "rolled_back",
        StoreError::InUse => "in_use",
        StoreError::Missing | StoreError::NotFound => "not_found",
        StoreError::Occupied => "occupied",
        StoreError::Newer { .. } => "newer",
        StoreError::Full => "disk_full",
        StoreError::Io(_) => "io",
        StoreError::Sql(_) => "store",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dossier_of_others_is_not_there() {
        assert!(Failure::from(Error::from(Denial::Circle)) == Failure::from(Error::NotFound));
    }

    #[test]
    fn parameters_say_how_long_and_why() {
        assert_eq!(
            Failure::from(Error::Throttled { seconds: 30 })
                .params
                .get("seconds"),
            Some(&"30".to_owned())
        );
        let refused = Failure::from(Error::Refused {
            field: "bsn".to_owned(),
            reason: "bsn",
        });
        assert_eq!(
            (refused.code.as_str(), refused.params.len()),
            ("invalid_value", 2)
        );
    }
}
