//! Copies of documents for other programs: in a place in memory that only this user can read, gone at the lock. What the other
//! program makes of it is out of our hands, and the page says so.

use crate::{
    failure::{Answer, Failure},
    folders,
};
use std::{
    collections::HashMap,
    path::Path,
    process::{Command, Stdio},
    sync::{Mutex, MutexGuard, PoisonError},
};
use tempfile::TempDir;

/// What is a paper and no program: what a desktop would run is not handed to it.
const PAPERS: &[&str] = &[
    "pdf", "png", "jpg", "jpeg", "txt", "csv", "odt", "ods", "odp", "doc", "docx", "xls", "xlsx",
    "ppt", "pptx", "rtf",
];

/// By document.
#[derive(Default)]
pub struct Outside(Mutex<HashMap<String, TempDir>>);

impl Outside {
    /// Writes the copy and lets the desktop choose a program for it. `still` is asked once the copy lies where a closing vault finds it:
    /// one that closed before has looked for it in vain.
    pub async fn open(
        &self,
        entry: &str,
        (name, bytes): (&str, &[u8]),
        still: impl AsyncFnOnce() -> Answer<()>,
    ) -> Answer<()> {
        let end = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        if !PAPERS.contains(&&*end) {
            return Err(Failure::new("no_program"));
        }
        let failed = |_| Failure::new("io");
        let place = folders::in_memory().map_err(failed)?;
        let name: String = name
            .chars()
            .map(|c| if c == '/' || c.is_control() { '_' } else { c })
            .collect();
        let path = place.path().join(format!("_{name}"));
        std::fs::write(&path, bytes).map_err(failed)?;
        self.copies().insert(entry.to_owned(), place);
        let given = match still().await {
            Ok(()) => hand_over(&path),
            refused => refused,
        };
        if given.is_err() {
            self.close(entry);
        }
        given
    }

    /// Destroys one copy.
    pub fn close(&self, entry: &str) {
        self.copies().remove(entry);
    }

    /// Destroys every copy.
    pub fn close_all(&self) {
        self.copies().clear();
    }

    fn copies(&self) -> MutexGuard<'_, HashMap<String, TempDir>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn hand_over(path: &Path) -> Answer<()> {
    let mut viewer = Command::new("xdg-open");
    viewer.arg(path).stdin(Stdio::null());
    viewer.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = viewer.spawn().map_err(|_| Failure::new("no_program"))?;
    std::thread::spawn(move || child.wait());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn place_of(outside: &Outside) -> Option<PathBuf> {
        let copies = outside.copies();
        copies.values().next().map(|place| place.path().to_owned())
    }

    #[tokio::test]
    async fn a_vault_that_closes_while_a_copy_is_made_leaves_none() {
        let outside = Outside::default();
        let mut lay = None;
        let given = outside
            .open("een", ("brief.txt", b"vertrouwelijk"), async || {
                lay = place_of(&outside);
                Err(Failure::new("vault_closed"))
            })
            .await;
        assert_eq!(
            given.err().map(|failure| failure.code).as_deref(),
            Some("vault_closed")
        );
        assert!(place_of(&outside).is_none() && lay.is_some_and(|place| !place.exists()));
    }
}
