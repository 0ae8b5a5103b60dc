//! The restore drill: a backup is restored in a private place, opened, checked to the last value, and destroyed again.

use super::{Locked, unlock::enter};
use crate::{
    audit::EventKind,
    crypto::{Opener, hex},
    dossier::Progress,
    error::Error,
    session::Practice,
    store::{Entrance, StoreError, erasure},
    transfer::backup::{
        Backup, Drill, Ear, Manifest, Workplace, check_folder, digest, finish_swap, restore,
        unpack, waiting_place, watched,
    },
};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicBool},
};

impl Practice {
    /// Tries a restore: unpacks the backup in a private place with what is on the sheet (or its password), replays the
    /// erasure ledger, signs in there as this user, checks everything that `verify` checks, and destroys it. The proof is kept
    /// with its date. It is the one check that also proves the paper.
    pub async fn drill(
        &self,
        backup: &Path,
        with: Opener,
        progress: &(dyn Fn(Progress) + Sync),
        cancelled: &Arc<AtomicBool>,
    ) -> Result<Drill, Error> {
        let refused = self.rights().decide_manage().err();
        if let Some(denial) = refused {
            return self
                .deny(self.event(EventKind::RestoreDrilled), denial)
                .await;
        }
        let work = Workplace::take(&self.folder)?;
        let room = work.room("drill")?;
        let ear = Ear {
            progress,
            cancelled,
            stopping: &|| self.is_stopping(),
        };
        let total = std::fs::metadata(backup).map_err(StoreError::from)?.len();
        let (from, into) = (backup.to_owned(), room.clone());
        let (sha256, manifest) = watched(("drill", total), ear, move |watch| {
            Ok((digest(&from)?, unpack(&from, &with, &into, true, watch)?))
        })
        .await?;
        let (findings, opened) = self.try_out(&room, &manifest).await?;
        drop(work);
        let drill = Drill {
            at: self.now(),
            backup: manifest.made_at,
            sha256: hex(&sha256),
            dossiers: manifest.dossiers,
            documents: manifest.documents(),
            opened,
            findings,
        };
        self.note_drill(&drill).await?;
        Ok(drill)
    }

    /// Checks a restored folder from outside, then signs in there. Gives what is wrong, and how many values were opened.
    async fn try_out(
        &self,
        room: &Path,
        manifest: &Manifest,
    ) -> Result<(Vec<String>, usize), Error> {
        let checked = check_folder(room, &self.store_key).await?;
        let mut findings = checked.findings;
        let found = (
            checked.contents.dossiers,
            checked.contents.entries,
            checked.contents.log,
        );
        if found != (manifest.dossiers, manifest.entries, manifest.log) {
            findings.push("backup:contents".to_owned());
        }
        erasure::carry_over(&self.folder, room)?;
        let copy = self.enter_copy(room.to_owned()).await?;
        let proof = copy.verify().await;
        copy.lock().await?;
        let proof = proof?;
        let new = proof.findings.into_iter();
        let new: Vec<String> = new.filter(|one| !findings.contains(one)).collect();
        findings.extend(new);
        Ok((findings, proof.opened))
    }

    /// Signs in as this user, with the keys of this session: who was not there yet cannot try it.
    async fn enter_copy(&self, room: PathBuf) -> Result<Self, Error> {
        let locked = Locked::open(&room, Arc::clone(&self.clock), &self.workstation)?;
        let secrets = self.ring().secrets();
        let entered = Box::pin(enter(
            locked,
            self.user,
            secrets,
            (Entrance::Password, EventKind::SignedIn),
        ))
        .await;
        entered.map_err(|(_, error)| match error {
            Error::WrongPassword | Error::Blocked => Error::refused("user", "not_in_backup"),
            other => other,
        })
    }

    /// Restores a backup into the place beside this practice where it waits to take its place (`swap_in`), once this one is
    /// locked. The log of this practice, which is kept, has that it began.
    pub async fn prepare_restore(
        &self,
        backup: &Path,
        with: Opener,
        progress: &(dyn Fn(Progress) + Sync),
        cancelled: &Arc<AtomicBool>,
    ) -> Result<Manifest, Error> {
        let refused = self.rights().decide_manage().err();
        if let Some(denial) = refused {
            return self.deny(self.event(EventKind::Restored), denial).await;
        }
        let waiting = waiting_place(&self.folder);
        // What a restore left that was never ended; nothing of others.
        finish_swap(&self.folder)?;
        let present = Some(&*self.folder);
        let manifest = restore(backup, &waiting, with, present, progress, cancelled).await?;
        self.log_now(self.event(EventKind::Restored).reason("begun"))
            .await?;
        Ok(manifest)
    }

    /// The newest backup that is where it was put, for a drill or a restore.
    pub async fn newest_backup(&self) -> Result<Backup, Error> {
        let mut kept = self.backup_state().await?.kept;
        kept.sort_by_key(|backup| backup.at);
        let there = kept
            .into_iter()
            .rev()
            .find(|backup| Path::new(&backup.path).is_file());
        there.ok_or(Error::NotFound)
    }
}
