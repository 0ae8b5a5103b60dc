//! The papers of an open practice: its style, and printing in it.

use super::{HouseStyle, Language, PaperError, Template, render};
use crate::{audit::EventKind, error::Error, session::Practice};
use serde_json::Value;
use zeroize::Zeroizing;

const HOUSE_STYLE: &str = "house_style";

impl Practice {
    /// The style of the house. Until it is set, its name is that of the practice.
    pub async fn house_style(&self) -> Result<HouseStyle, Error> {
        let kept = self
            .get_setting(self.practice_circle, self.practice_record(), HOUSE_STYLE)
            .await?;
        let mut style: HouseStyle = kept.unwrap_or_default();
        if style.name.is_empty() {
            style.name = self.settings().await?.practice;
        }
        Ok(style)
    }

    /// Changes the style of the house. A template of the practice's own is tried first, in both languages.
    ///
    /// # Errors
    /// [`Error::Refused`], [`Error::Paper`] with the line where the template fails.
    pub async fn save_house_style(&self, style: &HouseStyle) -> Result<(), Error> {
        self.rights().decide_manage()?;
        if let Some((field, reason)) = style.fault() {
            return Err(Error::refused(field, reason));
        }
        tokio::task::block_in_place(|| self.try_templates(style))?;
        let (circle, record) = (self.practice_circle, self.practice_record());
        let mut write = self.store.write().await?;
        self.put_setting(&mut write, circle, record, HOUSE_STYLE, style)
            .await?;
        self.log(&mut write, self.event(EventKind::SettingsChanged))
            .await?;
        Ok(write.commit().await?)
    }

    /// A paper with invented content, to see what a style looks like before it is kept.
    ///
    /// # Errors
    /// As [`Practice::save_house_style`].
    pub fn preview_style(
        &self,
        template: Template,
        style: &HouseStyle,
        language: Language,
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        self.rights().decide_work()?;
        if let Some((field, reason)) = style.fault() {
            return Err(Error::refused(field, reason));
        }
        let sample = template.sample(language);
        Ok(tokio::task::block_in_place(|| {
            render(template, &sample, style, language, (self.clock)())
        })?)
    }

    /// Makes a paper in the style of the house. What may be in it was decided where the data came from.
    pub async fn print(
        &self,
        template: Template,
        data: &Value,
        language: Language,
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        let style = self.house_style().await?;
        let now = (self.clock)();
        Ok(tokio::task::block_in_place(|| {
            render(template, data, &style, language, now)
        })?)
    }

    fn try_templates(&self, style: &HouseStyle) -> Result<(), PaperError> {
        let own = style.templates.keys().copied();
        // The letter shows whether the logo can be read, even where every template is a shipped one.
        for template in own.chain([Template::Letter]) {
            for language in [Language::Dutch, Language::English] {
                render(
                    template,
                    &template.sample(language),
                    style,
                    language,
                    (self.clock)(),
                )?;
            }
        }
        Ok(())
    }
}
