//! What is printed, and where. A pipe that is closed at the other end is no error.

use crate::{
    failure::Failure,
    words::{self, reasons},
};
use dossierkluis::{dossier::Progress, paper::Language};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::Value;
use std::io::{BufWriter, ErrorKind, IsTerminal, Write, stderr, stdout};

/// How to print.
pub struct Out {
    json: bool,
    /// Dutch rather than English.
    pub dutch: bool,
}

impl Out {
    /// By the flag and the language of the environment.
    pub fn new(json: bool) -> Self {
        let language = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
        Self {
            json,
            dutch: language.is_some_and(|language| language.starts_with("nl")),
        }
    }

    /// The language of papers that are for whoever types.
    pub fn language(&self) -> Language {
        if self.dutch {
            Language::Dutch
        } else {
            Language::English
        }
    }

    /// Prints a result.
    pub fn say(&self, json: &Value, plain: impl FnOnce() -> String) -> Result<(), Failure> {
        let mut to = BufWriter::new(stdout().lock());
        let written = if self.json {
            serde_json::to_writer_pretty(&mut to, json).map_err(std::io::Error::from)
        } else {
            to.write_all(shown(&plain()).trim_end_matches('\n').as_bytes())
        };
        match written
            .and_then(|()| to.write_all(b"\n"))
            .and_then(|()| to.flush())
        {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::io(&error)),
            _ => Ok(()),
        }
    }

    /// Prints a result for scripts alone.
    pub fn say_to_scripts(&self, json: &Value) -> Result<(), Failure> {
        if self.json {
            self.say(json, String::new)
        } else {
            Ok(())
        }
    }

    /// Whether failures are told in another form than clap's own English.
    pub fn translates(&self) -> bool {
        self.json || self.dutch
    }

    /// Rows for people, or that there are none.
    pub fn table(&self, rows: &[Vec<String>]) -> String {
        if rows.is_empty() {
            self.pick("Niets gevonden.", "Nothing found.").to_owned()
        } else {
            columns(rows)
        }
    }

    /// One of two languages.
    pub fn pick<'a>(&self, dutch: &'a str, english: &'a str) -> &'a str {
        if self.dutch { dutch } else { english }
    }

    /// Prints a failure; gives its exit code.
    pub fn fail(&self, failure: &Failure) -> u8 {
        let line = if self.json {
            failure.json().to_string()
        } else {
            format!("kluis: {}", failure.sentence(self.dutch))
        };
        let _ = writeln!(stderr().lock(), "{line}");
        failure.exit()
    }

    /// Something to know, beside the result.
    pub fn warn(&self, text: &str) {
        if !self.json {
            let _ = writeln!(stderr().lock(), "kluis: {text}");
        }
    }

    /// What is unusual about something that was kept.
    pub fn warn_about(&self, warnings: &[&str]) {
        for one in warnings {
            self.warn(&words::or_code(reasons::WARNINGS, one, self.dutch));
        }
    }

    /// A bar that is seen on a terminal alone.
    pub fn bar(&self) -> Bar {
        let shown = stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(0);
            if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
                bar.set_style(style);
            }
            bar
        });
        Bar {
            shown,
            dutch: self.dutch,
        }
    }
}

/// Text from a dossier must not steer the terminal.
fn shown(text: &str) -> String {
    let steers = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    text.replace(steers, "\u{fffd}")
}

/// A progress bar, or none.
pub struct Bar {
    shown: Option<ProgressBar>,
    dutch: bool,
}

impl Bar {
    /// How far it is.
    pub fn show(&self, progress: Progress) {
        if let Some(bar) = &self.shown {
            bar.set_length(progress.total as u64);
            bar.set_position(progress.done as u64);
            bar.set_message(words::or_code(reasons::OTHER, progress.task, self.dutch));
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = &self.shown {
            bar.finish_and_clear();
        }
    }
}

/// A table with a space between columns.
pub fn columns(rows: &[Vec<String>]) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |at: usize| {
        rows.iter()
            .filter_map(|row| row.get(at))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..count).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}
