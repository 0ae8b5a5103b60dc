//! Import and export: files of other programs in, and what the user may see out.
//!
//! Reading gives a [`table::Table`] of text; which column is which field is [`mapping`]; who may already be there is
//! [`duplicates`]; writing is [`export`]. None of these knows the catalogue, the store or a key: what brings them and an
//! open practice together is in `import` and `leave`.

pub mod backup;
pub mod duplicates;
pub mod export;
pub mod mapping;
pub mod table;

mod carry;
mod import;
mod leave;
mod mailing;
mod neutral;
mod read_csv;
mod read_vcard;
mod read_xlsx;
mod sheet;
mod vcard;
mod workbook_guard;

pub use import::{ImportPlan, ImportReport, LikelyTwin, RefusedCell, guess_mapping, read_mapping};
pub use leave::ExportPlan;
pub use mailing::{Channel, LeftOut, MailingReport};
pub use sheet::{Item, ListFile};
