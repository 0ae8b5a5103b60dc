//! `kluis fields`

use crate::{
    args::Fields,
    failure::Failure,
    fetch,
    out::{Out, columns},
};
use dossierkluis::{
    catalogue::{self, FieldDef, Section, Shape, ValueType as V},
    dossier::{DOCUMENT_KINDS, PARTS, ROLES},
};
use serde_json::{Value, json};

/// The fields that a dossier can have, in the order of the form.
pub fn run(args: &Fields, out: &Out) -> Result<u8, Failure> {
    let fields: Vec<&FieldDef> = match args.kind.as_deref().map(fetch::kind).transpose()? {
        Some(kind) => catalogue::kind(kind)
            .map_or(&[][..], |kind| kind.fields)
            .iter()
            .filter_map(|id| catalogue::field(id))
            .collect(),
        None => catalogue::fields().iter().collect(),
    };
    let json: Vec<Value> = fields.iter().map(|def| line(def)).collect();
    out.say(&json!(json), || {
        let rows: Vec<Vec<String>> = fields.iter().map(|def| row(def)).collect();
        columns(&rows)
    })?;
    Ok(0)
}

fn line(def: &FieldDef) -> Value {
    let kinds: Vec<&str> = catalogue::kinds()
        .iter()
        .filter(|kind| kind.fields.contains(&def.id))
        .map(|kind| kind.id)
        .collect();
    let mut line = json!({
        "id": def.id, "section": section(def.section), "type": type_word(def.value),
        "protected": def.is_protected(), "kinds": kinds,
    });
    if let V::Choice(choices) = def.value {
        line["choices"] = json!(choices);
    }
    match def.value {
        V::Entries(Shape::Part | Shape::Involved) => line["roles"] = json!(words_of(def.value)),
        V::Entries(Shape::Document) => line["document_kinds"] = json!(words_of(def.value)),
        _ => {}
    }
    line
}

/// The words that a field, or an entry in it, can be one of.
fn words_of(value: V) -> &'static [&'static str] {
    match value {
        V::Choice(choices) => choices,
        V::Entries(Shape::Part) => PARTS,
        V::Entries(Shape::Involved) => ROLES,
        V::Entries(Shape::Document) => DOCUMENT_KINDS,
        _ => &[],
    }
}

fn row(def: &FieldDef) -> Vec<String> {
    let choices = words_of(def.value).join(", ");
    let words = [def.id, section(def.section), type_word(def.value)];
    words
        .map(str::to_owned)
        .into_iter()
        .chain([choices])
        .collect()
}

fn section(section: Section) -> &'static str {
    match section {
        Section::Identity => "identity",
        Section::Organisation => "organisation",
        Section::Contact => "contact",
        Section::Work => "work",
        Section::Employment => "employment",
        Section::Personnel => "personnel",
        Section::Guidance => "guidance",
        Section::Documents => "documents",
        Section::Consent => "consent",
        Section::Money => "money",
        Section::Medical => "medical",
        Section::Special => "special",
    }
}

fn type_word(value: V) -> &'static str {
    match value {
        V::Text => "text",
        V::LongText => "long_text",
        V::Date => "date",
        V::Email => "email",
        V::Phone => "phone",
        V::Url => "url",
        V::Postcode => "postcode",
        V::Country => "country",
        V::Choice(_) => "choice",
        V::Bsn => "bsn",
        V::Iban => "iban",
        V::Money => "money",
        V::Number => "number",
        V::Picture => "picture",
        V::IdDocument => "id_document",
        V::Kvk => "kvk",
        V::VatId => "vat_id",
        V::Entries(Shape::Note) => "notes",
        V::Entries(Shape::Goal) => "goals",
        V::Entries(Shape::Contact) => "contacts",
        V::Entries(Shape::Involved) => "people",
        V::Entries(Shape::Certificate) => "certificates",
        V::Entries(Shape::Wage) => "wages",
        V::Entries(Shape::Part) => "parts",
        V::Entries(Shape::Document) => "documents",
        V::Entries(Shape::Disclosure) => "disclosures",
        V::Entries(Shape::Consent) => "consents",
        V::Entries(Shape::Ground) => "grounds",
        V::Entries(Shape::OwnView) => "own_views",
        V::Entries(Shape::Representative) => "representatives",
        V::Entries(Shape::Authorisation) => "authorisations",
    }
}
