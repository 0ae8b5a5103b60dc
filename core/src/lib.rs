//! core

pub mod catalogue;
pub mod code;
pub mod fold;
pub mod ids;
pub mod name;
pub mod time;
