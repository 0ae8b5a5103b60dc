-- Who plays which part, found from the one who plays it.
CREATE INDEX entry_parts ON entry (dossier_id, id) WHERE field = 'roles' AND binned_at = 0;
