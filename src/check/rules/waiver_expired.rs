//! `waiver_expired`: a waiver has passed its day

use crate::check::rule::{Check, Example, InputFault, Rule};
use crate::finding::Severity;

/// A waiver has passed its day.
pub static RULE: Rule = Rule {
    id: "PAC036",
    slug: "waiver_expired",
    severity: Severity::Warning,
    docs: "A waiver has passed its day. What it let pass is told again as if there were none, because nobody answers for it any longer. The day is held against --as-of.",
    fix: "ask its owner whether the reason still holds; give it a new day, or delete it",
    message: "the waiver of {rule} held until {day}, and lets nothing pass any longer",
    check: Check::Input(InputFault::ExpiredWaiver),
    passing: &[Example::Profiled {
        profile: HOLDS,
        input: INPUT,
    }],
    failing: &[Example::Profiled {
        profile: EXPIRED,
        input: INPUT,
    }],
    ..Rule::ALERT
};

const INPUT: &str = "p,c,s\n1,MED1.01,2030-01-01\n";
const HOLDS: &str = r#"
[fields]
person_id = "p"
person_alert_code_id = "c"
start_date = "s"
[[waivers]]
rule = "PAC403"
columns = "s"
reason = "planned moves"
owner = "lettings"
expires = 2026-11-22
"#;
const EXPIRED: &str = r#"
[fields]
person_id = "p"
person_alert_code_id = "c"
start_date = "s"
[[waivers]]
rule = "PAC403"
columns = "s"
reason = "planned moves"
owner = "lettings"
expires = 2026-11-21
"#;
