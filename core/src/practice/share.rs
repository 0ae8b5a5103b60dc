//! Shares for recovery by two people: three sheets of paper for three people, of which any two give one user a new password.
//!
//! A user splits for the own account alone, so nobody else ever sees more than one of the shares: not an administrator either.

use super::sheet::{as_typed, in_groups, in_one_line, print, printed};
use crate::{
    access::Text,
    audit::EventKind,
    crypto::{Identity, Mismatch, SHARES, Share, join, split},
    error::Error,
    paper::{HouseStyle, Language, PaperError},
    session::Practice,
    time::civil_day,
};
use chrono::{DateTime, Utc};
use serde_json::json;
use zeroize::Zeroizing;

/// What is printed for one of the three people.
pub struct ShareSheet {
    /// Name of the practice.
    pub practice: String,
    /// Whose account two of them open.
    pub user: String,
    /// When it was made.
    pub made: DateTime<Utc>,
    /// Which of the three.
    pub number: u8,
    code: Text,
}

/// Stands before the code of a share; it need not be typed.
const PREFIX: &str = "DEEL1";

impl ShareSheet {
    /// The code in groups, as printed.
    pub fn groups(&self) -> Vec<Text> {
        in_groups(self.code.strip_prefix(PREFIX).unwrap_or(&self.code))
    }

    /// The code in one line, for the command line.
    pub fn code(&self) -> Text {
        in_one_line(&self.groups())
    }

    /// A PDF in the style of the house. Whoever has the file has the share.
    pub fn to_pdf(
        &self,
        style: &HouseStyle,
        language: Language,
    ) -> Result<Zeroizing<Vec<u8>>, PaperError> {
        let data = json!({
            "kind": "share", "practice": self.practice, "name": self.user, "number": self.number,
            "date": civil_day(self.made).to_string(), "groups": printed(&self.groups()),
        });
        print(&data, style, language, self.made)
    }
}

impl Practice {
    /// Splits the way to this user's own secrets among three people; the password is needed. The shares of a former split
    /// stop working.
    pub async fn split_recovery(&self, password: &str) -> Result<Vec<ShareSheet>, Error> {
        self.rights().decide_work()?;
        self.ask_password(password).await?;
        let (settings, user) = (self.settings().await?, self.user_name(self.user).await?);
        let identity = Identity::make();
        let shares = split(&identity)?;
        let mut entry = self.own_entry()?;
        let name = shares.first().map(Share::split).unwrap_or_default();
        entry.set_together(name, &identity.recipient(), &self.ring().secrets())?;
        let sheet = |share: &Share| {
            Ok(ShareSheet {
                practice: settings.practice.clone(),
                user: user.to_string(),
                made: (self.clock)(),
                number: share.number(),
                code: share.expose()?,
            })
        };
        let sheets = shares.iter().map(sheet).collect::<Result<_, Error>>()?;
        self.put_entry(entry)?;
        self.log_split(EventKind::RecoverySplit).await?;
        Ok(sheets)
    }

    /// Takes back that two people can open this account; the password is needed.
    pub async fn end_split(&self, password: &str) -> Result<(), Error> {
        self.ask_password(password).await?;
        let mut entry = self.own_entry()?;
        entry.drop_together();
        self.put_entry(entry)?;
        self.log_split(EventKind::RecoverySplitEnded).await
    }

    /// Whether two people together can give this user a new password.
    pub fn has_split(&self) -> bool {
        self.file()
            .user(self.user)
            .is_some_and(|entry| entry.split().is_some())
    }

    async fn log_split(&self, kind: EventKind) -> Result<(), Error> {
        let mut write = self.store.write().await?;
        self.retire_former(&mut write).await?;
        self.log(&mut write, self.event(kind).count(usize::from(SHARES)))
            .await?;
        Ok(write.commit().await?)
    }
}

/// Reads a share as typed: with or without groups, in either case.
fn parse_share(code: &str) -> Result<Share, Error> {
    let plain = as_typed(code);
    let rest = plain.strip_prefix(PREFIX).unwrap_or(&plain);
    Zeroizing::new(format!("{PREFIX}{rest}"))
        .parse()
        .map_err(|_| refused("share_form"))
}

/// Puts two shares of this split together.
pub(super) fn join_shares(codes: [&str; 2], of: Option<&str>) -> Result<Identity, Error> {
    let (one, two) = (parse_share(codes[0])?, parse_share(codes[1])?);
    let joined = join(&one, &two).map_err(|mismatch| match mismatch {
        Mismatch::Same => refused("same_share"),
        Mismatch::Other => refused("other_split"),
        Mismatch::Form => refused("share_form"),
    })?;
    if of == Some(one.split().as_str()) {
        Ok(joined)
    } else {
        Err(refused("former_share"))
    }
}

fn refused(reason: &'static str) -> Error {
    Error::refused("share", reason)
}
