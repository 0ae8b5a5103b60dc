//! Groups, who is in them, and what they may do with protected fields.

use super::{Conn, StoreError};
use crate::ids::{GroupId, UserId};

/// A group. `role` is empty but for the built-in ones.
#[derive(sqlx::FromRow)]
pub struct Group {
    /// Which.
    pub id: GroupId,
    /// `administrator`, `coach`, `physician`, `reception` or empty.
    pub role: String,
    /// The name, sealed under the key of the practice's circle.
    pub sealed_name: Vec<u8>,
}

/// What a group may do with a field: 0 none, 1 view, 2 edit.
#[derive(Clone, sqlx::FromRow)]
pub struct Right {
    /// The protected field.
    pub field: String,
    /// The group.
    pub group_id: GroupId,
    /// 0, 1 or 2.
    pub level: i64,
}

/// Adds a group.
pub async fn insert(conn: &mut Conn, group: &Group) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO user_group (id, role, sealed_name) VALUES (?, ?, ?)")
        .bind(group.id)
        .bind(&group.role)
        .bind(&group.sealed_name)
        .execute(conn)
        .await?;
    Ok(())
}

/// All groups, oldest first.
pub async fn all(conn: &mut Conn) -> Result<Vec<Group>, StoreError> {
    Ok(sqlx::query_as("SELECT * FROM user_group ORDER BY id")
        .fetch_all(conn)
        .await?)
}

/// All memberships.
pub async fn members(conn: &mut Conn) -> Result<Vec<(GroupId, UserId)>, StoreError> {
    Ok(sqlx::query_as("SELECT group_id, user_id FROM group_member")
        .fetch_all(conn)
        .await?)
}

/// Puts somebody in a group or out of it.
pub async fn set_member(
    conn: &mut Conn,
    group: GroupId,
    user: UserId,
    member: bool,
) -> Result<(), StoreError> {
    let statement = if member {
        "INSERT INTO group_member (group_id, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING"
    } else {
        "DELETE FROM group_member WHERE group_id = ? AND user_id = ?"
    };
    sqlx::query(statement)
        .bind(group)
        .bind(user)
        .execute(conn)
        .await?;
    Ok(())
}

/// The whole matrix.
pub async fn rights(conn: &mut Conn) -> Result<Vec<Right>, StoreError> {
    Ok(sqlx::query_as("SELECT * FROM field_right")
        .fetch_all(conn)
        .await?)
}

/// Sets one cell of the matrix.
pub async fn set_right(conn: &mut Conn, right: &Right) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO field_right (field, group_id, level) VALUES (?, ?, ?) ON CONFLICT (field, group_id) DO UPDATE SET level = excluded.level")
        .bind(&right.field)
        .bind(right.group_id)
        .bind(right.level)
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets what groups may do with a field that is no longer protected.
pub async fn drop_rights(conn: &mut Conn, field: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM field_right WHERE field = ?")
        .bind(field)
        .execute(conn)
        .await?;
    Ok(())
}

/// Replaces the sealed name, when the circle of the practice has a new key.
pub async fn set_name(conn: &mut Conn, id: GroupId, sealed_name: &[u8]) -> Result<(), StoreError> {
    sqlx::query("UPDATE user_group SET sealed_name = ? WHERE id = ?")
        .bind(sealed_name)
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}
