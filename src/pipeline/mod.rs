//! The only place that knows every stage.
//!
//! ```text
//!             ┌── worker: split ▸ map ▸ check ──┐            ┌── worker: encode ──┐
//! supply ─────┤                                 ├─ in order ─┤                    ├─ in order ─▶ files
//!             └── worker: split ▸ map ▸ check ──┘  ▸ gate    └── worker: encode ──┘
//! ```
//!
//! One thread reads, restores the order and writes; the workers do the rest, a chunk at a time, over
//! all files and landlords alike. A chunk counts as long as its turn in the order has not come, and
//! no more chunks are read than there may be, so memory follows the number of threads and not the size
//! of the input. What is written depends on the order alone, so it is the same for any number of
//! threads. With one thread it does the workers' work as well.
//!
//! # Where the time goes
//!
//! Of the processor's time that `benches/run` takes with the rules of the other jobs, on two threads: reading
//! cells into columns 24 %, compressing 12, encoding 10, splitting records into cells 9, hashing the input 6,
//! the system 5, checks 5, finding where records begin 4, fingerprints 4, the dataset 3, the gate 1; what is left
//! is copying, memory and what the end of a run takes. No single thing dominates, and most of what reading costs is
//! that it touches each cell for the first time.
//!
//! What paid, in instructions a record, of 21,800 to 12,800: pages of Parquet made from our own columns (2,700
//! fewer), fingerprints folded a column at a time (1,200), delimiters found sixteen bytes at a time (600), and in
//! the rest of reading plain cells without detours, labels known by their ends, and dates read where their parts
//! must stand. Further, measured in time alone: ascending keys in a row at the gate, where looking them up had
//! taken 7 % in cache misses, and on disk as they come, where sorting and merging them took an eighth of the time
//! of ten million rows; linking the program as a whole, about a tenth. With all rules on: correcting
//! rows with columns looked up once a batch, and findings encoded by kind. Of one run's time, all of it at the end
//! where nothing else is left to do: the findings of the workbook written as rows of a sheet (11 % before, 5 %
//! after), its findings read back with their texts numbered (a fifth of a run with all rules on), the alerts
//! counted for the report by several threads, and the dataset judged in parts by person while the last row groups
//! are encoded (4 % of the time from start to end). Three chunks that wait beside those in work, of 1 MiB in place
//! of one of 2: 6 % of that time, and 10 with all rules on, as workers no longer stand still while this thread is
//! at the gate or writes. Of a thousand small files: their names told apart without comparing each with all others
//! (11 %), and a header that holds all columns looked at by itself (7 %).
//!
//! What did not pay: chunks of 256 or 512 KiB; more than three that wait; reading all fields of a block of 64 to
//! 256 candidates before the next, so that cells are met in the nearest memory (no difference in six runs in
//! turn); a malloc that keeps what it has (the system takes 6 % in all). Not tried: buffers that go round.

mod code_column;
mod core_table;
mod current_input;
mod dataset_run;
mod date_orders;
mod deleted_alerts;
mod finding_pages;
mod history;
mod in_turn;
mod landlord;
mod log_survey;
mod not_run;
mod opening;
mod rejection;
mod row_groups;
mod set_aside;
mod sheet_rows;
mod supply;
mod surroundings;
mod tally;
mod waivers;
mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use rayon::{Scope, ThreadPoolBuilder};

use crate::check::code_lists::list_findings;
use crate::check::dataset::Hit;
use crate::check::schema::SchemaCheck;
use crate::error::{Error, Result};
use crate::sorted_runs::SortedRuns;
use crate::standard::Standard;
use crate::write::alerts::RowGroup;

pub use deleted_alerts::with_deleted;
use finding_pages::PageDone;
pub use landlord::LandlordOutcome;
use landlord::LandlordRun;
pub use opening::inspect;
pub use set_aside::SetAside;
pub use supply::{Input, InputKind, Job};
use supply::{Supplied, Supply};
use work::CheckedChunk;

/// How a run is to be done.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The standard.
    pub standard: Arc<Standard>,
    /// The day as of which alerts are judged, in days since 1970-01-01.
    pub as_of: i32,
    /// How many workers there are, at least one.
    pub threads: usize,
    /// Whether findings may quote cells.
    pub show_values: bool,
    /// Whether the alerts that do not go through are to be known by their keys.
    pub notes_set_aside: bool,
    /// The compiled JSON Schema of `person_alert`.
    pub schema: Arc<SchemaCheck>,
    /// That of `person_alert_history`.
    pub history_schema: Arc<SchemaCheck>,
}

/// Chunks that are read while every worker has one.
const WAITING: usize = 3;

/// Who is told how far a run has come.
pub trait Progress {
    /// So many bytes of input and records have been dealt with since the last call.
    fn advance(&mut self, bytes: u64, records: u64);

    /// What is being done, where that is not reading.
    fn stage(&mut self, _name: &str) {}

    /// Whether the run is to stop: it then ends at the next chunk, and leaves nothing.
    fn is_stopped(&self) -> bool {
        false
    }
}

/// What a worker has done.
enum Done<'r> {
    Checked(u64, Box<CheckedChunk<'r>>),
    Encoded(usize, usize, Result<RowGroup>),
    Told(usize, PageDone),
    Judged(usize, Result<SortedRuns<Hit>>),
    Crashed,
}

/// What comes in order.
enum Ordered<'r> {
    Checked(Box<CheckedChunk<'r>>),
    Supplied(Box<Supplied<'r>>),
}

/// Converts the inputs of all jobs. What befell each landlord is in its outcome; a landlord whose
/// input cannot be read to its end leaves nothing behind and does not stop the others.
///
/// # Errors
/// What stops the whole run: an output that cannot be written, or a bug of ours.
pub fn run(
    jobs: &[Job],
    settings: &Settings,
    progress: &mut dyn Progress,
) -> Result<Vec<LandlordOutcome>> {
    let pool = ThreadPoolBuilder::new()
        .num_threads(settings.threads)
        .build()
        .map_err(|error| Error::Internal(error.to_string()))?;
    work::forget();
    let mut runs = Vec::with_capacity(jobs.len());
    for job in jobs {
        let mut run = LandlordRun::begin(job, settings)?;
        run.tell_of_input(&list_findings(&settings.standard, job.inputs.len())?);
        runs.push(Some(run));
    }
    let (sender, receiver) = channel();
    pool.in_place_scope(|scope| {
        let mut line = Line {
            supply: Supply::new(jobs, &pool, &settings.standard),
            settings,
            sender,
            receiver,
            runs,
            outcomes: jobs.iter().map(|_| None).collect(),
            waiting: BTreeMap::new(),
            supplied: 0,
            consumed: 0,
            chunks: 0,
            encodes: 0,
            backlog: BTreeSet::new(),
            records: 0,
            progress,
        };
        line.run(scope)
    })
}

/// The assembly line: its state between two steps.
struct Line<'r> {
    supply: Supply<'r>,
    settings: &'r Settings,
    sender: Sender<Done<'r>>,
    receiver: Receiver<Done<'r>>,
    runs: Vec<Option<LandlordRun<'r>>>,
    outcomes: Vec<Option<LandlordOutcome>>,
    waiting: BTreeMap<u64, Ordered<'r>>,
    supplied: u64,
    consumed: u64,
    /// Chunks that were read and have not been consumed.
    chunks: usize,
    /// Row groups and pages of findings that are being encoded, and parts of datasets that are being judged.
    encodes: usize,
    /// Landlords of which pages of findings wait for a worker.
    backlog: BTreeSet<usize>,
    /// Records that have been consumed.
    records: u64,
    progress: &'r mut dyn Progress,
}

impl<'r> Line<'r> {
    fn run(&mut self, scope: &Scope<'r>) -> Result<Vec<LandlordOutcome>> {
        loop {
            self.stop_if_asked()?;
            let exhausted = self.read(scope);
            while let Some(next) = self.waiting.remove(&self.consumed) {
                self.consumed += 1;
                self.consume(next, scope)?;
            }
            if self.chunks + self.encodes > 0 {
                self.receive()?;
                self.tell(scope);
            } else if exhausted && self.waiting.is_empty() {
                break;
            }
        }
        // an input that nobody waits for any longer is no error of the input
        self.stop_if_asked()?;
        let outcomes = self.outcomes.drain(..).flatten();
        Ok(outcomes.collect())
    }

    fn stop_if_asked(&self) -> Result<()> {
        match self.progress.is_stopped() {
            true => Err(Error::Interrupted {
                records: self.records,
            }),
            false => Ok(()),
        }
    }

    /// Reads as many chunks as there may be, and hands them to the workers. Returns whether there is
    /// nothing left to read.
    fn read(&mut self, scope: &Scope<'r>) -> bool {
        // those that wait keep the workers busy while this thread is at the gate, or writes
        let most = self.settings.threads + WAITING;
        // row groups that wait for a worker hold more than chunks do
        while self.chunks < most && self.encodes < 2 * self.settings.threads {
            let Some(supplied) = self.supply.next() else {
                return true;
            };
            let turn = self.supplied;
            self.supplied += 1;
            match supplied {
                Supplied::Chunk(chunk) => {
                    self.chunks += 1;
                    let settings = self.settings;
                    self.spawn(scope, move || {
                        Done::Checked(turn, Box::new(work::check(*chunk, settings)))
                    });
                }
                other => {
                    self.waiting
                        .insert(turn, Ordered::Supplied(Box::new(other)));
                }
            }
        }
        false
    }

    /// Has work done by the next free worker; with a single thread, by this one at once.
    fn spawn(&self, scope: &Scope<'r>, work: impl FnOnce() -> Done<'r> + Send + 'r) {
        let sender = self.sender.clone();
        let work = move || {
            // A panic has told its place by now; what is left is to stop the run.
            let done = catch_unwind(AssertUnwindSafe(work)).unwrap_or(Done::Crashed);
            // The receiver is gone when the run has stopped already.
            let _ = sender.send(done);
        };
        match self.settings.threads {
            1 => work(),
            _ => scope.spawn(move |_| work()),
        }
    }

    fn receive(&mut self) -> Result<()> {
        let done = self
            .receiver
            .recv()
            .map_err(|error| Error::Internal(error.to_string()))?;
        match done {
            Done::Checked(turn, chunk) => {
                self.waiting.insert(turn, Ordered::Checked(chunk));
            }
            Done::Encoded(landlord, index, group) => {
                self.encodes -= 1;
                if let Some(run) = &mut self.runs[landlord] {
                    run.append(index, group?)?;
                }
                self.finish_if_done(landlord)?;
            }
            Done::Told(landlord, done) => {
                self.encodes -= 1;
                if let Some(run) = &mut self.runs[landlord] {
                    run.put_page(done)?;
                }
                self.finish_if_done(landlord)?;
            }
            Done::Judged(landlord, hits) => {
                self.encodes -= 1;
                if let Some(run) = &mut self.runs[landlord] {
                    run.dataset.put(hits?);
                }
                self.finish_if_done(landlord)?;
            }
            Done::Crashed => return Err(Error::Internal("a worker has crashed".to_owned())),
        }
        Ok(())
    }

    fn consume(&mut self, next: Ordered<'r>, scope: &Scope<'r>) -> Result<()> {
        let landlord = match next {
            Ordered::Checked(chunk) => {
                self.chunks -= 1;
                self.progress.advance(chunk.bytes, chunk.records);
                self.records += chunk.records;
                let landlord = chunk.scene.landlord;
                if let Some(run) = &mut self.runs[landlord] {
                    run.consume(*chunk)?;
                }
                landlord
            }
            Ordered::Supplied(supplied) => match *supplied {
                Supplied::InputBegins(scene, beginning) => {
                    let landlord = scene.landlord;
                    if let Some(run) = &mut self.runs[landlord] {
                        run.begin_input(&scene, beginning)?;
                    }
                    landlord
                }
                Supplied::InputEnds(scene, facts) => {
                    let landlord = scene.landlord;
                    if let Some(run) = &mut self.runs[landlord] {
                        run.end_input(&scene, facts)?;
                    }
                    landlord
                }
                Supplied::DeletedBegin(scene) => {
                    if let Some(run) = &mut self.runs[scene.landlord] {
                        run.begin_deleted(&scene);
                    }
                    scene.landlord
                }
                Supplied::DeletedEnd(scene, count) => {
                    if let Some(run) = &mut self.runs[scene.landlord] {
                        run.end_deleted(&scene, count);
                    }
                    scene.landlord
                }
                Supplied::LandlordEnds(landlord) => {
                    if let Some(run) = &mut self.runs[landlord] {
                        run.end_inputs();
                    }
                    landlord
                }
                Supplied::LandlordFails(landlord, error) => {
                    if let Some(run) = self.runs[landlord].take() {
                        self.outcomes[landlord] = Some(run.fail(error)?);
                    }
                    landlord
                }
                Supplied::Chunk(_) => {
                    return Err(Error::Internal("a chunk skipped its worker".to_owned()));
                }
            },
        };
        self.encode(landlord, scope);
        self.judge(landlord, scope);
        self.backlog.insert(landlord);
        self.tell(scope);
        self.finish_if_done(landlord)
    }

    fn encode(&mut self, landlord: usize, scope: &Scope<'r>) {
        let Some(run) = &mut self.runs[landlord] else {
            return;
        };
        let due: Vec<_> = std::iter::from_fn(|| run.take_row_group()).collect();
        for work in due {
            self.encodes += 1;
            self.spawn(scope, move || {
                let group = work.encoder.encode(&work.batches);
                Done::Encoded(landlord, work.index, group)
            });
        }
    }

    /// Hands the parts of a landlord's dataset to the workers, once all of it is there.
    fn judge(&mut self, landlord: usize, scope: &Scope<'r>) {
        let Some(run) = &mut self.runs[landlord] else {
            return;
        };
        let due: Vec<_> = std::iter::from_fn(|| run.dataset.take()).collect();
        for work in due {
            self.encodes += 1;
            self.spawn(scope, move || Done::Judged(landlord, work.done()));
        }
    }

    /// Hands pages of findings to the workers, but few at a time: as text they are long.
    fn tell(&mut self, scope: &Scope<'r>) {
        while self.encodes < 2 * self.settings.threads
            && let Some(landlord) = self.backlog.first().copied()
        {
            let run = &mut self.runs[landlord];
            let Some(work) = run.as_mut().and_then(LandlordRun::take_page_work) else {
                self.backlog.remove(&landlord);
                continue;
            };
            self.encodes += 1;
            self.spawn(scope, move || Done::Told(landlord, work.done()));
        }
    }

    fn finish_if_done(&mut self, landlord: usize) -> Result<()> {
        if self.runs[landlord]
            .as_ref()
            .is_some_and(LandlordRun::is_done)
            && let Some(run) = self.runs[landlord].take()
        {
            self.progress.stage("looking across all alerts");
            self.outcomes[landlord] = Some(run.finish()?);
        }
        Ok(())
    }
}
