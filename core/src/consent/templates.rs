//! Versions of forms: those that come with the program, and those that the practice made of them. None is ever changed or
//! removed, because given consents name them.

use super::{
    fill,
    forms::{FORMS, Form},
};
use crate::{
    audit::EventKind, catalogue::ValueType, code, error::Error, session::Practice, time::day_of,
};
use serde::{Deserialize, Serialize};

/// Languages that forms are in.
pub const LANGUAGES: [&str; 2] = ["nl", "en"];

const SETTING: &str = "forms";

/// One version of a form in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Which form.
    pub template: String,
    /// Of [`LANGUAGES`].
    pub language: String,
    /// Counts from 1, which came with the program.
    pub version: u32,
    /// Its title.
    pub title: String,
    /// Its text, with placeholders.
    pub text: String,
    /// When it was made, in ms; 0 for one that came with the program.
    pub made_at: i64,
}

impl Edition {
    fn shipped(form: &Form, language: usize) -> Self {
        let text = form.texts.get(language).copied().unwrap_or_default();
        let (title, text) = text.split_once('\n').unwrap_or_default();
        Self {
            template: form.id.to_owned(),
            language: LANGUAGES
                .get(language)
                .copied()
                .unwrap_or_default()
                .to_owned(),
            version: 1,
            title: title.to_owned(),
            text: text.trim_end().to_owned(),
            made_at: 0,
        }
    }

    fn is_of(&self, template: &str, language: &str) -> bool {
        self.template == template && self.language == language
    }
}

/// Where a language stands among [`LANGUAGES`].
pub(super) fn language_at(language: &str) -> Result<usize, Error> {
    let at = LANGUAGES.iter().position(|one| *one == language);
    at.ok_or_else(|| Error::refused("language", "choice"))
}

impl Practice {
    /// Every version of every form, in the order of the forms, the newest version of each last.
    pub async fn form_editions(&self) -> Result<Vec<Edition>, Error> {
        self.rights().decide_work()?;
        let made = self.made_editions().await?;
        let mut all = Vec::with_capacity(FORMS.len() * 2 + made.len());
        for form in FORMS {
            for (at, language) in LANGUAGES.iter().enumerate() {
                all.push(Edition::shipped(form, at));
                let own = made.iter().filter(|one| one.is_of(form.id, language));
                all.extend(own.cloned());
            }
        }
        Ok(all)
    }

    /// The version of a form that is signed on a day, ISO 8601: nobody signed what was not written yet.
    pub(super) async fn edition_on(
        &self,
        form: &Form,
        language: &str,
        on: &str,
    ) -> Result<Edition, Error> {
        let at = language_at(language)?;
        let made = self.made_editions().await?;
        let newest = made
            .into_iter()
            .rfind(|one| one.is_of(form.id, language) && *day_of(one.made_at) <= *on);
        Ok(newest.unwrap_or_else(|| Edition::shipped(form, at)))
    }

    /// Makes a new version of a form; from here on that is the one that is signed. Gives its number.
    pub async fn edit_form(
        &self,
        template: &str,
        language: &str,
        title: &str,
        text: &str,
    ) -> Result<u32, Error> {
        self.rights().decide_manage()?;
        let form = Form::find(template).ok_or(Error::NotFound)?;
        language_at(language)?;
        let (title, text) = (
            checked("title", ValueType::Text, title)?,
            checked("text", ValueType::LongText, text)?,
        );
        refuse_placeholders(form, &title, &text)?;
        // The former versions are read while nobody else can write.
        let mut write = self.store.write().await?;
        let mut made = self.made_editions().await?;
        let version = made.iter().rfind(|one| one.is_of(template, language));
        let version = version.map_or(1, |one| one.version) + 1;
        made.push(Edition {
            template: template.to_owned(),
            language: language.to_owned(),
            version,
            title,
            text,
            made_at: self.now(),
        });
        let (circle, owner) = (self.practice_circle, self.practice_record());
        self.put_setting(&mut write, circle, owner, SETTING, &made)
            .await?;
        let event = self.event(EventKind::FormChanged);
        let event = event.object(format!("{template}:{language}:{version}"));
        self.log(&mut write, event).await?;
        write.commit().await?;
        Ok(version)
    }

    async fn made_editions(&self) -> Result<Vec<Edition>, Error> {
        let (circle, owner) = (self.practice_circle, self.practice_record());
        Ok(self
            .get_setting(circle, owner, SETTING)
            .await?
            .unwrap_or_default())
    }
}

fn checked(field: &str, form: ValueType, text: &str) -> Result<String, Error> {
    let text =
        code::check(form, text.trim()).map_err(|error| Error::refused(field, error.code()))?;
    if text.is_empty() {
        return Err(Error::refused(field, "empty"));
    }
    Ok(text)
}

/// A form asks only for what may stand in it, and for what it cannot do without.
fn refuse_placeholders(form: &Form, title: &str, text: &str) -> Result<(), Error> {
    let found = fill::placeholders(text);
    if !fill::placeholders(title).is_empty() || !found.iter().all(|one| fill::is_known(one)) {
        return Err(Error::refused("text", "placeholder_unknown"));
    }
    if form.needs().iter().all(|needed| found.contains(needed)) {
        Ok(())
    } else {
        Err(Error::refused("text", "placeholder_missing"))
    }
}
