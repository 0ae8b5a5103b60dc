//! The consent that a disclosure rests on.

use crate::{
    access::ValidConsent,
    dossier::{DisclosureRecord, EntryContent},
    error::Error,
    ids::DossierId,
    session::Practice,
};

impl Practice {
    /// A consent for this recipient and this purpose that holds today.
    pub(super) async fn consent_to_disclose(
        &self,
        _dossier: DossierId,
        _request: &EntryContent,
        _record: &DisclosureRecord,
    ) -> Result<Option<ValidConsent>, Error> {
        Ok(None)
    }
}
