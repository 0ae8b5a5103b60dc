//! The main job from beginning to end, with a picture of every step. Pictures go where `TOUR` says.

use std::{
    env, fs,
    path::PathBuf,
    sync::atomic::{AtomicUsize, Ordering},
};
use support::window::{Outcome, PASSWORD, Window};
use thirtyfour::Key;

struct Tour {
    window: Window,
    folder: PathBuf,
    count: AtomicUsize,
}

impl Tour {
    async fn start() -> Outcome<Self> {
        let window = Window::open().await?;
        let folder =
            env::var_os("TOUR").map_or_else(|| window.home.path("tmp").join("tour"), PathBuf::from);
        fs::create_dir_all(&folder)?;
        Ok(Self {
            window,
            folder,
            count: AtomicUsize::new(1),
        })
    }

    async fn picture(&self, name: &str) -> Outcome {
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        let path = self.folder.join(format!("{number:02}-{name}.png"));
        self.window.picture(&path).await
    }
}

#[tokio::test]
async fn the_main_job() -> Outcome {
    let tour = Tour::start().await?;
    let window = &tour.window;
    window.by_id("first-run").await?;
    tour.picture("first-run").await?;
    window.wizard_to_sheet().await?;
    tour.picture("recovery-sheet").await?;
    window.confirm_sheet().await?;
    window.click("to-sign-in").await?;
    window.by_id("today").await?;
    tour.picture("today").await?;
    window.new_client("Jan", "van der Berg").await?;
    tour.picture("new-client").await?;
    window
        .by_id("note-text")
        .await?
        .send_keys("Eerste gesprek. Wil in het najaar weer drie dagen werken.")
        .await?;
    window.click("note-save").await?;
    window.by_id("entry").await?;
    tour.picture("note").await?;
    lock_and_return(&tour).await?;
    search_and_matrix(&tour).await
}

async fn lock_and_return(tour: &Tour) -> Outcome {
    let window = &tour.window;
    window
        .by_id("note-text")
        .await?
        .send_keys("Nog vragen: hoe gaat het thuis?")
        .await?;
    window.lock().await?;
    tour.picture("locked").await?;
    window.sign_in(PASSWORD).await?;
    window.by_id("dossier").await?;
    assert_eq!(
        window.value("note-text").await?,
        "Nog vragen: hoe gaat het thuis?"
    );
    tour.picture("draft-is-back").await
}

async fn search_and_matrix(tour: &Tour) -> Outcome {
    let window = &tour.window;
    window.ctrl('k').await?;
    window
        .by_id("palette-input")
        .await?
        .send_keys("najaar")
        .await?;
    window.by_id("hit").await?;
    tour.picture("search").await?;
    window.key(Key::Escape).await?;
    window.click("nav-manage").await?;
    window.click("tab-matrix").await?;
    window.by_id("matrix").await?;
    tour.picture("matrix").await?;
    window.click("nav-clients").await?;
    window.by_id("client-row").await?;
    window.key(Key::F9).await?;
    window.by_id("veil-banner").await?;
    tour.picture("somebody-beside-me").await
}
