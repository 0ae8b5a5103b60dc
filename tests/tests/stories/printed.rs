//! What leaves as a PDF: consents as they were given, letters, recovery sheets. Read back by the tools of others.

use crate::{
    disclosures::{answer, asks, favour, weighed, with_client},
    memory_scan,
    papers::{check, said},
    support::{Home, OTHER, PASSWORD, client},
};
use dossierkluis::{
    consent::{FORMS, LANGUAGES, Point, Request, ScopeOf, Signature, Signed, Withdrawing},
    crypto::Opener,
    disclosure::Reply,
    error::Error,
    ids::{DossierId, EntryId},
    paper::{Language, PaperError},
    practice::{Practice, backup_opener},
    vault::NewVault,
};
use std::{fs, path::Path, process::Command};
use zeroize::Zeroizing;

/// Everything on the pages but their feet, in the order in which it is read aloud.
pub fn text(pdf: &[u8]) -> String {
    let file = kept(pdf);
    let above = ["-raw", "-x", "0", "-y", "0", "-W", "595", "-H", "775"];
    let mut tool = Command::new("pdftotext");
    let output = tool.args(above).arg(file.path()).arg("-").output();
    String::from_utf8(output.unwrap().stdout).unwrap()
}

fn kept(pdf: &[u8]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), pdf).unwrap();
    file
}

/// Without its spaces, and the marks by which a reader of PDF tells where Arabic begins and ends: lines break elsewhere on paper.
fn squeezed(text: &str) -> String {
    let mark = |c: &char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .filter(|c| !c.is_whitespace() && !mark(c))
        .collect()
}

fn has(pdf: &[u8], piece: &str) {
    let text = text(pdf);
    assert!(
        squeezed(&text).contains(&squeezed(piece)),
        "{piece} in {text}"
    );
}

/// What a file says of itself to whoever does not open it.
fn told_outside(file: &Path) -> String {
    said("pdfinfo", &[], file) + said("pdfinfo", &["-meta"], file).as_str()
}

fn language(code: &str) -> Language {
    Language::from_code(code)
}

fn signature() -> Signature {
    let wave = (0..20).map(|at| Point {
        x: at * 50,
        y: 100 + (at % 5) * 40,
    });
    Signature::drawn(&[wave.collect()]).unwrap()
}

fn signed(text: &str) -> Signed {
    Signed::Drawn {
        signature: signature(),
        shown: Zeroizing::new(text.to_owned()),
    }
}

async fn of_person(name: &str) -> (Home, Practice, DossierId) {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let fields = [
        ("surname", name),
        ("given_name", "Jet"),
        ("date_of_birth", "1980-05-05"),
        ("street", "Dorpsstraat 1"),
        ("postcode", "1234 AB"),
        ("town", "Rijndal"),
    ];
    let id = client(&anna, anna.own_circle(), &fields).await;
    (home, anna, id)
}

fn ask(template: &str, language: &str) -> Request {
    let form = FORMS.iter().find(|form| form.id == template).unwrap();
    let scope = match form.scope {
        ScopeOf::Nothing => Vec::new(),
        ScopeOf::Fields => vec!["religion".to_owned(), "ethnicity".to_owned()],
        ScopeOf::Directions => vec!["ask".to_owned(), "inform".to_owned()],
        ScopeOf::Disclosed => vec!["work_fitness".to_owned(), "result".to_owned()],
        ScopeOf::Words => vec!["De belastbaarheid".to_owned(), "De duur".to_owned()],
    };
    Request {
        template: template.to_owned(),
        language: language.to_owned(),
        purpose: "een plan voor de terugkeer".to_owned(),
        recipient: "Huisarts De Vries".to_owned(),
        scope,
        ..Request::default()
    }
}

async fn give(practice: &Practice, id: DossierId, request: &Request) -> EntryId {
    let prepared = practice.prepare_consent(id, request).await.unwrap();
    let how = signed(&prepared.given.text);
    practice.give_consent(&prepared, how).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_text_that_was_signed_is_the_text_on_the_paper() {
    let (_home, anna, id) = of_person("Visser").await;
    for form in FORMS.iter().filter(|form| !form.minor) {
        for code in LANGUAGES {
            let entry = give(&anna, id, &ask(form.id, code)).await;
            let given = anna.consent(entry).await.unwrap().consent.given.clone();
            let pdf = anna.consent_paper(entry).await.unwrap();
            has(&pdf, &given.text);
            has(&pdf, &given.title);
            has(&pdf, &given.text_sha256);
            has(
                &pdf,
                if code == "nl" {
                    "21 september 2026"
                } else {
                    "21 September 2026"
                },
            );
            has(
                &pdf,
                if code == "nl" {
                    "getekend op het scherm"
                } else {
                    "signed on the screen"
                },
            );
            let file = kept(&pdf);
            check(file.path(), language(code));
            let outside = told_outside(file.path());
            assert!(!outside.contains("Visser") && !outside.contains(&given.title));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_says_by_whom_and_that_it_was_withdrawn() {
    let (home, anna, id) = of_person("Visser").await;
    let entry = give(&anna, id, &ask("professional", "nl")).await;
    let pdf = anna.consent_paper(entry).await.unwrap();
    for piece in [
        "Huisarts De Vries",
        "een plan voor de terugkeer",
        "Jet Visser",
    ] {
        has(&pdf, piece);
    }
    assert!(!text(&pdf).contains("Ingetrokken op"));
    // Whoever cannot see the drawn name hears that it is there.
    let tags = said("pdfinfo", &["-struct-text"], kept(&pdf).path());
    assert!(tags.contains("Figure"), "{tags}");
    anna.withdraw_consent(entry, &Withdrawing::default())
        .await
        .unwrap();
    has(&anna.consent_paper(entry).await.unwrap(), "Ingetrokken op");
    let log = anna.audit_log(Some(id), 0, 50).await.unwrap();
    let read = log
        .entries
        .iter()
        .filter(|one| format!("{:?}", one.event.event) == "DocumentRead");
    assert_eq!(read.count(), 2);
    // For somebody outside the circle it does not exist.
    let anna = home.colleague(anna, "Cas", &["coach"]).await;
    drop(anna.lock().await.unwrap());
    let cas = home.sign_in("Cas", OTHER).await;
    let none = cas.consent_paper(entry).await;
    assert!(matches!(none, Err(Error::NotFound)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_printed_to_be_signed_by_hand_and_nothing_is_kept() {
    let (_home, anna, id) = of_person("Visser").await;
    for code in LANGUAGES {
        let prepared = anna
            .prepare_consent(id, &ask("intake", code))
            .await
            .unwrap();
        let pdf = anna.form_paper(&prepared).await.unwrap();
        has(&pdf, &prepared.given.text);
        has(
            &pdf,
            if code == "nl" {
                "Plaats en datum"
            } else {
                "Place and date"
            },
        );
        assert!(!text(&pdf).contains(&prepared.given.text_sha256));
        check(kept(&pdf).path(), language(code));
    }
    assert!(anna.consents(id).await.unwrap().consents.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_on_paper_says_what_was_approved_and_its_file_nothing() {
    let (_home, anna, id) = with_client().await;
    let request = anna
        .register_request(id, &asks("employer", "absence"))
        .await
        .unwrap();
    answer(&anna, request, &favour()).await.unwrap();
    let letter = anna.disclosure_letter(request).await.unwrap();
    let pdf = anna.letter_paper(&letter).await.unwrap();
    let page = squeezed(&text(&pdf));
    let mut pieces: Vec<&str> = letter.recipient_lines.iter().map(String::as_str).collect();
    pieces.extend([
        &*letter.date,
        &*letter.reference,
        &*letter.subject,
        &*letter.salutation,
    ]);
    pieces.extend(letter.paragraphs.iter().map(String::as_str));
    for field in &letter.fields {
        pieces.extend([&*field.label, &*field.value]);
    }
    pieces.extend([&*letter.closing, &*letter.signer]);
    for piece in pieces {
        assert!(page.contains(&squeezed(piece)), "{piece}");
    }
    for kept in ["111222333", "Utrecht", "Slaaptslecht"] {
        assert!(!page.contains(kept), "{kept}");
    }
    let file = kept(&pdf);
    check(file.path(), Language::Dutch);
    let outside = told_outside(file.path());
    for inside in ["Jansen", "Bloemhof", "verzuim", &*letter.reference] {
        assert!(!outside.contains(inside), "{inside}: {outside}");
    }
}

/// Who is refused a paper, and for which signs.
fn lacking<T>(result: Result<T, Error>) -> String {
    match result {
        Err(Error::Paper(PaperError::Signs(signs))) => signs.show(),
        Err(error) => panic!("{error:?}"),
        Ok(_) => String::new(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn names_in_the_letters_of_their_owners_are_printed() {
    for name in [
        "Świętosława-Żółć",
        "Gökçe Şahin",
        "Олександра Їжакевич",
        "فاطمة",
        "ሰላም",
    ] {
        let (_home, anna, id) = of_person(name).await;
        let entry = give(&anna, id, &ask("newsletter", "nl")).await;
        has(&anna.consent_paper(entry).await.unwrap(), name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_printed_is_refused_by_its_signs_and_stays_what_it_was() {
    let (_home, anna, id) = of_person("李 😀").await;
    let signs = "李 (U+674E), 😀 (U+1F600)";
    let prepared = anna
        .prepare_consent(id, &ask("newsletter", "nl"))
        .await
        .unwrap();
    assert_eq!(prepared.unprintable.show(), signs);
    assert_eq!(lacking(anna.form_paper(&prepared).await), signs);
    let entry = anna
        .give_consent(&prepared, signed(&prepared.given.text))
        .await
        .unwrap();
    let refused = anna.consent_paper(entry).await;
    assert!(
        !format!("{refused:?}").contains('李'),
        "not where errors are written down"
    );
    assert_eq!(lacking(refused), signs);
    assert!(
        anna.consent(entry)
            .await
            .unwrap()
            .consent
            .given
            .text
            .contains("李 😀")
    );
    // A letter that could not be printed is not decided: it would stand in the register and be nowhere.
    let mut new = asks("employer", "absence");
    new.name = "李 Handel".to_owned();
    let request = anna.register_request(id, &new).await.unwrap();
    assert_eq!(lacking(answer(&anna, request, &favour()).await), signs);
    let refusal = Reply {
        answers: weighed(&[("interest", false)]),
        reason: "interest".to_owned(),
        ..Reply::default()
    };
    let seen = anna.preview_refusal(request, &refusal).await.unwrap();
    let refused = anna
        .refuse_request(request, &refusal, &seen.digest, 1)
        .await;
    assert_eq!(lacking(refused), "李 (U+674E)");
    assert!(
        anna.disclosures(Some(id)).await.unwrap()[0]
            .record
            .is_open()
    );
    anna.change_request(request, &asks("employer", "absence"), 1)
        .await
        .unwrap();
    anna.put_field(id, "surname", Some("Li")).await.unwrap();
    answer(&anna, request, &favour()).await.unwrap();
}

/// The groups of codes on a sheet, as one copies them. Other words have small letters; a number by itself is a date or a place.
fn codes(pdf: &[u8]) -> Vec<String> {
    let text = text(pdf);
    let is_group = |word: &&str| {
        let signs = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
        let letters = word.bytes().any(|b| b.is_ascii_uppercase());
        word.chars().all(signs) && (letters || word.len() == 6)
    };
    text.split_whitespace()
        .filter(is_group)
        .map(str::to_owned)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recovery_sheet_on_paper_opens_the_account_and_the_backups() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    for code in LANGUAGES {
        let sheet = anna.new_sheet(PASSWORD).await.unwrap();
        let style = anna.house_style().await.unwrap();
        let pdf = sheet.to_pdf(&style, language(code)).unwrap();
        let file = kept(&pdf);
        check(file.path(), language(code));
        assert!(said("pdffonts", &[], file.path()).contains("JetBrainsMono"));
        assert!(!told_outside(file.path()).contains("Anna"));
        has(&pdf, "Anna");
        for group in sheet.groups().iter().chain(&sheet.backup_groups().unwrap()) {
            has(&pdf, group);
        }
    }
    let sheet = anna.new_sheet(PASSWORD).await.unwrap();
    let style = anna.house_style().await.unwrap();
    let found = codes(&sheet.to_pdf(&style, Language::Dutch).unwrap());
    let own = sheet.groups().len();
    let (account, backups) = found.split_at(own);
    assert_eq!(backups.len(), sheet.backup_groups().unwrap().len());
    let Opener::Identity(identity) = backup_opener(&backups.join(" ")).unwrap() else {
        panic!("an identity")
    };
    let known = backup_opener(&sheet.backup_code().unwrap()).unwrap();
    assert!(matches!(known, Opener::Identity(known) if known.recipient() == identity.recipient()));
    drop(anna.lock().await.unwrap());
    let back = home
        .locked()
        .recover("Anna", &account.join(" "), OTHER)
        .await;
    drop(back.map_err(|(_, error)| error).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sheet_of_a_vault_and_the_shares_open_what_they_are_for() {
    const VAULT: &str = "zeven zwanen onder de brug";
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let new = NewVault {
        name: "Werkgever Vos",
        password: VAULT,
        members: &[],
        medical: false,
        minutes: 10,
    };
    let (id, sheet) = anna.found_vault(&new).await.unwrap();
    let style = anna.house_style().await.unwrap();
    let pdf = sheet.to_pdf(&style, Language::Dutch).unwrap();
    has(&pdf, "Kluis Werkgever Vos");
    anna.close_vault(id).await.unwrap();
    anna.recover_vault(id, &codes(&pdf).join(" "), OTHER)
        .await
        .unwrap();
    let shares = anna.split_recovery(PASSWORD).await.unwrap();
    let papers: Vec<Vec<u8>> = shares
        .iter()
        .map(|share| share.to_pdf(&style, Language::English).unwrap().to_vec())
        .collect();
    for (at, paper) in papers.iter().enumerate() {
        check(kept(paper).path(), Language::English);
        has(paper, &format!("Recovery share {} of 3", at + 1));
    }
    let typed: Vec<String> = papers.iter().map(|paper| codes(paper).join(" ")).collect();
    drop(anna.lock().await.unwrap());
    let locked = home.locked();
    let back = locked.recover_together("Anna", [&typed[2], &typed[0]], OTHER);
    back.await.map_err(|(_, error)| error).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_sheet_stays_in_memory() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let style = anna.house_style().await.unwrap();
    let backwards: Vec<String> = {
        let sheet = anna.new_sheet(PASSWORD).await.unwrap();
        drop(sheet.to_pdf(&style, Language::Dutch).unwrap());
        let groups = sheet.groups();
        let groups = groups.iter().filter(|group| group.len() == 6);
        groups.map(|group| group.chars().rev().collect()).collect()
    };
    drop(anna.lock().await.unwrap());
    for group in backwards.iter().take(3) {
        let traces = memory_scan::find(group);
        assert!(traces.is_empty(), "{traces:?}");
    }
}
