//! What is seen: titles, the veil, and whether everybody can read it.

use support::window::{Outcome, Window};
use thirtyfour::Key;

#[tokio::test]
async fn somebody_is_beside_me() -> Outcome {
    let window = Window::open().await?;
    window.found().await?;
    window.new_client("Hendrika", "Zonneveld").await?;
    assert!(window.text().await?.contains("Zonneveld"));
    window.key(Key::F9).await?;
    window.by_id("veil-banner").await?;
    let veiled = window.text().await?;
    assert!(
        !veiled.contains("Zonneveld") && !veiled.contains("Hendrika"),
        "{veiled}"
    );
    assert_eq!(window.driver.title().await?, "Dossierkluis");
    Ok(())
}

#[tokio::test]
async fn everybody_can_read_it() -> Outcome {
    let window = Window::open().await?;
    let mut found = Vec::new();
    note(&window, "first run", &mut found).await?;
    window.found().await?;
    window.new_client("Jan", "Bakker").await?;
    for (language, theme) in [
        ("nl", "light"),
        ("nl", "dark"),
        ("en", "dark"),
        ("en", "light"),
    ] {
        window.ctrl(',').await?;
        window.click(&format!("language-{language}")).await?;
        window.click(&format!("theme-{theme}")).await?;
        for view in ["today", "clients", "manage", "log", "settings"] {
            window.click(&format!("nav-{view}")).await?;
            window.painted().await?;
            note(&window, &format!("{view} {language} {theme}"), &mut found).await?;
        }
        window.click("nav-clients").await?;
        window.click("client-row").await?;
        window.by_id("dossier").await?;
        note(&window, &format!("dossier {language} {theme}"), &mut found).await?;
    }
    window.lock().await?;
    note(&window, "locked", &mut found).await?;
    assert!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

async fn note(window: &Window, view: &str, found: &mut Vec<String>) -> Outcome {
    found.extend(
        window
            .axe()
            .await?
            .into_iter()
            .map(|problem| format!("{view}: {problem}")),
    );
    Ok(())
}
