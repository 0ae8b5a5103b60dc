//! The audit chain as rows.

use super::{Conn, StoreError};
use crate::ids::{DossierId, UserId};
use sqlx::{QueryBuilder, Sqlite};
use std::collections::HashSet;

/// One link of the chain.
#[derive(Clone, sqlx::FromRow)]
pub struct AuditRow {
    /// Counts from 1 without a gap.
    pub seq: i64,
    /// Who signed.
    pub user_id: UserId,
    /// The JSON text.
    pub body: String,
    /// SHA-256 over the former hash and the body.
    pub hash: Vec<u8>,
    /// Ed25519 over the hash.
    pub signature: Vec<u8>,
}

impl AuditRow {
    /// A link as it stands in a file, where the body alone tells who signed; nothing when it does not.
    pub fn of_text(seq: i64, body: String, hash: Vec<u8>, signature: Vec<u8>) -> Option<Self> {
        #[derive(serde::Deserialize)]
        struct Signed {
            user: UserId,
        }
        let Signed { user } = serde_json::from_str(&body).ok()?;
        Some(Self {
            seq,
            user_id: user,
            body,
            hash,
            signature,
        })
    }
}

/// The last link, if any.
pub async fn last(conn: &mut Conn) -> Result<Option<(i64, Vec<u8>)>, StoreError> {
    Ok(
        sqlx::query_as("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
            .fetch_optional(conn)
            .await?,
    )
}

/// Adds a link at the end of a change, about one dossier or none.
pub fn insert_later(later: &mut QueryBuilder<Sqlite>, row: &AuditRow, subject: Option<&DossierId>) {
    later
        .push("INSERT INTO audit (seq, user_id, body, hash, signature) VALUES (")
        .separated(", ")
        .push_bind(row.seq)
        .push_bind(row.user_id)
        .push_bind(&row.body)
        .push_bind(&row.hash)
        .push_bind(&row.signature)
        .push_unseparated("); ");
    if let Some(subject) = subject {
        later
            .push("INSERT INTO audit_subject (dossier_id, seq) VALUES (")
            .separated(", ")
            .push_bind(subject)
            .push_bind(row.seq)
            .push_unseparated("); ");
    }
}

/// Adds a link.
pub async fn insert(
    conn: &mut Conn,
    row: &AuditRow,
    subjects: &[DossierId],
) -> Result<(), StoreError> {
    let mut link = QueryBuilder::default();
    insert_later(&mut link, row, None);
    link.build().execute(&mut *conn).await?;
    for subjects in subjects.chunks(super::dossier::ROWS) {
        let mut query = QueryBuilder::new("INSERT INTO audit_subject (dossier_id, seq) ");
        query.push_values(subjects, |mut values, subject| {
            values.push_bind(*subject).push_bind(row.seq);
        });
        query.build().execute(&mut *conn).await?;
    }
    Ok(())
}

/// The chain from a link on, oldest first.
pub async fn from(conn: &mut Conn, seq: i64, most: i64) -> Result<Vec<AuditRow>, StoreError> {
    Ok(
        sqlx::query_as("SELECT * FROM audit WHERE seq >= ? ORDER BY seq LIMIT ?")
            .bind(seq)
            .bind(most)
            .fetch_all(conn)
            .await?,
    )
}

/// The entries of one kind, oldest first.
pub async fn of_kind(conn: &mut Conn, event: &str) -> Result<Vec<AuditRow>, StoreError> {
    Ok(
        sqlx::query_as("SELECT * FROM audit WHERE instr(body, ?) > 0 ORDER BY seq")
            .bind(format!("\"event\":\"{event}\""))
            .fetch_all(conn)
            .await?,
    )
}

/// A page of the log, newest first, with the number of all.
pub async fn page(
    conn: &mut Conn,
    about: Option<DossierId>,
    offset: i64,
    limit: i64,
) -> Result<(i64, Vec<AuditRow>), StoreError> {
    let (total,) = match about {
        Some(about) => {
            sqlx::query_as("SELECT count(*) FROM audit_subject WHERE dossier_id = ?")
                .bind(about)
                .fetch_one(&mut *conn)
                .await?
        }
        None => {
            sqlx::query_as("SELECT count(*) FROM audit")
                .fetch_one(&mut *conn)
                .await?
        }
    };
    let rows = match about {
        Some(about) => {
            sqlx::query_as("SELECT a.* FROM audit_subject s JOIN audit a ON a.seq = s.seq WHERE s.dossier_id = ? ORDER BY a.seq DESC LIMIT ? OFFSET ?")
                .bind(about)
                .bind(limit)
                .bind(offset)
                .fetch_all(conn)
                .await?
        }
        None => sqlx::query_as("SELECT * FROM audit ORDER BY seq DESC LIMIT ? OFFSET ?").bind(limit).bind(offset).fetch_all(conn).await?,
    };
    Ok((total, rows))
}

/// What the log says of the consents and grounds of a dossier, oldest first; each link with the hash of the one before.
pub async fn grounds(
    conn: &mut Conn,
    dossier: DossierId,
) -> Result<Vec<(AuditRow, Vec<u8>)>, StoreError> {
    #[derive(sqlx::FromRow)]
    struct Linked {
        #[sqlx(flatten)]
        row: AuditRow,
        former: Vec<u8>,
    }
    let rows: Vec<Linked> = sqlx::query_as(
        r#"SELECT a.*, coalesce(p.hash, x'') AS former FROM audit_subject s JOIN audit a ON a.seq = s.seq
           LEFT JOIN audit p ON p.seq = a.seq - 1 WHERE s.dossier_id = ?
           AND (instr(a.body, '"event":"consent_') OR instr(a.body, '"event":"ground_')) ORDER BY a.seq"#,
    )
    .bind(dossier)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|one| (one.row, one.former)).collect())
}

/// Entries of a dossier that were erased for good, as the log names them.
pub async fn erased(conn: &mut Conn, dossier: DossierId) -> Result<HashSet<String>, StoreError> {
    let bodies: Vec<(String,)> = sqlx::query_as(
        r#"SELECT a.body FROM audit_subject s JOIN audit a ON a.seq = s.seq WHERE s.dossier_id = ?
           AND instr(a.body, '"event":"entry_erased"')"#,
    )
    .bind(dossier)
    .fetch_all(conn)
    .await?;
    let object = |body: &str| {
        let event: serde_json::Value = serde_json::from_str(body).ok()?;
        Some(event.get("object")?.as_str()?.to_owned())
    };
    Ok(bodies.iter().filter_map(|(body,)| object(body)).collect())
}

/// The dossiers that one entry is about.
pub async fn subjects(conn: &mut Conn, seq: i64) -> Result<Vec<DossierId>, StoreError> {
    let rows: Vec<(DossierId,)> =
        sqlx::query_as("SELECT dossier_id FROM audit_subject WHERE seq = ? ORDER BY dossier_id")
            .bind(seq)
            .fetch_all(conn)
            .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
