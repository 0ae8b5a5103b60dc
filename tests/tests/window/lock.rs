//! The lock: what it keeps, what it takes away, and when it comes.

use support::window::{Bus, Options, Outcome, PASSWORD, Window};
use thirtyfour::By;

const NOTE: &str = "Vertelde voor het eerst over de verhuizing";

#[tokio::test]
async fn an_open_text_is_there_again_in_the_same_field() -> Outcome {
    let window = Window::open().await?;
    window.found().await?;
    window.new_client("Jan", "Bakker").await?;
    window.by_id("note-text").await?.send_keys(NOTE).await?;
    // At once: nothing may depend on a pause in typing.
    window.lock().await?;
    assert!(!window.driver.source().await?.contains(NOTE));
    window.sign_in(PASSWORD).await?;
    window.sees("Bakker").await?;
    assert_eq!(window.value("note-text").await?, NOTE);
    Ok(())
}

#[tokio::test]
async fn it_comes_by_itself_and_counts_input() -> Outcome {
    let window = Window::open_with(Options {
        lock_seconds: Some(4),
        ..Options::default()
    })
    .await?;
    window.wizard_to_sheet().await?;
    let old = window.handle().await?;
    // Nobody touches anything.
    window.follow(&old).await?;
    window.by_id("sign-in-view").await?;
    Ok(())
}

#[tokio::test]
async fn a_session_that_is_over_answers_nothing() -> Outcome {
    let window = Window::open().await?;
    window.found().await?;
    window.new_client("Jan", "Bakker").await?;
    window.lock().await?;
    let asked = "const done = arguments[0]; window.__TAURI_INTERNALS__.invoke('recents').then(() => done('answered'), (failure) => done(failure.code));";
    let answer = window.driver.execute_async(asked, Vec::new()).await?;
    assert_eq!(answer.json().as_str(), Some("locked"));
    Ok(())
}

#[tokio::test]
async fn a_wrong_password_opens_nothing_and_a_right_one_does() -> Outcome {
    let window = Window::open().await?;
    window.found().await?;
    window.lock().await?;
    window.fill("password", "vier paarden op een dak").await?;
    window.enabled("sign-in").await?.click().await?;
    window.find(By::Css("[aria-invalid=true]")).await?;
    window.sign_in(PASSWORD).await
}

#[tokio::test]
async fn the_desktop_locks_it_too() -> Outcome {
    let directory = tempfile::tempdir()?;
    let bus = Bus::start(directory.path())?;
    let window = Window::open_with(Options {
        bus: Some(bus.address.clone()),
        ..Options::default()
    })
    .await?;
    window.found().await?;
    let reasons = [
        (
            "/org/gnome/ScreenSaver",
            "org.gnome.ScreenSaver.ActiveChanged",
        ),
        (
            "/org/freedesktop/ScreenSaver",
            "org.freedesktop.ScreenSaver.ActiveChanged",
        ),
        (
            "/org/freedesktop/login1",
            "org.freedesktop.login1.Manager.PrepareForSleep",
        ),
    ];
    for (path, signal) in reasons {
        let old = window.handle().await?;
        bus.say(path, signal)?;
        window
            .follow(&old)
            .await
            .map_err(|error| format!("{signal}: {error}"))?;
        window.sign_in(PASSWORD).await?;
    }
    Ok(())
}
