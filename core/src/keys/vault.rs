//! Vaults: circles whose keys need two secrets, the door that is wrapped for each member and the vault's own key that lies
//! under the vault's password.

use super::{KeyError, KeyName, Keyring, Versions, label};
use crate::{
    crypto::{Identity, Key, Recipient, join_keys, unwrap_key, wrap_key},
    ids::CircleId,
};

/// A version of a vault's own key, wrapped for the identity that lies under its password.
#[derive(sqlx::FromRow)]
pub struct VaultKey {
    /// Which vault.
    pub circle_id: CircleId,
    /// As of the door.
    pub version: u32,
    /// The age file.
    pub wrapped: Vec<u8>,
}

impl Keyring {
    /// Whether this user may try to open a vault: the newest door is held.
    pub fn has_door(&self, vault: CircleId) -> bool {
        let newest = self.newest_of_circle(vault);
        let door = self.doors.get(&vault);
        door.is_some_and(|door| door.contains_key(&newest))
    }

    /// Opens a vault with its identity: each of its keys is a door and an own key joined.
    pub fn open_vault(
        &mut self,
        vault: CircleId,
        identity: &Identity,
        keys: &[VaultKey],
    ) -> Result<(), KeyError> {
        if !self.has_door(vault) {
            return Err(KeyError::NotHeld);
        }
        for row in keys.iter().filter(|row| row.circle_id == vault) {
            let own = unwrap_key(&own_label(vault, row.version), &row.wrapped, identity)?;
            let door = self.doors.get(&vault);
            if let Some(door) = door.and_then(|door| door.get(&row.version)) {
                let key = join_keys(door, &own)?;
                let versions = self.circles.entry(vault).or_default();
                versions.held.insert(row.version, key);
            }
        }
        let opened = self.circles.get(&vault).is_some_and(Versions::has_newest);
        if opened {
            Ok(())
        } else {
            Err(KeyError::NotHeld)
        }
    }

    /// Wipes what an open vault is read with.
    pub fn close_vault(&mut self, vault: CircleId) {
        if self.doors.contains_key(&vault)
            && let Some(versions) = self.circles.get_mut(&vault)
        {
            versions.held.clear();
        }
    }

    /// Makes the next version of a vault's key, and keeps it. What is to be stored comes out, wrapped for the vault's
    /// identity.
    pub fn make_vault(
        &mut self,
        vault: CircleId,
        recipient: &Recipient,
    ) -> Result<VaultKey, KeyError> {
        let (door, own) = (Key::make()?, Key::make()?);
        let joined = join_keys(&door, &own)?;
        let versions = self.of_mut(KeyName::Circle(vault));
        versions.newest += 1;
        let version = versions.newest;
        versions.held.insert(version, joined);
        self.doors.entry(vault).or_default().insert(version, door);
        Ok(VaultKey {
            circle_id: vault,
            version,
            wrapped: wrap_key(&own_label(vault, version), &own, recipient)?,
        })
    }

    /// Whether a circle is a vault.
    pub fn is_vault(&self, circle: CircleId) -> bool {
        self.doors.contains_key(&circle)
    }

    /// Forgets the versions of a vault's key before the newest: what they sealed has been sealed again.
    pub fn forget_former(&mut self, vault: CircleId) {
        let newest = self.newest_of_circle(vault);
        if let Some(versions) = self.circles.get_mut(&vault) {
            versions.held.retain(|version, _| *version == newest);
        }
        if let Some(door) = self.doors.get_mut(&vault) {
            door.retain(|version, _| *version == newest);
        }
    }
}

fn own_label(vault: CircleId, version: u32) -> String {
    label(&format!("vault:{vault}"), version)
}
