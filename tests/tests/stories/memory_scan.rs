//! Looks through the memory of this very process for texts, without holding them itself.

use std::{
    fs::{self, File},
    os::unix::fs::FileExt,
};

const CHUNK: usize = 1 << 20;

/// Where a text was found: the mapping and the bytes around it.
#[derive(Debug)]
pub struct Trace {
    #[allow(dead_code, reason = "printed")]
    pub mapping: String,
    #[allow(dead_code, reason = "printed")]
    pub around: String,
}

/// Every place in writable memory where the text stands whose letters are given from the last to the first.
pub fn find(reversed: &str) -> Vec<Trace> {
    let needle = reversed.as_bytes();
    let memory = File::open("/proc/self/mem").unwrap();
    let mut buffer = vec![0u8; CHUNK + needle.len()];
    let own = buffer.as_ptr() as u64..buffer.as_ptr() as u64 + buffer.len() as u64;
    let mut traces = Vec::new();
    for line in fs::read_to_string("/proc/self/maps")
        .unwrap()
        .lines()
        .filter(|line| line.contains(" rw"))
    {
        let (from, to) = range(line);
        let mut at = from;
        while at < to {
            let want = usize::try_from((to - at).min(buffer.len() as u64)).unwrap();
            let Ok(got) = memory.read_at(&mut buffer[..want], at) else {
                break;
            };
            for place in
                places(&buffer[..got], needle).filter(|place| !own.contains(&(at + *place as u64)))
            {
                let around =
                    &buffer[place.saturating_sub(48)..(place + needle.len() + 32).min(got)];
                let around = around
                    .iter()
                    .map(|byte| {
                        if byte.is_ascii_graphic() {
                            char::from(*byte)
                        } else {
                            '.'
                        }
                    })
                    .collect();
                traces.push(Trace {
                    mapping: line.to_owned(),
                    around,
                });
            }
            at += (got as u64).min(CHUNK as u64);
            if got == 0 {
                break;
            }
        }
        buffer.fill(0);
    }
    traces
}

fn range(line: &str) -> (u64, u64) {
    let (from, to) = line.split_once(' ').unwrap().0.split_once('-').unwrap();
    (
        u64::from_str_radix(from, 16).unwrap(),
        u64::from_str_radix(to, 16).unwrap(),
    )
}

fn places(bytes: &[u8], reversed: &[u8]) -> impl Iterator<Item = usize> {
    let (length, first) = (reversed.len(), reversed[reversed.len() - 1]);
    let starts = memchr::memchr_iter(first, bytes).take_while(move |at| at + length <= bytes.len());
    starts.filter(move |at| bytes[*at..at + length].iter().eq(reversed.iter().rev()))
}
