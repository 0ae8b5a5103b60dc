//! What the page can ask for. Each command reads its arguments, asks the core, and answers; nothing is decided here.

pub mod draft;
pub mod session;
