//! Making a backup while people work, and proving it: what was written is read back from its place, opened, and checked as a
//! practice.

use super::{
    Backup, check_folder,
    pack::{PART, Packing, Written},
    plan::backup_name,
    unpack,
    work::{Ear, Workplace, watched},
};
use crate::{
    audit::EventKind,
    crypto::{Outward, hex},
    dossier::Progress,
    error::Error,
    session::Practice,
    store::{self, Contents, DATABASE, StoreError, files},
};
use std::{
    fs,
    path::Path,
    sync::{Arc, atomic::AtomicBool},
};

const DAY: i64 = 86_400_000;
/// A backup that is nowhere to be found (its stick is elsewhere) is forgotten after so many ms.
const FORGET: i64 = 400 * DAY;

impl Practice {
    /// Makes a backup by hand at a place of its own, for whom it says, and proves it. Nothing is ever overwritten.
    pub async fn back_up(
        &self,
        path: &Path,
        to: Outward,
        progress: &(dyn Fn(Progress) + Sync),
        cancelled: &Arc<AtomicBool>,
    ) -> Result<Backup, Error> {
        let refused = self.rights().decide_manage().err();
        if let Some(denial) = refused {
            return self.deny(self.event(EventKind::BackupMade), denial).await;
        }
        let made = self.prove(path, to, progress, cancelled).await?;
        let backup = Backup {
            aside: true,
            ..made
        };
        self.note_backup(&backup).await?;
        Ok(backup)
    }

    /// Makes the next backup of the plan and puts away those that need not be kept any longer. Anybody's session does: what it
    /// writes opens for the sheets of the administrators alone.
    pub async fn back_up_as_planned(
        &self,
        progress: &(dyn Fn(Progress) + Sync),
        cancelled: &Arc<AtomicBool>,
    ) -> Result<Backup, Error> {
        self.rights().decide_work()?;
        match self.back_up_into_folder(progress, cancelled).await {
            Ok(backup) => {
                self.note_backup(&backup).await?;
                self.rotate().await?;
                Ok(backup)
            }
            // Whoever stopped it knows.
            Err(Error::Cancelled) => Err(Error::Cancelled),
            Err(error) => {
                self.note_failure(&error).await?;
                Err(error)
            }
        }
    }

    async fn back_up_into_folder(
        &self,
        progress: &(dyn Fn(Progress) + Sync),
        cancelled: &Arc<AtomicBool>,
    ) -> Result<Backup, Error> {
        let plan = self.backup_plan().await?;
        let folder = Path::new(&plan.folder);
        // Where a stick is not in, its place is not to be filled with a folder.
        if plan.folder.is_empty() || !folder.is_dir() {
            return Err(Error::refused("backup_folder", "no_folder"));
        }
        sweep_parts(folder, self.now());
        let to = self.backup_recipients().await?;
        let path = folder.join(backup_name(self.now()));
        self.prove(&path, to, progress, cancelled).await
    }

    /// Writes a backup, reads it back, checks it, and only then puts it in its place.
    async fn prove(
        &self,
        path: &Path,
        to: Outward,
        progress: &(dyn Fn(Progress) + Sync),
        cancelled: &Arc<AtomicBool>,
    ) -> Result<Backup, Error> {
        self.refuse_own_folder(path)?;
        if path.exists() {
            return Err(Error::Export("exists"));
        }
        let work = Workplace::take(&self.folder)?;
        let ear = Ear {
            progress,
            cancelled,
            stopping: &|| self.is_stopping(),
        };
        let at = self.now();
        let (contents, written) = self.write_aside(&work, path, at, to, ear).await?;
        self.refuse_missing(&contents, &written).await?;
        let written = self.read_back(&work, &contents, written, ear).await?;
        let size = length(written.file.path())?;
        store::put_in_place(written.file, path)?;
        Ok(Backup {
            at,
            path: path.to_string_lossy().into_owned(),
            size,
            sha256: hex(&written.sha256),
            dossiers: contents.dossiers,
            documents: written.manifest.documents(),
            log: contents.log,
            aside: false,
        })
    }

    /// Writes it beside its place.
    async fn write_aside(
        &self,
        work: &Workplace,
        path: &Path,
        made_at: i64,
        to: Outward,
        ear: Ear<'_>,
    ) -> Result<(Contents, Written), Error> {
        self.log_pending().await?;
        let snapshot = work.room("out")?;
        let contents = self
            .store
            .snapshot(&self.folder, &snapshot, &self.store_key)
            .await?;
        let sealed = contents
            .files
            .iter()
            .map(|id| files::path(&self.folder, *id));
        let total = length(&snapshot.join(DATABASE))?
            + sealed.filter_map(|path| length(&path).ok()).sum::<u64>();
        let packing = Packing {
            practice: self.folder.clone(),
            snapshot: snapshot.clone(),
            contents: contents.clone(),
            made_at,
        };
        let path = path.to_owned();
        let written = watched(("backup", total), ear, move |watch| {
            packing.write(&path, &to, watch)
        })
        .await?;
        fs::remove_dir_all(snapshot).map_err(StoreError::from)?;
        Ok((contents, written))
    }

    /// A sealed file that was not there to be packed must have been destroyed meanwhile.
    async fn refuse_missing(&self, contents: &Contents, written: &Written) -> Result<(), Error> {
        if written.manifest.documents() == contents.files.len() {
            return Ok(());
        }
        let mut conn = self.store.read().await?;
        for id in &contents.files {
            let packed = written.manifest.has_document(*id);
            if !packed && store::document::is_known(&mut conn, *id).await? {
                return Err(Error::Store(StoreError::Damaged("document")));
            }
        }
        Ok(())
    }

    /// Opens what was written, from the disk, and checks what comes out as a practice.
    async fn read_back(
        &self,
        work: &Workplace,
        contents: &Contents,
        written: Written,
        ear: Ear<'_>,
    ) -> Result<Written, Error> {
        let back = work.room("back")?;
        let (into, total) = (back.clone(), length(written.file.path())?);
        let (written, found) = watched(("backup_check", total), ear, move |watch| {
            let found = unpack(written.file.path(), &written.check, &into, false, watch)?;
            Ok((written, found))
        })
        .await?;
        let checked = check_folder(&back, &self.store_key).await?;
        if !checked.findings.is_empty() {
            return Err(Error::Store(StoreError::Damaged("database")));
        }
        if found == written.manifest && checked.contents == *contents {
            Ok(written)
        } else {
            Err(Error::Store(StoreError::Damaged("backup")))
        }
    }

    /// Removes backups of the plan that need not be kept any longer.
    async fn rotate(&self) -> Result<(), Error> {
        let (plan, state) = (self.backup_plan().await?, self.backup_state().await?);
        let (surplus, now) = (plan.surplus(&state.kept), self.now());
        let gone: Vec<&Backup> = surplus
            .into_iter()
            .filter_map(|at| state.kept.get(at))
            .filter(|backup| put_away(backup, now))
            .collect();
        if gone.is_empty() {
            return Ok(());
        }
        let mut write = self.store.write().await?;
        self.change_backup_state(&mut write, |state| {
            state.kept.retain(|backup| !gone.contains(&backup));
        })
        .await?;
        Ok(write.commit().await?)
    }
}

/// Removes the file of a backup, where it is still the one that was made; tells whether it can be forgotten.
fn put_away(backup: &Backup, now: i64) -> bool {
    let path = Path::new(&backup.path);
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() && found.len() == backup.size => fs::remove_file(path).is_ok(),
        // Something else has its name.
        Ok(_) => true,
        Err(_) => now - backup.at > FORGET,
    }
}

/// Removes what a backup that was cut off left beside its place, once it is surely nobody's any more: others may back up into the
/// same folder.
fn sweep_parts(folder: &Path, now: i64) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(PART);
        let changed = entry.metadata().and_then(|found| found.modified());
        let changed =
            changed.map(|at| chrono::DateTime::<chrono::Utc>::from(at).timestamp_millis());
        if ours && changed.is_ok_and(|at| now - at > DAY) && fs::remove_file(entry.path()).is_err()
        {
            tracing::warn!("what a backup left behind could not be removed");
        }
    }
}

fn length(path: &Path) -> Result<u64, StoreError> {
    Ok(fs::metadata(path)?.len())
}
