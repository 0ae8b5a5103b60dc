//! Whatever this program frees is wiped first. Secrets and opened texts are wiped by their own types already; this is for
//! the copies that nobody owns: a string that grew and moved, what a parser held for a moment, a row of a list that was
//! shown. Every program that is built on this crate gets it.

use std::alloc::System;
use zeroizing_alloc::ZeroAlloc;

#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);
