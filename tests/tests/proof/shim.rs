//! A process of this test, with a fault between it and the disk.

use crate::acts::stick;
use std::{
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    sync::OnceLock,
};

/// Which act a process of its own is to do, in which folder, and what it touches when the faults may begin.
const ACT: &str = "PROOF_ACT";
const FOLDER: &str = "PROOF_FOLDER";
const ARM: &str = "FAULT_ARM";

/// What goes wrong.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    Kill,
    Torn,
    Io,
    Full,
    ReadOnly,
    Gone,
    /// The place where a backup goes is gone, and the rest is there.
    Stick,
    Slow,
}

impl Fault {
    pub const ALL: [Self; 8] = [
        Self::Kill,
        Self::Torn,
        Self::Io,
        Self::Full,
        Self::ReadOnly,
        Self::Gone,
        Self::Stick,
        Self::Slow,
    ];

    /// As `fault.c` calls it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Kill => "kill",
            Self::Torn => "torn",
            Self::Io => "io",
            Self::Full => "full",
            Self::ReadOnly => "readonly",
            Self::Gone => "gone",
            Self::Stick => "stick",
            Self::Slow => "slow",
        }
    }
}

/// How a process ended.
pub struct Ended {
    pub status: ExitStatus,
    /// Its act was acknowledged.
    pub done: bool,
    /// What it said in place of that.
    pub error: String,
    /// Calls to the disk, where it came to its end.
    pub calls: usize,
}

/// Compiles what stands between program and disk.
fn library() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fault.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/proof/fault.c");
        let made = Command::new("cc")
            .args(["-O1", "-shared", "-fPIC", "-o"])
            .args([&library, &source])
            .arg("-ldl")
            .status()
            .unwrap();
        assert!(made.success());
        library
    })
}

/// Lets an act be done in a process of its own, with a fault at the n-th call; 0 for none.
pub fn run(act: &str, folder: &Path, (fault, at): (Fault, usize)) -> Ended {
    let (arm, tally) = (folder.with_extension("arm"), folder.with_extension("tally"));
    let _ = std::fs::remove_file(&arm);
    let mut command = Command::new(std::env::current_exe().unwrap());
    if fault == Fault::Stick {
        command.env("FAULT_UNDER", stick(folder));
    }
    let ended = command
        .env(ACT, act)
        .env(FOLDER, folder)
        .env(ARM, &arm)
        .env("LD_PRELOAD", library())
        .env("FAULT_KIND", fault.word())
        .env("FAULT_AT", at.to_string())
        .env("FAULT_TALLY", &tally)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ended.stdout);
    let calls = std::fs::read_to_string(&tally).unwrap_or_default();
    Ended {
        status: ended.status,
        done: said.lines().any(|line| line == "done"),
        error: String::from_utf8_lossy(&ended.stderr).trim().to_owned(),
        calls: calls.trim().parse().unwrap_or_default(),
    }
}

/// In such a process: the act, its folder, and what begins the faults.
pub fn asked() -> Option<(String, PathBuf, impl Fn())> {
    let act = std::env::var(ACT).ok()?;
    let folder = PathBuf::from(std::env::var_os(FOLDER)?);
    let arm = std::env::var_os(ARM)?;
    Some((act, folder, move || {
        drop(std::fs::File::create(&arm).unwrap())
    }))
}
