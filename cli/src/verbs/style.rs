//! `kluis style`

use crate::{
    args::{Global, Style, StyleAction},
    failure::Failure,
    out::Out,
    session,
};
use dossierkluis::{
    error::Error,
    paper::{HouseStyle, Template},
    practice::Practice,
};
use serde_json::json;
use std::path::Path;

/// How the papers of the practice look.
pub async fn run(global: &Global, args: &Style, out: &Out) -> Result<u8, Failure> {
    session::with(global, &args.dir, out, async |practice, _| {
        let mut style = practice.house_style().await?;
        match &args.action {
            StyleAction::Show => show(&style, out)?,
            StyleAction::Set {
                name,
                address,
                contact,
                kvk,
                vat_id,
                iban,
                colour,
                logo,
            } => {
                let set = |place: &mut String, given: &Option<String>| {
                    if let Some(given) = given {
                        given.clone_into(place);
                    }
                };
                set(&mut style.name, name);
                set(&mut style.kvk, kvk);
                set(&mut style.vat_id, vat_id);
                set(&mut style.iban, iban);
                set(&mut style.colour, colour);
                for (place, given) in [(&mut style.address, address), (&mut style.contact, contact)]
                {
                    if !given.is_empty() {
                        place.clone_from(given);
                    }
                }
                if let Some(logo) = logo {
                    style.set_logo(&std::fs::read(logo).map_err(|error| Failure::io(&error))?);
                }
                practice.save_house_style(&style).await?;
            }
            StyleAction::Template { template, file } => {
                write(file, found(template)?.shipped().as_bytes())?;
            }
            StyleAction::Use { template, file } => {
                own(practice, &mut style, found(template)?, file.as_deref()).await?;
            }
            StyleAction::Sample { template, file } => {
                let template = found(template)?;
                write(
                    file,
                    &practice.preview_style(template, &style, out.language())?,
                )?;
            }
        }
        Ok(0)
    })
    .await
}

fn found(word: &str) -> Result<Template, Failure> {
    Template::from_word(word).ok_or_else(|| Error::NotFound.into())
}

/// Takes a template of the practice's own into use, or the shipped one again.
async fn own(
    practice: &Practice,
    style: &mut HouseStyle,
    template: Template,
    file: Option<&Path>,
) -> Result<(), Failure> {
    match file {
        Some(file) => {
            let text = std::fs::read_to_string(file).map_err(|error| Failure::io(&error))?;
            style.templates.insert(template, text);
        }
        None => {
            style.templates.remove(&template);
        }
    }
    Ok(practice.save_house_style(style).await?)
}

fn write(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(file, bytes).map_err(|error| Failure::io(&error))
}

fn show(style: &HouseStyle, out: &Out) -> Result<(), Failure> {
    let own: Vec<&str> = style
        .templates
        .keys()
        .map(|template| template.word())
        .collect();
    let json = json!({
        "name": style.name, "address": style.address, "contact": style.contact, "kvk": style.kvk, "vat_id": style.vat_id,
        "iban": style.iban, "colour": style.colour, "logo": !style.logo.is_empty(), "templates": own,
    });
    let rows: Vec<Vec<String>> = [
        ("name", style.name.clone()),
        ("address", style.address.join(", ")),
        ("contact", style.contact.join(", ")),
        ("kvk", style.kvk.clone()),
        ("vat_id", style.vat_id.clone()),
        ("iban", style.iban.clone()),
        ("colour", style.colour.clone()),
        ("templates", own.join(", ")),
    ]
    .into_iter()
    .map(|(name, value)| vec![name.to_owned(), value])
    .collect();
    out.say(&json, || out.table(&rows))
}
