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
//! after), its findings read back with their texts numbered (with all rules on 0.9 s in a profile before, 0.25 after), the alerts
//! counted for the report by several threads, and the dataset judged in parts by person while the last row groups
//! are encoded (4 % of the time from start to end), and files on their way to the disk while the workbook is made (a
//! tenth with all rules on). Three chunks that wait beside those in work, of 1 MiB in place
//! of one of 2: 4 and 6 % of that time in two series of runs, as workers no longer stand still while this thread is
//! at the gate or writes. Of a thousand small files: their names told apart without comparing each with all others
//! (11 %), a header that holds all columns looked at by itself (7 %), their files awaited together when they go
//! to disk, and more chunks that wait where they are small (8 %).
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
mod line;
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

use std::sync::Arc;

use rayon::ThreadPoolBuilder;

use crate::check::code_lists::list_findings;
use crate::check::schema::SchemaCheck;
use crate::error::{Error, Result};
use crate::standard::Standard;

pub use deleted_alerts::with_deleted;
pub use landlord::LandlordOutcome;
use landlord::LandlordRun;
use line::Line;
pub use opening::inspect;
pub use set_aside::SetAside;
use supply::Supply;
pub use supply::{Input, InputKind, Job};

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
    pool.in_place_scope(|scope| {
        let supply = Supply::new(jobs, &pool, &settings.standard);
        Line::new(supply, settings, runs, progress).run(scope)
    })
}
