//! What a profile takes out of a dossier.

use super::{NewReport, ReportLine, ReportProfile, can_be_reported};
use crate::{
    access::{Reason, Seen, View},
    catalogue::{self, FieldDef, Shape},
    code,
    dossier::EntryContent,
    error::Error,
    paper::Language,
    session::Practice,
    time::day_of,
};
use serde_json::{Value, json};

impl Practice {
    /// The lines of a report, in the order of its profile. A field that is not for the writer says why and gives nothing; one
    /// that is protected without leave of the profile is not even looked at.
    pub(super) fn report_lines(
        &self,
        view: &View,
        profile: &ReportProfile,
        new: &NewReport,
    ) -> Result<Vec<ReportLine>, Error> {
        let mut lines = Vec::new();
        for chosen in &profile.fields {
            let known = catalogue::kind(view.kind)
                .is_some_and(|kind| kind.fields.contains(&chosen.field.as_str()));
            let Some(def) = catalogue::field(&chosen.field).filter(|_| known) else {
                continue;
            };
            let withheld = self.withheld(view, def, profile);
            let rows = match (withheld, def.shape()) {
                (Some(_), _) => Vec::new(),
                (None, Some(_)) => entries(view, def, new)?,
                (None, None) => value(view, def, new.language).into_iter().collect(),
            };
            if withheld.is_some() || !rows.is_empty() {
                lines.push(ReportLine {
                    field: def.id,
                    label: chosen.label.clone(),
                    withheld,
                    list: def.shape().is_some(),
                    rows,
                });
            }
        }
        Ok(lines)
    }

    fn withheld(&self, view: &View, def: &FieldDef, profile: &ReportProfile) -> Option<Reason> {
        // A practice may have protected a field after the profile was made.
        let protected = def.is_protected() || self.rights().fields.contains_key(def.id);
        let note = def.shape() == Some(Shape::Note);
        if !can_be_reported(def.value) || ((protected || note) && !profile.protected) {
            return Some(Reason::Masked);
        }
        let lists = view.withheld_entries.iter();
        let mut list = lists
            .filter(|(field, _)| *field == def.id)
            .map(|(_, reason)| *reason);
        let value = view.fields.get(def.id).and_then(|seen| match seen {
            Seen::Withheld { reason, .. } => Some(*reason),
            Seen::Shown { .. } => None,
        });
        value.or(list.next_back())
    }
}

fn value(view: &View, def: &FieldDef, language: Language) -> Option<Value> {
    let stored = view.fields.get(def.id).and_then(Seen::value)?;
    let shown = choice(def.id, stored, language)
        .map_or_else(|| code::show(def.value, stored), str::to_owned);
    Some(json!({ "text": shown }))
}

/// The states of an assignment in words.
fn choice(field: &str, id: &str, language: Language) -> Option<&'static str> {
    const STATES: &[(&str, &str, &str)] = &[
        ("planned", "Gepland", "Planned"),
        ("running", "Loopt", "Running"),
        ("paused", "Onderbroken", "Paused"),
        ("finished", "Afgerond", "Finished"),
        ("stopped", "Gestopt", "Stopped"),
        ("open", "Loopt", "Open"),
        ("reached", "Bereikt", "Reached"),
        ("dropped", "Losgelaten", "Dropped"),
    ];
    let known = matches!(field, "project_status" | "goals");
    let (_, dutch, english) = STATES.iter().find(|(known, ..)| *known == id)?;
    known.then_some(match language {
        Language::Dutch => dutch,
        Language::English => english,
    })
}

/// What a list says of the period, the oldest first. Goals have no day of their own and are all there.
fn entries(view: &View, def: &FieldDef, new: &NewReport) -> Result<Vec<Value>, Error> {
    let mut rows = Vec::new();
    for entry in view
        .entries
        .iter()
        .filter(|entry| entry.field == def.id)
        .rev()
    {
        let content = EntryContent::parse(entry.content.as_bytes())?;
        let day = content
            .on
            .clone()
            .unwrap_or_else(|| day_of(entry.created_at));
        let goal = def.shape() == Some(Shape::Goal);
        if !goal && !new.holds(&day) {
            continue;
        }
        let state = content.state.as_deref().filter(|_| goal);
        let state = state.and_then(|state| choice(def.id, state, new.language));
        let said = [content.title.as_deref().unwrap_or_default(), &content.text];
        let said: Vec<&str> = said.into_iter().filter(|part| !part.is_empty()).collect();
        rows.push(json!({
            "date": if goal { "" } else { &day },
            "title": state.unwrap_or_default(),
            "text": said.join("\n"),
        }));
    }
    Ok(rows)
}
