//! Slowing down wrong passwords, also across restarts.

use serde::{Deserialize, Serialize};

/// Wrong passwords in a row, kept in the keyring file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Throttle {
    failures: u32,
    last_at: i64,
}

/// Tries before the first wait.
const FREE: u32 = 3;
/// Longest wait, in seconds.
const LONGEST: i64 = 300;

impl Throttle {
    /// Whole seconds to wait before the next try; 0 for none. A clock that was put back does not shorten the wait.
    pub fn wait(&self, now_ms: i64) -> i64 {
        if self.failures < FREE {
            return 0;
        }
        let wait = (1_i64 << (self.failures - FREE).min(30)).min(LONGEST);
        let passed = (now_ms - self.last_at).max(0) / 1000;
        (wait - passed).max(0)
    }

    /// After a wrong password.
    pub fn fail(&mut self, now_ms: i64) {
        self.failures = self.failures.saturating_add(1);
        self.last_at = now_ms;
    }

    /// How many wrong passwords in a row.
    pub fn failures(&self) -> u32 {
        self.failures
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_five_minutes_and_ignore_a_clock_put_back() {
        let mut throttle = Throttle::default();
        let waits: Vec<_> = (0..14)
            .map(|_| {
                throttle.fail(1_000_000);
                throttle.wait(1_000_000)
            })
            .collect();
        assert_eq!(
            waits,
            [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
        );
        assert_eq!(throttle.wait(1_000_000 + 299_000), 1);
        assert_eq!(throttle.wait(1_000_000 + 300_000), 0);
        assert_eq!(throttle.wait(0), 300);
    }
}
