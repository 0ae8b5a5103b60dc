//! A copy for peer review: a dossier without anything that leads to the person, for the professional to compare, mend and approve.

mod dates;
mod folded;
mod known;
mod numerals;
mod ordinary;
mod pairs;
mod rules;
mod scrub;
mod words;

pub(super) use known::{PEOPLE, street_name};
pub(super) use ordinary::is_ordinary;
pub use scrub::Trace;

use super::words::{choice, label};
use crate::{
    access::{Act, Text, View, When},
    audit::EventKind,
    catalogue::{self, FieldDef, ValueType},
    code,
    crypto::random,
    dossier::{EntryContent, Reveal},
    error::Error,
    ids::DossierId,
    session::Practice,
    store::{self, StoreError},
};
use chrono::NaiveDate;
use folded::Folded;
use known::Known;
use scrub::Scrubber;
use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, io::Write, path::Path, sync::OnceLock};
use words::KEPT;
use zeroize::{Zeroize, Zeroizing};

/// A piece of a dossier, before and after.
pub struct CopyPart {
    /// Field or entry list.
    pub field: &'static str,
    /// The day that it is about, moved; ISO 8601, empty for none.
    pub on: String,
    /// As it stands in the dossier.
    pub before: Text,
    /// Without what leads to somebody.
    pub after: Text,
    /// Words that were taken for names only because of their capital, and pairs of numbers that were taken for a day and may be none.
    pub unsure: Vec<String>,
    /// Words with a capital that stayed, because a sentence begins with them or they are abbreviations: the professional has to say
    /// whether one of them is a name.
    pub stayed: Vec<String>,
}

/// A copy to look at.
pub struct PeerCopy {
    /// Age in a band of ten years; empty where it is not known.
    pub age_band: String,
    /// The pieces, in the order of the copy.
    pub parts: Vec<CopyPart>,
}

/// A piece as it was approved.
#[derive(Clone, Zeroize)]
pub struct ApprovedPart {
    /// Field or entry list.
    pub field: String,
    /// The moved day, ISO 8601; empty for none.
    pub on: String,
    /// What the copy says.
    pub text: String,
}

impl Practice {
    /// The copy to compare, with choices in the words of this language. Each protected value in it is logged as revealed. Special
    /// data for which no consent or other ground holds today are not in it.
    pub async fn peer_copy(&self, id: DossierId, language: &str) -> Result<PeerCopy, Error> {
        let (view, known) = self.known_of(id).await?;
        let days = known.days.union(&known.doubted).copied().collect();
        let offset = dates::offset(&days, &chance(id)?);
        let mut pieces = pieces_of(&view, language);
        let special = pieces.iter().map(|one| one.field);
        let groundless = self.without_ground(id, special.collect()).await?;
        pieces.retain(|one| !groundless.contains(one.field));
        let scrubber = Scrubber::new(&known, offset, pieces.iter().map(|one| &**one.text))?;
        let revealed: BTreeSet<&str> = pieces
            .iter()
            .map(|one| one.field)
            .filter(|field| self.rights().fields.contains_key(*field))
            .collect();
        let parts = pieces.into_iter().map(|one| one.part(&scrubber, &known));
        let parts = parts.collect();
        let mut write = self.store.write().await?;
        let opened = self.event(EventKind::DossierOpened).about(id);
        self.log(&mut write, opened.reason("peer_review")).await?;
        for field in revealed {
            let event = self.event(EventKind::FieldRevealed).about(id);
            self.log(&mut write, event.part(field)).await?;
        }
        write.commit().await?;
        Ok(PeerCopy {
            age_band: known.age().map(scrub::age_band).unwrap_or_default(),
            parts,
        })
    }

    /// What of a copy that was mended by hand still leads to somebody: the number of the piece, and why.
    pub async fn check_peer_copy(
        &self,
        id: DossierId,
        parts: &[ApprovedPart],
    ) -> Result<Vec<(usize, Trace)>, Error> {
        self.refuse_without_ground(id, parts).await?;
        let (_, known) = self.known_of(id).await?;
        traces(&known, parts)
    }

    /// Writes a copy that was approved. Nothing is written while anything in it leads to somebody of whom the program knows. The log
    /// has it before the file is in its place.
    pub async fn save_peer_copy(
        &self,
        id: DossierId,
        parts: &[ApprovedPart],
        language: &str,
        path: &Path,
    ) -> Result<(), Error> {
        self.refuse_own_folder(path)?;
        if let Err(error) = self.refuse_without_ground(id, parts).await {
            let event = self.event(EventKind::PeerCopyMade).about(id);
            return self.deny_unfounded(event, error).await;
        }
        let (_, known) = self.known_of(id).await?;
        if let Some((_, trace)) = traces(&known, parts)?.first() {
            return Err(Error::refused("peer_review", trace.code()));
        }
        let text = as_text(&known, parts, language);
        let mut aside = store::aside_of(path)?;
        aside.write_all(text.as_bytes()).map_err(StoreError::from)?;
        let event = self.event(EventKind::PeerCopyMade).about(id);
        self.log_now(event.count(parts.len())).await?;
        Ok(store::put_in_place(aside, path)?)
    }

    /// Those of the fields that need a ground and have none that holds today.
    async fn without_ground(
        &self,
        id: DossierId,
        mut fields: BTreeSet<&'static str>,
    ) -> Result<BTreeSet<&'static str>, Error> {
        fields.retain(|field| catalogue::field(field).is_some_and(FieldDef::is_special));
        if fields.is_empty() {
            return Ok(fields);
        }
        let mut conn = self.store.read().await?;
        let row = self.dossier_row_in(&mut conn, id).await?;
        let leaves = self.leaves(&mut conn, &row).await?;
        let (today, rights) = (self.today(), self.rights());
        fields.retain(|field| {
            let act = Act::Record(field);
            rights.decide_act(&leaves, &act, When::Now(&today)).is_err()
        });
        Ok(fields)
    }

    /// Special data go no longer than they may be kept, also where the ground ended after the copy was looked at.
    async fn refuse_without_ground(
        &self,
        id: DossierId,
        parts: &[ApprovedPart],
    ) -> Result<(), Error> {
        for part in parts {
            let def = catalogue::field(&part.field).filter(|def| def.is_special());
            if let Some(def) = def {
                self.consent_for(id, &Act::Record(def.id)).await?;
            }
        }
        Ok(())
    }

    /// The dossier, and whatever leads to somebody in it.
    async fn known_of(&self, id: DossierId) -> Result<(View, Known), Error> {
        let (view, _) = self.view(id, Reveal::All).await?;
        let mut known = Known::new(self.civil_today());
        known.add_subject(&view);
        for user in self.users().await? {
            known.add_full_name(&user.name);
        }
        let mut around = Vec::new();
        for row in
            store::dossier::of_circle(&mut *self.store.read().await?, self.practice_circle).await?
        {
            if catalogue::SHARED_KINDS.contains(&row.kind.as_str()) {
                around.push(row.id);
            }
        }
        around.extend(view.entries.iter().filter_map(|entry| {
            let content = EntryContent::parse(entry.content.as_bytes());
            content.ok()?.dossier.as_deref()?.parse::<DossierId>().ok()
        }));
        for other in around.into_iter().filter(|other| *other != id) {
            match self.view(other, Reveal::Nothing).await {
                Ok((view, _)) => known.add_dossier(&view),
                Err(Error::NotFound | Error::Denied(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok((view, known))
    }
}

/// Bytes by which the shift of a dossier is chosen: the same as long as the program runs, so that two copies can be compared, and known
/// to nobody who has not the key, which is nowhere else than here.
fn chance(id: DossierId) -> Result<Zeroizing<Vec<u8>>, Error> {
    static KEY: OnceLock<[u8; 32]> = OnceLock::new();
    let drawn = random::<32>()?;
    let key = KEY.get_or_init(|| drawn);
    let mut bytes = Zeroizing::new(Vec::with_capacity(2048));
    for count in 0..64_u8 {
        let digest = Sha256::new()
            .chain_update(key)
            .chain_update(id.as_bytes())
            .chain_update([count]);
        bytes.extend_from_slice(&digest.finalize());
    }
    Ok(bytes)
}

fn traces(known: &Known, parts: &[ApprovedPart]) -> Result<Vec<(usize, Trace)>, Error> {
    let texts = parts.iter().map(|part| part.text.as_str());
    let scrubber = Scrubber::new(known, 0, texts)?;
    let mut found = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        if !KEPT.contains(&part.field.as_str()) {
            return Err(Error::NotFound);
        }
        let on: Option<NaiveDate> = part.on.parse().ok();
        if !part.on.is_empty() && on.is_none_or(|on| known.days.contains(&on)) {
            found.push((at, Trace::Day));
        } else if let Some(trace) = scrubber.trace(&part.text, on.unwrap_or(known.today)) {
            found.push((at, trace));
        }
    }
    Ok(found)
}

/// The days that a text names; one without a year is the nearest to this.
pub(super) fn days_in(text: &str, near: NaiveDate) -> Vec<NaiveDate> {
    let folded = Folded::of(text);
    let found = dates::find(&folded.text, near).into_iter();
    found
        .filter(|one| one.is_day() && !one.doubted)
        .map(|one| one.date)
        .collect()
}

/// What goes along, before anything was taken out.
struct Piece {
    field: &'static str,
    /// The day that it is about.
    on: Option<NaiveDate>,
    text: Text,
}

impl Piece {
    fn part(self, scrubber: &Scrubber<'_>, known: &Known) -> CopyPart {
        let scrubbed = scrubber.scrub(&self.text, self.on.unwrap_or(known.today));
        let on = self.on.map(|day| scrubber.moved(day).to_string());
        CopyPart {
            field: self.field,
            on: on.unwrap_or_default(),
            before: self.text,
            after: scrubbed.text,
            unsure: scrubbed.unsure.into_iter().collect(),
            stayed: scrubbed.stayed.into_iter().collect(),
        }
    }
}

/// What of a dossier goes along, in the order of the copy; of a list the oldest first.
fn pieces_of(view: &View, language: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for field in KEPT.iter().copied() {
        if let Some(value) = view.fields.get(field).and_then(|seen| seen.value()) {
            pieces.push(Piece {
                field,
                on: None,
                text: Zeroizing::new(in_words(field, value, language)),
            });
        }
        let mine = view.entries.iter().rev().filter(|one| one.field == field);
        for entry in mine {
            let content = EntryContent::parse(entry.content.as_bytes());
            let content = Zeroizing::new(content.unwrap_or_default());
            let text = said(field, &content, language);
            if !text.is_empty() {
                let on = content.on.as_deref().and_then(|on| on.parse().ok());
                pieces.push(Piece { field, on, text });
            }
        }
    }
    pieces
}

/// A value as people say it.
fn in_words(field: &str, value: &str, language: &str) -> String {
    match catalogue::field(field).map(|def| def.value) {
        Some(ValueType::Choice(_)) => choice(value, language).to_owned(),
        Some(form) => code::show(form, value),
        None => value.to_owned(),
    }
}

/// What an entry says: of somebody around the person the part alone, never the name.
fn said(field: &str, content: &EntryContent, language: &str) -> Text {
    let word = |id: &Option<String>| id.as_ref().map(|id| choice(id, language).to_owned());
    let role = word(&content.role).or(word(&content.channel));
    let state = word(&content.state);
    let title = content
        .title
        .as_deref()
        .filter(|_| field != "people_involved");
    let parts = [
        role.as_deref(),
        title,
        state.as_deref(),
        Some(&*content.text),
    ];
    let parts: Vec<&str> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    Zeroizing::new(parts.join("\n"))
}

fn as_text(known: &Known, parts: &[ApprovedPart], language: &str) -> Text {
    let english = language == "en";
    let mut text = Zeroizing::new(String::new());
    let mut line = |one: &str| {
        text.push_str(one);
        text.push('\n');
    };
    line(if english {
        "Copy for peer review"
    } else {
        "Kopie voor intervisie"
    });
    if let Some(age) = known.age() {
        let label = if english { "Age" } else { "Leeftijd" };
        line(&format!("{label}: {}", scrub::age_band(age)));
    }
    let mut last = "";
    for part in parts {
        if part.field != last {
            line("");
            line(label(&part.field, language));
        }
        last = &part.field;
        line("");
        if !part.on.is_empty() {
            line(&part.on);
        }
        line(&part.text);
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_dossier_moves_alike_each_time_and_unlike_another() {
        let (one, other) = (DossierId::make(), DossierId::make());
        assert_eq!(*chance(one).unwrap(), *chance(one).unwrap());
        assert_ne!(*chance(one).unwrap(), *chance(other).unwrap());
        assert_eq!(chance(one).unwrap().len(), 2048);
    }
}
