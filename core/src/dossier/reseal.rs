//! Sealing again: after a right was withdrawn (the key has a new version), a field was protected or opened, or a dossier moved.

use crate::{
    access::Permit,
    catalogue::{self, Level},
    error::Error,
    keys::{KeyError, Sealing, Spot},
    people,
    session::{Practice, spot},
    store::{
        self, Write,
        dossier::DossierRow,
        value::{OPEN, VAULTED},
    },
};

/// The fields protected later whose values this user has sealed apart everywhere.
const SPLIT: &str = "split";

impl Practice {
    /// Seals everything in a dossier under the newest keys that this user can open. Gives how many values.
    pub(crate) async fn reseal_dossier(
        &self,
        write: &mut Write<'_>,
        row: &DossierRow,
    ) -> Result<usize, Error> {
        let mut resealed = self.split_sheet(write, row).await?;
        for mut value in store::value::of_dossier(write.conn(), row.id).await? {
            if let Some(sealing) = self.reseal(row, &value.field, &spot(row), &value.sealing)? {
                value.sealing = sealing;
                store::value::put(write.conn(), &value).await?;
                resealed += 1;
            }
        }
        for mut entry in store::entry::of_dossier(write.conn(), row.id).await? {
            let spot = Spot {
                dossier: row.id,
                salt: &row.salt,
                record: *entry.id.as_bytes(),
            };
            if let Some(sealing) = self.reseal(row, &entry.field, &spot, &entry.sealing)? {
                entry.sealing = sealing;
                store::entry::put(write.conn(), &entry).await?;
                resealed += 1;
            }
        }
        for mut change in store::change::of_dossier(write.conn(), row.id).await? {
            let spot = Spot {
                dossier: row.id,
                salt: &row.salt,
                record: *change.id.as_bytes(),
            };
            if let Some(sealing) = self.reseal(row, &change.field, &spot, &change.sealing)? {
                change.sealing = sealing;
                store::change::put(write.conn(), &change).await?;
                resealed += 1;
            }
        }
        Ok(resealed)
    }

    /// Goes through every dossier of this user's circles that has something under an older key. Gives how many values.
    pub async fn reseal_stale(&self) -> Result<usize, Error> {
        let circles: Vec<_> = self.rights().circles.iter().copied().collect();
        let compartment = self.rights().compartment();
        let mut resealed = 0;
        for circle in circles {
            let stale =
                store::dossier::stale(&mut *self.store.read().await?, circle, compartment).await?;
            for row in stale {
                self.refuse_stopping()?;
                let mut write = self.store.write().await?;
                let done = self.reseal_dossier(&mut write, &row).await?;
                if done > 0 {
                    write.commit().await?;
                }
                resealed += done;
            }
        }
        Ok(resealed)
    }

    /// Gives every value of a field that has been protected a ciphertext of its own.
    pub(super) async fn split_sheet(
        &self,
        write: &mut Write<'_>,
        row: &DossierRow,
    ) -> Result<usize, Error> {
        let mut split = 0;
        for name in [OPEN, VAULTED] {
            if self.permit(row.home(), name, Level::Edit).is_ok() {
                split += self.split_one(write, row, name).await?;
            }
        }
        Ok(split)
    }

    async fn split_one(
        &self,
        write: &mut Write<'_>,
        row: &DossierRow,
        name: &str,
    ) -> Result<usize, Error> {
        let Some(stored) = store::value::get(write.conn(), row.id, name).await? else {
            return Ok(0);
        };
        let mut sheet = self.sheet(row, Some(&stored))?;
        let protected: Vec<String> = self
            .rights()
            .fields
            .keys()
            .filter(|field| sheet.revision(field) > 0)
            .cloned()
            .collect();
        let mut split = 0;
        for field in protected {
            // Whoever does not hold the new key leaves the value for somebody who does.
            if self.permit(row.home(), &field, Level::Edit).is_err() {
                continue;
            }
            if let Some((value, revision)) = sheet.take(&field) {
                split += 1;
                // An own value is the newer one.
                if store::value::get(write.conn(), row.id, &field)
                    .await?
                    .is_some()
                {
                    continue;
                }
                let own = self.seal_value(row, &field, revision, value.as_bytes())?;
                store::value::put(write.conn(), &own).await?;
            }
        }
        if split > 0 {
            let sealed = self.seal_value(row, name, stored.revision + 1, &sheet.to_bytes()?)?;
            store::value::put(write.conn(), &sealed).await?;
        }
        Ok(split)
    }

    /// Seals apart what colleagues protected since this user's dossiers were last looked through.
    pub(crate) async fn split_left(&self) -> Result<usize, Error> {
        let open = store::key::states(&mut *self.store.read().await?)
            .await?
            .into_iter();
        let late: Vec<String> = open
            .filter_map(|state| state.name.strip_prefix("field:").map(str::to_owned))
            .filter(|field| catalogue::field(field).is_some_and(|def| !def.is_protected()))
            .collect();
        let known: Option<Vec<String>> = self
            .get_setting(self.own_circle(), people::uuid(self.user), SPLIT)
            .await?;
        if late == known.unwrap_or_default() {
            return Ok(0);
        }
        let split = self.split_sheets().await?;
        let mut write = self.store.write().await?;
        self.put_setting(
            &mut write,
            self.own_circle(),
            people::uuid(self.user),
            SPLIT,
            &late,
        )
        .await?;
        write.commit().await?;
        Ok(split)
    }

    /// Goes through every dossier of this user's circles after a field was protected.
    pub(crate) async fn split_sheets(&self) -> Result<usize, Error> {
        let circles: Vec<_> = self.rights().circles.iter().copied().collect();
        let mut split = 0;
        for circle in circles {
            for row in store::dossier::of_circle(&mut *self.store.read().await?, circle).await? {
                self.refuse_stopping()?;
                let mut write = self.store.write().await?;
                let done = self.reseal_dossier(&mut write, &row).await?;
                if done > 0 {
                    write.commit().await?;
                }
                split += done;
            }
        }
        Ok(split)
    }

    /// A ciphertext under the newest keys, or nothing when it is already, or this user cannot.
    fn reseal(
        &self,
        row: &DossierRow,
        field: &str,
        spot: &Spot<'_>,
        sealing: &Sealing,
    ) -> Result<Option<Sealing>, Error> {
        let place = self.rights().place(row.home(), field);
        if self.ring().is_current(place, field, sealing) {
            return Ok(None);
        }
        let Ok(permit) = self.permit(row.home(), field, Level::View) else {
            return Ok(None);
        };
        self.sealed_again(&permit, row, spot, sealing)
    }

    fn sealed_again(
        &self,
        permit: &Permit<'_>,
        row: &DossierRow,
        spot: &Spot<'_>,
        sealing: &Sealing,
    ) -> Result<Option<Sealing>, Error> {
        let ring = self.ring();
        match ring.open(permit, row.home(), spot, sealing) {
            Ok(plain) => Ok(Some(ring.seal(permit, spot, &plain)?)),
            Err(KeyError::NotHeld) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}
