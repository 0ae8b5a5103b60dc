//! The log outside the program: what was cut off, edited, reordered or deleted is found by the program and by a checker that
//! knows nothing of it, also when somebody with the store key did it.

use crate::{
    cast::user_id,
    intruder::Intruder,
    support::{Home, OTHER, PASSWORD, client},
};
use dossierkluis::{
    audit::{LogCheck, chain, check_log},
    crypto::{Passphrase, SigningKey},
    error::Error,
    practice::Practice,
    store::KeyringFile,
};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Anna and Carla with some history, and the log as Anna takes it out.
async fn exported() -> (Home, Practice, PathBuf) {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let anna = home.colleague(anna, "Carla", &["reception"]).await;
    for name in ["Aalders", "Bos", "Conijn"] {
        client(&anna, anna.own_circle(), &[("surname", name)]).await;
    }
    let path = home.folder.with_file_name("logboek.jsonl");
    anna.export_log(&path).await.unwrap();
    (home, anna, path)
}

/// What the independent program says.
fn outside(path: &Path) -> bool {
    let checked = Command::new(env!("CARGO_BIN_EXE_check-log"))
        .arg(path)
        .output();
    checked.unwrap().status.success()
}

fn inside(text: &str, earlier: Option<&LogCheck>) -> LogCheck {
    check_log(text.as_bytes(), earlier).unwrap()
}

fn lines(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn both_refuse(home: &Home, lines: &[String], what: &str) {
    let path = home.folder.with_file_name("veranderd.jsonl");
    let text = lines.join("\n") + "\n";
    fs::write(&path, &text).unwrap();
    assert!(!inside(&text, None).findings.is_empty(), "{what}");
    assert!(!outside(&path), "{what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_changed_in_any_way_is_refused_by_both() {
    let (home, _anna, path) = exported().await;
    let whole = lines(&path);
    assert!(inside(&whole.join("\n"), None).findings.is_empty());
    assert!(outside(&path));
    assert!(!whole.join("").contains("Aalders") && !whole.join("").contains("Anna"));
    let last = whole.len() - 1;
    let mut cases: Vec<(String, Vec<String>)> = Vec::new();
    for at in 0..=last {
        let mut less = whole.clone();
        less.remove(at);
        cases.push((format!("line {at} deleted"), less));
        cases.push((format!("cut off at {at}"), whole[..at].to_vec()));
        let mut twice = whole.clone();
        twice.insert(at, whole[at].clone());
        cases.push((format!("line {at} twice"), twice));
    }
    for at in 1..last - 1 {
        let mut turned = whole.clone();
        turned.swap(at, at + 1);
        cases.push((format!("{at} and the next reordered"), turned));
        for field in ["body", "hash", "signature"] {
            let mut edited = whole.clone();
            edited[at] = edit(&whole[at], field);
            cases.push((format!("{field} of {at} edited"), edited));
        }
    }
    for field in ["hash", "signature"] {
        let mut edited = whole.clone();
        edited[last] = edit(&whole[last], field);
        cases.push((format!("{field} of the end edited"), edited));
    }
    let mut other = whole.clone();
    other[0] = other[0].replace("log 1", "log 2");
    cases.push(("another format".to_owned(), other));
    for (what, lines) in cases {
        both_refuse(&home, &lines, &what);
    }
}

/// Changes one sign inside a text.
fn edit(line: &str, field: &str) -> String {
    let mut line: Value = serde_json::from_str(line).unwrap();
    let text = line[field].as_str().unwrap().to_owned();
    let (at, sign) = text.char_indices().nth(text.len() / 2).unwrap();
    let other = if sign == 'a' { "b" } else { "a" };
    line[field] = json!(format!("{}{other}{}", &text[..at], &text[at + 1..]));
    line.to_string()
}

/// Carla's signing key, and the store as it opens for her outside the program.
async fn carla(home: &Home) -> (Intruder, SigningKey, String) {
    let file = KeyringFile::read(&home.folder).unwrap();
    let id = file.find("Carla").unwrap();
    let secrets = file
        .user(id)
        .unwrap()
        .open(&Passphrase::new(OTHER))
        .unwrap();
    let intruder = Intruder::enter(&home.folder, "Carla", OTHER).await;
    (intruder, secrets.split().unwrap().1, id.to_string())
}

/// The log after somebody with the store key changed it, as Anna exports it afterwards.
async fn after(home: &Home, anna: Practice, statements: &[String]) -> String {
    anna.lock().await.unwrap();
    let (intruder, ..) = carla(home).await;
    for statement in statements {
        let statement: &'static str = Box::leak(statement.clone().into_boxed_str());
        intruder.sql(statement).await;
    }
    intruder.store.close().await.unwrap();
    let anna = home.sign_in("Anna", PASSWORD).await;
    let path = home.folder.with_file_name("daarna.jsonl");
    anna.export_log(&path).await.unwrap();
    fs::read_to_string(path).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_the_store_key_cannot_change_what_others_signed() {
    let cases: &[&[&str]] = &[
        &[
            "UPDATE audit SET body = replace(body, 'dossier_made', 'dossier_read') WHERE seq = (SELECT min(seq) FROM audit WHERE body LIKE '%dossier_made%')",
        ],
        &[
            "DELETE FROM audit_subject WHERE seq = 20",
            "DELETE FROM audit WHERE seq = 20",
        ],
        &[
            "DELETE FROM audit_subject",
            "DELETE FROM audit WHERE seq = 20",
            "UPDATE audit SET seq = seq - 1 WHERE seq > 20",
        ],
        &[
            "DELETE FROM audit_subject",
            "UPDATE audit SET seq = -1 WHERE seq = 20",
            "UPDATE audit SET seq = 20 WHERE seq = 21",
            "UPDATE audit SET seq = 21 WHERE seq = -1",
        ],
    ];
    for statements in cases {
        let (home, anna, _) = exported().await;
        let statements: Vec<String> = statements.iter().map(|one| (*one).to_owned()).collect();
        let text = after(&home, anna, &statements).await;
        let path = home.folder.with_file_name("daarna.jsonl");
        assert!(
            !inside(&text, None).findings.is_empty() && !outside(&path),
            "{statements:?}"
        );
    }
}

/// Carla hashes again everything from a changed entry on, and signs it with the one key that she has.
#[tokio::test(flavor = "multi_thread")]
async fn signing_again_with_an_own_key_is_found() {
    let (home, anna, path) = exported().await;
    anna.lock().await.unwrap();
    let (intruder, key, _) = carla(&home).await;
    intruder.store.close().await.unwrap();
    let mut all = lines(&path);
    let (mut former, count) = (Vec::new(), all.len());
    for (at, line) in all.iter_mut().enumerate().take(count - 1).skip(1) {
        let mut entry: Value = serde_json::from_str(line).unwrap();
        let mut body = entry["body"].as_str().unwrap().to_owned();
        if at == 20 {
            body = body.replace("\"success\":true", "\"success\":false");
        }
        let hash = chain(&former, &body);
        if at >= 20 {
            entry["signature"] = json!(base64(&key.sign(&hash)));
        }
        (entry["body"], entry["hash"]) = (json!(body), json!(base64(&hash)));
        *line = entry.to_string();
        former = hash.to_vec();
    }
    both_refuse(&home, &all, "signed again");
}

fn base64(bytes: &[u8]) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    STANDARD.encode(bytes)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_that_was_cut_out_of_the_store_is_found_by_an_earlier_export_and_by_who_saw_it() {
    let (home, anna, path) = exported().await;
    let earlier = inside(&fs::read_to_string(&path).unwrap(), None);
    let cut = [
        "DELETE FROM audit_subject WHERE seq > 20",
        "DELETE FROM audit WHERE seq > 20",
    ];
    let text = after(&home, anna, &cut.map(str::to_owned)).await;
    // By itself it is a whole chain, soundly signed: only who knows how far it had got can tell.
    assert!(inside(&text, None).findings.is_empty());
    let found = inside(&text, Some(&earlier)).findings;
    assert!(
        found.iter().any(|one| one.what == "end_missing"),
        "{found:?}"
    );
    let anna = home.sign_in("Anna", PASSWORD).await;
    let found = anna.verify().await.unwrap().findings;
    assert!(
        found.iter().any(|one| one.starts_with("audit:end_missing")),
        "{found:?}"
    );
    // A later export of a log that only grew holds the earlier one.
    let (_home, anna, path) = exported().await;
    let earlier = inside(&fs::read_to_string(&path).unwrap(), None);
    anna.export_log(&path).await.unwrap();
    let later = inside(&fs::read_to_string(&path).unwrap(), Some(&earlier));
    assert!(later.findings.is_empty() && later.end.0 > earlier.end.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_an_administrator_takes_the_log_out() {
    let (home, anna, _) = exported().await;
    assert!(!user_id(&anna, "Carla").await.to_string().is_empty());
    anna.lock().await.unwrap();
    let carla = home.sign_in("Carla", OTHER).await;
    let path = home.folder.with_file_name("van carla.jsonl");
    let refused = carla.export_log(&path).await;
    assert!(matches!(refused, Err(Error::Denied(_))) && !path.exists());
}
