//! The text of an input: unpacked, without byte order mark, and in an encoding of which ASCII is a
//! part, so that everything behind it may look for ASCII bytes.

use std::io::{self, Read};

use crate::dialect::{DialectWish, Encoding};
use crate::error::{Error, Result};

use super::InputPlace;
use super::detect;
use super::gzip::Members;
use super::stored::Stored;
use super::utf16::Transcoder;
use super::workbook::{self, SheetText};

const GZIP_MAGIC: &[u8] = &[0x1f, 0x8b];
const STEP: usize = 64 << 10;
/// Bytes that are read at once.
const READ: usize = 512 << 10;

/// The text of an opened input.
pub(super) struct Decoded {
    /// The input as the operator named it.
    name: String,
    body: Body,
    /// Bytes read to learn the encoding, without the byte order mark.
    head: Vec<u8>,
    utf16: Option<Transcoder>,
    encoding: Option<Encoding>,
    bom: bool,
}

enum Body {
    Plain(Stored),
    Gzip(Members),
    /// A sheet of a workbook, of which all bytes have been read.
    Sheet(Stored, SheetText),
}

impl Read for Body {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Body::Plain(stored) => stored.read(into),
            Body::Gzip(unpacked) => unpacked.read(into),
            Body::Sheet(_, lines) => lines.read(into),
        }
    }
}

impl Body {
    /// Appends `count` bytes, or all where there are fewer; says how many.
    fn append(&mut self, into: &mut Vec<u8>, count: usize) -> io::Result<usize> {
        match self {
            Body::Plain(stored) => stored.append(into, count),
            Body::Gzip(_) | Body::Sheet(..) => self.take(count as u64).read_to_end(into),
        }
    }
}

impl Decoded {
    /// Opens the input. Of `wish` the encoding and the sheet are asked for; `digest` says whether there is to
    /// be one.
    pub(super) fn open(
        place: &InputPlace,
        name: &str,
        wish: &DialectWish,
        digest: bool,
    ) -> Result<Decoded> {
        let system = |error: io::Error| Error::input(name, &error);
        let mut stored = Stored::open(place).map_err(system)?;
        if !digest {
            stored.leave_digest();
        }
        let magic = stored.peek(workbook::MAGIC_LENGTH).map_err(system)?;
        let body = if workbook::is_packed(magic) {
            let mut bytes = Vec::new();
            stored.read_to_end(&mut bytes).map_err(system)?;
            Body::Sheet(stored, SheetText::open(bytes, name, wish.sheet.as_ref())?)
        } else if magic.starts_with(GZIP_MAGIC) {
            Body::Gzip(Members::new(stored, STEP))
        } else {
            Body::Plain(stored)
        };
        let mut decoded = Decoded {
            name: name.to_owned(),
            body,
            head: Vec::new(),
            utf16: None,
            encoding: wish.encoding,
            bom: false,
        };
        match decoded.body {
            Body::Sheet(..) => decoded.encoding = Some(Encoding::Utf8),
            Body::Plain(_) | Body::Gzip(_) => decoded.sniff()?,
        }
        Ok(decoded)
    }

    fn sniff(&mut self) -> Result<()> {
        let mut head = Vec::new();
        let read = self.body.by_ref().take(1024).read_to_end(&mut head);
        read.map_err(|error| self.fault(&error))?;
        if let Some(why) = detect::no_table(&head) {
            let path = self.name.clone();
            return Err(Error::Input {
                path,
                why: why.to_owned(),
            });
        }
        let (encoding, mark) = detect::byte_order_mark(&head, self.encoding);
        self.bom = mark > 0;
        head.drain(..mark);
        self.encoding = encoding.or_else(|| detect::utf16_by_nul(&head));
        self.utf16 = self.encoding.and_then(Transcoder::new);
        self.head = head;
        Ok(())
    }

    /// Appends text to `into` until it is `target` bytes long; says whether the input has ended.
    pub(super) fn fill(&mut self, into: &mut Vec<u8>, target: usize) -> Result<bool> {
        let head = std::mem::take(&mut self.head);
        let outcome = match self.utf16.take() {
            None => {
                into.extend_from_slice(&head);
                self.fill_plain(into, target)
            }
            Some(mut transcoder) => {
                transcoder.push(&head, false, into);
                let outcome = self.fill_utf16(&mut transcoder, into, target);
                self.utf16 = Some(transcoder);
                outcome
            }
        };
        outcome.map_err(|error| self.fault(&error))
    }

    fn fill_plain(&mut self, into: &mut Vec<u8>, target: usize) -> io::Result<bool> {
        while into.len() < target {
            // no further than a step, so that bytes are hashed while they are near
            let count = READ.min(target - into.len());
            if self.body.append(into, count)? < count {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn fill_utf16(
        &mut self,
        transcoder: &mut Transcoder,
        into: &mut Vec<u8>,
        target: usize,
    ) -> io::Result<bool> {
        let mut units = Vec::with_capacity(STEP);
        while into.len() < target {
            units.clear();
            let mut step = self.body.by_ref().take(STEP as u64);
            let last = step.read_to_end(&mut units)? < STEP;
            transcoder.push(&units, last, into);
            if last {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The encoding, where the profile or the first bytes tell it.
    pub(super) fn encoding(&self) -> Option<Encoding> {
        self.encoding
    }

    /// Whether the input begins with a byte order mark.
    pub(super) fn bom(&self) -> bool {
        self.bom
    }

    /// Whether the input is compressed.
    pub(super) fn gzip(&self) -> bool {
        matches!(self.body, Body::Gzip(_))
    }

    /// Name of the sheet, where the input is a workbook.
    pub(super) fn sheet(&self) -> Option<&str> {
        match &self.body {
            Body::Sheet(_, lines) => Some(&lines.name),
            Body::Plain(_) | Body::Gzip(_) => None,
        }
    }

    /// In which column of its sheet the first column of a workbook's table stands, counted from 0, as far
    /// as has been read.
    pub(super) fn first_column(&self) -> u32 {
        match &self.body {
            Body::Sheet(_, lines) => lines.first_column,
            Body::Plain(_) | Body::Gzip(_) => 0,
        }
    }

    /// The bytes as stored.
    pub(super) fn stored(&self) -> &Stored {
        match &self.body {
            Body::Plain(stored) => stored,
            Body::Gzip(unpacked) => unpacked.stored(),
            Body::Sheet(stored, _) => stored,
        }
    }

    /// How many bytes of text are left to read, where that is known; a file may still grow.
    pub(super) fn left(&self) -> Option<usize> {
        match (&self.body, &self.utf16) {
            (Body::Plain(stored), None) => stored.left(),
            _ => None,
        }
    }

    fn fault(&self, error: &io::Error) -> Error {
        use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
        if self.gzip() && matches!(error.kind(), InvalidData | InvalidInput | UnexpectedEof) {
            return Error::Input {
                path: self.name.clone(),
                why: "the gzip stream is damaged or incomplete; copy the file again".to_owned(),
            };
        }
        if let Body::Sheet(..) = self.body {
            return Error::Input {
                path: self.name.clone(),
                why: error.to_string(),
            };
        }
        Error::input(&self.name, error)
    }
}
