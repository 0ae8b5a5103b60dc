//! The measurements with one number of clients.

use super::{
    made_up::{self, Dice, PASSWORD, USER},
    plain::Plain,
};
use dossierkluis::{
    dossier::{ListQuery, Reveal, SortBy},
    error::Error,
    ids::DossierId,
    practice::{Locked, Practice, system_clock},
};
use std::{
    collections::BTreeMap,
    path::Path,
    sync::Mutex,
    time::{Duration, Instant},
};

pub type Figures = BTreeMap<String, f64>;

/// What people type: names, towns, words of notes, numbers, dates, and things that are not there.
const TYPED: &[&str] = &[
    "van der berg",
    "jansen",
    "de boer",
    "zoë ijzerman",
    "yilmaz",
    "anna",
    "deventer",
    "winterswijk",
    "kerkstraat 12",
    "7201 ab",
    "0612345",
    "1984-03",
    "slaapt slecht",
    "bedrijfsarts",
    "kernkwadrant",
    "k0042",
    "k7713 rouw",
    "schulden budget",
    "petra visser",
    "zorg",
    "xylofoon",
    "qqq",
    "anna123@voorbeeld",
    "ontslag contract",
];

/// Rows of one import.
const IMPORTED: usize = 5_000;

pub async fn run(clients: usize) -> Result<Figures, Error> {
    let room = tempfile::Builder::new()
        .prefix("speed-")
        .tempdir_in(env!("CARGO_TARGET_TMPDIR"))
        .unwrap();
    let folder = room.path().join("practice");
    let started = Instant::now();
    made_up::practice(&folder, clients).await?;
    eprintln!(
        "{clients} clients with {} notes each made in {:.0?}",
        made_up::NOTES.len(),
        started.elapsed()
    );
    let mut figures = Figures::new();
    figures.insert("file".to_owned(), size_of(&folder));
    let mut tell = |name: &str, value: f64| {
        eprintln!("  {name} {value:.2}");
        figures.insert(name.to_owned(), value);
    };

    let mut names = Vec::new();
    let mut everything = Vec::new();
    let mut first = Vec::new();
    for _ in 0..5 {
        first.push(first_screen(&folder).await?);
    }
    tell("first_screen", median(&first));
    let mut practice = None;
    for round in 0..5 {
        let (open, named, complete) = load(&folder).await?;
        names.push(named);
        everything.push(complete);
        if round == 0 {
            tell("memory", resident());
        }
        if round < 4 {
            drop(open.lock().await?);
        } else {
            practice = Some(open);
        }
    }
    tell("names", median(&names));
    tell("everything", median(&everything));
    let practice = practice.ok_or(Error::NotFound)?;

    let ids = all(&practice).await?;
    let mut typed = Vec::new();
    for _ in 0..3 {
        typed.extend(type_all(&practice).await?);
    }
    tell("search_p50", median(&typed));
    tell("search_p95", percentile(&typed, 0.95));

    let mut dice = Dice::new(7);
    let mut opened = Vec::new();
    for _ in 0..200 {
        let id = ids[dice.below(ids.len())];
        opened.push(timed(practice.open_dossier(id, Reveal::Nothing)).await?.1);
    }
    tell("open", median(&opened));

    let mut plain = Plain::make(room.path()).await;
    let mut who = Dice::new(1);
    let rows: Vec<_> = (0..clients).map(|_| made_up::client(&mut who)).collect();
    plain.insert(&rows).await;
    drop(rows);
    // Ours was opened afresh, with an empty write-ahead log that still has to grow; so is this.
    let mut plain = plain.open_again(room.path()).await;
    let (ours, theirs) = saves(&practice, &ids, &mut plain, &mut dice).await?;
    tell("save", median(&ours));
    tell("save_ratio", median(&ours) / median(&theirs));

    let mut again = Vec::new();
    let mut scrolled = Vec::new();
    for round in 0..20 {
        practice
            .put_field(
                ids[dice.below(ids.len())],
                "surname",
                Some(&format!("Anders{round}")),
            )
            .await?;
        again.push(timed(practice.list(&page(0))).await?.1);
        scrolled.push(timed(practice.list(&page(clients / 2))).await?.1);
    }
    tell("resort", median(&again));
    tell("scroll", median(&scrolled));
    let (rate, theirs) = imports(&practice, &mut plain).await?;
    tell("import", median(&rate));
    tell("import_ratio", median(&rate) / median(&theirs));
    drop(practice.lock().await?);
    plain.close().await;
    Ok(figures)
}

/// From the password to what the first screen shows, before anything was loaded.
async fn first_screen(folder: &Path) -> Result<f64, Error> {
    let start = Instant::now();
    let practice = unlock(folder).await?;
    practice.settings().await?;
    practice.preferences().await?;
    practice.users().await?;
    practice.recents(12).await?;
    let took = ms(start.elapsed());
    drop(practice.lock().await?);
    Ok(took)
}

async fn load(folder: &Path) -> Result<(Practice, f64, f64), Error> {
    let start = Instant::now();
    let practice = unlock(folder).await?;
    let named = Mutex::new(None);
    practice
        .load(&|at| {
            if at.task == "notes" && at.done == 0 {
                *named.lock().unwrap() = Some(ms(start.elapsed()));
            }
        })
        .await?;
    let complete = ms(start.elapsed());
    let named = named.into_inner().unwrap().ok_or(Error::NotFound)?;
    Ok((practice, named, complete))
}

async fn unlock(folder: &Path) -> Result<Practice, Error> {
    // The hash is set to almost no work, so that what is left is the program's.
    Locked::open(folder, system_clock(), "bench")?
        .unlock(USER, PASSWORD)
        .await
        .map_err(|(_, error)| error)
}

async fn all(practice: &Practice) -> Result<Vec<DossierId>, Error> {
    Ok(practice
        .list(&ListQuery {
            limit: usize::MAX,
            ..ListQuery::default()
        })
        .await?
        .rows
        .iter()
        .map(|row| row.id)
        .collect())
}

fn page(offset: usize) -> ListQuery {
    ListQuery {
        sort: SortBy::Name,
        offset,
        limit: 100,
        ..ListQuery::default()
    }
}

/// Every text letter by letter.
async fn type_all(practice: &Practice) -> Result<Vec<f64>, Error> {
    let mut took = Vec::new();
    for text in TYPED {
        for (at, letter) in text.char_indices() {
            let so_far = &text[..at + letter.len_utf8()];
            let ((found, more), time) = timed(practice.search(so_far, 50)).await?;
            if std::env::var_os("SPEED_EACH").is_some() {
                eprintln!(
                    "{time:8.2} ms {:3}{} {so_far:?}",
                    found.len(),
                    if more { "+" } else { " " }
                );
            }
            took.push(time);
        }
    }
    Ok(took)
}

/// Saves a field here and there in turns.
async fn saves(
    practice: &Practice,
    ids: &[DossierId],
    plain: &mut Plain,
    dice: &mut Dice,
) -> Result<(Vec<f64>, Vec<f64>), Error> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..1_000 {
        let town = format!("Deventer {round}");
        ours.push(
            timed(practice.put_field(ids[dice.below(ids.len())], "town", Some(&town)))
                .await?
                .1,
        );
        let start = Instant::now();
        plain.save(dice, &town).await;
        theirs.push(ms(start.elapsed()));
    }
    Ok((ours, theirs))
}

/// Imports the same clients here and there in turns, into what is there already. Gives rows a second.
async fn imports(practice: &Practice, plain: &mut Plain) -> Result<(Vec<f64>, Vec<f64>), Error> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..3 {
        let (mapping, table) = made_up::table(IMPORTED, 1000 + round, false);
        let took = timed(made_up::import(practice, mapping, &table)).await?.1;
        ours.push(IMPORTED as f64 / took * 1000.0);
        let mut dice = Dice::new(1000 + round);
        let rows: Vec<_> = (0..IMPORTED).map(|_| made_up::client(&mut dice)).collect();
        let start = Instant::now();
        plain.insert(&rows).await;
        theirs.push(IMPORTED as f64 / start.elapsed().as_secs_f64());
    }
    Ok((ours, theirs))
}

async fn timed<T>(work: impl Future<Output = Result<T, Error>>) -> Result<(T, f64), Error> {
    let start = Instant::now();
    let done = work.await?;
    Ok((done, ms(start.elapsed())))
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn median(of: &[f64]) -> f64 {
    percentile(of, 0.5)
}

fn percentile(of: &[f64], part: f64) -> f64 {
    let mut sorted = of.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[((sorted.len() - 1) as f64 * part).round() as usize]
}

/// Of this process, in MiB.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .unwrap_or_default();
    line.trim()
        .trim_end_matches(" kB")
        .parse::<f64>()
        .unwrap_or(f64::NAN)
        / 1024.0
}

/// Of the files in a folder, in MiB.
fn size_of(folder: &Path) -> f64 {
    let bytes: u64 = std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .filter_map(|file| file.metadata().ok())
        .map(|file| file.len())
        .sum();
    bytes as f64 / 1024.0 / 1024.0
}
