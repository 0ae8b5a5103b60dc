//! Client lists as other programs write them.

use crate::support::Home;
use dossierkluis::{
    dossier::{ListQuery, Reveal, SortBy},
    practice::Practice,
    transfer::{
        ImportPlan, ImportReport, guess_mapping,
        table::{Format, parse_table},
    },
};
use std::{
    pin::Pin,
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};
use tokio::runtime::Handle;

async fn import(practice: &Practice, csv: &str, skip_duplicates: bool) -> ImportReport {
    let table = parse_table(csv.as_bytes(), Format::Csv).unwrap();
    let plan = ImportPlan {
        kind: "client".to_owned(),
        home: practice.own_circle().into(),
        mapping: guess_mapping("client", &table.headings),
        skip_refused: true,
        skip_duplicates,
    };
    let done = practice.import(&table, &plan, &|_| (), &|| false).await;
    done.unwrap()
}

/// Some values of everybody, in the order of the list.
async fn values(practice: &Practice, fields: &[&str]) -> Vec<Vec<String>> {
    let query = ListQuery {
        limit: 100,
        ..ListQuery::default()
    };
    let mut all = Vec::new();
    for row in practice.list(&query).await.unwrap().rows {
        let view = practice.open_dossier(row.id, Reveal::All).await.unwrap();
        let value = |field: &&str| view.fields[*field].value().unwrap_or_default().to_owned();
        all.push(fields.iter().map(value).collect());
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn house_numbers_in_columns_of_their_own_come_along() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let csv = "Achternaam;Straat;Huisnummer;Toevoeging;Postcode;Plaats\n\
               Visser;Dorpsstraat;12;a;7201 AB;Zutphen\n\
               Bakker;Kerkplein;3;;7411AA;Deventer\n\
               Dekker;Postbus 9;;;7400 AA;Deventer\n";
    assert_eq!(import(&anna, csv, false).await.added, 3);
    let streets = values(&anna, &["street"]).await.concat();
    assert_eq!(streets, ["Kerkplein 3", "Postbus 9", "Dorpsstraat 12 a"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn names_in_one_piece_are_taken_apart() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let csv = "Naam,Plaats\nKlaas de Vries,Epe\n\"Berg, J. van der\",Epe\nMevr. A. Jansen,Epe\n";
    assert_eq!(import(&anna, csv, false).await.added, 3);
    let parts = ["salutation", "initials", "given_name", "prefix", "surname"];
    assert_eq!(
        values(&anna, &parts).await,
        [
            ["", "J.", "", "van der", "Berg"],
            ["mrs", "A.", "", "", "Jansen"],
            ["", "", "Klaas", "de", "Vries"],
        ]
    );
    // Where first names have a column of their own, a surname stays whole.
    let csv = "Voornaam;Naam\nAnna;Jansen Steur\n";
    import(&anna, csv, false).await;
    let all = values(&anna, &["given_name", "surname"]).await;
    assert!(all.contains(&vec!["Anna".to_owned(), "Jansen Steur".to_owned()]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_list_twice_adds_nobody_twice_when_asked() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let csv = "Voornaam;Achternaam;Geboortedatum;E-mail\n\
               Anna;Visser;05-03-1984;anna@voorbeeld.nl\n\
               Bram;Bakker;06-04-1985;\n\
               B.;Bakker;06-04-1985;\n";
    let first = import(&anna, csv, true).await;
    assert_eq!((first.added, first.duplicates.len()), (2, 1));
    let again = import(&anna, csv, true).await;
    assert_eq!((again.added, again.duplicates.len()), (0, 3));
    let anyway = import(&anna, csv, false).await;
    assert_eq!(anyway.added, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn births_that_cannot_be_are_refused_with_their_line() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let csv = "Achternaam;Geboortedatum\nVisser;01-01-2090\nBakker;31-02-1980\nDekker;01-01-1795\nSmit;29-02-1984\n";
    let report = import(&anna, csv, false).await;
    let refused: Vec<_> = report
        .refused
        .iter()
        .map(|one| (one.line, one.field, one.reason))
        .collect();
    assert_eq!(report.added, 1);
    assert_eq!(
        refused,
        [
            (2, "date_of_birth", "date_future"),
            (3, "date_of_birth", "date_impossible"),
            (4, "date_of_birth", "date_past"),
        ]
    );
}

/// What fills the memory takes it to write, what lists has it to read and sorts on the cores that also fill: neither may wait for
/// the other. Hung within a few rounds when the filling took the memory on one of those cores.
#[tokio::test(flavor = "multi_thread")]
async fn who_lists_while_everything_is_loaded_waits_for_nobody() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let mut csv = "Achternaam;Plaats;E-mail\n".to_owned();
    for at in 0..6_000 {
        let line = format!(
            "Visser{};Plaats{};v{at}@voorbeeld.nl\n",
            at * 7919 % 6_000,
            at % 97
        );
        csv.push_str(&line);
    }
    assert_eq!(import(&anna, &csv, false).await.added, 6_000);
    let (anna, runtime) = (Arc::new(anna), Handle::current());
    let (done, ended) = mpsc::channel();
    let run = |work: Pin<Box<dyn Future<Output = ()> + Send>>| {
        let (runtime, done) = (runtime.clone(), done.clone());
        thread::spawn(move || {
            runtime.block_on(work);
            let _ = done.send(());
        });
    };
    let filling = Arc::clone(&anna);
    run(Box::pin(async move {
        for _ in 0..40 {
            filling.load(&|_| ()).await.unwrap();
        }
    }));
    for field in ["town", "email"] {
        let listing = Arc::clone(&anna);
        run(Box::pin(async move {
            for _ in 0..400 {
                let query = ListQuery {
                    sort: SortBy::Field(field.to_owned()),
                    limit: 10,
                    ..ListQuery::default()
                };
                listing.list(&query).await.unwrap();
                listing.search("visser1", 10).await.unwrap();
            }
        }));
    }
    for _ in 0..3 {
        let waited = ended.recv_timeout(Duration::from_secs(120));
        assert!(waited.is_ok(), "somebody waits for ever");
    }
}
