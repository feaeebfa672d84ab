//! `flag_not_asked`: nobody asked whether a flag holds

use crate::check::rule::{Check, Example, InputFault, Rule};
use crate::finding::Severity;

/// Nobody asked whether a flag holds.
pub static RULE: Rule = Rule {
    id: "PAC514",
    slug: "flag_not_asked",
    severity: Severity::Info,
    docs: "Nobody asked whether a flag holds. In a column of flags some cells say that nobody has asked. No alert is made of them, and they are not read as no: the need or the risk may be there.",
    fix: "ask, and record yes or no",
    message: "nobody asked, in {count}; no alert is made, and it is not read as no",
    check: Check::Input(InputFault::FlagNotAsked),
    passing: &[Example::Profiled {
        profile: "[fields]\nperson_id = \"p\"\nstart_date = \"s\"\n[flags]\noxygen = \"RISK5.01\"\n",
        input: "p,s,oxygen\n1,2024-01-01,\n",
    }],
    failing: &[Example::Profiled {
        profile: "[fields]\nperson_id = \"p\"\nstart_date = \"s\"\n[flags]\noxygen = \"RISK5.01\"\n",
        input: "p,s,oxygen\n1,2024-01-01,not asked\n",
    }],
    ..Rule::ALERT
};
