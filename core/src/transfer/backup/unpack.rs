//! Reading a backup back: every byte of it authenticated by age, every file compared with what the manifest says.

use super::{
    FORMAT, MANIFEST, Manifest, WHAT,
    pack::{Watch, copy, zipped},
    work::make_private,
};
use crate::{
    audit,
    crypto::{CryptoError, Key, Opener, hex, open_carried},
    error::Error,
    ids::FileId,
    store::{
        Contents, DATABASE, KEYRING, KeyringFile, Store, StoreError, WITNESS, erasure::LEDGER,
        files,
    },
};
use std::{
    collections::HashSet,
    fs::{File, OpenOptions},
    io::{BufReader, ErrorKind, Read, Seek},
    path::Path,
    sync::Arc,
};
use zip::ZipArchive;

const DAMAGED: Error = Error::Store(StoreError::Damaged("backup"));

/// Unpacks a backup into an empty folder. Without `documents` their bytes are compared and not kept. What was written before
/// an error is to be thrown away.
pub(crate) fn unpack(
    backup: &Path,
    with: &Opener,
    into: &Path,
    documents: bool,
    watch: Watch<'_>,
) -> Result<Manifest, Error> {
    read_back(backup, with, into, documents, watch).map_err(|error| match error {
        // What age or the zip found to be changed or cut off.
        Error::Store(StoreError::Io(
            ErrorKind::InvalidData
            | ErrorKind::InvalidInput
            | ErrorKind::UnexpectedEof
            | ErrorKind::Other,
        )) => DAMAGED,
        other => other,
    })
}

fn read_back(
    backup: &Path,
    with: &Opener,
    into: &Path,
    documents: bool,
    watch: Watch<'_>,
) -> Result<Manifest, Error> {
    let file = File::open(backup).map_err(StoreError::from)?;
    // It is stored, so it cannot be longer than the whole.
    let longest = file.metadata().map_err(StoreError::from)?.len();
    let opened = open_carried(BufReader::with_capacity(1 << 20, file), with);
    let opened = opened.map_err(|error| match error {
        CryptoError::CannotOpen => Error::WrongPassword,
        _ => DAMAGED,
    })?;
    let mut zip = ZipArchive::new(opened).map_err(zipped)?;
    let manifest = manifest(&mut zip, longest)?;
    if documents && manifest.documents() > 0 {
        make_private(&into.join(files::DOCUMENTS))?;
    }
    for packed in &manifest.files {
        let keep = documents || !packed.path.contains('/');
        let place = keep.then(|| into.join(&packed.path));
        let mut input = zip.by_name(&packed.path).map_err(zipped)?;
        // No more than it says of itself: a made-up one would fill the disk first.
        let found = take(
            &mut (&mut input).take(packed.size.saturating_add(1)),
            place.as_deref(),
            watch,
        )?;
        if found != (packed.size, packed.sha256.clone()) {
            return Err(DAMAGED);
        }
    }
    Ok(manifest)
}

/// Reads what the backup says of itself. It names only files that a practice folder has, each once.
fn manifest<R: Read + Seek>(zip: &mut ZipArchive<R>, longest: u64) -> Result<Manifest, Error> {
    let mut text = Vec::new();
    let file = zip.by_name(MANIFEST).map_err(zipped)?;
    file.take(longest)
        .read_to_end(&mut text)
        .map_err(StoreError::from)?;
    #[derive(serde::Deserialize)]
    struct Form {
        what: String,
        format: u32,
        #[serde(default)]
        program: String,
    }
    let form: Form = serde_json::from_slice(&text).map_err(|_| DAMAGED)?;
    if form.what != WHAT {
        return Err(DAMAGED);
    }
    if form.format > FORMAT {
        let needs = form.program;
        return Err(Error::Store(StoreError::Newer { needs }));
    }
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|_| DAMAGED)?;
    let names: HashSet<&str> = manifest.files.iter().map(|file| &*file.path).collect();
    let whole = [KEYRING, DATABASE, WITNESS]
        .iter()
        .all(|name| names.contains(name));
    let sound = names.len() == manifest.files.len() && names.iter().all(|name| is_ours(name));
    if whole && sound {
        Ok(manifest)
    } else {
        Err(DAMAGED)
    }
}

/// Whether a practice folder has a file of this name: a backup that somebody made up leads nowhere else.
fn is_ours(name: &str) -> bool {
    match name.split_once('/') {
        Some((folder, id)) => {
            folder == files::DOCUMENTS
                && id
                    .parse::<FileId>()
                    .is_ok_and(|parsed| parsed.to_string() == id)
        }
        None => [KEYRING, DATABASE, WITNESS, LEDGER].contains(&name),
    }
}

fn take(
    input: &mut impl Read,
    place: Option<&Path>,
    watch: Watch<'_>,
) -> Result<(u64, String), Error> {
    let (size, sha256) = match place {
        Some(place) => {
            let mut options = OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(place).map_err(StoreError::from)?;
            let taken = copy(input, &mut file, watch)?;
            file.sync_all().map_err(StoreError::from)?;
            taken
        }
        None => copy(input, &mut std::io::sink(), watch)?,
    };
    Ok((size, hex(&sha256)))
}

/// SHA-256 of a whole file.
pub(crate) fn digest(path: &Path) -> Result<[u8; 32], Error> {
    let mut file = File::open(path).map_err(StoreError::from)?;
    let (_, sha256) = copy(&mut file, &mut std::io::sink(), &|_| true)?;
    Ok(sha256)
}

/// What a folder that was read back turned out to hold.
pub(crate) struct Checked {
    /// In numbers.
    pub contents: Contents,
    /// Faults, as `verify` words them; none when all is well.
    pub findings: Vec<String>,
}

/// Opens the practice that lies in a folder with the store key and checks the keyring, every page of the database and every
/// link of the log.
pub(crate) async fn check_folder(folder: &Path, key: &Arc<Key>) -> Result<Checked, Error> {
    KeyringFile::read(folder)?;
    let store = Store::open(folder, key).await?;
    let checked = check_store(&store).await;
    store.close().await?;
    checked
}

async fn check_store(store: &Store) -> Result<Checked, Error> {
    let mut findings = Vec::new();
    let pages = store.check().await?;
    if pages > 0 {
        findings.push(format!("pages:{pages}"));
    }
    for finding in audit::verify(&mut *store.read().await?).await? {
        findings.push(format!("audit:{}:{}", finding.what, finding.seq));
    }
    let contents = store.contents().await?;
    Ok(Checked { contents, findings })
}
