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
    window.click("sign-in").await?;
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

const BEGIN_IMPORT: &str = "const done = arguments[0];
(async () => {
  const ask = window.__TAURI_INTERNALS__.invoke;
  await ask('choose_import');
  const circle = (await ask('session')).circles.find((one) => one.kind === 'own').id;
  const mapping = ['surname', 'given_name', 'interests'];
  void ask('run_import', { plan: { kind: 'client', circle, mapping, skipRefused: true, skipDuplicates: false } }).catch(() => null);
  setTimeout(() => done('running'), 100);
})().catch((failure) => done(JSON.stringify(failure)));";
const COUNT: &str = "const done = arguments[0];
const query = { kinds: [], sort: 'name', descending: false, filter: '', circle: null, offset: 0, limit: 1 };
window.__TAURI_INTERNALS__.invoke('list_dossiers', { query }).then((page) => done(page.total), (failure) => done(failure.code));";

#[tokio::test]
async fn an_import_that_runs_gives_way_and_leaves_nothing_half_done() -> Outcome {
    let window = Window::open().await?;
    window.found().await?;
    let list = window.home.path("lijst.csv");
    let mut rows = String::from("Achternaam;Voornaam;Interesses\n");
    for number in 0..60_000 {
        rows.push_str(&format!("Klant{number};Sanne;{}\n", "fietsen ".repeat(20)));
    }
    std::fs::write(&list, rows)?;
    window.home.answer_dialog("open", &list)?;
    let begun = window
        .driver
        .execute_async(BEGIN_IMPORT, Vec::new())
        .await?;
    assert_eq!(begun.json().as_str(), Some("running"));
    window.lock().await?;
    window.sign_in(PASSWORD).await?;
    let count = window.driver.execute_async(COUNT, Vec::new()).await?;
    assert_eq!(count.json().as_u64(), Some(0), "{:?}", count.json());
    Ok(())
}
