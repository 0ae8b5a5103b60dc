//! Stories of people who use a practice, against the core.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "tests"
)]

mod house;
mod people;
mod support;
