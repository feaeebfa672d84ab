//! How far a run has come: a bar on a terminal, gone when the work is done; elsewhere a line every ten
//! seconds.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{BinaryBytes, HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{crash, interruption};
use crate::pipeline::Progress;
use crate::report::numerals::number;

const KNOWN: &str = "{bar:24} {percent:>3}%  {msg}  {binary_bytes_per_sec}  {eta} left";
const UNKNOWN: &str = "{spinner} {binary_bytes}  {msg}  {binary_bytes_per_sec}";
/// How often a log is told.
const BETWEEN_LINES: Duration = Duration::from_secs(10);

/// Tells how many bytes and records of the inputs have been dealt with.
pub(super) struct Bar {
    bar: ProgressBar,
    log: Option<Log>,
    records: u64,
}

/// Lines for a log.
struct Log {
    began: Instant,
    last: Instant,
    bytes: u64,
    all: Option<u64>,
}

impl Bar {
    /// A bar that shows nothing.
    pub(super) fn hidden() -> Bar {
        Bar {
            bar: ProgressBar::hidden(),
            log: None,
            records: 0,
        }
    }

    /// A bar over so many bytes, or one that only counts where the size is not known.
    pub(super) fn new(bytes: Option<u64>) -> Bar {
        if !std::io::stderr().is_terminal() {
            let now = Instant::now();
            let log = Log {
                began: now,
                last: now,
                bytes: 0,
                all: bytes,
            };
            return Bar {
                log: Some(log),
                ..Bar::hidden()
            };
        }
        let (bar, template) = match bytes {
            Some(bytes) => (ProgressBar::new(bytes), KNOWN),
            None => (ProgressBar::new_spinner(), UNKNOWN),
        };
        bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(5));
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Bar {
            bar,
            log: None,
            records: 0,
        }
    }

    /// Removes the bar.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Bar {
    fn advance(&mut self, bytes: u64, records: u64) {
        self.records += records;
        self.bar
            .set_message(format!("{} records", number(self.records)));
        self.bar.inc(bytes);
        if let Some(log) = &mut self.log {
            log.bytes += bytes;
            log.tell(self.records, "");
        }
    }

    fn stage(&mut self, name: &str) {
        let records = number(self.records);
        self.bar.set_message(format!("{records} records, {name}"));
        if let Some(log) = &mut self.log {
            log.tell(self.records, name);
        }
    }

    fn is_stopped(&self) -> bool {
        interruption::is_asked()
    }
}

impl Log {
    fn tell(&mut self, records: u64, stage: &str) {
        if self.last.elapsed() < BETWEEN_LINES {
            return;
        }
        self.last = Instant::now();
        crash::tell(&self.line(records, stage, self.began.elapsed()));
    }

    fn line(&self, records: u64, stage: &str, elapsed: Duration) -> String {
        let speed = self.bytes as f64 / elapsed.as_secs_f64().max(0.001);
        let mut parts = vec![
            format!("{} records", number(records)),
            BinaryBytes(self.bytes).to_string(),
        ];
        if let Some(all) = self.all.filter(|all| *all > 0) {
            let percent = self.bytes.min(all) * 100 / all;
            parts[1] += &format!(" of {} ({percent} %)", BinaryBytes(all));
            let left = all.saturating_sub(self.bytes) as f64 / speed.max(1.0);
            let left = Duration::from_secs(left as u64);
            parts.push(format!("{} left", HumanDuration(left)));
        }
        parts.insert(2, format!("{}/s", BinaryBytes(speed as u64)));
        if !stage.is_empty() {
            parts.push(stage.to_owned());
        }
        format!("pac: {}", parts.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_log_says_how_far_how_fast_and_how_long() {
        let now = Instant::now();
        let log = Log {
            began: now,
            last: now,
            bytes: 30 << 20,
            all: Some(120 << 20),
        };
        let told = log.line(1_234_567, "", Duration::from_secs(10));
        assert_eq!(
            told,
            "pac: 1,234,567 records, 30.00 MiB of 120.00 MiB (25 %), 3.00 MiB/s, 30 seconds left"
        );
        let unknown = Log { all: None, ..log };
        let told = unknown.line(7, "writing the report", Duration::from_secs(10));
        assert_eq!(
            told,
            "pac: 7 records, 30.00 MiB, 3.00 MiB/s, writing the report"
        );
    }
}
