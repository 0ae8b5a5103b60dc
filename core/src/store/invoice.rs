//! The numbers of invoices and credit notes.

use super::{Conn, StoreError};
use crate::ids::{DossierId, EntryId};

/// A number that was given.
#[derive(Clone, sqlx::FromRow)]
pub struct InvoiceRow {
    /// Calendar year of its series.
    pub year: i64,
    /// Counted from 1, without gaps.
    pub number: i64,
    /// The entry with what it says.
    pub entry_id: EntryId,
    /// In whose dossier.
    pub dossier_id: DossierId,
    /// ISO 8601.
    pub issued_on: String,
    /// Year of the invoice that this one cancels; 0 for none.
    pub credits_year: i64,
    /// Its number; 0 for none.
    pub credits_number: i64,
}

/// The next number of a year, inside the change that uses it.
pub async fn next(conn: &mut Conn, year: i64) -> Result<i64, StoreError> {
    Ok(
        sqlx::query_scalar("SELECT coalesce(max(number), 0) + 1 FROM invoice WHERE year = ?")
            .bind(year)
            .fetch_one(conn)
            .await?,
    )
}

/// Gives a number away.
pub async fn insert(conn: &mut Conn, row: &InvoiceRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO invoice (year, number, entry_id, dossier_id, issued_on, credits_year, credits_number)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(row.year)
    .bind(row.number)
    .bind(row.entry_id)
    .bind(row.dossier_id)
    .bind(&row.issued_on)
    .bind(row.credits_year)
    .bind(row.credits_number)
    .execute(conn)
    .await?;
    Ok(())
}

/// Every number, in order.
pub async fn all(conn: &mut Conn) -> Result<Vec<InvoiceRow>, StoreError> {
    Ok(
        sqlx::query_as("SELECT * FROM invoice ORDER BY year, number")
            .fetch_all(conn)
            .await?,
    )
}

/// One number.
pub async fn get(conn: &mut Conn, year: i64, number: i64) -> Result<InvoiceRow, StoreError> {
    sqlx::query_as("SELECT * FROM invoice WHERE year = ? AND number = ?")
        .bind(year)
        .bind(number)
        .fetch_optional(conn)
        .await?
        .ok_or(StoreError::NotFound)
}

/// Whether a credit note cancels it.
pub async fn is_credited(conn: &mut Conn, year: i64, number: i64) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM invoice WHERE credits_year = ? AND credits_number = ?)",
    )
    .bind(year)
    .bind(number)
    .fetch_one(conn)
    .await?)
}

/// Whether a dossier has invoices of this year or later.
pub async fn has_since(conn: &mut Conn, dossier: DossierId, year: i64) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM invoice WHERE dossier_id = ? AND year >= ?)",
    )
    .bind(dossier)
    .bind(year)
    .fetch_one(conn)
    .await?)
}
