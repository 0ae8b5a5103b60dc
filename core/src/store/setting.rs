//! The practice itself, its settings, and each user's preferences.

use super::{Conn, StoreError};
use crate::ids::PracticeId;
use uuid::Uuid;

/// Version of the form of the whole store.
pub const FORMAT: i64 = 1;

/// A sealed setting.
#[derive(sqlx::FromRow)]
pub struct SettingRow {
    /// The practice, or the user for a preference.
    pub owner: Uuid,
    /// Which.
    pub name: String,
    /// The ciphertext.
    pub sealed: Vec<u8>,
}

/// Names the practice, once.
pub async fn name_practice(
    conn: &mut Conn,
    practice: PracticeId,
    at: i64,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO meta (practice_id, format, made_at) VALUES (?, ?, ?)")
        .bind(practice)
        .bind(FORMAT)
        .bind(at)
        .execute(conn)
        .await?;
    Ok(())
}

/// Which practice this store is of.
pub async fn practice(conn: &mut Conn) -> Result<PracticeId, StoreError> {
    let (id, format): (PracticeId, i64) = sqlx::query_as("SELECT practice_id, format FROM meta")
        .fetch_optional(&mut *conn)
        .await?
        .ok_or(StoreError::Damaged("meta"))?;
    if format > FORMAT {
        Err(StoreError::Newer {
            needs: super::migrate::needed(conn).await,
        })
    } else {
        Ok(id)
    }
}

/// Writes a setting.
pub async fn put(conn: &mut Conn, row: &SettingRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO setting (owner, name, sealed) VALUES (?, ?, ?)
         ON CONFLICT (owner, name) DO UPDATE SET sealed = excluded.sealed",
    )
    .bind(row.owner)
    .bind(&row.name)
    .bind(&row.sealed)
    .execute(conn)
    .await?;
    Ok(())
}

/// Reads a setting, if it was ever set.
pub async fn get(
    conn: &mut Conn,
    owner: Uuid,
    name: &str,
) -> Result<Option<SettingRow>, StoreError> {
    Ok(
        sqlx::query_as("SELECT * FROM setting WHERE owner = ? AND name = ?")
            .bind(owner)
            .bind(name)
            .fetch_optional(conn)
            .await?,
    )
}
