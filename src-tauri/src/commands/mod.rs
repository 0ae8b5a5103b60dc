//! What the page can ask for. Each command reads its arguments, asks the core, and answers; nothing is decided here.

pub mod account;
pub mod audit;
pub mod backup;
pub mod bin;
pub mod consent;
pub mod demo;
pub mod disclosure;
pub mod document;
pub mod dossier;
pub mod draft;
pub mod list;
pub mod paper;
pub mod people;
pub mod recovery;
pub mod rights;
pub mod session;
pub mod settings;
pub mod sheet;
pub mod stand_in;
pub mod story;
pub mod transfer;
pub mod vault;
