//! The commands, in one list: what the page may call, and from which its typed border is generated.

use crate::commands::*;
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands};

/// Every command. A test writes or compares `ui/src/lib/ipc/bindings.ts` from this.
pub fn builder() -> Builder<tauri::Wry> {
    Builder::new()
        // The page catches failures as exceptions, where it wants to.
        .error_handling(ErrorHandlingMode::Throw)
        .commands(collect_commands![
            session::lock,
            session::touch,
            draft::keep_draft,
        ])
}

#[cfg(test)]
mod tests;
