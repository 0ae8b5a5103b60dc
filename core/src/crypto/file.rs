//! Sealing whole files in chunks, so that any size passes through little memory and a shortened file is noticed: the
//! STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015) with XChaCha20-Poly1305. Every file has a key of its own.

use super::{
    CryptoError, Key,
    cipher::{Cipher, NONCE, TAG},
    random,
};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::{
    io::{Read, Write},
    sync::mpsc::{Receiver, SyncSender, sync_channel},
};
use zeroize::Zeroizing;

/// Bytes of a chunk before sealing.
const CHUNK: usize = 64 * 1024;
/// Chunks that are worked on together.
const BATCH: usize = 32;
const FORMAT: u8 = 1;
const HEAD: usize = 1 + PREFIX;
const PREFIX: usize = 16;

/// What can go wrong with a file that is sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Changed, shortened, or another file's.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
    /// Reading or writing.
    #[error("input or output failed: {0}")]
    Io(#[from] std::io::Error),
    /// The watcher said so.
    #[error("stopped")]
    Stopped,
}

/// What was sealed.
pub struct SealedFile {
    /// Bytes before sealing.
    pub size: u64,
    /// SHA-256 of them.
    pub sha256: [u8; 32],
}

/// Length of a sealed file by that of its content.
pub fn sealed_length(size: u64) -> u64 {
    let chunks = size.div_ceil(CHUNK as u64).max(1);
    HEAD as u64 + size + chunks * TAG as u64
}

/// Seals everything that `input` gives. `id` is bound into every chunk. `watch` hears how many bytes are done and says
/// whether to go on.
pub fn seal_file(
    key: &Key,
    id: &[u8; 16],
    input: &mut impl Read,
    output: &mut (impl Write + Send),
    watch: &mut dyn FnMut(u64) -> bool,
) -> Result<SealedFile, FileError> {
    let cipher = Cipher::new(key.expose());
    let prefix = random::<PREFIX>()?;
    output.write_all(&[FORMAT])?;
    output.write_all(&prefix)?;
    let mut hash = Sha256::new();
    let (mut size, mut number) = (0_u64, 0_u64);
    let mut ahead = Zeroizing::new(vec![0; BATCH * CHUNK]);
    let mut batch = Zeroizing::new(vec![0; BATCH * CHUNK]);
    let mut filled = fill(input, &mut ahead)?;
    beside(output, |sealed: &mut Buffers| {
        loop {
            std::mem::swap(&mut ahead, &mut batch);
            let plain = batch.get(..filled).unwrap_or_default();
            // A chunk is the last one when nothing follows: known only by looking.
            filled = if filled == BATCH * CHUNK {
                fill(input, &mut ahead)?
            } else {
                0
            };
            let last = filled == 0;
            let mut buffer = sealed.empty(BATCH * (CHUNK + TAG))?;
            let (done, ()) = rayon::join(
                || seal_batch(&cipher, (&prefix, id), number, plain, last, &mut buffer),
                || hash.update(plain),
            );
            done?;
            sealed.full(buffer)?;
            size += plain.len() as u64;
            number += BATCH as u64;
            if !watch(size) {
                return Err(FileError::Stopped);
            }
            if last {
                return Ok(());
            }
        }
    })?;
    let sha256 = hash.finalize().into();
    Ok(SealedFile { size, sha256 })
}

/// Opens a sealed file of this length. What was written before an error is to be thrown away.
pub fn open_file(
    key: &Key,
    id: &[u8; 16],
    length: u64,
    input: &mut impl Read,
    output: &mut (impl Write + Send),
    watch: &mut dyn FnMut(u64) -> bool,
) -> Result<u64, FileError> {
    let cipher = Cipher::new(key.expose());
    let mut head = [0; HEAD];
    input.read_exact(&mut head).map_err(shortened)?;
    let (format, prefix) = head.split_first().ok_or(CryptoError::Form)?;
    let prefix: [u8; PREFIX] = prefix.try_into().map_err(|_| CryptoError::Form)?;
    if *format != FORMAT {
        return Err(CryptoError::Form.into());
    }
    let mut left = length.saturating_sub(HEAD as u64);
    let (mut size, mut number) = (0_u64, 0_u64);
    beside(output, |opened: &mut Buffers| {
        loop {
            let mut batch = opened.empty(BATCH * (CHUNK + TAG))?;
            let take = usize::try_from(left)
                .unwrap_or(usize::MAX)
                .min(BATCH * (CHUNK + TAG));
            batch.resize(take, 0);
            input.read_exact(&mut batch).map_err(shortened)?;
            left -= take as u64;
            open_batch(&cipher, (&prefix, id), number, &mut batch, left == 0)?;
            size += batch.len() as u64;
            opened.full(batch)?;
            number += BATCH as u64;
            if !watch(size) {
                return Err(FileError::Stopped);
            }
            if left == 0 {
                // Nothing may follow what was authenticated as the last.
                return match input.read(&mut [0])? {
                    0 => Ok(()),
                    _ => Err(CryptoError::CannotOpen.into()),
                };
            }
        }
    })?;
    Ok(size)
}

type Buffer = Zeroizing<Vec<u8>>;

/// What goes round between the work and the writing: one buffer is filled while another is written.
struct Buffers {
    empty: Receiver<Buffer>,
    full: SyncSender<Buffer>,
    made: usize,
}

impl Buffers {
    /// With what stood there last: whoever takes it sets its length and writes all of it.
    fn empty(&mut self, capacity: usize) -> Result<Buffer, FileError> {
        if self.made < 3 {
            self.made += 1;
            return Ok(Zeroizing::new(Vec::with_capacity(capacity)));
        }
        // The writing ended: with an error that is told in its place.
        self.empty.recv().map_err(|_| FileError::Stopped)
    }

    fn full(&self, buffer: Buffer) -> Result<(), FileError> {
        self.full.send(buffer).map_err(|_| FileError::Stopped)
    }
}

/// Does the work while what it has ready is written.
fn beside(
    output: &mut (impl Write + Send),
    work: impl FnOnce(&mut Buffers) -> Result<(), FileError>,
) -> Result<(), FileError> {
    let (full, to_write) = sync_channel::<Buffer>(2);
    let (written, empty) = sync_channel::<Buffer>(3);
    std::thread::scope(|scope| {
        let writing = scope.spawn(move || -> Result<(), FileError> {
            for buffer in to_write {
                output.write_all(&buffer)?;
                // Nobody waits for it when the work is done.
                let _ = written.send(buffer);
            }
            Ok(())
        });
        let mut buffers = Buffers {
            empty,
            full,
            made: 0,
        };
        let done = work(&mut buffers);
        drop(buffers);
        let wrote = writing.join().map_err(|_| FileError::Stopped)?;
        match (wrote, done) {
            // Where the writing failed, the work stopped for that reason.
            (Err(error), _) | (Ok(()), Err(error)) => Err(error),
            (Ok(()), Ok(())) => Ok(()),
        }
    })
}

type Bound<'a> = (&'a [u8; PREFIX], &'a [u8; 16]);

fn seal_batch(
    cipher: &Cipher,
    bound: Bound<'_>,
    first: u64,
    plain: &[u8],
    last: bool,
    sealed: &mut Vec<u8>,
) -> Result<(), CryptoError> {
    let count = plain.len().div_ceil(CHUNK).max(1);
    sealed.resize(plain.len() + count * TAG, 0);
    let chunks = sealed.par_chunks_mut(CHUNK + TAG).enumerate();
    chunks
        .map(|(at, chunk)| {
            let from = at * CHUNK;
            let part = plain.get(from..).unwrap_or_default();
            let part = part.get(..CHUNK).unwrap_or(part);
            let (text, tag) = chunk.split_at_mut(part.len());
            text.copy_from_slice(part);
            let nonce = nonce(bound.0, first + at as u64, last && at + 1 == count);
            tag.copy_from_slice(&cipher.seal(&nonce, bound.1, text)?);
            Ok(())
        })
        .collect()
}

/// Opens a batch where it lies, and closes up what is left of it.
fn open_batch(
    cipher: &Cipher,
    bound: Bound<'_>,
    first: u64,
    sealed: &mut Vec<u8>,
    last: bool,
) -> Result<(), CryptoError> {
    let count = sealed.len().div_ceil(CHUNK + TAG);
    if count == 0 {
        return Err(CryptoError::CannotOpen);
    }
    let chunks = sealed.par_chunks_mut(CHUNK + TAG).enumerate();
    let opened: Result<(), CryptoError> = chunks
        .map(|(at, chunk)| {
            let nonce = nonce(bound.0, first + at as u64, last && at + 1 == count);
            cipher.open(&nonce, bound.1, chunk).map(|_| ())
        })
        .collect();
    opened?;
    for at in 1..count {
        let from = at * (CHUNK + TAG);
        let to = (from + CHUNK).min(sealed.len() - TAG);
        sealed.copy_within(from..to, at * CHUNK);
    }
    sealed.truncate(sealed.len() - count * TAG);
    Ok(())
}

/// Sixteen random bytes of the file, seven of the number of the chunk, and whether it is the last.
fn nonce(prefix: &[u8; PREFIX], number: u64, last: bool) -> [u8; NONCE] {
    let mut nonce = [0; NONCE];
    nonce[..PREFIX].copy_from_slice(prefix);
    nonce[PREFIX..].copy_from_slice(&(number << 8).to_be_bytes());
    nonce[NONCE - 1] = u8::from(last);
    nonce
}

/// Reads until the buffer is full or there is no more.
fn fill(input: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match input.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

fn shortened(error: std::io::Error) -> FileError {
    if error.kind() == std::io::ErrorKind::UnexpectedEof {
        CryptoError::CannotOpen.into()
    } else {
        error.into()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn key() -> Key {
        Key::from_slice(&[7; 32]).unwrap()
    }

    fn sealed(plain: &[u8]) -> Vec<u8> {
        let mut sealed = Vec::new();
        let done = seal_file(&key(), &[1; 16], &mut &*plain, &mut sealed, &mut |_| true).unwrap();
        assert_eq!(done.size, plain.len() as u64);
        assert_eq!(sealed.len() as u64, sealed_length(done.size));
        sealed
    }

    fn opened(key: &Key, id: u8, sealed: &[u8]) -> Result<Vec<u8>, FileError> {
        let mut plain = Vec::new();
        let length = sealed.len() as u64;
        open_file(
            key,
            &[id; 16],
            length,
            &mut &*sealed,
            &mut plain,
            &mut |_| true,
        )?;
        Ok(plain)
    }

    /// Around every edge between chunks and batches.
    fn lengths() -> impl Strategy<Value = usize> {
        let edges = [0, CHUNK, 2 * CHUNK, BATCH * CHUNK, (BATCH + 1) * CHUNK];
        (prop::sample::select(edges.to_vec()), 0..3usize)
            .prop_map(|(edge, off)| (edge + off).saturating_sub(1))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_length_opens_and_nothing_else_does(length in lengths(), at: prop::sample::Index, cut: prop::sample::Index) {
            let plain: Vec<u8> = (0..length).map(|at| (at * 31 % 251) as u8).collect();
            let mut bytes = sealed(&plain);
            prop_assert_eq!(opened(&key(), 1, &bytes).unwrap(), plain);
            prop_assert!(opened(&key(), 2, &bytes).is_err());
            prop_assert!(opened(&Key::from_slice(&[8; 32]).unwrap(), 1, &bytes).is_err());
            prop_assert!(opened(&key(), 1, &bytes[..cut.index(bytes.len())]).is_err());
            let at = at.index(bytes.len());
            bytes[at] ^= 1;
            prop_assert!(opened(&key(), 1, &bytes).is_err());
        }
    }

    #[test]
    fn chunks_cannot_be_dropped_repeated_or_exchanged() {
        let bytes = sealed(&vec![5; 3 * CHUNK]);
        let (head, chunks) = bytes.split_at(HEAD);
        let chunk = |at: usize| &chunks[at * (CHUNK + TAG)..(at + 1) * (CHUNK + TAG)];
        for order in [
            vec![0, 1],
            vec![0, 2],
            vec![1, 0, 2],
            vec![0, 0, 1, 2],
            vec![0, 1, 2, 2],
        ] {
            let mut other = head.to_vec();
            order
                .iter()
                .for_each(|at| other.extend_from_slice(chunk(*at)));
            assert!(opened(&key(), 1, &other).is_err(), "{order:?}");
        }
    }

    #[test]
    fn stops_when_told() {
        let plain = vec![0; 3 * BATCH * CHUNK];
        let stopped = seal_file(
            &key(),
            &[1; 16],
            &mut &*plain,
            &mut std::io::sink(),
            &mut |_| false,
        );
        assert!(matches!(stopped, Err(FileError::Stopped)));
    }
}
