//! Circles: who shares which dossiers.

use super::{Conn, StoreError};
use crate::ids::{CircleId, UserId};

/// A circle. Its name is sealed under its own key.
#[derive(sqlx::FromRow)]
pub struct Circle {
    /// Which.
    pub id: CircleId,
    /// `practice`, `own`, `made`, `vault` or `medical`.
    pub kind: String,
    /// The name, sealed.
    pub sealed_name: Vec<u8>,
}

impl Circle {
    /// Whether its keys also lie under a password.
    pub fn is_vault(&self) -> bool {
        matches!(&*self.kind, "vault" | "medical")
    }
}

/// Adds a circle.
pub async fn insert(conn: &mut Conn, circle: &Circle) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO circle (id, kind, sealed_name) VALUES (?, ?, ?)")
        .bind(circle.id)
        .bind(&circle.kind)
        .bind(&circle.sealed_name)
        .execute(conn)
        .await?;
    Ok(())
}

/// All circles, oldest first.
pub async fn all(conn: &mut Conn) -> Result<Vec<Circle>, StoreError> {
    Ok(sqlx::query_as("SELECT * FROM circle ORDER BY id")
        .fetch_all(conn)
        .await?)
}

/// All memberships.
pub async fn members(conn: &mut Conn) -> Result<Vec<(CircleId, UserId)>, StoreError> {
    Ok(
        sqlx::query_as("SELECT circle_id, user_id FROM circle_member")
            .fetch_all(conn)
            .await?,
    )
}

/// Puts somebody in a circle or out of it.
pub async fn set_member(
    conn: &mut Conn,
    circle: CircleId,
    user: UserId,
    member: bool,
) -> Result<(), StoreError> {
    let statement = if member {
        "INSERT INTO circle_member (circle_id, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING"
    } else {
        "DELETE FROM circle_member WHERE circle_id = ? AND user_id = ?"
    };
    sqlx::query(statement)
        .bind(circle)
        .bind(user)
        .execute(conn)
        .await?;
    Ok(())
}

/// Removes a circle with its memberships; no dossier may lie in it.
pub async fn remove(conn: &mut Conn, id: CircleId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM circle_member WHERE circle_id = ?")
        .bind(id)
        .execute(&mut *conn)
        .await?;
    sqlx::query("DELETE FROM circle WHERE id = ?")
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Replaces the sealed name, when the circle has a new key.
pub async fn set_name(
    conn: &mut Conn,
    circle: CircleId,
    sealed_name: &[u8],
) -> Result<(), StoreError> {
    sqlx::query("UPDATE circle SET sealed_name = ? WHERE id = ?")
        .bind(sealed_name)
        .bind(circle)
        .execute(conn)
        .await?;
    Ok(())
}
