//! A clock that jumps back, between sessions and inside one: nothing is lost, nothing is out of order, nothing stays open longer.

use crate::support::{Home, PASSWORD, client};
use chrono::TimeDelta;
use dossierkluis::{
    dossier::{EntryContent, Reveal},
    vault::NewVault,
};

const VAULT: &str = "zeven zwanen onder de brug";

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_jumps_back_loses_nothing() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let id = client(&anna, anna.own_circle(), &[("surname", "Jansen")]).await;
    for (town, back) in [
        ("Zutphen", TimeDelta::days(3)),
        ("Deventer", TimeDelta::days(400)),
    ] {
        anna.put_field(id, "town", Some(town)).await.unwrap();
        home.clock.forward(-back);
        let note = EntryContent::note(town);
        anna.add_entry(id, "session_notes", note).await.unwrap();
    }
    anna.put_field(id, "town", Some("Apeldoorn")).await.unwrap();
    drop(anna.lock().await.unwrap());
    home.clock.forward(TimeDelta::days(-1));
    let anna = home.sign_in("Anna", PASSWORD).await;
    let view = anna.open_dossier(id, Reveal::Nothing).await.unwrap();
    assert_eq!(view.entries.len(), 2);
    assert_eq!(view.fields["town"].value(), Some("Apeldoorn"));
    let history = anna.history(id, "town").await.unwrap();
    let before: Vec<_> = history
        .iter()
        .map(|change| change.before.as_ref().map(|town| town.to_string()))
        .collect();
    // Newest first, in the order in which it was written, whatever the clock said.
    assert_eq!(
        before,
        [
            Some("Deventer".to_owned()),
            Some("Zutphen".to_owned()),
            None
        ]
    );
    assert_eq!(
        anna.verify().await.unwrap().findings,
        Vec::<String>::new(),
        "the log is in order"
    );
    drop(anna.lock().await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vault_stays_open_no_longer_for_it() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let new = NewVault {
        name: "Werkgever",
        password: VAULT,
        members: &[],
        medical: false,
        minutes: 10,
    };
    let (vault, _) = anna.found_vault(&new).await.unwrap();
    home.clock.forward(TimeDelta::days(-1));
    assert_eq!(anna.close_due_vaults(), []);
    home.clock.forward(TimeDelta::minutes(10));
    assert_eq!(anna.close_due_vaults(), [vault]);
    drop(anna.lock().await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bin_is_emptied_no_sooner_for_it() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let id = client(&anna, anna.own_circle(), &[("surname", "Jansen")]).await;
    anna.bin_dossier(id).await.unwrap();
    home.clock.forward(TimeDelta::days(-400));
    drop(anna.lock().await.unwrap());
    let anna = home.sign_in("Anna", PASSWORD).await;
    assert_eq!(anna.bin().await.unwrap().len(), 1);
    drop(anna.lock().await.unwrap());
}
