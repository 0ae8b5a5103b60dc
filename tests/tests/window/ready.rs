//! Practices that the core makes for the window to open: with people in them, and with what happened days ago.

use chrono::{TimeDelta, Utc};
use dossierkluis::{
    catalogue::Role,
    crypto::WorkFactor,
    dossier::{EntryContent, NewDossier},
    ids::{DossierId, GroupId},
    practice::{Clock, Founding, Locked, Practice, RecoverySheet},
};
use std::{fs, path::Path, sync::Arc};
use support::window::{Outcome, PASSWORD, Window};

/// Whoever founds a practice here: administrator and coach.
pub const SANNE: &str = "Sanne Jansen";
/// The password of everybody else.
pub const OTHER: &str = "vier paarden op een dak";

/// The clock of so many days ago.
pub fn days_ago(days: i64) -> Clock {
    Arc::new(move || Utc::now() - TimeDelta::days(days))
}

/// Where the pictures of these stories lie.
pub fn pictures(story: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(story)
}

/// A practice of Sanne's, founded so many days ago.
pub async fn founded(window: &Window, days: i64) -> Outcome<Practice> {
    let folder = window.home.practice();
    fs::create_dir_all(folder.parent().ok_or("a parent")?)?;
    let founding = Founding {
        practice: "Praktijk Zuid",
        user: SANNE,
        password: PASSWORD,
        work: WorkFactor::for_tests(),
        roles: &[Role::Coach],
    };
    let (practice, sheet) = Locked::found(&folder, &founding, days_ago(days), "test").await?;
    confirm(&practice, &sheet)?;
    Ok(practice)
}

/// Says that a recovery sheet is on paper: without that the window asks for nothing else.
fn confirm(practice: &Practice, sheet: &RecoverySheet) -> Outcome {
    let groups = sheet.groups();
    let group = groups.get(sheet.ask() - 1).ok_or("a group")?;
    Ok(practice.confirm_sheet(group)?)
}

/// Signs in without the window, so many days ago.
pub async fn enter(window: &Window, who: &str, password: &str, days: i64) -> Outcome<Practice> {
    let locked = Locked::open(&window.home.practice(), days_ago(days), "test")?;
    let unlocked = locked.unlock(who, password).await;
    let practice = unlocked.map_err(|(_, error)| error)?;
    practice.load(&|_| ()).await?;
    practice.maintain().await?;
    Ok(practice)
}

/// Invites a colleague to a group, who chooses a password. Gives whoever invited, signed in again.
pub async fn colleague(
    window: &Window,
    practice: Practice,
    (name, role, days): (&str, &str, i64),
) -> Outcome<Practice> {
    let groups = practice.groups().await?;
    let groups: Vec<GroupId> = groups
        .iter()
        .filter(|one| one.role == role)
        .map(|one| one.id)
        .collect();
    let invitation = practice.invite(name, &groups).await?;
    drop(practice.lock().await?);
    let locked = Locked::open(&window.home.practice(), days_ago(days), "test")?;
    let unlocked = locked.unlock(name, &invitation.password).await;
    let invited = unlocked.map_err(|(_, error)| error)?;
    invited.change_password(&invitation.password, OTHER).await?;
    let sheet = invited.new_sheet(OTHER).await?;
    confirm(&invited, &sheet)?;
    drop(invited.lock().await?);
    enter(window, SANNE, PASSWORD, days).await
}

/// A client in one's own circle, with a note.
pub async fn client(
    practice: &Practice,
    fields: &[(&str, &str)],
    note: &str,
) -> Outcome<DossierId> {
    let fields = fields.iter();
    let new = NewDossier {
        kind: "client".to_owned(),
        home: practice.own_circle().into(),
        fields: fields
            .map(|(field, value)| ((*field).to_owned(), (*value).to_owned()))
            .collect(),
    };
    let id = practice.create(&new).await?;
    let note = EntryContent::note(note);
    practice.add_entry(id, "session_notes", note).await?;
    Ok(id)
}

/// Signs in on the screen as one of several people.
pub async fn sign_in_as(window: &Window, name: &str, password: &str) -> Outcome {
    window.click(&format!("user-{name}")).await?;
    window.fill("password", password).await?;
    window.click("sign-in").await?;
    window.by_id("shell").await?;
    Ok(())
}

/// Opens the only dossier in the list of clients, at one of its tabs.
pub async fn open_client(window: &Window, tab: &str) -> Outcome {
    window.click("nav-clients").await?;
    window.click("client-row").await?;
    window.by_id("dossier").await?;
    window.click(tab).await
}

/// Chooses in a list.
pub async fn choose(window: &Window, list: &str, value: &str) -> Outcome {
    let option = format!("[data-testid=\"{list}\"] option[value=\"{value}\"]");
    window.press(thirtyfour::By::Css(option)).await
}

/// Answers the four questions, in their order.
pub async fn weigh(window: &Window, answers: [&str; 4]) -> Outcome {
    window.by_id("weigh-dialog").await?;
    for (ground, answer) in ["interest", "need", "harm", "doubt"].iter().zip(answers) {
        window.click(&format!("{ground}-{answer}")).await?;
    }
    Ok(())
}
