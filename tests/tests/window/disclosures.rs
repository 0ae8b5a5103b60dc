//! A request for information in the window: registered, weighed, answered by a letter that was seen, and found in the register.

use crate::ready::{client, founded, open_client, pictures, weigh};
use support::window::{Outcome, PASSWORD, Window};
use thirtyfour::Key;

const FIELDS: [(&str, &str); 6] = [
    ("given_name", "Jan"),
    ("surname", "Bakker"),
    ("bsn", "111222333"),
    ("town", "Utrecht"),
    ("work_fitness", "partly_fit"),
    ("work_duration", "Acht weken, daarna opnieuw bekijken"),
];

async fn look(window: &Window, name: &str) -> Outcome {
    window.looked_at(&pictures("disclosures"), name).await
}

async fn ready() -> Outcome<Window> {
    let window = Window::open().await?;
    let practice = founded(&window, 0).await?;
    client(&practice, &FIELDS, "Wil weer opbouwen.").await?;
    drop(practice.lock().await?);
    let window = window.crash_and_reopen().await?;
    window.sign_in(PASSWORD).await?;
    open_client(&window, "tab-disclosures").await?;
    Ok(window)
}

async fn register(window: &Window) -> Outcome {
    window.click("request-new").await?;
    window.by_id("request-at-most").await?;
    window.fill("request-name", "Bloemhof B.V.").await?;
    window
        .fill("request-address", "Kerkstraat 1\u{e007}1234 AB Rijndal")
        .await?;
    window
        .fill("request-asked", "Wanneer komt hij terug, en wat heeft hij?")
        .await?;
    look(window, "2-request").await?;
    window.click("request-save").await?;
    window.by_id("request").await?;
    Ok(())
}

#[tokio::test]
async fn a_request_is_answered_by_the_letter_that_was_seen() -> Outcome {
    let window = ready().await?;
    look(&window, "1-none").await?;
    // By keyboard: the dialog takes the focus, and gives it back.
    window.click("request-new").await?;
    window.by_id("request-form").await?;
    window.key(Key::Escape).await?;
    for _ in 0..50 {
        if window.focus().await? == "request-new" {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(window.focus().await?, "request-new");
    register(&window).await?;
    look(&window, "3-registered").await?;
    window.click("request-decide").await?;
    look(&window, "4-questions").await?;
    weigh(&window, ["yes", "yes", "no", "no"]).await?;
    look(&window, "5-weighed").await?;
    window.click("weigh-preview").await?;
    window.by_id("letter").await?;
    look(&window, "6-letter").await?;
    let letter = window.by_id("letter").await?.text().await?;
    assert!(
        letter.contains("Jan Bakker") && letter.contains("gedeeltelijk"),
        "{letter}"
    );
    assert!(
        !letter.contains("111222333") && !letter.contains("Utrecht"),
        "{letter}"
    );
    window.click("letter-approve").await?;
    window.sees("staat in het register").await?;
    look(&window, "7-answered").await?;
    // The letter once more, the same.
    window.click("letter-show").await?;
    assert_eq!(window.by_id("letter").await?.text().await?, letter);
    window.key(Key::Escape).await?;
    window.click("nav-manage").await?;
    window.click("tab-disclosures").await?;
    window.by_id("register-line").await?;
    window
        .sees("Geschikt voor werk".to_lowercase().as_str())
        .await?;
    look(&window, "8-register").await
}

#[tokio::test]
async fn a_request_that_asks_too_much_is_refused_in_words_that_were_seen() -> Outcome {
    let window = ready().await?;
    window.click("request-new").await?;
    window.fill("request-name", "Bloemhof B.V.").await?;
    window
        .fill("request-asked", "Stuur het hele dossier.")
        .await?;
    window.click("request-save").await?;
    window.by_id("request").await?;
    // What was registered wrongly is put right, until it is decided.
    window.click("request-change").await?;
    window.fill("request-name", "Bloemhof Holding B.V.").await?;
    look(&window, "9-change").await?;
    window.click("request-save").await?;
    window.sees("Bloemhof Holding B.V.").await?;
    // Until it is decided, the first page says what is to be done.
    window.click("nav-today").await?;
    window.by_id("requests-card").await?;
    look(&window, "10-today").await?;
    window.click("open-request").await?;
    window.click("request-decide").await?;
    weigh(&window, ["no", "no", "yes", "no"]).await?;
    window.by_id("weigh-against").await?;
    assert!(!window.by_id("weigh-preview").await?.is_enabled().await?);
    look(&window, "11-against").await?;
    window.click("weigh-refuse").await?;
    window.by_id("letter").await?;
    look(&window, "12-refusal").await?;
    let letter = window.by_id("letter").await?.text().await?;
    assert!(
        letter.contains("verstrekken deze gegevens niet") && !letter.contains("Bakker"),
        "{letter}"
    );
    assert!(letter.contains("Bloemhof Holding B.V."), "{letter}");
    window.click("letter-refuse").await?;
    window.sees("Geweigerd").await?;
    look(&window, "13-refused").await?;
    window.click("nav-today").await?;
    window.by_id("today").await?;
    assert!(!window.has("[data-testid=requests-card]").await);
    Ok(())
}
