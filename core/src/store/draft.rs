//! Open texts.

use super::{Conn, StoreError};
use crate::ids::{CircleId, DossierId, UserId};

/// One open text, sealed for its writer alone.
#[derive(sqlx::FromRow)]
pub struct DraftRow {
    /// Whose.
    pub user_id: UserId,
    /// In which dossier.
    pub dossier_id: DossierId,
    /// In which field.
    pub field: String,
    /// The vault that must be open to read it.
    pub vault_id: Option<CircleId>,
    /// In ms.
    pub kept_at: i64,
    /// The ciphertext.
    pub sealed: Vec<u8>,
}

/// Keeps an open text in place of the former.
pub async fn put(conn: &mut Conn, row: &DraftRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO draft (user_id, dossier_id, field, vault_id, kept_at, sealed) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (user_id, dossier_id, field) DO UPDATE SET vault_id = excluded.vault_id, kept_at = excluded.kept_at,
             sealed = excluded.sealed",
    )
    .bind(row.user_id)
    .bind(row.dossier_id)
    .bind(&row.field)
    .bind(row.vault_id)
    .bind(row.kept_at)
    .bind(&row.sealed)
    .execute(conn)
    .await?;
    Ok(())
}

/// All open texts that belong in a vault, of whoever wrote them.
pub async fn of_vault(conn: &mut Conn, vault: CircleId) -> Result<Vec<DraftRow>, StoreError> {
    Ok(sqlx::query_as("SELECT * FROM draft WHERE vault_id = ?")
        .bind(vault)
        .fetch_all(conn)
        .await?)
}

/// Drops an open text.
pub async fn remove(
    conn: &mut Conn,
    user: UserId,
    dossier: DossierId,
    field: &str,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM draft WHERE user_id = ? AND dossier_id = ? AND field = ?")
        .bind(user)
        .bind(dossier)
        .bind(field)
        .execute(conn)
        .await?;
    Ok(())
}

/// All open texts of a user, newest first.
pub async fn of_user(conn: &mut Conn, user: UserId) -> Result<Vec<DraftRow>, StoreError> {
    Ok(
        sqlx::query_as("SELECT * FROM draft WHERE user_id = ? ORDER BY kept_at DESC")
            .bind(user)
            .fetch_all(conn)
            .await?,
    )
}
