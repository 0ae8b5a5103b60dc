//! Support for the tests.

pub mod window;
