//! One column chunk in the making: its pages, compressed and with their headers, and what the file's
//! footer says of it.

use bytes::Bytes;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::column::page::{CompressedPage, Page, PageWriter};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::statistics::Statistics;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;

use super::super::ZSTD_LEVEL;
use super::Validity;

/// Bytes of values after which a page is full, as usual with Parquet.
pub(super) const PAGE: usize = 1 << 20;

/// Bytes of a page that tell whether it is worth compressing.
const SAMPLE: usize = 32 << 10;

/// An encoded column chunk.
pub(in crate::write) struct ColumnChunk {
    pub(in crate::write) bytes: Bytes,
    pub(in crate::write) close: ColumnCloseResult,
}

/// Compresses pages, one after another.
pub(in crate::write) struct Compressor(zstd::bulk::Compressor<'static>);

impl Compressor {
    /// A compressor at the level of all files.
    pub(in crate::write) fn new() -> Result<Compressor> {
        Ok(Compressor(zstd::bulk::Compressor::new(ZSTD_LEVEL)?))
    }
}

/// A column chunk in the making.
pub(in crate::write) struct ChunkWriter<'c> {
    column: ColumnDescPtr,
    compressor: &'c mut Compressor,
    sink: TrackedWrite<Vec<u8>>,
    encodings: Vec<Encoding>,
    rows: usize,
    nulls: usize,
    uncompressed: usize,
    dictionary_at: Option<i64>,
    data_at: Option<i64>,
    /// Whether pages are compressed.
    compressing: bool,
}

impl<'c> ChunkWriter<'c> {
    /// A chunk of a column without pages.
    pub(in crate::write) fn new(
        column: ColumnDescPtr,
        compressor: &'c mut Compressor,
    ) -> ChunkWriter<'c> {
        ChunkWriter {
            column,
            compressor,
            sink: TrackedWrite::new(Vec::new()),
            encodings: vec![Encoding::RLE],
            rows: 0,
            nulls: 0,
            uncompressed: 0,
            dictionary_at: None,
            data_at: None,
            compressing: true,
        }
    }

    /// Whether the column may have rows without a value.
    pub(super) fn is_nullable(&self) -> bool {
        self.column.max_def_level() > 0
    }

    /// Writes the dictionary of so many values, in front of all data.
    pub(super) fn dictionary(&mut self, values: usize, body: &[u8]) -> Result<()> {
        let page = Page::DictionaryPage {
            buf: self.compressed(body)?,
            num_values: values as u32,
            encoding: Encoding::PLAIN,
            is_sorted: false,
        };
        self.dictionary_at = Some(self.write(page, body.len())?);
        self.encodings.push(Encoding::PLAIN);
        Ok(())
    }

    /// Writes a page of data: which rows have a value, and the encoded values of those.
    pub(super) fn page(
        &mut self,
        validity: &Validity,
        encoding: Encoding,
        body: &[u8],
    ) -> Result<()> {
        if validity.nulls() > 0 && !self.is_nullable() {
            let name = self.column.name();
            return Err(ParquetError::General(format!("{name} is empty")));
        }
        let mut whole = Vec::with_capacity(body.len() + validity.rows() / 8 + 32);
        if self.is_nullable() {
            validity.put(&mut whole);
        }
        whole.extend_from_slice(body);
        if encoding == Encoding::DELTA_BINARY_PACKED && self.sink.bytes_written() == 0 {
            self.compressing = self.shrinks(&whole)?;
        }
        let page = Page::DataPage {
            buf: self.compressed(&whole)?,
            num_values: validity.rows() as u32,
            encoding,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        };
        let at = self.write(page, whole.len())?;
        self.data_at.get_or_insert(at);
        if !self.encodings.contains(&encoding) {
            self.encodings.push(encoding);
        }
        self.rows += validity.rows();
        self.nulls += validity.nulls();
        Ok(())
    }

    /// Whether compressing is worth the time, by the beginning of a page: of differences in few bits hardly
    /// anything can be saved, unless they repeat.
    fn shrinks(&mut self, page: &[u8]) -> Result<bool> {
        let sample = page.get(..SAMPLE).unwrap_or(page);
        let left = self.compressor.0.compress(sample)?.len();
        Ok(left * 100 < sample.len() * 98)
    }

    fn compressed(&mut self, body: &[u8]) -> Result<Bytes> {
        match self.compressing {
            true => Ok(self.compressor.0.compress(body)?.into()),
            false => Ok(Bytes::copy_from_slice(body)),
        }
    }

    /// Writes a page; returns where it lies in the chunk.
    fn write(&mut self, page: Page, length: usize) -> Result<i64> {
        let page = CompressedPage::new(page, length);
        let written = SerializedPageWriter::new(&mut self.sink).write_page(page)?;
        self.uncompressed += written.uncompressed_size;
        Ok(written.offset as i64)
    }

    /// The chunk; `statistics` are made of the number of rows without a value.
    pub(super) fn finish(
        self,
        statistics: impl FnOnce(Option<u64>) -> Option<Statistics>,
    ) -> Result<ColumnChunk> {
        let compression = match self.compressing {
            true => Compression::ZSTD(ZstdLevel::try_new(ZSTD_LEVEL)?),
            false => Compression::UNCOMPRESSED,
        };
        let bytes: Bytes = self.sink.into_inner()?.into();
        let mut metadata = ColumnChunkMetaData::builder(self.column)
            .set_compression(compression)
            .set_encodings(self.encodings)
            .set_num_values(self.rows as i64)
            .set_total_compressed_size(bytes.len() as i64)
            .set_total_uncompressed_size(self.uncompressed as i64)
            .set_dictionary_page_offset(self.dictionary_at)
            .set_data_page_offset(self.data_at.unwrap_or_default());
        if let Some(statistics) = statistics(Some(self.nulls as u64)) {
            metadata = metadata.set_statistics(statistics);
        }
        let close = ColumnCloseResult {
            bytes_written: bytes.len() as u64,
            rows_written: self.rows as u64,
            metadata: metadata.build()?,
            bloom_filter: None,
            column_index: None,
            offset_index: None,
        };
        Ok(ColumnChunk { bytes, close })
    }
}
