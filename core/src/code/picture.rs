//! Small pictures, such as a portrait.

use super::{CodeError, stored_text};
use base64::{Engine, engine::general_purpose::STANDARD};

stored_text!(
    /// A PNG or JPEG of at most [`PICTURE_LIMIT`] bytes, in base64.
    Picture
);

/// Half a mebibyte, before base64.
pub const PICTURE_LIMIT: usize = 512 * 1024;

const MAGIC: [&[u8]; 2] = [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"];

impl Picture {
    /// Reads base64, also as a `data:` address. Only the first bytes are looked at: nothing is decoded here.
    ///
    /// # Errors
    /// [`CodeError::PictureForm`], [`CodeError::PictureTooLarge`].
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let text = text.trim();
        let base64 = text
            .strip_prefix("data:image/")
            .and_then(|data| data.split_once(";base64,"))
            .map_or(text, |(_, b)| b);
        if base64.len() > PICTURE_LIMIT.div_ceil(3) * 4 {
            return Err(CodeError::PictureTooLarge);
        }
        let bytes = STANDARD
            .decode(base64)
            .map_err(|_| CodeError::PictureForm)?;
        Self::from_bytes(&bytes)
    }

    /// The bytes of an image file.
    ///
    /// # Errors
    /// As [`Picture::parse`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CodeError> {
        if bytes.len() > PICTURE_LIMIT {
            return Err(CodeError::PictureTooLarge);
        }
        let known = MAGIC.iter().any(|magic| bytes.starts_with(magic));
        if known {
            Ok(Self(STANDARD.encode(bytes)))
        } else {
            Err(CodeError::PictureForm)
        }
    }
}
