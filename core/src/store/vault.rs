//! Vaults: the password file, the keys that it protects, and when they were renewed. The store can open none of it.

use super::{Conn, StoreError};
use crate::{
    ids::{CircleId, UserId},
    keys::VaultKey,
};

/// A vault beside its circle.
#[derive(Clone, sqlx::FromRow)]
pub struct VaultRow {
    /// The circle.
    pub circle_id: CircleId,
    /// Who answers for it.
    pub keeper: UserId,
    /// Public half of the identity that the password protects.
    pub recipient: String,
    /// The identity under the password: an age file.
    pub locked: String,
    /// Public half of the recovery sheet.
    pub sheet_recipient: String,
    /// The identity for the recovery sheet: an age file.
    pub recovery: String,
    /// The name, sealed under the key of the practice circle.
    pub sealed_name: Vec<u8>,
    /// Minutes without use after which it closes.
    pub minutes: i64,
    /// When its key was last renewed, in ms.
    pub renewed_at: i64,
    /// By whom.
    pub renewed_by: UserId,
    /// Wrong passwords, as JSON.
    pub throttle: String,
}

/// Adds a vault, or replaces everything about it.
pub async fn put(conn: &mut Conn, row: &VaultRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO vault (circle_id, keeper, recipient, locked, sheet_recipient, recovery, sealed_name, minutes, renewed_at, renewed_by, throttle)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET keeper = excluded.keeper, recipient = excluded.recipient, locked = excluded.locked,
             sheet_recipient = excluded.sheet_recipient, recovery = excluded.recovery, sealed_name = excluded.sealed_name,
             minutes = excluded.minutes, renewed_at = excluded.renewed_at, renewed_by = excluded.renewed_by, throttle = excluded.throttle",
    )
    .bind(row.circle_id)
    .bind(row.keeper)
    .bind(&row.recipient)
    .bind(&row.locked)
    .bind(&row.sheet_recipient)
    .bind(&row.recovery)
    .bind(&row.sealed_name)
    .bind(row.minutes)
    .bind(row.renewed_at)
    .bind(row.renewed_by)
    .bind(&row.throttle)
    .execute(conn)
    .await?;
    Ok(())
}

/// All vaults, oldest first.
pub async fn all(conn: &mut Conn) -> Result<Vec<VaultRow>, StoreError> {
    Ok(sqlx::query_as("SELECT * FROM vault ORDER BY circle_id")
        .fetch_all(conn)
        .await?)
}

/// One vault.
pub async fn get(conn: &mut Conn, circle: CircleId) -> Result<VaultRow, StoreError> {
    Ok(sqlx::query_as("SELECT * FROM vault WHERE circle_id = ?")
        .bind(circle)
        .fetch_one(conn)
        .await?)
}

/// Keeps a version of a vault's own key.
pub async fn put_key(conn: &mut Conn, key: &VaultKey) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO vault_key (circle_id, version, wrapped) VALUES (?, ?, ?)")
        .bind(key.circle_id)
        .bind(key.version)
        .bind(&key.wrapped)
        .execute(conn)
        .await?;
    Ok(())
}

/// Every version of a vault's own key.
pub async fn keys(conn: &mut Conn, circle: CircleId) -> Result<Vec<VaultKey>, StoreError> {
    Ok(
        sqlx::query_as("SELECT * FROM vault_key WHERE circle_id = ?")
            .bind(circle)
            .fetch_all(conn)
            .await?,
    )
}

/// Whether anything is still sealed under a former key of a vault.
pub async fn sealed_before(
    conn: &mut Conn,
    circle: CircleId,
    version: u32,
) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM value WHERE circle_id = ?1 AND circle_version < ?2)
             OR EXISTS (SELECT 1 FROM entry WHERE circle_id = ?1 AND circle_version < ?2)
             OR EXISTS (SELECT 1 FROM change WHERE circle_id = ?1 AND circle_version < ?2)",
    )
    .bind(circle)
    .bind(version)
    .fetch_one(conn)
    .await?)
}

/// Removes the versions of a vault's key, and its doors, before this one.
pub async fn forget_former(
    conn: &mut Conn,
    circle: CircleId,
    door: &str,
    version: u32,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM vault_key WHERE circle_id = ? AND version < ?")
        .bind(circle)
        .bind(version)
        .execute(&mut *conn)
        .await?;
    sqlx::query("DELETE FROM wrapped_key WHERE name = ? AND version < ?")
        .bind(door)
        .bind(version)
        .execute(conn)
        .await?;
    Ok(())
}
