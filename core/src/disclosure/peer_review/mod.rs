//! A copy for peer review: a dossier without anything that leads to the person, for the professional to compare, mend and approve.

mod dates;
mod known;
mod numerals;
mod ordinary;
mod rules;
mod scrub;
mod words;

pub(super) use known::{PEOPLE, street_name};
pub(super) use ordinary::is_ordinary;
pub use scrub::Trace;

use super::words::{choice, label};
use crate::{
    access::{Text, View},
    audit::EventKind,
    catalogue::{self, ValueType},
    code,
    crypto::random,
    dossier::{EntryContent, Reveal},
    error::Error,
    fold::fold,
    ids::DossierId,
    session::Practice,
    store::{self, StoreError},
};
use chrono::NaiveDate;
use known::Known;
use scrub::Scrubber;
use std::{collections::BTreeSet, io::Write, path::Path};
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
    /// Words that were taken for names only because of their capital.
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
    /// The copy to compare, with choices in the words of this language. Each protected value in it is logged as revealed.
    pub async fn peer_copy(&self, id: DossierId, language: &str) -> Result<PeerCopy, Error> {
        let (view, known) = self.known_of(id).await?;
        let offset = dates::offset(&known.days, &random::<2048>()?);
        let pieces = pieces_of(&view, language);
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

    /// The dossier, and whatever leads to somebody in it.
    async fn known_of(&self, id: DossierId) -> Result<(View, Known), Error> {
        let (view, _) = self.view(id, Reveal::All).await?;
        let mut known = Known::new(self.civil_today()?);
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
    let folded = Zeroizing::new(fold(text));
    let found = dates::find(&folded, near).into_iter();
    found
        .filter(dates::Found::is_day)
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
