//! VAT on the lines of an invoice.

use crate::{code::Money, dossier::InvoiceLine, error::Error, paper::Language};

/// A rate of VAT, or why there is none.
pub struct Vat {
    /// Its permanent word.
    pub id: &'static str,
    /// Percent; `None` where the work is exempt.
    pub percent: Option<i64>,
    /// What the law wants to be said on the invoice, in Dutch and English.
    words: (&'static str, &'static str),
}

/// Rates (Wet op de omzetbelasting 1968, art. 9) and exemptions (art. 11 and 25) that a practice of this kind meets.
pub const VAT: [Vat; 6] = [
    Vat {
        id: "21",
        percent: Some(21),
        words: ("", ""),
    },
    Vat {
        id: "9",
        percent: Some(9),
        words: ("", ""),
    },
    Vat {
        id: "0",
        percent: Some(0),
        words: ("", ""),
    },
    Vat {
        id: "health",
        percent: None,
        words: (
            "Vrijgesteld van btw: gezondheidskundige verzorging (artikel 11, eerste lid, onderdeel g, Wet op de omzetbelasting 1968).",
            "Exempt from VAT: health care (article 11(1)(g) of the Dutch Turnover Tax Act 1968).",
        ),
    },
    Vat {
        id: "education",
        percent: None,
        words: (
            "Vrijgesteld van btw: beroepsonderwijs (artikel 11, eerste lid, onderdeel o, Wet op de omzetbelasting 1968).",
            "Exempt from VAT: vocational education (article 11(1)(o) of the Dutch Turnover Tax Act 1968).",
        ),
    },
    Vat {
        id: "small",
        percent: None,
        words: (
            "Factuur vrijgesteld van btw op grond van artikel 25 Wet op de omzetbelasting 1968 (kleineondernemersregeling).",
            "Exempt from VAT under article 25 of the Dutch Turnover Tax Act 1968 (small businesses scheme).",
        ),
    },
];

impl Vat {
    /// The rate or ground with this word.
    pub fn find(id: &str) -> Result<&'static Self, Error> {
        let found = VAT.iter().find(|vat| vat.id == id);
        found.ok_or(Error::refused("vat", "choice"))
    }

    /// What the law wants to be said; empty for a rate.
    pub fn words(&self, language: Language) -> &'static str {
        match language {
            Language::Dutch => self.words.0,
            Language::English => self.words.1,
        }
    }

    /// In the column of rates: `21%`, `vrij`.
    pub fn label(&self, language: Language) -> String {
        match (self.percent, language) {
            (Some(percent), _) => format!("{percent}%"),
            (None, Language::Dutch) => "vrij".to_owned(),
            (None, Language::English) => "exempt".to_owned(),
        }
    }
}

/// VAT over all lines of one rate.
pub struct VatSum {
    /// Percent.
    pub percent: i64,
    /// What it is over, in cents.
    pub base: i64,
    /// The VAT, in cents.
    pub vat: i64,
}

/// The sums of an invoice, in cents.
pub struct Totals {
    /// Without VAT.
    pub net: i64,
    /// By rate, the highest first.
    pub vat: Vec<VatSum>,
    /// To be paid.
    pub total: i64,
}

/// The most that one invoice may come to, in cents: far from where counting ends.
pub const MOST: i64 = 100_000_000_000;

/// Adds up. VAT is taken over the sum of each rate and rounded to the cent, a half away from zero: a credit note comes to exactly
/// what it cancels.
///
/// # Errors
/// [`Error::Refused`] for an unknown rate or an amount beyond [`MOST`].
pub fn totals(lines: &[InvoiceLine]) -> Result<Totals, Error> {
    let mut sums = VAT.iter().map(|vat| (vat, 0_i64)).collect::<Vec<_>>();
    for line in lines {
        let vat = Vat::find(&line.vat)?;
        for (_, sum) in sums.iter_mut().filter(|(known, _)| known.id == vat.id) {
            let grown = sum.checked_add(line.cents);
            *sum = grown
                .filter(|sum| sum.abs() <= MOST)
                .ok_or(Error::refused("amount", "out_of_range"))?;
        }
    }
    let net = sums.iter().map(|(_, sum)| sum).sum();
    let used = |id: &str| lines.iter().any(|line| line.vat == id);
    let vat: Vec<VatSum> = sums
        .iter()
        .filter(|(vat, _)| used(vat.id))
        .filter_map(|(vat, base)| {
            let percent = vat.percent?;
            Some(VatSum {
                percent,
                base: *base,
                vat: share(*base, percent),
            })
        })
        .collect();
    let total = net + vat.iter().map(|sum| sum.vat).sum::<i64>();
    Ok(Totals { net, vat, total })
}

fn share(base: i64, percent: i64) -> i64 {
    let hundredfold = base * percent;
    (hundredfold + 50 * hundredfold.signum()) / 100
}

/// An amount as it stands on paper.
pub(super) fn shown(cents: i64, language: Language) -> String {
    let dutch = Money::from_cents(cents).show();
    match language {
        Language::Dutch => dutch,
        Language::English => dutch
            .chars()
            .map(|c| match c {
                '.' => ',',
                ',' => '.',
                other => other,
            })
            .collect(),
    }
}
