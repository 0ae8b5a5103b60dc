//! `kluis vault` and `kluis document`, played with the real program.

use crate::support::{Demo, field};
use serde_json::{Value, json};
use std::{fs, process::Command};

const COACH: &str = "Karim Yilmaz";
const OTHER: &str = "Sanne van der Berg";
const PHYSICIAN: &str = "Joost ten Brink";
const ADMINISTRATOR: &str = "Anke de Wit";

/// A demo practice with a vault called "vos" that a coach founded, with the files of its password and its sheet.
struct Vault {
    demo: Demo,
    password: String,
    sheet: String,
}

impl Vault {
    fn make() -> Self {
        let demo = Demo::make(3);
        let password = demo.write("kluis", b"zeven zwanen onder de brug\n");
        let sheet = demo.path("blad.txt");
        let vault = Self {
            demo,
            password,
            sheet,
        };
        let founded = vault.json(
            COACH,
            "vault new vos --vault-password-file PW --recovery SHEET",
        );
        assert!(founded["id"].is_string());
        vault.json(COACH, "vault add vos Sanne --vault-password-file PW");
        vault
    }

    /// PW, SHEET and Sanne stand for what a word cannot hold.
    fn words(&self, line: &str) -> Vec<String> {
        let word = |word: &str| match word {
            "PW" => self.password.clone(),
            "SHEET" => self.sheet.clone(),
            "Sanne" => OTHER.to_owned(),
            word => word.to_owned(),
        };
        line.split(' ').map(word).collect()
    }

    fn json(&self, user: &str, line: &str) -> Value {
        let words = self.words(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        self.demo.json(user, &words)
    }

    fn fails(&self, user: &str, line: &str) -> (i32, Value) {
        let words = self.words(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        self.demo.fails(user, &words)
    }

    fn employee(&self) -> String {
        let line = "add --kind employee surname=Visser bsn=111222333 town=Zutphen --vault vos --vault-password-file PW";
        self.json(COACH, line)["id"].as_str().unwrap().to_owned()
    }
}

#[test]
fn an_employee_lies_in_a_vault_that_opens_with_its_own_password() {
    let vault = Vault::make();
    let id = vault.employee();
    let list = vault.json(COACH, "vault list");
    assert_eq!(
        (&list[0]["name"], &list[0]["medical"], &list[0]["dossiers"]),
        (&json!("vos"), &json!(false), &json!(1))
    );
    assert_eq!(vault.json(ADMINISTRATOR, "vault list"), json!([]));
    let shut = vault.json(OTHER, &format!("show {id}"));
    assert_eq!(field(&shut, "surname"), &json!({ "value": "Visser" }));
    for withheld in ["bsn", "town", "place_of_birth"] {
        let closed = json!({ "withheld": "vault_closed" });
        assert_eq!(field(&shut, withheld), &closed, "{withheld}");
    }
    let stranger = vault.json(ADMINISTRATOR, &format!("show {id}"));
    assert_eq!(field(&stranger, "town"), &json!({ "withheld": "no_grant" }));
    let open = vault.json(
        OTHER,
        &format!("show {id} --vault vos --vault-password-file PW"),
    );
    assert_eq!(field(&open, "bsn"), &json!({ "value": "111222333" }));
    let wrong = vault.demo.write("fout", b"acht zwanen onder de brug\n");
    let refused = vault.fails(
        OTHER,
        &format!("show {id} --vault vos --vault-password-file {wrong}"),
    );
    assert_eq!(refused.0, 3);
    assert_eq!(
        vault.fails(OTHER, &format!("set {id} town Deventer")),
        (4, json!({ "error": "denied", "reason": "vault_closed" }))
    );
    assert_eq!(
        vault.fails(COACH, "add --kind employee surname=Zonder").0,
        7
    );
    let health = format!(
        "note {id} overspannen --field personnel_notes --vault vos --vault-password-file PW"
    );
    let refused = vault.fails(COACH, &health);
    assert_eq!(
        (refused.0, &refused.1["reason"]),
        (7, &json!("medical_words"))
    );
    vault.json(COACH, &format!("{health} --confirm"));
    assert_eq!(vault.json(COACH, "verify")["ok"], true);
}

#[test]
fn a_vault_gets_new_keys_passwords_and_sheets() {
    let vault = Vault::make();
    let id = vault.employee();
    vault.json(COACH, "vault rekey vos --vault-password-file PW");
    let new = vault.demo.write("nieuw", b"negen zwanen achter het huis\n");
    vault.json(
        COACH,
        &format!("vault password vos --vault-password-file PW --new-password-file {new}"),
    );
    let show = format!("show {id} --vault vos --vault-password-file PW");
    assert_eq!(vault.fails(COACH, &show).0, 3);
    let text = fs::read_to_string(&vault.sheet).unwrap();
    let long = |line: &&str| line.matches('-').count() >= 9;
    let code = text.lines().find(long).unwrap_or(&text);
    let code = code.split_whitespace().last().unwrap();
    let code = vault.demo.write("code", code.as_bytes());
    vault.json(
        COACH,
        &format!("vault recover vos --code-file {code} --new-password-file PW"),
    );
    let open = vault.json(COACH, &show);
    assert_eq!(field(&open, "town"), &json!({ "value": "Zutphen" }));
    assert_eq!(
        vault
            .fails(
                COACH,
                "vault new medisch --medical --vault-password-file PW"
            )
            .0,
        4
    );
    vault.json(
        PHYSICIAN,
        "vault new medisch --medical --vault-password-file PW",
    );
    assert_eq!(vault.json(COACH, "verify")["ok"], true);
}

#[test]
fn documents_go_in_and_out() {
    let demo = Demo::make(3);
    let id = demo.json(COACH, &["add", "surname=Jansen"])["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let file = demo.write("brief.txt", b"Geachte heer, dit is een brief.");
    let added = demo.json(
        COACH,
        &[
            "document",
            "add",
            &id,
            &file,
            "--kind",
            "letter",
            "--on",
            "2026-02-03",
        ],
    );
    let document = added["id"].as_str().unwrap().to_owned();
    let list = demo.json(COACH, &["document", "list", &id]);
    assert_eq!(
        (
            &list[0]["name"],
            &list[0]["size"],
            &list[0]["media"],
            &list[0]["kind"]
        ),
        (
            &json!("brief.txt"),
            &json!(31),
            &json!("text/plain"),
            &json!("letter")
        )
    );
    let out = demo.path("terug.txt");
    demo.json(COACH, &["document", "get", &document, &out]);
    assert_eq!(fs::read(&out).unwrap(), fs::read(&file).unwrap());
    let elsewhere = demo.path("elders.txt");
    // Not for a colleague outside the circle, and there is no telling that it exists.
    for words in [
        vec!["document", "list", &id],
        vec!["document", "get", &document, &elsewhere],
        vec!["document", "destroy", &document],
    ] {
        assert_eq!(demo.fails(OTHER, &words).0, 1, "{words:?}");
    }
    let whole = demo.fails(
        COACH,
        &[
            "document",
            "add",
            &id,
            &file,
            "--field",
            "id_documents",
            "--kind",
            "id_copy",
        ],
    );
    assert_eq!((whole.0, &whole.1["reason"]), (7, &json!("id_copy_ground")));
    let link = demo.json(COACH, &["document", "add", &id, &file, "--link"]);
    assert!(link["id"].is_string());
    fs::remove_file(&file).unwrap();
    let list = demo.json(COACH, &["document", "list", &id]);
    assert!(
        list.as_array()
            .unwrap()
            .iter()
            .any(|one| one["state"] == "missing")
    );
    // For a recipient of the ordinary age program.
    let key = demo.path("sleutel");
    let made = Command::new("age-keygen")
        .args(["-o", &key])
        .output()
        .unwrap();
    let said = String::from_utf8(made.stderr).unwrap();
    let recipient = said.trim().strip_prefix("Public key: ").unwrap();
    let carried = demo.path("brief.age");
    demo.json(
        COACH,
        &[
            "document",
            "export",
            &document,
            &carried,
            "--recipient",
            recipient,
        ],
    );
    let plain = Command::new("age")
        .args(["-d", "-i", &key, &carried])
        .output()
        .unwrap();
    assert_eq!(plain.stdout, b"Geachte heer, dit is een brief.");
    demo.json(COACH, &["document", "destroy", &document]);
    let gone = demo.fails(COACH, &["document", "get", &document, &elsewhere]);
    assert_eq!(gone.0, 1);
    assert_eq!(demo.json(COACH, &["verify"])["ok"], true);
}

#[test]
fn vault_verbs_speak_to_people_and_files_are_not_replaced_in_silence() {
    let vault = Vault::make();
    let seen = |line: &str| {
        let words = vault.words(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        vault.demo.seen("nl_NL.UTF-8", COACH, &words)
    };
    let (code, said, _) = seen("vault rekey vos --vault-password-file PW");
    assert_eq!(
        (code, said.trim()),
        (
            0,
            "Kluis vos heeft een nieuwe sleutel; alles erin is opnieuw verzegeld."
        )
    );
    let (_, said, _) = seen("vault remove vos Sanne --vault-password-file PW");
    assert_eq!(
        said,
        format!("Kluis vos gaat niet meer open voor {OTHER}.\n")
    );
    let id = vault.demo.json(COACH, &["list"])[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let (source, there) = (
        vault.demo.write("brief.txt", b"Geachte heer"),
        vault.demo.write("er al.txt", b"het enige exemplaar"),
    );
    let added = vault.demo.json(COACH, &["document", "add", &id, &source]);
    let document = added["id"].as_str().unwrap();
    for verb in ["get", "export"] {
        let mut words = vec!["document", verb, document, &there];
        if verb == "export" {
            words.extend(["--export-password-file", &vault.password, "--work", "4"]);
        }
        let (code, error) = vault.demo.fails(COACH, &words);
        assert_eq!((code, &error["reason"]), (2, &json!("file_exists")));
        assert_eq!(fs::read(&there).unwrap(), b"het enige exemplaar");
    }
    vault
        .demo
        .json(COACH, &["document", "get", document, &there, "--force"]);
    assert_eq!(fs::read(&there).unwrap(), b"Geachte heer");
}
