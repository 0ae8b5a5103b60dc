//! Moving what is whole from a damaged database into a new one, as ciphertext: no key but the store key is needed, and nobody
//! gets to read more than before.

use super::{
    Conn, StoreError, Write,
    wreck::{Cell, Cells, Table, Wreck, insert, tables},
};
use std::collections::{BTreeSet, HashMap, HashSet};

const DOSSIER: &str = "dossier";

/// What was moved, and what was not.
#[derive(Default)]
pub struct Moved {
    /// How many dossiers are whole.
    pub saved: usize,
    /// Ids of dossiers of which something cannot be read.
    pub damaged: Vec<Vec<u8>>,
    /// Tables of which rows are missing, beside those of dossiers.
    pub parts: Vec<String>,
}

/// A table in both databases, with the columns that both have.
struct Pair {
    old: Table,
    columns: Vec<String>,
}

/// Moves everything that is whole. `tell` hears how many dossiers of how many are done.
pub async fn salvage(
    wreck: &mut Wreck,
    write: &mut Write<'_>,
    tell: &(dyn Fn(usize, usize) + Sync),
) -> Result<Moved, StoreError> {
    let (mut moved, new) = (Moved::default(), tables(write.conn()).await?);
    let old: HashMap<String, Table> = wreck
        .tables()
        .await?
        .into_iter()
        .map(|table| (table.name.clone(), table))
        .collect();
    if !old.contains_key(DOSSIER) {
        // Emptied: that none was found is not that there was none.
        return Err(StoreError::Damaged("schema"));
    }
    let bound = bound_to_dossiers(&new);
    let pair = |table: &Table| {
        let old = old.get(&table.name)?.clone();
        let both = table.columns.iter().filter(|one| old.columns.contains(one));
        let columns = both.cloned().collect();
        Some(Pair { old, columns })
    };
    for table in in_order(&new) {
        let goes_with_dossiers =
            table.name == DOSSIER || bound.iter().any(|one| one.name == table.name);
        if !goes_with_dossiers
            && !is_only_convenient(table)
            && let Some(pair) = pair(table)
        {
            frame(wreck, write.conn(), &pair, &mut moved).await?;
        }
    }
    let bound: Vec<(Table, Pair)> = bound
        .into_iter()
        .filter_map(|table| Some((table.clone(), pair(table)?)))
        .collect();
    let all = candidates(wreck, &bound).await;
    let total = all.len();
    for (done, id) in all.into_iter().enumerate() {
        tell(done, total);
        let put = match dossier(wreck, &id, &bound).await {
            Ok(found) => put_all(write.conn(), &found).await,
            Err(_) => Err(StoreError::NotFound),
        };
        match put {
            Ok(()) => moved.saved += 1,
            Err(error @ (StoreError::Full | StoreError::Io(_))) => return Err(error),
            Err(_) => moved.damaged.extend(bytes(id)),
        }
    }
    tell(total, total);
    Ok(moved)
}

/// The tables whose rows belong to a dossier, the dossier's own first, and each after what it belongs to.
fn bound_to_dossiers(tables: &[Table]) -> Vec<&Table> {
    let mut bound: Vec<&Table> = tables.iter().filter(|one| one.name == DOSSIER).collect();
    loop {
        let more: Vec<&Table> = tables
            .iter()
            .filter(|table| !bound.iter().any(|one| one.name == table.name))
            .filter(|table| !is_only_convenient(table))
            .filter(|table| {
                let belongs = |(_, parent, ..): &(String, String, String, bool)| {
                    bound.iter().any(|one| one.name == *parent)
                };
                table.parents.iter().any(belongs)
            })
            .collect();
        if more.is_empty() {
            return bound;
        }
        bound.extend(more);
    }
}

/// What goes by itself with a dossier (who opened it lately) is no part of it.
fn is_only_convenient(table: &Table) -> bool {
    table
        .parents
        .iter()
        .any(|(_, parent, _, goes_too)| parent == DOSSIER && *goes_too)
}

/// Tables after those that they refer to.
fn in_order(tables: &[Table]) -> Vec<&Table> {
    let (mut ordered, mut left): (Vec<&Table>, Vec<&Table>) = (Vec::new(), tables.iter().collect());
    while !left.is_empty() {
        let known: HashSet<&str> = ordered.iter().map(|one| one.name.as_str()).collect();
        let (ready, wait): (Vec<&Table>, Vec<&Table>) = left.iter().partition(|table| {
            let settled = |(_, parent, ..): &(String, String, String, bool)| {
                known.contains(parent.as_str()) || *parent == table.name
            };
            table.parents.iter().all(settled)
        });
        if ready.is_empty() {
            ordered.extend(wait);
            return ordered;
        }
        ordered.extend(ready);
        left = wait;
    }
    ordered
}

/// Moves a table that belongs to no dossier: people, rights, keys, settings, the log.
async fn frame(
    wreck: &mut Wreck,
    conn: &mut Conn,
    pair: &Pair,
    moved: &mut Moved,
) -> Result<(), StoreError> {
    let table = Table {
        columns: pair.columns.clone(),
        ..pair.old.clone()
    };
    let (rows, mut whole) = wreck.scan(&table).await;
    for row in rows {
        match insert(conn, &table.name, &table.columns, &row).await {
            Ok(()) => {}
            Err(error @ (StoreError::Full | StoreError::Io(_))) => return Err(error),
            // It refers to something that is lost.
            Err(_) => whole = false,
        }
    }
    if !whole {
        moved.parts.push(table.name);
    }
    Ok(())
}

/// The ids of dossiers, wherever one can be read: the page that is damaged in one table is whole in another.
async fn candidates(wreck: &mut Wreck, bound: &[(Table, Pair)]) -> BTreeSet<Cell> {
    let mut all = BTreeSet::new();
    for (table, _) in bound {
        if table.name == DOSSIER {
            all.extend(wreck.distinct(DOSSIER, "id").await);
        }
        for (column, parent, ..) in &table.parents {
            if parent == DOSSIER {
                all.extend(wreck.distinct(&table.name, column).await);
            }
        }
    }
    all
}

/// What was found of a dossier in one table: its columns and the rows.
type Found<'a> = (&'a str, &'a [String], Vec<Cells>);

/// One dossier with everything that belongs to it.
async fn dossier<'a>(
    wreck: &mut Wreck,
    id: &Cell,
    bound: &'a [(Table, Pair)],
) -> Result<Vec<Found<'a>>, StoreError> {
    let mut found: Vec<Found<'a>> = Vec::new();
    for (table, pair) in bound {
        let rows = belonging(wreck, table, pair, id, &found).await?;
        if table.name == DOSSIER && rows.is_empty() {
            return Err(StoreError::NotFound);
        }
        found.push((&table.name, &pair.columns, rows));
    }
    Ok(found)
}

/// Writes all of it or nothing. A full or failing disk may undo the whole change, and then there is no going on.
async fn put_all(conn: &mut Conn, found: &[Found<'_>]) -> Result<(), StoreError> {
    sqlx::query("SAVEPOINT dossier").execute(&mut *conn).await?;
    let moved = insert_all(conn, found).await;
    let end = match moved {
        Ok(()) => "RELEASE dossier",
        Err(_) => "ROLLBACK TO dossier; RELEASE dossier",
    };
    let ended = sqlx::query(end).execute(conn).await;
    match (moved, ended) {
        (moved, Ok(_)) => moved,
        (Err(error @ StoreError::Full), Err(_)) => Err(error),
        (_, Err(_)) => Err(StoreError::Io(std::io::ErrorKind::Other)),
    }
}

async fn insert_all(conn: &mut Conn, found: &[Found<'_>]) -> Result<(), StoreError> {
    for (table, columns, rows) in found {
        for row in rows {
            insert(conn, table, columns, row).await?;
        }
    }
    Ok(())
}

/// The rows of one table that belong to a dossier, by what was found of it already.
async fn belonging(
    wreck: &mut Wreck,
    table: &Table,
    pair: &Pair,
    id: &Cell,
    found: &[Found<'_>],
) -> Result<Vec<Cells>, StoreError> {
    let what = format!("SELECT {} FROM {}", pair.columns.join(", "), table.name);
    if table.name == DOSSIER {
        return wreck
            .rows(&format!("{what} WHERE id = ?"), std::slice::from_ref(id))
            .await;
    }
    let own = |(_, parent, ..): &&(String, String, String, bool)| parent == DOSSIER;
    if let Some((column, ..)) = table.parents.iter().find(own) {
        return wreck
            .rows(
                &format!("{what} WHERE {column} = ?"),
                std::slice::from_ref(id),
            )
            .await;
    }
    let mut rows = Vec::new();
    for (column, parent, to, _) in &table.parents {
        let Some((_, columns, above)) = found.iter().find(|(name, ..)| name == parent) else {
            continue;
        };
        let Some(at) = columns.iter().position(|one| one == to) else {
            continue;
        };
        for row in above {
            let with = row.get(at).map(std::slice::from_ref).unwrap_or_default();
            rows.extend(
                wreck
                    .rows(&format!("{what} WHERE {column} = ?"), with)
                    .await?,
            );
        }
        break;
    }
    Ok(rows)
}

fn bytes(cell: Cell) -> Option<Vec<u8>> {
    match cell {
        Cell::Bytes(bytes) => Some(bytes),
        _ => None,
    }
}
