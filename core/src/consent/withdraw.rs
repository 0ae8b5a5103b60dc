//! Taking a consent back: one action, as easy as giving.

use super::{
    age::{Capacity, may_withdraw},
    content::{Giver, Withdrawal, digest},
    give::{CONSENTS, birth, day},
};
use crate::{
    access::{Act, View},
    audit::EventKind,
    catalogue,
    dossier::Reveal,
    error::Error,
    ids::{DossierId, EntryId},
    session::Practice,
};

/// How a consent is taken back. The person, orally and today, where nothing is said.
#[derive(Clone, Debug, Default)]
pub struct Withdrawing {
    /// The entry of whoever does it for the person.
    pub by: Option<EntryId>,
    /// In writing.
    pub written: bool,
    /// A note.
    pub note: String,
}

/// What came of it.
#[derive(Debug)]
pub struct Withdrawn {
    /// Of which dossier.
    pub dossier: DossierId,
    /// Fields that hold something and have no ground any more, as far as this user sees them: to be emptied, or to rest on another
    /// ground.
    pub left: Vec<&'static str>,
}

impl Practice {
    /// Takes a consent back. What rested on it stops at once.
    pub async fn withdraw_consent(
        &self,
        id: EntryId,
        how: &Withdrawing,
    ) -> Result<Withdrawn, Error> {
        let dossier = self.entry_row(id).await?.0.id;
        let (view, _) = self.view(dossier, Reveal::Nothing).await?;
        let mut write = self.store.write().await?;
        let (row, entry) = self.entry_row_in(write.conn(), id).await?;
        if entry.field != CONSENTS {
            return Err(Error::NotFound);
        }
        let mut content = self.open_entry(&row, &entry.field, &entry)?;
        let consent = content.consent.as_mut().ok_or(Error::NotFound)?;
        if consent.withdrawn.is_some() {
            return Err(Error::refused("consent", "withdrawn_already"));
        }
        let withdrawal = Withdrawal {
            on: self.today(),
            by: self.withdrawer(&view, how.by, &consent.given.by).await?,
            means: if how.written { "writing" } else { "oral" }.to_owned(),
            note: how.note.trim().to_owned(),
        };
        let event = self
            .event(EventKind::ConsentWithdrawn)
            .content(digest(&withdrawal)?);
        let scope = consent.given.scope.clone();
        consent.withdrawn = Some(withdrawal);
        self.change_entry(write, &row, entry, (content, None), event)
            .await?;
        // It is withdrawn from the commit on, whatever becomes of the list of what it leaves.
        let left = self.left_without(dossier, &scope).await;
        let left = left.unwrap_or_else(|error| {
            tracing::warn!(%error, "what rested on a consent could not be listed");
            Vec::new()
        });
        Ok(Withdrawn { dossier, left })
    }

    /// Who takes it back: whoever was named, else the person; of a child that may not, whoever gave it.
    async fn withdrawer(
        &self,
        view: &View,
        by: Option<EntryId>,
        gave: &Giver,
    ) -> Result<Giver, Error> {
        let today = day("on", &self.today())?;
        let giver = self.giver(view, by, &today.to_string()).await?;
        let capacity = Capacity::of(&giver.capacity).ok_or(Error::NotFound)?;
        match may_withdraw(birth(view), capacity, today) {
            Ok(()) => Ok(giver),
            Err(_) if by.is_none() && !gave.entry.is_empty() => Ok(gave.clone()),
            Err(reason) => Err(Error::refused("by", reason)),
        }
    }

    /// Fields among these that hold something without a ground.
    async fn left_without(
        &self,
        dossier: DossierId,
        scope: &[String],
    ) -> Result<Vec<&'static str>, Error> {
        let special = scope.iter().filter_map(|one| catalogue::field(one));
        let mut left = Vec::new();
        for def in special.filter(|def| def.is_special()) {
            if self.is_filled(dossier, def).await?
                && !self.is_kept_on(dossier, &Act::Record(def.id)).await?
            {
                left.push(def.id);
            }
        }
        Ok(left)
    }
}
