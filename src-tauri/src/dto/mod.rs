//! What crosses the border to the page: plain shapes, named as the page names them. Nothing here decides anything.

mod audit;
mod backup;
mod consent;
mod disclosure;
mod dossier;
mod from_catalogue;
mod from_dossier;
mod from_people;
mod from_session;
mod from_transfer;
mod paper;
mod people;
mod recovery;
mod rights;
mod session;
mod time;
mod transfer;
mod vault;

pub use audit::*;
pub use backup::*;
pub use consent::*;
pub use disclosure::*;
pub use dossier::*;
pub use from_catalogue::word;
pub use from_dossier::{Names, name_of};
pub use from_people::names;
pub use paper::*;
pub use people::*;
pub use recovery::*;
pub use rights::*;
pub use session::*;
pub use time::*;
pub use transfer::*;
pub use vault::*;
