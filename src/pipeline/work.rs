//! What a worker does with a chunk: split, map, check.

use std::sync::Arc;

use super::Settings;
use super::supply::{Scene, SuppliedChunk};
use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::{self, Checked, tell};
use crate::chunk::Chunk;
use crate::dialect::Encoding;
use crate::map;

/// A chunk whose candidates have been checked.
pub(super) struct CheckedChunk<'r> {
    pub scene: Arc<Scene<'r>>,
    pub encoding: Option<Encoding>,
    pub bytes: u64,
    pub records: u64,
    pub chunk: Chunk,
    pub candidates: Candidates,
    pub checked: Checked,
}

impl Scene<'_> {
    /// What findings about the input are told with.
    pub(super) fn telling<'a>(&'a self, settings: &'a Settings) -> tell::Scene<'a> {
        tell::Scene {
            standard: &settings.standard,
            profile: self.profile,
            binding: &self.binding,
            input: self.input,
            sheet_column: self.sheet_column,
            rules: self.rules,
            extra: self.extra,
            show_values: settings.show_values,
        }
    }
}

pub(super) fn check<'r>(supplied: SuppliedChunk<'r>, settings: &Settings) -> CheckedChunk<'r> {
    let SuppliedChunk {
        scene,
        raw,
        encoding,
    } = supplied;
    let (bytes, records) = (raw.bytes() as u64, raw.records() as u64);
    let chunk = scene.splitter.split(raw);
    let mut candidates = map::map(
        &chunk,
        scene.profile,
        &scene.binding,
        scene.keys,
        scene.references,
    );
    let context = Context {
        standard: &settings.standard,
        policy: scene.profile.policy,
        rules: scene.rules,
        as_of: settings.as_of,
    };
    let telling = scene.telling(settings);
    let schema = match scene.is_log() {
        true => &settings.history_schema,
        false => &settings.schema,
    };
    let checked = check::check(&chunk, &mut candidates, &context, telling, schema);
    CheckedChunk {
        encoding,
        bytes,
        records,
        chunk,
        candidates,
        checked,
        scene,
    }
}
