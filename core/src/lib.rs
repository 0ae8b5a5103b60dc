//! core

pub mod catalogue;
pub mod ids;
