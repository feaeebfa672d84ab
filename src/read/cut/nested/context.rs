//! What is known of the objects around records.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use rustc_hash::FxHashSet;

use super::super::super::raw_chunk::CutFault;
use crate::dialect::record_path::escape;

/// Names of unwanted members that are remembered of each object of the path. Objects whose members
/// are named by values may have any number of them.
const MOST_STRANGERS: usize = 1000;

/// What is asked for of the objects at one step of the path.
#[derive(Debug)]
pub(super) struct Level {
    /// The member that holds the records.
    pub(super) path: Box<str>,
    /// The members that are wanted, or that hold something wanted.
    wanted: Vec<Box<str>>,
    /// The name of the object, as findings tell it.
    pointer: String,
    /// Members that are not wanted, each once.
    met: FxHashSet<Box<[u8]>>,
}

/// Of what kind a member of a parent is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It holds the records.
    Path,
    /// Columns ask for it, or for something in it.
    Wanted(usize),
    /// Nothing asks for it.
    Stranger {
        /// Whether it has been met before, or is one of too many.
        met: bool,
    },
}

impl Level {
    pub(super) fn new(path: &str, wanted: Vec<Box<str>>, up: usize) -> Level {
        Level {
            path: path.into(),
            wanted,
            pointer: "../".repeat(up),
            met: FxHashSet::default(),
        }
    }

    /// What the member is for whose name stands between these quotes.
    pub(super) fn role(&self, name: &[u8]) -> Role {
        if let Some(role) = self.known(name) {
            return role;
        }
        if self.met.contains(name) || self.met.len() >= MOST_STRANGERS {
            return Role::Stranger { met: true };
        }
        let known = self.known(text(name).as_bytes());
        known.unwrap_or(Role::Stranger { met: false })
    }

    /// Notes a member that nothing asks for; returns how it is told.
    pub(super) fn meet(&mut self, name: &[u8]) -> Option<String> {
        let is_new = self.met.len() < MOST_STRANGERS && self.met.insert(name.into());
        is_new.then(|| format!("{}{}", self.pointer, escape(&text(name))))
    }

    fn known(&self, name: &[u8]) -> Option<Role> {
        if self.path.as_bytes() == name {
            return Some(Role::Path);
        }
        let wanted = self.wanted.iter();
        let mut wanted = wanted.map(|own| own.as_bytes());
        wanted.position(|own| own == name).map(Role::Wanted)
    }

    /// A context of which nothing is known.
    pub(super) fn context(&self) -> Context {
        Context {
            id: 0,
            object: b"{}".to_vec(),
            seen: vec![false; self.wanted.len()],
            repeated: false,
            passed: false,
            whole: false,
            sound: false,
        }
    }
}

/// The name between two quotes as text. The encoding may still be unknown where names are read; one
/// that is no UTF-8 can only be a Windows-1252 one.
fn text(name: &[u8]) -> Cow<'_, str> {
    let text = match std::str::from_utf8(name) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(name).0,
    };
    match text.contains('\\') {
        true => serde_json::from_str(&format!("\"{text}\"")).map_or(text, Cow::Owned),
        false => text,
    }
}

/// The wanted members of one object around records.
#[derive(Debug, Clone)]
pub(in crate::read) struct Context {
    /// Tells it from other contexts of the input.
    pub(in crate::read) id: u64,
    /// The members as a JSON object.
    pub(in crate::read) object: Vec<u8>,
    /// Which of them have been seen.
    seen: Vec<bool>,
    /// Whether a wanted member stands in it twice.
    repeated: bool,
    /// Whether the member that holds the records has been seen.
    passed: bool,
    /// Whether the whole object has been seen.
    pub(super) whole: bool,
    /// Whether nothing was broken as far as it has been looked ahead. What seems to be a name in a broken
    /// object may be a value.
    pub(super) sound: bool,
}

impl Context {
    pub(super) fn sound_if(self, sound: bool) -> Context {
        Context { sound, ..self }
    }

    /// Adds a wanted member as it is written; `None` stands for one that is longer than a record may
    /// be.
    pub(super) fn add(&mut self, which: usize, member: Option<&[u8]>) {
        let Some(seen) = self.seen.get_mut(which) else {
            return;
        };
        self.repeated |= *seen;
        let Some(member) = member else {
            return;
        };
        *seen = true;
        self.object.pop();
        if self.object.len() > 1 {
            self.object.push(b',');
        }
        self.object.extend_from_slice(member);
        self.object.push(b'}');
    }

    /// Notes the member that holds the records.
    pub(super) fn pass_path(&mut self) {
        self.repeated |= self.passed;
        self.passed = true;
    }

    /// Why records in it cannot be read.
    pub(super) fn fault(&self) -> Option<CutFault> {
        if self.repeated {
            return Some(CutFault::RepeatedMember);
        }
        let known = self.whole || self.seen.iter().all(|seen| *seen);
        (!known).then_some(CutFault::UnknownParent)
    }
}
