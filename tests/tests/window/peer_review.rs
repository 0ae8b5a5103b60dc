//! A copy for peer review in the window: compared, mended, and saved only when nothing in it leads to anybody.

use crate::ready::{client, founded, open_client, pictures};
use std::fs;
use support::window::{Outcome, PASSWORD, Window};
use thirtyfour::By;

const FIELDS: [(&str, &str); 6] = [
    ("given_name", "Jan"),
    ("surname", "Bakker"),
    ("date_of_birth", "1980-05-05"),
    ("town", "Utrecht"),
    ("organisation", "Bloemhof B.V."),
    (
        "initial_problem",
        "Jan wil weten of hij bij Bloemhof moet blijven.",
    ),
];
const NOTE: &str = "Jan kwam op 3 november binnen en vertelde over zijn chef in Utrecht. Pietersen belde later nog. \
    Het gesprek ging over rust nemen en grenzen stellen. Bereikbaar op 06-12345678.";

async fn look(window: &Window, name: &str) -> Outcome {
    window.looked_at(&pictures("peer-review"), name).await
}

/// The part of the copy that begins so.
async fn part(window: &Window, at: usize) -> Outcome<thirtyfour::WebElement> {
    let all = window.all(By::Css("[data-testid=peer-after]")).await?;
    Ok(all.into_iter().nth(at).ok_or("no such part")?)
}

async fn says(window: &Window, at: usize) -> Outcome<String> {
    Ok(part(window, at)
        .await?
        .prop("value")
        .await?
        .unwrap_or_default())
}

#[tokio::test]
async fn a_copy_is_compared_mended_and_saved() -> Outcome {
    let window = Window::open().await?;
    let practice = founded(&window, 0).await?;
    client(&practice, &FIELDS, NOTE).await?;
    drop(practice.lock().await?);
    let window = window.crash_and_reopen().await?;
    window.sign_in(PASSWORD).await?;
    open_client(&window, "tab-story").await?;
    window.click("dossier-menu").await?;
    window.click("dossier-peer").await?;
    window.by_id("peer-look").await?;
    look(&window, "1-compare").await?;
    let note = says(&window, 1).await?;
    assert!(note.contains("Pietersen belde later nog"), "{note}");
    for known in ["Jan", "Utrecht", "3 november", "12345678"] {
        assert!(!note.contains(known), "{known}: {note}");
    }
    // A name that the program does not know is told, and goes with one click.
    let stayed = window.all(By::Css("[data-testid=peer-stayed]")).await?;
    let mut words = Vec::new();
    for one in &stayed {
        words.push(one.text().await?);
    }
    assert!(words.contains(&"Pietersen".to_owned()), "{words:?}");
    stayed.first().ok_or("a word")?.scroll_into_view().await?;
    window
        .press(By::XPath(
            "//button[@data-testid='peer-stayed'][normalize-space()='Pietersen']",
        ))
        .await?;
    assert!(says(&window, 1).await?.contains("[naam] belde later nog"));
    // A known name that comes back by hand does not leave.
    let first = part(&window, 0).await?;
    first.scroll_into_view().await?;
    first.send_keys(" Sprak ook Bakker.").await?;
    let file = window.home.path("files").join("intervisie.txt");
    window.home.answer_dialog("save", &file)?;
    window.click("peer-save").await?;
    window.by_id("peer-trace").await?;
    look(&window, "2-trace").await?;
    assert!(!file.exists());
    let clean = says(&window, 0).await?.replace(" Sprak ook Bakker.", "");
    let first = part(&window, 0).await?;
    first.clear().await?;
    first.send_keys(&clean).await?;
    window.click("peer-save").await?;
    window.sees("De kopie is bewaard").await?;
    look(&window, "3-saved").await?;
    let saved = fs::read_to_string(&file)?;
    assert!(
        saved.contains("Kopie voor intervisie") && saved.contains("40-49"),
        "{saved}"
    );
    for known in [
        "Jan",
        "Bakker",
        "Pietersen",
        "Utrecht",
        "Bloemhof",
        "3 november",
    ] {
        assert!(!saved.contains(known), "{known}: {saved}");
    }
    Ok(())
}
