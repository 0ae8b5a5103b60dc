//! Open texts on their way to the core. They lie here for the blink of an eye, so that the lock never has to ask the page
//! twice: what was handed over is sealed before the keys go.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};
use zeroize::Zeroizing;

/// Dossier and field that a text belongs to.
pub type Spot = (String, String);

/// Not printable, not copyable: this is what a person is writing.
#[derive(Default)]
pub struct Unsealed(Mutex<BTreeMap<Spot, Zeroizing<String>>>);

impl Unsealed {
    /// Keeps the newest text of a spot.
    pub fn put(&self, spot: Spot, text: Zeroizing<String>) {
        self.texts().insert(spot, text);
    }

    /// Takes the text of a spot, to seal it.
    pub fn take(&self, spot: &Spot) -> Option<Zeroizing<String>> {
        self.texts().remove(spot)
    }

    /// Takes everything, to seal it.
    pub fn take_all(&self) -> BTreeMap<Spot, Zeroizing<String>> {
        std::mem::take(&mut *self.texts())
    }

    fn texts(&self) -> MutexGuard<'_, BTreeMap<Spot, Zeroizing<String>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
