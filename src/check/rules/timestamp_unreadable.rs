//! `timestamp_unreadable`: a cell is no point in time in any format of the profile

use crate::cell::CellFault;
use crate::check::rule::{Check, Escalation, Example, Rule};
use crate::finding::Severity;

/// A cell is no point in time in any format of the profile.
pub static RULE: Rule = Rule {
    id: "PAC412",
    slug: "timestamp_unreadable",
    severity: Severity::Warning,
    escalates: Escalation::WhereRequired,
    docs: "A cell is no point in time in any format of the profile. A time that does not exist, as in the hour that the clock change skips, must not be guessed; the cell is emptied.",
    fix: "put the time right, or add its format to the profile",
    reads: &["last_updated"],
    message: "{value} is no point in time (the profile expects {expected})",
    check: Check::Cells(&[
        (
            CellFault::NoTimestamp,
            "{value} is no point in time (the profile expects {expected})",
        ),
        (
            CellFault::SkippedTime,
            "{value} is no point in time, because the clocks skip it",
        ),
    ]),
    passing: &[Example::Cells(&[("last_updated", "2024-05-01T10:00:00Z")])],
    failing: &[
        Example::Cells(&[("last_updated", "yesterday")]),
        Example::Cells(&[("last_updated", "2024-03-31T01:30:00")]),
    ],
    ..Rule::ALERT
};
