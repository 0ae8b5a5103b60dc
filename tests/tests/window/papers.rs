//! The papers of a practice in the real window: invoices, reports, mailing lists and how they look. Each is looked at as the PDF
//! that it is, in light and dark, before it leaves.

use serde_json::{Value, json};
use std::{fs, path::Path, process::Command};
use support::window::{Options, Outcome, PASSWORD, Window};
use thirtyfour::{By, Key};

const ASK: &str = "const [name, args, done] = arguments;
window.__TAURI_INTERNALS__.invoke(name, args).then((answer) => done({ answer }), (failure) => done({ failure }));";
const CHOOSE: &str = "const [id, value] = arguments;
const select = document.querySelector(`[data-testid=\"${id}\"]`);
select.value = value;
for (const name of ['input', 'change']) select.dispatchEvent(new Event(name, { bubbles: true }));
return select.value;";
/// How many different colours the first page has: an empty sheet has one.
const COLOURS: &str = "const canvas = document.querySelector(arguments[0]);
const seen = new Set(canvas ? new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer) : []);
return seen.size;";

/// Asks the program past the page.
async fn ask(window: &Window, name: &str, args: Value) -> Outcome<Value> {
    let arguments = vec![json!(name), args];
    let done = window.driver.execute_async(ASK, arguments).await?;
    let answer = done.json().clone();
    match answer.get("failure") {
        Some(failure) => Err(format!("{name}: {failure}").into()),
        None => Ok(answer["answer"].clone()),
    }
}

async fn set(window: &Window, id: &str, fields: &[(&str, &str)]) -> Outcome {
    for (field, value) in fields {
        let args = json!({ "id": id, "field": field, "value": value, "revision": 0 });
        ask(window, "set_field", args).await?;
    }
    Ok(())
}

/// A new client with these fields, open at its documents; gives its id.
async fn client(window: &Window, surname: &str, fields: &[(&str, &str)]) -> Outcome<String> {
    window.new_client("Noor", surname).await?;
    let mut id = None;
    for _ in 0..100 {
        let recents = ask(window, "recents", json!({})).await?;
        let named = |row: &&Value| {
            row["name"]
                .as_str()
                .is_some_and(|name| name.ends_with(surname))
        };
        let rows = recents.as_array().ok_or("rows")?;
        if let Some(row) = rows.iter().find(named) {
            id = row["id"].as_str().map(str::to_owned);
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let id = id.ok_or("no dossier")?;
    set(window, &id, fields).await?;
    // The page reads it anew.
    window.click("nav-clients").await?;
    let row = format!("//*[@data-testid='client-row'][contains(., '{surname}')]");
    window.press(By::XPath(row)).await?;
    window.by_id("dossier").await?;
    window.click("tab-documents").await?;
    window.by_id("documents").await?;
    Ok(id)
}

async fn choose(window: &Window, id: &str, value: &str) -> Outcome {
    window.by_id(id).await?;
    for _ in 0..100 {
        let arguments = vec![json!(id), json!(value)];
        if window.driver.execute(CHOOSE, arguments).await?.json() == value {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    Err(format!("{id} has no {value}").into())
}

/// Nothing that axe finds, in light and dark; with a picture of each where `PICTURES` says.
async fn sound(window: &Window, name: &str) -> Outcome {
    for theme in ["dark", "light"] {
        let script = format!("document.documentElement.dataset.theme = '{theme}'");
        window.driver.execute(script, Vec::new()).await?;
        window.painted().await?;
        if let Some(folder) = std::env::var_os("PICTURES") {
            let path = Path::new(&folder).join(format!("{name}-{theme}.png"));
            window.picture(&path).await?;
        }
        assert_eq!(window.axe().await?, Vec::<String>::new(), "{name} {theme}");
    }
    Ok(())
}

/// Waits until a paper is shown that says this, and is more than an empty sheet.
async fn shows(window: &Window, text: &str) -> Outcome {
    window.by_id("view-pdf").await?;
    window.sees(text).await?;
    let first = "[data-page='1'] canvas";
    window.find(By::Css(first)).await?;
    let colours = window.driver.execute(COLOURS, vec![json!(first)]).await?;
    assert!(colours.json().as_u64() > Some(2), "an empty sheet: {text}");
    Ok(())
}

/// Saves what is shown, and gives its words.
async fn save(window: &Window, name: &str) -> Outcome<String> {
    let path = window.home.path("files").join(name);
    window.home.answer_dialog("save", &path)?;
    window.click("paper-save").await?;
    words(&path).await
}

/// Waits until a file is there; it comes whole.
async fn written(path: &Path) -> Outcome {
    for _ in 0..100 {
        if path.exists() {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    Err("the file was not written".into())
}

/// The words of a PDF outside.
async fn words(path: &Path) -> Outcome<String> {
    written(path).await?;
    let output = Command::new("pdftotext").arg(path).arg("-").output()?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

async fn fill_invoice(window: &Window, text: &str, amount: &str) -> Outcome {
    window.click("invoice-new").await?;
    window.fill("invoice-on-0", "3-11-2026").await?;
    window.fill("invoice-text-0", text).await?;
    window.fill("invoice-amount-0", amount).await
}

#[tokio::test]
async fn an_invoice_is_looked_at_issued_saved_printed_and_credited() -> Outcome {
    let window = Window::open().await?;
    window.found().await?;
    let address = [
        ("street", "Lindelaan 5"),
        ("postcode", "3511 AA"),
        ("town", "Utrecht"),
    ];
    client(&window, "Bakker", &address).await?;
    fill_invoice(&window, "Gesprek over depressie", "120,00").await?;
    choose(&window, "invoice-vat", "21").await?;
    // By keyboard from here: the key that ends a line shows, and never issues.
    window.key(Key::Enter).await?;
    window.by_id("keep-anyway").await?;
    sound(&window, "invoice-asks").await?;
    window.fill("invoice-text-0", "Gesprek").await?;
    sound(&window, "invoice-form").await?;
    window.key(Key::Enter).await?;
    shows(&window, "145,20").await?;
    sound(&window, "invoice-preview").await?;
    assert!(!window.has("[data-testid=paper-save]").await);
    window.key(Key::Escape).await?;
    // What the style of the house lacks is told before it is issued.
    window.by_id("invoice-missing").await?;
    sound(&window, "invoice-missing").await?;
    window.click("invoice-issue").await?;
    window.by_id("paper-save").await?;
    shows(&window, "-0001").await?;
    sound(&window, "invoice-issued").await?;
    let text = save(&window, "factuur.pdf").await?;
    for part in [
        "Bakker",
        "Lindelaan 5",
        "3 november 2026",
        "Gesprek",
        "145,20",
        "-0001",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    printed(&window).await?;
    window.key(Key::Escape).await?;
    window.sees("Factuur 20").await?;
    // Once more with exemption, and the first one is cancelled.
    fill_invoice(&window, "Training", "80").await?;
    choose(&window, "invoice-vat", "education").await?;
    window.click("invoice-look").await?;
    shows(&window, "Vrijgesteld van btw").await?;
    window.click("paper-close").await?;
    window.click("invoice-issue").await?;
    shows(&window, "-0002").await?;
    window.click("paper-close").await?;
    sound(&window, "invoice-documents").await?;
    let first =
        "(//*[@data-testid='document-list-invoices']//*[@data-testid='document-menu'])[last()]";
    window.press(By::XPath(first)).await?;
    window.click("document-credit").await?;
    window.by_id("credit-go").await?;
    sound(&window, "invoice-credit").await?;
    window.click("credit-go").await?;
    shows(&window, "-0003").await?;
    sound(&window, "invoice-credited").await?;
    window.click("paper-close").await?;
    bookkeeper(&window).await
}

/// The pages go to the system whole; its own dialog is asked in another test.
async fn printed(window: &Window) -> Outcome {
    let count = "window.print = () => { window.asked = document.querySelectorAll('body > .printing canvas').length; };";
    window.driver.execute(count, Vec::new()).await?;
    window.click("paper-print").await?;
    window.by_id("paper-print").await?;
    for _ in 0..100 {
        let asked = window
            .driver
            .execute("return window.asked ?? 0", Vec::new())
            .await?;
        if asked.json() == 1 {
            let canvas = vec![json!(".printing canvas")];
            let colours = window.driver.execute(COLOURS, canvas).await?;
            assert!(colours.json().as_u64() > Some(2), "an empty sheet");
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    Err("nothing was printed".into())
}

/// The invoices of the practice, and the list for the bookkeeper.
async fn bookkeeper(window: &Window) -> Outcome {
    window.click("nav-manage").await?;
    window.click("tab-invoices").await?;
    window.find(By::Css("[data-number$='-0003']")).await?;
    let rows = window.all(By::Css("[data-testid=invoice-row]")).await?;
    let mut numbers = Vec::new();
    for row in &rows {
        let number = row.attr("data-number").await?.unwrap_or_default();
        numbers.push(number.rsplit('-').next().unwrap_or_default().to_owned());
    }
    assert_eq!(numbers, ["0003", "0002", "0001"]);
    window.sees("Gecrediteerd met 20").await?;
    sound(window, "invoices").await?;
    window.click("invoice-open").await?;
    shows(window, "-0003").await?;
    window.key(Key::Escape).await?;
    let file = window.home.path("files").join("facturen.csv");
    window.home.answer_dialog("save", &file)?;
    window.click("invoices-export").await?;
    written(&file).await?;
    let text = fs::read_to_string(&file)?;
    assert_eq!(text.lines().count(), 4, "{text}");
    assert!(
        text.contains("\"Noor Bakker, Lindelaan 5, 3511 AA Utrecht\""),
        "{text}"
    );
    Ok(())
}

#[tokio::test]
async fn the_dialog_of_the_system_does_not_keep_the_lock_away() -> Outcome {
    let window = Window::open_with(Options {
        lock_seconds: Some(45),
        ..Options::default()
    })
    .await?;
    window.found().await?;
    client(&window, "Bakker", &[]).await?;
    fill_invoice(&window, "Gesprek", "120").await?;
    window.click("invoice-look").await?;
    window.click("paper-close").await?;
    window.click("invoice-issue").await?;
    shows(&window, "-0001").await?;
    let old = window.handle().await?;
    window.click("paper-print").await?;
    // Nobody answers it.
    for _ in 0..3 {
        if window.follow(&old).await.is_ok() {
            break;
        }
    }
    window.by_id("sign-in-view").await?;
    window.sign_in(PASSWORD).await
}

#[tokio::test]
async fn a_report_goes_as_it_was_looked_at() -> Outcome {
    let window = Window::open().await?;
    window.found().await?;
    let fields = [
        ("assignment", "Zoekt ander werk"),
        ("project_status", "running"),
        ("interests", "Duiven"),
    ];
    client(&window, "Bakker", &fields).await?;
    window.click("report-new").await?;
    window.fill("report-to", "Gemeente Rijndal").await?;
    window.fill("report-from", "1-7-2026").await?;
    window.fill("report-until", "30-9-2026").await?;
    window.fill("report-hours", "12,5").await?;
    sound(&window, "report-form").await?;
    window.click("report-look").await?;
    shows(&window, "Zoekt ander werk").await?;
    sound(&window, "report-preview").await?;
    let page = window.text().await?;
    assert!(!page.contains("Duiven"), "{page}");
    window.key(Key::Escape).await?;
    window.by_id("report-goes").await?;
    sound(&window, "report-looked-at").await?;
    let path = window.home.path("files").join("rapportage.pdf");
    window.home.answer_dialog("save", &path)?;
    window.click("report-send").await?;
    window.sees("Hetzelfde stuk ligt bij de documenten").await?;
    let text = words(&path).await?;
    for part in [
        "Gemeente Rijndal",
        "Zoekt ander werk",
        "Loopt",
        "12,5",
        "01-07-2026 tot en met 30-09-2026",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("Duiven"), "{text}");
    window.click("document-show").await?;
    shows(&window, "Zoekt ander werk").await?;
    window.key(Key::Escape).await?;
    profile(&window).await
}

/// The practice makes a profile of its own, and a report has what that names.
async fn profile(window: &Window) -> Outcome {
    window.ctrl(',').await?;
    window.click("profile-new").await?;
    window.fill("profile-name", "Werkgever").await?;
    choose(window, "profile-choose", "interests").await?;
    window.click("profile-add").await?;
    window.fill("profile-label-interests", "Houdt van").await?;
    sound(window, "profile").await?;
    window.click("profile-save").await?;
    window.sees("Houdt van").await?;
    sound(window, "profiles").await?;
    window.click("nav-clients").await?;
    window.click("client-row").await?;
    window.click("tab-documents").await?;
    window.click("report-new").await?;
    choose(window, "report-profile", "Werkgever").await?;
    window.click("report-look").await?;
    shows(window, "Duiven").await?;
    assert!(!window.text().await?.contains("Zoekt ander werk"));
    Ok(())
}

#[tokio::test]
async fn a_mailing_list_leaves_out_who_opted_out_and_proves_it() -> Outcome {
    let window = Window::open().await?;
    window.found().await?;
    let wanted = |mail: &'static str| [("email", mail), ("mailing_newsletter", "wanted")];
    let reader = client(&window, "Lezer", &wanted("lezer@voorbeeld.nl")).await?;
    client(&window, "Zwijger", &wanted("zwijger@voorbeeld.nl")).await?;
    let gone = client(&window, "Vertrokken", &wanted("weg@voorbeeld.nl")).await?;
    set(&window, &gone, &[("no_contact", "no_further_contact")]).await?;
    let request = json!({ "template": "newsletter", "language": "nl", "purpose": "", "scope": [], "recipient": "", "by": null, "on": "", "until": null });
    let filled = json!({ "dossier": reader, "request": request });
    let filled = ask(&window, "fill_consent", filled).await?;
    let given = json!({ "dossier": reader, "request": request, "shown": filled["text"], "scan": null, "note": "Aan de balie" });
    let consent = ask(&window, "give_consent", given).await?;
    window.click("nav-clients").await?;
    window.click("clients-menu").await?;
    window.click("menu-mailing").await?;
    window.by_id("mailing-dialog").await?;
    sound(&window, "mailing").await?;
    choose(&window, "mailing-channel", "newsletter").await?;
    let path = window.home.path("files").join("nieuwsbrief.csv");
    window.home.answer_dialog("save", &path)?;
    window.click("mailing-go").await?;
    window.sees("1 op de lijst").await?;
    window.sees("geen contact meer: 1").await?;
    window.sees("geen geldige toestemming: 1").await?;
    sound(&window, "mailing-done").await?;
    let digest = window.by_id("mailing-digest").await?.text().await?;
    let text = fs::read_to_string(&path)?;
    assert!(text.contains("lezer@voorbeeld.nl"), "{text}");
    assert!(
        !text.contains("zwijger@") && !text.contains("weg@"),
        "{text}"
    );
    assert_eq!(digest, sha256(&path)?);
    // Taken back: gone from the very next one.
    let taken = json!({ "consent": consent, "by": null, "written": false, "note": "" });
    ask(&window, "withdraw_consent", taken).await?;
    window.click("mailing-go").await?;
    window.sees("geen geldige toestemming: 2").await?;
    assert!(!fs::read_to_string(&path)?.contains("lezer@"));
    window.key(Key::Escape).await?;
    window.click("nav-log").await?;
    window.sees("Mailinglijst gemaakt").await
}

/// By another program than ours.
fn sha256(path: &Path) -> Outcome<String> {
    let output = Command::new("sha256sum").arg(path).output()?;
    let text = String::from_utf8(output.stdout)?;
    Ok(text.split(' ').next().unwrap_or_default().to_owned())
}

const LOGO: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><circle cx="20" cy="20" r="16" fill="#6b2a4a"/><path d="M48 30h60M48 20h40M48 10h52" stroke="#6b2a4a" stroke-width="4"/></svg>"##;

#[tokio::test]
async fn the_house_style_is_seen_before_it_is_kept() -> Outcome {
    let window = Window::open().await?;
    window.found().await?;
    window.ctrl(',').await?;
    window.fill("style-name", "Praktijk De Linde").await?;
    for (field, one, two) in [
        ("style-address", "Oudegracht 1", "3511 AA Utrecht"),
        ("style-contact", "030-1234567", "www.voorbeeld.nl"),
    ] {
        window.fill(field, one).await?;
        window.key(Key::Enter).await?;
        window.keys(two).await?;
    }
    assert_eq!(
        window.value("style-address").await?,
        "Oudegracht 1\n3511 AA Utrecht"
    );
    choose(&window, "style-colour", "#6b2a4a").await?;
    let logo = window.home.path("files").join("logo.svg");
    fs::write(&logo, LOGO)?;
    let file = window
        .driver
        .find(By::Css("[data-testid=style-logo]"))
        .await?;
    file.send_keys(logo.display().to_string()).await?;
    window.by_id("style-logo-seen").await?;
    window.fill("style-iban", "NL92 ABNA 0417 1643 00").await?;
    window.click("style-save").await?;
    window
        .find(By::Css("[data-testid=style-iban][aria-invalid=true]"))
        .await?;
    sound(&window, "style-refused").await?;
    window.fill("style-iban", "NL91 ABNA 0417 1643 00").await?;
    window.click("style-look").await?;
    shows(&window, "Praktijk De Linde").await?;
    sound(&window, "style-preview").await?;
    window.key(Key::Escape).await?;
    // Looked at, and not kept yet.
    let kept = ask(&window, "house_style", json!({})).await?;
    assert_eq!(kept["name"], "Praktijk Zuid");
    window.click("style-save").await?;
    window.sees("De huisstijl is bewaard").await?;
    sound(&window, "style").await?;
    // The papers have it from now on.
    client(&window, "Bakker", &[]).await?;
    fill_invoice(&window, "Gesprek", "120").await?;
    window.click("invoice-look").await?;
    shows(&window, "NL91 ABNA 0417 1643 00").await?;
    window.sees("Oudegracht 1").await?;
    sound(&window, "style-invoice").await
}

#[tokio::test]
async fn the_papers_speak_english_too() -> Outcome {
    let window = Window::open().await?;
    window.found().await?;
    client(&window, "Baker", &[]).await?;
    window.ctrl(',').await?;
    window.click("language-en").await?;
    window.sees("House style").await?;
    sound(&window, "en-settings").await?;
    window.click("nav-clients").await?;
    window.click("client-row").await?;
    window.click("tab-documents").await?;
    fill_invoice(&window, "Conversation", "120").await?;
    sound(&window, "en-invoice").await?;
    window.click("invoice-look").await?;
    shows(&window, "Conversation").await?;
    sound(&window, "en-preview").await?;
    window.click("paper-close").await?;
    window.click("invoice-issue").await?;
    shows(&window, "-0001").await?;
    window.click("paper-close").await?;
    window.click("report-new").await?;
    sound(&window, "en-report").await?;
    window.key(Key::Escape).await?;
    window.click("nav-manage").await?;
    window.click("tab-invoices").await?;
    window.by_id("invoice-row").await?;
    sound(&window, "en-invoices").await?;
    window.click("nav-clients").await?;
    window.click("clients-menu").await?;
    window.click("menu-mailing").await?;
    sound(&window, "en-mailing").await
}
