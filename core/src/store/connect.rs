//! The one place that builds a connection.

use super::{
    Conn, DATABASE, StoreError, WITNESS,
    audit::AuditRow,
    heap, journal,
    migrate::{self, Form},
    witness::{Head, Witness},
};
use crate::{
    crypto::{Key, random},
    ids::DossierId,
};
use libsqlite3_sys::{SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, SQLITE_OK, sqlite3_db_config, sqlite3_key};
use sqlx::{
    ConnectOptions, Connection, Executor, QueryBuilder, Row, Sqlite, SqlitePool,
    query::Query,
    sqlite::{SqliteArguments, SqliteConnectOptions, SqlitePoolOptions, SqliteRow},
};
use std::{ffi::c_int, path::Path, sync::Arc, time::Duration};
use tokio::sync::{Mutex, MutexGuard};
use zeroize::Zeroizing;

/// Set on every connection, in this order. The journal is a write-ahead log: measured, a save costs half of what it costs
/// with a rollback journal, and unlike a lost rollback journal a lost log cannot leave half of a change behind; that
/// it can lose whole changes is what the witness notices.
const PRAGMAS: &str = "
    PRAGMA cipher_log_level = NONE;
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

/// Bytes of statements that wait for the end of a change, beyond which the next does not wait.
const MOST_LATER: usize = 4096;

/// Bytes of the statements of a usual change: room for them from the start.
const USUAL_LATER: usize = 2048;

/// Connections for reading.
const READERS: u32 = 3;

/// The open store of one practice.
pub struct Store {
    readers: SqlitePool,
    ledger: Mutex<Ledger>,
}

/// What only one change at a time may touch.
struct Ledger {
    /// One connection for all changes: what another connection changes empties the cache of a connection, and every page
    /// that it then reads is decrypted again.
    writer: Conn,
    /// Whether a change was begun that is neither durable nor undone yet.
    begun: bool,
    witness: Witness,
    /// The last link of the audit chain, once it is known.
    link: Option<Link>,
    /// How many changes were made, once it is known.
    commits: Option<i64>,
}

/// Number and hash of a link of the audit chain.
pub type Link = (i64, Vec<u8>);

/// A signed link, and the dossiers that it is about.
pub type SignedLink = (AuditRow, Vec<DossierId>);

impl Store {
    /// Makes a new store under a new key.
    pub async fn make(folder: &Path, key: &Arc<Key>) -> Result<Self, StoreError> {
        if folder.join(DATABASE).exists() {
            return Err(StoreError::Occupied);
        }
        let witness = Witness::open(&folder.join(WITNESS), key, true)?;
        let store = Self {
            ledger: Ledger::of(connect(folder, key, true).await?, witness),
            readers: readers(folder, key),
        };
        match store.found().await {
            Ok(()) => Ok(store),
            Err(error) => {
                store.close().await?;
                Err(error)
            }
        }
    }

    async fn found(&self) -> Result<(), StoreError> {
        let mut ledger = self.ledger.lock().await;
        migrate::make(&mut ledger.writer).await?;
        sqlx::query("INSERT INTO head (one, commits, token) VALUES (1, 0, ?)")
            .bind(&[0u8; 16][..])
            .execute(&mut ledger.writer)
            .await?;
        drop(ledger);
        self.write().await?.commit().await?;
        self.ledger.lock().await.witness.sync()
    }

    /// Opens the store and makes sure that nothing acknowledged is missing.
    pub async fn open(folder: &Path, key: &Arc<Key>) -> Result<Self, StoreError> {
        if !folder.join(DATABASE).exists() {
            return Err(StoreError::Damaged("database missing"));
        }
        let mut witness = Witness::open(&folder.join(WITNESS), key, false)?;
        // What is refused stays as it is: a log that is damaged here may be whole in a copy, and is all there is of what it holds.
        let mut writer = connect_and_leave(folder, key, false).await?;
        let form = match check_and_migrate(&mut writer, &mut witness, folder, key).await {
            Ok(form) => form,
            Err(error) => {
                // A process that ends while a connection is still being closed can crash on its way out.
                let _ = writer.close().await;
                return Err(error);
            }
        };
        let store = Self {
            readers: readers(folder, key),
            ledger: Ledger::of(writer, witness),
        };
        if form == Form::Present {
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

    /// A change, alone. Dropped without `commit` it is undone: when the next begins, the log is folded, or the store is closed.
    pub async fn write(&self) -> Result<Write<'_>, StoreError> {
        let mut ledger = self.begin().await;
        sqlx::query("BEGIN IMMEDIATE")
            .execute(&mut ledger.writer)
            .await?;
        Ok(Write::of(ledger))
    }

    /// The same that reads one row first, in one go: what is run must start with `BEGIN IMMEDIATE`. While the thread of the
    /// connection is at it, this one does something else, with the last link of the audit chain where that is known.
    pub(super) async fn write_after(
        &self,
        begin_and_read: Query<'_, Sqlite, SqliteArguments>,
        meanwhile: impl FnOnce(Option<&Link>),
    ) -> Result<(Write<'_>, SqliteRow), StoreError> {
        let mut ledger = self.begin().await;
        let Ledger { writer, link, .. } = &mut *ledger;
        let reading = begin_and_read.fetch_one(writer);
        let (row, ()) = beside(reading, || meanwhile(link.as_ref())).await;
        Ok((Write::of(ledger), row?))
    }

    async fn begin(&self) -> MutexGuard<'_, Ledger> {
        let mut ledger = self.ledger.lock().await;
        ledger.undo().await;
        ledger.begun = true;
        ledger
    }

    /// Folds the log into the database and empties it, so that nothing that was overwritten stands there any more.
    pub async fn fold_log(&self) -> Result<(), StoreError> {
        let mut ledger = self.ledger.lock().await;
        ledger.undo().await;
        for _ in 0..FOLDS {
            let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
                .fetch_one(&mut ledger.writer)
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
        let Ledger {
            writer,
            mut witness,
            ..
        } = self.ledger.into_inner();
        self.readers.close().await;
        let closed = writer.close().await;
        witness.sync()?;
        Ok(closed?)
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
    ledger: MutexGuard<'a, Ledger>,
    link: Option<Link>,
    later: QueryBuilder<Sqlite>,
}

impl Ledger {
    fn of(writer: Conn, witness: Witness) -> Mutex<Self> {
        Mutex::new(Self {
            writer,
            begun: false,
            witness,
            link: None,
            commits: None,
        })
    }

    /// Undoes a change that was dropped, or of which nobody waited for the end. That SQLite has undone it already is no error,
    /// nor that it was made durable after all; a change that could not be undone lets no other begin.
    async fn undo(&mut self) {
        if self.begun {
            let _ = sqlx::query("ROLLBACK").execute(&mut self.writer).await;
            self.begun = false;
            self.link = None;
            self.commits = None;
        }
    }
}

impl<'a> Write<'a> {
    fn of(ledger: MutexGuard<'a, Ledger>) -> Self {
        Self {
            link: ledger.link.clone(),
            ledger,
            later: empty_later(),
        }
    }

    /// The connection inside the transaction.
    pub fn conn(&mut self) -> &mut Conn {
        &mut self.ledger.writer
    }

    /// What runs together at the end of this change, in one go: handing one statement to the thread of the connection costs
    /// as much as running it. Each ends with a semicolon. What runs on [`Write::conn`] before the end sees nothing of it.
    pub fn later(&mut self) -> &mut QueryBuilder<Sqlite> {
        &mut self.later
    }

    /// The connection, once everything that waited has been run: for reading what this very change may have written.
    pub async fn settled(&mut self) -> Result<&mut Conn, StoreError> {
        if !self.later.sql().as_str().is_empty() {
            let mut waited = std::mem::replace(&mut self.later, empty_later());
            waited.build().execute(&mut self.ledger.writer).await?;
        }
        Ok(self.conn())
    }

    /// The last link of the audit chain inside this change, if any.
    pub async fn link(&mut self) -> Result<Option<Link>, StoreError> {
        if self.link.is_none() {
            self.link = super::audit::last(self.conn()).await?;
        }
        Ok(self.link.clone())
    }

    /// Adds links, and keeps the last for the next.
    pub async fn add_links(&mut self, links: Vec<SignedLink>) -> Result<(), StoreError> {
        for (row, subjects) in links {
            match &*subjects {
                [] | [_] if self.later.sql().as_str().len() < MOST_LATER => {
                    super::audit::insert_later(&mut self.later, &row, subjects.first());
                }
                _ => super::audit::insert(self.conn(), &row, &subjects).await?,
            }
            self.link = Some((row.seq, row.hash));
        }
        Ok(())
    }

    /// Makes the change durable; when this returns, it is acknowledged. An error says that nothing was changed: a witness that
    /// cannot be written takes nothing back, and is told of at closing.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.commit_and(|| ()).await
    }

    /// The same, while this thread does something else, on which the change does not depend.
    pub async fn commit_and<T>(mut self, meanwhile: impl FnOnce() -> T) -> Result<T, StoreError> {
        let token = random::<16>().map_err(|_| StoreError::Io(std::io::ErrorKind::Other))?;
        let before = match self.ledger.commits {
            Some(commits) => commits,
            None => read_head(&mut self.ledger.writer).await?.commits,
        };
        let head = Head {
            commits: before + 1,
            token,
        };
        self.later
            .push("UPDATE head SET commits = ")
            .push_bind(head.commits)
            .push(", token = ")
            .push_bind(&token[..])
            .push("; COMMIT");
        let commit = self.later.build().execute(&mut self.ledger.writer);
        let (committed, done) = beside(commit, meanwhile).await;
        committed?;
        self.ledger.begun = false;
        self.ledger.link = self.link;
        self.ledger.commits = Some(head.commits);
        self.ledger.witness.record_or_owe(head);
        Ok(done)
    }
}

/// Something for the thread of the connection, which is handed to it first, and something for this thread while that is at it.
async fn beside<A, B>(theirs: impl Future<Output = A>, ours: impl FnOnce() -> B) -> (A, B) {
    tokio::join!(biased; theirs, async { ours() })
}

fn empty_later() -> QueryBuilder<Sqlite> {
    QueryBuilder::new(String::with_capacity(USUAL_LATER))
}

async fn check_and_migrate(
    writer: &mut Conn,
    witness: &mut Witness,
    folder: &Path,
    key: &Arc<Key>,
) -> Result<Form, StoreError> {
    let head = read_head(writer).await?;
    witness.compare(head)?;
    if !journal::follows(folder, key, head.commits).await? {
        return Err(StoreError::RolledBack("changes are missing"));
    }
    let form = migrate::raise(writer, folder).await?;
    leave_log(writer, false).await?;
    Ok(form)
}

/// Whether a copy of a database has got less far than the witness says, as far as both can be read.
pub async fn is_behind(folder: &Path, witness: &Path, key: &Arc<Key>) -> bool {
    let (Ok(mut witness), Ok(mut conn)) = (
        Witness::open(witness, key, false),
        connect(folder, key, false).await,
    ) else {
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
pub(super) async fn connect(folder: &Path, key: &Arc<Key>, make: bool) -> Result<Conn, StoreError> {
    let mut conn = connect_and_leave(folder, key, make).await?;
    leave_log(&mut conn, false).await?;
    Ok(conn)
}

/// The same that leaves the log and the database as they are when it is closed.
async fn connect_and_leave(folder: &Path, key: &Arc<Key>, make: bool) -> Result<Conn, StoreError> {
    // Before the first connection: later SQLite takes no other memory.
    heap::take_over();
    let mut conn = options(folder, make).connect().await?;
    let left = leave_log(&mut conn, true).await;
    let ready = match left {
        Ok(()) => make_ready(&mut conn, key).await,
        failed => failed,
    };
    or_closed(conn, ready).await
}

/// The database as it is without its log, for reading alone.
pub(super) async fn without_log(folder: &Path, key: &Key) -> Result<Conn, StoreError> {
    let options = options(folder, false).read_only(true).immutable(true);
    let mut conn = options.connect().await?;
    let ready = match set_key(&mut conn, key).await {
        Ok(()) => conn
            .execute("PRAGMA cipher_log_level = NONE")
            .await
            .map(|_| ()),
        failed => failed,
    };
    or_closed(conn, ready).await
}

/// A connection that is ready; one that is not is closed.
async fn or_closed(conn: Conn, ready: Result<(), sqlx::Error>) -> Result<Conn, StoreError> {
    match ready {
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

fn readers(folder: &Path, key: &Arc<Key>) -> SqlitePool {
    let key = Arc::clone(key);
    SqlitePoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(Duration::from_secs(30))
        .idle_timeout(None)
        .max_lifetime(None)
        // A file does not go away as a server does.
        .test_before_acquire(false)
        .after_connect(move |conn, _| {
            let key = Arc::clone(&key);
            Box::pin(async move { make_ready(conn, &key).await })
        })
        .connect_lazy_with(options(folder, false))
}

async fn make_ready(conn: &mut Conn, key: &Key) -> Result<(), sqlx::Error> {
    set_key(conn, key).await?;
    if !heap::take_over() {
        conn.execute("PRAGMA cipher_memory_security = ON").await?;
    }
    conn.execute(PRAGMAS).await.map(|_| ())
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
    answered(answer)
}

/// Whether the log stays when the last connection is closed, or is folded into the database and removed.
async fn leave_log(conn: &mut Conn, leave: bool) -> Result<(), sqlx::Error> {
    let mut handle = conn.lock_handle().await?;
    let handle = handle.as_raw_handle().as_ptr();
    // SAFETY: the handle is locked and open; this setting takes a number, and a pointer that may be null.
    #[allow(unsafe_code, reason = "sqlx has no other way to this setting")]
    let answer = unsafe {
        sqlite3_db_config(
            handle,
            SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
            c_int::from(leave),
            std::ptr::null_mut::<c_int>(),
        )
    };
    answered(answer)
}

fn answered(answer: c_int) -> Result<(), sqlx::Error> {
    if answer == SQLITE_OK {
        Ok(())
    } else {
        Err(sqlx::Error::WorkerCrashed)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::ids::UserId;
    use std::task::Poll;

    async fn add_link(write: &mut Write<'_>) -> Result<i64, StoreError> {
        let seq = write.link().await?.map_or(1, |(seq, _)| seq + 1);
        let row = AuditRow {
            seq,
            user_id: UserId::make(),
            body: "{}".to_owned(),
            hash: vec![0; 32],
            signature: vec![0; 64],
        };
        write
            .add_links(vec![(row, vec![DossierId::make()])])
            .await?;
        Ok(seq)
    }

    /// A change that nobody waits for is there or is not, and the next goes on from what is there.
    #[tokio::test(flavor = "multi_thread")]
    async fn a_change_that_is_let_go_at_any_moment_is_whole_or_undone() {
        let room = tempfile::tempdir().unwrap();
        let key = Arc::new(Key::make().unwrap());
        let store = Store::make(room.path(), &key).await.unwrap();
        // Let go after being woken so many times: at each place where it waits.
        let (mut kept, mut cut) = (0, 0);
        for _ in 0..4 {
            for most in 0.. {
                let change = async {
                    let mut write = store.write().await?;
                    add_link(&mut write).await?;
                    let seq = add_link(&mut write).await?;
                    write.commit().await?;
                    Ok::<_, StoreError>(seq)
                };
                let (mut change, mut turns) = (Box::pin(change), 0);
                let done = std::future::poll_fn(|cx| {
                    turns += 1;
                    if turns > most {
                        return Poll::Ready(None);
                    }
                    change.as_mut().poll(cx).map(Some)
                });
                match done.await {
                    Some(seq) => {
                        kept = seq.unwrap();
                        break;
                    }
                    None => cut += 1,
                }
            }
        }
        let mut write = store.write().await.unwrap();
        assert!(add_link(&mut write).await.unwrap() > kept);
        drop(write);
        // The log is emptied although a change was begun and dropped.
        store.fold_log().await.unwrap();
        let mut reader = store.read().await.unwrap();
        let links = crate::store::audit::from(&mut reader, 1, i64::MAX)
            .await
            .unwrap();
        drop(reader);
        let seqs: Vec<i64> = links.iter().map(|link| link.seq).collect();
        let all: Vec<i64> = (1..=i64::try_from(seqs.len()).unwrap()).collect();
        assert_eq!(seqs, all);
        // Two links to a change; the first one is the founding.
        let head = read_head(&mut store.ledger.lock().await.writer).await;
        assert_eq!(head.unwrap().commits, 1 + all.len() as i64 / 2);
        assert!(
            cut > 12 && kept > 0 && all.len() as i64 >= kept,
            "{cut} {kept}"
        );
        store.close().await.unwrap();
        assert_eq!(
            std::fs::metadata(room.path().join(format!("{DATABASE}-wal")))
                .map_or(0, |file| file.len()),
            0
        );
        Store::open(room.path(), &key)
            .await
            .unwrap()
            .close()
            .await
            .unwrap();
    }

    /// What waits for the end is seen after `settled`, and a statement in it that fails undoes all of the change.
    #[tokio::test(flavor = "multi_thread")]
    async fn what_waits_is_seen_when_settled_and_fails_as_a_whole() {
        let room = tempfile::tempdir().unwrap();
        let key = Arc::new(Key::make().unwrap());
        let store = Store::make(room.path(), &key).await.unwrap();
        let mut write = store.write().await.unwrap();
        for _ in 0..60 {
            add_link(&mut write).await.unwrap();
        }
        let seen = crate::store::audit::from(write.settled().await.unwrap(), 1, i64::MAX);
        assert_eq!(seen.await.unwrap().len(), 60);
        write.commit().await.unwrap();
        let mut write = store.write().await.unwrap();
        add_link(&mut write).await.unwrap();
        write.later().push("INSERT INTO audit (seq, user_id, body, hash, signature) SELECT * FROM audit WHERE seq = 1; ");
        assert!(write.commit().await.is_err());
        let mut reader = store.read().await.unwrap();
        let links = crate::store::audit::from(&mut reader, 1, i64::MAX)
            .await
            .unwrap();
        drop(reader);
        assert_eq!(links.len(), 60, "nothing of a change that failed is there");
        let mut write = store.write().await.unwrap();
        assert_eq!(add_link(&mut write).await.unwrap(), 61);
        write.commit().await.unwrap();
        store.close().await.unwrap();
    }
}
