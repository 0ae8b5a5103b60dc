//! What can be found in the memory of the running program.

use super::Window;
use rustix::process::{Pid, getpgid};
use std::{fs, io, os::unix::fs::FileExt};

/// Read at once; marks that lie across an edge are found by the overlap.
const PIECE: usize = 1 << 22;

impl Window {
    /// How often each process of the program holds this text, in UTF-8 or UTF-16, by the process's name.
    pub fn copies_in_memory(&self, text: &str) -> io::Result<Vec<(String, usize)>> {
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut found = Vec::new();
        for id in self.members()? {
            let name = fs::read_to_string(format!("/proc/{id}/comm"))?.trim().to_owned();
            // The driver has the text because the test gave it.
            if name != "WebKitWebDriver" {
                found.push((name, copies(id, &[text.as_bytes(), &wide])?));
            }
        }
        Ok(found)
    }

    fn members(&self) -> io::Result<Vec<i32>> {
        let ids = fs::read_dir("/proc")?
            .flatten()
            .filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
        let group = i32::try_from(self.group()).unwrap_or_default();
        let own = |id: &i32| {
            let found = Pid::from_raw(*id).and_then(|id| getpgid(Some(id)).ok());
            found.is_some_and(|found| found.as_raw_nonzero().get() == group)
        };
        Ok(ids.filter(own).collect())
    }
}

fn copies(id: i32, marks: &[&[u8]]) -> io::Result<usize> {
    let memory = fs::File::open(format!("/proc/{id}/mem"))?;
    let maps = fs::read_to_string(format!("/proc/{id}/maps"))?;
    let mut count = 0;
    for (from, to) in maps.lines().filter_map(writable) {
        let mut at = from;
        while at < to {
            let mut piece = vec![0; PIECE.min(usize::try_from(to - at).unwrap_or(PIECE))];
            let read = memory.read_at(&mut piece, at).unwrap_or_default();
            count += marks.iter().map(|mark| occurrences(&piece[..read], mark)).sum::<usize>();
            at += PIECE as u64;
        }
    }
    Ok(count)
}

/// Begin and end of a writable mapping.
fn writable(line: &str) -> Option<(u64, u64)> {
    let (range, rest) = line.split_once(' ')?;
    let (from, to) = range.split_once('-')?;
    let number = |text| u64::from_str_radix(text, 16).ok();
    rest.starts_with("rw").then_some((number(from)?, number(to)?))
}

fn occurrences(bytes: &[u8], mark: &[u8]) -> usize {
    memchr::memmem::find_iter(bytes, mark).count()
}
