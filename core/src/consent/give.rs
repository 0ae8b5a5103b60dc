//! Filling a form and giving a consent.

use super::{
    age::{Capacity, may_give},
    content::{Consent, Given, Giver, Scan, Signature, digest, text_digest},
    fill::{self, of_dossier},
    forms::{Form, ScopeOf, told, word},
    templates::language_at,
};
use crate::{
    access::{ASK, INFORM, Text, Use, View},
    audit::EventKind,
    catalogue::{self, Shape, ValueType},
    code,
    dossier::{EntryContent, Rare, Reveal, display_name, purpose_in_words},
    error::Error,
    ids::{DossierId, EntryId},
    paper::{Signs, unprintable},
    session::Practice,
    store::{self, Conn, dossier::DossierRow},
    time::add_months_clamped,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// The list that consents are entries of.
pub(super) const CONSENTS: &str = "consents";

/// What is asked of somebody.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Which form.
    pub template: String,
    /// `nl` or `en`.
    pub language: String,
    /// What for.
    pub purpose: String,
    /// Fields, `ask` and `inform`, or lines.
    pub scope: Vec<String>,
    /// To or from whom.
    pub recipient: String,
    /// The entry of whoever gives it for the person; `None` for the person.
    pub by: Option<EntryId>,
    /// The day that it is given; empty for today.
    pub on: String,
    /// Its last day; `None` for what the form says, empty for until it is withdrawn.
    pub until: Option<String>,
}

/// A filled form that waits for a signature.
#[derive(Clone)]
pub struct Prepared {
    /// Of which dossier.
    pub dossier: DossierId,
    /// The consent as it will be kept, but for how it is given.
    pub given: Given,
    /// What could not be filled in.
    pub blanks: Vec<String>,
    /// Signs for which it could not be printed. It can be given all the same, and is kept as it is.
    pub unprintable: Signs,
}

/// How a consent is given.
pub enum Signed {
    /// Drawn on the screen, under the text that the page showed.
    Drawn {
        /// The signature.
        signature: Signature,
        /// The text as it stood on the screen.
        shown: Text,
    },
    /// Drawn elsewhere: a picture from a file.
    Picture(Signature),
    /// On paper; the document of this dossier that has it. The text is the one that its writer held beside the paper.
    Paper(EntryId),
    /// Said; how and to whom.
    Oral(String),
}

impl Prepared {
    /// Refuses it where whoever signed or compared it saw another text: between reading and keeping, a value, the form or the day can
    /// change.
    pub fn refuse_unlike(&self, shown: &str) -> Result<(), Error> {
        if shown == self.given.text {
            Ok(())
        } else {
            Err(Error::refused("text", "text_differs"))
        }
    }
}

impl Practice {
    /// Fills a form for a dossier. Nothing is kept yet.
    pub async fn prepare_consent(
        &self,
        dossier: DossierId,
        request: &Request,
    ) -> Result<Prepared, Error> {
        let form = Form::find(&request.template).ok_or(Error::NotFound)?;
        let language = language_at(&request.language)?;
        let (on, until) = self.term(form, request)?;
        let edition = self.edition_on(form, &request.language, &on).await?;
        let (view, _) = self.view(dossier, Reveal::Nothing).await?;
        if !view.editable_entries.contains(&CONSENTS) || view.binned_at != 0 {
            return Err(Error::NotFound);
        }
        let mut given = Given {
            template: edition.template,
            version: edition.version,
            language: edition.language,
            title: edition.title,
            to: form.to.code().to_owned(),
            purpose: asked(form.purpose, "purpose", purpose_of(form, request))?,
            scope: scope(form, view.kind, &request.scope)?,
            recipient: asked(form.recipient, "recipient", &request.recipient)?,
            by: self.giver(&view, request.by, &on).await?,
            on,
            until,
            ..Given::default()
        };
        refuse_giver(form, &view, &given)?;
        let mut values = of_dossier(&view);
        values.extend(self.of_request(&given, language).await?);
        let filled = fill::fill(&edition.text, &values);
        given.text_sha256 = text_digest(&filled.text);
        given.text = filled.text;
        Ok(Prepared {
            dossier,
            unprintable: unprintable(&format!("{}\n{}", given.title, given.text)),
            given,
            blanks: filled.blanks,
        })
    }

    /// Keeps a consent that was given. The log has the digest of its text, its signature and all else that it says.
    pub async fn give_consent(
        &self,
        prepared: &Prepared,
        signed: Signed,
    ) -> Result<EntryId, Error> {
        let form = Form::find(&prepared.given.template).ok_or(Error::NotFound)?;
        let mut write = self.store.write().await?;
        let row = self.dossier_row_in(write.conn(), prepared.dossier).await?;
        let mut given = prepared.given.clone();
        if text_digest(&given.text) != given.text_sha256 {
            return Err(Error::refused("text", "text_differs"));
        }
        match signed {
            Signed::Drawn { signature, shown } => {
                prepared.refuse_unlike(&shown)?;
                (given.means, given.signature) = ("screen".to_owned(), Some(signature));
            }
            Signed::Picture(signature) => {
                (given.means, given.signature) = ("picture".to_owned(), Some(signature));
            }
            Signed::Paper(document) => {
                let scan = self.scan_of(write.conn(), &row, document).await?;
                (given.means, given.scan) = ("paper".to_owned(), Some(scan));
            }
            Signed::Oral(note) => {
                if !form.oral {
                    return Err(Error::refused("means", "needs_signature"));
                }
                (given.means, given.note) = ("oral".to_owned(), asked(true, "note", &note)?);
            }
        }
        let event = self.event(EventKind::ConsentGiven).content(digest(&given)?);
        let content = EntryContent {
            title: Some(given.title.clone()),
            consent: Some(Rare::from(Consent {
                given,
                withdrawn: None,
            })),
            ..EntryContent::default()
        };
        let entry = (EntryId::make(), content, None);
        let (id, _) = self
            .insert_entry(write, &row, CONSENTS, entry, event)
            .await?;
        Ok(id)
    }

    /// First and last day.
    fn term(&self, form: &Form, request: &Request) -> Result<(String, String), Error> {
        let today = self.today();
        let on = day(
            "on",
            Some(&request.on)
                .filter(|on| !on.is_empty())
                .unwrap_or(&today),
        )?;
        if on.to_string() > today {
            return Err(Error::refused("on", "in_future"));
        }
        let last = add_months_clamped(on, form.months);
        let until = match &request.until {
            None if form.months == 0 => String::new(),
            None => last.to_string(),
            Some(until) if until.is_empty() && !form.recent => String::new(),
            Some(until) => {
                let until = day("until", until)?;
                if until < on {
                    return Err(Error::refused("until", "ends_before_it_begins"));
                }
                if form.recent && until > last {
                    return Err(Error::refused("until", "must_be_recent"));
                }
                until.to_string()
            }
        };
        Ok((on.to_string(), until))
    }

    /// Who gives or takes back: the person, or somebody whom the dossier names for it on that day.
    pub(super) async fn giver(
        &self,
        view: &View,
        by: Option<EntryId>,
        on: &str,
    ) -> Result<Giver, Error> {
        let Some(by) = by else {
            return Ok(Giver {
                capacity: Capacity::Person.code().to_owned(),
                name: display_name(view),
                entry: String::new(),
            });
        };
        let entry = view
            .entries
            .iter()
            .find(|entry| entry.id == by)
            .ok_or(Error::NotFound)?;
        let content = Zeroizing::new(EntryContent::parse(entry.content.as_bytes())?);
        let shape = catalogue::field(entry.field).and_then(catalogue::FieldDef::shape);
        let capacity = match shape {
            Some(Shape::Representative) => content.role.as_deref().and_then(Capacity::of),
            Some(Shape::Authorisation) => Some(Capacity::Authorised),
            _ => None,
        };
        let capacity = capacity.ok_or(Error::NotFound)?;
        let begun = content.on.as_deref().is_none_or(|from| from <= on);
        let ended = content.until.as_deref().is_some_and(|until| until < on);
        if !begun || ended {
            return Err(Error::refused("by", "authority_over"));
        }
        Ok(Giver {
            capacity: capacity.code().to_owned(),
            name: content.title.clone().unwrap_or_default(),
            entry: by.to_string(),
        })
    }

    /// What the occasion has to fill in.
    async fn of_request(
        &self,
        given: &Given,
        language: usize,
    ) -> Result<BTreeMap<&'static str, String>, Error> {
        let shown = |day: &str| code::show(ValueType::Date, day);
        let until = match given.until.as_str() {
            "" => word("withdrawal", language).to_owned(),
            until => shown(until),
        };
        Ok(BTreeMap::from([
            ("practice", self.settings().await?.practice),
            ("professional", self.user_name(self.user).await?.to_string()),
            ("giver", given.by.name.clone()),
            ("capacity", word(&given.by.capacity, language).to_owned()),
            ("recipient", given.recipient.clone()),
            ("purpose", given.purpose.clone()),
            ("scope", fill::scope_lines(&given.scope, language)),
            ("until", until),
            ("today", shown(&given.on)),
        ]))
    }

    /// The signed paper, where it is a document of this dossier.
    async fn scan_of(
        &self,
        conn: &mut Conn,
        row: &DossierRow,
        document: EntryId,
    ) -> Result<Scan, Error> {
        let refused = || Error::refused("scan", "no_document");
        let entry = store::entry::get(conn, document)
            .await
            .map_err(|_| refused())?;
        let shape = catalogue::field(&entry.field).and_then(catalogue::FieldDef::shape);
        if entry.dossier_id != row.id || entry.binned_at != 0 || shape != Some(Shape::Document) {
            return Err(refused());
        }
        let content = Zeroizing::new(self.open_entry(row, &entry.field, &entry)?);
        // What lies outside can be changed there.
        let file = content.file.as_ref().filter(|file| file.path.is_empty());
        let file = file.ok_or_else(refused)?;
        Ok(Scan {
            document: document.to_string(),
            sha256: file.sha256.clone(),
        })
    }
}

/// What for: of a disclosure one of the purposes of requests, in the words that whoever signs reads, or whatever was typed.
fn purpose_of<'a>(form: &Form, request: &'a Request) -> &'a str {
    let known = purpose_in_words(&request.purpose, &request.language);
    known
        .filter(|_| form.to == Use::Disclosure)
        .unwrap_or(&request.purpose)
}

/// Whether whoever gave it could, by the age of the person on that day. Where the birth is not known the age is not judged.
pub(super) fn is_of_age(given: &Given, birth: Option<NaiveDate>) -> bool {
    match (Capacity::of(&given.by.capacity), day("on", &given.on)) {
        (Some(by), Ok(on)) => may_give(birth, by, on).is_ok(),
        _ => false,
    }
}

/// Whether whoever gives it may, by the age of the person.
fn refuse_giver(form: &Form, view: &View, given: &Given) -> Result<(), Error> {
    let by = Capacity::of(&given.by.capacity).ok_or(Error::NotFound)?;
    if form.minor && by == Capacity::Person {
        return Err(Error::refused("by", "representative_needed"));
    }
    may_give(birth(view), by, day("on", &given.on)?).map_err(|reason| Error::refused("by", reason))
}

/// The day of birth, where it is known and shown.
pub(super) fn birth(view: &View) -> Option<NaiveDate> {
    view.fields.get("date_of_birth")?.value()?.parse().ok()
}

/// A text that a form asks for; nothing for one that does not.
pub(super) fn asked(wanted: bool, field: &str, text: &str) -> Result<String, Error> {
    if !wanted {
        return Ok(String::new());
    }
    let text = code::check(ValueType::Text, text.trim())
        .map_err(|error| Error::refused(field, error.code()))?;
    if text.is_empty() {
        return Err(Error::refused(field, "empty"));
    }
    Ok(text)
}

/// The scope that a form asks for, each part once.
pub(super) fn scope(form: &Form, kind: &str, wanted: &[String]) -> Result<Vec<String>, Error> {
    let mut scope = Vec::with_capacity(wanted.len());
    for one in wanted {
        let one = one.trim();
        let known = match form.scope {
            ScopeOf::Nothing => continue,
            ScopeOf::Fields => is_special(kind, one),
            ScopeOf::Directions => [ASK, INFORM].contains(&one),
            ScopeOf::Disclosed => told(kind).contains(&one),
            ScopeOf::Words => !one.is_empty() && code::check(ValueType::Text, one).is_ok(),
        };
        if !known {
            return Err(Error::refused("scope", "choice"));
        }
        if !scope.iter().any(|known| known == one) {
            scope.push(one.to_owned());
        }
    }
    if form.scope != ScopeOf::Nothing && scope.is_empty() {
        return Err(Error::refused("scope", "empty"));
    }
    Ok(scope)
}

/// Whether dossiers of this kind have this field, and it is of a special category.
pub(super) fn is_special(kind: &str, field: &str) -> bool {
    catalogue::kind(kind).is_some_and(|kind| kind.fields.contains(&field))
        && catalogue::field(field).is_some_and(catalogue::FieldDef::is_special)
}

pub(super) fn day(field: &str, text: &str) -> Result<NaiveDate, Error> {
    code::Date::parse(text)
        .map(|date| date.day())
        .map_err(|error| Error::refused(field, error.code()))
}
