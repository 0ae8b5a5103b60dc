-- What was erased for good: ids and moments alone. The same is kept beside the database, over restores.
CREATE TABLE erasure (
    id        BLOB    NOT NULL PRIMARY KEY,
    kind      TEXT    NOT NULL CHECK (kind IN ('dossier', 'entry')),
    erased_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
