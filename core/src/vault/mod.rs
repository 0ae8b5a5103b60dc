//! Vaults: circles that also need a password of their own, asked on top of the login. One kind holds the files of
//! employees; the medical compartment holds what is the physician's.

mod found;
mod members;
mod open;
mod renew;

pub use found::NewVault;

use crate::{
    access::Text,
    error::Error,
    ids::{CircleId, UserId},
    session::Practice,
    store::{self, Conn, vault::VaultRow},
};
use chrono::{DateTime, Months};
use uuid::Uuid;

/// Column under which names of vaults are sealed.
const VAULT_NAME: &str = "vault_name";

/// A vault that this user may try to open.
pub struct VaultInfo {
    /// Which.
    pub id: CircleId,
    /// Its name.
    pub name: Text,
    /// Whether it is the physicians' compartment.
    pub medical: bool,
    /// Whether it is open now.
    pub open: bool,
    /// Who may try to open it.
    pub members: Vec<UserId>,
    /// Who answers for it.
    pub keeper: UserId,
    /// Minutes without use after which it closes.
    pub minutes: u32,
    /// When its key was last renewed, in ms.
    pub renewed_at: i64,
    /// By whom.
    pub renewed_by: UserId,
    /// Whether the practice wants it renewed by now.
    pub due: bool,
    /// How many employees lie in it.
    pub dossiers: usize,
}

impl Practice {
    /// The vaults that this user may try to open; of others not even the name comes out.
    pub async fn vaults(&self) -> Result<Vec<VaultInfo>, Error> {
        self.rights().decide_work()?;
        let months = self.settings().await?.vault_months;
        let mut conn = self.store.read().await?;
        let members = store::circle::members(&mut conn).await?;
        let mut vaults = Vec::new();
        for row in store::vault::all(&mut conn).await? {
            let Ok(door) = self.rights().decide_door(row.circle_id) else {
                continue;
            };
            let open = self.rights().decide_vault(row.circle_id).is_ok();
            let dossiers = store::dossier::count_in_vault(&mut conn, row.circle_id).await?;
            let mine = members.iter().filter(|(id, _)| *id == row.circle_id);
            vaults.push(VaultInfo {
                id: row.circle_id,
                name: self.vault_name(&row)?,
                medical: door.medical,
                open,
                members: mine.map(|(_, user)| *user).collect(),
                keeper: row.keeper,
                minutes: u32::try_from(row.minutes).unwrap_or(u32::MAX),
                renewed_at: row.renewed_at,
                renewed_by: row.renewed_by,
                due: months > 0 && is_due(row.renewed_at, self.now(), months),
                dossiers,
            });
        }
        Ok(vaults)
    }

    fn vault_name(&self, row: &VaultRow) -> Result<Text, Error> {
        self.open_frame(
            self.practice_circle,
            VAULT_NAME,
            uuid(row.circle_id),
            &row.sealed_name,
        )
    }

    /// The row of a vault that this user may try to open.
    async fn vault_row(&self, conn: &mut Conn, vault: CircleId) -> Result<VaultRow, Error> {
        self.rights().decide_door(vault)?;
        Ok(store::vault::get(conn, vault).await?)
    }

    /// The row of a vault that is open; who changes anything about it opens it first.
    async fn open_row(&self, conn: &mut Conn, vault: CircleId) -> Result<VaultRow, Error> {
        let row = self.vault_row(conn, vault).await?;
        self.rights().decide_vault(vault)?;
        Ok(row)
    }
}

/// Whether a key that was renewed then is older than so many months.
fn is_due(renewed_at: i64, now: i64, months: u32) -> bool {
    let renewed = DateTime::from_timestamp_millis(renewed_at);
    let due = renewed.and_then(|at| at.checked_add_months(Months::new(months)));
    due.is_some_and(|due| due.timestamp_millis() <= now)
}

fn uuid(vault: CircleId) -> Uuid {
    Uuid::from_bytes(*vault.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renewal_is_due_after_calendar_months() {
        let at = |text: &str| {
            DateTime::parse_from_rfc3339(text).map_or(0, |time| time.timestamp_millis())
        };
        let renewed = at("2026-01-31T12:00:00Z");
        assert!(!is_due(renewed, at("2026-02-28T11:59:59Z"), 1));
        assert!(is_due(renewed, at("2026-02-28T12:00:00Z"), 1));
        assert!(!is_due(renewed, at("2027-01-31T11:59:59Z"), 12));
    }
}
