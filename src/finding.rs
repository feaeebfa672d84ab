//! What the sender of the data can mend: a finding, how grave it is, and what becomes of the data.

pub mod kinds;

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// How grave a finding is. The order is that of gravity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Somebody answers for it: a waiver lets it pass.
    Waived,
    /// Worth knowing; nothing is wrong.
    Info,
    /// Somebody should look; the alert is kept.
    Warning,
    /// The record is rejected.
    Error,
}

impl Severity {
    /// The word used in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Waived => "waived",
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// What becomes of the value that a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// The record is rejected.
    Rejected,
    /// The record is rejected, and a person must decide.
    Review,
    /// The value stays, or there is none.
    Kept,
    /// Another value takes its place.
    Corrected,
    /// A default takes the place of nothing.
    Defaulted,
    /// What the finding is about is taken out of a text.
    Redacted,
    /// The alert is merged into an equal one.
    Merged,
    /// There is no alert.
    Skipped,
}

impl Effect {
    /// The word used in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Effect::Rejected => "rejected",
            Effect::Review => "review",
            Effect::Kept => "kept",
            Effect::Corrected => "corrected",
            Effect::Defaulted => "defaulted",
            Effect::Redacted => "redacted",
            Effect::Merged => "merged",
            Effect::Skipped => "skipped",
        }
    }

    /// What a rule of this effect does to a record in a finding of that severity: errors reject, and
    /// nothing else does.
    pub fn at(self, severity: Severity) -> Effect {
        match (severity, self) {
            (Severity::Error, Effect::Review) => Effect::Review,
            (Severity::Error, _) => Effect::Rejected,
            (_, Effect::Rejected | Effect::Review) => Effect::Kept,
            (_, own) => own,
        }
    }
}

/// Stands for the candidate of a finding that is about none.
pub const NO_CANDIDATE: u32 = u32::MAX;

/// Stands for the waiver of a finding that none lets pass.
pub const NO_WAIVER: u16 = u16::MAX;

/// What findings tell of the rule that speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleFacts {
    /// Id, such as `PAC404`.
    pub id: &'static str,
    /// Slug, such as `end_before_start`.
    pub slug: &'static str,
    /// The group of the id, such as `dates`.
    pub subject: &'static str,
    /// The standard's table that the rule is about.
    pub table: &'static str,
    /// What the rule says, in one sentence.
    pub says: &'static str,
    /// What to do about a finding.
    pub fix: &'static str,
}

/// What several findings say alike. Its message holds no value of a record unless the operator asked for
/// values.
#[derive(Debug, Clone)]
pub struct Remark {
    /// The rule that speaks.
    pub rule: RuleFacts,
    /// The input's column, or the standard's field where the input has none; empty where the finding is
    /// about the whole record.
    pub column: Box<str>,
    /// In which column a spreadsheet shows the cell, counted from 0; `None` where there is no cell.
    pub sheet_column: Option<u32>,
    /// What is wrong, offending thing first.
    pub message: Box<str>,
}

/// One finding at one place of one input.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What it says.
    pub remark: Arc<Remark>,
    /// Number of the record, counted from 1; 0 where the finding is about the whole input.
    pub record: u64,
    /// Physical line on which the record begins, counted from 1; 0 where it is about the whole input.
    pub line: u64,
    /// Row in which a spreadsheet shows the record, counted from 1; 0 where there is no such.
    pub row: u32,
    /// Index of the input among the landlord's inputs.
    pub input: u32,
    /// Which of its chunk's candidates it is about; [`NO_CANDIDATE`] where it is about none of them, or
    /// about the whole record.
    pub candidate: u32,
    /// How grave it is here.
    pub severity: Severity,
    /// What becomes of the value, or of the record.
    pub effect: Effect,
    /// Place of the landlord's waiver that lets it pass; [`NO_WAIVER`] where none does.
    pub waiver: u16,
}

impl Finding {
    /// Id of the rule.
    pub fn rule(&self) -> &'static str {
        self.remark.rule.id
    }

    /// What orders the findings of one record: those about the whole record come first.
    pub fn place_in_record(&self) -> u32 {
        self.candidate.wrapping_add(1)
    }

    /// The cell that it is about, as a spreadsheet names it.
    pub fn cell(&self) -> Option<SheetCell> {
        let column = self.remark.sheet_column.filter(|_| self.row > 0)?;
        let row = self.row;
        Some(SheetCell { column, row })
    }

    /// The same with another message.
    pub fn saying(self, message: &str) -> Finding {
        let remark = Remark {
            message: message.into(),
            ..(*self.remark).clone()
        };
        Finding {
            remark: Arc::new(remark),
            ..self
        }
    }
}

/// A cell as a spreadsheet names it, such as `AB12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetCell {
    /// Its column, counted from 0.
    pub column: u32,
    /// Its row, counted from 1.
    pub row: u32,
}

impl SheetCell {
    /// Appends its name to a text.
    pub fn push_onto(self, text: &mut String) {
        // seven letters name any column
        let mut letters = [0; 7];
        let mut first = letters.len();
        let mut rest = u64::from(self.column) + 1;
        while rest > 0 && first > 0 {
            first -= 1;
            letters[first] = b'A' + ((rest - 1) % 26) as u8;
            rest = (rest - 1) / 26;
        }
        text.extend(letters[first..].iter().copied().map(char::from));
        text.push_str(itoa::Buffer::new().format(self.row));
    }
}

impl fmt::Display for SheetCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut name = String::new();
        self.push_onto(&mut name);
        f.write_str(&name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        let name = |column, row| SheetCell { column, row }.to_string();
        assert_eq!(name(0, 1), "A1");
        assert_eq!(name(25, 2), "Z2");
        assert_eq!(name(26, 2), "AA2");
        assert_eq!(name(27, 12), "AB12");
        assert_eq!(name(701, 3), "ZZ3");
        assert_eq!(name(702, 3), "AAA3");
        assert_eq!(name(16_383, 1_048_576), "XFD1048576");
        assert_eq!(name(u32::MAX, 7), "MWLQKWV7");
    }

    #[test]
    fn errors_reject_and_nothing_else_does() {
        assert_eq!(Effect::Kept.at(Severity::Error), Effect::Rejected);
        assert_eq!(Effect::Review.at(Severity::Error), Effect::Review);
        assert_eq!(Effect::Rejected.at(Severity::Warning), Effect::Kept);
        assert_eq!(Effect::Corrected.at(Severity::Warning), Effect::Corrected);
    }
}
