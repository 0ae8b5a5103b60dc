//! `kluis package` and `kluis receive`

use super::vault::outward;
use crate::{
    args::{Global, Package, Receive},
    failure::Failure,
    fetch,
    out::Out,
    session,
    words::{self, reasons},
};
use dossierkluis::{
    disclosure::{Arrival, NotPacked},
    error::Error,
    practice::Practice,
};
use serde_json::{Value, json};

/// Writes a dossier, or everything, to a package for another firm.
pub async fn send(global: &Global, args: &Package, out: &Out) -> Result<u8, Failure> {
    session::with(global, &args.dir, out, async |practice, _| {
        let to = outward(practice, &args.to, out).await?;
        let bar = out.bar();
        let report = match (&args.whole, &args.request) {
            (Some(firm), _) => {
                practice
                    .package_practice(firm, &args.file, &to, (&|at| bar.show(at), &|| false))
                    .await?
            }
            (None, request) => {
                let request = request.as_deref().unwrap_or_default();
                let request = request.parse().map_err(|_| Error::NotFound)?;
                practice
                    .package_dossier(request, &args.file, &to, (&|at| bar.show(at), &|| false))
                    .await?
            }
        };
        drop(bar);
        let left_out = told(&report.left_out, out);
        out.say(
            &json!({ "dossiers": report.dossiers, "documents": report.documents, "left_out": left_out }),
            || counted(report.dossiers, report.documents, out),
        )?;
        Ok(0)
    })
    .await
}

fn counted(dossiers: usize, documents: usize, out: &Out) -> String {
    let papers = out.pick("documenten", "documents");
    format!("{dossiers} dossiers, {documents} {papers}")
}

/// Takes in a package, whole or not at all.
pub async fn receive(global: &Global, args: &Receive, out: &Out) -> Result<u8, Failure> {
    session::with(global, &args.dir, out, async |practice, _| {
        let Some(file) = &args.file else {
            let own = practice.own_recipient();
            out.say(&json!({ "recipient": own }), || own.clone())?;
            return Ok(0);
        };
        let arrival = arrival(practice, global, args).await?;
        let password = match &args.package_password_file {
            Some(file) => Some(session::secret(Some(file), "")?),
            None => None,
        };
        let password = password.as_ref().map(|one| one.expose());
        let bar = out.bar();
        let report = practice
            .receive_package(file, password, &arrival, &|at| bar.show(at))
            .await?;
        drop(bar);
        let left_out = told(&report.left_out, out);
        out.say(
            &json!({
                "dossiers": report.dossiers, "entries": report.entries, "documents": report.documents, "practice": report.practice,
                "by": report.by, "left_out": left_out,
            }),
            || counted(report.dossiers, report.documents, out),
        )?;
        Ok(0)
    })
    .await
}

/// Warns of each, and gives them for scripts.
fn told(left_out: &[NotPacked], out: &Out) -> Vec<Value> {
    for one in left_out {
        let why = words::or_code(reasons::WITHHELD, &one.reason, out.dutch);
        let place = [&*one.dossier, &*one.what].join(" ");
        out.warn(&format!("{}: {why}", place.trim()));
    }
    left_out
        .iter()
        .map(|one| json!({ "dossier": one.dossier, "what": one.what, "reason": one.reason }))
        .collect()
}

async fn arrival(practice: &Practice, global: &Global, args: &Receive) -> Result<Arrival, Failure> {
    let circle = match &args.circle {
        Some(name) => fetch::circle(practice, name).await?,
        None => practice.own_circle(),
    };
    let vault = match &global.vault {
        Some(name) => Some(fetch::vault(practice, name).await?.id),
        None => None,
    };
    Ok(Arrival { circle, vault })
}
