//! Consents and grounds that come with their dossier from another practice: each is looked at as if it were given here, and stands in
//! this log from then on as one from elsewhere.

use super::{
    age::Capacity,
    basis::{ELSEWHERE, Standing, leave_of_consent, leave_of_ground},
    content::{Consent, Given, Giver, Ground, Withdrawal, digest, text_digest},
    forms::Form,
    give::{CONSENTS, asked, day, is_of_age, scope},
    grounds::{GROUND_LIST, GroundDef},
};
use crate::{
    access::Leave,
    audit::{Event, EventKind},
    dossier::EntryContent,
    error::Error,
    ids::{DossierId, EntryId},
    session::Practice,
};
use chrono::NaiveDate;

/// What is known of the dossier that they come with.
pub(crate) struct Newcomer<'a> {
    /// Its kind.
    pub kind: &'a str,
    /// The day of birth, ISO 8601, where it came along.
    pub birth: Option<&'a str>,
}

impl Practice {
    /// What of a dossier from elsewhere may rest on this entry: on a consent or another ground, nothing on any other. One that nobody
    /// can have given is refused.
    pub(crate) fn arriving_leave(
        &self,
        newcomer: &Newcomer<'_>,
        (field, id): (&str, EntryId),
        content: &EntryContent,
    ) -> Result<Option<Leave>, Error> {
        let standing = Standing {
            sound: true,
            ended: false,
            elsewhere: false,
        };
        let today = day("on", &self.today())?;
        match (field, &content.consent, &content.ground) {
            (CONSENTS, Some(consent), None) => {
                let form = Form::find(&consent.given.template);
                let form = form.ok_or_else(|| Error::refused("package", "package_newer"))?;
                if !is_given(newcomer, form, consent, today).unwrap_or(false) {
                    return Err(Error::refused("package", "package_consent"));
                }
                // The day of birth may have become known since: then nothing rests on it, and that is all.
                let standing = Standing {
                    sound: is_of_age(
                        &consent.given,
                        newcomer.birth.and_then(|birth| birth.parse().ok()),
                    ),
                    ..standing
                };
                Ok(Some(leave_of_consent(id, consent, &standing)))
            }
            (GROUND_LIST, None, Some(ground)) => {
                let def = GroundDef::find(&ground.ground);
                let def = def.ok_or_else(|| Error::refused("package", "package_newer"))?;
                if !is_recorded(newcomer, def, ground, today).unwrap_or(false) {
                    return Err(Error::refused("package", "package_consent"));
                }
                Ok(Some(leave_of_ground(id, ground, &standing)))
            }
            (_, None, None) => Ok(None),
            _ => Err(Error::refused("package", "package_form")),
        }
    }

    /// What the log has to tell of a consent or another ground that came with its dossier from another practice, as it was given and
    /// ended there; nothing of any other entry.
    pub(crate) fn arrival_events(
        &self,
        dossier: DossierId,
        field: &str,
        id: EntryId,
        content: &EntryContent,
    ) -> Result<Vec<Event>, Error> {
        let mut events = Vec::new();
        let mut tell = |kind, sha256| {
            let event = self.event(kind).about(dossier).part(field).object(id);
            events.push(event.content(sha256).reason(ELSEWHERE));
        };
        if let Some(consent) = &content.consent {
            tell(EventKind::ConsentGiven, digest(&consent.given)?);
            if let Some(withdrawn) = &consent.withdrawn {
                tell(EventKind::ConsentWithdrawn, digest(withdrawn)?);
            }
        }
        if let Some(ground) = &content.ground {
            tell(EventKind::GroundRecorded, digest(&ground.begun())?);
            if ground.ended.is_some() {
                tell(EventKind::GroundEnded, digest(&ground.ended)?);
            }
        }
        Ok(events)
    }
}

/// Whether a consent has everything without which none is given: its form, text, purpose, scope, giver, means and days. Anything
/// that would be refused here is an error.
fn is_given(
    newcomer: &Newcomer<'_>,
    form: &Form,
    consent: &Consent,
    today: NaiveDate,
) -> Result<bool, Error> {
    let given = &consent.given;
    let on = day("on", &given.on)?;
    let until = last_day(&given.until, on)?;
    let by = capacity_of(&given.by)?;
    let back = consent.withdrawn.as_ref();
    let back = back.map(|one| is_taken_back(one, on, today)).transpose()?;
    Ok(given.to == form.to.code()
        && given.version > 0
        && !given.title.is_empty()
        && !given.text.is_empty()
        && text_digest(&given.text) == given.text_sha256
        && asked(form.purpose, "purpose", &given.purpose)? == given.purpose
        && asked(form.recipient, "recipient", &given.recipient)? == given.recipient
        && scope(form, newcomer.kind, &given.scope)? == given.scope
        && !(form.minor && by == Capacity::Person)
        && !(form.recent && until.is_none())
        && on <= today
        && is_signed(form, given)
        && back.unwrap_or(true))
}

/// Whether it is signed as its means says.
fn is_signed(form: &Form, given: &Given) -> bool {
    let signature = given
        .signature
        .as_ref()
        .is_some_and(|one| !one.data.is_empty());
    let scan = given
        .scan
        .as_ref()
        .is_some_and(|scan| scan.document.parse::<EntryId>().is_ok() && scan.sha256.len() == 64);
    match given.means.as_str() {
        "screen" | "picture" => signature && given.scan.is_none(),
        "paper" => scan && given.signature.is_none(),
        "oral" => form.oral && !given.note.is_empty() && !signature && !scan,
        _ => false,
    }
}

fn is_taken_back(back: &Withdrawal, given: NaiveDate, today: NaiveDate) -> Result<bool, Error> {
    let on = day("on", &back.on)?;
    capacity_of(&back.by)?;
    Ok(on >= given && on <= today && ["oral", "writing"].contains(&back.means.as_str()))
}

/// Whether another ground has everything without which none is recorded.
fn is_recorded(
    newcomer: &Newcomer<'_>,
    def: &GroundDef,
    ground: &Ground,
    today: NaiveDate,
) -> Result<bool, Error> {
    let on = day("on", &ground.on)?;
    last_day(&ground.until, on)?;
    let ended = ground
        .ended
        .as_ref()
        .map(|end| day("on", end))
        .transpose()?;
    Ok(ground.to == def.to.code()
        && !ground.source.is_empty()
        && !ground.reason.trim().is_empty()
        && def.takes(&ground.scope, newcomer.kind)
        && on <= today
        && ended.is_none_or(|end| end >= on && end <= today))
}

/// Somebody else than the person has a name, and an entry that says why they may.
fn capacity_of(by: &Giver) -> Result<Capacity, Error> {
    let capacity = Capacity::of(&by.capacity).ok_or_else(|| Error::refused("by", "choice"))?;
    let known = !by.name.is_empty() && by.entry.parse::<EntryId>().is_ok();
    if capacity == Capacity::Person || known {
        Ok(capacity)
    } else {
        Err(Error::refused("by", "choice"))
    }
}

fn last_day(until: &str, on: NaiveDate) -> Result<Option<NaiveDate>, Error> {
    if until.is_empty() {
        return Ok(None);
    }
    let until = day("until", until)?;
    if until < on {
        return Err(Error::refused("until", "ends_before_it_begins"));
    }
    Ok(Some(until))
}
