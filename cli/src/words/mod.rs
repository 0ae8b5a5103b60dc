//! Words for people, in Dutch and English. What scripts read is never taken from here.

pub mod failures;
pub mod reasons;
pub mod usage;

/// A code with its Dutch and its English.
pub type Words = (&'static str, &'static str, &'static str);

/// What a code is called.
pub fn find(table: &[Words], code: &str, dutch: bool) -> Option<&'static str> {
    let (_, nl, en) = table.iter().find(|(known, ..)| *known == code)?;
    Some(if dutch { nl } else { en })
}

/// What a code is called, or the code itself.
pub fn or_code(table: &[Words], code: &str, dutch: bool) -> String {
    find(table, code, dutch).unwrap_or(code).to_owned()
}

/// Why a value was refused, as a sentence.
pub fn reason(code: &str, dutch: bool) -> &'static str {
    find(reasons::REFUSED, code, dutch).unwrap_or(if dutch {
        "Deze waarde past hier niet."
    } else {
        "This value does not fit here."
    })
}

/// What a check of the practice found, as a sentence.
pub fn finding(text: &str, dutch: bool) -> String {
    let pick = |nl: &str, en: &str| (if dutch { nl } else { en }).to_owned();
    let parts: Vec<&str> = text.split(':').collect();
    match parts[..] {
        ["pages", count] => {
            pick(
                "Beschadigde bladen in de database",
                "Damaged pages in the database",
            ) + &format!(": {count}.")
        }
        ["audit", "end_missing", seq] => {
            pick(
                "Het logboek is afgebroken na nummer",
                "The log was cut off after number",
            ) + &format!(" {seq}.")
        }
        ["audit", _, seq] => {
            pick(
                "Het logboek klopt niet bij nummer",
                "The log is not sound at number",
            ) + &format!(" {seq}.")
        }
        ["account", id] => {
            pick(
                "De naam van dit account gaat niet open",
                "The name of this account does not open",
            ) + &format!(": {id}.")
        }
        ["backup_key", id] => {
            pick(
                "De code voor back-ups van deze collega is verwisseld",
                "The code for backups of this colleague was exchanged",
            ) + &format!(": {id}.")
        }
        ["consent", id] => {
            pick(
                "Deze toestemming of grond is achteraf veranderd",
                "This consent or ground was changed afterwards",
            ) + &format!(": {id}.")
        }
        ["consent_missing", id] => {
            pick(
                "Deze toestemming of grond is weg zonder gewist te zijn",
                "This consent or ground is gone without having been erased",
            ) + &format!(": {id}.")
        }
        ["value", id, field] => {
            pick("Een waarde gaat niet open", "A value does not open")
                + &format!(": dossier {id}, {field}.")
        }
        _ => {
            pick(
                "Een deel van de praktijkmap klopt niet",
                "Part of the practice is not sound",
            ) + &format!(": {text}.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Words, failures, find, reason, reasons, usage};
    use dossierkluis::code::CodeError;

    const TABLES: &[&[Words]] = &[
        failures::FAILURES,
        usage::USAGE,
        reasons::PARTS,
        reasons::REFUSED,
        reasons::WITHHELD,
        reasons::WARNINGS,
        reasons::FIELDS,
        reasons::USES,
        reasons::STATES,
        reasons::OTHER,
        reasons::LOST,
    ];

    #[test]
    fn every_word_is_there_once_and_in_both_languages() {
        for table in TABLES {
            for (at, (code, nl, en)) in table.iter().enumerate() {
                assert!(!nl.is_empty() && !en.is_empty(), "{code}");
                assert!(
                    table[..at].iter().all(|(known, ..)| known != code),
                    "{code}"
                );
            }
        }
    }

    #[test]
    fn what_is_refused_has_words() {
        for error in CodeError::ALL {
            assert!(
                find(reasons::REFUSED, error.code(), true).is_some(),
                "{error}"
            );
        }
        assert_ne!(reason("bsn_check", true), reason("bsn_check", false));
    }
}
