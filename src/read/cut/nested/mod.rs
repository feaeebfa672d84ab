//! Records anywhere in a JSON document: the elements of the arrays to which a path leads.
//!
//! The cutter walks down the path, and keeps of each object on it what columns ask for. So that members
//! behind the records count too it looks ahead over an object of the path, as far as a record may be
//! long. Of an object that does not end there, or is broken, only what stands in front of its records is
//! known: they can be read where that is everything that is asked for.

mod context;
mod members;
mod recovery;
mod skip;
mod walk;

use super::super::raw_chunk::CutFault;
use super::cursor::{Commas, Cursor, behind_space};
use super::element::{self, Element};
use super::{Piece, Step, behind_line_end};
use crate::dialect::record_path::{self, RecordPath};
use context::Level;
use members::Ahead;
use recovery::Broken;
use skip::{Passed, Skip};

pub(in crate::read) use context::Context;

/// Cuts the elements out of the arrays to which a path leads.
pub(in crate::read) struct NestedCutter {
    steps: Vec<Kind>,
    /// What is asked for of the objects of the path, the outermost first.
    levels: Vec<Level>,
    max_record: usize,
    cursor: Cursor,
    place: Place,
    /// The objects and arrays that are open, the outermost first: as many as steps of the path have
    /// been begun.
    frames: Vec<Frame>,
    /// How many of them a broken piece has left; taken into account when the piece has been seen.
    left: Option<usize>,
    /// Those up to the outermost array, for going on behind what is broken.
    anchor: Option<Vec<Frame>>,
    /// Whether something was broken, so that a bracket may not be the one that it seems to be.
    recovering: bool,
    /// Whether the piece at hand stands among the members of the innermost object.
    among_members: bool,
    /// Members of the path's objects that nothing asks for, not yet told.
    strangers: Vec<String>,
    /// Numbers the contexts.
    contexts: u64,
    /// Changes whenever what encloses the records does.
    version: u64,
    /// How many arrays of records were met, and empty ones in which there could be no such.
    arrays: u64,
    /// Whether commas are missing or too many.
    stray_commas: bool,
    closed: bool,
}

/// What a step of the path goes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Object,
    Array,
}

#[derive(Debug)]
enum Place {
    /// In front of everything.
    Front,
    /// In the innermost frame.
    Within,
    /// In a long value that nothing asks for.
    Skipping(Skip),
    /// In what is left of something broken.
    Broken(Broken),
    /// Behind everything.
    Behind,
}

/// An object or array of the path.
#[derive(Debug, Clone)]
enum Frame {
    Object {
        commas: Commas,
        context: Context,
    },
    Array {
        commas: Commas,
        /// White space in front of the element at hand on its line, if nothing else is.
        indent: Option<usize>,
    },
}

/// What became of the bytes at a place.
enum Turn {
    /// They are passed, up to this place.
    Go(usize),
    /// They are what was looked for.
    Out(Step),
}

/// What encloses the record that was cut last.
pub(in crate::read) struct Enclosing<'c> {
    /// The same number means the same.
    pub(in crate::read) version: u64,
    /// How many objects and arrays are open.
    pub(in crate::read) opened: usize,
    /// How many steps of the path lead to the record.
    pub(in crate::read) taken: usize,
    frames: &'c [Frame],
}

impl<'c> Enclosing<'c> {
    /// The open objects, the outermost first.
    pub(in crate::read) fn contexts(&self) -> impl Iterator<Item = &'c Context> {
        self.frames.iter().filter_map(|frame| match frame {
            Frame::Object { context, .. } => Some(context),
            Frame::Array { .. } => None,
        })
    }
}

impl NestedCutter {
    /// `wanted` holds, for each object of the path, the members that columns ask for.
    pub(in crate::read) fn new(
        path: &RecordPath,
        wanted: impl Iterator<Item = Vec<Box<str>>>,
        max_record: usize,
    ) -> NestedCutter {
        let names = path.steps().iter().filter_map(|step| match step {
            record_path::Step::Member(name) => Some(name),
            record_path::Step::Each => None,
        });
        let ups = (1..=path.parents()).rev();
        let levels = names.zip(wanted).zip(ups);
        let kind = |step: &record_path::Step| match step {
            record_path::Step::Member(_) => Kind::Object,
            record_path::Step::Each => Kind::Array,
        };
        NestedCutter {
            steps: path.steps().iter().map(kind).collect(),
            levels: levels
                .map(|((name, wanted), up)| Level::new(name, wanted, up))
                .collect(),
            max_record,
            cursor: Cursor::new(),
            place: Place::Front,
            frames: Vec::new(),
            left: None,
            anchor: None,
            recovering: false,
            among_members: false,
            strangers: Vec::new(),
            contexts: 0,
            version: 0,
            arrays: 0,
            stray_commas: false,
            closed: false,
        }
    }

    /// Begins with a document of its own, which begins at `at`, ends where the bytes do, and is no longer
    /// than a record may be; returns where to go on in it.
    ///
    /// # Errors
    /// What is wrong with the document as a whole.
    pub(super) fn begin(&mut self, bytes: &[u8], at: usize, line: u64) -> Result<usize, CutFault> {
        self.frames.clear();
        self.version += 1;
        self.place = Place::Within;
        self.cursor = Cursor { line, indent: None };
        (self.left, self.anchor, self.recovering) = (None, None, false);
        let at = behind_space(bytes, at);
        let (end, next) = match (self.steps.first(), bytes.get(at)) {
            (Some(Kind::Object), Some(b'{')) => {
                let ahead = self
                    .levels
                    .first_mut()
                    .map(|level| members::look_ahead(bytes, at, level, &mut self.strangers));
                let Some(Ahead::Whole { context, path, end }) = ahead else {
                    return Err(CutFault::Unparsable);
                };
                self.open_frame(context);
                (end, path.unwrap_or(end - 1))
            }
            (Some(Kind::Array), Some(b'[')) => match element::find_end(bytes, at, true) {
                Element::Ends(end) => {
                    self.place = Place::Front;
                    (end, at)
                }
                _ => return Err(CutFault::Unparsable),
            },
            _ => {
                let document = bytes.get(at..).unwrap_or_default();
                let json = serde_json::from_slice::<serde::de::IgnoredAny>(document);
                return Err(json.map_or(CutFault::Unparsable, |_| CutFault::Misplaced));
            }
        };
        match behind_space(bytes, end) == bytes.len() {
            true => Ok(next),
            false => {
                self.frames.clear();
                Err(CutFault::Unparsable)
            }
        }
    }

    /// What encloses the record that was cut last.
    pub(in crate::read) fn enclosing(&self) -> Enclosing<'_> {
        let opened = self.frames.len();
        Enclosing {
            version: self.version,
            opened,
            taken: opened - usize::from(self.among_members && opened > 0),
            frames: &self.frames,
        }
    }

    /// Members of the objects around records that nothing asks for and that were not told before.
    pub(in crate::read) fn take_strangers(&mut self) -> Vec<String> {
        std::mem::take(&mut self.strangers)
    }

    /// How many arrays of records were met, and empty ones in which there could be no such.
    pub(in crate::read) fn arrays(&self) -> u64 {
        self.arrays
    }

    pub(super) fn stray_commas(&self) -> bool {
        self.stray_commas
    }

    pub(super) fn truncated(&self) -> bool {
        !self.closed && !matches!(self.place, Place::Front)
    }

    pub(super) fn next(&mut self, bytes: &[u8], mut at: usize, ended: bool) -> Step {
        self.settle();
        loop {
            let turn = match &mut self.place {
                Place::Broken(_) => return self.broken(bytes, at, ended),
                Place::Skipping(_) => self.skip(bytes, at, ended),
                _ => {
                    at = self.cursor.skip_space(bytes, at, ended);
                    match bytes.get(at) {
                        Some(b'\r') | None if !ended => return Step::More(at),
                        None => return Step::End,
                        Some(byte) => self.content(bytes, at, ended, *byte),
                    }
                }
            };
            match turn {
                Turn::Go(next) => at = next,
                Turn::Out(step) => return step,
            }
        }
    }

    /// Leaves what the last piece was the end of.
    fn settle(&mut self) {
        if let Some(left) = self.left.take() {
            self.frames.truncate(left);
            self.version += 1;
        }
        if std::mem::take(&mut self.among_members) {
            self.version += 1;
        }
    }

    fn skip(&mut self, bytes: &[u8], at: usize, ended: bool) -> Turn {
        let Place::Skipping(skip) = &mut self.place else {
            return Turn::Go(at);
        };
        let (end, over) = match skip.pass(bytes, at) {
            Passed::Ends(end) => (end, true),
            Passed::Broken(end) => {
                self.cursor.pass(bytes, at, end);
                return self.fail(end);
            }
            Passed::Open(_) if ended => (bytes.len(), false),
            // a `\n` may follow that ends the same line
            Passed::Open(end) if end > at && bytes.get(end - 1) == Some(&b'\r') => (end - 1, false),
            Passed::Open(end) => (end, false),
        };
        self.cursor.pass(bytes, at, end);
        match over {
            true => self.place = Place::Within,
            false if ended => return Turn::Out(Step::End),
            false => return Turn::Out(Step::More(end)),
        }
        Turn::Go(end)
    }

    /// A line of text behind the document.
    fn trailing_line(&mut self, bytes: &[u8], at: usize, ended: bool) -> Step {
        let limit = bytes.len().min(at + self.max_record);
        let window = bytes.get(at..limit).unwrap_or_default();
        let (end, next) = match memchr::memchr2(b'\n', b'\r', window) {
            Some(length) => match behind_line_end(bytes, at + length, ended) {
                None => return Step::More(at),
                Some(next) => (at + length, next),
            },
            None if ended || window.len() == self.max_record => (limit, limit),
            None => return Step::More(at),
        };
        let step = self.piece(bytes, at, end, Some(CutFault::Unparsable));
        self.cursor.pass(bytes, end, next);
        match step {
            Step::Record(piece) => Step::Record(Piece { next, ..piece }),
            step => step,
        }
    }

    fn piece(&mut self, bytes: &[u8], at: usize, end: usize, fault: Option<CutFault>) -> Step {
        let line = self.cursor.line;
        self.cursor.pass(bytes, at, end);
        Step::Record(Piece {
            start: at,
            end,
            next: end,
            line,
            row: 0,
            fault,
        })
    }

    fn open_frame(&mut self, mut context: Context) {
        self.contexts += 1;
        context.id = self.contexts;
        let commas = Commas::None;
        self.open(Frame::Object { commas, context });
    }

    fn open(&mut self, frame: Frame) {
        self.frames.push(frame);
        self.version += 1;
    }

    fn close(&mut self, at: usize) -> Turn {
        self.frames.pop();
        self.version += 1;
        self.cursor.indent = None;
        self.close_front();
        Turn::Go(at + 1)
    }

    /// Notes the end of the document where nothing is open.
    fn close_front(&mut self) {
        if self.frames.is_empty() {
            self.closed = true;
            self.place = Place::Behind;
        }
    }

    /// Which of the levels the object at that depth is.
    fn level(&self, depth: usize) -> usize {
        let steps = self.steps.iter().take(depth);
        steps.filter(|kind| **kind == Kind::Object).count()
    }

    /// The end of the value at `at`, which is looked for no further behind `from` than a record may be
    /// long.
    fn find_end(&self, bytes: &[u8], from: usize, at: usize, ended: bool) -> Element {
        let limit = bytes.len().min(from + self.max_record);
        let window = bytes.get(..limit).unwrap_or_default();
        element::find_end(window, at, ended && limit == bytes.len())
    }

    /// Whether the buffer holds all that may be looked at from a place on.
    fn is_complete(&self, bytes: &[u8], at: usize, ended: bool) -> bool {
        ended || bytes.len() > at + self.max_record
    }
}
