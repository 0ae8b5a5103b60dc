//! Whether a paper says everything that it was given. The shipped templates do; one of a practice's own might leave out what somebody
//! signs, receives or pays by.

use crate::time::MONTHS;
use chrono::{Datelike, NaiveDate};
use serde_json::Value;
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

/// Members that choose how a paper looks and are not printed as they are.
const SILENT: &[&str] = &["kind", "signature", "numeric", "wide"];

/// The first member of the data of which a word is nowhere on the pages.
pub(super) fn left_out(document: &PagedDocument, data: &Value) -> Option<String> {
    let mut said = String::new();
    for page in document.pages() {
        add(&page.frame, &mut said);
    }
    let members = data.as_object()?.iter();
    let mut spoken = members.filter(|(name, _)| !SILENT.contains(&name.as_str()));
    spoken
        .find(|(_, value)| !says(&said, value))
        .map(|(name, _)| name.clone())
}

/// Letters and digits alone: a word may be broken at the end of a line, and a table has none of its commas.
fn add(frame: &Frame, said: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => add(&group.frame, said),
            FrameItem::Text(text) => said.push_str(&squeezed(&text.text)),
            _ => {}
        }
    }
}

fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn says(said: &str, value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) => true,
        Value::Number(number) => said.contains(&squeezed(&number.to_string())),
        Value::String(text) => match text.parse::<NaiveDate>() {
            Ok(day) => days(day).iter().any(|day| said.contains(day)),
            Err(_) => words(text).all(|word| said.contains(&word)),
        },
        Value::Array(all) => all.iter().all(|one| says(said, one)),
        Value::Object(members) => members.values().all(|one| says(said, one)),
    }
}

/// A day as people write it.
fn days(day: NaiveDate) -> Vec<String> {
    let dutch = MONTHS.get(day.month0() as usize).copied();
    let english = day.format("%B").to_string().to_lowercase();
    let (year, number) = (day.year(), day.day());
    let written = dutch.into_iter().chain([&*english]).flat_map(|month| {
        [
            format!("{number}{month}{year}"),
            format!("{month}{number}{year}"),
        ]
    });
    let digits = ["%d%m%Y", "%-d%-m%Y", "%Y%m%d"].map(|way| day.format(way).to_string());
    written.chain(digits).collect()
}

/// The words of a text, but for those with marks of their own or from right to left: a page has their pieces in another order.
fn words(text: &str) -> impl Iterator<Item = String> {
    let plain = |c: char| c < '\u{590}' && !('\u{300}'..'\u{370}').contains(&c);
    let words = text
        .split_whitespace()
        .filter(move |word| word.chars().all(plain));
    words.map(squeezed).filter(|word| !word.is_empty())
}
