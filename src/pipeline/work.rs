//! What a worker does with a chunk: split, map, check.

use std::cell::RefCell;
use std::sync::Arc;

use super::Settings;
use super::deleted_alerts::{self, DeletedChunk};
use super::supply::{InputKind, Scene, SuppliedChunk, SuppliedRecords};
use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::{self, Checked, tell};
use crate::chunk::Chunk;
use crate::dialect::Encoding;
use crate::map::{self, KnownReadings};

thread_local! {
    /// What this worker has read. Workers live as long as a run does, and so less long than its profiles.
    static KNOWN: RefCell<KnownReadings> = RefCell::default();
}

/// Forgets what this thread has read, in runs before this one.
pub(super) fn forget() {
    KNOWN.set(KnownReadings::default());
}

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
        records,
        encoding,
    } = supplied;
    let (bytes, records, chunk, deleted) = match records {
        SuppliedRecords::Cut(raw, splitter) => {
            let (bytes, records) = (raw.bytes() as u64, raw.records() as u64);
            (bytes, records, splitter.split(raw), Vec::new())
        }
        // they are records of the log, which are counted there
        SuppliedRecords::Deleted(DeletedChunk { chunk, ids }) => (0, 0, chunk, ids),
    };
    let mut candidates = KNOWN.with_borrow_mut(|known| {
        map::map(
            &chunk,
            scene.profile,
            &scene.binding,
            scene.keys,
            scene.references,
            known,
        )
    });
    if let InputKind::Deleted(naming) = scene.kind {
        deleted_alerts::archive(&mut candidates, &deleted, naming, &settings.standard);
    }
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
