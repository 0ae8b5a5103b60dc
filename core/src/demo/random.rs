//! Chance that repeats itself: xorshift64*, for made-up people alone.

/// The state.
pub(super) struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        // Never zero, and near seeds far apart (splitmix64).
        let mixed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Self((mixed ^ (mixed >> 31)) | 1)
    }

    /// For one client, whatever came before.
    pub fn for_client(seed: u64, number: usize) -> Self {
        Self::new(seed.rotate_left(17) ^ (number as u64).wrapping_mul(0x2545_f491_4f6c_dd1d))
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below this one.
    pub fn below(&mut self, limit: usize) -> usize {
        // The remainder fits whatever `usize` is.
        usize::try_from((self.next() >> 16) % (limit.max(1) as u64)).unwrap_or(0)
    }

    /// One of these texts.
    pub fn word(&mut self, all: &[&'static str]) -> &'static str {
        all.get(self.below(all.len())).copied().unwrap_or_default()
    }

    /// True so many times in a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}
