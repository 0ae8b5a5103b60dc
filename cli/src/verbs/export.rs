//! `kluis export`

use crate::{
    args::{Export, Format, Global},
    failure::Failure,
    fetch,
    out::Out,
    session,
};
use dossierkluis::transfer::{ExportPlan, export::Kind};
use serde_json::json;

/// Writes dossiers to a file; what is withheld stays withheld there.
pub async fn run(global: &Global, args: &Export, out: &Out) -> Result<u8, Failure> {
    for kind in &args.kind {
        fetch::kind(kind)?;
    }
    let fields: Result<Vec<&'static str>, Failure> = args
        .field
        .iter()
        .map(|field| fetch::field(field).map(|def| def.id))
        .collect();
    let fields = fields?;
    let format = match args.format {
        Format::Csv => Kind::Csv,
        Format::Xlsx => Kind::Xlsx,
        Format::Json => Kind::Json,
    };
    let plan = ExportPlan {
        kinds: args.kind.clone(),
        ids: None,
        fields: (!fields.is_empty()).then_some(fields),
        format,
    };
    session::with(global, &args.dir, out, async |practice, _| {
        let bar = out.bar();
        let count = practice
            .export_dossiers(&args.file, &plan, &|progress| bar.show(progress), &|| false)
            .await?;
        drop(bar);
        out.say(&json!({ "exported": count }), || {
            format!("{}: {count}", out.pick("geschreven", "written"))
        })?;
        out.warn(out.pick(
            "dit bestand is niet versleuteld: vernietig het na gebruik",
            "this file is not encrypted: destroy it after use",
        ));
        Ok(0)
    })
    .await
}
