//! kill -9 at random moments during saves: every acknowledged change is there, and nothing half.

use crate::{
    respawn,
    support::{Home, PASSWORD, TestClock, client, open},
};
use dossierkluis::{
    dossier::{EntryContent, ListQuery, Reveal},
    ids::DossierId,
    practice::Practice,
    transfer::{
        ImportPlan, guess_mapping,
        table::{Format, parse_table},
    },
};
use std::{
    collections::{HashMap, HashSet},
    hash::{BuildHasher, RandomState},
    io::{BufRead, BufReader, Write},
    path::Path,
    time::Duration,
};

const CHILD: &str = "crash::a_writer_to_be_killed";
const KILLS: usize = 50;

/// In a process of its own: writes, and says what was acknowledged.
#[tokio::test(flavor = "multi_thread")]
async fn a_writer_to_be_killed() {
    let Some((folder, turn)) = respawn::given() else {
        return;
    };
    let anna = enter(&folder).await;
    anna.load(&|_| ()).await.unwrap();
    let id = first_dossier(&anna).await;
    let mut out = std::io::stdout().lock();
    writeln!(out, "\nready").unwrap();
    for step in 0.. {
        let text = format!("{turn}.{step}");
        let said = match step % 4 {
            0 => {
                let (entry, _) = anna
                    .add_entry(id, "session_notes", EntryContent::note(&text))
                    .await
                    .unwrap();
                format!("note {entry}")
            }
            1 => {
                anna.put_field(id, "town", Some(&text)).await.unwrap();
                format!("town {text}")
            }
            2 => {
                import(&anna, &text).await;
                format!("rows {text}")
            }
            _ => format!(
                "made {}",
                client(&anna, anna.own_circle(), &[("surname", &text)]).await
            ),
        };
        writeln!(out, "{said}").unwrap();
        out.flush().unwrap();
    }
}

/// Rows of one import.
const ROWS: usize = 30;

/// Imports a table in which everybody is called after the step.
async fn import(anna: &Practice, text: &str) {
    let table = format!(
        "achternaam;woonplaats\n{}",
        format!("Rij {text};Zutphen\n").repeat(ROWS)
    );
    let table = parse_table(table.as_bytes(), Format::Csv).unwrap();
    let plan = ImportPlan {
        kind: "client".to_owned(),
        home: anna.own_circle().into(),
        mapping: guess_mapping("client", &table.headings),
        skip_refused: false,
        skip_duplicates: false,
    };
    let report = anna
        .import(&table, &plan, &|_| (), &|| false)
        .await
        .unwrap();
    assert_eq!(report.added, ROWS);
}

async fn enter(folder: &Path) -> Practice {
    open(folder, &TestClock::new())
        .unlock("Anna", PASSWORD)
        .await
        .map_err(|(_, error)| error)
        .unwrap()
}

/// The oldest dossier: the one that everything is written in.
async fn first_dossier(anna: &Practice) -> DossierId {
    let all = ListQuery {
        limit: usize::MAX,
        ..ListQuery::default()
    };
    anna.list(&all)
        .await
        .unwrap()
        .rows
        .iter()
        .map(|row| row.id)
        .min()
        .unwrap()
}

/// Starts a writer, kills it at a random moment, and keeps what it said.
fn kill_one(folder: &Path, turn: usize, acknowledged: &mut HashSet<String>) {
    let mut writer = respawn::start(CHILD, folder, turn);
    let mut lines = BufReader::new(writer.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok);
    assert!(
        lines.any(|line| line == "ready"),
        "the writer opens the practice"
    );
    let random = RandomState::new().hash_one(turn) % 80_000;
    std::thread::sleep(Duration::from_micros(random));
    writer.kill().unwrap();
    writer.wait().unwrap();
    let said = |line: &String| {
        ["note ", "town ", "rows ", "made "]
            .iter()
            .any(|kind| line.starts_with(kind))
    };
    acknowledged.extend(lines.filter(said));
}

/// Everything that is there, in the words in which the writer says it.
async fn found(anna: &Practice) -> HashSet<String> {
    let id = first_dossier(anna).await;
    let view = anna.open_dossier(id, Reveal::Nothing).await.unwrap();
    let mut found: HashSet<String> = view
        .entries
        .iter()
        .map(|entry| format!("note {}", entry.id))
        .collect();
    let before = anna.history(id, "town").await.unwrap();
    let towns = before
        .iter()
        .filter_map(|change| change.before.as_ref())
        .map(|town| town.as_str());
    found.extend(
        towns
            .chain(view.fields["town"].value())
            .map(|town| format!("town {town}")),
    );
    let all = ListQuery {
        limit: usize::MAX,
        ..ListQuery::default()
    };
    let mut batches: HashMap<String, usize> = HashMap::new();
    for row in anna
        .list(&all)
        .await
        .unwrap()
        .rows
        .iter()
        .filter(|row| row.id != id)
    {
        match row.name.strip_prefix("Rij ") {
            Some(text) => *batches.entry(format!("rows {text}")).or_default() += 1,
            None => drop(found.insert(format!("made {}", row.id))),
        }
    }
    assert!(
        batches.values().all(|count| *count == ROWS),
        "no half import: {batches:?}"
    );
    found.extend(batches.into_keys());
    found
}

/// Every acknowledged change is there; of what was under way at each kill, all or nothing.
async fn compare(folder: &Path, kills: usize, acknowledged: &HashSet<String>) {
    let anna = enter(folder).await;
    anna.load(&|_| ()).await.unwrap();
    let found = found(&anna).await;
    let lost: Vec<&String> = acknowledged.difference(&found).collect();
    assert!(lost.is_empty(), "lost after {kills} kills: {lost:?}");
    assert!(
        found.len() - acknowledged.len() <= kills,
        "at most one unsaid change for each kill"
    );
    assert_eq!(
        anna.verify().await.unwrap().findings,
        Vec::<String>::new(),
        "after {kills} kills"
    );
    drop(anna.lock().await.unwrap());
}

async fn lane() -> HashSet<String> {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    client(&anna, anna.own_circle(), &[("surname", "Jansen")]).await;
    drop(anna.lock().await.unwrap());
    let mut acknowledged = HashSet::new();
    for kill in 1..=KILLS {
        kill_one(&home.folder, kill, &mut acknowledged);
        if kill % 10 == 0 {
            compare(&home.folder, kill, &acknowledged).await;
        }
    }
    acknowledged
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_kills_lose_nothing_that_was_acknowledged() {
    let lanes = [tokio::spawn(lane()), tokio::spawn(lane())];
    for one in lanes {
        let acknowledged = one.await.unwrap();
        for kind in ["note ", "town ", "rows ", "made "] {
            assert!(
                acknowledged
                    .iter()
                    .filter(|line| line.starts_with(kind))
                    .count()
                    > 10,
                "enough to lose: {}",
                acknowledged.len()
            );
        }
    }
}
