//! What follows once a practice is open: the lock clock starts, and the memory of the session is filled in the background.

use crate::{
    dto::{CircleInfo, First, Language, Preferences, Progress, Recovery, Session, UserName, names},
    event,
    failure::{Answer, Failure},
    idle::Now,
    lock,
    state::{Hold, Shell},
};
use dossierkluis::{
    error::Error,
    practice::{Locked, Practice},
};
use std::time::Duration;
use tauri::{AppHandle, Manager, async_runtime};
use tokio::sync::RwLockWriteGuard;

/// The lock clock until the real length is known.
const SHORTEST: Duration = Duration::from_secs(60);

/// How a locked practice is opened; a refusal gives it back.
pub type Opened = Result<Practice, (Box<Locked>, Error)>;

/// Opens the locked practice in the given way and tells about the session.
pub async fn open(app: &AppHandle, way: impl AsyncFnOnce(Locked) -> Opened) -> Answer<Session> {
    let shell = app.state::<Shell>();
    let mut hold = shell.hold().await?;
    match std::mem::replace(&mut *hold, Hold::Nothing) {
        Hold::Locked(locked) => match way(locked).await {
            Ok(practice) => enter(app, hold, practice).await,
            Err((locked, error)) => {
                *hold = Hold::Locked(*locked);
                Err(error.into())
            }
        },
        other => {
            *hold = other;
            Err(Failure::new("not_found"))
        }
    }
}

/// Keeps an opened practice, starts the clock and the loading, and tells about the session.
pub async fn enter(
    app: &AppHandle,
    mut hold: RwLockWriteGuard<'_, Hold>,
    practice: Practice,
) -> Answer<Session> {
    let shell = app.state::<Shell>();
    shell.keep_stopper(&practice);
    *hold = Hold::Open(Box::new(practice));
    // From here on it can be locked, whatever fails.
    shell.idle.start(SHORTEST, Now::read());
    drop(hold);
    let begun = begin(app).await;
    if begun.is_err() {
        lock::start(app);
    }
    begun
}

async fn begin(app: &AppHandle) -> Answer<Session> {
    let shell = app.state::<Shell>();
    let practice = shell.practice().await?;
    start_clock(&shell, &practice).await?;
    tracing::info!("opened");
    load(app);
    describe(&shell, &practice).await
}

/// Starts the lock clock, or goes on with another length.
pub async fn start_clock(shell: &Shell, practice: &Practice) -> Answer<()> {
    let minutes = practice.lock_minutes().await?;
    let span = Duration::from_secs(u64::from(minutes) * 60);
    #[cfg(feature = "e2e")]
    let span = shell.args.lock_seconds.map_or(span, Duration::from_secs);
    shell.idle.start(span, Now::read());
    Ok(())
}

/// Fills the memory of the session, and does what was left to be done by somebody with these keys.
pub fn load(app: &AppHandle) {
    let app = app.clone();
    async_runtime::spawn(async move {
        let shell = app.state::<Shell>();
        let Ok(practice) = shell.practice().await else {
            return;
        };
        match fill(&app, &practice).await {
            Ok(()) | Err(Error::Cancelled | Error::Denied(_)) => {}
            Err(error) => {
                let failure = Failure::from(error);
                tracing::warn!(code = failure.code, "the session could not be filled");
                event::trouble(&app, failure);
            }
        }
    });
}

async fn fill(app: &AppHandle, practice: &Practice) -> Result<(), Error> {
    let tell = |progress| event::progress(app, Progress::from(progress));
    let loaded = practice.load(&tell).await;
    if matches!(loaded, Err(Error::Cancelled | Error::Denied(_))) {
        return loaded;
    }
    // Damage in one dossier keeps nothing else from being done.
    practice.maintain().await?;
    loaded
}

/// The session as the page knows it.
pub async fn describe(shell: &Shell, practice: &Practice) -> Answer<Session> {
    let (user, people) = (practice.user(), practice.users().await?);
    let me = people
        .iter()
        .find(|person| person.id == user)
        .ok_or_else(|| Failure::new("not_found"))?;
    let (settings, lock_minutes) = (practice.settings().await?, practice.lock_minutes().await?);
    let preferences = Preferences {
        lock_minutes,
        ..practice.preferences().await?.into()
    };
    let demo = {
        let mut small = shell.small();
        small.language = Some(preferences.language);
        small.demo
    };
    Ok(Session {
        user: UserName {
            id: user.to_string(),
            name: me.name.to_string(),
        },
        practice: settings.practice,
        demo,
        administrator: practice.refuse_unless_manager().is_ok(),
        first: first(practice, demo),
        lock_at: shell.idle.lock_at(),
        lock_minutes,
        preferences,
        waiting: crate::dto::number(practice.waiting().await?.len()),
        circles: practice
            .circles()
            .await?
            .into_iter()
            .map(CircleInfo::new)
            .collect(),
        password_expires: crate::dto::filled(&me.expires),
        split: practice.has_split(),
        recoveries: practice
            .recoveries()
            .await?
            .into_iter()
            .map(Recovery::from)
            .collect(),
    })
}

/// What must happen before anything else.
fn first(practice: &Practice, demo: bool) -> Option<First> {
    match (
        practice.must_change_password(),
        // Nobody keeps a sheet for people who do not exist.
        demo || practice.has_confirmed_sheet(),
    ) {
        (true, _) => Some(First::ChangePassword),
        (false, false) => Some(First::RecoverySheet),
        (false, true) => None,
    }
}

/// The language of the sign-in screen: that of whoever was here last, else that of the desktop; Dutch when in doubt.
pub fn language(shell: &Shell) -> Language {
    let desktop = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let of_desktop = || {
        Language::of(
            desktop
                .as_deref()
                .and_then(|value| value.get(..2))
                .unwrap_or("nl"),
        )
    };
    let last = shell.small().language;
    last.unwrap_or_else(of_desktop)
}

/// Names of the people, for what they did.
pub async fn people(practice: &Practice) -> Answer<crate::dto::Names> {
    Ok(names(practice).await?)
}
