//! One file per verb.

pub mod add;
pub mod audit;
pub mod circle;
pub mod consent;
pub mod demo;
pub mod document;
pub mod export;
pub mod fields;
pub mod grant;
pub mod ground;
pub mod group;
pub mod history;
pub mod import;
pub mod list;
pub mod maintain;
pub mod new;
pub mod note;
pub mod recover;
pub mod search;
pub mod set;
pub mod show;
pub mod user;
pub mod vault;
pub mod verify;
