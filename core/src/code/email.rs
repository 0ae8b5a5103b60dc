//! E-mail addresses.

use super::{CodeError, stored_text};

stored_text!(
    /// An address with its domain in lower case.
    Email
);

impl Email {
    /// Reads what a mail program would deliver: one `@`, a domain with a point, no spaces. Whether it exists is not checked.
    ///
    /// # Errors
    /// [`CodeError::EmailForm`].
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let text = text.trim();
        let address = text.strip_prefix("mailto:").unwrap_or(text);
        let (local, domain) = address.split_once('@').ok_or(CodeError::EmailForm)?;
        let domain = domain.to_lowercase();
        if address.len() <= 254 && is_local(local) && is_domain(&domain) {
            Ok(Self(format!("{local}@{domain}")))
        } else {
            Err(CodeError::EmailForm)
        }
    }
}

fn is_local(local: &str) -> bool {
    let sign = |c: char| c.is_alphanumeric() || ".!#$%&'*+-/=?^_`{|}~".contains(c);
    (1..=64).contains(&local.len())
        && local.chars().all(sign)
        && local.split('.').all(|part| !part.is_empty())
}

/// Two or more labels of letters, digits and inner dashes, the last not a number.
pub(super) fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let last_is_word = domain
        .rsplit('.')
        .next()
        .is_some_and(|last| last.chars().any(char::is_alphabetic));
    domain.len() <= 253 && domain.contains('.') && domain.split('.').all(label) && last_is_word
}
