//! Papers: they are what they say they are, and nothing of them stays behind.

use crate::{memory_scan, support::Home};
use dossierkluis::{
    error::Error,
    paper::{HouseStyle, Language, PaperError, Template},
    practice::Practice,
};
use serde_json::json;
use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

fn tool(name: &str, args: &[&str], file: &Path) -> Output {
    Command::new(name)
        .args(args)
        .arg(file)
        .output()
        .unwrap_or_else(|error| panic!("{name} is there (scripts/setup): {error}"))
}

pub fn said(name: &str, args: &[&str], file: &Path) -> String {
    let output = tool(name, args, file);
    assert!(output.status.success(), "{name} {args:?}: {output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn text_of(file: &Path) -> String {
    let output = Command::new("pdftotext").arg(file).arg("-").output();
    String::from_utf8_lossy(&output.unwrap().stdout).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_paper_is_tagged_titled_and_whole_by_the_tools_of_others() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let folder = tempfile::tempdir().unwrap();
    for template in Template::ALL {
        for language in [Language::Dutch, Language::English] {
            let data = template.sample(language);
            let paper = anna.print(template, &data, language).await.unwrap();
            let file = folder.path().join(format!("{}.pdf", template.word()));
            fs::write(&file, &*paper).unwrap();
            check(&file, language);
        }
    }
}

/// What PDF/A-2a and PDF/UA-1 want and can be seen from outside; the maker itself refuses what breaks the rest.
pub fn check(file: &Path, language: Language) {
    let checked = tool("qpdf", &["--check"], file);
    assert!(checked.status.success(), "{checked:?}");
    let info = said("pdfinfo", &[], file);
    let has = |text: &str| {
        info.lines().any(|line| {
            line.split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .contains(text)
        })
    };
    assert!(has("Tagged: yes") && info.contains("Title:  "), "{info}");
    assert!(
        has("JavaScript: no") && has("Form: none") && has("Encrypted: no"),
        "{info}"
    );
    let raw = fs::read(file).unwrap();
    let uncompressed = Command::new("qpdf")
        .args(["--qdf", "--object-streams=disable"])
        .args([file, Path::new("-")])
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&uncompressed.stdout).into_owned();
    assert!(
        raw.starts_with(b"%PDF-1.7"),
        "of the version that both standards know"
    );
    for wanted in [
        format!("/Lang ({}", language.code()),
        "/DisplayDocTitle true".to_owned(),
        "/StructTreeRoot".to_owned(),
        "pdfuaid:part>1<".to_owned(),
        "pdfaid:part>2<".to_owned(),
        "pdfaid:conformance>A<".to_owned(),
        "/OutputIntents".to_owned(),
    ] {
        assert!(text.contains(&wanted), "{wanted} in {}", file.display());
    }
    // Every font is embedded, as a subset, with a way back to its letters.
    for font in said("pdffonts", &[], file).lines().skip(2) {
        let yes = font
            .split_whitespace()
            .filter(|word| *word == "yes")
            .count();
        assert_eq!(yes, 3, "{font}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_printed_can_be_read_aloud_in_its_order() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("brief.pdf");
    let data = Template::Letter.sample(Language::Dutch);
    fs::write(
        &file,
        &*anna
            .print(Template::Letter, &data, Language::Dutch)
            .await
            .unwrap(),
    )
    .unwrap();
    let text = text_of(&file);
    let places: Vec<usize> = [
        "Van Dale Transport",
        "Geachte mevrouw De Groot",
        "Inzetbaar",
        "Ja, voor 16 uur",
        "Met vriendelijke groet",
        "Casemanager",
    ]
    .iter()
    .map(|piece| {
        text.find(piece)
            .unwrap_or_else(|| panic!("{piece} in {text}"))
    })
    .collect();
    assert!(places.is_sorted(), "{places:?} in {text}");
}

/// Backwards: what stands here must not be what is looked for.
const NAME: &str = "nemaanretkurdegedlieb";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_paper_stays_in_memory() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let paper = {
        let name: String = NAME.chars().rev().collect();
        let data = json!({ "person": name, "paragraphs": [name], "title": "Toestemming" });
        anna.print(Template::Consent, &data, Language::Dutch)
            .await
            .unwrap()
    };
    // In the paper itself the letters are compressed.
    drop(paper);
    drop(anna.lock().await.unwrap());
    let traces = memory_scan::find(NAME);
    assert!(traces.is_empty(), "{traces:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_style_of_the_house_is_kept_tried_and_only_an_administrators() {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    assert_eq!(anna.house_style().await.unwrap().name, "Praktijk De Linde");
    let mut style = HouseStyle {
        name: "De Linde".to_owned(),
        colour: "#7a2048".to_owned(),
        ..HouseStyle::default()
    };
    anna.save_house_style(&style).await.unwrap();
    assert!(anna.house_style().await.unwrap() == style);
    // A template that fails is not taken, and says where.
    style.templates.insert(
        Template::Letter,
        "#import \"house.typ\": *\n#nothing".to_owned(),
    );
    let refused = anna.save_house_style(&style).await;
    assert!(matches!(
        refused,
        Err(Error::Paper(PaperError::Template {
            file: "letter",
            line: 2
        }))
    ));
    // Nor is one that leaves out what it is given.
    let silent = "#import \"house.typ\": *\n#show: sheet.with(\"Brief\")\n#head\nOns eigen model.";
    style.templates.insert(Template::Letter, silent.to_owned());
    assert!(matches!(
        anna.save_house_style(&style).await,
        Err(Error::Paper(PaperError::LeftOut { file: "letter", .. }))
    ));
    let own = format!("{}\nOns eigen model.", Template::Letter.shipped());
    style.templates.insert(Template::Letter, own);
    anna.save_house_style(&style).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("eigen.pdf");
    let paper = anna
        .print(Template::Letter, &json!({}), Language::Dutch)
        .await
        .unwrap();
    fs::write(&file, &*paper).unwrap();
    assert!(text_of(&file).contains("Ons eigen model"));
    // Sealed like everything else.
    let stored = fs::read(home.folder.join("practice.db")).unwrap();
    assert!(memchr::memmem::find(&stored, b"Ons eigen model").is_none());
    let anna = home.colleague(anna, "Cas", &["coach"]).await;
    drop(anna.lock().await.unwrap());
    let cas: Practice = home.sign_in("Cas", crate::support::OTHER).await;
    assert!(matches!(
        cas.save_house_style(&style).await,
        Err(Error::Denied(_))
    ));
    assert!(cas.house_style().await.unwrap() == style);
}
