//! What opened a user's secrets once and must not any more: former passwords, sheets and shares. A keyring that was put back
//! still has them; the database knows better.

use super::{
    Conn, StoreError,
    wreck::{Cell, Wreck},
};
use crate::ids::UserId;

/// Remembers digests of age files that were replaced.
pub async fn add(
    conn: &mut Conn,
    user: UserId,
    digests: &[String],
    at: i64,
) -> Result<(), StoreError> {
    for digest in digests {
        sqlx::query(
            "INSERT INTO retired_secret (digest, user_id, retired_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        )
        .bind(digest)
        .bind(user)
        .bind(at)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// Whether any of these was replaced.
pub async fn any(conn: &mut Conn, digests: &[String]) -> Result<bool, StoreError> {
    for digest in digests {
        let found: bool =
            sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM retired_secret WHERE digest = ?)")
                .bind(digest)
                .fetch_one(&mut *conn)
                .await?;
        if found {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The same of a damaged database. Where that cannot be read, a former secret cannot be told from the present one.
pub async fn any_in(wreck: &mut Wreck, digests: &[String]) -> Result<bool, StoreError> {
    // The first form of the database had none.
    if !wreck
        .tables()
        .await?
        .iter()
        .any(|table| table.name == "retired_secret")
    {
        return Ok(false);
    }
    for digest in digests {
        let with = [Cell::Text(digest.clone())];
        let found = wreck
            .rows("SELECT digest FROM retired_secret WHERE digest = ?", &with)
            .await?;
        if !found.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}
