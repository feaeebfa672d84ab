//! Column chunks of the core tables and of findings, from columns of our own straight to Parquet's pages.
//!
//! Encoding is the largest part of the work on an alert, and most of it would go into finding out again
//! what is known here: that a field of a closed list has few values, that a run of cells has no gaps, that
//! a key differs from row to row. So values go from the columns into pages at once, without Arrow arrays,
//! levels or hash tables in between, and each type has the one encoding that suits it. Headers, file
//! metadata and everything else of the format are those of the `parquet` crate.
//!
//! | values | encoding |
//! |---|---|
//! | closed lists, the landlord, the input | dictionary, its indexes known |
//! | codes, users, days of duration, short texts | dictionary, or as below where too many differ |
//! | keys, days, points in time | `DELTA_BINARY_PACKED` |
//! | long texts, the landlord's own keys | `PLAIN` |
//! | true and false | `PLAIN`, a bit each |
//!
//! Tried, and left: `DELTA_BYTE_ARRAY` halves the column of the landlord's own keys again and
//! `DELTA_LENGTH_BYTE_ARRAY` takes 5 % off the descriptions, `BYTE_STREAM_SPLIT` takes 12 % off points in
//! time; fewer readers know them than `DELTA_BINARY_PACKED`. Users' keys in `DELTA_BINARY_PACKED` grow by
//! up to 5 %, and by more where few users have long keys.
//!
//! Through Arrow arrays and the column writers of the `parquet` crate the same took 1.8 times as many
//! instructions, zstd included.

mod bits;
mod delta;
mod indexes;
mod numbers;
mod page;
mod texts;
mod validity;

pub(super) use numbers::{bools, int32s, int64s, single_int64s};
pub(super) use page::{ChunkWriter, ColumnChunk, Compressor};
pub(super) use texts::{
    Constant, PlainTexts, constant, dictionary_texts, kinds, plain_texts, terms,
};
pub(super) use validity::Validity;
