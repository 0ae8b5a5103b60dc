//! Invoices: a name, a date, a short description and an amount, and nothing more of anybody (row B11).
//!
//! An invoice is an entry of its dossier, in the list [`catalogue::INVOICES`](crate::catalogue::INVOICES), with its PDF as the sealed file
//! of that entry, byte for byte as it was issued. Whoever may see the dossier may see its invoices; the bookkeeper's
//! list holds what the asker may read, and of the others the number and the date alone. The numbers are one series for each calendar
//! year, across all circles, in a table of their own: a number is given in the change that writes the invoice, or not at all.
//! What was issued is never changed, only cancelled, once, by a credit note with a number of the same series.

mod issue;
mod list;
mod vat;

#[cfg(test)]
mod tests;

pub use issue::{InvoicePreview, NewInvoice};
pub use list::InvoiceSeen;
pub use vat::{Totals, VAT, VatSum, totals};
