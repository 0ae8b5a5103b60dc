//! History: what stood there before each change, sealed like the value itself.

use super::{Conn, StoreError};
use crate::{
    ids::{ChangeId, DossierId, UserId},
    keys::Sealing,
};
use sqlx::{QueryBuilder, Sqlite};
use uuid::Uuid;

/// One earlier value.
#[derive(Clone, sqlx::FromRow)]
pub struct ChangeRow {
    /// Which.
    pub id: ChangeId,
    /// Of which dossier.
    pub dossier_id: DossierId,
    /// The entry, or the dossier itself for a field.
    pub record: Uuid,
    /// The field.
    pub field: String,
    /// When the value was replaced, in ms.
    pub changed_at: i64,
    /// Who replaced it.
    pub changed_by: UserId,
    /// The ciphertext and the keys that it is under.
    #[sqlx(flatten)]
    pub sealing: Sealing,
}

/// Writes an earlier value, new or sealed again.
pub async fn put(conn: &mut Conn, row: &ChangeRow) -> Result<(), StoreError> {
    let mut query = QueryBuilder::default();
    put_later(&mut query, row);
    query.build().execute(conn).await?;
    Ok(())
}

/// The same at the end of a change.
pub fn put_later(later: &mut QueryBuilder<Sqlite>, row: &ChangeRow) {
    later
        .push(
            "INSERT INTO change (id, dossier_id, record, field, changed_at, changed_by, circle_id, circle_version, field_version,
             sealed) VALUES (",
        )
        .separated(", ")
        .push_bind(row.id)
        .push_bind(row.dossier_id)
        .push_bind(row.record)
        .push_bind(&row.field)
        .push_bind(row.changed_at)
        .push_bind(row.changed_by)
        .push_bind(row.sealing.circle_id)
        .push_bind(row.sealing.circle_version)
        .push_bind(row.sealing.field_version)
        .push_bind(&row.sealing.sealed)
        .push_unseparated(
            ") ON CONFLICT DO UPDATE SET circle_id = excluded.circle_id, circle_version = excluded.circle_version,
             field_version = excluded.field_version, sealed = excluded.sealed; ",
        );
}

/// The identity of the next change to a field or entry: they grow, whatever the clock says.
pub async fn next(
    conn: &mut Conn,
    dossier: DossierId,
    record: Uuid,
    field: &str,
) -> Result<ChangeId, StoreError> {
    let last = sqlx::query_scalar(
        "SELECT id FROM change WHERE dossier_id = ? AND record = ? AND field = ? ORDER BY id DESC LIMIT 1",
    )
    .bind(dossier)
    .bind(record)
    .bind(field)
    .fetch_optional(conn)
    .await?;
    Ok(ChangeId::after(last))
}

/// The history of a field or entry, newest first.
pub async fn of_record(
    conn: &mut Conn,
    dossier: DossierId,
    record: Uuid,
    field: &str,
) -> Result<Vec<ChangeRow>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT * FROM change WHERE dossier_id = ? AND record = ? AND field = ? ORDER BY id DESC",
    )
    .bind(dossier)
    .bind(record)
    .bind(field)
    .fetch_all(conn)
    .await?)
}

/// All history of a dossier.
pub async fn of_dossier(conn: &mut Conn, dossier: DossierId) -> Result<Vec<ChangeRow>, StoreError> {
    Ok(sqlx::query_as("SELECT * FROM change WHERE dossier_id = ?")
        .bind(dossier)
        .fetch_all(conn)
        .await?)
}
