//! What a dossier has of consents and grounds, and how each stands.

use super::{
    basis::{Logged, consent_leave, ground_leave},
    content::{Consent, Ground},
    give::CONSENTS,
    grounds::GROUND_LIST,
};
use crate::{
    access::{Act, Lack, Leave, ViewedEntry},
    catalogue::{self, FieldDef, Level},
    dossier::EntryContent,
    error::Error,
    ids::{DossierId, EntryId, UserId},
    session::Practice,
    store,
};
use chrono::{Days, NaiveDate};

/// Days before its last one that something is said to be ending.
const SOON: u64 = 30;

/// How a consent or ground stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsentState {
    /// It holds.
    Valid,
    /// It holds, and ends within thirty days.
    Ending,
    /// It does not hold.
    Lacking(Lack),
}

impl Practice {
    /// Refuses to lose a paper that a consent was signed on: without it nobody can see that it was.
    pub(crate) async fn refuse_signed_paper(
        &self,
        dossier: DossierId,
        document: EntryId,
    ) -> Result<(), Error> {
        let mut conn = self.store.read().await?;
        let row = self.dossier_row_in(&mut conn, dossier).await?;
        let document = document.to_string();
        for entry in store::entry::grounds(&mut conn, dossier).await? {
            let content = match self.open_entry(&row, &entry.field, &entry) {
                Ok(content) => content,
                Err(Error::Denied(_)) => continue,
                Err(error) => return Err(error),
            };
            let scan = content
                .consent
                .as_ref()
                .and_then(|one| one.given.scan.as_ref());
            if scan.is_some_and(|scan| scan.document == document) {
                return Err(Error::refused("document", "signed_paper"));
            }
        }
        Ok(())
    }
}

impl ConsentState {
    fn of(leave: &Leave, today: NaiveDate) -> Self {
        let soon = today
            .checked_add_days(Days::new(SOON))
            .unwrap_or(today)
            .to_string();
        match leave.lack(&today.to_string()) {
            Some(lack) => Self::Lacking(lack),
            None if !leave.until.is_empty() && leave.until <= soon => Self::Ending,
            None => Self::Valid,
        }
    }

    /// The permanent word for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Ending => "ending",
            Self::Lacking(Lack::Missing) => "missing",
            Self::Lacking(Lack::Changed) => "changed",
            Self::Lacking(Lack::WrongGiver) => "wrong_giver",
            Self::Lacking(Lack::NotYet) => "not_yet",
            Self::Lacking(Lack::Expired) => "expired",
            Self::Lacking(Lack::Withdrawn) => "withdrawn",
            Self::Lacking(Lack::Elsewhere) => "elsewhere",
        }
    }
}

/// A consent of a dossier.
pub struct KeptConsent {
    /// Which.
    pub entry: EntryId,
    /// What it says.
    pub consent: Consent,
    /// How it stands.
    pub state: ConsentState,
    /// When it was recorded, in ms.
    pub at: i64,
    /// By whom.
    pub by: UserId,
}

/// Another ground of a dossier.
pub struct KeptGround {
    /// Which.
    pub entry: EntryId,
    /// What it says.
    pub ground: Ground,
    /// How it stands.
    pub state: ConsentState,
    /// When it was recorded, in ms.
    pub at: i64,
    /// By whom.
    pub by: UserId,
}

/// All of a dossier, the newest first.
#[derive(Default)]
pub struct Kept {
    /// Consents.
    pub consents: Vec<KeptConsent>,
    /// Other grounds.
    pub grounds: Vec<KeptGround>,
    /// Special fields that hold something without a ground, as far as this user sees them.
    pub missing: Vec<&'static str>,
}

impl Practice {
    /// The consents and grounds of a dossier, each compared with what the log says was given. Opening the dossier is logged,
    /// unless it lies open.
    pub async fn consents(&self, dossier: DossierId) -> Result<Kept, Error> {
        let view = self.reread_dossier(dossier).await?;
        let mut conn = self.store.read().await?;
        let logged = self.logged(&mut conn, dossier).await?;
        let row = self.dossier_row_in(&mut conn, dossier).await?;
        let birth = self.birth_in(&mut conn, &row).await?;
        drop(conn);
        let today = self.civil_today();
        let mut kept = Kept::default();
        for entry in &view.entries {
            match entry.field {
                CONSENTS => {
                    let consent = consent_of(entry, &logged, (birth, today))?;
                    kept.consents.extend(consent);
                }
                GROUND_LIST => kept.grounds.extend(ground_of(entry, &logged, today)?),
                _ => {}
            }
        }
        let kind = catalogue::kind(view.kind).ok_or(Error::NotFound)?;
        let special = kind.fields.iter().filter_map(|id| catalogue::field(id));
        for def in special.filter(|def| def.is_special()) {
            if self.is_filled(dossier, def).await?
                && !self.is_kept_on(dossier, &Act::Record(def.id)).await?
            {
                kept.missing.push(def.id);
            }
        }
        Ok(kept)
    }

    /// One consent of a dossier.
    pub async fn consent(&self, id: EntryId) -> Result<KeptConsent, Error> {
        let dossier = self.entry_row(id).await?.0.id;
        let mut kept = self.consents(dossier).await?.consents.into_iter();
        kept.find(|one| one.entry == id).ok_or(Error::NotFound)
    }

    /// Whether a field holds something that this user may see.
    pub(super) async fn is_filled(
        &self,
        dossier: DossierId,
        def: &'static FieldDef,
    ) -> Result<bool, Error> {
        let row = self.dossier_row(dossier).await?;
        if self.permit(row.home(), def.id, Level::View).is_err() {
            return Ok(false);
        }
        if def.shape().is_none() {
            return match self.plain_value(dossier, def.id).await {
                Err(Error::Denied(_)) => Ok(false),
                value => Ok(value?.is_some()),
            };
        }
        let entries = store::entry::of_dossier(&mut *self.store.read().await?, dossier).await?;
        Ok(entries
            .iter()
            .any(|entry| entry.field == def.id && entry.binned_at == 0))
    }
}

fn consent_of(
    entry: &ViewedEntry,
    logged: &Logged,
    (birth, today): (Option<NaiveDate>, NaiveDate),
) -> Result<Option<KeptConsent>, Error> {
    let mut content = EntryContent::parse(entry.content.as_bytes())?;
    let Some(consent) = content.consent.take() else {
        return Ok(None);
    };
    let leave = consent_leave(entry.id, &consent, logged, birth)?;
    Ok(Some(KeptConsent {
        entry: entry.id,
        state: ConsentState::of(&leave, today),
        consent: consent.into_inner(),
        at: entry.created_at,
        by: entry.created_by,
    }))
}

fn ground_of(
    entry: &ViewedEntry,
    logged: &Logged,
    today: NaiveDate,
) -> Result<Option<KeptGround>, Error> {
    let mut content = EntryContent::parse(entry.content.as_bytes())?;
    let Some(ground) = content.ground.take() else {
        return Ok(None);
    };
    let leave = ground_leave(entry.id, &ground, logged)?;
    Ok(Some(KeptGround {
        entry: entry.id,
        state: ConsentState::of(&leave, today),
        ground: ground.into_inner(),
        at: entry.created_at,
        by: entry.created_by,
    }))
}
