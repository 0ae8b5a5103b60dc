//! A home directory of one's own: whatever the program writes anywhere, it writes in here.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;

/// Everything that a window under test may touch.
pub struct Home {
    root: TempDir,
}

impl Home {
    /// Makes it, empty.
    pub fn make() -> io::Result<Self> {
        let home = Self {
            root: tempfile::Builder::new().prefix("kluis-e2e-").tempdir()?,
        };
        for part in [
            "home", "data", "config", "cache", "state", "run", "tmp", "files",
        ] {
            fs::create_dir(home.path(part))?;
        }
        Ok(home)
    }

    /// One of its parts.
    pub fn path(&self, part: &str) -> PathBuf {
        self.root.path().join(part)
    }

    /// The whole of it.
    pub fn root(&self) -> &Path {
        self.root.path()
    }

    /// The practice folder.
    pub fn practice(&self) -> PathBuf {
        self.path("data").join("dossierkluis").join("practice")
    }

    /// What the file dialog of the test build will answer.
    pub fn answer_dialog(&self, dialog: &str, path: &Path) -> io::Result<()> {
        fs::write(self.path("files").join(dialog), path.display().to_string())
    }

    /// Points a command here, and away from the desktop that the test runs on.
    pub fn furnish<'a>(&self, command: &'a mut Command, display: &str) -> &'a mut Command {
        let places = [
            ("HOME", "home"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_STATE_HOME", "state"),
            ("TMPDIR", "tmp"),
        ];
        for (name, part) in places {
            command.env(name, self.path(part));
        }
        for foreign in ["WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "XDG_SESSION_ID"] {
            command.env_remove(foreign);
        }
        // No bus: a bare machine has none, and none may be needed.
        let nowhere = format!("unix:path={}", self.path("run").join("nowhere").display());
        command
            .env("DBUS_SESSION_BUS_ADDRESS", &nowhere)
            .env("DBUS_SYSTEM_BUS_ADDRESS", nowhere);
        command
            .env("DISPLAY", display)
            .env("LANG", "nl_NL.UTF-8")
            .env("GDK_BACKEND", "x11")
            .env("NO_AT_BRIDGE", "1")
    }

    /// Every file in it, whole.
    pub fn files(&self) -> io::Result<Vec<(PathBuf, Vec<u8>)>> {
        let (mut found, mut left) = (Vec::new(), vec![self.root().to_owned()]);
        while let Some(directory) = left.pop() {
            for entry in fs::read_dir(directory)? {
                let entry = entry?;
                match entry.file_type()? {
                    kind if kind.is_dir() => left.push(entry.path()),
                    kind if kind.is_file() => found.push((entry.path(), fs::read(entry.path())?)),
                    _ => {}
                }
            }
        }
        Ok(found)
    }
}
