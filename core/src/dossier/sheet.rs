//! All unprotected values of a dossier together: one ciphertext, so that 100,000 names open within a second.

use crate::{access::Text, error::Error, store::StoreError};
use serde::{
    Deserialize, Deserializer, Serializer,
    de::{MapAccess, Visitor},
};
use std::{borrow::Cow, collections::BTreeMap, fmt, marker::PhantomData};
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
        serde_json::from_slice(bytes).map(Self).map_err(damaged)
    }

    /// To be sealed.
    pub fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        let cells = self.0.iter();
        bytes_of(cells.map(|(field, (value, revision))| (&**field, (&**value, *revision))))
    }

    /// A new sheet, to be sealed: each value is the first of its field.
    pub fn first_bytes(values: &[(&str, Text)]) -> Result<Zeroizing<Vec<u8>>, Error> {
        bytes_of(values.iter().map(|(field, value)| (*field, (&***value, 1))))
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

/// A sheet as it lies in the opened bytes, for reading many: only what was escaped is copied, and that is wiped.
pub(crate) struct Glance<'a>(Vec<(&'a str, Cell<'a>)>);

#[derive(Deserialize)]
struct Cell<'a>(
    #[serde(borrow)] Cow<'a, str>,
    #[allow(dead_code, reason = "the revision, which only a change needs")] i64,
);

impl Drop for Glance<'_> {
    fn drop(&mut self) {
        for (_, Cell(value, _)) in &mut self.0 {
            if let Cow::Owned(copy) = value {
                copy.zeroize();
            }
        }
    }
}

impl<'a> Glance<'a> {
    /// From the opened bytes.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Error> {
        serde_json::from_slice(bytes).map_err(damaged)
    }

    /// Each field that is filled in, with its value.
    pub fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        let values = self
            .0
            .iter()
            .map(|(field, Cell(value, _))| (*field, &**value));
        values.filter(|(_, value)| !value.is_empty())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Glance<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Cells<'a>(PhantomData<&'a str>);

        impl<'de: 'a, 'a> Visitor<'de> for Cells<'a> {
            type Value = Glance<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a sheet")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Glance<'a>, A::Error> {
                let mut glance = Glance(Vec::with_capacity(16));
                while let Some(cell) = map.next_entry()? {
                    glance.0.push(cell);
                }
                Ok(glance)
            }
        }

        deserializer.deserialize_map(Cells(PhantomData))
    }
}

/// Each field with its value and revision.
fn bytes_of<'a>(
    cells: impl Iterator<Item = (&'a str, (&'a str, i64))>,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(1024));
    serde_json::Serializer::new(&mut *bytes)
        .collect_map(cells)
        .map_err(damaged)?;
    Ok(bytes)
}

fn damaged(_: serde_json::Error) -> Error {
    Error::Store(StoreError::Damaged("sheet"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_glance_shows_what_the_sheet_holds(values in proptest::collection::vec(".*", 0..6)) {
            let fields = ["surname", "given_name", "town", "street", "interests", "email"];
            let mut sheet = Sheet::default();
            for (field, value) in fields.iter().zip(&values) {
                sheet.set(field, Some(value));
            }
            let bytes = sheet.to_bytes().unwrap();
            let glance = Glance::parse(&bytes).unwrap();
            let seen: BTreeMap<&str, &str> = glance.values().collect();
            for field in fields {
                prop_assert_eq!(seen.get(field).copied(), sheet.value(field));
            }
        }
    }
}
