//! A made-up practice to look around in: people, passwords and dossiers that are the same for the same seed. Nobody in
//! it exists.

mod consents;
mod people;
mod random;
mod staff;
mod words;

use crate::{
    audit::EventKind,
    crypto::WorkFactor,
    dossier::{Bulk, EntryContent, NewBulk, NewDossier, Progress},
    error::Error,
    ids::{CircleId, DossierId, EntryId, GroupId, UserId},
    practice::{Founding, Locked},
    session::{Clock, Practice},
    store,
};
use consents::{is_special, sign};
use people::{Fields, client, medical, story};
use random::Random;
use rayon::prelude::*;
use std::path::Path;

/// Somebody in the demo practice.
#[derive(Clone)]
pub struct DemoUser {
    /// Display name, to sign in with.
    pub user: String,
    /// `administrator`, `coach`, `physician` or `reception`.
    pub role: &'static str,
    /// A made-up password.
    pub password: String,
}

/// A vault in the demo practice, which its administrator and its first coach may open.
#[derive(Clone)]
pub struct DemoVault {
    /// Its name.
    pub name: String,
    /// A made-up password.
    pub password: String,
}

/// Who and what was made.
pub struct Demo {
    /// The people, with their passwords.
    pub users: Vec<DemoUser>,
    /// The vault of the staff, where there is one.
    pub vault: Option<DemoVault>,
}

/// What the demo practice is like.
pub struct DemoPlan<'a> {
    /// Its name.
    pub practice: &'a str,
    /// Clients in all.
    pub clients: usize,
    /// Session notes for each.
    pub notes: usize,
    /// Whether it has employees in a vault, a company and documents beside its clients.
    pub staff: bool,
    /// The same seed gives the same people.
    pub seed: u64,
    /// Work of scrypt of the passwords.
    pub work: WorkFactor,
}

/// Name and role, the administrator first, in the order in which they join.
const STAFF: &[(&str, &str)] = &[
    ("Anke de Wit", "administrator"),
    ("Karim Yilmaz", "coach"),
    ("Sanne van der Berg", "coach"),
    ("Joost ten Brink", "physician"),
    ("Mila Jansen", "reception"),
];
/// Dossiers that are sealed and written together.
const CHUNK: usize = 1_000;
/// Clients of each who signed forms, and of whom special data are kept therefore.
const SIGNED: usize = 8;

/// Builds the practice in a new or empty folder and locks it again. Colleagues join as they do in life: by invitation.
pub async fn build(
    folder: &Path,
    plan: &DemoPlan<'_>,
    clock: Clock,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Demo, Error> {
    let mut random = Random::new(plan.seed);
    let users: Vec<DemoUser> = STAFF
        .iter()
        .map(|(user, role)| DemoUser {
            user: (*user).to_owned(),
            role,
            password: words::password(&mut random),
        })
        .collect();
    let vault = plan.staff.then(|| DemoVault {
        name: staff::VAULT.to_owned(),
        password: words::password(&mut random),
    });
    let (mut locked, invited) = found(folder, plan, (&users, vault.as_ref()), clock).await?;
    let shares = Shares::of(plan);
    let mut done = 0;
    for (user, invitation) in users.iter().skip(1).zip(&invited) {
        let practice = locked
            .unlock(&user.user, &invitation.1)
            .await
            .map_err(|(_, error)| error)?;
        let filled = async {
            practice
                .change_password(&invitation.1, &user.password)
                .await?;
            fill(
                &practice, plan, &shares, user, &invited, &mut done, progress,
            )
            .await
        };
        let filled = filled.await;
        let relocked = practice.lock().await;
        filled?;
        locked = relocked?;
    }
    Ok(Demo { users, vault })
}

/// How many clients lie where.
struct Shares {
    shared: usize,
    first: usize,
    second: usize,
}

impl Shares {
    fn of(plan: &DemoPlan<'_>) -> Self {
        let shared = plan.clients.div_ceil(5);
        let first = (plan.clients - shared).div_ceil(2);
        Self {
            shared,
            first,
            second: plan.clients - shared - first,
        }
    }
}

/// Founds the practice and invites everybody. One-time passwords need no slow hash: they are as long as a key.
async fn found(
    folder: &Path,
    plan: &DemoPlan<'_>,
    (users, vault): (&[DemoUser], Option<&DemoVault>),
    clock: Clock,
) -> Result<(Locked, Vec<(UserId, String)>), Error> {
    let founder = users.first().ok_or(Error::NotFound)?;
    let first = format!("{}-1", founder.password);
    let founding = Founding {
        practice: plan.practice,
        user: &founder.user,
        password: &first,
        work: WorkFactor::for_tests(),
        roles: &[],
    };
    let (practice, _) = Locked::found(folder, &founding, clock, "demo").await?;
    let furnished = async {
        let invited = invite_all(&practice, plan, users, &first).await?;
        if let Some(vault) = vault {
            let coach: Vec<UserId> = invited.iter().take(1).map(|(user, _)| *user).collect();
            staff::employ(&practice, vault, users, &coach).await?;
        }
        Ok(invited)
    };
    let furnished: Result<_, Error> = furnished.await;
    let locked = practice.lock().await?;
    Ok((locked, furnished?))
}

async fn invite_all(
    practice: &Practice,
    plan: &DemoPlan<'_>,
    users: &[DemoUser],
    first: &str,
) -> Result<Vec<(UserId, String)>, Error> {
    let groups = practice.groups().await?;
    let group = |role: &str| -> Vec<GroupId> {
        groups
            .iter()
            .filter(|group| group.role == role)
            .map(|group| group.id)
            .collect()
    };
    let mut invited = Vec::new();
    for user in users.iter().skip(1) {
        let invitation = practice.invite(&user.user, &group(user.role)).await?;
        invited.push((invitation.user, invitation.password.to_string()));
    }
    practice.change_file(|file| file.work = plan.work)?;
    let password = users.first().map_or("", |user| user.password.as_str());
    practice.change_password(first, password).await?;
    Ok(invited)
}

/// What each of them brings.
async fn fill(
    practice: &Practice,
    plan: &DemoPlan<'_>,
    shares: &Shares,
    user: &DemoUser,
    invited: &[(UserId, String)],
    done: &mut usize,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<(), Error> {
    match (user.role, user.user.as_str()) {
        ("coach", name) if STAFF.get(1).is_some_and(|(first, _)| *first == name) => {
            let circle = practice.new_circle("Intake").await?;
            for (other, _) in invited
                .iter()
                .filter(|(other, _)| *other != practice.user())
            {
                practice.add_to_circle(circle, *other).await?;
            }
            make_clients(practice, plan, circle, 0..shares.shared, done, progress).await?;
            let own = shares.shared..shares.shared + shares.first;
            make_clients(practice, plan, practice.own_circle(), own, done, progress).await?;
            file_papers(practice, plan).await
        }
        ("coach", _) => {
            let own = plan.clients - shares.second..plan.clients;
            make_clients(practice, plan, practice.own_circle(), own, done, progress).await
        }
        ("physician", _) => write_medical(practice, plan).await,
        _ => Ok(()),
    }
}

/// Makes the clients with these numbers, all in one change.
async fn make_clients(
    practice: &Practice,
    plan: &DemoPlan<'_>,
    circle: CircleId,
    numbers: std::ops::Range<usize>,
    done: &mut usize,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<(), Error> {
    if numbers.is_empty() {
        return Ok(());
    }
    let (today, all) = (practice.civil_today(), numbers.collect::<Vec<_>>());
    let mut special = Vec::new();
    let mut write = practice.store.write().await?;
    let mut ids = Vec::with_capacity(all.len());
    for numbers in all.chunks(CHUNK) {
        let sealed: Result<Vec<(Bulk, Fields)>, Error> = numbers
            .par_iter()
            .map(|number| {
                let mut random = Random::for_client(plan.seed, *number);
                let (later, fields) = client(&mut random, *number, today)
                    .into_iter()
                    .partition(|(field, _)| is_special(field));
                let entries = story(&mut random, plan.notes, today);
                let bulk = practice.prepare_bulk(&NewBulk {
                    dossier: NewDossier {
                        kind: "client".to_owned(),
                        home: circle.into(),
                        fields,
                    },
                    entries,
                })?;
                Ok((bulk, later))
            })
            .collect();
        let mut bulks = Vec::with_capacity(numbers.len());
        for (bulk, later) in sealed? {
            special.push((bulk.id(), later));
            bulks.push(bulk);
        }
        let sealed = bulks;
        practice.write_bulk(&mut write, &sealed).await?;
        ids.extend(sealed.iter().map(Bulk::id));
        *done += sealed.len();
        progress(Progress {
            task: "demo",
            done: *done,
            total: plan.clients,
        });
    }
    practice
        .log_about(
            &mut write,
            practice.event(EventKind::Imported).count(ids.len()),
            &ids,
        )
        .await?;
    write.commit().await?;
    special.retain(|(_, fields)| !fields.is_empty());
    for (id, fields) in special.into_iter().take(SIGNED) {
        sign(practice, id, fields).await?;
    }
    Ok(())
}

/// A report with some of the first coach's own clients.
async fn file_papers(practice: &Practice, plan: &DemoPlan<'_>) -> Result<(), Error> {
    if !plan.staff {
        return Ok(());
    }
    let circle = practice.own_circle();
    let rows = store::dossier::of_circle(&mut *practice.store.read().await?, circle).await?;
    for row in rows.iter().take(3) {
        let text = "Verslag van de intake\n\nAfgesproken is om in zes gesprekken toe te werken naar een plan.\n";
        let what = ("Verslag van de intake", "report");
        staff::paper(practice, row.id, what, text.to_owned()).await?;
    }
    Ok(())
}

/// The physician writes about one in three of those in the shared circle, at least one.
async fn write_medical(practice: &Practice, plan: &DemoPlan<'_>) -> Result<(), Error> {
    let circles = practice.circles().await?;
    let Some(shared) = circles.iter().find(|circle| circle.kind == "made") else {
        return Ok(());
    };
    let rows = store::dossier::of_circle(&mut *practice.store.read().await?, shared.id).await?;
    let mut write = practice.store.write().await?;
    let mut ids: Vec<DossierId> = Vec::new();
    for (number, row) in rows
        .iter()
        .enumerate()
        .filter(|(number, _)| number % 3 == 0)
    {
        let mut random = Random::for_client(plan.seed ^ 0x5eed, number);
        let (fields, note) = medical(&mut random);
        for (field, text) in fields {
            let value = practice.seal_value(row, field, 1, text.as_bytes())?;
            store::value::put(write.conn(), &value).await?;
        }
        let entry = practice.bulk_entry(
            row,
            "medical_notes",
            EntryId::make(),
            &EntryContent::note(note),
        )?;
        store::entry::put(write.conn(), &entry).await?;
        ids.push(row.id);
    }
    practice
        .log_about(
            &mut write,
            practice
                .event(EventKind::FieldChanged)
                .part("medical_notes")
                .count(ids.len()),
            &ids,
        )
        .await?;
    Ok(write.commit().await?)
}
