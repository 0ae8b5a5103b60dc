//! The memory that SQLite works in: from the allocator of this program, which wipes whatever it is given back
//! (`crypto::wiping`). SQLCipher does that too (`cipher_memory_security`), but with a random number for every eight bytes, which
//! was a tenth of all the time that opening a practice took.

use libsqlite3_sys::{SQLITE_CONFIG_MALLOC, SQLITE_OK, sqlite3_config, sqlite3_mem_methods};
use std::{
    alloc::{Layout, alloc, dealloc, realloc},
    ffi::{c_int, c_void},
    ptr::null_mut,
    sync::LazyLock,
};

/// In front of every block stands how long it is; SQLite needs an alignment of 8.
const HEADER: usize = 16;

/// Gives SQLite this memory, the first time; tells whether it took it, or SQLCipher has to wipe its own. SQLite takes no other once
/// something in this process has begun to use it, and must not begin meanwhile: a program does this first, before it starts
/// threads. Libraries that it is linked with may use the same SQLite, as WebKit does.
pub fn take_over() -> bool {
    static TAKEN: LazyLock<bool> = LazyLock::new(|| {
        let methods = sqlite3_mem_methods {
            xMalloc: Some(give),
            xFree: Some(take_back),
            xRealloc: Some(resize),
            xSize: Some(size_of),
            xRoundup: Some(round_up),
            xInit: Some(begin),
            xShutdown: Some(end),
            pAppData: null_mut(),
        };
        // SAFETY: SQLite copies the methods before it returns, and refuses them when it is in use already. That nothing begins to use
        // it meanwhile is for the program to see to: every connection of this crate comes after this.
        let answer = unsafe { sqlite3_config(SQLITE_CONFIG_MALLOC, &raw const methods) };
        answer == SQLITE_OK
    });
    *TAKEN
}

fn layout(size: c_int) -> Option<Layout> {
    let whole = usize::try_from(size).ok()?.checked_add(HEADER)?;
    Layout::from_size_align(whole, HEADER).ok()
}

// SAFETY of all that follows: SQLite gives back only what it was given, once, and says so itself of `xMalloc` and its like
// (sqlite.org/c3ref/mem_methods.html).

unsafe extern "C" fn give(size: c_int) -> *mut c_void {
    let Some(layout) = layout(size) else {
        return null_mut();
    };
    // SAFETY: the layout is not empty.
    let block = unsafe { alloc(layout) };
    // SAFETY: a block begins with its header, to which it is aligned.
    unsafe { marked(block, layout) }
}

unsafe extern "C" fn take_back(text: *mut c_void) {
    // SAFETY: see above.
    if let Some((block, layout)) = unsafe { block_of(text) } {
        // SAFETY: it was allocated with this layout.
        unsafe { dealloc(block, layout) }
    }
}

unsafe extern "C" fn resize(text: *mut c_void, size: c_int) -> *mut c_void {
    // SAFETY: see above.
    let (Some((block, former)), Some(new)) = (unsafe { block_of(text) }, layout(size)) else {
        return null_mut();
    };
    if new.size() <= former.size() {
        return text;
    }
    // SAFETY: it was allocated with this layout; the allocator moves and wipes it.
    let block = unsafe { realloc(block, former, new.size()) };
    // SAFETY: as in `give`.
    unsafe { marked(block, new) }
}

unsafe extern "C" fn size_of(text: *mut c_void) -> c_int {
    // SAFETY: see above.
    let size = unsafe { block_of(text) }.map_or(0, |(_, layout)| layout.size() - HEADER);
    size.try_into().unwrap_or(c_int::MAX)
}

unsafe extern "C" fn round_up(size: c_int) -> c_int {
    size.saturating_add(7) & !7
}

unsafe extern "C" fn begin(_: *mut c_void) -> c_int {
    SQLITE_OK
}

unsafe extern "C" fn end(_: *mut c_void) {}

/// Writes the header of a new block; gives what SQLite sees of it.
unsafe fn marked(block: *mut u8, layout: Layout) -> *mut c_void {
    if block.is_null() {
        return null_mut();
    }
    // SAFETY: the block is at least as long as its header and aligned for it.
    unsafe {
        block.cast::<usize>().write(layout.size());
        block.add(HEADER).cast()
    }
}

/// The block of what SQLite sees, with its header.
unsafe fn block_of(text: *mut c_void) -> Option<(*mut u8, Layout)> {
    if text.is_null() {
        return None;
    }
    // SAFETY: `give` or `resize` wrote a header in front.
    let (block, size) = unsafe {
        let block = text.cast::<u8>().sub(HEADER);
        (block, block.cast::<usize>().read())
    };
    Some((block, Layout::from_size_align(size, HEADER).ok()?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;
    use std::slice::{from_raw_parts, from_raw_parts_mut};

    proptest! {
        #[test]
        fn a_block_keeps_what_is_in_it_when_it_grows(first in 1..5_000i32, second in 1..20_000i32) {
            // SAFETY: every block is given back once, and read no further than it is long.
            unsafe {
                let block = give(first);
                prop_assert!(!block.is_null() && block.addr().is_multiple_of(8) && size_of(block) == first);
                from_raw_parts_mut(block.cast::<u8>(), first as usize).fill(7);
                let block = resize(block, second);
                prop_assert!(size_of(block) >= second);
                let kept = from_raw_parts(block.cast::<u8>(), first.min(second) as usize);
                prop_assert!(kept.iter().all(|byte| *byte == 7));
                take_back(block);
            }
        }
    }

    #[test]
    fn what_cannot_be_given_is_refused() {
        // SAFETY: none of these is a block.
        unsafe {
            assert!(give(-1).is_null());
            take_back(null_mut());
            assert_eq!(size_of(null_mut()), 0);
            assert!(resize(null_mut(), 8).is_null());
        }
        let rounded = |size| unsafe { round_up(size) };
        assert_eq!((rounded(1), rounded(8), rounded(9)), (8, 8, 16));
    }
}
