//! What may go out of a dossier for one profile. Only this module makes a [`Disclosed`], and a letter takes nothing else.

use super::{
    others::Others,
    profiles::{NAME, Profile, covers},
};
use crate::{
    access::{Seen, View},
    catalogue::{self, ValueType},
    code,
    consent::RESULT,
    dossier::Line,
    error::Error,
    fold::typed,
    ids::EntryId,
};
use zeroize::Zeroizing;

/// Why a field of the profile does not go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// This user may not see it, or the vault is closed.
    Withheld,
    /// It seems to speak of somebody's health.
    MedicalWords,
    /// It holds a number, an address or the like that is not for this recipient.
    Identifier,
    /// It repeats what stands in a field that is not for this recipient.
    OtherField,
    /// The consent is about other things.
    NotConsented,
}

impl LeftOut {
    /// The reason that a text of whoever writes the letter is refused for.
    pub(crate) fn refusal(self) -> &'static str {
        match self {
            Self::MedicalWords => "not_of_health",
            other => other.code(),
        }
    }

    /// The permanent word for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Withheld => "withheld",
            Self::MedicalWords => "medical_words",
            Self::Identifier => "identifier",
            Self::OtherField => "other_field",
            Self::NotConsented => "not_consented",
        }
    }
}

/// The values that go out, and the fields of the profile that do not.
pub struct Disclosed {
    lines: Vec<Line>,
    left_out: Vec<(&'static str, LeftOut)>,
    result: String,
}

impl Drop for Disclosed {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.lines);
        zeroize::Zeroize::zeroize(&mut self.result);
    }
}

impl Disclosed {
    /// What of this view the profile allows, and the consent where there is to be one: of its scope, or of none for all. Free text
    /// that holds what is not for the recipient is left out; a result in words that does is refused, because its writer is here to
    /// mend it.
    pub(super) fn of(
        view: &View,
        profile: &Profile,
        scope: &[String],
        (result, explanation): (&str, &str),
        request: EntryId,
    ) -> Result<Self, Error> {
        let allowed: Vec<&'static str> = profile
            .fields
            .iter()
            .copied()
            .filter(|field| covers(scope, field))
            .collect();
        let others = Others::new(view, &allowed, request).with_topics(view, &allowed);
        let (mut lines, mut left_out) = (Vec::new(), Vec::new());
        for field in profile.fields {
            let value = match view.fields.get(field) {
                Some(Seen::Shown { value: Some(_), .. }) if !allowed.contains(field) => {
                    left_out.push((*field, LeftOut::NotConsented));
                    continue;
                }
                Some(Seen::Shown {
                    value: Some(value), ..
                }) => value,
                Some(Seen::Withheld { .. }) => {
                    left_out.push((*field, LeftOut::Withheld));
                    continue;
                }
                _ => continue,
            };
            match is_free(field)
                .then(|| unfit(value, profile, &others))
                .flatten()
            {
                Some(why) => left_out.push((*field, why)),
                None => lines.push(Line {
                    field: (*field).to_owned(),
                    value: value.to_string(),
                }),
            }
        }
        let result = result.trim();
        if !result.is_empty() && !profile.result {
            return Err(Error::refused("result", "not_for_this_profile"));
        }
        if !result.is_empty() && !covers(scope, RESULT) {
            return Err(Error::refused("result", LeftOut::NotConsented.code()));
        }
        for (name, text) in [("result", result), ("explanation", explanation)] {
            if let Some(why) = unfit(text, profile, &others) {
                return Err(Error::refused(name, why.refusal()));
            }
        }
        Ok(Self {
            lines,
            left_out,
            result: result.to_owned(),
        })
    }

    /// Nothing, as a refusal has it; its explanation tells nothing but of whom it is.
    pub(super) fn nothing(
        view: &View,
        profile: &Profile,
        explanation: &str,
        request: EntryId,
    ) -> Result<Self, Error> {
        let others = Others::new(view, &NAME, request);
        match unfit(explanation, profile, &others) {
            Some(why) => Err(Error::refused("explanation", why.refusal())),
            None => Ok(Self {
                lines: Vec::new(),
                left_out: Vec::new(),
                result: String::new(),
            }),
        }
    }

    /// Field and value, in the order of the profile.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Fields of the profile that do not go out, with the reason.
    pub fn left_out(&self) -> &[(&'static str, LeftOut)] {
        &self.left_out
    }

    /// The result in words; empty for none.
    pub fn result(&self) -> &str {
        &self.result
    }
}

fn is_free(field: &str) -> bool {
    let value = catalogue::field(field).map(|def| def.value);
    matches!(value, Some(ValueType::Text | ValueType::LongText))
}

/// What makes a text unfit for the recipient.
fn unfit(text: &str, profile: &Profile, others: &Others) -> Option<LeftOut> {
    let text = &*Zeroizing::new(typed(text));
    outright_unfit(text)
        .filter(|why| *why != LeftOut::MedicalWords || !profile.health)
        .or_else(|| others.told_in(text).then_some(LeftOut::OtherField))
}

/// What makes a text unfit for anybody outside, whatever the dossier says.
pub(crate) fn outright_unfit(text: &str) -> Option<LeftOut> {
    let text = &*Zeroizing::new(typed(text));
    if code::looks_like_bsn(text) || holds_identifier(text) {
        Some(LeftOut::Identifier)
    } else {
        code::has_medical_words(text).then_some(LeftOut::MedicalWords)
    }
}

/// Account numbers, identity documents, telephone numbers, e-mail addresses and the like, by their form.
fn holds_identifier(text: &str) -> bool {
    let mut words = text.split(|c: char| c.is_whitespace() || ",;()<>\"".contains(c));
    let digits = |word: &str| word.bytes().filter(u8::is_ascii_digit).count();
    words.any(|word| {
        let word = word.trim_matches(|c: char| ".:!?'".contains(c));
        code::Email::parse(word).is_ok()
            || (digits(word) >= 8 && code::Phone::parse(word).is_ok())
            || (word.len() > 8 && digits(word) > 5 && code::IdDocument::parse(word).is_ok())
    }) || code_runs(text).any(|run| code::Iban::parse(&run).is_ok())
        || long_number(text)
}

/// Every run of words, without the spaces between them: accounts are written in groups.
fn code_runs(text: &str) -> impl Iterator<Item = String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (0..words.len()).flat_map(move |first| {
        let mut run = String::new();
        let mut runs = Vec::new();
        for word in words.iter().skip(first).take(6) {
            run.push_str(word.trim_matches(|c: char| !c.is_alphanumeric()));
            if run.len() >= 15 {
                runs.push(run.clone());
            }
        }
        runs
    })
}

/// Nine digits or more, with no more than one sign between them.
fn long_number(text: &str) -> bool {
    let (mut count, mut gap) = (0, 0);
    for c in text.chars() {
        if c.is_ascii_digit() {
            (count, gap) = (count + 1, 0);
            if count >= 9 {
                return true;
            }
        } else if count > 0 && gap == 0 && " .-/".contains(c) {
            gap = 1;
        } else {
            (count, gap) = (0, 0);
        }
    }
    false
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{
        access::ViewedEntry,
        disclosure::profiles::profile,
        dossier::EntryContent,
        ids::{CircleId, DossierId, UserId},
    };
    use std::collections::BTreeMap;

    fn view(fields: &[(&'static str, Option<&str>)]) -> View {
        let seen = |value: &Option<&str>| match value {
            Some(value) => Seen::Shown {
                value: Some(Zeroizing::new((*value).to_owned())),
                revision: 1,
                editable: true,
            },
            None => Seen::Withheld {
                reason: crate::access::Reason::NoGrant,
                revision: 0,
                editable: false,
            },
        };
        View {
            id: DossierId::make(),
            kind: "client",
            circle: CircleId::make(),
            vault: None,
            created_at: 0,
            changed_at: 0,
            binned_at: 0,
            fields: fields
                .iter()
                .map(|(field, value)| (*field, seen(value)))
                .collect::<BTreeMap<_, _>>(),
            entries: Vec::new(),
            withheld_entries: Vec::new(),
            editable_entries: Vec::new(),
        }
    }

    fn told(fields: &[(&'static str, Option<&str>)]) -> Vec<String> {
        let absence = profile("employer", "absence").unwrap();
        let disclosed =
            Disclosed::of(&view(fields), absence, &[], ("", ""), EntryId::make()).unwrap();
        disclosed
            .lines()
            .iter()
            .map(|line| line.field.clone())
            .collect()
    }

    #[test]
    fn only_what_the_profile_allows_and_this_user_sees() {
        let told = told(&[
            ("surname", Some("Jansen")),
            ("bsn", Some("111222333")),
            ("town", Some("Utrecht")),
            ("limitations", Some("Niet tillen")),
            ("work_fitness", Some("partly_fit")),
            ("work_abilities", None),
        ]);
        assert_eq!(told, ["surname", "work_fitness"]);
    }

    #[test]
    fn a_free_text_holds_nothing_that_is_for_others() {
        for text in [
            "Kan vier uur per dag, heeft een burn-out.",
            "Werkt thuis, BSN 111 222 333.",
            "Rekening NL91 ABNA 0417 1643 00 doorgeven.",
            "Bel 06-12345678 voor overleg.",
            "Mail naar jan@voorbeeld.test.",
            "Kan halve dagen in Utrecht werken.",
            "kan halve dagen in UTRECHT werken",
            "Geboren op 5 mei 1980, werkt vier uur.",
            "Sinds 05-05-80 in dienst.",
            "Verdient nu 2.345,- en wil dat houden.",
            "Krijgt € 2345 per maand.",
            "Woont op 1234ab, dichtbij.",
            "Dossier t 77 12 x.",
            "Zegt dat zij thuis veel zorgen aan haar hoofd heeft.",
        ] {
            let fields = [
                ("work_abilities", Some(text)),
                ("town", Some("Utrecht")),
                ("date_of_birth", Some("1980-05-05")),
                ("income", Some("2345.00")),
                ("postcode", Some("1234 AB")),
                ("project_number", Some("T-7712-X")),
                (
                    "initial_problem",
                    Some("Heeft thuis veel zorgen aan haar hoofd. Slaapt slecht."),
                ),
            ];
            assert!(told(&fields).is_empty(), "{text}");
        }
        let fit =
            "Vier uur per dag, vijf dagen per week, niet langer dan twee uur achtereen zitten.";
        let fields = [
            ("work_abilities", Some(fit)),
            ("town", Some("Utrecht")),
            ("date_of_birth", Some("1980-05-05")),
            ("income", Some("2345.00")),
        ];
        assert_eq!(told(&fields), ["work_abilities"]);
        // A day of this year is no day of birth.
        let again = "Vanaf 5 mei weer vier uur per dag.";
        let fields = [
            ("work_abilities", Some(again)),
            ("date_of_birth", Some("1980-05-05")),
        ];
        assert_eq!(told(&fields), ["work_abilities"]);
    }

    #[test]
    fn a_result_in_words_obeys_the_same_rules() {
        let uwv = profile("uwv", "reintegration").unwrap();
        let refused = Disclosed::of(
            &view(&[]),
            uwv,
            &[],
            ("Heeft een depressie.", ""),
            EntryId::make(),
        );
        assert!(matches!(
            refused.err(),
            Some(Error::Refused {
                reason: "not_of_health",
                ..
            })
        ));
        let employer = profile("employer", "absence").unwrap();
        assert!(
            Disclosed::of(
                &view(&[]),
                employer,
                &[],
                ("Komt terug.", ""),
                EntryId::make()
            )
            .is_err()
        );
    }

    /// A choice in words, a street without its number, somebody by the surname alone.
    #[test]
    fn nothing_for_others_in_part_or_in_other_words() {
        let mut view = view(&[
            ("surname", Some("Jansen-Zandvliet")),
            ("work_fitness", Some("unfit")),
            ("project_status", Some("running")),
            ("contract_type", Some("temporary")),
            ("nationality", Some("DE")),
            ("street", Some("1e Oosterparkstraat 12-a")),
        ]);
        let met = EntryContent {
            title: Some("Kim Zandvliet".to_owned()),
            professional: Some("Lang-Korenaar, P.".to_owned()),
            ..EntryContent::default()
        };
        view.entries.push(ViewedEntry {
            id: EntryId::make(),
            field: "people_involved",
            content: Zeroizing::new(serde_json::to_string(&met).unwrap()),
            revision: 1,
            created_at: 0,
            created_by: UserId::make(),
            changed_at: 0,
            changed_by: UserId::make(),
            binned_at: 0,
            editable: false,
        });
        let own_data = profile("person", "own_data").unwrap();
        let municipality = profile("municipality", "reintegration").unwrap();
        let said = |profile, result: &str| {
            Disclosed::of(&view, profile, &[], (result, ""), EntryId::make()).is_ok()
        };
        for result in [
            "Heeft een tijdelijk contract.",
            "Heeft de Duitse nationaliteit.",
            "Woont in de 1e Oosterparkstraat.",
            "Volgens Korenaar gaat het goed.",
            "Heeft een 0\u{2011}urencontract.",
        ] {
            assert!(!said(municipality, result), "{result}");
        }
        // Nor is a person kept from the own name by that of a relative.
        for result in [
            "Kan niet lang zitten.",
            "Mevrouw Jansen-Zandvliet komt terug.",
            "Het traject loopt goed, zij kan werken aan haar doelen.",
        ] {
            assert!(said(municipality, result), "{result}");
        }
        let told = Disclosed::of(&view, municipality, &[], ("", ""), EntryId::make()).unwrap();
        assert!(
            told.lines()
                .iter()
                .any(|line| line.value == "Jansen-Zandvliet")
        );
        // What is told may be said.
        assert!(said(own_data, "U bent niet geschikt voor werk."));
        let progress = profile("employer", "progress").unwrap();
        let scope = ["project_status".to_owned()];
        let refused = |text| Disclosed::nothing(&view, progress, text, EntryId::make()).is_ok();
        assert!(
            Disclosed::of(
                &view,
                progress,
                &scope,
                ("", "Is niet geschikt voor werk."),
                EntryId::make()
            )
            .is_err()
        );
        // A refusal may name what it does not tell.
        assert!(
            refused("Of iemand geschikt voor werk is, zegt de bedrijfsarts.")
                && !refused("Korenaar weet het.")
        );
    }

    #[test]
    fn no_more_than_the_consent_is_about() {
        let view = view(&[
            ("surname", Some("Jansen")),
            ("work_fitness", Some("partly_fit")),
            ("work_duration", Some("3 maanden")),
        ]);
        let insurer = profile("insurer", "claim").unwrap();
        let told = |profile, scope: &[&str]| {
            let scope: Vec<String> = scope.iter().map(|one| (*one).to_owned()).collect();
            let disclosed =
                Disclosed::of(&view, profile, &scope, ("", ""), EntryId::make()).unwrap();
            let fields: Vec<String> = disclosed
                .lines
                .iter()
                .map(|one| one.field.clone())
                .collect();
            (fields.join(" "), disclosed.left_out.clone())
        };
        let left = vec![("work_duration", LeftOut::NotConsented)];
        let fitness = ("surname work_fitness".to_owned(), left);
        assert_eq!(told(insurer, &["work_fitness"]), fitness.clone());
        let all = ("surname work_fitness work_duration".to_owned(), Vec::new());
        assert_eq!(told(insurer, &[]), all, "another ground");
        let employer = profile("employer", "absence").unwrap();
        assert_eq!(told(employer, &[]), all, "a statute");
        assert_eq!(
            told(employer, &["work_fitness"]),
            fitness,
            "a consent goes before it"
        );
        // What is not told may not be said in other words either.
        let scope = ["work_fitness".to_owned(), RESULT.to_owned()];
        let municipality = profile("municipality", "reintegration").unwrap();
        let said = |scope: &[String], result| {
            Disclosed::of(&view, municipality, scope, (result, ""), EntryId::make()).is_ok()
        };
        assert!(said(&scope, "Het gaat goed.") && !said(&scope, "Nog 3 maanden."));
        assert!(!said(&scope[..1], "Het gaat goed."));
        // A refusal tells nothing at all.
        let refused = |text| Disclosed::nothing(&view, insurer, text, EntryId::make()).is_ok();
        assert!(refused("Wij vragen mevrouw Jansen om toestemming.") && !refused("Nog 3 maanden."));
        assert_eq!(told(insurer, &["whole_dossier"]), all);
    }
}
