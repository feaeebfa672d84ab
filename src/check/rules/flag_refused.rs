//! `flag_refused`: people would not say whether a flag holds

use crate::check::rule::{Check, Example, InputFault, Rule};
use crate::finding::Severity;

/// People would not say whether a flag holds.
pub static RULE: Rule = Rule {
    id: "PAC512",
    slug: "flag_refused",
    severity: Severity::Info,
    docs: "People would not say whether a flag holds. In a column of flags some cells say that the person refused to answer. No alert is made of them, and they are not read as no: the need or the risk may be there.",
    fix: "ask again when there is an occasion",
    message: "the person would not say, in {count}; no alert is made, and it is not read as no",
    check: Check::Input(InputFault::FlagRefused),
    passing: &[Example::Profiled {
        profile: "[fields]\nperson_id = \"p\"\nstart_date = \"s\"\n[flags]\noxygen = \"RISK5.01\"\n",
        input: "p,s,oxygen\n1,2024-01-01,N\n",
    }],
    failing: &[Example::Profiled {
        profile: "[fields]\nperson_id = \"p\"\nstart_date = \"s\"\n[flags]\noxygen = \"RISK5.01\"\n",
        input: "p,s,oxygen\n1,2024-01-01,refused\n",
    }],
    ..Rule::ALERT
};
