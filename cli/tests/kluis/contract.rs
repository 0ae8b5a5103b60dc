//! The contract of the command line, played with the real program: exit codes, JSON shapes, and what stays withheld.

use crate::support::{Demo, field, kluis};
use serde_json::{Value, json};
use std::fs;

const COACH: &str = "Karim Yilmaz";
const OTHER: &str = "Sanne van der Berg";
const PHYSICIAN: &str = "Joost ten Brink";
const RECEPTION: &str = "Mila Jansen";
const ADMINISTRATOR: &str = "Anke de Wit";

fn refused_reasons(report: &Value) -> Vec<(u64, String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let refused = report["refused"].as_array().unwrap();
    refused
        .iter()
        .map(|one| {
            (
                one["line"].as_u64().unwrap(),
                text(&one["field"]),
                text(&one["reason"]),
            )
        })
        .collect()
}

#[test]
fn demo_has_every_role_and_is_the_same_again() {
    let (one, two) = (Demo::make(20), Demo::make(20));
    assert_eq!(one.users, two.users);
    let roles: Vec<&str> = one
        .users
        .iter()
        .map(|user| user["role"].as_str().unwrap())
        .collect();
    assert_eq!(
        roles,
        ["administrator", "coach", "coach", "physician", "reception"]
    );
    let names = |demo: &Demo| -> Vec<String> {
        demo.json(COACH, &["list"])
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["name"].to_string())
            .collect()
    };
    assert_eq!(names(&one), names(&two));
    assert_eq!(names(&one).len(), 12);
    assert!(
        one.json(ADMINISTRATOR, &["list"])
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_dossier_is_made_changed_searched_and_shown() {
    let demo = Demo::make(5);
    let added = demo.json(
        COACH,
        &[
            "add",
            "--kind",
            "client",
            "given_name=Jan",
            "prefix=van der",
            "surname=Proefpersoon",
            "bsn=111222333",
        ],
    );
    let id = added["id"].as_str().unwrap().to_owned();
    let note = demo.json(COACH, &["note", &id, "Zag een *kolibrie*"]);
    assert!(note["id"].is_string());
    demo.json(COACH, &["set", &id, "town", "Zwolle"]);
    demo.json(COACH, &["set", &id, "town", "Utrecht"]);
    let shown = demo.json(COACH, &["show", &id]);
    assert_eq!(
        (&shown["id"], &shown["kind"]),
        (&json!(id), &json!("client"))
    );
    assert_eq!(field(&shown, "town"), &json!({ "value": "Utrecht" }));
    assert_eq!(field(&shown, "bsn"), &json!({ "value": "111222333" }));
    assert_eq!(field(&shown, "iban"), &json!({ "value": null }));
    assert_eq!(
        field(&shown, "limitations"),
        &json!({ "withheld": "medical" })
    );
    assert_eq!(shown["notes"][0]["field"], "session_notes");
    assert_eq!(shown["notes"][0]["text"], "Zag een *kolibrie*");
    assert_eq!(shown["notes"][0]["by"], COACH);
    let history = demo.json(COACH, &["history", &id, "town"]);
    assert_eq!(
        history
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["before"].clone())
            .collect::<Vec<_>>(),
        [json!("Zwolle"), Value::Null]
    );
    let found = demo.json(COACH, &["search", "kolibrie"]);
    assert_eq!(
        (&found[0]["id"], &found[0]["kind"], &found[0]["name"]),
        (
            &json!(id),
            &json!("client"),
            &json!("Jan van der Proefpersoon")
        )
    );
    let listed = demo.json(
        COACH,
        &[
            "list",
            "--where",
            "town=utrecht",
            "--filter",
            "proefpersoon",
            "--sort",
            "date_of_birth",
            "--descending",
        ],
    );
    assert_eq!(listed[0]["id"], json!(id));
    assert_eq!(
        demo.json(COACH, &["show", &id, "--field", "bsn"])["value"],
        "111222333"
    );
    // Somebody outside the circle cannot tell it from a dossier that never was.
    let never = "01900000-0000-7000-8000-000000000000";
    for verb in [
        &["show", "X"][..],
        &["show", "X", "--field", "bsn"],
        &["set", "X", "town", "Y"],
        &["note", "X", "Y"],
        &["history", "X", "town"],
    ] {
        let run = |id: &str| {
            demo.fails(
                OTHER,
                &verb
                    .iter()
                    .map(|word| if *word == "X" { id } else { word })
                    .collect::<Vec<_>>(),
            )
        };
        assert_eq!(run(&id), run(never));
        assert_eq!(run(&id), (1, json!({ "error": "not_found" })));
    }
    assert!(
        demo.json(OTHER, &["search", "kolibrie"])
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_field_without_a_grant_is_withheld_everywhere() {
    let demo = Demo::make(20);
    let shared = demo.json(RECEPTION, &["list"]);
    assert_eq!(shared.as_array().unwrap().len(), 4);
    let id = shared[0]["id"].as_str().unwrap();
    let shown = demo.json(RECEPTION, &["show", id]);
    assert_eq!(field(&shown, "bsn"), &json!({ "withheld": "no_grant" }));
    assert_eq!(
        field(&shown, "limitations"),
        &json!({ "withheld": "medical" })
    );
    assert!(
        shown["notes"]
            .as_array()
            .unwrap()
            .iter()
            .all(|note| note["field"] != "session_notes")
    );
    let denied = (4, json!({ "error": "denied", "reason": "no_grant" }));
    assert_eq!(
        demo.fails(RECEPTION, &["show", id, "--field", "bsn"]),
        denied
    );
    assert_eq!(
        demo.fails(RECEPTION, &["set", id, "bsn", "111222333"]),
        denied
    );
    assert_eq!(demo.fails(RECEPTION, &["history", id, "bsn"]), denied);
    assert_eq!(demo.fails(RECEPTION, &["note", id, "x"]), denied);
    assert_eq!(
        demo.fails(RECEPTION, &["show", id, "--field", "session_notes"]),
        denied
    );
    assert_eq!(
        demo.fails(COACH, &["set", id, "limitations", "x"]),
        (4, json!({ "error": "denied", "reason": "medical" }))
    );
    let medical = demo.json(PHYSICIAN, &["list", "--where", "limitations=e"]);
    assert!(!medical.as_array().unwrap().is_empty());
    assert!(
        demo.json(COACH, &["list", "--where", "limitations=e"])
            .as_array()
            .unwrap()
            .is_empty()
    );
    assert_eq!(demo.fails(COACH, &["audit"]).0, 4);
    assert_eq!(demo.fails(COACH, &["user", "add", "Iemand"]).0, 4);
    let log = demo.json(COACH, &["audit", "--about", id]);
    assert!(
        log.as_array()
            .unwrap()
            .iter()
            .any(|entry| entry["success"] == false)
    );
}

#[test]
fn an_import_takes_the_good_rows_and_says_what_it_refused() {
    let demo = Demo::make(5);
    let csv = "Voornaam;Achternaam;Geboortedatum;BSN;Postcode;Land;Opmerkingen\n\
               Piet;van der Heide;01-02-1980;111222333;1234 AB;;Belt liever niet\n\
               Jan;Fout;31-02-1980;111222333;1234AB;;\n\
               Els;Cijfer;01-02-1980;123456789;1234AB;;\n\
               Marie;Dubois;1990-05-06;;75001;Frankrijk;\n\
               Te;Veel;01-02-1980;;1234AB;;x;y;z\n";
    let file = demo.write("klanten.csv", csv.as_bytes());
    let dry = demo.run(COACH, &["import", &file, "--dry-run"]);
    assert_eq!(
        (dry.code, &dry.out["added"], &dry.out["would_add"]),
        (7, &json!(0), &json!(2))
    );
    assert_eq!(dry.out["mapping"]["Achternaam"], "surname");
    let whole = demo.run(COACH, &["import", &file, "--all-or-nothing"]);
    assert_eq!((whole.code, &whole.out["added"]), (7, &json!(0)));
    let count = |demo: &Demo| demo.json(COACH, &["list"]).as_array().unwrap().len();
    let before = count(&demo);
    let done = demo.run(COACH, &["import", &file]);
    assert_eq!((done.code, &done.out["added"]), (7, &json!(2)));
    let expected = [(3, "date_of_birth"), (4, "bsn"), (6, "")];
    let refused = refused_reasons(&done.out);
    assert_eq!(
        refused
            .iter()
            .map(|(line, field, _)| (*line, field.as_str()))
            .collect::<Vec<_>>(),
        expected
    );
    assert_eq!(count(&demo), before + 2);
    let found = demo.json(COACH, &["search", "belt liever"]);
    let shown = demo.json(COACH, &["show", found[0]["id"].as_str().unwrap()]);
    assert_eq!(field(&shown, "prefix"), &json!({ "value": "van der" }));
    assert_eq!(field(&shown, "surname"), &json!({ "value": "Heide" }));
    let again = demo.run(COACH, &["import", &file, "--dry-run"]);
    assert_eq!(again.out["duplicates"][0]["id"], found[0]["id"]);
    assert_eq!(again.out["duplicates"][0]["same"], "bsn");
    let (code, error) = demo.fails(RECEPTION, &["import", &file]);
    assert_eq!(code, 4);
    let heading = error["heading"].as_str().unwrap_or_default();
    assert!(!heading.is_empty(), "the column is named: {error}");
    for (name, bytes) in [
        ("leeg.csv", &b""[..]),
        ("stuk.xlsx", b"PK\x03\x04stuk"),
        ("af.csv", b"Achternaam\n\"half"),
        ("oud.xls", b"x"),
    ] {
        let file = demo.write(name, bytes);
        assert_eq!(demo.fails(COACH, &["import", &file]).0, 7, "{name}");
    }
    assert_eq!(demo.fails(COACH, &["import", "/nergens/te.csv"]).0, 1);
    let mapping = demo.write("m.json", br#"{"Achternaam":"surname"}"#);
    let good = demo.write("goed.csv", b"Achternaam\nAnders\n");
    assert_eq!(
        demo.json(COACH, &["import", &good, "--mapping", &mapping])["added"],
        1
    );
}

#[test]
fn exports_hold_what_the_user_may_see_and_are_logged() {
    let demo = Demo::make(20);
    let id = demo.json(RECEPTION, &["list"])[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for format in ["csv", "xlsx", "json"] {
        let file = demo.path(&format!("uit.{format}"));
        assert_eq!(
            demo.json(
                RECEPTION,
                &["export", "--kind", "client", "--format", format, &file]
            )["exported"],
            4
        );
        assert!(fs::metadata(&file).unwrap().len() > 100);
    }
    let csv = fs::read_to_string(demo.path("uit.csv")).unwrap();
    assert!(csv.lines().next().unwrap().contains("\"bsn\""));
    assert!(csv.contains("[afgeschermd]"));
    let json: Value =
        serde_json::from_str(&fs::read_to_string(demo.path("uit.json")).unwrap()).unwrap();
    let one = json
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["id"] == json!(id))
        .unwrap();
    assert_eq!(one["fields"]["bsn"], json!({ "withheld": "no_grant" }));
    assert!(
        one["notes"]
            .as_array()
            .unwrap()
            .iter()
            .all(|note| note["field"] != "session_notes")
    );
    let coach = demo.path("coach.json");
    demo.json(COACH, &["export", "--format", "json", &coach]);
    assert!(
        fs::read_to_string(&coach)
            .unwrap()
            .contains("session_notes")
    );
    let log = demo.json(RECEPTION, &["audit", "--about", &id]);
    assert_eq!(
        log.as_array()
            .unwrap()
            .iter()
            .filter(|entry| entry["event"] == "exported")
            .count(),
        4
    );
    let back = demo.run(COACH, &["import", &demo.path("uit.csv"), "--dry-run"]);
    assert!(back.out["mapping"]["surname"] == "surname");
    assert_eq!(
        demo.fails(COACH, &["export", "--format", "csv", "/nergens/uit.csv"])
            .0,
        1
    );
}

#[test]
fn colleagues_come_and_go() {
    let demo = Demo::make(5);
    let invited = demo.json(
        ADMINISTRATOR,
        &["user", "add", "Nieuwe Collega", "--group", "coach"],
    );
    let (old, new) = (
        demo.write("otp", invited["password"].as_str().unwrap().as_bytes()),
        demo.write("nieuw", b"een heel nieuw wachtwoord\n"),
    );
    let first = demo.with("Nieuwe Collega", &old, &["list"]);
    assert_eq!(
        (first.code, first.err),
        (
            4,
            json!({ "error": "denied", "reason": "change_password_first" })
        )
    );
    assert_eq!(
        demo.with(
            "Nieuwe Collega",
            &old,
            &["user", "password", "--new-password-file", &new]
        )
        .code,
        0
    );
    assert_eq!(demo.with("Nieuwe Collega", &old, &["list"]).code, 3);
    assert_eq!(
        demo.with(
            "Nieuwe Collega",
            &new,
            &["add", "surname=Eigen", "bsn=111222333"]
        )
        .code,
        0
    );
    let weak = demo.write("zwak", b"welkom01");
    assert_eq!(
        demo.with(
            "Nieuwe Collega",
            &new,
            &["user", "password", "--new-password-file", &weak]
        )
        .code,
        7
    );
    let users = demo.json(ADMINISTRATOR, &["user", "list"]);
    assert!(
        users
            .as_array()
            .unwrap()
            .iter()
            .any(|user| user["name"] == "Nieuwe Collega" && user["state"] == "active")
    );
    demo.json(
        ADMINISTRATOR,
        &[
            "user",
            "statement",
            "Nieuwe Collega",
            "confidentiality",
            "2026-01-02",
        ],
    );
    demo.json(
        ADMINISTRATOR,
        &["user", "expire", "Nieuwe Collega", "2030-01-02"],
    );
    demo.json(ADMINISTRATOR, &["group", "new", "Stagiairs"]);
    demo.json(
        ADMINISTRATOR,
        &["group", "add", "Stagiairs", "Nieuwe Collega"],
    );
    assert!(
        demo.json(ADMINISTRATOR, &["group", "list"])
            .as_array()
            .unwrap()
            .iter()
            .any(|group| group["name"] == "Stagiairs")
    );
    demo.json(
        ADMINISTRATOR,
        &["group", "remove", "Stagiairs", "Nieuwe Collega"],
    );
    demo.json(ADMINISTRATOR, &["user", "require-change", "Nieuwe Collega"]);
    assert_eq!(demo.with("Nieuwe Collega", &new, &["list"]).code, 4);
    demo.json(ADMINISTRATOR, &["user", "disable", "Nieuwe Collega"]);
    assert_eq!(demo.with("Nieuwe Collega", &new, &["list"]).code, 3);
    assert_eq!(
        demo.fails(ADMINISTRATOR, &["user", "disable", ADMINISTRATOR])
            .0,
        1
    );
    assert_eq!(demo.json(ADMINISTRATOR, &["verify"])["ok"], true);
}

#[test]
fn circles_and_grants_decide_who_sees() {
    let demo = Demo::make(5);
    let id = demo.json(COACH, &["add", "surname=Gedeeld", "bsn=111222333"])["id"]
        .as_str()
        .unwrap()
        .to_owned();
    demo.json(COACH, &["circle", "new", "Duo"]);
    demo.json(COACH, &["circle", "move", &id, "Duo"]);
    assert_eq!(demo.fails(RECEPTION, &["show", &id]).0, 1);
    demo.json(COACH, &["circle", "add", "Duo", RECEPTION]);
    assert_eq!(
        field(&demo.json(RECEPTION, &["show", &id]), "surname"),
        &json!({ "value": "Gedeeld" })
    );
    demo.json(ADMINISTRATOR, &["grant", "set", "bsn", "reception", "view"]);
    assert_eq!(
        field(&demo.json(RECEPTION, &["show", &id]), "bsn"),
        &json!({ "value": "111222333" })
    );
    assert_eq!(
        demo.fails(RECEPTION, &["set", &id, "bsn", ""]),
        (4, json!({ "error": "denied", "reason": "read_only" }))
    );
    demo.json(ADMINISTRATOR, &["grant", "set", "bsn", "reception", "none"]);
    assert_eq!(
        field(&demo.json(RECEPTION, &["show", &id]), "bsn"),
        &json!({ "withheld": "no_grant" })
    );
    // What the administrator does not hold waits for somebody who does.
    demo.json(
        ADMINISTRATOR,
        &["grant", "set", "limitations", "reception", "view"],
    );
    assert_eq!(
        field(&demo.json(RECEPTION, &["show", &id]), "limitations"),
        &json!({ "withheld": "key_missing" })
    );
    assert!(
        !demo
            .json(ADMINISTRATOR, &["grant", "waiting"])
            .as_array()
            .unwrap()
            .is_empty()
    );
    // Nobody is given what is the physician's without a signed statement.
    let give = ["grant", "give", "limitations", RECEPTION];
    let refused = demo.fails(PHYSICIAN, &give);
    assert_eq!(
        (refused.0, &refused.1["reason"]),
        (7, &json!("statement_missing"))
    );
    demo.json(
        ADMINISTRATOR,
        &[
            "user",
            "statement",
            RECEPTION,
            "derived_secrecy",
            "2026-01-05",
        ],
    );
    assert_eq!(demo.fails(ADMINISTRATOR, &give).0, 4);
    demo.json(PHYSICIAN, &give);
    assert_eq!(
        field(&demo.json(RECEPTION, &["show", &id]), "limitations"),
        &json!({ "value": null })
    );
    demo.json(COACH, &["circle", "remove", "Duo", RECEPTION]);
    assert_eq!(demo.fails(RECEPTION, &["show", &id]).0, 1);
    demo.json(ADMINISTRATOR, &["grant", "protect", "town"]);
    assert!(
        demo.json(COACH, &["grant", "list"])
            .as_array()
            .unwrap()
            .iter()
            .any(|row| row["field"] == "town" && row["protected"] == true)
    );
    demo.json(COACH, &["maintain"]);
    assert!(
        demo.json(COACH, &["circle", "list"])
            .as_array()
            .unwrap()
            .iter()
            .any(|circle| circle["name"] == "Duo")
    );
    assert_eq!(demo.json(COACH, &["verify"])["ok"], true);
}

#[test]
fn somebody_stands_in_and_the_giver_reads_what_was_done() {
    let demo = Demo::make(10);
    let other = "Sanne van der Berg";
    let mine = demo.json(COACH, &["list"]);
    let theirs = demo.json(other, &["list"]);
    let is_mine = |one: &&Value| {
        let theirs = theirs.as_array().unwrap();
        theirs.iter().all(|row| row["id"] != one["id"])
    };
    let lent = mine.as_array().unwrap().iter().find(is_mine).unwrap();
    let id = lent["id"].as_str().unwrap();
    let today = dossierkluis::time::civil_day(chrono::Utc::now()).to_string();
    let words = [
        "stand-in", "give", id, "--to", other, "--from", &today, "--until", &today,
    ];
    let given = demo.json(COACH, &words);
    let stand_in = given["ids"][0].as_str().unwrap();
    assert_eq!(
        demo.json(COACH, &["stand-in", "list"])[0]["state"],
        "running"
    );
    demo.json(other, &["show", id]);
    assert_eq!(demo.fails(other, &["stand-in", "end", stand_in]).0, 1);
    demo.json(COACH, &["stand-in", "end", stand_in]);
    assert_eq!(demo.fails(other, &["show", id]).0, 1);
    let report = demo.json(COACH, &["stand-in", "report", stand_in]);
    let deeds = report["deeds"].as_array().unwrap();
    assert!(deeds.iter().any(|deed| deed["event"] == "dossier_opened"));
    assert!(deeds.iter().all(|deed| deed["dossier"] == id));
    demo.json(COACH, &["show", id]);
    let (code, said, _) = demo.seen("nl_NL.UTF-8", COACH, &["stand-in", "list"]);
    assert!(
        code == 0 && said.contains("afgelopen, dossiers terug"),
        "{said}"
    );
}

#[test]
fn the_demo_practice_has_staff_in_a_vault_whose_password_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("praktijk");
    let output = kluis()
        .args(["demo", "--work", "4", "--clients", "8", "--json"])
        .arg(&dir)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let made: Value = serde_json::from_slice(&output.stdout).unwrap();
    for (name, at) in [("wachtwoord", &made["users"][0]), ("kluis", &made["vault"])] {
        let password = at["password"].as_str().unwrap();
        fs::write(folder.path().join(name), password).unwrap();
    }
    let output = kluis()
        .args([
            "list",
            "--kind",
            "employee",
            "--json",
            "--as",
            "Anke de Wit",
        ])
        .arg(&dir)
        .arg("--password-file")
        .arg(folder.path().join("wachtwoord"))
        .args(["--vault", made["vault"]["name"].as_str().unwrap()])
        .arg("--vault-password-file")
        .arg(folder.path().join("kluis"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let listed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), 5);
}
