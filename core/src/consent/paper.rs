//! A consent as a paper: as it was given, or a form to be signed by hand.

use super::{
    content::{Consent, Given, Giver, Withdrawal},
    forms::word,
    give::{CONSENTS, Prepared},
    list::ConsentState,
    templates::language_at,
};
use crate::{
    access::{Lack, Unfounded, Use},
    audit::EventKind,
    catalogue::ValueType,
    code,
    dossier::{Reveal, display_name},
    error::Error,
    ids::{DossierId, EntryId},
    paper::{Language, Template},
    session::Practice,
};
use serde_json::{Value, json};
use zeroize::Zeroizing;

impl Practice {
    /// A consent as it was given, as a PDF: the text as it was signed, and all else that is kept of it. Logged.
    ///
    /// # Errors
    /// [`Error::Unfounded`] where it is not what was given: no paper says that it was. [`Error::Paper`].
    pub async fn consent_paper(&self, id: EntryId) -> Result<Zeroizing<Vec<u8>>, Error> {
        let dossier = self.entry_row(id).await?.0.id;
        let kept = self.consent(id).await?;
        if kept.state == ConsentState::Lacking(Lack::Changed) {
            return Err(changed(&kept.consent.given));
        }
        let read = self.event(EventKind::DocumentRead).about(dossier);
        self.log_now(read.part(CONSENTS).object(id)).await?;
        let data = as_given(&kept.consent, &self.person(dossier).await?);
        self.print_consent(&data, &kept.consent.given).await
    }

    /// A filled form as a PDF, to be printed and signed by hand. Nothing is kept but a line in the log.
    pub async fn form_paper(&self, prepared: &Prepared) -> Result<Zeroizing<Vec<u8>>, Error> {
        let read = self.event(EventKind::DocumentRead).about(prepared.dossier);
        self.log_now(read.part(CONSENTS)).await?;
        let data = form(&prepared.given, &self.person(prepared.dossier).await?);
        self.print_consent(&data, &prepared.given).await
    }

    async fn print_consent(
        &self,
        data: &Value,
        given: &Given,
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        let language = Language::from_code(&given.language);
        self.print(Template::Consent, data, language).await
    }

    /// Whom a dossier is about, by name.
    async fn person(&self, dossier: DossierId) -> Result<String, Error> {
        Ok(display_name(&self.view(dossier, Reveal::Nothing).await?.0))
    }
}

fn changed(given: &Given) -> Error {
    Error::Unfounded(Unfounded {
        needs: Use::of(&given.to).unwrap_or(Use::Agreement),
        part: String::new(),
        lack: Lack::Changed,
    })
}

/// What a form says before anybody signed it.
fn form(given: &Given, person: &str) -> Value {
    let language = language_at(&given.language).unwrap_or_default();
    let scope = given.scope.iter().map(|one| word(one, language));
    json!({
        "title": given.title, "version": given.version.to_string(), "person": person, "paragraphs": paragraphs(&given.text),
        "purpose": given.purpose, "scope": scope.collect::<Vec<_>>().join("\n"), "recipient": given.recipient,
        "given_by": giver(&given.by, language), "valid_until": given.until,
    })
}

/// The same with how it was given.
fn as_given(consent: &Consent, person: &str) -> Value {
    let given = &consent.given;
    let language = language_at(&given.language).unwrap_or_default();
    let mut data = form(given, person);
    let picture = given.signature.as_ref().map(|one| &one.data);
    let how = json!({
        "means": word(&given.means, language), "note": given.note, "date": given.on, "signature": picture,
        "digest": given.text_sha256, "scan": given.scan.as_ref().map(|one| &one.sha256),
        "withdrawn": consent.withdrawn.as_ref().map(|one| withdrawal(one, language)),
    });
    if let (Value::Object(data), Value::Object(how)) = (&mut data, how) {
        data.extend(how);
    }
    data
}

/// Who gave it, and as what where that is not the person.
fn giver(by: &Giver, language: usize) -> String {
    if by.entry.is_empty() {
        by.name.clone()
    } else {
        format!("{}, {}", by.name, word(&by.capacity, language))
    }
}

fn withdrawal(withdrawal: &Withdrawal, language: usize) -> String {
    let on = code::show(ValueType::Date, &withdrawal.on);
    format!("{on}, {}", giver(&withdrawal.by, language))
}

/// The text cut at its empty lines, with nothing left out. A numbered line above others is their heading.
fn paragraphs(text: &str) -> Vec<Value> {
    let blocks = text.split("\n\n").map(|block| block.trim_matches('\n'));
    let blocks = blocks.filter(|block| !block.is_empty());
    let paragraph = |block: &str| match block.split_once('\n') {
        Some((first, rest)) if is_numbered(first) => json!({ "heading": first, "text": rest }),
        _ => json!(block),
    };
    blocks.map(paragraph).collect()
}

fn is_numbered(line: &str) -> bool {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    number.len() < line.len() && number.starts_with(". ") && line.chars().count() <= 80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_and_nothing_of_it_is_lost() {
        let text = "Ik geef toestemming.\n\n\n1. Wat wij doen\nWij helpen.\n- zo\n- en zo\n\n12. Alleen\n\n3.5 uur\nper week";
        assert_eq!(
            paragraphs(text),
            [
                json!("Ik geef toestemming."),
                json!({ "heading": "1. Wat wij doen", "text": "Wij helpen.\n- zo\n- en zo" }),
                json!("12. Alleen"),
                json!("3.5 uur\nper week"),
            ]
        );
    }

    #[test]
    fn who_speaks_for_somebody_says_as_what() {
        let mut by = Giver {
            capacity: "parent".to_owned(),
            name: "Jet Visser".to_owned(),
            entry: String::new(),
        };
        assert_eq!(giver(&by, 0), "Jet Visser");
        by.entry = EntryId::make().to_string();
        assert_eq!(giver(&by, 0), "Jet Visser, ouder met gezag");
    }
}
