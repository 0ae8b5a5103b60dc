//! On what an act rests: the consents and grounds of a dossier, read anew, each compared with what the log says was given.

use super::{
    content::{Consent, Ground, digest, text_digest},
    give::{CONSENTS, is_of_age},
    grounds::GROUND_LIST,
};
use crate::{
    access::{Act, Leave, Unfounded, Use, When},
    audit::{Event, EventKind, chain},
    crypto::VerifyingKey,
    dossier::EntryContent,
    error::Error,
    ids::{DossierId, EntryId},
    session::{Practice, held},
    store::{self, Conn, dossier::DossierRow, entry::EntryRow},
};
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashMap};
use zeroize::Zeroizing;

/// On what an act rests.
#[derive(Clone, Debug)]
pub struct Founded {
    /// The entry that records it.
    pub entry: EntryId,
    /// What it covers, together with whatever else holds for the same act.
    pub scope: Vec<String>,
    /// Its last day, ISO 8601; empty for none.
    pub until: String,
    /// The article of a ground other than consent.
    pub article: Option<String>,
}

/// What the log says of an entry: the digests of what was put down, and of what ended it.
#[derive(Default)]
struct Record {
    begun: Option<String>,
    ended: Option<String>,
    elsewhere: bool,
}

/// How an entry stands to what the log says of it.
pub(super) struct Standing {
    /// It is what was put down, and ended as it says.
    pub sound: bool,
    /// The log has an end of it.
    pub ended: bool,
    /// It came from another practice.
    pub elsewhere: bool,
}

/// The reason in the log of what came with its dossier from another practice.
pub(super) const ELSEWHERE: &str = "elsewhere";

/// What the log says of the consents and grounds of a dossier. Only what is signed by whoever it names and stands whole in the
/// chain counts; of two beginnings the first.
#[derive(Default)]
pub(super) struct Logged(HashMap<String, Record>);

impl Logged {
    fn add(&mut self, event: Event) {
        let (Some(object), Some(digest)) = (event.object, event.content_sha256) else {
            return;
        };
        let record = self.0.entry(object).or_default();
        record.elsewhere |= event.reason.as_deref() == Some(ELSEWHERE);
        let place = match event.event {
            EventKind::ConsentGiven | EventKind::GroundRecorded => &mut record.begun,
            EventKind::ConsentWithdrawn | EventKind::GroundEnded => &mut record.ended,
            _ => return,
        };
        place.get_or_insert(digest);
    }

    fn standing(&self, id: EntryId, begun: &str, ended: Option<&str>) -> Standing {
        let none = Record::default();
        let record = self.0.get(&id.to_string()).unwrap_or(&none);
        Standing {
            sound: record.begun.as_deref() == Some(begun) && record.ended.as_deref() == ended,
            ended: record.ended.is_some(),
            elsewhere: record.elsewhere,
        }
    }
}

/// How it stands with the newsletter in a dossier.
pub(crate) enum Newsletter {
    /// A consent holds.
    Wanted,
    /// It was given and taken back, and none holds now.
    TakenBack,
    /// None holds.
    Unfounded,
}

impl Practice {
    /// The valid consent, or other recorded ground, on which something may be done in a dossier now. The one question that other
    /// rooms ask; there is no other answer to keep. Refused with [`Error::Unfounded`].
    pub async fn consent_for(&self, dossier: DossierId, act: &Act) -> Result<Founded, Error> {
        let mut conn = self.store.read().await?;
        let row = self.dossier_row_in(&mut conn, dossier).await?;
        self.founded(&mut conn, &row, act).await
    }

    /// Whether what was recorded rests on a ground that holds today, also one that it came with from another practice.
    pub(super) async fn is_kept_on(&self, dossier: DossierId, act: &Act) -> Result<bool, Error> {
        let mut conn = self.store.read().await?;
        let row = self.dossier_row_in(&mut conn, dossier).await?;
        let leaves = self.leaves(&mut conn, &row).await?;
        let decided = self
            .rights()
            .decide_act(&leaves, act, When::Kept(&self.today()))
            .map(drop);
        Ok(decided.is_ok())
    }

    /// The same as [`Self::consent_for`], inside a change.
    pub(crate) async fn founded(
        &self,
        conn: &mut Conn,
        row: &DossierRow,
        act: &Act,
    ) -> Result<Founded, Error> {
        let leaves = self.leaves(conn, row).await?;
        self.founded_on(leaves, act)
    }

    /// The same on a consent alone.
    pub(crate) async fn consented(
        &self,
        conn: &mut Conn,
        row: &DossierRow,
        act: &Act,
    ) -> Result<Founded, Error> {
        let mut leaves = self.leaves(conn, row).await?;
        leaves.retain(|leave| leave.article.is_none());
        self.founded_on(leaves, act)
    }

    fn founded_on(&self, leaves: Vec<Leave>, act: &Act) -> Result<Founded, Error> {
        let today = self.today();
        let leave = self
            .rights()
            .decide_act(&leaves, act, When::Now(&today))?
            .clone();
        Ok(Founded {
            entry: leave.entry,
            scope: scope_of(&leaves, act, &today),
            until: leave.until,
            article: leave.article,
        })
    }

    /// How it stands with the newsletter, inside a change.
    pub(crate) async fn newsletter(
        &self,
        conn: &mut Conn,
        row: &DossierRow,
    ) -> Result<Newsletter, Error> {
        let leaves = self.leaves(conn, row).await?;
        let today = self.today();
        let decided = self
            .rights()
            .decide_act(&leaves, &Act::Mail, When::Now(&today))
            .map(drop);
        Ok(match decided {
            Ok(()) => Newsletter::Wanted,
            // Also where what came along from elsewhere lacks more.
            Err(_) if leaves.iter().any(|leave| leave.was_taken_back(&Act::Mail)) => {
                Newsletter::TakenBack
            }
            Err(_) => Newsletter::Unfounded,
        })
    }

    /// Logs that something was refused for want of a ground, and gives the refusal.
    pub(crate) async fn deny_unfounded<T>(&self, event: Event, error: Error) -> Result<T, Error> {
        if let Error::Unfounded(Unfounded { lack, .. }) = &error {
            self.log_now(event.refused().reason(lack.code())).await?;
        }
        Err(error)
    }

    /// Everything of a dossier that something may rest on.
    pub(crate) async fn leaves(
        &self,
        conn: &mut Conn,
        row: &DossierRow,
    ) -> Result<Vec<Leave>, Error> {
        let entries = store::entry::grounds(conn, row.id).await?;
        if entries.is_empty() {
            return Ok(Vec::new());
        }
        let logged = self.logged(conn, row.id).await?;
        let birth = self.birth_in(conn, row).await?;
        let leaves = entries
            .iter()
            .filter_map(|entry| self.leave_of(row, entry, &logged, birth).transpose());
        leaves.collect()
    }

    /// The day of birth, where this user may see it.
    pub(super) async fn birth_in(
        &self,
        conn: &mut Conn,
        row: &DossierRow,
    ) -> Result<Option<NaiveDate>, Error> {
        match self.plain_value_in(conn, row, "date_of_birth").await {
            Ok(born) => Ok(born.and_then(|born| born.parse().ok())),
            Err(Error::Denied(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn leave_of(
        &self,
        row: &DossierRow,
        entry: &EntryRow,
        logged: &Logged,
        birth: Option<NaiveDate>,
    ) -> Result<Option<Leave>, Error> {
        let permit = self.permit(row.home(), &entry.field, crate::catalogue::Level::View)?;
        let spot = crate::keys::Spot {
            dossier: row.id,
            salt: &row.salt,
            record: *entry.id.as_bytes(),
        };
        let opened = self.ring().open(&permit, row.home(), &spot, &entry.sealing);
        let Some(bytes) = held(opened)? else {
            return Ok(None);
        };
        let content = Zeroizing::new(EntryContent::parse(&bytes)?);
        match (&content.consent, &content.ground) {
            (Some(consent), _) if entry.field == CONSENTS => {
                consent_leave(entry.id, consent, logged, birth).map(Some)
            }
            (_, Some(ground)) if entry.field == GROUND_LIST => {
                ground_leave(entry.id, ground, logged).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// What the log says of the consents and grounds of a dossier.
    pub(super) async fn logged(
        &self,
        conn: &mut Conn,
        dossier: DossierId,
    ) -> Result<Logged, Error> {
        let mut keys = HashMap::new();
        for account in store::account::all(conn).await? {
            if let Ok(key) = VerifyingKey::from_slice(&account.verifying_key) {
                keys.insert(account.id, key);
            }
        }
        let mut logged = Logged::default();
        for (row, former) in store::audit::grounds(conn, dossier).await? {
            let signed = keys
                .get(&row.user_id)
                .is_some_and(|key| key.verifies(&row.hash, &row.signature));
            if !signed || chain(&former, &row.body)[..] != row.hash[..] {
                continue;
            }
            if let Ok(event) = serde_json::from_str::<Event>(&row.body)
                && event.user == row.user_id
                && event.subject == Some(dossier)
                && event.success
            {
                logged.add(event);
            }
        }
        Ok(logged)
    }

    /// For the check of everything: entries that are not what the log says was given, as words with their ids.
    pub(crate) async fn check_grounds(&self, row: &DossierRow) -> Result<Vec<String>, Error> {
        let mut conn = self.store.read().await?;
        let (mut logged, mut found) = (self.logged(&mut conn, row.id).await?, Vec::new());
        for entry in store::entry::of_dossier(&mut conn, row.id).await? {
            if ![CONSENTS, GROUND_LIST].contains(&entry.field.as_str()) {
                continue;
            }
            // What does not open was found already, or is for others.
            let sound = match self.leave_of(row, &entry, &logged, None) {
                Ok(Some(leave)) => leave.sound,
                Ok(None) if self.open_entry(row, &entry.field, &entry).is_ok() => false,
                Ok(None) | Err(_) => true,
            };
            if !sound {
                found.push(format!("consent:{}", entry.id));
            }
            logged.0.remove(&entry.id.to_string());
        }
        // What was given and is not there must have been erased by somebody.
        let erased = store::audit::erased(&mut conn, row.id).await?;
        let gone = logged.0.into_keys().filter(|id| !erased.contains(id));
        found.extend(gone.map(|id| format!("consent_missing:{id}")));
        Ok(found)
    }
}

/// Everything that those are about that hold for an act; nothing where one of them is about all.
fn scope_of(leaves: &[Leave], act: &Act, today: &str) -> Vec<String> {
    let holding = || leaves.iter().filter(|one| one.allows(act, today));
    if holding().any(|one| one.scope.is_empty()) {
        return Vec::new();
    }
    let all: BTreeSet<&String> = holding().flat_map(|one| &one.scope).collect();
    all.into_iter().cloned().collect()
}

/// A consent as it may be used.
pub(super) fn consent_leave(
    id: EntryId,
    consent: &Consent,
    logged: &Logged,
    birth: Option<NaiveDate>,
) -> Result<Leave, Error> {
    let ended = consent.withdrawn.as_ref().map(digest).transpose()?;
    let standing = logged.standing(id, &digest(&consent.given)?, ended.as_deref());
    Ok(Leave {
        // A day of birth that was filled in later may say that somebody else had to be asked.
        wrong_giver: !is_of_age(&consent.given, birth),
        ..leave_of_consent(id, consent, &standing)
    })
}

/// A consent that stands so.
pub(super) fn leave_of_consent(id: EntryId, consent: &Consent, standing: &Standing) -> Leave {
    let given = &consent.given;
    let to = Use::of(&given.to);
    let named =
        !matches!(to, Some(Use::Professional | Use::Disclosure)) || !given.recipient.is_empty();
    let whole = to.is_some() && named && text_digest(&given.text) == given.text_sha256;
    let withdrawn = consent.withdrawn.as_ref().map(|one| one.on.clone());
    Leave {
        entry: id,
        sound: standing.sound && whole,
        to: to.unwrap_or(Use::Agreement),
        scope: given.scope.clone(),
        recipient: given.recipient.clone(),
        purpose: given.purpose.clone(),
        from: given.on.clone(),
        until: given.until.clone(),
        withdrawn: withdrawn.or(standing.ended.then(String::new)),
        wrong_giver: false,
        elsewhere: standing.elsewhere,
        article: None,
    }
}

/// Another ground as it may be used.
pub(super) fn ground_leave(id: EntryId, ground: &Ground, logged: &Logged) -> Result<Leave, Error> {
    let ended = ground
        .ended
        .as_ref()
        .map(|_| digest(&ground.ended))
        .transpose()?;
    let standing = logged.standing(id, &digest(&ground.begun())?, ended.as_deref());
    Ok(leave_of_ground(id, ground, &standing))
}

/// Another ground that stands so.
pub(super) fn leave_of_ground(id: EntryId, ground: &Ground, standing: &Standing) -> Leave {
    let to = Use::of(&ground.to);
    Leave {
        entry: id,
        sound: standing.sound && to.is_some(),
        to: to.unwrap_or(Use::Agreement),
        scope: ground.scope.clone(),
        recipient: ground.recipient.clone(),
        purpose: String::new(),
        from: ground.on.clone(),
        until: ground.until.clone(),
        withdrawn: ground.ended.clone().or(standing.ended.then(String::new)),
        wrong_giver: false,
        elsewhere: standing.elsewhere,
        article: Some(ground.source.clone()),
    }
}
