//! Reports to whoever commissioned the guidance: the fields that a profile names, as far as the writer may see them, and nothing
//! else (row B10).

mod gather;
mod send;

pub use send::{NewReport, Report, ReportLine};

use crate::{
    audit::EventKind,
    catalogue::{self, FieldDef, Protection, Shape, ValueType},
    disclosure::choice_in_words,
    error::Error,
    session::Practice,
};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Which fields go to a commissioner, each under the words that the report uses for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportProfile {
    /// Its name.
    pub name: String,
    /// Fields and lists, in the order of the report.
    pub fields: Vec<ReportField>,
    /// Protected fields and notes may be among them; otherwise they never go, whoever writes the report.
    pub protected: bool,
}

/// A field or list in a profile.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportField {
    /// Field id.
    pub field: String,
    /// What the report calls it.
    pub label: String,
}

impl Default for ReportProfile {
    /// The assignment, its number and state, and the goals.
    fn default() -> Self {
        let fields = [
            ("project_number", "Nummer"),
            ("assignment", "Opdracht"),
            ("project_status", "Stand van zaken"),
            ("goals", "Doelen"),
        ];
        let field = |(field, label): (&str, &str)| ReportField {
            field: field.to_owned(),
            label: label.to_owned(),
        };
        Self {
            name: "Verantwoording".to_owned(),
            fields: fields.map(field).to_vec(),
            protected: false,
        }
    }
}

const PROFILES: &str = "report_profiles";

impl Practice {
    /// The profiles of the practice; the usual one until others are made.
    pub async fn report_profiles(&self) -> Result<Vec<ReportProfile>, Error> {
        let kept: Option<Vec<ReportProfile>> = self
            .get_setting(self.practice_circle, self.practice_record(), PROFILES)
            .await?;
        Ok(kept.unwrap_or_else(|| vec![ReportProfile::default()]))
    }

    /// Changes the profiles of the practice: what may leave is decided once, and not with each report.
    pub async fn save_report_profiles(&self, profiles: &[ReportProfile]) -> Result<(), Error> {
        self.rights().decide_manage()?;
        check(profiles)?;
        let (circle, record) = (self.practice_circle, self.practice_record());
        let mut write = self.store.write().await?;
        self.put_setting(&mut write, circle, record, PROFILES, &profiles)
            .await?;
        self.log(&mut write, self.event(EventKind::SettingsChanged))
            .await?;
        Ok(write.commit().await?)
    }

    /// The profile with this name; the first where it is empty.
    async fn report_profile(&self, name: &str) -> Result<ReportProfile, Error> {
        let mut profiles = self.report_profiles().await?.into_iter();
        let found = profiles.find(|profile| name.is_empty() || profile.name == name);
        found.ok_or(Error::NotFound)
    }
}

fn check(profiles: &[ReportProfile]) -> Result<(), Error> {
    let mut names = HashSet::new();
    for profile in profiles {
        let name = profile.name.trim();
        if name.is_empty() || name.chars().count() > 80 || !names.insert(name) {
            return Err(Error::refused("name", "form"));
        }
        for field in &profile.fields {
            let def = catalogue::field(&field.field).ok_or(Error::NotFound)?;
            let delicate = def.is_protected() || def.shape() == Some(Shape::Note);
            if !can_be_reported(def) {
                return Err(Error::refused(def.id, "not_reported"));
            }
            if delicate && !profile.protected {
                return Err(Error::refused(def.id, "protected_value"));
            }
        }
    }
    Ok(())
}

/// What is for the physician alone stays: whoever commissions guidance may be the employer, who is never told why. So do pictures and
/// files, lists of other people, what was signed, asked and handed over, and choices that no paper has words for.
fn can_be_reported(def: &FieldDef) -> bool {
    if matches!(def.protection, Protection::Medical) {
        return false;
    }
    match def.value {
        ValueType::Picture | ValueType::Bsn | ValueType::IdDocument => false,
        ValueType::Choice(ids) => ids.iter().all(|id| choice_in_words(id, "nl").is_some()),
        ValueType::Entries(shape) => matches!(
            shape,
            Shape::Note | Shape::Goal | Shape::Contact | Shape::Certificate | Shape::OwnView
        ),
        _ => true,
    }
}
