//! The file dialogs. They never hold up the lock: it closes them.

use crate::{
    dto::{Picked, number},
    failure::{Answer, Failure},
};
use std::{
    io::Read,
    path::{Path, PathBuf},
};
use tauri::AppHandle;
#[cfg(not(feature = "e2e"))]
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};

/// Which file to read; none when the person thought better of it.
pub async fn choose(app: &AppHandle, extensions: &[&str]) -> Option<PathBuf> {
    #[cfg(feature = "e2e")]
    {
        let _ = extensions;
        written_down(app, "open")
    }
    #[cfg(not(feature = "e2e"))]
    {
        let dialog = on_window(app).add_filter(extensions.join(", "), extensions);
        answer(|done| dialog.pick_file(done)).await
    }
}

/// Where to write; none when the person thought better of it.
pub async fn choose_new(app: &AppHandle, name: &str) -> Option<PathBuf> {
    #[cfg(feature = "e2e")]
    {
        let _ = name;
        written_down(app, "save")
    }
    #[cfg(not(feature = "e2e"))]
    {
        let dialog = on_window(app).set_file_name(name);
        answer(|done| dialog.save_file(done)).await
    }
}

/// Which folder; none when the person thought better of it.
pub async fn choose_folder(app: &AppHandle) -> Option<PathBuf> {
    #[cfg(feature = "e2e")]
    {
        written_down(app, "folder")
    }
    #[cfg(not(feature = "e2e"))]
    {
        let dialog = on_window(app);
        answer(|done| dialog.pick_folder(done)).await
    }
}

/// A file that was dropped on the window waits for what is to be done with it, as if it were chosen; of several the first.
pub fn dropped(app: &AppHandle, paths: Vec<PathBuf>) {
    use tauri::Manager;
    let shell = app.state::<crate::state::Shell>();
    let Some(path) = paths.into_iter().next().filter(|path| path.is_file()) else {
        return;
    };
    let open = shell.idle.is_running() && shell.small().handed.is_none();
    if let (true, Ok(picked)) = (open, look_at(&path)) {
        shell.small().picked = Some(path);
        crate::event::picked(app, picked);
    }
}

/// What a file is, by its name, its length and its first bytes.
pub fn look_at(path: &Path) -> Answer<Picked> {
    let unreadable = |_| Failure::new("io");
    let mut head = Vec::new();
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    file.take(512).read_to_end(&mut head).map_err(unreadable)?;
    let name = path.file_name().unwrap_or_default();
    Ok(Picked {
        name: name.to_string_lossy().into_owned(),
        size: number(size),
        media: dossierkluis::document::media(&head).to_owned(),
    })
}

/// Closes every open dialog, as if it were cancelled.
pub fn dismiss(app: &AppHandle) {
    use gtk::{glib::Cast, traits::DialogExt};
    let _ = app.run_on_main_thread(|| {
        let open = gtk::Window::list_toplevels()
            .into_iter()
            .filter_map(|top| top.downcast::<gtk::Dialog>().ok());
        open.for_each(|dialog| dialog.response(gtk::ResponseType::Cancel));
    });
}

#[cfg(not(feature = "e2e"))]
fn on_window(app: &AppHandle) -> FileDialogBuilder<tauri::Wry> {
    let dialog = app.dialog().file();
    match crate::window::current(app) {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    }
}

#[cfg(not(feature = "e2e"))]
async fn answer(ask: impl FnOnce(Box<dyn FnOnce(Option<FilePath>) + Send>)) -> Option<PathBuf> {
    let (tell, hear) = tokio::sync::oneshot::channel();
    ask(Box::new(move |chosen| {
        let _ = tell.send(chosen);
    }));
    hear.await
        .ok()
        .flatten()
        .and_then(|chosen| chosen.into_path().ok())
}

/// The test build has nobody to click in a dialog: the path stands in a file.
#[cfg(feature = "e2e")]
fn written_down(app: &AppHandle, name: &str) -> Option<PathBuf> {
    use tauri::Manager;
    let shell = app.state::<crate::state::Shell>();
    let path = shell.args.files.as_ref()?.join(name);
    std::fs::read_to_string(path)
        .ok()
        .map(|path| PathBuf::from(path.trim()))
}
