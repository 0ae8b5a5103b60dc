//! Web addresses.

use super::{CodeError, email::is_domain, stored_text};

stored_text!(
    /// An address that starts with `https://` or `http://`, its host in lower case.
    Url
);

/// Longer addresses are not accepted by every program either.
const LIMIT: usize = 2_000;

impl Url {
    /// Reads an address; `https://` is put before it when nothing stands there. Other schemes, names and passwords
    /// before the host, and numeric hosts are refused: such a link misleads.
    ///
    /// # Errors
    /// [`CodeError::UrlForm`].
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let text = text.trim();
        let (scheme, rest) = text.split_once("://").unwrap_or(("https", text));
        let scheme = scheme.to_ascii_lowercase();
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let authority = authority.to_lowercase();
        let clean = text.len() <= LIMIT
            && !text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\');
        if clean && matches!(scheme.as_str(), "https" | "http") && is_authority(&authority) {
            Ok(Self(format!("{scheme}://{authority}{path}")))
        } else {
            Err(CodeError::UrlForm)
        }
    }
}

fn is_authority(authority: &str) -> bool {
    match authority.split_once(':') {
        Some((host, port)) => {
            is_domain(host) && super::all_digits(port) && port.parse::<u16>().is_ok()
        }
        None => is_domain(authority),
    }
}
