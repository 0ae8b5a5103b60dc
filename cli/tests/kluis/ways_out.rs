//! `kluis disclosure`, `package`, `receive`, `peer-review` and `stand-in`, played with the real program: what leaves, and to whom.

use crate::support::{Demo, FAVOUR, Ran, paper};
use chrono::{Days, Utc};
use dossierkluis::time::civil_day;
use serde_json::{Value, json};
use std::{collections::BTreeSet, fs, path::Path};

const COACH: &str = "Karim Yilmaz";
const OTHER: &str = "Sanne van der Berg";
const ADMINISTRATOR: &str = "Anke de Wit";

fn client(demo: &Demo) -> String {
    let fields = [
        "given_name=Jan",
        "surname=Visser",
        "bsn=111222333",
        "town=Utrecht",
        "work_fitness=partly_fit",
        "work_duration=acht weken",
    ];
    let made = demo.json(COACH, &[&["add"][..], &fields].concat());
    made["id"].as_str().unwrap().to_owned()
}

fn members(value: &Value) -> BTreeSet<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

fn refused(field: &str, reason: &str) -> (i32, Value) {
    let error = json!({ "error": "refused", "field": field, "reason": reason });
    (7, error)
}

fn denied(reason: &str) -> (i32, Value) {
    (4, json!({ "error": "denied", "reason": reason }))
}

fn not_found() -> (i32, Value) {
    (1, json!({ "error": "not_found" }))
}

/// Registers a request, and gives its id.
fn request(demo: &Demo, id: &str, asker: &str, purpose: &str) -> String {
    let words = ["disclosure", "request", id, "--name", "Bloemhof B.V."];
    let kind = ["--asker", asker, "--purpose", purpose];
    let asked = ["--asked", "Wanneer komt hij terug?"];
    let made = demo.json(COACH, &[&words[..], &kind, &asked].concat());
    assert_eq!(members(&made), ["id"].into());
    made["id"].as_str().unwrap().to_owned()
}

fn weigh<'a>(verb: &'a str, request: &'a str, answers: &[&'a str]) -> Vec<&'a str> {
    [&["disclosure", verb, request][..], answers].concat()
}

fn register(demo: &Demo, user: &str) -> Value {
    demo.json(user, &["disclosure", "list"])
}

#[test]
fn a_request_is_weighed_answered_once_and_stands_in_the_register() {
    let demo = Demo::make(3);
    let id = client(&demo);
    let asked = request(&demo, &id, "employer", "absence");
    let open = demo.json(COACH, &["disclosure", "list", "--id", &id, "--open"]);
    let line = &open[0];
    let shape = [
        "id",
        "dossier",
        "name",
        "asker",
        "asker_name",
        "purpose",
        "asked",
        "received",
        "due",
        "outcome",
        "reason",
        "decider",
        "decided",
        "basis",
        "fields",
    ];
    assert_eq!(members(line), shape.into());
    assert_eq!(
        (&line["id"], &line["dossier"], &line["outcome"]),
        (&json!(asked), &json!(id), &json!(""))
    );
    let look = [&FAVOUR[..], &["--preview"]].concat();
    let shown = demo.json(COACH, &weigh("answer", &asked, &look));
    assert_eq!(members(&shown), ["letter", "left_out", "allowed"].into());
    assert_eq!(
        (&shown["allowed"], &shown["left_out"]),
        (&json!(true), &json!([]))
    );
    let said: Vec<&Value> = shown["letter"]["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| &field["value"])
        .collect();
    assert_eq!(said, ["Jan Visser", "gedeeltelijk", "acht weken"]);
    // Nothing was decided by looking.
    assert_eq!(register(&demo, COACH)[0]["outcome"], "");
    let file = demo.path("brief.pdf");
    let write = [&FAVOUR[..], &["--file", &file]].concat();
    let answered = demo.json(COACH, &weigh("answer", &asked, &write));
    assert_eq!(members(&answered), ["reference"].into());
    let (letter, written) = (paper(&file), fs::read(&file).unwrap());
    assert!(letter.contains("gedeeltelijk") && letter.contains("Jan Visser"));
    assert!(!letter.contains("111222333") && !letter.contains("Utrecht"));
    let line = &register(&demo, COACH)[0];
    assert_eq!(
        (&line["outcome"], &line["decider"]),
        (&json!("answered"), &json!(COACH))
    );
    assert!(
        line["fields"]
            .as_array()
            .unwrap()
            .contains(&json!("work_fitness"))
    );
    // The same letter once more; no second decision, and no letter over another file.
    let again = demo.json(COACH, &["disclosure", "letter", &asked]);
    assert_eq!(again["reference"], answered["reference"]);
    let twice = demo.fails(COACH, &weigh("answer", &asked, &FAVOUR));
    assert_eq!(twice, refused("request", "decided"));
    let other = request(&demo, &id, "employer", "absence");
    let over = demo.fails(COACH, &weigh("answer", &other, &write));
    assert_eq!((over.0, &over.1["error"]), (1, &json!("io")));
    assert_eq!(fs::read(&file).unwrap(), written);
    // To somebody outside the circle there is no request.
    assert_eq!(register(&demo, OTHER), json!([]));
    let seen = demo.fails(OTHER, &["disclosure", "letter", &asked]);
    assert_eq!(seen, not_found());
    let tried = demo.fails(OTHER, &weigh("answer", &other, &FAVOUR));
    assert_eq!(tried, not_found());
}

#[test]
fn what_may_not_go_out_is_refused_with_its_reason() {
    let demo = Demo::make(3);
    let id = client(&demo);
    let asked = request(&demo, &id, "employer", "absence");
    // All four questions are to be answered; an open request has no letter.
    assert_eq!(
        demo.fails(COACH, &weigh("answer", &asked, &FAVOUR[..6])).0,
        2
    );
    let early = demo.fails(COACH, &["disclosure", "letter", &asked]);
    assert_eq!(early, not_found());
    let mut too_much = FAVOUR;
    too_much[3] = "no";
    let whole = demo.fails(COACH, &weigh("answer", &asked, &too_much));
    assert_eq!(whole, denied("outweighed"));
    let mut doubt = FAVOUR;
    doubt[7] = "yes";
    let doubted = demo.fails(COACH, &weigh("answer", &asked, &doubt));
    assert_eq!(doubted, denied("in_doubt"));
    let claim = request(&demo, &id, "insurer", "claim");
    let look = [&FAVOUR[..], &["--preview"]].concat();
    let shown = demo.run(COACH, &weigh("answer", &claim, &look));
    assert_eq!((shown.code, &shown.out["allowed"]), (4, &json!(false)));
    assert_eq!(shown.err, denied("no_consent").1);
    let unknown = [&too_much[..], &["--reason", "geen_zin"]].concat();
    let unknown = demo.fails(COACH, &weigh("refuse", &asked, &unknown));
    assert_eq!(unknown, refused("reason", "choice"));
    // A reason that the answers do not give is none.
    for (reason, why) in [
        ("interest", "answered_otherwise"),
        ("doubt", "answered_otherwise"),
    ] {
        let other = [&too_much[..], &["--reason", reason]].concat();
        let other = demo.fails(COACH, &weigh("refuse", &asked, &other));
        assert_eq!(other, refused("reason", why));
    }
    let refuse = [&too_much[..], &["--reason", "need"]].concat();
    let look = [&refuse[..], &["--preview"]].concat();
    let seen = demo.json(COACH, &weigh("refuse", &asked, &look));
    assert_eq!(seen["allowed"], json!(true));
    let text = &seen["letter"]["paragraphs"];
    assert!(
        register(&demo, COACH)
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["outcome"] != "refused")
    );
    let letter = demo.json(COACH, &weigh("refuse", &asked, &refuse));
    assert_eq!(
        (&letter["fields"], &letter["paragraphs"]),
        (&json!([]), text)
    );
    let lines = register(&demo, COACH);
    let line = lines
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["id"] == json!(asked));
    let line = line.unwrap();
    assert_eq!(
        (&line["outcome"], &line["reason"]),
        (&json!("refused"), &json!("need"))
    );
    let words = [
        "disclosure",
        "request",
        &id,
        "--name",
        "X",
        "--asker",
        "insurer",
    ];
    let strange = [&words[..], &["--purpose", "absence"]].concat();
    assert_eq!(
        demo.fails(COACH, &strange),
        refused("purpose", "no_profile")
    );
    let later = [
        &words[..],
        &["--purpose", "claim", "--received", "01-01-2999"],
    ]
    .concat();
    assert_eq!(demo.fails(COACH, &later), refused("received", "in_future"));
}

/// A dossier with an answered request of its person to move.
fn moving(demo: &Demo) -> (String, String) {
    let id = client(demo);
    let asked = request(demo, &id, "person", "transfer");
    demo.json(COACH, &weigh("answer", &asked, &FAVOUR));
    (id, asked)
}

#[test]
fn a_dossier_goes_to_another_practice_and_arrives_once() {
    let (demo, there) = (Demo::make(3), Demo::make(3));
    let (id, asked) = moving(&demo);
    let note = demo.json(COACH, &["note", &id, "Zag een kolibrie"]);
    assert!(note["id"].is_string());
    let shown = there.json(COACH, &["receive"]);
    assert_eq!(members(&shown), ["recipient"].into());
    let recipient = shown["recipient"].as_str().unwrap().to_owned();
    let file = demo.path("dossier.age");
    let send = [
        "package",
        &asked,
        "--file",
        &file,
        "--recipient",
        &recipient,
    ];
    let sent = demo.json(COACH, &send);
    assert_eq!(members(&sent), ["dossiers", "documents", "left_out"].into());
    assert_eq!(
        (&sent["dossiers"], &sent["documents"]),
        (&json!(1), &json!(0))
    );
    let left = sent["left_out"].as_array().unwrap();
    assert!(
        left.iter()
            .all(|one| members(one) == ["dossier", "what", "reason"].into())
    );
    assert!(left.contains(&json!({ "dossier": id, "what": "limitations", "reason": "medical" })));
    assert_eq!(demo.fails(COACH, &send), refused("request", "sent_already"));
    // Only for whom it was made, and with what opens it.
    let strange = demo.fails(COACH, &["receive", &file]);
    assert_eq!(strange, refused("package", "not_for_you"));
    let secret = there.write("pakket", b"vlonder kano mist uil\n");
    let guessed = ["receive", &file, "--package-password-file", &secret];
    assert_eq!(there.fails(COACH, &guessed).0, 3);
    let arrived = there.json(COACH, &["receive", &file]);
    let shape = [
        "dossiers",
        "entries",
        "documents",
        "practice",
        "by",
        "left_out",
    ];
    assert_eq!(members(&arrived), shape.into());
    assert_eq!(
        (&arrived["dossiers"], &arrived["entries"], &arrived["by"]),
        (&json!(1), &json!(2), &json!(COACH))
    );
    let shown = there.json(COACH, &["show", &id]);
    assert_eq!(shown["fields"]["bsn"], json!({ "value": "111222333" }));
    assert_eq!(there.fails(OTHER, &["show", &id]), not_found());
    let twice = there.fails(COACH, &["receive", &file]);
    assert_eq!(twice, refused("package", "already_here"));
    let nothing = there.write("niets.age", b"geen pakket");
    let found = there.fails(COACH, &["receive", &nothing]);
    assert_eq!(found, refused("package", "package_form"));
    assert_eq!(there.json(COACH, &["verify"])["ok"], true);
}

#[test]
fn no_package_leaves_without_an_answer_or_by_whom_it_may_not() {
    let demo = Demo::make(3);
    let id = client(&demo);
    let asked = request(&demo, &id, "person", "transfer");
    let (file, secret) = (
        demo.path("x.age"),
        demo.write("geheim", b"vlonder kano mist uil\n"),
    );
    let to = [
        "--file",
        &file,
        "--export-password-file",
        &secret,
        "--work",
        "4",
    ];
    let open = demo.fails(COACH, &[&["package", &asked][..], &to].concat());
    assert_eq!(open, refused("request", "not_answered"));
    assert_eq!(demo.fails(COACH, &[&["package"][..], &to].concat()).0, 2);
    let never = ["package", "01900000-0000-7000-8000-000000000000"];
    assert_eq!(demo.fails(COACH, &[&never[..], &to].concat()), not_found());
    let whole = [&["package", "--whole", "Nieuw Begin"][..], &to].concat();
    assert_eq!(demo.fails(COACH, &whole), denied("not_administrator"));
    assert!(!Path::new(&file).exists());
    let sent = demo.json(ADMINISTRATOR, &whole);
    let left = sent["left_out"].as_array().unwrap();
    // The administrator reads no dossier of a coach, so it does not go, and is named.
    assert!(left.contains(&json!({ "dossier": "", "what": id, "reason": "not_readable" })));
    assert!(Path::new(&file).exists());
}

#[test]
fn a_copy_for_peer_review_is_mended_approved_and_leads_to_nobody() {
    let demo = Demo::make(3);
    let id = client(&demo);
    demo.json(
        COACH,
        &[
            "note",
            &id,
            "Pietersen sprak Jan over werk in Utrecht. Bel 06-12345678.",
        ],
    );
    let look = ["peer-review", &id, "--preview"];
    let mut copy = demo.json(COACH, &look);
    assert_eq!(members(&copy), ["age_band", "parts"].into());
    let parts = copy["parts"].as_array().unwrap();
    let shape = ["field", "on", "before", "text", "unsure", "stayed"];
    assert!(parts.iter().all(|part| members(part) == shape.into()));
    let at = parts
        .iter()
        .position(|part| part["field"] == "session_notes")
        .unwrap();
    let part = &parts[at];
    let text = "Pietersen sprak [naam] over werk in [plaats]. Bel [nummer].";
    assert_eq!(
        (&part["text"], &part["stayed"]),
        (&json!(text), &json!(["Bel", "Pietersen"]))
    );
    // A choice is said in words.
    assert!(parts.iter().any(|part| part["text"] == "partly"));
    copy["parts"][at]["text"] = json!("Een collega sprak [naam] over werk in [plaats].");
    let approved = demo.write("akkoord.json", copy.to_string().as_bytes());
    let file = demo.path("intervisie.txt");
    let save = ["peer-review", &id, &file, "--approved", &approved];
    let saved = demo.json(COACH, &save);
    assert_eq!(
        saved,
        json!({ "parts": copy["parts"].as_array().unwrap().len() })
    );
    let written = fs::read_to_string(&file).unwrap();
    assert!(written.contains("Een collega sprak [naam]"), "{written}");
    // What is there is not written over, and what nobody approved is not written.
    assert_eq!(demo.fails(COACH, &save).0, 1);
    let other = demo.path("ongezien.txt");
    assert_eq!(demo.fails(COACH, &["peer-review", &id, &other]).0, 2);
    assert!(!Path::new(&other).exists());
    assert!(!written.contains("Jan") && !written.contains("Utrecht"));
    // A name that comes back by hand does not leave.
    fs::remove_file(&file).unwrap();
    copy["parts"][at]["text"] = json!("Toch weer Jan.");
    demo.write("akkoord.json", copy.to_string().as_bytes());
    assert_eq!(
        demo.fails(COACH, &save),
        refused("peer_review", "trace_name")
    );
    assert!(!Path::new(&file).exists());
    demo.write("akkoord.json", b"geen kopie");
    assert_eq!(demo.fails(COACH, &save).0, 2);
    assert_eq!(demo.fails(COACH, &["peer-review", &id]).0, 2);
    assert_eq!(demo.fails(OTHER, &look), not_found());
    assert_eq!(demo.fails(ADMINISTRATOR, &look), not_found());
}

/// A day so many days from yesterday, ISO 8601.
fn day(after: u64) -> String {
    let yesterday = civil_day(Utc::now()) - Days::new(1);
    (yesterday + Days::new(after)).to_string()
}

fn give(demo: &Demo, id: &str, to: &str, (from, until): (u64, u64)) -> Ran {
    let (from, until) = (day(from), day(until));
    let words = [
        "stand-in", "give", id, "--to", to, "--from", &from, "--until", &until,
    ];
    demo.run(COACH, &words)
}

#[test]
fn a_stand_in_begins_is_ended_by_who_manages_people_and_leaves_a_report() {
    let demo = Demo::make(3);
    let id = client(&demo);
    for (to, days, reason) in [
        (OTHER, (3, 1), refused("until", "ends_before_it_begins")),
        (OTHER, (0, 500), refused("until", "more_than_a_year")),
        (COACH, (0, 30), refused("user", "cannot_stand_in")),
    ] {
        let tried = give(&demo, &id, to, days);
        assert_eq!((tried.code, tried.err), reason);
    }
    assert_eq!(demo.fails(OTHER, &["show", &id]), not_found());
    let given = give(&demo, &id, OTHER, (0, 30));
    assert_eq!((given.code, members(&given.out)), (0, ["ids"].into()));
    let stand_in = given.out["ids"][0].as_str().unwrap().to_owned();
    let lent = give(&demo, &id, OTHER, (0, 30));
    assert_eq!((lent.code, lent.err), refused("dossiers", "lent"));
    let mine = demo.json(COACH, &["stand-in", "list"]);
    let shape = [
        "id", "giver", "stand_in", "state", "starts", "ends", "dossiers", "may_end", "unread",
    ];
    assert_eq!(members(&mine[0]), shape.into());
    assert_eq!(
        (&mine[0]["state"], &mine[0]["dossiers"], &mine[0]["may_end"]),
        (&json!("running"), &json!([id]), &json!(true))
    );
    demo.json(OTHER, &["show", &id]);
    let end = ["stand-in", "end", &stand_in];
    let report = ["stand-in", "report", &stand_in];
    assert_eq!(demo.fails(OTHER, &end), not_found());
    assert_eq!(demo.fails(OTHER, &report), not_found());
    // Who manages people ends it, without seeing which dossiers or what was done.
    let seen = demo.json(ADMINISTRATOR, &["stand-in", "list"]);
    assert_eq!(
        (&seen[0]["dossiers"], &seen[0]["may_end"]),
        (&json!([]), &json!(true))
    );
    assert_eq!(demo.fails(ADMINISTRATOR, &report), not_found());
    assert_eq!(demo.json(ADMINISTRATOR, &end), json!({ "id": stand_in }));
    assert_eq!(demo.fails(OTHER, &["show", &id]), not_found());
    let over = demo.json(COACH, &["stand-in", "list"]);
    assert_eq!(
        (&over[0]["state"], &over[0]["unread"]),
        (&json!("returned"), &json!(true))
    );
    let told = demo.json(COACH, &report);
    assert_eq!(members(&told), ["id", "state", "deeds"].into());
    let deeds = told["deeds"].as_array().unwrap();
    let shape = ["at", "event", "dossier", "part", "success"];
    assert!(deeds.iter().all(|deed| members(deed) == shape.into()));
    assert!(deeds.iter().all(|deed| deed["dossier"] == json!(id)));
    assert!(deeds.iter().any(|deed| deed["event"] == "dossier_opened"));
    assert_eq!(demo.json(COACH, &["stand-in", "list"])[0]["unread"], false);
    let never = ["stand-in", "end", "01900000-0000-7000-8000-000000000000"];
    assert_eq!(demo.fails(COACH, &never), not_found());
}
