//! Signed statements of confidentiality and professional secrecy.

use super::{Conn, StoreError};
use crate::ids::UserId;
use uuid::Uuid;

/// One statement.
#[derive(sqlx::FromRow)]
pub struct StatementRow {
    /// Which.
    pub id: Uuid,
    /// Who signed.
    pub user_id: UserId,
    /// `confidentiality`, `professional_secrecy` or `derived_secrecy`.
    pub kind: String,
    /// ISO date.
    pub signed_on: String,
    /// In ms.
    pub recorded_at: i64,
    /// By whom.
    pub recorded_by: UserId,
    /// A note, sealed.
    pub sealed_note: Vec<u8>,
}

/// Records a statement.
pub async fn insert(conn: &mut Conn, row: &StatementRow) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO statement (id, user_id, kind, signed_on, recorded_at, recorded_by, sealed_note) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .bind(row.id)
        .bind(row.user_id)
        .bind(&row.kind)
        .bind(&row.signed_on)
        .bind(row.recorded_at)
        .bind(row.recorded_by)
        .bind(&row.sealed_note)
        .execute(conn)
        .await?;
    Ok(())
}

/// All statements, oldest first.
pub async fn all(conn: &mut Conn) -> Result<Vec<StatementRow>, StoreError> {
    Ok(
        sqlx::query_as("SELECT * FROM statement ORDER BY recorded_at, id")
            .fetch_all(conn)
            .await?,
    )
}
