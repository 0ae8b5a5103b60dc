//! Backup and restore in MB/s beside copying the same bytes, and beside `age` on them, in the same run: 10,000 clients with
//! 2 GB of documents, or what `KLUIS_CLIENTS` and `KLUIS_MIB` say. Prints one table, with the memory that it took.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a bench prints, and stops at anything odd"
)]

use dossierkluis::{
    catalogue::Role,
    crypto::WorkFactor,
    document::{NewDocument, Source},
    dossier::NewDossier,
    practice::{Founding, Locked, Practice, backup_opener, system_clock},
    transfer::{
        ImportPlan,
        backup::restore,
        guess_mapping,
        table::{Format, parse_table},
    },
};
use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    time::Instant,
};

/// Bytes of a document.
const DOCUMENT: usize = 16 << 20;
const ROUNDS: usize = 3;

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(run());
}

async fn run() {
    let room = tempfile::Builder::new()
        .prefix("backup-")
        .tempdir_in(env!("CARGO_TARGET_TMPDIR"))
        .unwrap();
    let founding = Founding {
        practice: "Praktijk",
        user: "Anna",
        password: "drie ganzen in een boot",
        work: WorkFactor::for_tests(),
        roles: &[Role::Coach],
    };
    let folder = room.path().join("practice");
    let (anna, sheet) = Locked::found(&folder, &founding, system_clock(), "bench")
        .await
        .unwrap();
    fill(
        &anna,
        asked("KLUIS_CLIENTS", 10_000),
        asked("KLUIS_MIB", 2048),
    )
    .await;
    let before = peak();
    let (mut backing, mut restoring, mut copying, mut aging) = (vec![], vec![], vec![], vec![]);
    for round in 0..ROUNDS {
        let path = room.path().join(format!("{round}.age"));
        let start = Instant::now();
        let to = anna.backup_recipients().await.unwrap();
        let made = anna
            .back_up(&path, to, &|_| (), &Arc::default())
            .await
            .unwrap();
        backing.push(rate(made.size, start));
        let back = room.path().join(format!("back {round}"));
        let with = backup_opener(&sheet.backup_code().unwrap()).unwrap();
        let start = Instant::now();
        restore(&path, &back, with, None, &|_| (), &Arc::default())
            .await
            .unwrap();
        restoring.push(rate(made.size, start));
        let start = Instant::now();
        let copied = copy_all(&back, &room.path().join("copy"));
        copying.push(rate(copied, start));
        aging.push(age(&path, room.path()));
        fs::remove_dir_all(&back).unwrap();
        fs::remove_dir_all(room.path().join("copy")).unwrap();
        fs::remove_file(path).unwrap();
    }
    println!("| MB/s | median |\n|---|---:|");
    println!(
        "| backup: written, read back, checked | {:.0} |",
        median(backing)
    );
    println!("| restore | {:.0} |", median(restoring));
    println!("| copying the folder, durable | {:.0} |", median(copying));
    println!("| `age` on as many bytes, durable | {:.0} |", median(aging));
    println!(
        "memory beside filling: {} MiB more at its peak",
        (peak() - before) / 1024
    );
    drop(anna.lock().await.unwrap());
}

fn asked(name: &str, otherwise: usize) -> usize {
    let given = std::env::var(name).ok();
    given
        .and_then(|text| text.parse().ok())
        .unwrap_or(otherwise)
}

async fn fill(anna: &Practice, clients: usize, mib: usize) {
    let mut text = String::from("Voornaam;Achternaam\n");
    for at in 0..clients {
        text.push_str(&format!("Voornaam{at};Achternaam{at}\n"));
    }
    let table = parse_table(text.as_bytes(), Format::Csv).unwrap();
    let plan = ImportPlan {
        kind: "client".to_owned(),
        home: anna.own_circle().into(),
        mapping: guess_mapping("client", &table.headings),
        skip_refused: true,
        skip_duplicates: false,
    };
    anna.import(&table, &plan, &|_| (), &|| false)
        .await
        .unwrap();
    let id = anna
        .create(&NewDossier {
            kind: "client".to_owned(),
            home: anna.own_circle().into(),
            fields: [("surname".to_owned(), "X".to_owned())].into(),
        })
        .await
        .unwrap();
    for _ in 0..(mib << 20).div_ceil(DOCUMENT) {
        let mut bytes = vec![0; DOCUMENT];
        File::open("/dev/urandom")
            .unwrap()
            .read_exact(&mut bytes)
            .unwrap();
        let source = Source::Bytes("x.bin".to_owned(), bytes.into());
        anna.add_document(
            id,
            "documents",
            &NewDocument::default(),
            source,
            &|_| (),
            &Arc::default(),
        )
        .await
        .unwrap();
    }
}

/// Copies a folder with one below it, durably; gives the bytes.
fn copy_all(from: &Path, to: &Path) -> u64 {
    fs::create_dir_all(to).unwrap();
    let mut bytes = 0;
    for entry in fs::read_dir(from).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        let place = to.join(path.file_name().unwrap());
        if path.is_dir() {
            bytes += copy_all(&path, &place);
        } else {
            let mut output = File::create(&place).unwrap();
            bytes += io::copy(&mut File::open(&path).unwrap(), &mut output).unwrap();
            output.flush().unwrap();
            output.sync_all().unwrap();
        }
    }
    bytes
}

fn age(path: &Path, room: &Path) -> f64 {
    let (key, to) = (room.join("key"), room.join("by-age"));
    let _ = fs::remove_file(&key);
    let made = Command::new("age-keygen")
        .arg("-o")
        .arg(&key)
        .output()
        .unwrap();
    let said = String::from_utf8(made.stderr).unwrap();
    let recipient = said.trim().strip_prefix("Public key: ").unwrap().to_owned();
    let start = Instant::now();
    let done = Command::new("age")
        .args(["-r", &recipient, "-o"])
        .arg(&to)
        .arg(path)
        .status();
    assert!(done.unwrap().success());
    File::open(&to).unwrap().sync_all().unwrap();
    rate(fs::metadata(&to).unwrap().len(), start)
}

fn rate(bytes: u64, start: Instant) -> f64 {
    bytes as f64 / 1e6 / start.elapsed().as_secs_f64()
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}

/// The most memory that this process ever had, in KiB.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
