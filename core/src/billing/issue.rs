//! Issuing and cancelling.

use super::vat::{MOST, Vat, shown, totals};
use crate::{
    access::{Seen, View},
    audit::EventKind,
    catalogue::{self, FieldDef, INVOICES, Level},
    code,
    disclosure::tells,
    document::{Kept, Source},
    dossier::{EntryContent, FileRef, InvoiceLine, Invoiced, Reveal, open_name},
    error::Error,
    ids::{DossierId, EntryId},
    paper::{HouseStyle, Language, Template, render},
    session::Practice,
    store::{self, StoreError, Write, dossier::DossierRow, invoice::InvoiceRow},
};
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use std::sync::Arc;
use zeroize::Zeroizing;

/// An invoice as it would be.
pub struct InvoicePreview {
    /// The paper, with everything but its number.
    pub pdf: Zeroizing<Vec<u8>>,
    /// Name and address, a line each.
    pub recipient: Vec<String>,
    /// What is to be paid, in cents.
    pub total: i64,
    /// What whoever sends it has to state and the style of the house does not have: `address`, `kvk`, `vat_id` or `iban`.
    pub missing: Vec<&'static str>,
}

/// An invoice to be issued.
#[derive(Clone, Default)]
pub struct NewInvoice {
    /// Name and address, a line each; empty for those of the dossier.
    pub recipient: Vec<String>,
    /// What the recipient wants to read on it; empty for nothing.
    pub reference: String,
    /// What was done.
    pub lines: Vec<InvoiceLine>,
    /// Days in which to pay; 0 for 30.
    pub days: u32,
    /// The language that it is in.
    pub language: Language,
    /// The writer saw the warning about medical words and issues it all the same.
    pub confirmed: bool,
}

const DAYS: u32 = 30;
const LINES: usize = 50;
/// Characters in a description, and in a line of an address.
const SHORT: usize = 120;

impl Practice {
    /// Issues an invoice: gives it the next number of this year, makes its PDF and keeps that, in one change. Gives its entry and
    /// its number.
    ///
    /// # Errors
    /// [`Error::Refused`], among them `medical_words` until it is confirmed, and `protected_value` where a text repeats a protected value of the
    /// dossier. No number is used then, nor after any other failure.
    pub async fn issue_invoice(
        &self,
        dossier: DossierId,
        new: &NewInvoice,
    ) -> Result<(EntryId, String), Error> {
        let (view, _) = self.view(dossier, Reveal::All).await?;
        let invoiced = self.invoiced(&view, new)?;
        self.refuse_protected(&view, &invoiced).await?;
        self.issue(dossier, invoiced, None).await
    }

    /// What an invoice would look like. Opening the dossier is logged, unless it lies open.
    ///
    /// # Errors
    /// As [`Practice::issue_invoice`].
    pub async fn preview_invoice(
        &self,
        dossier: DossierId,
        new: &NewInvoice,
    ) -> Result<InvoicePreview, Error> {
        let mut conn = self.store.read().await?;
        let row = self.dossier_row_in(&mut conn, dossier).await?;
        drop(conn);
        self.invoice_list(&row)?;
        self.reread_dossier(dossier).await?;
        let (view, _) = self.view(dossier, Reveal::All).await?;
        let invoiced = self.invoiced(&view, new)?;
        self.refuse_protected(&view, &invoiced).await?;
        let style = self.house_style().await?;
        Ok(InvoicePreview {
            pdf: self.invoice_pdf(&invoiced, &self.today(), &style)?,
            total: totals(&invoiced.lines)?.total,
            missing: missing(&invoiced.lines, &style)?,
            recipient: invoiced.recipient,
        })
    }

    /// What whoever sends it has to state and the style of the house does not have: `address`, `kvk`, `vat_id` or `iban`.
    pub async fn missing_on_invoice(&self, new: &NewInvoice) -> Result<Vec<&'static str>, Error> {
        missing(&new.lines, &self.house_style().await?)
    }

    /// Cancels an invoice with a credit note, which gets a number of the same series.
    ///
    /// # Errors
    /// [`Error::Refused`] with `credited` when it was cancelled before, with `credit` for a credit note.
    pub async fn credit_invoice(&self, number: &str) -> Result<(EntryId, String), Error> {
        let (year, number) = split(number)?;
        let row = store::invoice::get(&mut *self.store.read().await?, year, number).await?;
        let (_, (_, mut content)) = self.document(row.entry_id).await?;
        let former = content.invoice.take().ok_or(DAMAGED)?;
        if row.credits_number != 0 {
            return Err(Error::refused(INVOICES, "credit"));
        }
        let back = |line: &InvoiceLine| InvoiceLine {
            cents: -line.cents,
            ..line.clone()
        };
        let invoiced = Invoiced {
            credits: former.number.clone(),
            lines: former.lines.iter().map(back).collect(),
            due: String::new(),
            number: String::new(),
            ..former.into_inner()
        };
        self.issue(row.dossier_id, invoiced, Some((year, number)))
            .await
    }

    fn invoiced(&self, view: &View, new: &NewInvoice) -> Result<Invoiced, Error> {
        let recipient: Vec<String> = new.recipient.iter().filter_map(|line| tidy(line)).collect();
        let invoiced = Invoiced {
            recipient: if recipient.is_empty() {
                address(view, |field| self.rights().fields.contains_key(field))
            } else {
                recipient
            },
            reference: tidy(&new.reference).unwrap_or_default(),
            lines: new.lines.iter().map(line).collect::<Result<_, Error>>()?,
            due: due(&self.today(), new.days)?,
            language: new.language.code().to_owned(),
            ..Invoiced::default()
        };
        check(&invoiced, new.confirmed)?;
        Ok(invoiced)
    }

    async fn issue(
        &self,
        dossier: DossierId,
        mut invoiced: Invoiced,
        credits: Option<(i64, i64)>,
    ) -> Result<(EntryId, String), Error> {
        let style = self.house_style().await?;
        // Alone from here on: the next number is the next number until this is committed.
        let mut write = self.store.write().await?;
        let row = self.dossier_row_in(write.conn(), dossier).await?;
        let def = self.invoice_list(&row)?;
        let today = self.today();
        let year: i64 = today
            .get(..4)
            .and_then(|year| year.parse().ok())
            .ok_or(DAMAGED)?;
        if let Some((year, number)) = credits
            && store::invoice::is_credited(write.conn(), year, number).await?
        {
            return Err(Error::refused(INVOICES, "credited"));
        }
        let number = store::invoice::next(write.conn(), year).await?;
        invoiced.number = format!("{year}-{number:04}");
        let pdf = self.invoice_pdf(&invoiced, &today, &style)?;
        let id = EntryId::make();
        let name = format!("{}.pdf", invoiced.number);
        let kept = self
            .seal_in(id, Source::Bytes(name, pdf), &|_| (), &Arc::default())
            .await?;
        let (credits_year, credits_number) = credits.unwrap_or_default();
        let numbered = InvoiceRow {
            year,
            number,
            entry_id: id,
            dossier_id: dossier,
            issued_on: today,
            credits_year,
            credits_number,
        };
        let (file, given) = (kept.row.id, invoiced.number.clone());
        let done = self
            .keep_invoice(write, (&row, def), numbered, invoiced, kept)
            .await;
        self.keep_or_remove(file, done).await?;
        Ok((id, given))
    }

    /// Writes everything of an invoice and makes it durable, or nothing.
    async fn keep_invoice(
        &self,
        mut write: Write<'_>,
        (row, def): (&DossierRow, &FieldDef),
        numbered: InvoiceRow,
        invoiced: Invoiced,
        kept: Kept,
    ) -> Result<(), Error> {
        let content = content(&numbered.issued_on, invoiced, kept.file);
        let id = numbered.entry_id;
        self.write_entry(&mut write, (row, def), id, &content, Some(&kept.row))
            .await?;
        store::invoice::insert(write.conn(), &numbered).await?;
        let event = self.event(EventKind::InvoiceIssued).about(row.id);
        let event = event.part(def.id).object(id);
        self.log(&mut write, event).await?;
        write.commit().await?;
        self.remember_entry((row.id, id), def.id, &content);
        Ok(())
    }

    /// A protected value of the dossier is not on its invoices, also where the writer may see it. The refusal tells that it is the
    /// value, so it is logged as revealing it.
    async fn refuse_protected(&self, view: &View, invoiced: &Invoiced) -> Result<(), Error> {
        let told = told(view, invoiced, |field| {
            self.rights().fields.contains_key(field)
        });
        let Some(field) = told else {
            return Ok(());
        };
        let event = self.event(EventKind::FieldRevealed).about(view.id);
        self.log_now(event.part(field)).await?;
        Err(Error::refused("text", "protected_value"))
    }

    /// The list that invoices of this dossier stand in.
    fn invoice_list(&self, row: &DossierRow) -> Result<&'static FieldDef, Error> {
        let known = catalogue::kind(&row.kind).is_some_and(|kind| kind.fields.contains(&INVOICES));
        let def = catalogue::field(INVOICES).filter(|_| known);
        let def = def.ok_or(Error::NotFound)?;
        self.permit(row.home(), def.id, Level::Edit)?;
        if row.binned_at == 0 {
            Ok(def)
        } else {
            Err(Error::refused(def.id, "in_bin"))
        }
    }

    fn invoice_pdf(
        &self,
        invoiced: &Invoiced,
        today: &str,
        style: &HouseStyle,
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        let language = Language::from_code(&invoiced.language);
        let data = paper_of(invoiced, today, style)?;
        let now = (self.clock)();
        Ok(tokio::task::block_in_place(|| {
            render(Template::Invoice, &data, style, language, now)
        })?)
    }
}

/// A VAT number is of no use where no VAT is asked.
fn missing(lines: &[InvoiceLine], style: &HouseStyle) -> Result<Vec<&'static str>, Error> {
    let no_vat = totals(lines)?.vat.iter().all(|sum| sum.vat == 0);
    let parts = [
        ("address", !style.address.is_empty()),
        ("kvk", !style.kvk.is_empty()),
        ("vat_id", no_vat || !style.vat_id.is_empty()),
        ("iban", !style.iban.is_empty()),
    ];
    let missing = parts.into_iter().filter(|(_, is_there)| !is_there);
    Ok(missing.map(|(part, _)| part).collect())
}

const DAMAGED: Error = Error::Store(StoreError::Damaged("invoice"));

/// `2026-0042` as year and number.
fn split(number: &str) -> Result<(i64, i64), Error> {
    let (year, number) = number.split_once('-').ok_or(Error::NotFound)?;
    let read = |part: &str| part.parse().map_err(|_| Error::NotFound);
    Ok((read(year)?, read(number)?))
}

fn tidy(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn line(line: &InvoiceLine) -> Result<InvoiceLine, Error> {
    let on = match line.on.trim() {
        "" => String::new(),
        on => code::check(catalogue::ValueType::Date, on)
            .map_err(|error| Error::refused("on", error.code()))?,
    };
    Ok(InvoiceLine {
        on,
        text: tidy(&line.text).unwrap_or_default(),
        cents: line.cents,
        vat: Vat::find(&line.vat)?.id.to_owned(),
    })
}

fn due(today: &str, days: u32) -> Result<String, Error> {
    let days = if days == 0 { DAYS } else { days.min(365) };
    let today: NaiveDate = today.parse().map_err(|_| DAMAGED)?;
    let due = today.checked_add_days(Days::new(days.into()));
    Ok(due.ok_or(DAMAGED)?.to_string())
}

/// Name and address of a dossier, as far as they are open.
fn address(view: &View, protected: impl Fn(&str) -> bool) -> Vec<String> {
    let shown = |field: &str| {
        let own = view.fields.get(field).filter(|_| !protected(field));
        own.and_then(Seen::value).unwrap_or_default()
    };
    let name = match open_name(view, &protected) {
        name if name.is_empty() => shown("organisation").to_owned(),
        name => name,
    };
    let place = format!("{} {}", shown("postcode"), shown("town"));
    [name, shown("street").to_owned(), place]
        .iter()
        .filter_map(|line| tidy(line))
        .collect()
}

fn check(invoiced: &Invoiced, confirmed: bool) -> Result<(), Error> {
    let refuse = |field: &str, reason| Err(Error::refused(field, reason));
    let long = |text: &String| text.chars().count() > SHORT;
    if invoiced.recipient.is_empty() {
        return refuse("recipient", "empty");
    }
    if invoiced.recipient.len() > 8
        || invoiced.recipient.iter().any(long)
        || long(&invoiced.reference)
    {
        return refuse("recipient", "too_long");
    }
    if invoiced.lines.is_empty() || invoiced.lines.iter().any(|line| line.text.is_empty()) {
        return refuse("text", "empty");
    }
    if invoiced.lines.len() > LINES || invoiced.lines.iter().any(|line| long(&line.text)) {
        return refuse("text", "too_long");
    }
    if invoiced.lines.iter().any(|line| line.cents.abs() > MOST)
        || totals(&invoiced.lines)?.total <= 0
    {
        return refuse("amount", "out_of_range");
    }
    if texts(invoiced).any(|text| code::looks_like_bsn(text)) {
        return refuse("text", "bsn_in_text");
    }
    if !confirmed && texts(invoiced).any(|text| code::has_medical_words(text)) {
        return refuse("text", "medical_words");
    }
    Ok(())
}

/// Everything on an invoice that somebody typed.
fn texts(invoiced: &Invoiced) -> impl Iterator<Item = &String> {
    let lines = invoiced.lines.iter().map(|line| &line.text);
    lines
        .chain(&invoiced.recipient)
        .chain([&invoiced.reference])
}

/// The first protected field of which the value stands in what somebody typed.
fn told<'v>(
    view: &'v View,
    invoiced: &Invoiced,
    protected: impl Fn(&str) -> bool,
) -> Option<&'v str> {
    let found = view
        .fields
        .iter()
        .filter(|(field, _)| protected(field))
        .find(|(field, seen)| {
            let form = catalogue::field(field).map(|def| def.value);
            let value = seen.value().filter(|value| !value.is_empty());
            form.zip(value)
                .is_some_and(|(form, value)| texts(invoiced).any(|text| tells(form, value, text)))
        });
    found.map(|(field, _)| &**field)
}

fn content(today: &str, invoiced: Invoiced, file: FileRef) -> EntryContent {
    EntryContent {
        title: Some(title(&invoiced)),
        kind: Some("invoice".to_owned()),
        on: Some(today.to_owned()),
        file: Some(file.into()),
        invoice: Some(invoiced.into()),
        ..EntryContent::default()
    }
}

fn title(invoiced: &Invoiced) -> String {
    let word = match (&*invoiced.language, invoiced.credits.is_empty()) {
        ("en", true) => "Invoice",
        ("en", false) => "Credit note",
        (_, true) => "Factuur",
        (_, false) => "Creditfactuur",
    };
    format!("{word} {}", invoiced.number)
}

fn paper_of(invoiced: &Invoiced, today: &str, style: &HouseStyle) -> Result<Value, Error> {
    let language = Language::from_code(&invoiced.language);
    let totals = totals(&invoiced.lines)?;
    let money = |cents| shown(cents, language);
    let (mut lines, mut exempt) = (Vec::new(), Vec::new());
    for line in &invoiced.lines {
        let vat = Vat::find(&line.vat)?;
        let words = vat.words(language);
        if !words.is_empty() && !exempt.contains(&words) {
            exempt.push(words);
        }
        lines.push(json!({
            "date": line.on, "text": line.text, "rate": vat.label(language), "amount": money(line.cents),
        }));
    }
    let word = if language == Language::Dutch {
        "Btw"
    } else {
        "VAT"
    };
    let sums = totals.vat.iter().map(|sum| {
        json!({ "label": format!("{word} {}%", sum.percent), "base": money(sum.base), "amount": money(sum.vat) })
    });
    let iban = code::show(catalogue::ValueType::Iban, &style.iban);
    Ok(json!({
        "kind": if invoiced.credits.is_empty() { "invoice" } else { "credit" },
        "number": invoiced.number, "date": today, "due": invoiced.due, "credits": invoiced.credits,
        "recipient_lines": invoiced.recipient, "reference": invoiced.reference,
        "lines": lines, "net": money(totals.net), "vat": sums.collect::<Vec<_>>(), "total": money(totals.total),
        "exempt": exempt.join("\n"), "iban": iban,
    }))
}
