//! Documents: files kept sealed inside the store, or linked where they lie outside. A document is an entry of its dossier,
//! so that who may see it, its history, the bin and moving are those of any entry; its content has the key of its file.

mod keep;
mod link;
mod read;

pub(crate) use keep::{Kept, refuse_whole_id};
pub use keep::{NewDocument, Source};
pub use link::LinkState;
pub use read::Shown;

use crate::{
    crypto::{CryptoError, FileError},
    error::Error,
    store::StoreError,
};

/// The media type of a file, as its first bytes tell.
pub fn media(head: &[u8]) -> &'static str {
    const KNOWN: &[(&[u8], &str)] = &[
        (b"%PDF-", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
    ];
    let known = KNOWN.iter().find(|(start, _)| head.starts_with(start));
    match known {
        Some((_, media)) => media,
        None if std::str::from_utf8(head).is_ok() && !head.contains(&0) => "text/plain",
        None => "application/octet-stream",
    }
}

impl From<FileError> for Error {
    fn from(error: FileError) -> Self {
        match error {
            FileError::Crypto(CryptoError::CannotOpen | CryptoError::Form) => {
                Self::Store(StoreError::Damaged("document"))
            }
            FileError::Crypto(other) => other.into(),
            FileError::Io(error) => Self::Store(error.into()),
            FileError::Stopped => Self::Cancelled,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::media;

    #[test]
    fn files_are_known_by_their_first_bytes() {
        assert_eq!(media(b"%PDF-1.7\n"), "application/pdf");
        assert_eq!(media(b"\xff\xd8\xff\xe0"), "image/jpeg");
        assert_eq!(media("Beste collega, één".as_bytes()), "text/plain");
        assert_eq!(media(b"MZ\0\x01"), "application/octet-stream");
    }
}
