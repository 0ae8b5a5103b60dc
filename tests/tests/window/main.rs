//! The real window: the program, its web view and its pages, driven as a person does.

mod backup;
mod consent;
mod keeps;
mod keyboard;
mod letter;
mod lock;
mod looks;
mod papers;
mod recovery;
mod traces;
mod vaults;
