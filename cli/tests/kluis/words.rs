//! What people read: Dutch and English sentences, dates as they write them, and nothing that is meant for scripts.

use crate::support::{Demo, kluis, seen};
use serde_json::{Value, json};
use std::fs;

const COACH: &str = "Karim Yilmaz";
const OTHER: &str = "Sanne van der Berg";
const RECEPTION: &str = "Mila Jansen";
const NL: &str = "nl_NL.UTF-8";
const EN: &str = "en_GB.UTF-8";

fn first(demo: &Demo, user: &str) -> String {
    demo.json(user, &["list"])[0]["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn failures_are_sentences_in_two_languages() {
    let demo = Demo::make(5);
    let id = first(&demo, COACH);
    let empty = demo.write("leeg.csv", b"");
    let inside = demo.dir().join("uit.csv");
    let wrong = demo.path("nergens/uit.csv");
    let list = "session_notes";
    let cases: &[(&[&str], i32, &str, &str)] = &[
        (&["add", "bsn=123456789"], 7, "elfproef", "eleven test"),
        (
            &["add", "date_of_birth=01-01-2400"],
            7,
            "toekomst",
            "future",
        ),
        (&["add"], 2, "surname=Jansen", "surname=Jansen"),
        (&["add", "name=x"], 2, "Een veld name ", "no field name "),
        (&["add", "zonder"], 2, "VELD=WAARDE", "FIELD=VALUE"),
        (
            &["add", "achternaam=X"],
            2,
            "Bedoelt u surname?",
            "Do you mean surname?",
        ),
        (
            &["set", &id, "olifant", "x"],
            2,
            "town, country",
            "town, country",
        ),
        (&["set", &id, list, "x"], 2, "kluis note", "kluis note"),
        (
            &["list", "--kind", "olifant"],
            2,
            "client, candidate",
            "client, candidate",
        ),
        (
            &["import", &empty],
            7,
            "Het bestand is leeg.",
            "The file is empty.",
        ),
        (
            &["import", "/nergens/te.csv"],
            1,
            "bestaat niet",
            "does not exist",
        ),
        (
            &["export", "--format", "csv", &wrong],
            1,
            "kon daar niet",
            "could not be written",
        ),
        (
            &["export", "--format", "csv", inside.to_str().unwrap()],
            1,
            "eigen map|praktijk zelf",
            "practice's own folder",
        ),
        (
            &["export", "--format", "csv", "--field", list, &wrong],
            7,
            "JSON",
            "JSON",
        ),
        (&["group", "new", "X"], 4, "beheerder", "administrator"),
        (&["show", "X"], 1, "Niet gevonden", "Not found"),
    ];
    let raw = [
        "reason",
        "(",
        "_form",
        "entity",
        "{",
        "not_found",
        "no_grant",
    ];
    for (words, code, nl, en) in cases {
        for (language, expected) in [(NL, nl), (EN, en)] {
            let (found, _, text) = demo.seen(language, COACH, words);
            assert_eq!(found, *code, "{words:?}: {text}");
            assert!(
                expected.split('|').any(|part| text.contains(part)),
                "{text}"
            );
            let text = text.replace("(elfproef)", "").replace("(eleven test)", "");
            assert!(raw.iter().all(|word| !text.contains(word)), "{text}");
        }
    }
}

#[test]
fn a_recovery_code_is_no_password() {
    let demo = Demo::make(0);
    let (code, new) = (
        demo.write("code", b"x"),
        demo.write("nieuw", b"drie ganzen in een boot"),
    );
    let (exit, _, text) = seen(
        kluis()
            .env("LANG", NL)
            .arg("recover")
            .arg(demo.dir())
            .args([
                "--user",
                COACH,
                "--code-file",
                &code,
                "--new-password-file",
                &new,
            ]),
    );
    assert_eq!(exit, 3);
    assert!(
        text.contains("herstelcode") && !text.contains("wachtwoord"),
        "{text}"
    );
}

#[test]
fn usage_is_json_for_scripts() {
    let error = |words: &[&str]| {
        let (code, out, text) = seen(kluis().env("LANG", NL).args(words));
        assert_eq!((code, out.as_str()), (2, ""), "{words:?}");
        let json: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(json["error"], "usage", "{words:?}");
        json
    };
    assert_eq!(error(&["list", "--json"])["argument"], json!(["<DIR>"]));
    assert_eq!(error(&["--json", "frobnicate"])["reason"], "unknown_verb");
    assert_eq!(
        error(&["list", "x", "--frob", "--json"])["argument"],
        json!(["--frob"])
    );
    assert_eq!(error(&["--json"])["reason"], "missing_verb");
    assert_eq!(
        error(&["fields", "--json", "--kind", "olifant"])["reason"],
        "unknown_kind"
    );
    assert_eq!(
        error(&["set", "x", "y", "town", "--json"])["reason"],
        "missing_argument"
    );
    // What was typed as a value is not repeated.
    assert!(
        !error(&["maintain", "--json", "x", "111222333"])
            .to_string()
            .contains("111222333")
    );
    let (code, _, text) = seen(kluis().env("LANG", NL).args(["list", "--frob"]));
    assert_eq!(code, 2);
    assert!(
        text.contains("niet bekend") && !text.contains("error"),
        "{text}"
    );
}

#[test]
fn an_unknown_field_is_usage_everywhere() {
    let demo = Demo::make(5);
    let id = first(&demo, COACH);
    let applicant = demo.json(COACH, &["add", "--kind", "applicant", "surname=Sol"]);
    let applicant = applicant["id"].as_str().unwrap();
    for words in [
        &["set", &id, "surnam", "x"][..],
        &["add", "surnam=x"],
        &["show", &id, "--field", "surnam"],
        &["history", &id, "surnam"],
        &["list", "--sort", "surnam"],
    ] {
        let (code, error) = demo.fails(COACH, words);
        assert_eq!(
            (code, &error["reason"]),
            (2, &json!("unknown_field")),
            "{words:?}"
        );
        assert_eq!(error["near"], json!(["surname"]));
    }
    // A field of other kinds is none of this one, for whoever may see the dossier.
    for words in [
        &["set", applicant, "bsn", "111222333"][..],
        &["show", applicant, "--field", "bsn"],
        &["show", applicant, "--field", "goals"],
        &["history", applicant, "bsn"],
        &["note", applicant, "x", "--field", "goals"],
    ] {
        let (code, error) = demo.fails(COACH, words);
        assert_eq!(
            (code, &error["reason"]),
            (2, &json!("unknown_field")),
            "{words:?}"
        );
        assert_eq!(
            demo.fails(OTHER, words),
            (1, json!({ "error": "not_found" }))
        );
    }
    assert_eq!(
        demo.fails(COACH, &["add", "--kind", "applicant", "bsn=111222333"])
            .0,
        2
    );
    assert_eq!(
        demo.fails(COACH, &["note", &id, "x", "--field", "town"]).1["reason"],
        "not_entry_list"
    );
    let (code, out, _) = seen(kluis().args(["fields", "--json", "--kind", "applicant"]));
    let fields: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (code, &fields[0]["id"], &fields[0]["type"]),
        (0, &json!("salutation"), &json!("choice"))
    );
    assert!(
        fields
            .as_array()
            .unwrap()
            .iter()
            .all(|field| field["id"] != "bsn")
    );
    let (_, out, _) = seen(kluis().args(["fields", "--json"]));
    let all: Value = serde_json::from_str(&out).unwrap();
    let of = |id: &str| {
        let mut all = all.as_array().unwrap().iter();
        all.find(|field| field["id"] == id).unwrap().clone()
    };
    let has = |list: &Value, word: &str| list.as_array().unwrap().contains(&json!(word));
    assert!(has(&of("documents")["document_kinds"], "id_copy"));
    assert!(has(&of("roles")["roles"], "contact_person"));
    let (_, out, _) = seen(kluis().arg("fields"));
    assert!(
        out.lines()
            .any(|line| line.split_whitespace().eq(["surname", "identity", "text"]))
    );
}

#[test]
fn days_and_times_are_as_people_write_them() {
    let demo = Demo::make(5);
    let id = first(&demo, COACH);
    demo.json(
        COACH,
        &["note", &id, "Zag een kolibrie", "--on", "2026-01-02"],
    );
    demo.json(COACH, &["note", &id, "Zonder dag"]);
    let notes = demo.json(COACH, &["show", &id, "--field", "session_notes"])["notes"].clone();
    let at = notes
        .as_array()
        .unwrap()
        .iter()
        .find(|note| note["text"] == "Zonder dag")
        .unwrap()["at"]
        .clone();
    let at = at.as_str().unwrap();
    let written = format!("{}-{}-{} {}", &at[8..10], &at[5..7], &at[..4], &at[11..16]);
    let (_, out, _) = demo.seen(NL, COACH, &["show", &id]);
    assert!(
        out.contains("02-01-2026 session_notes (Karim Yilmaz, geschreven "),
        "{out}"
    );
    assert!(
        out.contains(&format!(
            "{written} session_notes (Karim Yilmaz): Zonder dag"
        )),
        "{out}"
    );
    let (_, out, _) = demo.seen(NL, RECEPTION, &["show", &first(&demo, RECEPTION)]);
    assert!(
        out.contains("[afgeschermd: geen recht]") && !out.contains("no_grant"),
        "{out}"
    );
}

#[test]
fn nothing_found_and_all_in_order_are_said() {
    let demo = Demo::make(5);
    let out = |language, words: &[&str]| demo.seen(language, COACH, words).1;
    assert_eq!(out(NL, &["search", "kwxz"]), "Niets gevonden.\n");
    assert_eq!(out(EN, &["list", "--filter", "kwxz"]), "Nothing found.\n");
    assert!(
        out(NL, &["verify"]).ends_with(" waarden gecontroleerd die u mag openen, alles in orde\n")
    );
    let huge = usize::MAX.to_string();
    assert!(
        !demo
            .json(COACH, &["search", "e", "--limit", &huge])
            .as_array()
            .unwrap()
            .is_empty()
    );
    let file = demo.path("uit.csv");
    let (code, _, text) = demo.seen(NL, COACH, &["export", "--format", "csv", &file]);
    assert!(code == 0 && text.contains("niet versleuteld"), "{text}");
}

#[test]
fn a_practice_too_damaged_to_open_is_a_finding() {
    let demo = Demo::make(0);
    fs::write(demo.dir().join("keyring.json"), b"{").unwrap();
    let ran = demo.run(COACH, &["verify"]);
    assert_eq!((ran.code, &ran.out["ok"]), (5, &json!(false)));
    assert_eq!(ran.out["findings"], json!(["damaged:keyring"]));
    let (code, out, text) = demo.seen(NL, COACH, &["verify"]);
    assert_eq!((code, out.as_str()), (5, ""));
    assert!(text.contains("beschadigd: het sleutelbestand"), "{text}");
}

#[test]
fn names_are_given_once_and_are_never_guessed() {
    let demo = Demo::make(5);
    let taken = (
        7,
        json!({ "error": "refused", "field": "name", "reason": "name_taken" }),
    );
    demo.json(COACH, &["circle", "new", "Duo"]);
    assert_eq!(demo.fails(COACH, &["circle", "new", " duo"]), taken);
    assert_eq!(demo.fails("Anke de Wit", &["group", "new", "Coach"]), taken);
    // A circle that one is not in may have the same name, until one is added to it.
    let theirs = demo.json(OTHER, &["circle", "new", "Duo"])["id"].clone();
    demo.json(OTHER, &["circle", "add", "Duo", COACH]);
    let (code, error) = demo.fails(COACH, &["circle", "add", "Duo", RECEPTION]);
    assert_eq!((code, &error["reason"]), (2, &json!("ambiguous")));
    demo.json(
        COACH,
        &["circle", "add", theirs.as_str().unwrap(), RECEPTION],
    );
}
