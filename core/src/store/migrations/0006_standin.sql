-- Who plays which part, found from the one who plays it.
CREATE INDEX entry_parts ON entry (dossier_id, id) WHERE field = 'roles' AND binned_at = 0;

-- A colleague stands in for somebody with chosen dossiers, which lie in a circle of their own from the giving to the return. The circle
-- is gone afterwards; the row stays, for the report.
CREATE TABLE stand_in (
    id         BLOB    NOT NULL PRIMARY KEY,
    giver      BLOB    NOT NULL REFERENCES user_account (id),
    stand_in   BLOB    NOT NULL REFERENCES user_account (id),
    circle_id  BLOB    NOT NULL,
    -- Where the dossiers lay, and come back to.
    home_id    BLOB    NOT NULL REFERENCES circle (id),
    made_at    INTEGER NOT NULL,
    starts_at  INTEGER NOT NULL,
    -- From this moment on it is over.
    ends_at    INTEGER NOT NULL,
    -- Ended: the key was taken. Returned: the dossiers are back, and the key is gone.
    state      TEXT    NOT NULL CHECK (state IN ('waiting', 'running', 'ended', 'returned')),
    -- 0 as long as the giver has not read the report.
    read_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE stand_in_dossier (
    stand_in_id BLOB NOT NULL REFERENCES stand_in (id),
    dossier_id  BLOB NOT NULL,
    PRIMARY KEY (stand_in_id, dossier_id)
) STRICT, WITHOUT ROWID;

-- The stand-in's key before the start: wrapped for the stand-in, and that sealed once more for each colleague who may hand it over.
CREATE TABLE stand_in_key (
    stand_in_id BLOB NOT NULL REFERENCES stand_in (id),
    user_id     BLOB NOT NULL REFERENCES user_account (id),
    sealed      TEXT NOT NULL,
    PRIMARY KEY (stand_in_id, user_id)
) STRICT;
