//! What stands around the table of an input, and what was taken out of it, until the input ends.

use crate::check::rule::InputFault;
use crate::check::whole_inputs::Places;
use crate::check::{tell_input, tell_places};
use crate::chunk::{Chunk, PassedOver, Removed};
use crate::finding::Finding;

/// Counts what is told once an input.
#[derive(Debug, Default)]
pub(super) struct Surroundings {
    repeated_headers: Places,
    footers: Places,
    padding: Places,
    nul: Places,
    marks: Places,
    /// What the last footer that states a number of rows says, and its line.
    stated: Option<(u64, u64)>,
    /// Records that are none of the table.
    passed_over: u64,
    cut_off: bool,
}

impl Surroundings {
    /// Counts those of a chunk.
    pub(super) fn note(&mut self, chunk: &Chunk) {
        self.passed_over += chunk.passed_over.len() as u64;
        for passed in &chunk.passed_over {
            let line = passed.record.line;
            match passed.why {
                PassedOver::OtherKind => {}
                PassedOver::RepeatedHeader => self.repeated_headers.add(line),
                PassedOver::Padding => self.padding.add(line),
                PassedOver::Footer { rows } => {
                    self.footers.add(line);
                    self.stated = rows.map(|rows| (rows, line)).or(self.stated);
                }
            }
        }
        for (row, removed) in &chunk.removed {
            let line = chunk.records.get(*row as usize).map_or(0, |r| r.line);
            match removed {
                Removed::Nul => self.nul.add(line),
                Removed::ByteOrderMark => self.marks.add(line),
            }
        }
        self.cut_off |= chunk.cut_off;
    }

    /// Tells them at the end of an input of so many records.
    pub(super) fn tell(&self, input: usize, records: u64) -> Vec<Finding> {
        let counted = [
            (InputFault::RepeatedHeader, &self.repeated_headers),
            (InputFault::Footer, &self.footers),
            (InputFault::Padding, &self.padding),
            (InputFault::Nul, &self.nul),
            (InputFault::ByteOrderMark, &self.marks),
        ];
        let told = counted.into_iter().filter(|(_, places)| places.count > 0);
        let told = told.filter_map(|(fault, places)| tell_places(fault, input, places));
        let mut findings: Vec<Finding> = told.collect();
        let read = records - self.passed_over;
        if let Some((stated, line)) = self.stated.filter(|(stated, _)| *stated != read) {
            let finding = tell_places(InputFault::OtherCount, input, &Places::of(stated, line));
            findings.extend(finding.map(|finding| {
                let message = finding.remark.message.replace("{read}", &read.to_string());
                finding.saying(&message)
            }));
        }
        if self.cut_off {
            findings.extend(tell_input(InputFault::CutOff, input, ""));
        }
        findings
    }
}
