//! A database with damaged pages, read piece by piece. SQLCipher authenticates every page, so what can be read is what was
//! written; what cannot be read is an error, never other data.

use super::{
    Conn, StoreError, connect,
    dossier::{self, SheetRow},
};
use crate::{crypto::Key, ids::DossierId};
use sqlx::{AssertSqlSafe, Connection, Row, TypeInfo, ValueRef, sqlite::SqliteRow};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

/// What stands in one column of one row. Ciphertexts and plain columns alike: nothing is opened here.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// One row of a table.
pub type Cells = Vec<Cell>;

/// What a table is like: its columns, how its rows are found, and what they belong to.
#[derive(Clone)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in order.
    pub columns: Vec<String>,
    /// The columns by which its rows are in order; `rowid` where that is it.
    pub key: Vec<String>,
    /// Column, table and column there of every row that a row of this one belongs to, and whether it goes with that row.
    pub parents: Vec<(String, String, String, bool)>,
}

/// Rows that are read at once, where all is well.
const STEP: usize = 200;

/// A damaged database, opened for reading.
pub struct Wreck {
    folder: PathBuf,
    key: Arc<Key>,
    conn: Option<Conn>,
}

impl Wreck {
    /// Opens a copy of the database; the folder is written to, as every opening does.
    pub async fn open(folder: &Path, key: &Arc<Key>) -> Result<Self, StoreError> {
        let mut wreck = Self {
            folder: folder.to_owned(),
            key: Arc::clone(key),
            conn: None,
        };
        wreck
            .rows("SELECT count(*) FROM sqlite_schema", &[])
            .await?;
        Ok(wreck)
    }

    /// Ends reading.
    pub async fn close(mut self) {
        self.let_go().await;
    }

    /// The rows that a query gives, all of them or an error.
    pub async fn rows(&mut self, sql: &str, with: &[Cell]) -> Result<Vec<Cells>, StoreError> {
        let found = match self.connected().await {
            Ok(conn) => select(conn, sql, with).await,
            Err(error) => Err(error),
        };
        if found.is_err() {
            // After a page that does not authenticate SQLCipher answers nothing any more on this connection.
            self.let_go().await;
        }
        found
    }

    /// The open values of one dossier.
    pub async fn open_sheets(&mut self, id: DossierId) -> Result<Vec<SheetRow>, StoreError> {
        let found = match self.connected().await {
            Ok(conn) => dossier::open_sheets(conn, &[id]).await,
            Err(error) => Err(error),
        };
        if found.is_err() {
            self.let_go().await;
        }
        found
    }

    /// The tables that there are.
    pub async fn tables(&mut self) -> Result<Vec<Table>, StoreError> {
        let conn = self.connected().await?;
        tables(conn).await
    }

    /// Every row of a table that can be reached from its beginning or from its end, and whether those are all.
    pub async fn scan(&mut self, table: &Table) -> (Vec<Cells>, bool) {
        let (mut rows, whole) = self.walk(table, false).await;
        if whole {
            return (values(rows), true);
        }
        let (others, _) = self.walk(table, true).await;
        let known: BTreeSet<Cells> = rows.iter().map(|(key, _)| key.clone()).collect();
        let others = others.into_iter().filter(|(key, _)| !known.contains(key));
        rows.extend(others);
        (values(rows), false)
    }

    /// Every value of an indexed column that can be reached from either end.
    pub async fn distinct(&mut self, table: &str, column: &str) -> BTreeSet<Cell> {
        let mut found = BTreeSet::new();
        for (pick, side) in [("min", ">"), ("max", "<")] {
            let first = format!("SELECT {pick}({column}) FROM {table}");
            let next = format!("{first} WHERE {column} {side} ?");
            let mut last = self.one(&first, &[]).await;
            while let Some(value) = last {
                if value == Cell::Null || !found.insert(value.clone()) {
                    break;
                }
                last = self.one(&next, &[value]).await;
            }
        }
        found
    }

    async fn one(&mut self, sql: &str, with: &[Cell]) -> Option<Cell> {
        let rows = self.rows(sql, with).await.ok()?;
        rows.into_iter().next()?.into_iter().next()
    }

    /// Rows with their keys from one end on, until one cannot be read; and whether that was never.
    async fn walk(&mut self, table: &Table, backwards: bool) -> (Vec<(Cells, Cells)>, bool) {
        let (keys, marks) = (table.key.join(", "), vec!["?"; table.key.len()].join(", "));
        let (side, order) = if backwards {
            ("<", "DESC")
        } else {
            (">", "ASC")
        };
        let by: Vec<_> = table
            .key
            .iter()
            .map(|key| format!("{key} {order}"))
            .collect();
        let (what, by) = (
            format!(
                "SELECT {keys}, {} FROM {}",
                table.columns.join(", "),
                table.name
            ),
            by.join(", "),
        );
        let (mut rows, mut step) = (Vec::<(Cells, Cells)>::new(), STEP);
        loop {
            let last = rows.last().map(|(key, _)| key.clone());
            let from = last.as_ref().map_or(String::new(), |_| {
                format!("WHERE ({keys}) {side} ({marks})")
            });
            let sql = format!("{what} {from} ORDER BY {by} LIMIT {step}");
            match self.rows(&sql, &last.unwrap_or_default()).await {
                Ok(found) => {
                    let ended = found.len() < step;
                    let split = |mut row: Cells| {
                        let values = row.split_off(table.key.len());
                        (row, values)
                    };
                    rows.extend(found.into_iter().map(split));
                    if ended {
                        return (rows, true);
                    }
                }
                // The good rows before the damaged page are read one by one.
                Err(_) if step > 1 => step = 1,
                Err(_) => return (rows, false),
            }
        }
    }

    async fn connected(&mut self) -> Result<&mut Conn, StoreError> {
        let conn = match self.conn.take() {
            Some(conn) => conn,
            None => connect::connect(&self.folder, &self.key, false).await?,
        };
        Ok(self.conn.insert(conn))
    }

    async fn let_go(&mut self) {
        if let Some(conn) = self.conn.take() {
            let _ = conn.close().await;
        }
    }
}

/// What the tables of a database are like, but for those that every database makes itself.
pub async fn tables(conn: &mut Conn) -> Result<Vec<Table>, StoreError> {
    const NAMES: &str = "SELECT name, (SELECT wr FROM pragma_table_list WHERE name = s.name) FROM sqlite_schema s
        WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_sqlx%' ESCAPE '\\' AND name <> 'head'";
    let mut tables = Vec::new();
    for row in select(conn, NAMES, &[]).await? {
        let [Cell::Text(name), Cell::Number(without_rowid)] = row.as_slice() else {
            return Err(StoreError::Damaged("schema"));
        };
        tables.push(table(conn, name, *without_rowid != 0).await?);
    }
    Ok(tables)
}

async fn table(conn: &mut Conn, name: &str, without_rowid: bool) -> Result<Table, StoreError> {
    let (mut columns, mut key) = (Vec::new(), BTreeMap::new());
    let sql = format!("SELECT name, pk FROM pragma_table_info('{name}')");
    for row in select(conn, &sql, &[]).await? {
        if let [Cell::Text(column), Cell::Number(place)] = row.as_slice() {
            columns.push(column.clone());
            if *place > 0 {
                key.insert(*place, column.clone());
            }
        }
    }
    let mut parents = Vec::new();
    let sql = format!(
        "SELECT \"from\", \"table\", \"to\", on_delete FROM pragma_foreign_key_list('{name}')"
    );
    for row in select(conn, &sql, &[]).await? {
        if let [
            Cell::Text(from),
            Cell::Text(parent),
            Cell::Text(to),
            Cell::Text(rule),
        ] = row.as_slice()
        {
            parents.push((from.clone(), parent.clone(), to.clone(), rule == "CASCADE"));
        }
    }
    let key = if without_rowid {
        key.into_values().collect()
    } else {
        vec!["rowid".to_owned()]
    };
    Ok(Table {
        name: name.to_owned(),
        columns,
        key,
        parents,
    })
}

/// Adds a row to a table with these columns.
pub async fn insert(
    conn: &mut Conn,
    table: &str,
    columns: &[String],
    row: &[Cell],
) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO {table} ({}) VALUES ({})",
        columns.join(", "),
        vec!["?"; columns.len()].join(", ")
    );
    bound(sqlx::query(AssertSqlSafe(sql)), row)
        .execute(conn)
        .await?;
    Ok(())
}

async fn select(conn: &mut Conn, sql: &str, with: &[Cell]) -> Result<Vec<Cells>, StoreError> {
    // Put together from the names in this program's own schema, never from what somebody typed.
    let query = bound(sqlx::query(AssertSqlSafe(sql.to_owned())), with);
    let rows = query.persistent(false).fetch_all(conn).await?;
    rows.iter().map(cells).collect()
}

type Query<'q> = sqlx::query::Query<'q, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>;

fn bound<'q>(mut query: Query<'q>, with: &[Cell]) -> Query<'q> {
    for cell in with {
        query = match cell.clone() {
            Cell::Null => query.bind(None::<i64>),
            Cell::Number(number) => query.bind(number),
            Cell::Text(text) => query.bind(text),
            Cell::Bytes(bytes) => query.bind(bytes),
        };
    }
    query
}

fn cells(row: &SqliteRow) -> Result<Cells, StoreError> {
    let cell = |at: usize| {
        let raw = row.try_get_raw(at)?;
        let kind = raw.type_info().name().to_owned();
        Ok(match kind.as_str() {
            _ if raw.is_null() => Cell::Null,
            "INTEGER" | "BOOLEAN" => Cell::Number(row.try_get_unchecked(at)?),
            "TEXT" => Cell::Text(row.try_get_unchecked(at)?),
            _ => Cell::Bytes(row.try_get_unchecked(at)?),
        })
    };
    (0..row.len()).map(cell).collect()
}

fn values(rows: Vec<(Cells, Cells)>) -> Vec<Cells> {
    rows.into_iter().map(|(_, values)| values).collect()
}
