//! UTF-16 to UTF-8, piece by piece.

use encoding_rs::{Decoder, DecoderResult, UTF_16BE, UTF_16LE};
use memchr::memmem;

use crate::dialect::Encoding;

/// Stands for a lone surrogate, a lone byte at the end, or the U+FFFD that another program has put in
/// the place of one. It is no part of any UTF-8 text, so that the record around it is found to be
/// undecodable, which U+FFFD would hide.
const NO_TEXT: u8 = 0xff;

/// Carries a half-read character over from one piece to the next.
pub(super) struct Transcoder {
    decoder: Decoder,
}

impl Transcoder {
    /// A transcoder for the two encodings that need one.
    pub(super) fn new(encoding: Encoding) -> Option<Transcoder> {
        let encoding = match encoding {
            Encoding::Utf16Le => UTF_16LE,
            Encoding::Utf16Be => UTF_16BE,
            Encoding::Utf8 | Encoding::Windows1252 => return None,
        };
        Some(Transcoder {
            decoder: encoding.new_decoder_without_bom_handling(),
        })
    }

    /// Appends the text of `from` to `into`. Nothing may follow the piece that is `last`.
    pub(super) fn push(&mut self, mut from: &[u8], last: bool, into: &mut Vec<u8>) {
        loop {
            let start = into.len();
            // a unit becomes three bytes at most, and one that is carried over comes on top
            into.resize(start + from.len() * 3 / 2 + 16, 0);
            let room = into.get_mut(start..).unwrap_or_default();
            let (result, read, written) = self
                .decoder
                .decode_to_utf8_without_replacement(from, room, last);
            into.truncate(start + written);
            mark_replacements(into, start);
            from = from.get(read..).unwrap_or_default();
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => into.push(NO_TEXT),
            }
        }
    }
}

fn mark_replacements(text: &mut Vec<u8>, start: usize) {
    const REPLACEMENT: &[u8] = "\u{fffd}".as_bytes();
    let mut from = start;
    while let Some(at) = memmem::find(text.get(from..).unwrap_or_default(), REPLACEMENT) {
        from += at;
        text.splice(from..from + REPLACEMENT.len(), [NO_TEXT]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transcode(units: &[u16], step: usize) -> Vec<u8> {
        let bytes: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let mut transcoder = Transcoder::new(Encoding::Utf16Le).unwrap();
        let mut text = Vec::new();
        for piece in bytes.chunks(step) {
            transcoder.push(piece, false, &mut text);
        }
        transcoder.push(&[], true, &mut text);
        text
    }

    #[test]
    fn a_surrogate_pair_may_lie_across_pieces() {
        let units: Vec<u16> = "a£€😀z".encode_utf16().collect();
        for step in 1..10 {
            assert_eq!(transcode(&units, step), "a£€😀z".as_bytes());
        }
    }

    #[test]
    fn a_lone_surrogate_becomes_a_byte_that_is_no_text() {
        assert_eq!(transcode(&[0x61, 0xd800, 0x62], 3), b"a\xffb");
        assert_eq!(transcode(&[0x61, 0xdc00], 64), b"a\xff");
        assert_eq!(transcode(&[0x61, 0xd800], 64), b"a\xff");
        assert_eq!(transcode(&[0x61, 0xfffd, 0x62, 0xfffd], 64), b"a\xffb\xff");
    }
}
