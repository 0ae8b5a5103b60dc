//! An employee in a vault, and documents: what the window does with them, and what it leaves behind.

use std::fs;
use support::window::{Options, Outcome, PASSWORD, Window};
use thirtyfour::{By, Key};

const VAULT: &str = "zeven zwanen onder de brug";
const NOTE: &str = "Merkteken in een personeelsnotitie";
const PAPER: &str = "Merkteken in een verslag dat als document is bewaard";

/// Makes a vault in the window: its name, password and sheet, typed back.
async fn make_vault(window: &Window) -> Outcome {
    window.click("nav-manage").await?;
    window.click("tab-vaults").await?;
    window.click("vault-new").await?;
    window.fill("vault-name", "Personeel").await?;
    window.click("vault-next").await?;
    window.fill("new-password", VAULT).await?;
    window.fill("repeat-password", VAULT).await?;
    window.click("vault-next").await?;
    window.by_id("vault-sheet").await?;
    window.confirm_sheet().await?;
    window.by_id("vault-Personeel").await?;
    Ok(())
}

async fn make_employee(window: &Window) -> Outcome {
    window.click("nav-employees").await?;
    window.click("new-employee").await?;
    window.fill("new-surname", "Visser").await?;
    window.fill("new-department", "Magazijn").await?;
    window.click("create-dossier").await?;
    window.by_id("dossier").await?;
    Ok(())
}

/// Takes a file in as a document, and looks at it.
async fn add_and_view(window: &Window) -> Outcome {
    let path = window
        .home
        .root()
        .parent()
        .ok_or("a parent")?
        .join(format!("dossierkluis-paper-{}.txt", std::process::id()));
    fs::write(&path, PAPER)?;
    window.home.answer_dialog("open", &path)?;
    window.click("tab-documents").await?;
    window.click("document-add").await?;
    window.by_id("picked").await?;
    window.click("document-go").await?;
    window.by_id("document").await?;
    fs::remove_file(path)?;
    window.click("document-show").await?;
    window.by_id("view-text").await?;
    window.sees(PAPER).await?;
    window.key(Key::Escape).await
}

fn marked(window: &Window) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    let mut files = window.home.files()?;
    for entry in fs::read_dir("/dev/shm")?.flatten() {
        if entry.path().is_file() {
            files.push((entry.path(), fs::read(entry.path()).unwrap_or_default()));
        }
    }
    for (path, bytes) in files {
        for mark in [NOTE, PAPER, VAULT, PASSWORD] {
            let wide: Vec<u8> = mark.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let holds = |piece: &[u8]| memchr::memmem::find(&bytes, piece).is_some();
            if holds(mark.as_bytes()) || holds(&wide) {
                found.push(format!("{}: {mark}", path.display()));
            }
        }
    }
    Ok(found)
}

#[tokio::test]
async fn an_employee_lies_in_a_vault_and_nothing_of_it_is_on_disk() -> Outcome {
    let window = Window::open_with(Options {
        trace: true,
        ..Options::default()
    })
    .await?;
    window.found().await?;
    make_vault(&window).await?;
    make_employee(&window).await?;
    window.click("tab-story").await?;
    window.by_id("note-text").await?.send_keys(NOTE).await?;
    window.click("note-save").await?;
    window.by_id("entry").await?;
    add_and_view(&window).await?;
    assert_eq!(marked(&window)?, Vec::<String>::new(), "while it is open");
    // Closed: the line in the list, and a gate.
    window.click("vault-close").await?;
    window.by_id("vault-gate").await?;
    window.sees("Magazijn").await?;
    let page = window.text().await?;
    assert!(!page.contains(NOTE) && !page.contains("verslag"), "{page}");
    window
        .fill("vault-password", "acht zwanen onder de brug")
        .await?;
    window.click("vault-open").await?;
    window.sees("wachtwoord klopt niet").await?;
    window.fill("vault-password", VAULT).await?;
    window.keys("\u{e007}").await?;
    window.by_id("vault-chip").await?;
    window.click("tab-story").await?;
    window.sees(NOTE).await?;
    // The lock closes it; the next session begins with the gate.
    window.lock().await?;
    assert_eq!(marked(&window)?, Vec::<String>::new(), "after the lock");
    window.sign_in(PASSWORD).await?;
    window.click("nav-employees").await?;
    window
        .press(By::Css("[data-testid=\"employee-row\"]"))
        .await?;
    window.by_id("vault-gate").await?;
    let found = window.axe().await?;
    assert_eq!(found, Vec::<String>::new());
    Ok(())
}
