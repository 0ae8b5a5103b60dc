//! What clap refuses, as a failure like any other: JSON for scripts, and Dutch where Dutch is spoken.

use crate::failure::{Failure, usage};
use clap::{
    Error,
    error::{ContextKind, ContextValue, ErrorKind},
};

/// Whether the help or the version is the answer. Who typed nothing at all gets the help too, scripts excepted.
pub fn is_help(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => true,
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => !asks_json(),
        _ => false,
    }
}

/// Whether JSON was asked for, although what was typed could not be read.
pub fn asks_json() -> bool {
    std::env::args_os()
        .take_while(|word| word != "--")
        .any(|word| word == "--json")
}

/// The failure. Repeats names of arguments, never what was typed as a value.
pub fn failure(error: &Error) -> Failure {
    let reason = match error.kind() {
        ErrorKind::UnknownArgument => "unknown_argument",
        ErrorKind::InvalidSubcommand => "unknown_verb",
        ErrorKind::MissingRequiredArgument => "missing_argument",
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "missing_verb"
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "invalid_value",
        ErrorKind::ArgumentConflict => "conflict",
        _ => "syntax",
    };
    let possible = texts(error, ContextKind::ValidValue);
    let mut failure = match reason {
        "invalid_value" if !possible.is_empty() => usage("invalid_choice").with("known", possible),
        reason => usage(reason),
    };
    let named = texts(error, ContextKind::InvalidArg);
    let named: Vec<&String> = named.iter().filter(|text| is_name(text)).collect();
    if !named.is_empty() {
        failure = failure.with("argument", serde_json::json!(named));
    }
    failure
}

/// How the command is written, when clap knows.
pub fn pattern(error: &Error) -> Option<String> {
    let text = error.get(ContextKind::Usage)?.to_string();
    let text = text.strip_prefix("Usage:").unwrap_or(&text).trim();
    Some(text.to_owned())
}

fn texts(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

/// `--name …` or `<NAME>`, not a value that landed in the wrong place.
fn is_name(text: &str) -> bool {
    let flag = text.strip_prefix("--").is_some_and(|rest| {
        let word = rest.split([' ', '=']).next().unwrap_or_default();
        word.chars().all(|c| c.is_ascii_lowercase() || c == '-')
            && (word.len() == rest.len() || rest.contains('<'))
    });
    flag || text.starts_with('<') || text.starts_with('[')
}
