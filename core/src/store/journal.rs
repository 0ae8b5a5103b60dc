//! Whether a write-ahead log was written over the database that lies under it. SQLite does not look: under the log of today an
//! older file, put back, is taken for that of today, and what was folded in between is silently missing.
//!
//! Every change moves the counter of the head by one, and ends in the log in one frame (sqlite.org/fileformat2.html, "The
//! Write-Ahead Log"). So the database as it is without its log can be behind by no more changes than the log holds.

use super::{
    DATABASE, StoreError,
    connect::{read_head, without_log},
};
use crate::crypto::Key;
use sqlx::Connection;
use std::{
    fs::File,
    io::{self, BufReader, Read},
    path::Path,
    sync::Arc,
};

const HEADER: usize = 32;
const FRAME: usize = 24;

/// Whether the database without its log is as far as it has to be, for so many changes (`commits`) with it. A database that
/// cannot be read without its log, as after a power cut while that was folded in, is not asked.
pub(super) async fn follows(
    folder: &Path,
    key: &Arc<Key>,
    commits: i64,
) -> Result<bool, StoreError> {
    let held = match File::open(folder.join(format!("{DATABASE}-wal"))) {
        Ok(log) => changes(BufReader::new(log))?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
        Err(error) => return Err(error.into()),
    };
    if held == 0 {
        return Ok(true);
    }
    let Ok(mut conn) = without_log(folder, key).await else {
        return Ok(true);
    };
    let below = read_head(&mut conn).await;
    let _ = conn.close().await;
    Ok(below.map_or(true, |below| commits.saturating_sub(below.commits) <= held))
}

/// How many changes a log holds: frames that end one, as long as they are of the same round of the log as its header.
fn changes(mut log: impl Read) -> io::Result<i64> {
    let mut header = [0; HEADER];
    if !fills(&mut log, &mut header)? {
        return Ok(0);
    }
    let page = u64::from(u32::from_be_bytes([
        header[8], header[9], header[10], header[11],
    ]));
    let (mut frame, mut held) = ([0; FRAME], 0);
    while fills(&mut log, &mut frame)? && frame[8..16] == header[16..24] {
        if frame[4..8] != [0; 4] {
            held += 1;
        }
        io::copy(&mut log.by_ref().take(page), &mut io::sink())?;
    }
    Ok(held)
}

fn fills(log: &mut impl Read, into: &mut [u8]) -> io::Result<bool> {
    match log.read_exact(into) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    const PAGE: usize = 512;

    fn log(frames: &[(u32, u64)]) -> Vec<u8> {
        let mut log = vec![0; HEADER];
        log[8..12].copy_from_slice(&(PAGE as u32).to_be_bytes());
        log[16..24].copy_from_slice(&7u64.to_be_bytes());
        for (size, salt) in frames {
            log.extend([0, 0, 0, 1]);
            log.extend(size.to_be_bytes());
            log.extend(salt.to_be_bytes());
            log.extend([0; 8 + PAGE]);
        }
        log
    }

    #[test]
    fn changes_of_this_round_are_counted() {
        assert_eq!(changes(&[][..]).unwrap(), 0);
        assert_eq!(changes(&log(&[])[..]).unwrap(), 0);
        assert_eq!(
            changes(&log(&[(0, 7), (9, 7), (9, 7), (0, 7)])[..]).unwrap(),
            2
        );
        assert_eq!(changes(&log(&[(9, 7), (9, 6), (9, 7)])[..]).unwrap(), 1);
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_log_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
            prop_assert!(changes(&bytes[..]).unwrap() <= 2000 / FRAME as i64);
        }
    }
}
