//! Civil time in the Netherlands: holidays, terms and ages. Nothing here asks what day it is.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc, Weekday};

/// Months to answer a request of a person concerned (AVG art. 12(3)).
pub const ANSWER_MONTHS: u32 = 1;

/// Months from receipt when the answer is extended, with reasons given in the first month (AVG art. 12(3)).
pub const EXTENDED_ANSWER_MONTHS: u32 = 3;

/// The months in Dutch, as they stand in a date.
pub const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

/// One public holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// Permanent id, translated where it is shown.
    pub id: &'static str,
    /// The day itself.
    pub date: NaiveDate,
}

/// The Dutch public holidays of a year in order of date: those of the Algemene termijnenwet (art. 3, Good Friday among
/// them), and the Sundays of Easter and Whitsun. A year that the calendar cannot hold has none.
pub fn holidays(year: i32) -> Vec<Holiday> {
    let fixed = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    let easter = easter_sunday(year);
    let after = |days| easter.and_then(|sunday| sunday.checked_add_days(Days::new(days)));
    let days = [
        ("new_years_day", fixed(1, 1)),
        (
            "good_friday",
            easter.and_then(|sunday| sunday.checked_sub_days(Days::new(2))),
        ),
        ("easter_sunday", easter),
        ("easter_monday", after(1)),
        ("kings_day", kings_day(year)),
        ("liberation_day", fixed(5, 5)),
        ("ascension_day", after(39)),
        ("whit_sunday", after(49)),
        ("whit_monday", after(50)),
        ("christmas_day", fixed(12, 25)),
        ("second_christmas_day", fixed(12, 26)),
    ];
    let mut holidays: Vec<Holiday> = days
        .into_iter()
        .filter_map(|(id, date)| Some(Holiday { id, date: date? }))
        .collect();
    holidays.sort_by_key(|holiday| holiday.date);
    holidays
}

/// Easter Sunday in the Gregorian calendar, by the method of Meeus, Jones and Butcher.
fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let (golden, century, rest) = (
        year.rem_euclid(19),
        year.div_euclid(100),
        year.rem_euclid(100),
    );
    let moved = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let epact = (19 * golden + century - century.div_euclid(4) - moved + 15).rem_euclid(30);
    let weekday =
        (32 + 2 * century.rem_euclid(4) + 2 * (rest / 4) - epact - rest % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let day = epact + weekday - 7 * late;
    NaiveDate::from_ymd_opt(year, 3, 22)?.checked_add_days(Days::new(day.try_into().ok()?))
}

/// 27 April (30 April before 2014), or the Saturday before when it is a Sunday.
fn kings_day(year: i32) -> Option<NaiveDate> {
    let date = NaiveDate::from_ymd_opt(year, 4, if year >= 2014 { 27 } else { 30 })?;
    if date.weekday() == Weekday::Sun {
        date.pred_opt()
    } else {
        Some(date)
    }
}

/// Whether it is neither in the weekend nor a public holiday.
pub fn is_working_day(date: NaiveDate) -> bool {
    let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    !weekend
        && holidays(date.year())
            .iter()
            .all(|holiday| holiday.date != date)
}

/// This day if it is a working day, else the first one after it (Algemene termijnenwet art. 1).
pub fn to_working_day(date: NaiveDate) -> NaiveDate {
    date.iter_days()
        .find(|day| is_working_day(*day))
        .unwrap_or(date)
}

/// The same day so many months later, or the last day of that month when it has no such day. Stops at the
/// end of the calendar.
pub fn add_months_clamped(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_add_months(Months::new(months))
        .unwrap_or(NaiveDate::MAX)
}

/// The last day to answer a request that was received on this day (AVG art. 12(3)).
pub fn deadline_from(receipt: NaiveDate) -> NaiveDate {
    deadline_after(receipt, ANSWER_MONTHS)
}

/// The last day of a term of so many months from receipt: a weekend or holiday moves it to the next working day.
pub fn deadline_after(receipt: NaiveDate, months: u32) -> NaiveDate {
    to_working_day(add_months_clamped(receipt, months))
}

/// The moment at which a day begins in the Netherlands, in ms since 1970 UTC: an hour before it begins in UTC, in summer time two.
pub fn midnight(date: NaiveDate) -> i64 {
    let hours = if is_summer(date) { 2 } else { 1 };
    let utc = date.and_time(chrono::NaiveTime::MIN).and_utc();
    utc.timestamp_millis() - hours * 3_600_000
}

/// Whether a day begins in summer time (Directive 2000/84/EC: from the last Sunday of March to that of October, in the night).
fn is_summer(date: NaiveDate) -> bool {
    let last_sunday = |month| {
        let end = NaiveDate::from_ymd_opt(date.year(), month, 31);
        end.and_then(|end| {
            end.checked_sub_days(Days::new(end.weekday().num_days_from_sunday().into()))
        })
    };
    match (last_sunday(3), last_sunday(10)) {
        (Some(spring), Some(autumn)) => date > spring && date <= autumn,
        _ => false,
    }
}

/// The day that it is in the Netherlands at a moment, which may be a day further than in UTC.
pub fn civil_day(at: DateTime<Utc>) -> NaiveDate {
    let day = at.date_naive();
    let next = day.checked_add_days(Days::new(1));
    next.filter(|next| midnight(*next) <= at.timestamp_millis())
        .unwrap_or(day)
}

/// The same, of a moment in ms since 1970 UTC, ISO 8601; nothing of a moment that the calendar does not have.
pub(crate) fn day_of(at: i64) -> String {
    DateTime::from_timestamp_millis(at).map_or_else(String::new, |at| civil_day(at).to_string())
}

/// Age in whole years; nobody has one before birth. Who was born on 29 February is a year older on 1 March in other years.
pub fn age_on(birth: NaiveDate, today: NaiveDate) -> Option<u32> {
    today.years_since(birth)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `2026-02-28`, or the end of the calendar when the test is written wrongly.
    fn day(iso: &str) -> NaiveDate {
        iso.parse().unwrap_or(NaiveDate::MAX)
    }

    #[test]
    fn a_day_begins_at_midnight_here_in_winter_and_in_summer() {
        let vectors = [
            ("2026-11-26T22:59:59.999Z", "2026-11-26"),
            ("2026-11-26T23:00:00Z", "2026-11-27"),
            ("2026-07-01T21:59:59Z", "2026-07-01"),
            ("2026-07-01T22:00:00Z", "2026-07-02"),
            // Summer time begins and ends in these nights, after midnight.
            ("2026-03-28T23:00:00Z", "2026-03-29"),
            ("2026-03-29T22:00:00Z", "2026-03-30"),
            ("2026-10-24T22:00:00Z", "2026-10-25"),
            ("2026-10-25T22:30:00Z", "2026-10-25"),
            ("2026-12-31T23:00:00Z", "2027-01-01"),
        ];
        for (at, expected) in vectors {
            let at: DateTime<Utc> = at.parse().unwrap_or_default();
            assert_eq!(civil_day(at), day(expected), "{at}");
            assert_eq!(day_of(at.timestamp_millis()), expected);
        }
        assert_eq!(day_of(i64::MAX), "");
    }

    #[test]
    fn holidays_fall_where_the_calendar_has_them() {
        let vectors = [
            ("new_years_day", "2026-01-01"),
            ("good_friday", "2026-04-03"),
            ("easter_sunday", "2026-04-05"),
            ("easter_monday", "2026-04-06"),
            ("kings_day", "2026-04-27"),
            ("liberation_day", "2026-05-05"),
            ("ascension_day", "2026-05-14"),
            ("whit_sunday", "2026-05-24"),
            ("whit_monday", "2026-05-25"),
            ("christmas_day", "2026-12-25"),
            ("second_christmas_day", "2026-12-26"),
            ("kings_day", "2014-04-26"),
            ("kings_day", "2025-04-26"),
            ("kings_day", "2013-04-30"),
            ("easter_sunday", "2000-04-23"),
            ("easter_sunday", "2008-03-23"),
            ("easter_sunday", "2038-04-25"),
            ("easter_sunday", "2024-03-31"),
            ("ascension_day", "2008-05-01"),
        ];
        for (id, date) in vectors {
            let date = day(date);
            assert!(
                holidays(date.year()).contains(&Holiday { id, date }),
                "{id} {date}"
            );
        }
    }

    #[test]
    fn an_answer_is_due_on_a_working_day() {
        let vectors = [
            ("2026-01-31", "2026-03-02"),
            ("2026-03-05", "2026-04-07"),
            ("2026-06-10", "2026-07-10"),
            ("2026-11-25", "2026-12-28"),
            ("2024-01-31", "2024-02-29"),
        ];
        for (receipt, deadline) in vectors {
            assert_eq!(deadline_from(day(receipt)), day(deadline));
        }
        assert_eq!(
            deadline_after(day("2026-01-31"), EXTENDED_ANSWER_MONTHS),
            day("2026-04-30")
        );
        assert_eq!(add_months_clamped(day("2026-01-31"), 1), day("2026-02-28"));
    }

    #[test]
    fn ages() {
        let vectors = [
            ("2010-06-15", "2026-06-14", Some(15)),
            ("2010-06-15", "2026-06-15", Some(16)),
            ("2008-02-29", "2026-02-28", Some(17)),
            ("2008-02-29", "2026-03-01", Some(18)),
            ("2026-01-02", "2026-01-01", None),
        ];
        for (birth, today, age) in vectors {
            assert_eq!(age_on(day(birth), day(today)), age);
        }
    }

    #[test]
    fn days_begin_by_the_clock_of_the_netherlands() {
        let begins = |iso: &str| {
            let at = DateTime::from_timestamp_millis(midnight(day(iso)));
            at.map(|at| at.to_rfc3339()).unwrap_or_default()
        };
        assert_eq!(begins("2026-01-15"), "2026-01-14T23:00:00+00:00");
        assert_eq!(begins("2026-03-29"), "2026-03-28T23:00:00+00:00");
        assert_eq!(begins("2026-03-30"), "2026-03-29T22:00:00+00:00");
        assert_eq!(begins("2026-10-25"), "2026-10-24T22:00:00+00:00");
        assert_eq!(begins("2026-10-26"), "2026-10-25T23:00:00+00:00");
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_trap() {
        for date in [NaiveDate::MIN, NaiveDate::MAX] {
            to_working_day(date);
            deadline_from(date);
        }
        assert!(holidays(i32::MAX).is_empty() && holidays(i32::MIN).is_empty());
    }

    proptest! {
        #[test]
        fn a_deadline_is_a_working_day_soon_after(days in 730_000..760_000i32) {
            if let Some(receipt) = NaiveDate::from_num_days_from_ce_opt(days) {
                let deadline = deadline_from(receipt);
                prop_assert!(is_working_day(deadline));
                prop_assert!((28..=36).contains(&(deadline - receipt).num_days()));
            }
        }

        #[test]
        fn easter_is_a_sunday_in_spring(year in 1600..4000i32) {
            let sunday = easter_sunday(year);
            prop_assert!(sunday.is_some_and(|d| d.weekday() == Weekday::Sun));
            prop_assert!(sunday >= NaiveDate::from_ymd_opt(year, 3, 22) && sunday <= NaiveDate::from_ymd_opt(year, 4, 25));
        }
    }
}
