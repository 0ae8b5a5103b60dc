//! The threads of the connections. sqlx lets a connection's thread say that it is closed just before it ends, and a connection that
//! is dropped (an error on the way in, a panic) closes by itself, later. What such a thread still has to clean up of OpenSSL must not
//! meet the end of the process, which cleans up all of it: that crashes, once in a while.

use std::{fs, thread, time::Duration};

/// Begins the name of such a thread; Linux keeps fifteen bytes.
const NAME: &str = "kluis-db-";
/// Looks at the threads before it is left at that: two seconds.
const LOOKS: u32 = 1_000;
const PAUSE: Duration = Duration::from_millis(2);

/// The name of the connection's thread with this number.
pub(super) fn name_of(number: u64) -> String {
    format!("{NAME}{number}")
}

/// Waits until the threads of all connections of this process have ended; the last thing before it ends. On systems that do not show
/// the threads of a process there is no waiting.
pub fn await_threads() {
    for _ in 0..LOOKS {
        if !any_left() {
            return;
        }
        thread::sleep(PAUSE);
    }
}

fn any_left() -> bool {
    let Ok(threads) = fs::read_dir("/proc/self/task") else {
        return false;
    };
    let names =
        threads.filter_map(|thread| fs::read_to_string(thread.ok()?.path().join("comm")).ok());
    names.into_iter().any(|name| name.starts_with(NAME))
}
