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
    let def = fetch::value_field(&args.field)?;
    session::with(global, &args.dir, out, async |practice, _| {
        let id = fetch::dossier(&args.id)?;
        let value = session::text(args.value.as_deref(), args.stdin)?;
        let saved = match practice.put_field(id, def.id, Some(&value)).await {
            Ok(saved) => saved,
            Err(error) => return Err(fetch::not_there(practice, id, def.id, error).await),
        };
        let json = json!({ "id": id.to_string(), "field": def.id, "revision": saved.revision, "warnings": saved.warnings });
        out.say(&json, || out.pick("Gedaan.", "Done.").to_owned())?;
        out.warn_about(&saved.warnings);
        Ok(0)
    })
    .await
}
