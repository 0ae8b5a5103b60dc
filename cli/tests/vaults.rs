//! `kluis vault` and `kluis document`, played with the real program.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use serde_json::json;
use std::{fs, process::Command};
use support::{Demo, field};

const COACH: &str = "Karim Yilmaz";
const OTHER: &str = "Sanne van der Berg";
const PHYSICIAN: &str = "Joost ten Brink";
const ADMINISTRATOR: &str = "Anke de Wit";

#[test]
fn an_employee_lies_in_a_vault_that_opens_with_its_own_password() {
    let demo = Demo::make(3);
    let password = demo.write("kluis", b"zeven zwanen onder de brug\n");
    let wrong = demo.write("fout", b"acht zwanen onder de brug\n");
    let sheet = demo.path("blad.txt");
    let opened = [
        "--vault",
        "Werkgever Vos",
        "--vault-password-file",
        &password,
    ];
    let with = |words: &[&'static str]| -> Vec<String> {
        words
            .iter()
            .copied()
            .chain(opened)
            .map(str::to_owned)
            .collect()
    };
    let run = |user: &str, words: Vec<String>| {
        demo.json(user, &words.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let founded = demo.json(
        COACH,
        &[
            "vault",
            "new",
            "Werkgever Vos",
            "--member",
            OTHER,
            "--vault-password-file",
            &password,
            "--recovery",
            &sheet,
        ],
    );
    assert!(founded["id"].is_string());
    let list = demo.json(COACH, &["vault", "list"]);
    assert_eq!(
        (&list[0]["name"], &list[0]["medical"], &list[0]["dossiers"]),
        (&json!("Werkgever Vos"), &json!(false), &json!(0))
    );
    assert!(
        demo.json(ADMINISTRATOR, &["vault", "list"])
            .as_array()
            .unwrap()
            .is_empty()
    );
    let id = run(
        COACH,
        with(&[
            "add",
            "--kind",
            "employee",
            "surname=Visser",
            "department=Magazijn",
            "bsn=111222333",
            "town=Zutphen",
        ]),
    )["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let shut = demo.json(OTHER, &["show", &id]);
    assert_eq!(field(&shut, "surname"), &json!({ "value": "Visser" }));
    for withheld in ["bsn", "town", "in_service"] {
        assert_eq!(
            field(&shut, withheld),
            &json!({ "withheld": "vault_closed" }),
            "{withheld}"
        );
    }
    assert_eq!(
        field(&demo.json(ADMINISTRATOR, &["show", &id]), "town"),
        &json!({ "withheld": "no_grant" })
    );
    let open = demo.json(OTHER, &[&["show", &id], &opened[..]].concat());
    assert_eq!(field(&open, "bsn"), &json!({ "value": "111222333" }));
    assert_eq!(
        demo.fails(
            OTHER,
            &[
                "show",
                &id,
                "--vault",
                "Werkgever Vos",
                "--vault-password-file",
                &wrong
            ]
        )
        .0,
        3
    );
    assert_eq!(
        demo.fails(OTHER, &["set", &id, "town", "Deventer"]),
        (4, json!({ "error": "denied", "reason": "vault_closed" }))
    );
    assert_eq!(
        demo.fails(COACH, &["add", "--kind", "employee", "surname=Zonder"])
            .0,
        7
    );
    let health = demo.fails(
        COACH,
        &[
            &["note", &id, "is overspannen", "--field", "personnel_notes"],
            &opened[..],
        ]
        .concat(),
    );
    assert_eq!(
        (health.0, &health.1["reason"]),
        (7, &json!("medical_words"))
    );
    assert_eq!(
        demo.json(
            COACH,
            &[
                "vault",
                "rekey",
                "Werkgever Vos",
                "--vault-password-file",
                &password
            ]
        )["id"],
        founded["id"]
    );
    let new = demo.write("nieuw", b"negen zwanen achter het huis\n");
    demo.json(
        COACH,
        &[
            "vault",
            "password",
            "Werkgever Vos",
            "--vault-password-file",
            &password,
            "--new-password-file",
            &new,
        ],
    );
    assert_eq!(
        demo.fails(COACH, &[&["show", &id], &opened[..]].concat()).0,
        3
    );
    let text = fs::read_to_string(&sheet).unwrap();
    let code = text
        .lines()
        .find(|line| line.matches('-').count() >= 9)
        .unwrap_or(&text);
    let code = demo.write("code", code.split_whitespace().last().unwrap().as_bytes());
    demo.json(
        COACH,
        &[
            "vault",
            "recover",
            "Werkgever Vos",
            "--code-file",
            &code,
            "--new-password-file",
            &password,
        ],
    );
    assert_eq!(
        field(
            &demo.json(COACH, &[&["show", &id], &opened[..]].concat()),
            "town"
        ),
        &json!({ "value": "Zutphen" })
    );
    assert_eq!(
        demo.fails(
            COACH,
            &[
                "vault",
                "new",
                "Medisch",
                "--medical",
                "--vault-password-file",
                &password
            ]
        )
        .0,
        4
    );
    demo.json(
        PHYSICIAN,
        &[
            "vault",
            "new",
            "Medisch",
            "--medical",
            "--vault-password-file",
            &password,
        ],
    );
    assert_eq!(demo.json(COACH, &["verify"])["ok"], true);
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
    // Not for a colleague outside the circle, and there is no telling that it exists.
    for words in [
        vec!["document", "list", &id],
        vec!["document", "get", &document, &out],
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
    assert_eq!(
        demo.fails(COACH, &["document", "get", &document, &out]).0,
        1
    );
    assert_eq!(demo.json(COACH, &["verify"])["ok"], true);
}
