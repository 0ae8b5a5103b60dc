//! What an interface shows about the open session, from what is in memory.

use crate::{dossier::Progress, ids::DossierId, session::Practice};

impl Practice {
    /// Nothing is open until the password is changed.
    pub fn must_change_password(&self) -> bool {
        self.rights().must_change
    }

    /// How far the memory is filled; `None` when it is complete.
    pub fn loading(&self) -> Option<Progress> {
        self.memory().loading()
    }

    /// The name of a dossier that this user may see and that is in memory.
    pub fn known_name(&self, id: DossierId) -> Option<String> {
        self.memory().row(id).map(|row| row.name.clone())
    }
}
