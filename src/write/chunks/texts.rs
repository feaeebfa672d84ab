//! Chunks of texts.

use std::ops::Range;

use parquet::basic::Encoding;
use parquet::data_type::ByteArray;
use parquet::errors::Result;
use parquet::file::statistics::Statistics;

use super::numbers::Runs;
use super::page::PAGE;
use super::{ChunkWriter, ColumnChunk, Validity, indexes};
use crate::candidate::{State, TextValues};
use crate::distinct_texts::DistinctTexts;

/// Distinct texts that a dictionary holds at most.
const MOST: usize = 1 << 13;
/// Bytes of them.
const MOST_BYTES: usize = PAGE;

/// Bytes of the longest text that the file's footer repeats.
const MOST_BOUND: usize = 64;

/// A column of a batch, with the runs of rows that are to be written.
type TextRuns<'a> = (&'a TextValues, &'a [Range<usize>]);

/// A text that a run of rows has.
pub(in crate::write) struct Constant<'a> {
    pub(in crate::write) text: &'a str,
    pub(in crate::write) rows: usize,
}

fn put_plain(body: &mut Vec<u8>, text: &str) {
    body.extend_from_slice(&(text.len() as u32).to_le_bytes());
    body.extend_from_slice(text.as_bytes());
}

/// A chunk of texts that differ, in the making. It has no bounds: they are of no use among such texts.
pub(in crate::write) struct PlainTexts<'c> {
    writer: ChunkWriter<'c>,
    validity: Validity,
    body: Vec<u8>,
}

impl<'c> PlainTexts<'c> {
    /// A chunk without rows.
    pub(in crate::write) fn new(writer: ChunkWriter<'c>) -> PlainTexts<'c> {
        PlainTexts {
            writer,
            validity: Validity::default(),
            body: Vec::with_capacity(PAGE + PAGE / 4),
        }
    }

    /// Adds a row.
    pub(in crate::write) fn push(&mut self, text: Option<&str>) -> Result<()> {
        self.validity.push(text.is_some());
        if let Some(text) = text {
            put_plain(&mut self.body, text);
        }
        match self.body.len() >= PAGE {
            true => self.end_page(),
            false => Ok(()),
        }
    }

    fn end_page(&mut self) -> Result<()> {
        self.writer
            .page(&self.validity, Encoding::PLAIN, &self.body)?;
        self.validity = Validity::default();
        self.body.clear();
        Ok(())
    }

    /// The chunk.
    pub(in crate::write) fn finish(mut self) -> Result<ColumnChunk> {
        if self.validity.rows() > 0 {
            self.end_page()?;
        }
        let statistics = |nulls| Statistics::byte_array(None, None, None, nulls, false);
        self.writer.finish(|nulls| Some(statistics(nulls)))
    }
}

/// A chunk of texts that differ.
pub(in crate::write) fn plain_texts<'a>(
    writer: ChunkWriter<'_>,
    parts: impl Iterator<Item = TextRuns<'a>>,
) -> Result<ColumnChunk> {
    let mut texts = PlainTexts::new(writer);
    for (column, runs) in parts {
        for row in runs.iter().flat_map(|run| run.clone()) {
            texts.push(column.get(row))?;
        }
    }
    texts.finish()
}

/// A chunk of texts of a few kinds of rows, none of which has a text of its own; `places` tells the kind of
/// each row.
pub(in crate::write) fn kinds<'a>(
    writer: ChunkWriter<'_>,
    texts: impl Iterator<Item = Option<&'a str>>,
    places: &[u32],
) -> Result<ColumnChunk> {
    let mut known = DistinctTexts::default();
    let mut dictionary = Dictionary::default();
    let numbers = texts.map(|text| {
        let text = text?;
        let number = known.number(text);
        if number == dictionary.count {
            dictionary.add(text);
        }
        Some(number as u32)
    });
    let numbers: Vec<Option<u32>> = numbers.collect();
    let mut validity = Validity::default();
    let mut indexes = Vec::with_capacity(places.len());
    for place in places {
        let number = numbers.get(*place as usize).copied().flatten();
        validity.push(number.is_some());
        indexes.extend(number);
    }
    dictionary.write(writer, &validity, &indexes)
}

/// A chunk of texts that repeat; as [`plain_texts`] where too many differ.
pub(in crate::write) fn dictionary_texts<'a>(
    writer: ChunkWriter<'_>,
    parts: impl Iterator<Item = TextRuns<'a>> + Clone,
) -> Result<ColumnChunk> {
    let mut known = DistinctTexts::default();
    let mut dictionary = Dictionary::default();
    let mut validity = Validity::default();
    let mut indexes = Vec::new();
    for (column, runs) in parts.clone() {
        for row in runs.iter().flat_map(|run| run.clone()) {
            let text = column.get(row);
            validity.push(text.is_some());
            let Some(text) = text else { continue };
            let number = known.number(text);
            if number == dictionary.count {
                dictionary.add(text);
            }
            indexes.push(number as u32);
        }
        if dictionary.count > MOST || dictionary.body.len() > MOST_BYTES {
            return plain_texts(writer, parts);
        }
    }
    dictionary.write(writer, &validity, &indexes)
}

/// A chunk of values of a closed list, by their places in it.
pub(in crate::write) fn terms<'a>(
    writer: ChunkWriter<'_>,
    parts: impl Iterator<Item = Runs<'a, u8>>,
    allowed: &[String],
) -> Result<ColumnChunk> {
    let mut validity = Validity::default();
    let mut places = Vec::new();
    for (column, runs) in parts {
        for run in runs {
            let (values, states) = (&column.values[run.clone()], &column.states[run.clone()]);
            validity.extend(states);
            let cells = values.iter().zip(states);
            let values = cells.filter(|(_, state)| **state == State::Value);
            places.extend(values.map(|(place, _)| u32::from(*place)));
        }
    }
    let mut dictionary = Dictionary::default();
    let mut indexes = vec![None; allowed.len()];
    // only those that occur, so that the dictionary tells which do
    for place in &mut places {
        let at = *place as usize;
        let index = *indexes[at].get_or_insert_with(|| {
            dictionary.add(&allowed[at]);
            dictionary.count as u32 - 1
        });
        *place = index;
    }
    dictionary.write(writer, &validity, &places)
}

/// A chunk of texts each of which a whole batch has.
pub(in crate::write) fn constant<'a>(
    writer: ChunkWriter<'_>,
    constants: impl Iterator<Item = Constant<'a>>,
) -> Result<ColumnChunk> {
    let mut known = DistinctTexts::default();
    let mut dictionary = Dictionary::default();
    let mut validity = Validity::default();
    let mut indexes = Vec::new();
    for Constant { text, rows } in constants {
        let number = known.number(text);
        if number == dictionary.count {
            dictionary.add(text);
        }
        validity.push_valid(rows);
        indexes.extend(std::iter::repeat_n(number as u32, rows));
    }
    dictionary.write(writer, &validity, &indexes)
}

/// Distinct texts as a page of them, with the first and the last in the order of their bytes.
#[derive(Default)]
struct Dictionary {
    count: usize,
    body: Vec<u8>,
    bounds: Option<(String, String)>,
}

impl Dictionary {
    fn add(&mut self, text: &str) {
        self.count += 1;
        put_plain(&mut self.body, text);
        match &mut self.bounds {
            None => self.bounds = Some((text.to_owned(), text.to_owned())),
            Some((least, _)) if text < least.as_str() => text.clone_into(least),
            Some((_, most)) if text > most.as_str() => text.clone_into(most),
            Some(_) => {}
        }
    }

    fn write(
        self,
        mut writer: ChunkWriter<'_>,
        validity: &Validity,
        indexes: &[u32],
    ) -> Result<ColumnChunk> {
        if self.count == 0 {
            writer.page(validity, Encoding::PLAIN, &[])?;
        } else {
            writer.dictionary(self.count, &self.body)?;
            let body = indexes::encode(indexes, self.count - 1);
            writer.page(validity, Encoding::RLE_DICTIONARY, &body)?;
        }
        writer.finish(|nulls| {
            let bounds = self
                .bounds
                .filter(|(least, most)| least.len().max(most.len()) <= MOST_BOUND);
            let (least, most) = bounds.unzip();
            let bytes = |text: String| ByteArray::from(text.as_str());
            let (least, most) = (least.map(bytes), most.map(bytes));
            Some(Statistics::byte_array(least, most, None, nulls, false))
        })
    }
}
