//! The one error that crosses to shell and command line: a code and safe parameters, never a personal value.

use crate::{
    access::{Denial, Text, Unfounded},
    crypto::{CryptoError, Refusal},
    keys::KeyError,
    paper::PaperError,
    store::StoreError,
};

/// Why something was not done. Whatever it is, nothing half done remains.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The password (or recovery sheet) does not open this account.
    #[error("wrong password")]
    WrongPassword,
    /// Too many wrong passwords in a row.
    #[error("wait {seconds} seconds before the next try")]
    Throttled {
        /// Until the next try.
        seconds: i64,
    },
    /// The account was blocked.
    #[error("the account is blocked")]
    Blocked,
    /// A new password that will not do.
    #[error("the new password is refused")]
    Password(Refusal),
    /// What was typed back is not on the sheet.
    #[error("not what the recovery sheet says")]
    RecoveryMismatch,
    /// No right to it.
    #[error("not authorised: {0}")]
    Denied(Denial),
    /// A consent or another recorded ground is wanting.
    #[error(transparent)]
    Unfounded(#[from] Unfounded),
    /// A value that is not in the form of its field.
    #[error("{field} is refused: {reason}")]
    Refused {
        /// Field id.
        field: String,
        /// A word of the program.
        reason: &'static str,
    },
    /// Somebody (or another window) changed it first. Nothing was overwritten.
    #[error("changed meanwhile")]
    LostRace {
        /// What stands there now.
        found: Option<Text>,
        /// Its revision.
        revision: i64,
    },
    /// No such dossier, entry, user, group, circle or field, for this user.
    #[error("not found")]
    NotFound,
    /// The last one who can manage the practice cannot go.
    #[error("the practice needs an administrator")]
    LastAdministrator,
    /// Stopped on request, or by the lock.
    #[error("stopped")]
    Cancelled,
    /// The files.
    #[error(transparent)]
    Store(StoreError),
    /// The keys.
    #[error("keys: {0}")]
    Keys(KeyError),
    /// An import that cannot be read.
    #[error("the file cannot be imported: {0}")]
    Import(&'static str),
    /// An export that cannot be written.
    #[error("the file cannot be written: {0}")]
    Export(&'static str),
    /// A paper that cannot be made.
    #[error("the paper cannot be made: {0}")]
    Paper(#[from] PaperError),
}

impl Error {
    /// [`Error::Refused`], for this field (or what is asked like one) and this reason.
    pub(crate) fn refused(field: &str, reason: &'static str) -> Self {
        Self::Refused {
            field: field.to_owned(),
            reason,
        }
    }
}

impl From<Denial> for Error {
    fn from(denial: Denial) -> Self {
        match denial {
            // For somebody outside a circle nothing in it exists.
            Denial::Circle => Self::NotFound,
            other => Self::Denied(other),
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            other => Self::Store(other),
        }
    }
}

impl From<KeyError> for Error {
    fn from(error: KeyError) -> Self {
        match error {
            // Right keys and a ciphertext that does not open: the bytes were changed or moved.
            KeyError::Crypto(CryptoError::CannotOpen | CryptoError::Form) => {
                Self::Store(StoreError::Damaged("value"))
            }
            // Sealed under the key of a circle that this user is not in, until somebody who is in both seals it again.
            KeyError::NotHeld => Self::Denied(Denial::KeyMissing),
            other => Self::Keys(other),
        }
    }
}

impl From<CryptoError> for Error {
    fn from(error: CryptoError) -> Self {
        Self::Keys(KeyError::Crypto(error))
    }
}
