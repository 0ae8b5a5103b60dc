//! Packages: a dossier that moves to another firm, or a practice that is handed over whole, and their arrival.

mod form;
mod grounded;
mod receive;
mod send;

pub use form::NotPacked;
pub use receive::{Arrival, ReceiveReport};
pub use send::PackageReport;
