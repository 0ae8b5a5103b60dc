//! Entries in the story of a dossier, sealed.

use super::{
    Conn, StoreError,
    dossier::LoadedEntry,
    packed::{self, Entries},
};
use crate::{
    ids::{DossierId, EntryId, UserId},
    keys::Sealing,
};
use std::collections::HashSet;

/// One sealed entry.
#[derive(Clone, sqlx::FromRow)]
pub struct EntryRow {
    /// Which.
    pub id: EntryId,
    /// Of which dossier.
    pub dossier_id: DossierId,
    /// The entry list that it belongs to: a catalogue field.
    pub field: String,
    /// Moves with every change.
    pub revision: i64,
    /// In ms.
    pub created_at: i64,
    /// By whom.
    pub created_by: UserId,
    /// In ms.
    pub changed_at: i64,
    /// By whom.
    pub changed_by: UserId,
    /// When it was put in the bin, in ms; 0 for not.
    pub binned_at: i64,
    /// The ciphertext and the keys that it is under.
    #[sqlx(flatten)]
    pub sealing: Sealing,
}

/// Writes an entry, new or again.
pub async fn put(conn: &mut Conn, row: &EntryRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO entry (id, dossier_id, field, circle_id, circle_version, field_version, revision, created_at, created_by,
             changed_at, changed_by, binned_at, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET circle_id = excluded.circle_id, circle_version = excluded.circle_version, field_version = excluded.field_version,
             revision = excluded.revision, changed_at = excluded.changed_at, changed_by = excluded.changed_by,
             binned_at = excluded.binned_at, sealed = excluded.sealed",
    )
    .bind(row.id)
    .bind(row.dossier_id)
    .bind(&row.field)
    .bind(row.sealing.circle_id)
    .bind(row.sealing.circle_version)
    .bind(row.sealing.field_version)
    .bind(row.revision)
    .bind(row.created_at)
    .bind(row.created_by)
    .bind(row.changed_at)
    .bind(row.changed_by)
    .bind(row.binned_at)
    .bind(&row.sealing.sealed)
    .execute(conn)
    .await?;
    Ok(())
}

/// One entry.
pub async fn get(conn: &mut Conn, id: EntryId) -> Result<EntryRow, StoreError> {
    Ok(sqlx::query_as("SELECT * FROM entry WHERE id = ?")
        .bind(id)
        .fetch_one(conn)
        .await?)
}

/// All entries of a dossier, newest first, in the bin or not.
pub async fn of_dossier(conn: &mut Conn, dossier: DossierId) -> Result<Vec<EntryRow>, StoreError> {
    Ok(
        sqlx::query_as(
            "SELECT * FROM entry WHERE dossier_id = ? ORDER BY created_at DESC, id DESC",
        )
        .bind(dossier)
        .fetch_all(conn)
        .await?,
    )
}

/// The consents and other grounds of a dossier, the oldest first; not what is in the bin.
pub async fn grounds(conn: &mut Conn, dossier: DossierId) -> Result<Vec<EntryRow>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT * FROM entry WHERE dossier_id = ? AND field IN ('consents', 'grounds') AND binned_at = 0 ORDER BY created_at, id",
    )
    .bind(dossier)
    .fetch_all(conn)
    .await?)
}

/// What is in the bin, over all dossiers.
pub async fn binned(conn: &mut Conn) -> Result<Vec<EntryRow>, StoreError> {
    Ok(
        sqlx::query_as("SELECT * FROM entry WHERE binned_at > 0 ORDER BY binned_at DESC")
            .fetch_all(conn)
            .await?,
    )
}

/// Puts it in the bin (a time in ms) or takes it out (0).
pub async fn set_binned(conn: &mut Conn, id: EntryId, at: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE entry SET binned_at = ? WHERE id = ?")
        .bind(at)
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Every training, certificate, consent, ground and right to speak for somebody, in whichever dossier; not what is in the bin. The lists stand in the statement, as they do
/// in the index.
pub async fn ending(conn: &mut Conn) -> Result<Vec<LoadedEntry>, StoreError> {
    let packed = sqlx::query_scalar(concat!(
        "SELECT group_concat(",
        packed::entry!(),
        ", '') FROM entry e WHERE e.field IN ('trainings', 'certificates', 'consents', 'grounds', 'representatives', 'authorisations')
          AND e.binned_at = 0",
    ))
    .fetch_one(conn)
    .await?;
    Entries::of(packed).take_apart()
}

/// The dossiers with a consent or a ground; not what is in the bin. The lists stand in the statement, as they do in the index.
pub async fn with_grounds(conn: &mut Conn) -> Result<HashSet<DossierId>, StoreError> {
    let ids: Vec<DossierId> = sqlx::query_scalar(
        "SELECT DISTINCT dossier_id FROM entry
         WHERE field IN ('trainings', 'certificates', 'consents', 'grounds', 'representatives', 'authorisations')
         AND field IN ('consents', 'grounds') AND binned_at = 0",
    )
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().collect())
}

/// Every part that somebody plays, in whichever dossier; not what is in the bin.
pub async fn parts(conn: &mut Conn) -> Result<Vec<LoadedEntry>, StoreError> {
    let packed = sqlx::query_scalar(concat!(
        "SELECT group_concat(",
        packed::entry!(),
        ", '') FROM entry e WHERE e.field = 'roles' AND e.binned_at = 0",
    ))
    .fetch_one(conn)
    .await?;
    Entries::of(packed).take_apart()
}

/// Every request for information and disclosure, in whichever dossier, newest first; not what is in the bin. The lists stand in the
/// statement, as they do in the index.
pub async fn disclosures(conn: &mut Conn) -> Result<Vec<EntryRow>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT * FROM entry WHERE field IN ('disclosures', 'medical_disclosures') AND binned_at = 0
         ORDER BY created_at DESC, id DESC",
    )
    .fetch_all(conn)
    .await?)
}

/// Removes an entry and its history.
pub async fn erase(conn: &mut Conn, id: EntryId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM change WHERE dossier_id = (SELECT dossier_id FROM entry WHERE id = ?1) AND record = ?1")
        .bind(id)
        .execute(&mut *conn)
        .await?;
    sqlx::query("DELETE FROM document_file WHERE entry_id = ?")
        .bind(id)
        .execute(&mut *conn)
        .await?;
    sqlx::query("DELETE FROM entry WHERE id = ?")
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Adds many new entries.
pub async fn insert_many(conn: &mut Conn, rows: &[&EntryRow]) -> Result<(), StoreError> {
    const START: &str = "INSERT INTO entry (id, dossier_id, field, circle_id, circle_version, field_version, revision, created_at, created_by,
             changed_at, changed_by, binned_at, sealed) ";
    for rows in rows.chunks(super::dossier::ROWS) {
        let mut query = sqlx::QueryBuilder::<sqlx::Sqlite>::new(START);
        query.push_values(rows, |mut values, row| {
            let sealing = &row.sealing;
            values
                .push_bind(row.id)
                .push_bind(row.dossier_id)
                .push_bind(row.field.clone());
            values
                .push_bind(sealing.circle_id)
                .push_bind(sealing.circle_version)
                .push_bind(sealing.field_version);
            values
                .push_bind(row.revision)
                .push_bind(row.created_at)
                .push_bind(row.created_by);
            values
                .push_bind(row.changed_at)
                .push_bind(row.changed_by)
                .push_bind(row.binned_at);
            values.push_bind(sealing.sealed.clone());
        });
        query.build().execute(&mut *conn).await?;
    }
    Ok(())
}
