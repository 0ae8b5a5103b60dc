//! `kluis add`

use crate::{
    args::{Add, Global},
    failure::{Failure, usage},
    fetch,
    out::Out,
    session,
};
use dossierkluis::dossier::NewDossier;
use serde_json::json;
use std::collections::BTreeMap;

/// Makes a dossier.
pub async fn run(global: &Global, args: &Add, out: &Out) -> Result<u8, Failure> {
    let kind = fetch::kind(&args.kind)?;
    let mut fields = BTreeMap::new();
    for pair in &args.fields {
        let (field, value) = fetch::pair(pair, |text| fetch::value_field_of(kind, text))?;
        if fields.contains_key(&field) {
            return Err(usage("field_twice").with("field", field));
        }
        fields.insert(field, value);
    }
    if fields.values().all(|value| value.trim().is_empty()) {
        return Err(usage("no_fields"));
    }
    session::with(global, &args.dir, out, async |practice, _| {
        let home = fetch::home(practice, global, kind, args.circle.as_deref()).await?;
        let id = practice
            .create(&NewDossier {
                kind: kind.to_owned(),
                home,
                fields,
            })
            .await?;
        out.say(&json!({ "id": id.to_string() }), || id.to_string())?;
        Ok(0)
    })
    .await
}
