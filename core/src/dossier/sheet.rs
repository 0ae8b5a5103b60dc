//! All unprotected values of a dossier together: one ciphertext, so that 100,000 names open within a second.

use crate::{access::Text, error::Error, store::StoreError};
use std::collections::BTreeMap;
use zeroize::{Zeroize, Zeroizing};

/// Field id to value and revision. Values are wiped when dropped.
#[derive(Default)]
pub(crate) struct Sheet(BTreeMap<String, (String, i64)>);

impl Drop for Sheet {
    fn drop(&mut self) {
        for (value, _) in self.0.values_mut() {
            value.zeroize();
        }
    }
}

impl Sheet {
    /// From the opened bytes.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        serde_json::from_slice(bytes)
            .map(Self)
            .map_err(|_| Error::Store(StoreError::Damaged("sheet")))
    }

    /// To be sealed.
    pub fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(1024));
        serde_json::to_writer(&mut *bytes, &self.0)
            .map_err(|_| Error::Store(StoreError::Damaged("sheet")))?;
        Ok(bytes)
    }

    /// One value.
    pub fn value(&self, field: &str) -> Option<&str> {
        self.0
            .get(field)
            .map(|(value, _)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// What an update of this field must state: 0 as long as it was never filled in.
    pub fn revision(&self, field: &str) -> i64 {
        self.0.get(field).map_or(0, |(_, revision)| *revision)
    }

    /// Sets a value; an emptied field keeps its revision.
    pub fn set(&mut self, field: &str, value: Option<&str>) -> i64 {
        let revision = self.revision(field) + 1;
        if let Some((mut former, _)) = self.0.insert(
            field.to_owned(),
            (value.unwrap_or_default().to_owned(), revision),
        ) {
            former.zeroize();
        }
        revision
    }

    /// Takes a field out, when it becomes protected.
    pub fn take(&mut self, field: &str) -> Option<(Text, i64)> {
        self.0
            .remove(field)
            .map(|(value, revision)| (Zeroizing::new(value), revision))
    }
}
