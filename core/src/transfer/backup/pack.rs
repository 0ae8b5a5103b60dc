//! Writing a backup: a practice folder as a zip, inside age, beside the place where it will stand.

use super::{FORMAT, MANIFEST, Manifest, Packed, WHAT};
use crate::{
    crypto::{Opener, Outward, carry_to_check, hex},
    error::Error,
    store::{
        Aside, Contents, DATABASE, KEYRING, StoreError, WITNESS, erasure::LEDGER, files, folder_of,
    },
};
use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::{BufWriter, ErrorKind, Read, Write},
    path::{Path, PathBuf},
};
use zip::write::{SimpleFileOptions, StreamWriter, ZipWriter};

/// Begins the name of a backup that is being written.
pub(super) const PART: &str = ".dossierkluis-";
/// Bytes that are read at once.
const PIECE: usize = 1 << 20;

/// What is packed.
pub(super) struct Packing {
    /// The practice folder, for its documents and its ledger.
    pub practice: PathBuf,
    /// The folder with the snapshot.
    pub snapshot: PathBuf,
    /// What the snapshot holds.
    pub contents: Contents,
    /// When the snapshot was made, in ms.
    pub made_at: i64,
}

/// A backup that is written and not yet in its place.
pub(super) struct Written {
    /// The file, beside its place.
    pub file: Aside,
    /// What opens it for checking.
    pub check: Opener,
    /// What is in it.
    pub manifest: Manifest,
    /// SHA-256 of the whole file.
    pub sha256: [u8; 32],
}

/// Hears how many bytes more are done, and says whether to go on.
pub(super) type Watch<'a> = &'a dyn Fn(u64) -> bool;

impl Packing {
    /// Writes it, durably. A document that is destroyed meanwhile is left out: the ledger, which goes in last, names it.
    pub fn write(&self, target: &Path, to: &Outward, watch: Watch<'_>) -> Result<Written, Error> {
        let file = tempfile::Builder::new()
            .prefix(PART)
            .tempfile_in(folder_of(target))
            .map_err(StoreError::from)?;
        let output = BufWriter::with_capacity(PIECE, Hashing::over(Aside::new(file)));
        let (mut carried, check) = carry_to_check(output, to)?;
        let mut zip = ZipWriter::new_stream(&mut carried);
        let filled = self.fill(&mut zip, watch);
        let finished = zip.finish().map_err(zipped);
        let manifest = filled?;
        finished?;
        let output = carried.finish().map_err(StoreError::from)?;
        let output = output
            .into_inner()
            .map_err(|error| StoreError::from(error.into_error()))?;
        let (mut file, sha256) = output.finish();
        file.settle()?;
        Ok(Written {
            file,
            check,
            manifest,
            sha256,
        })
    }

    fn fill<W: Write>(
        &self,
        zip: &mut ZipWriter<StreamWriter<W>>,
        watch: Watch<'_>,
    ) -> Result<Manifest, Error> {
        let mut packed = Vec::new();
        for name in [KEYRING, DATABASE, WITNESS] {
            packed.push(put(zip, name, &self.snapshot.join(name), watch)?);
        }
        for id in &self.contents.files {
            let name = format!("{}/{id}", files::DOCUMENTS);
            match put(zip, &name, &files::path(&self.practice, *id), watch) {
                Err(Error::Store(StoreError::Io(ErrorKind::NotFound))) => {}
                other => packed.push(other?),
            }
        }
        match put(zip, LEDGER, &self.practice.join(LEDGER), watch) {
            Err(Error::Store(StoreError::Io(ErrorKind::NotFound))) => {}
            other => packed.push(other?),
        }
        let manifest = Manifest {
            what: WHAT.to_owned(),
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            made_at: self.made_at,
            dossiers: self.contents.dossiers,
            entries: self.contents.entries,
            log: self.contents.log,
            files: packed,
        };
        let text = serde_json::to_vec(&manifest).map_err(|_| Error::Export("zip"))?;
        zip.start_file(MANIFEST, options()).map_err(zipped)?;
        zip.write_all(&text).map_err(StoreError::from)?;
        Ok(manifest)
    }
}

/// Sealed bytes do not become smaller; and nobody but the owner reads what is unpacked.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Stored)
        .large_file(true)
        .unix_permissions(0o600)
}

fn put<W: Write>(
    zip: &mut ZipWriter<StreamWriter<W>>,
    name: &str,
    path: &Path,
    watch: Watch<'_>,
) -> Result<Packed, Error> {
    let mut input = File::open(path).map_err(StoreError::from)?;
    zip.start_file(name, options()).map_err(zipped)?;
    let (size, sha256) = copy(&mut input, zip, watch)?;
    Ok(Packed {
        path: name.to_owned(),
        size,
        sha256: hex(&sha256),
    })
}

/// Copies everything, and tells how much it was and its digest.
pub(super) fn copy(
    input: &mut impl Read,
    output: &mut impl Write,
    watch: Watch<'_>,
) -> Result<(u64, [u8; 32]), Error> {
    let (mut hash, mut size, mut piece) = (Sha256::new(), 0, vec![0; PIECE]);
    loop {
        let read = match input.read(&mut piece) {
            Ok(0) => return Ok((size, hash.finalize().into())),
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(StoreError::from(error).into()),
        };
        let part = piece.get(..read).unwrap_or_default();
        hash.update(part);
        output.write_all(part).map_err(StoreError::from)?;
        size += read as u64;
        if !watch(read as u64) {
            return Err(Error::Cancelled);
        }
    }
}

pub(super) fn zipped(error: zip::result::ZipError) -> Error {
    match error {
        zip::result::ZipError::Io(error) => Error::Store(error.into()),
        _ => Error::Store(StoreError::Damaged("backup")),
    }
}

/// Digests what is written.
struct Hashing {
    file: Aside,
    hash: Sha256,
}

impl Hashing {
    fn over(file: Aside) -> Self {
        Self {
            file,
            hash: Sha256::new(),
        }
    }

    fn finish(self) -> (Aside, [u8; 32]) {
        (self.file, self.hash.finalize().into())
    }
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}
