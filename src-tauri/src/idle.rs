//! When the practice locks by itself. The deadline is wall-clock time, so that sleep counts, and steady time as well, so
//! that turning back the clock gains nothing.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

/// From here on the page is told how long it has.
const SOON: Duration = Duration::from_secs(30);

/// Both clocks, read together.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    wall: SystemTime,
    steady: Instant,
}

impl Now {
    pub fn read() -> Self {
        Self {
            wall: SystemTime::now(),
            steady: Instant::now(),
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Deadline {
    wall: SystemTime,
    steady: Instant,
}

impl Deadline {
    fn after(span: Duration, now: Now) -> Self {
        Self {
            wall: now.wall + span,
            steady: now.steady + span,
        }
    }

    /// What is left, by the clock that says least.
    fn left(&self, now: Now) -> Duration {
        let wall = self.wall.duration_since(now.wall).unwrap_or_default();
        wall.min(self.steady.saturating_duration_since(now.steady))
    }
}

/// What a look at the clock says.
#[derive(Debug, PartialEq, Eq)]
pub enum Tick {
    Quiet,
    /// Seconds left.
    Soon(u64),
    Due,
}

#[derive(Debug, Default)]
struct Watch {
    span: Duration,
    deadline: Option<Deadline>,
}

/// The lock clock of the open session; stopped while nothing is open.
#[derive(Debug, Default)]
pub struct Idle(Mutex<Watch>);

impl Idle {
    /// Starts with a session, or goes on with another length.
    pub fn start(&self, span: Duration, now: Now) {
        *self.watch() = Watch {
            span,
            deadline: Some(Deadline::after(span, now)),
        };
    }

    /// Nothing is open any more.
    pub fn stop(&self) {
        self.watch().deadline = None;
    }

    /// Somebody really typed, pointed or clicked. Too late is too late: what is due locks, whoever moves the mouse.
    pub fn touch(&self, now: Now) {
        let mut watch = self.watch();
        if watch
            .deadline
            .is_some_and(|deadline| !deadline.left(now).is_zero())
        {
            watch.deadline = Some(Deadline::after(watch.span, now));
        }
    }

    /// Milliseconds since 1970 at which it locks; zero when nothing is open.
    pub fn lock_at(&self) -> i64 {
        let at = self
            .watch()
            .deadline
            .and_then(|deadline| deadline.wall.duration_since(UNIX_EPOCH).ok());
        at.and_then(|at| i64::try_from(at.as_millis()).ok())
            .unwrap_or_default()
    }

    /// Whether something is open.
    pub fn is_running(&self) -> bool {
        self.watch().deadline.is_some()
    }

    /// How things stand.
    pub fn tick(&self, now: Now) -> Tick {
        match self.watch().deadline.map(|deadline| deadline.left(now)) {
            None => Tick::Quiet,
            Some(Duration::ZERO) => Tick::Due,
            Some(left) if left <= SOON => Tick::Soon(left.as_secs().max(1)),
            Some(_) => Tick::Quiet,
        }
    }

    // A panic elsewhere must not keep the lock away.
    fn watch(&self) -> MutexGuard<'_, Watch> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPAN: Duration = Duration::from_secs(300);

    fn started() -> (Idle, Now) {
        let (idle, now) = (Idle::default(), Now::read());
        idle.start(SPAN, now);
        (idle, now)
    }

    fn later(now: Now, wall: i64, steady: u64) -> Now {
        let moved = Duration::from_secs(wall.unsigned_abs());
        let wall = if wall < 0 {
            now.wall - moved
        } else {
            now.wall + moved
        };
        Now {
            wall,
            steady: now.steady + Duration::from_secs(steady),
        }
    }

    #[test]
    fn quiet_then_soon_then_due() {
        let (idle, now) = started();
        assert_eq!(idle.tick(later(now, 10, 10)), Tick::Quiet);
        assert_eq!(idle.tick(later(now, 275, 275)), Tick::Soon(25));
        assert_eq!(idle.tick(later(now, 300, 300)), Tick::Due);
    }

    #[test]
    fn sleep_counts() {
        let (idle, now) = started();
        assert_eq!(idle.tick(later(now, 3600, 1)), Tick::Due);
    }

    #[test]
    fn turning_the_clock_back_gains_nothing() {
        let (idle, now) = started();
        assert_eq!(idle.tick(later(now, -86_400, 299)), Tick::Soon(1));
        assert_eq!(idle.tick(later(now, -86_400, 300)), Tick::Due);
    }

    #[test]
    fn a_touch_starts_again_but_never_revives() {
        let (idle, now) = started();
        idle.touch(later(now, 200, 200));
        assert_eq!(idle.tick(later(now, 310, 310)), Tick::Quiet);
        idle.touch(later(now, 500, 500));
        assert_eq!(idle.tick(later(now, 501, 501)), Tick::Due);
    }

    #[test]
    fn nothing_open_nothing_due() {
        let (idle, now) = started();
        idle.stop();
        idle.touch(now);
        assert_eq!(idle.tick(later(now, 3600, 3600)), Tick::Quiet);
        assert_eq!(idle.lock_at(), 0);
    }
}
