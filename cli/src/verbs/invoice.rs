//! `kluis invoice`

use crate::{
    args::{Global, Invoice, InvoiceAction},
    failure::{Failure, new_file, usage},
    fetch,
    out::Out,
    session,
    words::{self, reasons},
};
use dossierkluis::{
    billing::{InvoicePreview, InvoiceSeen, NewInvoice, totals},
    code::Money,
    dossier::InvoiceLine,
    error::Error,
    ids::EntryId,
    paper::Language,
    practice::Practice,
};
use serde_json::{Value, json};

/// Invoices and credit notes.
pub async fn run(global: &Global, args: &Invoice, out: &Out) -> Result<u8, Failure> {
    session::with(global, &args.dir, out, async |practice, _| {
        match &args.action {
            InvoiceAction::New {
                id,
                line,
                vat,
                to,
                reference,
                days,
                english,
                confirm,
                look,
            } => {
                let lines: Result<Vec<_>, Failure> =
                    line.iter().map(|line| read(line, vat)).collect();
                let new = NewInvoice {
                    recipient: to.clone(),
                    reference: reference.clone().unwrap_or_default(),
                    lines: lines?,
                    days: *days,
                    language: if *english {
                        Language::English
                    } else {
                        Language::Dutch
                    },
                    confirmed: *confirm,
                };
                let dossier = fetch::dossier(id)?;
                if *look {
                    let preview = practice.preview_invoice(dossier, &new).await?;
                    return looked(&preview, out);
                }
                warn_of(&practice.missing_on_invoice(&new).await?, out);
                given(practice.issue_invoice(dossier, &new).await?, out)
            }
            InvoiceAction::Credit { number } => given(practice.credit_invoice(number).await?, out),
            InvoiceAction::List => list(practice, out).await,
            InvoiceAction::Export { file, year } => {
                new_file(file)?;
                let count = practice
                    .export_invoices(file, year.unwrap_or_default())
                    .await?;
                out.say(&json!({ "exported": count }), || {
                    format!("{}: {count}", out.pick("geschreven", "written"))
                })?;
                Ok(0)
            }
        }
    })
    .await
}

/// `[DATE;]DESCRIPTION;AMOUNT`. A description can hold a semicolon: the amount is what comes last.
fn read(text: &str, vat: &str) -> Result<InvoiceLine, Failure> {
    let (rest, amount) = text.rsplit_once(';').ok_or_else(|| usage("invoice_line"))?;
    let cents = Money::parse(amount)
        .map_err(|error| Error::Refused {
            field: "amount".to_owned(),
            reason: error.code(),
        })?
        .cents();
    let dated = rest
        .split_once(';')
        .filter(|(on, _)| on.starts_with(|c: char| c.is_ascii_digit()) && on.len() <= 10);
    let (on, text) = dated.unwrap_or(("", rest));
    Ok(InvoiceLine {
        on: on.to_owned(),
        text: text.to_owned(),
        cents,
        vat: vat.to_owned(),
    })
}

/// What would be issued.
fn looked(preview: &InvoicePreview, out: &Out) -> Result<u8, Failure> {
    let total = Money::from_cents(preview.total);
    let json = json!({
        "recipient": preview.recipient, "total": total.to_string(), "missing": preview.missing, "issued": false,
    });
    out.say(&json, || {
        let mut lines = preview.recipient.clone();
        lines.push(format!("{}: {}", out.pick("Totaal", "Total"), total.show()));
        lines.push(
            out.pick("Er is niets uitgegeven.", "Nothing was issued.")
                .to_owned(),
        );
        lines.join("\n")
    })?;
    warn_of(&preview.missing, out);
    Ok(0)
}

fn warn_of(missing: &[&str], out: &Out) {
    if !missing.is_empty() {
        let parts = missing.iter();
        let parts: Vec<String> = parts
            .map(|part| words::or_code(reasons::FIELDS, part, out.dutch))
            .collect();
        let said = out.pick(
            "Op een factuur hoort, en in uw huisstijl ontbreekt",
            "An invoice has to state, and the style of your house lacks",
        );
        out.warn(&format!("{said}: {}", parts.join(", ")));
    }
}

fn given((id, number): (EntryId, String), out: &Out) -> Result<u8, Failure> {
    out.say(&json!({ "id": id.to_string(), "number": number }), || {
        number.clone()
    })?;
    Ok(0)
}

async fn list(practice: &Practice, out: &Out) -> Result<u8, Failure> {
    let all = practice.invoices().await?;
    let rows: Result<Vec<(Value, Vec<String>)>, Error> =
        all.iter().map(|one| row(one, out)).collect();
    let (json, rows): (Vec<Value>, Vec<Vec<String>>) = rows?.into_iter().unzip();
    out.say(&json!(json), || out.table(&rows))?;
    Ok(0)
}

fn row(one: &InvoiceSeen, out: &Out) -> Result<(Value, Vec<String>), Error> {
    let mut json = json!({
        "number": one.number, "date": one.issued_on, "credits": one.credits, "credited_by": one.credited_by,
    });
    let mut cells = vec![one.number.clone(), fetch::day(&one.issued_on)];
    match &one.seen {
        None => {
            json["withheld"] = json!("circle");
            cells.push(out.pick("[afgeschermd]", "[withheld]").to_owned());
        }
        Some((dossier, entry, invoiced)) => {
            let total = Money::from_cents(totals(&invoiced.lines)?.total);
            json["dossier"] = json!(dossier.to_string());
            json["id"] = json!(entry.to_string());
            json["invoice"] = json!(invoiced);
            json["total"] = json!(total.to_string());
            cells.extend([
                invoiced.recipient.first().cloned().unwrap_or_default(),
                total.show(),
            ]);
        }
    }
    if !one.credited_by.is_empty() {
        cells.push(format!(
            "{} {}",
            out.pick("gecrediteerd door", "credited by"),
            one.credited_by
        ));
    }
    Ok((json, cells))
}
