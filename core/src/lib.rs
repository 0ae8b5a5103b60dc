//! core
pub mod access;
pub mod audit;
pub mod catalogue;
pub mod crypto;
pub mod ids;
pub mod keys;
pub mod store;
