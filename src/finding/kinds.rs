//! Findings that differ by their places alone.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Effect, Finding, Remark, Severity};

/// The kinds of findings among some: one for each remark, severity, effect and input.
pub struct Kinds<'f> {
    /// A finding of each kind.
    pub examples: Vec<&'f Finding>,
    /// The kind of each finding.
    pub places: Vec<u32>,
}

impl<'f> Kinds<'f> {
    /// The kinds of some findings.
    pub fn of(findings: impl Iterator<Item = &'f Finding>) -> Kinds<'f> {
        type Key = (*const Remark, Severity, Effect, u32);
        let mut known: FxHashMap<Key, u32> = FxHashMap::default();
        let mut examples = Vec::new();
        let mut places = Vec::with_capacity(findings.size_hint().0);
        for finding in findings {
            let remark = Arc::as_ptr(&finding.remark);
            let key = (remark, finding.severity, finding.effect, finding.input);
            places.push(*known.entry(key).or_insert_with(|| {
                examples.push(finding);
                examples.len() as u32 - 1
            }));
        }
        Kinds { examples, places }
    }

    /// Each finding's own of what there is one of for each kind.
    pub fn each<'k, T>(&'k self, of_kinds: &'k [T]) -> impl Iterator<Item = &'k T> {
        let places = self.places.iter();
        places.filter_map(|place| of_kinds.get(*place as usize))
    }
}
