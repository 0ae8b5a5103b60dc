//! Present values of dossiers, sealed.

use super::{Conn, StoreError, change::ChangeRow};
use crate::{ids::DossierId, keys::Sealing};
use sqlx::{QueryBuilder, Sqlite};

pub use crate::access::{OPEN, VAULTED};

/// One sealed value.
#[derive(Clone, sqlx::FromRow)]
pub struct ValueRow {
    /// Of which dossier.
    pub dossier_id: DossierId,
    /// Field id, or the name of a sheet.
    pub field: String,
    /// Moves with every change.
    pub revision: i64,
    /// The ciphertext and the keys that it is under.
    #[sqlx(flatten)]
    pub sealing: Sealing,
}

/// Writes a value, new or again.
pub async fn put(conn: &mut Conn, row: &ValueRow) -> Result<(), StoreError> {
    let mut query = QueryBuilder::default();
    put_later(&mut query, row);
    query.build().execute(conn).await?;
    Ok(())
}

fn put_later(later: &mut QueryBuilder<Sqlite>, row: &ValueRow) {
    later
        .push("INSERT INTO value (dossier_id, field, circle_id, circle_version, field_version, revision, sealed) VALUES (")
        .separated(", ")
        .push_bind(row.dossier_id)
        .push_bind(&row.field)
        .push_bind(row.sealing.circle_id)
        .push_bind(row.sealing.circle_version)
        .push_bind(row.sealing.field_version)
        .push_bind(row.revision)
        .push_bind(&row.sealing.sealed)
        .push_unseparated(
            ") ON CONFLICT (dossier_id, field) DO UPDATE SET circle_id = excluded.circle_id, circle_version = excluded.circle_version,
             field_version = excluded.field_version, revision = excluded.revision, sealed = excluded.sealed; ",
        );
}

/// Writes a value at the end of a change, with what stood there before and the moment (ms).
pub fn replace_later(
    later: &mut QueryBuilder<Sqlite>,
    former: &ChangeRow,
    row: &ValueRow,
    at: i64,
) {
    super::change::put_later(later, former);
    put_later(later, row);
    later
        .push("UPDATE dossier SET changed_at = ")
        .push_bind(at)
        .push(" WHERE id = ")
        .push_bind(row.dossier_id)
        .push("; ");
}

/// All values of a dossier.
pub async fn of_dossier(conn: &mut Conn, dossier: DossierId) -> Result<Vec<ValueRow>, StoreError> {
    Ok(sqlx::query_as("SELECT * FROM value WHERE dossier_id = ?")
        .bind(dossier)
        .fetch_all(conn)
        .await?)
}

/// One value, if there is one.
pub async fn get(
    conn: &mut Conn,
    dossier: DossierId,
    field: &str,
) -> Result<Option<ValueRow>, StoreError> {
    Ok(
        sqlx::query_as("SELECT * FROM value WHERE dossier_id = ? AND field = ?")
            .bind(dossier)
            .bind(field)
            .fetch_optional(conn)
            .await?,
    )
}

/// Removes one value.
pub async fn remove(conn: &mut Conn, dossier: DossierId, field: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM value WHERE dossier_id = ? AND field = ?")
        .bind(dossier)
        .bind(field)
        .execute(conn)
        .await?;
    Ok(())
}

/// Adds many values of new dossiers.
pub async fn insert_many(conn: &mut Conn, rows: &[&ValueRow]) -> Result<(), StoreError> {
    const START: &str = "INSERT INTO value (dossier_id, field, circle_id, circle_version, field_version, revision, sealed) ";
    for rows in rows.chunks(super::dossier::ROWS) {
        let mut query = QueryBuilder::<Sqlite>::new(START);
        query.push_values(rows, |mut values, row| {
            let sealing = &row.sealing;
            values
                .push_bind(row.dossier_id)
                .push_bind(row.field.clone())
                .push_bind(sealing.circle_id);
            values
                .push_bind(sealing.circle_version)
                .push_bind(sealing.field_version);
            values
                .push_bind(row.revision)
                .push_bind(sealing.sealed.clone());
        });
        query.build().execute(&mut *conn).await?;
    }
    Ok(())
}
