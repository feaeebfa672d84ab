//! What there is to convert, in order: landlords, their inputs, and the chunks of each.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::ThreadPool;

use super::date_orders;
use super::deleted_alerts::{self, DeletedAlerts, DeletedChunk, Naming};
use super::opening::{CHUNK, open, splitter};
use crate::cell::key::KeySpace;
use crate::check::schema::ExtraSchema;
use crate::check::settings::RuleSettings;
use crate::dialect::{Dialect, Encoding};
use crate::error::{Error, Result};
use crate::map::{Binding, bind};
use crate::profile::Profile;
use crate::read::{InputFacts, InputPlace, InputReader, RawChunk, Splitter};
use crate::reference::References;
use crate::standard::Standard;
use crate::write::findings::FindingNames;
use crate::write::layout::Layout;

/// One input of a landlord.
#[derive(Debug, Clone)]
pub struct Input {
    /// Where it lies.
    pub place: InputPlace,
    /// How it is named in outputs.
    pub name: Arc<str>,
    /// What it holds.
    pub kind: InputKind,
}

/// What an input holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// An export of alerts.
    Alerts,
    /// The alerts that a log has deleted, with the values that its changes tell.
    Deleted(Naming),
    /// A log of changes.
    Log,
}

/// What is to be done for one landlord.
#[derive(Debug)]
pub struct Job {
    /// The landlord's profile.
    pub profile: Profile,
    /// Its inputs, in order: exports of alerts, then logs of their changes.
    pub inputs: Vec<Input>,
    /// How keys are read.
    pub keys: KeySpace,
    /// What keys are resolved by and checked against.
    pub references: References,
    /// What the user has set about rules.
    pub rules: RuleSettings,
    /// JSON Schemas of the user's own.
    pub extra: Vec<Arc<ExtraSchema>>,
    /// Where its files go; `None` where nothing is to be written.
    pub layout: Option<Layout>,
}

impl Job {
    /// Where temporary files lie: beside what is written, as there is room for that, else where the
    /// system has them.
    pub(super) fn temporary_folder(&self) -> PathBuf {
        let layout = self.layout.as_ref();
        layout.map_or_else(std::env::temp_dir, |layout| layout.root().to_owned())
    }

    /// The names that its findings have in common; code lists stand behind the inputs, and behind those the
    /// files that waivers stand in.
    pub(super) fn finding_names(&self, standard: &Standard) -> FindingNames {
        let inputs = self.inputs.iter().map(|input| Arc::clone(&input.name));
        let lists = standard
            .lookups()
            .iter()
            .map(|list| list.file.as_str().into());
        FindingNames {
            landlord: self.profile.code.clone(),
            files: inputs
                .chain(lists)
                .chain(self.rules.waivers.files())
                .collect(),
        }
    }

    /// Whether there is a log of changes among the inputs.
    pub(super) fn has_log(&self) -> bool {
        self.inputs.iter().any(|input| input.kind == InputKind::Log)
    }
}

impl Input {
    /// What the input is mapped with: the landlord's profile, or that of its log or what that describes.
    pub fn profile<'p>(&self, landlord: &'p Profile) -> &'p Profile {
        let log = landlord.history.as_deref();
        let own = match self.kind {
            InputKind::Alerts | InputKind::Deleted(Naming::Columns) => None,
            InputKind::Deleted(Naming::Fields) => log.and_then(|log| log.described.as_deref()),
            InputKind::Log => log,
        };
        own.unwrap_or(landlord)
    }
}

/// One input as the stages see it.
pub(super) struct Scene<'r> {
    pub landlord: usize,
    pub input: usize,
    pub name: Arc<str>,
    pub profile: &'r Profile,
    pub keys: KeySpace,
    pub references: &'r References,
    pub rules: &'r RuleSettings,
    pub extra: &'r [Arc<ExtraSchema>],
    pub binding: Binding,
    pub kind: InputKind,
    /// In which column of a spreadsheet the first column stands; `None` where the input is JSON.
    pub sheet_column: Option<u32>,
    /// Whether the input has a header, or any content at all where it is JSON.
    pub has_columns: bool,
}

impl Scene<'_> {
    /// In which column of a spreadsheet a column of the input stands.
    pub(super) fn in_sheet(&self, column: Option<usize>) -> Option<u32> {
        let place = self.sheet_column.zip(column);
        place.map(|(first, at)| first + at as u32)
    }

    /// Whether the input is a log of changes.
    pub(super) fn is_log(&self) -> bool {
        self.kind == InputKind::Log
    }

    /// Whether the input is the alerts that a log has deleted.
    pub(super) fn is_of_deleted(&self) -> bool {
        matches!(self.kind, InputKind::Deleted(_))
    }
}

/// A chunk and the encoding that its bytes have.
pub(super) struct SuppliedChunk<'r> {
    pub scene: Arc<Scene<'r>>,
    pub records: SuppliedRecords,
    pub encoding: Option<Encoding>,
}

impl SuppliedChunk<'_> {
    /// How much memory it counts for, in bytes of text.
    pub(super) fn weight(&self) -> usize {
        match &self.records {
            SuppliedRecords::Cut(raw, _) => raw.bytes(),
            SuppliedRecords::Deleted(_) => CHUNK,
        }
    }
}

/// The records of a chunk.
pub(super) enum SuppliedRecords {
    /// As they were cut, with what splits them into cells.
    Cut(RawChunk, Splitter),
    /// Alerts that a log has deleted.
    Deleted(DeletedChunk),
}

/// How an input begins.
pub(super) struct Beginning {
    pub dialect: Dialect,
    pub header: Vec<u8>,
    pub columns: Vec<String>,
    pub preamble_lines: u64,
}

pub(super) enum Supplied<'r> {
    InputBegins(Arc<Scene<'r>>, Beginning),
    Chunk(Box<SuppliedChunk<'r>>),
    InputEnds(Arc<Scene<'r>>, InputFacts),
    /// Alerts that a log has deleted begin.
    DeletedBegin(Arc<Scene<'r>>),
    /// They have ended; so many there were.
    DeletedEnd(Arc<Scene<'r>>, u64),
    LandlordEnds(usize),
    LandlordFails(usize, Error),
}

struct Open<'r> {
    scene: Arc<Scene<'r>>,
    source: OpenSource,
}

enum OpenSource {
    Reader(Box<InputReader>, Splitter),
    Deleted(DeletedAlerts, Vec<String>),
}

/// Supplies everything in order, a step at a time.
pub(super) struct Supply<'r> {
    jobs: &'r [Job],
    landlord: usize,
    input: usize,
    open: Option<Open<'r>>,
    /// The deleted alerts of the landlord at hand, once its logs have been read for them.
    deleted: Option<BTreeMap<(u32, Naming), DeletedAlerts>>,
    pool: &'r ThreadPool,
    standard: &'r Standard,
}

impl<'r> Supply<'r> {
    /// A supply of the jobs' inputs; `pool` looks at those that must be read twice.
    pub(super) fn new(jobs: &'r [Job], pool: &'r ThreadPool, standard: &'r Standard) -> Supply<'r> {
        Supply {
            pool,
            standard,
            deleted: None,
            jobs,
            landlord: 0,
            input: 0,
            open: None,
        }
    }

    fn step(&mut self, job: &'r Job) -> Result<Supplied<'r>> {
        if let Some(open) = self.open.take() {
            return self.go_on(open, job);
        }
        let Some(input) = job.inputs.get(self.input) else {
            return Ok(Supplied::LandlordEnds(self.landlord));
        };
        let profile = input.profile(&job.profile);
        if let InputKind::Deleted(naming) = input.kind {
            return self.begin_deleted(job, profile, naming);
        }
        let (reader, mut binding) = open(profile, input)?;
        date_orders::settle(self.pool, profile, input, &mut binding)?;
        let splitter = splitter(profile, &reader, &binding);
        let scene = Arc::new(Scene {
            sheet_column: reader.sheet_column(),
            has_columns: !reader.columns().is_empty(),
            ..self.scene(job, input, profile, binding)
        });
        let beginning = Beginning {
            dialect: reader.dialect().clone(),
            header: reader.header().to_owned(),
            columns: reader.columns().to_owned(),
            preamble_lines: reader.preamble_lines(),
        };
        self.open = Some(Open {
            scene: Arc::clone(&scene),
            source: OpenSource::Reader(Box::new(reader), splitter),
        });
        Ok(Supplied::InputBegins(scene, beginning))
    }

    fn scene(
        &self,
        job: &'r Job,
        input: &Input,
        profile: &'r Profile,
        binding: Binding,
    ) -> Scene<'r> {
        Scene {
            landlord: self.landlord,
            input: self.input,
            name: Arc::clone(&input.name),
            kind: input.kind,
            profile,
            keys: job.keys,
            references: &job.references,
            rules: &job.rules,
            // schemas of the user's own are about alerts
            extra: match input.kind {
                InputKind::Log => &[],
                InputKind::Alerts | InputKind::Deleted(_) => &job.extra,
            },
            binding,
            sheet_column: None,
            has_columns: true,
        }
    }

    /// Supplies the next chunk of an input, or its end.
    fn go_on(&mut self, mut open: Open<'r>, job: &Job) -> Result<Supplied<'r>> {
        let (reader, splitter) = match open.source {
            OpenSource::Reader(reader, splitter) => (reader, splitter),
            OpenSource::Deleted(alerts, columns) => {
                return self.go_on_with_deleted(open.scene, alerts, columns, job);
            }
        };
        let mut reader = reader;
        if let Some(raw) = reader.next_chunk()? {
            let chunk = SuppliedChunk {
                scene: Arc::clone(&open.scene),
                encoding: reader.dialect().encoding,
                records: SuppliedRecords::Cut(raw, splitter.clone()),
            };
            open.source = OpenSource::Reader(reader, splitter);
            self.open = Some(open);
            return Ok(Supplied::Chunk(Box::new(chunk)));
        }
        self.input += 1;
        let size = reader.size();
        let facts = reader.finish();
        if size.is_some_and(|size| facts.bytes < size) {
            let why = "became shorter while it was read; run again when nothing writes to it";
            return Err(Error::Input {
                path: open.scene.name.to_string(),
                why: why.to_owned(),
            });
        }
        Ok(Supplied::InputEnds(open.scene, facts))
    }

    fn begin_deleted(
        &mut self,
        job: &'r Job,
        profile: &'r Profile,
        naming: Naming,
    ) -> Result<Supplied<'r>> {
        let mut all = match self.deleted.take() {
            Some(all) => all,
            None => deleted_alerts::find(self.pool, job, self.standard)?,
        };
        let input = &job.inputs[self.input];
        // the log whose alerts they are
        let is_log = |own: &Input| own.kind == InputKind::Log && own.name == input.name;
        let log = job.inputs.iter().position(is_log).unwrap_or_default();
        let alerts = all.remove(&(log as u32, naming));
        self.deleted = Some(all);
        let alerts = alerts.unwrap_or_default();
        let columns = alerts.columns(naming, profile);
        let binding = bind(profile, &columns).unwrap_or_else(|_| Binding::unbound(profile));
        let scene = Arc::new(self.scene(job, input, profile, binding));
        self.open = Some(Open {
            scene: Arc::clone(&scene),
            source: OpenSource::Deleted(alerts, columns),
        });
        Ok(Supplied::DeletedBegin(scene))
    }

    fn go_on_with_deleted(
        &mut self,
        scene: Arc<Scene<'r>>,
        mut alerts: DeletedAlerts,
        columns: Vec<String>,
        job: &Job,
    ) -> Result<Supplied<'r>> {
        let next = alerts.next_chunk(&columns, scene.profile, &job.temporary_folder())?;
        let Some(chunk) = next else {
            self.input += 1;
            return Ok(Supplied::DeletedEnd(scene, alerts.count));
        };
        self.open = Some(Open {
            scene: Arc::clone(&scene),
            source: OpenSource::Deleted(alerts, columns),
        });
        Ok(Supplied::Chunk(Box::new(SuppliedChunk {
            scene,
            records: SuppliedRecords::Deleted(chunk),
            encoding: None,
        })))
    }
}

impl<'r> Iterator for Supply<'r> {
    type Item = Supplied<'r>;

    fn next(&mut self) -> Option<Supplied<'r>> {
        let job = self.jobs.get(self.landlord)?;
        let landlord = self.landlord;
        let supplied = match self.step(job) {
            Ok(supplied) => supplied,
            Err(error) => Supplied::LandlordFails(landlord, error),
        };
        if let Supplied::LandlordEnds(_) | Supplied::LandlordFails(..) = supplied {
            self.landlord += 1;
            self.input = 0;
            self.deleted = None;
        }
        Some(supplied)
    }
}
