//! Readings of the distinct texts of one column, so that each is read once a chunk and not once a row.

use crate::cell::Reading;
use crate::distinct_texts::DistinctTexts;

/// The readings of distinct texts.
pub(super) struct Distinct<T> {
    texts: DistinctTexts,
    readings: Vec<Reading<T>>,
}

impl<T: Copy> Distinct<T> {
    pub(super) fn new() -> Distinct<T> {
        Distinct {
            texts: DistinctTexts::default(),
            readings: Vec::new(),
        }
    }

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
