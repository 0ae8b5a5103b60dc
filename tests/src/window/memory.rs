//! What can be found in the memory of the running program.

use super::{Window, process};
use std::{fs, io, os::unix::fs::FileExt};

/// Read at once.
const PIECE: u64 = 1 << 22;
/// Read beyond it, for marks that lie across the edge; more than any mark is long.
const OVERLAP: u64 = 1 << 12;
const PAGE: u64 = 4096;

impl Window {
    /// How often each process of the program holds this text, in UTF-8 or UTF-16, by the process's name.
    pub fn copies_in_memory(&self, text: &str) -> io::Result<Vec<(String, usize)>> {
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut found = Vec::new();
        for id in process::members(self.group())? {
            let name = fs::read_to_string(format!("/proc/{id}/comm"))?
                .trim()
                .to_owned();
            // The driver has the text because the test gave it.
            if name != "WebKitWebDriver" {
                found.push((name, copies(id, &[text.as_bytes(), &wide])?));
            }
        }
        Ok(found)
    }
}

fn copies(id: i32, marks: &[&[u8]]) -> io::Result<usize> {
    let memory = fs::File::open(format!("/proc/{id}/mem"))?;
    let pages = fs::File::open(format!("/proc/{id}/pagemap"))?;
    let maps = fs::read_to_string(format!("/proc/{id}/maps"))?;
    let mut piece = Vec::new();
    let mut count = 0;
    for (from, to) in maps.lines().filter_map(writable) {
        // Listed before anything is read: reading beyond the edge of a piece makes a page there.
        let pieces: Vec<u64> = (from..to)
            .step_by(usize::try_from(PIECE).unwrap_or(usize::MAX))
            .filter(|at| is_written(&pages, *at, to.min(at + PIECE)))
            .collect();
        for at in pieces {
            let end = to.min(at + PIECE + OVERLAP);
            piece.resize(usize::try_from(end - at).unwrap_or(0), 0);
            let read = memory.read_at(&mut piece, at).unwrap_or_default();
            count += marks
                .iter()
                .map(|mark| starts(&piece[..read], mark, PIECE))
                .sum::<usize>();
        }
    }
    Ok(count)
}

/// Whether any page here was ever written: a web view reserves a thousand times what it uses.
fn is_written(pages: &fs::File, from: u64, to: u64) -> bool {
    let mut entries = vec![0; usize::try_from((to - from) / PAGE * 8).unwrap_or(0)];
    if pages.read_exact_at(&mut entries, from / PAGE * 8).is_err() || entries.len() < 8 {
        return true;
    }
    // Bit 63: in memory, bit 62: swapped out (proc_pid_pagemap(5)). Nearly always all are the same, which is seen at once.
    let same = entries[8..] == entries[..entries.len() - 8];
    let looked_at = if same { 8 } else { entries.len() };
    entries[..looked_at]
        .iter()
        .skip(7)
        .step_by(8)
        .any(|top| top >> 6 != 0)
}

/// Begin and end of a writable mapping.
fn writable(line: &str) -> Option<(u64, u64)> {
    let (range, rest) = line.split_once(' ')?;
    let (from, to) = range.split_once('-')?;
    let number = |text| u64::from_str_radix(text, 16).ok();
    rest.starts_with("rw")
        .then_some((number(from)?, number(to)?))
}

/// How often the mark begins before `end`.
fn starts(bytes: &[u8], mark: &[u8], end: u64) -> usize {
    memchr::memmem::find_iter(bytes, mark)
        .filter(|at| (*at as u64) < end)
        .count()
}
