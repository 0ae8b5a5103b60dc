//! A signature that was drawn: strokes become a small picture of our own making, so that nothing else comes in with it.

use super::content::Signature;
use crate::error::Error;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;
use std::{fmt::Write, io::Cursor};

/// The most that a signature may be, in bytes.
pub const SIGNATURE_LIMIT: usize = 64 * 1024;
/// The most that a picture of one may be unpacked, in bytes.
const PICTURE_LIMIT: usize = 32 << 20;
/// Less than this is a slip of the hand.
const LEAST_POINTS: usize = 8;

/// One stroke: points on a field of [`WIDTH`] by [`HEIGHT`].
pub type Stroke = Vec<Point>;

/// A place on the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Point {
    /// From the left.
    pub x: u16,
    /// From the top.
    pub y: u16,
}

const WIDTH: u16 = 1200;
const HEIGHT: u16 = 400;

impl Signature {
    /// From what was drawn on the screen.
    pub fn drawn(strokes: &[Stroke]) -> Result<Self, Error> {
        let points: usize = strokes.iter().map(Vec::len).sum();
        if points < LEAST_POINTS {
            return Err(Error::refused("signature", "empty"));
        }
        let outside = |point: &Point| point.x > WIDTH || point.y > HEIGHT;
        if strokes.iter().flatten().any(outside) {
            return Err(Error::refused("signature", "form"));
        }
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\"><path fill=\"none\" stroke=\"#111\" \
             stroke-width=\"5\" stroke-linecap=\"round\" stroke-linejoin=\"round\" d=\"{}\"/></svg>",
            path(strokes)
        );
        Self::of("image/svg+xml", svg.as_bytes())
    }

    /// From a PNG file: a picture with something on it, that ends where the file does.
    pub fn png(bytes: &[u8]) -> Result<Self, Error> {
        if !bytes.ends_with(b"IEND\xaeB`\x82") {
            return Err(Error::refused("signature", "form"));
        }
        let signature = Self::of("image/png", bytes)?;
        match has_ink(bytes) {
            Some(true) => Ok(signature),
            Some(false) => Err(Error::refused("signature", "empty")),
            None => Err(Error::refused("signature", "form")),
        }
    }

    fn of(media: &str, bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() > SIGNATURE_LIMIT {
            return Err(Error::refused("signature", "picture_too_large"));
        }
        Ok(Self {
            media: media.to_owned(),
            data: STANDARD.encode(bytes),
        })
    }
}

/// Whether a picture has more than one colour; nothing where it is none, or unpacks to more than a signature does.
fn has_ink(bytes: &[u8]) -> Option<bool> {
    let limits = png::Limits {
        bytes: PICTURE_LIMIT,
    };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut picture = decoder.read_info().ok()?;
    let size = picture
        .output_buffer_size()
        .filter(|size| *size <= PICTURE_LIMIT)?;
    let mut pixels = vec![0; size];
    let info = picture.next_frame(&mut pixels).ok()?;
    let mut pixels = pixels
        .get(..info.buffer_size())?
        .chunks_exact(info.color_type.samples().max(1));
    let first = pixels.next()?;
    Some(pixels.any(|pixel| pixel != first))
}

/// Lines from point to point; a dot is a line to itself.
fn path(strokes: &[Stroke]) -> String {
    let mut path = String::new();
    for stroke in strokes {
        let Some(first) = stroke.first() else {
            continue;
        };
        let _ = write!(path, "M{} {}", first.x, first.y);
        for point in stroke.iter().skip(1).chain(
            stroke
                .get(..1)
                .unwrap_or(&[])
                .iter()
                .filter(|_| stroke.len() == 1),
        ) {
            let _ = write!(path, "L{} {}", point.x, point.y);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(count: u16) -> Stroke {
        (0..count).map(|at| Point { x: at, y: at % 400 }).collect()
    }

    fn refused(result: Result<Signature, Error>) -> Option<&'static str> {
        match result {
            Err(Error::Refused { reason, .. }) => Some(reason),
            _ => None,
        }
    }

    #[test]
    fn what_is_drawn_becomes_a_picture_of_lines_alone() {
        let drawn = Signature::drawn(&[line(9), vec![Point { x: 5, y: 6 }]]);
        let drawn = drawn.ok().and_then(|one| STANDARD.decode(one.data).ok());
        let text = String::from_utf8(drawn.unwrap_or_default()).unwrap_or_default();
        assert!(
            text.contains("M0 0L1 1L2 2") && text.contains("M5 6L5 6"),
            "{text}"
        );
    }

    #[test]
    fn nothing_drawn_too_much_and_outside_are_refused() {
        assert_eq!(refused(Signature::drawn(&[])), Some("empty"));
        assert_eq!(refused(Signature::drawn(&[line(7)])), Some("empty"));
        let many = vec![line(1200); 12];
        assert_eq!(refused(Signature::drawn(&many)), Some("picture_too_large"));
        let outside = vec![Point { x: 1, y: 401 }; 9];
        assert_eq!(refused(Signature::drawn(&[outside])), Some("form"));
        let hollow = b"\x89PNG\r\n\x1a\nIEND\xaeB`\x82";
        assert_eq!(refused(Signature::png(hollow)), Some("form"));
        assert_eq!(refused(Signature::png(&picture(&[255; 64]))), Some("empty"));
        let mut drawn = [255; 64];
        drawn[20..30].fill(0);
        assert_eq!(refused(Signature::png(&picture(&drawn))), None);
        assert_eq!(refused(Signature::png(b"GIF89a")), Some("form"));
    }

    /// Eight pixels high and wide, in greys.
    fn picture(greys: &[u8; 64]) -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, 8, 8);
        encoder.set_color(png::ColorType::Grayscale);
        let written = encoder
            .write_header()
            .and_then(|mut writer| writer.write_image_data(greys));
        assert!(written.is_ok());
        file
    }
}
