//! `kluis set`

use crate::{
    args::{Global, Set},
    failure::Failure,
    fetch,
    out::Out,
    session,
};
use serde_json::json;

/// Changes a field; the history keeps what it replaces.
pub async fn run(global: &Global, args: &Set, out: &Out) -> Result<u8, Failure> {
    session::with(global, &args.dir, out, async |practice, _| {
        let id = fetch::dossier(&args.id)?;
        let value = session::text(args.value.as_deref(), args.stdin)?;
        let saved = practice.put_field(id, &args.field, Some(&value)).await?;
        let json = json!({ "id": id.to_string(), "field": args.field, "revision": saved.revision, "warnings": saved.warnings });
        out.say(&json, || out.pick("Gedaan.", "Done.").to_owned())?;
        Ok(0)
    })
    .await
}
