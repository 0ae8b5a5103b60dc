//! From the catalogue to what the page needs of it.

use super::{Catalogue, FieldInfo, KindInfo, ValueType};
use dossierkluis::catalogue::{self, FieldDef, Section, ValueType as V};
use serde::Serialize;
use std::collections::BTreeSet;

impl Catalogue {
    /// All of it; `protected` says which fields have a key of their own in this practice.
    pub fn new(protected: &dyn Fn(&FieldDef) -> bool) -> Self {
        let sections: BTreeSet<Section> =
            catalogue::fields().iter().map(|def| def.section).collect();
        Self {
            kinds: catalogue::kinds()
                .iter()
                .map(|kind| KindInfo {
                    id: kind.id.to_owned(),
                    fields: owned(kind.fields),
                })
                .collect(),
            fields: catalogue::fields()
                .iter()
                .map(|def| FieldInfo::new(def, protected(def)))
                .collect(),
            sections: sections.iter().map(word).collect(),
        }
    }
}

impl FieldInfo {
    fn new(def: &FieldDef, protected: bool) -> Self {
        let choices = match def.value {
            V::Choice(choices) => owned(choices),
            _ => Vec::new(),
        };
        let shape = def.shape().as_ref().map(word);
        Self {
            id: def.id.to_owned(),
            section: word(&def.section),
            value_type: def.value.into(),
            choices,
            protected,
            shape,
        }
    }
}

impl From<V> for ValueType {
    fn from(value: V) -> Self {
        match value {
            V::Text => Self::Text,
            V::LongText => Self::LongText,
            V::Date => Self::Date,
            V::Email => Self::Email,
            V::Phone => Self::Phone,
            V::Url => Self::Url,
            V::Postcode => Self::Postcode,
            V::Country => Self::Country,
            V::Choice(_) => Self::Choice,
            V::Bsn => Self::Bsn,
            V::Iban => Self::Iban,
            V::Money => Self::Money,
            V::Number => Self::Number,
            V::Picture => Self::Picture,
            V::IdDocument => Self::IdDocument,
            V::Kvk => Self::Kvk,
            V::VatId => Self::VatId,
            V::Entries(_) => Self::Entries,
        }
    }
}

/// The permanent word of something that the core serializes as one.
pub fn word<T: Serialize>(of: &T) -> String {
    serde_json::to_value(of)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
