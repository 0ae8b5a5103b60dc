//! What crosses the border to the page: plain shapes, named as the page names them. Nothing here decides anything.

mod audit;
mod dossier;
mod people;
mod rights;
mod session;
mod transfer;

pub use audit::*;
pub use dossier::*;
pub use people::*;
pub use rights::*;
pub use session::*;
pub use transfer::*;
