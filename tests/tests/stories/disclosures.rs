//! Requests for information: weighed, answered with what the profile allows and no more, refused, and in the register.

use crate::{
    cast::{Cast, password},
    printed,
    support::{Home, OTHER, client},
};
use dossierkluis::{
    access::Denial,
    catalogue::{self, FieldDef, ValueType},
    code,
    consent::{NewGround, Request as ConsentRequest, Signed, Withdrawing},
    crypto::WorkFactor,
    demo::{self, DemoPlan},
    disclosure::{LeftOut, NewRequest, PROFILES, Reply, profile},
    document::{NewDocument, Source},
    dossier::{EntryContent, GROUNDS, ListQuery, Reveal, Weighed},
    error::Error,
    fold::fold,
    ids::{DossierId, EntryId},
    practice::{Locked, Practice},
};
use std::{path::Path, sync::Arc};
use zeroize::Zeroizing;

pub fn asks(asker: &str, purpose: &str) -> NewRequest {
    NewRequest {
        asker: asker.to_owned(),
        purpose: purpose.to_owned(),
        name: "Bloemhof B.V.".to_owned(),
        address: "Kerkstraat 1\n1234 AB Rijndal".to_owned(),
        asked: "Wanneer komt uw cliënt terug?".to_owned(),
        ..NewRequest::default()
    }
}

/// All four questions answered in favour, but for these.
pub fn weighed(but: &[(&str, bool)]) -> Vec<Weighed> {
    let usual = |ground: &str| ["interest", "need"].contains(&ground);
    let answer = |ground: &str| but.iter().find(|(one, _)| *one == ground).map(|one| one.1);
    GROUNDS
        .iter()
        .map(|ground| Weighed {
            ground: (*ground).to_owned(),
            yes: answer(ground).unwrap_or_else(|| usual(ground)),
        })
        .collect()
}

pub fn favour() -> Reply {
    Reply {
        answers: weighed(&[]),
        ..Reply::default()
    }
}

/// Previews and approves.
pub async fn answer(practice: &Practice, request: EntryId, reply: &Reply) -> Result<String, Error> {
    let preview = practice.preview_answer(request, reply).await?;
    let letter = practice
        .answer_request(request, reply, &preview.digest, preview.revision)
        .await?;
    assert_eq!(*letter.text(), *preview.letter.text());
    Ok(letter.text().to_string())
}

async fn fill(practice: &Practice, id: DossierId, fields: &[(&str, &str)]) {
    for (field, value) in fields {
        practice.put_field(id, field, Some(value)).await.unwrap();
    }
}

pub async fn with_client() -> (Home, Practice, DossierId) {
    let home = Home::new();
    let (anna, _) = home.founded().await;
    let fields = [
        ("given_name", "Jan"),
        ("surname", "Jansen"),
        ("town", "Utrecht"),
    ];
    let id = client(&anna, anna.own_circle(), &fields).await;
    fill(
        &anna,
        id,
        &[
            ("bsn", "111222333"),
            ("initial_problem", "Slaapt slecht."),
            ("work_fitness", "partly_fit"),
            ("work_abilities", "Vier uur per dag, zittend werk."),
            ("work_duration", "ongeveer acht weken"),
        ],
    )
    .await;
    (home, anna, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_employer_is_told_what_and_never_why() {
    let (_home, anna, id) = with_client().await;
    let request = anna
        .register_request(id, &asks("employer", "absence"))
        .await
        .unwrap();
    let text = answer(&anna, request, &favour()).await.unwrap();
    for told in [
        "Jan Jansen",
        "gedeeltelijk",
        "Vier uur per dag",
        "acht weken",
        "Bloemhof",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    for kept in ["111222333", "Utrecht", "Slaapt slecht"] {
        assert!(!text.contains(kept), "{kept}");
    }
    // The register has it, and tells it again as it went, whatever stands in the dossier now.
    fill(&anna, id, &[("work_duration", "een jaar")]).await;
    let register = anna.disclosures(Some(id)).await.unwrap();
    assert_eq!(register.len(), 1);
    let record = &register[0].record;
    assert_eq!((&*record.outcome, &*record.decider), ("answered", "Anna"));
    assert_eq!(record.basis, "UAVG 30(1)(b), BW 7:658a");
    let fields: Vec<&str> = record.lines.iter().map(|line| &*line.field).collect();
    assert_eq!(
        fields,
        [
            "given_name",
            "surname",
            "work_fitness",
            "work_abilities",
            "work_duration"
        ]
    );
    assert_eq!(*anna.disclosure_letter(request).await.unwrap().text(), text);
    // Also when the practice is called otherwise by now.
    let mut settings = anna.settings().await.unwrap();
    settings.practice = "Praktijk De Wilg".to_owned();
    anna.save_settings(&settings).await.unwrap();
    assert_eq!(*anna.disclosure_letter(request).await.unwrap().text(), text);
    // Once decided it is decided, and it stays.
    assert!(answer(&anna, request, &favour()).await.is_err());
    assert!(matches!(
        anna.bin_entry(request).await,
        Err(Error::Refused {
            reason: "registered",
            ..
        })
    ));
    let log = anna.audit_log(Some(id), 0, 50).await.unwrap();
    let logged = |event: &str| {
        log.entries
            .iter()
            .any(|one| format!("{:?}", one.event.event) == event)
    };
    assert!(logged("Disclosed") && logged("FieldRevealed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_approved_is_what_goes() {
    let (_home, anna, id) = with_client().await;
    let request = anna
        .register_request(id, &asks("employer", "absence"))
        .await
        .unwrap();
    let preview = anna.preview_answer(request, &favour()).await.unwrap();
    fill(&anna, id, &[("work_fitness", "unfit")]).await;
    let gone = anna
        .answer_request(request, &favour(), &preview.digest, preview.revision)
        .await;
    assert!(matches!(
        gone.err(),
        Some(Error::Refused {
            reason: "changed_since_preview",
            ..
        })
    ));
    assert!(
        anna.disclosures(Some(id)).await.unwrap()[0]
            .record
            .is_open()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_four_grounds_refuse_and_no_path_gets_past() {
    let (_home, anna, id) = with_client().await;
    let request = anna
        .register_request(id, &asks("employer", "absence"))
        .await
        .unwrap();
    for ground in [("interest", false), ("need", false), ("harm", true)] {
        let reply = Reply {
            answers: weighed(&[ground]),
            ..Reply::default()
        };
        let shown = anna.preview_answer(request, &reply).await.unwrap();
        assert_eq!(shown.denial, Some(Denial::Outweighed), "{ground:?}");
        let gone = anna
            .answer_request(request, &reply, &shown.digest, shown.revision)
            .await;
        assert!(matches!(
            gone.err(),
            Some(Error::Denied(Denial::Outweighed))
        ));
    }
    // A question that was not answered is no answer.
    let silent = Reply {
        answers: weighed(&[]).into_iter().skip(1).collect(),
        ..Reply::default()
    };
    assert!(anna.preview_answer(request, &silent).await.is_err());
    // Nor is there a way around: an entry of this list is not written or changed like another.
    let note = EntryContent::note("Verstrekt.");
    assert!(matches!(
        anna.add_entry(id, "disclosures", note.clone()).await.err(),
        Some(Error::NotFound)
    ));
    assert!(matches!(
        anna.edit_entry(request, note, 1).await.err(),
        Some(Error::NotFound)
    ));
    let refusal = Reply {
        answers: weighed(&[("interest", false)]),
        reason: "interest".to_owned(),
        ..Reply::default()
    };
    // The reason is one that the answers give: what is registered must be true.
    for (given, why) in [
        ("need", "answered_otherwise"),
        ("harm", "answered_otherwise"),
        ("doubt", "answered_otherwise"),
        ("geen zin", "choice"),
    ] {
        let contrary = Reply {
            answers: refusal.answers.clone(),
            reason: given.to_owned(),
            ..Reply::default()
        };
        let seen = anna.preview_refusal(request, &contrary).await;
        let refused = matches!(seen.err(), Some(Error::Refused { reason, .. }) if reason == why);
        assert!(refused, "{given}");
    }
    let seen = anna.preview_refusal(request, &refusal).await.unwrap();
    assert!(seen.letter.fields.is_empty());
    // What was not seen does not go.
    let other = Reply {
        explanation: "Wij overleggen graag.".to_owned(),
        ..Reply {
            answers: refusal.answers.clone(),
            reason: refusal.reason.clone(),
            ..Reply::default()
        }
    };
    let unseen = anna.refuse_request(request, &other, &seen.digest, 1).await;
    assert!(matches!(
        unseen.err(),
        Some(Error::Refused {
            reason: "changed_since_preview",
            ..
        })
    ));
    let letter = anna
        .refuse_request(request, &refusal, &seen.digest, 1)
        .await
        .unwrap();
    assert!(letter.fields.is_empty() && letter.text().contains("weegt niet op"));
    assert!(!letter.text().contains("Jansen"));
    assert_eq!(
        anna.disclosures(None).await.unwrap()[0].record.outcome,
        "refused"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_consent_nothing_goes_that_needs_one() {
    let (_home, anna, id) = with_client().await;
    for one in PROFILES.iter().filter(|one| one.list == "disclosures") {
        if one.ground != dossierkluis::access::Ground::Consent {
            continue;
        }
        let request = anna
            .register_request(id, &asks(one.asker, one.purpose))
            .await
            .unwrap();
        let shown = anna.preview_answer(request, &favour()).await.unwrap();
        assert_eq!(
            shown.denial,
            Some(Denial::NoConsent),
            "{} {}",
            one.asker,
            one.purpose
        );
        let gone = anna
            .answer_request(request, &favour(), &shown.digest, shown.revision)
            .await;
        assert!(matches!(gone.err(), Some(Error::Denied(Denial::NoConsent))));
    }
    assert!(
        anna.disclosures(None)
            .await
            .unwrap()
            .iter()
            .all(|one| one.record.is_open())
    );
}

/// A consent that the person gave on paper: for this recipient and purpose.
async fn consent(practice: &Practice, id: DossierId, recipient: &str, purpose: &str) -> EntryId {
    let source = Source::Bytes(
        "brief.pdf".to_owned(),
        Zeroizing::new(b"%PDF-1.7 x".to_vec()),
    );
    let document = NewDocument {
        kind: "consent".to_owned(),
        ..NewDocument::default()
    };
    let paper = practice
        .add_document(id, "documents", &document, source, &|_| (), &Arc::default())
        .await
        .unwrap();
    let asked = ConsentRequest {
        template: "disclosure".to_owned(),
        language: "nl".to_owned(),
        purpose: purpose.to_owned(),
        scope: vec!["project_status".to_owned()],
        recipient: recipient.to_owned(),
        ..ConsentRequest::default()
    };
    let prepared = practice.prepare_consent(id, &asked).await.unwrap();
    practice
        .give_consent(&prepared, Signed::Paper(paper))
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_opens_the_gate_for_its_recipient_and_purpose_until_it_is_withdrawn() {
    let (_home, anna, id) = with_client().await;
    fill(
        &anna,
        id,
        &[
            ("date_of_birth", "01-02-1980"),
            ("project_status", "running"),
        ],
    )
    .await;
    let given = consent(&anna, id, "Bloemhof B.V.", "voortgang van het traject").await;
    let may = async |new: &NewRequest| {
        let request = anna.register_request(id, new).await.unwrap();
        let shown = anna.preview_answer(request, &favour()).await.unwrap();
        (request, shown.denial)
    };
    // Another purpose, another recipient: not for them.
    assert_eq!(
        may(&asks("insurer", "claim")).await.1,
        Some(Denial::NoConsent)
    );
    let mut other = asks("employer", "progress");
    other.name = "Atelier Vierkant".to_owned();
    assert_eq!(may(&other).await.1, Some(Denial::NoConsent));
    let (request, denial) = may(&asks("employer", "progress")).await;
    assert_eq!(denial, None);
    assert!(
        answer(&anna, request, &favour())
            .await
            .unwrap()
            .contains("loopt")
    );
    let record = &anna.disclosures(Some(id)).await.unwrap()[0].record;
    assert_eq!(record.basis, format!("consent:{given}"));
    // No more than it is about, however much the profile allows.
    anna.put_field(id, "project_number", Some("T-77"))
        .await
        .unwrap();
    let (request, _) = may(&asks("employer", "progress")).await;
    let shown = anna.preview_answer(request, &favour()).await.unwrap();
    assert_eq!(shown.left_out, [("project_number", LeftOut::NotConsented)]);
    assert!(
        !answer(&anna, request, &favour())
            .await
            .unwrap()
            .contains("T-77")
    );
    // Withdrawn, it stops at once: also for a letter that was seen before.
    let (request, _) = may(&asks("employer", "progress")).await;
    let shown = anna.preview_answer(request, &favour()).await.unwrap();
    anna.withdraw_consent(given, &Withdrawing::default())
        .await
        .unwrap();
    let gone = anna
        .answer_request(request, &favour(), &shown.digest, shown.revision)
        .await;
    assert!(matches!(gone.err(), Some(Error::Denied(Denial::NoConsent))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_says_on_what_it_rests() {
    let (_home, anna, id) = with_client().await;
    let asked = async |asker: &str, purpose: &str| {
        anna.register_request(id, &asks(asker, purpose))
            .await
            .unwrap()
    };
    let told = async |asker: &str, purpose: &str| {
        let request = asked(asker, purpose).await;
        let text = answer(&anna, request, &favour()).await.unwrap();
        let register = anna.disclosures(Some(id)).await.unwrap();
        let line = register.iter().find(|one| one.entry == request).unwrap();
        (text, line.record.basis.clone())
    };
    let (text, basis) = told("uwv", "reintegration").await;
    assert!(text.contains("op grond van Wet SUWI 54") && basis.starts_with("Wet SUWI 54"));
    assert!(text.contains("gedeeltelijk"), "{text}");
    // Another ground is no consent.
    let ground = NewGround {
        ground: "emergency_disclosure".to_owned(),
        recipient: "Bloemhof B.V.".to_owned(),
        reason: "Gevaar.".to_owned(),
        ..NewGround::default()
    };
    let ground = anna.record_ground(id, &ground).await.unwrap();
    let (text, basis) = told("insurer", "claim").await;
    assert!(
        text.contains("op grond van AVG 6(1)(d)") && !text.contains("toestemming"),
        "{text}"
    );
    assert_eq!(basis, format!("ground:{ground}:AVG 6(1)(d)"));
    // Where a statute allows it, a consent goes before, and says how much.
    let given = consent(&anna, id, "Bloemhof B.V.", "reintegration").await;
    let (text, basis) = told("uwv", "reintegration").await;
    assert!(
        text.contains("met toestemming") && !text.contains("gedeeltelijk"),
        "{text}"
    );
    assert_eq!(basis, format!("consent:{given}"));
    // While it stands, its absence is no reason; without it, it is.
    let refusal = Reply {
        reason: "no_consent".to_owned(),
        ..favour()
    };
    let request = asked("uwv", "reintegration").await;
    let seen = anna.preview_refusal(request, &refusal).await;
    assert!(
        matches!(seen.err(), Some(Error::Refused { reason, .. }) if reason == "consent_stands")
    );
    anna.withdraw_consent(given, &Withdrawing::default())
        .await
        .unwrap();
    let seen = anna.preview_refusal(request, &refusal).await.unwrap();
    let letter = anna
        .refuse_request(request, &refusal, &seen.digest, seen.revision)
        .await
        .unwrap();
    assert!(letter.text().contains("geen geldige toestemming"));
    // To the person: nothing that is for others to keep, and where to turn.
    let (text, _) = told("person", "own_data").await;
    assert!(text.contains("op uw eigen verzoek") && !text.contains("Geef ze niet door"));
    let refusal = Reply {
        answers: weighed(&[("harm", true)]),
        reason: "harm".to_owned(),
        ..Reply::default()
    };
    let request = asked("person", "own_data").await;
    let seen = anna.preview_refusal(request, &refusal).await.unwrap();
    let text = seen.letter.text();
    assert!(
        text.contains("rechten van anderen") && text.contains("Autoriteit Persoonsgegevens"),
        "{}",
        *text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guess_in_a_letter_is_in_the_log() {
    let (_home, anna, id) = with_client().await;
    let request = anna
        .register_request(id, &asks("employer", "absence"))
        .await
        .unwrap();
    let guess = Reply {
        explanation: "Woont in Utrecht.".to_owned(),
        ..favour()
    };
    let refused = anna.preview_answer(request, &guess).await;
    assert!(
        matches!(refused.err(), Some(Error::Refused { reason, .. }) if reason == "other_field")
    );
    let log = anna.audit_log(Some(id), 0, 50).await.unwrap();
    let told = log.entries.iter().map(|entry| &entry.event);
    let told = told.filter(|event| event.reason.as_deref() == Some("other_field"));
    assert_eq!(told.filter(|event| !event.success).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn in_doubt_the_physician_decides() {
    let cast = Cast::new().await;
    let doubt = Reply {
        answers: weighed(&[("doubt", true)]),
        ..Reply::default()
    };
    let cas = cast.sign_in("Cas").await;
    let request = cas
        .register_request(cast.full, &asks("employer", "absence"))
        .await
        .unwrap();
    assert!(matches!(
        answer(&cas, request, &doubt).await,
        Err(Error::Denied(Denial::InDoubt))
    ));
    drop(cas.lock().await.unwrap());
    let els = cast.sign_in("Els").await;
    assert!(answer(&els, request, &doubt).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_register_is_read_through_the_gate() {
    let cast = Cast::new().await;
    let els = cast.sign_in("Els").await;
    let request = els
        .register_request(cast.full, &asks("employer", "absence"))
        .await
        .unwrap();
    answer(&els, request, &favour()).await.unwrap();
    drop(els.lock().await.unwrap());
    // Outside the circle, or without the field: nothing. A coach sees it, and none of the physician's.
    for (user, seen) in [
        ("Bram", 0),
        ("Roos", 0),
        ("Arie", 0),
        ("Cas", 2),
        ("Els", 3),
    ] {
        let practice = cast.home.sign_in(user, password(user)).await;
        let register = practice.disclosures(None).await.unwrap();
        assert_eq!(register.len(), seen, "{user}");
        drop(practice.lock().await.unwrap());
    }
    // Whoever may see the register and not a field that went out sees that it went, and not what it was.
    let anna = cast.sign_in("Anna").await;
    let groups = anna.groups().await.unwrap();
    let coaches = groups.iter().find(|one| one.role == "coach").unwrap().id;
    anna.set_right("work_abilities", coaches, catalogue::Level::None)
        .await
        .unwrap();
    drop(anna.lock().await.unwrap());
    let cas = cast.home.sign_in("Cas", OTHER).await;
    let register = cas.disclosures(None).await.unwrap();
    let lines = &register[0].record.lines;
    let line = |field: &str| lines.iter().find(|line| line.field == field).unwrap();
    assert!(line("work_abilities").value.is_empty() && !line("work_fitness").value.is_empty());
    let view = cas.open_dossier(cast.full, Reveal::Nothing).await.unwrap();
    let sample = crate::cast::sample(catalogue::field("work_abilities").unwrap(), 1);
    assert!(
        view.entries
            .iter()
            .all(|entry| !entry.content.contains(&sample))
    );
    let copy = cas.disclosure_letter(request).await.unwrap();
    assert!(copy.text().contains("geen getrouw afschrift"));
    assert!(
        !cas.disclosure_letter(request)
            .await
            .unwrap()
            .text()
            .contains(&sample)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_has_its_term() {
    let (_home, anna, id) = with_client().await;
    let mut own = asks("person", "own_data");
    own.received = "01-09-2026".to_owned();
    anna.register_request(id, &own).await.unwrap();
    anna.register_request(id, &asks("employer", "absence"))
        .await
        .unwrap();
    let mut long = asks("person", "own_data");
    long.due = "01-01-2036".to_owned();
    assert!(anna.register_request(id, &long).await.is_err());
    let mut loud = asks("employer", "absence");
    loud.address = "T.a.v. HR, inzake burn-out".to_owned();
    assert!(anna.register_request(id, &loud).await.is_err());
    let all = anna.disclosures(None).await.unwrap();
    let due: Vec<_> = all
        .iter()
        .rev()
        .filter(|one| one.is_open())
        .map(|one| one.content.until.clone().unwrap())
        .collect();
    assert_eq!(due, ["2026-10-01", "2026-10-05"]);
    let mut wrong = asks("insurer", "absence");
    assert!(anna.register_request(id, &wrong).await.is_err());
    wrong = asks("employer", "absence");
    wrong.received = "2030-01-01".to_owned();
    assert!(anna.register_request(id, &wrong).await.is_err());
}

pub fn all() -> ListQuery {
    ListQuery {
        limit: 10_000,
        ..ListQuery::default()
    }
}

/// A value as it may stand in a text, when it is long enough to say anything.
fn told(def: &FieldDef, value: &str) -> Option<String> {
    let plain = matches!(
        def.value,
        ValueType::Choice(_) | ValueType::Country | ValueType::Picture
    );
    (!plain && value.chars().count() >= 4).then(|| fold(value))
}

/// A thousand dossiers: their letters to an employer hold no value but those of the profile, also where somebody wrote one into a text
/// that goes out.
#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_letters_to_employers_hold_nothing_else() {
    let keep = tempfile::tempdir().unwrap();
    let practice = demo_of(keep.path(), 1_670, "coach").await;
    let absence = profile("employer", "absence").unwrap();
    let rows = practice.list(&all()).await.unwrap().rows;
    // No company of the demonstration: its name goes out as the recipient's.
    let employer = NewRequest {
        name: "Handelshuis Nergens".to_owned(),
        ..asks("employer", "absence")
    };
    let (mut left_out, mut letters) = (0, 0);
    for (at, row) in rows.iter().enumerate() {
        let view = practice.open_dossier(row.id, Reveal::All).await.unwrap();
        let others: Vec<(&FieldDef, String)> = view
            .fields
            .iter()
            .filter(|(field, _)| !absence.fields.contains(field))
            .filter_map(|(field, seen)| Some((catalogue::field(field)?, seen.value()?.to_owned())))
            .collect();
        // Every third says something that it may not, one field after the other.
        let leak = (at % 3 == 0).then(|| &others[at / 3 % others.len()]);
        let leak = leak.filter(|(def, value)| told(def, value).is_some());
        let abilities = match leak {
            // As it is stored, or as people write it.
            Some((def, value)) if at % 2 == 0 => {
                format!(
                    "Kan halve dagen werken, zie {}.",
                    code::show(def.value, value)
                )
            }
            Some((_, value)) => format!("Kan halve dagen werken, zie {value}."),
            None if at % 3 == 1 => "Herstelt van een depressie.".to_owned(),
            _ => "Vier uur per dag, geen nachtdiensten.".to_owned(),
        };
        fill(
            &practice,
            row.id,
            &[
                ("work_abilities", &abilities),
                ("work_fitness", "partly_fit"),
            ],
        )
        .await;
        let request = practice.register_request(row.id, &employer).await.unwrap();
        let shown = practice.preview_answer(request, &favour()).await.unwrap();
        let letter = practice
            .answer_request(request, &favour(), &shown.digest, shown.revision)
            .await
            .unwrap();
        left_out += shown
            .left_out
            .iter()
            .filter(|(_, why)| *why != LeftOut::Withheld)
            .count();
        // Every tenth as its paper has it.
        let text = match at % 10 {
            0 => printed::text(&practice.letter_paper(&letter).await.unwrap()),
            _ => letter.text().to_string(),
        };
        let text = fold(&text);
        for (def, value) in others
            .iter()
            .filter_map(|(def, value)| Some((def, told(def, value)?)))
        {
            let own = absence.fields.iter().any(|field| {
                let own = view.fields.get(field).and_then(|seen| seen.value());
                own.is_some_and(|own| fold(own).contains(&value))
            });
            assert!(own || !text.contains(&value), "{} went out", def.id);
        }
        assert!(!text.contains("depressie") && text.contains("gedeeltelijk"));
        letters += 1;
    }
    assert!(
        letters >= 1_000 && left_out >= letters / 2,
        "{letters} {left_out}"
    );
}

/// The first of the demo's people with this role, signed in.
pub async fn demo_of(folder: &Path, clients: usize, role: &str) -> Practice {
    let plan = DemoPlan {
        practice: "Praktijk De Linde",
        clients,
        notes: 2,
        staff: false,
        seed: 11,
        work: WorkFactor::for_tests(),
    };
    let clock = crate::support::TestClock::new();
    let folder = folder.join("demo");
    let made = demo::build(&folder, &plan, clock.clock(), &|_| ())
        .await
        .unwrap();
    let user = made.users.iter().find(|user| user.role == role).unwrap();
    let locked = Locked::open(&folder, clock.clock(), "test").unwrap();
    let practice = locked
        .unlock(&user.user, &user.password)
        .await
        .map_err(|(_, error)| error)
        .unwrap();
    practice.load(&|_| ()).await.unwrap();
    practice
}
