//! A form is filled, handed over, signed and taken back. While somebody else has the computer there is this form and nothing
//! else, whatever the page asks for.

use crate::letter;
use serde_json::{Value, json};
use support::window::{Options, Outcome, PASSWORD, Window};
use thirtyfour::{By, Key};

const ASK: &str = "const [name, args, done] = arguments;
window.__TAURI_INTERNALS__.invoke(name, args).then((answer) => done({ answer }), (failure) => done({ failure }));";

/// Asks the program past the page.
async fn ask(window: &Window, name: &str, args: Value) -> Outcome<Value> {
    let done = window
        .driver
        .execute_async(ASK, vec![json!(name), args])
        .await?;
    Ok(done.json().clone())
}

/// The id of the only dossier, as soon as it was opened.
async fn dossier(window: &Window) -> Outcome<String> {
    for _ in 0..100 {
        let recents = ask(window, "recents", json!({})).await?;
        if let Some(id) = recents["answer"][0]["id"].as_str() {
            return Ok(id.to_owned());
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    Err("no dossier".into())
}

async fn set_religion(window: &Window, id: &str) -> Outcome<Value> {
    let args = json!({ "id": id, "field": "religion", "value": "verzonnen", "revision": 0 });
    ask(window, "set_field", args).await
}

/// A picture for whoever wants to look.
async fn look(window: &Window, name: &str) -> Outcome {
    match std::env::var_os("LOOK") {
        Some(folder) => {
            window
                .picture(&std::path::Path::new(&folder).join(name))
                .await
        }
        None => Ok(()),
    }
}

/// Writes religion in its field, is refused, and takes the offer.
async fn be_refused(window: &Window) -> Outcome {
    window.click("tab-fields").await?;
    window.click("reveal-religion").await?;
    window.click("value-religion").await?;
    window.keys("verzonnen").await?;
    window.key(Key::Enter).await?;
    window.sees("toestemming of een andere grond nodig").await?;
    look(window, "1-refused.png").await?;
    window
        .press(By::XPath(
            "//button[normalize-space()='Toestemming vragen']",
        ))
        .await?;
    window.by_id("give-consent").await?;
    Ok(())
}

async fn hand_over(window: &Window) -> Outcome {
    window
        .fill("consent-purpose", "begeleiding die bij mij past")
        .await?;
    look(window, "2-form.png").await?;
    window.click("consent-fill").await?;
    window.by_id("consent-preview").await?;
    look(window, "3-preview.png").await?;
    let form = letter::look(window, "form-pdf").await?;
    assert!(
        form.contains("Jan Bakker") && form.contains("Plaats en datum"),
        "{form}"
    );
    let form = letter::save(window, "formulier.pdf").await?;
    assert!(form.contains("begeleiding die bij mij past"), "{form}");
    window.click("paper-close").await?;
    window.click("hand-over").await?;
    window.by_id("signing").await?;
    Ok(())
}

/// Everything that leads elsewhere in the program.
async fn try_to_leave(window: &Window, id: &str) -> Outcome {
    for key in ['k', 'f', 'n', 'l', ',', '/', 'r'] {
        window.ctrl(key).await?;
    }
    for key in [Key::F9, Key::F5, Key::Escape] {
        window.key(key).await?;
    }
    let back = window
        .driver
        .action_chain()
        .key_down(Key::Alt)
        .send_keys(Key::Left.value().to_string())
        .key_up(Key::Alt);
    back.perform().await?;
    window.driver.execute("history.back()", Vec::new()).await?;
    window.driver.refresh().await?;
    window.by_id("signing").await?;
    assert!(
        !window
            .has("[data-testid=shell], [data-testid=palette], [role=dialog], nav")
            .await
    );
    for name in [
        "session",
        "recents",
        "search",
        "open_dossier",
        "set_field",
        "consents",
        "audit_log",
        "hand_over",
        "lock",
    ] {
        let answer = ask(
            window,
            name,
            json!({ "id": id, "dossier": id, "text": "e" }),
        )
        .await?;
        assert_eq!(answer["failure"]["code"], "handed_over", "{name}: {answer}");
    }
    let wrong = json!({ "strokes": [(0..9).map(|x| json!({ "x": x, "y": 1 })).collect::<Vec<_>>()], "shown": "iets anders" });
    let answer = ask(window, "sign_consent", wrong).await?;
    assert_eq!(answer["failure"]["params"]["reason"], "text_differs");
    Ok(())
}

async fn sign(window: &Window) -> Outcome {
    look(window, "4-empty.png").await?;
    let pad = window.by_id("inkpad").await?;
    pad.scroll_into_view().await?;
    let mut hand = window
        .driver
        .action_chain()
        .move_to_element_center(&pad)
        .click_and_hold();
    for (x, y) in [
        (-60, -20),
        (20, 40),
        (25, -50),
        (25, 60),
        (25, -45),
        (30, 30),
        (20, -25),
        (30, 20),
        (40, -10),
        (20, 8),
    ] {
        hand = hand.move_by_offset(x, y);
    }
    hand.release().perform().await?;
    look(window, "4-signing.png").await?;
    window.click("ink-sign").await?;
    window.sees("Het is getekend").await?;
    look(window, "5-signed.png").await?;
    let again = ask(
        window,
        "sign_consent",
        json!({ "strokes": [], "shown": "" }),
    )
    .await?;
    assert!(again["failure"].is_object(), "{again}");
    Ok(())
}

async fn take_back(window: &Window) -> Outcome {
    window
        .fill("take-back-password", "vier paarden op een dak")
        .await?;
    window.click("take-back").await?;
    window.find(By::Css("[aria-invalid=true]")).await?;
    assert!(!window.has("[data-testid=shell]").await);
    window.fill("take-back-password", PASSWORD).await?;
    window.click("take-back").await?;
    window.by_id("shell").await?;
    Ok(())
}

#[tokio::test]
async fn a_form_is_signed_by_somebody_who_sees_nothing_else() -> Outcome {
    let window = Window::open().await?;
    window.found().await?;
    window.new_client("Jan", "Bakker").await?;
    let id = dossier(&window).await?;
    be_refused(&window).await?;
    hand_over(&window).await?;
    try_to_leave(&window, &id).await?;
    assert_eq!(window.axe().await?, Vec::<String>::new());
    sign(&window).await?;
    take_back(&window).await?;
    // After the reload the session begins at home.
    if !window.has("[data-testid=dossier]").await {
        window.click("nav-clients").await?;
        window.sees("Bakker").await?;
        window
            .press(By::Css("[data-testid=client-row], [data-testid=row]"))
            .await?;
    }
    window.click("tab-forms").await?;
    window
        .find(By::Css("[data-testid=consent][data-state=valid]"))
        .await?;
    look(&window, "6-kept.png").await?;
    assert_eq!(window.axe().await?, Vec::<String>::new());
    window.click("consent-read").await?;
    window.by_id("consent-signature").await?;
    window.sees("begeleiding die bij mij past").await?;
    look(&window, "7-read.png").await?;
    let page = letter::look(&window, "consent-pdf").await?;
    assert!(
        page.contains("Jan Bakker") && page.contains("getekend op het scherm"),
        "{page}"
    );
    look(&window, "7-paper.png").await?;
    assert_eq!(window.axe().await?, Vec::<String>::new());
    let page = letter::save(&window, "toestemming.pdf").await?;
    assert!(page.contains("begeleiding die bij mij past"), "{page}");
    window.click("paper-close").await?;
    window.key(Key::Escape).await?;
    let written = set_religion(&window, &id).await?;
    assert!(written["answer"].is_object(), "{written}");
    window.click("consent-withdraw").await?;
    window.click("withdraw-go").await?;
    window
        .find(By::Css("[data-testid=consent][data-state=withdrawn]"))
        .await?;
    look(&window, "8-withdrawn.png").await?;
    let refused = set_religion(&window, &id).await?;
    assert_eq!(refused["failure"]["code"], "unfounded");
    assert_eq!(refused["failure"]["params"]["reason"], "ground_withdrawn");
    Ok(())
}

#[tokio::test]
async fn nobody_who_signs_keeps_the_lock_away() -> Outcome {
    let window = Window::open_with(Options {
        lock_seconds: Some(40),
        ..Options::default()
    })
    .await?;
    window.found().await?;
    window.new_client("Jan", "Bakker").await?;
    let id = dossier(&window).await?;
    // By the border itself no special data come in either.
    assert_eq!(
        set_religion(&window, &id).await?["failure"]["code"],
        "unfounded"
    );
    let exchange = json!({ "text": "x", "on": null, "title": null, "channel": null, "role": null, "state": null, "parent": null,
        "telephone": null, "email": null, "until": null, "amount": null, "hours": null, "dossier": null, "kind": null, "file": null,
        "professional": "Huisarts", "exchange": "inform" });
    let note = ask(
        &window,
        "add_entry",
        json!({ "id": id, "field": "contact_log", "content": exchange }),
    )
    .await?;
    assert_eq!(note["failure"]["code"], "unfounded", "{note}");
    let request = json!({ "template": "intake", "language": "nl", "purpose": "", "scope": [], "recipient": "", "by": null, "on": "", "until": null });
    let old = window.handle().await?;
    let handed = ask(
        &window,
        "hand_over",
        json!({ "dossier": id, "request": request }),
    )
    .await?;
    assert!(handed["answer"].is_object(), "{handed}");
    // Nobody touches anything.
    for _ in 0..3 {
        if window.follow(&old).await.is_ok() {
            break;
        }
    }
    window.by_id("sign-in-view").await?;
    // The lock ends the handing over: whoever comes back signs in.
    window.sign_in(PASSWORD).await
}
