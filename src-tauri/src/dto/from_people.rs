//! From the core's shapes to the page's: people, circles, the matrix and the log.

use super::{
    AuditEvent, CircleInfo, CircleKind, GrantEffect, GroupInfo, Invitation, Level, MatrixField,
    MatrixGroup, Names, Statement, StatementKind, UserInfo, UserState, Waiting, filled,
    from_catalogue::word, maybe_moment, moment, name_of, number,
};
use dossierkluis::{
    catalogue,
    error::Error,
    ids::{DossierId, UserId},
    people as core,
    practice::{LogEntry, Practice},
};
use std::collections::HashMap;

/// The names of everybody in the practice.
pub async fn names(practice: &Practice) -> Result<Names, Error> {
    Ok(practice
        .users()
        .await?
        .into_iter()
        .map(|user| (user.id, user.name.to_string()))
        .collect())
}

impl CircleInfo {
    /// Of other people's circles not even the name is known: whatever comes is one's own.
    pub fn new(circle: core::CircleInfo) -> Self {
        let kind = match circle.kind.as_str() {
            "practice" => CircleKind::Practice,
            "own" => CircleKind::Own,
            _ => CircleKind::Made,
        };
        let members = circle.members.iter().map(UserId::to_string).collect();
        Self {
            id: circle.id.to_string(),
            name: circle.name.to_string(),
            kind,
            members,
            mine: true,
        }
    }
}

/// A built-in group goes by its role, which the page names; one that the practice made by its own name.
fn group_name(role: &str, name: &str) -> String {
    if name.is_empty() {
        role.to_owned()
    } else {
        name.to_owned()
    }
}

impl From<core::GroupInfo> for GroupInfo {
    fn from(group: core::GroupInfo) -> Self {
        let members = group.members.iter().map(UserId::to_string).collect();
        let administers = group.role == "administrator";
        Self {
            id: group.id.to_string(),
            name: group_name(&group.role, &group.name),
            members,
            administers,
        }
    }
}

impl From<core::UserInfo> for UserInfo {
    fn from(user: core::UserInfo) -> Self {
        Self {
            id: user.id.to_string(),
            name: user.name.to_string(),
            groups: user.groups.iter().map(ToString::to_string).collect(),
            state: match user.state.as_str() {
                "invited" => UserState::Invited,
                "disabled" => UserState::Disabled,
                _ => UserState::Active,
            },
            expires: filled(&user.expires),
            statements: user.statements.into_iter().map(Statement::from).collect(),
            last_sign_in: maybe_moment(user.last_sign_in),
        }
    }
}

impl From<core::Statement> for Statement {
    fn from(statement: core::Statement) -> Self {
        let kind = match statement.kind.as_str() {
            "professional_secrecy" => StatementKind::ProfessionalSecrecy,
            "derived_secrecy" => StatementKind::DerivedSecrecy,
            _ => StatementKind::Confidentiality,
        };
        Self {
            kind,
            signed: statement.signed_on,
            note: statement.note.to_string(),
        }
    }
}

impl From<catalogue::Level> for Level {
    fn from(level: catalogue::Level) -> Self {
        match level {
            catalogue::Level::None => Self::None,
            catalogue::Level::View => Self::View,
            catalogue::Level::Edit => Self::Edit,
        }
    }
}

impl From<Level> for catalogue::Level {
    fn from(level: Level) -> Self {
        match level {
            Level::None => Self::None,
            Level::View => Self::View,
            Level::Edit => Self::Edit,
        }
    }
}

impl From<core::MatrixField> for MatrixField {
    fn from(field: core::MatrixField) -> Self {
        let section = catalogue::field(field.id)
            .map(|def| word(&def.section))
            .unwrap_or_default();
        let levels = field
            .levels
            .into_iter()
            .map(|(group, level)| (group.to_string(), level.into()))
            .collect();
        let (protected, medical, held) = (field.protected, field.medical, field.held);
        Self {
            id: field.id.to_owned(),
            section,
            protected,
            protectable: !protected,
            levels,
            held,
            medical,
        }
    }
}

impl MatrixGroup {
    pub fn new(
        (id, role, name): &(
            dossierkluis::ids::GroupId,
            String,
            dossierkluis::access::Text,
        ),
    ) -> Self {
        Self {
            id: id.to_string(),
            name: group_name(role, name),
        }
    }
}

impl Waiting {
    pub fn new(waiting: &core::Waiting, names: &Names) -> Self {
        let of = |prefix: &str| waiting.key.strip_prefix(prefix).map(str::to_owned);
        Self {
            field: of("field:"),
            circle: of("circle:"),
            key: waiting.key.clone(),
            user: waiting.user.to_string(),
            user_name: name_of(names, waiting.user),
            can_give: waiting.can_give,
            barred: waiting.barred.map(str::to_owned),
            holders: waiting
                .holders
                .iter()
                .map(|holder| name_of(names, *holder))
                .collect(),
        }
    }
}

impl GrantEffect {
    /// By name, for a sentence.
    pub fn new(effect: &core::Effect, names: &Names) -> Self {
        let by_name = |users: &[UserId]| users.iter().map(|user| name_of(names, *user)).collect();
        let barred = |missing: bool| {
            let barred = effect.barred.iter();
            let such = barred.filter(move |(_, why)| (*why == "statement_missing") == missing);
            such.map(|(user, _)| *user).collect::<Vec<_>>()
        };
        let (unsigned, excluded) = (barred(true), barred(false));
        let free = |user: &&UserId| !unsigned.contains(user) && !excluded.contains(user);
        let wait: Vec<UserId> = effect.wait.iter().filter(free).copied().collect();
        Self {
            gain: by_name(&effect.gain),
            lose: by_name(&effect.lose),
            wait: by_name(&wait),
            unsigned: by_name(&unsigned),
            excluded: by_name(&excluded),
            resealed: 0,
        }
    }
}

impl From<core::Invitation> for Invitation {
    fn from(invitation: core::Invitation) -> Self {
        Self {
            user: invitation.user.to_string(),
            password: invitation.password.to_string(),
        }
    }
}

impl AuditEvent {
    /// `places`: names of circles and groups by their ids.
    pub fn new(
        entry: LogEntry,
        (names, places): (&Names, &HashMap<String, String>),
        known: &dyn Fn(DossierId) -> Option<String>,
    ) -> Self {
        let event = entry.event;
        let person = event.object.as_deref().and_then(|id| id.parse().ok());
        let person = person.map(|id| name_of(names, id));
        let named_by = |id: Option<&str>| id.and_then(|id| places.get(id).cloned());
        let (part, place) = match event.part.as_deref().and_then(|part| part.split_once(':')) {
            Some(("field", field)) => (Some(field.to_owned()), named_by(event.object.as_deref())),
            Some((kind, id)) => (Some(kind.to_owned()), named_by(Some(id))),
            None => (event.part.clone(), named_by(event.object.as_deref())),
        };
        let named = [place, person].into_iter().flatten();
        let named: Vec<String> = named.filter(|name| !name.is_empty()).collect();
        Self {
            seq: number(entry.seq),
            at: moment(event.at),
            event: word(&event.event),
            user: name_of(names, event.user),
            subject: event.subject.map(|id| id.to_string()),
            subject_name: event.subject.and_then(known),
            part,
            object_name: (!named.is_empty()).then(|| named.join(" · ")),
            success: event.success,
            count: event.count.map(number),
            reason: event.reason,
        }
    }
}
