//! How long papers take, and whether a run of them keeps its memory.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark prints, and ends at the first failure"
)]

use chrono::{DateTime, Utc};
use dossierkluis::paper::{HouseStyle, Language, Template, render};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const LETTERS: usize = 1_000;
const CONSENTS: usize = 200;

fn main() {
    let (style, now) = (HouseStyle::default(), DateTime::<Utc>::UNIX_EPOCH);
    let print = |template, data: &Value| {
        let begun = Instant::now();
        let paper = render(template, data, &style, Language::Dutch, now).unwrap();
        assert!(paper.starts_with(b"%PDF-"));
        begun.elapsed()
    };
    let consent = two_pages();
    let first = print(Template::Consent, &consent);
    let mut after: Vec<Duration> = (0..CONSENTS)
        .map(|_| print(Template::Consent, &consent))
        .collect();
    after.sort();
    println!("consent of two pages: first {} ms", first.as_millis());
    println!(
        "consent of two pages: median {:.1} ms, p95 {:.1} ms (target 20 ms)",
        ms(after[CONSENTS / 2]),
        ms(after[CONSENTS * 95 / 100])
    );
    let letter = |at: usize| {
        let mut letter = Template::Letter.sample(Language::Dutch);
        letter["reference"] = json!(format!("2026-{at:04}"));
        letter["salutation"] = json!(format!("Geachte mevrouw Verzonnen-{at},"));
        letter
    };
    // What the first hundred leave is what is kept for good.
    for at in 0..100 {
        print(Template::Letter, &letter(at));
    }
    let (before, begun) = (resident(), Instant::now());
    for at in 0..LETTERS {
        print(Template::Letter, &letter(at));
    }
    println!(
        "run of {LETTERS} letters: {:.1} s (target 15 s), memory {} MiB before, {} MiB after",
        begun.elapsed().as_secs_f64(),
        before / 1024,
        resident() / 1024
    );
}

/// A form that does not fit on one page.
fn two_pages() -> Value {
    let mut consent = Template::Consent.sample(Language::Dutch);
    let sentence = "Wij bewaren wat u ons vertelt in een versleuteld dossier, en geven het aan niemand zonder dat u dat weet. ";
    let paragraph = json!({ "heading": "Uw gegevens", "text": sentence.repeat(4) });
    let paragraphs = vec![paragraph; 10];
    consent["paragraphs"] = Value::from(paragraphs);
    consent
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Resident memory of this process in KiB.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}
