//! In which rows a spreadsheet shows the records of an input, for what is told behind its end.

use crate::chunk::Record;

/// Steps that are remembered of one input; behind more blank rows than that no rows are known.
const MOST: usize = 1 << 16;

/// The rows of an input's records. Between two records there is seldom anything but the end of a row, so
/// that it is enough to know where there is.
#[derive(Debug, Default)]
pub(super) struct SheetRows {
    /// From which record on there are so many rows more than records; in order.
    steps: Vec<(u64, u64)>,
}

impl SheetRows {
    /// Takes note of consecutive records of an input.
    pub(super) fn note(&mut self, mut records: &[Record]) {
        let more = |record: &Record| record.row.saturating_sub(record.number);
        while let Some(last) = records.last() {
            let known = self.steps.last().map(|(_, more)| *more);
            if known == Some(more(last)) || self.steps.len() > MOST {
                return;
            }
            let same = records.partition_point(|record| known >= Some(more(record)));
            records = records.get(same..).unwrap_or_default();
            if let Some(first) = records.first() {
                self.steps.push((first.number, more(first)));
            }
        }
    }

    /// The row of the record with that number; 0 where it is not known.
    pub(super) fn row(&self, record: u64) -> u32 {
        let behind = self.steps.partition_point(|(first, _)| *first <= record);
        let step = behind.checked_sub(1).filter(|at| *at < MOST);
        let step = step.and_then(|at| self.steps.get(at));
        step.and_then(|(_, more)| u32::try_from(record + more).ok())
            .unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(rows: impl IntoIterator<Item = (u64, u64)>) -> Vec<Record> {
        let record = |(number, row)| Record {
            number,
            line: 0,
            row,
            raw: 0..0,
        };
        rows.into_iter().map(record).collect()
    }

    #[test]
    fn rows_are_told_from_few_steps() {
        let all = [(1, 2), (2, 3), (4, 5), (5, 8), (6, 9), (7, 11), (9, 13)];
        for split in 0..all.len() {
            let mut rows = SheetRows::default();
            rows.note(&records(all[..split].iter().copied()));
            rows.note(&records(all[split..].iter().copied()));
            assert_eq!(rows.steps, [(1, 1), (5, 3), (7, 4)]);
            for (number, row) in all {
                assert_eq!(u64::from(rows.row(number)), row);
            }
        }
    }

    #[test]
    fn what_is_not_remembered_is_not_told() {
        let mut rows = SheetRows::default();
        let most = MOST as u64;
        rows.note(&records((1..most + 9).map(|number| (number, number * 2))));
        assert_eq!(rows.row(most), MOST as u32 * 2);
        assert_eq!(rows.row(most + 1), 0);
        assert_eq!(rows.row(most + 5), 0);
        assert_eq!(SheetRows::default().row(1), 0);
    }
}
