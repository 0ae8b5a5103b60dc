//! What was lost: shares, a key file from its copies, a damaged database, and a computer that goes away.

use crate::support::{Demo, kluis, paper, seen};
use serde_json::{Value, json};
use std::{fs, process::Command};

const COACH: &str = "Karim Yilmaz";
const MANAGER: &str = "Anke de Wit";
const NEXT: &[u8] = b"vier paarden op een dak";

fn json_of(command: &mut Command) -> (i32, Value, Value) {
    let (code, out, err) = seen(command.arg("--json"));
    let json = |text: &str| serde_json::from_str(text).unwrap_or(Value::Null);
    (code, json(&out), json(&err))
}

fn recover(demo: &Demo, shares: &[&str], new: &str) -> (i32, Value, Value) {
    let mut command = kluis();
    command
        .arg("recover")
        .arg(demo.dir())
        .args(["--user", COACH, "--new-password-file", new]);
    for share in shares {
        command.args(["--share", share]);
    }
    json_of(&mut command)
}

#[test]
fn two_shares_give_a_new_password_and_one_does_not() {
    let demo = Demo::make(2);
    let files = ["deel-1.txt", "deel-2.pdf", "deel-3.txt"].map(|name| demo.path(name));
    let names: Vec<&str> = files.iter().map(String::as_str).collect();
    demo.json(COACH, &[&["recovery", "split"][..], &names].concat());
    let page = paper(&files[1]);
    assert!(page.contains("Recovery share 2 of 3") && page.contains(COACH));
    let (code, error) = demo.fails(COACH, &[&["recovery", "split"][..], &names].concat());
    assert_eq!((code, &error["reason"]), (2, &json!("exists")));

    let new = demo.write("nieuw", NEXT);
    let (code, _, error) = recover(&demo, &[&files[0]], &new);
    assert_eq!((code, &error["reason"]), (2, &json!("two_shares")));
    let (code, _, error) = recover(&demo, &[&files[0], &files[0]], &new);
    assert_eq!(
        (code, &error["field"], &error["reason"]),
        (7, &json!("share"), &json!("same_share"))
    );
    let (code, ..) = recover(&demo, &[&files[2], &files[0]], &new);
    assert_eq!(code, 0);

    // A new password has to follow, and the log and the person hear of it.
    let last = demo.write("laatste", b"vijf ezels aan de kade");
    assert_eq!(demo.with(COACH, &new, &["list"]).code, 4);
    let words = ["user", "password", "--new-password-file", &last];
    let mut command = demo.command(COACH, &new, &words);
    assert_eq!(seen(&mut command).0, 0);
    let ran = demo.json(MANAGER, &["audit", "--limit", "500"]);
    assert!(ran.to_string().contains("recovered_together"));
}

#[test]
fn the_person_hears_of_it_at_the_next_sign_in_once() {
    let demo = Demo::make(0);
    let files = ["a", "b", "c"].map(|name| demo.path(name));
    let names: Vec<&str> = files.iter().map(String::as_str).collect();
    demo.json(COACH, &[&["recovery", "split"][..], &names].concat());
    let new = demo.write(&format!("pw-{COACH}"), NEXT);
    assert_eq!(recover(&demo, &[&files[0], &files[1]], &new).0, 0);
    let last = demo.write("laatste", b"vijf ezels aan de kade");
    let (_, _, text) = demo.seen(
        "nl_NL.UTF-8",
        COACH,
        &["user", "password", "--new-password-file", &last],
    );
    assert!(text.contains("met twee hersteldelen"), "{text}");
    demo.write(&format!("pw-{COACH}"), b"vijf ezels aan de kade");
    let (_, _, text) = demo.seen("nl_NL.UTF-8", COACH, &["list"]);
    assert!(!text.contains("hersteldelen"), "{text}");
}

#[test]
fn a_lost_key_file_comes_back_from_its_copy() {
    let demo = Demo::make(1);
    let keyring = || {
        let mut command = kluis();
        command.arg("recovery").arg(demo.dir()).arg("keyring");
        json_of(&mut command)
    };
    assert_eq!(keyring().2["reason"], "in_order");
    fs::remove_file(demo.dir().join("keyring.json")).unwrap();
    let (code, _, text) = demo.seen("nl_NL.UTF-8", COACH, &["list"]);
    assert!(
        code == 5 && text.contains("kluis recovery MAP keyring"),
        "{text}"
    );
    let (code, out, _) = keyring();
    assert!(
        code == 0 && out["copy_written"].as_i64().unwrap() > 0,
        "{out}"
    );
    assert_eq!(demo.json(COACH, &["verify"])["ok"], true);
}

#[test]
fn whole_dossiers_are_saved_and_the_others_named() {
    let demo = Demo::make(30);
    let (database, page) = (demo.dir().join("practice.db"), 4096);
    let whole = fs::read(&database).unwrap();
    let mut named = 0;
    for at in (whole.len() / page / 2..whole.len() / page).step_by(9) {
        let mut bytes = whole.clone();
        bytes[at * page + 50] ^= 4;
        fs::write(&database, &bytes).unwrap();
        let to = demo.path(&format!("gered-{at}"));
        let ran = demo.run(COACH, &["recovery", "salvage", &to]);
        // Where it is no longer known what tables there are, nothing can be saved, and that is said.
        if ran.out == Value::Null {
            assert_eq!(
                (ran.code, &ran.err["error"]),
                (5, &json!("nothing_to_save"))
            );
            continue;
        }
        let damaged = ran.out["damaged"].as_array().unwrap().len();
        let complete = damaged == 0 && ran.out["parts"] == json!([]);
        assert_eq!(ran.code, if complete { 0 } else { 5 }, "{}", ran.out);
        named += damaged;
        if ran.out["parts"] == json!([]) {
            let mut verify = kluis();
            let password = demo.path(&format!("pw-{COACH}"));
            verify.args(["verify", &to, "--as", COACH, "--password-file", &password]);
            assert_eq!(json_of(&mut verify).1["ok"], true);
        }
    }
    assert!(named > 0, "some page belonged to a dossier");
    // What was emptied had dossiers: that none is found is no success.
    fs::write(&database, []).unwrap();
    let ran = demo.run(COACH, &["recovery", "salvage", &demo.path("gered-niets")]);
    assert_eq!(
        (ran.code, &ran.err["error"]),
        (5, &json!("nothing_to_save"))
    );
}

#[test]
fn nothing_goes_without_a_verified_backup() {
    let demo = Demo::make(1);
    let file = demo.path("bewijs.txt");
    let retire = |confirm: &str, file: &str| {
        demo.fails(
            MANAGER,
            &["retire", "--confirm", confirm, "--certificate", file],
        )
    };
    let practice = demo.json(MANAGER, &["verify"]);
    assert_eq!(practice["ok"], true);
    let (code, error) = retire("Iets anders", &file);
    assert_eq!((code, &error["reason"]), (7, &json!("name_differs")));
    let inside = demo.dir().join("bewijs.txt");
    let (code, error) = retire("Iets anders", inside.to_str().unwrap());
    assert_eq!((code, &error["reason"]), (1, &json!("own_folder")));
    let (code, error) = retire("Praktijk De Linde", &file);
    assert_eq!((code, &error["reason"]), (7, &json!("no_backup")));
    assert!(demo.dir().join("keyring.json").exists() && !fs::exists(file).unwrap());
}
