//! The file dialogs. They never hold up the lock: it closes them.

use std::path::PathBuf;
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
