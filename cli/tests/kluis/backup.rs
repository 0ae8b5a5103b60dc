//! Backups, restoring, the drill and the log's proof, as a person or a script does them.

use crate::support::{Demo, kluis, seen};
use serde_json::Value;
use std::{fs, path::Path, process::Command};

const COACH: &str = "Karim Yilmaz";

/// A founded practice with its sheet: the code of the account and that of backups on a line of its own.
struct Founded {
    folder: tempfile::TempDir,
}

impl Founded {
    fn new() -> Self {
        let founded = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        founded.write("wachtwoord", "drie ganzen in een boot\n");
        let mut words = vec![
            "new",
            "praktijk",
            "--practice",
            "De Linde",
            "--user",
            "Anna",
        ];
        words.extend(["--work", "4", "--recovery", "blad.txt"]);
        assert_eq!(founded.run(&words).0, 0);
        founded.json(&["add", "praktijk", "surname=Zuidwijk"]);
        founded
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// In the folder, so that paths are as short as people type them.
    fn run(&self, words: &[&str]) -> (i32, String, String) {
        let mut command = kluis();
        command
            .current_dir(self.folder.path())
            .arg("--json")
            .args(words);
        if !words.contains(&"--password-file") {
            command.args(["--password-file", "wachtwoord"]);
        }
        seen(&mut command)
    }

    fn json(&self, words: &[&str]) -> Value {
        let (code, out, error) = self.run(words);
        assert_eq!(code, 0, "{words:?}: {error}");
        serde_json::from_str(&out).unwrap()
    }

    fn fails(&self, words: &[&str]) -> (i32, Value) {
        let (code, _, error) = self.run(words);
        (code, serde_json::from_str(&error).unwrap_or_default())
    }
}

#[test]
fn from_backup_to_a_practice_that_opens() {
    let here = Founded::new();
    let made = here.json(&["backup", "praktijk", "een.age"]);
    assert_eq!(
        (&made["dossiers"], &made["checked"]),
        (&1.into(), &true.into())
    );
    assert_eq!(
        here.fails(&["backup", "praktijk", "een.age"]).1["reason"],
        "exists"
    );
    let drill = here.json(&["drill", "praktijk", "--identity-file", "blad.txt"]);
    assert_eq!(drill["ok"], true);
    assert!(drill["opened"].as_u64().unwrap() > 0);
    let restored = here.json(&["restore", "een.age", "terug", "--identity-file", "blad.txt"]);
    assert_eq!(restored["dossiers"], 1);
    assert_eq!(here.json(&["list", "terug"]).as_array().unwrap().len(), 1);
    assert_eq!(here.json(&["verify", "terug"])["ok"], true);
    let (code, error) = here.fails(&["restore", "een.age", "terug", "--identity-file", "blad.txt"]);
    assert_eq!((code, &error["error"]), (1, &"occupied".into()));
    // The code of the account is not that of backups.
    let sheet = fs::read_to_string(here.path("blad.txt")).unwrap();
    here.write("verkeerd", sheet.lines().next().unwrap());
    let (code, error) = here.fails(&[
        "restore",
        "een.age",
        "elders",
        "--identity-file",
        "verkeerd",
    ]);
    assert_eq!((code, &error["error"]), (3, &"wrong_backup_key".into()));
    assert!(!here.path("elders").exists());
    let mut bytes = fs::read(here.path("een.age")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(here.path("stuk.age"), bytes).unwrap();
    let (code, _) = here.fails(&[
        "restore",
        "stuk.age",
        "elders",
        "--identity-file",
        "blad.txt",
    ]);
    assert_eq!(code, 5);
    let (code, _) = here.fails(&[
        "drill",
        "praktijk",
        "stuk.age",
        "--identity-file",
        "blad.txt",
    ]);
    assert_eq!(code, 5);
    // The sheet in text still opens the account.
    here.write("nieuw", "vier paarden op een dak\n");
    let recover = [
        "recover",
        "terug",
        "--user",
        "Anna",
        "--code-file",
        "blad.txt",
        "--new-password-file",
        "nieuw",
    ];
    assert_eq!(here.run(&recover).0, 0);
}

#[test]
fn a_password_in_place_of_the_sheet() {
    let here = Founded::new();
    here.write("geheim", "vijf uilen in een bos\n");
    let words = [
        "backup",
        "praktijk",
        "een.age",
        "--backup-password-file",
        "geheim",
        "--work",
        "4",
    ];
    here.json(&words);
    let restore = ["restore", "een.age", "terug", "--password-file"];
    let (code, _) = here.fails(&[&restore[..], &["wachtwoord"]].concat());
    assert_eq!(code, 3);
    here.json(&[&restore[..], &["geheim"]].concat());
    assert_eq!(here.json(&["list", "terug"]).as_array().unwrap().len(), 1);
    assert_eq!(
        here.json(&["drill", "praktijk", "--backup-password-file", "geheim"])["ok"],
        true
    );
}

#[test]
fn the_plan_has_a_folder_and_a_rotation() {
    let here = Founded::new();
    let (code, error) = here.fails(&["backup", "praktijk"]);
    assert_eq!((code, &error["reason"]), (7, &"no_folder".into()));
    fs::create_dir(here.path("stick")).unwrap();
    let made = here.json(&["backup", "praktijk", "--into", "stick"]);
    let file = Path::new(made["file"].as_str().unwrap()).to_owned();
    assert!(file.is_absolute() && file.parent().unwrap().ends_with("stick"));
    assert!(here.fails(&["backup", "praktijk", "--into", "praktijk"]).0 != 0);
}

/// As `age` and `unzip` open it, without the program.
#[test]
fn ordinary_tools_open_it() {
    let here = Founded::new();
    here.json(&["backup", "praktijk", "een.age"]);
    let sheet = fs::read_to_string(here.path("blad.txt")).unwrap();
    let code = sheet.lines().nth(1).unwrap().replace('-', "");
    here.write(
        "sleutel",
        &format!("# van het blad\nAGE-SECRET-KEY-{code}\n"),
    );
    let tool = |words: &[&str]| {
        let done = Command::new(words[0])
            .args(&words[1..])
            .current_dir(here.folder.path())
            .status();
        assert!(done.unwrap().success());
    };
    tool(&["age", "-d", "-i", "sleutel", "-o", "een.zip", "een.age"]);
    tool(&["unzip", "-q", "een.zip", "-d", "hand"]);
    assert_eq!(here.json(&["list", "hand"]).as_array().unwrap().len(), 1);
    here.json(&["restore", "een.age", "ook", "--identity-file", "sleutel"]);
}

#[test]
fn the_log_is_checked_without_a_practice() {
    let here = Founded::new();
    let entries = here.json(&["audit", "praktijk", "export", "een.jsonl"])["entries"]
        .as_i64()
        .unwrap();
    let checked = here.json(&["audit", "verify", "een.jsonl"]);
    assert_eq!(
        (&checked["ok"], &checked["entries"]),
        (&true.into(), &entries.into())
    );
    here.json(&["audit", "praktijk", "export", "twee.jsonl"]);
    here.json(&["audit", "verify", "twee.jsonl", "--earlier", "een.jsonl"]);
    let (code, out, _) = here.run(&["audit", "verify", "een.jsonl", "--earlier", "twee.jsonl"]);
    assert!(code == 5 && out.contains("end_missing"), "{out}");
    let text = fs::read_to_string(here.path("een.jsonl")).unwrap();
    here.write(
        "stuk.jsonl",
        &text.replacen("practice_made", "practice_male", 1),
    );
    assert_eq!(here.run(&["audit", "verify", "stuk.jsonl"]).0, 5);
    assert_eq!(here.run(&["audit"]).0, 2);
    let demo = Demo::make(1);
    assert_eq!(
        demo.fails(COACH, &["audit", "export", &demo.path("x")]).0,
        4
    );
    assert_eq!(demo.fails(COACH, &["backup", &demo.path("x.age")]).0, 4);
}
