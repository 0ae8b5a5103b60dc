//! Stories of people who use a practice, and attacks on it, against the core.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

mod backup;
mod cast;
mod clock;
mod consents;
mod crash;
mod damage;
mod disclosures;
mod documents;
mod house;
mod importing;
mod intruder;
mod invoices;
mod keys_decide;
mod locked;
mod log_proof;
mod mailing;
mod memory_scan;
mod naughty;
mod one_gate;
mod package_grounds;
mod package_papers;
mod packages;
mod papers;
mod peer_review;
mod people;
mod printed;
mod recovery;
mod respawn;
mod retire;
mod rights;
mod salvage;
mod stand_in;
mod support;
mod tampering;
mod upgrades;
mod vaults;
