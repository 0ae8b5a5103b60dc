//! The bin: out of sight, restorable, erased for good after a term.

use super::{papers::refuse_issued, read::display_name};
use crate::{
    access::{Denial, Text},
    audit::EventKind,
    catalogue::{self, Level, Shape},
    error::Error,
    ids::{DossierId, EntryId},
    session::Practice,
    store::{self, dossier::DossierRow, entry::EntryRow, erasure::Erasure},
};
use zeroize::Zeroizing;

const DAY: i64 = 86_400_000;

/// What lies in the bin.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum BinnedWhat {
    /// A whole dossier.
    Dossier(DossierId),
    /// One entry.
    Entry(EntryId),
}

/// One thing in the bin.
pub struct BinItem {
    /// What.
    pub what: BinnedWhat,
    /// Kind of dossier, or entry list.
    pub kind: &'static str,
    /// Name of the dossier.
    pub name: Text,
    /// Since when, in ms.
    pub binned_at: i64,
    /// When it is erased for good, in ms.
    pub expires_at: i64,
}

impl Practice {
    /// Puts a dossier in the bin.
    pub async fn bin_dossier(&self, id: DossierId) -> Result<(), Error> {
        self.set_dossier_binned(id, self.now(), EventKind::DossierBinned)
            .await?;
        let entries = self.entry_ids(id).await?;
        self.memory_mut().remove(id, &entries);
        Ok(())
    }

    /// Takes a dossier out of the bin.
    pub async fn restore_dossier(&self, id: DossierId) -> Result<(), Error> {
        self.set_dossier_binned(id, 0, EventKind::DossierRestored)
            .await?;
        let row = self.dossier_row(id).await?;
        self.remember_again(&row).await?;
        for entry in store::entry::of_dossier(&mut *self.store.read().await?, id)
            .await?
            .iter()
            .filter(|entry| entry.binned_at == 0)
        {
            if let Ok(content) = self.open_entry(&row, &entry.field, entry) {
                self.remember_entry((id, entry.id), &entry.field, &content);
            }
        }
        Ok(())
    }

    /// Puts an entry in the bin.
    pub async fn bin_entry(&self, id: EntryId) -> Result<(), Error> {
        self.set_entry_binned(id, self.now(), EventKind::EntryBinned)
            .await?;
        self.memory_mut().remove_entry(id);
        Ok(())
    }

    /// Takes an entry out of the bin.
    pub async fn restore_entry(&self, id: EntryId) -> Result<(), Error> {
        self.set_entry_binned(id, 0, EventKind::EntryRestored)
            .await?;
        let (row, entry) = self.entry_row(id).await?;
        let content = self.open_entry(&row, &entry.field, &entry)?;
        self.remember_entry((row.id, id), &entry.field, &content);
        Ok(())
    }

    /// What this user finds in the bin, newest first.
    pub async fn bin(&self) -> Result<Vec<BinItem>, Error> {
        let term = self.bin_term().await?;
        let mut items = Vec::new();
        let circles: Vec<_> = self.rights().circles.iter().copied().collect();
        for circle in circles {
            for row in store::dossier::of_circle(&mut *self.store.read().await?, circle)
                .await?
                .iter()
                .filter(|row| row.binned_at > 0)
            {
                let name = self.binned_name(row.id).await?;
                let kind = catalogue::kind(&row.kind).map_or("", |kind| kind.id);
                items.push(BinItem {
                    what: BinnedWhat::Dossier(row.id),
                    kind,
                    name,
                    binned_at: row.binned_at,
                    expires_at: row.binned_at + term,
                });
            }
        }
        for entry in store::entry::binned(&mut *self.store.read().await?).await? {
            let Ok((row, entry)) = self.entry_row(entry.id).await else {
                continue;
            };
            let kind = catalogue::field(&entry.field).map_or("", |def| def.id);
            let name = self.binned_name(row.id).await?;
            items.push(BinItem {
                what: BinnedWhat::Entry(entry.id),
                kind,
                name,
                binned_at: entry.binned_at,
                expires_at: entry.binned_at + term,
            });
        }
        items.sort_by_key(|item| std::cmp::Reverse(item.binned_at));
        Ok(items)
    }

    /// Erases for good what has lain in the bin for its term and may be changed by this user. Gives how many.
    pub async fn empty_expired(&self) -> Result<usize, Error> {
        let now = self.now();
        let expired: Vec<_> = self
            .bin()
            .await?
            .into_iter()
            .filter(|item| item.expires_at <= now)
            .collect();
        let mut erased = 0;
        for item in expired {
            match item.what {
                BinnedWhat::Dossier(id) => {
                    erased += usize::from(self.erase_dossier(id, item.binned_at).await?);
                }
                BinnedWhat::Entry(id) => {
                    erased += usize::from(self.erase_entry(id, item.binned_at).await?);
                }
            }
        }
        if erased > 0 {
            self.store.fold_log().await?;
        }
        Ok(erased)
    }

    /// Erases a dossier that lies in the bin since then; not one that was taken out of it meanwhile.
    async fn erase_dossier(&self, id: DossierId, binned_at: i64) -> Result<bool, Error> {
        let mut write = self.store.write().await?;
        let row = self.dossier_row_in(write.conn(), id).await?;
        let may = self.permit(row.home(), row.whole(), Level::Edit).is_ok();
        if row.binned_at != binned_at || !may {
            return Ok(false);
        }
        if store::invoice::has_since(write.conn(), id, self.invoices_kept_since()).await? {
            // The bookkeeping is kept for its term; the dossier waits in the bin.
            return Ok(false);
        }
        let sealed = store::document::of_dossier(write.conn(), id).await?;
        store::dossier::erase(write.conn(), id).await?;
        let erasure = Erasure::of_dossier(id, self.now());
        store::erasure::note(write.conn(), &erasure).await?;
        self.log(&mut write, self.event(EventKind::DossierErased).about(id))
            .await?;
        write.commit().await?;
        store::erasure::append(&self.folder, &self.store_key, &[erasure])?;
        store::files::remove(&self.folder, &sealed)?;
        Ok(true)
    }

    async fn erase_entry(&self, id: EntryId, binned_at: i64) -> Result<bool, Error> {
        let (row, entry) = self.entry_row(id).await?;
        if self.permit(row.home(), &entry.field, Level::Edit).is_err() {
            return Ok(false);
        }
        let mut write = self.store.write().await?;
        if store::entry::get(write.conn(), id).await?.binned_at != binned_at {
            return Ok(false);
        }
        self.erase_with_files(write, &row, &entry).await?;
        Ok(true)
    }

    async fn binned_name(&self, id: DossierId) -> Result<Text, Error> {
        let (view, _) = self.view(id, super::Reveal::Nothing).await?;
        Ok(Zeroizing::new(display_name(&view)))
    }

    /// The first year of which invoices are still kept: seven years, from the end of their own (AWR art. 52).
    fn invoices_kept_since(&self) -> i64 {
        let year = self.today().get(..4).and_then(|year| year.parse().ok());
        year.unwrap_or(0_i64) - catalogue::INVOICE_YEARS
    }

    async fn bin_term(&self) -> Result<i64, Error> {
        Ok(i64::from(self.settings().await?.bin_days) * DAY)
    }

    async fn entry_ids(&self, id: DossierId) -> Result<Vec<EntryId>, Error> {
        Ok(store::entry::of_dossier(&mut *self.store.read().await?, id)
            .await?
            .iter()
            .map(|entry| entry.id)
            .collect())
    }

    async fn set_dossier_binned(
        &self,
        id: DossierId,
        at: i64,
        kind: EventKind,
    ) -> Result<(), Error> {
        let row = self.dossier_row(id).await?;
        self.permit(row.home(), row.whole(), Level::Edit)?;
        let mut write = self.store.write().await?;
        store::dossier::set_binned(write.conn(), id, at).await?;
        self.log(&mut write, self.event(kind).about(id)).await?;
        Ok(write.commit().await?)
    }

    async fn set_entry_binned(&self, id: EntryId, at: i64, kind: EventKind) -> Result<(), Error> {
        let (row, entry) = self.entry_row(id).await?;
        refuse_issued(&entry.field)?;
        self.refuse_registered(&row, &entry)?;
        if at != 0 {
            self.refuse_signed_paper(row.id, id).await?;
        }
        let event = self.event(kind).about(row.id).part(&entry.field).object(id);
        if self.permit(row.home(), &entry.field, Level::Edit).is_err() {
            return self.deny(event, Denial::ReadOnly).await;
        }
        let mut write = self.store.write().await?;
        // Taking out of the bin is recording again.
        if at == 0
            && let Some(def) = catalogue::field(&entry.field)
            && let Some(act) = self.open_entry(&row, def.id, &entry)?.act(def)
            && let Err(error) = self.founded(write.settled().await?, &row, &act).await
        {
            drop(write);
            return self.deny_unfounded(event, error).await;
        }
        store::entry::set_binned(write.conn(), id, at).await?;
        self.log(&mut write, event).await?;
        Ok(write.commit().await?)
    }

    /// Who was told something stands in the register as long as the dossier does.
    fn refuse_registered(&self, row: &DossierRow, entry: &EntryRow) -> Result<(), Error> {
        let shape = catalogue::field(&entry.field).and_then(catalogue::FieldDef::shape);
        if shape != Some(Shape::Disclosure) {
            return Ok(());
        }
        let content = self.open_entry(row, &entry.field, entry)?;
        match &content.disclosure {
            Some(record) if !record.is_open() => Err(Error::refused(&entry.field, "registered")),
            _ => Ok(()),
        }
    }
}
