//! What `kluis` writes as a PDF: the letter of a disclosure, a recovery sheet, and a refusal in words.

use crate::support::{Demo, FAVOUR, founding, paper, seen};
use serde_json::json;
use std::{fs, os::unix::fs::PermissionsExt};

const COACH: &str = "Karim Yilmaz";
const NL: &str = "nl_NL.UTF-8";
const VAULT: &[u8] = b"zeven zwanen onder de brug";

fn request(demo: &Demo, id: &str, name: &str) -> String {
    let words = [
        "disclosure",
        "request",
        id,
        "--asker",
        "employer",
        "--purpose",
        "absence",
        "--name",
        name,
        "--asked",
        "Wanneer komt zij terug?",
    ];
    demo.json(COACH, &words)["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_letter_is_a_pdf_for_its_owner_alone() {
    let demo = Demo::make(3);
    let id = demo.json(COACH, &["add", "surname=Visser", "work_fitness=unfit"]);
    let id = id["id"].as_str().unwrap();
    let asked = request(&demo, id, "Bloemhof B.V.");
    let file = demo.path("brief.pdf");
    let answer = [
        &["disclosure", "answer", &asked][..],
        &FAVOUR,
        &["--file", &file],
    ]
    .concat();
    let said = demo.json(COACH, &answer);
    let text = paper(&file);
    for piece in [
        "Bloemhof B.V.",
        "Visser",
        said["reference"].as_str().unwrap(),
    ] {
        assert!(text.contains(piece), "{piece}: {text}");
    }
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    // Once more, and never over another file.
    let again = ["disclosure", "letter", &asked, "--file", &file];
    assert_eq!(demo.fails(COACH, &again).0, 1);
    let other = demo.path("nog eens.pdf");
    demo.json(COACH, &["disclosure", "letter", &asked, "--file", &other]);
    assert_eq!(paper(&other), text);
}

#[test]
fn signs_that_no_font_has_are_told_and_nothing_is_decided() {
    let demo = Demo::make(0);
    let id = demo.json(COACH, &["add", "surname=Visser"]);
    let id = id["id"].as_str().unwrap();
    let asked = request(&demo, id, "李 Handel");
    let answer = [&["disclosure", "answer", &asked][..], &FAVOUR].concat();
    let (code, error) = demo.fails(COACH, &answer);
    assert_eq!(
        (code, error),
        (
            7,
            json!({ "error": "paper", "reason": "signs", "signs": "李 (U+674E)" })
        )
    );
    let (_, _, said) = demo.seen(NL, COACH, &answer);
    assert!(
        said.contains("lettertypen") && said.contains("U+674E"),
        "{said}"
    );
    let open = demo.json(COACH, &["disclosure", "list", "--id", id, "--open"]);
    assert_eq!(open[0]["id"], asked);
}

#[test]
fn recovery_sheets_are_pdfs_by_their_ending() {
    let demo = Demo::make(0);
    let (dir, sheet) = (demo.path("nieuw"), demo.path("blad.pdf"));
    let password = demo.write("pw", b"correct horse battery\n");
    let mut new = founding(&dir, &password);
    new.env("LANG", NL).args(["--recovery", &sheet]);
    assert_eq!(seen(&mut new).0, 0);
    // A sheet that cannot be written leaves no practice without one.
    let (unsheeted, nowhere) = (demo.path("zonder"), demo.path("nergens/blad.pdf"));
    let mut new = founding(&unsheeted, &password);
    new.args(["--recovery", &nowhere]);
    assert_eq!(seen(&mut new).0, 1);
    assert!(!std::path::Path::new(&unsheeted).exists());
    let text = paper(&sheet);
    assert!(
        text.contains("Herstelblad")
            && text.contains("Baas")
            && text.contains("Code voor back-ups")
    );
    let (vault, file) = (demo.write("kluis", VAULT), demo.path("kluis.pdf"));
    demo.json(
        COACH,
        &[
            "vault",
            "new",
            "vos",
            "--vault-password-file",
            &vault,
            "--recovery",
            &file,
        ],
    );
    let text = paper(&file);
    assert!(
        text.contains("Vault vos") && !text.contains("Backups"),
        "{text}"
    );
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
}
