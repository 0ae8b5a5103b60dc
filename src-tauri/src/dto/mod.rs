//! What crosses the border to the page: plain shapes, named as the page names them. Nothing here decides anything.

mod audit;
mod dossier;
mod from_catalogue;
mod from_dossier;
mod from_people;
mod from_session;
mod from_transfer;
mod paper;
mod people;
mod rights;
mod session;
mod time;
mod transfer;
mod vault;

pub use audit::*;
pub use dossier::*;
pub use from_catalogue::word;
pub use from_dossier::{Names, name_of};
pub use from_people::names;
pub use paper::*;
pub use people::*;
pub use rights::*;
pub use session::*;
pub use time::*;
pub use transfer::*;
pub use vault::*;
