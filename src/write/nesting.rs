//! Puts records of nested JSON back into what enclosed them, so that their rejects convert with the same
//! profile.
//!
//! Each record gets objects and arrays of its own, with those members that columns ask for. What lies
//! around the outermost array of a document is written once for all.

use serde_json::Value;

use super::rejects::encoded;
use crate::chunk::{Chunk, Nesting, Record};
use crate::dialect::record_path::{RecordPath, Step};
use crate::dialect::{Dialect, Format};

/// What enclosed a record in its input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings<'c> {
    nesting: &'c Nesting,
    /// The objects, the outermost first, with the members that columns ask for.
    parents: Vec<&'c [u8]>,
}

impl<'c> Surroundings<'c> {
    /// What enclosed a record of the chunk; `None` where the input is not nested.
    pub fn of(chunk: &'c Chunk, record: &Record) -> Option<Surroundings<'c>> {
        let nesting = chunk.nesting(record)?;
        let parents = nesting.parents.iter().map(|range| chunk.bytes(range));
        Some(Surroundings {
            nesting,
            parents: parents.collect(),
        })
    }
}

/// How many steps of the path lie around all records of a rejects file.
fn shared(dialect: &Dialect) -> usize {
    match (&dialect.records, dialect.format) {
        (Some(path), Format::Json) => path.to_outermost(),
        _ => 0,
    }
}

/// What stands in front of the first record of a JSON rejects file.
pub(super) fn head(dialect: &Dialect, around: Option<&Surroundings<'_>>) -> Vec<u8> {
    match &dialect.records {
        Some(path) => {
            let to = shared(dialect);
            opened(dialect, path, around, (0, to, to))
        }
        None => b"[".to_vec(),
    }
}

/// What stands behind the last one.
pub(super) fn foot(dialect: &Dialect) -> Vec<u8> {
    match &dialect.records {
        Some(path) => closed(path, 0, shared(dialect)),
        None => b"]".to_vec(),
    }
}

/// What stands in front of a record, and behind it.
pub(super) fn brackets(dialect: &Dialect, around: Option<&Surroundings<'_>>) -> (Vec<u8>, Vec<u8>) {
    let (Some(path), Some(own)) = (&dialect.records, around) else {
        return Default::default();
    };
    let (from, to) = (shared(dialect), own.nesting.opened);
    let front = opened(dialect, path, around, (from, to, own.nesting.taken));
    (front, closed(path, from, to))
}

/// Opens what the steps of the path go through behind `from` and up to `to`, and goes along those up to
/// `taken`.
fn opened(
    dialect: &Dialect,
    path: &RecordPath,
    around: Option<&Surroundings<'_>>,
    (from, to, taken): (usize, usize, usize),
) -> Vec<u8> {
    let mut text = Vec::new();
    let mut level = 0;
    for (at, step) in path.steps().iter().enumerate().take(to) {
        let Step::Member(name) = step else {
            if at >= from {
                text.push(b'[');
            }
            continue;
        };
        level += 1;
        if at < from {
            continue;
        }
        let object = around.and_then(|own| own.parents.get(level - 1).copied());
        let members = object.and_then(|object| object.strip_prefix(b"{")?.strip_suffix(b"}"));
        let members = members.unwrap_or_default();
        text.push(b'{');
        text.extend_from_slice(members);
        if !members.is_empty() {
            text.push(b',');
        }
        if at < taken {
            let name = Value::from(name.as_str()).to_string();
            text.extend(encoded(dialect.encoding, &name));
            text.push(b':');
        }
    }
    text
}

fn closed(path: &RecordPath, from: usize, to: usize) -> Vec<u8> {
    let steps = path.steps().iter().take(to).skip(from).rev();
    let brackets = steps.map(|step| match step {
        Step::Member(_) => b'}',
        Step::Each => b']',
    });
    brackets.collect()
}
