//! Helper processes that end when they are no longer needed, with all that they started.

use super::Outcome;
use rustix::process::{Pid, Signal, kill_process_group};
use std::{
    fs,
    io::{self, BufRead, BufReader},
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Command, Stdio},
};
use x11rb::{
    CURRENT_TIME,
    connection::Connection,
    errors::ReplyError,
    protocol::xproto::{AtomEnum, ClientMessageEvent, ConnectionExt, EventMask},
};

/// A process with a group of its own.
pub struct Group(Child);

impl Group {
    /// Starts it.
    pub fn start(command: &mut Command) -> io::Result<Self> {
        command
            .process_group(0)
            .stdin(Stdio::null())
            .spawn()
            .map(Self)
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

    /// The process in the group that runs this program.
    pub fn member(&self, program: &Path) -> io::Result<Pid> {
        let runs =
            |id: &i32| fs::read_link(format!("/proc/{id}/exe")).is_ok_and(|exe| exe == program);
        let found = members(self.id())?.into_iter().find(runs);
        found
            .and_then(Pid::from_raw)
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// Waits for its end.
    pub fn wait(&mut self) -> io::Result<std::process::ExitStatus> {
        self.0.wait()
    }

    fn signal(&self, signal: Signal) {
        let _ = i32::try_from(self.0.id())
            .ok()
            .and_then(Pid::from_raw)
            .map(|id| kill_process_group(id, signal));
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.signal(Signal::KILL);
        let _ = self.0.wait();
    }
}

/// The processes of a group. Asked of `/proc`, because threads of the system have the group 0, which no wrapper accepts.
pub fn members(group: u32) -> io::Result<Vec<i32>> {
    let ids = fs::read_dir("/proc")?
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    Ok(ids.filter(|id| group_of(*id) == Some(group)).collect())
}

/// The third field after the name, which may itself hold spaces and brackets (proc(5)).
fn group_of(id: i32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let (_, rest) = stat.rsplit_once(')')?;
    rest.split_whitespace().nth(2)?.parse().ok()
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
        command.args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1440x1000x24",
            "-nolisten",
            "tcp",
        ]);
        let mut server = Group::start(command.stdout(Stdio::piped()).stderr(Stdio::null()))?;
        let display = format!(":{}", server.first_line()?);
        Ok(Self {
            _server: server,
            display,
        })
    }
}

impl Screen {
    /// Asks the windows on it to close, as the cross in the corner of one does.
    pub fn close_windows(&self) -> Outcome {
        let (screen, number) = x11rb::connect(Some(&self.display))?;
        let atom = |name: &str| {
            Ok::<_, ReplyError>(screen.intern_atom(false, name.as_bytes())?.reply()?.atom)
        };
        let (protocols, delete) = (atom("WM_PROTOCOLS")?, atom("WM_DELETE_WINDOW")?);
        let root = screen.setup().roots[number].root;
        for window in screen.query_tree(root)?.reply()?.children {
            let knows = screen
                .get_property(false, window, protocols, AtomEnum::ATOM, 0, 32)?
                .reply()?;
            if knows
                .value32()
                .is_some_and(|mut all| all.any(|one| one == delete))
            {
                let close =
                    ClientMessageEvent::new(32, window, protocols, [delete, CURRENT_TIME, 0, 0, 0]);
                screen
                    .send_event(false, window, EventMask::NO_EVENT, close)?
                    .check()?;
            }
        }
        Ok(())
    }
}

/// A message bus of one's own.
pub struct Bus {
    _daemon: Group,
    /// As in `DBUS_SESSION_BUS_ADDRESS`.
    pub address: String,
}

impl Bus {
    /// Starts it, on a unix socket in this directory.
    pub fn start(directory: &Path) -> io::Result<Self> {
        let listen = format!("--address=unix:path={}", directory.join("bus").display());
        let mut command = Command::new("dbus-daemon");
        command.args([
            "--session",
            "--nofork",
            "--nopidfile",
            "--print-address=1",
            &listen,
        ]);
        let mut daemon = Group::start(command.stdout(Stdio::piped()).stderr(Stdio::null()))?;
        let address = daemon.first_line()?;
        Ok(Self {
            _daemon: daemon,
            address,
        })
    }

    /// Sends a signal with a yes.
    pub fn say(&self, path: &str, member: &str) -> io::Result<()> {
        let address = format!("--bus={}", self.address);
        let sent = Command::new("dbus-send")
            .args([&address, "--type=signal", path, member, "boolean:true"])
            .status()?;
        if sent.success() {
            Ok(())
        } else {
            Err(io::Error::other("dbus-send failed"))
        }
    }
}
