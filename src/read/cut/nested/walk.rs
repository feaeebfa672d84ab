//! Walking down the path: what each place of the document is, and where to go on from there.

use super::super::cursor::Commas;
use super::super::element::Element;
use super::context::{Context, Role};
use super::members::{self, Ahead, Name};
use super::skip::Skip;
use super::{CutFault, Frame, Kind, NestedCutter, Place, Step, Turn};

impl NestedCutter {
    /// What stands at `at`, which is no white space.
    pub(super) fn content(&mut self, bytes: &[u8], at: usize, ended: bool, byte: u8) -> Turn {
        match (&self.place, self.frames.last()) {
            (Place::Front, _) => {
                let turn = self.value(bytes, at, at, ended);
                let waits = matches!(turn, Turn::Out(Step::More(_)));
                if !waits && matches!(self.place, Place::Front) {
                    self.place = Place::Within;
                }
                turn
            }
            (Place::Behind, _) | (_, None) if self.recovering => self.fail(at),
            (Place::Behind, _) | (_, None) => Turn::Out(self.trailing_line(bytes, at, ended)),
            (_, Some(Frame::Object { .. })) => self.member(bytes, at, ended, byte),
            (_, Some(Frame::Array { .. })) => self.element(bytes, at, ended, byte),
        }
    }

    /// An element of the innermost array, or what stands between two.
    fn element(&mut self, bytes: &[u8], at: usize, ended: bool, byte: u8) -> Turn {
        let here = self.cursor.indent;
        let Some(Frame::Array { commas, indent }) = self.frames.last_mut() else {
            return self.fail(at);
        };
        match byte {
            b',' => {
                self.stray_commas |= !commas.comma();
                self.cursor.pass_comma();
                Turn::Go(at + 1)
            }
            b']' => {
                self.stray_commas |= !commas.may_close();
                // an empty array on the way leads to no other, and to no other name either
                let empty = *commas == Commas::None;
                let outer = self.frames.len() < self.steps.len();
                self.arrays += u64::from(outer && empty);
                self.close(at)
            }
            b'}' | b':' => self.fail(at),
            _ => {
                let due = *commas;
                let fits = commas.element();
                *indent = here;
                let turn = match self.steps.get(self.frames.len()) {
                    Some(_) => self.value(bytes, at, at, ended),
                    None => self.record(bytes, at, ended),
                };
                match (&turn, self.frames.last_mut()) {
                    // the element comes again when the buffer holds more
                    (Turn::Out(Step::More(_)), Some(Frame::Array { commas, .. })) => *commas = due,
                    _ => self.stray_commas |= !fits,
                }
                turn
            }
        }
    }

    /// A record at `at`.
    fn record(&mut self, bytes: &[u8], at: usize, ended: bool) -> Turn {
        match self.find_end(bytes, at, at, ended) {
            Element::Ends(end) => {
                let mut contexts = self.frames.iter().filter_map(|frame| match frame {
                    Frame::Object { context, .. } => Some(context),
                    Frame::Array { .. } => None,
                });
                let fault = contexts.find_map(Context::fault);
                Turn::Out(self.piece(bytes, at, end, fault))
            }
            Element::Open if !self.is_complete(bytes, at, ended) => Turn::Out(Step::More(at)),
            Element::Open | Element::Broken => self.fail(at),
        }
    }

    /// A value at `at` in which the path goes on; `from` is where its name begins, if it has one.
    fn value(&mut self, bytes: &[u8], at: usize, from: usize, ended: bool) -> Turn {
        let kind = self.steps.get(self.frames.len()).copied();
        match (kind, bytes.get(at)) {
            (Some(Kind::Object), Some(b'{')) => self.open_object(bytes, at, from, ended),
            (Some(Kind::Array), Some(b'[')) => {
                self.cursor.pass(bytes, from, at + 1);
                self.arrays += u64::from(self.frames.len() + 1 == self.steps.len());
                self.open(Frame::Array {
                    commas: Commas::None,
                    indent: None,
                });
                Turn::Go(at + 1)
            }
            _ => self.misplaced(bytes, at, from, ended),
        }
    }

    /// An object of the path. Where it ends within the look-ahead, what stands beside the records in it
    /// is passed at once.
    fn open_object(&mut self, bytes: &[u8], at: usize, from: usize, ended: bool) -> Turn {
        let depth = self.frames.len();
        let level = self.level(depth);
        let complete = self.is_complete(bytes, at, ended);
        let window = bytes.get(..at + self.max_record).unwrap_or(bytes);
        let Some(own) = self.levels.get_mut(level) else {
            return self.fail(at);
        };
        let context = match members::look_ahead(window, at, own, &mut self.strangers) {
            Ahead::Whole {
                path: None, end, ..
            } if self.recovering => {
                // where it is not known what it lies in it may be no parent but a record
                return Turn::Out(self.piece(bytes, at, end, Some(CutFault::Unparsable)));
            }
            Ahead::Whole { context, path, end } => {
                let next = path.unwrap_or(end - 1);
                self.cursor.pass(bytes, from, next);
                self.open_frame(context);
                return Turn::Go(next);
            }
            Ahead::Open if !complete => return Turn::Out(Step::More(from)),
            Ahead::Open => own.context().sound_if(bytes.len() > window.len()),
            Ahead::Broken => own.context(),
        };
        self.cursor.pass(bytes, from, at + 1);
        self.open_frame(context);
        Turn::Go(at + 1)
    }

    /// A member of the innermost object, or what stands between two.
    fn member(&mut self, bytes: &[u8], at: usize, ended: bool, byte: u8) -> Turn {
        let depth = self.frames.len() - 1;
        let level = self.level(depth);
        let Some(Frame::Object { commas, context }) = self.frames.get_mut(depth) else {
            return self.fail(at);
        };
        // a whole object has been looked over, and reading may have begun in its middle
        let strict = !context.whole;
        match byte {
            b'}' => {
                self.stray_commas |= strict && !commas.may_close();
                return self.close(at);
            }
            b',' => {
                self.stray_commas |= !commas.comma() && strict;
                return Turn::Go(at + 1);
            }
            b'"' => {}
            _ => return self.fail(at),
        }
        let window = bytes.get(..at + self.max_record).unwrap_or(bytes);
        let (start, end, value) = match members::name(window, at) {
            Name::Found { start, end, value } => (start, end, value),
            Name::Open if !self.is_complete(bytes, at, ended) => {
                return Turn::Out(Step::More(at));
            }
            Name::Open | Name::Broken => return self.fail(at),
        };
        let name = bytes.get(start..end).unwrap_or_default();
        let sound = context.sound;
        let role = match self.levels.get_mut(level) {
            Some(level) => {
                let role = level.role(name);
                if role == (Role::Stranger { met: false }) && sound {
                    self.strangers.extend(level.meet(name));
                }
                role
            }
            None => Role::Stranger { met: true },
        };
        let turn = match role {
            Role::Path => self.value(bytes, value, at, ended),
            role => self.beside(bytes, at, value, ended, role),
        };
        // otherwise the member comes again when the buffer holds more
        if strict
            && !matches!(turn, Turn::Out(Step::More(_)))
            && let Some(Frame::Object { commas, context }) = self.frames.get_mut(depth)
        {
            self.stray_commas |= !commas.element();
            if role == Role::Path {
                context.pass_path();
            }
        }
        turn
    }

    /// A member that holds no records.
    fn beside(&mut self, bytes: &[u8], at: usize, value: usize, ended: bool, role: Role) -> Turn {
        let complete = self.is_complete(bytes, at, ended);
        let found = self.find_end(bytes, at, value, ended);
        let Some(Frame::Object { context, .. }) = self.frames.last_mut() else {
            return self.fail(at);
        };
        let (member, next) = match found {
            Element::Ends(end) => (bytes.get(at..end), end),
            Element::Open if !complete => return Turn::Out(Step::More(at)),
            Element::Open => (None, value),
            Element::Broken => return self.fail(at),
        };
        if let (Role::Wanted(which), false) = (role, context.whole) {
            context.add(which, member);
            self.contexts += 1;
            context.id = self.contexts;
            self.version += 1;
        }
        if member.is_none() {
            self.place = Place::Skipping(Skip::default());
        }
        self.cursor.pass(bytes, at, next);
        Turn::Go(next)
    }

    /// A value in which the path cannot go on: passed where it is `null`, which is no array, otherwise a
    /// record that cannot be read.
    fn misplaced(&mut self, bytes: &[u8], at: usize, from: usize, ended: bool) -> Turn {
        match self.find_end(bytes, from, at, ended) {
            Element::Ends(end) => {
                if from < at && bytes.get(at..end) == Some(b"null") {
                    self.cursor.pass(bytes, from, end);
                    return Turn::Go(end);
                }
                self.cursor.pass(bytes, from, at);
                self.close_front();
                Turn::Out(self.piece(bytes, at, end, Some(CutFault::Misplaced)))
            }
            Element::Open if !self.is_complete(bytes, from, ended) => Turn::Out(Step::More(from)),
            Element::Open | Element::Broken => self.fail(from),
        }
    }
}
