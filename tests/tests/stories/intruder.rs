//! Somebody with a copy of the folder, an own valid password and every tool, and no program rule in the way.

use crate::support::{Home, client};
use dossierkluis::{
    crypto::{Key, Passphrase, Place, SealingKey, unwrap_key},
    ids::{DossierId, PracticeId},
    keys::Sealing,
    store::{KeyringFile, Store},
};
use sqlx::{Column, Row, TypeInfo, ValueRef};
use std::{path::Path, sync::Arc};

/// What one user can get at with the own password.
pub struct Intruder {
    pub store: Store,
    pub practice: PracticeId,
    pub keys: Vec<(String, Key)>,
}

/// A ciphertext with what stands beside it in the clear.
#[derive(sqlx::FromRow)]
pub struct Loot {
    pub kind: String,
    pub dossier: DossierId,
    pub salt: Vec<u8>,
    pub record: Vec<u8>,
    pub field: String,
    #[sqlx(flatten)]
    pub sealing: Sealing,
}

const LOOT: &str = "
    SELECT 'value' AS kind, d.id AS dossier, d.salt, d.id AS record, v.field, v.circle_id, v.circle_version, v.field_version, v.sealed
        FROM value v JOIN dossier d ON d.id = v.dossier_id
    UNION ALL SELECT 'entry', d.id, d.salt, e.id, e.field, e.circle_id, e.circle_version, e.field_version, e.sealed
        FROM entry e JOIN dossier d ON d.id = e.dossier_id
    UNION ALL SELECT 'change', d.id, d.salt, c.id, c.field, c.circle_id, c.circle_version, c.field_version, c.sealed
        FROM change c JOIN dossier d ON d.id = c.dossier_id";

impl Intruder {
    /// Opens the keyring with a password, the store with the key in it, and every wrapped key that the identity opens.
    pub async fn enter(folder: &Path, user: &str, password: &str) -> Self {
        let file = KeyringFile::read(folder).unwrap();
        let entry = file.user(file.find(user).unwrap()).unwrap();
        let (identity, _) = entry
            .open(&Passphrase::new(password))
            .unwrap()
            .split()
            .unwrap();
        let store = Store::open(folder, &Arc::new(entry.store_key(&identity).unwrap()))
            .await
            .unwrap();
        // All rows are tried, also those that are said to be for others.
        let wrapped: Vec<(String, u32, Vec<u8>)> =
            sqlx::query_as("SELECT name, version, wrapped FROM wrapped_key")
                .fetch_all(&mut *store.read().await.unwrap())
                .await
                .unwrap();
        let mut keys: Vec<(String, Key)> = wrapped
            .into_iter()
            .filter_map(|(name, version, wrapped)| {
                Some((
                    name.clone(),
                    unwrap_key(&format!("{name}:{version}"), &wrapped, &identity).ok()?,
                ))
            })
            .collect();
        keys.push(("store".to_owned(), entry.store_key(&identity).unwrap()));
        Self {
            store,
            practice: file.practice,
            keys,
        }
    }

    pub async fn loot(&self) -> Vec<Loot> {
        sqlx::query_as(LOOT)
            .fetch_all(&mut *self.store.read().await.unwrap())
            .await
            .unwrap()
    }

    /// Tries every key and every pair of keys.
    pub fn crack(&self, loot: &Loot) -> Option<String> {
        crack(self.practice, &self.keys, loot)
    }

    /// Runs a statement with the store key alone.
    pub async fn sql(&self, statement: &'static str) {
        sqlx::raw_sql(statement)
            .execute(&mut *self.store.read().await.unwrap())
            .await
            .unwrap();
    }

    /// Every text and blob in every table.
    pub async fn everything(&self) -> Vec<Vec<u8>> {
        let mut conn = self.store.read().await.unwrap();
        let tables: Vec<(String,)> =
            sqlx::query_as("SELECT name FROM sqlite_master WHERE type = 'table'")
                .fetch_all(&mut *conn)
                .await
                .unwrap();
        let mut cells = Vec::new();
        for (table,) in tables {
            let statement = sqlx::AssertSqlSafe(format!("SELECT * FROM {table}"));
            for row in sqlx::query(statement).fetch_all(&mut *conn).await.unwrap() {
                for column in row.columns() {
                    let raw = row.try_get_raw(column.ordinal()).unwrap();
                    if matches!(raw.type_info().name(), "TEXT" | "BLOB") {
                        cells.push(
                            row.try_get_unchecked::<Vec<u8>, _>(column.ordinal())
                                .unwrap(),
                        );
                    }
                }
            }
        }
        cells
    }
}

/// Tries every key, and every pair of keys, on a ciphertext.
pub fn crack(practice: PracticeId, keys: &[(String, Key)], loot: &Loot) -> Option<String> {
    let place = Place {
        practice,
        dossier: loot.dossier,
        record: loot.record.clone().try_into().unwrap(),
        field: &loot.field,
        circle_version: loot.sealing.circle_version,
        field_version: loot.sealing.field_version,
    };
    let salt = loot.salt.clone().try_into().unwrap();
    let pairs = keys.iter().flat_map(|(_, row)| {
        std::iter::once((row, None)).chain(keys.iter().map(move |(_, column)| (row, Some(column))))
    });
    let opened = pairs
        .filter_map(|(row, column)| {
            SealingKey::derive(row, column, &salt)
                .unwrap()
                .open(&place, &loot.sealing.sealed)
                .ok()
        })
        .next();
    opened.map(|plain| String::from_utf8(plain.to_vec()).unwrap())
}

/// A sealed value of another practice.
pub async fn foreign_bsn() -> Vec<u8> {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    client(
        &anna,
        anna.own_circle(),
        &[("surname", "Elders"), ("bsn", "111222333")],
    )
    .await;
    drop(anna.lock().await.unwrap());
    let intruder = Intruder::enter(&home.folder, "Anna", crate::support::PASSWORD).await;
    intruder
        .loot()
        .await
        .into_iter()
        .find(|loot| loot.field == "bsn")
        .unwrap()
        .sealing
        .sealed
}
