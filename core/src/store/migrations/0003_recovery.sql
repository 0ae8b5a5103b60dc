-- Digests of the age files that held a user's secrets under a former password, sheet or split. They are refused when an
-- older keyring is put back.
CREATE TABLE retired_secret (
    digest     TEXT    NOT NULL PRIMARY KEY,
    user_id    BLOB    NOT NULL,
    retired_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
