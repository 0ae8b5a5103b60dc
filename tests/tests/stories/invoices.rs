//! Invoices: numbered without gaps whatever happens, fixed, and without anybody's secrets.

use crate::{
    respawn,
    support::{Home, OTHER, PASSWORD, TestClock, client, open},
};
use dossierkluis::{
    audit::EventKind,
    billing::{InvoiceSeen, NewInvoice},
    catalogue::INVOICES,
    document::{NewDocument, Source},
    dossier::{EntryContent, InvoiceLine, Reveal},
    error::Error,
    ids::{DossierId, EntryId},
    paper::HouseStyle,
    practice::Practice,
};
use std::{
    collections::hash_map::RandomState,
    fs,
    hash::BuildHasher,
    io::{BufRead, BufReader, Write},
    path::Path,
    sync::Arc,
    time::Duration,
};

fn line(text: &str, cents: i64) -> InvoiceLine {
    InvoiceLine {
        text: text.to_owned(),
        cents,
        vat: "21".to_owned(),
        ..InvoiceLine::default()
    }
}

fn invoice(text: &str) -> NewInvoice {
    NewInvoice {
        lines: vec![line(text, 12_000)],
        ..NewInvoice::default()
    }
}

async fn with_client() -> (Home, Practice, DossierId) {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let id = client(
        &anna,
        anna.own_circle(),
        &[
            ("surname", "Jansen"),
            ("street", "Lindelaan 5"),
            ("town", "Utrecht"),
            ("bsn", "111222333"),
            ("iban", "NL91ABNA0417164300"),
        ],
    )
    .await;
    (home, anna, id)
}

fn numbers(list: &[InvoiceSeen]) -> Vec<&str> {
    list.iter().map(|one| one.number.as_str()).collect()
}

async fn content(practice: &Practice, id: DossierId, entry: EntryId) -> EntryContent {
    let view = practice.open_dossier(id, Reveal::Nothing).await.unwrap();
    let found = view.entries.iter().find(|one| one.id == entry).unwrap();
    EntryContent::parse(found.content.as_bytes()).unwrap()
}

fn reason(result: Result<impl Sized, Error>) -> &'static str {
    match result.err() {
        Some(Error::Refused { reason, .. }) => reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_is_numbered_kept_byte_by_byte_and_fixed() {
    let (_home, anna, id) = with_client().await;
    let (entry, number) = anna.issue_invoice(id, &invoice("Gesprek")).await.unwrap();
    assert_eq!(number, "2026-0001");
    let shown = anna.show_document(entry, None).await.unwrap();
    assert!(shown.bytes.starts_with(b"%PDF-") && shown.media == "application/pdf");
    let kept = content(&anna, id, entry).await;
    let invoiced = kept.invoice.clone().unwrap();
    assert_eq!(invoiced.recipient, ["Jansen", "Lindelaan 5", "Utrecht"]);
    assert_eq!(kept.title.as_deref(), Some("Factuur 2026-0001"));
    // Neither its words nor its file can be changed, binned or destroyed, nor one brought in by hand.
    let other = EntryContent {
        title: Some("Factuur 2026-0009".to_owned()),
        ..EntryContent::default()
    };
    assert_eq!(reason(anna.edit_entry(entry, other, 1).await), "issued");
    assert_eq!(reason(anna.bin_entry(entry).await), "issued");
    assert_eq!(reason(anna.destroy_document(entry).await), "issued");
    let source = || {
        Source::Bytes(
            "x.pdf".to_owned(),
            zeroize::Zeroizing::new(b"%PDF-1.7".to_vec()),
        )
    };
    let replaced = anna
        .replace_document(entry, source(), 1, &|_| (), &Arc::default())
        .await;
    assert_eq!(reason(replaced), "issued");
    let new = NewDocument::default();
    let added = anna
        .add_document(id, INVOICES, &new, source(), &|_| (), &Arc::default())
        .await;
    assert!(matches!(added, Err(Error::NotFound)));
    assert!(matches!(
        anna.add_entry(id, INVOICES, EntryContent::note("x")).await,
        Err(Error::NotFound)
    ));
    let again = anna.show_document(entry, None).await.unwrap();
    assert!(again.bytes == shown.bytes);
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_at_an_invoice_opens_its_dossier_and_the_log_has_it() {
    let (home, anna, id) = with_client().await;
    drop(anna.lock().await.unwrap());
    let anna = home.sign_in("Anna", PASSWORD).await;
    let opened = async || {
        let log = anna.audit_log(Some(id), 0, 100).await.unwrap();
        let opened = |event: &dossierkluis::audit::Event| event.event == EventKind::DossierOpened;
        log.entries
            .iter()
            .filter(|entry| opened(&entry.event))
            .count()
    };
    let before = opened().await;
    for _ in 0..2 {
        let seen = anna.preview_invoice(id, &invoice("Gesprek")).await.unwrap();
        assert!(seen.pdf.starts_with(b"%PDF-"));
        assert_eq!(seen.missing, ["address", "kvk", "vat_id", "iban"]);
    }
    assert_eq!(opened().await, before + 1, "the second time it lies open");
    // No number was used.
    assert!(anna.invoices().await.unwrap().is_empty());
    // What the house has is not missed, nor a VAT number where there is no VAT.
    let style = HouseStyle {
        address: vec!["Kade 1".to_owned()],
        iban: "NL91ABNA0417164300".to_owned(),
        ..anna.house_style().await.unwrap()
    };
    anna.save_house_style(&style).await.unwrap();
    let mut exempt = invoice("Gesprek");
    for line in &mut exempt.lines {
        line.vat = "health".to_owned();
    }
    let seen = anna.preview_invoice(id, &exempt).await.unwrap();
    assert_eq!(seen.missing, ["kvk"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_is_looked_at_by_who_may_issue_it_and_addressed_to_what_is_open() {
    let (_home, anna, id) = with_client().await;
    anna.put_field(id, "town", Some("Epe")).await.unwrap();
    anna.protect("town").await.unwrap();
    let seen = anna.preview_invoice(id, &invoice("Gesprek")).await.unwrap();
    assert_eq!(seen.recipient, ["Jansen", "Lindelaan 5"]);
    // A refusal tells that it is the value, so the log has it as revealed.
    let guess = anna
        .preview_invoice(id, &invoice("NL91 ABNA 0417 1643 00"))
        .await;
    assert!(matches!(
        guess.err(),
        Some(Error::Refused {
            reason: "protected_value",
            ..
        })
    ));
    let log = anna.audit_log(Some(id), 0, 100).await.unwrap();
    let revealed = |entry: &dossierkluis::audit::Event| {
        entry.event == EventKind::FieldRevealed && entry.part.as_deref() == Some("iban")
    };
    assert!(log.entries.iter().any(|entry| revealed(&entry.event)));
    anna.bin_dossier(id).await.unwrap();
    let binned = anna.preview_invoice(id, &invoice("Gesprek")).await;
    assert!(matches!(
        binned.err(),
        Some(Error::Refused {
            reason: "in_bin",
            ..
        })
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credit_note_cancels_once_and_has_a_number_of_its_own() {
    let (home, anna, id) = with_client().await;
    anna.issue_invoice(id, &invoice("Gesprek")).await.unwrap();
    let (entry, number) = anna.credit_invoice("2026-0001").await.unwrap();
    assert_eq!(number, "2026-0002");
    let invoiced = content(&anna, id, entry).await.invoice.clone().unwrap();
    assert_eq!(
        (invoiced.credits.as_str(), invoiced.lines[0].cents),
        ("2026-0001", -12_000)
    );
    assert_eq!(reason(anna.credit_invoice("2026-0001").await), "credited");
    assert_eq!(reason(anna.credit_invoice("2026-0002").await), "credit");
    assert!(matches!(
        anna.credit_invoice("2026-0003").await,
        Err(Error::NotFound)
    ));
    // The next year has a series of its own.
    home.clock.forward(chrono::TimeDelta::days(200));
    let (_, number) = anna.issue_invoice(id, &invoice("Gesprek")).await.unwrap();
    assert_eq!(number, "2027-0001");
    let list = anna.invoices().await.unwrap();
    assert_eq!(numbers(&list), ["2026-0001", "2026-0002", "2027-0001"]);
    assert_eq!(list[0].credited_by, "2026-0002");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_and_failures_between_leave_no_gap() {
    let (home, anna, id) = with_client().await;
    let anna = Arc::new(anna);
    let mut tasks = Vec::new();
    for turn in 0..12 {
        let anna = Arc::clone(&anna);
        tasks.push(tokio::spawn(async move {
            // Every third is refused, in words or by its rate.
            let text = if turn % 3 == 0 { "" } else { "Gesprek" };
            anna.issue_invoice(id, &invoice(text))
                .await
                .map(|(_, number)| number)
        }));
    }
    let mut given = Vec::new();
    for task in tasks {
        given.extend(task.await.unwrap());
    }
    given.sort();
    let expected: Vec<String> = (1..=8).map(|at| format!("2026-{at:04}")).collect();
    assert_eq!(given, expected);
    // A file that cannot be written fails the whole: no number is used, and nothing stays.
    let documents = home.folder.join("documents");
    let aside = home.folder.join("documents.away");
    fs::rename(&documents, &aside).unwrap();
    fs::write(&documents, b"").unwrap();
    assert!(anna.issue_invoice(id, &invoice("Gesprek")).await.is_err());
    fs::remove_file(&documents).unwrap();
    fs::rename(&aside, &documents).unwrap();
    let (_, next) = anna.issue_invoice(id, &invoice("Gesprek")).await.unwrap();
    assert_eq!(next, "2026-0009");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_holds_no_secret() {
    let (_home, anna, id) = with_client().await;
    let issue = async |text: &str, confirmed: bool| {
        let new = NewInvoice {
            confirmed,
            ..invoice(text)
        };
        anna.issue_invoice(id, &new).await
    };
    assert_eq!(
        reason(issue("Gesprek over burn-out", false).await),
        "medical_words"
    );
    assert_eq!(
        reason(issue("Gesprek 123456782", true).await),
        "bsn_in_text"
    );
    assert_eq!(
        reason(issue("rekening nl91 abna 0417 1643 00", true).await),
        "protected_value"
    );
    assert!(issue("Gesprek met therapeut", true).await.is_ok());
    let list = anna.invoices().await.unwrap();
    assert_eq!(numbers(&list), ["2026-0001"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bookkeeper_reads_what_the_asker_may_and_every_number() {
    let (home, anna, mine) = with_client().await;
    let anna = home.colleague(anna, "Cas", &["coach"]).await;
    let shared = client(&anna, anna.practice_circle(), &[("surname", "De Boer")]).await;
    let secret = NewInvoice {
        recipient: vec!["=HYPERLINK(\"x\")".to_owned()],
        ..invoice("Gesprek")
    };
    anna.issue_invoice(mine, &invoice("Alleen voor Anna"))
        .await
        .unwrap();
    anna.issue_invoice(shared, &secret).await.unwrap();
    anna.credit_invoice("2026-0002").await.unwrap();
    drop(anna.lock().await.unwrap());
    let cas = home.sign_in("Cas", OTHER).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("facturen.csv");
    assert_eq!(cas.export_invoices(&file, 2026).await.unwrap(), 3);
    let text = fs::read_to_string(&file).unwrap();
    assert!(!text.contains("Alleen voor Anna") && !text.contains("Jansen"));
    let rows: Vec<&str> = text.lines().collect();
    assert!(rows[1].starts_with("\"2026-0001\";") && rows[1].contains("[afgeschermd]"));
    assert!(rows[2].contains("\"'=HYPERLINK"), "{}", rows[2]);
    assert!(
        rows[2].ends_with("\"120,00\";\"25,20\";\"0,00\";\"0,00\";\"145,20\""),
        "{}",
        rows[2]
    );
    assert!(
        rows[3].ends_with("\"-120,00\";\"-25,20\";\"0,00\";\"0,00\";\"-145,20\""),
        "{}",
        rows[3]
    );
    assert!(matches!(
        cas.credit_invoice("2026-0001").await,
        Err(Error::NotFound)
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dossier_with_invoices_waits_in_the_bin_for_seven_years() {
    let (home, anna, id) = with_client().await;
    anna.issue_invoice(id, &invoice("Gesprek")).await.unwrap();
    anna.bin_dossier(id).await.unwrap();
    home.clock.forward(chrono::TimeDelta::days(365 * 7));
    assert_eq!(anna.empty_expired().await.unwrap(), 0);
    home.clock.forward(chrono::TimeDelta::days(365));
    assert_eq!(anna.empty_expired().await.unwrap(), 1);
    // What it said is gone; its number stays.
    let list = anna.invoices().await.unwrap();
    assert!(numbers(&list) == ["2026-0001"] && list[0].seen.is_none());
}

const CHILD: &str = "invoices::an_issuer_to_be_killed";

#[tokio::test(flavor = "multi_thread")]
async fn an_issuer_to_be_killed() {
    let Some((folder, _)) = respawn::given() else {
        return;
    };
    let anna = enter(&folder).await;
    let id = anna.recents(1).await.unwrap()[0].id;
    let mut out = std::io::stdout().lock();
    writeln!(out, "\nready").unwrap();
    loop {
        let (_, number) = anna.issue_invoice(id, &invoice("Gesprek")).await.unwrap();
        writeln!(out, "given {number}").unwrap();
        out.flush().unwrap();
    }
}

async fn enter(folder: &Path) -> Practice {
    let unlocked = open(folder, &TestClock::new())
        .unlock("Anna", PASSWORD)
        .await;
    unlocked.map_err(|(_, error)| error).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_moment_the_series_has_no_gap_and_every_number_its_paper() {
    let (home, anna, id) = with_client().await;
    anna.open_dossier(id, Reveal::Nothing).await.unwrap();
    drop(anna.lock().await.unwrap());
    let mut given = 0;
    for turn in 0..10 {
        let mut issuer = respawn::start(CHILD, &home.folder, turn);
        let mut lines = BufReader::new(issuer.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok);
        assert!(lines.any(|line| line == "ready"));
        let pause = 100_000 + RandomState::new().hash_one(turn) % 900_000;
        std::thread::sleep(Duration::from_micros(pause));
        issuer.kill().unwrap();
        issuer.wait().unwrap();
        given += lines.filter(|line| line.starts_with("given ")).count();
    }
    let anna = enter(&home.folder).await;
    let list = anna.invoices().await.unwrap();
    // One may have become durable without having been said, each turn.
    assert!(
        list.len() >= given && list.len() <= given + 10,
        "{} of {given}",
        list.len()
    );
    for (at, one) in list.iter().enumerate() {
        assert_eq!(one.number, format!("2026-{:04}", at + 1));
        let (_, entry, _) = one.seen.as_ref().unwrap();
        let paper = anna.show_document(*entry, None).await.unwrap();
        assert!(paper.bytes.starts_with(b"%PDF-"));
    }
    assert!(given > 0, "something was issued before a kill");
}
