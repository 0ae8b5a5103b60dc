//! Making dossiers and changing their fields.

use super::{read::value_field, sheet::Sheet};
use crate::{
    access::{Act, Home, Text, When},
    audit::EventKind,
    catalogue::{self, FieldDef, Level, ValueType},
    code,
    crypto::{SALT_BYTES, random},
    error::Error,
    ids::{ChangeId, DossierId},
    keys::Spot,
    session::{Practice, spot, text},
    store::{
        self, Link, Write,
        change::ChangeRow,
        dossier::{Begun, DossierRow},
        value::{OPEN, VAULTED, ValueRow},
    },
};
use std::collections::BTreeMap;
use uuid::Uuid;
use zeroize::Zeroizing;

/// A saved change.
#[derive(Debug)]
pub struct Saved {
    /// What the next update must state.
    pub revision: i64,
    /// Words of the program for what is unusual but kept: `bsn_in_text`, `bsn_ground`.
    pub warnings: Vec<&'static str>,
}

/// A dossier to be made.
pub struct NewDossier {
    /// Kind, of the catalogue.
    pub kind: String,
    /// Where it will lie.
    pub home: Home,
    /// Field id to value as typed.
    pub fields: BTreeMap<String, String>,
}

/// A dossier that is ready to be written.
pub(crate) struct Prepared {
    pub row: DossierRow,
    pub values: Vec<ValueRow>,
}

impl Practice {
    /// Makes a dossier. Every value is checked first; nothing is made when one is refused.
    pub async fn create(&self, new: &NewDossier) -> Result<DossierId, Error> {
        // Inside the change: a key that is being replaced meanwhile is then the old one or the new one, whole.
        let mut write = self.store.write().await?;
        let prepared = self.prepare(new)?;
        let id = prepared.row.id;
        self.write_prepared(&mut write, &prepared).await?;
        self.log(&mut write, self.event(EventKind::DossierMade).about(id))
            .await?;
        write.commit().await?;
        self.remember_again(&prepared.row).await?;
        Ok(id)
    }

    /// Checks and seals a new dossier.
    pub(super) fn prepare(&self, new: &NewDossier) -> Result<Prepared, Error> {
        let today = self.today();
        let country = new.fields.get("country").map(String::as_str);
        self.prepare_with(new, &|def, value| checked_in(def, value, country, &today))
    }

    /// Seals a new dossier whose values have their stored form already, as those of an import that was checked.
    pub(super) fn prepare_checked(&self, new: &NewDossier) -> Result<Prepared, Error> {
        self.prepare_with(new, &|_, value| Ok(Zeroizing::new(value.to_owned())))
    }

    /// Checks and seals a dossier that comes from elsewhere, under the identity and with the times that it has. Its grounds come along:
    /// the caller asks for those of special fields when they are written.
    pub(crate) fn prepare_as(
        &self,
        new: &NewDossier,
        id: DossierId,
        (created_at, changed_at): (i64, i64),
    ) -> Result<Prepared, Error> {
        let today = self.today();
        let country = new.fields.get("country").map(String::as_str);
        let row = DossierRow {
            id,
            created_at,
            changed_at,
            ..self.new_row(new)?
        };
        let stored = |def: &FieldDef, value: &str| checked_in(def, value, country, &today);
        self.prepare_row(row, new, &stored, true)
    }

    fn prepare_with(
        &self,
        new: &NewDossier,
        stored: &dyn Fn(&FieldDef, &str) -> Result<Text, Error>,
    ) -> Result<Prepared, Error> {
        self.prepare_row(self.new_row(new)?, new, stored, false)
    }

    fn new_row(&self, new: &NewDossier) -> Result<DossierRow, Error> {
        let kind = catalogue::kind(&new.kind).ok_or(Error::NotFound)?;
        let now = self.now();
        Ok(DossierRow {
            id: DossierId::make(),
            kind: kind.id.to_owned(),
            circle_id: new.home.circle,
            vault_id: new.home.vault,
            salt: random::<SALT_BYTES>()?.to_vec(),
            created_at: now,
            created_by: self.user,
            changed_at: now,
            binned_at: 0,
        })
    }

    fn prepare_row(
        &self,
        row: DossierRow,
        new: &NewDossier,
        stored: &dyn Fn(&FieldDef, &str) -> Result<Text, Error>,
        arrives: bool,
    ) -> Result<Prepared, Error> {
        let (kind, home) = (row.kind.clone(), new.home);
        self.may_lie_in(&kind, home)?;
        let (mut open, mut vaulted, mut protected) = (Vec::new(), Vec::new(), Vec::new());
        // Taken once for all fields: two cores that take turns at the same lock wait for each other.
        let rights = self.rights();
        for (field, value) in new.fields.iter().filter(|(_, value)| !value.is_empty()) {
            let def = value_field(&kind, field)?;
            rights.decide(home, def.id, Level::Edit)?;
            if def.is_special() && !arrives {
                // Nothing can have been recorded yet for a dossier that is not there.
                rights.decide_act(&[], &Act::Record(def.id), When::Now(""))?;
            }
            let value = stored(def, value)?;
            if rights.fields.contains_key(def.id) {
                protected.push((def.id, value));
            } else if home.sheet_of(def.id) == VAULTED {
                vaulted.push((def.id, value));
            } else {
                open.push((def.id, value));
            }
        }
        drop(rights);
        let mut values = Vec::with_capacity(protected.len() + 2);
        for (field, value) in protected {
            values.push(self.seal_value(&row, field, 1, value.as_bytes())?);
        }
        values.push(self.seal_value(&row, OPEN, 1, &Sheet::first_bytes(&open)?)?);
        if !vaulted.is_empty() {
            let sheet = Sheet::first_bytes(&vaulted)?;
            values.push(self.seal_value(&row, VAULTED, 1, &sheet)?);
        }
        Ok(Prepared { row, values })
    }

    /// Whether a dossier of this kind may be put there by this user: what everybody of the practice sees in the circle of
    /// everybody, an employee with a vault, and nothing else in one.
    pub(crate) fn may_lie_in(&self, kind: &str, home: Home) -> Result<(), Error> {
        let refuse = |field: &str, reason| Err(Error::refused(field, reason));
        if self.rights().decide_door(home.circle).is_ok() || self.rights().is_lent(home.circle) {
            return refuse("circle", "choice");
        }
        match (kind, home.vault) {
            ("employee", None) => return refuse("vault", "vault_needed"),
            ("employee", Some(vault)) => {
                self.permit(home, VAULTED, Level::Edit)?;
                if self.rights().decide_vault(vault)?.medical {
                    return refuse("vault", "not_for_this_kind");
                }
            }
            (_, Some(_)) => return refuse("vault", "not_for_this_kind"),
            (_, None) => {}
        }
        if catalogue::SHARED_KINDS.contains(&kind) && home.circle != self.practice_circle {
            return refuse("circle", "circle_of_everybody");
        }
        self.permit(home, OPEN, Level::Edit)?;
        Ok(())
    }

    pub(crate) async fn write_prepared(
        &self,
        write: &mut Write<'_>,
        prepared: &Prepared,
    ) -> Result<(), Error> {
        store::dossier::insert(write.conn(), &prepared.row).await?;
        for value in &prepared.values {
            store::value::put(write.conn(), value).await?;
        }
        Ok(())
    }

    /// Changes one field. `value` `None` empties it; `revision` is what the writer saw.
    pub async fn set_field(
        &self,
        id: DossierId,
        field: &str,
        value: Option<&str>,
        revision: i64,
    ) -> Result<Saved, Error> {
        self.change_field(id, field, value, Some(revision), EventKind::FieldChanged)
            .await
    }

    /// Changes one field whatever stands there now, for the command line. History keeps what it replaces.
    pub async fn put_field(
        &self,
        id: DossierId,
        field: &str,
        value: Option<&str>,
    ) -> Result<Saved, Error> {
        self.change_field(id, field, value, None, EventKind::FieldChanged)
            .await
    }

    /// Puts an earlier value back; what it replaces goes into the history in turn.
    pub async fn restore_field(
        &self,
        id: DossierId,
        field: &str,
        change: ChangeId,
    ) -> Result<Saved, Error> {
        let history = self.history(id, field).await?;
        let chosen = history
            .iter()
            .find(|one| one.id == change)
            .ok_or(Error::NotFound)?;
        self.change_field(
            id,
            field,
            chosen.before.as_deref().map(String::as_str),
            None,
            EventKind::FieldChanged,
        )
        .await
    }

    async fn change_field(
        &self,
        id: DossierId,
        field: &str,
        value: Option<&str>,
        seen: Option<i64>,
        kind: EventKind,
    ) -> Result<Saved, Error> {
        let mut signed = None;
        let sign = |after: Option<&Link>| {
            let event = self.event(kind).about(id).part(field);
            signed = self.sign_ahead(after, event);
        };
        let (mut write, begun) = store::dossier::to_change(&self.store, id, field, sign).await?;
        let Begun {
            row,
            mut values,
            next,
        } = begun;
        self.permit(row.home(), OPEN, Level::View)?;
        let def = value_field(&row.kind, field)?;
        let event = self.event(kind).about(id).part(def.id);
        if let Err(denial) = self.permit(row.home(), def.id, Level::Edit) {
            drop(write);
            return self.deny(event, denial).await;
        }
        refuse_binned(&row, def.id)?;
        let country = match def.value {
            ValueType::Postcode => self.plain_value(id, "country").await?,
            _ => None,
        };
        let country = country.as_deref().map(String::as_str);
        let value = value
            .filter(|value| !value.is_empty())
            .map(|value| checked_in(def, value, country, &self.today()))
            .transpose()?;
        let value = value.as_ref().map(|value| value.as_str());
        // Emptying needs no ground.
        if value.is_some()
            && def.is_special()
            && let Err(error) = self
                .founded(write.settled().await?, &row, &Act::Record(def.id))
                .await
        {
            drop(write);
            return self.deny_unfounded(event, error).await;
        }
        let protected = self.rights().fields.contains_key(def.id);
        // What was protected lately may still lie in the sheet; it is what this change replaces.
        if protected
            && values.iter().all(|value| value.field != def.id)
            && self.split_sheet(&mut write, &row).await? > 0
        {
            values = store::value::of_dossier(write.conn(), id).await?;
        }
        let (before, revision, sealed) = if protected {
            match self.change_protected(&row, (def.id, value), seen, &values) {
                // What stands there now comes out with the refusal.
                Err(error @ Error::LostRace { .. }) => {
                    drop(write);
                    self.log_now(self.event(EventKind::FieldRevealed).about(id).part(def.id))
                        .await?;
                    return Err(error);
                }
                other => other?,
            }
        } else {
            self.change_open(&row, (def.id, value), seen, &values)?
        };
        let former = self.former_value(&row, def.id, next, &before)?;
        let changed = DossierRow {
            changed_at: self.now(),
            ..row
        };
        store::value::replace_later(write.later(), &former, &sealed, changed.changed_at);
        values.retain(|value| value.field != sealed.field);
        values.push(sealed);
        match signed {
            Some(links) => write.add_links(links).await?,
            None => self.log(&mut write, event).await?,
        }
        let present = write.commit_and(|| self.present(&changed, values)).await?;
        let kept = match present.map(|present| self.remember_present(present)) {
            Ok(false) => self.remember_again(&changed).await,
            other => other.map(|_| ()),
        };
        // Another value of this dossier is damaged. What was typed is kept; what the memory has is the former, and goes.
        if let Err(error) = kept {
            tracing::warn!(%error, "a changed dossier is left out of lists");
            self.memory_mut().remove(id, &[]);
        }
        Ok(Saved {
            revision,
            warnings: warnings(def, value),
        })
    }

    /// What stood in the field, its new revision, and what is to be written.
    fn change_protected(
        &self,
        row: &DossierRow,
        (field, value): (&str, Option<&str>),
        seen: Option<i64>,
        values: &[ValueRow],
    ) -> Result<(Text, i64, ValueRow), Error> {
        let former = values.iter().find(|value| value.field == field);
        let permit = self.permit(row.home(), field, Level::Edit)?;
        let before = match former {
            Some(former) => {
                text(
                    self.ring()
                        .open(&permit, row.home(), &spot(row), &former.sealing)?,
                )?
            }
            None => Text::default(),
        };
        let revision = former.map_or(0, |former| former.revision);
        refuse_race(seen, revision, &before)?;
        let sealed = self.seal_value(
            row,
            field,
            revision + 1,
            value.unwrap_or_default().as_bytes(),
        )?;
        Ok((before, revision + 1, sealed))
    }

    /// The same of a field without a key of its own.
    fn change_open(
        &self,
        row: &DossierRow,
        (field, value): (&str, Option<&str>),
        seen: Option<i64>,
        values: &[ValueRow],
    ) -> Result<(Text, i64, ValueRow), Error> {
        let name = row.home().sheet_of(field);
        let stored = values.iter().find(|value| value.field == name);
        let mut sheet = self.sheet(row, stored)?;
        let before = Zeroizing::new(sheet.value(field).unwrap_or_default().to_owned());
        refuse_race(seen, sheet.revision(field), &before)?;
        let revision = sheet.set(field, value);
        let sealed = self.seal_value(
            row,
            name,
            stored.map_or(0, |stored| stored.revision) + 1,
            &sheet.to_bytes()?,
        )?;
        Ok((before, revision, sealed))
    }

    /// What stood in a field, for its history.
    fn former_value(
        &self,
        row: &DossierRow,
        field: &str,
        id: ChangeId,
        before: &str,
    ) -> Result<ChangeRow, Error> {
        let permit = self.permit(row.home(), field, Level::Edit)?;
        let spot = Spot {
            dossier: row.id,
            salt: &row.salt,
            record: *id.as_bytes(),
        };
        let sealing = self.ring().seal(&permit, &spot, before.as_bytes())?;
        Ok(ChangeRow {
            id,
            dossier_id: row.id,
            record: Uuid::from_bytes(*row.id.as_bytes()),
            field: field.to_owned(),
            changed_at: self.now(),
            changed_by: self.user,
            sealing,
        })
    }

    pub(crate) fn seal_value(
        &self,
        row: &DossierRow,
        field: &str,
        revision: i64,
        plain: &[u8],
    ) -> Result<ValueRow, Error> {
        let permit = self.permit(row.home(), field, Level::Edit)?;
        let sealing = self.ring().seal(&permit, &spot(row), plain)?;
        Ok(ValueRow {
            dossier_id: row.id,
            field: field.to_owned(),
            revision,
            sealing,
        })
    }
}

/// A value in its stored form, for an address in this country (Dutch without one).
fn checked_in(
    def: &FieldDef,
    value: &str,
    country: Option<&str>,
    today: &str,
) -> Result<Text, Error> {
    let country = country.filter(|country| !country.is_empty());
    code::check_in(def.value, value, country)
        .and_then(|value| plausible(def, &value, today).map(|()| Zeroizing::new(value)))
        .map_err(|error| Error::refused(def.id, error.code()))
}

/// Whether a value that has the right form can be true.
pub(crate) fn plausible(def: &FieldDef, value: &str, today: &str) -> Result<(), code::CodeError> {
    match def.id {
        "date_of_birth" => code::check_birth(value, today),
        "salary" | "hours" => code::refuse_negative(value),
        _ => Ok(()),
    }
}

/// What is in the bin is not changed.
pub(super) fn refuse_binned(row: &DossierRow, field: &str) -> Result<(), Error> {
    if row.binned_at == 0 {
        Ok(())
    } else {
        Err(Error::refused(field, "in_bin"))
    }
}

fn refuse_race(seen: Option<i64>, found: i64, before: &str) -> Result<(), Error> {
    match seen {
        Some(seen) if seen != found => Err(Error::LostRace {
            found: (!before.is_empty()).then(|| Zeroizing::new(before.to_owned())),
            revision: found,
        }),
        _ => Ok(()),
    }
}

/// What is unusual about a value that is kept all the same.
fn warnings(def: &FieldDef, value: Option<&str>) -> Vec<&'static str> {
    let Some(value) = value else {
        return Vec::new();
    };
    let mut warnings = Vec::new();
    if matches!(def.value, ValueType::Text | ValueType::LongText) && code::looks_like_bsn(value) {
        warnings.push("bsn_in_text");
    }
    if def.value == ValueType::Bsn {
        warnings.push("bsn_ground");
    }
    warnings
}
