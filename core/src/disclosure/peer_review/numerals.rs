//! Numbers as people write them out, in Dutch and English, folded.

/// Digits, as they are said one by one.
pub(super) const DIGITS: [&[&str]; 10] = [
    &["nul", "zero"],
    &["een", "one"],
    &["twee", "two"],
    &["drie", "three"],
    &["vier", "four"],
    &["vijf", "five"],
    &["zes", "six"],
    &["zeven", "seven"],
    &["acht", "eight"],
    &["negen", "nine"],
];
const DUTCH: [&str; 20] = [
    "nul",
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
];
const DUTCH_TENS: [&str; 10] = [
    "", "", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig",
];
const ENGLISH: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const ENGLISH_TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// A number below a hundred, as an expression for each language; nothing for a larger one.
pub(super) fn number(number: u32) -> Vec<String> {
    let (tens, ones) = ((number / 10) as usize, (number % 10) as usize);
    let small = |words: &[&str; 20]| words.get(number as usize).map(|word| (*word).to_owned());
    let large = |ones_first: bool, words: &[&str; 20], all: &[&str; 10]| {
        let (ten, one) = (all.get(tens)?, words.get(ones)?);
        Some(match (ones, ones_first) {
            (0, _) => (*ten).to_owned(),
            (_, true) => format!(r"{one}\s?en\s?{ten}"),
            (_, false) => format!(r"{ten}[\s-]?{one}"),
        })
    };
    let dutch = small(&DUTCH).or_else(|| large(true, &DUTCH, &DUTCH_TENS));
    let english = small(&ENGLISH).or_else(|| large(false, &ENGLISH, &ENGLISH_TENS));
    dutch.into_iter().chain(english).collect()
}

/// A year of this or the last century.
pub(super) fn year(year: u32) -> Vec<String> {
    let (century, rest) = (year / 100, year % 100);
    let after = number(rest);
    let [dutch, english] = after.as_slice() else {
        return Vec::new();
    };
    match (century, rest) {
        (19, 1..) => vec![
            format!(r"negentien\s?(?:honderd)?\s?(?:en\s?)?{dutch}"),
            format!(r"nineteen\s?(?:hundred)?\s?(?:and\s)?{english}"),
        ],
        (20, 1..) => {
            let mut ways = vec![
                format!(r"tweeduizend\s?(?:en\s?)?{dutch}"),
                format!(r"two\sthousand\s(?:and\s)?{english}"),
            ];
            // `twenty three` is a number; `twenty twelve` is a year.
            if rest > 9 {
                ways.extend([format!(r"twintig\s?{dutch}"), format!(r"twenty\s{english}")]);
            }
            ways
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use regex::Regex;

    fn finds(ways: &[String], text: &str) -> bool {
        let whole = format!("^(?:{})$", ways.join("|"));
        Regex::new(&whole).unwrap().is_match(text)
    }

    #[test]
    fn numbers_and_years_are_known_as_they_are_written() {
        for (value, text) in [
            (8, "acht"),
            (15, "fifteen"),
            (22, "tweeentwintig"),
            (45, "vijf en veertig"),
            (45, "forty-five"),
            (90, "negentig"),
        ] {
            assert!(finds(&number(value), text), "{text}");
        }
        for (value, text) in [
            (1980, "negentientachtig"),
            (1980, "negentienhonderd tachtig"),
            (1985, "negentien vijfentachtig"),
            (1985, "nineteen eighty-five"),
            (2003, "tweeduizend drie"),
            (2012, "two thousand and twelve"),
        ] {
            assert!(finds(&year(value), text), "{text}");
        }
        assert!(!finds(&number(45), "vierenvijftig") && number(100).is_empty());
        assert!(!finds(&year(1981), "negentientachtig") && year(1880).is_empty());
        assert!(!finds(&year(2003), "twenty three") && year(2000).is_empty());
    }
}
