//! What the sender of the data can mend: a finding, and how grave it is.

use std::sync::Arc;

/// How grave a finding is. The order is that of gravity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
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
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Stands for the candidate of a finding that is about none.
pub const NO_CANDIDATE: u32 = u32::MAX;

/// One finding at one place of one input. Its message holds no value of a record unless the
/// operator asked for values.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Id of the rule, such as `PAC404`.
    pub rule: &'static str,
    /// Slug of the rule, such as `end_before_start`.
    pub slug: &'static str,
    /// How grave it is here.
    pub severity: Severity,
    /// Index of the input among the landlord's inputs.
    pub input: usize,
    /// Number of the record, counted from 1; 0 where the finding is about the whole input.
    pub record: u64,
    /// Which of its chunk's candidates it is about; [`NO_CANDIDATE`] where it is about none of them, or
    /// about the whole record.
    pub candidate: u32,
    /// Physical line on which the record begins, counted from 1; 0 where it is about the whole input.
    pub line: u64,
    /// The input's column, or the standard's field where the input has none; empty where the finding
    /// is about the whole record.
    pub column: Arc<str>,
    /// What is wrong, offending thing first.
    pub message: Arc<str>,
}

impl Finding {
    /// What orders the findings of one record: those about the whole record come first.
    pub fn place_in_record(&self) -> u32 {
        self.candidate.wrapping_add(1)
    }
}
