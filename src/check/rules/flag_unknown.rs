//! `flag_unknown`: nobody knows whether a flag holds

use crate::check::rule::{Check, Example, InputFault, Rule};
use crate::finding::Severity;

/// Nobody knows whether a flag holds.
pub static RULE: Rule = Rule {
    id: "PAC513",
    slug: "flag_unknown",
    severity: Severity::Info,
    docs: "Nobody knows whether a flag holds. In a column of flags some cells say that it is not known. No alert is made of them, and they are not read as no: the need or the risk may be there.",
    fix: "find out, and record yes or no",
    message: "nobody knows, in {count}; no alert is made, and it is not read as no",
    check: Check::Input(InputFault::FlagUnknown),
    passing: &[Example::Profiled {
        profile: "[fields]\nperson_id = \"p\"\nstart_date = \"s\"\n[flags]\noxygen = \"RISK5.01\"\n",
        input: "p,s,oxygen\n1,2024-01-01,N\n",
    }],
    failing: &[Example::Profiled {
        profile: "[fields]\nperson_id = \"p\"\nstart_date = \"s\"\n[flags]\noxygen = \"RISK5.01\"\n",
        input: "p,s,oxygen\n1,2024-01-01,N/K\n",
    }],
    ..Rule::ALERT
};
