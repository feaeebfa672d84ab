//! `waiver_unused`: a waiver has let nothing pass

use crate::check::rule::{Check, Example, InputFault, Rule};
use crate::finding::Severity;

/// A waiver has let nothing pass.
pub static RULE: Rule = Rule {
    id: "PAC037",
    slug: "waiver_unused",
    severity: Severity::Info,
    docs: "A waiver has let nothing pass. The data may have been mended, or the scope names what does not occur. Waivers in a file for all landlords of a batch are not told of here, as they may be meant for others.",
    fix: "delete the waiver, or put its scope right",
    message: "the waiver of {rule} has let nothing pass",
    check: Check::Input(InputFault::UnusedWaiver),
    passing: &[Example::Profiled {
        profile: PROFILE,
        input: "p,c,s\n1,MED1.01,2030-01-01\n",
    }],
    failing: &[Example::Profiled {
        profile: PROFILE,
        input: "p,c,s\n1,MED1.01,2020-01-01\n",
    }],
    ..Rule::ALERT
};

const PROFILE: &str = r#"
[fields]
person_id = "p"
person_alert_code_id = "c"
start_date = "s"
[[waivers]]
rule = "PAC403"
columns = "s"
reason = "planned moves"
owner = "lettings"
expires = 2027-03-31
"#;
