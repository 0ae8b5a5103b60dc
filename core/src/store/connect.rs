//! The one place that builds a connection.

use super::{
    Conn, DATABASE, StoreError, WITNESS,
    audit::AuditRow,
    migrate::{self, Form},
    witness::{Head, Witness},
};
use crate::{
    crypto::{Key, random},
    ids::DossierId,
};
use libsqlite3_sys::{SQLITE_OK, sqlite3_key};
use sqlx::{
    ConnectOptions, Connection, Executor, Row, Sqlite, SqlitePool, Transaction,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};
use std::{path::Path, sync::Arc, time::Duration};
use tokio::sync::{Mutex, MutexGuard};
use zeroize::Zeroizing;

/// Set on every connection, in this order. The journal is a write-ahead log: measured, a save costs half of what it costs
/// with a rollback journal, and unlike a lost rollback journal a lost log cannot leave half of a change behind; that
/// it can lose whole changes is what the witness notices.
const PRAGMAS: &str = "
    PRAGMA cipher_log_level = NONE;
    PRAGMA cipher_memory_security = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cache_size = -32000;
";

/// Tries at emptying the log while others read.
const FOLDS: u32 = 40;
const PAUSE: Duration = Duration::from_millis(25);

/// Connections for reading.
const READERS: u32 = 3;

/// The open store of one practice.
pub struct Store {
    /// One connection for all changes: what another connection changes empties the cache of a connection, and every page
    /// that it then reads is decrypted again.
    writer: SqlitePool,
    readers: SqlitePool,
    ledger: Mutex<Ledger>,
}

/// What only one change at a time may touch.
struct Ledger {
    witness: Witness,
    /// The last link of the audit chain, once it is known.
    link: Option<Link>,
}

/// Number and hash of a link of the audit chain.
pub type Link = (i64, Vec<u8>);

impl Store {
    /// Makes a new store under a new key.
    pub async fn make(folder: &Path, key: &Arc<Key>) -> Result<Self, StoreError> {
        if folder.join(DATABASE).exists() {
            return Err(StoreError::Occupied);
        }
        let store = Self {
            writer: pool(folder, key, true, 1),
            readers: pool(folder, key, false, READERS),
            ledger: Ledger::of(Witness::open(&folder.join(WITNESS), key, true)?),
        };
        match store.begin().await {
            Ok(()) => Ok(store),
            Err(error) => {
                store.close().await?;
                Err(error)
            }
        }
    }

    async fn begin(&self) -> Result<(), StoreError> {
        migrate::make(&self.writer).await?;
        let mut conn = self.writer.acquire().await?;
        sqlx::query("INSERT INTO head (one, commits, token) VALUES (1, 0, ?)")
            .bind(&[0u8; 16][..])
            .execute(&mut *conn)
            .await?;
        drop(conn);
        self.write().await?.commit().await?;
        self.ledger.lock().await.witness.sync()
    }

    /// Opens the store and makes sure that nothing acknowledged is missing.
    pub async fn open(folder: &Path, key: &Arc<Key>) -> Result<Self, StoreError> {
        if !folder.join(DATABASE).exists() {
            return Err(StoreError::Damaged("database missing"));
        }
        let mut witness = Witness::open(&folder.join(WITNESS), key, false)?;
        let first = probe(folder, key).await?;
        let writer = pool(folder, key, false, 1);
        let sound = check_and_migrate(&writer, &mut witness, folder).await;
        let closed = first.close().await;
        if let Err(error) = sound.clone().and(closed.map_err(StoreError::from)) {
            // A process that ends while a connection is still being closed can crash on its way out.
            writer.close().await;
            return Err(error);
        }
        let store = Self {
            writer,
            readers: pool(folder, key, false, READERS),
            ledger: Ledger::of(witness),
        };
        if sound == Ok(Form::Present) {
            store.forget_copies(folder).await;
        }
        Ok(store)
    }

    /// Removes the copy of a former form, once the present one is seen to be sound. What cannot be removed is no reason to keep
    /// anybody out.
    async fn forget_copies(&self, folder: &Path) {
        if migrate::copies(folder).is_empty() {
            return;
        }
        let gone = match self.check().await {
            Ok(0) => migrate::forget_copies(folder),
            Ok(_) => Err(StoreError::Damaged("database")),
            Err(error) => Err(error),
        };
        if let Err(error) = gone {
            tracing::warn!(%error, "the copy from before the upgrade stays");
        }
    }

    /// A connection for reading.
    pub async fn read(&self) -> Result<sqlx::pool::PoolConnection<Sqlite>, StoreError> {
        Ok(self.readers.acquire().await?)
    }

    /// A handle for reading beside other work; it reads nothing once the store is closed.
    pub fn reader(&self) -> Reader {
        Reader(self.readers.clone())
    }

    /// A change, alone. Dropping it without `commit` undoes it.
    pub async fn write(&self) -> Result<Write<'_>, StoreError> {
        let ledger = self.ledger.lock().await;
        Ok(Write {
            transaction: self.writer.begin_with("BEGIN IMMEDIATE").await?,
            link: ledger.link.clone(),
            ledger,
        })
    }

    /// Folds the log into the database and empties it, so that nothing that was overwritten stands there any more.
    pub async fn fold_log(&self) -> Result<(), StoreError> {
        let _alone = self.ledger.lock().await;
        let mut conn = self.writer.acquire().await?;
        for _ in 0..FOLDS {
            let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
                .fetch_one(&mut *conn)
                .await?;
            if row.try_get::<i64, _>(0)? == 0 {
                return Ok(());
            }
            tokio::time::sleep(PAUSE).await;
        }
        // Somebody reads all the time; it is emptied when the practice is locked.
        tracing::warn!("the log of the database could not be emptied yet");
        Ok(())
    }

    /// Folds the log into the database, makes the witness durable and waits until every connection is closed.
    pub async fn close(self) -> Result<(), StoreError> {
        let mut witness = self.ledger.into_inner().witness;
        self.readers.close().await;
        self.writer.close().await;
        witness.sync()
    }

    /// Lets no witness be written any more.
    #[cfg(test)]
    pub async fn break_witness(&self, folder: &Path) {
        self.ledger
            .lock()
            .await
            .witness
            .break_off(&folder.join(WITNESS));
    }

    /// Checks every page (SQLCipher's authentication and SQLite's structure). Gives the number of faults.
    pub async fn check(&self) -> Result<usize, StoreError> {
        // A page that was being folded in when the power went is half in the file, and whole in the log.
        self.fold_log().await?;
        let mut conn = self.read().await?;
        let pages = sqlx::query("PRAGMA cipher_integrity_check")
            .fetch_all(&mut *conn)
            .await?
            .len();
        let rows = sqlx::query("PRAGMA integrity_check")
            .fetch_all(&mut *conn)
            .await?;
        let sound = rows.len() == 1
            && rows
                .first()
                .is_some_and(|row| row.try_get::<String, _>(0).is_ok_and(|text| text == "ok"));
        let references = sqlx::query("PRAGMA foreign_key_check")
            .fetch_all(&mut *conn)
            .await?
            .len();
        Ok(pages + references + if sound { 0 } else { rows.len().max(1) })
    }
}

/// A handle for reading.
pub struct Reader(SqlitePool);

impl Reader {
    /// A connection for reading.
    pub async fn read(&self) -> Result<sqlx::pool::PoolConnection<Sqlite>, StoreError> {
        Ok(self.0.acquire().await?)
    }
}

/// A change in progress. Only one exists at a time.
pub struct Write<'a> {
    transaction: Transaction<'static, Sqlite>,
    ledger: MutexGuard<'a, Ledger>,
    link: Option<Link>,
}

impl Ledger {
    fn of(witness: Witness) -> Mutex<Self> {
        Mutex::new(Self {
            witness,
            link: None,
        })
    }
}

impl Write<'_> {
    /// The connection inside the transaction.
    pub fn conn(&mut self) -> &mut Conn {
        &mut self.transaction
    }

    /// The last link of the audit chain inside this change, if any.
    pub async fn link(&mut self) -> Result<Option<Link>, StoreError> {
        if self.link.is_none() {
            self.link = super::audit::last(&mut self.transaction).await?;
        }
        Ok(self.link.clone())
    }

    /// Adds a link, and keeps it for the next.
    pub async fn add_link(
        &mut self,
        row: AuditRow,
        subjects: &[DossierId],
    ) -> Result<(), StoreError> {
        super::audit::insert(&mut self.transaction, &row, subjects).await?;
        self.link = Some((row.seq, row.hash));
        Ok(())
    }

    /// Makes the change durable; when this returns, it is acknowledged. An error says that nothing was changed: a witness that
    /// cannot be written takes nothing back, and is told of at closing.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        let token = random::<16>().map_err(|_| StoreError::Io(std::io::ErrorKind::Other))?;
        let row = sqlx::query("UPDATE head SET commits = commits + 1, token = ? RETURNING commits")
            .bind(&token[..])
            .fetch_one(&mut *self.transaction)
            .await?;
        let head = Head {
            commits: row.try_get(0)?,
            token,
        };
        self.transaction.commit().await?;
        self.ledger.link = self.link;
        self.ledger.witness.record_or_owe(head);
        Ok(())
    }
}

async fn check_and_migrate(
    writer: &SqlitePool,
    witness: &mut Witness,
    folder: &Path,
) -> Result<Form, StoreError> {
    let head = read_head(&mut *writer.acquire().await?).await?;
    witness.compare(head)?;
    migrate::raise(writer, folder).await
}

/// Whether a copy of a database has got less far than the witness says, as far as both can be read.
pub async fn is_behind(folder: &Path, witness: &Path, key: &Arc<Key>) -> bool {
    let (Ok(mut witness), Ok(mut conn)) =
        (Witness::open(witness, key, false), probe(folder, key).await)
    else {
        return false;
    };
    let head = read_head(&mut conn).await;
    let _ = conn.close().await;
    head.is_ok_and(|head| {
        witness
            .compare(head)
            .is_err_and(|error| matches!(error, StoreError::RolledBack(_)))
    })
}

pub(super) async fn read_head(conn: &mut Conn) -> Result<Head, StoreError> {
    let row = sqlx::query("SELECT commits, token FROM head")
        .fetch_optional(conn)
        .await?
        .ok_or(StoreError::Damaged("head"))?;
    let token: Vec<u8> = row.try_get(1)?;
    Ok(Head {
        commits: row.try_get(0)?,
        token: token.try_into().map_err(|_| StoreError::Damaged("head"))?,
    })
}

/// A connection outside the pool: a pool takes any failure to connect for a server that is not up yet, and would try a
/// damaged file for half a minute before it says nothing in particular.
pub(super) async fn probe(folder: &Path, key: &Arc<Key>) -> Result<Conn, StoreError> {
    let mut conn = options(folder, false).connect().await?;
    let ready = async {
        set_key(&mut conn, key).await?;
        conn.execute(PRAGMAS).await.map(|_| ())
    };
    match ready.await {
        Ok(()) => Ok(conn),
        Err(error) => {
            let _ = conn.close().await;
            Err(error.into())
        }
    }
}

fn options(folder: &Path, make: bool) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(folder.join(DATABASE))
        .create_if_missing(make)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .thread_name(super::threads::name_of)
        // sqlx would log statements, values in them, and the slow ones even at the lowest level.
        .disable_statement_logging()
}

fn pool(folder: &Path, key: &Arc<Key>, make: bool, most: u32) -> SqlitePool {
    let key = Arc::clone(key);
    SqlitePoolOptions::new()
        .max_connections(most)
        .acquire_timeout(Duration::from_secs(30))
        .idle_timeout(None)
        .max_lifetime(None)
        // A file does not go away as a server does.
        .test_before_acquire(false)
        .after_connect(move |conn, _| {
            let key = Arc::clone(&key);
            Box::pin(async move {
                set_key(conn, &key).await?;
                conn.execute(PRAGMAS).await?;
                Ok(())
            })
        })
        .connect_lazy_with(options(folder, make))
}

/// Gives SQLCipher the raw key. Through the C function and not `PRAGMA key`, which sqlx keeps in text form and prints.
async fn set_key(conn: &mut Conn, key: &Key) -> Result<(), sqlx::Error> {
    let mut text = Zeroizing::new(String::with_capacity(67));
    text.push_str("x'");
    for byte in key.expose() {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from(b"0123456789abcdef"[usize::from(nibble)]));
        }
    }
    text.push('\'');
    let mut handle = conn.lock_handle().await?;
    // SAFETY: the handle is locked and open; SQLCipher copies the 67 bytes before it returns.
    #[allow(
        unsafe_code,
        reason = "sqlx has no other way to key a connection without keeping the key as text"
    )]
    let answer = unsafe { sqlite3_key(handle.as_raw_handle().as_ptr(), text.as_ptr().cast(), 67) };
    if answer == SQLITE_OK {
        Ok(())
    } else {
        Err(sqlx::Error::WorkerCrashed)
    }
}
