-- The number of every invoice and credit note: one series for each calendar year, without gaps, across all circles. What an invoice
-- says is sealed in its entry; the number stays when that is erased after its term. Credits: the number that a credit note
-- cancels, 0 for an invoice.
CREATE TABLE invoice (
    year           INTEGER NOT NULL,
    number         INTEGER NOT NULL CHECK (number > 0),
    entry_id       BLOB    NOT NULL UNIQUE,
    dossier_id     BLOB    NOT NULL,
    issued_on      TEXT    NOT NULL,
    credits_year   INTEGER NOT NULL,
    credits_number INTEGER NOT NULL,
    PRIMARY KEY (year, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX invoice_dossier ON invoice (dossier_id);

-- An invoice is cancelled once.
CREATE UNIQUE INDEX invoice_credits ON invoice (credits_year, credits_number) WHERE credits_number <> 0;

-- A number that was given stays as it is.
CREATE TRIGGER invoice_fixed BEFORE UPDATE ON invoice BEGIN SELECT RAISE(ABORT, 'fixed'); END;
CREATE TRIGGER invoice_kept BEFORE DELETE ON invoice BEGIN SELECT RAISE(ABORT, 'kept'); END;
