//! What a profile takes out of a dossier.

use super::{NewReport, ReportLine, ReportProfile, can_be_reported};
use crate::{
    access::{Reason, Seen, View},
    catalogue::{self, FieldDef, Shape, ValueType},
    code,
    disclosure::{choice_in_words, outright_unfit},
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
            let all = rows.len();
            let rows: Vec<Value> = rows.into_iter().filter(|row| is_fit(def, row)).collect();
            let unfit = all - rows.len();
            if withheld.is_some() || all > 0 {
                lines.push(ReportLine {
                    field: def.id,
                    label: chosen.label.clone(),
                    withheld,
                    list: def.shape().is_some(),
                    unfit,
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
        if !can_be_reported(def) || ((protected || note) && !profile.protected) {
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

/// Whether what people wrote may be read by whoever pays: nothing about health, and no number that is nobody's business.
fn is_fit(def: &FieldDef, row: &Value) -> bool {
    let free = matches!(
        def.value,
        ValueType::Text | ValueType::LongText | ValueType::Entries(_)
    );
    let text = row["text"].as_str().unwrap_or_default();
    !free || outright_unfit(text).is_none()
}

fn value(view: &View, def: &FieldDef, language: Language) -> Option<Value> {
    let stored = view.fields.get(def.id).and_then(Seen::value)?;
    let shown = match def.value {
        ValueType::Choice(_) => choice(stored, language),
        form => code::show(form, stored),
    };
    Some(json!({ "text": shown }))
}

/// A choice as a paper begins a line with it.
fn choice(id: &str, language: Language) -> String {
    let words = choice_in_words(id, language.code()).unwrap_or_default();
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
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
        let state = state.map(|state| choice(state, new.language));
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
