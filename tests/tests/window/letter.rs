//! A letter on paper: looked at before it is approved, when it cannot leave, and saved after.

use std::{fs, path::Path, process::Command};
use support::window::{Outcome, Window};

/// What a saved PDF says.
pub fn paper(file: &Path) -> Outcome<String> {
    assert!(fs::read(file)?.starts_with(b"%PDF-1.7"));
    let output = Command::new("pdftotext")
        .arg("-raw")
        .arg(file)
        .arg("-")
        .output()?;
    Ok(String::from_utf8(output.stdout)?)
}

/// Looks at the paper that is opened by this button, and gives what its first page says to whoever cannot see it.
pub async fn look(window: &Window, button: &str) -> Outcome<String> {
    window.click(button).await?;
    window.by_id("view-pdf").await?;
    window.by_id("pdf-page").await?;
    let page = "return document.querySelector('[data-testid=pdf-page] p')?.textContent ?? ''";
    for _ in 0..100 {
        let text = window.driver.execute(page, Vec::new()).await?;
        if let Some(text) = text.json().as_str().filter(|text| !text.is_empty()) {
            return Ok(text.to_owned());
        }
        tokio::time::sleep(std::time::Duration::from_millis(60)).await;
    }
    Err("the page says nothing".into())
}

/// Saves the paper that is looked at.
pub async fn save(window: &Window, name: &str) -> Outcome<String> {
    let file = window.home.path("files").join(name);
    window.home.answer_dialog("save", &file)?;
    window.click("paper-save").await?;
    for _ in 0..100 {
        if file.exists() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(60)).await;
    }
    paper(&file)
}

async fn register(window: &Window) -> Outcome {
    window.click("tab-disclosures").await?;
    window.click("request-new").await?;
    window.fill("request-name", "Bloemhof B.V.").await?;
    window
        .fill("request-asked", "Wanneer komt hij terug?")
        .await?;
    window.click("request-save").await?;
    window.by_id("request").await?;
    Ok(())
}

async fn weigh(window: &Window) -> Outcome {
    window.click("request-decide").await?;
    for answer in ["interest-yes", "need-yes", "harm-no", "doubt-no"] {
        window.click(answer).await?;
    }
    window.click("weigh-preview").await?;
    window.by_id("letter").await?;
    Ok(())
}

#[tokio::test]
async fn a_letter_is_seen_before_it_goes_and_saved_after() -> Outcome {
    let window = Window::open().await?;
    window.found().await?;
    window.new_client("Jan", "Bakker").await?;
    register(&window).await?;
    weigh(&window).await?;
    let draft = look(&window, "letter-paper").await?;
    assert!(
        draft.contains("Bloemhof") && draft.contains("Bakker"),
        "{draft}"
    );
    assert_eq!(window.axe().await?, Vec::<String>::new());
    // It stands in no register yet.
    assert!(
        !window
            .has("[data-testid=paper-save], [data-testid=paper-print]")
            .await
    );
    window.click("paper-close").await?;
    window.click("letter-approve").await?;
    window.click("letter-show").await?;
    let seen = look(&window, "letter-paper").await?;
    assert_eq!(seen, draft);
    let saved = save(&window, "brief.pdf").await?;
    assert!(
        saved.contains("Bloemhof") && saved.contains("Bakker"),
        "{saved}"
    );
    window.click("paper-close").await?;
    window.click("letter-save").await?;
    window.sees("niet beveiligd").await
}
