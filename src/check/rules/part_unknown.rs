//! `part_unknown`: the rejects name an alert that the record does not state

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// The rejects name an alert that the record does not state.
pub static RULE: Rule = Rule {
    id: "PAC207",
    slug: "part_unknown",
    severity: Severity::Error,
    docs: "The rejects name an alert that the record does not state. The column pac_alerts of a rejects file names an alert that its record does not state. The record or the profile has changed since, and nobody knows which of its alerts went through before. None is converted, so that none is lost and none comes twice.",
    fix: "name the alerts that are meant, or empty the cell to have all of the record converted; if none of them is to come, remove the record",
    reads: &["person_alert_code_id"],
    message: "pac_alerts names an alert that the record does not state",
    effect: Effect::Rejected,
    check: Check::Cell(CellFault::UnknownPart),
    passing: &[Example::Profiled {
        profile: "[fields]\nperson_id = \"p\"\nstart_date = \"s\"\nperson_alert_code_id = { column = \"c\", split = [\"|\"] }\n",
        input: "p,s,c,pac_alerts\n1,2024-01-01,MED1.01|RISK5.01,c #2 of 2\n",
    }],
    failing: &[Example::Profiled {
        profile: "[fields]\nperson_id = \"p\"\nstart_date = \"s\"\nperson_alert_code_id = { column = \"c\", split = [\"|\"] }\n",
        input: "p,s,c,pac_alerts\n1,2024-01-01,MED1.01,c #2 of 2\n",
    }],
    ..Rule::ALERT
};
