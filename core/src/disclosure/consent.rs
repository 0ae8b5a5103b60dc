//! The consent that a disclosure rests on.

use super::words;
use crate::{
    access::Act,
    dossier::{DisclosureRecord, EntryContent},
    error::Error,
    ids::{DossierId, EntryId},
    session::Practice,
};

impl Practice {
    /// A consent, or another recorded ground, that holds today: for this recipient and for this purpose, by its word or as it is
    /// written in a letter.
    pub(super) async fn consent_to_disclose(
        &self,
        dossier: DossierId,
        request: &EntryContent,
        record: &DisclosureRecord,
    ) -> Result<Option<EntryId>, Error> {
        let recipient = request.title.clone().unwrap_or_default();
        let purpose = &record.purpose;
        let ways = [
            purpose.as_str(),
            words::of("nl").purpose(purpose),
            words::of("en").purpose(purpose),
        ];
        for way in ways {
            let act = Act::Disclose {
                recipient: recipient.clone(),
                purpose: way.to_owned(),
            };
            match self.consent_for(dossier, &act).await {
                Ok(found) => return Ok(Some(found.entry)),
                Err(Error::Unfounded(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }
}
