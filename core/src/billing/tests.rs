use super::*;
use crate::{dossier::InvoiceLine, paper::Language};
use proptest::prelude::*;

fn line(cents: i64, vat: &str) -> InvoiceLine {
    InvoiceLine {
        text: "Gesprek".to_owned(),
        cents,
        vat: vat.to_owned(),
        ..InvoiceLine::default()
    }
}

#[test]
fn vat_is_taken_over_the_sum_of_each_rate() {
    let sums = totals(&[
        line(12_000, "21"),
        line(18_000, "21"),
        line(1_005, "9"),
        line(500, "health"),
    ])
    .unwrap();
    assert_eq!((sums.net, sums.total), (31_505, 31_505 + 6_300 + 90));
    let by_rate: Vec<(i64, i64, i64)> = sums
        .vat
        .iter()
        .map(|sum| (sum.percent, sum.base, sum.vat))
        .collect();
    assert_eq!(by_rate, [(21, 30_000, 6_300), (9, 1_005, 90)]);
    // A half cent goes away from zero: 9% of 50 cents is 4.5 cents.
    assert_eq!(totals(&[line(50, "9")]).unwrap().total, 55);
    assert_eq!(totals(&[line(-50, "9")]).unwrap().total, -55);
    assert!(totals(&[line(100, "19")]).is_err());
    assert!(totals(&[line(i64::MAX, "21"), line(1, "21")]).is_err());
}

#[test]
fn every_exemption_has_its_words_of_the_law() {
    for vat in &VAT {
        for language in [Language::Dutch, Language::English] {
            assert_eq!(
                vat.percent.is_none(),
                vat.words(language).contains("19"),
                "{}",
                vat.id
            );
        }
    }
}

#[test]
fn amounts_are_written_as_in_their_language() {
    assert_eq!(vat::shown(123_456_789, Language::Dutch), "€ 1.234.567,89");
    assert_eq!(vat::shown(123_456_789, Language::English), "€ 1,234,567.89");
    assert_eq!(vat::shown(-5, Language::Dutch), "€ -0,05");
}

proptest! {
    #[test]
    fn a_credit_note_comes_to_what_it_cancels(lines in prop::collection::vec((1..10_000_000_i64, 0..VAT.len()), 1..20)) {
        let of = |sign: i64| {
            let lines: Vec<_> = lines.iter().map(|(cents, vat)| line(sign * cents, VAT[*vat].id)).collect();
            totals(&lines).unwrap()
        };
        let (invoice, credit) = (of(1), of(-1));
        prop_assert_eq!(invoice.total, -credit.total);
        prop_assert_eq!(invoice.net, -credit.net);
    }
}
