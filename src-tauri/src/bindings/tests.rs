//! Drift between the commands and what the page believes about them.

use super::builder;
use crate::{dto::Progress, failure::Failure};
use specta_typescript::Typescript;
use std::{fs, path::Path};

const HEADER: &str = "// The border between the window and the core, generated from Rust by `make bindings`: do not edit.\n\
    // Every command throws a Failure: {code, params}. Never free text: the UI translates the code.\n\
    // Events: \"progress\" Progress, \"locking\" null (flush drafts now; the window is replaced right after), \"lock_soon\" number (seconds).\n";

#[test]
fn the_page_knows_the_commands_as_they_are() -> Result<(), Box<dyn std::error::Error>> {
    let made = generate()?;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/lib/ipc/bindings.ts");
    if std::env::var_os("WRITE_BINDINGS").is_some() {
        fs::write(&path, &made)?;
    }
    let there = fs::read_to_string(&path)?;
    assert!(
        there == made,
        "ui/src/lib/ipc/bindings.ts is not what the commands say: run `make bindings` and commit it"
    );
    Ok(())
}

fn generate() -> Result<String, Box<dyn std::error::Error>> {
    let file = tempfile::NamedTempFile::new()?;
    // Milliseconds and revisions stay far below 2^53.
    let builder = builder()
        .typ::<Failure>()
        .typ::<Progress>()
        .dangerously_cast_bigints_to_number()
        .disable_serde_phases();
    builder.export(Typescript::default().header(HEADER), file.path())?;
    Ok(fs::read_to_string(file.path())?)
}
