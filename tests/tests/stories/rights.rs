//! Whatever is granted, withdrawn, joined and left, in any order: who can decrypt is who is in the circle, is entitled to
//! the field, and was given its key.

use crate::{
    cast::{password, user_id},
    intruder::{Intruder, crack},
    support::{Home, client, ground},
};
use dossierkluis::{
    catalogue::Level,
    crypto::Key,
    error::Error,
    ids::{CircleId, DossierId, GroupId, PracticeId, UserId},
    practice::Practice,
};
use proptest::prelude::*;
use std::collections::{BTreeSet, HashMap};

const USERS: [&str; 3] = ["Anna", "Bram", "Cas"];
/// The coach's own: an administrator who is no coach has no part in it.
const FIELD: &str = "religion";
const GROUPS: [&str; 2] = ["coach", "reception"];

#[derive(Clone, Debug)]
enum Step {
    Group {
        group: usize,
        user: usize,
        member: bool,
    },
    Right {
        group: usize,
        level: Level,
    },
    Circle {
        user: usize,
        member: bool,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let level = prop_oneof![Just(Level::None), Just(Level::View), Just(Level::Edit)];
    prop_oneof![
        (0..2usize, 0..3usize, any::<bool>()).prop_map(|(group, user, member)| Step::Group {
            group,
            user,
            member
        }),
        (0..2usize, level).prop_map(|(group, level)| Step::Right { group, level }),
        (1..3usize, any::<bool>()).prop_map(|(user, member)| Step::Circle { user, member }),
    ]
}

/// What ought to be. Anna does everything; a key that she does not hold she cannot give.
#[derive(Clone)]
struct Model {
    members: [BTreeSet<usize>; 2],
    levels: [Level; 2],
    circle: BTreeSet<usize>,
    holders: BTreeSet<usize>,
}

impl Model {
    fn new() -> Self {
        Self {
            members: [[0, 1, 2].into(), [].into()],
            levels: [Level::Edit, Level::None],
            circle: [0, 1].into(),
            holders: [0, 1, 2].into(),
        }
    }

    /// Carries a step out, unless it would leave nobody with the key: then nothing changes.
    fn take(&mut self, step: &Step) -> bool {
        let mut next = self.clone();
        let settled: Vec<usize> = match step {
            Step::Group {
                group,
                user,
                member: true,
            } => {
                next.members[*group].insert(*user);
                vec![*user]
            }
            Step::Group {
                group,
                user,
                member: false,
            } => {
                next.members[*group].remove(user);
                vec![*user]
            }
            Step::Right { group, level } => {
                next.levels[*group] = *level;
                next.members[*group].iter().copied().collect()
            }
            Step::Circle { user, member } => {
                if *member {
                    next.circle.insert(*user)
                } else {
                    next.circle.remove(user)
                };
                Vec::new()
            }
        };
        for user in settled {
            let entitled = (0..2).any(|group| {
                next.levels[group] > Level::None && next.members[group].contains(&user)
            });
            match entitled {
                true if self.holders.contains(&0) => drop(next.holders.insert(user)),
                true => {}
                false => drop(next.holders.remove(&user)),
            }
        }
        let kept = !next.holders.is_empty();
        if kept {
            *self = next;
        }
        kept
    }
}

/// The practice that the model is of, with every key that anybody ever held.
struct Real {
    home: Home,
    circle: CircleId,
    dossier: DossierId,
    groups: Vec<GroupId>,
    users: Vec<UserId>,
    hoard: HashMap<usize, Vec<(String, Key)>>,
}

impl Real {
    async fn new() -> (Self, Practice) {
        let home = Home::new();
        let (mut anna, _) = home.founded().await;
        for name in &USERS[1..] {
            anna = home.colleague(anna, name, &["coach"]).await;
        }
        let circle = anna.new_circle("Samen").await.unwrap();
        let mut users = Vec::new();
        for name in USERS {
            users.push(user_id(&anna, name).await);
        }
        anna.add_to_circle(circle, users[1]).await.unwrap();
        let dossier = client(&anna, circle, &[("surname", "Visser")]).await;
        ground(&anna, dossier, &[FIELD]).await;
        anna.put_field(dossier, FIELD, Some("verzonnen"))
            .await
            .unwrap();
        let rows = anna.groups().await.unwrap();
        let groups = GROUPS
            .map(|role| rows.iter().find(|group| group.role == role).unwrap().id)
            .to_vec();
        (
            Self {
                home,
                circle,
                dossier,
                groups,
                users,
                hoard: HashMap::new(),
            },
            anna,
        )
    }

    /// Whether the step was carried out.
    async fn take(&self, anna: &Practice, step: &Step) -> bool {
        let done = match step {
            Step::Group {
                group,
                user,
                member,
            } => anna
                .set_group_member(self.groups[*group], self.users[*user], *member)
                .await
                .map(|_| ()),
            Step::Right { group, level } => anna
                .set_right(FIELD, self.groups[*group], *level)
                .await
                .map(|_| ()),
            Step::Circle { user, member: true } => {
                anna.add_to_circle(self.circle, self.users[*user]).await
            }
            Step::Circle {
                user,
                member: false,
            } => anna
                .remove_from_circle(self.circle, self.users[*user])
                .await
                .map(|_| ()),
        };
        match done {
            Ok(()) => true,
            Err(Error::Refused {
                reason: "last_holder",
                ..
            }) => false,
            Err(error) => panic!("{step:?}: {error:?}"),
        }
    }

    /// Who opens the name, and who the protected field, with the keys that are wrapped for them now; all are kept.
    async fn openers(&mut self) -> (BTreeSet<usize>, BTreeSet<usize>) {
        let (mut named, mut opened) = (BTreeSet::new(), BTreeSet::new());
        for (at, user) in USERS.iter().enumerate() {
            let intruder = Intruder::enter(&self.home.folder, user, password(user)).await;
            for loot in intruder
                .loot()
                .await
                .iter()
                .filter(|loot| loot.dossier == self.dossier && intruder.crack(loot).is_some())
            {
                if loot.field == FIELD {
                    opened.insert(at)
                } else {
                    named.insert(at)
                };
            }
            intruder.store.close().await.unwrap();
            self.hoard.entry(at).or_default().extend(intruder.keys);
        }
        (named, opened)
    }

    /// Who opens the protected field with everything that they ever held.
    async fn hoarders(&self) -> BTreeSet<usize> {
        let intruder = Intruder::enter(&self.home.folder, "Anna", password("Anna")).await;
        let loot = intruder
            .loot()
            .await
            .into_iter()
            .find(|loot| loot.dossier == self.dossier && loot.field == FIELD)
            .unwrap();
        let practice: PracticeId = intruder.practice;
        intruder.store.close().await.unwrap();
        (0..USERS.len())
            .filter(|at| crack(practice, &self.hoard[at], &loot).is_some())
            .collect()
    }
}

async fn check(steps: Vec<Step>) {
    let (mut model, (mut real, anna)) = (Model::new(), Real::new().await);
    drop(anna.lock().await.unwrap());
    for step in &steps {
        let anna = real.home.sign_in("Anna", password("Anna")).await;
        assert_eq!(
            real.take(&anna, step).await,
            model.take(step),
            "{step:?} of {steps:?}"
        );
        drop(anna.lock().await.unwrap());
        let (named, opened) = real.openers().await;
        assert_eq!(named, model.circle, "{step:?} of {steps:?}");
        assert_eq!(
            opened,
            &model.circle & &model.holders,
            "{step:?} of {steps:?}"
        );
    }
    // Everybody signs in, so that whoever can has made new keys and sealed again: keys from before open nothing more.
    for user in USERS.iter().chain(&USERS) {
        let practice = real.home.sign_in(user, password(user)).await;
        drop(practice.lock().await.unwrap());
    }
    let (_, opened) = real.openers().await;
    // As long as nobody is in both, what is sealed waits, and what was held before still opens it.
    if !opened.is_empty() {
        assert_eq!(real.hoarders().await, opened, "{steps:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_one_who_holds_a_key_keeps_it() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let id = client(&anna, anna.own_circle(), &[("surname", "Visser")]).await;
    ground(&anna, id, &[FIELD]).await;
    anna.put_field(id, FIELD, Some("verzonnen")).await.unwrap();
    let coach = anna
        .groups()
        .await
        .unwrap()
        .into_iter()
        .find(|group| group.role == "coach")
        .unwrap()
        .id;
    for refused in [
        anna.set_right(FIELD, coach, Level::None).await.err(),
        anna.set_group_member(coach, anna.user(), false).await.err(),
    ] {
        assert!(
            matches!(
                refused,
                Some(Error::Refused {
                    reason: "last_holder",
                    ..
                })
            ),
            "{refused:?}"
        );
    }
    drop(anna.lock().await.unwrap());
    let anna = home.sign_in("Anna", password("Anna")).await;
    assert_eq!(
        anna.reveal(id, FIELD).await.unwrap().unwrap().as_str(),
        "verzonnen"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn who_can_decrypt_is_who_is_entitled_and_was_given(steps in prop::collection::vec(step(), 4..8)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(check(steps));
    }
}
