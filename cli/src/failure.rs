//! What went wrong, as a code for scripts, a sentence for people, and an exit code.

use crate::words::{self, failures, reasons};
use dossierkluis::{
    access::Denial,
    crypto::{CryptoError, Refusal},
    error::Error,
    keys::KeyError,
    paper::PaperError,
    store::StoreError,
    transfer::{mapping::MappingError, table::TableError},
};
use serde_json::{Map, Value, json};
use std::path::Path;

/// A failure. Holds no personal value.
#[derive(Debug)]
pub struct Failure {
    code: &'static str,
    exit: u8,
    more: Map<String, Value>,
}

/// A failure of usage that clap cannot see.
pub fn usage(reason: &'static str) -> Failure {
    Failure::plain("usage", 2).with("reason", reason)
}

/// Refuses to write over a file.
pub fn new_file(path: &Path) -> Result<(), Failure> {
    if path.exists() {
        Err(usage("exists"))
    } else {
        Ok(())
    }
}

impl Failure {
    /// Just a code.
    pub fn plain(code: &'static str, exit: u8) -> Self {
        Self {
            code,
            exit,
            more: Map::new(),
        }
    }

    /// With a parameter that says nothing about anybody.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.more.insert(name.to_owned(), value.into());
        self
    }

    /// A withheld field that was asked for by itself.
    pub fn withheld(reason: &'static str) -> Self {
        Self::plain("denied", 4).with("reason", reason)
    }

    /// The same, where what was wrong is the password of a vault.
    pub fn of_vault(error: Error) -> Self {
        match error {
            Error::WrongPassword => Self::from(error).with("reason", "vault"),
            other => other.into(),
        }
    }

    /// With the heading of the column that it names by its number, from 1.
    pub fn of_column(self, headings: &[String]) -> Self {
        let column = self.more.get("column").and_then(Value::as_u64);
        let at = column.and_then(|column| usize::try_from(column).ok()?.checked_sub(1));
        match at.and_then(|at| headings.get(at)) {
            Some(heading) => self.with("heading", heading.as_str()),
            None => self,
        }
    }

    /// A name that is there already.
    pub fn name_taken() -> Self {
        Self::plain("refused", 7)
            .with("field", "name")
            .with("reason", "name_taken")
    }

    /// Input or output outside the practice.
    pub fn io(error: &std::io::Error) -> Self {
        Self::plain("io", 1).with("kind", error.kind().to_string())
    }

    /// The exit code.
    pub fn exit(&self) -> u8 {
        self.exit
    }

    /// What is damaged, as `verify` would have found it; `None` when it is another failure.
    pub fn finding(&self) -> Option<String> {
        let what = self.of("what").replace(' ', "_");
        (self.exit == 5).then(|| format!("{}:{what}", self.code))
    }

    /// For scripts.
    pub fn json(&self) -> Value {
        let mut all = self.more.clone();
        all.insert("error".to_owned(), json!(self.code));
        Value::Object(all)
    }

    /// For people.
    pub fn sentence(&self, dutch: bool) -> String {
        let mut text = self.words(dutch).to_owned();
        for (name, value) in &self.more {
            let value = match name.as_str() {
                "needs" => words::or_code(reasons::USES, &plain(value), dutch),
                "part" => match plain(value).as_str() {
                    "" => String::new(),
                    part => format!(" ({})", words::or_code(reasons::USES, part, dutch)),
                },
                "reason" => words::reason(&plain(value), dutch).to_owned(),
                "field" if self.code == "refused" => {
                    words::or_code(reasons::FIELDS, &plain(value), dutch)
                }
                "what" if self.exit == 5 => words::find(reasons::PARTS, &plain(value), dutch)
                    .or_else(|| words::find(reasons::PARTS, "other", dutch))
                    .unwrap_or_default()
                    .to_owned(),
                _ => plain(value),
            };
            text = text.replace(&format!("{{{name}}}"), &value);
        }
        if self.code == "denied" && self.more.contains_key("heading") {
            let (before, column) = (if dutch { "Kolom" } else { "Column" }, self.of("column"));
            text = format!("{before} {column} ({}): {text}", self.of("heading"));
        }
        // What was not given has no place in the sentence.
        for name in ["{field}", "{argument}"] {
            text = text.replace(&format!(" {name}"), "").replace(name, "");
        }
        text
    }

    /// The most precise sentence that there is.
    fn words(&self, dutch: bool) -> &'static str {
        if self.code == "usage" {
            let near = self.more.get("near").and_then(Value::as_array);
            let near = near.is_some_and(|near| !near.is_empty());
            let reason = format!("{}_near", self.of("reason"));
            let found = near.then(|| words::find(words::usage::USAGE, &reason, dutch));
            return found
                .flatten()
                .or_else(|| words::find(words::usage::USAGE, &self.of("reason"), dutch))
                .unwrap_or_default();
        }
        let precise = ["detail", "reason", "kind", "what"]
            .iter()
            .find_map(|name| {
                let code = format!("{}.{}", self.code, self.of(name).replace(' ', "_"));
                words::find(failures::FAILURES, &code, dutch)
            });
        precise
            .or_else(|| words::find(failures::FAILURES, self.code, dutch))
            .or_else(|| words::find(failures::FAILURES, "failed", dutch))
            .unwrap_or_default()
    }

    fn of(&self, name: &str) -> String {
        self.more.get(name).map(plain).unwrap_or_default()
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

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
            Error::Unfounded(unfounded) => plain("unfounded", 4)
                .with("needs", unfounded.needs.code())
                .with("part", unfounded.part)
                .with("reason", unfounded.lack.code()),
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
            Error::Keys(_) => plain("failed", 1),
            Error::Import(reason) => plain("import", 7).with("reason", reason),
            Error::Export(reason) => plain("export", 1).with("reason", reason),
            Error::Paper(PaperError::Template { file, line }) => {
                plain("paper", 7).with("file", file).with("line", line)
            }
            Error::Paper(PaperError::Signs(signs)) => plain("paper", 7)
                .with("reason", "signs")
                .with("signs", signs.show()),
            Error::Paper(PaperError::LeftOut { file, member }) => plain("paper", 7)
                .with("reason", "left_out")
                .with("file", file)
                .with("member", member),
            Error::Paper(PaperError::Picture) => plain("paper", 7).with("reason", "picture"),
            Error::Paper(PaperError::Data) => plain("paper", 7).with("reason", "data"),
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
        StoreError::Newer { needs } if needs.is_empty() => {
            Failure::plain("newer", 1).with("reason", "unknown_version")
        }
        StoreError::Newer { needs } => Failure::plain("newer", 1).with("version", needs),
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
            _ => Self::plain("import", 7).with("reason", table_word(&error)),
        }
    }
}

impl From<MappingError> for Failure {
    fn from(error: MappingError) -> Self {
        let mapping = Self::plain("import", 7).with("reason", "mapping");
        match error {
            MappingError::NotAMapping => mapping.with("detail", "not_a_mapping"),
            MappingError::UnknownField { column } => mapping
                .with("detail", "unknown_field")
                .with("column", column),
            MappingError::UsedTwice { column } => {
                mapping.with("detail", "used_twice").with("column", column)
            }
            MappingError::NotInFile { count } => {
                mapping.with("detail", "not_in_file").with("count", count)
            }
        }
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
        Denial::VaultClosed => "vault_closed",
        Denial::Outweighed => "outweighed",
        Denial::InDoubt => "in_doubt",
        Denial::NoConsent => "no_consent",
    }
}
