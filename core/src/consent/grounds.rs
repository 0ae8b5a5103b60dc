//! Grounds other than consent: a closed list with the article of each, chosen by a professional who says why it holds. A help to
//! record what was weighed, not advice on whether it holds.

use super::{
    content::{Ground, digest},
    give::{day, is_special},
};
use crate::{
    access::{ASK, INFORM, Use},
    audit::EventKind,
    catalogue::ValueType,
    code,
    dossier::EntryContent,
    error::Error,
    ids::{DossierId, EntryId},
    session::Practice,
};

/// The list that grounds are entries of.
pub(super) const GROUND_LIST: &str = "grounds";

/// One ground that a statute gives.
#[derive(Debug)]
pub struct GroundDef {
    /// Permanent id.
    pub id: &'static str,
    /// Where it is written.
    pub source: &'static str,
    /// What it can be recorded for.
    pub to: Use,
    /// For which special fields; empty for all.
    pub fields: &'static [&'static str],
}

/// What tells of somebody's health outside the medical compartment.
const HEALTH: &[&str] = &["psychological_tests", "test_results"];

const fn special(
    id: &'static str,
    source: &'static str,
    fields: &'static [&'static str],
) -> GroundDef {
    GroundDef {
        id,
        source,
        to: Use::Special,
        fields,
    }
}

const fn other(id: &'static str, source: &'static str, to: Use) -> GroundDef {
    GroundDef {
        id,
        source,
        to,
        fields: &[],
    }
}

/// Every ground.
pub static GROUNDS: &[GroundDef] = &[
    special("vital_interest", "AVG 9(2)(c), UAVG 22(2)(b) en 32(b)", &[]),
    special("made_public", "AVG 9(2)(e), UAVG 22(2)(d) en 32(c)", &[]),
    special("legal_claim", "AVG 9(2)(f), UAVG 22(2)(e) en 32(d)", &[]),
    special("care", "UAVG 30(3)(a)", HEALTH),
    special("reintegration", "UAVG 30(1)(b)", HEALTH),
    special("identification", "UAVG 25(a)", &["ethnicity"]),
    special("spiritual_care", "UAVG 27(1)", &["religion"]),
    special("criminal_assessment", "UAVG 33(2)(a)", &["criminal_data"]),
    other("treatment_team", "7:457 lid 2 BW", Use::Professional),
    other("statutory_duty", "AVG 6(1)(c)", Use::Professional),
    other("domestic_violence", "Wmo 2015 5.2.6", Use::Professional),
    other("emergency", "AVG 6(1)(d)", Use::Professional),
    other("statutory_disclosure", "AVG 6(1)(c)", Use::Disclosure),
    other("emergency_disclosure", "AVG 6(1)(d)", Use::Disclosure),
    other("existing_customer", "Tw 11.7 lid 4", Use::Newsletter),
];

impl GroundDef {
    /// The ground with this id.
    pub fn find(id: &str) -> Option<&'static Self> {
        GROUNDS.iter().find(|ground| ground.id == id)
    }

    /// Whether it can be recorded for this scope.
    pub(super) fn takes(&self, scope: &[String], kind: &str) -> bool {
        let whole = !matches!(self.to, Use::Special | Use::Professional);
        whole == scope.is_empty() && scope.iter().all(|part| self.covers(part, kind))
    }

    fn covers(&self, part: &str, kind: &str) -> bool {
        match self.to {
            Use::Special => {
                is_special(kind, part) && (self.fields.is_empty() || self.fields.contains(&part))
            }
            Use::Professional => [ASK, INFORM].contains(&part),
            _ => false,
        }
    }
}

/// A ground to be recorded.
#[derive(Clone, Debug, Default)]
pub struct NewGround {
    /// Which, of [`GROUNDS`].
    pub ground: String,
    /// Fields, or `ask` and `inform`; empty where the use is one whole.
    pub scope: Vec<String>,
    /// To or from whom; empty for everybody, but not of a disclosure.
    pub recipient: String,
    /// Why it holds here.
    pub reason: String,
    /// Its last day, ISO 8601; empty for none.
    pub until: String,
}

impl Practice {
    /// Records a ground other than consent, with who and when.
    pub async fn record_ground(
        &self,
        dossier: DossierId,
        new: &NewGround,
    ) -> Result<EntryId, Error> {
        let mut write = self.store.write().await?;
        let row = self.dossier_row_in(write.conn(), dossier).await?;
        let ground = self.checked_ground(&row.kind, new)?;
        let event = self
            .event(EventKind::GroundRecorded)
            .content(digest(&ground)?);
        let content = EntryContent {
            ground: Some(ground.into()),
            ..EntryContent::default()
        };
        let (id, _) = self
            .insert_entry(
                write,
                &row,
                GROUND_LIST,
                (EntryId::make(), content, None),
                event,
            )
            .await?;
        Ok(id)
    }

    /// Ends a ground: what rested on it stops at once.
    pub async fn end_ground(&self, id: EntryId) -> Result<(), Error> {
        let mut write = self.store.write().await?;
        let (row, entry) = self.entry_row_in(write.conn(), id).await?;
        if entry.field != GROUND_LIST {
            return Err(Error::NotFound);
        }
        let mut content = self.open_entry(&row, &entry.field, &entry)?;
        let ground = content.ground.as_mut().ok_or(Error::NotFound)?;
        if ground.ended.is_some() {
            return Err(Error::refused("ground", "ended_already"));
        }
        ground.ended = Some(self.today());
        let event = self
            .event(EventKind::GroundEnded)
            .content(digest(&ground.ended)?);
        self.change_entry(write, &row, entry, (content, None), event)
            .await?;
        Ok(())
    }

    fn checked_ground(&self, kind: &str, new: &NewGround) -> Result<Ground, Error> {
        let def = GroundDef::find(&new.ground).ok_or_else(|| Error::refused("ground", "choice"))?;
        let text = |field: &str, form, text: &str| {
            let checked = code::check(form, text.trim());
            checked.map_err(|error| Error::refused(field, error.code()))
        };
        let reason = text("reason", ValueType::LongText, &new.reason)?;
        if reason.is_empty() {
            return Err(Error::refused("reason", "empty"));
        }
        if !def.takes(&new.scope, kind) {
            return Err(Error::refused("scope", "choice"));
        }
        let recipient = text("recipient", ValueType::Text, &new.recipient)?;
        if def.to == Use::Disclosure && recipient.is_empty() {
            return Err(Error::refused("recipient", "empty"));
        }
        let today = self.today();
        let until = match new.until.as_str() {
            "" => String::new(),
            until => day("until", until)?.to_string(),
        };
        if !until.is_empty() && until < today {
            return Err(Error::refused("until", "ends_before_it_begins"));
        }
        Ok(Ground {
            ground: def.id.to_owned(),
            source: def.source.to_owned(),
            to: def.to.code().to_owned(),
            scope: new.scope.clone(),
            recipient,
            reason,
            on: today,
            until,
            ended: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn grounds_have_a_source_and_cover_what_they_may() {
        let ids: HashSet<_> = GROUNDS.iter().map(|ground| ground.id).collect();
        assert_eq!(ids.len(), GROUNDS.len());
        for ground in GROUNDS {
            assert!(!ground.source.is_empty(), "{}", ground.id);
            assert!(
                ground
                    .fields
                    .iter()
                    .all(|field| is_special("client", field)),
                "{}",
                ground.id
            );
        }
        let covers = |id: &str, part: &str| {
            GroundDef::find(id).is_some_and(|one| one.covers(part, "client"))
        };
        assert!(covers("care", "test_results") && covers("legal_claim", "criminal_data"));
        assert!(!covers("care", "religion") && !covers("treatment_team", "religion"));
        assert!(!covers("vital_interest", "surname"));
    }
}
