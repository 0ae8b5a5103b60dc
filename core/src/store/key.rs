//! Wrapped keys: who can open what. The blobs are age files.

use super::{Conn, StoreError};
use crate::{
    ids::UserId,
    keys::{KeyState, WrappedKey},
};

/// The state of every key.
pub async fn states(conn: &mut Conn) -> Result<Vec<KeyState>, StoreError> {
    Ok(sqlx::query_as("SELECT * FROM key_state ORDER BY name")
        .fetch_all(conn)
        .await?)
}

/// Sets the state of a key.
pub async fn set_state(conn: &mut Conn, state: &KeyState) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO key_state (name, version, to_replace) VALUES (?, ?, ?)
         ON CONFLICT (name) DO UPDATE SET version = excluded.version, to_replace = excluded.to_replace",
    )
    .bind(&state.name)
    .bind(state.version)
    .bind(state.to_replace)
    .execute(conn)
    .await?;
    Ok(())
}

/// Asks for a new version of a key.
pub async fn ask_replacement(conn: &mut Conn, name: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE key_state SET to_replace = 1 WHERE name = ? AND version > 0")
        .bind(name)
        .execute(conn)
        .await?;
    Ok(())
}

/// Gives a key to a person.
pub async fn put(conn: &mut Conn, key: &WrappedKey) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO wrapped_key (name, version, user_id, wrapped) VALUES (?, ?, ?, ?)
         ON CONFLICT (user_id, name, version) DO UPDATE SET wrapped = excluded.wrapped",
    )
    .bind(&key.name)
    .bind(key.version)
    .bind(key.user_id)
    .bind(&key.wrapped)
    .execute(conn)
    .await?;
    Ok(())
}

/// Everything wrapped for one person.
pub async fn of_user(conn: &mut Conn, user: UserId) -> Result<Vec<WrappedKey>, StoreError> {
    Ok(
        sqlx::query_as("SELECT * FROM wrapped_key WHERE user_id = ?")
            .bind(user)
            .fetch_all(conn)
            .await?,
    )
}

/// Who holds which version of which key.
pub async fn holders(conn: &mut Conn) -> Result<Vec<(String, u32, UserId)>, StoreError> {
    Ok(
        sqlx::query_as("SELECT name, version, user_id FROM wrapped_key")
            .fetch_all(conn)
            .await?,
    )
}

/// Takes a key, in every version, from a person.
pub async fn take(conn: &mut Conn, name: &str, user: UserId) -> Result<u64, StoreError> {
    let done = sqlx::query("DELETE FROM wrapped_key WHERE name = ? AND user_id = ?")
        .bind(name)
        .bind(user)
        .execute(conn)
        .await?;
    Ok(done.rows_affected())
}

/// Forgets a key altogether; nothing may be sealed under it any more.
pub async fn forget(conn: &mut Conn, name: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM wrapped_key WHERE name = ?")
        .bind(name)
        .execute(&mut *conn)
        .await?;
    sqlx::query("DELETE FROM key_state WHERE name = ?")
        .bind(name)
        .execute(conn)
        .await?;
    Ok(())
}
