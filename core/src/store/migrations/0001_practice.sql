-- Times are milliseconds since 1970 UTC, dates ISO 8601 text, ids 16 bytes, 0 and '' mean "not".
-- Columns named `sealed` hold ciphertext that the store cannot open; circle_id, circle_version and field_version say under
-- which keys. Columns named `sealed_…` and those of small tables carry the version of the circle key in front.

CREATE TABLE meta (
    practice_id BLOB    NOT NULL PRIMARY KEY,
    format      INTEGER NOT NULL,
    made_at     INTEGER NOT NULL
) STRICT;

-- Moves with every commit; compared at opening with the witness beside the database.
CREATE TABLE head (
    one     INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    commits INTEGER NOT NULL,
    token   BLOB    NOT NULL
) STRICT;

CREATE TABLE user_account (
    id            BLOB    NOT NULL PRIMARY KEY,
    sealed_name   BLOB    NOT NULL,
    recipient     TEXT    NOT NULL,
    verifying_key BLOB    NOT NULL,
    state         TEXT    NOT NULL CHECK (state IN ('invited', 'active', 'disabled')),
    must_change   INTEGER NOT NULL,
    expires       TEXT    NOT NULL,
    last_sign_in  INTEGER NOT NULL,
    made_at       INTEGER NOT NULL
) STRICT;

CREATE TABLE user_group (
    id          BLOB NOT NULL PRIMARY KEY,
    role        TEXT NOT NULL,
    sealed_name BLOB NOT NULL
) STRICT;

CREATE TABLE group_member (
    group_id BLOB NOT NULL REFERENCES user_group (id),
    user_id  BLOB NOT NULL REFERENCES user_account (id),
    PRIMARY KEY (group_id, user_id)
) STRICT;

CREATE TABLE circle (
    id          BLOB    NOT NULL PRIMARY KEY,
    kind        TEXT    NOT NULL CHECK (kind IN ('practice', 'own', 'made', 'vault', 'medical')),
    sealed_name BLOB    NOT NULL
) STRICT;

-- A practice has one medical compartment.
CREATE UNIQUE INDEX circle_medical ON circle (kind) WHERE kind = 'medical';

CREATE TABLE circle_member (
    circle_id BLOB NOT NULL REFERENCES circle (id),
    user_id   BLOB NOT NULL REFERENCES user_account (id),
    PRIMARY KEY (circle_id, user_id)
) STRICT;

-- A circle whose keys also need the vault's own keys, which lie under the vault's password.
CREATE TABLE vault (
    circle_id       BLOB    NOT NULL PRIMARY KEY REFERENCES circle (id),
    keeper          BLOB    NOT NULL REFERENCES user_account (id),
    recipient       TEXT    NOT NULL,
    locked          TEXT    NOT NULL,
    sheet_recipient TEXT    NOT NULL,
    recovery        TEXT    NOT NULL,
    sealed_name     BLOB    NOT NULL,
    minutes         INTEGER NOT NULL,
    renewed_at      INTEGER NOT NULL,
    renewed_by      BLOB    NOT NULL,
    throttle        TEXT    NOT NULL
) STRICT;

CREATE TABLE vault_key (
    circle_id BLOB    NOT NULL REFERENCES vault (circle_id),
    version   INTEGER NOT NULL,
    wrapped   BLOB    NOT NULL,
    PRIMARY KEY (circle_id, version)
) STRICT;

-- The authorisation matrix: what a group may do with a protected field.
CREATE TABLE field_right (
    field    TEXT    NOT NULL,
    group_id BLOB    NOT NULL REFERENCES user_group (id),
    level    INTEGER NOT NULL CHECK (level IN (0, 1, 2)),
    PRIMARY KEY (field, group_id)
) STRICT;

-- One row per key: 'circle:<id>' or 'field:<id>'. Version 0: not made yet. Replace: a right on it was withdrawn, and the
-- next holder makes a new version.
CREATE TABLE key_state (
    name      TEXT    NOT NULL PRIMARY KEY,
    version   INTEGER NOT NULL,
    to_replace INTEGER NOT NULL
) STRICT;

CREATE TABLE wrapped_key (
    name    TEXT    NOT NULL REFERENCES key_state (name),
    version INTEGER NOT NULL,
    user_id BLOB    NOT NULL REFERENCES user_account (id),
    wrapped BLOB    NOT NULL,
    PRIMARY KEY (user_id, name, version)
) STRICT;

CREATE TABLE dossier (
    id         BLOB    NOT NULL PRIMARY KEY,
    kind       TEXT    NOT NULL,
    circle_id  BLOB    NOT NULL REFERENCES circle (id),
    -- NULL for a dossier that lies in its circle alone.
    vault_id   BLOB    REFERENCES vault (circle_id),
    salt       BLOB    NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB    NOT NULL,
    changed_at INTEGER NOT NULL,
    binned_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX dossier_circle ON dossier (circle_id, id);
CREATE INDEX dossier_vault ON dossier (vault_id, id) WHERE vault_id IS NOT NULL;

-- Present values. Field 'open' holds all unprotected values of the dossier together; 'vaulted' those that lie in its vault.
CREATE TABLE value (
    dossier_id     BLOB    NOT NULL REFERENCES dossier (id),
    field          TEXT    NOT NULL,
    circle_id      BLOB    NOT NULL,
    circle_version INTEGER NOT NULL,
    field_version  INTEGER NOT NULL,
    revision       INTEGER NOT NULL,
    sealed         BLOB    NOT NULL,
    PRIMARY KEY (dossier_id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
    id             BLOB    NOT NULL PRIMARY KEY,
    dossier_id     BLOB    NOT NULL REFERENCES dossier (id),
    field          TEXT    NOT NULL,
    circle_id      BLOB    NOT NULL,
    circle_version INTEGER NOT NULL,
    field_version  INTEGER NOT NULL,
    revision       INTEGER NOT NULL,
    created_at     INTEGER NOT NULL,
    created_by     BLOB    NOT NULL,
    changed_at     INTEGER NOT NULL,
    changed_by     BLOB    NOT NULL,
    binned_at      INTEGER NOT NULL,
    sealed         BLOB    NOT NULL
) STRICT;
CREATE INDEX entry_dossier ON entry (dossier_id);
CREATE INDEX entry_circle ON entry (circle_id);
CREATE INDEX entry_ending ON entry (field) WHERE field IN ('trainings', 'certificates');

-- A sealed file beside the database, and the document whose content has its key.
CREATE TABLE document_file (
    id       BLOB    NOT NULL PRIMARY KEY,
    entry_id BLOB    NOT NULL REFERENCES entry (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_file_entry ON document_file (entry_id);

-- What stood in a field or entry before a change. Record is the entry, or the dossier itself.
CREATE TABLE change (
    dossier_id     BLOB    NOT NULL REFERENCES dossier (id),
    record         BLOB    NOT NULL,
    field          TEXT    NOT NULL,
    id             BLOB    NOT NULL,
    changed_at     INTEGER NOT NULL,
    changed_by     BLOB    NOT NULL,
    circle_id      BLOB    NOT NULL,
    circle_version INTEGER NOT NULL,
    field_version  INTEGER NOT NULL,
    sealed         BLOB    NOT NULL,
    PRIMARY KEY (dossier_id, record, field, id)
) STRICT, WITHOUT ROWID;

-- An open text, sealed for its writer alone and, where it belongs in a vault, for the vault's identity as well.
CREATE TABLE draft (
    user_id        BLOB    NOT NULL REFERENCES user_account (id),
    dossier_id     BLOB    NOT NULL,
    field          TEXT    NOT NULL,
    vault_id       BLOB    REFERENCES vault (circle_id),
    kept_at        INTEGER NOT NULL,
    sealed         BLOB    NOT NULL,
    PRIMARY KEY (user_id, dossier_id, field)
) STRICT;

CREATE TABLE recent (
    user_id    BLOB    NOT NULL REFERENCES user_account (id),
    dossier_id BLOB    NOT NULL REFERENCES dossier (id) ON DELETE CASCADE,
    opened_at  INTEGER NOT NULL,
    PRIMARY KEY (user_id, dossier_id)
) STRICT;

-- Settings of the practice (owner is the practice) and preferences of a user (owner is the user).
CREATE TABLE setting (
    owner  BLOB NOT NULL,
    name   TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (owner, name)
) STRICT;

-- Signed statements of confidentiality and professional secrecy.
CREATE TABLE statement (
    id          BLOB    NOT NULL PRIMARY KEY,
    user_id     BLOB    NOT NULL REFERENCES user_account (id),
    kind        TEXT    NOT NULL,
    signed_on   TEXT    NOT NULL,
    recorded_at INTEGER NOT NULL,
    recorded_by BLOB    NOT NULL,
    sealed_note BLOB    NOT NULL
) STRICT;

-- Append-only; chained by hash and signed. Body is the JSON text that was hashed; it names records by id alone.
CREATE TABLE audit (
    seq       INTEGER NOT NULL PRIMARY KEY,
    user_id   BLOB    NOT NULL,
    body      TEXT    NOT NULL,
    hash      BLOB    NOT NULL,
    signature BLOB    NOT NULL
) STRICT;

-- Which dossiers an entry is about.
CREATE TABLE audit_subject (
    dossier_id BLOB    NOT NULL,
    seq        INTEGER NOT NULL REFERENCES audit (seq),
    PRIMARY KEY (dossier_id, seq)
) STRICT, WITHOUT ROWID;
