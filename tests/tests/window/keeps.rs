//! Nothing that was written is lost: by closing, by a crash.

use support::window::{Outcome, PASSWORD, Window};

const NOTE: &str = "Slaapt weer door, en wil na de zomer beginnen";

#[tokio::test]
async fn a_note_survives_a_crash() -> Outcome {
    let window = Window::open().await?;
    window.found().await?;
    window.new_client("Fatima", "el Amrani").await?;
    window.by_id("note-text").await?.send_keys(NOTE).await?;
    window.click("note-save").await?;
    window.by_id("entry").await?;
    window
        .by_id("note-text")
        .await?
        .send_keys("nog niet klaar")
        .await?;
    // Kept within a quarter of a second; the page says so.
    window.sees("bewaard").await?;
    let window = window.crash_and_reopen().await?;
    window.sign_in(PASSWORD).await?;
    window.sees(NOTE).await?;
    assert_eq!(window.value("note-text").await?, "nog niet klaar");
    Ok(())
}

#[tokio::test]
async fn an_open_text_survives_shutting_down() -> Outcome {
    let window = Window::open().await?;
    window.found().await?;
    window.new_client("Fatima", "el Amrani").await?;
    window.by_id("note-text").await?.send_keys(NOTE).await?;
    window.shut_down().await?;
    let window = window.crash_and_reopen().await?;
    window.sign_in(PASSWORD).await?;
    window.by_id("dossier").await?;
    assert_eq!(window.value("note-text").await?, NOTE);
    Ok(())
}
