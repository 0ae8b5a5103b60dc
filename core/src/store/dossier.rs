//! Dossiers: which there are, in which circle, since when. Not a name among them.

use super::{
    Conn, Link, Store, StoreError, Write,
    packed::{self, Entries, Sheets},
    value::ValueRow,
};
use crate::{
    access::{Home, OPEN, VAULTED},
    ids::{ChangeId, CircleId, DossierId, EntryId, UserId},
    keys::Sealing,
};
use sqlx::{FromRow, Row};

/// The plain row of a dossier.
#[derive(Clone, sqlx::FromRow)]
pub struct DossierRow {
    /// Which.
    pub id: DossierId,
    /// Kind, of the catalogue.
    pub kind: String,
    /// The circle that it lies in.
    pub circle_id: CircleId,
    /// The vault that everything but its line in the staff list lies in.
    pub vault_id: Option<CircleId>,
    /// Salt of its sealing keys.
    pub salt: Vec<u8>,
    /// In ms.
    pub created_at: i64,
    /// By whom.
    pub created_by: UserId,
    /// Last change, in ms.
    pub changed_at: i64,
    /// When it was put in the bin, in ms; 0 for not.
    pub binned_at: i64,
}

impl DossierRow {
    /// Where it lies.
    pub fn home(&self) -> Home {
        Home {
            circle: self.circle_id,
            vault: self.vault_id,
        }
    }

    /// The sheet that whoever does something with the whole dossier must be able to change: what lies in a vault is not
    /// thrown away by somebody who cannot open it.
    pub fn whole(&self) -> &'static str {
        if self.vault_id.is_some() {
            VAULTED
        } else {
            OPEN
        }
    }
}

/// Adds a dossier.
pub async fn insert(conn: &mut Conn, row: &DossierRow) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO dossier (id, kind, circle_id, vault_id, salt, created_at, created_by, changed_at, binned_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(row.id)
        .bind(&row.kind)
        .bind(row.circle_id)
        .bind(row.vault_id)
        .bind(&row.salt)
        .bind(row.created_at)
        .bind(row.created_by)
        .bind(row.changed_at)
        .bind(row.binned_at)
        .execute(conn)
        .await?;
    Ok(())
}

/// One dossier.
pub async fn get(conn: &mut Conn, id: DossierId) -> Result<DossierRow, StoreError> {
    Ok(sqlx::query_as("SELECT * FROM dossier WHERE id = ?")
        .bind(id)
        .fetch_one(conn)
        .await?)
}

/// What a change of a field begins with.
pub struct Begun {
    /// The dossier.
    pub row: DossierRow,
    /// Its present values.
    pub values: Vec<ValueRow>,
    /// The identity of the change.
    pub next: ChangeId,
}

/// A change of a field of one dossier. Something else, for which the last link of the audit chain is given where it is known, is
/// done meanwhile.
pub async fn to_change<'a>(
    store: &'a Store,
    id: DossierId,
    field: &str,
    meanwhile: impl FnOnce(Option<&Link>),
) -> Result<(Write<'a>, Begun), StoreError> {
    // In one go and one row, as every turn of the threads costs as much as a statement.
    let query = sqlx::query(concat!(
        "BEGIN IMMEDIATE; SELECT d.*,
             (SELECT id FROM change WHERE dossier_id = d.id AND record = d.id AND field = ? ORDER BY id DESC LIMIT 1) AS last,
             (SELECT group_concat(",
        packed::value!(),
        ", '') FROM value v WHERE v.dossier_id = d.id) AS present
         FROM dossier d WHERE d.id = ?",
    ));
    let query = query.bind(field).bind(id);
    let (write, row) = store.write_after(query, meanwhile).await?;
    let present: Option<&[u8]> = row.try_get("present")?;
    let values = packed::values(id, present.unwrap_or_default())?;
    let begun = Begun {
        values,
        next: ChangeId::after(row.try_get("last")?),
        row: DossierRow::from_row(&row)?,
    };
    Ok((write, begun))
}

/// All dossiers of a circle, in the bin or not.
pub async fn of_circle(conn: &mut Conn, circle: CircleId) -> Result<Vec<DossierRow>, StoreError> {
    Ok(sqlx::query_as("SELECT * FROM dossier WHERE circle_id = ?")
        .bind(circle)
        .fetch_all(conn)
        .await?)
}

/// Notes a change.
pub async fn touch(conn: &mut Conn, id: DossierId, at: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE dossier SET changed_at = ? WHERE id = ?")
        .bind(at)
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Puts it in another circle, or another vault.
pub async fn set_home(conn: &mut Conn, id: DossierId, home: Home) -> Result<(), StoreError> {
    sqlx::query("UPDATE dossier SET circle_id = ?, vault_id = ? WHERE id = ?")
        .bind(home.circle)
        .bind(home.vault)
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}

/// All dossiers of a vault, not what is in the bin.
pub async fn of_vault(conn: &mut Conn, vault: CircleId) -> Result<Vec<DossierRow>, StoreError> {
    Ok(
        sqlx::query_as("SELECT * FROM dossier WHERE vault_id = ? AND binned_at = 0")
            .bind(vault)
            .fetch_all(conn)
            .await?,
    )
}

/// How many dossiers lie in a vault, what is in the bin included.
pub async fn count_in_vault(conn: &mut Conn, vault: CircleId) -> Result<usize, StoreError> {
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM dossier WHERE vault_id = ?")
        .bind(vault)
        .fetch_one(conn)
        .await?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// All dossiers with something that is sealed under the key of this circle.
pub async fn sealed_under(
    conn: &mut Conn,
    circle: CircleId,
) -> Result<Vec<DossierRow>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT * FROM dossier WHERE id IN (
             SELECT dossier_id FROM value WHERE circle_id = ?1
             UNION SELECT dossier_id FROM entry WHERE circle_id = ?1
             UNION SELECT dossier_id FROM change WHERE circle_id = ?1)",
    )
    .bind(circle)
    .fetch_all(conn)
    .await?)
}

/// Dossiers of a circle, or of a vault, with something that is not under the newest keys. `compartment` is the circle of
/// the medical fields, which can seal something in any dossier.
pub async fn stale(
    conn: &mut Conn,
    circle: CircleId,
    compartment: Option<CircleId>,
) -> Result<Vec<DossierRow>, StoreError> {
    Ok(sqlx::query_as(
        "WITH stored AS (
             SELECT dossier_id, field, circle_id, circle_version, field_version FROM value
             UNION ALL SELECT dossier_id, field, circle_id, circle_version, field_version FROM entry
             UNION ALL SELECT dossier_id, field, circle_id, circle_version, field_version FROM change)
         SELECT * FROM dossier d WHERE (d.circle_id = ?1 OR d.vault_id = ?1 OR ?1 = ?3) AND EXISTS (
             SELECT 1 FROM stored s
             LEFT JOIN key_state f ON f.name = 'field:' || s.field
             WHERE s.dossier_id = d.id AND (
                 s.circle_id NOT IN (d.circle_id, coalesce(d.vault_id, d.circle_id), coalesce(?3, d.circle_id))
                 OR s.field_version <> coalesce(f.version, 0)
                 OR s.circle_id = ?1 AND s.circle_version <> (SELECT version FROM key_state WHERE name = ?2)))",
    )
    .bind(circle)
    .bind(crate::keys::KeyName::Circle(circle).to_string())
    .bind(compartment)
    .fetch_all(conn)
    .await?)
}

/// Puts it in the bin (a time in ms) or takes it out (0).
pub async fn set_binned(conn: &mut Conn, id: DossierId, at: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE dossier SET binned_at = ? WHERE id = ?")
        .bind(at)
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Removes a dossier and everything in it; the bytes are overwritten (`secure_delete`).
pub async fn erase(conn: &mut Conn, id: DossierId) -> Result<(), StoreError> {
    for statement in [
        "DELETE FROM value WHERE dossier_id = ?",
        "DELETE FROM document_file WHERE entry_id IN (SELECT id FROM entry WHERE dossier_id = ?)",
        "DELETE FROM entry WHERE dossier_id = ?",
        "DELETE FROM change WHERE dossier_id = ?",
        "DELETE FROM draft WHERE dossier_id = ?",
        "DELETE FROM recent WHERE dossier_id = ?",
        "DELETE FROM dossier WHERE id = ?",
    ] {
        sqlx::query(statement).bind(id).execute(&mut *conn).await?;
    }
    Ok(())
}

/// Notes that a user opened it.
pub async fn note_recent(
    conn: &mut Conn,
    user: UserId,
    id: DossierId,
    at: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO recent (user_id, dossier_id, opened_at) VALUES (?, ?, ?)
         ON CONFLICT (user_id, dossier_id) DO UPDATE SET opened_at = excluded.opened_at",
    )
    .bind(user)
    .bind(id)
    .bind(at)
    .execute(conn)
    .await?;
    Ok(())
}

/// What a user opened last, newest first; not what is in the bin.
pub async fn recents(
    conn: &mut Conn,
    user: UserId,
    most: i64,
) -> Result<Vec<DossierRow>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT d.* FROM recent r JOIN dossier d ON d.id = r.dossier_id
         WHERE r.user_id = ? AND d.binned_at = 0 ORDER BY r.opened_at DESC LIMIT ?",
    )
    .bind(user)
    .bind(most)
    .fetch_all(conn)
    .await?)
}

/// A dossier with one of its present values, for filling the memory.
pub struct SheetRow {
    /// The dossier.
    pub dossier: DossierRow,
    /// Field id, or `OPEN`.
    pub field: String,
    /// The value.
    pub sealing: Sealing,
}

/// An entry as it is sealed, for filling the memory.
pub struct LoadedEntry {
    /// Which.
    pub id: EntryId,
    /// Of which dossier.
    pub dossier_id: DossierId,
    /// The entry list.
    pub field: String,
    /// The entry.
    pub sealing: Sealing,
}

/// Dossiers, and entries, that are read at once.
const PAGE: i64 = 1000;
/// Dossiers of a vault, each with all that it holds.
const VAULT_PAGE: i64 = 250;

/// The statement of [`page_of_sheets`] for these dossiers.
macro_rules! sheets_where {
    ($which:literal) => {
        concat!(
            "SELECT max(d.id), group_concat(",
            packed::sheet!(),
            ", '') FROM (SELECT * FROM dossier WHERE ",
            $which,
            " AND id > ? ORDER BY id LIMIT ?) d
         JOIN value v ON v.dossier_id = d.id",
        )
    };
}

/// A page of the dossiers of a circle with all their present values, by id, and the last of them; not what is in the bin.
/// Nothing after the last page.
pub async fn sheets(
    conn: &mut Conn,
    circle: CircleId,
    after: Option<DossierId>,
) -> Result<Option<(DossierId, Sheets)>, StoreError> {
    let which = sheets_where!("circle_id = ? AND binned_at = 0");
    page_of_sheets(conn, which, circle, after, PAGE).await
}

/// The same with what is in the bin.
pub async fn sheets_and_bin(
    conn: &mut Conn,
    circle: CircleId,
    after: Option<DossierId>,
) -> Result<Option<(DossierId, Sheets)>, StoreError> {
    page_of_sheets(conn, sheets_where!("circle_id = ?"), circle, after, PAGE).await
}

/// A page of the dossiers of a vault with all their present values and their entries; not what is in the bin.
pub async fn vault_page(
    conn: &mut Conn,
    vault: CircleId,
    after: Option<DossierId>,
) -> Result<Option<(DossierId, Sheets, Entries)>, StoreError> {
    let which = sheets_where!("vault_id = ? AND binned_at = 0");
    let Some((last, sheets)) = page_of_sheets(conn, which, vault, after, VAULT_PAGE).await? else {
        return Ok(None);
    };
    let entries = sqlx::query_scalar(concat!(
        "SELECT group_concat(",
        packed::entry!(),
        ", '') FROM (SELECT id FROM dossier WHERE vault_id = ? AND id > ? AND id <= ?) d
         JOIN entry e ON e.dossier_id = d.id AND e.binned_at = 0",
    ))
    .bind(vault)
    .bind(from(after))
    .bind(last)
    .fetch_one(conn)
    .await?;
    Ok(Some((last, sheets, Entries::of(entries))))
}

async fn page_of_sheets(
    conn: &mut Conn,
    statement: &'static str,
    place: CircleId,
    after: Option<DossierId>,
    most: i64,
) -> Result<Option<(DossierId, Sheets)>, StoreError> {
    let (last, page): (Option<DossierId>, _) = sqlx::query_as(statement)
        .bind(place)
        .bind(from(after))
        .bind(most)
        .fetch_one(conn)
        .await?;
    Ok(last.map(|last| (last, Sheets::of(page))))
}

/// Below every id, as long as there was none.
fn from(after: Option<DossierId>) -> Vec<u8> {
    after.map_or_else(Vec::new, |id| id.as_bytes().to_vec())
}

/// The open values of some dossiers.
pub async fn open_sheets(conn: &mut Conn, ids: &[DossierId]) -> Result<Vec<SheetRow>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = sqlx::QueryBuilder::<sqlx::Sqlite>::new(concat!(
        "SELECT group_concat(",
        packed::sheet!(),
        ", '') FROM dossier d JOIN value v ON v.dossier_id = d.id AND v.field IN ('open', 'vaulted') WHERE d.id IN (",
    ));
    ids.iter().fold(query.separated(","), |mut list, id| {
        list.push_bind(*id);
        list
    });
    let page = query.push(")").build_query_scalar().fetch_one(conn).await?;
    Sheets::of(page).take_apart()
}

/// A page of all entries in the order in which they were written, and the place of the last; not what is in the bin.
/// Whose they are is left to the reader, who knows the dossiers: looking it up for each entry took longer than reading it.
/// Nothing after the last page.
pub async fn entries(conn: &mut Conn, after: i64) -> Result<Option<(i64, Entries)>, StoreError> {
    let (last, page): (Option<i64>, _) = sqlx::query_as(concat!(
        "SELECT max(at), group_concat(packed, '') FROM (SELECT e.rowid AS at, ",
        packed::entry!(),
        " AS packed FROM entry e WHERE e.rowid > ? AND e.binned_at = 0 ORDER BY e.rowid LIMIT ?)",
    ))
    .bind(after)
    .bind(PAGE)
    .fetch_one(conn)
    .await?;
    Ok(last.map(|last| (last, Entries::of(page))))
}

/// Some entries.
pub async fn some_entries(
    conn: &mut Conn,
    ids: &[EntryId],
) -> Result<Vec<LoadedEntry>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = sqlx::QueryBuilder::<sqlx::Sqlite>::new(concat!(
        "SELECT group_concat(",
        packed::entry!(),
        ", '') FROM entry e WHERE e.id IN (",
    ));
    ids.iter().fold(query.separated(","), |mut list, id| {
        list.push_bind(*id);
        list
    });
    let page = query.push(")").build_query_scalar().fetch_one(conn).await?;
    Entries::of(page).take_apart()
}

/// How many dossiers and entries there are in these circles, for showing progress: counted in the indexes alone, so that
/// nothing else is read, what is in the bin included.
pub async fn totals(conn: &mut Conn, circles: &[CircleId]) -> Result<(usize, usize), StoreError> {
    let (mut dossiers, mut entries) = (0, 0);
    for circle in circles {
        let (count,): (i64,) = sqlx::query_as("SELECT count(*) FROM dossier WHERE circle_id = ?")
            .bind(circle)
            .fetch_one(&mut *conn)
            .await?;
        dossiers += usize::try_from(count).unwrap_or(0);
        let (count,): (i64,) = sqlx::query_as("SELECT count(*) FROM entry WHERE circle_id = ?")
            .bind(circle)
            .fetch_one(&mut *conn)
            .await?;
        entries += usize::try_from(count).unwrap_or(0);
    }
    Ok((dossiers, entries))
}

/// Rows that one statement adds.
pub(super) const ROWS: usize = 100;

/// Adds many dossiers.
pub async fn insert_many(conn: &mut Conn, rows: &[&DossierRow]) -> Result<(), StoreError> {
    const START: &str = "INSERT INTO dossier (id, kind, circle_id, vault_id, salt, created_at, created_by, changed_at, binned_at) ";
    for rows in rows.chunks(ROWS) {
        let mut query = sqlx::QueryBuilder::<sqlx::Sqlite>::new(START);
        query.push_values(rows, |mut values, row| {
            values
                .push_bind(row.id)
                .push_bind(row.kind.clone())
                .push_bind(row.circle_id)
                .push_bind(row.vault_id);
            values
                .push_bind(row.salt.clone())
                .push_bind(row.created_at)
                .push_bind(row.created_by);
            values.push_bind(row.changed_at).push_bind(row.binned_at);
        });
        query.build().execute(&mut *conn).await?;
    }
    Ok(())
}
