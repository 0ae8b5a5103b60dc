//! `kluis mailing`

use crate::{
    args::{Global, Mailing},
    failure::{Failure, new_file},
    out::Out,
    session,
};
use dossierkluis::{error::Error, paper::Language, transfer::Channel};
use serde_json::json;

/// Writes a mailing list, without those who do not want it.
pub async fn run(global: &Global, args: &Mailing, out: &Out) -> Result<u8, Failure> {
    new_file(&args.file)?;
    let channel = Channel::from_word(&args.channel).ok_or(Error::NotFound)?;
    let language = if out.dutch {
        Language::Dutch
    } else {
        Language::English
    };
    session::with(global, &args.dir, out, async |practice, _| {
        let bar = out.bar();
        let report = practice
            .mailing_list(&args.file, channel, language, &|at| bar.show(at), &|| false)
            .await?;
        drop(bar);
        let left = report.left_out;
        let json = json!({
            "listed": report.listed, "sha256": report.sha256, "left_out": {
                "no_contact": left.no_contact, "refused": left.refused, "not_asked": left.not_asked,
                "no_consent": left.no_consent, "no_address": left.no_address, "withheld": left.withheld,
            },
        });
        out.say(&json, || {
            format!(
                "{}: {}\n{}: {}",
                out.pick("op de lijst", "listed"),
                report.listed,
                out.pick("niet opgenomen", "left out"),
                left.sum()
            )
        })?;
        out.warn(out.pick(
            "dit bestand is niet versleuteld: vernietig het na gebruik",
            "this file is not encrypted: destroy it after use",
        ));
        Ok(0)
    })
    .await
}
