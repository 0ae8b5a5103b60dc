-- What ends and is announced: consents, other grounds and the right to speak for somebody as well.
DROP INDEX entry_ending;
CREATE INDEX entry_ending ON entry (field)
    WHERE field IN ('trainings', 'certificates', 'consents', 'grounds', 'representatives', 'authorisations');
