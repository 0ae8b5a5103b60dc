//! Dossiers: reading, changing, the story, the bin, list and search.

mod arena;
mod bin;
mod bulk;
mod content;
mod drafts;
mod edit;
mod ending;
mod list;
mod load;
mod memory;
mod moving;
mod papers;
mod parts;
mod rare;
mod read;
mod record;
mod reseal;
mod sheet;
mod story;

pub use bin::{BinItem, BinnedWhat};
pub(crate) use bulk::{Bulk, NewBulk, Remembered};
pub use content::{
    DOCUMENT_KINDS, EntryContent, FileRef, ID_COPY_GROUNDS, InvoiceLine, Invoiced, PARTS, ROLES,
};
pub use drafts::Draft;
pub use edit::{NewDossier, Saved};
pub(crate) use edit::{Prepared, plausible};
pub use ending::Ending;
pub use list::{Found, ListPage, ListQuery, Row, SortBy};
pub use load::Progress;
pub(crate) use load::name_in;
pub(crate) use read::{kind_field, open_name, value_field};

pub use memory::{Hit, Memory};
pub(crate) use papers::refuse_issued;
pub use parts::PlayedPart;
pub use rare::Rare;
pub use read::{Change, Reveal, display_name};
pub use record::{ASKERS, DisclosureRecord, GROUNDS, Line, OUTCOMES, PURPOSES, Weighed};
pub(crate) use record::{in_words, purpose_in_words};
pub(crate) use sheet::Sheet;
pub use story::EntryChange;
pub(crate) use story::refuse_health;
