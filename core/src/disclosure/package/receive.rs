//! A package that arrives: looked at as a stranger's, and taken in whole or not at all. Nothing of it touches the disk unsealed.

use super::{
    form::{FORMAT, LeftOut, Listed, MANIFEST, Manifest, NotPacked, Packed, PackedEntry, refused},
    grounded::Groundless,
};
use crate::{
    access::{Home, Leave},
    audit::EventKind,
    catalogue::{self, Level, Shape},
    code,
    consent::Newcomer,
    crypto::{CryptoError, Opener, Passphrase, hex, open_carried, open_own},
    document::{Kept as KeptFile, refuse_whole_id},
    dossier::{
        EntryContent, FileRef, NewDossier, Prepared, Progress, Rare, kind_field, value_field,
    },
    error::Error,
    ids::{ChangeId, CircleId, DossierId, EntryId, FileId},
    keys::Spot,
    session::Practice,
    store::{
        self, StoreError, Write, change::ChangeRow, dossier::DossierRow, entry::EntryRow, files,
    },
};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    fs::File,
    io::{BufReader, Read, Seek},
    path::Path,
};
use uuid::Uuid;
use zeroize::Zeroizing;
use zip::{CompressionMethod, ZipArchive};

/// Where what arrives is to lie.
pub struct Arrival {
    /// Of clients and the like.
    pub circle: CircleId,
    /// Of employees; without one a package with employees is refused.
    pub vault: Option<CircleId>,
}

/// What arrived.
pub struct ReceiveReport {
    /// Dossiers.
    pub dossiers: usize,
    /// Entries of their stories.
    pub entries: usize,
    /// Documents, each version for itself.
    pub documents: usize,
    /// The practice that it came from.
    pub practice: String,
    /// Who made it.
    pub by: String,
    /// Dossiers, and fields and lists of dossiers, that the sender left out, and what rests on no consent or other ground.
    pub left_out: Vec<NotPacked>,
}

/// Bytes of one dossier at most, and of the manifest.
const LARGEST: u64 = 64 << 20;
/// Files in a package at most.
const MOST: usize = 2_000_000;
/// So many times larger than it lies in the package may a text be: the history of a long note repeats itself.
const GROWTH: u64 = 200;
/// Bytes that all texts may be together, however small the package is; and beyond that, so many times larger than they lie in it.
const FREELY: u64 = 16 << 20;
const TOGETHER: u64 = 20;
/// So many values at most, however small the package is; and beyond that, one for so many bytes of it. What this program packs has some
/// 35 bytes for each, and 5 where the same was changed to and fro all the time.
const PARTS_FREELY: u64 = 50_000;
const PART: u64 = 4;

/// A dossier with everything, ready to be written.
struct Ready {
    prepared: Prepared,
    entries: Vec<(EntryRow, EntryContent)>,
    changes: Vec<ChangeRow>,
}

/// The sealed files of the documents, by their place in the package.
type Kept = HashMap<String, KeptFile>;

impl Practice {
    /// The recipient that a package for this user is made for.
    pub fn own_recipient(&self) -> String {
        self.ring().recipient().to_string()
    }

    /// Takes in a package, whole or not at all: with a password, or with this user's own key.
    pub async fn receive_package(
        &self,
        path: &Path,
        password: Option<&str>,
        arrival: &Arrival,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<ReceiveReport, Error> {
        self.rights().decide_work()?;
        let (manifest, dossiers, kept) =
            tokio::task::block_in_place(|| self.read_package(path, password, progress))?;
        let files = ids_of(&kept);
        let done = self
            .write_arrival(&manifest, &dossiers, &kept, arrival)
            .await;
        if done.is_err() && files::remove(&self.folder, &files).is_err() {
            tracing::warn!("sealed files of nobody are left for the next sign-in");
        }
        let all = done?;
        let report = report(&manifest, &dossiers, &all, kept.len());
        // It is here from the commit on, whatever becomes of finding it.
        for one in all {
            if let Err(error) = self.remember_again(&one.prepared.row).await {
                tracing::warn!(%error, "what arrived is found after the next sign-in");
                continue;
            }
            for (row, content) in &one.entries {
                self.remember_entry((row.dossier_id, row.id), &row.field, content);
            }
        }
        Ok(report)
    }

    /// Reads and checks everything, and seals the documents aside.
    fn read_package(
        &self,
        path: &Path,
        password: Option<&str>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(Manifest, Vec<Packed>, Kept), Error> {
        let file = File::open(path).map_err(StoreError::from)?;
        let input = BufReader::with_capacity(1 << 16, file);
        let ring = self.ring();
        let opened = match password {
            Some(password) => open_carried(input, &Opener::Password(Passphrase::new(password))),
            None => open_own(input, ring.identity()),
        };
        let opened = opened.map_err(|error| match (error, password) {
            (CryptoError::CannotOpen, Some(_)) => Error::WrongPassword,
            (CryptoError::CannotOpen, None) => refused("not_for_you"),
            _ => refused("package_form"),
        })?;
        drop(ring);
        let mut zip = ZipArchive::new(opened).map_err(|_| refused("package_form"))?;
        // What is said to be larger than it lies there, or lies there for two, is a trick.
        if zip
            .has_overlapping_entries()
            .map_err(|_| refused("package_form"))?
        {
            return Err(refused("package_size"));
        }
        let manifest = manifest(&mut zip)?;
        let (mut dossiers, mut behind) = (Vec::new(), Vec::new());
        let mut room = Room::default();
        for listed in &manifest.dossiers {
            let packed = dossier(&mut zip, listed, &mut room)?;
            let leaves = self.arriving_leaves(&packed)?;
            behind.push(self.groundless(&packed, &leaves));
            dossiers.push(packed);
            self.refuse_stopping()?;
        }
        let wanted = documents_of(&manifest, &dossiers, &behind)?;
        let mut kept = Kept::new();
        let read = self.keep_documents(&mut zip, &wanted, &mut kept, progress);
        if let Err(error) = read {
            files::remove(&self.folder, &ids_of(&kept))?;
            return Err(error);
        }
        for (packed, groundless) in dossiers.iter_mut().zip(behind) {
            groundless.leave_behind(packed);
        }
        Ok((manifest, dossiers, kept))
    }

    /// The consents and grounds of a dossier that arrives, now and as they were before.
    fn arriving_leaves(&self, packed: &Packed) -> Result<Vec<Leave>, Error> {
        let newcomer = Newcomer {
            kind: &packed.kind,
            birth: packed
                .fields
                .get("date_of_birth")
                .map(|one| one.value.as_str()),
        };
        let mut leaves = Vec::new();
        for entry in &packed.entries {
            let id: EntryId = entry.id.parse().map_err(|_| refused("package_form"))?;
            for (at, (content, _)) in entry.contents().enumerate() {
                let leave = self.arriving_leave(&newcomer, (&entry.field, id), content)?;
                // What it said before is no second one.
                leaves.extend(leave.filter(|_| at == 0));
            }
        }
        Ok(leaves)
    }

    fn keep_documents<R: Read + Seek>(
        &self,
        zip: &mut ZipArchive<R>,
        wanted: &[Wanted<'_>],
        kept: &mut Kept,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(), Error> {
        for (
            done,
            Wanted {
                entry,
                name,
                listed,
            },
        ) in wanted.iter().enumerate()
        {
            progress(Progress {
                task: "document",
                done,
                total: wanted.len(),
            });
            let mut found = zip
                .by_name(&listed.path)
                .map_err(|_| refused("package_path"))?;
            // As they are: a document that unpacks to more than the package holds is none of ours.
            if found.compression() != CompressionMethod::Stored || found.size() != listed.size {
                return Err(refused("package_size"));
            }
            let mut input = (&mut found).take(listed.size.saturating_add(1));
            let read = self.keep_read(*entry, name, &mut input)?;
            let right = read.file.size == listed.size && read.file.sha256 == listed.sha256;
            kept.insert(listed.path.clone(), read);
            if !right {
                return Err(refused("package_digest"));
            }
        }
        Ok(())
    }

    /// Everything in one change.
    async fn write_arrival(
        &self,
        manifest: &Manifest,
        dossiers: &[Packed],
        kept: &Kept,
        arrival: &Arrival,
    ) -> Result<Vec<Ready>, Error> {
        let mut write = self.store.write().await?;
        let mut all = Vec::new();
        for packed in dossiers {
            self.refuse_known(write.conn(), packed).await?;
            all.push(self.ready(packed, &manifest.practice, kept, arrival)?);
        }
        for one in &all {
            self.write_prepared(&mut write, &one.prepared).await?;
            for chunk in one.entries.chunks(500) {
                let rows: Vec<&EntryRow> = chunk.iter().map(|(row, _)| row).collect();
                store::entry::insert_many(write.conn(), &rows).await?;
            }
            for change in &one.changes {
                store::change::put(write.conn(), change).await?;
            }
            self.arrive_grounds(&mut write, one).await?;
        }
        for file in kept.values() {
            store::document::insert(write.conn(), &file.row).await?;
        }
        let ids: Vec<DossierId> = all.iter().map(|one| one.prepared.row.id).collect();
        let event = self.event(EventKind::PackageReceived).count(ids.len());
        self.log_about(&mut write, event, &ids).await?;
        write.commit().await?;
        Ok(all)
    }

    /// The consents and grounds that came along are in this log from here on.
    async fn arrive_grounds(&self, write: &mut Write<'_>, one: &Ready) -> Result<(), Error> {
        let row = &one.prepared.row;
        for (entry, content) in &one.entries {
            for event in self.arrival_events(row.id, &entry.field, entry.id, content)? {
                self.log(write, event).await?;
            }
        }
        Ok(())
    }

    /// What is here already is not written over.
    async fn refuse_known(&self, conn: &mut store::Conn, packed: &Packed) -> Result<(), Error> {
        let id: DossierId = packed.id.parse().map_err(|_| refused("package_form"))?;
        let absent = |found: Result<(), StoreError>| match found {
            Err(StoreError::NotFound) => Ok(()),
            Ok(()) => Err(refused("already_here")),
            Err(error) => Err(error.into()),
        };
        absent(store::dossier::get(conn, id).await.map(|_| ()))?;
        for entry in &packed.entries {
            let id: EntryId = entry.id.parse().map_err(|_| refused("package_form"))?;
            absent(store::entry::get(conn, id).await.map(|_| ()))?;
        }
        Ok(())
    }

    /// Checks the values as if they were typed here, and seals them.
    fn ready(
        &self,
        packed: &Packed,
        practice: &str,
        kept: &Kept,
        arrival: &Arrival,
    ) -> Result<Ready, Error> {
        let id: DossierId = packed.id.parse().map_err(|_| refused("package_form"))?;
        let kind = catalogue::kind(&packed.kind).ok_or_else(|| refused("package_newer"))?;
        let shared = catalogue::SHARED_KINDS.contains(&kind.id);
        let home = Home {
            circle: if shared {
                self.practice_circle
            } else {
                arrival.circle
            },
            vault: arrival.vault.filter(|_| kind.id == "employee"),
        };
        let values = packed.fields.iter();
        let fields: BTreeMap<String, String> = values
            .map(|(field, value)| (field.clone(), value.value.clone()))
            .collect();
        let new = NewDossier {
            kind: kind.id.to_owned(),
            home,
            fields,
        };
        let times = (packed.created_at, packed.changed_at);
        let prepared = match self.prepare_as(&new, id, times) {
            Err(Error::NotFound) => return Err(refused("package_newer")),
            prepared => prepared?,
        };
        let mut ready = Ready {
            prepared,
            entries: Vec::new(),
            changes: Vec::new(),
        };
        for (field, value) in &packed.fields {
            // Also one that is empty now.
            let def = value_field(kind.id, field).map_err(|_| refused("package_newer"))?;
            for change in &value.history {
                if !change.before.is_empty() {
                    code::check(def.value, &change.before)
                        .map_err(|error| Error::refused(def.id, error.code()))?;
                }
                let record = *ready.prepared.row.id.as_bytes();
                let plain = change.before.as_bytes();
                let row = &ready.prepared.row;
                let change = self.arrived_change(row, record, field, change.at, plain)?;
                ready.changes.push(change);
            }
        }
        for entry in &packed.entries {
            self.ready_entry(&mut ready, entry, practice, kept)?;
        }
        Ok(ready)
    }

    fn ready_entry(
        &self,
        ready: &mut Ready,
        entry: &PackedEntry,
        practice: &str,
        kept: &Kept,
    ) -> Result<(), Error> {
        let row = &ready.prepared.row;
        let id: EntryId = entry.id.parse().map_err(|_| refused("package_form"))?;
        let def = kind_field(&row.kind, &entry.field).map_err(|_| refused("package_newer"))?;
        let shape = def.shape().ok_or_else(|| refused("package_newer"))?;
        let mut content = arrived(&entry.content, entry.document.as_ref(), kept)?;
        if content.origin.is_none() {
            content.origin = Some(format!("{}, {practice}", entry.by));
        }
        let content = content.check(def.id, shape)?;
        for change in &entry.history {
            let before = arrived(&change.before, change.document.as_ref(), kept)?;
            let before = before.check(def.id, shape)?.to_bytes()?;
            let change = self.arrived_change(row, *id.as_bytes(), def.id, change.at, &before)?;
            ready.changes.push(change);
        }
        let arrived = EntryRow {
            id,
            dossier_id: row.id,
            field: def.id.to_owned(),
            revision: 1,
            created_at: entry.created_at,
            created_by: self.user,
            changed_at: entry.changed_at,
            changed_by: self.user,
            binned_at: 0,
            sealing: self.seal_entry(row, def.id, id, &content)?,
        };
        ready.entries.push((arrived, content));
        Ok(())
    }

    fn arrived_change(
        &self,
        row: &DossierRow,
        record: [u8; 16],
        field: &str,
        at: i64,
        before: &[u8],
    ) -> Result<ChangeRow, Error> {
        let id = ChangeId::make();
        let permit = self.permit(row.home(), field, Level::Edit)?;
        let spot = Spot {
            dossier: row.id,
            salt: &row.salt,
            record: *id.as_bytes(),
        };
        Ok(ChangeRow {
            id,
            dossier_id: row.id,
            record: Uuid::from_bytes(record),
            field: field.to_owned(),
            changed_at: at,
            changed_by: self.user,
            sealing: self.ring().seal(&permit, &spot, before)?,
        })
    }
}

/// What the texts of a package may still become.
#[derive(Default)]
struct Room {
    packed: u64,
    unpacked: u64,
    parts: u64,
}

impl Room {
    fn take(&mut self, packed: u64, text: &[u8]) -> Result<(), Error> {
        self.packed = self.packed.saturating_add(packed);
        self.unpacked = self.unpacked.saturating_add(text.len() as u64);
        // A brace opens a value or an entry, a comma behind a sign of quotation the next string of a list, which takes less. Those
        // within a note count too, and are few.
        let lists = memchr::memmem::find_iter(text, b"\",").count() as u64;
        self.parts += memchr::memchr_iter(b'{', text).count() as u64 + lists / 4;
        let most = self.packed.saturating_mul(TOGETHER).saturating_add(FREELY);
        let parts = self.packed / PART + PARTS_FREELY;
        if self.unpacked > most || self.parts > parts {
            return Err(refused("package_size"));
        }
        Ok(())
    }
}

/// By which a manifest of any version is known.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    format: String,
}

/// The manifest; the package has the files that it names, once each, and no others.
fn manifest<R: Read + Seek>(zip: &mut ZipArchive<R>) -> Result<Manifest, Error> {
    if zip.len() > MOST {
        return Err(refused("package_size"));
    }
    let bytes = text_of(zip, MANIFEST, &mut Room::default())?;
    let head: Head = serde_json::from_slice(&bytes).map_err(|_| refused("package_form"))?;
    match head.format.as_str() {
        FORMAT => {}
        other if other.starts_with("dossierkluis package ") => {
            return Err(refused("package_newer"));
        }
        _ => return Err(refused("package_form")),
    }
    let manifest: Manifest =
        serde_json::from_slice(&bytes).map_err(|_| refused("package_newer"))?;
    refuse_unplain(&manifest.left_out)?;
    let listed = manifest.dossiers.iter().chain(&manifest.documents);
    let mut named: HashSet<&str> = HashSet::from([MANIFEST]);
    for one in listed {
        if !is_plain(&one.path) || !named.insert(&one.path) {
            return Err(refused("package_path"));
        }
    }
    let mut found = HashSet::new();
    for name in zip.file_names() {
        found.insert(name.map_err(|_| refused("package_path"))?);
    }
    let strange = found.iter().any(|name| !named.contains(name.as_ref()));
    if !strange && found.len() == named.len() && zip.len() == named.len() {
        Ok(manifest)
    } else {
        Err(refused("package_path"))
    }
}

/// One of the two folders, and one name in it that is an id.
fn is_plain(path: &str) -> bool {
    let id = match path.split_once('/') {
        Some(("dossiers", name)) => name.strip_suffix(".json"),
        Some(("documents", name)) => Some(name),
        _ => None,
    };
    id.is_some_and(|id| Uuid::try_parse(id).is_ok() && id.len() == 36)
}

/// A text of the package, no larger than one may be.
fn text_of<R: Read + Seek>(
    zip: &mut ZipArchive<R>,
    path: &str,
    room: &mut Room,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let found = zip.by_name(path).map_err(|_| refused("package_form"))?;
    let packed = found.compressed_size();
    let most = packed.saturating_mul(GROWTH).saturating_add(1 << 16);
    let most = most.min(LARGEST);
    let mut bytes = Zeroizing::new(Vec::new());
    let read = found.take(most + 1).read_to_end(&mut bytes);
    if read.is_err() {
        Err(refused("package_form"))
    } else if bytes.len() as u64 > most {
        Err(refused("package_size"))
    } else {
        room.take(packed, &bytes)?;
        Ok(bytes)
    }
}

fn dossier<R: Read + Seek>(
    zip: &mut ZipArchive<R>,
    listed: &Listed,
    room: &mut Room,
) -> Result<Packed, Error> {
    let bytes = text_of(zip, &listed.path, room)?;
    if hex(&Sha256::digest(&*bytes)) != listed.sha256 || bytes.len() as u64 != listed.size {
        return Err(refused("package_digest"));
    }
    // The content of an entry has members that an earlier version need not know.
    let mut unknown = false;
    let mut text = serde_json::Deserializer::from_slice(&bytes);
    let packed = serde_ignored::deserialize(&mut text, |_| unknown = true);
    let packed: Packed = packed.map_err(|_| refused("package_newer"))?;
    if unknown || text.end().is_err() {
        return Err(refused("package_newer"));
    }
    if listed.path != format!("dossiers/{}.json", packed.id) {
        return Err(refused("package_path"));
    }
    refuse_unplain(&packed.left_out)?;
    Ok(packed)
}

/// What a stranger says is not there is read by people.
fn refuse_unplain(left_out: &[LeftOut]) -> Result<(), Error> {
    if left_out.iter().all(LeftOut::is_plain) {
        Ok(())
    } else {
        Err(refused("package_form"))
    }
}

/// A document of the package, and the entry that has it.
struct Wanted<'p> {
    entry: EntryId,
    /// Its name when it came in.
    name: &'p str,
    listed: &'p Listed,
}

/// The documents with their entries: each listed document has one entry, in one version or more, and each version of a document a
/// file or a link. Those of entries that stay behind are not wanted.
fn documents_of<'p>(
    manifest: &'p Manifest,
    dossiers: &'p [Packed],
    behind: &[Groundless],
) -> Result<Vec<Wanted<'p>>, Error> {
    let mut listed: HashMap<&str, &Listed> = manifest
        .documents
        .iter()
        .map(|one| (one.path.as_str(), one))
        .collect();
    let (mut wanted, mut seen) = (Vec::new(), HashSet::new());
    let entries = dossiers
        .iter()
        .zip(behind)
        .flat_map(|(one, behind)| one.entries.iter().map(move |entry| (entry, behind)));
    for (entry, behind) in entries {
        let id: EntryId = entry.id.parse().map_err(|_| refused("package_form"))?;
        if !seen.insert(id) {
            return Err(refused("package_form"));
        }
        let mut own = HashSet::new();
        for (content, place) in entry.contents() {
            if !is_fit(&entry.field, content, place) {
                return Err(refused("package_form"));
            }
            let Some(place) = place.filter(|place| own.insert(place.as_str())) else {
                continue;
            };
            let found = listed.remove(place.as_str());
            let found = found.ok_or_else(|| refused("package_path"))?;
            if !behind.has(entry) {
                wanted.push(Wanted {
                    entry: id,
                    name: content.file.as_ref().map_or("", |file| &file.name),
                    listed: found,
                });
            }
        }
    }
    if listed.is_empty() {
        Ok(wanted)
    } else {
        Err(refused("package_path"))
    }
}

/// Whether a content has a file where it is a document and there alone: one of the package, or a link. What the store says of a
/// file, its id and its key, comes from no package.
fn is_fit(field: &str, content: &EntryContent, place: Option<&String>) -> bool {
    let shape = catalogue::field(field).and_then(|def| def.shape());
    match (&content.file, shape) {
        (Some(file), Some(Shape::Document)) => {
            let bare = file.id.is_empty() && file.key.is_empty();
            // An invoice is a document of its own list.
            let whole = field == catalogue::INVOICES || refuse_whole_id(field, content).is_ok();
            whole && bare && place.is_some() == file.path.is_empty()
        }
        (None, other) => place.is_none() && other != Some(Shape::Document),
        (Some(_), _) => false,
    }
}

/// A content as it is kept here: with the sealed file that it has now, or with a link that nobody follows, since it leads to a
/// place of another firm.
fn arrived(
    content: &EntryContent,
    place: Option<&String>,
    kept: &Kept,
) -> Result<EntryContent, Error> {
    let mut content = content.clone();
    if let Some(said) = content.file.take() {
        let said = said.into_inner();
        content.file = Some(Rare::from(match place {
            Some(place) => FileRef {
                redacted: said.redacted,
                ground: said.ground,
                ..kept
                    .get(place)
                    .ok_or_else(|| refused("package_path"))?
                    .file
                    .clone()
            },
            None => FileRef { away: true, ..said },
        }));
    }
    Ok(content)
}

fn ids_of(kept: &Kept) -> Vec<FileId> {
    kept.values().map(|kept| kept.row.id).collect()
}

fn report(
    manifest: &Manifest,
    dossiers: &[Packed],
    all: &[Ready],
    documents: usize,
) -> ReceiveReport {
    let whole = manifest.left_out.iter().map(|one| one.of(""));
    let inside = dossiers
        .iter()
        .flat_map(|packed| packed.left_out.iter().map(|one| one.of(&packed.id)));
    let left_out: BTreeSet<NotPacked> = whole.chain(inside).collect();
    ReceiveReport {
        dossiers: all.len(),
        entries: all.iter().map(|one| one.entries.len()).sum(),
        documents,
        practice: manifest.practice.clone(),
        by: manifest.by.clone(),
        left_out: left_out.into_iter().collect(),
    }
}
