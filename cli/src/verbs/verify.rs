//! `kluis verify`

use crate::{
    args::{Folder, Global},
    failure::Failure,
    out::Out,
    session,
};
use serde_json::json;

/// Checks every page, the chain of the log, and every value that this user can open.
pub async fn run(global: &Global, args: &Folder, out: &Out) -> Result<u8, Failure> {
    session::with(global, &args.dir, out, async |practice, _| {
        let proof = practice.verify().await?;
        let ok = proof.findings.is_empty();
        out.say(
            &json!({ "ok": ok, "findings": proof.findings, "opened": proof.opened }),
            || {
                if ok {
                    format!("{} ({})", out.pick("In orde.", "In order."), proof.opened)
                } else {
                    proof.findings.join("\n")
                }
            },
        )?;
        Ok(if ok { 0 } else { 5 })
    })
    .await
}
