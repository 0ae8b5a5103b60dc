//! Looks through a workbook before calamine does: that it unpacks, that it does not unpack to a mountain, and that the
//! numbers by which calamine reserves memory are sane.

use std::io::{Cursor, Read};

use super::table::TableError;

const CHUNK: usize = 64 * 1024;
/// Kept between chunks, so that an attribute on the border is seen whole.
const OVERLAP: usize = 128;
/// Parts and shared strings that are in memory at once.
const MAX_PARTS: usize = 20_000;
const MAX_STRINGS: u64 = 20_000_000;
/// Styles and relations are small; each of their elements costs much memory.
const MAX_SMALL_PART: u64 = 16 << 20;

/// Unpacks every part without keeping it; at most `limit` bytes in all.
pub(super) fn check(bytes: &[u8], limit: u64) -> Result<(), TableError> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(TableError::OldOrLocked);
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(TableError::Damaged);
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| TableError::Damaged)?;
    if archive.len() > MAX_PARTS {
        return Err(TableError::TooLarge);
    }
    let mut left = limit;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| TableError::Damaged)?;
        let kind = Kind::of(&part.name().map_err(|_| TableError::Damaged)?);
        left -= check_part(part, kind, left)?;
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Media,
    Bulk,
    Small,
}

impl Kind {
    fn of(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let media = [
            ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".bin",
        ];
        if media.iter().any(|end| name.ends_with(end)) {
            Self::Media
        } else if ["styles.xml", "workbook.xml", ".rels"]
            .iter()
            .any(|end| name.ends_with(end))
        {
            Self::Small
        } else {
            Self::Bulk
        }
    }
}

/// Reads one part to its end (which also verifies its checksum) and gives its length.
fn check_part(mut part: impl Read, kind: Kind, left: u64) -> Result<u64, TableError> {
    let limit = if kind == Kind::Small {
        left.min(MAX_SMALL_PART)
    } else {
        left
    };
    let mut window = vec![0; OVERLAP + CHUNK];
    let (mut kept, mut total, mut strings) = (0, 0, 0);
    loop {
        let read = part
            .read(&mut window[kept..])
            .map_err(|_| TableError::Damaged)?;
        total += read as u64;
        if total > limit {
            return Err(TableError::TooLarge);
        }
        let seen = &window[..kept + read];
        if kind != Kind::Media {
            strings += count_strings(&seen[kept.saturating_sub(2)..]);
            check_markup(&seen[kept..], seen, read == 0)?;
        }
        if strings > MAX_STRINGS {
            return Err(TableError::TooLarge);
        }
        if read == 0 {
            return Ok(total);
        }
        let from = seen.len().saturating_sub(OVERLAP);
        let end = seen.len();
        window.copy_within(from..end, 0);
        kept = end - from;
    }
}

/// No bytes that would make the parser see other text than we do, and no count that would reserve too much.
fn check_markup(new: &[u8], seen: &[u8], last: bool) -> Result<(), TableError> {
    if memchr::memchr2(0, 0x1b, new).is_some() {
        return Err(TableError::Damaged);
    }
    for at in memchr::memmem::find_iter(seen, b"uniqueCount") {
        let rest = &seen[at + "uniqueCount".len()..];
        // Too near the end to judge: it comes again, whole, in the next window.
        if !last && rest.len() < OVERLAP / 2 {
            continue;
        }
        check_count(rest)?;
    }
    Ok(())
}

fn check_count(rest: &[u8]) -> Result<(), TableError> {
    let rest = &rest[..rest.len().min(OVERLAP / 2)];
    let Some(value) = rest.trim_ascii_start().strip_prefix(b"=") else {
        // Text, not an attribute, unless it is only space as far as we look.
        return if rest.trim_ascii().is_empty() {
            Err(TableError::Damaged)
        } else {
            Ok(())
        };
    };
    let digits = value
        .trim_ascii_start()
        .split(|b| matches!(b, b'"' | b'\''))
        .nth(1)
        .and_then(|digits| std::str::from_utf8(digits).ok())
        .ok_or(TableError::Damaged)?;
    match digits.trim().parse::<u64>() {
        Ok(count) if count <= MAX_STRINGS => Ok(()),
        Ok(_) => Err(TableError::TooLarge),
        Err(_) => Err(TableError::Damaged),
    }
}

/// Elements `si`, each a string that calamine keeps.
fn count_strings(bytes: &[u8]) -> u64 {
    let starts = memchr::memmem::find_iter(bytes, b"<si").count();
    let prefixed = memchr::memmem::find_iter(bytes, b":si").count();
    (starts + prefixed) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn zipped(name: &str, content: &[u8]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(name, options).unwrap();
        zip.write_all(content).unwrap();
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn bombs_are_refused() {
        let bomb = zipped("xl/worksheets/sheet1.xml", &vec![b' '; 3_000_000]);
        assert!(bomb.len() < 20_000);
        assert_eq!(check(&bomb, 2_000_000), Err(TableError::TooLarge));
        assert_eq!(check(&bomb, 4_000_000), Ok(()));
    }

    #[test]
    fn small_parts_are_small() {
        let bomb = zipped("xl/styles.xml", &vec![b' '; 17 << 20]);
        assert_eq!(check(&bomb, 1 << 30), Err(TableError::TooLarge));
    }

    #[test]
    fn counts_that_reserve_memory() {
        let sst = |attribute: &str| {
            let text = format!("{}<sst {attribute}></sst>", " ".repeat(CHUNK + 60));
            check(&zipped("xl/sharedStrings.xml", text.as_bytes()), 1 << 30)
        };
        assert_eq!(sst("uniqueCount=\"12\""), Ok(()));
        assert_eq!(sst("uniqueCount = '12'"), Ok(()));
        assert_eq!(
            sst("uniqueCount=\"99999999999999\""),
            Err(TableError::TooLarge)
        );
        assert_eq!(
            sst("uniqueCount=\"18446744073709551616\""),
            Err(TableError::Damaged)
        );
        let padded = format!("uniqueCount{}=\"99999999999999\"", " ".repeat(500));
        assert_eq!(sst(&padded), Err(TableError::Damaged));
    }

    #[test]
    fn hidden_encodings_are_refused() {
        let wide: Vec<u8> = "<sst/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let file = zipped("xl/sharedStrings.xml", &wide);
        assert_eq!(check(&file, 1 << 20), Err(TableError::Damaged));
    }
}
