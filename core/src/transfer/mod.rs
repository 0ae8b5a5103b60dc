//! Import and export: files of other programs in, and what the user may see out.
//!
//! Nothing here knows the catalogue, the store or a key. Reading gives a [`table::Table`] of text; which column is which
//! field is [`mapping`]; who may already be there is [`duplicates`]; writing is [`export`].

pub mod duplicates;
pub mod export;
pub mod mapping;
pub mod table;

mod neutral;
mod read_csv;
mod read_vcard;
mod read_xlsx;
mod vcard;
mod workbook_guard;
