//! This test binary started again as a process of its own, to be killed or to be looked into.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
};

const FOLDER: &str = "DOSSIERKLUIS_RESPAWN_FOLDER";
const TURN: &str = "DOSSIERKLUIS_RESPAWN_TURN";

/// Starts one test of this binary with a folder to work in; its standard output can be read.
pub fn start(test: &str, folder: &Path, turn: usize) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .env(TURN, turn.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap()
}

/// The folder and the turn, in a process that was started so.
pub fn given() -> Option<(std::path::PathBuf, usize)> {
    Some((
        std::env::var_os(FOLDER)?.into(),
        std::env::var(TURN).ok()?.parse().ok()?,
    ))
}
