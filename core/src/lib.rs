//! core

pub mod transfer;
