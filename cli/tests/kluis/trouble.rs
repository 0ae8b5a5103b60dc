//! Wrong passwords, two programs at once, damage, and usage.

use crate::support::{Demo, founding, kluis};
use serde_json::json;
use std::{fs, process::Stdio, thread, time::Duration};

const COACH: &str = "Karim Yilmaz";

#[test]
fn wrong_passwords_are_slowed_down_across_processes() {
    let demo = Demo::make(0);
    let wrong = demo.write("fout", b"iets heel anders");
    for _ in 0..3 {
        let ran = demo.with(COACH, &wrong, &["list"]);
        assert_eq!(
            (ran.code, ran.err),
            (3, json!({ "error": "wrong_password" }))
        );
    }
    let ran = demo.run(COACH, &["list"]);
    assert_eq!((ran.code, &ran.err["error"]), (3, &json!("throttled")));
    thread::sleep(Duration::from_millis(1_200));
    assert_eq!(demo.run(COACH, &["list"]).code, 0);
    assert_eq!(demo.with("Niemand", &wrong, &["list"]).code, 3);
}

#[test]
fn a_second_program_is_told_that_the_practice_is_in_use() {
    let demo = Demo::make(5);
    let id = demo.json(COACH, &["list"])[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    // The first one signs in and then waits for its standard input.
    let file = demo.path(&format!("pw-{COACH}"));
    let mut first = demo
        .command(COACH, &file, &["set", &id, "town", "--stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let busy = (0..100).any(|_| {
        thread::sleep(Duration::from_millis(50));
        demo.run(COACH, &["user", "list"]).code == 6
    });
    assert!(busy);
    drop(first.stdin.take());
    assert!(first.wait().unwrap().success());
    assert_eq!(demo.run(COACH, &["user", "list"]).code, 0);
}

/// Flips one bit in the middle of a file.
fn flip(demo: &Demo, name: &str) {
    let path = demo.dir().join(name);
    let mut bytes = fs::read(&path).unwrap();
    let at = bytes.len() / 2;
    bytes[at] ^= 1;
    fs::write(&path, bytes).unwrap();
}

#[test]
fn damage_is_noticed_and_said_or_does_no_harm() {
    let demo = Demo::make(5);
    // The witness is there twice.
    flip(&demo, "practice.head");
    assert_eq!(demo.json(COACH, &["verify"])["ok"], true);
    flip(&demo, "practice.db");
    assert_eq!(demo.run(COACH, &["verify"]).code, 5);
    flip(&demo, "keyring.json");
    assert_eq!(demo.run(COACH, &["verify"]).code, 5);
    assert_eq!(demo.fails(COACH, &["list"]).1["error"], "damaged");
}

#[test]
fn an_older_database_put_back_is_noticed() {
    let demo = Demo::make(5);
    let path = demo.dir().join("practice.db");
    let old = fs::read(&path).unwrap();
    demo.json(COACH, &["add", "surname=Later"]);
    fs::write(&path, old).unwrap();
    let ran = demo.run(COACH, &["list"]);
    assert_eq!((ran.code, &ran.err["error"]), (5, &json!("rolled_back")));
}

#[test]
fn usage_is_refused_before_anything_happens() {
    let demo = Demo::make(0);
    let run = |words: &[&str]| kluis().args(words).output().unwrap().status.code().unwrap();
    assert_eq!(run(&["frobnicate"]), 2);
    assert_eq!(run(&["list"]), 2);
    assert_eq!(run(&["--help"]), 0);
    assert_eq!(run(&["--version"]), 0);
    let dir = demo.dir();
    let dir = dir.to_str().unwrap();
    assert_eq!(run(&["list", dir, "--password-file", "/nergens"]), 2);
    assert_eq!(
        run(&["list", dir, "--as", COACH, "--password-file", "/nergens"]),
        2
    );
    assert_eq!(demo.fails(COACH, &["list", "--kind", "olifant"]).0, 2);
    assert_eq!(demo.fails(COACH, &["add", "zonder-teken"]).0, 2);
    assert_eq!(
        demo.fails(COACH, &["add", "bsn=123456789"]),
        (
            7,
            json!({ "error": "refused", "field": "bsn", "reason": "bsn_check" })
        )
    );
    assert_eq!(
        run(&[
            "list",
            "/nergens",
            "--as",
            "x",
            "--password-file",
            &demo.path(&format!("pw-{COACH}"))
        ]),
        1
    );
}

#[test]
fn a_practice_is_founded_and_recovered() {
    let demo = Demo::make(0);
    let (dir, sheet) = (demo.path("nieuw"), demo.path("blad.txt"));
    let password = demo.write("pw", b"correct horse battery\n");
    let new = |words: &[&str]| {
        let mut command = founding(&dir, &password);
        command.arg("--json");
        command.args(words).output().unwrap().status.code().unwrap()
    };
    assert_eq!(new(&["--recovery", &sheet]), 0);
    assert_eq!(new(&[]), 1);
    let run = |words: &[&str]| kluis().args(words).output().unwrap().status.code().unwrap();
    assert_eq!(
        run(&["add", &dir, "surname=Eerste", "--password-file", &password]),
        0
    );
    let other = demo.write("pw2", b"staple orange window\n");
    assert_eq!(
        run(&[
            "recover",
            &dir,
            "--user",
            "Baas",
            "--code-file",
            &sheet,
            "--new-password-file",
            &other
        ]),
        0
    );
    assert_eq!(run(&["list", &dir, "--password-file", &password]), 3);
    assert_eq!(run(&["list", &dir, "--password-file", &other]), 0);
    assert_eq!(
        run(&[
            "recover",
            &dir,
            "--user",
            "Baas",
            "--code-file",
            &password,
            "--new-password-file",
            &other
        ]),
        3
    );
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let demo = Demo::make(60);
    let file = demo.path(&format!("pw-{COACH}"));
    let mut child = demo
        .command(COACH, &file, &["list"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[cfg(unix)]
#[test]
fn ctrl_c_locks_first_and_leaves_nothing_half() {
    let demo = Demo::make(1);
    let id = demo.json(COACH, &["list"])[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    // A file that never ends, taken in through a pipe.
    let pipe = demo.path("pijp");
    rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RWXU).unwrap();
    let file = demo.path(&format!("pw-{COACH}"));
    let mut running = demo
        .command(COACH, &file, &["document", "add", &id, &pipe])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let feeding = thread::spawn(move || {
        let mut pipe = fs::OpenOptions::new().write(true).open(pipe).unwrap();
        let (mut fed, part) = (0_usize, [7_u8; 4096]);
        while std::io::Write::write_all(&mut pipe, &part).is_ok() {
            fed += part.len();
            thread::sleep(Duration::from_micros(100));
        }
        fed
    });
    thread::sleep(Duration::from_millis(1_500));
    let pid = rustix::process::Pid::from_child(&running);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    let status = running.wait().unwrap();
    let mut said = String::new();
    std::io::Read::read_to_string(&mut running.stderr.take().unwrap(), &mut said).unwrap();
    assert_eq!(status.code(), Some(1), "it ends by itself: {status} {said}");
    assert!(said.contains("cancelled"), "{said}");
    assert!(feeding.join().unwrap() > 0);
    let left = fs::read_dir(demo.dir().join("documents")).unwrap().count();
    assert_eq!(left, 0, "no half document");
    let log = demo.json("Anke de Wit", &["audit"]);
    assert!(log.to_string().contains("\"locked\""), "it was locked");
    assert_eq!(demo.json(COACH, &["document", "list", &id]), json!([]));
}
