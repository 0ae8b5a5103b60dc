//! Who plays which part, seen from the one who plays it: the part itself stands with the other (row B2).

use super::load::Base;
use crate::{
    access::Text,
    audit::EventKind,
    error::Error,
    ids::{DossierId, EntryId},
    session::Practice,
    store,
};

/// A part that is played in another dossier.
pub struct PlayedPart {
    /// Where it stands.
    pub dossier: DossierId,
    /// The name of that dossier.
    pub name: Text,
    /// Its kind.
    pub kind: String,
    /// Which entry.
    pub entry: EntryId,
    /// One of [`super::PARTS`].
    pub role: String,
}

impl Practice {
    /// The parts that somebody plays in other dossiers, of what this user may read; by name.
    pub async fn parts_played(&self, player: DossierId) -> Result<Vec<PlayedPart>, Error> {
        self.dossier_row(player).await?;
        let wanted = player.to_string();
        let mut conn = self.store.read().await?;
        let mut parts = Vec::new();
        for row in store::entry::parts(&mut conn).await? {
            let dossier = store::dossier::get(&mut conn, row.dossier_id).await?;
            if dossier.binned_at > 0 {
                continue;
            }
            let content = self.entry_content(&row, &Base::of(&dossier))?;
            let Some(content) = content.filter(|one| one.dossier.as_ref() == Some(&wanted)) else {
                continue;
            };
            parts.push((dossier, row.id, content.role.clone().unwrap_or_default()));
        }
        drop(conn);
        let mut played = Vec::new();
        for (dossier, entry, role) in parts {
            played.push(PlayedPart {
                dossier: dossier.id,
                name: Text::new(self.line(&dossier).await?.name),
                kind: dossier.kind,
                entry,
                role,
            });
        }
        self.log_soon(self.event(EventKind::Listed).count(played.len()))
            .await?;
        played.sort_by(|a, b| (&*a.name, a.entry).cmp(&(&*b.name, b.entry)));
        Ok(played)
    }
}
