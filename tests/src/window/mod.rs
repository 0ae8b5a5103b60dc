//! Drives the real window: the program itself, its web view and its pages, on a screen in memory.
//!
//! Needs `Xvfb`, `WebKitWebDriver` and the program built with `--features e2e`; works as root and without D-Bus.

mod home;
mod memory;
mod page;
mod process;
mod steps;

pub use home::Home;
pub use process::{Bus, Group, Screen, members};
pub use steps::PASSWORD;

use rustix::process::{Signal, kill_process};
use std::{
    env, fs, io,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};
use thirtyfour::{Capabilities, WebDriver};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::{sleep, timeout},
};

/// A test fails with whatever went wrong.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// How long a session may take to come about: a driver that hangs must not hang the tests.
const SESSION: Duration = Duration::from_secs(40);
/// Two cores do not carry more web views well.
static TURNS: Semaphore = Semaphore::const_new(2);

/// How to start a window.
#[derive(Default)]
pub struct Options {
    /// Seconds without input until it locks.
    pub lock_seconds: Option<u64>,
    /// Log everything to `log` in the home directory.
    pub trace: bool,
    /// The address of a D-Bus, as both the user's and the system's.
    pub bus: Option<String>,
}

/// A running window. Fields are dropped in order: the session, the program, the screen, the files, the turn.
pub struct Window {
    /// The WebDriver session.
    pub driver: WebDriver,
    program: Group,
    screen: Screen,
    /// Its files.
    pub home: Home,
    options: Options,
    _turn: SemaphorePermit<'static>,
}

impl Window {
    /// A window on an empty home.
    pub async fn open() -> Outcome<Self> {
        Self::open_with(Options::default()).await
    }

    /// A window on an empty home, started in a particular way.
    pub async fn open_with(options: Options) -> Outcome<Self> {
        let turn = TURNS.acquire().await?;
        let (home, screen) = (Home::make()?, Screen::start()?);
        let (program, driver) = start(&home, &screen, &options).await?;
        Ok(Self {
            driver,
            program,
            screen,
            home,
            options,
            _turn: turn,
        })
    }

    /// Asks the program to end, as a system that shuts down does, and waits until it did.
    pub async fn shut_down(&self) -> Outcome {
        let program = fs::canonicalize(binary()?)?;
        kill_process(self.program.member(&program)?, Signal::TERM)?;
        self.ended().await
    }

    /// Clicks the cross in the corner of the window.
    pub fn close(&self) -> Outcome {
        self.screen.close_windows()
    }

    /// Waits until the program has ended.
    pub async fn ended(&self) -> Outcome {
        let program = fs::canonicalize(binary()?)?;
        for _ in 0..400 {
            if self.program.member(&program).is_err() {
                return Ok(());
            }
            sleep(Duration::from_millis(50)).await;
        }
        Err("the program did not end".into())
    }

    /// Kills what still runs, as a power cut would, and starts the program again on the same files.
    pub async fn crash_and_reopen(self) -> Outcome<Self> {
        let Self {
            driver,
            program,
            screen,
            home,
            options,
            _turn,
        } = self;
        drop(program);
        drop(driver);
        let (program, driver) = start(&home, &screen, &options).await?;
        Ok(Self {
            driver,
            program,
            screen,
            home,
            options,
            _turn,
        })
    }

    /// The process group of driver and program.
    pub fn group(&self) -> u32 {
        self.program.id()
    }
}

async fn start(home: &Home, screen: &Screen, options: &Options) -> Outcome<(Group, WebDriver)> {
    let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
    let mut command = Command::new("WebKitWebDriver");
    home.furnish(&mut command, &screen.display)
        .arg(format!("--port={port}"))
        .env("TAURI_WEBVIEW_AUTOMATION", "true");
    if let Some(bus) = &options.bus {
        command
            .env("DBUS_SESSION_BUS_ADDRESS", bus)
            .env("DBUS_SYSTEM_BUS_ADDRESS", bus);
    }
    if options.trace {
        command.env("DOSSIERKLUIS_LOG", "trace");
    }
    let log = fs::File::create(home.root().join("log"))?;
    let program = Group::start(command.stdout(log.try_clone()?).stderr(log))?;
    let driver = timeout(SESSION, session(home, options, port))
        .await
        .map_err(|_| "no WebDriver session in time")??;
    Ok((program, driver))
}

async fn session(home: &Home, options: &Options, port: u16) -> Outcome<WebDriver> {
    let mut arguments = vec![
        "--e2e-files".to_owned(),
        home.path("files").display().to_string(),
    ];
    if let Some(seconds) = options.lock_seconds {
        arguments.extend(["--e2e-lock-seconds".to_owned(), seconds.to_string()]);
    }
    let mut wanted = Capabilities::new();
    wanted.set(
        "webkitgtk:browserOptions",
        serde_json::json!({ "binary": binary()?, "args": arguments }),
    )?;
    let server = format!("http://127.0.0.1:{port}");
    loop {
        match tokio::net::TcpStream::connect(("127.0.0.1", port)).await {
            Ok(_) => break,
            Err(_) => sleep(Duration::from_millis(50)).await,
        }
    }
    let driver = WebDriver::builder(&server, wanted)
        .request_timeout(SESSION)
        .await?;
    // The end of the process group ends the session; the client's own way blocks the test.
    let _ = driver.clone().leak();
    Ok(driver)
}

/// The program under test: from the environment, or where cargo puts it.
pub fn binary() -> io::Result<PathBuf> {
    if let Some(path) = env::var_os("DOSSIERKLUIS_E2E_BIN") {
        return Ok(path.into());
    }
    let running = env::current_exe()?;
    let beside = running
        .ancestors()
        .nth(2)
        .unwrap_or(Path::new("target/debug"))
        .join("dossierkluis");
    let missing = || {
        io::Error::other(
            "build the program first: cargo build -p dossierkluis-desktop --features e2e",
        )
    };
    beside.exists().then_some(beside).ok_or_else(missing)
}

/// The program without a driver, as people start it.
pub fn plain(home: &Home, screen: &Screen, wrapper: &[&str]) -> Outcome<Group> {
    let program = binary()?.display().to_string();
    let line: Vec<&str> = wrapper.iter().copied().chain([program.as_str()]).collect();
    let mut command = Command::new(line[0]);
    home.furnish(&mut command, &screen.display).args(&line[1..]);
    Ok(Group::start(
        command.stdout(Stdio::null()).stderr(Stdio::null()),
    )?)
}
