//! The one window. At every lock it is replaced, not reloaded: a new web process starts and the old one ends, with all it
//! had in memory.

use crate::state::Shell;
use std::{
    path::PathBuf,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};
use tauri::{
    AppHandle, Manager, PhysicalPosition, PhysicalSize, Url, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder,
    webview::{NewWindowResponse, PermissionResponse},
};

/// Never anything else: a title bar is read by whoever walks past.
const TITLE: &str = "Dossierkluis";
/// Labels are unique, so that an answer meant for the old page cannot reach the new one.
const LABEL: &str = "main-";
const FIRST_SIZE: (f64, f64) = (1280.0, 800.0);
const LEAST_SIZE: (f64, f64) = (800.0, 560.0);

/// Where the window stood, kept in memory from one window to the next.
#[derive(Clone, Copy, Debug)]
struct Place {
    position: Option<PhysicalPosition<i32>>,
    size: PhysicalSize<u32>,
    maximized: bool,
    fullscreen: bool,
}

impl Place {
    fn of(window: &WebviewWindow) -> Option<Self> {
        Some(Self {
            position: window.outer_position().ok(),
            size: window.inner_size().ok()?,
            maximized: window.is_maximized().unwrap_or_default(),
            fullscreen: window.is_fullscreen().unwrap_or_default(),
        })
    }

    fn restore(&self, window: &WebviewWindow) -> tauri::Result<()> {
        window.set_size(self.size)?;
        if let Some(position) = self.position {
            window.set_position(position)?;
        }
        if self.maximized {
            window.maximize()?;
        }
        window.set_fullscreen(self.fullscreen)
    }
}

/// What the windows have in common.
pub struct Windows {
    data: PathBuf,
    count: AtomicU32,
    replacing: Mutex<()>,
    /// It fills the screen for somebody who signs, not because it was asked to.
    filled: AtomicBool,
}

impl Windows {
    /// `data`: a directory in memory for whatever the web view wants to write.
    pub fn new(data: PathBuf) -> Self {
        Self {
            data,
            count: AtomicU32::new(0),
            replacing: Mutex::new(()),
            filled: AtomicBool::new(false),
        }
    }
}

/// Opens the first window, or brings the present one to the front.
pub fn show(app: &AppHandle) -> tauri::Result<()> {
    match current(app) {
        Some(window) => window.unminimize().and_then(|()| window.set_focus()),
        None => open(app, None),
    }
}

/// Fills the screen, or gives it back. A desktop that refuses keeps nobody from signing.
pub fn fill_screen(app: &AppHandle, whole: bool) {
    let filled = &app.state::<Shell>().windows.filled;
    filled.store(whole, Ordering::Relaxed);
    if let Some(window) = current(app) {
        let _ = window.set_fullscreen(whole);
    }
}

/// The window as it now is.
pub fn current(app: &AppHandle) -> Option<WebviewWindow> {
    app.webview_windows().into_values().next()
}

/// Puts a new window in the place of every present one and destroys those.
pub fn replace(app: &AppHandle) -> tauri::Result<()> {
    let shell = app.state::<Shell>();
    let _one_at_a_time = shell
        .windows
        .replacing
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let old: Vec<_> = app.webview_windows().into_values().collect();
    let mut place = old.first().and_then(Place::of);
    if let Some(place) = &mut place {
        place.fullscreen &= !shell.windows.filled.swap(false, Ordering::Relaxed);
    }
    let opened = open(app, place);
    // Also when no new one could be opened: what was on the screen must go.
    old.iter().try_for_each(WebviewWindow::destroy)?;
    opened
}

fn open(app: &AppHandle, place: Option<Place>) -> tauri::Result<()> {
    let window = builder(app).build()?;
    settle(&window)?;
    if let Some(place) = place {
        place.restore(&window)?;
    }
    window.show()?;
    window.set_focus()
}

fn builder(app: &AppHandle) -> WebviewWindowBuilder<'_, tauri::Wry, AppHandle> {
    let windows = &app.state::<Shell>().windows;
    let label = format!("{LABEL}{}", windows.count.fetch_add(1, Ordering::Relaxed));
    WebviewWindowBuilder::new(app, label, WebviewUrl::default())
        .title(TITLE)
        .inner_size(FIRST_SIZE.0, FIRST_SIZE.1)
        .min_inner_size(LEAST_SIZE.0, LEAST_SIZE.1)
        .visible(false)
        .data_directory(windows.data.clone())
        // WebDriver cannot drive a private session: the test build keeps nothing in another way, see `settle`.
        .incognito(cfg!(not(feature = "e2e")))
        .devtools(false)
        .content_protected(true)
        .general_autofill_enabled(false)
        .on_navigation(is_own)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny)
}

/// Only the program's own pages.
fn is_own(url: &Url) -> bool {
    url.scheme() == "tauri" && url.host_str() == Some("localhost")
}

/// What only the web view itself can be told.
fn settle(window: &WebviewWindow) -> tauri::Result<()> {
    window.with_webview(|view| {
        use webkit2gtk::{SettingsExt, WebViewExt};
        let view = view.inner();
        // No "inspect", no "reload", no "download" on a right click.
        view.connect_context_menu(|_, _, _, _| true);
        if let Some(settings) = view.settings() {
            settings.set_enable_html5_local_storage(false);
            settings.set_enable_html5_database(false);
            settings.set_enable_page_cache(false);
            settings.set_enable_developer_extras(false);
        }
    })
}

#[cfg(test)]
mod tests {
    use super::is_own;

    #[test]
    fn no_page_but_our_own() -> Result<(), Box<dyn std::error::Error>> {
        assert!(is_own(&"tauri://localhost/index.html".parse()?));
        for other in [
            "https://example.org/",
            "http://localhost/",
            "file:///etc/passwd",
            "about:blank",
            "data:text/html,x",
        ] {
            assert!(!is_own(&other.parse()?), "{other}");
        }
        Ok(())
    }
}
