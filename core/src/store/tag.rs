//! Authentication of the small files beside the database, under keys derived from the store key.

use super::StoreError;
use crate::crypto::Key;
use hkdf::Hkdf;
use sha2::Sha256;

/// Makes tags of one kind.
pub(super) struct Tagger {
    key: [u8; 32],
    label: &'static [u8],
}

impl Tagger {
    /// For what this label names.
    pub fn of(store_key: &Key, label: &'static [u8]) -> Result<Self, StoreError> {
        let key = expand(None, store_key.expose(), label)?;
        Ok(Self { key, label })
    }

    /// HKDF as a keyed hash: a pseudo-random function under the key, with the crate already at hand.
    pub fn tag(&self, plain: &[u8]) -> Result<[u8; 32], StoreError> {
        expand(Some(&self.key), plain, self.label)
    }
}

fn expand(salt: Option<&[u8]>, input: &[u8], label: &[u8]) -> Result<[u8; 32], StoreError> {
    let mut output = [0; 32];
    Hkdf::<Sha256>::new(salt, input)
        .expand(label, &mut output)
        .map_err(|_| StoreError::Damaged("tag"))?;
    Ok(output)
}
