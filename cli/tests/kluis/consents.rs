//! `kluis consent` and `kluis ground`, played with the real program.

use crate::support::{Demo, paper};
use serde_json::{Value, json};

const COACH: &str = "Karim Yilmaz";
const ADMINISTRATOR: &str = "Anke de Wit";
const NL: &str = "nl_NL.UTF-8";
/// A black dot beside a white one.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x01\x08\0\0\0\0\xd1I V\0\0\0\x0bIDATx\xdac`\xf8\x0f\0\x01\x02\x01\0\xd1\x1a\xcb\x8f\0\0\0\0IEND\xaeB`\x82";

fn client(demo: &Demo) -> String {
    let made = demo.json(
        COACH,
        &["add", "surname=Visser", "date_of_birth=1980-05-05"],
    );
    made["id"].as_str().unwrap().to_owned()
}

fn unfounded(needs: &str, part: &str, reason: &str) -> (i32, Value) {
    let error = json!({ "error": "unfounded", "needs": needs, "part": part, "reason": reason });
    (4, error)
}

#[test]
fn special_data_come_in_on_a_consent_and_stop_with_it() {
    let demo = Demo::make(3);
    let (id, ink) = (client(&demo), demo.write("ink.png", PNG));
    let set = ["set", &id, "religion", "verzonnen"];
    let missing = unfounded("special", "religion", "ground_missing");
    assert_eq!(demo.fails(COACH, &set), missing);
    let (_, _, said) = demo.seen(NL, COACH, &set);
    assert!(
        said.contains("bijzonder gegeven (religion)") && said.contains("kluis consent"),
        "{said}"
    );
    let form = ["--scope", "religion", "--purpose", "begeleiding"];
    let fill = [&["consent", "fill", &id, "special"][..], &form].concat();
    let text = demo.json(COACH, &fill)["text"].clone();
    assert!(text.as_str().unwrap().contains("Visser"));
    let give = [
        &["consent", "give", &id, "special"][..],
        &form,
        &["--signature", &ink],
    ]
    .concat();
    let entry = demo.json(COACH, &give)["id"].as_str().unwrap().to_owned();
    demo.json(COACH, &set);
    let shown = demo.json(COACH, &["consent", "show", &id, &entry]);
    assert_eq!((&shown["text"], &shown["state"]), (&text, &json!("valid")));
    let (signed, blank) = (demo.path("getekend.pdf"), demo.path("leeg.pdf"));
    let words = ["consent", "show", &id, &entry, "--file", &signed];
    demo.json(COACH, &words);
    demo.json(COACH, &[&fill[..], &["--file", &blank]].concat());
    for line in text
        .as_str()
        .unwrap()
        .lines()
        .filter(|line| line.len() < 60)
    {
        assert!(
            paper(&signed).contains(line) && paper(&blank).contains(line),
            "{line}"
        );
    }
    assert!(paper(&signed).contains("een handtekening"));
    assert!(paper(&blank).contains("Plaats en datum"));
    // Never over another file.
    assert_eq!(demo.fails(COACH, &words).0, 1);
    let taken = demo.json(COACH, &["consent", "withdraw", &id, &entry]);
    assert_eq!(taken["left"], json!(["religion"]));
    let gone = unfounded("special", "religion", "ground_withdrawn");
    assert_eq!(demo.fails(COACH, &set), gone);
    let list = demo.json(COACH, &["consent", "list", &id]);
    assert_eq!(
        (&list["consents"][0]["state"], &list["missing"]),
        (&json!("withdrawn"), &json!(["religion"]))
    );
    // Emptying needs none, and a ground that the law gives opens it again.
    demo.json(COACH, &["set", &id, "religion", ""]);
    let add = [
        "ground",
        "add",
        &id,
        "made_public",
        "--scope",
        "religion",
        "--reason",
        "Eigen website",
    ];
    let ground = demo.json(COACH, &add)["id"].as_str().unwrap().to_owned();
    demo.json(COACH, &set);
    demo.json(COACH, &["ground", "end", &id, &ground]);
    assert_eq!(demo.fails(COACH, &set), gone);
    assert_eq!(demo.json(COACH, &["verify"])["ok"], true);
}

#[test]
fn a_contact_with_a_professional_and_every_other_way_in() {
    let demo = Demo::make(3);
    let id = client(&demo);
    let note = |which: &'static str| {
        let words = [
            "note",
            &id,
            "Overleg",
            "--field",
            "contact_log",
            "--exchange",
            which,
        ];
        [&words[..], &["--professional", "Huisarts De Vries"]]
            .concat()
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let fails =
        |words: &[String]| demo.fails(COACH, &words.iter().map(String::as_str).collect::<Vec<_>>());
    for which in ["ask", "inform"] {
        assert_eq!(
            fails(&note(which)),
            unfounded("professional", which, "ground_missing")
        );
    }
    let form = [
        "consent",
        "give",
        &id,
        "professional",
        "--recipient",
        "Huisarts De Vries",
        "--purpose",
        "overleg",
    ];
    let give = [&form[..], &["--scope", "ask", "--oral", "Aan de balie"]].concat();
    demo.json(COACH, &give);
    let asked = note("ask");
    demo.json(COACH, &asked.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(
        fails(&note("inform")),
        unfounded("professional", "inform", "ground_missing")
    );
    let add = ["add", "surname=Bos", "religion=verzonnen"];
    assert_eq!(
        demo.fails(COACH, &add),
        unfounded("special", "religion", "ground_missing")
    );
    let tests = ["note", &id, "Uitslag", "--field", "test_results"];
    assert_eq!(
        demo.fails(COACH, &tests),
        unfounded("special", "test_results", "ground_missing")
    );
    let list = demo.write("lijst.csv", b"surname;religion\nBos;verzonnen\n");
    let report = demo.run(COACH, &["import", &list]).out;
    assert_eq!(
        (&report["added"], &report["refused"][0]["reason"]),
        (&json!(0), &json!("ground_missing"))
    );
    // What the paper must say is not said aloud.
    let oral = [
        "consent",
        "give",
        &id,
        "special",
        "--scope",
        "religion",
        "--purpose",
        "x",
        "--oral",
        "x",
    ];
    assert_eq!(demo.fails(COACH, &oral).1["reason"], "needs_signature");
}

#[test]
fn forms_have_versions_and_what_ends_is_told() {
    let demo = Demo::make(3);
    let all = demo.json(COACH, &["consent", "templates"]);
    assert_eq!(all.as_array().unwrap().len(), 14);
    let text = demo.json(COACH, &["consent", "template", "show", "newsletter"])["text"].clone();
    let file = demo.write(
        "tekst.txt",
        format!("{}\n\nTot ziens.", text.as_str().unwrap()).as_bytes(),
    );
    let edit = [
        "consent",
        "template",
        "edit",
        "newsletter",
        "--title",
        "Nieuwsbrief",
        "--file",
        &file,
    ];
    assert_eq!(demo.fails(COACH, &edit).0, 4);
    assert_eq!(demo.json(ADMINISTRATOR, &edit)["version"], 2);
    let bare = demo.write("kaal.txt", b"Ja, graag.");
    let edit = [
        "consent",
        "template",
        "edit",
        "newsletter",
        "--title",
        "Nieuwsbrief",
        "--file",
        &bare,
    ];
    assert_eq!(
        demo.fails(ADMINISTRATOR, &edit).1["reason"],
        "placeholder_missing"
    );
    let ending = demo.json(COACH, &["consent", "ending"]);
    assert_eq!(ending[0]["field"], "consents");
    let kinds = demo.json(COACH, &["ground", "kinds"]);
    assert!(kinds.as_array().unwrap().iter().all(|one| {
        one["source"]
            .as_str()
            .is_some_and(|source| !source.is_empty())
    }));
}
