//! Consents and the other grounds on which something rests, and who speaks for the person.
//!
//! A given consent is an entry of its dossier. Its content has the text as it was signed, byte for byte, with the signature; the
//! log has the digest of all that, signed by whoever recorded it. What was changed afterwards is found by `verify`, is shown where
//! the consent is opened, and opens no gate. Which act needs which ground is decided in `access` ([`crate::access::Act`]); other
//! rooms ask [`Practice::consent_for`](crate::session::Practice::consent_for).

mod age;
mod arrive;
mod basis;
mod content;
mod fill;
mod forms;
mod give;
mod grounds;
mod list;
mod paper;
mod signature;
mod templates;
mod withdraw;

pub(crate) use age::BY_LAW;
pub use age::{Capacity, may_give, may_withdraw};
pub(crate) use arrive::Newcomer;
pub use basis::Founded;
pub(crate) use basis::Newsletter;
pub use content::{Consent, Given, Giver, Ground, Scan, Signature, Withdrawal};
pub use fill::PLACEHOLDERS;
#[cfg(test)]
pub(crate) use forms::TOLD;
pub use forms::{FORMS, Form, RESULT, ScopeOf, told};
pub use give::{Prepared, Request, Signed};
pub use grounds::{GROUNDS, GroundDef, NewGround};
pub use list::{ConsentState, Kept, KeptConsent, KeptGround};
pub use signature::{Point, SIGNATURE_LIMIT, Stroke};
pub use templates::{Edition, LANGUAGES};
pub use withdraw::{Withdrawing, Withdrawn};
