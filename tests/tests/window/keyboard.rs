//! Without a mouse.

use support::window::{Outcome, PASSWORD, Window};
use thirtyfour::Key;

#[tokio::test]
async fn from_signing_in_to_a_saved_note() -> Outcome {
    let window = Window::open().await?;
    window.found().await?;
    window.lock().await?;
    window.painted().await?;
    // The one person is chosen and the cursor stands in the password.
    window.keys(PASSWORD).await?;
    window.key(Key::Enter).await?;
    window.by_id("shell").await?;
    window.ctrl('n').await?;
    window.by_id("new-given_name").await?;
    window.painted().await?;
    window.keys("Truus").await?;
    window.key(Key::Tab).await?;
    window.key(Key::Tab).await?;
    window.keys("de Wit").await?;
    window.key(Key::Enter).await?;
    window.by_id("composer").await?;
    tab_to(&window, "note-text").await?;
    window.keys("Kennismaking").await?;
    tab_to(&window, "note-save").await?;
    window.key(Key::Enter).await?;
    window.by_id("entry").await?;
    window.sees("Kennismaking").await
}

async fn tab_to(window: &Window, id: &str) -> Outcome {
    for _ in 0..60 {
        let focused = window.driver.active_element().await?;
        if focused.attr("data-testid").await?.as_deref() == Some(id) {
            return Ok(());
        }
        window.key(Key::Tab).await?;
    }
    Err(format!("the Tab key does not lead to {id}").into())
}
