//! Moments as the page reads them.

use chrono::{DateTime, SecondsFormat};

/// ISO 8601, in UTC. The page shows it in the zone of the person who looks.
pub fn moment(ms: i64) -> String {
    DateTime::from_timestamp_millis(ms)
        .unwrap_or_default()
        .to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Zero stands for never.
pub fn maybe_moment(ms: i64) -> Option<String> {
    (ms != 0).then(|| moment(ms))
}

/// An empty text stands for nothing.
pub fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Numbers of things on the way to the page. More than four thousand million of anything is not shown.
pub fn number(count: impl TryInto<u32>) -> u32 {
    count.try_into().unwrap_or(u32::MAX)
}
