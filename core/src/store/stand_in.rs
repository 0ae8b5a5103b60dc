//! Stand-ins: who stands in for whom, with which dossiers, from when to when.

use super::{Conn, StoreError};
use crate::ids::{CircleId, DossierId, StandInId, UserId};

/// One stand-in.
#[derive(Clone, sqlx::FromRow)]
pub struct StandInRow {
    /// Which.
    pub id: StandInId,
    /// Who is away.
    pub giver: UserId,
    /// Who stands in.
    pub stand_in: UserId,
    /// Where the dossiers lie meanwhile.
    pub circle_id: CircleId,
    /// Where they come back to.
    pub home_id: CircleId,
    /// When it was given, in ms.
    pub made_at: i64,
    /// When it starts, in ms.
    pub starts_at: i64,
    /// When it is over, in ms.
    pub ends_at: i64,
    /// `waiting`, `running`, `ended` or `returned`.
    pub state: String,
    /// When the giver read the report; 0 for not yet.
    pub read_at: i64,
}

/// Writes a stand-in, new or changed.
pub async fn put(conn: &mut Conn, row: &StandInRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO stand_in (id, giver, stand_in, circle_id, home_id, made_at, starts_at, ends_at, state, read_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET ends_at = excluded.ends_at, state = excluded.state, read_at = excluded.read_at",
    )
    .bind(row.id)
    .bind(row.giver)
    .bind(row.stand_in)
    .bind(row.circle_id)
    .bind(row.home_id)
    .bind(row.made_at)
    .bind(row.starts_at)
    .bind(row.ends_at)
    .bind(&row.state)
    .bind(row.read_at)
    .execute(conn)
    .await?;
    Ok(())
}

/// Every stand-in, the last given first.
pub async fn all(conn: &mut Conn) -> Result<Vec<StandInRow>, StoreError> {
    Ok(
        sqlx::query_as("SELECT * FROM stand_in ORDER BY made_at DESC, id DESC")
            .fetch_all(conn)
            .await?,
    )
}

/// One stand-in.
pub async fn get(conn: &mut Conn, id: StandInId) -> Result<StandInRow, StoreError> {
    Ok(sqlx::query_as("SELECT * FROM stand_in WHERE id = ?")
        .bind(id)
        .fetch_one(conn)
        .await?)
}

/// Those whose dossiers are not back yet.
pub async fn unfinished(conn: &mut Conn) -> Result<Vec<StandInRow>, StoreError> {
    Ok(
        sqlx::query_as("SELECT * FROM stand_in WHERE state <> 'returned' ORDER BY id")
            .fetch_all(conn)
            .await?,
    )
}

/// Adds a dossier.
pub async fn add_dossier(
    conn: &mut Conn,
    id: StandInId,
    dossier: DossierId,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO stand_in_dossier (stand_in_id, dossier_id) VALUES (?, ?)")
        .bind(id)
        .bind(dossier)
        .execute(conn)
        .await?;
    Ok(())
}

/// The dossiers of one.
pub async fn dossiers(conn: &mut Conn, id: StandInId) -> Result<Vec<DossierId>, StoreError> {
    Ok(
        sqlx::query_scalar("SELECT dossier_id FROM stand_in_dossier WHERE stand_in_id = ?")
            .bind(id)
            .fetch_all(conn)
            .await?,
    )
}

/// Keeps the key for the start, sealed for a colleague.
pub async fn put_key(
    conn: &mut Conn,
    id: StandInId,
    user: UserId,
    sealed: &str,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO stand_in_key (stand_in_id, user_id, sealed) VALUES (?, ?, ?)")
        .bind(id)
        .bind(user)
        .bind(sealed)
        .execute(conn)
        .await?;
    Ok(())
}

/// The key for the start, as this colleague can hand it over.
pub async fn key_of(
    conn: &mut Conn,
    id: StandInId,
    user: UserId,
) -> Result<Option<String>, StoreError> {
    Ok(
        sqlx::query_scalar("SELECT sealed FROM stand_in_key WHERE stand_in_id = ? AND user_id = ?")
            .bind(id)
            .bind(user)
            .fetch_optional(conn)
            .await?,
    )
}

/// Forgets the key for the start.
pub async fn forget_keys(conn: &mut Conn, id: StandInId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM stand_in_key WHERE stand_in_id = ?")
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Whether anything is still sealed under the key of a circle.
pub async fn is_sealed_under(conn: &mut Conn, circle: CircleId) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM value WHERE circle_id = ?1) OR EXISTS (SELECT 1 FROM entry WHERE circle_id = ?1)
             OR EXISTS (SELECT 1 FROM change WHERE circle_id = ?1) OR EXISTS (SELECT 1 FROM dossier WHERE circle_id = ?1)",
    )
    .bind(circle)
    .fetch_one(conn)
    .await?)
}

/// What somebody did on behalf of another since a moment, about one dossier; newest first.
pub async fn deeds(
    conn: &mut Conn,
    user: UserId,
    dossier: DossierId,
) -> Result<Vec<super::audit::AuditRow>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT a.* FROM audit_subject s JOIN audit a ON a.seq = s.seq WHERE s.dossier_id = ? AND a.user_id = ? ORDER BY a.seq DESC",
    )
    .bind(dossier)
    .bind(user)
    .fetch_all(conn)
    .await?)
}
