//! The rules that every declaration keeps.

use super::*;
use std::collections::HashSet;

fn is_snake_case(id: &str) -> bool {
    !id.is_empty()
        && id.starts_with(|c: char| c.is_ascii_lowercase())
        && !id.ends_with('_')
        && id
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// Fails on the first entry that breaks the rule, by its id.
fn every_field(rule: fn(&FieldDef) -> bool) {
    for field in fields() {
        assert!(rule(field), "{}", field.id);
    }
}

fn all_different<'a>(items: impl Iterator<Item = &'a str>) {
    let mut seen = HashSet::new();
    for item in items {
        assert!(seen.insert(item), "{item} twice");
    }
}

#[test]
fn ids_are_unique_words_in_snake_case() {
    all_different(fields().iter().map(|f| f.id));
    all_different(kinds().iter().map(|k| k.id));
    every_field(|f| is_snake_case(f.id));
    assert!(kinds().iter().all(|k| is_snake_case(k.id)));
}

#[test]
fn every_id_finds_itself() {
    every_field(|f| field(f.id).is_some_and(|found| found.id == f.id));
    assert!(
        kinds()
            .iter()
            .all(|k| kind(k.id).is_some_and(|found| found.id == k.id))
    );
    assert!(field("no such field").is_none() && kind("").is_none());
}

#[test]
fn kinds_name_existing_fields_once() {
    for kind in kinds() {
        all_different(kind.fields.iter().copied());
        for id in kind.fields {
            assert!(field(id).is_some(), "{}: {id}", kind.id);
        }
        let named = ["surname", "organisation"];
        assert!(
            kind.fields.iter().any(|id| named.contains(id)),
            "{}",
            kind.id
        );
    }
}

#[test]
fn every_field_is_in_some_kind() {
    every_field(|f| kinds().iter().any(|k| k.fields.contains(&f.id)));
}

#[test]
fn headings_are_unique_and_lower_case() {
    all_different(fields().iter().flat_map(|f| f.headings.iter().copied()));
    every_field(|f| {
        f.headings
            .iter()
            .all(|h| *h == h.to_lowercase() && *h == h.trim() && !h.is_empty())
    });
    every_field(|f| f.headings.contains(&f.id));
}

#[test]
fn declarations_are_complete() {
    every_field(|f| is_snake_case(f.purpose) && is_snake_case(f.retention));
    every_field(|f| f.ground.starts_with("AVG "));
}

#[test]
fn choices_are_unique_ids() {
    for field in fields() {
        if let ValueType::Choice(ids) = field.value {
            all_different(ids.iter().copied());
            assert!(
                ids.len() > 1 && ids.iter().all(|id| is_snake_case(id)),
                "{}",
                field.id
            );
        }
    }
}

#[test]
fn the_medical_section_is_for_physicians_and_nothing_else_is() {
    every_field(|f| (f.section == Section::Medical) == (f.protection == Protection::Medical));
    every_field(|f| f.section != Section::Medical || f.retention == "medical");
}

#[test]
fn delicate_fields_have_a_key_of_their_own() {
    every_field(|f| !matches!(f.section, Section::Money | Section::Special) || f.is_protected());
    for id in [
        "bsn",
        "id_document",
        "iban",
        "salary",
        "wage_history",
        "hours",
        "nationality",
        "id_documents",
        "personnel_notes",
        "session_notes",
        "test_results",
        "psychological_tests",
    ] {
        assert!(field(id).is_some_and(FieldDef::is_protected), "{id}");
    }
}

#[test]
fn reception_holds_no_protected_field_and_no_grant_is_listed_twice() {
    every_field(|f| match f.protection {
        Protection::Protected(grants) => {
            let roles: HashSet<_> = grants.iter().map(|(role, _)| role).collect();
            roles.len() == grants.len() && !roles.contains(&Role::Reception) && !grants.is_empty()
        }
        _ => true,
    });
}

/// The store finds what ends by these names.
#[test]
fn what_ends_stands_in_two_lists() {
    let ending = fields()
        .iter()
        .filter(|def| def.shape() == Some(Shape::Certificate));
    assert_eq!(
        ending.map(|def| def.id).collect::<Vec<_>>(),
        ["trainings", "certificates"]
    );
}

#[test]
fn entry_lists_have_a_shape() {
    let shape = |id| field(id).and_then(FieldDef::shape);
    assert_eq!(shape("session_notes"), Some(Shape::Note));
    assert_eq!(shape("goals"), Some(Shape::Goal));
    assert_eq!(shape("contact_log"), Some(Shape::Contact));
    assert_eq!(shape("people_involved"), Some(Shape::Involved));
    assert_eq!(shape("personnel_notes"), Some(Shape::Note));
    assert_eq!(shape("certificates"), Some(Shape::Certificate));
    assert_eq!(shape("trainings"), Some(Shape::Certificate));
    assert_eq!(shape("wage_history"), Some(Shape::Wage));
    assert_eq!(shape("roles"), Some(Shape::Part));
    for id in ["documents", "id_documents", "medical_documents"] {
        assert_eq!(shape(id), Some(Shape::Document));
    }
    for id in ["disclosures", "medical_disclosures"] {
        assert_eq!(shape(id), Some(Shape::Disclosure));
    }
    assert_eq!(shape("surname"), None);
}

#[test]
fn wages_and_copies_of_identity_documents_have_a_term_of_their_own() {
    let retention = |id| field(id).map(|f| f.retention);
    assert_eq!(retention("wage_history"), Some("payroll"));
    assert_eq!(retention("hours"), Some("payroll"));
    assert_eq!(retention("id_documents"), Some("id_copy"));
    every_field(|f| f.shape() != Some(Shape::Wage) || f.section == Section::Money);
}

#[test]
fn medical_fields_go_together() {
    let medical = || fields().iter().filter(|f| f.section == Section::Medical);
    for kind in kinds() {
        let count = medical().filter(|f| kind.fields.contains(&f.id)).count();
        assert!(count == 0 || count == medical().count(), "{}", kind.id);
    }
}

#[test]
fn the_staff_list_is_open_to_everybody() {
    let employee = kind("employee").map_or(&[][..], |kind| kind.fields);
    all_different(STAFF_LIST.iter().copied());
    for id in STAFF_LIST {
        assert!(employee.contains(id) && in_staff_list(id), "{id}");
        assert!(field(id).is_some_and(|f| !f.is_protected()), "{id}");
    }
    assert!(!in_staff_list("street") && !in_staff_list("bsn"));
}

#[test]
fn shared_kinds_exist() {
    all_different(SHARED_KINDS.iter().copied());
    for id in SHARED_KINDS {
        assert!(kind(id).is_some(), "{id}");
    }
    assert!(!SHARED_KINDS.contains(&"client"));
}
