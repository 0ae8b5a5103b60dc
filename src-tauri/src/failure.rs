//! What the page learns when something did not work: a code that it translates, and parameters that are safe to show.

use serde::Serialize;
use specta::Type;
use std::collections::BTreeMap;

/// The answer of every command.
pub type Answer<T> = Result<T, Failure>;

/// A code and its parameters. Never free text, never something a person typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Failure {
    pub code: String,
    pub params: BTreeMap<String, String>,
}

impl Failure {
    /// A failure without parameters.
    pub fn new(code: &str) -> Self {
        Self { code: code.to_owned(), params: BTreeMap::new() }
    }

    /// The practice is locked, or became so while the command ran.
    pub fn locked() -> Self {
        Self::new("locked")
    }
}
