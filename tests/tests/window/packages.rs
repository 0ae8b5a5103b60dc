//! The whole practice handed over to another firm, in the window.

use crate::ready::{client, founded, pictures};
use dossierkluis::{
    document::{NewDocument, Source},
    practice::Practice,
};
use std::sync::Arc;
use support::window::{Outcome, PASSWORD, Window};
use zeroize::Zeroizing;

const FIELDS: [(&str, &str); 2] = [("given_name", "Jan"), ("surname", "Bakker")];
const NOTE: &str = "Wil in het voorjaar een eigen praktijk beginnen.";
const SECRET: &str = "zes otters in een sloot";

async fn look(window: &Window, name: &str) -> Outcome {
    window.looked_at(&pictures("packages"), name).await
}

fn text(text: &str) -> Source {
    let bytes = Zeroizing::new(text.as_bytes().to_vec());
    Source::Bytes("plan.txt".to_owned(), bytes)
}

/// A client with a document in two versions.
async fn fill(practice: &Practice) -> Outcome {
    let id = client(practice, &FIELDS, NOTE).await?;
    let new = NewDocument {
        title: "Plan".to_owned(),
        ..NewDocument::default()
    };
    let stop = Arc::default();
    let document = practice
        .add_document(id, "documents", &new, text("Eerste plan"), &|_| (), &stop)
        .await?;
    let revision = practice.document_revision(document).await?;
    practice
        .replace_document(document, text("Tweede plan"), revision, &|_| (), &stop)
        .await?;
    Ok(())
}

#[tokio::test]
async fn the_whole_practice_is_handed_over() -> Outcome {
    let window = Window::open().await?;
    let practice = founded(&window, 0).await?;
    fill(&practice).await?;
    drop(practice.lock().await?);
    let window = window.crash_and_reopen().await?;
    window.sign_in(PASSWORD).await?;
    window.click("nav-manage").await?;
    window.click("tab-disclosures").await?;
    window.click("hand-over-practice").await?;
    window.fill("package-firm", "Nieuw Begin").await?;
    window.fill("new-password", SECRET).await?;
    window.fill("repeat-password", SECRET).await?;
    look(&window, "11-hand-over").await?;
    let file = window.home.path("files").join("praktijk.age");
    window.home.answer_dialog("save", &file)?;
    window.click("package-go").await?;
    window.by_id("package-report").await?;
    look(&window, "12-handed-over").await?;
    window.click("package-done").await?;
    window.by_id("register-line").await?;
    window.sees("Nieuw Begin").await?;
    look(&window, "13-register").await?;
    assert!(file.exists());
    Ok(())
}
