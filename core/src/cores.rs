//! Work that is done among the cores while this thread keeps what comes of it.

use crate::error::Error;
use std::{collections::VecDeque, ops::ControlFlow, sync::mpsc::sync_channel};

/// Pieces that are worked on together: while the last of one is waited for, there is more to do.
const TOGETHER: usize = 3;

/// The most rows of a piece that one core takes on at a time: where another thread takes its turn on a core, the rest is not to wait
/// for it.
pub const PIECE: usize = 32;

/// Does some work on each piece among the cores, a few at a time, and keeps what comes of it on this thread, in order; until there is
/// no next piece, or the keeping breaks off.
///
/// What takes the memory of a session may not run among the cores: one of them may be sorting a list for somebody who holds the
/// memory, take this up while it waits, and wait for itself. For the same reason it is not asked for by one of the cores.
/// Work that can be shared out further does that itself: there may be more cores than pieces.
///
/// # Errors
/// The first of taking a piece, of the work, or of the keeping; nothing is kept after it.
pub fn in_turn<P: Send, T: Send>(
    mut next: impl FnMut() -> Result<Option<P>, Error>,
    work: impl Fn(P) -> Result<T, Error> + Sync,
    mut keep: impl FnMut(T) -> Result<ControlFlow<()>, Error>,
) -> Result<(), Error> {
    let work = &work;
    rayon::in_place_scope(|cores| {
        let mut at_work = VecDeque::with_capacity(TOGETHER);
        loop {
            while at_work.len() < TOGETHER
                && let Some(piece) = next()?
            {
                let (done, awaited) = sync_channel(1);
                cores.spawn(move |_| {
                    // Nobody waits for it after an error.
                    let _ = done.send(work(piece));
                });
                at_work.push_back(awaited);
            }
            let Some(first) = at_work.pop_front() else {
                return Ok(());
            };
            // It ended in a panic, which the scope hands on.
            let done = first.recv().map_err(|_| Error::Cancelled)?;
            if keep(done?)?.is_break() {
                return Ok(());
            }
        }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn kept(
        work: impl Fn(usize) -> Result<usize, Error> + Sync,
        most: usize,
    ) -> (Vec<usize>, Result<(), Error>) {
        let (mut pieces, mut kept) = (0..100, Vec::new());
        let done = in_turn(
            || Ok(pieces.next()),
            work,
            |one| {
                kept.push(one);
                Ok(if kept.len() < most {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                })
            },
        );
        (kept, done)
    }

    #[test]
    fn everything_is_kept_in_order_however_long_it_takes() {
        let slow_first = |piece: usize| {
            std::thread::sleep(std::time::Duration::from_micros(300 * (piece % 3) as u64));
            Ok(piece)
        };
        let (all, done) = kept(slow_first, usize::MAX);
        done.unwrap();
        assert!(all.into_iter().eq(0..100));
        assert!(kept(slow_first, 7).0.into_iter().eq(0..7));
    }

    #[test]
    fn nothing_is_kept_after_an_error() {
        let fails = |piece| {
            if piece == 5 {
                Err(Error::NotFound)
            } else {
                Ok(piece)
            }
        };
        let (all, done) = kept(fails, usize::MAX);
        assert!(matches!(done, Err(Error::NotFound)));
        assert!(all.into_iter().eq(0..5));
    }

    #[test]
    fn a_panic_is_handed_on() {
        let panics = |piece| {
            assert_ne!(piece, 5, "on purpose");
            Ok(piece)
        };
        assert!(std::panic::catch_unwind(|| kept(panics, usize::MAX)).is_err());
    }
}
