//! Mailing lists and reports: what leaves is what may leave, and the log can prove it.

use crate::support::{Home, OTHER, client};
use chrono::TimeDelta;
use dossierkluis::{
    audit::EventKind,
    consent::{Request, Signed, Withdrawing},
    dossier::{EntryContent, Reveal},
    error::Error,
    ids::{DossierId, EntryId},
    paper::Language,
    practice::Practice,
    report::{NewReport, ReportField, ReportProfile},
    transfer::{Channel, LeftOut, MailingReport},
};
use std::{fs, path::Path, process::Command};

async fn list(practice: &Practice, channel: Channel) -> (MailingReport, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lijst.csv");
    let report = practice
        .mailing_list(&file, channel, Language::Dutch, &|_| (), &|| false)
        .await
        .unwrap();
    (report, fs::read_to_string(file).unwrap())
}

/// Gives a consent by word of mouth, until a day.
async fn agree(practice: &Practice, id: DossierId, template: &str, until: Option<&str>) -> EntryId {
    let request = Request {
        template: template.to_owned(),
        language: "nl".to_owned(),
        recipient: "Huisarts De Vries".to_owned(),
        purpose: "overleg".to_owned(),
        scope: vec!["ask".to_owned()],
        until: until.map(str::to_owned),
        ..Request::default()
    };
    let prepared = practice.prepare_consent(id, &request).await.unwrap();
    let said = Signed::Oral("Aan de balie.".to_owned());
    practice.give_consent(&prepared, said).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_refused_in_one_dossier_is_not_approached_for_another() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let own = anna.own_circle();
    let house = [
        ("street", "Kade 1"),
        ("postcode", "1234 AB"),
        ("town", "Gouda"),
    ];
    let jet = [
        &[
            ("surname", "Visser"),
            ("given_name", "Jet"),
            ("email", "jet@voorbeeld.nl"),
            ("mobile", "0612345678"),
        ],
        &house[..],
    ]
    .concat();
    let refusing = [
        &jet[..],
        &[
            ("private_email", "thuis@voorbeeld.nl"),
            ("mailing_email", "refused"),
            ("mailing_post", "refused"),
        ],
    ]
    .concat();
    let refused_here = client(&anna, own, &refusing).await;
    client(&anna, own, &jet).await;
    // The other address of whoever refused, and somebody else in the same house.
    let other = [
        ("surname", "Bos"),
        ("email", "Thuis@Voorbeeld.nl"),
        ("mobile", "0687654321"),
    ];
    let other = [&other[..], &house[..]].concat();
    client(&anna, own, &other).await;
    for (channel, listed, refused) in [
        (Channel::Email, 0, 3),
        (Channel::Post, 1, 2),
        (Channel::Telephone, 3, 0),
    ] {
        let (report, _) = list(&anna, channel).await;
        let found = (report.listed, report.left_out.refused);
        assert_eq!(found, (listed, refused), "{channel:?}");
    }
    // What was refused stays refused when that dossier lies in the bin; it is counted no more.
    anna.bin_dossier(refused_here).await.unwrap();
    for (channel, listed, refused) in [(Channel::Email, 0, 2), (Channel::Post, 1, 1)] {
        let (report, _) = list(&anna, channel).await;
        let found = (report.listed, report.left_out.refused);
        assert_eq!(found, (listed, refused), "binned, {channel:?}");
    }
    anna.restore_dossier(refused_here).await.unwrap();
    let gone = refusing.clone();
    let gone = [&gone[..], &[("no_contact", "no_further_contact")]].concat();
    client(&anna, own, &gone).await;
    let (report, _) = list(&anna, Channel::Telephone).await;
    assert_eq!((report.listed, report.left_out.no_contact), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_opted_out_is_on_no_list_and_the_log_proves_the_file() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let own = anna.own_circle();
    let people: &[&[(&str, &str)]] = &[
        &[
            ("surname", "Aalders"),
            ("email", "aalders@voorbeeld.nl"),
            ("mailing_newsletter", "wanted"),
        ],
        &[
            ("surname", "Bakker"),
            ("email", "bakker@voorbeeld.nl"),
            ("mailing_email", "refused"),
            ("mailing_newsletter", "refused"),
        ],
        &[
            ("surname", "Cornelissen"),
            ("email", "cornelissen@voorbeeld.nl"),
            ("mailing_newsletter", "wanted"),
            ("no_contact", "no_further_contact"),
        ],
        &[
            ("surname", "Dekker"),
            ("street", "Kade 1"),
            ("town", "Gouda"),
        ],
        &[("surname", "Evers"), ("email", "evers@voorbeeld.nl")],
    ];
    for fields in people {
        let id = client(&anna, own, fields).await;
        let newsletter = ("mailing_newsletter", "wanted");
        if fields.contains(&newsletter) {
            agree(&anna, id, "newsletter", None).await;
        }
    }
    let binned = client(
        &anna,
        own,
        &[("surname", "Faber"), ("email", "faber@voorbeeld.nl")],
    )
    .await;
    anna.bin_dossier(binned).await.unwrap();

    let (report, text) = list(&anna, Channel::Email).await;
    assert_eq!(
        (report.listed, report.left_out),
        (
            2,
            LeftOut {
                no_contact: 1,
                refused: 1,
                no_address: 1,
                ..LeftOut::default()
            }
        )
    );
    for (name, listed) in [
        ("Aalders", true),
        ("Evers", true),
        ("Bakker", false),
        ("Cornelissen", false),
        ("Dekker", false),
        ("Faber", false),
    ] {
        assert_eq!(text.contains(name), listed, "{name} in {text}");
    }
    assert!(text.contains("# Niet opgenomen: 3 (geen contact meer: 1; geweigerd: 1; niet gevraagd: 0; geen geldige toestemming: 0; geen adres: 1; afgeschermd: 0)"), "{text}");
    let (report, text) = list(&anna, Channel::Newsletter).await;
    assert_eq!((report.listed, report.left_out.not_asked), (1, 2));
    assert!(text.contains("aalders@voorbeeld.nl") && !text.contains("evers@"));
    let (_, text) = list(&anna, Channel::Post).await;
    assert!(
        text.contains("\"Dekker\";\"Kade 1\"") && !text.contains("Aalders"),
        "{text}"
    );

    let log = anna.audit_log(None, 0, 100).await.unwrap();
    let logged: Vec<String> = log
        .entries
        .iter()
        .map(|entry| serde_json::to_string(&entry.event).unwrap())
        .collect();
    let proof = logged
        .iter()
        .find(|entry| entry.contains(&report.sha256))
        .unwrap();
    assert!(
        proof.contains("mailing_list_made")
            && proof.contains("\"count\":1")
            && proof.contains("newsletter"),
        "{proof}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newsletter_goes_to_nobody_without_a_consent_that_holds() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let reader = async |name: &str, wants: &str| {
        let mail = format!("{}@voorbeeld.nl", name.to_lowercase());
        let fields = [
            ("surname", name),
            ("email", mail.as_str()),
            ("mailing_newsletter", wants),
        ];
        client(&anna, anna.own_circle(), &fields).await
    };
    reader("Wensink", "wanted").await;
    let other = reader("Ander", "wanted").await;
    agree(&anna, other, "professional", None).await;
    let until = reader("Tijdelijk", "wanted").await;
    agree(&anna, until, "newsletter", Some("2026-09-25")).await;
    let refused = reader("Weigeraar", "refused").await;
    agree(&anna, refused, "newsletter", None).await;
    let id = reader("Lezer", "wanted").await;
    let consent = agree(&anna, id, "newsletter", None).await;
    let listed = async || {
        let (report, text) = list(&anna, Channel::Newsletter).await;
        assert_eq!(report.listed + report.left_out.sum(), 5);
        assert_eq!(report.left_out.refused, 1);
        let names = ["Wensink", "Ander", "Tijdelijk", "Weigeraar", "Lezer"];
        let names = names.into_iter().filter(|name| text.contains(name));
        (names.collect::<Vec<_>>(), report.left_out.no_consent)
    };
    assert_eq!(listed().await, (vec!["Tijdelijk", "Lezer"], 2));
    // The last day is over; then somebody takes it back; each is gone from the very next list, and the field still says yes.
    home.clock.forward(TimeDelta::days(6));
    assert_eq!(listed().await, (vec!["Lezer"], 3));
    let how = Withdrawing::default();
    anna.withdraw_consent(consent, &how).await.unwrap();
    assert_eq!(listed().await, (vec![], 4));
    let view = anna.open_dossier(id, Reveal::Nothing).await.unwrap();
    assert_eq!(view.fields["mailing_newsletter"].value(), Some("wanted"));
    agree(&anna, id, "newsletter", None).await;
    assert_eq!(listed().await, (vec!["Lezer"], 3));
    // The gate is for the newsletter: what is about one's own affairs needs no consent.
    assert_eq!(list(&anna, Channel::Email).await.0.listed, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newsletter_taken_back_in_one_dossier_goes_to_that_address_for_no_other() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let reader = async |name: &str| {
        let fields = [
            ("surname", name),
            ("email", "samen@voorbeeld.nl"),
            ("mailing_newsletter", "wanted"),
        ];
        let id = client(&anna, anna.own_circle(), &fields).await;
        (id, agree(&anna, id, "newsletter", None).await)
    };
    let (one, consent) = reader("Een").await;
    reader("Ander").await;
    let listed = async || {
        let (report, _) = list(&anna, Channel::Newsletter).await;
        (report.listed, report.left_out.no_consent)
    };
    assert_eq!(listed().await, (2, 0));
    let how = Withdrawing::default();
    anna.withdraw_consent(consent, &how).await.unwrap();
    assert_eq!(listed().await, (0, 2));
    // Also when nobody is asked there any more, and at every address of whoever took it back.
    anna.put_field(one, "mailing_newsletter", None)
        .await
        .unwrap();
    assert_eq!(listed().await, (0, 1));
    anna.put_field(one, "private_email", Some("thuis@voorbeeld.nl"))
        .await
        .unwrap();
    let third = [
        ("surname", "Derde"),
        ("email", "thuis@voorbeeld.nl"),
        ("mailing_newsletter", "wanted"),
    ];
    let third = client(&anna, anna.own_circle(), &third).await;
    agree(&anna, third, "newsletter", None).await;
    assert_eq!(listed().await, (0, 2));
    anna.bin_dossier(third).await.unwrap();
    anna.put_field(one, "mailing_newsletter", Some("wanted"))
        .await
        .unwrap();
    assert_eq!(listed().await, (0, 2));
    // Also when the dossier in which it was taken back lies in the bin.
    anna.bin_dossier(one).await.unwrap();
    assert_eq!(listed().await, (0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_holds_what_its_maker_may_see() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let anna = home.colleague(anna, "Cas", &["coach"]).await;
    client(
        &anna,
        anna.own_circle(),
        &[
            ("surname", "Verborgen"),
            ("email", "verborgen@voorbeeld.nl"),
        ],
    )
    .await;
    client(
        &anna,
        anna.practice_circle(),
        &[("surname", "Gedeeld"), ("email", "gedeeld@voorbeeld.nl")],
    )
    .await;
    drop(anna.lock().await.unwrap());
    let cas = home.sign_in("Cas", OTHER).await;
    let (report, text) = list(&cas, Channel::Email).await;
    assert_eq!((report.listed, report.left_out.sum()), (1, 0));
    assert!(!text.contains("erborgen"), "{text}");
    // Not into the practice folder itself.
    let inside = home.folder.join("lijst.csv");
    let refused = cas
        .mailing_list(&inside, Channel::Email, Language::Dutch, &|_| (), &|| false)
        .await;
    assert!(matches!(refused, Err(Error::Export("own_folder"))));
}

fn text_of(file: &Path) -> String {
    let output = Command::new("pdftotext")
        .arg(file)
        .arg("-")
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn profile(fields: &[&str], protected: bool) -> ReportProfile {
    let field = |field: &&str| ReportField {
        field: (*field).to_owned(),
        label: format!("Kop {field}"),
    };
    ReportProfile {
        name: "Gemeente".to_owned(),
        fields: fields.iter().map(field).collect(),
        protected,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_holds_the_fields_of_its_profile_and_nothing_else() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let id = client(
        &anna,
        anna.own_circle(),
        &[
            ("surname", "Jansen"),
            ("assignment", "Zoekt ander werk"),
            ("project_status", "running"),
            ("interests", "Duiven"),
            ("income", "2000"),
        ],
    )
    .await;
    let goal = EntryContent {
        title: Some("Een cv".to_owned()),
        state: Some("reached".to_owned()),
        ..EntryContent::default()
    };
    anna.add_entry(id, "goals", goal).await.unwrap();
    anna.add_entry(id, "session_notes", EntryContent::note("Slaapt slecht"))
        .await
        .unwrap();
    let new = NewReport {
        hours: "12,5".to_owned(),
        from: "01-07-2026".to_owned(),
        until: "30-09-2026".to_owned(),
        ..NewReport::default()
    };
    let shown = anna.preview_report(id, &new).await.unwrap();
    let fields: Vec<&str> = shown.lines.iter().map(|line| line.field).collect();
    assert_eq!(fields, ["assignment", "project_status", "goals"]);

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rapportage.pdf");
    // What was not looked at does not go: somebody writes in between.
    anna.put_field(id, "assignment", Some("Zoekt iets anders"))
        .await
        .unwrap();
    let unseen = anna.send_report(id, &new, &shown.digest, &file).await;
    assert!(matches!(
        unseen.err(),
        Some(Error::Refused {
            reason: "changed_since_preview",
            ..
        })
    ));
    assert!(!file.exists());
    anna.put_field(id, "assignment", Some("Zoekt ander werk"))
        .await
        .unwrap();
    let kept = anna
        .send_report(id, &new, &shown.digest, &file)
        .await
        .unwrap();
    let text = text_of(&file);
    for piece in [
        "Jansen",
        "Zoekt ander werk",
        "Loopt",
        "Bereikt",
        "Een cv",
        "12,5",
        "01-07-2026 tot en met 30-09-2026",
    ] {
        assert!(text.contains(piece), "{piece} in {text}");
    }
    for piece in ["Duiven", "Slaapt", "2.000"] {
        assert!(!text.contains(piece), "{piece} in {text}");
    }
    let document = anna.show_document(kept.unwrap(), None).await.unwrap();
    assert!(
        *document.bytes == fs::read(&file).unwrap(),
        "what was sent is what is kept"
    );
    let log = anna.audit_log(Some(id), 0, 100).await.unwrap();
    let sent = log
        .entries
        .iter()
        .map(|entry| serde_json::to_string(&entry.event).unwrap())
        .find(|entry| entry.contains("report_made"))
        .unwrap();
    assert!(
        sent.contains("assignment,project_status,goals") && sent.contains("\"count\":3"),
        "{sent}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_practice_protects_is_logged_and_no_part_of_a_name() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let fields = [
        ("surname", "Jansen"),
        ("given_name", "Wilhelmina"),
        ("assignment", "Zoekt ander werk"),
    ];
    let id = client(&anna, anna.own_circle(), &fields).await;
    for field in ["given_name", "assignment"] {
        anna.protect(field).await.unwrap();
    }
    anna.save_report_profiles(&[profile(&["assignment"], true)])
        .await
        .unwrap();
    let new = NewReport {
        profile: "Gemeente".to_owned(),
        ..NewReport::default()
    };
    let shown = anna.preview_report(id, &new).await.unwrap();
    assert_eq!(shown.lines.len(), 1);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rapportage.pdf");
    fs::write(&file, &*shown.pdf).unwrap();
    let text = text_of(&file);
    assert!(
        text.contains("Jansen") && !text.contains("Wilhelmina"),
        "{text}"
    );
    let log = anna.audit_log(Some(id), 0, 100).await.unwrap();
    let revealed = log.entries.iter().any(|entry| {
        entry.event.event == EventKind::FieldRevealed
            && entry.event.part.as_deref() == Some("assignment")
    });
    assert!(revealed);
    // More people may open the documents than this field: it goes, and is not kept there.
    let kept = anna
        .send_report(id, &new, &shown.digest, &folder.path().join("weg.pdf"))
        .await
        .unwrap();
    assert_eq!(kept, None);
    let view = anna.open_dossier(id, Reveal::All).await.unwrap();
    assert!(view.entries.iter().all(|entry| entry.field != "documents"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_pays_is_told_nothing_of_health_and_no_number() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let fields = [("surname", "Jansen"), ("assignment", "Zoekt ander werk")];
    let id = client(&anna, anna.own_circle(), &fields).await;
    for text in ["Slaapt slecht", "Slikt antidepressiva", "BSN 111222333"] {
        anna.add_entry(id, "session_notes", EntryContent::note(text))
            .await
            .unwrap();
    }
    anna.save_report_profiles(&[profile(&["assignment", "session_notes"], true)])
        .await
        .unwrap();
    let shown = anna
        .preview_report(id, &NewReport::default())
        .await
        .unwrap();
    let said: Vec<&str> = shown.lines.iter().flat_map(|line| line.texts()).collect();
    assert_eq!(said, ["Zoekt ander werk", "Slaapt slecht"]);
    assert_eq!(shown.lines[1].unfit, 2);
    for (note, reason) in [
        ("Zij heeft een burn-out.", "not_of_health"),
        ("Rekening NL91ABNA0417164300.", "identifier"),
    ] {
        let new = NewReport {
            note: note.to_owned(),
            ..NewReport::default()
        };
        let refused = anna.preview_report(id, &new).await;
        assert!(
            matches!(refused.err(), Some(Error::Refused { reason: why, .. }) if why == reason),
            "{note}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn protected_values_go_when_profile_and_writer_both_allow_it() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let anna = home.colleague(anna, "Roos", &["reception"]).await;
    let id = client(
        &anna,
        anna.practice_circle(),
        &[("surname", "Jansen"), ("income", "2000")],
    )
    .await;
    anna.add_entry(id, "session_notes", EntryContent::note("Slaapt slecht"))
        .await
        .unwrap();
    // A profile says so itself, and only an administrator makes one; some things never go.
    assert!(
        anna.save_report_profiles(&[profile(&["income"], false)])
            .await
            .is_err()
    );
    let never = [
        "bsn",
        "medical_conclusions",
        "medical_notes",
        "name_order",
        "documents",
        "people_involved",
        "representatives",
        "consents",
        "disclosures",
    ];
    for field in never {
        let saved = anna.save_report_profiles(&[profile(&[field], true)]).await;
        let refused =
            matches!(saved, Err(Error::Refused { reason, .. }) if reason == "not_reported");
        assert!(refused, "{field}");
    }
    anna.save_report_profiles(&[profile(&["income", "session_notes"], true)])
        .await
        .unwrap();
    let shown = anna
        .preview_report(id, &NewReport::default())
        .await
        .unwrap();
    let said: Vec<&str> = shown.lines.iter().flat_map(|line| line.texts()).collect();
    assert_eq!(said, ["€ 2.000,00", "Slaapt slecht"]);
    drop(anna.lock().await.unwrap());
    let roos = home.sign_in("Roos", OTHER).await;
    assert!(roos.save_report_profiles(&[]).await.is_err());
    let shown = roos
        .preview_report(id, &NewReport::default())
        .await
        .unwrap();
    assert!(
        shown
            .lines
            .iter()
            .all(|line| line.withheld.is_some() && line.texts().next().is_none())
    );
    let view = roos.open_dossier(id, Reveal::All).await.unwrap();
    assert!(view.fields["income"].value().is_none());
}
