//! Draws that depend on a seed alone: splitmix64, which is small, fast and good enough for invented people.

/// A source of draws.
#[derive(Debug, Clone)]
pub struct Draw {
    state: u64,
}

impl Draw {
    /// The draws of a seed.
    pub fn new(seed: u64) -> Draw {
        Draw { state: seed }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number below `high`.
    pub fn below(&mut self, high: u32) -> u32 {
        ((u128::from(self.bits()) * u128::from(high)) >> 64) as u32
    }

    /// A number from 0 to below 1.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Whether what happens so many times in a thousand happens.
    pub fn in_thousand(&mut self, times: u32) -> bool {
        self.below(1000) < times
    }

    /// One of several.
    pub fn pick<'p, T>(&mut self, pool: &'p [T]) -> &'p T {
        &pool[self.below(pool.len() as u32) as usize]
    }
}
