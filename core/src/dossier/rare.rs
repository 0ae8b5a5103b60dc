//! A part that few entries have.

use serde::{Deserialize, Deserializer, Serialize};
use std::ops::{Deref, DerefMut};
use zeroize::Zeroize;

/// Held apart from the entry, so that an entry without it takes little memory: a package or a dossier has thousands of them. In the
/// stored form it is as if it were not there.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Rare<T>(Box<T>);

impl<T> Rare<T> {
    /// The part itself.
    pub fn into_inner(self) -> T {
        *self.0
    }
}

impl<T> From<T> for Rare<T> {
    fn from(part: T) -> Self {
        Self(Box::new(part))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Rare<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::deserialize(from).map(Self::from)
    }
}

impl<T> Deref for Rare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Rare<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: Zeroize> Zeroize for Rare<T> {
    fn zeroize(&mut self) {
        (**self).zeroize();
    }
}
