//! Stories of people who use a practice, and attacks on it, against the core.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

mod cast;
mod consents;
mod crash;
mod damage;
mod disclosures;
mod documents;
mod house;
mod importing;
mod intruder;
mod keys_decide;
mod locked;
mod memory_scan;
mod naughty;
mod one_gate;
mod packages;
mod peer_review;
mod people;
mod respawn;
mod rights;
mod support;
mod tampering;
mod vaults;
