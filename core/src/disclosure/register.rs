//! The register: who asked what about whom, what was decided, and who was told what, across the practice.

use crate::{
    access::{Denial, Text},
    audit::EventKind,
    dossier::{DisclosureRecord, EntryContent, Reveal, display_name},
    error::Error,
    ids::{DossierId, EntryId},
    session::Practice,
    store::{self, dossier::DossierRow},
};
use std::collections::{HashMap, hash_map::Entry};
use zeroize::Zeroizing;

/// One line of the register.
pub struct Registered {
    /// Whom it is about.
    pub dossier: DossierId,
    /// The name of the dossier.
    pub name: Text,
    /// The entry.
    pub entry: EntryId,
    /// What an update must state.
    pub revision: i64,
    /// Who asks, what is asked, when it came and by when it is to be answered.
    pub content: Zeroizing<EntryContent>,
    /// What became of it; of what went out, the values that this user may see.
    pub record: Zeroizing<DisclosureRecord>,
}

impl Registered {
    /// Whether it is still to be decided, and here.
    pub fn is_open(&self) -> bool {
        self.record.is_open() && self.content.origin.is_none()
    }
}

impl Practice {
    /// The register, newest first, of what this user may read: of one dossier, or of all. Logged.
    pub async fn disclosures(&self, of: Option<DossierId>) -> Result<Vec<Registered>, Error> {
        self.rights().decide_work()?;
        if let Some(id) = of {
            self.dossier_row(id).await?;
        }
        let rows = store::entry::disclosures(&mut *self.store.read().await?).await?;
        let (mut register, mut dossiers) = (Vec::new(), HashMap::new());
        for entry in rows
            .iter()
            .filter(|row| of.is_none_or(|id| id == row.dossier_id))
        {
            if let Entry::Vacant(place) = dossiers.entry(entry.dossier_id) {
                place.insert(self.listed_dossier(entry.dossier_id).await?);
            }
            let Some(Some((row, name))) = dossiers.get(&entry.dossier_id) else {
                continue;
            };
            let content = match self.open_entry(row, &entry.field, entry) {
                Ok(content) => content,
                Err(Error::Denied(_)) => continue,
                Err(error) => return Err(error),
            };
            let mut content = self.as_shown(row, &entry.field, content);
            let Some(record) = content.disclosure.take() else {
                continue;
            };
            register.push(Registered {
                dossier: row.id,
                name: name.clone(),
                entry: entry.id,
                revision: entry.revision,
                content: Zeroizing::new(content),
                record: Zeroizing::new(record.into_inner()),
            });
        }
        let event = self.event(EventKind::Listed).part("disclosures");
        self.log_soon(event.count(register.len())).await?;
        Ok(register)
    }

    /// A dossier with its name; nothing of one that is in the bin, or not this user's.
    async fn listed_dossier(&self, id: DossierId) -> Result<Option<(DossierRow, Text)>, Error> {
        let row = match self.dossier_row(id).await {
            Ok(row) if row.binned_at == 0 => row,
            Ok(_) | Err(Error::NotFound | Error::Denied(Denial::Circle)) => return Ok(None),
            Err(error) => return Err(error),
        };
        let (view, _) = self.view(id, Reveal::Nothing).await?;
        Ok(Some((row, Zeroizing::new(display_name(&view)))))
    }
}
