//! Standing in, in the window: given from date to date, seen by the colleague, ended by who manages people when the giver is ill, and told on
//! return. One of days ago ended by itself.

use crate::ready::{
    OTHER, SANNE, client, colleague, days_ago, enter, founded, pictures, sign_in_as,
};
use chrono::{Days, Utc};
use dossierkluis::{
    dossier::{EntryContent, Reveal},
    ids::DossierId,
    people::NewStandIn,
    practice::Practice,
    time::civil_day,
};
use support::window::{Outcome, PASSWORD, Window};
use thirtyfour::{By, Key};

const CAS: &str = "Cas de Boer";
const ARIE: &str = "Arie Beheerder";
const NOTE: &str = "Heeft volgende week een sollicitatie.";

async fn look(window: &Window, name: &str) -> Outcome {
    window.looked_at(&pictures("stand-in"), name).await
}

/// A day so many days from now, as people write it.
fn typed(days: u64) -> String {
    let day = civil_day(Utc::now()) + Days::new(days);
    day.format("%d-%m-%Y").to_string()
}

async fn lend(practice: &Practice, id: DossierId) -> Outcome {
    let users = practice.users().await?;
    let cas = users.iter().find(|user| &**user.name == CAS).ok_or("Cas")?;
    let today = civil_day(days_ago(10)());
    let new = NewStandIn {
        to: cas.id,
        dossiers: &[id],
        from: today,
        until: today + Days::new(3),
    };
    practice.give_stand_in(&new).await?;
    Ok(())
}

/// Ten days ago: Sanne lent a dossier for three days, and Cas worked in it.
async fn ready() -> Outcome<Window> {
    let window = Window::open().await?;
    let mut sanne = founded(&window, 10).await?;
    sanne = colleague(&window, sanne, (CAS, "coach", 10)).await?;
    sanne = colleague(&window, sanne, (ARIE, "administrator", 10)).await?;
    let fields = [("given_name", "Noor"), ("surname", "Zuidwijk")];
    let lent = client(&sanne, &fields, "Eerste gesprek.").await?;
    let fields = [("given_name", "Jan"), ("surname", "Bakker")];
    client(&sanne, &fields, NOTE).await?;
    lend(&sanne, lent).await?;
    drop(sanne.lock().await?);
    let cas = enter(&window, CAS, OTHER, 9).await?;
    cas.open_dossier(lent, Reveal::Nothing).await?;
    let note = EntryContent::note("Gebeld: het gaat goed.");
    cas.add_entry(lent, "session_notes", note).await?;
    drop(cas.lock().await?);
    window.crash_and_reopen().await
}

/// Gives Cas the dossier of Jan Bakker for a fortnight.
async fn give(window: &Window) -> Outcome {
    window.ctrl(',').await?;
    window.click("stand-in-new").await?;
    window.by_id("give-stand-in").await?;
    let cas = By::XPath(format!(
        "//*[@data-testid='stand-in-who']/option[normalize-space()='{CAS}']"
    ));
    window.press(cas).await?;
    window.fill("stand-in-until", &typed(14)).await?;
    window.fill("stand-in-find", "Bakker").await?;
    window.click("stand-in-dossier").await?;
    window.sees("1 gekozen").await?;
    look(window, "3-give").await?;
    window.click("stand-in-go").await?;
    window
        .find(By::Css("[data-testid=stand-in][data-state=running]"))
        .await?;
    look(window, "4-given").await
}

/// Cas sees for whom, opens the dossier, and writes in it.
async fn stand_in(window: &Window) -> Outcome {
    sign_in_as(window, CAS, OTHER).await?;
    window.by_id("stand-in-running").await?;
    look(window, "5-colleague").await?;
    window.click("nav-clients").await?;
    window.sees("Bakker").await?;
    window.click("client-row").await?;
    window.sees(NOTE).await?;
    let note = window.by_id("note-text").await?;
    note.send_keys("Sollicitatie ging goed.").await?;
    window.click("note-save").await?;
    window.sees("Sollicitatie ging goed.").await?;
    look(window, "6-dossier").await?;
    window.lock().await
}

/// Arie ends it, and sees neither a name nor a number of what is in it.
async fn end(window: &Window) -> Outcome {
    sign_in_as(window, ARIE, OTHER).await?;
    window.ctrl(',').await?;
    let line = window.by_id("stand-in-others").await?;
    line.scroll_into_view().await?;
    let said = line.text().await?;
    assert!(
        said.contains(CAS) && said.contains(SANNE) && !said.contains("dossier"),
        "{said}"
    );
    look(window, "7-manager").await?;
    window.click("stand-in-end-others").await?;
    window.by_id("end-stand-in").await?;
    look(window, "8-end").await?;
    window.click("stand-in-end-go").await?;
    window.sees("is afgelopen").await?;
    assert!(!window.text().await?.contains("Bakker"));
    window.lock().await
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_given_seen_ended_and_told_on_return() -> Outcome {
    let window = ready().await?;
    sign_in_as(&window, SANNE, PASSWORD).await?;
    // The one of days ago ended by itself.
    window.click("stand-in-over-read").await?;
    window.by_id("deed").await?;
    window.sees("Zuidwijk").await?;
    look(&window, "2-report").await?;
    window.key(Key::Escape).await?;
    give(&window).await?;
    window.lock().await?;
    stand_in(&window).await?;
    end(&window).await?;
    // At once, and also in the list.
    sign_in_as(&window, CAS, OTHER).await?;
    window.click("nav-clients").await?;
    window.sees("Cliënten").await?;
    assert!(!window.text().await?.contains("Bakker"));
    window.lock().await?;
    sign_in_as(&window, SANNE, PASSWORD).await?;
    window.by_id("stand-in-over").await?;
    look(&window, "9-return").await?;
    window.click("stand-in-over-read").await?;
    window.by_id("deed").await?;
    window.sees("Bakker").await?;
    look(&window, "10-told").await?;
    window.click("stand-in-read").await?;
    window.click("nav-clients").await?;
    window.sees("Bakker").await?;
    Ok(())
}
