//! The erasure ledger at a sign-in: whoever was erased does not come back with an older database.

use crate::{
    audit::EventKind,
    error::Error,
    session::Practice,
    store::{self, erasure},
};
use std::collections::HashSet;

impl Practice {
    /// Makes the database and the file beside it agree: what only the file knows was erased after this database was backed up,
    /// and is erased again; what only the database knows is added to the file.
    pub(super) async fn settle_erasures(&self) -> Result<(), Error> {
        let ledger = erasure::read(&self.folder, &self.store_key)?;
        let noted = erasure::all(&mut *self.store.read().await?).await?;
        let known: HashSet<_> = noted.iter().map(|one| one.id).collect();
        let (kept, again): (Vec<_>, Vec<_>) = ledger
            .erasures
            .into_iter()
            .partition(|one| known.contains(&one.id));
        if !again.is_empty() || ledger.damaged > 0 {
            self.erase_again(&again, ledger.damaged).await?;
        }
        let kept: HashSet<_> = kept.iter().map(|one| one.id).collect();
        if kept.len() < noted.len() || ledger.damaged > 0 {
            let all = erasure::all(&mut *self.store.read().await?).await?;
            erasure::rewrite(&self.folder, &self.store_key, &all)?;
        }
        Ok(())
    }

    /// Erases again, and tells the log; also of lines that say nothing any more.
    async fn erase_again(&self, again: &[erasure::Erasure], damaged: usize) -> Result<(), Error> {
        let (mut write, mut sealed) = (self.store.write().await?, Vec::new());
        for one in again {
            sealed.extend(erasure::replay(write.conn(), one).await?);
        }
        let event = self.event(EventKind::ErasuresReplayed);
        let replayed = event.clone().count(again.len());
        self.log(&mut write, replayed).await?;
        if damaged > 0 {
            let lines = event.count(damaged).refused().reason("damaged");
            self.log(&mut write, lines).await?;
        }
        write.commit().await?;
        store::files::remove(&self.folder, &sealed)?;
        Ok(self.store.fold_log().await?)
    }
}
