//! What the process does to itself before anything is read: no core dumps, no looking in, no traces of graphics.

use gtk::glib;
use rustix::process::{Resource, Rlimit, setrlimit};
use std::{io, io::Write};
use tauri::{AppHandle, async_runtime};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// Lets automation and the inspector in through the environment alone: never in a released build.
#[cfg(not(feature = "e2e"))]
const REFUSED: [&str; 3] = [
    "TAURI_WEBVIEW_AUTOMATION",
    "WEBKIT_INSPECTOR_SERVER",
    "WEBKIT_INSPECTOR_HTTP_SERVER",
];

/// Closes what can be closed. Each step stands alone: a system that refuses one still gets the others.
pub fn harden() {
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    let _ = setrlimit(Resource::Core, none);
    dossierkluis::store::heap::take_over();
    // What the program writes is for its owner alone.
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
    // No huge pages, for this process and those that it starts: they were half of the memory of a small practice.
    let _ = rustix::thread::disable_transparent_huge_pages(true);
    // Shader caches would be written under HOME.
    let _ = glib::setenv("MESA_SHADER_CACHE_DISABLE", "true", true);
    #[cfg(not(feature = "e2e"))]
    REFUSED.iter().for_each(glib::unsetenv);
    #[cfg(not(debug_assertions))]
    let _ = secmem_proc::harden_process();
}

/// Logs to standard error, to look for a fault: nothing unless `DOSSIERKLUIS_LOG` asks for it, and never what a person wrote.
pub fn start_log() {
    if let Ok(filter) = EnvFilter::try_from_env("DOSSIERKLUIS_LOG") {
        let _ = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(io::stderr)
            .with_ansi(false)
            .try_init();
    }
}

/// Whether there is a screen. Says so, in both languages, when there is none.
pub fn has_screen() -> bool {
    let found = gtk::init().is_ok();
    if !found {
        let _ = writeln!(
            io::stderr(),
            "Dossierkluis: geen scherm gevonden. Start het programma vanaf uw bureaublad.\n\
             Dossierkluis: no display found. Start it from your desktop (DISPLAY or WAYLAND_DISPLAY must be set)."
        );
    }
    found
}

/// A system that shuts down asks first. Then it goes as when the window is closed: an open text is kept.
pub fn watch_signals(app: &AppHandle) {
    for kind in [
        SignalKind::terminate(),
        SignalKind::interrupt(),
        SignalKind::hangup(),
    ] {
        let app = app.clone();
        async_runtime::spawn(async move {
            if let Ok(mut signals) = signal(kind) {
                signals.recv().await;
                crate::lock::and_exit(&app).await;
            }
        });
    }
}

/// File dialogs would otherwise note the chosen file in the desktop's list of recent files.
pub fn forget_recent_files() {
    if let Some(settings) = gtk::Settings::default() {
        use gtk::traits::GtkSettingsExt;
        settings.set_gtk_recent_files_enabled(false);
    }
}

/// Says why there will be no window. Such an error holds no personal value: nothing was opened yet.
pub fn complain(error: &crate::StartError) {
    let _ = writeln!(io::stderr(), "Dossierkluis: {error}");
}
