//! A dossier leaves one practice as a package, and arrives in the window of another with everything that was in it.

use crate::ready::{choose, client, founded, open_client, pictures, weigh};
use dossierkluis::{
    document::{NewDocument, Source},
    practice::Practice,
};
use std::{fs, path::Path, sync::Arc};
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

/// Registers that the person moves, answers it, and makes the package in this file.
async fn send(window: &Window, file: &Path) -> Outcome {
    open_client(window, "tab-disclosures").await?;
    window.click("request-new").await?;
    choose(window, "request-asker", "person").await?;
    choose(window, "request-purpose", "transfer").await?;
    window.fill("request-name", "Jan Bakker").await?;
    look(window, "1-request").await?;
    window.click("request-save").await?;
    window.click("request-decide").await?;
    weigh(window, ["yes", "yes", "no", "no"]).await?;
    window.click("weigh-preview").await?;
    window.by_id("letter").await?;
    look(window, "2-letter").await?;
    window.click("letter-approve").await?;
    window.click("package-make").await?;
    window.by_id("package-dialog").await?;
    window.fill("new-password", SECRET).await?;
    window.fill("repeat-password", SECRET).await?;
    look(window, "3-package").await?;
    window.home.answer_dialog("save", file)?;
    window.click("package-go").await?;
    window.by_id("package-report").await?;
    look(window, "4-made").await?;
    window.click("package-done").await?;
    window.sees("Pakket gemaakt").await?;
    look(window, "5-sent").await?;
    assert!(!window.has("[data-testid=package-make]").await, "once");
    Ok(())
}

async fn receive(window: &Window, file: &Path) -> Outcome {
    window.click("nav-clients").await?;
    window.click("clients-menu").await?;
    window.click("menu-receive").await?;
    window.home.answer_dialog("open", file)?;
    window
        .fill("receive-password", "zeven otters in een sloot")
        .await?;
    window.click("receive-go").await?;
    window.sees("wachtwoord").await?;
    window
        .find(thirtyfour::By::Css(
            "[data-testid=receive-dialog] [role=alert]",
        ))
        .await?;
    look(window, "6-wrong").await?;
    window.fill("receive-password", SECRET).await?;
    window.click("receive-go").await?;
    window
        .sees("1 dossier overgenomen van Praktijk Zuid")
        .await?;
    // With what the sender could not send: the physician's.
    window.by_id("receive-report").await?;
    window.sees("Niet meegekomen").await?;
    look(window, "7-arrived").await?;
    window.click("receive-done").await?;
    Ok(())
}

#[tokio::test]
async fn a_dossier_leaves_and_arrives_whole() -> Outcome {
    let outside = tempfile::tempdir()?;
    let carried = outside.path().join("dossier.age");
    let window = Window::open().await?;
    let practice = founded(&window, 0).await?;
    fill(&practice).await?;
    drop(practice.lock().await?);
    let window = window.crash_and_reopen().await?;
    window.sign_in(PASSWORD).await?;
    send(&window, &carried).await?;
    drop(window);
    let bytes = fs::read(&carried)?;
    assert!(bytes.starts_with(b"age-encryption.org/v1"));
    assert!(memchr::memmem::find(&bytes, b"Bakker").is_none());

    let there = Window::open().await?;
    there.found().await?;
    receive(&there, &carried).await?;
    open_client(&there, "tab-story").await?;
    there.sees(NOTE).await?;
    there
        .sees("Overgenomen van Sanne Jansen, Praktijk Zuid")
        .await?;
    look(&there, "8-story").await?;
    there.click("tab-documents").await?;
    there.by_id("document").await?;
    there.click("document-menu").await?;
    there.click("document-versions").await?;
    there.sees("toen Sanne Jansen dit wijzigde").await?;
    look(&there, "9-versions").await?;
    there.key(thirtyfour::Key::Escape).await?;
    // It does not come twice.
    there.click("nav-clients").await?;
    there.click("clients-menu").await?;
    there.click("menu-receive").await?;
    there.home.answer_dialog("open", &carried)?;
    there.fill("receive-password", SECRET).await?;
    there.click("receive-go").await?;
    there
        .find(thirtyfour::By::Css(
            "[data-testid=receive-dialog] [role=alert]",
        ))
        .await?;
    look(&there, "10-twice").await
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
