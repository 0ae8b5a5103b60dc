//! What leaves a dossier for somebody outside: requests for information with their answers, packages for another firm, copies for
//! peer review.

mod consent;
mod disclosed;
mod letter;
mod others;
mod package;
mod peer_review;
mod profiles;
mod register;
mod request;
mod words;

pub(crate) use disclosed::outright_unfit;
pub use disclosed::{Disclosed, LeftOut};
pub use letter::{Letter, LetterField};
pub(crate) use others::tells;
pub use package::{Arrival, NotPacked, PackageReport, ReceiveReport};
pub use peer_review::{ApprovedPart, CopyPart, PeerCopy, Trace};
pub use profiles::{PROFILES, Profile, Term, profile};
pub use register::Registered;
pub use request::{NewRequest, Preview, Reply};
pub(crate) use words::choice_in_words;
