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
        Ok(needed && self.recorded_for(conn, request).await?.is_none())
    }

    /// What of the dossier an answer rests on today: nothing where the person asks; where a statute allows it a consent, which says how
    /// much; else a consent or another ground. It is for whoever asks and for this purpose, by its word or as it is written in a letter,
    /// and of a dossier that moves about all of it.
    pub(super) async fn recorded_for(
        &self,
        conn: &mut Conn,
        request: &Request,
    ) -> Result<Option<Founded>, Error> {
        if request.profile.ground == Ground::OwnRequest {
            return Ok(None);
        }
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
            let found = match request.profile.ground {
                Ground::Statute(_) => self.consented(conn, &row, &act).await,
                _ => self.founded(conn, &row, &act).await,
            };
            match found {
                Ok(found) => return Ok(Some(found)),
                Err(Error::Unfounded(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }
}
