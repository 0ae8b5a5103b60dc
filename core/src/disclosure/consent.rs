//! The consent that a disclosure rests on.

use super::{request::Request, words};
use crate::{
    access::{Act, Ground},
    consent::Founded,
    error::Error,
    session::Practice,
    store::Conn,
};

impl Practice {
    /// Whether a request has to rest on a consent, and there is none.
    pub(super) async fn lacks_consent(
        &self,
        conn: &mut Conn,
        request: &Request,
    ) -> Result<bool, Error> {
        let needed = request.profile.ground == Ground::Consent;
        Ok(needed && self.consent_to_disclose(conn, request).await?.is_none())
    }

    /// A consent, or another recorded ground, that holds today: for whoever asks and for this purpose, by its word or as it is written
    /// in a letter. A dossier moves on one that is about all of it.
    pub(super) async fn consent_to_disclose(
        &self,
        conn: &mut Conn,
        request: &Request,
    ) -> Result<Option<Founded>, Error> {
        let recipient = request.content.title.clone().unwrap_or_default();
        let purpose = &request.record.purpose;
        let ways = [
            purpose.as_str(),
            words::of("nl").purpose(purpose),
            words::of("en").purpose(purpose),
        ];
        let row = self.dossier_row_in(conn, request.dossier).await?;
        for way in ways {
            let act = Act::Disclose {
                recipient: recipient.clone(),
                purpose: way.to_owned(),
                whole: request.profile.is_transfer(),
            };
            match self.founded(conn, &row, &act).await {
                Ok(found) => return Ok(Some(found)),
                Err(Error::Unfounded(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }
}
