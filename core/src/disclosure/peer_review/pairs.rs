//! Two numbers with a sign between, on folded text: `17-4` may be a day, and a score, a fraction, a range or part of something longer.

use super::words::{COUNTED, MONTHS, SCORED, STREETS};
use regex::Regex;
use std::{ops::Range, sync::LazyLock};

/// What tells from before and from behind what a pair is.
struct Context {
    /// Only a day comes behind these.
    day: Regex,
    /// No day comes behind these.
    no_day: Regex,
    /// `een 7/10`
    marked: Regex,
    /// No day comes before these.
    counted: Regex,
    /// `3/4 van de tijd`
    part: Regex,
    /// `24/7 bereikbaar`, `1-1 gesprek`
    phrase: Regex,
}

/// Its parts are fixed: the tests make it.
static CONTEXT: LazyLock<Option<Context>> = LazyLock::new(|| Context::new().ok());

impl Context {
    fn new() -> Result<Self, regex::Error> {
        let months = MONTHS.iter().flat_map(|(.., words)| words.iter());
        let counted: Vec<&str> = COUNTED.iter().chain(months).copied().collect();
        let (counted, scored) = (counted.join("|"), SCORED.join("|"));
        Ok(Self {
            day: Regex::new(
                r"\b(?:op|van|tot|t/m|tm|vanaf|sinds|per|voor|na|on|from|until|since|by|before|after|jarig|geboren|born|geb|verjaardag|birthday|datum|date|dd|d\.d|afspraak|sessie|gesprek)\b\.?[\s:]*$",
            )?,
            no_day: Regex::new(&format!(
                r"(?:(?:\b(?:{scored})\.?(?:\s+(?:is|was|met|een|a))?|\b(?:schaal|scale|score)\s+(?:van|of)|\p{{L}}(?:{STREETS}))[:\s]*|[€$£]\s?)$"
            ))?,
            marked: Regex::new(r"\b(?:een|a|an|geeft|gaf|gives|gave)\s+$")?,
            counted: Regex::new(&format!(
                r"^\s?(?:%|‰|°|-?(?:\s?(?:hele|halve|volle|extra|goede|slechte|slapeloze|korte|lange|losse|andere|vaste|nieuwe|vrije|full|more|good|bad)\s)?\s?(?:{counted})\b)"
            ))?,
            part: Regex::new(
                r"^(?:1/\d+|2/3|3/4|[2-4]/5)\s+(?:deel|part|(?:van|of)\s+(?:de|het|haar|zijn|hun|mijn|een|alle|the|her|his|their|my|all)\b)",
            )?,
            phrase: Regex::new(
                r"^(?:24/7[ -](?:bereikbaar|beschikbaar|open|online|zorg|toezicht|available|support|care)|1-1[ -](?:gesprek|contact|coaching|begeleiding|sessie|overleg|meeting|session)|9-5[ -](?:baan|mentaliteit|job))",
            )?,
        })
    }
}

/// Whether a pair that could be a day is one: nothing for what is none, and otherwise whether that is to be doubted.
pub(super) fn is_doubted(folded: &str, pair: Range<usize>) -> Option<bool> {
    let context = CONTEXT.as_ref()?;
    let (before, behind) = (folded.get(..pair.start)?, folded.get(pair.end..)?);
    let written = folded.get(pair.clone())?;
    if is_part(before, behind) {
        return None;
    }
    // Expressions that end with the text are slow on a long one.
    let near = before.char_indices().rev().nth(40).map_or(0, |(at, _)| at);
    let before = before.get(near..)?;
    let from = folded.get(pair.start..)?;
    if context.counted.is_match(behind) || context.phrase.is_match(from) {
        return None;
    }
    let (day, month) = written.split_once(['-', '/'])?;
    let slash = written.contains('/');
    let padded = day.starts_with('0') || month.starts_with('0');
    let (day, month): (u32, u32) = (day.parse().ok()?, month.parse().ok()?);
    if context.no_day.is_match(before) || slash && month == 10 && context.marked.is_match(before) {
        return None;
    }
    if padded || context.day.is_match(before) {
        return Some(false);
    }
    if context.part.is_match(from) {
        return None;
    }
    // A fraction, a mark out of ten, or a range that goes up.
    let other = day <= month || slash && (month == 10 || (day, month) == (24, 7));
    Some(other)
}

/// Whether it is a part of something longer: a number plate, a time, a decimal, a telephone number.
fn is_part(before: &str, behind: &str) -> bool {
    let mut last = before.chars().rev();
    let (sign, other) = (last.next(), last.next());
    let apostrophe = sign == Some('\'') && other.is_some_and(char::is_alphanumeric);
    apostrophe || joins(sign, other) || is_led_on(behind)
}

/// Whether a number goes on behind this.
pub(super) fn is_led_on(behind: &str) -> bool {
    let mut next = behind.chars();
    joins(next.next(), next.next())
}

/// Whether a sign between a number and this makes one thing of them.
fn joins(sign: Option<char>, other: Option<char>) -> bool {
    match sign {
        Some('-' | '/') => other.is_some_and(char::is_alphanumeric),
        Some('.' | ',' | ':' | '·' | '_') => other.is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubted(text: &str) -> Option<bool> {
        let pair = Regex::new(r"\d{1,2}[-/]\d{1,2}").unwrap().find(text);
        is_doubted(text, pair.unwrap().range())
    }

    #[test]
    fn a_pair_is_a_day_unless_something_tells_what_else() {
        for day in [
            "jarig 17-4",
            "(17/4)",
            "gezien op 2-3",
            "belde 05-11 terug",
            "afspraak 5/11",
            "datum: 1/2",
            "12-11 en verder",
            "op 3/4 van de partij",
            "kwam 17-4.",
        ] {
            assert_eq!(doubted(day), Some(false), "{day}");
        }
        for unsure in [
            "werkt 3/4",
            "een cijfer, 7/10",
            "kwam 5-11 en 12-11",
            "is 24/7 moe",
        ] {
            assert_eq!(doubted(unsure), Some(true), "{unsure}");
        }
        for none in [
            "1-2 keer per week",
            "van 9-12 uur",
            "sliep 2-3 slapeloze nachten",
            "op een schaal van 1-10",
            "geeft een 7/10",
            "scoort 8/10",
            "won met 3-1",
            "groep 7/8",
            "kerkstraat 12-3",
            "3/4 van de tijd",
            "24/7 bereikbaar",
            "1-1 gesprek",
            "10:30-12:30",
            "12-10-ab",
            "ab-12-10",
            "5-7,5 en",
            "€ 5-10",
            "5-10%",
            "van 7-8 maart",
            "vrij 1-4/5-4",
            "2-3x",
        ] {
            assert_eq!(doubted(none), None, "{none}");
        }
    }
}
