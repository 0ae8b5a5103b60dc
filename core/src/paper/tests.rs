use super::*;
use chrono::TimeZone;
use proptest::prelude::*;
use serde_json::json;

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 26, 9, 30, 0)
        .single()
        .unwrap()
}

fn house() -> HouseStyle {
    HouseStyle {
        name: "Praktijk De Vlinder".to_owned(),
        address: vec!["Lindelaan 5".to_owned(), "3571 AA Utrecht".to_owned()],
        contact: vec!["030 123 45 67".to_owned(), "www.vlinder.example".to_owned()],
        kvk: "68750110".to_owned(),
        ..HouseStyle::default()
    }
}

#[test]
fn every_template_prints_its_sample_in_both_languages_and_the_same_twice() {
    for template in Template::ALL {
        for language in [Language::Dutch, Language::English] {
            let data = template.sample(language);
            let print = || render(template, &data, &house(), language, now());
            let first =
                print().unwrap_or_else(|error| panic!("{template:?} {language:?}: {error}"));
            assert_eq!(*first, *print().unwrap());
            if let Ok(folder) = std::env::var("PAPERS") {
                let name = format!("{folder}/{}-{}.pdf", template.word(), language.code());
                std::fs::write(name, &*first).unwrap();
            }
        }
    }
}

#[test]
fn every_template_prints_with_nothing_to_say() {
    for template in Template::ALL {
        for data in [
            json!({}),
            json!({ "title": null, "rows": [], "fields": [], "signature": "" }),
        ] {
            render(
                template,
                &data,
                &HouseStyle::default(),
                Language::Dutch,
                now(),
            )
            .unwrap_or_else(|error| panic!("{template:?}: {error}"));
        }
    }
}

/// Everything that stands on the pages, without its spaces.
fn printed(template: Template, data: &Value) -> String {
    let style = house();
    let world = PaperWorld::new(template, data, &style, Language::Dutch, now()).unwrap();
    let document = typst::compile::<PagedDocument>(&world).output.unwrap();
    let mut text = String::new();
    for page in document.pages() {
        collect(&page.frame, &mut text);
    }
    text
}

fn collect(frame: &typst::layout::Frame, text: &mut String) {
    for (_, item) in frame.items() {
        match item {
            typst::layout::FrameItem::Group(group) => collect(&group.frame, text),
            typst::layout::FrameItem::Text(item) => text.push_str(&without_spaces(&item.text)),
            _ => {}
        }
    }
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What is printed of a text, without its spaces.
fn fitted(text: &str) -> String {
    let mut value = Value::from(text);
    fit::fit(&mut value);
    without_spaces(value.as_str().unwrap())
}

/// A letter in which every place says the same.
fn letter_of(text: &str) -> Value {
    json!({
        "recipient_lines": [text], "subject": text, "reference": text, "salutation": text, "paragraphs": [text],
        "fields": [{ "label": text, "value": text }], "closing": text, "signer": text,
    })
}

#[test]
fn markup_in_a_name_is_just_a_name() {
    for name in [
        "#panic(\"stop\")",
        "#read(\"/etc/passwd\")",
        "#import \"@preview/x:1.0.0\": *",
        "] #sys.version [",
        "*vet* _schuin_ `code` $x^2$ <label> @ref = Kop",
        "- lijst\n+ lijst\n/ term: uitleg",
        "\\ \\u{41} // weg /* weg */ ~ -- --- ...",
        "\"}, {\"label\": \"x",
    ] {
        let page = printed(Template::Letter, &letter_of(name));
        assert_eq!(page.matches(&fitted(name)).count(), 9, "{name}: {page}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_text_can_be_printed_and_stays_what_it_is(text in "\\PC{0,60}", wild in any::<String>()) {
        for text in [text, wild] {
            let data = letter_of(&text);
            let paper = render(Template::Letter, &data, &house(), Language::Dutch, now());
            if let Err(PaperError::Signs(signs)) = &paper {
                prop_assert!(!signs.is_empty());
                continue;
            }
            prop_assert!(paper.is_ok(), "{:?}", paper.map(drop));
            let (page, fitted) = (printed(Template::Letter, &data), fitted(&text));
            if fitted.is_ascii() && !fitted.is_empty() {
                prop_assert!(page.matches(&fitted).count() >= 9, "{} in {}", fitted, page);
            }
        }
    }
}

/// A style with a template of the practice's own.
fn own(source: &str) -> HouseStyle {
    let templates = [(Template::Letter, source.to_owned())].into();
    HouseStyle {
        templates,
        ..house()
    }
}

#[test]
fn a_template_of_the_practice_is_printed_and_its_mistakes_are_found() {
    let print = |source: &str| {
        render(
            Template::Letter,
            &json!({}),
            &own(source),
            Language::Dutch,
            now(),
        )
        .map(drop)
    };
    let at = |line| {
        Err(PaperError::Template {
            file: "letter",
            line,
        })
    };
    assert_eq!(
        print("#import \"house.typ\": *\n#show: sheet.with(\"Brief\")\n#head\nDag"),
        Ok(())
    );
    assert_eq!(
        print("#import \"house.typ\": *\n#show: sheet.with(\"Brief\")\n#nothing"),
        at(3)
    );
    assert_eq!(print("een\n#(1 + \"a\")"), at(2));
    assert_eq!(
        print("#import \"house.typ\": *\n#show: sheet.with(\"Brief\")\n#day((1, 2), 3)"),
        at(3)
    );
    // PDF/UA wants a title.
    assert!(print("zonder titel").is_err());
}

#[test]
fn a_template_of_the_practice_leaves_out_nothing_that_is_signed_received_or_paid_by() {
    let exact = Template::ALL.into_iter().filter(|one| one.is_exact());
    for template in exact {
        let mut style = house();
        style
            .templates
            .insert(template, template.shipped().to_owned());
        for language in [Language::Dutch, Language::English] {
            let made = render(
                template,
                &template.sample(language),
                &style,
                language,
                now(),
            );
            assert_eq!(made.map(drop), Ok(()), "{template:?}");
        }
    }
    let print = |source: &str, data: &Value| {
        let source = format!("#import \"house.typ\": *\n#show: sheet.with(\"Brief\")\n{source}");
        render(
            Template::Letter,
            data,
            &own(&source),
            Language::Dutch,
            now(),
        )
        .map(drop)
    };
    let data = json!({ "subject": "Uw vraag", "date": "2026-11-06", "reference": "2026-0611", "paragraphs": ["Wij weten het.", "Zeker", "שלום"], "closing": null });
    let lacks = |member: &str| {
        Err(PaperError::LeftOut {
            file: "letter",
            member: member.to_owned(),
        })
    };
    let all = "#data.subject #data.reference #day(data.date) #data.paragraphs.join(\"; \")";
    assert_eq!(print(all, &data), Ok(()));
    let first = "#data.subject #data.reference #day(data.date) #data.paragraphs.first()";
    assert_eq!(print(first, &data), lacks("paragraphs"));
    let undated = "#data.subject #data.reference #data.paragraphs.join()";
    assert_eq!(print(undated, &data), lacks("date"));
}

#[test]
fn a_template_reaches_nothing_but_what_is_its_own() {
    for attempt in [
        "read(\"/etc/passwd\")",
        "read(\"../../../../etc/passwd\")",
        "read(\"letter.typ\")",
        "image(\"/etc/hostname\")",
        "plugin(\"/x.wasm\")",
        "json(\"/proc/self/environ\")",
        "{ import \"@preview/cetz:0.3.0\": * }",
        "{ import \"@local/x:0.1.0\": * }",
        "{ include \"/tmp/x.typ\" }",
    ] {
        let source = format!("#set document(title: \"Brief\")\n\n#{attempt}");
        let made = render(
            Template::Letter,
            &json!({}),
            &own(&source),
            Language::Dutch,
            now(),
        );
        let wanted = PaperError::Template {
            file: "letter",
            line: 3,
        };
        assert_eq!(made.map(drop), Err(wanted), "{attempt}");
    }
}

#[test]
fn an_endless_template_ends() {
    for source in ["#while true {}", "#let f(x) = f(x + 1)\n#f(1)"] {
        let made = render(
            Template::Letter,
            &json!({}),
            &own(source),
            Language::Dutch,
            now(),
        );
        assert!(made.is_err(), "{source}");
    }
}

#[test]
fn no_error_says_what_was_to_be_printed() {
    let source = "#import \"house.typ\": *\n#panic(data.person)";
    let data = json!({ "person": "Zwaantje Bijzonder" });
    let error = render(
        Template::Letter,
        &data,
        &own(source),
        Language::Dutch,
        now(),
    )
    .unwrap_err();
    assert_eq!(
        error,
        PaperError::Template {
            file: "letter",
            line: 2
        }
    );
    assert!(!format!("{error:?} {error}").contains("Zwaantje"));
}

const DOT: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

#[test]
fn pictures_are_taken_in_or_refused() {
    let sign = |picture: &str| {
        let data = json!({ "title": "Toestemming", "signature": picture });
        render(Template::Consent, &data, &house(), Language::Dutch, now()).map(drop)
    };
    assert_eq!(sign(DOT), Ok(()));
    assert_eq!(sign("geen base64"), Err(PaperError::Picture));
    assert_eq!(sign("R0lGODlhAQABAAAAACw="), Err(PaperError::Picture));
    assert!(matches!(
        sign("iVBORw0KGgo="),
        Err(PaperError::Template { .. })
    ));
    let svg = |body: &str| {
        use base64::{Engine, engine::general_purpose::STANDARD};
        let file = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 10 10\">{body}</svg>"
        );
        HouseStyle {
            logo: STANDARD.encode(file),
            ..house()
        }
    };
    let print = |style: &HouseStyle| {
        render(Template::Letter, &json!({}), style, Language::Dutch, now()).map(drop)
    };
    assert_eq!(
        print(&svg("<rect width='9' height='9' fill='teal'/>")),
        Ok(())
    );
    // A picture inside a picture is not fetched from anywhere.
    assert!(
        print(&svg(
            "<image width='9' height='9' xlink:href='/etc/logo.png'/>"
        ))
        .is_err()
    );
}

#[test]
fn a_style_says_what_will_not_do() {
    let fault = |change: fn(&mut HouseStyle)| {
        let mut style = house();
        change(&mut style);
        style.fault()
    };
    assert_eq!(fault(|_| ()), None);
    assert_eq!(
        fault(|style| style.colour = "teal".into()),
        Some(("colour", "form"))
    );
    assert_eq!(
        fault(|style| style.colour = "#é0000".into()),
        Some(("colour", "form"))
    );
    assert_eq!(
        fault(|style| style.colour = "#f4c542".into()),
        Some(("colour", "too_light"))
    );
    assert_eq!(
        fault(|style| style.logo = "AAAA".into()),
        Some(("logo", "form"))
    );
    assert_eq!(
        fault(|style| style.logo = "A".repeat(LOGO_LIMIT * 2)),
        Some(("logo", "too_large"))
    );
    assert_eq!(
        fault(|style| style.iban = "NL00 ABNA 1".into()),
        Some(("iban", "form"))
    );
    assert_eq!(
        fault(|style| style.address = vec!["x".into(); 20]),
        Some(("address", "too_long"))
    );
}

#[test]
fn the_standards_are_those_asked_for() {
    assert!(PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).is_ok());
}
