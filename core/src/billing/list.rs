//! What was invoiced: on the screen, and for the bookkeeper.

use super::vat::totals;
use crate::{
    access::Denial,
    audit::EventKind,
    catalogue::INVOICES,
    dossier::{InvoiceLine, Invoiced},
    error::Error,
    ids::{DossierId, EntryId},
    session::Practice,
    store,
    transfer::{Item, ListFile, export::WITHHELD},
};
use std::{collections::BTreeSet, path::Path};

/// A number of the series, with what it says where that may be read.
pub struct InvoiceSeen {
    /// `2026-0042`.
    pub number: String,
    /// ISO 8601.
    pub issued_on: String,
    /// The number that it cancels; empty for an invoice.
    pub credits: String,
    /// The credit note that cancels it; empty for none.
    pub credited_by: String,
    /// Its dossier, entry and words; nothing where they are not for this user, or were erased after their term.
    pub seen: Option<(DossierId, EntryId, Invoiced)>,
}

impl Practice {
    /// Every number that was given, in order. Logged, once for the list.
    pub async fn invoices(&self) -> Result<Vec<InvoiceSeen>, Error> {
        self.rights().decide_work()?;
        let list = self.read_invoices(None).await?;
        let event = self.event(EventKind::Listed).part(INVOICES);
        self.log_soon(event.count(list.len())).await?;
        Ok(list)
    }

    /// Writes the invoices of a year (0 for every year) for the bookkeeper, as CSV. Of what is not for this user there is the number and the
    /// date, so that the series is whole. The log has it before the file is in its place. Gives how many lines.
    pub async fn export_invoices(&self, path: &Path, year: i64) -> Result<usize, Error> {
        let refused = self.rights().decide_work().err();
        if let Some(denial) = refused {
            return self.deny(self.event(EventKind::Exported), denial).await;
        }
        self.refuse_own_folder(path)?;
        let list = self.read_invoices(Some(year)).await?;
        // A dossier with several invoices is one subject.
        let about: BTreeSet<DossierId> = list
            .iter()
            .filter_map(|one| one.seen.as_ref().map(|(dossier, ..)| *dossier))
            .collect();
        let about: Vec<DossierId> = about.into_iter().collect();
        let rows: Result<Vec<Vec<Item>>, Error> = list.iter().map(row).collect();
        let file = ListFile::new(&HEADINGS, &rows?)?;
        let event = self.event(EventKind::Exported).part(INVOICES);
        let event = event.count(list.len()).reason("csv").object(file.sha256());
        let mut write = self.store.write().await?;
        self.log_about(&mut write, event, &about).await?;
        write.commit().await?;
        file.put(path)?;
        Ok(list.len())
    }

    async fn read_invoices(&self, year: Option<i64>) -> Result<Vec<InvoiceSeen>, Error> {
        let rows = store::invoice::all(&mut *self.store.read().await?).await?;
        let number = |year: i64, number: i64| format!("{year}-{number:04}");
        let mut list = Vec::with_capacity(rows.len());
        for row in &rows {
            if year.is_some_and(|year| year != 0 && year != row.year) {
                continue;
            }
            let cancels = |other: &&store::invoice::InvoiceRow| {
                (other.credits_year, other.credits_number) == (row.year, row.number)
            };
            let credited = rows.iter().find(cancels);
            list.push(InvoiceSeen {
                number: number(row.year, row.number),
                issued_on: row.issued_on.clone(),
                credits: match row.credits_number {
                    0 => String::new(),
                    cancelled => number(row.credits_year, cancelled),
                },
                credited_by: credited.map_or_else(String::new, |by| number(by.year, by.number)),
                seen: self.read_invoice(row.entry_id).await?,
            });
        }
        Ok(list)
    }

    async fn read_invoice(
        &self,
        id: EntryId,
    ) -> Result<Option<(DossierId, EntryId, Invoiced)>, Error> {
        match self.document(id).await {
            Ok((row, (_, mut content))) => Ok(content
                .invoice
                .take()
                .map(|invoiced| (row.id, id, invoiced.into_inner()))),
            Err(Error::NotFound | Error::Denied(Denial::KeyMissing | Denial::VaultClosed)) => {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

const HEADINGS: [&str; 12] = [
    "nummer",
    "datum",
    "crediteert",
    "gecrediteerd_door",
    "vervalt",
    "aan",
    "omschrijving",
    "netto",
    "btw_21",
    "btw_9",
    "vrijgesteld",
    "totaal",
];

fn row(one: &InvoiceSeen) -> Result<Vec<Item>, Error> {
    let mut cells: Vec<Item> = [&one.number, &one.issued_on, &one.credits, &one.credited_by]
        .into_iter()
        .map(|text| Item::text(text))
        .collect();
    match &one.seen {
        None => cells.resize_with(HEADINGS.len(), || Item::text(WITHHELD)),
        Some((_, _, invoiced)) => {
            let said: Vec<&str> = invoiced.lines.iter().map(|line| &*line.text).collect();
            cells.push(Item::text(&invoiced.due));
            cells.push(Item::text(&invoiced.recipient.join(", ")));
            cells.push(Item::text(&said.join("; ")));
            cells.extend(sums(&invoiced.lines)?.map(Item::Amount));
        }
    }
    Ok(cells)
}

/// Net, VAT of both rates, what is exempt, total.
fn sums(lines: &[InvoiceLine]) -> Result<[i64; 5], Error> {
    let sums = totals(lines)?;
    let vat = |percent| {
        let of = sums.vat.iter().filter(|sum| sum.percent == percent);
        of.map(|sum| sum.vat).sum()
    };
    let exempt = lines.iter().filter(|line| line.vat.parse::<u8>().is_err());
    let exempt = exempt.map(|line| line.cents).sum();
    Ok([sums.net, vat(21), vat(9), exempt, sums.total])
}
