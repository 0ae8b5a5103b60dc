//! The recovery sheet: a second way to one's own secrets, on paper.

use crate::{
    access::Text,
    audit::EventKind,
    crypto::{Identity, Opener, Recipient},
    error::Error,
    paper::{HouseStyle, Language, PaperError, Template, render},
    session::Practice,
    time::civil_day,
};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::PoisonError};
use zeroize::Zeroizing;

/// What is printed. Whoever has it can open this user's account.
pub struct RecoverySheet {
    /// Name of the practice.
    pub practice: String,
    /// Whose it is: the name of a user, or of a vault.
    pub user: String,
    /// When it was made.
    pub made: DateTime<Utc>,
    vault: bool,
    code: Text,
    backups: Option<Text>,
}

/// Signs in a group of the printed code.
const GROUP: usize = 6;
const PREFIX: &str = "AGE-SECRET-KEY-";

/// Makes a sheet and the recipient that goes with it.
pub(crate) fn make_sheet(
    practice: &str,
    user: &str,
    now: DateTime<Utc>,
) -> (RecoverySheet, Recipient) {
    let identity = Identity::make();
    let sheet = RecoverySheet {
        practice: practice.to_owned(),
        user: user.to_owned(),
        made: now,
        vault: false,
        code: identity.expose(),
        backups: None,
    };
    (sheet, identity.recipient())
}

/// Reads a code as typed: with or without groups, in either case. The sheet of an administrator has that of backups on a
/// second line. A code is as printed on one line or several: one of another length than its own is none.
pub(crate) fn parse_sheet(code: &str) -> Result<Identity, Error> {
    let lines: Vec<&str> = code.lines().collect();
    let starts = (1..=lines.len()).map(|to| Zeroizing::new(lines[..to].join(" ")));
    let found = starts.into_iter().find_map(|code| parse_code(&code).ok());
    found.ok_or(Error::WrongPassword)
}

fn parse_code(code: &str) -> Result<Identity, Error> {
    let plain = as_typed(code);
    let rest = plain.strip_prefix("AGESECRETKEY").unwrap_or(&plain);
    Zeroizing::new(format!("{PREFIX}{rest}"))
        .parse()
        .map_err(|_| Error::WrongPassword)
}

/// What was typed of a code, without spaces and dashes, in capitals.
pub(super) fn as_typed(code: &str) -> Text {
    let mut plain = Zeroizing::new(String::with_capacity(code.len()));
    let signs = code.chars().filter(char::is_ascii_alphanumeric);
    plain.extend(signs.map(|c| c.to_ascii_uppercase()));
    plain
}

/// A code as it is printed.
pub(super) fn in_groups(code: &str) -> Vec<Text> {
    code.as_bytes()
        .chunks(GROUP)
        .map(|group| Zeroizing::new(String::from_utf8_lossy(group).into_owned()))
        .collect()
}

/// Groups as they are typed on one line.
pub(super) fn in_one_line(groups: &[Text]) -> Text {
    let words: Vec<&str> = groups.iter().map(|group| group.as_str()).collect();
    Zeroizing::new(words.join("-"))
}

/// Groups as a paper has them. Of its copies none can be wiped by its owner: what typst frees is (`crypto/wiping.rs`), and what it
/// remembers is forgotten after each paper.
pub(super) fn printed(groups: &[Text]) -> Value {
    groups.iter().map(|group| group.as_str()).collect()
}

/// A sheet is seen once, so it is always printed from the shipped template: with one of the practice a code could be left out.
pub(super) fn print(
    data: &Value,
    style: &HouseStyle,
    language: Language,
    made: DateTime<Utc>,
) -> Result<Zeroizing<Vec<u8>>, PaperError> {
    let style = HouseStyle {
        templates: BTreeMap::new(),
        ..style.clone()
    };
    render(Template::RecoverySheet, data, &style, language, made)
}

fn plain_groups(code: &str) -> Vec<Text> {
    in_groups(code.strip_prefix(PREFIX).unwrap_or(code))
}

impl RecoverySheet {
    /// For a vault, in place of a user.
    pub(crate) fn of_vault(self) -> Self {
        Self {
            vault: true,
            ..self
        }
    }

    /// With the code that opens backups as well.
    pub(super) fn with_backups(self, identity: &Identity) -> Self {
        Self {
            backups: Some(identity.expose()),
            ..self
        }
    }

    /// The code in groups, as printed.
    pub fn groups(&self) -> Vec<Text> {
        plain_groups(&self.code)
    }

    /// The code that opens backups, in groups, on the sheet of an administrator.
    pub fn backup_groups(&self) -> Option<Vec<Text>> {
        self.backups.as_deref().map(|code| plain_groups(code))
    }

    /// Which group (counted from 1) must be typed back: not the first, which one reads along.
    pub fn ask(&self) -> usize {
        let groups = self.groups();
        let sum: usize = self.code.bytes().map(usize::from).sum();
        2 + sum % (groups.len() - 1)
    }

    /// A PDF in the style of the house. Whoever has the file has the code.
    pub fn to_pdf(
        &self,
        style: &HouseStyle,
        language: Language,
    ) -> Result<Zeroizing<Vec<u8>>, PaperError> {
        let data = json!({
            "kind": if self.vault { "vault" } else { "user" }, "practice": self.practice, "name": self.user,
            "date": civil_day(self.made).to_string(), "groups": printed(&self.groups()),
            "backups": self.backup_groups().map(|groups| printed(&groups)),
        });
        print(&data, style, language, self.made)
    }

    /// The code in one line, for the command line.
    pub fn code(&self) -> Text {
        in_one_line(&self.groups())
    }

    /// The code that opens backups in one line.
    pub fn backup_code(&self) -> Option<Text> {
        self.backup_groups().map(|groups| in_one_line(&groups))
    }
}

/// What opens a backup, by the code on a sheet: as printed there on several lines, alone or below the first code, as the last
/// line of a sheet in text, or as an identity file of the age program.
pub fn backup_opener(code: &str) -> Result<Opener, Error> {
    let lines: Vec<&str> = code
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'))
        .collect();
    let ends = (0..lines.len()).rev();
    let codes = ends.map(|from| Zeroizing::new(lines[from..].join(" ")));
    let found = codes.into_iter().find_map(|code| parse_code(&code).ok());
    found.map(Opener::Identity).ok_or(Error::WrongPassword)
}

impl Practice {
    /// Makes a new sheet for this user; the password is needed. A former sheet stops working.
    pub async fn new_sheet(&self, password: &str) -> Result<RecoverySheet, Error> {
        self.ask_password(password).await?;
        let mut entry = self.own_entry()?;
        let (settings, name) = (self.settings().await?, self.user_name(self.user).await?);
        let (mut sheet, recipient) = make_sheet(&settings.practice, &name, (self.clock)());
        entry.set_recovery(&recipient, &self.ring().secrets())?;
        self.put_entry(entry)?;
        let manages = self.rights().decide_manage().is_ok();
        if manages {
            // The former code is on paper alone: a new sheet has one of its own, and the next backup is made for it.
            sheet = sheet.with_backups(&self.make_backup_key().await?);
        }
        let mut write = self.store.write().await?;
        self.retire_former(&mut write).await?;
        self.log(&mut write, self.event(EventKind::RecoverySheetMade))
            .await?;
        write.commit().await?;
        self.keep_sheet(&sheet);
        Ok(sheet)
    }

    /// Confirms that the sheet is on paper, by one group of it typed back.
    pub fn confirm_sheet(&self, answer: &str) -> Result<(), Error> {
        let expected = self
            .sheet
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
            .map(Zeroizing::new);
        let typed = as_typed(answer);
        if expected.is_none_or(|expected| *expected != *typed) {
            return Err(Error::RecoveryMismatch);
        }
        self.change_file(|file| {
            if let Some(entry) = file.user_mut(self.user) {
                entry.recovery_confirmed = true;
            }
        })?;
        self.sheet
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        Ok(())
    }

    /// Whether this user has a confirmed sheet.
    pub fn has_confirmed_sheet(&self) -> bool {
        self.file()
            .user(self.user)
            .is_some_and(|entry| entry.recovery_confirmed)
    }

    /// Keeps the group that must be typed back.
    pub(super) fn keep_sheet(&self, sheet: &RecoverySheet) {
        let group = sheet
            .groups()
            .get(sheet.ask() - 1)
            .map(|group| group.to_string());
        *self.sheet.lock().unwrap_or_else(PoisonError::into_inner) = group;
    }
}
