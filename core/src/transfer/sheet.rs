//! Small lists that leave as CSV for people outside: whole in memory, with a digest of the file for the log.

use super::neutral::neutralise;
use crate::{crypto::hex, error::Error, store};
use sha2::{Digest, Sha256};
use std::path::Path;
use zeroize::Zeroizing;

/// What stands in a place of a list.
pub enum Item {
    /// A text; one that a spreadsheet would compute is neutralised.
    Text(String),
    /// Euro, in cents: a number with a decimal comma, and nothing else, so that it can be added up.
    Amount(i64),
}

impl Item {
    /// This text.
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    fn written(&self) -> String {
        match self {
            Self::Text(text) => neutralise(text),
            Self::Amount(cents) => crate::code::Money::from_cents(*cents)
                .to_string()
                .replace('.', ","),
        }
    }
}

/// A list that is not in its place yet.
pub struct ListFile(Zeroizing<Vec<u8>>);

impl ListFile {
    /// CSV as spreadsheets here read it: UTF-8 with a byte order mark, semicolons, all quoted.
    pub fn new(headings: &[&str], rows: &[Vec<Item>]) -> Result<Self, Error> {
        let failed = |_| Error::Export("io");
        let mut bytes = b"\xef\xbb\xbf".to_vec();
        let mut csv = csv::WriterBuilder::new()
            .delimiter(b';')
            .quote_style(csv::QuoteStyle::Always)
            .terminator(csv::Terminator::CRLF)
            // The line about what was left out has fewer cells.
            .flexible(true)
            .from_writer(&mut bytes);
        csv.write_record(headings).map_err(failed)?;
        for row in rows {
            csv.write_record(row.iter().map(Item::written))
                .map_err(failed)?;
        }
        csv.flush().map_err(|_| Error::Export("io"))?;
        drop(csv);
        Ok(Self(Zeroizing::new(bytes)))
    }

    /// SHA-256 of the file, in hexadecimal: whoever has the file can find the entry of the log that tells of it.
    pub fn sha256(&self) -> String {
        hex(&Sha256::digest(&*self.0))
    }

    /// Writes it, whole or not at all.
    pub fn put(&self, path: &Path) -> Result<(), Error> {
        Ok(store::write_durably(path, &self.0)?)
    }
}
