//! The access log (NEN 7513 as far as known; `rules-nl.md` §6): append-only, chained by hash, each entry signed by the
//! user who caused it. Entries name records by id alone.

mod export;
mod verify;

pub(crate) use export::LogWriter;
pub use export::{LogCheck, check_log};
pub use verify::{Finding, verify};

use crate::{
    crypto::{Recipient, SigningKey, VerifyingKey},
    ids::{DossierId, UserId},
    store::{Link, SignedLink, StoreError, Write, audit::AuditRow},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each says what it says")]
pub enum EventKind {
    PracticeMade,
    SignedIn,
    SignInFailed,
    Locked,
    PasswordChanged,
    Recovered,
    RecoverySheetMade,
    RecoverySplit,
    RecoverySplitEnded,
    RecoveredTogether,
    KeyringRebuilt,
    WorkRaised,
    Salvaged,
    Retired,
    UserInvited,
    UserJoined,
    UserBlocked,
    UserChanged,
    StatementRecorded,
    GroupMade,
    GroupChanged,
    CircleMade,
    CircleChanged,
    StandInGiven,
    StandInStarted,
    StandInEnded,
    VaultMade,
    VaultOpened,
    VaultRefused,
    VaultClosed,
    VaultPasswordChanged,
    VaultRecovered,
    VaultRekeyed,
    VaultChanged,
    RightChanged,
    KeyGiven,
    KeyReplaced,
    FieldProtected,
    FieldOpened,
    SettingsChanged,
    DossierOpened,
    FieldRevealed,
    HistoryRead,
    DossierMade,
    DossierMoved,
    DossierBinned,
    DossierRestored,
    DossierErased,
    FieldChanged,
    EntryAdded,
    EntryChanged,
    EntryBinned,
    EntryRestored,
    EntryErased,
    DocumentRead,
    Disclosed,
    DisclosureRefused,
    PackageMade,
    PackageReceived,
    PeerCopyMade,
    ConsentGiven,
    ConsentWithdrawn,
    GroundRecorded,
    GroundEnded,
    FormChanged,
    HandedOver,
    TakenBack,
    Listed,
    Searched,
    Imported,
    Exported,
    InvoiceIssued,
    MailingListMade,
    ReportMade,
    LogRead,
    Verified,
    Refused,
    BackupMade,
    BackupPlanChanged,
    BackupKeyMade,
    RestoreDrilled,
    Restored,
    ErasuresReplayed,
}

impl EventKind {
    /// Whether something else stands in the practice afterwards. What is not known to leave everything as it was is taken to
    /// change it: a backup from before it is not enough to destroy the original.
    pub fn changes(self) -> bool {
        !matches!(
            self,
            Self::SignedIn
                | Self::SignInFailed
                | Self::Locked
                | Self::VaultOpened
                | Self::VaultRefused
                | Self::VaultClosed
                | Self::DossierOpened
                | Self::FieldRevealed
                | Self::HistoryRead
                | Self::DocumentRead
                | Self::Listed
                | Self::Searched
                | Self::Exported
                | Self::LogRead
                | Self::Verified
                | Self::Refused
                | Self::Retired
                | Self::BackupMade
                | Self::BackupPlanChanged
                | Self::RestoreDrilled
                | Self::HandedOver
                | Self::TakenBack
        )
    }
}

/// One entry, before it is chained. What is empty is left out of the text.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// In ms since 1970 UTC.
    pub at: i64,
    /// What.
    pub event: EventKind,
    /// Who.
    pub user: UserId,
    /// Built-in roles of the user at that moment.
    pub role: String,
    /// On whose behalf, where that is another (stand-in).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<UserId>,
    /// The person concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<DossierId>,
    /// For an entry about many: SHA-256 over their ids in order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subjects_sha256: Option<String>,
    /// SHA-256 of what was put down and is not to change: a consent with its signature, a withdrawal, a ground.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_sha256: Option<String>,
    /// Field or entry list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// Id of the entry, user, group, circle or key that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// How many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// Whether it was done, or refused.
    pub success: bool,
    /// Why, or why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Access in an emergency.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub emergency: bool,
    /// On which computer.
    pub workstation: String,
    /// With which version of the program.
    pub program: String,
    /// A public signing key that holds for `object` from here on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The public age recipient that holds for `object` from here on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<String>,
}

impl Event {
    /// About one dossier.
    pub fn about(mut self, dossier: DossierId) -> Self {
        self.subject = Some(dossier);
        self
    }

    /// About one field or entry list.
    pub fn part(mut self, part: &str) -> Self {
        self.part = Some(part.to_owned());
        self
    }

    /// About another object.
    pub fn object(mut self, object: impl std::fmt::Display) -> Self {
        self.object = Some(object.to_string());
        self
    }

    /// Puts down the digest of what is not to change from here on.
    pub fn content(mut self, sha256: String) -> Self {
        self.content_sha256 = Some(sha256);
        self
    }

    /// With a number.
    pub fn count(mut self, count: usize) -> Self {
        self.count = Some(count as u64);
        self
    }

    /// With a word of the program for the reason.
    pub fn reason(mut self, reason: &str) -> Self {
        self.reason = Some(reason.to_owned());
        self
    }

    /// Introduces the public keys of a user.
    pub fn key(mut self, user: UserId, key: &VerifyingKey, recipient: &Recipient) -> Self {
        self.key = Some(STANDARD.encode(key.as_bytes()));
        self.recipient = Some(recipient.to_string());
        self.object(user)
    }

    /// Refused.
    pub fn refused(mut self) -> Self {
        self.success = false;
        self
    }
}

/// Chains entries to the last link there is, which is 0 in an empty log, and signs them, each with the dossiers that it is
/// about. To be added inside the change that they tell of.
pub fn sign(
    (mut seq, mut former): Link,
    signing: &SigningKey,
    events: impl IntoIterator<Item = (Event, Vec<DossierId>)>,
) -> Result<Vec<SignedLink>, StoreError> {
    let mut links = Vec::new();
    for (mut event, mut about) in events {
        about.sort();
        if !about.is_empty() {
            event.subjects_sha256 = Some(digest_ids(&about));
        }
        about.extend(event.subject);
        let body = serde_json::to_string(&event).map_err(|_| StoreError::Damaged("audit"))?;
        let hash = chain(&former, &body);
        seq += 1;
        former = hash.to_vec();
        let row = AuditRow {
            seq,
            user_id: event.user,
            body,
            hash: hash.to_vec(),
            signature: signing.sign(&hash).to_vec(),
        };
        links.push((row, about));
    }
    Ok(links)
}

/// Adds entries to the chain, each with the dossiers that it is about, inside the change that they tell of.
pub async fn append(
    write: &mut Write<'_>,
    signing: &SigningKey,
    events: impl IntoIterator<Item = (Event, Vec<DossierId>)>,
) -> Result<(), StoreError> {
    let after = write.link().await?.unwrap_or_default();
    write.add_links(sign(after, signing, events)?).await
}

/// The hash of an entry: SHA-256 over the former hash and the body.
pub fn chain(former: &[u8], body: &str) -> [u8; 32] {
    Sha256::new()
        .chain_update(former)
        .chain_update(body.as_bytes())
        .finalize()
        .into()
}

fn digest_ids(ids: &[DossierId]) -> String {
    let mut digest = Sha256::new();
    for id in ids {
        digest.update(id.as_bytes());
    }
    STANDARD.encode(digest.finalize())
}
