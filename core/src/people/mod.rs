//! People, groups, circles and grants. Granting is wrapping a key that one holds; taking back is making a new one.

mod accounts;
mod circles;
mod grants;
mod groups;
mod replace;
mod stand_in;
mod turns;

pub use accounts::{Invitation, Statement, UserInfo};
pub use circles::CircleInfo;
pub use grants::{Effect, Matrix, MatrixField, Waiting};
pub use groups::GroupInfo;
pub use stand_in::{Deed, NewStandIn, StandInInfo, StandInReport, last_day};

pub(crate) use accounts::uuid;
pub(crate) use grants::refuse_medical;
pub(crate) use groups::{GROUP_NAME, default_rights};

/// Column under which names of users are sealed.
pub(crate) const USER_NAME: &str = "user_name";
