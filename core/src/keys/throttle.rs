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

    /// Counts a try before it is made, so that breaking off gains nothing; a right password wipes it out. Gives the seconds
    /// to wait where it is too early. A time that lies ahead, left by a clock that was wrong, counts from now.
    pub fn attempt(&mut self, now_ms: i64) -> Result<(), i64> {
        self.last_at = self.last_at.min(now_ms);
        match self.wait(now_ms) {
            0 => {
                self.fail(now_ms);
                Ok(())
            }
            seconds => Err(seconds),
        }
    }

    /// After a wrong password.
    fn fail(&mut self, now_ms: i64) {
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

    #[test]
    fn a_try_counts_before_it_is_made_and_a_wrong_clock_locks_nobody_out() {
        let mut throttle = Throttle::default();
        let tries: Vec<_> = (0..4).map(|_| throttle.attempt(1_000)).collect();
        assert_eq!(tries, [Ok(()), Ok(()), Ok(()), Err(1)]);
        assert_eq!(throttle.failures(), 3);
        // The clock was a day ahead and is right again.
        let mut throttle = Throttle {
            failures: 4,
            last_at: 86_400_000,
        };
        assert_eq!(throttle.attempt(5_000), Err(2));
        assert_eq!(throttle.attempt(7_000), Ok(()));
    }
}
