//! Backups in the window: one is made, somebody is erased, it is put back beside the present practice, and who was erased
//! stays away; then on a machine where there is nothing yet.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};
use support::window::{Outcome, PASSWORD, Window};
use thirtyfour::By;

const PAPER: &str = "merkwaardig";

/// The code for backups, as it stands on the sheet in the window.
async fn backup_code(window: &Window) -> Outcome<String> {
    let groups = By::Css("[data-testid=backup-groups] .mono");
    let mut code = Vec::new();
    for group in window.all(groups).await? {
        code.push(group.text().await?);
    }
    Ok(code.join("-"))
}

/// For looking at: where `PICTURES` says, in light and dark.
async fn picture(window: &Window, name: &str) -> Outcome {
    let Some(folder) = std::env::var_os("PICTURES") else {
        return Ok(());
    };
    for theme in ["light", "dark"] {
        let script = format!("document.documentElement.dataset.theme = '{theme}'");
        window.driver.execute(script, Vec::new()).await?;
        let path = std::path::Path::new(&folder).join(format!("{name}-{theme}.png"));
        window.picture(&path).await?;
    }
    Ok(())
}

/// Takes a document in, in the dossier that is open.
async fn add_paper(window: &Window) -> Outcome {
    let path = window.home.path("files").join(format!("{PAPER}.txt"));
    fs::write(&path, "Een verzonnen verslag.")?;
    window.home.answer_dialog("open", &path)?;
    window.click("tab-documents").await?;
    window.click("document-add").await?;
    window.by_id("picked").await?;
    window.click("document-go").await?;
    window.by_id("document").await?;
    window.sees(PAPER).await
}

/// Chooses a new folder for the backups.
async fn choose_stick(window: &Window) -> Outcome<PathBuf> {
    window.click("nav-manage").await?;
    window.click("tab-backups").await?;
    let stick = window.home.path("files").join("stick");
    fs::create_dir(&stick)?;
    window.home.answer_dialog("folder", &stick)?;
    window.click("backup-choose-folder").await?;
    Ok(stick)
}

async fn open_papers(window: &Window) -> Outcome {
    window.click("nav-clients").await?;
    window.click("client-row").await?;
    window.click("tab-documents").await
}

async fn destroy_paper(window: &Window) -> Outcome {
    open_papers(window).await?;
    window.click("document-menu").await?;
    window.click("document-destroy").await?;
    window.click("destroy-sure").await?;
    window.click("destroy-go").await?;
    for _ in 0..50 {
        if !window.has("[data-testid=document]").await {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err("the document is still there".into())
}

#[tokio::test]
async fn a_backup_is_made_tried_and_put_back() -> Outcome {
    let window = Window::open().await?;
    window.wizard_to_sheet().await?;
    let code = backup_code(&window).await?;
    window.confirm_sheet().await?;
    window.click("to-sign-in").await?;
    window.by_id("shell").await?;
    // Told on the first day, before anything is arranged.
    window.by_id("backup-card").await?;
    picture(&window, "today").await?;
    window.new_client("Noor", "Zuidwijk").await?;
    add_paper(&window).await?;
    let stick = choose_stick(&window).await?;
    window.sees("stick").await?;
    window.click("backup-make").await?;
    window.by_id("backup-digest").await?;
    window.by_id("backup-restore").await?;
    assert_eq!(fs::read_dir(&stick)?.count(), 1);
    picture(&window, "page").await?;
    assert_eq!(window.axe().await?, Vec::<String>::new());
    // The drill with the code from paper; a wrong one is told.
    window.click("drill-begin").await?;
    window.fill("backup-code", "NIETDECODE").await?;
    window.click("restore-go").await?;
    window.sees("opent de back-up niet").await?;
    picture(&window, "drill").await?;
    window.fill("backup-code", &code).await?;
    window.click("restore-go").await?;
    window.sees("Geslaagd op").await?;
    destroy_paper(&window).await?;
    // Somebody who came after it is lost with a restore, and that is said before.
    window.new_client("Kees", "Later").await?;
    window.click("nav-manage").await?;
    window.click("tab-backups").await?;
    window.click("backup-restore").await?;
    window.sees("gaat verloren").await?;
    picture(&window, "restore").await?;
    window.fill("backup-code", &code).await?;
    window.leave("restore-go").await?;
    window.by_id("sign-in-view").await?;
    window.sign_in(PASSWORD).await?;
    window.click("nav-clients").await?;
    window.sees("Zuidwijk").await?;
    assert!(!window.text().await?.contains("Later"));
    open_papers(&window).await?;
    window.by_id("document-add").await?;
    assert!(
        !window.text().await?.contains(PAPER),
        "what was destroyed came back"
    );
    let parent = window.home.practice();
    let parent = parent.parent().ok_or("a parent")?;
    assert_eq!(
        fs::read_dir(parent)?.count(),
        2,
        "the former folder is kept"
    );
    Ok(())
}

#[tokio::test]
async fn whoever_closes_the_window_has_a_backup() -> Outcome {
    let window = Window::open().await?;
    window.found().await?;
    window.new_client("Noor", "Zuidwijk").await?;
    let stick = choose_stick(&window).await?;
    window.sees("De instellingen zijn bewaard").await?;
    window.close()?;
    window.ended().await?;
    let made: Vec<_> = fs::read_dir(&stick)?.collect::<Result<_, _>>()?;
    assert_eq!(made.len(), 1, "{made:?}");
    // It is there and checked when the program is opened again, and nothing is due that was just made.
    let window = window.crash_and_reopen().await?;
    window.sign_in(PASSWORD).await?;
    window.click("nav-manage").await?;
    window.click("tab-backups").await?;
    window.sees("De laatste back-up is van vandaag").await?;
    window.close()?;
    window.ended().await?;
    assert_eq!(fs::read_dir(&stick)?.count(), 1);
    Ok(())
}

#[tokio::test]
async fn a_backup_is_made_by_itself_while_the_window_is_open() -> Outcome {
    let window = Window::open().await?;
    window.found().await?;
    window.new_client("Noor", "Zuidwijk").await?;
    let stick = choose_stick(&window).await?;
    window.sees("De instellingen zijn bewaard").await?;
    // It is looked at once a minute; what is being written stands aside under another name.
    let made = || {
        let files = fs::read_dir(&stick)?.collect::<Result<Vec<_>, _>>()?;
        let whole = files
            .iter()
            .filter(|file| file.file_name().to_string_lossy().ends_with("Z.age"));
        Ok::<_, std::io::Error>(whole.count())
    };
    let begun = Instant::now();
    while made()? == 0 && begun.elapsed() < Duration::from_secs(90) {
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    assert_eq!(made()?, 1);
    // The page that is open tells it without being asked.
    window.sees("De laatste back-up is van vandaag").await
}

#[tokio::test]
async fn a_new_machine_begins_with_a_backup() -> Outcome {
    let window = Window::open().await?;
    window.wizard_to_sheet().await?;
    let code = backup_code(&window).await?;
    window.confirm_sheet().await?;
    window.click("to-sign-in").await?;
    window.by_id("shell").await?;
    window.new_client("Noor", "Zuidwijk").await?;
    let stick = choose_stick(&window).await?;
    window.click("backup-make").await?;
    window.by_id("backup-digest").await?;
    let made = fs::read_dir(&stick)?.next().ok_or("a backup")??.path();
    // The disk of the old one is gone.
    let folder = window.home.practice();
    let window = {
        let aside = folder.with_file_name("kapot");
        fs::rename(&folder, &aside)?;
        fs::remove_dir_all(aside)?;
        window.crash_and_reopen().await?
    };
    window.home.answer_dialog("open", &made)?;
    window.click("restore-begin").await?;
    window.click("restore-pick").await?;
    picture(&window, "first").await?;
    window.fill("backup-code", &code).await?;
    assert_eq!(window.axe().await?, Vec::<String>::new());
    window.click("restore-go").await?;
    window.by_id("sign-in-view").await?;
    window.sign_in(PASSWORD).await?;
    window.click("nav-clients").await?;
    window.sees("Zuidwijk").await
}
