//! Chunks of numbers, days, points in time, and of true and false.

use std::ops::Range;

use parquet::basic::Encoding;
use parquet::errors::Result;
use parquet::file::statistics::Statistics;

use super::{ChunkWriter, ColumnChunk, Validity, bits, delta, indexes};
use crate::candidate::{State, Values};

/// Distinct numbers that a dictionary holds at most.
const MOST: usize = 1 << 12;

/// A column of a batch, with the runs of rows that are to be written.
pub(in crate::write) type Runs<'a, T> = (&'a Values<T>, &'a [Range<usize>]);

/// The values of some batches, as 64-bit integers.
struct Gathered {
    validity: Validity,
    numbers: Vec<i64>,
}

impl Gathered {
    fn of<'a, T>(parts: impl Iterator<Item = Runs<'a, T>>) -> Gathered
    where
        T: Copy + Into<i64> + 'a,
    {
        let mut gathered = Gathered {
            validity: Validity::default(),
            numbers: Vec::new(),
        };
        for (column, runs) in parts {
            for run in runs {
                gathered.add(&column.values[run.clone()], &column.states[run.clone()]);
            }
        }
        gathered
    }

    fn add<T: Copy + Into<i64>>(&mut self, values: &[T], states: &[State]) {
        if states.iter().all(|state| *state == State::Value) {
            self.validity.push_valid(values.len());
            return self
                .numbers
                .extend(values.iter().map(|value| (*value).into()));
        }
        for (value, state) in values.iter().zip(states) {
            let valid = *state == State::Value;
            self.validity.push(valid);
            if valid {
                self.numbers.push((*value).into());
            }
        }
    }

    fn bounds(&self) -> Option<(i64, i64)> {
        let first = *self.numbers.first()?;
        let wider =
            |(least, most): (i64, i64), number: &i64| (least.min(*number), most.max(*number));
        Some(self.numbers.iter().fold((first, first), wider))
    }
}

/// A chunk of 64-bit integers; `repeats` says whether they are worth a dictionary.
pub(in crate::write) fn int64s<'a>(
    writer: ChunkWriter<'_>,
    parts: impl Iterator<Item = Runs<'a, i64>>,
    repeats: bool,
) -> Result<ColumnChunk> {
    put_int64s(writer, &Gathered::of(parts), repeats)
}

/// A chunk of 64-bit integers that seldom repeat, one row after another.
pub(in crate::write) fn single_int64s(
    writer: ChunkWriter<'_>,
    numbers: impl Iterator<Item = Option<i64>>,
) -> Result<ColumnChunk> {
    let mut gathered = Gathered {
        validity: Validity::default(),
        numbers: Vec::new(),
    };
    for number in numbers {
        gathered.validity.push(number.is_some());
        gathered.numbers.extend(number);
    }
    put_int64s(writer, &gathered, false)
}

fn put_int64s(writer: ChunkWriter<'_>, gathered: &Gathered, repeats: bool) -> Result<ColumnChunk> {
    let plain = |number: i64| number.to_le_bytes();
    let writer = put(writer, gathered, repeats, true, plain)?;
    let (least, most) = gathered.bounds().unzip();
    writer.finish(|nulls| Some(Statistics::int64(least, most, None, nulls, false)))
}

/// A chunk of 32-bit integers, as [`int64s`].
pub(in crate::write) fn int32s<'a>(
    writer: ChunkWriter<'_>,
    parts: impl Iterator<Item = Runs<'a, i32>>,
    repeats: bool,
) -> Result<ColumnChunk> {
    let gathered = Gathered::of(parts);
    let bounds = gathered.bounds();
    let near = bounds.is_none_or(|(least, most)| most - least <= i64::from(i32::MAX));
    let plain = |number: i64| (number as i32).to_le_bytes();
    let writer = put(writer, &gathered, repeats, near, plain)?;
    writer.finish(|nulls| {
        let (least, most) = bounds.unzip();
        let narrow = |number: i64| number as i32;
        let (least, most) = (least.map(narrow), most.map(narrow));
        Some(Statistics::int32(least, most, None, nulls, false))
    })
}

/// Writes the pages: with a dictionary where that pays, else as differences where these fit.
fn put<'c, const SIZE: usize>(
    mut writer: ChunkWriter<'c>,
    gathered: &Gathered,
    repeats: bool,
    near: bool,
    plain: impl Fn(i64) -> [u8; SIZE],
) -> Result<ChunkWriter<'c>> {
    let Gathered { validity, numbers } = gathered;
    if numbers.is_empty() {
        writer.page(validity, Encoding::PLAIN, &[])?;
        return Ok(writer);
    }
    let numbered = repeats.then(|| Numbered::of(numbers)).flatten();
    if let Some(Numbered { distinct, indexes }) = numbered {
        let body: Vec<u8> = distinct.iter().flat_map(|number| plain(*number)).collect();
        writer.dictionary(distinct.len(), &body)?;
        let body = indexes::encode(&indexes, distinct.len() - 1);
        writer.page(validity, Encoding::RLE_DICTIONARY, &body)?;
    } else if near {
        writer.page(
            validity,
            Encoding::DELTA_BINARY_PACKED,
            &delta::encode(numbers),
        )?;
    } else {
        let body: Vec<u8> = numbers.iter().flat_map(|number| plain(*number)).collect();
        writer.page(validity, Encoding::PLAIN, &body)?;
    }
    Ok(writer)
}

/// Numbers by their place among the distinct ones, in the order in which these first appear.
struct Numbered {
    distinct: Vec<i64>,
    indexes: Vec<u32>,
}

impl Numbered {
    /// `None` where there are too many distinct ones.
    fn of(numbers: &[i64]) -> Option<Numbered> {
        const PLACES: usize = MOST * 2;
        const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
        // by a hash of the number: one more than its index
        let mut places = vec![0u32; PLACES];
        let mut distinct: Vec<i64> = Vec::new();
        let mut indexes = Vec::with_capacity(numbers.len());
        for number in numbers {
            let mut place = ((*number as u64).wrapping_mul(SPREAD) >> 40) as usize % PLACES;
            let index = loop {
                match places[place].checked_sub(1) {
                    Some(index) if distinct[index as usize] == *number => break index,
                    Some(_) => place = (place + 1) % PLACES,
                    None if distinct.len() == MOST => return None,
                    None => {
                        distinct.push(*number);
                        places[place] = distinct.len() as u32;
                        break distinct.len() as u32 - 1;
                    }
                }
            };
            indexes.push(index);
        }
        Some(Numbered { distinct, indexes })
    }
}

/// A chunk of true and false.
pub(in crate::write) fn bools<'a>(
    mut writer: ChunkWriter<'_>,
    parts: impl Iterator<Item = Runs<'a, bool>>,
) -> Result<ColumnChunk> {
    let Gathered { validity, numbers } = Gathered::of(parts);
    let mut body = Vec::with_capacity(numbers.len() / 8 + 1);
    bits::pack(&mut body, 1, numbers.iter().map(|number| *number as u64));
    writer.page(&validity, Encoding::PLAIN, &body)?;
    writer.finish(|nulls| {
        let least = numbers.iter().min().map(|number| *number == 1);
        let most = numbers.iter().max().map(|number| *number == 1);
        Some(Statistics::boolean(least, most, None, nulls, false))
    })
}
