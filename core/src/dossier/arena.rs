//! Opened and folded text in memory, laid end to end so that scanning it needs no index: memory is read at gigabytes a
//! second. Wiped when dropped.

use memchr::memmem::Finder;
use rayon::prelude::*;
use zeroize::{Zeroize, Zeroizing};

/// Bytes of a segment: small enough to share the work, large enough not to matter.
const SEGMENT: usize = 1 << 20;

/// One text in the arena.
struct Text<T> {
    start: usize,
    end: usize,
    gone: bool,
    of: T,
}

struct Segment<T> {
    // Never grows past its capacity: growing would leave a copy behind.
    bytes: Zeroizing<Vec<u8>>,
    texts: Vec<Text<T>>,
}

impl<T> Drop for Segment<T> {
    fn drop(&mut self) {
        // Wiped in one go.
        self.bytes.clear();
    }
}

/// Where a text lies in the arena.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    segment: usize,
    text: usize,
}

/// Texts, each of something.
pub(super) struct Arena<T> {
    segments: Vec<Segment<T>>,
}

impl<T: Copy + Send + Sync> Arena<T> {
    pub fn new() -> Self {
        Self {
            segments: Vec::new(),
        }
    }

    /// Adds a text.
    pub fn push(&mut self, text: &str, of: T) -> Slot {
        let fits = self
            .segments
            .last()
            .is_some_and(|last| last.bytes.capacity() - last.bytes.len() >= text.len());
        if !fits {
            let bytes = Zeroizing::new(Vec::with_capacity(SEGMENT.max(text.len())));
            self.segments.push(Segment {
                bytes,
                texts: Vec::new(),
            });
        }
        let segment = self.segments.len() - 1;
        let last = &mut self.segments[segment];
        let start = last.bytes.len();
        last.bytes.extend_from_slice(text.as_bytes());
        last.texts.push(Text {
            start,
            end: start + text.len(),
            gone: false,
            of,
        });
        Slot {
            segment,
            text: last.texts.len() - 1,
        }
    }

    /// Takes a text out and wipes it.
    pub fn remove(&mut self, slot: Slot) {
        let segment = &mut self.segments[slot.segment];
        let text = &mut segment.texts[slot.text];
        text.gone = true;
        segment.bytes[text.start..text.end].zeroize();
    }

    /// The text in a slot.
    pub fn get(&self, slot: Slot) -> &[u8] {
        let segment = &self.segments[slot.segment];
        segment.bytes_of(&segment.texts[slot.text])
    }

    /// All texts that were not taken out.
    pub fn texts(&self) -> impl ParallelIterator<Item = (T, &[u8])> {
        self.segments.par_iter().flat_map_iter(|segment| {
            let there = segment.texts.iter().filter(|text| !text.gone);
            there.map(|text| (text.of, segment.bytes_of(text)))
        })
    }

    /// Texts that contain every term, with the place of the rarest term; at most `most`, in the order of the arena.
    pub fn search(&self, terms: &[&[u8]], most: usize) -> Vec<(T, usize)> {
        let Some(longest) = terms.iter().max_by_key(|term| term.len()) else {
            return Vec::new();
        };
        let finder = Finder::new(longest);
        let others: Vec<_> = terms
            .iter()
            .filter(|term| *term != longest)
            .map(Finder::new)
            .collect();
        let mut found: Vec<_> = self
            .segments
            .par_iter()
            .map(|segment| segment.search(&finder, &others, most))
            .collect::<Vec<_>>()
            .concat();
        found.truncate(most);
        found
    }
}

impl<T: Copy> Segment<T> {
    fn bytes_of(&self, text: &Text<T>) -> &[u8] {
        &self.bytes[text.start..text.end]
    }

    fn search(&self, finder: &Finder<'_>, others: &[Finder<'_>], most: usize) -> Vec<(T, usize)> {
        let mut found = Vec::new();
        let mut from = 0;
        while found.len() < most {
            let Some(at) = self
                .bytes
                .get(from..)
                .and_then(|rest| finder.find(rest))
                .map(|at| at + from)
            else {
                break;
            };
            let index = self.texts.partition_point(|text| text.end <= at);
            let Some(text) = self.texts.get(index) else {
                break;
            };
            // A match that begins in one text and ends in the next is none.
            if at + finder.needle().len() > text.end {
                from = at + 1;
                continue;
            }
            let bytes = self.bytes_of(text);
            if !text.gone && others.iter().all(|other| other.find(bytes).is_some()) {
                found.push((text.of, at - text.start));
            }
            from = text.end;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_within_texts_only() {
        let mut arena = Arena::new();
        arena.push("jan van", 1);
        let slot = arena.push("der berg", 2);
        arena.push("berg jan", 3);
        assert_eq!(arena.search(&[b"berg"], 10), [(2, 4), (3, 0)]);
        assert_eq!(arena.search(&[b"jan", b"berg"], 10), [(3, 0)]);
        assert_eq!(arena.search(&[b"vander"], 10), []);
        assert_eq!(arena.search(&[b"berg"], 1), [(2, 4)]);
        arena.remove(slot);
        let left: Vec<_> = arena.texts().collect();
        assert_eq!(left, [(1, &b"jan van"[..]), (3, b"berg jan")]);
        assert_eq!(arena.search(&[b"berg"], 10), [(3, 0)]);
    }
}
