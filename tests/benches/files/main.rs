//! Documents and vaults: sealing and opening beside the age program on the same file in the same run, opening a vault of
//! 5,000 employees, and renewing its key. Prints one table.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a bench prints, and stops at anything odd"
)]

use dossierkluis::{
    access::Home,
    catalogue::Role,
    crypto::{Outward, WorkFactor},
    document::{NewDocument, Source},
    dossier::{EntryContent, NewDossier},
    practice::{Founding, Locked, Practice, system_clock},
    transfer::{
        ImportPlan, guess_mapping,
        table::{Format, parse_table},
    },
    vault::NewVault,
};
use std::{fs, io::Read, path::Path, process::Command, sync::Arc, time::Instant};

const PASSWORD: &str = "drie ganzen in een boot";
const VAULT: &str = "zeven zwanen onder de brug";
const MIB: usize = 512;
const EMPLOYEES: usize = 5_000;
const ROUNDS: usize = 5;

fn main() {
    // As the window and `kluis` begin.
    rustix::thread::disable_transparent_huge_pages(true).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(run());
}

async fn run() {
    let room = tempfile::Builder::new()
        .prefix("files-")
        .tempdir_in(env!("CARGO_TARGET_TMPDIR"))
        .unwrap();
    let founding = Founding {
        practice: "Praktijk",
        user: "Anna",
        password: PASSWORD,
        work: WorkFactor::for_tests(),
        roles: &[Role::Coach],
    };
    let folder = room.path().join("practice");
    let (anna, _) = Locked::found(&folder, &founding, system_clock(), "bench")
        .await
        .unwrap();
    if std::env::var_os("VAULT_ONLY").is_none() {
        documents(&anna, room.path()).await;
    }
    vault(&anna).await;
    drop(anna.lock().await.unwrap());
}

async fn documents(anna: &Practice, room: &Path) {
    let id = anna
        .create(&NewDossier {
            kind: "client".to_owned(),
            home: anna.own_circle().into(),
            fields: [("surname".to_owned(), "X".to_owned())].into(),
        })
        .await
        .unwrap();
    let file = room.join("document");
    let mut bytes = vec![0; MIB << 20];
    fs::File::open("/dev/urandom")
        .unwrap()
        .read_exact(&mut bytes)
        .unwrap();
    fs::write(&file, bytes).unwrap();
    let key = room.join("key");
    let made = Command::new("age-keygen")
        .arg("-o")
        .arg(&key)
        .output()
        .unwrap();
    let said = String::from_utf8(made.stderr).unwrap();
    let recipient = said.trim().strip_prefix("Public key: ").unwrap().to_owned();
    let (mut sealing, mut age_sealing, mut opening, mut age_opening, mut carrying) =
        (vec![], vec![], vec![], vec![], vec![]);
    let (to, out) = (room.join("by-age"), room.join("out"));
    // To give back the room of a former file, which a disk may take long for, is no part of writing one.
    let begin_afresh = |file: &Path| {
        let _ = fs::remove_file(file);
        fs::File::open(room).unwrap().sync_all().unwrap();
        Instant::now()
    };
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let source = Source::File(file.clone());
        let new = NewDocument::default();
        let entry = anna
            .add_document(id, "documents", &new, source, &|_| (), &Arc::default())
            .await
            .unwrap();
        sealing.push(rate(start));
        let start = begin_afresh(&to);
        let done = Command::new("age")
            .args(["-r", &recipient, "-o"])
            .arg(&to)
            .arg(&file)
            .status();
        assert!(done.unwrap().success());
        // As durable as ours.
        fs::File::open(&to).unwrap().sync_all().unwrap();
        age_sealing.push(rate(start));
        let start = begin_afresh(&out);
        anna.save_document(entry, None, &out, &|_| (), &|| false)
            .await
            .unwrap();
        opening.push(rate(start));
        let start = begin_afresh(&out);
        let done = Command::new("age")
            .args(["-d", "-i"])
            .arg(&key)
            .arg("-o")
            .arg(&out)
            .arg(&to)
            .status();
        assert!(done.unwrap().success());
        fs::File::open(&out).unwrap().sync_all().unwrap();
        age_opening.push(rate(start));
        let carried = room.join("carried.age");
        let start = begin_afresh(&carried);
        let outward = Outward::Recipient(recipient.parse().unwrap());
        anna.export_document(entry, &carried, &outward, &|_| (), &|| false)
            .await
            .unwrap();
        carrying.push(rate(start));
        anna.destroy_document(entry).await.unwrap();
    }
    println!("documents of {MIB} MiB, durable, medians of {ROUNDS}");
    println!(
        "  sealing   {:6.0} MB/s   age {:6.0} MB/s",
        median(&sealing),
        median(&age_sealing)
    );
    println!(
        "  opening   {:6.0} MB/s   age {:6.0} MB/s",
        median(&opening),
        median(&age_opening)
    );
    println!("  to an age file {:6.0} MB/s", median(&carrying));
}

async fn vault(anna: &Practice) {
    let new = NewVault {
        name: "Werkgever",
        password: VAULT,
        members: &[],
        medical: false,
        minutes: 60,
    };
    let (id, _) = anna.found_vault(&new).await.unwrap();
    let mut table =
        "achternaam;voornaam;functie;afdeling;geboortedatum;woonplaats;mobiel;bsn;iban;in dienst\n"
            .to_owned();
    for number in 0..EMPLOYEES {
        table.push_str(&format!(
            "Werker{number};Jan;Monteur;Magazijn;1984-03-0{};Deventer;06123456{:02};111222333;NL91ABNA0417164300;2019-03-01\n",
            number % 9 + 1,
            number % 100
        ));
    }
    let table = parse_table(table.as_bytes(), Format::Csv).unwrap();
    let plan = ImportPlan {
        kind: "employee".to_owned(),
        home: Home {
            circle: anna.practice_circle(),
            vault: Some(id),
        },
        mapping: guess_mapping("employee", &table.headings),
        skip_refused: false,
        skip_duplicates: false,
    };
    let report = anna
        .import(&table, &plan, &|_| (), &|| false)
        .await
        .unwrap();
    assert_eq!(report.added, EMPLOYEES);
    let all = anna
        .list(&dossierkluis::dossier::ListQuery {
            limit: usize::MAX,
            ..Default::default()
        })
        .await
        .unwrap();
    for row in all.rows.iter().filter(|row| row.kind == "employee") {
        anna.add_entry(
            row.id,
            "personnel_notes",
            EntryContent::note("Beoordeling: werkt zelfstandig en op tijd."),
        )
        .await
        .unwrap();
    }
    let (mut opened, mut closed, mut renewed) = (vec![], vec![], vec![]);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        anna.close_vault(id).await.unwrap();
        closed.push(ms(start));
        let start = Instant::now();
        anna.open_vault(id, VAULT).await.unwrap();
        opened.push(ms(start));
        let start = Instant::now();
        anna.rekey_vault(id, VAULT, &|_| (), &|| false)
            .await
            .unwrap();
        renewed.push(ms(start));
    }
    println!(
        "a vault of {EMPLOYEES} employees with a note each, without the password hash, medians of {ROUNDS}"
    );
    println!("  opening   {:6.0} ms   (target 100)", median(&opened));
    println!("  closing   {:6.0} ms", median(&closed));
    println!("  new key   {:6.0} ms", median(&renewed));
}

fn rate(start: Instant) -> f64 {
    MIB as f64 * 1.048_576 / start.elapsed().as_secs_f64()
}

fn ms(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1000.0
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
