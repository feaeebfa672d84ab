//! The assembly line: hands chunks, row groups and pages to the workers, and restores the order of what they
//! hand back.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};

use rayon::Scope;

use super::finding_pages::PageDone;
use super::landlord::{LandlordOutcome, LandlordRun};
use super::opening::CHUNK;
use super::supply::{Supplied, Supply};
use super::work::{self, CheckedChunk};
use super::{Progress, Settings};
use crate::check::dataset::Hit;
use crate::error::{Error, Result};
use crate::sorted_runs::SortedRuns;
use crate::write::alerts::RowGroup;

/// Chunks that are read while every worker has one.
const WAITING: usize = 3;
/// How many times as many there may be where they are small, as those of small inputs are.
const SMALL: usize = 8;

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

/// The assembly line: its state between two steps.
pub(super) struct Line<'r> {
    supply: Supply<'r>,
    settings: &'r Settings,
    sender: Sender<Done<'r>>,
    receiver: Receiver<Done<'r>>,
    runs: Vec<Option<LandlordRun<'r>>>,
    outcomes: Vec<Option<LandlordOutcome>>,
    waiting: BTreeMap<u64, Ordered<'r>>,
    supplied: u64,
    consumed: u64,
    /// Chunks that were read and have not been consumed, by their weights.
    chunks: VecDeque<usize>,
    /// Row groups and pages of findings that are being encoded, and parts of datasets that are being judged.
    encodes: usize,
    /// Landlords of which pages of findings wait for a worker.
    backlog: BTreeSet<usize>,
    /// Records that have been consumed.
    records: u64,
    progress: &'r mut dyn Progress,
}

impl<'r> Line<'r> {
    /// A line at its beginning: what comes in, and the run of each landlord.
    pub(super) fn new(
        supply: Supply<'r>,
        settings: &'r Settings,
        runs: Vec<Option<LandlordRun<'r>>>,
        progress: &'r mut dyn Progress,
    ) -> Line<'r> {
        let (sender, receiver) = channel();
        Line {
            supply,
            settings,
            sender,
            receiver,
            outcomes: runs.iter().map(|_| None).collect(),
            runs,
            waiting: BTreeMap::new(),
            supplied: 0,
            consumed: 0,
            chunks: VecDeque::new(),
            encodes: 0,
            backlog: BTreeSet::new(),
            records: 0,
            progress,
        }
    }

    /// Runs to the end; returns what befell each landlord.
    ///
    /// # Errors
    /// What stops the whole run.
    pub(super) fn run(&mut self, scope: &Scope<'r>) -> Result<Vec<LandlordOutcome>> {
        loop {
            self.stop_if_asked()?;
            let exhausted = self.read(scope);
            while let Some(next) = self.waiting.remove(&self.consumed) {
                self.consumed += 1;
                self.consume(next, scope)?;
            }
            if self.chunks.len() + self.encodes > 0 {
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
        // row groups that wait for a worker hold more than chunks do
        while self.has_room() && self.encodes < 2 * self.settings.threads {
            let Some(supplied) = self.supply.next() else {
                return true;
            };
            let turn = self.supplied;
            self.supplied += 1;
            match supplied {
                Supplied::Chunk(chunk) => {
                    self.chunks.push_back(chunk.weight());
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

    /// Whether a further chunk may be read. Those that wait keep the workers busy while this thread is at the
    /// gate, or writes.
    fn has_room(&self) -> bool {
        let most = self.settings.threads + WAITING;
        let light = || self.chunks.iter().sum::<usize>() < most * CHUNK;
        self.chunks.len() < most || self.chunks.len() < SMALL * most && light()
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
                self.chunks.pop_front();
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
