//! Made-up practices and people for the stories.

use chrono::{DateTime, TimeDelta, Utc};
use dossierkluis::{
    catalogue::Role,
    consent::NewGround,
    crypto::WorkFactor,
    dossier::NewDossier,
    ids::{CircleId, DossierId, GroupId},
    practice::{Clock, Founding, Locked, Practice, RecoverySheet},
};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

pub const PASSWORD: &str = "drie ganzen in een boot";
pub const OTHER: &str = "vier paarden op een dak";

/// A clock that a test moves.
#[derive(Clone)]
pub struct TestClock(Arc<AtomicI64>);

impl TestClock {
    pub fn new() -> Self {
        Self(Arc::new(AtomicI64::new(1_790_000_000_000)))
    }

    pub fn forward(&self, by: TimeDelta) {
        self.0.fetch_add(by.num_milliseconds(), Ordering::Relaxed);
    }

    pub fn clock(&self) -> Clock {
        let at = Arc::clone(&self.0);
        Arc::new(move || {
            DateTime::<Utc>::from_timestamp_millis(at.load(Ordering::Relaxed)).unwrap()
        })
    }
}

/// A practice in a folder of its own.
pub struct Home {
    _keep: tempfile::TempDir,
    pub folder: PathBuf,
    pub clock: TestClock,
}

impl Home {
    pub fn new() -> Self {
        let keep = tempfile::tempdir().unwrap();
        let folder = keep.path().join("praktijk");
        Self {
            _keep: keep,
            folder,
            clock: TestClock::new(),
        }
    }

    /// Anna founds the practice: administrator and coach.
    pub async fn founded(&self) -> (Practice, RecoverySheet) {
        let founding = Founding {
            practice: "Praktijk De Linde",
            user: "Anna",
            password: PASSWORD,
            work: WorkFactor::for_tests(),
            roles: &[Role::Coach],
        };
        Locked::found(&self.folder, &founding, self.clock.clock(), "test")
            .await
            .unwrap()
    }

    pub fn locked(&self) -> Locked {
        open(&self.folder, &self.clock)
    }

    pub async fn sign_in(&self, user: &str, password: &str) -> Practice {
        let practice = self
            .locked()
            .unlock(user, password)
            .await
            .map_err(|(_, error)| error)
            .unwrap();
        if practice.load(&|_| ()).await.is_ok() {
            practice.maintain().await.unwrap();
        }
        practice
    }

    /// Invites a colleague to groups by role, and lets the colleague choose `OTHER` as password.
    pub async fn colleague(&self, practice: Practice, name: &str, roles: &[&str]) -> Practice {
        let mut groups: Vec<GroupId> = Vec::new();
        for group in practice.groups().await.unwrap() {
            if roles.contains(&group.role.as_str()) {
                groups.push(group.id);
            }
        }
        let invitation = practice.invite(name, &groups).await.unwrap();
        let user = practice.user();
        drop(practice.lock().await.unwrap());
        let invited = self
            .locked()
            .unlock(name, &invitation.password)
            .await
            .map_err(|(_, error)| error)
            .unwrap();
        invited
            .change_password(&invitation.password, OTHER)
            .await
            .unwrap();
        drop(invited.lock().await.unwrap());
        self.sign_in(&user.to_string(), PASSWORD).await
    }
}

pub fn open(folder: &Path, clock: &TestClock) -> Locked {
    Locked::open(folder, clock.clock(), "test").unwrap()
}

pub async fn client(practice: &Practice, circle: CircleId, fields: &[(&str, &str)]) -> DossierId {
    let fields: BTreeMap<String, String> = fields
        .iter()
        .map(|(field, value)| ((*field).to_owned(), (*value).to_owned()))
        .collect();
    practice
        .create(&NewDossier {
            kind: "client".to_owned(),
            home: circle.into(),
            fields,
        })
        .await
        .unwrap()
}

/// Records a ground for these special fields, so that they may be filled.
pub async fn ground(practice: &Practice, id: DossierId, fields: &[&str]) {
    let new = NewGround {
        ground: "made_public".to_owned(),
        scope: fields.iter().map(|field| (*field).to_owned()).collect(),
        reason: "Staat op de eigen website.".to_owned(),
        ..NewGround::default()
    };
    practice.record_ground(id, &new).await.unwrap();
}

impl Home {
    /// The names on the sign-in screen, after locking.
    pub async fn locked_names(&self, practice: Practice) -> Vec<String> {
        let locked = practice.lock().await.unwrap();
        locked.users().into_iter().map(|user| user.name).collect()
    }
}
