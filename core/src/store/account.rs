//! People who sign in.

use super::{Conn, StoreError};
use crate::ids::UserId;

/// One person. The name is sealed under the key of the practice's circle.
#[derive(sqlx::FromRow)]
pub struct Account {
    /// Who.
    pub id: UserId,
    /// The display name, sealed.
    pub sealed_name: Vec<u8>,
    /// Public age recipient.
    pub recipient: String,
    /// Public Ed25519 key.
    pub verifying_key: Vec<u8>,
    /// `invited`, `active` or `disabled`.
    pub state: String,
    /// A new password must be chosen before anything else.
    pub must_change: bool,
    /// Date after which the password must be changed; empty for never.
    pub expires: String,
    /// Last sign-in in ms; 0 for never.
    pub last_sign_in: i64,
    /// When the account was made, in ms.
    pub made_at: i64,
}

/// Adds a person.
pub async fn insert(conn: &mut Conn, account: &Account) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO user_account (id, sealed_name, recipient, verifying_key, state, must_change, expires, last_sign_in, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(account.id)
        .bind(&account.sealed_name)
        .bind(&account.recipient)
        .bind(&account.verifying_key)
        .bind(&account.state)
        .bind(account.must_change)
        .bind(&account.expires)
        .bind(account.last_sign_in)
        .bind(account.made_at)
        .execute(conn)
        .await?;
    Ok(())
}

/// Everybody, in order of arrival.
pub async fn all(conn: &mut Conn) -> Result<Vec<Account>, StoreError> {
    Ok(
        sqlx::query_as("SELECT * FROM user_account ORDER BY made_at, id")
            .fetch_all(conn)
            .await?,
    )
}

/// One person.
pub async fn get(conn: &mut Conn, id: UserId) -> Result<Account, StoreError> {
    Ok(sqlx::query_as("SELECT * FROM user_account WHERE id = ?")
        .bind(id)
        .fetch_one(conn)
        .await?)
}

/// Replaces the public keys: at the first sign-in, or with a new invitation.
pub async fn set_keys(
    conn: &mut Conn,
    id: UserId,
    recipient: &str,
    verifying_key: &[u8],
) -> Result<(), StoreError> {
    sqlx::query("UPDATE user_account SET recipient = ?, verifying_key = ? WHERE id = ?")
        .bind(recipient)
        .bind(verifying_key)
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Sets the state.
pub async fn set_state(conn: &mut Conn, id: UserId, state: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE user_account SET state = ? WHERE id = ?")
        .bind(state)
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Sets what is asked of the password.
pub async fn set_password_rules(
    conn: &mut Conn,
    id: UserId,
    must_change: bool,
    expires: &str,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE user_account SET must_change = ?, expires = ? WHERE id = ?")
        .bind(must_change)
        .bind(expires)
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes a sign-in.
pub async fn signed_in(conn: &mut Conn, id: UserId, at: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE user_account SET last_sign_in = ? WHERE id = ?")
        .bind(at)
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Replaces the sealed name, when the circle of the practice has a new key.
pub async fn set_name(conn: &mut Conn, id: UserId, sealed_name: &[u8]) -> Result<(), StoreError> {
    sqlx::query("UPDATE user_account SET sealed_name = ? WHERE id = ?")
        .bind(sealed_name)
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}
