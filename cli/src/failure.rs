//! What went wrong, as a code for scripts, a sentence for people, and an exit code.

use dossierkluis::{
    access::Denial,
    crypto::{CryptoError, Refusal},
    error::Error,
    keys::KeyError,
    store::StoreError,
    transfer::{mapping::MappingError, table::TableError},
};
use serde_json::{Map, Value, json};

/// A failure. Holds no personal value.
#[derive(Debug)]
pub struct Failure {
    code: &'static str,
    exit: u8,
    more: Map<String, Value>,
    text: Option<String>,
}

/// A failure of usage that clap cannot see.
pub fn usage(code: &'static str) -> Failure {
    Failure::plain(code, 2)
}

impl Failure {
    /// Just a code.
    pub fn plain(code: &'static str, exit: u8) -> Self {
        Self {
            code,
            exit,
            more: Map::new(),
            text: None,
        }
    }

    /// With a parameter that says nothing about anybody.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.more.insert(name.to_owned(), value.into());
        self
    }

    fn text(mut self, text: impl ToString) -> Self {
        self.text = Some(text.to_string());
        self
    }

    /// A withheld field that was asked for by itself.
    pub fn withheld(reason: &'static str) -> Self {
        Self::plain("denied", 4).with("reason", reason)
    }

    /// Input or output outside the practice.
    pub fn io(error: &std::io::Error) -> Self {
        Self::plain("io", 1).with("kind", error.kind().to_string())
    }

    /// The exit code.
    pub fn exit(&self) -> u8 {
        self.exit
    }

    /// For scripts.
    pub fn json(&self) -> Value {
        let mut all = self.more.clone();
        all.insert("error".to_owned(), json!(self.code));
        Value::Object(all)
    }

    /// For people.
    pub fn sentence(&self, dutch: bool) -> String {
        let known = SENTENCES.iter().find(|(code, ..)| *code == self.code);
        let start = match (known, &self.text) {
            (_, Some(text)) => text.clone(),
            (Some((_, nl, en)), None) => (if dutch { *nl } else { *en }).to_owned(),
            (None, None) => self.code.to_owned(),
        };
        let more: Vec<String> = self
            .more
            .iter()
            .map(|(name, value)| format!("{name}: {}", plain(value)))
            .collect();
        if more.is_empty() {
            start
        } else {
            format!("{start} ({})", more.join(", "))
        }
    }
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

const SENTENCES: &[(&str, &str, &str)] = &[
    (
        "wrong_password",
        "Dit wachtwoord opent dit account niet.",
        "This password does not open this account.",
    ),
    (
        "throttled",
        "Te vaak een verkeerd wachtwoord; wacht even.",
        "Too many wrong passwords; wait a moment.",
    ),
    (
        "blocked",
        "Dit account is geblokkeerd.",
        "This account is blocked.",
    ),
    (
        "password_refused",
        "Dit nieuwe wachtwoord voldoet niet.",
        "This new password will not do.",
    ),
    ("denied", "Geen recht daarop.", "Not authorised."),
    (
        "refused",
        "De waarde is geweigerd.",
        "The value is refused.",
    ),
    (
        "lost_race",
        "Intussen gewijzigd door een ander.",
        "Changed by somebody else meanwhile.",
    ),
    ("not_found", "Niet gevonden.", "Not found."),
    (
        "last_administrator",
        "De praktijk heeft een beheerder nodig.",
        "The practice needs an administrator.",
    ),
    ("cancelled", "Gestopt.", "Stopped."),
    (
        "damaged",
        "De praktijk is beschadigd.",
        "The practice is damaged.",
    ),
    (
        "rolled_back",
        "De praktijk is ouder dan zij was.",
        "The practice is older than it was.",
    ),
    (
        "in_use",
        "De praktijk is in gebruik door een ander programma.",
        "The practice is in use by another program.",
    ),
    (
        "missing",
        "Hier is geen praktijk.",
        "There is no practice here.",
    ),
    (
        "occupied",
        "De map is niet leeg.",
        "The folder is not empty.",
    ),
    (
        "newer",
        "De praktijk is van een nieuwere versie.",
        "The practice is from a newer version.",
    ),
    ("full", "De schijf is vol.", "The disk is full."),
    (
        "io",
        "Lezen of schrijven is mislukt.",
        "Reading or writing failed.",
    ),
    ("who", "Wie? Geef --as GEBRUIKER.", "Who? Give --as USER."),
    (
        "password_file",
        "Het wachtwoordbestand is niet te lezen.",
        "The password file cannot be read.",
    ),
    (
        "no_terminal",
        "Er is geen terminal om een wachtwoord te vragen; gebruik een bestand.",
        "There is no terminal to ask a password; use a file.",
    ),
    (
        "passwords_differ",
        "De wachtwoorden zijn niet gelijk.",
        "The passwords differ.",
    ),
    (
        "exists",
        "Dat bestand bestaat al.",
        "That file exists already.",
    ),
];

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let plain = Self::plain;
        match error {
            Error::WrongPassword | Error::RecoveryMismatch => plain("wrong_password", 3),
            Error::Throttled { seconds } => plain("throttled", 3).with("seconds", seconds),
            Error::Blocked => plain("blocked", 3),
            Error::Password(Refusal::TooWeak) => {
                plain("password_refused", 7).with("reason", "too_weak")
            }
            Error::Password(Refusal::Common) => {
                plain("password_refused", 7).with("reason", "common")
            }
            Error::Denied(denial) => plain("denied", 4).with("reason", denial_word(denial)),
            Error::Refused { field, reason } => plain("refused", 7)
                .with("field", field)
                .with("reason", reason),
            Error::LostRace { revision, .. } => plain("lost_race", 1).with("revision", revision),
            Error::NotFound => plain("not_found", 1),
            Error::LastAdministrator => plain("last_administrator", 1),
            Error::Cancelled => plain("cancelled", 1),
            Error::Store(error) => store(error),
            Error::Keys(KeyError::Crypto(CryptoError::CannotOpen | CryptoError::Form)) => {
                plain("damaged", 5).with("what", "key")
            }
            Error::Keys(KeyError::Name) => plain("damaged", 5).with("what", "key"),
            Error::Keys(KeyError::NotHeld | KeyError::WrongPermit) => {
                plain("denied", 4).with("reason", "not_held")
            }
            Error::Keys(error) => plain("failed", 1).text(error),
            Error::Import(reason) => plain("import", 7).with("reason", reason),
            Error::Export(reason) => plain("export", 1).with("reason", reason),
        }
    }
}

fn store(error: StoreError) -> Failure {
    match error {
        StoreError::Damaged(what) => Failure::plain("damaged", 5).with("what", what),
        StoreError::RolledBack(what) => Failure::plain("rolled_back", 5).with("what", what),
        StoreError::InUse => Failure::plain("in_use", 6),
        StoreError::Missing => Failure::plain("missing", 1),
        StoreError::Occupied => Failure::plain("occupied", 1),
        StoreError::Newer => Failure::plain("newer", 1),
        StoreError::Full => Failure::plain("full", 1),
        StoreError::Io(kind) => Failure::plain("io", 1).with("kind", kind.to_string()),
        StoreError::NotFound => Failure::plain("not_found", 1),
        StoreError::Sql(number) => Failure::plain("database", 1).with("number", number),
    }
}

impl From<TableError> for Failure {
    fn from(error: TableError) -> Self {
        match &error {
            TableError::Io(kind) => Self::plain("io", 1).with("kind", kind.to_string()),
            TableError::Truncated { line } => Self::plain("import", 7)
                .with("reason", "truncated")
                .with("line", *line),
            _ => Self::plain("import", 7)
                .with("reason", table_word(&error))
                .text(error),
        }
    }
}

impl From<MappingError> for Failure {
    fn from(error: MappingError) -> Self {
        Self::plain("import", 7)
            .with("reason", "mapping")
            .text(error)
    }
}

fn table_word(error: &TableError) -> &'static str {
    match error {
        TableError::Io(_) => "io",
        TableError::UnknownKind => "unknown_kind",
        TableError::OldOrLocked => "old_or_locked",
        TableError::Empty => "empty",
        TableError::NoHeadings => "no_headings",
        TableError::NoCards => "no_cards",
        TableError::TooLarge => "too_large",
        TableError::TooManyRows => "too_many_rows",
        TableError::TooManyColumns => "too_many_columns",
        TableError::NotText => "not_text",
        TableError::Damaged => "damaged",
        TableError::Truncated { .. } => "truncated",
    }
}

fn denial_word(denial: Denial) -> &'static str {
    match denial {
        Denial::Circle => "circle",
        Denial::NoGrant => "no_grant",
        Denial::KeyMissing => "key_missing",
        Denial::Medical => "medical",
        Denial::ReadOnly => "read_only",
        Denial::NotAdministrator => "not_administrator",
        Denial::ChangePasswordFirst => "change_password_first",
        Denial::NotHeld => "not_held",
    }
}
