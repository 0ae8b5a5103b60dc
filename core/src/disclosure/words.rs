//! The words of letters, in both languages.

use crate::{
    access::{CONSENT, GROUND, OWN_REQUEST},
    dossier::{in_words, purpose_in_words},
};

/// The sentences of one language.
pub(super) struct Words {
    dutch: bool,
    pub name: &'static str,
    pub salutation: &'static str,
    pub closing: &'static str,
    pub confidential: &'static str,
    /// In a refusal to the person concerned: where to turn (AVG art. 12(4)).
    pub remedy: &'static str,
    /// Above a letter that cannot be made again as it went.
    pub copy: &'static str,
}

static DUTCH: Words = Words {
    dutch: true,
    name: "Naam",
    salutation: "Geachte heer, mevrouw,",
    closing: "Met vriendelijke groet,",
    confidential: "Deze gegevens zijn alleen voor het genoemde doel. Geef ze niet door en bewaar ze niet langer dan daarvoor nodig is.",
    remedy: "Bent u het hier niet mee eens? U kunt een klacht indienen bij de Autoriteit Persoonsgegevens, en u kunt de rechter vragen te beslissen.",
    copy: "Dit is geen getrouw afschrift: de brief die is verstuurd, zag er anders uit of bevatte meer.",
};

static ENGLISH: Words = Words {
    dutch: false,
    name: "Name",
    salutation: "Dear Sir or Madam,",
    closing: "Yours faithfully,",
    confidential: "This information is for the stated purpose alone. Do not pass it on, and keep it no longer than that purpose needs.",
    remedy: "If you do not agree, you may lodge a complaint with the Autoriteit Persoonsgegevens, and you may ask the court to decide.",
    copy: "This is no true copy: the letter that was sent looked different or held more.",
};

/// Those of a language; Dutch, unless it is English.
pub(super) fn of(language: &str) -> &'static Words {
    if language == "en" { &ENGLISH } else { &DUTCH }
}

/// Label of a field that goes out or along: id, Dutch, English.
const LABELS: &[(&str, &str, &str)] = &[
    ("date_of_birth", "Geboortedatum", "Date of birth"),
    ("project_number", "Trajectnummer", "Project number"),
    (
        "project_status",
        "Stand van het traject",
        "State of the project",
    ),
    ("work_experience", "Werkervaring", "Work experience"),
    ("competences", "Competenties", "Competences"),
    ("interests", "Interesses", "Interests"),
    ("initial_problem", "Hulpvraag", "Presenting problem"),
    ("assignment", "Opdracht", "Assignment"),
    ("expectations", "Verwachtingen", "Expectations"),
    ("goals", "Doelen", "Goals"),
    ("session_notes", "Gespreksverslagen", "Session notes"),
    ("interventions", "Interventies", "Interventions"),
    (
        "psychological_tests",
        "Psychologische tests",
        "Psychological tests",
    ),
    ("test_results", "Testresultaten", "Test results"),
    ("people_involved", "Betrokkenen", "People involved"),
    ("contact_log", "Contacten", "Contacts"),
    ("work_fitness", "Geschikt voor werk", "Fit for work"),
    (
        "work_abilities",
        "Mogelijkheden voor werk",
        "Abilities for work",
    ),
    ("work_adaptations", "Aanpassingen", "Adaptations"),
    ("work_duration", "Verwachte duur", "Expected duration"),
    ("examinations", "Onderzoeken", "Examinations"),
    ("limitations", "Beperkingen", "Limitations"),
    ("medical_conclusions", "Conclusies", "Conclusions"),
    ("medical_notes", "Medische notities", "Medical notes"),
];

/// Choices, and what an entry is: id, Dutch, English.
const CHOICES: &[(&str, &str, &str)] = &[
    ("fit", "ja", "yes"),
    ("partly_fit", "gedeeltelijk", "partly"),
    ("unfit", "nee", "no"),
    ("planned", "gepland", "planned"),
    ("running", "loopt", "running"),
    ("paused", "onderbroken", "paused"),
    ("finished", "afgerond", "finished"),
    ("stopped", "gestopt", "stopped"),
    ("open", "loopt", "open"),
    ("reached", "bereikt", "reached"),
    ("dropped", "losgelaten", "dropped"),
    ("telephone", "telefoon", "telephone"),
    ("email", "e-mail", "e-mail"),
    ("letter", "brief", "letter"),
    ("chat", "chat", "chat"),
    ("website", "website", "website"),
    ("conversation", "gesprek", "conversation"),
    ("gp", "huisarts", "general practitioner"),
    ("psychologist", "psycholoog", "psychologist"),
    ("partner", "partner", "partner"),
    ("ex_partner", "ex-partner", "former partner"),
    ("child", "kind", "child"),
    ("parent", "ouder", "parent"),
    ("school", "school", "school"),
    ("manager", "leidinggevende", "manager"),
    ("commissioner", "opdrachtgever", "commissioner"),
    ("supporter", "steunfiguur", "supporter"),
    ("project_leader", "projectleider", "project leader"),
    ("other", "anders", "other"),
    ("permanent", "vast", "permanent"),
    ("temporary", "tijdelijk", "temporary"),
    ("on_call", "oproep", "on call"),
    ("agency", "uitzend", "agency"),
    ("volunteer", "vrijwillig", "volunteer"),
];

/// Reasons of refusal: id, Dutch, English.
const REFUSALS: &[(&str, &str, &str)] = &[
    (
        "interest",
        "Wij verstrekken deze gegevens niet: uw belang weegt niet op tegen de privacy van de betrokkene.",
        "We do not disclose this information: your interest does not outweigh the privacy of the person concerned.",
    ),
    (
        "need",
        "Wij verstrekken deze gegevens niet: er wordt meer gevraagd dan voor uw taak nodig is.",
        "We do not disclose this information: more is asked for than your task needs.",
    ),
    (
        "harm",
        "Wij verstrekken deze gegevens niet: dat zou de privacy van de betrokkene onevenredig schaden.",
        "We do not disclose this information: that would harm the privacy of the person concerned out of proportion.",
    ),
    (
        "doubt",
        "Wij verstrekken deze gegevens niet: bij twijfel is na weging besloten uw vraag af te wijzen.",
        "We do not disclose this information: in doubt, and after weighing, it was decided to refuse your request.",
    ),
    (
        "no_consent",
        "Wij verstrekken deze gegevens niet: er is geen geldige toestemming van de betrokkene.",
        "We do not disclose this information: there is no valid consent of the person concerned.",
    ),
];

/// The same to the person concerned, who asks for what is about nobody else (AVG art. 15(4), UAVG art. 41).
const OWN_REFUSALS: &[(&str, &str, &str)] = &[
    (
        "interest",
        "Wij verstrekken deze gegevens niet: andere belangen wegen hier zwaarder dan uw belang erbij.",
        "We do not disclose this information: other interests outweigh yours in it.",
    ),
    (
        "need",
        "Wij verstrekken deze gegevens niet: uw verzoek gaat verder dan gegevens over uzelf.",
        "We do not disclose this information: your request goes further than information about yourself.",
    ),
    (
        "harm",
        "Wij verstrekken deze gegevens niet: dat zou de rechten van anderen onevenredig schaden.",
        "We do not disclose this information: that would harm the rights of others out of proportion.",
    ),
];

/// The label of a field; its id where there is none.
pub(super) fn label<'a>(field: &'a str, language: &str) -> &'a str {
    in_words(LABELS, field, language).unwrap_or(field)
}

/// A choice in words, where there are any.
pub(crate) fn choice_in_words(id: &str, language: &str) -> Option<&'static str> {
    in_words(CHOICES, id, language)
}

/// A choice in words; its id where there are none.
pub(super) fn choice<'a>(id: &'a str, language: &str) -> &'a str {
    in_words(CHOICES, id, language).unwrap_or(id)
}

impl Words {
    fn language(&self) -> &'static str {
        if self.dutch { "nl" } else { "en" }
    }

    /// A purpose in words.
    pub fn purpose<'a>(&self, id: &'a str) -> &'a str {
        purpose_in_words(id, self.language()).unwrap_or(id)
    }

    pub fn subject(&self, purpose: &str) -> String {
        if self.dutch {
            format!("Uw vraag om informatie ({purpose})")
        } else {
            format!("Your request for information ({purpose})")
        }
    }

    pub fn received(&self, date: &str, purpose: &str) -> String {
        if self.dutch {
            format!("Op {date} vroeg u ons om informatie, met als doel: {purpose}.")
        } else {
            format!("On {date} you asked us for information, for this purpose: {purpose}.")
        }
    }

    /// Why it is refused, to somebody else or to the person concerned.
    pub fn refusal(&self, reason: &str, own: bool) -> String {
        let to_the_person = in_words(OWN_REFUSALS, reason, self.language()).filter(|_| own);
        let known = to_the_person.or_else(|| in_words(REFUSALS, reason, self.language()));
        known.unwrap_or_default().to_owned()
    }

    /// What the answer rests on, as it is registered, and whether it is the whole of it.
    pub fn basis(&self, basis: &str, partly: bool) -> String {
        let whole = match (self.dutch, partly) {
            (true, false) => "Wij verstrekken u de volgende gegevens",
            (true, true) => {
                "Wij beantwoorden uw vraag gedeeltelijk en verstrekken u de volgende gegevens"
            }
            (false, false) => "We disclose the following to you",
            (false, true) => "We answer your request in part and disclose the following to you",
        };
        let other = basis.strip_prefix(GROUND).and_then(|of| of.split_once(':'));
        let article = other.map_or(basis, |(_, article)| article);
        let basis = match (basis, self.dutch) {
            (OWN_REQUEST, true) => "op uw eigen verzoek".to_owned(),
            (OWN_REQUEST, false) => "at your own request".to_owned(),
            (consent, true) if consent.starts_with(CONSENT) => {
                "met toestemming van de betrokkene".to_owned()
            }
            (consent, false) if consent.starts_with(CONSENT) => {
                "with the consent of the person concerned".to_owned()
            }
            (_, true) => format!("op grond van {article}"),
            (_, false) => format!("under {article}"),
        };
        format!("{whole}, {basis}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalogue::{self, ValueType},
        disclosure::profiles::PROFILES,
        dossier,
    };

    #[test]
    fn everything_that_goes_out_has_words() {
        let names = ["initials", "given_name", "prefix", "surname"];
        for field in PROFILES.iter().flat_map(|profile| profile.fields) {
            assert!(
                names.contains(field) || in_words(LABELS, field, "nl").is_some(),
                "{field}"
            );
            if let Some(ValueType::Choice(ids)) = catalogue::field(field).map(|def| def.value) {
                assert!(ids.iter().all(|id| in_words(CHOICES, id, "en").is_some()));
            }
        }
        for id in dossier::PURPOSES {
            assert!(purpose_in_words(id, "nl").is_some(), "{id}");
        }
        for id in dossier::GROUNDS {
            assert!(in_words(REFUSALS, id, "nl").is_some(), "{id}");
        }
    }
}
