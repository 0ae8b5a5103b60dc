//! The real window: the program, its web view and its pages, driven as a person does.

mod consent;
mod keeps;
mod keyboard;
mod lock;
mod looks;
mod traces;
mod vaults;
