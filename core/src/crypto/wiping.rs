//! Whatever this program frees is wiped first. Secrets and opened texts are wiped by their own types already; this is for
//! the copies that nobody owns: a string that grew and moved, what a parser held for a moment, a row of a list that was
//! shown. Every program that is built on this crate gets it.

use mimalloc::MiMalloc;
use zeroizing_alloc::ZeroAlloc;

// Filling the memory of a session makes and frees millions of small pieces on several threads; with the allocator of glibc
// that took a third of its time.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<MiMalloc> = ZeroAlloc(MiMalloc);
