//! Vectors of names; those of the order are the reference's.

use super::*;
use proptest::prelude::*;

fn person<'a>(
    salutation: Salutation,
    initials: &'a str,
    given_name: &'a str,
    surname: &'a str,
) -> Name<'a> {
    Name {
        salutation,
        initials,
        given_name,
        surname,
        ..Name::default()
    }
}

/// Each surname, with its prefix before it, must sort after the one before.
fn sorted(ij: IjOrder, surnames: &[&str]) {
    let key = |surname: &str| person(Salutation::Neutral, "", "", surname).sort_key(ij);
    for pair in surnames.windows(2) {
        assert!(key(pair[0]) < key(pair[1]), "{pair:?}");
    }
}

#[test]
fn the_reference_order() {
    sorted(
        IjOrder::AsIj,
        &[
            "Van der Berg",
            "De Boer",
            "'t Hart",
            "Van 't Hof",
            "IJzerman",
            "Jansen",
            "D'Oliveira",
        ],
    );
    sorted(
        IjOrder::AsY,
        &[
            "Van der Berg",
            "De Boer",
            "'t Hart",
            "Van 't Hof",
            "Jansen",
            "D'Oliveira",
            "Xu",
            "IJzerman",
            "Zand",
        ],
    );
    sorted(
        IjOrder::AsY,
        &["Ähren", "Ahrens", "de Wit", "Wit-Jansen", "Witte"],
    );
}

#[test]
fn equal_surnames_sort_by_first_name_then_prefix() {
    let key = |prefix: &str, given: &str| {
        let name = Name {
            prefix,
            ..person(Salutation::Neutral, "", given, "Berg")
        };
        name.sort_key(IjOrder::AsY)
    };
    assert!(key("van der", "Anna") < key("van der", "Bob"));
    assert!(key("", "Bob") < key("van den", "Bob"));
    assert_eq!(key("Van Der", "Zoë"), key("van der", "Zoe"));
}

#[test]
fn a_name_in_its_forms() {
    use Salutation::{Mr, Mrs, Neutral};
    let vectors = [
        (
            person(Mr, "J.", "Jan", "van der Berg"),
            "Jan van der Berg",
            "de heer Van der Berg",
            "Berg, J. van der",
        ),
        (
            person(Mrs, "", "An", "Van Der Berg"),
            "An van der Berg",
            "mevrouw Van der Berg",
            "Berg, An van der",
        ),
        (
            person(Neutral, "S.", "Sam", "Boer"),
            "Sam Boer",
            "Sam Boer",
            "Boer, S.",
        ),
        (
            person(Mr, "P.", "", "'t Hart"),
            "P. 't Hart",
            "de heer 't Hart",
            "Hart, P. 't",
        ),
        (
            person(Mrs, "", "Eva", "D'Oliveira"),
            "Eva d'Oliveira",
            "mevrouw D'Oliveira",
            "Oliveira, Eva d'",
        ),
        (
            person(Mr, "", "", "de Boer"),
            "De Boer",
            "de heer De Boer",
            "Boer, de",
        ),
        (person(Mr, "", "Kim", ""), "Kim", "Kim", "Kim"),
        (Name::default(), "", "", ""),
    ];
    for (name, full, formal, listed) in vectors {
        assert_eq!(
            (
                name.full().as_str(),
                name.formal().as_str(),
                name.listed().as_str()
            ),
            (full, formal, listed)
        );
    }
}

#[test]
fn the_partner_s_name_stands_where_the_person_wants_it() {
    let vectors = [
        (
            NameOrder::Own,
            "Eva van der Berg",
            "mevrouw Van der Berg",
            "Berg, Eva van der",
        ),
        (
            NameOrder::Partner,
            "Eva de Vries",
            "mevrouw De Vries",
            "Vries, Eva de",
        ),
        (
            NameOrder::PartnerOwn,
            "Eva de Vries-van der Berg",
            "mevrouw De Vries-van der Berg",
            "Vries-van der Berg, Eva de",
        ),
        (
            NameOrder::OwnPartner,
            "Eva van der Berg-de Vries",
            "mevrouw Van der Berg-de Vries",
            "Berg-de Vries, Eva van der",
        ),
    ];
    for (order, full, formal, listed) in vectors {
        let name = Name {
            partner_surname: "de Vries",
            order,
            ..person(Salutation::Mrs, "", "Eva", "van der Berg")
        };
        assert_eq!(
            (
                name.full().as_str(),
                name.formal().as_str(),
                name.listed().as_str()
            ),
            (full, formal, listed)
        );
    }
    let lone = Name {
        order: NameOrder::PartnerOwn,
        ..person(Salutation::Mrs, "", "Eva", "Berg")
    };
    assert_eq!(lone.full(), "Eva Berg");
}

#[test]
fn fields_make_a_name() {
    let name = Name::from_fields(|id| match id {
        "salutation" => Some("mrs"),
        "titles" => Some("dr."),
        "initials" => Some("E."),
        "prefix" => Some("Van Der"),
        "surname" => Some("Berg"),
        _ => None,
    });
    assert_eq!(name.addressed(), "mevrouw dr. E. van der Berg");
    assert_eq!(name.formal(), "mevrouw Van der Berg");
}

type Fields<'a> = &'a [(&'a str, &'a str)];

fn named<'a>(fields: Fields<'a>) -> Name<'a> {
    Name::from_fields(|id| {
        let found = fields.iter().find(|(field, _)| *field == id);
        found.map(|(_, value)| *value)
    })
}

#[test]
fn a_company_has_a_name_where_nobody_has() {
    let company = ("organisation", " De Linde B.V. ");
    let department = ("department", "Inkoop");
    let vectors: &[(Fields<'_>, &str, &str)] = &[
        (&[company], "De Linde B.V.", "De Linde B.V."),
        (&[department], "Inkoop", "Inkoop"),
        (
            &[company, department],
            "Inkoop, De Linde B.V.",
            "Inkoop, De Linde B.V.",
        ),
        (
            &[company, ("salutation", "mrs"), ("titles", "dr.")],
            "De Linde B.V.",
            "De Linde B.V.",
        ),
        (
            &[company, ("prefix", "van")],
            "De Linde B.V.",
            "De Linde B.V.",
        ),
        (&[company, ("surname", "de Boer")], "De Boer", "Boer, de"),
        (&[company, ("given_name", "Kim")], "Kim", "Kim"),
        (&[company, ("initials", "K.")], "K.", "K."),
        (&[("titles", "dr.")], "", ""),
    ];
    for (fields, full, listed) in vectors {
        let name = named(fields);
        assert_eq!(
            (name.full().as_str(), name.listed().as_str()),
            (*full, *listed)
        );
    }
    let fields = [company, ("salutation", "mr")];
    let plain = named(&fields);
    assert_eq!(plain.formal(), "De Linde B.V.");
    assert_eq!(plain.addressed(), "De Linde B.V.");
    let key = |organisation: &str| named(&[("organisation", organisation)]).sort_key(IjOrder::AsIj);
    assert!(key("De Linde") < key("Dekker Bouw") && key("Dekker Bouw") < key("Linde"));
    assert_eq!(key("De Linde").matches('\u{1}').count(), 3);
}

#[test]
fn prefixes_come_off() {
    let vectors = [
        ("van der Berg", "van der", "Berg"),
        ("Berg, van der", "van der", "Berg"),
        ("Van ’t Hof", "van 't", "Hof"),
        ("in 't Veld", "in 't", "Veld"),
        ("v.d. Berg", "v.d.", "Berg"),
        ("d'Oliveira", "d'", "Oliveira"),
        ("De l'Isle", "de l'", "Isle"),
        ("Berg", "", "Berg"),
        ("Van", "", "Van"),
        ("van de", "van", "de"),
        ("Vandenberg", "", "Vandenberg"),
        ("Jansen, P.", "", "Jansen, P."),
        (" ", "", ""),
    ];
    for (whole, prefix, rest) in vectors {
        assert_eq!(split_surname(whole), (prefix.into(), rest.into()));
    }
}

proptest! {
    #[test]
    fn any_text_is_a_name(given in ".*", surname in ".*", partner in ".*") {
        let name = Name { partner_surname: &partner, order: NameOrder::PartnerOwn, ..person(Salutation::Mr, "", &given, &surname) };
        let _ = (name.full(), name.formal(), name.listed(), name.addressed());
        let key = name.sort_key(IjOrder::AsY);
        prop_assert_eq!(key.matches('\u{1}').count(), 3);
        prop_assert_eq!(key.clone(), name.clone().sort_key(IjOrder::AsY));
    }

    #[test]
    fn case_and_marks_do_not_change_the_order(surname in "[a-zé' -]{1,12}") {
        let key = |surname: &str| person(Salutation::Neutral, "", "", surname).sort_key(IjOrder::AsIj);
        prop_assert_eq!(key(&surname), key(&surname.to_uppercase()));
    }
}
