//! The real window: the program, its web view and its pages, driven as a person does.

mod keeps;
mod keyboard;
mod looks;
mod lock;
mod traces;
