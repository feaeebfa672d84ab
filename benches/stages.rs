//! What each stage takes by itself, on an invented export: `cargo bench --bench stages`.
//!
//! Whole runs, beside other tools, are measured by `benches/run`.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use person_alerts::candidate::Candidates;
use person_alerts::cell::key::KeySpace;
use person_alerts::check::context::Context;
use person_alerts::check::schema::SchemaCheck;
use person_alerts::check::settings::RuleSettings;
use person_alerts::check::{self, tell};
use person_alerts::chunk::Chunk;
use person_alerts::map::{self, Binding, KnownReadings, bind};
use person_alerts::profile::{self, Allowances, Profile};
use person_alerts::read::{InputPlace, InputReader, RawChunk, Splitter};
use person_alerts::reference::References;
use person_alerts::standard::{PERSON_ALERT, Standard};
use person_alerts::synth::{self, Shape, Wish};
use person_alerts::write::alerts;
use person_alerts::write::columns::Batch;

/// Records of the export; about what a chunk holds.
const ROWS: u64 = 12_000;
/// 2026-11-22, in days since 1970-01-01.
const AS_OF: i32 = 20_779;

/// One chunk of the export, and what reads it.
struct Export {
    folder: tempfile::TempDir,
    standard: Arc<Standard>,
    profile: Profile,
    bytes: u64,
}

impl Export {
    fn new() -> Export {
        let folder = tempfile::tempdir().expect("a folder");
        let standard = Standard::embedded().expect("the standard");
        let wish = Wish {
            rows: ROWS,
            seed: 7,
            shape: Shape::Long,
            faults: Vec::new(),
        };
        synth::make(&wish, &standard, folder.path()).expect("an export");
        let path = folder.path().join("profile.toml");
        let allowances = Allowances { draft: false };
        let profile = profile::load(&path, &standard, allowances, &[]).expect("its profile");
        let facts = std::fs::metadata(folder.path().join("alerts.csv")).expect("the export");
        Export {
            folder,
            standard: Arc::new(standard),
            profile,
            bytes: facts.len(),
        }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn open(&self) -> InputReader {
        let place = InputPlace::Path(self.path().join("alerts.csv"));
        let (wish, wanted) = (self.profile.dialect_wish(), self.profile.columns());
        InputReader::open(&place, "alerts.csv", &wish, &wanted).expect("a reader")
    }

    fn cut(&self) -> (RawChunk, Splitter, Binding) {
        let mut reader = self.open();
        let binding = bind(&self.profile, reader.columns()).expect("a binding");
        let raw = reader.next_chunk().expect("a chunk").expect("records");
        (raw, reader.splitter(), binding)
    }

    fn split(&self) -> (Chunk, Binding) {
        let (raw, splitter, binding) = self.cut();
        (splitter.split(raw), binding)
    }

    fn mapped(&self, chunk: &Chunk, binding: &Binding, known: &mut KnownReadings) -> Candidates {
        let keys = KeySpace::single("INVENTED");
        map::map(
            chunk,
            &self.profile,
            binding,
            keys,
            &References::default(),
            known,
        )
    }

    fn checked(
        &self,
        chunk: &Chunk,
        binding: &Binding,
        candidates: &mut Candidates,
        schema: &SchemaCheck,
        rules: &RuleSettings,
    ) {
        let context = Context {
            standard: &self.standard,
            policy: self.profile.policy,
            rules,
            as_of: AS_OF,
        };
        let scene = tell::Scene {
            standard: &self.standard,
            profile: &self.profile,
            binding,
            input: 0,
            sheet_column: Some(0),
            rules,
            extra: &[],
            show_values: false,
        };
        black_box(check::check(chunk, candidates, &context, scene, schema));
    }
}

fn stages(criterion: &mut Criterion) {
    let export = Export::new();
    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Bytes(export.bytes));
    group.bench_function("cut", |bencher| {
        bencher.iter_with_large_drop(|| export.open().next_chunk());
    });
    group.bench_function("split", |bencher| {
        let setup = || export.cut();
        let split = |(raw, splitter, _): (RawChunk, Splitter, Binding)| splitter.split(raw);
        bencher.iter_batched(setup, split, BatchSize::LargeInput);
    });
    let (chunk, binding) = export.split();
    let mut known = KnownReadings::default();
    group.bench_function("map", |bencher| {
        bencher.iter_with_large_drop(|| export.mapped(&chunk, &binding, &mut known));
    });
    let mapped = export.mapped(&chunk, &binding, &mut known);
    let schema = SchemaCheck::new(&export.standard).expect("the schema");
    let rules = RuleSettings::default();
    group.bench_function("check", |bencher| {
        let check = |mut candidates: Candidates| {
            export.checked(&chunk, &binding, &mut candidates, &schema, &rules);
            candidates
        };
        bencher.iter_batched(|| mapped.clone(), check, BatchSize::LargeInput);
    });
    let mut candidates = mapped;
    export.checked(&chunk, &binding, &mut candidates, &schema, &rules);
    let records = candidates.record_rows.iter();
    let source_records = records.map(|row| chunk.records[*row as usize].number);
    let batch = Batch {
        source_records: source_records.collect(),
        candidates,
        input: 0,
        source_file: "alerts.csv".into(),
    };
    let table = export.standard.table(PERSON_ALERT).expect("the table");
    let path = export.path().join("person_alert.parquet");
    let (_, encoder) =
        alerts::begin(&path, &export.standard, table, "INVENTED", false).expect("a file");
    let batches = [batch];
    group.bench_function("encode", |bencher| {
        bencher.iter_with_large_drop(|| encoder.encode(&batches));
    });
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
