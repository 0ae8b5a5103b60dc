//! `kluis document`

use super::vault::outward;
use crate::{
    args::{Document, DocumentAction, Global},
    failure::{Failure, usage},
    fetch,
    out::Out,
    session,
    words::{self, reasons},
};
use dossierkluis::{
    catalogue,
    document::{LinkState, NewDocument, Source},
    dossier::{EntryContent, Reveal},
    error::Error,
    ids::{DossierId, EntryId},
    practice::Practice,
};
use serde_json::{Value, json};
use std::{path::Path, sync::Arc};

/// Documents of dossiers.
pub async fn run(global: &Global, args: &Document, out: &Out) -> Result<u8, Failure> {
    session::with(global, &args.dir, out, async |practice, _| {
        match &args.action {
            DocumentAction::Add {
                id,
                file,
                field,
                kind,
                title,
                on,
                link,
                ground,
                redacted,
                confirm,
            } => {
                let new = NewDocument {
                    title: title.clone().unwrap_or_default(),
                    kind: kind.clone().unwrap_or_default(),
                    on: on.clone().unwrap_or_default(),
                    ground: ground.clone().unwrap_or_default(),
                    redacted: *redacted,
                    confirmed: *confirm,
                    ..NewDocument::default()
                };
                let (dossier, field) = (fetch::dossier(id)?, fetch::entry_field(field)?.id);
                let entry = if *link {
                    practice
                        .link_document(dossier, field, &new, file, &|| false)
                        .await?
                } else {
                    let bar = out.bar();
                    let source = Source::File(file.clone());
                    practice
                        .add_document(
                            dossier,
                            field,
                            &new,
                            source,
                            &|at| bar.show(at),
                            &Arc::default(),
                        )
                        .await?
                };
                out.say(&json!({ "id": entry.to_string() }), || entry.to_string())?;
                Ok(0)
            }
            DocumentAction::List { id } => list(practice, fetch::dossier(id)?, out).await,
            DocumentAction::Get {
                document,
                file,
                force,
            } => {
                refuse_replacing(file, *force)?;
                let bar = out.bar();
                let id = entry(document)?;
                practice
                    .save_document(id, None, file, &|at| bar.show(at), &|| false)
                    .await?;
                done(id, out)
            }
            DocumentAction::Relink { document, file } => {
                let id = entry(document)?;
                let revision = practice.document_revision(id).await?;
                practice
                    .relink_document(id, file, revision, &|| false)
                    .await?;
                done(id, out)
            }
            DocumentAction::Replace { document, file } => {
                let (id, bar) = (entry(document)?, out.bar());
                let revision = practice.document_revision(id).await?;
                let source = Source::File(file.clone());
                practice
                    .replace_document(id, source, revision, &|at| bar.show(at), &Arc::default())
                    .await?;
                done(id, out)
            }
            DocumentAction::Export {
                document,
                file,
                force,
                to,
            } => {
                refuse_replacing(file, *force)?;
                let (id, bar) = (entry(document)?, out.bar());
                let to = outward(practice, to, out).await?;
                practice
                    .export_document(id, file, &to, &|at| bar.show(at), &|| false)
                    .await?;
                done(id, out)
            }
            DocumentAction::Destroy { document } => {
                let id = entry(document)?;
                practice.destroy_document(id).await?;
                done(id, out)
            }
        }
    })
    .await
}

async fn list(practice: &Practice, id: DossierId, out: &Out) -> Result<u8, Failure> {
    let view = practice.open_dossier(id, Reveal::Nothing).await?;
    for (field, reason) in &view.withheld_entries {
        let shape = catalogue::field(field).and_then(|def| def.shape());
        if shape == Some(catalogue::Shape::Document) {
            let why = words::or_code(reasons::WITHHELD, reason.code(), out.dutch);
            out.warn(&format!("{field}: {why}"));
        }
    }
    let (mut json, mut rows): (Vec<Value>, Vec<Vec<String>>) = (Vec::new(), Vec::new());
    for entry in &view.entries {
        let content = EntryContent::parse(entry.content.as_bytes())?;
        let Some(file) = &content.file else { continue };
        let state = if file.path.is_empty() {
            None
        } else {
            Some(practice.link_state(entry.id, &|| false).await?)
        };
        json.push(json!({
            "id": entry.id.to_string(), "field": entry.field, "title": content.title, "kind": content.kind, "on": content.on,
            "name": file.name, "media": file.media, "size": file.size, "sha256": file.sha256,
            "link": (!file.path.is_empty()).then_some(&file.path), "state": state, "at": fetch::time(entry.changed_at),
        }));
        rows.push(vec![
            entry.id.to_string(),
            content.title.clone().unwrap_or_default(),
            content.kind.clone().unwrap_or_default(),
            link_word(state, out).to_owned(),
            file.size.to_string(),
            fetch::moment(entry.changed_at),
        ]);
    }
    out.say(&json!(json), || out.table(&rows))?;
    Ok(0)
}

/// What a linked file is now, in a word.
fn link_word(state: Option<LinkState>, out: &Out) -> &str {
    match state {
        None => "",
        Some(LinkState::Unchanged) => out.pick("gekoppeld", "linked"),
        Some(LinkState::Changed) => out.pick("gekoppeld, gewijzigd", "linked, changed"),
        Some(LinkState::Missing) => out.pick("gekoppeld, niet gevonden", "linked, missing"),
        Some(LinkState::Away) => out.pick(
            "gekoppeld, bij de vorige praktijk",
            "linked, at the former practice",
        ),
    }
}

/// A file that is there already may be the only one of its kind.
fn refuse_replacing(file: &Path, force: bool) -> Result<(), Failure> {
    if file.exists() && !force {
        Err(usage("file_exists"))
    } else {
        Ok(())
    }
}

fn entry(text: &str) -> Result<EntryId, Failure> {
    text.parse().map_err(|_| Error::NotFound.into())
}

fn done(id: EntryId, out: &Out) -> Result<u8, Failure> {
    out.say(&json!({ "id": id.to_string() }), || id.to_string())?;
    Ok(0)
}
