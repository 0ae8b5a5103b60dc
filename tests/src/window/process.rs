//! Helper processes that end when they are no longer needed, with all that they started.

use rustix::process::{Pid, Signal, kill_process_group};
use std::{
    io::{self, BufRead, BufReader},
    os::unix::process::CommandExt,
    process::{Child, Command, Stdio},
};

/// A process with a group of its own.
pub struct Group(Child);

impl Group {
    /// Starts it.
    pub fn start(command: &mut Command) -> io::Result<Self> {
        command.process_group(0).stdin(Stdio::null()).spawn().map(Self)
    }

    /// The first line it prints.
    pub fn first_line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        if let Some(out) = self.0.stdout.as_mut() {
            BufReader::new(out).read_line(&mut line)?;
        }
        Ok(line.trim().to_owned())
    }

    /// Its process id, which is that of the group.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Asks the group to end, as a system that shuts down does.
    pub fn terminate(&self) {
        self.signal(Signal::TERM);
    }

    /// Waits for its end.
    pub fn wait(&mut self) -> io::Result<std::process::ExitStatus> {
        self.0.wait()
    }

    fn signal(&self, signal: Signal) {
        let _ = i32::try_from(self.0.id()).ok().and_then(Pid::from_raw).map(|id| kill_process_group(id, signal));
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.signal(Signal::KILL);
        let _ = self.0.wait();
    }
}

/// A screen in memory, with a number that was free.
pub struct Screen {
    _server: Group,
    /// As in `DISPLAY`.
    pub display: String,
}

impl Screen {
    /// Starts a server that listens on a unix socket only.
    pub fn start() -> io::Result<Self> {
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", "1440x1000x24", "-nolisten", "tcp"]);
        let mut server = Group::start(command.stdout(Stdio::piped()).stderr(Stdio::null()))?;
        let display = format!(":{}", server.first_line()?);
        Ok(Self { _server: server, display })
    }
}
