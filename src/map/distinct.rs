//! Readings of the distinct texts of columns, so that a worker reads each once and not once a row.

use rustc_hash::FxHashMap;

use crate::cell::Reading;
use crate::distinct_texts::DistinctTexts;
use crate::profile::FieldPlan;

/// Distinct texts of a column of which readings are kept; behind that all are forgotten, because a column
/// with more of them is hardly one of labels.
const MOST: usize = 1 << 14;

/// What one worker has read already, chunk after chunk. It lives no longer than the profiles do.
#[derive(Default)]
pub struct KnownReadings {
    /// By the address of the field's plan, which no other field or profile has.
    codes: FxHashMap<usize, Distinct<i32>>,
    flags: FxHashMap<usize, Distinct<bool>>,
    terms: FxHashMap<usize, Distinct<u8>>,
}

/// A value of which the distinct readings are kept.
pub(super) trait Known: Copy {
    fn of(known: &mut KnownReadings) -> &mut FxHashMap<usize, Distinct<Self>>;
}

impl Known for i32 {
    fn of(known: &mut KnownReadings) -> &mut FxHashMap<usize, Distinct<i32>> {
        &mut known.codes
    }
}

impl Known for bool {
    fn of(known: &mut KnownReadings) -> &mut FxHashMap<usize, Distinct<bool>> {
        &mut known.flags
    }
}

impl Known for u8 {
    fn of(known: &mut KnownReadings) -> &mut FxHashMap<usize, Distinct<u8>> {
        &mut known.terms
    }
}

impl KnownReadings {
    /// The readings of a field's texts.
    pub(super) fn of<T: Known>(&mut self, plan: &FieldPlan) -> &mut Distinct<T> {
        let address = std::ptr::from_ref(plan).addr();
        let distinct = T::of(self).entry(address).or_default();
        if distinct.texts.len() > MOST {
            *distinct = Distinct::default();
        }
        distinct
    }
}

/// The readings of distinct texts.
pub(super) struct Distinct<T> {
    texts: DistinctTexts,
    readings: Vec<Reading<T>>,
}

impl<T> Default for Distinct<T> {
    fn default() -> Distinct<T> {
        Distinct {
            texts: DistinctTexts::default(),
            readings: Vec::new(),
        }
    }
}

impl<T: Copy> Distinct<T> {
    /// The reading of a text, which `read` gives the first time.
    #[inline]
    pub(super) fn reading(
        &mut self,
        text: &str,
        read: impl FnOnce(&str) -> Reading<T>,
    ) -> Reading<T> {
        let number = self.texts.number(text);
        match self.readings.get(number) {
            Some(reading) => *reading,
            None => {
                let reading = read(text);
                self.readings.push(reading);
                reading
            }
        }
    }
}
