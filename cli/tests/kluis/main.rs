//! `kluis` as a person or a script plays it: the real program, by its exit codes, its JSON and its words.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod backup;
mod consents;
mod contract;
mod papers;
mod printed;
mod recovery;
mod support;
mod trouble;
mod vaults;
mod ways_out;
mod words;
