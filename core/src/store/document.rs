//! Sealed files: which there are, and of which document.

use super::{Conn, StoreError};
use crate::ids::{DossierId, EntryId, FileId};

/// A sealed file.
#[derive(sqlx::FromRow)]
pub struct FileRow {
    /// Which, and its name in the folder.
    pub id: FileId,
    /// The document that it is a version of.
    pub entry_id: EntryId,
}

/// Adds a file.
pub async fn insert(conn: &mut Conn, row: &FileRow) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO document_file (id, entry_id) VALUES (?, ?)")
        .bind(row.id)
        .bind(row.entry_id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Every file.
pub async fn all(conn: &mut Conn) -> Result<Vec<FileId>, StoreError> {
    Ok(sqlx::query_scalar("SELECT id FROM document_file")
        .fetch_all(conn)
        .await?)
}

/// Whether a file belongs to a document.
pub async fn is_known(conn: &mut Conn, id: FileId) -> Result<bool, StoreError> {
    Ok(
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM document_file WHERE id = ?)")
            .bind(id)
            .fetch_one(conn)
            .await?,
    )
}

/// The files of one document, in every version.
pub async fn of_entry(conn: &mut Conn, entry: EntryId) -> Result<Vec<FileId>, StoreError> {
    Ok(
        sqlx::query_scalar("SELECT id FROM document_file WHERE entry_id = ?")
            .bind(entry)
            .fetch_all(conn)
            .await?,
    )
}

/// The files of all documents of a dossier.
pub async fn of_dossier(conn: &mut Conn, dossier: DossierId) -> Result<Vec<FileId>, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT f.id FROM document_file f JOIN entry e ON e.id = f.entry_id WHERE e.dossier_id = ?",
    )
    .bind(dossier)
    .fetch_all(conn)
    .await?)
}
