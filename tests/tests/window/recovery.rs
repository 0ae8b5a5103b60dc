//! Back in after something was lost: each way tried in the window itself.

use crate::letter;
use dossierkluis::{
    crypto::{Outward, Passphrase, WorkFactor},
    practice::{Locked, system_clock},
};
use std::{fs, path::Path, sync::Arc};
use support::window::{Options, Outcome, PASSWORD, Window};
use thirtyfour::By;

const NEXT: &str = "vier paarden op een dak";
const LAST: &str = "vijf ezels aan de kade";
const VAULT: &str = "zeven zwanen onder de brug";

/// The groups that are on the screen, as one types them.
async fn groups(window: &Window, list: &str) -> Outcome<String> {
    window.by_id(list).await?;
    let css = format!("[data-testid={list}] .mono");
    let mut code = Vec::new();
    for group in window.driver.find_all(By::Css(css)).await? {
        code.push(group.text().await?);
    }
    Ok(code.join(" "))
}

async fn forgot(window: &Window, way: &str) -> Outcome {
    window.click("forgot").await?;
    window.by_id("recover-view").await?;
    if way != "sheet" {
        let radio = By::Css(format!("label:has([data-testid=way-{way}])"));
        window.press(radio).await?;
    }
    Ok(())
}

async fn looked_at(window: &Window, name: &str) -> Outcome {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("recovery");
    window.looked_at(&folder, name).await
}

#[tokio::test]
async fn with_the_recovery_sheet() -> Outcome {
    let window = Window::open().await?;
    window.wizard_to_sheet().await?;
    let code = groups(&window, "recovery-groups").await?;
    let page = letter::look(&window, "look-sheet").await?;
    assert!(code.split(' ').all(|group| page.contains(group)), "{page}");
    looked_at(&window, "sheet-paper").await?;
    let page = letter::save(&window, "blad.pdf").await?;
    let backups = groups(&window, "backup-groups").await?;
    let both = code.split(' ').chain(backups.split(' '));
    both.for_each(|group| assert!(page.contains(group), "{page}"));
    window.click("paper-close").await?;
    window.confirm_sheet().await?;
    window.click("to-sign-in").await?;
    window.by_id("shell").await?;
    window.new_client("Fatima", "el Amrani").await?;
    window.lock().await?;
    forgot(&window, "sheet").await?;
    window.fill("recovery-code", &code).await?;
    window.fill("new-password", NEXT).await?;
    window.fill("repeat-password", NEXT).await?;
    looked_at(&window, "sheet").await?;
    window.click("recover-go").await?;
    window.by_id("shell").await?;
    assert!(
        !window.has("[data-testid=recovery-banner]").await,
        "not to whoever did it"
    );
    window.lock().await?;
    // Told at the next sign-in, until it was seen.
    window.sign_in(NEXT).await?;
    window.by_id("recovery-banner").await?;
    looked_at(&window, "told").await?;
    window.click("recovery-seen").await?;
    window.lock().await?;
    window.sign_in(NEXT).await?;
    window.ctrl(',').await?;
    window.by_id("settings").await?;
    assert!(!window.has("[data-testid=recovery-banner]").await);
    Ok(())
}

#[tokio::test]
async fn by_two_people_together() -> Outcome {
    let window = Window::open().await?;
    window.found().await?;
    window.ctrl(',').await?;
    window.click("open-shares").await?;
    window.fill("password", PASSWORD).await?;
    window.click("make-shares").await?;
    let mut shares = Vec::new();
    for _ in 0..3 {
        shares.push(groups(&window, "share-groups").await?);
        if shares.len() == 1 {
            looked_at(&window, "share").await?;
            let page = letter::look(&window, "look-share").await?;
            assert!(page.contains("Hersteldeel 1 van 3"), "{page}");
            looked_at(&window, "share-paper").await?;
            window.click("paper-close").await?;
            let page = window.home.path("files").join("deel.pdf");
            window.home.answer_dialog("save", &page)?;
            window.click("save-share").await?;
            window.sees("Bewaard").await?;
            let page = letter::paper(&page)?;
            assert!(shares[0].split(' ').all(|group| page.contains(group)));
        }
        window.click("share-next").await?;
    }
    window.by_id("end-split").await?;
    window.lock().await?;
    forgot(&window, "shares").await?;
    window.fill("share-one", &shares[2]).await?;
    window.fill("share-two", &shares[2]).await?;
    window.fill("new-password", NEXT).await?;
    window.fill("repeat-password", NEXT).await?;
    window.click("recover-go").await?;
    window.sees("twee keer hetzelfde deel").await?;
    looked_at(&window, "shares").await?;
    window.fill("share-two", &shares[0].to_lowercase()).await?;
    window.click("recover-go").await?;
    window.by_id("shares-recovered").await?;
    window.click("back-to-sign-in").await?;
    window.fill("password", NEXT).await?;
    window.click("sign-in").await?;
    window.by_id("forced-password").await?;
    window.fill("old-password", NEXT).await?;
    window.fill("new-password", LAST).await?;
    window.fill("repeat-password", LAST).await?;
    window.click("change-password").await?;
    window.by_id("shell").await?;
    window.by_id("recovery-banner").await?;
    window.sees("twee hersteldelen").await
}

#[tokio::test]
async fn a_vault_with_its_own_sheet() -> Outcome {
    let window = Window::open().await?;
    window.found().await?;
    window.click("nav-manage").await?;
    window.click("tab-vaults").await?;
    window.click("vault-new").await?;
    window.fill("vault-name", "Personeel").await?;
    window.click("vault-next").await?;
    window.fill("new-password", VAULT).await?;
    window.fill("repeat-password", VAULT).await?;
    window.click("vault-next").await?;
    let code = groups(&window, "recovery-groups").await?;
    window.confirm_sheet().await?;
    window.by_id("vault-Personeel").await?;
    window.click("nav-employees").await?;
    window.click("new-employee").await?;
    window.fill("new-surname", "Visser").await?;
    window.click("create-dossier").await?;
    window.by_id("dossier").await?;
    window.click("vault-close").await?;
    window.by_id("vault-gate").await?;
    window.click("vault-use-sheet").await?;
    window.fill("vault-code", &code).await?;
    window.fill("new-password", NEXT).await?;
    window.fill("repeat-password", NEXT).await?;
    window.click("vault-recover-go").await?;
    window.by_id("vault-chip").await?;
    Ok(())
}

#[tokio::test]
async fn a_keyring_that_was_lost() -> Outcome {
    let window = Window::open().await?;
    window.found().await?;
    window.new_client("Fatima", "el Amrani").await?;
    window.shut_down().await?;
    let file = window.home.practice().join("keyring.json");
    let mut bytes = fs::read(&file)?;
    bytes[500] ^= 1;
    fs::write(&file, bytes)?;
    let window = window.crash_and_reopen().await?;
    window.by_id("keyring-broken").await?;
    window.enabled("rebuild-keyring").await?;
    looked_at(&window, "keyring").await?;
    window.click("rebuild-keyring").await?;
    window.by_id("sign-in-view").await?;
    window.sign_in(PASSWORD).await?;
    window.click("nav-clients").await?;
    window.sees("el Amrani").await
}

#[tokio::test]
async fn what_is_whole_in_a_damaged_database() -> Outcome {
    let window = Window::open().await?;
    window.found().await?;
    for name in ["Aalders", "Bakker", "Claes"] {
        window.new_client("Jan", name).await?;
        for _ in 0..3 {
            let text = format!("Over {name}. ").repeat(60);
            window.by_id("note-text").await?.send_keys(text).await?;
            window.click("note-save").await?;
            window.by_id("entry").await?;
        }
    }
    window.shut_down().await?;
    let practice = window.home.practice();
    damage_one_dossier(&practice).await?;
    let window = window.crash_and_reopen().await?;
    window.by_id("sign-in-view").await?;
    forgot(&window, "damaged").await?;
    window.fill("password", PASSWORD).await?;
    looked_at(&window, "salvage").await?;
    window.click("salvage-go").await?;
    window.by_id("salvaged").await?;
    window.by_id("salvage-damaged").await?;
    window.sees(", Jan").await?;
    looked_at(&window, "salvaged").await?;
    window.click("back-to-sign-in").await?;
    window.sign_in(PASSWORD).await?;
    window.click("nav-clients").await?;
    window.by_id("client-row").await?;
    // The damaged folder is kept beside the saved one.
    let beside: Vec<String> = fs::read_dir(practice.parent().ok_or("a parent")?)?
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert!(
        beside.iter().any(|name| name.contains(".damaged-")),
        "{beside:?}"
    );
    Ok(())
}

/// Flips a byte in a page of which some dossiers need nothing and others do.
async fn damage_one_dossier(practice: &Path) -> Outcome {
    const PAGE: usize = 4096;
    let database = practice.join("practice.db");
    let whole = fs::read(&database)?;
    let aside = tempfile::tempdir()?;
    for page in (1..whole.len() / PAGE).rev() {
        let mut bytes = whole.clone();
        bytes[page * PAGE + 100] ^= 1;
        fs::write(&database, bytes)?;
        let mut locked = Locked::open(practice, system_clock(), "test")?;
        let user = locked.users().first().ok_or("a user")?.id.to_string();
        let to = aside.path().join(page.to_string());
        let salvaged = locked.salvage(&user, PASSWORD, &to, &|_| ()).await;
        if let Ok(salvaged) = salvaged
            && salvaged.saved > 0
            && !salvaged.damaged.is_empty()
            && salvaged.parts.is_empty()
            && !salvaged.names.is_empty()
        {
            return Ok(());
        }
    }
    Err("no page belongs to one dossier alone".into())
}

#[tokio::test]
async fn this_laptop_goes_away() -> Outcome {
    let window = Window::open_with(Options::default()).await?;
    window.found().await?;
    window.new_client("Hendrika", "Zonneveld").await?;
    let refused = retire(&window).await;
    refused?;
    window.by_id("retire-refused").await?;
    window.sees("back-up").await?;
    looked_at(&window, "retire").await?;
    window.shut_down().await?;
    let practice = window.home.practice();
    let locked = Locked::open(&practice, system_clock(), "test")?;
    let user = locked.users().first().ok_or("a user")?.id.to_string();
    let open = locked
        .unlock(&user, PASSWORD)
        .await
        .map_err(|(_, error)| error)?;
    let to = Outward::Password(Passphrase::new(PASSWORD), WorkFactor::for_tests());
    let backup = window.home.path("files").join("back-up.age");
    open.back_up(&backup, to, &|_| (), &Arc::default()).await?;
    drop(open.lock().await?);
    let window = window.crash_and_reopen().await?;
    window.sign_in(PASSWORD).await?;
    let certificate = window.home.path("files").join("bewijs.txt");
    window.home.answer_dialog("save", &certificate)?;
    retire(&window).await?;
    window.by_id("certificate").await?;
    looked_at(&window, "certificate").await?;
    window.leave("certificate-close").await?;
    window.by_id("first-run").await?;
    assert!(!practice.exists());
    let text = fs::read_to_string(certificate)?;
    assert!(
        text.contains("Praktijk Zuid") && !text.contains("Zonneveld"),
        "{text}"
    );
    Ok(())
}

async fn retire(window: &Window) -> Outcome {
    window.click("nav-manage").await?;
    window.click("tab-retire").await?;
    window.fill("retire-name", "Praktijk Zuid").await?;
    window.fill("retire-password", PASSWORD).await?;
    window.click("retire-go").await?;
    Ok(())
}
