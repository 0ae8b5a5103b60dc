//! People, groups, circles, dossiers and fields by what was typed.

use crate::failure::{Failure, usage};
use dossierkluis::{
    catalogue::{self, FieldDef},
    error::Error,
    ids::{CircleId, DossierId, GroupId, UserId},
    people::{CircleInfo, GroupInfo},
    practice::Practice,
};
use std::collections::HashMap;

/// A dossier id. What is no id is no dossier either.
pub fn dossier(text: &str) -> Result<DossierId, Failure> {
    text.parse().map_err(|_| Error::NotFound.into())
}

/// A kind of the catalogue.
pub fn kind(text: &str) -> Result<&'static str, Failure> {
    catalogue::kind(text)
        .map(|kind| kind.id)
        .ok_or_else(|| usage("unknown_kind"))
}

/// A field of the catalogue.
pub fn field(text: &str) -> Result<&'static FieldDef, Failure> {
    catalogue::field(text).ok_or_else(|| usage("unknown_field"))
}

/// `FIELD=TEXT`.
pub fn pair(text: &str) -> Result<(String, String), Failure> {
    let (field, value) = text
        .split_once('=')
        .ok_or_else(|| usage("field_and_value"))?;
    self::field(field)?;
    Ok((field.to_owned(), value.to_owned()))
}

/// A colleague by name or id.
pub async fn user(practice: &Practice, text: &str) -> Result<UserId, Failure> {
    let users = practice.users().await?;
    let id: Option<UserId> = text.parse().ok();
    let found = users
        .iter()
        .find(|user| Some(user.id) == id || user.name.to_lowercase() == text.to_lowercase());
    found
        .map(|user| user.id)
        .ok_or_else(|| Error::NotFound.into())
}

/// Names of everybody.
pub async fn names(practice: &Practice) -> Result<HashMap<UserId, String>, Failure> {
    Ok(practice
        .users()
        .await?
        .into_iter()
        .map(|user| (user.id, user.name.to_string()))
        .collect())
}

/// The name by which a group is known.
pub fn group_name(group: &GroupInfo) -> &str {
    if group.name.is_empty() {
        &group.role
    } else {
        &group.name
    }
}

/// A group by role, name or id.
pub async fn group(practice: &Practice, text: &str) -> Result<GroupId, Failure> {
    let groups = practice.groups().await?;
    let id: Option<GroupId> = text.parse().ok();
    let found = groups.iter().find(|group| {
        Some(group.id) == id || group_name(group).to_lowercase() == text.to_lowercase()
    });
    found
        .map(|group| group.id)
        .ok_or_else(|| Error::NotFound.into())
}

/// The name by which a circle is known.
pub fn circle_name(circle: &CircleInfo) -> &str {
    if circle.name.is_empty() {
        &circle.kind
    } else {
        &circle.name
    }
}

/// A circle by name or id; `own` and `practice` for those without a name.
pub async fn circle(practice: &Practice, text: &str) -> Result<CircleId, Failure> {
    let circles = practice.circles().await?;
    let id: Option<CircleId> = text.parse().ok();
    let found = circles.iter().find(|circle| {
        Some(circle.id) == id || circle_name(circle).to_lowercase() == text.to_lowercase()
    });
    found
        .map(|circle| circle.id)
        .ok_or_else(|| Error::NotFound.into())
}

/// The named circle, or one's own.
pub async fn circle_or_own(practice: &Practice, text: Option<&str>) -> Result<CircleId, Failure> {
    match text {
        Some(text) => circle(practice, text).await,
        None => Ok(practice.own_circle()),
    }
}

/// A time of the store as text.
pub fn time(ms: i64) -> Option<String> {
    let at = chrono::DateTime::from_timestamp_millis(ms).filter(|_| ms != 0);
    at.map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true))
}
