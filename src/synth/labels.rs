//! The landlord's words for codes, how often each occurs, and the crosswalk that says what they mean.

use super::draw::Draw;
use crate::error::{Error, Result};
use crate::standard::Standard;

const PREVALENCE: &str = include_str!("prevalence.csv");
/// How finely the draws of labels are cut.
const SLOTS: usize = 1 << 12;

/// One word of the landlord for a code.
#[derive(Debug, Clone)]
pub struct Label {
    /// As the export has it.
    pub text: String,
    /// The standard's code.
    pub subcode: String,
}

/// All words of the landlord: two a code, the code's own name and that with its group's.
#[derive(Debug)]
pub struct Labels {
    labels: Vec<Label>,
    /// Labels by how often they occur.
    slots: Vec<u16>,
    /// The most frequent codes, as flags of a wide table.
    flags: Vec<usize>,
}

impl Labels {
    /// The labels of the codes that the standard has.
    pub fn new(standard: &Standard) -> Result<Labels> {
        let mut labels: Vec<Label> = Vec::new();
        let mut weights: Vec<(usize, u64)> = Vec::new();
        let mut lines = csv::Reader::from_reader(PREVALENCE.as_bytes());
        for line in lines.deserialize() {
            let (subcode, weight): (String, u64) =
                line.map_err(|error| Error::Internal(format!("prevalence.csv: {error}")))?;
            let Some(code) = standard.codes.by_subcode(&subcode) else {
                continue;
            };
            weights.push((labels.len(), weight));
            for text in [
                code.subname.clone(),
                format!("{} - {}", code.name, code.subname),
            ] {
                let subcode = subcode.clone();
                labels.push(Label { text, subcode });
            }
        }
        let total: u64 = weights.iter().map(|(_, weight)| weight).sum();
        if total == 0 {
            return Err(Error::Usage(
                "the code list has none of the standard's codes".to_owned(),
            ));
        }
        let mut slots = Vec::with_capacity(SLOTS + weights.len());
        for (label, weight) in &weights {
            let share = (*weight as usize * SLOTS).div_ceil(total as usize);
            slots.extend(std::iter::repeat_n(*label as u16, share));
        }
        weights.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
        let flags = weights.iter().take(FLAGS).map(|(label, _)| *label);
        Ok(Labels {
            flags: flags.collect(),
            labels,
            slots,
        })
    }

    /// One label, as often as its code occurs; one in four is the long one.
    pub fn draw(&self, draw: &mut Draw) -> usize {
        usize::from(*draw.pick(&self.slots)) + usize::from(draw.below(4) == 0)
    }

    /// One label that a wide table has a flag for.
    pub fn draw_flag(&self, draw: &mut Draw) -> usize {
        let label = self.draw(draw);
        match self
            .flags
            .iter()
            .any(|flag| self.labels[*flag].subcode == self.labels[label].subcode)
        {
            true => label,
            false => *draw.pick(&self.flags),
        }
    }

    /// A label.
    pub fn get(&self, label: usize) -> &Label {
        &self.labels[label]
    }

    /// The flags of a wide table: labels, each of another code.
    pub fn flags(&self) -> impl Iterator<Item = &Label> {
        self.flags.iter().map(|label| &self.labels[*label])
    }

    /// The crosswalk file.
    pub fn crosswalk(&self) -> Result<String> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let mut put = |line: [&str; 2]| writer.write_record(line);
        let header = put(["value", "target"]);
        let lines = self
            .labels
            .iter()
            .map(|label| put([&label.text, &label.subcode]));
        let written: std::result::Result<Vec<()>, csv::Error> =
            header.into_iter().map(Ok).chain(lines).collect();
        let internal = |error: &dyn std::fmt::Display| Error::Internal(error.to_string());
        written.map_err(|error| internal(&error))?;
        let bytes = writer.into_inner().map_err(|error| internal(&error))?;
        String::from_utf8(bytes).map_err(|error| internal(&error))
    }
}

/// Flags of a wide table.
pub const FLAGS: usize = 24;
