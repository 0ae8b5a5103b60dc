//! The computer in the hands of somebody else, who signs a form: until the password is given, nothing is answered but what
//! signing needs. The page shows nothing else; this is what makes it so.

use crate::{failure::Failure, state::Shell};
use dossierkluis::consent::Prepared;
use tauri::{Manager, Wry, ipc::Invoke};

/// A form that somebody was handed.
pub struct HandedOver {
    /// The form, as it will be kept.
    pub prepared: Prepared,
    /// It was signed.
    pub signed: bool,
}

/// What may be asked for meanwhile.
const OPEN: &[&str] = &[
    "handed_over",
    "sign_consent",
    "take_back",
    "status",
    "touch",
];

/// Refuses everything else while the computer is handed over.
pub fn guard(
    handler: impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static,
) -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    move |invoke| {
        let shell = invoke.message.webview_ref().try_state::<Shell>();
        let closed = shell.is_some_and(|shell| shell.small().handed.is_some());
        if closed && !OPEN.contains(&invoke.message.command()) {
            invoke.resolver.reject(Failure::new("handed_over"));
            return true;
        }
        handler(invoke)
    }
}
