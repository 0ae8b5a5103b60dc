//! The log as a file of its own, whose chain and signatures can be checked without the program (the form is in the README).

use super::verify::{Finding, Walk};
use crate::{
    crypto::SigningKey,
    ids::{PracticeId, UserId},
    store::{StoreError, audit::AuditRow},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use std::io::{BufRead, Write};

/// What the first line says.
const FORMAT: &str = "dossierkluis log 1";

/// A line of the file.
#[derive(Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Line {
    Begin {
        format: String,
        practice: PracticeId,
    },
    Entry {
        seq: i64,
        body: String,
        hash: String,
        signature: String,
    },
    End {
        end: i64,
        hash: String,
        at: i64,
        user: UserId,
        signature: String,
    },
}

/// Writes such a file, line by line.
pub(crate) struct LogWriter<W> {
    output: W,
    practice: PracticeId,
    last: (i64, String),
}

impl<W: Write> LogWriter<W> {
    /// Begins it.
    pub fn begin(output: W, practice: PracticeId) -> Result<Self, StoreError> {
        let mut writer = Self {
            output,
            practice,
            last: (0, String::new()),
        };
        writer.put(&Line::Begin {
            format: FORMAT.to_owned(),
            practice,
        })?;
        Ok(writer)
    }

    /// Adds an entry.
    pub fn add(&mut self, row: AuditRow) -> Result<(), StoreError> {
        self.last = (row.seq, STANDARD.encode(&row.hash));
        self.put(&Line::Entry {
            seq: row.seq,
            body: row.body,
            hash: self.last.1.clone(),
            signature: STANDARD.encode(&row.signature),
        })
    }

    /// Ends it with the signature of whoever takes it out, without which a file that was cut off would look whole.
    pub fn end(mut self, at: i64, user: UserId, signing: &SigningKey) -> Result<W, StoreError> {
        let (end, hash) = std::mem::take(&mut self.last);
        let signature = signing.sign(end_message(self.practice, end, &hash, at).as_bytes());
        self.put(&Line::End {
            end,
            hash,
            at,
            user,
            signature: STANDARD.encode(signature),
        })?;
        Ok(self.output)
    }

    fn put(&mut self, line: &Line) -> Result<(), StoreError> {
        let text = serde_json::to_string(line).map_err(|_| StoreError::Damaged("audit"))?;
        Ok(writeln!(self.output, "{text}")?)
    }
}

/// What the last line signs.
fn end_message(practice: PracticeId, seq: i64, hash: &str, at: i64) -> String {
    format!("dossierkluis log end 1\n{practice}\n{seq}\n{hash}\n{at}\n")
}

/// What a check of such a file found.
#[derive(Debug)]
pub struct LogCheck {
    /// Of which practice.
    pub practice: Option<PracticeId>,
    /// Number and hash of its last entry.
    pub end: (i64, String),
    /// When it was taken out, in ms; 0 where it does not say.
    pub at: i64,
    /// What is wrong; nothing when all is well.
    pub findings: Vec<Finding>,
}

/// Checks a file: chain, signatures, numbers, and its end. With an earlier export, also that what that one had is still
/// there.
pub fn check_log(input: impl BufRead, earlier: Option<&LogCheck>) -> Result<LogCheck, StoreError> {
    let mut check = Checking {
        walk: Walk::default(),
        practice: None,
        last: (0, String::new()),
        ended: None,
        earlier,
        seen: false,
    };
    for line in input.lines() {
        check.line(&line?);
    }
    Ok(check.finish())
}

struct Checking<'a> {
    walk: Walk,
    practice: Option<PracticeId>,
    last: (i64, String),
    ended: Option<i64>,
    earlier: Option<&'a LogCheck>,
    /// The end of the earlier export was passed, unchanged.
    seen: bool,
}

impl Checking<'_> {
    fn line(&mut self, text: &str) {
        let known = (self.practice, self.ended);
        match (serde_json::from_str(text), known) {
            (Ok(Line::Begin { format, practice }), (None, _)) if format == FORMAT => {
                self.practice = Some(practice);
            }
            (
                Ok(Line::Entry {
                    seq,
                    body,
                    hash,
                    signature,
                }),
                (Some(_), None),
            ) => {
                self.entry(seq, body, hash, &signature);
            }
            (
                Ok(Line::End {
                    end,
                    hash,
                    at,
                    user,
                    signature,
                }),
                (Some(practice), None),
            ) => {
                let message = end_message(practice, end, &hash, at);
                let signed = self
                    .walk
                    .signed_by(user, message.as_bytes(), &decode(&signature));
                if !signed || (end, hash) != self.last {
                    self.walk.find(end, "end");
                }
                self.ended = Some(at);
            }
            _ => self.walk.find(self.last.0, "form"),
        }
    }

    fn entry(&mut self, seq: i64, body: String, hash: String, signature: &str) {
        match AuditRow::of_text(seq, body, decode(&hash), decode(signature)) {
            Some(row) => self.walk.step(&row),
            None => self.walk.find(seq, "form"),
        }
        self.last = (seq, hash);
        self.seen |= self.earlier.is_some_and(|earlier| earlier.end == self.last);
    }

    fn finish(mut self) -> LogCheck {
        if self.ended.is_none() {
            self.walk.find(self.last.0, "end_missing");
        }
        match self.earlier {
            Some(earlier) if earlier.practice != self.practice => {
                self.walk.find(self.last.0, "another_practice");
            }
            Some(earlier) if !self.seen => self.walk.find(earlier.end.0, "end_missing"),
            _ => {}
        }
        LogCheck {
            practice: self.practice,
            end: self.last,
            at: self.ended.unwrap_or(0),
            findings: self.walk.into_findings(),
        }
    }
}

/// Nothing where it is no base64: no hash and no signature is empty.
fn decode(text: &str) -> Vec<u8> {
    STANDARD.decode(text).unwrap_or_default()
}
