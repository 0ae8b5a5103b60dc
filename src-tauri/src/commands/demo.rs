//! The demonstration: a made-up practice beside the real one.

use crate::{
    dto::DemoUser,
    event,
    failure::{Answer, Failure},
    state::{Hold, Shell},
};
use dossierkluis::{
    crypto::WorkFactor,
    demo::{self, DemoPlan},
    practice::system_clock,
};
use std::{fs, io, path::Path};
use tauri::{AppHandle, Manager};

/// Enough to look around in, and made within a breath.
const CLIENTS: usize = 120;
const NOTES: usize = 6;

/// Makes the demonstration anew and offers it for signing in, until the program ends.
#[tauri::command]
#[specta::specta]
pub async fn create_demo(app: AppHandle) -> Answer<Vec<DemoUser>> {
    let shell = app.state::<Shell>();
    let mut hold = shell.hold().await?;
    if matches!(*hold, Hold::Open(_)) {
        return Err(Failure::new("busy"));
    }
    *hold = Hold::Nothing;
    let users = make(&app, &shell.folders.demo).await?;
    shell.small().demo = true;
    Ok(users)
}

async fn make(app: &AppHandle, folder: &Path) -> Answer<Vec<DemoUser>> {
    remove(folder).map_err(|_| Failure::new("io"))?;
    // Everybody may read these passwords on the screen: light work keeps them no worse.
    let plan = DemoPlan {
        practice: "Praktijk De Linde",
        clients: CLIENTS,
        notes: NOTES,
        staff: true,
        seed: 1,
        work: WorkFactor::for_tests(),
    };
    let tell = |progress: dossierkluis::dossier::Progress| event::progress(app, progress.into());
    let demo = demo::build(folder, &plan, system_clock(), &tell).await?;
    let vault = demo.vault.map(|vault| DemoUser {
        user: vault.name,
        role: "vault".to_owned(),
        password: vault.password,
    });
    let users = demo.users.into_iter().map(DemoUser::from);
    Ok(users.chain(vault).collect())
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

impl From<demo::DemoUser> for DemoUser {
    fn from(user: demo::DemoUser) -> Self {
        Self {
            user: user.user,
            role: user.role.to_owned(),
            password: user.password,
        }
    }
}
