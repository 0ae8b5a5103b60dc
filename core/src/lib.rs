//! core
pub mod access;
pub mod audit;
pub mod catalogue;
pub mod code;
pub mod crypto;
pub mod dossier;
pub mod error;
pub mod ids;
pub mod keys;
pub mod name;
pub mod people;
pub mod practice;
pub mod session;
pub mod settings;
pub mod store;
pub mod transfer;
