//! The findings of one landlord, from those that wait for a page to be full to the encoded ones that wait
//! for their turn. A page becomes text and is counted; several together become a row group.

use std::sync::Arc;
use std::thread;

use super::in_turn::InTurn;
use crate::error::{Error, Result};
use crate::finding::Finding;
use crate::finding::kinds::Kinds;
use crate::report::FindingCounts;
use crate::write::findings::{FindingNames, FindingsEncoder, FindingsFiles, FindingsGroup};

/// Findings on a page.
const PAGE: usize = 8192;
/// Pages in a row group.
const GROUP: usize = 16;

/// Work on findings for a worker.
pub(super) enum PageWork {
    /// A page to be counted, and to become text where there are files.
    Text(usize, Arc<Vec<Finding>>, Arc<FindingNames>, bool),
    /// Pages to become a row group.
    Group(usize, Vec<Arc<Vec<Finding>>>, Arc<FindingsEncoder>),
}

/// What a worker has made of findings.
pub(super) enum PageDone {
    /// A page, and its findings counted.
    Text(usize, Result<String>, FindingCounts),
    /// A row group.
    Group(usize, Result<FindingsGroup>),
}

impl PageWork {
    /// Does the work.
    pub(super) fn done(self) -> PageDone {
        match self {
            PageWork::Text(index, page, names, written) => {
                let kinds = Kinds::of(page.iter());
                let counts = FindingCounts::of(&page, &kinds, |input| names.file(input));
                let text = match written {
                    true => names.text(&page, &kinds),
                    false => Ok(String::new()),
                };
                PageDone::Text(index, text, counts)
            }
            PageWork::Group(index, pages, encoder) => PageDone::Group(index, encoder.group(&pages)),
        }
    }
}

fn done(work: Vec<PageWork>) -> Vec<PageDone> {
    work.into_iter().map(PageWork::done).collect()
}

/// The findings of one landlord on their way to the files.
pub(super) struct FindingPages {
    names: Arc<FindingNames>,
    threads: usize,
    /// Nothing where no files are written.
    files: Option<(FindingsFiles, Arc<FindingsEncoder>)>,
    open: Vec<Finding>,
    /// Full pages of which no text has been made.
    full: InTurn<Arc<Vec<Finding>>, (Result<String>, FindingCounts)>,
    /// Pages of the row group in the making.
    group: Vec<Arc<Vec<Finding>>>,
    groups: InTurn<Vec<Arc<Vec<Finding>>>, Result<FindingsGroup>>,
    /// All findings whose turn has come, counted.
    pub counts: FindingCounts,
}

impl FindingPages {
    /// No findings as yet; `files` are begun, or none are written. Where no workers are to be had, there are
    /// so many threads.
    pub(super) fn new(
        names: FindingNames,
        threads: usize,
        files: Option<(FindingsFiles, FindingsEncoder)>,
    ) -> FindingPages {
        FindingPages {
            names: Arc::new(names),
            threads,
            files: files.map(|(files, encoder)| (files, Arc::new(encoder))),
            open: Vec::new(),
            full: InTurn::default(),
            group: Vec::new(),
            groups: InTurn::default(),
            counts: FindingCounts::default(),
        }
    }

    /// Adds findings behind all others.
    pub(super) fn add(&mut self, findings: Vec<Finding>) {
        for finding in findings {
            self.open.push(finding);
            if self.open.len() == PAGE {
                self.end_page();
            }
        }
    }

    fn end_page(&mut self) {
        let page = Arc::new(std::mem::take(&mut self.open));
        self.full.push(Arc::clone(&page));
        if self.files.is_some() {
            self.group.push(page);
        }
        if self.group.len() == GROUP {
            self.groups.push(std::mem::take(&mut self.group));
        }
    }

    /// The next work, if there is any.
    pub(super) fn take(&mut self) -> Option<PageWork> {
        if let (Some((_, encoder)), Some((index, pages))) = (&self.files, self.groups.take()) {
            return Some(PageWork::Group(index, pages, Arc::clone(encoder)));
        }
        let (index, page) = self.full.take()?;
        let (names, written) = (Arc::clone(&self.names), self.files.is_some());
        Some(PageWork::Text(index, page, names, written))
    }

    /// Takes what has become of work, and writes all whose turn has come.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub(super) fn put(&mut self, done: PageDone) -> Result<()> {
        match done {
            PageDone::Text(index, text, counts) => {
                for (text, counts) in self.full.put(index, (text, counts)) {
                    self.counts.merge(&counts, "");
                    if let Some((files, _)) = &mut self.files {
                        files.append_text(&text?)?;
                    }
                }
            }
            PageDone::Group(index, group) => {
                for group in self.groups.put(index, group) {
                    if let Some((files, _)) = &mut self.files {
                        files.append_group(group?)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Does all work that waits, where no workers are to be had.
    ///
    /// # Errors
    /// Why something cannot be written.
    pub(super) fn work_off(&mut self) -> Result<()> {
        let mut waiting: Vec<PageWork> = std::iter::from_fn(|| self.take()).collect();
        let share = waiting.len().div_ceil(self.threads).max(1);
        thread::scope(|scope| {
            let mut others = Vec::new();
            while waiting.len() > share {
                let part = waiting.split_off(waiting.len() - share);
                others.push(scope.spawn(|| done(part)));
            }
            for work in waiting {
                self.put(work.done())?;
            }
            for other in others {
                let crashed = |_| Error::Internal("a worker has crashed".to_owned());
                for done in other.join().map_err(crashed)? {
                    self.put(done)?;
                }
            }
            Ok(())
        })
    }

    /// Whether no work waits, and none is being done.
    pub(super) fn are_done(&self) -> bool {
        self.full.is_done() && self.groups.is_done()
    }

    /// Ends the files; returns all findings, counted.
    ///
    /// # Errors
    /// Why something cannot be written.
    pub(super) fn finish(mut self) -> Result<FindingCounts> {
        if !self.open.is_empty() {
            self.end_page();
        }
        if !self.group.is_empty() {
            self.groups.push(std::mem::take(&mut self.group));
        }
        self.work_off()?;
        if let Some((files, _)) = self.files {
            files.finish()?;
        }
        Ok(self.counts)
    }
}
