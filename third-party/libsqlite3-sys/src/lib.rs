//! Passes on `libsqlite3-sys` 0.39 under the version that sqlx 0.9 asks for; see Cargo.toml.
pub use real::*;
