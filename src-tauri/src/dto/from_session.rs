//! From the core's shapes to the page's: sign-in, preferences and settings.

use super::{
    Language, Preferences, RecoverySheet, Settings, Strength, StrengthProblem, Theme, UserName,
    number,
};
use dossierkluis::{
    crypto::{Refusal, Strength as Rated},
    practice as core, settings,
    time::civil_day,
};

impl From<core::SignInName> for UserName {
    fn from(user: core::SignInName) -> Self {
        Self {
            id: user.id.to_string(),
            name: user.name,
        }
    }
}

fn texts(groups: Vec<dossierkluis::access::Text>) -> Vec<String> {
    groups.iter().map(|group| group.to_string()).collect()
}

impl From<&core::RecoverySheet> for RecoverySheet {
    fn from(sheet: &core::RecoverySheet) -> Self {
        Self {
            practice: sheet.practice.clone(),
            user: sheet.user.clone(),
            made: civil_day(sheet.made).to_string(),
            groups: texts(sheet.groups()),
            ask: number(sheet.ask()),
            backups: sheet.backup_groups().map(texts),
        }
    }
}

impl From<Rated> for Strength {
    fn from(rated: Rated) -> Self {
        let problem = rated.refusal.map(|refusal| match refusal {
            Refusal::TooWeak => StrengthProblem::TooWeak,
            Refusal::Common => StrengthProblem::Common,
        });
        Self {
            score: rated.score,
            ok: problem.is_none(),
            problem,
            hint: None,
        }
    }
}

impl Language {
    /// Dutch, unless the word says English.
    pub fn of(word: &str) -> Self {
        if word == "en" { Self::En } else { Self::Nl }
    }

    /// As stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
        }
    }
}

impl From<settings::Preferences> for Preferences {
    fn from(kept: settings::Preferences) -> Self {
        let theme = match kept.theme.as_str() {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::System,
        };
        Self {
            language: Language::of(&kept.language),
            theme,
            lock_minutes: kept.lock_minutes,
            text_size: kept.text_size,
        }
    }
}

impl From<Preferences> for settings::Preferences {
    fn from(given: Preferences) -> Self {
        let theme = match given.theme {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        let (language, theme) = (given.language.word().to_owned(), theme.to_owned());
        Self {
            language,
            theme,
            lock_minutes: given.lock_minutes,
            text_size: given.text_size,
        }
    }
}

impl From<settings::Settings> for Settings {
    fn from(kept: settings::Settings) -> Self {
        let settings::Settings {
            practice,
            hide_users,
            lock_minutes,
            lock_maximum,
            password_score,
            bin_days,
            vault_months,
        } = kept;
        Self {
            practice,
            hide_users,
            lock_minutes,
            lock_maximum,
            password_score,
            bin_days,
            vault_months,
        }
    }
}

impl From<Settings> for settings::Settings {
    fn from(given: Settings) -> Self {
        let Settings {
            practice,
            hide_users,
            lock_minutes,
            lock_maximum,
            password_score,
            bin_days,
            vault_months,
        } = given;
        Self {
            practice,
            hide_users,
            lock_minutes,
            lock_maximum,
            password_score,
            bin_days,
            vault_months,
        }
    }
}
