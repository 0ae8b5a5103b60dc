//! What the same work costs in plain SQLite: the same library, settings and rows, without a key, and the contents as text.

use super::made_up::Dice;
use sqlx::{
    ConnectOptions, Connection, Executor, QueryBuilder, Row, Sqlite, SqliteConnection,
    sqlite::SqliteConnectOptions,
};
use std::{collections::BTreeMap, path::Path};
use uuid::Uuid;

/// Those of the store, but what only SQLCipher knows.
const PRAGMAS: &str = "
    PRAGMA temp_store = MEMORY;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cache_size = -32000;
";

/// The tables that these measurements touch, with their keys and indexes as in the store.
const TABLES: &str = "
    CREATE TABLE dossier (id BLOB NOT NULL PRIMARY KEY, kind TEXT NOT NULL, circle_id BLOB NOT NULL, created_at INTEGER NOT NULL, created_by BLOB NOT NULL,
        changed_at INTEGER NOT NULL, binned_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX dossier_circle ON dossier (circle_id, id);
    CREATE TABLE value (dossier_id BLOB NOT NULL REFERENCES dossier (id), field TEXT NOT NULL, revision INTEGER NOT NULL, plain TEXT NOT NULL,
        PRIMARY KEY (dossier_id, field)) STRICT, WITHOUT ROWID;
    CREATE TABLE change (dossier_id BLOB NOT NULL REFERENCES dossier (id), record BLOB NOT NULL, field TEXT NOT NULL, id BLOB NOT NULL,
        changed_at INTEGER NOT NULL, changed_by BLOB NOT NULL, plain TEXT NOT NULL, PRIMARY KEY (dossier_id, record, field, id)) STRICT, WITHOUT ROWID;
    CREATE TABLE audit (seq INTEGER NOT NULL PRIMARY KEY, user_id BLOB NOT NULL, body TEXT NOT NULL) STRICT;
    CREATE TABLE audit_subject (dossier_id BLOB NOT NULL, seq INTEGER NOT NULL REFERENCES audit (seq), PRIMARY KEY (dossier_id, seq)) STRICT, WITHOUT ROWID;
";

const NOW: i64 = 1_790_000_000_000;

/// As long as a line of the log is.
const LINE: &str = r#"{"at":1790000000000,"event":"field_changed","user":"019a0000-0000-7000-8000-000000000000","role":"administrator,coach","subject":"019a0000-0000-7000-8000-000000000000","part":"town","success":true,"workstation":"bench","program":"0.1.0"}"#;

pub struct Plain {
    conn: SqliteConnection,
    user: Uuid,
    ids: Vec<Uuid>,
}

impl Plain {
    pub async fn make(folder: &Path) -> Self {
        let mut conn = connect(folder).await;
        conn.execute(TABLES).await.unwrap();
        Self {
            conn,
            user: Uuid::now_v7(),
            ids: Vec::new(),
        }
    }

    /// Inserts clients in one transaction, with as many rows to a statement as the store has: a dossier, its open fields
    /// together, and each protected one.
    pub async fn insert(&mut self, rows: &[BTreeMap<String, String>]) {
        let mut change = self.conn.begin().await.unwrap();
        for rows in rows.chunks(100) {
            let ids: Vec<Uuid> = rows.iter().map(|_| Uuid::now_v7()).collect();
            let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO dossier ");
            query.push_values(&ids, |mut values, id| {
                values
                    .push_bind(*id)
                    .push_bind("client")
                    .push_bind(self.user);
                values
                    .push_bind(NOW)
                    .push_bind(self.user)
                    .push_bind(NOW)
                    .push_bind(0);
            });
            query.build().execute(&mut *change).await.unwrap();
            let cells: Vec<(Uuid, &str, String)> = ids
                .iter()
                .zip(rows)
                .flat_map(|(id, fields)| {
                    let open: BTreeMap<_, _> = fields
                        .iter()
                        .filter(|(field, _)| *field != "bsn")
                        .map(|(field, value)| (field, (value, 1)))
                        .collect();
                    [
                        (*id, "open", serde_json::to_string(&open).unwrap()),
                        (*id, "bsn", fields.get("bsn").cloned().unwrap_or_default()),
                    ]
                })
                .collect();
            for cells in cells.chunks(100) {
                let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO value ");
                query.push_values(cells, |mut values, (id, field, value)| {
                    values.push_bind(*id).push_bind(*field);
                    values.push_bind(1).push_bind(value.clone());
                });
                query.build().execute(&mut *change).await.unwrap();
            }
            self.ids.extend(ids);
        }
        change.commit().await.unwrap();
    }

    /// Closes it, which folds the log into the database, and opens it again.
    pub async fn open_again(self, folder: &Path) -> Self {
        self.conn.close().await.unwrap();
        Self {
            conn: connect(folder).await,
            ..self
        }
    }

    /// Saves one field of one client, durably, with its history and a line in the log.
    pub async fn save(&mut self, dice: &mut Dice, value: &str) {
        let id = self.ids[dice.below(self.ids.len())];
        let mut change = self.conn.begin_with("BEGIN IMMEDIATE").await.unwrap();
        let row = sqlx::query(
            "SELECT revision, plain FROM value WHERE dossier_id = ? AND field = 'open'",
        )
        .bind(id)
        .fetch_one(&mut *change)
        .await
        .unwrap();
        let mut sheet: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(row.get(1)).unwrap();
        let before = sheet
            .insert("town".to_owned(), serde_json::json!([value, 2]))
            .map(|before| before.to_string())
            .unwrap_or_default();
        sqlx::query("INSERT INTO change VALUES (?, ?, 'town', ?, 1790000000000, ?, ?)")
            .bind(id)
            .bind(id)
            .bind(Uuid::now_v7())
            .bind(self.user)
            .bind(before)
            .execute(&mut *change)
            .await
            .unwrap();
        sqlx::query("UPDATE value SET revision = revision + 1, plain = ? WHERE dossier_id = ? AND field = 'open'")
            .bind(serde_json::to_string(&sheet).unwrap())
            .bind(id)
            .execute(&mut *change)
            .await
            .unwrap();
        sqlx::query("UPDATE dossier SET changed_at = 1790000000001 WHERE id = ?")
            .bind(id)
            .execute(&mut *change)
            .await
            .unwrap();
        let line = sqlx::query("INSERT INTO audit (user_id, body) VALUES (?, ?)")
            .bind(self.user)
            .bind(LINE)
            .execute(&mut *change)
            .await
            .unwrap();
        sqlx::query("INSERT INTO audit_subject VALUES (?, ?)")
            .bind(id)
            .bind(line.last_insert_rowid())
            .execute(&mut *change)
            .await
            .unwrap();
        change.commit().await.unwrap();
    }

    pub async fn close(self) {
        self.conn.close().await.unwrap();
    }
}

async fn connect(folder: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new()
        .filename(folder.join("plain.db"))
        .create_if_missing(true)
        .disable_statement_logging();
    let mut conn = options.connect().await.unwrap();
    conn.execute(PRAGMAS).await.unwrap();
    conn
}
