//! From a former form of the database to the present one.
//!
//! Each migration is one transaction, so one that is cut off has not begun. Before the first one runs, the whole database is
//! copied beside it; the copy goes at the next opening that finds every page of the new one sound.

use super::{Conn, DATABASE, StoreError, aside_of, put_in_place};
use sqlx::{
    Row,
    migrate::{MigrateError, Migrator},
};
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

static MIGRATIONS: Migrator = sqlx::migrate!("src/store/migrations");

/// What happened to the form of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// It was the present one.
    Present,
    /// It was brought up to it.
    Raised,
}

// `run_direct` and not `run`, whose way to a connection the compiler cannot see to be `Send`.

/// Gives a new database its form.
pub(super) async fn make(writer: &mut Conn) -> Result<(), StoreError> {
    MIGRATIONS
        .run_direct(None, writer, false)
        .await
        .map_err(from_migration)
}

/// Brings a database up to the present form, after a copy was made. One from a newer version is left as it is.
pub(super) async fn raise(writer: &mut Conn, folder: &Path) -> Result<Form, StoreError> {
    let has = version(writer).await?;
    let wants = MIGRATIONS.iter().map(|one| one.version).max().unwrap_or(0);
    if has > wants {
        return Err(StoreError::Newer {
            needs: needed(writer).await,
        });
    }
    let behind = has < wants;
    if behind {
        fold(writer).await?;
        copy(folder, has)?;
    }
    // Also where nothing is to be done: what was done is compared with what this program would have done.
    MIGRATIONS
        .run_direct(None, writer, false)
        .await
        .map_err(from_migration)?;
    Ok(if behind { Form::Raised } else { Form::Present })
}

/// Copies of former forms that lie beside the database.
pub(super) fn copies(folder: &Path) -> Vec<PathBuf> {
    let versions = MIGRATIONS.iter().map(|one| copy_path(folder, one.version));
    versions.filter(|path| path.exists()).collect()
}

/// Removes the copies of former forms.
pub(super) fn forget_copies(folder: &Path) -> Result<(), StoreError> {
    for path in copies(folder) {
        File::options().write(true).open(&path)?.set_len(0)?;
        fs::remove_file(path)?;
    }
    Ok(())
}

/// The version of the program that wrote last, as the log has it: one that can read the file.
pub(super) async fn needed(conn: &mut Conn) -> String {
    let body: Option<String> =
        sqlx::query_scalar("SELECT body FROM audit ORDER BY seq DESC LIMIT 1")
            .fetch_optional(conn)
            .await
            .unwrap_or_default();
    let event = body.and_then(|body| serde_json::from_str::<serde_json::Value>(&body).ok());
    event
        .and_then(|event| Some(event.get("program")?.as_str()?.to_owned()))
        .unwrap_or_default()
}

async fn version(conn: &mut Conn) -> Result<i64, StoreError> {
    let row = sqlx::query("SELECT coalesce(max(version), 0) FROM _sqlx_migrations")
        .fetch_one(conn)
        .await?;
    Ok(row.try_get(0)?)
}

/// Nothing may be left in the log: the copy is of the database alone.
async fn fold(conn: &mut Conn) -> Result<(), StoreError> {
    let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
        .fetch_one(conn)
        .await?;
    if row.try_get::<i64, _>(0)? == 0 {
        Ok(())
    } else {
        Err(StoreError::InUse)
    }
}

fn copy(folder: &Path, version: i64) -> Result<(), StoreError> {
    let path = copy_path(folder, version);
    let mut aside = aside_of(&path)?;
    io::copy(&mut File::open(folder.join(DATABASE))?, &mut aside)?;
    put_in_place(aside, &path)
}

fn copy_path(folder: &Path, version: i64) -> PathBuf {
    folder.join(format!("{DATABASE}.{version}"))
}

fn from_migration(error: MigrateError) -> StoreError {
    match error {
        MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..) => StoreError::Newer {
            needs: String::new(),
        },
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
        _ => StoreError::Damaged("migration"),
    }
}
