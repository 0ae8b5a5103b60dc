//! A copy for peer review: a dossier without anything that leads to the person, for the professional to compare, mend and approve.

mod dates;
mod known;
mod scrub;
mod words;

pub use scrub::Trace;

use crate::{
    access::{Text, View},
    audit::EventKind,
    catalogue,
    crypto::random,
    dossier::{EntryContent, Reveal},
    error::Error,
    ids::DossierId,
    session::Practice,
    store::{self, StoreError},
};
use chrono::NaiveDate;
use known::Known;
use scrub::Scrubber;
use std::{io::Write, path::Path};
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
    /// The copy to compare. Each protected value in it is logged as revealed.
    pub async fn peer_copy(&self, id: DossierId) -> Result<PeerCopy, Error> {
        let (view, known) = self.known_of(id).await?;
        let offset = dates::offset(&known.days, &random::<2048>()?);
        let scrubber = Scrubber::new(&known, offset)?;
        let (mut parts, mut revealed) = (Vec::new(), Vec::new());
        for (field, ..) in KEPT {
            let protected = self.rights().fields.contains_key(*field);
            let before = parts.len();
            parts.extend(parts_of(&view, field, &scrubber, &known, offset));
            if protected && parts.len() > before {
                revealed.push(*field);
            }
        }
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
    let scrubber = Scrubber::new(known, 0)?;
    let mut found = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        if !KEPT.iter().any(|(field, ..)| *field == part.field) {
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

/// What of a field or an entry list goes along.
fn parts_of(
    view: &View,
    field: &'static str,
    scrubber: &Scrubber<'_>,
    known: &Known,
    offset: i64,
) -> Vec<CopyPart> {
    let mut parts = Vec::new();
    if let Some(value) = view.fields.get(field).and_then(|seen| seen.value()) {
        parts.push(part(field, "", value, scrubber, known.today));
    }
    for entry in view
        .entries
        .iter()
        .rev()
        .filter(|entry| entry.field == field)
    {
        let content = EntryContent::parse(entry.content.as_bytes());
        let content = Zeroizing::new(content.unwrap_or_default());
        let day: Option<NaiveDate> = content.on.as_deref().and_then(|on| on.parse().ok());
        let on = day.map(|day| dates::moved(day, offset).to_string());
        let text = said(field, &content);
        if !text.is_empty() {
            let on = on.unwrap_or_default();
            parts.push(part(
                field,
                &on,
                &text,
                scrubber,
                day.unwrap_or(known.today),
            ));
        }
    }
    parts
}

fn part(
    field: &'static str,
    on: &str,
    before: &str,
    scrubber: &Scrubber<'_>,
    near: NaiveDate,
) -> CopyPart {
    let scrubbed = scrubber.scrub(before, near);
    CopyPart {
        field,
        on: on.to_owned(),
        before: Zeroizing::new(before.to_owned()),
        after: scrubbed.text,
        unsure: scrubbed.unsure.into_iter().collect(),
    }
}

/// What an entry says: of somebody around the person the part alone, never the name.
fn said(field: &str, content: &EntryContent) -> Text {
    let role = content.role.as_deref().or(content.channel.as_deref());
    let title = content
        .title
        .as_deref()
        .filter(|_| field != "people_involved");
    let parts = [role, title, content.state.as_deref(), Some(&*content.text)];
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
            let label = KEPT.iter().find(|(field, ..)| *field == part.field);
            let label = label.map_or("", |(_, dutch, other)| if english { other } else { dutch });
            line("");
            line(label);
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
