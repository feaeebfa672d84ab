//! The progress bar: on a terminal only, and gone when the work is done.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::pipeline::Progress;

const KNOWN: &str = "{bar:24} {percent:>3}%  {msg}  {binary_bytes_per_sec}  {eta} left";
const UNKNOWN: &str = "{spinner} {binary_bytes}  {msg}  {binary_bytes_per_sec}";

/// A progress bar over bytes, with the count of records beside it.
pub(super) struct Bar {
    bar: ProgressBar,
    records: u64,
}

impl Bar {
    /// A bar that shows nothing.
    pub(super) fn hidden() -> Bar {
        Bar {
            bar: ProgressBar::hidden(),
            records: 0,
        }
    }

    /// A bar over so many bytes, or one that only counts where the size is not known.
    pub(super) fn new(bytes: Option<u64>) -> Bar {
        if !std::io::stderr().is_terminal() {
            return Bar::hidden();
        }
        let (bar, template) = match bytes {
            Some(bytes) => (ProgressBar::new(bytes), KNOWN),
            None => (ProgressBar::new_spinner(), UNKNOWN),
        };
        bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(5));
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Bar { bar, records: 0 }
    }

    /// Removes the bar.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Bar {
    fn advance(&mut self, bytes: u64, records: u64) {
        self.records += records;
        self.bar.set_message(format!("{} records", self.records));
        self.bar.inc(bytes);
    }
}
