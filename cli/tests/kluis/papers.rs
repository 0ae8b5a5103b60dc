//! `kluis invoice`, `report`, `mailing` and `style`, played with the real program: what each says to scripts, and what it refuses.

use crate::support::Demo;
use serde_json::{Value, json};
use std::fs;

const COACH: &str = "Karim Yilmaz";
const OTHER: &str = "Sanne van der Berg";
const ADMINISTRATOR: &str = "Anke de Wit";
const PDF: &[u8] = b"%PDF-";

fn client(demo: &Demo, fields: &[&str]) -> String {
    let made = demo.json(COACH, &[&["add", "surname=Proefpersoon"], fields].concat());
    made["id"].as_str().unwrap().to_owned()
}

fn refused(field: &str, reason: &str) -> (i32, Value) {
    let error = json!({ "error": "refused", "field": field, "reason": reason });
    (7, error)
}

fn denied(reason: &str) -> (i32, Value) {
    (4, json!({ "error": "denied", "reason": reason }))
}

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    keys
}

fn issue(demo: &Demo, id: &str, more: &[&str]) -> Value {
    let line = ["--line", "2026-03-02;Gesprek; op locatie;120,00"];
    demo.json(COACH, &[&["invoice", "new", id], &line[..], more].concat())
}

#[test]
fn invoices_are_numbered_cancelled_once_and_listed() {
    let demo = Demo::make(3);
    let id = client(&demo, &["street=Lindelaan 5", "town=Utrecht"]);
    // Looked at first: nothing is issued, and no number used.
    let look = issue(&demo, &id, &["--look"]);
    assert_eq!(
        (&look["issued"], &look["total"]),
        (&json!(false), &json!("145.20"))
    );
    assert_eq!(look["missing"], json!(["address", "kvk", "vat_id", "iban"]));
    let (one, two) = (
        issue(&demo, &id, &[]),
        issue(&demo, &id, &["--vat", "health"]),
    );
    assert_eq!(keys(&one), ["id", "number"]);
    let number = |made: &Value| made["number"].as_str().unwrap().to_owned();
    let (one, two) = (number(&one), number(&two));
    let year = one.split('-').next().unwrap().to_owned();
    assert_eq!(
        (one.as_str(), two.as_str()),
        (
            format!("{year}-0001").as_str(),
            format!("{year}-0002").as_str()
        )
    );
    let credit = demo.json(COACH, &["invoice", "credit", &one]);
    assert_eq!(credit["number"], format!("{year}-0003"));
    let again = demo.fails(COACH, &["invoice", "credit", &one]);
    assert_eq!(again, refused("invoices", "credited"));
    let third = format!("{year}-0003");
    let credit = demo.fails(COACH, &["invoice", "credit", &third]);
    assert_eq!(credit, refused("invoices", "credit"));
    for unknown in [format!("{year}-0009"), "twee".to_owned()] {
        let (code, error) = demo.fails(COACH, &["invoice", "credit", &unknown]);
        assert_eq!((code, &error["error"]), (1, &json!("not_found")));
    }
    let list = demo.json(COACH, &["invoice", "list"]);
    let list = list.as_array().unwrap();
    let shape = [
        "credited_by",
        "credits",
        "date",
        "dossier",
        "id",
        "invoice",
        "number",
        "total",
    ];
    assert!(list.iter().all(|one| keys(one) == shape), "{list:?}");
    let said: Vec<_> = list
        .iter()
        .map(|one| {
            (
                one["number"].as_str().unwrap(),
                one["total"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            (one.as_str(), "145.20"),
            (&two, "120.00"),
            (&third, "-145.20")
        ]
    );
    assert_eq!(
        (&list[0]["credited_by"], &list[2]["credits"]),
        (&json!(third), &json!(one))
    );
    assert_eq!(
        list[0]["invoice"]["lines"][0]["text"],
        "Gesprek; op locatie"
    );
    assert_eq!(list[0]["dossier"], json!(id));
}

#[test]
fn what_an_invoice_may_not_say_is_refused_and_takes_no_number() {
    let demo = Demo::make(3);
    let id = client(&demo, &["iban=NL91ABNA0417164300"]);
    let new = |line: &str, more: &[&str]| {
        let words = [&["invoice", "new", &id, "--line", line], more].concat();
        demo.fails(COACH, &words)
    };
    assert_eq!(new("Gesprek;veel", &[]), refused("amount", "money_form"));
    assert_eq!(new("Gesprek;0", &[]), refused("amount", "out_of_range"));
    assert_eq!(new(";12", &[]), refused("text", "empty"));
    let bsn = refused("text", "bsn_in_text");
    assert_eq!(new("Gesprek 111222333;12", &["--confirm"]), bsn);
    let bank = refused("text", "protected_value");
    assert_eq!(new("Naar NL91 ABNA 0417 1643 00;12", &[]), bank);
    assert_eq!(new("Gesprek;12", &["--vat", "7"]), refused("vat", "choice"));
    assert_eq!(new("Burn-out;12", &[]), refused("text", "medical_words"));
    let (code, error) = new("geen bedrag", &[]);
    assert_eq!(
        (code, &error["error"], &error["reason"]),
        (2, &json!("usage"), &json!("invoice_line"))
    );
    assert_eq!(demo.fails(COACH, &["invoice", "new", &id]).0, 2);
    assert_eq!(demo.json(COACH, &["invoice", "list"]), json!([]));
    let made = demo.json(
        COACH,
        &["invoice", "new", &id, "--line", "Burn-out;12", "--confirm"],
    );
    assert!(made["number"].as_str().unwrap().ends_with("-0001"));
}

#[test]
fn of_a_dossier_of_others_there_are_number_and_date() {
    let demo = Demo::make(3);
    let id = client(&demo, &[]);
    issue(&demo, &id, &["--to", "Gemeente Rijndal"]);
    // For somebody outside the circle the dossier is not there.
    let line = ["invoice", "new", &id, "--line", "Gesprek;12"];
    assert_eq!(demo.fails(OTHER, &line).1["error"], "not_found");
    let list = demo.json(OTHER, &["invoice", "list"]);
    assert_eq!(
        keys(&list[0]),
        ["credited_by", "credits", "date", "number", "withheld"]
    );
    let number = list[0]["number"].as_str().unwrap();
    let credit = demo.fails(OTHER, &["invoice", "credit", number]);
    assert_eq!(credit.1["error"], "not_found");
    for (user, named) in [(COACH, true), (OTHER, false)] {
        let file = demo.path(&format!("{user}.csv"));
        let written = demo.json(user, &["invoice", "export", &file]);
        assert_eq!(written, json!({ "exported": 1 }));
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(number), "{text}");
        assert_eq!(text.contains("Gemeente Rijndal"), named, "{text}");
        // A list is not written over another.
        let again = demo.fails(user, &["invoice", "export", &file]);
        assert_eq!(again, (2, json!({ "error": "usage", "reason": "exists" })));
        let other = demo.path(&format!("{user}-1999.csv"));
        let none = ["invoice", "export", &other, "--year", "1999"];
        assert_eq!(demo.json(user, &none), json!({ "exported": 0 }));
    }
    let inside = demo.dir().join("uit.csv");
    let (code, error) = demo.fails(COACH, &["invoice", "export", inside.to_str().unwrap()]);
    assert_eq!(
        (code, error),
        (1, json!({ "error": "export", "reason": "own_folder" }))
    );
}

#[test]
fn a_report_shows_what_goes_and_its_profiles_are_for_who_manages() {
    let demo = Demo::make(3);
    let id = client(
        &demo,
        &[
            "assignment=Zoekt ander werk",
            "income=2000",
            "interests=Duiven",
        ],
    );
    let shown = demo.json(COACH, &["report", "show", &id]);
    assert_eq!(
        shown,
        json!([{ "field": "assignment", "label": "Opdracht", "withheld": null, "texts": ["Zoekt ander werk"], "unfit": 0 }])
    );
    let profiles = demo.json(COACH, &["report", "profiles"]);
    assert_eq!(keys(&profiles[0]), ["fields", "name", "protected"]);
    let profile = [
        "report",
        "profile",
        "Gemeente",
        "--field",
        "interests=Kijkt naar",
    ];
    assert_eq!(demo.fails(COACH, &profile), denied("not_administrator"));
    assert_eq!(
        demo.json(ADMINISTRATOR, &profile),
        json!({ "name": "Gemeente" })
    );
    let money = ["report", "profile", "Geld", "--field", "income=Inkomen"];
    assert_eq!(
        demo.fails(ADMINISTRATOR, &money),
        refused("income", "protected_value")
    );
    let never = [
        "report",
        "profile",
        "X",
        "--protected",
        "--field",
        "bsn=BSN",
    ];
    assert_eq!(
        demo.fails(ADMINISTRATOR, &never),
        refused("bsn", "not_reported")
    );
    let file = demo.path("rapportage.pdf");
    let send = ["report", "send", &id, &file, "--profile", "Gemeente"];
    assert_eq!(keys(&demo.json(COACH, &send)), ["id"]);
    assert!(fs::read(&file).unwrap().starts_with(PDF));
    assert_eq!(demo.fails(COACH, &send).1["reason"], "exists");
    let unknown = ["report", "show", &id, "--profile", "Nergens"];
    assert_eq!(demo.fails(COACH, &unknown).1["error"], "not_found");
    let turned = [
        "report",
        "show",
        &id,
        "--from",
        "02-03-2026",
        "--until",
        "01-03-2026",
    ];
    assert_eq!(
        demo.fails(COACH, &turned),
        refused("until", "ends_before_it_begins")
    );
    let others = ["report", "show", &id];
    assert_eq!(demo.fails(OTHER, &others).1["error"], "not_found");
}

#[test]
fn a_newsletter_goes_on_a_consent_and_stops_with_it() {
    let demo = Demo::make(3);
    let id = client(
        &demo,
        &["email=lezer@voorbeeld.nl", "mailing_newsletter=wanted"],
    );
    let file = demo.path("nieuwsbrief.csv");
    let list = || {
        let made = demo.json(COACH, &["mailing", "newsletter", &file]);
        assert_eq!(keys(&made), ["left_out", "listed", "sha256"]);
        let left = keys(&made["left_out"]).join(" ");
        assert_eq!(
            left,
            "no_address no_consent no_contact not_asked refused withheld"
        );
        assert_eq!(made["sha256"].as_str().unwrap().len(), 64);
        let text = fs::read_to_string(&file).unwrap();
        assert_eq!(demo.fails(COACH, &["mailing", "newsletter", &file]).0, 2);
        fs::remove_file(&file).unwrap();
        (
            text.contains("lezer@voorbeeld.nl"),
            made["left_out"]["no_consent"].as_u64().unwrap(),
        )
    };
    let (listed, without) = list();
    assert!(!listed && without > 0);
    let give = [
        "consent",
        "give",
        &id,
        "newsletter",
        "--oral",
        "Aan de balie",
    ];
    let entry = demo.json(COACH, &give)["id"].as_str().unwrap().to_owned();
    assert_eq!(list(), (true, without - 1));
    demo.json(COACH, &["consent", "withdraw", &id, &entry]);
    assert_eq!(list(), (false, without));
    assert_eq!(demo.fails(COACH, &["mailing", "pigeon", &file]).0, 2);
}

#[test]
fn the_style_is_for_who_manages_and_is_seen_before_it_is_kept() {
    let demo = Demo::make(3);
    let set = [
        "style",
        "set",
        "--name",
        "De Linde",
        "--colour",
        "#6b2a4a",
        "--iban",
        "NL91ABNA0417164300",
    ];
    assert_eq!(demo.fails(COACH, &set), denied("not_administrator"));
    assert_eq!(demo.run(ADMINISTRATOR, &set).code, 0);
    let style = demo.json(COACH, &["style", "show"]);
    assert_eq!(
        keys(&style),
        [
            "address",
            "colour",
            "contact",
            "iban",
            "kvk",
            "logo",
            "name",
            "templates",
            "vat_id"
        ]
    );
    assert_eq!(
        (&style["name"], &style["colour"], &style["logo"]),
        (&json!("De Linde"), &json!("#6b2a4a"), &json!(false))
    );
    let text = demo.write("logo.png", b"geen plaatje");
    for (option, value, field, reason) in [
        ("--colour", "#ffff00", "colour", "too_light"),
        ("--colour", "blauw", "colour", "form"),
        ("--kvk", "12", "kvk", "form"),
        ("--iban", "NL92ABNA0417164300", "iban", "form"),
        ("--logo", &text, "logo", "form"),
    ] {
        let set = ["style", "set", option, value];
        assert_eq!(demo.fails(ADMINISTRATOR, &set), refused(field, reason));
    }
    let (sample, own) = (demo.path("brief.pdf"), demo.path("brief.typ"));
    assert_eq!(
        demo.run(COACH, &["style", "sample", "letter", &sample])
            .code,
        0
    );
    assert!(fs::read(&sample).unwrap().starts_with(PDF));
    assert_eq!(
        demo.run(COACH, &["style", "template", "letter", &own]).code,
        0
    );
    let shipped = fs::read_to_string(&own).unwrap();
    let broken = demo.write("kapot.typ", format!("{shipped}\n#onbekend()").as_bytes());
    let (code, error) = demo.fails(ADMINISTRATOR, &["style", "use", "letter", &broken]);
    assert_eq!((code, &error["error"]), (7, &json!("paper")));
    assert!(error["line"].as_u64().unwrap() > 10, "{error}");
    assert_eq!(
        demo.run(ADMINISTRATOR, &["style", "use", "letter", &own])
            .code,
        0
    );
    assert_eq!(
        demo.json(COACH, &["style", "show"])["templates"],
        json!(["letter"])
    );
    assert_eq!(demo.run(ADMINISTRATOR, &["style", "use", "letter"]).code, 0);
    assert_eq!(demo.json(COACH, &["style", "show"])["templates"], json!([]));
    assert_eq!(
        demo.fails(COACH, &["style", "sample", "pigeon", &sample]).0,
        2
    );
}
