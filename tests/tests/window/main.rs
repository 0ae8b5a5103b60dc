//! The real window: the program, its web view and its pages, driven as a person does.

mod backup;
mod consent;
mod disclosures;
mod keeps;
mod keyboard;
mod letter;
mod lock;
mod looks;
mod packages;
mod papers;
mod peer_review;
mod ready;
mod recovery;
mod stand_in;
mod traces;
mod vaults;
