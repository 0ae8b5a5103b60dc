//! People, groups, circles, dossiers and fields by what was typed.

use crate::{
    args::Global,
    failure::{Failure, usage},
    near,
};
use dossierkluis::{
    access::Home,
    catalogue::{self, FieldDef, ValueType},
    code,
    dossier::Reveal,
    error::Error,
    ids::{CircleId, DossierId, GroupId, UserId},
    people::{CircleInfo, GroupInfo},
    practice::Practice,
    vault::VaultInfo,
};
use std::collections::HashMap;

/// A dossier id. What is no id is no dossier either.
pub fn dossier(text: &str) -> Result<DossierId, Failure> {
    text.parse().map_err(|_| Error::NotFound.into())
}

/// A kind of the catalogue.
pub fn kind(text: &str) -> Result<&'static str, Failure> {
    catalogue::kind(text).map(|kind| kind.id).ok_or_else(|| {
        let known: Vec<&str> = catalogue::kinds().iter().map(|kind| kind.id).collect();
        usage("unknown_kind").with("known", known)
    })
}

/// A field of the catalogue.
pub fn field(text: &str) -> Result<&'static FieldDef, Failure> {
    let all = || catalogue::fields().iter().map(|def| def.id).collect();
    catalogue::field(text).ok_or_else(|| near::unknown_field(text, all()))
}

/// A field with one value.
pub fn value_field(text: &str) -> Result<&'static FieldDef, Failure> {
    one_value(field(text)?)
}

/// A field with one value that dossiers of this kind have.
pub fn value_field_of(kind: &str, text: &str) -> Result<&'static FieldDef, Failure> {
    one_value(field_of(kind, text)?)
}

fn one_value(def: &'static FieldDef) -> Result<&'static FieldDef, Failure> {
    match def.shape() {
        None => Ok(def),
        Some(_) => Err(usage("entry_list").with("field", def.id)),
    }
}

/// A field that is a list of entries.
pub fn entry_field(text: &str) -> Result<&'static FieldDef, Failure> {
    let def = field(text)?;
    match def.shape() {
        Some(_) => Ok(def),
        None => Err(usage("not_entry_list").with("field", def.id)),
    }
}

/// A field that dossiers of this kind have.
pub fn field_of(kind: &str, text: &str) -> Result<&'static FieldDef, Failure> {
    let known = catalogue::kind(kind).map_or(&[][..], |kind| kind.fields);
    let def = catalogue::field(text).filter(|def| known.contains(&def.id));
    def.ok_or_else(|| near::unknown_field(text, known.to_vec()))
}

/// Not found: the dossier, or the field in a dossier of its kind. Who may not see the dossier learns nothing of its kind.
pub async fn not_there(practice: &Practice, id: DossierId, field: &str, error: Error) -> Failure {
    if !matches!(error, Error::NotFound) {
        return error.into();
    }
    match practice.open_dossier(id, Reveal::Nothing).await {
        Ok(view) => field_of(view.kind, field).err().unwrap_or(error.into()),
        Err(error) => error.into(),
    }
}

/// `FIELD=TEXT`, where the field is one of the known ones.
pub fn pair(
    text: &str,
    known: impl Fn(&str) -> Result<&'static FieldDef, Failure>,
) -> Result<(String, String), Failure> {
    let (field, value) = text
        .split_once('=')
        .ok_or_else(|| usage("field_and_value"))?;
    Ok((known(field)?.id.to_owned(), value.to_owned()))
}

/// Whether two names are the same to whoever types them.
pub fn same_name(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// The one with this id, or else the only one with this name.
fn only<'a, T: Copy + PartialEq>(
    known: impl Iterator<Item = (T, &'a str)>,
    id: Option<T>,
    text: &str,
    what: &'static str,
) -> Result<T, Failure> {
    let mut named = Vec::new();
    for (one, name) in known {
        if Some(one) == id {
            return Ok(one);
        }
        if same_name(name, text) {
            named.push(one);
        }
    }
    match named[..] {
        [] => Err(Error::NotFound.into()),
        [one] => Ok(one),
        _ => Err(usage("ambiguous").with("what", what)),
    }
}

/// A colleague by name or id.
pub async fn user(practice: &Practice, text: &str) -> Result<UserId, Failure> {
    let users = practice.users().await?;
    let id: Option<UserId> = text.parse().ok();
    let known = users.iter().map(|user| (user.id, user.name.as_str()));
    only(known, id, text, "user")
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
    let known = groups.iter().map(|group| (group.id, group_name(group)));
    only(known, id, text, "group")
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
    let known = circles
        .iter()
        .map(|circle| (circle.id, circle_name(circle)));
    only(known, id, text, "circle")
}

/// A vault by name or id, of those that one may try to open.
pub async fn vault(practice: &Practice, text: &str) -> Result<VaultInfo, Failure> {
    let mut vaults = practice.vaults().await?;
    let id: Option<CircleId> = text.parse().ok();
    let known = vaults.iter().map(|vault| (vault.id, vault.name.as_str()));
    let found = only(known, id, text, "vault")?;
    let at = vaults.iter().position(|vault| vault.id == found);
    at.map(|at| vaults.swap_remove(at))
        .ok_or_else(|| Error::NotFound.into())
}

/// Where a new dossier of this kind will lie: an employee in the vault that was opened, what everybody sees in the circle of
/// everybody, and anything else in the named circle or one's own.
pub async fn home(
    practice: &Practice,
    global: &Global,
    kind: &str,
    circle: Option<&str>,
) -> Result<Home, Failure> {
    let home = match circle {
        None if catalogue::SHARED_KINDS.contains(&kind) => practice.practice_circle(),
        circle => circle_or_own(practice, circle).await?,
    };
    // What a vault is not for is refused by the core.
    let vault = match &global.vault {
        Some(name) => Some(vault(practice, name).await?.id),
        None => None,
    };
    Ok(Home {
        circle: home,
        vault,
    })
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

/// A time of the store for people: on the clock of this computer.
pub fn moment(ms: i64) -> String {
    let at = chrono::DateTime::from_timestamp_millis(ms).filter(|_| ms != 0);
    at.map(|at| local(&at)).unwrap_or_default()
}

/// The same, of a time as `time` gives it.
pub fn moment_of(text: &str) -> String {
    let at = chrono::DateTime::parse_from_rfc3339(text);
    at.map_or_else(|_| text.to_owned(), |at| local(&at.to_utc()))
}

/// A day as people write it.
pub fn day(text: &str) -> String {
    code::show(ValueType::Date, text)
}

fn local(at: &chrono::DateTime<chrono::Utc>) -> String {
    let at = at.with_timezone(&chrono::Local);
    at.format("%d-%m-%Y %H:%M").to_string()
}
