//! `unmapped_values.csv`: every value that has no code, once, ready to be filled in as a crosswalk.

use std::collections::HashMap;
use std::path::Path;

use crate::cell::{CellFault, fold};
use crate::error::{Error, Result};

use super::folder;

/// Distinct values that are told apart; the rest is counted together, so that free text in the place
/// of a label cannot fill the memory.
const MOST: usize = 100_000;

/// A value that has no code.
#[derive(Debug, Clone, Copy)]
pub struct UnmappedValue<'v> {
    /// The value, trimmed.
    pub value: &'v str,
    /// Why it has none.
    pub fault: CellFault,
    /// What it may have been before a spreadsheet spoilt it.
    pub proposal: Option<&'v str>,
}

#[derive(Debug)]
struct Counted {
    value: String,
    column: String,
    fault: CellFault,
    note: String,
    count: u64,
    place: String,
}

/// Counts values that have no code, by field, value, and why.
#[derive(Debug, Default)]
pub struct UnmappedValues {
    order: Vec<Counted>,
    known: HashMap<(String, String, CellFault), usize>,
    beyond: u64,
}

impl UnmappedValues {
    /// Counts a value; the first place that it was seen at is kept.
    pub fn add(
        &mut self,
        field: &str,
        column: &str,
        unmapped: &UnmappedValue<'_>,
        place: impl FnOnce() -> String,
    ) {
        let key = (
            field.to_owned(),
            fold(unmapped.value).into_owned(),
            unmapped.fault,
        );
        if let Some(at) = self.known.get(&key) {
            self.order[*at].count += 1;
            return;
        }
        if self.order.len() >= MOST {
            self.beyond += 1;
            return;
        }
        self.known.insert(key, self.order.len());
        self.order.push(Counted {
            value: unmapped.value.to_owned(),
            column: column.to_owned(),
            fault: unmapped.fault,
            note: unmapped
                .proposal
                .map_or(String::new(), |value| format!("perhaps {value}")),
            count: 1,
            place: place(),
        });
    }

    /// How many distinct values somebody must decide on.
    pub fn undecided(&self) -> usize {
        self.order.len() - self.gaps()
    }

    /// How many distinct values are decided: the standard has no code for them.
    pub fn gaps(&self) -> usize {
        let is_gap = |counted: &&Counted| counted.fault == CellFault::Gap;
        self.order.iter().filter(is_gap).count()
    }

    /// Writes the values, the most frequent first. The columns `value`, `target`, `status` and `note`
    /// are those of a crosswalk: filled in, the file can be one.
    ///
    /// # Errors
    /// Why the file cannot be written.
    pub fn write(&self, path: &Path) -> Result<()> {
        let mut order: Vec<&Counted> = self.order.iter().collect();
        order.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        let mut writer = csv::Writer::from_writer(folder::create_file(path)?);
        let mut row = |cells: [&str; 8]| writer.write_record(cells);
        let mut written = row([
            "value",
            "target",
            "status",
            "note",
            "count",
            "outcome",
            "column",
            "first_seen",
        ]);
        for counted in order {
            let (status, outcome) = match counted.fault {
                CellFault::Review
                | CellFault::CodeDateAmbiguous
                | CellFault::DirectionUnstated
                | CellFault::ControlMeasure => ("review", "review"),
                CellFault::Gap => ("gap", "gap"),
                CellFault::UnmappedDefaulted => ("", "defaulted"),
                _ => ("", "rejected"),
            };
            let count = counted.count.to_string();
            let cells = [
                &*counted.value,
                "",
                status,
                &*counted.note,
                &count,
                outcome,
                &counted.column,
                &counted.place,
            ];
            written = written.and_then(|()| row(cells));
        }
        if self.beyond > 0 {
            let note =
                format!("further values, beyond the first {MOST}, are counted here together");
            written = written.and_then(|()| {
                row([
                    "",
                    "",
                    "",
                    &note,
                    &self.beyond.to_string(),
                    "rejected",
                    "",
                    "",
                ])
            });
        }
        let flushed = written
            .map_err(std::io::Error::from)
            .and_then(|()| writer.flush());
        flushed.map_err(|error| Error::output(path, &error))
    }
}
