//! Bytes of records to text.

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::WINDOWS_1252;

use crate::dialect::Encoding;

use super::super::raw_chunk::{Cut, CutFault};

/// The records of a chunk as text.
pub(super) struct DecodedChunk {
    pub(super) text: String,
    /// The bytes, where the text differs from them.
    pub(super) raw: Option<Vec<u8>>,
    /// The records' places in the bytes, with a fault where they are no text.
    pub(super) cuts: Vec<Cut>,
    /// The records' places in the text; empty where they are those in the bytes.
    places: Vec<Range<usize>>,
    /// The places of the objects around records, in the bytes.
    pub(super) contexts: Vec<Range<u32>>,
    /// Their places in the text, `None` for those that are no text; empty where they are those in the
    /// bytes.
    context_places: Vec<Option<Range<usize>>>,
}

impl DecodedChunk {
    /// The text of a record, and where it begins.
    pub(super) fn record(&self, index: usize) -> (usize, &str) {
        let place = match (self.places.get(index), self.cuts.get(index)) {
            (Some(place), _) => place.clone(),
            (None, Some(cut)) => cut.start as usize..cut.end as usize,
            (None, None) => 0..0,
        };
        (place.start, self.text.get(place).unwrap_or_default())
    }

    /// Whether a record may take more than one physical line, as far as the next one tells.
    pub(super) fn may_span_lines(&self, index: usize) -> bool {
        match (self.cuts.get(index), self.cuts.get(index + 1)) {
            (Some(cut), Some(next)) => next.line > cut.line + 1,
            _ => true,
        }
    }

    /// The place of an object around records in the text; `None` where it is no text.
    pub(super) fn context(&self, at: u32) -> Option<Range<usize>> {
        match self.context_places.get(at as usize) {
            Some(place) => place.clone(),
            None => {
                let bytes = self.contexts.get(at as usize)?;
                Some(bytes.start as usize..bytes.end as usize)
            }
        }
    }
}

/// Decodes a chunk: without copying where its bytes are UTF-8 already, record by record otherwise,
/// so that a record that is no text does not harm its neighbours.
pub(super) fn decode(
    bytes: Vec<u8>,
    cuts: Vec<Cut>,
    contexts: Vec<Range<u32>>,
    encoding: Option<Encoding>,
) -> DecodedChunk {
    if encoding == Some(Encoding::Windows1252) && !bytes.is_ascii() {
        return one_by_one(bytes, cuts, contexts, |record| {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(record);
            Some(text)
        });
    }
    match String::from_utf8(bytes) {
        Ok(text) => DecodedChunk {
            text,
            raw: None,
            cuts,
            places: Vec::new(),
            contexts,
            context_places: Vec::new(),
        },
        Err(error) => one_by_one(error.into_bytes(), cuts, contexts, |record| {
            std::str::from_utf8(record).ok().map(Cow::Borrowed)
        }),
    }
}

fn one_by_one(
    bytes: Vec<u8>,
    mut cuts: Vec<Cut>,
    contexts: Vec<Range<u32>>,
    decode: impl Fn(&[u8]) -> Option<Cow<'_, str>>,
) -> DecodedChunk {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    let mut places = Vec::with_capacity(cuts.len());
    for cut in &mut cuts {
        let start = text.len();
        if cut.fault.is_none() {
            let record = bytes.get(cut.start as usize..cut.end as usize);
            match record.and_then(&decode) {
                Some(record) => text.push_str(&record),
                None => cut.fault = Some(CutFault::Undecodable),
            }
        }
        places.push(start..text.len());
    }
    let mut context_places = Vec::with_capacity(contexts.len());
    for context in &contexts {
        let start = text.len();
        let written = bytes.get(context.start as usize..context.end as usize);
        context_places.push(written.and_then(&decode).map(|written| {
            text.push_str(&written);
            start..text.len()
        }));
    }
    DecodedChunk {
        text,
        raw: Some(bytes),
        cuts,
        places,
        contexts,
        context_places,
    }
}

/// The text of a few bytes that must become text in any case.
pub(super) fn lossy(bytes: &[u8], encoding: Option<Encoding>) -> Cow<'_, str> {
    match encoding {
        Some(Encoding::Windows1252) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
        _ => String::from_utf8_lossy(bytes),
    }
}
