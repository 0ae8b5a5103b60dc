//! Checking the chain: every hash, every signature, every number.

use super::{Event, chain, digest_ids};
use crate::{
    crypto::VerifyingKey,
    ids::UserId,
    store::{Conn, StoreError, account, audit},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::collections::{HashMap, HashSet};

/// What is wrong with the chain, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Number of the entry.
    pub seq: i64,
    /// What: a word of the program.
    pub what: &'static str,
}

const PAGE: i64 = 1000;

/// Walks the whole chain. Keys are introduced by entries of it, the founder's by the first.
pub async fn verify(conn: &mut Conn) -> Result<Vec<Finding>, StoreError> {
    let mut walk = Walk::default();
    loop {
        let rows = audit::from(conn, walk.next, PAGE).await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            walk.step(row);
            let subjects = audit::subjects(conn, row.seq).await?;
            walk.check_subjects(row, &subjects);
        }
    }
    walk.check_accounts(&account::all(conn).await?);
    Ok(walk.findings)
}

/// What the log says that somebody signs and is given keys with.
struct PublicKeys {
    signing: VerifyingKey,
    recipient: String,
}

pub(super) struct Walk {
    keys: HashMap<UserId, PublicKeys>,
    /// Who signs with keys of their own making.
    joined: HashSet<UserId>,
    former: Vec<u8>,
    next: i64,
    findings: Vec<Finding>,
}

impl Default for Walk {
    fn default() -> Self {
        Self {
            keys: HashMap::new(),
            joined: HashSet::new(),
            former: Vec::new(),
            next: 1,
            findings: Vec::new(),
        }
    }
}

/// The public keys that an entry introduces, where it is of a kind that may.
fn introduction(event: &Event) -> Option<(UserId, PublicKeys)> {
    use super::EventKind::{PracticeMade, UserInvited, UserJoined};
    if !matches!(event.event, PracticeMade | UserInvited | UserJoined) {
        return None;
    }
    let signing = STANDARD.decode(event.key.as_deref()?).ok()?;
    let keys = PublicKeys {
        signing: VerifyingKey::from_slice(&signing).ok()?,
        recipient: event.recipient.clone()?,
    };
    Some((event.object.as_deref()?.parse().ok()?, keys))
}

impl Walk {
    pub(super) fn find(&mut self, seq: i64, what: &'static str) {
        self.findings.push(Finding { seq, what });
    }

    /// Whether somebody whom the log introduced signed this.
    pub(super) fn signed_by(&self, user: UserId, message: &[u8], signature: &[u8]) -> bool {
        let keys = self.keys.get(&user);
        keys.is_some_and(|keys| keys.signing.verifies(message, signature))
    }

    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    pub(super) fn step(&mut self, row: &audit::AuditRow) {
        if row.seq != self.next {
            self.find(row.seq, "entries_missing");
        }
        if chain(&self.former, &row.body)[..] != row.hash[..] {
            self.find(row.seq, "hash");
        }
        match serde_json::from_str::<Event>(&row.body) {
            Ok(event) => self.check_signature(row, &event),
            Err(_) => self.find(row.seq, "form"),
        }
        self.former.clone_from(&row.hash);
        self.next = row.seq + 1;
    }

    fn check_signature(&mut self, row: &audit::AuditRow, event: &Event) {
        let mut introduced = introduction(event);
        // The founder's first entry is signed with the key that it introduces.
        if row.seq == 1 {
            self.joined.insert(event.user);
            self.keys.extend(introduced.take());
        }
        let signed = self.signed_by(event.user, &row.hash, &row.signature);
        if !signed || event.user != row.user_id {
            self.find(row.seq, "signature");
        }
        let Some((user, keys)) = introduced else {
            return;
        };
        // A newcomer is introduced by somebody else, again when the invitation got lost; whoever joined, by nobody else.
        if self.joined.contains(&user) && event.user != user {
            self.find(row.seq, "introduction");
            return;
        }
        if event.user == user {
            self.joined.insert(user);
        }
        self.keys.insert(user, keys);
    }

    fn check_subjects(&mut self, row: &audit::AuditRow, found: &[crate::ids::DossierId]) {
        let Ok(event) = serde_json::from_str::<Event>(&row.body) else {
            return;
        };
        let sound = match (event.subject, &event.subjects_sha256) {
            (None, None) => found.is_empty(),
            (Some(one), None) => found == [one],
            (None, Some(digest)) => digest_ids(found) == *digest,
            (Some(_), Some(_)) => false,
        };
        if !sound {
            self.find(row.seq, "subjects");
        }
    }

    fn check_accounts(&mut self, accounts: &[account::Account]) {
        for account in accounts {
            let known = self.keys.get(&account.id).is_some_and(|keys| {
                keys.signing.as_bytes()[..] == account.verifying_key[..]
                    && keys.recipient == account.recipient
            });
            if !known {
                self.find(self.next - 1, "account_key");
            }
        }
    }
}
